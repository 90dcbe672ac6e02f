"""Verb groups: a reporting verb with its auxiliaries, clitics and negation, and the noun phrase that is its subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from recoupe.model import Act, Polarity
from recoupe.read.cues import Cue, Form, Lexicon
from recoupe.read.phrases import MAX_PHRASE, Phrase, around, chunk, plausible, with_appositions
from recoupe.read.units import Unit

Shape = Literal["finite", "passive", "participle", "present", "infinitive"]

_ASIDE = 12  # tokens between commas that tell how something was said
_REACH = 7  # tokens that may stand between an auxiliary and its participle ("a, pour sa part, ajouté")
_ADJUNCTS = 2  # phrases that say where and when between an inserted verb and its subject
_SKIPPED = 2  # words that may stand between a verb and the rest of its cue: "made it very clear"


@dataclass(frozen=True, slots=True)
class Group:
    """One use of a cue in a sentence.  `verb` is the cue's own token, `start` and `end` the whole verb group."""

    cues: tuple[Cue, ...]
    verb: int
    start: int
    end: int
    shape: Shape
    clitic: int | None = None
    negated: bool = False
    hedged: bool = False

    def cue_for(self, *frames: str) -> Cue | None:
        """The first cue of this group that takes one of `frames`."""
        return next((c for c in self.cues if not c.frames.isdisjoint(frames)), None)

    def polarity(self, cue: Cue) -> Polarity:
        """Whether the content was said, denied, or said not to have been said."""
        return "not said" if self.negated else cue.polarity

    def act(self, cue: Cue) -> Act:
        """The act of the cue."""
        return cue.act


def find(unit: Unit, lexicon: Lexicon) -> list[Group]:
    """All uses of the lexicon's verbs in the sentence, in order; of one verb the longest phrase comes first."""
    found: list[Group] = []
    for n, token in enumerate(unit.tokens):
        entries = lexicon.verbs.get(token.low, ())
        if not entries or token.quote >= 0 or _is_noun(unit, n):
            continue
        found += _readings(unit, n, entries)
    if any(unit.whole) and any(_closes_quotation(unit, group.verb) for group in found):
        return found
    if any(unit.whole) or unit.spoken:
        found += [group for n in range(len(unit)) for group in _unlisted(unit, n)]
    return found


# Any verb reports a quotation that it follows with its subject behind it: « C'est tout », s'étrangle-t-elle.
_UNLISTED = Cue("", (), False, frozenset({"quote", "incise"}), "statement", "said")


def _unlisted(unit: Unit, n: int) -> list[Group]:
    """The group of a verb that the lexicon does not know, if a whole quotation stands before it and no object after."""
    token, g = unit.tokens[n], unit.grammar
    auxiliary = token.low in g.have or token.low in g.be
    inverted = _hyphen(unit, n + 1) if n + 1 < len(unit) else False
    verb = token.finite or token.pos == "VERB" or (inverted and unit.low(n + 1) in g.clitics | g.clitic_links)
    aside = inverted and unit.spoken and n > 0 and unit.low(n - 1) in (",", "?", "!", *g.reflexives)
    if token.quote >= 0 or auxiliary or not verb or not (_closes_quotation(unit, n) or aside):
        return []
    if aside and unit.low(len(unit) - 1) == "?":
        return []  # « Si on ferme, passera-t-elle encore ? » asks
    form: Form = "past" if _auxiliary(unit, n) is not None else "finite"
    group = _group(unit, n, n + 1, form, (_UNLISTED,))
    if group is None or group.shape != "finite":
        return []
    behind = after(unit, group.end)
    ends = behind >= len(unit) or unit.sign(behind) or unit.tokens[behind].pos in ("ADP", "SCONJ")
    return [group] if group.clitic is not None or (ends if g.subject_first else not ends) else []


def _closes_quotation(unit: Unit, n: int) -> bool:
    """Whether a whole quotation that does not end its sentence stands before the clause of the verb at `n`."""
    whole = next((k for k in range(n - 1, max(-1, n - MAX_PHRASE), -1) if unit.tokens[k].whole), None)
    if whole is None or any(t.finite for t in unit.tokens[whole + 1 : n] if t.head != n):
        return False
    quote = unit.quotes[unit.tokens[whole].quote]
    return unit.low(whole + 1) == "," or unit.text[quote.inner.end - 1] in ",?!"


