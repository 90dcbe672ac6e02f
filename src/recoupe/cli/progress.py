"""A progress bar on stderr for long work: silent when stderr is not a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from recoupe.pipeline import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Phases:
    """One bar a phase; `calls` is what the pipeline is given."""

    def __init__(self, say: Mapping[str, str], bar: Bar | None) -> None:
        self._say = say
        self._bar = bar
        self._task: TaskID | None = None
        self.calls = Progress(self._start, self._advance)

    def _start(self, phase: str, total: int | None) -> None:
        if self._bar is not None:
            if self._task is not None:  # the phase before is done, also where nobody knew how much it would be
                done = self._bar.tasks[self._task].completed
                self._bar.update(self._task, total=done)
                self._bar.stop_task(self._task)
            self._task = self._bar.add_task(self._say[f"phase.{phase}"], total=total)

    def _advance(self, count: int) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, count)

    def stop(self) -> None:
        """Take the bar off the screen (before an error is printed)."""
        if self._bar is not None:
            self._bar.stop()


@contextmanager
def bar(say: Mapping[str, str], *, quiet: bool) -> Iterator[Phases]:
    """The phases of one run, drawn only for a person who watches."""
    if quiet or not sys.stderr.isatty():
        yield Phases(say, None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as drawn:
        yield Phases(say, drawn)
