"""The parses of the sentences that need one: those with a cue or a quotation.

Parsers trained on treebanks break at quotation marks and lose the main clause behind a long quotation.  So each
sentence is parsed masked, at its own length: marks become blanks, and a quotation that stands for a whole utterance
becomes one filler word.  A token's `idx` plus the sentence's start is therefore its place in the article's text, but
`token.text` may be the filler: take words from the text, not from the parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from recoupe.errors import MissingPartError
from recoupe.read.cues import lexicon
from recoupe.read.gazetteer import gazetteer
from recoupe.read.page import Page, Stage
from recoupe.read.quotes import QuoteIndex
from recoupe.read.tables import table
from recoupe.text import Span, whole

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from recoupe.read.products import Apart
    from recoupe.read.quotes import Quote
    from recoupe.read.ruler import Ruler

BATCH = 128  # sentences parsed together
MAX_SENTENCE = 20_000  # code points, quotations and all: what is longer is no sentence
MAX_WORDS = 250  # words to parse, with whole quotations as one word
_UNUSED = ("ner", "lemmatizer", "senter")
_RULER = "attribute_ruler"
_PLAIN = str.maketrans(dict.fromkeys("\xa0\u202f\u2009\t\r\n\x0b\x0c\x85\u2028\u2029", " ") | {"’": "'", "ʼ": "'"})

_INNER_STOP = re.compile(r"[.!?…][\s\"'”’»)]+\S")
_WORD = re.compile(r"\w+")
_NAME_COLON = re.compile(r"([^\W\d_]{2,20})(?: [^\W\d_][\w'’.\-]{0,30}){1,3}\s?: \w")


@dataclass(frozen=True, slots=True)
class Parser:
    """A language's spaCy components, and its rules for parts of speech where a model brings them (`Ruler`)."""

    nlp: Language
    apart: Apart
    ruler: Ruler | None = None

    def parse(self, texts: Sequence[str]) -> Iterator[Doc]:
        """The parses of the texts, in their order.  Components are called a batch at a time, as `nlp.pipe` does.

        What `nlp.pipe` does besides for pipelines of any kind (queues, handlers of errors) takes a tenth of its time.
        """
        from spacy.pipeline import TrainablePipe

        for start in range(0, len(texts), BATCH):
            docs = [self.nlp.make_doc(text) for text in texts[start : start + BATCH]]
            with self.apart.sentences([len(doc) for doc in docs]):
                for _, pipe in self.nlp.pipeline:
                    if isinstance(pipe, TrainablePipe):
                        pipe.set_annotations(docs, pipe.predict(docs))
                    else:
                        docs = [pipe(doc) for doc in docs]
            yield from docs if self.ruler is None else map(self.ruler, docs)


@cache
def load(lang: str) -> Parser:
    """The parser of a language, loaded once.  Raises MissingPartError where its package is not installed.

    A language that names no `model` has a tokenizer and the parts of speech that its `tags` tell by words and endings
    (spaCy's attribute ruler; of the tags that fit a word the last one holds).  The frames then go by these and by the
    order of the words.
    """
    import spacy

    from recoupe.read.products import Apart

    data = table(lang, "language")
    if "model" not in data:
        tagger = _tagger(lang, data.get("tags", ()))
        return Parser(tagger, Apart(tagger))
    name = str(data["model"])
    try:
        nlp = spacy.load(name, exclude=list(_UNUSED))
    except OSError as error:
        raise MissingPartError("part.model", name=name) from error
    from recoupe.read.embedding import remember

    remember(nlp)
    _join(nlp, data.get("joined", ()))
    return Parser(nlp, Apart(nlp), _take_ruler(nlp))


def _join(nlp: Language, words: Sequence[str]) -> None:
    """Keep the tokenizer from parting these words, with a capital or all in capitals too.

    The model hardly knows them: it is told that each is its first part ("ceux-là" a kind of "ceux").
    """
    for word in words:
        for form in (word, word.capitalize(), word.title(), word.upper()):
            nlp.tokenizer.add_special_case(form, [{"ORTH": form, "NORM": word.partition("-")[0]}])


def _take_ruler(nlp: Language) -> Ruler | None:
    """The model's attribute ruler, taken out of the pipeline to be asked once for each kind of token."""
    if _RULER not in nlp.pipe_names:
        return None
    from recoupe.read.ruler import Ruler

    ruler: Any = nlp.get_pipe(_RULER)
    nlp.remove_pipe(_RULER)
    return Ruler(ruler, nlp.vocab)