def _is_noun(unit: Unit, n: int) -> bool:
    """Whether the word is no verb here: "une annonce", "son juge"."""
    token, g = unit.tokens[n], unit.grammar
    if g.bare_clause and token.low in g.also_nouns and _asserts(unit, n):
        return False
    if token.dep == "compound" or _in_compound(unit, n) or _qualifies(unit, n):
        return True
    if token.pos in ("VERB", "AUX") or token.low not in g.also_nouns:
        return False
    if n and unit.low(n - 1) in g.have | g.clitics | g.reflexives:
        return False
    if n > 1 and unit.low(n - 1) in g.proclitics and unit.low(n - 2) in g.negations:
        return False
    before = unit.tokens[n - 1] if n else None
    return before is None or (not unit.sign(n - 1) and before.quote < 0 and not _is_only_verb(unit, n))


def _qualifies(unit: Unit, n: int) -> bool:
    """Whether the word is a participle in front of the noun it goes with: "the *disputed* pass", "an *estimated* 9"."""
    if not unit.grammar.subject_first or unit.tokens[n].dep != "amod" or n == 0 or n + 1 >= len(unit):
        return False
    return unit.tokens[n].head > n and unit.tokens[n - 1].pos in ("DET", "ADJ", "NUM", "ADP", "PRON")


def _is_only_verb(unit: Unit, n: int) -> bool:
    """Whether a noun would leave the sentence without a verb: « Un rapport confidentiel *pointe* des manquements ».

    It stands right behind a noun phrase then, and in front of an object, a clause or a quotation.
    """
    g = unit.grammar
    if g.subject_first or unit.tokens[n - 1].pos not in ("NOUN", "PROPN", "ADJ") or n + 1 >= len(unit):
        return False
    opens = unit.low(n + 1) in g.noun_openers | g.complementisers or unit.opens_quote(n + 1)
    return opens and not _has_main_verb(unit)


def _has_main_verb(unit: Unit) -> bool:
    """Whether a finite verb stands in the sentence outside quotations and relative clauses."""
    relative = False
    for n in range(unit.first, len(unit)):
        token = unit.tokens[n]
        if token.low in unit.grammar.relatives:
            relative = True
        elif token.low in (",", ";", ":"):
            relative = False
        elif token.finite and token.quote < 0 and not relative:
            return True
    return False


def _asserts(unit: Unit, n: int) -> bool:
    """Whether the word stands between a name and a clause, so that it is a verb: "Roux claims he lied"."""
    before = unit.tokens[n - 1].pos if n else ""
    opens = unit.low(n + 1) in unit.grammar.complementisers | unit.grammar.source_pronouns
    return before in ("PROPN", "PRON") and opens and unit.text[unit.tokens[n].start].islower()


def _in_compound(unit: Unit, n: int) -> bool:
    """Whether a hyphen binds the word to another that is no clitic: "in-state tuition"."""
    token, text = unit.tokens[n], unit.text
    before = token.start > unit.span.start and text[token.start - 1] == "-"
    behind = token.end < unit.span.end and text[token.end] == "-"
    return before or (behind and unit.low(n + 1) not in unit.grammar.clitics | unit.grammar.clitic_links | {"-"})


def _readings(unit: Unit, n: int, entries: tuple[tuple[Cue, Form], ...]) -> list[Group]:
    """The groups that the word at `n` may head, those with more words first."""
    by_end: dict[tuple[int, Form], list[Cue]] = {}
    reflexive = _is_reflexive(unit, n)
    compound = any(form == "past" for _, form in entries) and _auxiliary(unit, n) is not None
    reduced = unit.tokens[n].dep == "acl" and any(form == "past" for _, form in entries) and _has_main_verb(unit)
    inverted = n + 1 < len(unit) and unit.low(n + 1) in unit.grammar.clitics and _hyphen(unit, n + 1)
    near = _near(unit, n + 1)
    for cue, form in entries:
        if cue.rest and cue.rest[0] not in near:
            continue
        if inverted and form == "past":
            continue  # « dit-elle »
        if cue.proclitic and not _has_proclitic(unit, n, cue.proclitic):
            continue
        if form == "present" and unit.tokens[n].pos == "ADV":
            continue  # « maintenant »
        if (compound or reduced) and not inverted and form == "finite":
            continue  # « il a dit », "a group called": the form is a participle here
        if cue.reflexive != reflexive and (cue.reflexive or not cue.frames & {"clause", "quote"}):
            continue
        end = _rest(unit, n + 1, cue.rest)
        if end is not None:
            by_end.setdefault((end, form), []).append(cue)
    groups: list[Group] = []
    for (end, form), cues in sorted(by_end.items(), key=lambda item: (-item[0][0], item[0][1] != "finite")):
        group = _group(unit, n, end, form, tuple(sorted(cues, key=lambda c: (not c.reflexive, c.act != "statement"))))
        if group:
            groups.append(group)
    return groups


