"""Recoupe: who said what, with which figures, what was copied, and where the reports differ, with the evidence."""

__version__ = "0.1.0"
