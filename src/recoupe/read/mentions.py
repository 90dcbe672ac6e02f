"""Who and what an article speaks of: its mentions, and which of them speak of one person or body.

Names come from `names` and `entities`, phrases ("la préfète", "the company") from `roles`.  A phrase on a role belongs
to the person whom the article names beside it anywhere ("la préfète, Solène Marchetti").  What a name names and its
gender are decided by votes of all that stands beside its mentions, so that one form of address against the other
evidence does not win.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from recoupe.read.entities import Cluster, Entity, Gender, Kind
from recoupe.read.gazetteer import gazetteer
from recoupe.read.names import Proper, find_names
from recoupe.read.naming import naming
from recoupe.read.page import Page, Stage
from recoupe.read.roles import BODIES, PERSONS, Phrase, roles
from recoupe.read.words import joined, plain, tokens
from recoupe.text import Span, fold

Number = Literal["singular", "plural"]

NAMED_REACH = 4  # words between "association" and its name, and over which such a name goes on
APPOSITION_REACH = 14  # words between a role and the name that follows it after a comma
APPOSITION_CHARACTERS = 200  # the longest stretch that is looked at for these words


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the article speaks of someone or something.

    `span` counts in the article's text and holds the form of address or the determiner.  `name` is the entity's fullest
    name, or the description as worded.  `kind`: "name" is a proper name of unknown kind, "role" a phrase on an office
    or an occupation, "unnamed" a phrase for persons who are not named.  Mentions with one `entity` number speak of the
    same one.  `contradicts` is the gender that the form of address gives where the other evidence says otherwise.
    """

    span: Span
    name: str
    kind: Kind
    entity: int
    gender: Gender | None = None
    number: Number = "singular"
    phrase: Phrase | None = None
    contradicts: Gender | None = None
    outlet: bool = False  # a newspaper, a broadcaster, an agency

    @property
    def in_names(self) -> bool:
        """Whether the mention is a proper name, not a phrase."""
        return self.phrase is None


