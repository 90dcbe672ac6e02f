"""View -> one HTML file that asks nothing of the network, holds no script, and is read by eye, keyboard or ear.

The Content-Security-Policy forbids everything but the one style sheet, by its hash.  Nothing in the page has a style
attribute: what must be computed is in attributes of SVG elements, which the policy leaves alone.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from recoupe.messages import Ui
from recoupe.report import layout
from recoupe.report.view.types import Layer, View
from recoupe.report.wording import Wording, asked, gist, marks

SHOWN = 12
"""How many differences of a kind, and how many full texts, stand open; the rest is folded but all there."""

FEW = 5
"""How many places of one value, and how many alterations of one statement, stand open."""


@cache
def _environment(ui: Ui) -> Environment:
    """The templates with the words of one interface language."""
    environment = Environment(
        loader=PackageLoader("recoupe.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = Wording(ui)
    environment.globals.update(
        t=words.t,
        label=lambda key: words.labelled(key, "").rstrip(),
        plural=words.plural,
        percent=words.percent,
        independent=words.origins,
        tallied=words.tally,
        graph=layout.graph,
        marks=marks,
        asked=asked,
        gist=gist,
        layered=_layered,
        shown=SHOWN,
        few=FEW,
    )
    return environment


_LETTERS = {
    "said": "s",
    "source": "o",
    "cue": "u",
    "quantity": "n",
    "time": "t",
    "credit": "c",
    "copied": "k",
    "note": "x",
    "edge": "",
}


@cache
def _layered(layers: tuple[Layer, ...]) -> str:
    """The classes of a stretch of an article's text, a letter each: a big dossier has some hundred thousand of them."""
    return " ".join(filter(None, (_LETTERS[layer] for layer in layers)))


@cache
def _style() -> str:
    return files("recoupe.report").joinpath("templates", "dossier.css").read_text(encoding="utf-8")


def policy() -> str:
    """The page's Content-Security-Policy."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def render(view: View) -> str:
    """The dossier as one HTML document.  Every string of the view is escaped and isolated in its own direction."""
    page = _environment(view.ui).get_template("dossier.html.j2")
    return page.render(
        view=view,
        timeline=lambda story: layout.timeline(story, view.ui),
        style=Markup(_style()),  # noqa: S704  (our own file, of which the policy holds the hash)
        policy=policy(),
        stories={story.anchor: story for story in view.stories},
    )
