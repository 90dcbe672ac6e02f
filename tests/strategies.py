"""Generated readings for property tests: any text, any spans inside it."""

from __future__ import annotations

from hypothesis import strategies as st

from recoupe.model import Article, Attribution, Credit, Quantity, Reading, Time
from recoupe.text import Span

ANY_TEXT = st.text(st.characters(exclude_categories=()), min_size=1, max_size=80)
NAMES = st.one_of(st.none(), ANY_TEXT)
SCORES = st.floats(0, 1)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(ANY_TEXT)
    span = spans(text)
    article = Article(
        id=draw(ANY_TEXT),
        text=text,
        title=draw(st.text(max_size=20)),
        lang=draw(st.sampled_from(["fr", "en", "de", None])),
        outlet=draw(NAMES),
        published=draw(st.sampled_from([None, "2025-03-02", "2025-03-02T08:00:00+01:00"])),
        authors=tuple(draw(st.lists(ANY_TEXT, max_size=2))),
    )
    attribution = st.builds(
        Attribution,
        type=st.sampled_from(["direct", "indirect", "mixed"]),
        content=st.lists(span, min_size=1, max_size=3).map(tuple),
        source=st.one_of(st.none(), span),
        cue=st.one_of(st.none(), span),
        speaker=NAMES,
        act=st.sampled_from(["statement", "belief", "intention"]),
        polarity=st.sampled_from(["said", "denied", "not said"]),
        hedged=st.booleans(),
        reason=ANY_TEXT,
        score=SCORES,
    )
    quantity = st.builds(
        Quantity,
        span=span,
        value=st.floats(allow_nan=False, allow_infinity=False),
        unit=NAMES,
        modifier=st.sampled_from([None, "about", "at least", "at most", "more than", "less than"]),
        score=SCORES,
    )
    credit = st.builds(
        Credit, span=span, name=ANY_TEXT, kind=st.sampled_from(["agency", "outlet", "social"]), score=SCORES
    )
    return Reading(
        article,
        tuple(draw(st.lists(attribution, max_size=3))),
        tuple(draw(st.lists(quantity, max_size=3))),
        tuple(draw(st.lists(st.builds(Time, span=span, value=ANY_TEXT, score=SCORES), max_size=3))),
        tuple(draw(st.lists(credit, max_size=3))),
    )
