"""What can go wrong, as one family of exceptions.

Every error names the input it is about, the cause in words, and what a person can do.  The pipeline turns an
`InputError` into a line of the report and goes on with the other inputs; anything else is a defect and is raised.
"""

from __future__ import annotations


class RecoupeError(Exception):
    """Base class: `cause` says what went wrong, `advice` what to do about it (empty where nothing helps)."""

    def __init__(self, cause: str, *, advice: str = "") -> None:
        super().__init__(cause)
        self.cause = cause
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.cause} ({self.advice})" if self.advice else self.cause


class InputError(RecoupeError):
    """One input, or one record of it, could not be read.  `name` is the path, URL or `path:line` a person can open."""

    def __init__(self, name: str, cause: str, *, advice: str = "") -> None:
        super().__init__(cause, advice=advice)
        self.name = name

    def __str__(self) -> str:
        return f"{self.name}: {super().__str__()}"


class UsageError(RecoupeError):
    """The request itself makes no sense (an option's value, nothing readable at all)."""


class MissingPartError(RecoupeError):
    """A model or an optional package that the request needs is not installed."""
