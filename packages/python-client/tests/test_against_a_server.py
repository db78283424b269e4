"""Against a real server: its address, and what is there already, come by variables.

Run by test/integration/python-client.test.ts, or by hand: `SAMPLEWISE_URL=... PROJECT=... python -m unittest`.
"""

import gzip
import json
import math
import os
import tempfile
import unittest
from pathlib import Path
from typing import Any

import samplewise
from samplewise._run import Run

PROJECT = os.environ["PROJECT"]


class AgainstAServer(unittest.TestCase):
    def setUp(self) -> None:
        self.client = samplewise.Client(patience=5)

    def ask(self, run: Run, fields: str) -> Any:
        document = f"query ($id: ID!) {{ node(id: $id) {{ ... on Run {{ {fields} }} }} }}"
        return self.client._transport.query(document, {"id": run.id})["node"]

    def training(self, **more: Any) -> Run:
        return self.client.run(self.client.experiment(PROJECT, "Training"), **more)

    def test_a_training_keeps_its_curve_its_params_and_what_it_cost(self) -> None:
        given = {"params": {"optimizer": {"lr": 0.001}}, "tags": {"stage": "final"}}
        with self.training(name="resnet50", **given) as run, run.phase("TRAINING", device="cuda:0") as phase:
            for step in range(250):
                run.log({"loss/train": 1 / (step + 1), "nan": math.nan})
                phase.samples += 32
        seen = self.ask(
            run,
            "status name params { key number } tags { key value } environment phaseCosts { phase samples device } "
            "metrics { key count lastStep last }",
        )
        self.assertEqual(seen["status"], "FINISHED")
        self.assertEqual(seen["params"], [{"key": "optimizer.lr", "number": 0.001}])
        self.assertEqual(seen["tags"], [{"key": "stage", "value": "final"}])
        self.assertEqual(seen["phaseCosts"], [{"phase": "TRAINING", "samples": 8000, "device": "cuda:0"}])
        self.assertIn("python", seen["environment"])
        metrics = {metric["key"]: metric for metric in seen["metrics"]}
        self.assertEqual(metrics["loss/train"], {"key": "loss/train", "count": 250, "lastStep": "249", "last": 1 / 250})
        self.assertEqual(metrics["nan"]["last"], "NaN")

    def test_a_competition_takes_columns_and_files_and_refuses_what_is_wrong(self) -> None:
        board, labels = os.environ["LEADERBOARD"], ["angry", "happy", "sad"]
        sent = self.client.submit(board, [0, 1, 2], ["angry", "happy", "sad"], name="guess", labels=labels, key="one")
        self.assertEqual((sent.number, sent.status), (1, "SCORED"))
        # Whoever works on this machine sees the hidden labels.
        assert sent.public_score is not None and sent.private_score is not None
        self.assertIn(sent.public_score.value, (0.0, 0.5, 1.0))
        again = self.client.submit(board, [0, 1, 2], ["angry", "happy", "sad"], name="guess", labels=labels, key="one")
        self.assertEqual(again.id, sent.id)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "guess.csv.gz")
            file.write_bytes(gzip.compress(b"sample_index,predicted\n0,sad\n1,sad\n2,sad\n"))
            self.assertEqual(self.client.submit_file(board, file, name="all sad").number, 2)
            self.assertEqual(self.client.submit_file(board, file, name="all sad").number, 2)
            file.write_bytes(gzip.compress(b"sample_index,predicted\n0,sad\n1,bored\n2,sad\n"))
            with self.assertRaises(samplewise.InvalidInput) as refused:
                self.client.submit_file(board, file, name="bored")
            for i in range(3):
                self.client.submit(board, [0, 1, 2], [-1, -1, i], name=f"number {i}", wait=None)
            # Told at once, though a busy server answers the same: it would be told again until tomorrow.
            with self.assertRaises(samplewise.InvalidInput) as beyond:
                self.client.submit_file(board, file, name="one more")
        self.assertEqual(refused.exception.problems[0].place, "row 2, predicted")
        self.assertEqual(beyond.exception.problems[0].code, "QUOTA_EXCEEDED")

    def test_files_and_folders_become_artifacts_with_versions(self) -> None:
        with tempfile.TemporaryDirectory() as folder, self.training() as run:
            Path(folder, "inner").mkdir()
            Path(folder, "inner", "best.txt").write_text("best")
            Path(folder, "last.txt").write_text("last")
            run.log_artifact(folder, "checkpoints", type="model", metadata={"epoch": 3})
            run.log_artifact(Path(folder, "last.txt"), "checkpoints/last.txt")
        fields = "path version type metadata size"
        seen = self.ask(run, f"artifacts(recursive: true) {{ edges {{ node {{ artifact {{ {fields} }} }} }} }}")
        self.assertEqual(
            [edge["node"]["artifact"] for edge in seen["artifacts"]["edges"]],
            [
                {
                    "path": "checkpoints/inner/best.txt",
                    "version": 1,
                    "type": "model",
                    "metadata": {"epoch": 3},
                    "size": "4",
                },
                {"path": "checkpoints/last.txt", "version": 2, "type": None, "metadata": None, "size": "4"},
            ],
        )

    def test_an_exception_fails_the_run_with_its_message(self) -> None:
        with self.assertRaises(ZeroDivisionError), self.training() as run:
            run.log({"loss": 1})
            raise ZeroDivisionError("division by zero")
        seen = self.ask(run, "status failure { message } metrics { count }")
        self.assertEqual(seen["status"], "FAILED")
        self.assertEqual(seen["failure"]["message"], "ZeroDivisionError: division by zero")
        self.assertEqual(seen["metrics"], [{"count": 1}])

    def test_the_same_key_goes_on_with_the_same_run(self) -> None:
        with self.training(key="fold 1") as first:
            first.log({"loss": 2}, step=0)
        with self.training(key="fold 1") as second:
            second.log({"loss": 1}, step=1)
        self.assertEqual(first.id, second.id)
        self.assertEqual(self.ask(second, "metrics { count }")["metrics"], [{"count": 2}])

    def test_predictions_by_names_and_by_scores(self) -> None:
        experiment = self.client.experiment(PROJECT, "Predictions", dataset="Tiny")
        by_name = self.client.run(experiment)
        by_name.log_predictions([0, 1, 2], ["angry", None, "happy"], labels=["happy", "angry"])
        by_score = self.client.run(experiment)
        scores = [[0.0] * 7 for _ in range(3)]
        for row, label in zip(scores, (0, 3, 6)):
            row[label] = 1.0
        by_score.log_predictions([0, 1, 2], scores=scores, latency_micros=[5, 6, 7])
        read = "sampleDone predictions { edges { node { predicted confidence latencyMicros } } }"
        nodes = [edge["node"] for edge in self.ask(by_name, read)["predictions"]["edges"]]
        self.assertEqual([node["predicted"] for node in nodes], ["angry", None, "happy"])
        nodes = [edge["node"] for edge in self.ask(by_score, read)["predictions"]["edges"]]
        self.assertEqual([node["predicted"] for node in nodes], ["angry", "happy", "neutral"])
        self.assertEqual([node["confidence"] for node in nodes], [1, 1, 1])
        self.assertEqual([node["latencyMicros"] for node in nodes], [5, 6, 7])
        by_name.fail("not needed")
        by_score.fail("not needed")

    def test_what_is_wrong_is_told_with_place_and_value(self) -> None:
        run = self.client.run(self.client.experiment(PROJECT, "Predictions", dataset="Tiny"))
        with self.assertRaises(samplewise.InvalidInput) as caught:
            run.log_predictions([0, 99], [0, 0])
        self.assertEqual(caught.exception.problems[0].place, "input.sampleIndex.1")
        with self.assertRaisesRegex(ValueError, "'sad', which is not one of labels"):
            run.log_predictions([0], ["sad"], labels=["happy"])
        with self.assertRaisesRegex(ValueError, "2 elements for 1 samples"):
            run.log_predictions([0], [1, 2])
        run.log({"": 1.0})
        with self.assertRaises(samplewise.InvalidInput):
            run.flush()
        run.log({"loss": 1.0})
        run.finish(incomplete=True)
        self.assertEqual(self.ask(run, "metrics { key }")["metrics"], [{"key": "loss"}])

    def test_unknown_names_are_told_with_those_that_are_there(self) -> None:
        with self.assertRaisesRegex(samplewise.SamplewiseError, "no dataset 'Faces'. It has: Tiny"):
            self.client.experiment(PROJECT, "Other", dataset="Faces")
        with self.assertRaisesRegex(samplewise.SamplewiseError, "no project 'nowhere'"):
            self.client.experiment("nowhere", "Other")

    def test_a_model_is_registered_with_its_file(self) -> None:
        spec = json.loads(os.environ["MODEL_SPEC"])
        config = self.client.register_model(PROJECT, "by python", spec, os.environ["MODEL_FILE"])
        again = self.client.register_model(PROJECT, "by python", spec, os.environ["MODEL_FILE"])
        self.assertEqual((config.name, config.version), ("by python", 1))
        self.assertEqual(again, config)

    def test_a_server_that_is_away_is_waited_for_and_then_told(self) -> None:
        away = samplewise.Client("http://127.0.0.1:9", patience=0.5)
        with self.assertRaisesRegex(samplewise.ConnectionFailed, "does not answer"):
            away.project_id(PROJECT)

    def test_another_program_at_the_address_is_told(self) -> None:
        with tempfile.NamedTemporaryFile() as file, self.assertRaises(samplewise.RequestFailed):
            samplewise.Client(os.environ["SAMPLEWISE_URL"] + "/elsewhere", patience=1).upload(file.name)


if __name__ == "__main__":
    unittest.main()
