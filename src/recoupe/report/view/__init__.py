"""Dossier -> View: what is shown, in which order, with every link, apart from how a medium shows it."""

from recoupe.report.view.build import build
from recoupe.report.view.types import View

__all__ = ["View", "build"]
