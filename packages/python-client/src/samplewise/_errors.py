"""What can go wrong, as exceptions that can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input; the codes are listed in docs/errors.md."""

    code: str
    message: str
    place: str | None = None
    value: str | None = None
    mend: str | None = None

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        value = f" (here: {self.value})" if self.value else ""
        return f"{place}{self.message}{value}{' ' + self.mend if self.mend else ''}"


class SamplewiseError(Exception):
    """Whatever this package raises of its own."""


class InvalidInput(SamplewiseError):
    """The input can not be accepted. Nothing has been stored."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class RequestFailed(SamplewiseError):
    """The server refuses the request as a whole."""


class ConnectionFailed(SamplewiseError):
    """The server could not be reached, or did not answer, for as long as the client's patience lasts."""
