"""A parsed sentence as the frames see it: plain tokens with places in the article, and the quotations among them.

The parse is used for what small models do well (parts of speech, noun phrases, close attachments); where clauses end
is decided by punctuation, since these models lose the main clause as soon as a sentence is long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from recoupe.read.parse import is_whole
from recoupe.read.tables import table
from recoupe.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

    from recoupe.read.quotes import Quote


# "PARIS (AFP) - ", "VALNA, 12 mars (Fiduce) – ", "22 mai 2012. - "
_DATELINE = re.compile(
    r"(?:[A-ZÀ-Ý][A-ZÀ-Ý'’.\-]{2,30}[^\n–—―]{0,60}?"
    r"|\d{1,2}(?:er)? \w{3,12} \d{4}\.?|\w{3,12} \d{1,2}, \d{4}\.?)\s?[\-–—―]{1,2}\s"
)
_SYMBOLS = "%€$£¥°&@#+"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The small words of a language (`frames.toml`), as sets."""

    complementisers: frozenset[str]
    questions: frozenset[str]
    infinitive_markers: frozenset[str]
    have: frozenset[str]
    be: frozenset[str]
    conditional: frozenset[str]
    conditional_endings: tuple[str, ...]
    semi_auxiliaries: frozenset[str]
    modals: frozenset[str]  # with one of them a thought or a plan is only possible: "voters should support her"
    refusals: frozenset[str]
    reflexives: frozenset[str]
    negations: frozenset[str]
    negation_ends: frozenset[str]
    clitics: frozenset[str]
    clitic_links: frozenset[str]  # stand between verb and clitic: « a-t-il »
    future_endings: tuple[str, ...]  # of finite forms by which nothing has been said yet: « proposera »
    gerunds: tuple[str, ...]  # endings of verbs used as nouns: "denied meeting him"
    reacting_links: frozenset[str]  # without a verb, lead to who speaks: « Même son de cloche chez les élus : »
    asides: tuple[tuple[str, ...], ...]  # phrases between a verb of saying and its subject: « de son côté »
    asked: frozenset[str]  # open a sentence before who was asked: « Sollicité, le parquet ... »
    expletives: frozenset[str]  # subjects that stand for a clause: « Il a été précisé que »
    present_endings: tuple[str, ...]  # of participles that tell how: « en souriant »
    gerund_openers: frozenset[str]  # with one of them a participle is still the reporter's: « en rappelant que »
    readers: frozenset[str]  # who reads, where the text speaks: « y lit-on »
    speech_nouns: frozenset[str]  # "reaction of the fishermen:": what follows them is the source
    never_contents: frozenset[str]  # what is asked for without being a statement: "asked not to be named"
    proclitics: frozenset[str]
    relative_subjects: frozenset[str]
    relatives: frozenset[str]
    coordinators: frozenset[str]
    breaks: frozenset[str]
    noun_links: frozenset[str]
    fraction_links: frozenset[str]  # bind a number to another: "one in three"
    agent: frozenset[str]
    source_pronouns: frozenset[str]
    never_sources: frozenset[str]
    time_nouns: frozenset[str]
    leads: frozenset[str]
    subordinators: frozenset[str]  # open an adverbial clause; with a complementiser after them they report nothing
    concessives: frozenset[str]  # after a comma, open what the reporter sets against the report: "..., though he"
    free_relatives: frozenset[str]  # open a clause that stands for a noun phrase: "denounced what he called"
    personal_relatives: frozenset[str]  # after a comma, tell more of a person: "..., who was born"
    media: frozenset[str]  # what one speaks in or at: "in a statement", "on Twitter"
    media_links: frozenset[str]  # the prepositions before these and before times
    time_openers: frozenset[str]  # before a noun of time with which they say when: "last week"
    correlatives: frozenset[str]  # "so ... that" reports nothing
    impersonals: frozenset[str]  # subjects of nobody: "it is worth noting that"
    resuming: frozenset[str]  # go on with a clause after an inserted cue: "..., she said, because"
    figure_links: frozenset[str]  # go on with a figure after a comma
    contractions: Mapping[str, tuple[str, ...]]  # the forms a small word takes before others
    partitives: frozenset[str]  # may be "of the" or a bare plural's article
    also_nouns: frozenset[str]  # forms of verbs of saying that are nouns too
    noun_openers: frozenset[str]  # open a noun phrase: a form of `also_nouns` behind them is a noun
    partitive_tails: tuple[tuple[str, ...], ...]  # go on with a pronoun or a number: "one *of them*", « l'un *d'eux* »
    time_phrases: tuple[tuple[str, ...], ...]  # say when, as do bare nouns of time: « la veille », "the day before"
    infinitive_adverbs: frozenset[str]  # before an infinitive of saying that shares the main clause's subject
    all_infinitive_endings: tuple[str, ...]  # every infinitive ends so: corrects the tagger too
    infinitive_endings: tuple[str, ...]  # no finite form ends so: corrects the tagger
    bodies: frozenset[str]  # nouns of roles and bodies that speak
    documents: frozenset[str]  # nouns of texts and studies that "show"
    source_nouns: frozenset[str]  # "a source": who is cited, not what is said
    informants: frozenset[str]  # with a link, name who told: « apprend-on auprès de la préfecture »
    criteria: frozenset[str]  # after "according to", what something varies by or is made by: « selon l'âge »
    figure_leads: frozenset[str]  # may open a figure
    first_persons: frozenset[str]
    own_words: frozenset[str]  # the first person, by which an embedded post is told
    manner: frozenset[str]  # "as" before an inserted clause of saying
    headline_names: int  # so many words of a name before a colon are a person, not a place
    nested_phrases: bool  # a noun phrase or infinitive reported within a report is a report of its own
    subject_first: bool  # "..., he said" as well as "..., said he"
    bare_clause: bool  # the complementiser may be left out: "He said it was over"


