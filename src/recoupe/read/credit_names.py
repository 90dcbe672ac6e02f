"""The proper names of one article as credits see them: which name stands in a slot, and what it names.

A name is known from the gazetteer, from the noun before it ("the regional daily X") or from its shape ("... Times").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from recoupe.model import Attribution, Credit, CreditKind
from recoupe.read.credit_frames import frames
from recoupe.read.gazetteer import gazetteer
from recoupe.read.mentions import Mention
from recoupe.read.namesakes import initials
from recoupe.read.naming import naming
from recoupe.read.page import Page
from recoupe.read.roles import BODIES, Phrase, Roles, roles
from recoupe.read.words import Token, joined, plain, tokens
from recoupe.text import Span, fold

NOUN_REACH = 3  # words after a name in which a noun says what it is
SLOT_WORDS = 7  # words between a frame and the name in its slot
ARTICLE = 5  # characters before a name in which its article stands
LEAD = 60  # characters in which the words beside a name or a phrase stand

KINDS: dict[str, CreditKind] = {"agency": "agency", "outlet": "outlet", "organisation": "organisation"}


class Names:
    """The names of one article, with its text and the frames of its language."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.text
        self.plain = plain(page.text)
        self.frames = frames(page.lang)
        self.roles: Roles = roles(page.lang)
        self.naming = naming(page.lang)
        self.mentions = [m for m in page.mentions if m.in_names]
        self.starts = [m.span.start for m in self.mentions]

    # --- the name in a slot

    def slot(self, at: int) -> tuple[Mention, str] | None:
        """The name in a slot, and what the noun before it says that it is ("" without one)."""
        n = bisect_left(self.starts, at)
        if n >= len(self.mentions):
            return None
        mention = self.mentions[n]
        before = self.plain[at : mention.span.start].replace("'", " ").split()
        if len(before) > SLOT_WORDS or any(not w.isalpha() and w not in ("-",) for w in before):
            return None
        noun = ""
        for n, word in enumerate(before):
            kind = self.frames.nouns.kinds.get(word.lower(), "")
            noun = noun or kind
            other = not noun and n > 0 and self._is_head(word, before[n - 1])  # "raconte une *infirmière* de X"
            if not kind and (other or not self._between(word, noun)):
                return None
        return mention, self.sort_of_agency(noun or self._noun_after(mention), before)

    def _noun_after(self, mention: Mention) -> str:
        """What the noun right after a name says that it is, in a language of such order ("the X *news agency*")."""
        if self.roles.head_first:
            return ""
        toks = tokens(self.text, mention.span.end, min(len(self.text), mention.span.end + LEAD))[:NOUN_REACH]
        at = mention.span.end
        for n, token in enumerate(toks):
            if self.plain[at : token.start] != " " or token.capital:
                return ""
            kind = self.frames.nouns.kinds.get(token.low, "")
            if kind:
                return self.sort_of_agency(kind, [t.low for t in toks[:n]])
            if token.low not in self.frames.nouns.between:
                return ""
            at = token.end
        return ""

    def is_complement(self, at: int, mention: Mention) -> bool:
        """Whether a genitive stands between an offset and a name ("le ministère *de* la Santé")."""
        words = self.plain[at : mention.span.start].replace("'", " ").lower().split()
        return any(w in self.roles.genitives for w in words[1:])

    def sort_of_agency(self, noun: str, words: Sequence[str]) -> str:
        """What a noun before a name says that it is: an agency "de presse", but a health agency is a body."""
        other = noun == "agency" and any(w.lower() in self.frames.nouns.no_press for w in words)
        return "organisation" if other else noun

    def _is_head(self, word: str, before: str) -> bool:
        """Whether a word is a noun that opens a phrase of its own, of the order in which the head stands first."""
        known_noun = word in self.roles.nouns and word not in self.roles.before_head
        return self.roles.head_first and known_noun and before.lower() in self.roles.determiners

    def _between(self, word: str, noun: str) -> bool:
        """Whether a word may stand between a frame and the name in its slot ("the French", "agence de *presse*")."""
        low = word.lower()
        if (
            low in self.roles.determiners
            or low in self.roles.before_head
            or low in self.frames.nouns.between
            or word[0].isupper()
        ):
            return True
        if self.roles.is_adjective(low) or (noun and low in self.roles.genitives):
            return True
        return not self.roles.head_first and low not in self.roles.prepositions

    def kind(self, mention: Mention, noun: str, default: str) -> CreditKind | None:
        """What a name in a slot is; None where it is no credit."""
        entry = known(mention.span.of(self.plain)) or known(mention.name)
        if entry is not None:
            return entry[1]
        if mention.kind == "person" or (mention.kind == "place" and not noun):
            return None
        if noun in KINDS:
            return KINDS[noun]
        if mention.outlet or self.is_own(mention.name) or gazetteer().has_outlet_shape(mention.name):
            return "outlet"
        if default == "outlet" and self.names_body(mention.name):
            return "organisation"
        if mention.name in gazetteer().outlet_last and not mention.name.isupper() and self._has_article(mention):
            return "outlet"  # "told the *Post*"
        if default == "body":
            return "organisation" if mention.kind == "organisation" else None
        return KINDS.get(default)

    def is_own(self, name: str) -> bool:
        """Whether a name is the newspaper's own, with or without its article ("au *Fanal*")."""
        outlet = self.page.article.outlet
        return bool(outlet) and fold(bare_name(name, self.roles)) == fold(bare_name(outlet or "", self.roles))

    def _has_article(self, mention: Mention) -> bool:
        """Whether a definite article stands right before a name."""
        before = self.plain[max(0, mention.span.start - ARTICLE) : mention.span.start].lower().split()
        kind = self.roles.determiners.get(before[-1]) if before else None
        return kind is not None and kind[0] == "definite"

    def names_body(self, speaker: str) -> bool:
        """Whether a name is made on a noun for a body, an outlet or an agency ("Institut Sondelle")."""
        toks = tokens(speaker)
        head = self.roles.head_of(toks, speaker)
        return head is not None and toks[head].low in self.frames.nouns.kinds

    def is_titled(self, mention: Mention) -> bool:
        """Whether a name keeps its article's capital inside a sentence, as a newspaper's does ("told The Circuit")."""
        start = mention.span.start
        before = (
            self.plain[max(0, start - ARTICLE) : start].split()[-1:] if self.plain[start - 1 : start] == " " else []
        )
        own = self.plain[start : mention.span.end].replace("'", " ").split()[:1]
        return any(w[0].isupper() and w.lower() in self.roles.determiners for w in before + own)

    def at(self, start: int) -> Mention | None:
        """The name that begins at an offset."""
        n = bisect_left(self.starts, start)
        return self.mentions[n] if n < len(self.mentions) and self.starts[n] == start else None

    @cached_property
    def measurers(self) -> frozenset[int]:
        """The entities that a noun beside one of their names makes bodies that count or poll ("l'institut X")."""
        return frozenset(
            m.entity
            for m in self.mentions
            if m.kind not in ("person", "place")
            and self.frames.nouns.right_before.search(self.plain, max(0, m.span.start - LEAD), m.span.start)
        )

    # --- the names of a source

    def inside(self, source: Span) -> list[Mention]:
        """The names in a source; an acronym in brackets after its name is none of its own."""
        first = bisect_left(self.starts, source.start)
        if first and self.mentions[first - 1].span.end > source.start:
            first -= 1  # the source is cut: "(El) País"
        names = self.mentions[first : bisect_left(self.starts, source.end)]
        return [m for n, m in enumerate(names) if n == 0 or not self._is_acronym_of(m, names[n - 1])]

    def _is_acronym_of(self, m: Mention, before: Mention) -> bool:
        return m.entity == before.entity and self.plain[before.span.end : m.span.start].strip() == "("

    # --- where something is said

    def is_post(self, at: int) -> bool:
        """Whether something is said or quoted in the sentence of a network's name."""
        sentences = self.page.sentences
        k = bisect_right(sentences, at, key=lambda s: s.start) - 1
        if k < 0:
            return True
        n = bisect_left(self.said, sentences[k].start)
        return n < len(self.said) and self.said[n] < sentences[k].end

    @cached_property
    def said(self) -> list[int]:
        """Where something is said or quoted, in order."""
        cues = [a.cue.start for a in self.page.attributions if a.cue is not None]
        contents = [a.content[0].start for a in self.page.attributions]
        return sorted(cues + contents + [q.outer.start for q in self.page.quotes])

    # --- what names name

    def own(self, at: int) -> Iterator[Credit]:
        """The newspaper itself: "a promis à notre journal", "seen by this newspaper"."""
        toks = tokens(self.text, at, min(len(self.text), at + LEAD))[:2]
        outlet = self.page.article.outlet
        if len(toks) < 2 or not outlet or toks[0].start != at or not joined(self.text, *toks):
            return
        mine = self.roles.determiners.get(toks[0].low, ("",))[0] == "first_person"
        shown = toks[0].low in self.roles.demonstratives and toks[1].low in self.frames.nouns.own_shown
        if shown or (mine and toks[1].low in self.frames.nouns.own):
            yield Credit(Span(toks[1].start, toks[1].end), outlet, "outlet", "the newspaper's own")

    def identify(self, span: Span, default: CreditKind) -> tuple[str, CreditKind | None]:
        """The canonical name and the kind of a name given whole; None for a person."""
        worded = " ".join(span.of(self.text).split())
        entry = known(span.of(self.plain))
        if entry is not None:
            return entry
        outlet = self.page.article.outlet or ""
        if worded.isupper() and len(worded) > 1 and initials(outlet, self.roles.small_words) == worded:
            return outlet, default  # an agency's dispatch signed with its own acronym
        n = bisect_left(self.starts, span.start)
        for m in self.mentions[n : n + 1]:
            if m.span.start == span.start and m.span.end >= span.end:
                if m.kind == "person":
                    return worded, None
                return m.name if len(m.name) >= len(worded) else worded, self._by_noun(m.name) or default
        return worded, self._by_noun(worded) or default

    def _by_noun(self, name: str) -> CreditKind | None:
        """What the first word of a name says: an agency, or a body that is worded as such ("ministère de la Santé")."""
        first = name.split()[0] if name.split() else ""
        kind = self.frames.nouns.kinds.get(first if first.islower() else fold(first))
        return "agency" if kind == "agency" else "organisation" if kind and first.islower() else None

    def without_determiner(self, source: Span, toks: Sequence[Token]) -> Span:
        """A source without its determiner, a relative clause or an acronym in brackets."""
        start = 0
        while start + 1 < len(toks) and toks[start].low in self.roles.determiners:
            start += 1
        end = source.end
        for t in toks[start:]:
            if t.low in self.roles.relatives and not t.capital:
                end = t.start
        bracket = self.plain.find(" (", source.start, source.end)
        if bracket > 0:
            end = min(end, bracket)
        return trim(self.plain, toks[start].start, end) if toks else source

    # --- outlets and bodies without a name

    def spoken_of(self, at: int) -> Iterator[Credit]:
        """An outlet named before, by its noun at an offset ("a-t-elle confié au *quotidien*")."""
        phrase = self._bare_phrase(at)
        kind = self.frames.nouns.kinds.get(phrase.noun.lemma) if phrase is not None else None
        if phrase is None or kind not in ("outlet", "agency"):
            return
        before = [m for m in self.page.mentions if m.span.end <= at and m.outlet]
        such = {m.entity for m in before if m.phrase is not None and m.phrase.noun.lemma == phrase.noun.lemma}
        named = [m for m in before if m.in_names]
        last = next((m for m in reversed(named) if m.entity in such), named[-1] if named else None)
        if last is not None:
            entry = known(plain(last.name))
            sort = entry[1] if entry is not None else KINDS[kind]
            yield Credit(phrase.head, last.name, sort, "outlet spoken of")

    def body(self, at: int) -> Iterator[Credit]:
        """A body by its noun at an offset ("publiés par la *commission électorale*")."""
        phrase = self._phrase(at)
        if phrase is not None and phrase.definite and phrase.noun.category in BODIES:
            worded = self.without_determiner(phrase.span, tokens(self.text, *phrase.span))
            yield Credit(worded, " ".join(worded.of(self.text).split()), "organisation", "figures of a body")

    def _phrase(self, at: int) -> Phrase | None:
        """The definite phrase that starts at an offset; a preposition before it may hold its article ("au journal")."""
        toks = tokens(self.text, max(0, at - ARTICLE), min(len(self.text), at + LEAD))
        first = next((i for i, t in enumerate(toks) if t.start == at), None)
        if first is None:
            return None
        kind, _ = self.roles.determiners.get(toks[first].low, ("", ""))
        held = first > 0 and toks[first - 1].low in self.naming.contracted
        head = self._head(toks, first)
        if (kind != "definite" and not held) or head is None:
            return None
        return self.roles.phrase_at(self.text, toks, head)

    def _head(self, toks: list[Token], first: int) -> int | None:
        """The head of the phrase that starts at a token: the first noun, or the last of those that stand together."""
        head = None
        for i in range(first, min(len(toks), first + SLOT_WORDS)):
            if i > first and not joined(self.text, toks[i - 1], toks[i]):
                break
            if toks[i].low in self.roles.nouns:
                head = i
                if self.roles.head_first:
                    break
            elif head is not None or (i > first and not self._may_precede_head(toks[i].low)):
                break
        return head

    def _may_precede_head(self, low: str) -> bool:
        """Whether a word may stand between a determiner and its noun ("the *civil protection* agency")."""
        if self.roles.head_first:
            return low in self.roles.before_head
        return low not in self.roles.prepositions

    def _bare_phrase(self, at: int) -> Phrase | None:
        """Such a phrase if nothing goes with its noun ("le quotidien", but not "le journal de 20 heures")."""
        phrase = self._phrase(at)
        if phrase is None or phrase.number == "p" or phrase.span.end != phrase.head.end:
            return None
        toks = tokens(self.text, phrase.head.end, min(len(self.text), phrase.head.end + LEAD))
        goes_on = bool(toks) and toks[0].start == phrase.head.end + 1 and toks[0].low in self.roles.genitives
        return None if goes_on else phrase

    # --- cues

    def cue(self, attribution: Attribution) -> str:
        """The cue's words in small letters, "" without one."""
        return " ".join(attribution.cue.of(self.plain).lower().split()) if attribution.cue is not None else ""

    def is_according(self, attribution: Attribution) -> bool:
        """Whether a cue makes any body a credit ("selon"), or a name at least ("pour")."""
        if attribution.cue is None:
            return False
        return self.cue(attribution) in self.frames.sources.according | self.frames.sources.weak

    def is_weak(self, attribution: Attribution) -> bool:
        """Whether a cue makes only a proper name a credit ("pour la CUT")."""
        return self.cue(attribution) in self.frames.sources.weak


