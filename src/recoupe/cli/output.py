"""Results to stdout or to a file.  A file is written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from recoupe.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

    from recoupe.messages import Ui
    from recoupe.model import Dossier, Explanation, Reading
    from recoupe.report.view import View

PIPED_WIDTH = 100  # columns where no terminal tells: wide enough for a table, narrow enough for an e-mail


def show(dossier: Dossier, kind: str, output: str | None, ui: Ui) -> None:
    """The dossier in the format `kind` to `output` (stdout where None; a folder for "parquet")."""
    if kind == "parquet":
        write_tables(dossier, output or ".")
    elif kind == "json":
        from recoupe.contract import dossier_to_json, dumps

        write(dumps(dossier_to_json(dossier), indent=1) + "\n", output)
    else:
        from recoupe.report import html, markdown, terminal, view

        seen = view.build(dossier, ui)
        if kind == "html":
            write(html.render(seen), output)
        elif kind == "md":
            write(markdown.render(seen), output)
        else:
            _to_console(lambda console: terminal.render(seen, console), output)


def on_screen(kind: str, output: str | None) -> bool:
    """Whether a dossier, which ends with the inputs that failed, goes to the very screen that errors go to."""
    return kind == "text" and output is None and sys.stdout.isatty() and sys.stderr.isatty()


def show_readings(readings: Sequence[Reading], output: str | None, ui: Ui) -> None:
    """Readings for a person, without comparison."""
    from recoupe.report import readings as report

    _to_console(lambda console: report.render(readings, console, ui), output)


def show_explanations(told: Sequence[Explanation], dossier: Dossier, seen: View, output: str | None) -> None:
    """Explanations of decisions that `seen` shows, one under the other."""
    from recoupe.report import explained

    readings = {reading.id: reading for reading in dossier.readings}

    def draw(console: Console) -> None:
        for number, each in enumerate(told):
            if number:
                console.print()
            explained.render(each, seen, readings, console)

    _to_console(draw, output)


def _to_console(draw: Callable[[Console], None], output: str | None) -> None:
    from rich.console import Console

    if output is None:
        console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
        draw(console)
    else:
        from io import StringIO

        page = StringIO()
        draw(Console(file=page, highlight=False, width=PIPED_WIDTH))
        write(page.getvalue(), output)


def write(text: str, output: str | None) -> None:
    """`text` as UTF-8 to stdout or, whole or not at all, to the file `output`.  Raises UsageError where it cannot."""
    data = text.encode("utf-8", "replace")
    if output is None or output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        _replace(Path(output), data)
    except OSError as error:
        raise UsageError("output.unwritten", output=output, why=error.strerror or str(error)) from error


def _replace(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as part:
        written = Path(part.name)
        try:
            part.write(data)
            part.flush()
            written.chmod(0o666 & ~_umask())  # what a plain open() would have given it
            written.replace(path)
        except OSError:
            written.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_tables(dossier: Dossier, folder: str) -> None:
    """One Parquet file a table in `folder`, which is made if need be.  Raises UsageError where it cannot."""
    import pyarrow.parquet as pq

    from recoupe.tables import to_arrow

    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, table in to_arrow(dossier).items():
            pq.write_table(table, Path(folder, f"{name}.parquet"))
    except OSError as error:
        raise UsageError("output.unwritten", output=folder, why=error.strerror or str(error)) from error