@cache
def grammar(lang: str) -> Grammar:
    """The grammar of a language, built once."""
    data = table(lang, "frames")
    values: dict[str, Any] = {}
    for entry in fields(Grammar):
        value = data[entry.name]
        if isinstance(value, list):
            words = [str(w) for w in value]
            if entry.name in ("asides", "time_phrases", "partitive_tails"):
                values[entry.name] = tuple(tuple(w.replace("'", "' ").split()) for w in words)
                continue
            values[entry.name] = (
                tuple(words) if entry.name.endswith("_endings") or entry.name == "gerunds" else frozenset(words)
            )
        elif isinstance(value, dict):
            values[entry.name] = {str(word): tuple(str(f) for f in forms) for word, forms in value.items()}
        else:
            values[entry.name] = value
    return Grammar(**values)


class Token(NamedTuple):
    """One word: `low` in small letters without a clitic's hyphen, `start` and `end` in the article's text.

    A tuple, since every word of every parsed sentence becomes one and a frozen dataclass takes four times as long.
    """

    low: str
    start: int
    end: int
    pos: str
    dep: str
    head: int
    finite: bool
    infinitive: bool
    left: int  # first and last token of its subtree
    right: int
    quote: int = -1  # the quotation (index in `Unit.quotes`) that holds it
    whole: bool = False  # it stands for a whole quotation


@cache  # a model has some hundreds of values
def _verb_forms(morph: str) -> frozenset[str]:
    """The forms of the verb ("Fin", "Inf", "Part") among the features of a token, as a treebank writes them."""
    features = dict(feature.split("=", 1) for feature in morph.split("|") if "=" in feature)
    return frozenset(features.get("VerbForm", "").split(","))


def _part_of_speech(token: SpacyToken, initial: str, *, first: bool) -> str:
    """The tagger's part of speech, but a determiner or adverb with a capital within a sentence is part of a name."""
    pos = str(token.pos_)
    if initial.isupper() and not first and pos in ("DET", "ADV", "ADP", "VERB", "ADJ") and len(token) > 1:
        before = token.nbor(-1) if token.i else None
        if before is not None and not before.is_space and before.text[:1].isupper() and not before.is_punct:
            return "PROPN"
    return pos