class Sketch:
    """One article's names and phrases tied together.  Built once a page."""

    def __init__(self, page: Page) -> None:
        self.text = page.text
        self.plain = plain(page.text)
        self.roles = roles(page.lang)
        self.naming = naming(page.lang)
        self.gazetteer = gazetteer()
        self.toks = tokens(page.text)
        self.starts = [t.start for t in self.toks]
        self.propers = self._names(page)
        self.proper_starts = [p.whole.start for p in self.propers]
        self.phrases = self._phrases()
        outlet = page.article.outlet or ""
        self.cluster = Cluster(page.text, self.toks, self.propers, _names_of_title(page), outlet, self.roles)
        self.role_of: dict[int, int] = {}  # index of a phrase -> the entity that it speaks of
        for n, proper in enumerate(self.propers):
            entity = self.cluster.entities[self.cluster.of(n)]
            self._weigh_name(proper, entity)
            self._weigh_context(proper, entity)
        self._tie()
        self._entities: dict[int, tuple[str, Gender | None, Kind]] = {}

    def _names(self, page: Page) -> list[Proper]:
        """The names, each with the small words that belong to it; what such a name holds is no name of its own."""
        found: list[Proper] = []
        for proper in find_names(page.text, self.toks, page.lang):
            if not found or proper.first > found[-1].last:
                found.append(self._whole_body(proper))
        return found

    def _whole_body(self, proper: Proper) -> Proper:
        """A body's name with the small words that belong to it ("Cour *pénale internationale*")."""
        noun = self.roles.nouns.get(self.toks[proper.last].low)
        body = noun is not None and noun.category in BODIES
        outlet = self.gazetteer.opens_outlet(proper.span.of(self.plain))
        named = self._named_body(proper)
        body = body or self._is_common_noun(proper)
        if not (body or outlet or named) or proper.honorific or (proper.known and not outlet):
            return proper
        last = proper.last if named else self.roles.reach(self.text, self.toks, proper.last, len(self.toks))
        last = self._over_small_words(proper) if last == proper.last and named else last
        if self.toks[proper.first].low in self.roles.aiming:
            last = self.roles.aim(self.text, self.toks, last)
        if last == proper.last:
            return proper
        span = Span(proper.span.start, self.toks[last].end)
        words = tuple(t.word for t in self.toks[proper.first : last + 1])
        return replace(proper, span=span, whole=span, words=words, known=None, canonical="", last=last)

    def _is_common_noun(self, proper: Proper) -> bool:
        """Whether a common noun with a capital opens a body's name: "la *Veille* des Aliments"."""
        i = proper.first
        if len(proper.words) != 1 or i == 0 or i + 1 >= len(self.toks) or proper.known or proper.honorific:
            return False
        if not joined(self.text, self.toks[i - 1], self.toks[i]) or not joined(
            self.text, self.toks[i], self.toks[i + 1]
        ):
            return False
        before = self.roles.determiners.get(self.toks[i - 1].low)
        article = self.roles.determiners.get(self.roles.genitives.get(self.toks[i + 1].low, ""))
        definite = before is not None and before[0] == "definite"
        plural = article is not None and "p" in article[1]
        person = self.gazetteer.given_gender(proper.words[0]) is not None
        return definite and plural and not person and fold(proper.words[0]) not in self.gazetteer.places

    def _named_body(self, proper: Proper) -> bool:
        """Whether a noun for an association or a title stands before a name, with at most a complement between."""
        if not self.roles.head_first or proper.words[-1].isupper() or len(proper.words) > 2:
            return False
        for k in range(proper.first - 1, max(-1, proper.first - 1 - NAMED_REACH), -1):
            low = self.toks[k].low
            if not joined(self.text, self.toks[k], self.toks[k + 1]):
                return False
            if low in self.naming.named_nouns:
                return k == proper.first - 1 or self.toks[proper.first - 1].low not in self.roles.determiners
            if self.toks[k].capital:
                return False
        return False

    def _over_small_words(self, proper: Proper) -> int:
        """The last token of an association's name: over adjectives, and over small words after such as "Droit"."""
        last = k = proper.last
        slogan = proper.words[0] in self.gazetteer.slogans
        pair = self.toks[proper.first - 1].low in self.naming.named_nouns  # "le magazine Ciel *et* Mer"
        small = self.roles.prepositions | set(self.roles.determiners)
        while (
            k + 1 < len(self.toks)
            and k - proper.last < NAMED_REACH
            and joined(self.text, self.toks[k], self.toks[k + 1])
        ):
            k += 1
            token = self.toks[k]
            if (slogan and token.low in small) or (
                pair and k == proper.last + 1 and token.low in self.roles.conjunctions
            ):
                continue
            if token.capital or (slogan and self.toks[k - 1].low in small) or self._is_adjective_of_name(k):
                last = k
            else:
                break
        return last

    def _is_adjective_of_name(self, k: int) -> bool:
        low = self.toks[k].low
        ends = self.plain[self.toks[k].end : self.toks[k].end + 1] in ",.;:)"
        return self.roles.is_adjective(low) or (low.endswith(self.naming.participles) and ends)

    def _phrases(self) -> list[Phrase]:
        """The noun phrases on known nouns outside names, in order and disjoint in their heads."""
        taken = {i for p in self.propers for i in range(p.first, p.last + 1)}
        nouns = self.roles.nouns
        found: list[Phrase] = []
        end = -1
        for i in [i for i, token in enumerate(self.toks) if token.low in nouns]:
            if self.toks[i].start < end or i in taken:
                continue
            phrase = self.roles.phrase_at(self.text, self.toks, i)
            if phrase is None:
                continue
            if found and found[-1].span.end > phrase.span.start:
                inner = phrase.noun.category in PERSONS and phrase.determiner == "indefinite"
                if self.roles.head_first and not inner:
                    continue
                if not self.roles.head_first and not self._owns(found[-1]):
                    found.pop()  # in "union leader" the last noun is the head
            found.append(phrase)
            if self.roles.head_first:
                end = phrase.head.end
        return found

    def _owns(self, phrase: Phrase) -> bool:
        """Whether a phrase is a person's who owns what follows ("*a fisherman*'s video")."""
        after = self.plain[phrase.span.end : phrase.span.end + 3]
        return phrase.noun.category in PERSONS and after.startswith(self.roles.owners)

    # --- votes on what a name names

    def _weigh_name(self, proper: Proper, entity: Entity) -> None:
        votes, words = entity.kinds, proper.words
        if proper.honorific:
            votes["person"] += 4
            if proper.gender:
                entity.genders[proper.gender] += 2
        if proper.known:
            votes["organisation"] += 4
            entity.outlet = entity.outlet or proper.known in ("agency", "outlet")
            return
        given = self.gazetteer.given_gender(words[0])
        if len(words) == 1 and entity.words > 1 and fold(words[0]) != entity.keys[0][0]:
            given = None  # a surname that is also a given name
        capital = [w for w in words if w[0].isupper()]
        nouns = (self.roles.nouns.get(w.lower()) for w in capital)
        body = any(n is not None and n.category in BODIES for n in nouns)
        opening = self.roles.nouns.get(words[0].lower()) if body else None
        if opening is not None and opening.category in BODIES and opening.gender:
            entity.genders[opening.gender] += 2
        if body or (len(words) > 1 and any(w in self.gazetteer.body_words for w in capital)):
            votes["organisation"] += 3
        elif given is not None:
            votes["person"] += 3 if len(words) > 1 else 1
        if given:
            entity.genders[given] += 3
        elif given is None and len(words) > 1 and fold(words[0]).endswith(self.gazetteer.feminine_endings):
            entity.genders["f"] += 1
        if fold(" ".join(words)).replace(" ", "-") in self.gazetteer.places:
            votes["place"] += 3
        if given is None and self.gazetteer.has_outlet_shape(proper.span.of(self.plain)):
            votes["organisation"] += 2
            entity.outlet = True
        if (len(words) == 1 and words[0].isupper() and 2 <= len(words[0]) <= 6) or "&" in proper.span.of(self.plain):
            votes["organisation"] += 1

    def _weigh_context(self, proper: Proper, entity: Entity) -> None:
        if proper.span.start == 0 and self._is_dateline(proper):
            entity.kinds["place"] += 4
        if len(proper.words) > 1 and self.naming.aged.match(self.plain, proper.span.end):
            entity.kinds["person"] += 3
        if proper.first == 0 or not joined(self.text, self.toks[proper.first - 1], self.toks[proper.first]):
            return
        before, votes = self.toks[proper.first - 1], entity.kinds
        low = before.low
        if before.capital and low not in self.naming.openers:
            return
        kind, marks = self.roles.determiners.get(low, ("", ""))
        if low in self.naming.body_cues:
            votes["organisation"] += 3
        elif low in self.naming.place_cues:
            votes["place"] += 1
        elif kind == "definite" and not proper.honorific:
            votes["person"] -= 1
            votes["organisation"] += 1
            if len(marks) == 2 and marks[1] == "s":
                entity.genders[marks[0]] += 1
            entity.plural = entity.plural or "p" in marks
        elif self.roles.is_adjective(low) and proper.first > 1:
            votes["organisation"] += 3 if self.toks[proper.first - 2].low in self.naming.body_cues else 0

    def _is_dateline(self, proper: Proper) -> bool:
        """Whether a name in capitals that opens the text is the place a dispatch was sent from ("JAKARTA - ...")."""
        rest = self.plain[proper.span.end : proper.span.end + 40].split("\n")[0]
        dash = any(mark in rest for mark in (" - ", " – ", " — ", ") -"))
        return proper.words[0].isupper() and dash and not any(c in rest.split(" - ")[0] for c in ".;:!?")

    # --- phrases beside names

    def _tie(self) -> None:
        """Give each phrase the person or body whom the article names beside it."""
        heads = [p.head.start for p in self.phrases]
        for n, proper in enumerate(self.propers):
            e = self.cluster.of(n)
            for k in self._beside(proper, heads):
                if self._may_be(self.phrases[k], self.cluster.entities[e]):
                    self._vote(self.phrases[k], self.cluster.entities[e])
                    self.role_of.setdefault(k, e)
        for k, phrase in enumerate(self.phrases):
            if k not in self.role_of and (inner := self._name_in(phrase)) is not None:
                self.role_of[k] = inner
        for k, (left, right) in enumerate(pairwise(self.phrases)):
            if k + 1 in self.role_of and k not in self.role_of and self._is_copula(left, right):
                self.role_of[k] = self.role_of[k + 1]
        for k, phrase in enumerate(self.phrases):
            for start in (phrase.head.start, phrase.span.start):
                if start in self.cluster.spelled:
                    self.role_of.setdefault(k, self.cluster.spelled[start])

    def _name_in(self, phrase: Phrase) -> int | None:
        """The outlet whose name stands before its noun, where the noun comes last ("the *TASS* agency")."""
        if self.roles.head_first or phrase.noun.category not in BODIES or phrase.determiner != "definite":
            return None
        n = bisect_left(self.proper_starts, phrase.head.start) - 1
        if (
            n < 0
            or self.propers[n].whole.start < phrase.span.start
            or self.propers[n].span.end != phrase.head.start - 1
        ):
            return None
        e = self.cluster.of(n)
        return e if self.cluster.entities[e].outlet else None

    def _is_copula(self, left: Phrase, right: Phrase) -> bool:
        """Whether a verb of being makes two phrases one person ("their first customer *was* the former owner, X")."""
        if left.noun.category not in PERSONS or right.noun.category not in PERSONS or left.determiner == "indefinite":
            return False
        gap = self.plain[left.span.end : right.span.start].lower().replace("'", " ").strip()
        return gap in self.roles.copulas

    def _may_be(self, phrase: Phrase, entity: Entity) -> bool:
        """Whether a phrase can speak of an entity as far as the votes go: no office for a body or a place."""
        votes = entity.kinds
        if phrase.noun.category in PERSONS:
            return votes["organisation"] <= votes["person"] + 2 and votes["place"] <= votes["person"]
        return votes["person"] <= votes["organisation"] + 1

    def _is_firm(self, phrase: Phrase, entity: Entity) -> bool:
        """Whether a noun for persons names a firm: "the pollster Sondax", "consultants Mérope", but no given name."""
        if phrase.number != "p" and phrase.noun.lemma not in self.roles.firms:
            return False
        return entity.words == 1 and not entity.genders and entity.kinds["person"] <= 0

    def _vote(self, phrase: Phrase, entity: Entity) -> None:
        person = phrase.noun.category in PERSONS and not self._is_firm(phrase, entity)
        entity.kinds["person" if person else "organisation"] += 3
        entity.outlet = entity.outlet or phrase.noun.category == "outlet"
        if phrase.gender:
            entity.genders[phrase.gender] += 2 if person else 1

    def _beside(self, proper: Proper, heads: list[int]) -> Iterable[int]:
        """Indexes of the phrases in apposition to a name: right before it, before a comma, after one."""
        start, end = proper.whole
        k = bisect_left(heads, start) - 1
        if k >= 0 and start - self.phrases[k].span.end <= APPOSITION_CHARACTERS:
            gap = self.plain[self.phrases[k].span.end : start]
            beside = gap == " " or gap.strip() in self.roles.rank_tails or self._adjectives_only(gap)
            if beside or (gap.endswith(", ") and self._goes_on(gap) and self._stops(end)):
                yield self._outer(k)
        if self.plain[end : end + 2] != ", ":
            return
        k = bisect_right(heads, end)
        if k < len(self.phrases) and self.phrases[k].span.start - end <= APPOSITION_CHARACTERS:
            phrase = self.phrases[k]
            follows = phrase.span.start == end + 2 or self._leads(self.plain[end + 2 : phrase.span.start])
            if follows and self._closes(phrase) and phrase.determiner != "first_person":
                yield k

    def _outer(self, k: int) -> int:
        """The phrase that `k` is a complement of ("la présidente *de la commission*"), else `k` itself."""
        while k > 0:
            outer, inner = self.phrases[k - 1], self.phrases[k]
            if outer.span.end <= inner.span.start:
                gap = self.plain[outer.span.end : inner.span.start].strip(" '").lower()
                tail = self.plain[outer.span.end : inner.span.end].strip()  # "économiste *en chef*"
                if gap not in self.roles.genitives and tail not in self.roles.rank_tails:
                    break
            k -= 1
        return k

    def _goes_on(self, gap: str) -> bool:
        """Whether what stands between a phrase and the comma goes on with the phrase: a complement, an adjective."""
        words = gap.replace("'", " ").strip(" ,").lower().split()
        if not words:
            return True
        if len(words) > APPOSITION_REACH or any(c in gap for c in '.;:!?\n«»“”"()'):
            return False
        return words[0] in self.roles.prepositions or self.roles.is_adjective(words[0]) or gap[1:2].isupper()

    def _stops(self, at: int) -> bool:
        """Whether a mark follows, as it does after an apposition but not inside "the president, X and Y"."""
        rest = self.plain[at : at + 2].lstrip(" ")
        return not rest or not (rest[0].isalnum() or rest[0] == "&")

    def _adjectives_only(self, gap: str) -> bool:
        """Whether only adjectives stand between a role and a name ("le délégué *syndical* Karim Adjou")."""
        words = gap.lower().split()
        return 0 < len(words) <= 3 and all(self.roles.is_adjective(w) for w in words)

    def _closes(self, phrase: Phrase) -> bool:
        """Whether an apposition after a name ends where the phrase does: at a mark or, if indefinite, a complement."""
        at = phrase.span.end
        rest = self.plain[at : at + 2].lstrip(" ")
        if not rest or rest[0] in '.,;:)\n»”"':
            return True
        if phrase.determiner == "definite":
            return False
        k = bisect_left(self.starts, at)
        return k < len(self.toks) and self.toks[k].low in self.roles.prepositions | self.roles.conjunctions

    def _leads(self, lead: str) -> bool:
        """Whether only adjectives or "l'un des" stand between a name's comma and the role after it."""
        words = lead.replace("'", " ").lower().split()
        if not words or len(words) > 4 or any(c in lead for c in '.;:!?\n«»“”"(),'):
            return False
        small = (self.roles.before_head, self.roles.determiners, self.roles.genitives)
        return all(any(w in known for known in small) for w in words)

    # --- mentions

    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, in the order of the text."""
        found = [self._of_name(n, proper) for n, proper in enumerate(self.propers)]
        fresh = len(self.cluster.entities)
        found += [self._of_phrase(k, phrase, fresh + k) for k, phrase in enumerate(self.phrases)]
        return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end)))

    def _of_name(self, n: int, proper: Proper) -> Mention:
        e = self.cluster.of(n)
        entity = self.cluster.entities[e]
        name, gender, kind = self._settled(e)
        number: Number = "plural" if entity.plural and kind != "person" else "singular"
        against: Gender | None = None
        if proper.gender and gender and proper.gender != gender:
            against = "m" if proper.gender == "m" else "f"
        return Mention(proper.whole, name, kind, e, gender, number, None, against, entity.outlet)

    def _settled(self, e: int) -> tuple[str, Gender | None, Kind]:
        """The name, gender and kind of an entity on which all votes are cast."""
        if e not in self._entities:
            entity = self.cluster.entities[e]
            self._entities[e] = (entity.name, entity.gender, entity.kind)
        return self._entities[e]

    def _of_phrase(self, k: int, phrase: Phrase, fresh: int) -> Mention:
        number: Number = "plural" if phrase.number == "p" else "singular"
        gender: Gender | None = "m" if phrase.gender == "m" else "f" if phrase.gender == "f" else None
        if k in self.role_of:
            e = self.role_of[k]
            name, of_entity, _ = self._settled(e)
            outlet = self.cluster.entities[e].outlet
            return Mention(phrase.span, name, "role", e, gender or of_entity, number, phrase, None, outlet)
        kind: Kind = "organisation" if phrase.noun.category in BODIES else "role" if phrase.definite else "unnamed"
        name = " ".join(phrase.span.of(self.text).split())
        return Mention(phrase.span, name, kind, fresh, gender, number, phrase)


def _names_of_title(page: Page) -> list[str]:
    """The names in the article's title: fuller forms may stand only there."""
    title = page.article.title
    found = find_names(title, tokens(title), page.lang) if title else []
    return sorted({" ".join(p.span.of(title).split()) for p in found if len(p.words) > 1})


def _run(pages: Sequence[Page]) -> list[Page]:
    return [replace(page, mentions=Sketch(page).mentions()) for page in pages]


STAGE = Stage("mentions", frozenset({"sentences"}), frozenset({"mentions"}), _run)

__all__ = ["STAGE", "Gender", "Kind", "Mention", "Number", "Sketch"]
