"""Attributions without a source: the last speaker goes on, or the next one has spoken already."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from recoupe.model import Attribution
from recoupe.read.credit_frames import frames
from recoupe.read.drafting import ANSWER, IMPERSONAL
from recoupe.read.mentions import Mention
from recoupe.read.salience import Speaker, Turn, renamed
from recoupe.read.scene import is_person
from recoupe.read.turns import LOOK_AROUND, Turns, anchor_of
from recoupe.text import Span

_LEADING = 8  # mentions of a sentence among which a person is looked for
REACH = 2000  # characters of a sentence that are read


class Unsourced:
    """The attributions of one page without a source."""

    def __init__(self, turns: Turns, described: Callable[[Span], Speaker]) -> None:
        self.turns = turns
        self.scene = turns.scene
        self.described = described

    def speaker(self, attribution: Attribution) -> Speaker:
        """The speaker of an attribution without a source, by the turns before it."""
        if attribution.reason == IMPERSONAL:
            return Speaker(None, "cannot tell: the subject is impersonal", 0.0)
        anchor = anchor_of(attribution)
        if attribution.cue is not None or attribution.type != "indirect":
            last = self.turns.last(anchor)
            if last is not None and attribution.reason == ANSWER:
                other = self.turns.other(anchor, last)
                if other is not None:
                    return renamed(other.speaker, "no source: the two speak in turns", 0.6)
            k = self.scene.sentence_of(anchor)
            if attribution.cue is None and k and (last is None or last.sentence != k - 1):
                spoken_of = self._person_of(k - 1)
                if spoken_of is not None:
                    return renamed(spoken_of, "no source: whom the sentence before is about", 0.7)
            if last is not None and (attribution.cue is not None or last.paragraph == self.scene.paragraph_of(anchor)):
                return renamed(last.speaker, "no source: the last speaker goes on", 0.8)
            return Speaker(None, "no source")
        posted = next((t for t in reversed(self.turns.all[-LOOK_AROUND:]) if t.speaker.name and self._posts(t)), None)
        if posted is not None:
            return renamed(posted.speaker, "post without a source -> who is said to post", 0.7)
        return Speaker(None, "no source")

    def from_neighbours(self, attribution: Attribution) -> Speaker:
        """When all others are known: the next speaker of the paragraph, else the last one before."""
        if attribution.reason == IMPERSONAL:
            return Speaker(None, "cannot tell: the subject is impersonal", 0.0)
        at = anchor_of(attribution)
        here = self.scene.paragraph_of(at)
        n = bisect_left(self.turns.all, at, key=lambda turn: turn.anchor)
        after = self.scene.sentence_of(attribution.content[-1].end - 1) + 1
        if attribution.cue is None and after < len(self.scene.sentences):
            spoken_of = self._person_of(after) if self.scene.paragraph_of_sentence(after) == here else None
            if spoken_of is not None:
                return renamed(spoken_of, "no source: whom the sentence after is about", 0.6)
        for turn in self.turns.all[n : n + LOOK_AROUND]:
            if turn.anchor > at and turn.paragraph == here and turn.speaker.name:
                return renamed(turn.speaker, "no source: the next speaker of the paragraph", 0.6)
        for turn in reversed(self.turns.all[max(0, n - LOOK_AROUND) : n]):
            if turn.speaker.name:
                return renamed(turn.speaker, "no source: the last speaker goes on", 0.5)
        return Speaker(None, "cannot tell: no source, and nobody speaks nearby", 0.0)

    def _person_of(self, k: int) -> Speaker | None:
        """The person that a sentence leads with, or else the first whom it names."""
        lead = self.scene.lead(k)
        if lead is None or not is_person(lead):
            sentence = self.scene.sentences[k]
            lead = next((m for m in self.scene.between(sentence.start, sentence.end)[:_LEADING] if self._free(m)), None)
        if lead is None:
            return None
        speaker = self.described(lead.span)
        return speaker if speaker.name else None

    def _free(self, m: Mention) -> bool:
        """Whether a mention names a person, and is neither a complement nor in somebody's words."""
        quoted = self.scene.in_quote(m.span.start) is not None
        return is_person(m) and m.in_names and not quoted and not self.scene.governed(m) and not self.scene.modifier(m)

    def _posts(self, turn: Turn) -> bool:
        sentence = self.scene.sentences[turn.sentence]
        posting = frames(self.scene.page.lang).slots.posting
        return posting.search(self.scene.plain, sentence.start, min(sentence.end, sentence.start + REACH)) is not None