def _near(unit: Unit, at: int) -> set[str]:
    """The words that `_rest` may find first: "be" and "have" have hundreds of cues, few of them ever near."""
    found = {unit.low(k) for k in range(at, at + _SKIPPED + 1)}
    return found | {word for word, forms in unit.grammar.contractions.items() if not found.isdisjoint(forms)}


def _is_reflexive(unit: Unit, n: int) -> bool:
    k = n - 1
    while k >= max(0, n - _REACH) and not unit.sign(k):
        if unit.low(k) in unit.grammar.reflexives:
            return True
        if unit.tokens[k].pos in ("NOUN", "PROPN", "VERB"):
            return False
        k -= 1
    return False


def _has_proclitic(unit: Unit, n: int, proclitic: str) -> bool:
    """Whether the object pronoun stands in the verb group: « s'*en* tient à », « s'*en* est tenue à »."""
    g = unit.grammar
    k = n - 1
    while k >= 0 and unit.low(k) in g.proclitics | g.reflexives | g.have | g.be | g.negations | g.negation_ends:
        if unit.low(k) == proclitic:
            return True
        k -= 1
    return False


def _rest(unit: Unit, at: int, rest: tuple[str, ...]) -> int | None:
    """Where the words after the verb end; up to two others may stand before them; None where they are missing."""
    if not rest:
        return at
    behind = after(unit, at)
    if behind > at and all(_same(unit, behind + k, word) for k, word in enumerate(rest)):
        return behind + len(rest)  # « parlait la veille d'un échec »
    for skip in range(_SKIPPED + 1):
        if all(_same(unit, at + skip + k, word) for k, word in enumerate(rest)):
            return at + skip + len(rest)
        if unit.sign(at + skip) or unit.tokens[at + skip].pos not in ("ADV", "PRON", "ADJ", "DET"):
            break
    return None


def _same(unit: Unit, n: int, word: str) -> bool:
    """Whether the token is the word, elided or contracted with an article: "de" is there in "d'", "du", "des"."""
    if n < len(unit) and unit.tokens[n].quote >= 0:
        return False  # "called “arithmetic for children”"
    return unit.low(n) == word or unit.low(n) in unit.grammar.contractions.get(word, ())


def _group(unit: Unit, n: int, end: int, form: Form, cues: tuple[Cue, ...]) -> Group | None:
    g = unit.grammar
    clitic = None
    if end < len(unit) and n + 1 == end and unit.low(end) in g.clitics | g.clitic_links and _hyphen(unit, end):
        if unit.low(end) in g.clitic_links and unit.low(end + 1) in g.clitics:
            end += 1
        clitic, end = end, end + 1
    if form == "present":
        before = unit.tokens[n - 1].pos if n else ""
        if g.subject_first and before in ("NOUN", "PROPN") and all(c.act != "statement" for c in cues):
            return None  # "donors backing the plan" tells who they are, not what they say
        start = n - 1 if n and unit.tokens[n - 1].pos == "ADP" else n
        return Group(cues, n, start, end, "present")
    if form == "infinitive" or (form == "finite" and unit.tokens[n].infinitive):
        return _infinitive(unit, n, end, cues)
    start, negated = _left_edge(unit, n)
    hedged = any(unit.low(n).endswith(e) for e in g.conditional_endings) if form == "finite" else False
    if form == "finite" and not (unit.low(start) in g.have and start < n):
        return Group(cues, n, start, end, "finite", clitic, negated, hedged)
    if form != "past":
        return None
    auxiliary = _auxiliary(unit, n)
    if auxiliary is None:
        shape: Shape = "finite" if _shares_auxiliary(unit, n) else "participle"
        return Group(cues, n, n, end, shape)
    start, negated = _left_edge(unit, auxiliary)
    negated = negated or any(unit.low(k) in g.negation_ends for k in range(auxiliary + 1, n))
    for k in range(auxiliary + 1, n):
        if unit.low(k) in g.clitics and _hyphen(unit, k):
            clitic = k
    hedged = unit.low(auxiliary) in g.conditional
    to_be = any(unit.low(k) in g.be for k in range(auxiliary, n))
    passive = to_be and not _is_reflexive(unit, n)
    return Group(cues, n, start, end, "passive" if passive else "finite", clitic, negated, hedged)


