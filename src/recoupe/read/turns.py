"""Who has spoken so far: the resolved attributions of a page, in the order of the text."""

from __future__ import annotations

from recoupe.model import Attribution
from recoupe.read.salience import Speaker, Turn
from recoupe.read.scene import Scene

DIALOGUE = 4  # sentences back in which the other of two who speak in turns has spoken
LOOK_AROUND = 60  # turns looked at on either side of an attribution


class Turns:
    """The turns of one page."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.all: list[Turn] = []

    def remember(self, attribution: Attribution, speaker: Speaker) -> None:
        """Add a resolved attribution."""
        anchor = anchor_of(attribution)
        k = self.scene.sentence_of(anchor)
        paragraph = self.scene.paragraph_of_sentence(k)
        self.all.append(Turn(anchor, k, paragraph, speaker, attribution.source, attribution.content))

    def last(self, at: int) -> Turn | None:
        """The last turn before an offset that says who speaks and is not inside a quotation."""
        for turn in reversed(self.all[-LOOK_AROUND:]):
            if turn.anchor < at and turn.speaker.name and self.scene.in_quote(turn.anchor) is None:
                return turn
        return None

    def other(self, at: int, last: Turn) -> Turn | None:
        """The last turn near an offset whose speaker is another person than the last turn's: with whom one speaks."""
        here = self.scene.sentence_of(at)
        for turn in reversed(self.all[-LOOK_AROUND:]):
            if here - turn.sentence > DIALOGUE:
                break
            if turn.anchor < at and not turn.speaker.body and turn.speaker.name not in (None, last.speaker.name):
                return turn
        return None


def anchor_of(attribution: Attribution) -> int:
    """Where an attribution counts as said: at its source, else its cue, else its content."""
    if attribution.source is not None:
        return attribution.source.start
    return attribution.cue.start if attribution.cue is not None else attribution.content[0].start
