"""The thresholds of stories, copies and origins: few, named, in one place, each with the trade it makes."""

from __future__ import annotations

from typing import Final

# --- stories ----------------------------------------------------------------------------------------------------

STORY_LINK: Final = 0.27
"""Mean likeness from which two groups of articles are one story.  Higher: a story falls into pieces; lower: two events
of the same kind, or two matters of the same person, become one."""

STORY_DAYS: Final = 8.0
"""Days between two articles from which they are never one story (they may be one thread)."""

STORY_NEAR_DAYS: Final = 2.0
"""Days within which nearness in time speaks for one story; beyond, likeness falls evenly to nothing at STORY_DAYS."""

STORY_NEAR_GAIN: Final = 1.8
"""What nearness in time multiplies likeness by.  Higher: two events of the same days mix; lower: short reports of the
same event stay alone."""

THREAD_LINK: Final = 0.35
"""Likeness of two stories' middles from which they are one thread.  Higher: the chapters of a matter part; lower: all
that concerns one person hangs together."""

THREAD_DAYS: Final = 60.0
"""Days between two stories from which they are never linked as a thread."""

THREAD_TERMS: Final = 32
"""Heaviest terms of a story that threads are looked for with."""

STORY_NUMBERS: Final = 2
"""Numbers that two articles must each have for the lack of a common one to speak against one story."""

STORY_NUMBERS_APART: Final = 0.65
"""What likeness is multiplied by then.  Lower: early and late reports of one event part; higher: two earthquakes, two
offers for one player become one story."""

STORY_TERMS: Final = 64
"""Heaviest terms kept of an article.  Fewer: faster; more: long background pieces count in full."""

STORY_BLOCK: Final = 1000
"""Articles of one linked block that are clustered at once; it bounds memory and changes no result."""

# --- copies -----------------------------------------------------------------------------------------------------

GRAM: Final = 3
"""Telling words of a seed: all but the most common ones.  Fewer: finds heavier edits, and more names and set phrases to
refute; more: misses edited sentences."""

LEAST_SEEDS: Final = 3
"""Seeds that two articles share from which they are compared.  Fewer: more pairs to refute; more: a sentence that was
edited is missed."""

GAP: Final = 14
"""Words that may be changed, added or left out between two matching stretches of one passage."""

PASSAGE_WORDS: Final = 12
"""Matching words that a passage needs to count as shared text."""

COPY_WORDS: Final = 14
"""Matching words of a stretch, quoted ones included, that can be a copy.  Fewer: two reports that put one fact alike
look copied; more: a copied sentence is missed."""

COPY_GAIN: Final = 8
"""Words that match more than were changed in a copy without a row as long as a passage.  Fewer: two reports that list
the same facts look copied; more: a heavily edited sentence is missed."""

OWN_WORDS: Final = 8
"""Matching words outside quotation marks that make shared text a copy; in a row, where a quotation stands among them.
Fewer: two reports of one press conference look copied ("said on Tuesday before the press"); more: a copied quotation
with its lead-in is missed."""

OWN_SCATTERED: Final = 20
"""Matching words outside quotation marks that make shared text around a quotation a copy though no row of them is long.
Fewer: two reports that share names, titles and figures look copied; more: a heavily edited copy is missed."""

PASSAGE_DENSITY: Final = 0.5
"""Part of a passage's words that match, in both articles."""

SEED_SOURCES: Final = 12
"""Articles that are looked at as the source of one seed, the earliest first.  It bounds the work for set phrases."""

BOILERPLATE_STORIES: Final = 3
"""Stories in which one outlet repeats the same words from which they are boilerplate and no copy."""
