"""The entrance: projects, experiments, runs and model configs of one server."""

from __future__ import annotations

import os
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import _environment, _submission
from ._errors import InvalidInput, SamplewiseError
from ._run import Run
from ._submission import Submission
from ._transport import Transport

DEFAULT_URL = "http://127.0.0.1:4000"


@dataclass(frozen=True)
class Experiment:
    """One question, and a set of runs."""

    id: str
    name: str


@dataclass(frozen=True)
class ModelConfig:
    """An immutable description of how to get predictions; `version` counts those of the same name."""

    id: str
    name: str
    version: int


class Client:
    """
    :param url: the API's address; the variable SAMPLEWISE_URL, or this machine, unless given
    :param token: the variable SAMPLEWISE_TOKEN unless given; none in local mode
    :param patience: seconds for which requests are repeated while the server is away
    """

    def __init__(self, url: str | None = None, token: str | None = None, *, patience: float = 300.0) -> None:
        address = url or os.environ.get("SAMPLEWISE_URL") or DEFAULT_URL
        self._transport = Transport(address, token or os.environ.get("SAMPLEWISE_TOKEN"), patience)

    def experiment(
        self,
        project: str,
        name: str,
        *,
        dataset: str | None = None,
        version: str | None = None,
        split: str | None = None,
        description: str = "",
    ) -> Experiment:
        """
        The project's experiment of this name, which is made unless it is there.

        :param project: its slug, as `team/project` where the team is not `local`
        :param dataset: the dataset's name, for predictions; trainings need none
        :param version: a version's name; the newest unless given
        :param split: TRAIN, VALIDATION or TEST; all samples unless given
        """
        project_id = self.project_id(project)
        found = self._transport.query(
            "query ($id: ID!, $name: String!) { node(id: $id) { ... on Project { experiment(name: $name) { id name } } } }",
            {"id": project_id, "name": name},
        )["node"]["experiment"]
        if found is not None:
            return Experiment(**found)
        given: dict[str, Any] = {"projectId": project_id, "name": name, "description": description}
        if dataset is not None:
            given["datasetVersionId"] = self.dataset_version_id(project, dataset, version)
        if split is not None:
            given["split"] = split
        try:
            return Experiment(
                **self._transport.mutate("createExperiment", given, "experiment { id name }")["experiment"]
            )
        except InvalidInput as error:
            # Another process has made it since.
            if error.problems[0].code != "CONFLICT":
                raise
            return self.experiment(project, name)

    def project_id(self, project: str) -> str:
        """:param project: its slug, as `team/project` where the team is not `local`"""
        team, _, slug = project.rpartition("/")
        found = self._transport.query(
            "query ($team: String!, $slug: String!) { project(team: $team, slug: $slug) { id } }",
            {"team": team or "local", "slug": slug},
        )["project"]
        if found is None:
            raise SamplewiseError(f"There is no project '{project}', or you may not see it.")
        project_id: str = found["id"]
        return project_id

    def dataset_version_id(self, project: str, dataset: str, version: str | None = None) -> str:
        """A version of a dataset, both by their names; the newest version unless one is named."""
        datasets = self._all(self.project_id(project), "Project", "datasets", "id name slug")
        found = next((d for d in datasets if dataset in (d["name"], d["slug"])), None)
        if found is None:
            known = ", ".join(d["name"] for d in datasets) or "none"
            raise SamplewiseError(f"The project '{project}' has no dataset '{dataset}'. It has: {known}.")
        versions = self._all(found["id"], "Dataset", "versions", "id name number")
        fitting = [v for v in versions if version in (None, v["name"])]
        if not fitting:
            known = ", ".join(v["name"] for v in versions) or "none"
            raise SamplewiseError(f"The dataset '{dataset}' has no version '{version}'. It has: {known}.")
        newest: str = max(fitting, key=lambda v: int(v["number"]))["id"]
        return newest

    def run(
        self,
        experiment: Experiment,
        *,
        name: str | None = None,
        params: Mapping[str, Any] | None = None,
        tags: Mapping[str, str] | None = None,
        group: str | None = None,
        description: str = "",
        seed: int = 0,
        model: ModelConfig | None = None,
        parent: Run | None = None,
        key: str | None = None,
        environment: bool = True,
    ) -> Run:
        """
        Begins a run.

        :param params: what it is started with; nested mappings become `optimizer.lr`
        :param key: your own name for it: the same key again goes on with the run that is there
        :param environment: whether git, packages and hardware are noted
        """
        given: dict[str, Any] = {
            "experimentId": experiment.id,
            "name": name,
            "description": description,
            "group": group,
            "seed": seed,
            "params": params,
            "tags": None if tags is None else [{"key": k, "value": v} for k, v in tags.items()],
            "modelConfigId": None if model is None else model.id,
            "parentId": None if parent is None else parent.id,
            "clientKey": key or str(uuid.uuid4()),
            "environment": _environment.collect() if environment else None,
        }
        payload = self._transport.mutate(
            "createRun", {k: v for k, v in given.items() if v is not None}, "created run { id status }"
        )
        run_id: str = payload["run"]["id"]
        if not payload["created"] and payload["run"]["status"] in ("FINISHED", "FAILED", "CANCELED"):
            self._transport.mutate("resumeRun", {"runId": run_id}, "run { id }")
        return Run(self._transport, run_id)

    def register_model(
        self, project: str, name: str, spec: Mapping[str, Any], weights: str | Path | Mapping[str, str | Path]
    ) -> ModelConfig:
        """
        Uploads a model's files and describes how to use it; see docs/models.md.

        :param weights: its file; for a spec with several, the files by the spec's fields, such as vision and text
        """
        files = weights if isinstance(weights, Mapping) else {"weights": weights}
        digests = {field: {"digest": self.upload(file)} for field, file in files.items()}
        payload = self._transport.mutate(
            "createModelConfig",
            {"projectId": self.project_id(project), "name": name, "spec": {**spec, **digests}},
            "modelConfig { id name version }",
        )
        return ModelConfig(**payload["modelConfig"])

    def submit(
        self,
        leaderboard: str,
        sample_index: Any,
        predicted: Any = None,
        scores: Any = None,
        *,
        name: str,
        labels: Sequence[str] | None = None,
        note: str | None = None,
        key: str | None = None,
        wait: float | None = 300.0,
    ) -> Submission:
        """
        Enters a competition: predictions of all its samples, in their order; see docs/leaderboards.md.

        :param leaderboard: its id, such as Leaderboard_1
        :param predicted: as for :meth:`Run.log_predictions`, like `scores` and `labels`
        :param name: for people, such as the model
        :param key: your own name for it: the same key with the same predictions is received once
        :param wait: seconds for the score on the public part; None does not wait
        :raises InvalidInput: with all that is wrong; the submission counts for nothing then
        """
        columns = {"sample_index": sample_index, "predicted": predicted, "scores": scores, "labels": labels}
        found = _submission.submit(self._transport, leaderboard, columns, labels, name=name, note=note, key=key)
        return _submission.wait_for(self._transport, found, wait)

    def submit_file(
        self,
        leaderboard: str,
        file: str | Path,
        *,
        name: str,
        note: str | None = None,
        key: str | None = None,
        wait: float | None = 300.0,
    ) -> Submission:
        """
        The same with a CSV, NDJSON or Parquet file; a text may be packed, as `.csv.gz` or `.csv.zst`.

        :param key: the same file under the same name is received once, unless given
        """
        found = _submission.submit_file(self._transport, leaderboard, file, name=name, note=note, key=key)
        return _submission.wait_for(self._transport, found, wait)

    def upload(self, file: str | Path) -> str:
        """:returns: the SHA-256 of the file's bytes, which names them from then on"""
        with open(file, "rb") as stream:
            return self._transport.upload(stream, os.fstat(stream.fileno()).st_size)

    def _all(self, node_id: str, node_type: str, field: str, fields: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        after: str | None = None
        while True:
            page = self._transport.query(
                f"query ($id: ID!, $after: String) {{ node(id: $id) {{ ... on {node_type} {{ page: {field}(first: 100, "
                f"after: $after) {{ edges {{ node {{ {fields} }} }} pageInfo {{ hasNextPage endCursor }} }} }} }} }}",
                {"id": node_id, "after": after},
            )["node"]["page"]
            found += [edge["node"] for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]
