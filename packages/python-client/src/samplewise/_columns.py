"""Columns of numbers as the API wants them: base64 of little-endian bytes."""

from __future__ import annotations

import array
import base64
import sys
from collections.abc import Iterable
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
