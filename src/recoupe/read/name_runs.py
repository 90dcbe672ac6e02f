"""How far a name runs: which capitals, particles and marks go on it, and where a capital proves nothing."""

from __future__ import annotations

from bisect import bisect_right

from recoupe.read.gazetteer import gazetteer
from recoupe.read.naming import naming
from recoupe.read.roles import BODIES, roles
from recoupe.read.words import Token
from recoupe.text import fold

MAX_WORDS = 8  # a run of more capitalised words than this is a headline or a list, not a name
_OPENING = frozenset('.!?:;…\n\r«»“”„"—–―(‘•|*·/[')


class Runs:
    """The runs of capitals in one text.  `text` is made plain."""

    def __init__(self, text: str, toks: list[Token], lang: str) -> None:
        self.text = text
        self.toks = toks
        self.naming = naming(lang)
        self.roles = roles(lang)
        self.gazetteer = gazetteer()
        self.headlines = self._headlines()
        self._opening: dict[int, bool] = {}

    def opens(self, i: int) -> bool:
        """Whether the token stands where any word has a capital."""
        if i not in self._opening:
            self._opening[i] = self._does_open(i)
        return self._opening[i]

    def _does_open(self, i: int) -> bool:
        if i == 0:
            return True
        gap = self.text[self.toks[i - 1].end : self.toks[i].start]
        if gap == " ":
            return False
        before = self.toks[i - 1].word
        short = len(before) == 1 or before in self.naming.honorifics or before in self.gazetteer.abbreviated
        if gap == ". " and short:
            return False
        return any(c in _OPENING for c in gap) or gap.strip() in ("-", "- ")

    def _headlines(self) -> tuple[list[int], list[int]]:
        """The lines in which nearly every word has a capital, where a capital proves nothing: starts and ends."""
        starts, ends, start = [], [], 0
        for line in self.text.split("\n"):
            long = [w for w in line.split() if len(w) > 3 and w[0].isalpha()] if 12 < len(line) < 300 else []
            least, share = (6, 0.85) if line.rstrip()[-1:] in ".!?" else (2, 0.7)  # a full stop speaks for a sentence
            if len(long) > least and sum(w[0].isupper() for w in long) > share * len(long):
                starts.append(start)
                ends.append(start + len(line))
            start += len(line) + 1
        return starts, ends

    def in_headline(self, at: int) -> bool:
        """Whether an offset stands in a line in which nearly every word has a capital."""
        starts, ends = self.headlines
        k = bisect_right(starts, at) - 1
        return k >= 0 and at < ends[k]

    def reach(self, i: int, honoured: bool = False) -> int:
        """The last token of the run of capitalised words and particles that starts at token `i`."""
        last = k = i
        while k + 1 < len(self.toks) and k - i < MAX_WORDS + 4:
            nxt = self.toks[k + 1]
            if not (self.joins(k, k + 1) or self._elides(k, last)) or nxt.word in self.naming.honorifics:
                break
            if nxt.capital:
                last = k = k + 1
            elif k - last < 2 and self._is_particle(nxt.low, k > last, honoured or (k == i and self.is_given(i))):
                k += 1
            else:
                break
        return last

    def _elides(self, k: int, last: int) -> bool:
        """Whether the particle `k` leans on the capitalised word after it ("Le Phare de l'Aulne", "al-Assad")."""
        gap = self.text[self.toks[k].end : self.toks[k + 1].start]
        return k > last and self.toks[k].low in self.naming.elided and self.toks[k + 1].capital and gap in ("'", "-")

    def _is_particle(self, low: str, after_particle: bool, after_given: bool) -> bool:
        """Whether a small word goes on a name: "van" anywhere, "de" after a given name or a form of address only."""
        if low in self.naming.inner:
            return True
        return low in self.naming.noble and (after_given or after_particle)

    def is_given(self, i: int) -> bool:
        """Whether a token is a known given name."""
        return self.gazetteer.given_gender(self.toks[i].word) is not None

    def joins(self, a: int, b: int) -> bool:
        """Whether the word `b` can go on the name that `a` is a word of."""
        left, right = self.toks[a], self.toks[b]
        if not right.capital and right.low not in self.naming.all_particles:
            return False
        gap = self.text[left.end : right.start]
        if gap == " ":
            return True
        if gap in (".", ". "):
            return (len(left.word) == 1 and left.capital) or left.word in self.gazetteer.abbreviated
        if gap in self.naming.owners:
            return left.low.endswith("s") and self._is_body_of_many(a, b)
        if gap == "'":
            titled = left.capital and left.low in self.naming.elided and not self.opens(a)  # "le quotidien L'Éveil"
            return left.word in self.gazetteer.surname_letters or titled
        return gap in (" & ", "&")

    def _is_body_of_many(self, a: int, b: int) -> bool:
        """Whether a plural's possessive opens a body's name ("the *Seafarers' Federation*"), not "Wales' Senate"."""
        noun = self.roles.nouns.get(self.toks[b].low)
        body = noun is not None and noun.category in BODIES
        word = self.toks[a].word
        if not body or fold(word) in self.gazetteer.places:
            return False
        while (
            a > 0
            and (self.toks[a - 1].capital or self.toks[a - 1].word in self.roles.conjunctions)
            and self.toks[a - 1].low not in self.roles.determiners
            and self.text[self.toks[a - 1].end : self.toks[a].start] == " "
        ):
            a -= 1
        return a > 0 and self.toks[a - 1].low in self.roles.determiners