class Part:
    """A part of the search for credits, with what it looks at at hand."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.text, self.plain = names.text, names.plain
        self.frames, self.roles = names.frames, names.roles


@lru_cache(maxsize=16384)
def known(form: str) -> tuple[str, CreditKind] | None:
    """A name of the gazetteer given whole: its canonical form and kind (institutes are organisations)."""
    toks = tokens(form)
    if not toks:
        return None
    hit = gazetteer().at(form, toks[0])
    if hit is None or hit[0] < toks[-1].end:
        return None
    return (hit[1], hit[2]) if hit[2] != "place" else None


def bare(mention: Mention, text: str) -> Span:
    """A mention's span without a possessive."""
    return trim(text, mention.span.start, mention.span.end)


def bare_name(name: str, grammar: Roles) -> str:
    """A name without its determiner."""
    toks = tokens(name)
    if len(toks) > 1 and toks[0].low in grammar.determiners:
        return name[toks[1].start :]
    return name


def trim(text: str, start: int, end: int, more: str = "") -> Span:
    """The span without brackets, marks and spaces at its edges; `more`: marks that do not open it either."""
    while start < end and text[start] in " \t([«“\"'" + more:
        start += 1
    while end > start and text[end - 1] in " \t)]»”\"'.,;:":
        end -= 1
    return Span(start, end)


def has_capital(words: Iterable[str]) -> bool:
    """Whether a word begins with a capital."""
    return any(w[0].isupper() for w in words)
