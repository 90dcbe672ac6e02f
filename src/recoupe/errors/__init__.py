"""What can go wrong, as one family of exceptions.

Every error names the input it is about, the cause in words, and what a person can do.  The words are in the catalogues
of `messages/`, one a language, under a *code* that does not change ("parquet.damaged").  The pipeline turns an
`InputError` into a line of the report and goes on with the other inputs; anything else is a defect and is raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recoupe.messages import catalogue, number

if TYPE_CHECKING:
    from recoupe.messages import Ui


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong: a code, and what fills the places of its message (another fault where one led to this)."""

    code: str
    details: tuple[tuple[str, str | int | float | Fault], ...] = ()

    def cause(self, ui: Ui = "en") -> str:
        """What went wrong, in words.  Raises KeyError where no message has the code."""
        return self._filled(self.code, ui)

    def advice(self, ui: Ui = "en") -> str:
        """What a person can do about it; empty where nothing helps."""
        return self._filled(f"{self.code}.advice", ui)

    def _filled(self, key: str, ui: Ui) -> str:
        places = {name: _worded(detail, ui) for name, detail in self.details}
        return catalogue("recoupe.errors", ui)[key].format(**places)


def _worded(detail: str | int | float | Fault, ui: Ui) -> str:
    if isinstance(detail, Fault):
        return detail.cause(ui)
    return detail if isinstance(detail, str) else number(detail, ui)


class RecoupeError(Exception):
    """Base class: `fault` says what went wrong, in every language of the interface."""

    def __init__(self, code: str, /, **details: str | int | float | Fault) -> None:
        super().__init__(code)
        self.fault = Fault(code, tuple(sorted(details.items())))

    @property
    def cause(self) -> str:
        """What went wrong, in English."""
        return self.fault.cause()

    @property
    def advice(self) -> str:
        """What to do about it, in English; empty where nothing helps."""
        return self.fault.advice()

    def told(self, ui: Ui) -> str:
        """Cause and advice on one line in the interface language `ui`."""
        cause, advice = self.fault.cause(ui), self.fault.advice(ui)
        return f"{cause} ({advice})" if advice else cause

    def __str__(self) -> str:
        return self.told("en")


class InputError(RecoupeError):
    """One input, or one record of it, could not be read.  `name` is the path, URL or `path:line` a person can open."""

    def __init__(self, name: str, code: str, /, **details: str | int | float | Fault) -> None:
        super().__init__(code, **details)
        self.name = name

    @classmethod
    def at(cls, name: str, fault: Fault) -> InputError:
        """A fault found below, told of the place `name`."""
        return cls(name, fault.code, **dict(fault.details))

    def told(self, ui: Ui) -> str:
        """Name, cause and advice on one line in the interface language `ui`."""
        return catalogue("recoupe.errors", ui)["at"].format(name=self.name, told=super().told(ui))


class UsageError(RecoupeError):
    """The request itself makes no sense (an option's value, nothing readable at all)."""


class MissingPartError(RecoupeError):
    """A model or an optional package that the request needs is not installed."""