def _tagger(lang: str, tags: Sequence[Mapping[str, Any]]) -> Language:
    import spacy

    try:
        nlp = spacy.blank(lang)
    except ImportError:  # a language that spaCy does not know
        nlp = spacy.blank("xx")
    ruler: Any = nlp.add_pipe(_RULER) if tags else None
    for tag in tags:
        attributes = {key: value for key, value in (("POS", tag["pos"]), ("MORPH", tag.get("morph"))) if value}
        words = [[{"LOWER": {"IN": tag["words"]}}]] if "words" in tag else []
        shapes = [[{"TEXT": {"REGEX": tag["pattern"]}}]] if "pattern" in tag else []
        ruler.add(words + shapes, attributes)
    return nlp


def is_whole(text: str, quote: Quote, sentence: Span) -> bool:
    """Whether the quotation stands for a whole utterance in its sentence, not for some words of a clause."""
    if quote.style == "dash":
        return False
    if not quote.closed or _INNER_STOP.search(text, quote.inner.start, quote.inner.end):
        return True
    before = text[sentence.start : quote.outer.start].rstrip()
    after = text[quote.outer.end : sentence.end].lstrip()
    if before.endswith(":") or (not before and not after.strip(" .!?…")):
        return True
    if len(_WORD.findall(text, quote.inner.start, quote.inner.end)) < 2 and before:
        return False
    if not before and quote.kind == "speech" and text[quote.inner.start].isupper():
        return True
    ends = text[quote.inner.end - 1] in ",?!…." or after[:1] in ",-–—"
    capital = not text[quote.inner.start].islower()
    return ends and (not before or (capital and before[-1] in ",;–—"))


def mask(text: str, sentence: Span, quotes: Sequence[Quote], filler: str) -> str:
    """The sentence at its own length with the marks of `quotes` blanked and whole quotations as the filler word."""
    pieces: list[str] = []
    at = sentence.start
    for quote in quotes:
        pieces.append(text[at : quote.outer.start])
        width = quote.outer.end - quote.outer.start
        if is_whole(text, quote, sentence) and width >= len(filler):
            pieces.append(filler.ljust(width))
        else:
            left = quote.inner.start - quote.outer.start
            pieces.append(" " * left + text[quote.inner.start : quote.inner.end])
            pieces.append(" " * (quote.outer.end - quote.inner.end))
        at = quote.outer.end
    pieces.append(text[at : sentence.end])
    return whole("".join(pieces).translate(_PLAIN))


def wanted(page: Page) -> list[tuple[int, Span]]:
    """The sentences to parse, with their keys: those in which a cue may stand, and those with a quotation.

    A quoted sentence is wanted only for a plain report in it, or for a cue inserted between the marks.
    """
    words = lexicon(page.lang)
    index = QuoteIndex(page.quotes)
    openers = frozenset(str(w) for w in table(page.lang, "frames")["noun_openers"])
    found: list[tuple[int, Span]] = []
    for n, sentence in enumerate((*page.sentences, *page.quoted)):
        if sentence.end - sentence.start > MAX_SENTENCE:
            continue
        outer = n < len(page.sentences)
        quoted = outer and next(index.starting_in(sentence), None) is not None
        low = page.text[sentence.start : sentence.end].lower().replace("’", "'")
        if quoted or words.may_speak(low, openers, quoted=not outer) or (outer and _names_speaker(page.text, sentence)):
            found.append((n, sentence))
    return found


def _names_speaker(text: str, sentence: Span) -> bool:
    """Whether a line opens with a person's full name and a colon: « Lise Faure : le pont tiendra »."""
    if sentence.start and text[sentence.start - 1] not in "\r\n":
        return False
    name = _NAME_COLON.match(text, sentence.start, sentence.end)
    return name is not None and gazetteer().given_gender(name[1]) is not None


def _parse_all(pages: Sequence[Page], lang: str) -> list[dict[int, Doc]]:
    """The parses of pages of one language, in one run of the parser.

    A sentence's parse does not depend on what else is in its batch (see `products`; a test holds this).
    """
    filler = str(table(lang, "frames")["filler"])
    places: list[tuple[int, int]] = []
    masked: list[str] = []
    for p, page in enumerate(pages):
        index = QuoteIndex(page.quotes)
        for n, sentence in wanted(page):
            text = mask(page.text, sentence, index.within(sentence), filler)
            if len(text.split(None, MAX_WORDS)) <= MAX_WORDS:
                places.append((p, n))
                masked.append(text)
    docs: list[dict[int, Doc]] = [{} for _ in pages]
    for (p, n), doc in zip(places, load(lang).parse(masked), strict=True):
        docs[p][n] = doc
    return docs


def _run(pages: Sequence[Page]) -> list[Page]:
    result = list(pages)
    for lang in sorted({page.lang for page in pages}):
        places = [n for n, page in enumerate(pages) if page.lang == lang]
        for n, docs in zip(places, _parse_all([pages[n] for n in places], lang), strict=True):
            result[n] = replace(pages[n], docs=docs)
    return result


STAGE = Stage("parse", frozenset({"quotes", "sentences", "quoted"}), frozenset({"docs"}), _run)
