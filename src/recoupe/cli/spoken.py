"""click's own words (usage, headings, errors) from the catalogue, so that help speaks one language throughout."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from click.exceptions import NoSuchCommand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def _formatter(say: Mapping[str, str]) -> type[click.HelpFormatter]:
    class Formatter(click.HelpFormatter):
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, say["usage"])

        @contextmanager
        def section(self, name: str) -> Iterator[None]:
            with super().section(say.get(f"section.{name.lower()}", name)):
                yield

    return Formatter


def _context(say: Mapping[str, str]) -> type[click.Context]:
    class Context(click.Context):
        formatter_class = _formatter(say)

    return Context


class Command(click.Command):
    """A command whose help is in the catalogue's language."""

    def __init__(self, name: str, say: Mapping[str, str], **settings: Any) -> None:
        super().__init__(name, **settings)
        self._say = say
        self.context_class = _context(say)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option, explained in the catalogue's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = self._say["show-help"]
        return option


class Group(Command, click.Group):
    """A group of such commands."""


def explain(error: click.ClickException, say: Mapping[str, str]) -> str:
    """What the user did wrong and where to look, as one line."""
    match error:
        case click.MissingParameter(param=click.Parameter() as parameter):
            what = say["error.missing"].format(name=_shown(parameter, error.ctx))
        case NoSuchCommand():
            what = say["error.command"].format(name=error.command_name)
        case click.NoSuchOption():
            what = say["error.option"].format(name=error.option_name)
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices)) as parameter):
            what = say["error.choice"].format(name=_shown(parameter, error.ctx), choices=", ".join(map(str, choices)))
        case click.BadParameter(param=click.Parameter() as parameter):
            what = say["error.value"].format(name=_shown(parameter, error.ctx), cause=error.message)
        case _:
            what = error.format_message().rstrip(".")
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return f"{what} ({say['error.hint'].format(command=ctx.command_path if ctx else 'recoupe')})"


def _shown(parameter: click.Parameter, ctx: click.Context | None) -> str:
    if isinstance(parameter, click.Option) or ctx is None:
        return "/".join(parameter.opts)
    return parameter.make_metavar(ctx)