def _hyphen(unit: Unit, n: int) -> bool:
    """Whether the token is bound to the verb by a hyphen: « dit-il »."""
    start = unit.tokens[n].start
    return start > 0 and (unit.text[start] in "-‑" or unit.text[start - 1] in "-‑")


def _infinitive(unit: Unit, n: int, end: int, cues: tuple[Cue, ...]) -> Group | None:
    g = unit.grammar
    for k in range(n - 1, max(-1, n - 6), -1):
        low = unit.low(k)
        if unit.sign(k):
            break
        if low in g.refusals:
            auxiliary = _auxiliary(unit, k)
            start = _left_edge(unit, k if auxiliary is None else auxiliary)[0]
            return Group(cues, n, start, end, "finite", negated=True)
        if low in g.semi_auxiliaries:
            auxiliary = _auxiliary(unit, k)
            start, negated = _left_edge(unit, k if auxiliary is None else auxiliary)
            negated = negated or any(unit.low(j) in g.negation_ends for j in range(k + 1, n))
            if low in g.modals and not negated:
                cues = tuple(c for c in cues if c.act == "statement")
            return Group(cues, n, start, end, "finite", negated=negated) if cues else None
    start = n
    while start and unit.low(start - 1) in g.have | g.be | g.proclitics | g.reflexives:
        start -= 1
    opening = unit.low(start - 1) in g.infinitive_markers and start > 1 and unit.low(start - 2) in g.coordinators
    adverb = start - 2 if unit.low(start - 1) in g.infinitive_markers else start - 1
    if (opening and start == 2) or unit.low(adverb) in g.infinitive_adverbs:
        return Group(cues, n, start, end, "infinitive")
    return None


def _auxiliary(unit: Unit, n: int) -> int | None:
    """The auxiliary of the participle at `n`; one that a conjunction shares counts for the second participle too."""
    g, commas = unit.grammar, 0
    for k in range(n - 1, max(-1, n - _REACH), -1):
        low, token = unit.low(k), unit.tokens[k]
        commas += low == ","
        if (low in g.have or low in g.be) and token.pos != "PART":  # no genitive: "the union's lawyer called"
            if commas % 2:
                return None  # "The bridge is safe, said the mayor"
            before = _auxiliary(unit, k) if not token.finite else None  # "a été", "has been"
            return k if before is None else before
        if (unit.sign(k) and low not in (",", "-")) or token.whole or token.finite or token.pos == "VERB":
            return None
        if low in g.coordinators and unit.tokens[k - 1].pos in ("NOUN", "PROPN", "PRON"):
            return None  # "The figures were a fairy tale and promised"
        if token.dep.startswith("nsubj") and not _hyphen(unit, k):
            return None  # the subject stands before the auxiliary, not behind it
    return None


def _shares_auxiliary(unit: Unit, n: int) -> bool:
    """The second of two coordinated participles: « a condamné le crime et estimé que ... »

    As parsed or, where a reported clause follows it, by the last finite verb before it.
    """
    g = unit.grammar
    if unit.low(n - 1) not in g.coordinators:
        return False
    if unit.low(n + 1) in g.complementisers:
        k = next((k for k in range(n - 2, -1, -1) if unit.tokens[k].finite or unit.low(k) == ";"), 0)
        return unit.low(k) in g.have and unit.tokens[k].quote < 0
    first = unit.tokens[n].head
    auxiliary = _auxiliary(unit, first) if unit.tokens[n].dep == "conj" and first < n else None
    return auxiliary is not None and unit.low(auxiliary) in g.have


def _left_edge(unit: Unit, n: int) -> tuple[int, bool]:
    """The start of the group whose first verb is `n`, with its object pronouns, and whether it is negated."""
    g = unit.grammar
    start, negated = n, False
    while start > 0 and unit.low(start - 1) in g.proclitics | g.reflexives | g.negations:
        if unit.tokens[start - 1].pos == "DET":
            break
        start -= 1
        negated = negated or unit.low(start) in g.negations
    return start, negated


# --- subjects ---------------------------------------------------------------------------------------------------


