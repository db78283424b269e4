"""Predictions for a competition."""

from __future__ import annotations

import hashlib
import os
import time
import urllib.parse
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ._columns import prediction_columns
from ._errors import SamplewiseError
from ._transport import Transport

TYPES = {
    ".csv": "text/csv",
    ".ndjson": "application/x-ndjson",
    ".jsonl": "application/x-ndjson",
    ".parquet": "application/vnd.apache.parquet",
}
PACKINGS = {".gz": "gzip", ".zst": "zstd"}
_ESTIMATE = "{ value low high undefinedReason }"
_FIELDS = f"id number status predictionsDigest publicScore {_ESTIMATE} privateScore {_ESTIMATE} failure {{ message }}"


@dataclass(frozen=True)
class Score:
    """The leaderboard's metric with its interval; no value where it is undefined."""

    value: float | None
    low: float | None
    high: float | None
    undefined_reason: str | None = None


@dataclass(frozen=True)
class Submission:
    """
    What was received, and its score on the public part of the samples once it is SCORED.

    :ivar number: counts yours from 1
    :ivar receipt: SHA-256 of the predictions as they were received
    :ivar private_score: once the private part is revealed
    """

    id: str
    number: int
    status: str
    receipt: str
    public_score: Score | None
    private_score: Score | None


def submit(
    transport: Transport,
    leaderboard: str,
    columns: dict[str, Any],
    labels: Sequence[str] | None,
    *,
    name: str,
    note: str | None,
    key: str | None,
) -> str:
    """:returns: the submission's id"""
    given = {name: column.slice(0, len(column)) for name, (column, _) in prediction_columns(**columns).items()}
    given.update(leaderboardId=leaderboard, name=name, key=key or str(uuid.uuid4()))
    if note is not None:
        given["note"] = note
    if labels is not None:
        given["labels"] = list(labels)
    submission_id: str = transport.mutate("submitPredictions", given, "submission { id }")["submission"]["id"]
    return submission_id


def submit_file(
    transport: Transport, leaderboard: str, file: str | Path, *, name: str, note: str | None, key: str | None
) -> str:
    """:returns: the submission's id"""
    path = Path(file)
    packed = PACKINGS.get(path.suffix.lower())
    kind = Path(path.stem).suffix.lower() if packed else path.suffix.lower()
    if kind not in TYPES:
        raise ValueError(f"{path.name} does not say what it is: it ends in one of {', '.join(TYPES)}, packed or not")
    query = {"name": name, "key": key or _key_of(name, path)}
    if note is not None:
        query["note"] = note
    address = f"/leaderboards/{urllib.parse.quote(leaderboard)}/submissions?{urllib.parse.urlencode(query)}"
    with open(path, "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        submission_id: str = transport.post_file(address, TYPES[kind], stream, size, packed)["submission"]
    return submission_id


def wait_for(transport: Transport, submission_id: str, patience: float | None) -> Submission:
    """
    :param patience: seconds; None does not wait
    :raises SamplewiseError: when it could not be scored
    """
    deadline = None if patience is None else time.monotonic() + patience
    while True:
        node = transport.query(
            f"query ($id: ID!) {{ node(id: $id) {{ ... on Submission {{ {_FIELDS} }} }} }}", {"id": submission_id}
        )["node"]
        if node["status"] == "FAILED":
            raise SamplewiseError(f"{submission_id} could not be scored: {node['failure']['message']}")
        if node["status"] == "SCORED" or deadline is None or time.monotonic() > deadline:
            return Submission(
                id=node["id"],
                number=node["number"],
                status=node["status"],
                receipt=node["predictionsDigest"],
                public_score=_score(node["publicScore"]),
                private_score=_score(node["privateScore"]),
            )
        time.sleep(0.5)


def _score(given: dict[str, Any] | None) -> Score | None:
    if given is None:
        return None
    return Score(given["value"], given["low"], given["high"], given["undefinedReason"])


def _key_of(name: str, path: Path) -> str:
    """The same file under the same name is the same submission, however often it is sent."""
    digest = hashlib.sha256(f"{name}\n".encode())
    with open(path, "rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()[:32]
