"""Credits in running text by the words around their slot: "cité par X", "X reported", "a écrit la ministre sur X".

The frames are data (`<language>/credits.toml`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from recoupe.model import Credit
from recoupe.read.credit_frames import Frame
from recoupe.read.credit_names import LEAD, Names, Part, bare, known
from recoupe.read.gazetteer import gazetteer
from recoupe.text import Span


def credits_in_slots(names: Names) -> Iterator[Credit]:
    """The credits of the frames: by the words before a name, by those after it, and networks."""
    slots = _Slots(names)
    yield from slots.framed()
    yield from slots.followed()
    yield from slots.networks()


class _Slots(Part):
    """The slots of one article."""

    def framed(self) -> Iterator[Credit]:
        """Names made origins by what comes before: "cité par X", "sur la base des chiffres de X"."""
        for match in self.frames.slots.before.finditer(self.plain):
            frame = self.frames.slots.by_lead[match.group(1).lower()]
            if not frame.said or self.names.is_post(match.start()):
                yield from self._in_slot(match.end(), frame)
        for pattern, frame in self.frames.slots.wild:
            for match in pattern.finditer(self.plain):
                yield from self._in_slot(match.end(), frame)

    def _in_slot(self, at: int, frame: Frame) -> Iterator[Credit]:
        slot = self.names.slot(at)
        if slot is None:
            yield from self._nameless(at, frame)
            return
        mention, noun = slot
        if any(self.plain.startswith(words, mention.span.end + 1) for words in frame.unless):
            return
        if frame.sure and mention.span.of(self.plain) in gazetteer().common:
            return
        if frame.measurer and mention.entity not in self.names.measurers:
            return
        unknown = noun == "organisation" and known(mention.name) is None
        if unknown and (frame.told or self.names.is_complement(at, mention)):
            if frame.bodies:
                yield from self.names.body(at)
            return  # "selon le ministère de X": X is not the one who says it
        kind = self.names.kind(
            mention, noun, frame.kind or ("outlet" if frame.told and self.names.is_titled(mention) else "")
        )
        if kind is not None and kind != "social" and (not frame.only or kind in frame.only):
            yield Credit(bare(mention, self.plain), mention.name, kind, frame.name)

    def _nameless(self, at: int, frame: Frame) -> Iterator[Credit]:
        """A slot without a name: the newspaper itself, an outlet named before, a body by its noun."""
        whole = not (frame.kind or frame.told)  # "selon *nos informations*", but "seen by this *newspaper*"
        if not frame.said:
            yield from (replace(c, span=Span(at, c.span.end)) if whole else c for c in self.names.own(at))
        if frame.told or frame.kind == "outlet":
            yield from self.names.spoken_of(at)
        if frame.bodies:
            yield from self.names.body(at)

    def followed(self) -> Iterator[Credit]:
        """Names made origins by what comes after: "X reported", "a Reuters photographer", "X a interrogé 2 004"."""
        for match in self.frames.slots.after.finditer(self.plain):
            frame = self.frames.slots.by_tail[match.group(1).lower()]
            n = bisect_right(self.names.starts, match.start()) - 1
            if n < 0 or self.names.mentions[n].span.end != match.start():
                continue
            mention = self.names.mentions[n]
            if any(self.plain.startswith(words, match.end()) for words in frame.unless):
                continue
            if frame.number:
                number = any(q.span.start == match.end() for q in self.names.page.quantities)
                kind = self.names.kind(mention, "organisation", "") if number else None
            else:
                kind = self.names.kind(mention, frame.kind, "")
            if kind is not None and kind in (frame.only or ("agency", "outlet")):
                yield Credit(bare(mention, self.plain), mention.name, kind, frame.name)

    def networks(self) -> Iterator[Credit]:
        """Networks on which something is posted ("a écrit la ministre sur X")."""
        for match in self.frames.slots.networks.finditer(self.plain):
            start, end = match.span()
            lead = self.plain[max(0, start - LEAD) : start]
            shared = self.frames.slots.shared.search(lead) or self.frames.slots.posts.match(self.plain, end)
            if not shared and not (self.frames.slots.posted.search(lead) and self.names.is_post(start)):
                continue
            follow = self.plain[end : end + 2]
            if end - start == 1 and (follow[1:].isupper() or follow[1:].isdigit()):
                continue  # a letter of another name: "X Games"
            yield Credit(Span(start, end), match.group(), "social", "posted on")
