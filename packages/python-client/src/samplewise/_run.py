"""A run to which this process logs."""

from __future__ import annotations

import sys
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ._columns import Column, prediction_columns
from ._errors import ConnectionFailed, SamplewiseError
from ._transport import Transport

if TYPE_CHECKING:
    from typing_extensions import Self

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]

Point = tuple[int, float, float]

FLUSH_SECONDS = 1.0
#: Points that wait to be sent; beyond it `log` waits for the server, so that memory is bounded.
MOST_WAITING = 1_000_000
MOST_AT_ONCE = 100_000
PREDICTIONS_AT_ONCE = 10_000
SCORES_AT_ONCE = 1_000_000
HEARTBEAT_SECONDS = 30.0


class Run:
    """
    Metrics are sent by a thread, about once a second, and whatever is waiting by `finish`. What the server refuses is
    raised by the next call. As a context manager the run finishes at the end, and fails by an exception.
    """

    def __init__(self, transport: Transport, run_id: str) -> None:
        self.id = run_id
        self._transport = transport
        self._waiting: dict[str, list[Point]] = {}
        self._count = 0
        self._next_step: dict[str, int] = {}
        self._costs: dict[str, dict[str, Any]] = {}
        self._changed = threading.Condition()
        self._sending = threading.Lock()
        #: Under way: kept until it is acknowledged or refused, so that it goes again under the same batch id.
        self._batch: dict[str, Any] | None = None
        self._refused: SamplewiseError | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._send_in_turn, name=f"samplewise-{run_id}", daemon=True)
        self._thread.start()

    def log(self, metrics: Mapping[str, float], step: int | None = None) -> None:
        """
        Points of metrics. NaN and infinities are kept.

        :param step: from 0 on; for each metric one more than before unless given
        """
        now = time.time() * 1000
        with self._changed:
            self._raise_refusal()
            while self._count >= MOST_WAITING:
                self._changed.wait(1.0)
                self._raise_refusal()
            for key, value in metrics.items():
                at = self._next_step.get(key, 0) if step is None else int(step)
                self._next_step[key] = at + 1
                self._waiting.setdefault(key, []).append((at, now, float(value)))
                self._count += 1

    def log_params(self, params: Mapping[str, Any]) -> None:
        """What the run was started with; nested mappings become `optimizer.lr`."""
        self._transport.mutate("logParams", {"runId": self.id, "params": params}, "run { id }")

    def log_predictions(
        self,
        sample_index: Any,
        predicted: Any = None,
        scores: Any = None,
        *,
        labels: Sequence[str] | None = None,
        confidence: Any = None,
        latency_micros: Any = None,
    ) -> None:
        """
        Predictions for samples of the experiment's dataset version. A sample that has one gets the new one.

        :param sample_index: positions in the dataset version, shape (n,)
        :param predicted: positions in `labels` or names out of it, -1 or None where there is none, shape (n,);
            the class of the highest score unless given
        :param scores: probabilities, shape (n, classes)
        :param labels: the classes in your order; the dataset version's order unless given
        :param latency_micros: microseconds for each sample, shape (n,)
        """
        columns = prediction_columns(
            sample_index, predicted, scores, labels=labels, confidence=confidence, latency_micros=latency_micros
        )
        rows = len(sample_index)
        widest = max(width for _, width in columns.values())
        step = max(1, min(PREDICTIONS_AT_ONCE, SCORES_AT_ONCE // max(1, widest)))
        for start in range(0, rows, step):
            stop = min(rows, start + step)
            parts = {name: c.slice(start * width, stop * width) for name, (c, width) in columns.items()}
            batch: dict[str, Any] = {"runId": self.id, "batchId": str(uuid.uuid4()), **parts}
            if labels is not None:
                batch["labels"] = list(labels)
            self._transport.mutate("logPredictions", batch, "sampleDone")

    def log_artifact(
        self,
        file: str | Path,
        path: str | None = None,
        *,
        type: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        """
        Uploads a file, or a folder with all that is in it, and gives it a place among the run's artifacts. The same
        place again is a new version.

        :param path: such as `checkpoints/best.onnx`; the file's or folder's own name unless given
        :param type: what it is to people, such as `model`
        """
        source = Path(file)
        place = source.name if path is None else path
        files = {place: source}
        if source.is_dir():
            inner = sorted(child for child in source.rglob("*") if child.is_file())
            files = {"/".join([place, *child.relative_to(source).parts]): child for child in inner}
        for at, one in files.items():
            with open(one, "rb") as stream:
                digest = self._transport.upload(stream, one.stat().st_size)
            artifact: dict[str, Any] = {"path": at, "digest": digest}
            artifact.update({k: v for k, v in (("type", type), ("metadata", metadata)) if v is not None})
            batch = {"runId": self.id, "batchId": str(uuid.uuid4()), "artifacts": [artifact]}
            self._transport.mutate("logArtifacts", batch, "artifacts { id }")

    def phase(self, name: str, *, samples: int = 0, device: str = "cpu") -> Phase:
        """Measures what a phase (PREPROCESSING, TRAINING, INFERENCE, EVALUATION) costs: `with run.phase("TRAINING"):`."""
        return Phase(self, name, samples, device)

    def heartbeat(self) -> None:
        """Says that this process is still at work. Whatever is logged says so too, and the thread does it by itself."""
        self._transport.mutate("heartbeat", {"runId": self.id}, "run { id }")

    def flush(self) -> None:
        """Sends what is waiting. :raises SamplewiseError: what the server has refused"""
        while self._send_some():
            pass
        with self._changed:
            self._raise_refusal()

    def finish(self, *, incomplete: bool = False) -> None:
        """
        Ends the run; its predictions are evaluated then.

        :param incomplete: accept samples without a prediction, which count as wrong
        """
        self._stop()
        self._transport.mutate("finishRun", {"runId": self.id, "incomplete": incomplete}, "run { status }")

    def fail(self, reason: str) -> None:
        """Ends the run as FAILED."""
        self._stop()
        self._transport.mutate("failRun", {"runId": self.id, "reason": reason[:20_000]}, "run { status }")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.finish()
        else:
            self.fail(f"{type(error).__name__}: {error}")

    def _stop(self) -> None:
        self._over.set()
        if self._thread is not threading.current_thread():
            self._thread.join()
        self.flush()

    def _send_in_turn(self) -> None:
        heard = time.monotonic()
        while not self._over.wait(FLUSH_SECONDS):
            try:
                if self._send_some():
                    heard = time.monotonic()
                elif time.monotonic() - heard > HEARTBEAT_SECONDS:
                    self.heartbeat()
                    heard = time.monotonic()
            except SamplewiseError as error:
                with self._changed:
                    self._refused = error
                    self._changed.notify_all()

    def _send_some(self) -> bool:
        """Sends up to 100,000 points. :returns: whether there were any"""
        with self._sending:
            if self._batch is None:
                with self._changed:
                    points = self._take()
                    self._changed.notify_all()
                if not points:
                    return False
                self._batch = self._batch_of(points)
            try:
                self._transport.mutate("logMetrics", self._batch, "run { id }")
            except ConnectionFailed:
                raise
            except SamplewiseError:
                self._batch = None
                raise
            self._batch = None
            return True

    def _batch_of(self, points: Mapping[str, list[Point]]) -> dict[str, Any]:
        series = [
            {
                "key": key,
                "steps": Column("int64", [step for step, _, _ in of_key]).slice(0, len(of_key)),
                "times": Column("float64", [when for _, when, _ in of_key]).slice(0, len(of_key)),
                "values": Column("float64", [value for _, _, value in of_key]).slice(0, len(of_key)),
            }
            for key, of_key in points.items()
        ]
        return {"runId": self.id, "batchId": str(uuid.uuid4()), "series": series}

    def _take(self) -> dict[str, list[Point]]:
        batch: dict[str, list[Point]] = {}
        room = MOST_AT_ONCE
        for key in list(self._waiting)[:1000]:
            if room == 0:
                break
            points = self._waiting[key]
            batch[key], rest = points[:room], points[room:]
            room -= len(batch[key])
            self._count -= len(batch[key])
            if rest:
                self._waiting[key] = rest
            else:
                del self._waiting[key]
        return batch

    def _raise_refusal(self) -> None:
        refused, self._refused = self._refused, None
        if refused is not None:
            raise refused

    def _add_cost(self, phase: str, cost: Mapping[str, Any]) -> None:
        """A phase that comes again is added to what it has cost before."""
        before = self._costs.get(phase)
        total = dict(cost)
        if before is not None:
            for name in ("wallSeconds", "cpuSeconds", "samples"):
                total[name] += before[name]
        self._costs[phase] = total
        self._transport.mutate("logCosts", {"runId": self.id, "costs": [{"phase": phase, **total}]}, "run { id }")


class Phase:
    """What is measured between entering and leaving: wall and processor seconds, peak memory of this process."""

    def __init__(self, run: Run, name: str, samples: int, device: str) -> None:
        self._run = run
        self._name = name
        self._device = device
        #: Samples that went through; may be set while the phase is at work.
        self.samples = samples
        self._wall = 0.0
        self._cpu = 0.0

    def __enter__(self) -> Self:
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        cost: dict[str, Any] = {
            "wallSeconds": time.perf_counter() - self._wall,
            "cpuSeconds": time.process_time() - self._cpu,
            "samples": self.samples,
            "device": self._device,
        }
        memory = _peak_memory_bytes()
        if memory is not None:
            cost["peakMemoryBytes"] = str(memory)
        self._run._add_cost(self._name, cost)


def _peak_memory_bytes() -> int | None:
    if resource is None:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
