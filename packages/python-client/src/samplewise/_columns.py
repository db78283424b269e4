"""Columns of numbers as the API wants them: base64 of little-endian bytes."""

from __future__ import annotations

import array
import base64
import sys
from collections.abc import Iterable, Sequence
from typing import Any

_CODES = {"int32": "i", "int64": "q", "float32": "f", "float64": "d"}


class Column:
    """
    Numbers of one type, from a list, an array, a NumPy array or a tensor, of any shape, row by row.

    :raises ValueError: naming what can not be one of these numbers
    """

    def __init__(self, kind: str, values: Any) -> None:
        self._numbers = _numbers(_CODES[kind], values)

    def __len__(self) -> int:
        return len(self._numbers)

    def slice(self, start: int, stop: int) -> str:
        """Elements as base64."""
        part = self._numbers[start:stop]
        if sys.byteorder == "big":
            part.byteswap()
        return base64.b64encode(part.tobytes()).decode("ascii")


def _numbers(code: str, values: Any) -> array.array[Any]:
    if hasattr(values, "detach"):  # a tensor of PyTorch, perhaps on a GPU
        values = values.detach().cpu().numpy()
    result: array.array[Any] = array.array(code)
    if hasattr(values, "astype"):  # NumPy
        result.frombytes(values.astype(f"{code}{result.itemsize}" if code in "fd" else f"i{result.itemsize}").tobytes())
        return result
    flat: Iterable[Any] = values
    if len(values) > 0 and hasattr(values[0], "__len__"):
        flat = (number for row in values for number in row)
    try:
        result.extend(flat)
    except (TypeError, OverflowError) as error:
        raise ValueError(f"a column of numbers has something else in it: {error}") from None
    return result


def prediction_columns(
    sample_index: Any,
    predicted: Any = None,
    scores: Any = None,
    *,
    labels: Sequence[str] | None = None,
    confidence: Any = None,
    latency_micros: Any = None,
) -> dict[str, tuple[Column, int]]:
    """
    Predictions by the API's names of their columns, each with how many numbers it has for a sample.

    :raises ValueError: naming the column whose length is another one
    """
    columns: dict[str, tuple[Column, int]] = {}
    rows = len(sample_index)
    for name, kind, values in (
        ("sampleIndex", "int32", sample_index),
        ("predicted", "int32", None if predicted is None else _positions(predicted, labels)),
        ("scores", "float32", scores),
        ("confidence", "float32", confidence),
        ("latencyMicros", "int32", latency_micros),
    ):
        if values is None:
            continue
        column = Column(kind, values)
        width, rest = divmod(len(column), rows) if rows > 0 else (0, 0)
        if rest != 0 or (width != 1 and name != "scores"):
            raise ValueError(f"{name} has {len(column)} elements for {rows} samples")
        columns[name] = (column, width)
    return columns


def _positions(predicted: Any, labels: Sequence[str] | None) -> Any:
    """Names as positions in `labels`, None as -1."""
    if hasattr(predicted, "astype") or hasattr(predicted, "detach"):
        return predicted
    known: dict[str | int | None, int] = {None: -1}
    known.update({label: i for i, label in enumerate(labels or ())})
    try:
        return [known[label] if label is None or isinstance(label, str) else label for label in predicted]
    except KeyError as error:
        raise ValueError(f"predicted has {error.args[0]!r}, which is not one of labels={labels!r}") from None
