"""The command line: arguments in, exit codes out.  All words a person reads come from `messages/`.

Exit status: 0 done; 1 some inputs could not be read (all others were); 2 wrong usage or nothing readable; 3 reports
conflict and `--fail-on conflict` asked for it; 130 stopped by the user.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click
from click.exceptions import NoArgsIsHelpError

from recoupe import __version__
from recoupe.cli.spoken import Command, Group, explain
from recoupe.messages import catalogue, default_ui

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recoupe.messages import Ui
    from recoupe.model import Dossier, Failure, Reading
    from recoupe.pipeline import Options

DONE, SOME_UNREAD, NOTHING, CONFLICT, STOPPED = 0, 1, 2, 3, 130

CHECK_FORMATS = ("text", "html", "json", "md", "parquet")
SUFFIXES = {".html": "html", ".htm": "html", ".json": "json", ".md": "md", ".txt": "text"}


def main() -> None:
    """Run the command.  Never prints a traceback for what a user can cause; a defect still shows one."""
    from recoupe.errors import RecoupeError

    gc.set_threshold(100_000, 20, 100)  # a run makes few cycles; to look for them seldom reads some 4 % faster
    ui = interface(sys.argv[1:], os.environ)
    try:
        code = command(ui).main(standalone_mode=False)
    except NoArgsIsHelpError as error:
        error.show()
        code = error.exit_code
    except click.ClickException as error:
        _complain(explain(error, catalogue("recoupe.cli", ui)))
        code = error.exit_code
    except click.Abort:
        code = STOPPED
    except RecoupeError as error:
        _complain(error.told(ui))
        code = NOTHING
    except BrokenPipeError:
        # The reader of our output (`| head`) has gone: nothing more to say, and nowhere to say it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    sys.exit(code or DONE)


def interface(arguments: Sequence[str], environ: Mapping[str, str]) -> Ui:
    """The interface language: `--ui` wherever it stands, else RECOUPE_UI, else the locale.

    It must be known before the options are parsed, because help and error messages are in it too.
    """
    asked = environ.get("RECOUPE_UI")
    for position, argument in enumerate(arguments):
        if argument.startswith("--ui="):
            asked = argument.removeprefix("--ui=")
        elif argument == "--ui" and position + 1 < len(arguments):
            asked = arguments[position + 1]
    return "fr" if asked == "fr" else "en" if asked == "en" else default_ui(environ)


def command(ui: Ui) -> click.Group:
    """The whole command, speaking the language `ui`."""
    say = catalogue("recoupe.cli", ui)
    group = Group(
        "recoupe",
        say,
        help=say["help"],
        epilog=say["epilog"],
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    group.params.append(
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
            help=say["version"],
        )
    )
    group.params.append(_ui_option(say))
    for build in (_check, _read, _compare, _explain, _doctor, _completion):
        group.add_command(build(say, ui))
    return group


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(f"recoupe {__version__}")
        ctx.exit()


# --- the options that commands share ------------------------------------------------------------------------------


def _input_options(say: Mapping[str, str]) -> list[click.Parameter]:
    return [
        click.Argument(["inputs"], nargs=-1, required=True, metavar=say["metavar.inputs"], type=str),
        click.Option(["--published"], metavar=say["metavar.date"], callback=_iso_date, help=say["published"]),
        click.Option(["--outlet"], metavar=say["metavar.name"], help=say["outlet"]),
        click.Option(["--lang"], metavar=say["metavar.code"], help=say["lang"]),
        click.Option(
            ["--acts"],
            type=click.Choice(["statement", "all"]),
            default="statement",
            help=say["acts"],
        ),
        click.Option(["--allow-private"], is_flag=True, help=say["allow-private"]),
    ]


def _output_options(say: Mapping[str, str]) -> list[click.Parameter]:
    return [
        click.Option(
            ["-o", "--output"], type=click.Path(path_type=str), metavar=say["metavar.file"], help=say["output"]
        ),
        click.Option(["-q", "--quiet"], is_flag=True, help=say["quiet"]),
        _ui_option(say),
    ]


def _ui_option(say: Mapping[str, str]) -> click.Option:
    return click.Option(["--ui"], type=click.Choice(["fr", "en"]), expose_value=False, help=say["ui"])


def _dossier_options(say: Mapping[str, str]) -> list[click.Parameter]:
    return [
        click.Option(["-f", "--format", "kind"], type=click.Choice(CHECK_FORMATS), help=say["check.format"]),
        click.Option(["--fail-on"], type=click.Choice(["conflict"]), help=say["fail-on"]),
    ]


def _iso_date(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    from recoupe.model import moment

    if value is not None and moment(value) is None:
        raise click.BadParameter(f"{value!r}: YYYY-MM-DD, YYYY-MM-DDTHH:MM", param=parameter)
    return value


# --- the commands ---------------------------------------------------------------------------------------------------


def _check(say: Mapping[str, str], ui: Ui) -> click.Command:
    def run(kind: str | None, fail_on: str | None, output: str | None, quiet: bool, **given: Any) -> None:
        from recoupe.cli.progress import bar
        from recoupe.pipeline import NothingReadableError, check

        kind = _format(kind, output, say)
        with bar(say, quiet=quiet) as progress:
            try:
                dossier = check(list(given.pop("inputs")), _options(progress=progress, **given))
            except NothingReadableError as nothing:
                progress.stop()
                _report_failures(nothing.failures, ui)
                raise
        _finish(dossier, kind, output, fail_on, ui)

    return Command(
        "check",
        say,
        callback=run,
        params=[*_input_options(say), *_dossier_options(say), *_output_options(say)],
        help=say["check.help"],
        short_help=say["check.short"],
    )


def _compare(say: Mapping[str, str], ui: Ui) -> click.Command:
    def run(readings: str, kind: str | None, fail_on: str | None, output: str | None, quiet: bool) -> None:
        from recoupe.cli.progress import bar
        from recoupe.pipeline import Options, compare_file

        kind = _format(kind, output, say)
        with bar(say, quiet=quiet) as progress:
            dossier = compare_file(readings, Options(stdin=sys.stdin.buffer, progress=progress.calls))
        _finish(dossier, kind, output, fail_on, ui)

    return Command(
        "compare",
        say,
        callback=run,
        params=[
            click.Argument(["readings"], metavar="READINGS.jsonl", type=str),
            *_dossier_options(say),
            *_output_options(say),
        ],
        help=say["compare.help"],
        short_help=say["compare.short"],
    )


def _read(say: Mapping[str, str], ui: Ui) -> click.Command:
    def run(kind: str, output: str | None, quiet: bool, **given: Any) -> None:
        from recoupe.cli.output import write
        from recoupe.cli.progress import bar
        from recoupe.contract import dumps, reading_to_json
        from recoupe.pipeline import NothingReadableError, gather, read_articles

        with bar(say, quiet=quiet) as progress:
            options = _options(progress=progress, **{k: v for k, v in given.items() if k != "inputs"})
            articles, failures = gather(list(given["inputs"]), options)
            if not articles:
                progress.stop()
                _report_failures(failures, ui)
                raise NothingReadableError(failures)
            readings = read_articles(articles, options)
        if kind == "jsonl":
            write("".join(dumps(reading_to_json(r)) + "\n" for r in readings), output)
        else:
            _show_readings(readings, output, ui)
        _report_failures(failures, ui)
        click.get_current_context().exit(SOME_UNREAD if failures else DONE)

    return Command(
        "read",
        say,
        callback=run,
        params=[
            *_input_options(say),
            click.Option(
                ["-f", "--format", "kind"],
                type=click.Choice(["text", "jsonl"]),
                default="text",
                help=say["read.format"],
            ),
            *_output_options(say),
        ],
        help=say["read.help"],
        short_help=say["read.short"],
    )


def _explain(say: Mapping[str, str], ui: Ui) -> click.Command:
    def run(name: str, kind: str, output: str | None, quiet: bool, **given: Any) -> None:
        from recoupe.cli.output import show_explanations, write
        from recoupe.cli.progress import bar
        from recoupe.contract import dumps, explanation_to_json
        from recoupe.pipeline import NothingReadableError, explain, reopen
        from recoupe.report import explained, view

        with bar(say, quiet=quiet) as progress:
            try:
                dossier = reopen(list(given.pop("inputs")), _options(progress=progress, **given))
            except NothingReadableError as nothing:
                progress.stop()
                _report_failures(nothing.failures, ui)
                raise
        seen = view.build(dossier, ui)
        id_ = explained.names(seen).get(name, name)
        try:
            found = explain(id_, dossier)
        except KeyError as error:
            message = say["error.no-decision" if id_ else "error.one-place"].format(name=name)
            raise click.UsageError(message, click.get_current_context()) from error
        if kind == "json":
            write(dumps(explanation_to_json(found), indent=1) + "\n", output)
        else:
            origins = [explain(each.id, dossier) for each in dossier.comparison.origins if each.claim == id_]
            show_explanations([found, *origins], dossier, seen, output)
        _report_failures(dossier.failures, ui)
        click.get_current_context().exit(SOME_UNREAD if dossier.failures else DONE)

    return Command(
        "explain",
        say,
        callback=run,
        params=[
            click.Argument(["name"], metavar="ID", type=str),
            *_input_options(say),
            click.Option(
                ["-f", "--format", "kind"],
                type=click.Choice(["text", "json"]),
                default="text",
                help=say["explain.format"],
            ),
            *_output_options(say),
        ],
        help=say["explain.help"],
        short_help=say["explain.short"],
    )


def _doctor(say: Mapping[str, str], ui: Ui) -> click.Command:
    def run() -> None:
        from recoupe.cli.doctor import examine, render

        findings = examine()
        click.echo(render(findings, say))
        click.get_current_context().exit(DONE if all(f.fine for f in findings) else NOTHING)

    return Command(
        "doctor", say, callback=run, params=[_ui_option(say)], help=say["doctor.help"], short_help=say["doctor.short"]
    )


def _completion(say: Mapping[str, str], ui: Ui) -> click.Command:
    def run(shell: str) -> None:
        from click.shell_completion import get_completion_class

        found = get_completion_class(shell)
        if found is None:
            raise click.UsageError(shell)
        click.echo(found(command(ui), {}, "recoupe", "_RECOUPE_COMPLETE").source())

    return Command(
        "completion",
        say,
        callback=run,
        params=[click.Argument(["shell"], type=click.Choice(["bash", "zsh", "fish"])), _ui_option(say)],
        help=say["completion.help"],
        short_help=say["completion.short"],
    )


# --- from a result to the outside -----------------------------------------------------------------------------------


def _options(progress: Any, acts: str, **given: Any) -> Options:
    from recoupe.model import ALL_ACTS, STATEMENTS
    from recoupe.pipeline import Options

    return Options(
        acts=ALL_ACTS if acts == "all" else STATEMENTS, stdin=sys.stdin.buffer, progress=progress.calls, **given
    )


def _format(kind: str | None, output: str | None, say: Mapping[str, str]) -> str:
    """The format asked for, else the one that the output file's name tells, else text.

    A name that tells another format is refused: nobody wants text in a file that is called .pdf.
    """
    if kind == "parquet" and output in (None, "-"):
        raise click.UsageError(say["error.parquet"], click.get_current_context())
    if kind:
        return kind
    suffix = PurePath(output).suffix.lower() if output and output != "-" else ""
    if suffix and suffix not in SUFFIXES:
        raise click.UsageError(say["error.suffix"].format(suffix=suffix), click.get_current_context())
    return SUFFIXES.get(suffix, "text")


def _finish(dossier: Dossier, kind: str, output: str | None, fail_on: str | None, ui: Ui) -> None:
    from recoupe.cli.output import on_screen, show

    show(dossier, kind, output, ui)
    if not on_screen(kind, output):
        _report_failures(dossier.failures, ui)
    conflicts = any(f.verdict == "conflict" for f in dossier.comparison.figures)
    code = SOME_UNREAD if dossier.failures else DONE
    click.get_current_context().exit(CONFLICT if fail_on == "conflict" and conflicts else code)


def _show_readings(readings: Sequence[Reading], output: str | None, ui: Ui) -> None:
    from recoupe.cli.output import show_readings

    show_readings(readings, output, ui)


def _report_failures(failures: Sequence[Failure], ui: Ui) -> None:
    for failure in failures:
        cause, advice = failure.told(ui)
        told = f"{cause} ({advice})" if advice else cause
        _complain(catalogue("recoupe.errors", ui)["at"].format(name=failure.input, told=told))


def _complain(line: str) -> None:
    """One line on stderr, without the control characters that an input's name or content may hold."""
    from recoupe.text import printable

    click.echo(f"recoupe: {printable(line)}", err=True)