def after(unit: Unit, n: int) -> int:
    """The first token from `n` on that is no adverb and no bare time ("aujourd'hui", "mardi soir")."""
    g = unit.grammar
    while n < len(unit):
        if unit.low(n) in g.source_pronouns or unit.opens_quote(n):
            break
        if unit.tokens[n].pos == "ADV" or unit.low(n) in g.time_nouns:
            n += 1
        elif unit.low(n) in g.time_openers and unit.low(n + 1) in g.time_nouns and not unit.has_finite(n + 2, n + 3):
            n += 2  # "last week", but not "last week was"
        elif (width := _time_phrase(unit, n)) and not unit.has_finite(n + width, n + width + 1):
            n += width
        else:
            break
    return n


def _time_phrase(unit: Unit, n: int) -> int:
    """The words of a set phrase that says when at `n`: « la veille »; 0 where there is none."""
    low = unit.low(n)
    for words in unit.grammar.time_phrases:
        if words[0] == low and all(unit.low(n + k) == w for k, w in enumerate(words)):
            return len(words)
    return 0


def inverted_subject(unit: Unit, group: Group) -> Phrase | None:
    """The subject after the verb: « a-t-il dit », "said Mary Lee"; None where there is none."""
    if group.clitic is not None:
        return (group.clitic, group.clitic + 1)
    at = _after_manner(unit, after(unit, group.end))
    for _ in range(_ADJUNCTS):
        if at >= len(unit) or unit.tokens[at].pos != "ADP":
            break
        adjunct = chunk(unit, at + 1)  # « s'est réjoui sur Facebook, à 16 heures le ministre »
        if adjunct is None:
            break
        at = _after_manner(unit, after(unit, adjunct[1]))
    found = chunk(unit, at)
    if found is None or not plausible(unit, found) or unit.opens_quote(at):
        return None
    return with_appositions(unit, found)


def _after_manner(unit: Unit, at: int) -> int:
    """Behind what tells how or on whose part it was said: « promet *de son côté* Lise », « lâche*, dépitée,* Lise »."""
    g = unit.grammar
    for words in g.asides:
        if all(unit.low(at + k) == w for k, w in enumerate(words)):
            return after(unit, at + len(words))
    if unit.low(at) in g.gerund_openers and unit.low(at + 1).endswith(g.present_endings):
        return after(unit, at + 2)
    if unit.low(at) != ",":
        return at
    for n in range(at + 1, min(len(unit), at + _ASIDE)):
        if unit.tokens[n].finite or unit.tokens[n].quote >= 0 or unit.low(n) in (";", ":"):
            return at
        if unit.low(n) == ",":
            return n + 1 if n > at + 1 else at
    return at


def subject(unit: Unit, group: Group) -> Phrase | None:
    """The noun phrase before the verb that says it; of "who said" the phrase that "who" stands for."""
    before = _skip_back(unit, group.start)
    if unit.low(before - 1) in unit.grammar.relative_subjects:
        return antecedent(unit, before - 1) or (before - 1, before)
    outer = before_relative(unit, before)
    if outer is not None:
        return outer
    parsed = _parsed_subject(unit, group)
    adjacent = _ending_at(unit, before) if not unit.sign(before - 1) else None
    if adjacent is not None and _splits_clause(unit, group):
        return adjacent
    if adjacent is None or (parsed is not None and adjacent[0] <= parsed < adjacent[1]):
        if parsed is not None and unit.low(parsed) in unit.grammar.relative_subjects:
            return antecedent(unit, parsed) or (parsed, parsed + 1)
        if adjacent is not None:
            # English closes an apposition with a comma: "..., one of the richest finds, police said"
            return adjacent if unit.grammar.subject_first else _with_earlier(unit, adjacent)
        apposed = _before_apposition(unit, before)
        if apposed is not None and (parsed is None or unit.has_finite(unit.first, min(parsed, apposed[0]))):
            return apposed
        if parsed is not None:
            return whole_phrase(unit, parsed, max(before, parsed + 1))  # a pronoun between commas is all there is
        return _nearest(unit, group.start)
    if parsed is not None and _spans(unit, parsed, adjacent):
        return whole_phrase(unit, parsed, before)
    return _with_earlier(unit, adjacent)


