"""Numbers that news gives anew: which are said to be the new ones, and which are counts that go on."""

from __future__ import annotations

from recoupe.compare.lexicon import lexicon
from recoupe.compare.mentions import Mention

_GIVEN = 9  # words after a number in which it is set against one given before
_NAMED = 5  # of those, words between the name of a count and the word for giving it
_CHANGE = 6  # words before a number in which a verb of change stands ("est descendu dimanche à 160")


def said_now(mention: Mention) -> bool:
    """Whether the words around say that the number is the new one: "désormais", "revised", "thrice the one given"."""
    lex = lexicon(mention.reading.article.lang)
    return lex.now.told([w.fold for w in mention.around.wide]) or outdoes(mention)


def outdoes(mention: Mention) -> bool:
    """Whether the number is set against a count given before: "almost three times the number given on Monday"."""
    lex = lexicon(mention.reading.article.lang)
    after = [w.fold for w in mention.around.after[:_GIVEN]]
    for i, word in enumerate(after):
        if word in lex.counts and lex.compared.told(after[:i]):
            return not lex.given.isdisjoint(after[i + 1 : i + 1 + _NAMED])
    return False


def goes_on(mention: Mention) -> bool:
    """Whether the number is one of a count or level that changes: by its measure, "so far", "has fallen to 160"."""
    if mention.measure is not None and mention.measure.evolves:
        return True
    lex = lexicon(mention.reading.article.lang)
    around = mention.around
    if lex.running.told([w.fold for w in around.near]):
        return True
    opened = bool(around.before) and around.before[-1].fold in lex.level
    return opened and not lex.changed.isdisjoint(w.fold for w in around.before[-_CHANGE:])
