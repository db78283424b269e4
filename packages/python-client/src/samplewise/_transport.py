"""Requests to one server, repeated while it is away."""

from __future__ import annotations

import http.client
import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any, BinaryIO

from ._errors import ConnectionFailed, InvalidInput, Problem, RequestFailed

#: Answers after which the same request may be sent again.
AGAIN = {429, 502, 503, 504}
LONGEST_WAIT = 10.0


class Transport:
    """
    :param patience: seconds for which a request is repeated while the server is away. Whatever is logged has a batch id
        or a key, so that a request of which nobody knows whether it arrived changes nothing when it arrives again.
    """

    def __init__(self, url: str, token: str | None, patience: float, timeout: float = 60.0) -> None:
        self.url = url.rstrip("/")
        self._token = token
        self._patience = patience
        self._timeout = timeout

    def query(self, document: str, variables: Mapping[str, Any]) -> Any:
        """The `data` of a GraphQL request."""
        body = json.dumps({"query": document, "variables": variables}).encode()
        return self._send("/graphql", "application/json", body)["data"]

    def mutate(self, name: str, variables: Mapping[str, Any], fields: str) -> Any:
        """
        Runs a mutation by its name, after which its input and its payload are called.

        :raises InvalidInput: with everything that the server finds wrong
        """
        type_name = name[0].upper() + name[1:]
        document = (
            f"mutation ($input: {type_name}Input!) {{ result: {name}(input: $input) {{ "
            f"... on {type_name}Payload {{ {fields} }} "
            "... on InvalidInputError { problems { code message place value mend } } } }"
        )
        result = self.query(document, {"input": variables})["result"]
        if "problems" in result:
            raise InvalidInput([Problem(**problem) for problem in result["problems"]])
        return result

    def upload(self, file: BinaryIO, size: int) -> str:
        """Sends the bytes of an open file. :returns: their SHA-256, which names them from then on"""
        digest: str = self._send("/uploads", "application/octet-stream", file, size)["digest"]
        return digest

    def post_file(self, path: str, media_type: str, file: BinaryIO, size: int, packed: str | None = None) -> Any:
        """
        Sends the bytes of an open file to a path.

        :param packed: gzip or zstd, where the file is
        :raises InvalidInput: with everything that the server finds wrong
        """
        return self._send(path, media_type, file, size, {} if packed is None else {"Content-Encoding": packed})

    def _send(
        self,
        path: str,
        media_type: str,
        body: bytes | BinaryIO,
        size: int | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Any:
        deadline = time.monotonic() + self._patience
        wait = 0.1
        while True:
            try:
                return self._send_once(path, media_type, body, size, more or {})
            except _Away as away:
                if time.monotonic() + wait > deadline:
                    raise ConnectionFailed(f"{self.url} does not answer: {away}") from away.__cause__
            # Of many clients that lost the same server, not all should come back at the same moment.
            time.sleep(wait * (0.5 + random.random()))
            wait = min(wait * 2, LONGEST_WAIT)

    def _send_once(
        self, path: str, media_type: str, body: bytes | BinaryIO, size: int | None, more: Mapping[str, str]
    ) -> Any:
        headers = {**more, "Content-Type": media_type, "Accept": "application/json"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        if not isinstance(body, bytes):
            body.seek(0)
            headers["Content-Length"] = str(size)
        request = urllib.request.Request(self.url + path, data=body, headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:
                answer = response.read()
        except urllib.error.HTTPError as error:
            with error:
                answer = error.read()
            refusal = _refusal(answer, error.code)
            # What is told with its problems would be told again.
            if error.code in AGAIN and not isinstance(refusal, InvalidInput):
                raise _Away(f"status {error.code}") from error
            raise refusal from None
        except (OSError, http.client.HTTPException) as error:
            raise _Away(str(error)) from error
        return _checked(answer)


class _Away(Exception):
    """The request may be sent again."""


def _checked(answer: bytes) -> Any:
    parsed = json.loads(answer)
    errors = parsed.get("errors")
    if not errors:
        return parsed
    if errors[0].get("extensions", {}).get("code") == "UNAVAILABLE":
        raise _Away(errors[0]["message"])
    raise _refusal(answer, 200)


def _refusal(answer: bytes, status: int) -> Exception:
    try:
        parsed = json.loads(answer)
        errors = parsed.get("errors", [])
        problems = parsed.get("problems") or [p for e in errors for p in e.get("extensions", {}).get("problems", [])]
    except (ValueError, AttributeError):
        # A proxy's page, or another program on this port.
        return RequestFailed(f"The answer ({status}) is not of this API: {answer[:200]!r}")
    if problems:
        return InvalidInput([Problem(**problem) for problem in problems])
    said = "\n".join(error["message"] for error in errors)
    return RequestFailed(said or f"The server answered {status}.")