class Unit:
    """One sentence with its tokens; indices of tokens run from 0 and ends are exclusive."""

    def __init__(
        self, text: str, span: Span, doc: Doc, quotes: Sequence[Quote], lang: str, *, spoken: bool = False
    ) -> None:
        self.text = text
        self.lang = lang
        self.spoken = spoken  # it stands in a line of dialogue or within a quotation
        self.span = span
        self.grammar = grammar(lang)
        self.quotes = quotes  # the outermost ones within the sentence
        self.whole = [is_whole(text, q, span) for q in self.quotes]
        self.tokens = self._tokens(doc)
        self._finite = [0, *accumulate(int(t.finite) for t in self.tokens)]
        self._signs = [not (t.low.isalnum() or any(c.isalnum() or c in _SYMBOLS for c in t.low)) for t in self.tokens]
        self.first = self._after_dateline()
        before = text[max(0, span.start - 2) : span.start].rstrip(' \u00a0"“«')
        self.opens_line = not before or before[-1] in "\r\n"

    def _tokens(self, doc: Doc) -> list[Token]:
        kept = [t for t in doc if not t.is_space]
        index = {t.i: n for n, t in enumerate(kept)}
        place = [0] * (len(doc) + 1)  # for any token the index of the first kept one from it on
        n = len(kept)
        for t in range(len(doc) - 1, -1, -1):
            n = index.get(t, n)
            place[t] = n
        place[len(doc)] = len(kept)
        strings, morphs = doc.vocab.strings, doc.to_array("MORPH").tolist()
        tokens: list[Token] = []
        holder = 0
        for t in kept:
            start, width = self.span.start + t.idx, len(t)
            while holder < len(self.quotes) and self.quotes[holder].outer.end <= start:
                holder += 1
            held = holder if holder < len(self.quotes) and self.quotes[holder].outer.start <= start else -1
            whole = held >= 0 and self.whole[held] and start == self.quotes[held].outer.start
            end = self.quotes[held].outer.end if whole else start + width
            forms = _verb_forms(strings[morphs[t.i]])
            low = self.text[start : start + width].lower().replace("’", "'")
            tokens.append(
                Token(
                    low.lstrip("-") or low,
                    start,
                    end,
                    "PRON"
                    if "-" in low and low in self.grammar.source_pronouns  # « ceux-là »: models tag it as anything
                    else _part_of_speech(t, self.text[start : start + 1], first=not tokens),
                    t.dep_,
                    index.get(t.head.i, 0),
                    "Fin" in forms and t.dep_ != "amod" and not low.endswith(self.grammar.infinitive_endings),
                    self._infinitive(low, forms),
                    place[t.left_edge.i],
                    place[t.right_edge.i + 1],
                    held,
                    whole,
                )
            )
        return self._with_verbs(self._with_nouns(tokens))

    def _with_verbs(self, tokens: list[Token]) -> list[Token]:
        """Corrects the tagger: a past form with a subject of its own and no auxiliary is no participle.

        "He says his station on the cape *measured* 235": after so many words small models take it for one.
        """
        if not self.grammar.subject_first:
            return tokens
        for n, token in enumerate(tokens):
            if token.dep != "nsubj" or token.head <= n:
                continue
            verb = tokens[token.head]
            if verb.pos != "VERB" or verb.finite or verb.infinitive or not verb.low.endswith("ed"):
                continue
            if not any(t.finite or t.pos == "AUX" or t.infinitive for t in tokens[n + 1 : token.head]):
                tokens[token.head] = verb._replace(finite=True)
        return tokens

    def _with_nouns(self, tokens: list[Token]) -> list[Token]:
        """Corrects the tagger: a form that is a noun too is one behind a determiner ("d'*alerte*", "the *claim*").

        « l' » and « la » may be pronouns before a verb, behind its subject (« la maire l'*annonce* »).
        """
        g = self.grammar
        for n in range(1, len(tokens)):
            token, low = tokens[n], tokens[n - 1].low
            if token.low not in g.also_nouns or low not in g.noun_openers or not (token.finite or token.pos == "VERB"):
                continue
            if tokens[n - 1].pos == "NUM":
                continue  # « un élève sur trois *dit* »
            if low in g.proclitics and (n < 2 or not self._takes_object(tokens[n - 2])):
                continue
            tokens[n] = token._replace(pos="NOUN", finite=False)
        return tokens

    def _takes_object(self, token: Token) -> bool:
        """Whether a noun phrase may follow the word, and no verb with an object pronoun: a verb, a preposition."""
        g = self.grammar
        if token.low in g.manner:
            return False
        return token.pos in ("VERB", "AUX", "ADP") or token.low in g.time_nouns or token.low in g.also_nouns

    def _infinitive(self, low: str, forms: frozenset[str]) -> bool:
        """Whether the word is an infinitive: as tagged, unless its ending tells otherwise."""
        if "Fin" in forms:
            return low.endswith(self.grammar.infinitive_endings)
        return "Inf" in forms and low.endswith(self.grammar.all_infinitive_endings)

    def _after_dateline(self) -> int:
        """The first token of the sentence proper, behind a dateline: "PARIS (AFP) - "."""
        found = _DATELINE.match(self.text, self.span.start, self.span.end)
        if not found:
            return 0
        return next((n for n, t in enumerate(self.tokens) if t.start >= found.end()), 0)

    def __len__(self) -> int:
        return len(self.tokens)

    def has_finite(self, start: int, end: int) -> bool:
        """Whether a finite verb stands among the tokens [start, end)."""
        return start < end and self._finite[min(end, len(self.tokens))] > self._finite[min(start, len(self.tokens))]

    def low(self, n: int) -> str:
        """The word at `n` in small letters; empty beyond the sentence."""
        return self.tokens[n].low if 0 <= n < len(self.tokens) else ""

    def sign(self, n: int) -> bool:
        """Whether the token at `n` is punctuation or lies beyond the sentence."""
        return not 0 <= n < len(self._signs) or self._signs[n]

    def reach(self, start: int, end: int) -> Span:
        """The stretch of text from token `start` up to token `end`, marks of quotations cut by neither end."""
        a, b = self.tokens[start].start, self.tokens[end - 1].end
        first, last = self.tokens[start].quote, self.tokens[end - 1].quote
        if first >= 0 and self.opens_quote(start):
            a = self.quotes[first].outer.start
        if last >= 0 and (end == len(self.tokens) or self.tokens[end].quote != last):
            b = self.quotes[last].outer.end
        return Span(a, b)

    def opens_quote(self, n: int) -> bool:
        """Whether the token at `n` is the first of a quotation."""
        held = self.tokens[n].quote
        return held >= 0 and (n == 0 or self.tokens[n - 1].quote != held)