def _before_apposition(unit: Unit, before: int) -> Phrase | None:
    """The subject with an apposition that commas enclose and the parse has lost: "..., its maker, Corvex, said"."""
    if unit.low(before - 1) != ",":
        return None
    name = _ending_at(unit, before - 1)
    if name is None or unit.low(name[0] - 1) != "," or not _is_name(unit, name):
        return None
    head = _ending_at(unit, name[0] - 1)
    if head is None or not _nouns(unit, head) or unit.low(head[0] - 1) != ",":
        return None
    return (head[0], name[1])


def _spans(unit: Unit, head: int, phrase: Phrase) -> bool:
    """Whether the phrase belongs to what hangs on the noun `head`: "counties in the south", "those who know Roux"."""
    token = unit.tokens[head]
    nominal = token.pos in ("NOUN", "PROPN", "PRON") and token.low not in unit.grammar.relative_subjects
    return nominal and unit.grammar.subject_first and head < phrase[0] and token.right >= phrase[1]


def before_relative(unit: Unit, before: int) -> Phrase | None:
    """The subject in front of a relative clause that a comma closes at `before`: « La maire, qui a tout vu, dit ».

    None where no such clause ends there, or where the main clause has had its verb before it.
    """
    g = unit.grammar
    if unit.low(before - 1) != ",":
        return None
    for n in range(before - 2, max(unit.first, before - MAX_PHRASE), -1):
        if unit.low(n) in (";", ":") or unit.tokens[n].whole:
            return None
        if unit.low(n) not in g.relatives or unit.tokens[n].pos in ("SCONJ", "DET"):
            continue
        comma = n - 1 if unit.low(n - 1) == "," else n - 2
        if unit.low(comma) != "," or not unit.has_finite(n, before) or unit.has_finite(unit.first, comma):
            return None
        if any(unit.low(k) == "," and _verb_at(unit, k + 1) for k in range(n, before - 1)):
            return None  # « Le groupe, qui a vendu deux sites, en fermera un, a dit » : the main verb has been
        found = _ending_at(unit, comma)
        return _with_earlier(unit, found) if found else None
    return None


def _verb_at(unit: Unit, n: int) -> bool:
    """Whether a finite verb stands at `n`, its object pronouns and negation before it."""
    g = unit.grammar
    while unit.low(n) in g.proclitics | g.reflexives | g.negations:
        n += 1
    return unit.has_finite(n, n + 1)


def _splits_clause(unit: Unit, group: Group) -> bool:
    """Whether a finite verb follows the cue and a comma: "The pier, the mayor said, is".

    Two phrases in front of such a cue are no apposition: the first is that verb's subject.
    """
    n = after(unit, group.end)
    return unit.grammar.subject_first and unit.low(n) == "," and unit.has_finite(n + 1, after(unit, n + 1) + 1)


def _skip_back(unit: Unit, n: int) -> int:
    """The end of what may be the subject of a verb at `n`: adverbs and an emphatic ", elle," are passed over."""
    g = unit.grammar
    while n > 0:
        if unit.tokens[n - 1].pos == "ADV" and unit.low(n - 1) not in g.relatives:
            n -= 1
        elif unit.low(n - 1) == "," and unit.low(n - 3) == "," and unit.low(n - 2) in g.source_pronouns:
            n -= 3
        else:
            break
    return n


def _parsed_subject(unit: Unit, group: Group) -> int | None:
    heads = [
        n
        for n, t in enumerate(unit.tokens[: group.start])
        if t.dep.startswith("nsubj") and _governs(unit, t.head, group) and not _cut_off(unit, n, group.start)
    ]
    return heads[-1] if heads else None


def _governs(unit: Unit, head: int, group: Group) -> bool:
    return group.start <= head < group.end


def _cut_off(unit: Unit, n: int, start: int) -> bool:
    """Whether a stronger mark than a comma stands between the subject and the verb."""
    return any(unit.low(k) in (";", ":") or unit.tokens[k].whole for k in range(n + 1, start))


def whole_phrase(unit: Unit, head: int, limit: int) -> Phrase:
    """The phrase of `head` with the apposition before or after it, up to `limit`."""
    start, end = around(unit, head, unit.first if head >= unit.first else 0, limit)
    if unit.low(end) != ",":
        return _with_earlier(unit, (start, end))
    return with_appositions(unit, (start, end)) if end < limit else (start, end)


