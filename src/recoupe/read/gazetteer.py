"""Names that are the same in every language: agencies, outlets, networks, institutes, places, given names."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from recoupe.read.tables import table
from recoupe.read.words import Token, plain
from recoupe.text import fold

Known = Literal["agency", "outlet", "social", "organisation", "place"]

KEPT = 16384  # answers on names that are kept, as names recur


class Gazetteer:
    """Names that are the same in every language: agencies, outlets, networks, institutes, places, given names."""

    def __init__(self) -> None:
        self._forms: dict[str, list[tuple[str, str, Known]]] = {}
        self._read_forms()
        self._read_outlets()
        self._read_words()
        self._read_given_names()
        # The gender of a given name: "m", "f", "" where it may be either, None where it is no known given name.
        self.given_gender = lru_cache(maxsize=KEPT)(self._given_gender)
        # Whether a name is made as those of newspapers and broadcasters are: by its words, or by a one-word suffix.
        self.has_outlet_shape = lru_cache(maxsize=KEPT)(self._has_outlet_shape)

    def _read_forms(self) -> None:
        """The names that are known whole, with all their forms."""
        for name in table("data", "networks")["names"]:
            self._add(name, name, "social")
        for agency in table("data", "agencies")["agency"]:
            for form in (agency["name"], *agency["forms"]):
                self._add(form, agency["name"], "agency")
        for group in table("data", "institutes").values():
            for entry in group:
                canonical = entry.split("/")[0]
                for form in entry.split("/"):
                    self._add(form, canonical, "organisation")
        for name in table("data", "outlets")["names"]:
            self._add(name, name, "outlet")
        self.small_heads = frozenset(form for form in self._forms if self._is_small_name(form))  # "franceinfo"
        for forms in self._forms.values():
            forms.sort(key=lambda f: (-len(f[0]), f[0]))

    def _read_outlets(self) -> None:
        """How the names of outlets are made and shortened."""
        outlets = table("data", "outlets")
        self.bare: dict[str, str] = {}  # "Monde" (in "au Monde") -> "Le Monde"
        for name in outlets["names"]:
            article, _, rest = plain(name).partition(" ")
            if article in outlets["contracted"] and name not in outlets["common"]:
                self.bare.setdefault(rest, name)
        # One-word names in capitals, which programmes and stations go on ("BBC Radio Marlow", "TF1 Info").
        acronyms = {plain(n) for n in outlets["names"] if n.isupper() and n.isalnum() and len(n) > 2}
        self.broadcasters = frozenset(acronyms - {plain(n) for n in outlets["common"]})
        self.common = frozenset(plain(n) for n in outlets["common"])
        self.outlet_last = frozenset(outlets["last"])
        first = {plain(n) for n in outlets["first"]}
        bare = {
            n.split("'")[-1] if "'" in n else n.split(" ", 1)[-1]
            for n in first
            if n.startswith(tuple(outlets["articles"]))
        }
        self.outlet_first = frozenset(first | bare)  # with and without their article
        self.outlet_titles = frozenset(first - {plain(n) for n in outlets["else"]})
        self.outlet_suffixes = tuple(outlets["suffixes"])

    def _read_words(self) -> None:
        """Words that tell what a name names, and places."""
        self.body_words = frozenset(table("data", "bodies")["words"])
        self.slogans = frozenset(plain(n) for n in table("data", "bodies")["slogans"])
        self.estimators = frozenset(plain(n) for n in table("data", "bodies")["estimators"])
        self.surname_letters = frozenset(table("data", "particles")["letters"])
        self.abbreviated = frozenset(table("data", "particles")["abbreviated"])
        self.with_s = frozenset(table("data", "bodies")["with_s"])
        self.places = frozenset(table("data", "places")["names"].split())

    def _read_given_names(self) -> None:
        first_names = table("data", "first_names")
        self.feminine_endings = tuple(first_names["feminine_endings"])
        masculine, feminine = set(first_names["m"].split()), set(first_names["f"].split())
        self.given: dict[str, str] = dict.fromkeys(masculine & feminine, "")
        self.given |= dict.fromkeys(masculine - feminine, "m") | dict.fromkeys(feminine - masculine, "f")

    def _is_small_name(self, form: str) -> bool:
        return form.islower() and any(form == whole for whole, _, _ in self._forms[form])

    def _add(self, form: str, canonical: str, known: Known) -> None:
        form = plain(form)
        first = form.split("'")[0].split()[0].split("-")[0] if form[1:2] != "'" else form[0]
        self._forms.setdefault(first, []).append((form, canonical, known))

    def at(self, text: str, token: Token) -> tuple[int, str, Known] | None:
        """The longest known name that starts at the token, in text made plain: its end, canonical form and kind."""
        head = token.word.split("-")[0]
        for form, canonical, known in self._forms.get(head, ()):
            end = token.start + len(form)
            if text.startswith(form, token.start) and not text[end : end + 1].isalnum():
                return end, canonical, known
        return None

    def _given_gender(self, word: str) -> str | None:
        folded = fold(word)
        known = self.given.get(folded)
        if known is None and "-" in folded:
            known = self.given.get(folded.split("-")[0])
        return known

    def opens_outlet(self, name: str) -> bool:
        """Whether a name opens as a newspaper's of the Romance manner does ("Le Phare", "(au) Phare" de ...)."""
        return plain(name) in self.outlet_first

    def _has_outlet_shape(self, name: str) -> bool:
        words = plain(name).split()
        if len(words) < 2:
            return name.endswith(self.outlet_suffixes)
        if words[0] in self.broadcasters:
            return True
        openings = (" ".join(words[:n]) for n in (1, 2, 3) if n < len(words))
        return words[-1] in self.outlet_last or any(opening in self.outlet_first for opening in openings)


@cache
def gazetteer() -> Gazetteer:
    """The names that are the same in every language, loaded once."""
    return Gazetteer()
