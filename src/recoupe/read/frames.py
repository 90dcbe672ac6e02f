"""The frames of reported speech: from a cue in a sentence to its content and its source.

Each frame is a pattern of the field's grammars (complement clause, quotation after a colon, infinitive, noun phrase,
inserted or final clause of saying, "according to"), tried in the order of how sure it is.  What a frame finds is a
`Draft`; `attributions.py` makes attributions of the drafts of a page.
"""

from __future__ import annotations

from recoupe.read.complements import (
    bare_clause_frame,
    clause_frame,
    impersonal_frame,
    infinitive_frame,
    judged_frame,
    noun_phrase_frame,
    passive_frame,
)
from recoupe.read.cues import Lexicon
from recoupe.read.drafting import PHRASES, PREPOSITION, Draft, Sentence
from recoupe.read.extents import manner
from recoupe.read.groups import Group, find
from recoupe.read.inserted import (
    after_quotation_frame,
    as_said_frame,
    before_subject,
    incise_frame,
    left_quotation_frame,
    quotation_frame,
)
from recoupe.read.relays import relays
from recoupe.read.units import Unit
from recoupe.read.verbless import according_to, no_verb, prepositions, shared_predicate


def read_unit(unit: Unit, lexicon: Lexicon, *, quoted: bool) -> list[Draft]:
    """The drafts of one sentence, in the order of their cues.

    In a quoted sentence only plain reports count: what speakers think, want or ask is what they say themselves.
    """
    groups = find(unit, lexicon)
    sentence = Sentence(unit, groups, {g.start: g for g in reversed(groups)}, prepositions(unit, lexicon))
    drafts = shared_predicate(sentence)
    if not drafts:
        for at, (preposition, end) in sentence.prepositions.items():
            draft = according_to(sentence, at, end, preposition)
            if draft:
                drafts.append(draft)
    done: set[int] = set()
    for group in groups:
        if group.verb in done or (quoted and not _tells(unit, group)):
            continue
        draft = _verb_frame(sentence, group)
        if draft:
            drafts.append(draft)
            done.update(range(group.verb, group.end))
    drafts += relays(sentence, drafts)
    if quoted:
        return [d for d in drafts if d.act == "statement" and d.reason not in PHRASES]
    draft = no_verb(sentence)
    if draft and not any(c.overlaps(draft.content[0]) for d in drafts for c in d.content if d.reason != PREPOSITION):
        drafts.append(draft)
    return drafts


def _tells(unit: Unit, group: Group) -> bool:
    """Whether a verb within a quotation tells what was said, not what one may say: "you can say", "by saying"."""
    g = unit.grammar
    if not g.subject_first or group.shape == "finite":
        return g.modals.isdisjoint(unit.low(n) for n in range(group.verb - 3, group.verb)) or group.negated
    return group.shape == "present" and group.start == group.verb


def _verb_frame(sentence: Sentence, group: Group) -> Draft | None:
    """The first frame that fits a use of a verb."""
    unit = sentence.unit
    if group.shape == "passive":
        impersonal = impersonal_frame(sentence, group)
        return impersonal or judged_frame(sentence, group) or passive_frame(sentence, group)
    if group.shape == "participle":
        return judged_frame(sentence, group) or passive_frame(sentence, group)
    if group.cue_for("incise") and any(manner(sentence, k) for k in before_subject(unit, group)):
        draft = as_said_frame(sentence, group)
        if draft:
            return draft
    for frame in _FRAMES:
        draft = frame(sentence, group)
        if draft:
            return draft
    return None


_FRAMES = (
    after_quotation_frame,
    clause_frame,
    quotation_frame,
    infinitive_frame,
    left_quotation_frame,
    bare_clause_frame,
    noun_phrase_frame,
    incise_frame,
)