def _with_earlier(unit: Unit, phrase: Phrase) -> Phrase:
    """The phrase with the one it stands in apposition to: "Barroso, le président de la Commission"."""
    start, end = phrase
    if unit.low(start - 1) == "," and _nouns(unit, phrase):
        earlier = _ending_at(unit, start - 1)
        if (
            earlier is not None
            and unit.low(earlier[0]) not in unit.grammar.asked
            and (earlier[0] == 0 or unit.sign(earlier[0] - 1))
            and _nouns(unit, earlier)
        ):
            return (earlier[0], end)
    return phrase


def _nouns(unit: Unit, phrase: Phrase) -> bool:
    return any(t.pos in ("NOUN", "PROPN") for t in unit.tokens[phrase[0] : phrase[1]])


def _ending_at(unit: Unit, end: int) -> Phrase | None:
    """The longest noun phrase that ends right before `end` and does not stand in a prepositional phrase."""
    best: Phrase | None = None
    floor = unit.first if end > unit.first else 0
    for start in range(end - 1, max(floor - 1, end - MAX_PHRASE), -1):
        token = unit.tokens[start]
        if token.whole or token.finite or token.low in (",", ";", ":", "."):
            break
        if token.low in unit.grammar.reflexives:
            continue  # "a crew calling itself Dry Ink"
        if (token.pos in ("ADP", "CCONJ", "VERB") and token.dep != "amod") or (
            start + 1 < end and unit.low(start - 1) in unit.grammar.noun_links
        ):
            continue
        found = chunk(unit, start)
        if found and found[1] == end and plausible(unit, found):
            best = found
    if best and best[0] > 0 and unit.tokens[best[0] - 1].pos == "ADP":
        return None
    return best


def antecedent(unit: Unit, relative: int) -> Phrase | None:
    """The phrase that the relative pronoun at `relative` stands for: the one that ends right before it."""
    end = relative - 1 if unit.low(relative - 1) == "," else relative
    if end <= 0:
        return None
    best = None
    for start in range(end - 1, max(-1, end - 25), -1):
        if (unit.sign(start) and unit.low(start) not in (",", "-", "‑")) or unit.tokens[start].whole:
            break
        if unit.tokens[start].finite:
            break
        found = chunk(unit, start)
        if found is None or with_appositions(unit, found)[1] < end or not plausible(unit, found):
            continue
        if found[1] >= end or best is None or _is_name(unit, found):
            best = (start, end)
    return _before_place(unit, best) if best is not None and end < relative else best


def _before_place(unit: Unit, phrase: Phrase) -> Phrase:
    """The person whose apposition ends in a place: « Luc Roux, infectiologue *à Lille*, qui répond » is Luc Roux."""
    at = phrase[0] - 1
    if at < 1 or unit.tokens[at].pos != "ADP" or unit.tokens[at].low in unit.grammar.noun_links:
        return phrase
    head = _ending_at(unit, at)
    if head is None or unit.low(head[0] - 1) != ",":
        return phrase
    name = _ending_at(unit, head[0] - 1) or _name_before(unit, head[0] - 1)
    return (name[0], phrase[1]) if name is not None and _is_name(unit, name) else phrase


def _name_before(unit: Unit, end: int) -> Phrase | None:
    """The name, with the title before it, that ends at `end` whatever governs it: « au *professeur Luc Roux* »."""
    start = end
    while start > unit.first and unit.tokens[start - 1].pos in ("NOUN", "PROPN", "ADJ"):
        start -= 1
    return (start, end) if start < end else None


def _is_name(unit: Unit, phrase: Phrase) -> bool:
    return any(t.pos == "PROPN" for t in unit.tokens[phrase[0] : phrase[1]])


def _nearest(unit: Unit, limit: int) -> Phrase | None:
    """Where the parse knows no subject: the first phrase of the clause that the verb stands in."""
    start = limit
    while start > unit.first and unit.low(start - 1) not in (";", ":", ".") and not unit.tokens[start - 1].whole:
        start -= 1
    for n in range(start, limit):
        if unit.tokens[n].dep.startswith("nsubj") and unit.low(n) not in unit.grammar.relative_subjects:
            return whole_phrase(unit, n, limit)
    for n in (limit - 1, start):
        if start <= n < limit and unit.tokens[n].pos in ("NOUN", "PROPN", "PRON", "DET", "NUM"):
            found = chunk(unit, start) if n == start else around(unit, n, start, limit)
            if found and plausible(unit, found):
                return (found[0], limit) if found[1] >= limit else with_appositions(unit, found)
    return None
