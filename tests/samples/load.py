"""The annotated samples: TOML files that quote the words they annotate, turned into spans.

    python -m tests.samples.load reading > gold.jsonl          the reading samples, one JSON object a line
    python -m tests.samples.load reading --acts all > ...      beliefs and intentions too
    python -m tests.samples.load stories > articles.jsonl      the articles of the stories, with their annotations
    python -m tests.samples.load cross > gold.cross.json       what relates them: stories, utterances, figures ...
    python -m tests.samples.load show [WORD]                   the files whose name holds WORD, printed back to check

`--unseen` takes those of the folder `unseen`, which only measure: no rule is mended by them.

How words are quoted (README.md beside this file has the whole format):

    "a déclaré"              these words, which must stand once in the text, as whole words
    "a-t-<il> déclaré"       the part between < and >, found by the words around it
    "Tout est allé [...] secours"  from the first words to the next place of the last ones

A space in a quotation matches any kind of space.  Words that are not found, or that are found more than once, raise
SampleError with the file and the places: an annotation never lands on the wrong words in silence.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

SEEN = Path(__file__).parent
UNSEEN = SEEN / "unseen"
GAP = " [...] "
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
OPENING = "«“„\"'‘—–-"
MARKS = re.compile('[«»“”„"]')
EDGE = " \n\t\u00a0\u202f,;:"
COMPLEMENTISERS = re.compile(r"(que\b|qu['’]|that\b)", re.IGNORECASE)
TYPES = ("direct", "indirect", "mixed")
ACTS = ("statement", "belief", "intention")
POLARITIES = ("said", "denied", "not said")
MODIFIERS = (None, "at least", "at most", "about", "more than", "less than")
KINDS = ("agency", "outlet", "social", "organisation", "document")
DRIFTS = ("verbatim", "trimmed", "reworded", "translated", "altered")
VERDICTS = ("agree", "conflict", "update")
TIMEX = re.compile(r"\d{3,4}(-(\d{2}(-\d{2}(T\d{2}:\d{2})?)?|W\d{2}(-WE)?|H[12]|Q[1-4]|SP|SU|FA|WI))?")
HEADER = {"lang", "outlet", "published", "title", "covers", "text"}
LAYERS = {"attributions", "quantities", "times", "credits"}
FIELDS = {
    "attributions": {"key", "type", "content", "source", "cue", "speaker", "act", "polarity", "hedged"},
    "quantities": {"key", "span", "value", "unit", "modifier"},
    "times": {"span", "value"},
    "credits": {"span", "name", "kind"},
}

Row = dict[str, Any]
Place = tuple[int, int]


class SampleError(Exception):
    """A sample file that does not say what it should; the message names the file."""


# --- words to spans ---------------------------------------------------------------------------------------------


def find(text: str, quoted: str) -> Place:
    """The span of `text` that `quoted` names.  Raises ValueError where it names none or more than one."""
    before, marked, after = _parts(quoted.translate(SPACES))
    plain = text.translate(SPACES)
    head, gap, tail = marked.partition(GAP)
    places = list(_places(plain, before, head, "" if gap else after))
    if len(places) != 1:
        around = "".join(f"\n    ...{plain[max(0, s - 30) : e + 30]!r}" for s, e in places)
        raise ValueError(f"{quoted!r} is found {len(places)} times{around}")
    start, end = places[0]
    if gap:
        closing = next(_places(plain, "", tail, after, end), None)
        if closing is None:
            raise ValueError(f"{tail + after!r}, which ends {quoted!r}, is not found after its beginning")
        end = closing[1]
    return start, end


def _parts(quoted: str) -> tuple[str, str, str]:
    """What stands before <, between < and >, and after >; without marks all of it stands between."""
    match = re.fullmatch(r"(?s)(.*)<(.*)>(.*)", quoted)
    return (match[1], match[2], match[3]) if match else ("", quoted, "")


def _places(text: str, before: str, words: str, after: str, since: int = 0) -> Iterator[Place]:
    """The spans of `words`, as whole words, where `before` and `after` stand around them."""
    place = text.find(before + words + after, since)
    while place >= 0:
        start, end = place + len(before), place + len(before) + len(words)
        cut_left = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        cut_right = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
        if words and not cut_left and not cut_right:
            yield start, end
        place = text.find(before + words + after, place + 1)


# --- one article ------------------------------------------------------------------------------------------------


@cache
def _raw(path: Path) -> Row:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SampleError(f"{path}: {error}") from error


def article(path: Path, ident: str, acts: tuple[str, ...] = ("statement",)) -> Row:
    """The article of the file in the per-article format; its items keep their `key`, where they have one."""
    raw = _raw(path)
    _only(path, raw, HEADER | LAYERS)
    text = str(raw["text"]).strip("\n")
    row: Row = {"id": ident, **{k: raw.get(k) for k in ("lang", "outlet", "published", "title")}, "text": text}
    for layer in ("attributions", "quantities", "times", "credits"):
        items = [_item(path, layer, text, given) for given in raw.get(layer, [])]
        row[layer] = sorted(items, key=lambda item: _first(item))
    row["attributions"] = [a for a in row["attributions"] if a["act"] in acts]
    _no_twins(path, row)
    return row


def _item(path: Path, layer: str, text: str, given: Row) -> Row:
    try:
        _only(path, given, FIELDS[layer])
        item = _attribution(text, given) if layer == "attributions" else _other(layer, text, given)
    except (ValueError, KeyError, AttributeError) as error:
        raise SampleError(f"{path}: {layer}: {given}: {error}") from error
    if "key" in given:
        item["key"] = given["key"]
    return item


def _attribution(text: str, given: Row) -> Row:
    content = [find(text, quoted) for quoted in given["content"]]
    item: Row = {
        "type": _one_of(given["type"], TYPES),
        "content": content,
        "source": find(text, given["source"]) if "source" in given else None,
        "cue": find(text, given["cue"]) if "cue" in given else None,
        "speaker": given.get("speaker"),
        "act": _one_of(given.get("act", "statement"), ACTS),
        "polarity": _one_of(given.get("polarity", "said"), POLARITIES),
        "hedged": given.get("hedged", False),
    }
    if content != sorted(content) or any(a[1] > b[0] for a, b in pairwise(content)):
        raise ValueError("the content's spans overlap or are out of order")
    for start, end in content:
        if text[start] in EDGE or text[end - 1] in EDGE:
            raise ValueError(f"a content has a comma or a space at its edge: {text[start:end]!r}")
    _marks(text, item["type"], content)
    return item


def _marks(text: str, kind: str, content: list[Place]) -> None:
    """Raise ValueError where the quotation marks do not bear out the type."""
    first = text[content[0][0] : content[0][1]]
    if kind == "direct":
        before = text[: content[0][0]].rstrip(" \u00a0\u202f")
        if not before or before[-1] not in OPENING:
            raise ValueError("a direct content must stand after a quotation mark or a dash")
        if first[0] in '«“„"' or text[content[-1][1] - 1] in '»”"':
            raise ValueError("a direct content leaves the quotation marks out")
    elif COMPLEMENTISERS.match(first):
        raise ValueError("a content leaves out the complementiser that opens it")
    if kind == "mixed" and not any(MARKS.search(text[s:e]) or re.search(r"[‘’](?=\w)", text[s:e]) for s, e in content):
        raise ValueError("a mixed content must hold quotation marks")


def _other(layer: str, text: str, given: Row) -> Row:
    item: Row = {"span": find(text, given["span"])}
    if layer == "quantities":
        if isinstance(given["value"], bool) or not isinstance(given["value"], int | float):
            raise ValueError("the value of a quantity is a number")
        item |= {"value": given["value"], "unit": given.get("unit"), "modifier": given.get("modifier")}
        _one_of(item["modifier"], MODIFIERS)
    elif layer == "times":
        if not TIMEX.fullmatch(given["value"]):
            raise ValueError(f"no TIMEX3 value: {given['value']!r}")
        item["value"] = given["value"]
    else:
        item |= {"name": given["name"], "kind": _one_of(given["kind"], KINDS)}
    return item


def _first(item: Row) -> tuple[Any, ...]:
    spans = item.get("content") or [item["span"]]
    return (spans[0][0], -spans[-1][1])


def _no_twins(path: Path, row: Row) -> None:
    for layer in ("quantities", "times", "credits"):
        for a, b in pairwise(row[layer]):
            if b["span"][0] < a["span"][1]:
                raise SampleError(f"{path}: {layer}: {row['text'][slice(*b['span'])]!r} lies in the item before it")
    keys = [item["key"] for layer in LAYERS for item in row[layer] if "key" in item]
    if len(keys) != len(set(keys)):
        raise SampleError(f"{path}: a key is used twice: {sorted(k for k in keys if keys.count(k) > 1)}")


def _one_of(value: Any, allowed: tuple[Any, ...]) -> Any:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {allowed}")
    return value


def _only(path: Path, given: Row, allowed: set[str]) -> None:
    unknown = sorted(given.keys() - allowed)
    if unknown:
        raise SampleError(f"{path}: unknown keys {unknown}")


# --- the sets ---------------------------------------------------------------------------------------------------


# Each set function takes the folder of samples: SEEN, by which rules are mended, or UNSEEN, which only measures.


def reading_files(base: Path = SEEN) -> list[Path]:
    """The files of the reading samples, in order."""
    return sorted((base / "reading").glob("*/*.toml"))


def reading(lang: str | None = None, acts: tuple[str, ...] = ("statement",), base: Path = SEEN) -> list[Row]:
    """The reading samples, of one language or all, in the per-article format."""
    files = [p for p in reading_files(base) if lang in (None, p.parent.name)]
    return [_bare(article(p, f"{p.parent.name}-{p.stem}", acts)) for p in files]


def story_folders(base: Path = SEEN) -> list[Path]:
    """The folders of the story samples, in order."""
    return sorted(p.parent for p in (base / "stories").glob("*/story.toml"))


def story_articles(base: Path = SEEN) -> list[Row]:
    """The articles of all story folders, in the per-article format."""
    return [_bare(row) for folder in story_folders(base) for row in _keyed(folder).values()]


def cross(base: Path = SEEN) -> Row:
    """What relates the articles of all story folders, in the cross-document format."""
    whole: Row = {key: [] for key in ("stories", "utterances", "figures", "reuse", "origins")}
    for folder in story_folders(base):
        for key, items in _cross_of(folder).items():
            whole[key] += items
    return whole


def _bare(row: Row) -> Row:
    """The row without the keys by which story.toml refers to its items."""
    out = dict(row)
    for layer in LAYERS:
        out[layer] = [{k: v for k, v in item.items() if k != "key"} for item in row[layer]]
    return out


def _keyed(folder: Path) -> dict[str, Row]:
    files = sorted(p for p in folder.glob("*.toml") if p.name != "story.toml")
    return {p.stem: article(p, f"{folder.name}-{p.stem}") for p in files}


def _cross_of(folder: Path) -> Row:
    """story.toml with its references resolved; ids are made unique by the folder's name."""
    path = folder / "story.toml"
    raw, rows = _raw(path), _keyed(folder)
    _only(path, raw, {"story", "utterance", "figure", "reuse", "origin"})
    try:
        out: Row = {
            "stories": [_story(folder, rows, given) for given in raw["story"]],
            "utterances": [_utterance(folder, rows, given) for given in raw.get("utterance", [])],
            "figures": [_figure(folder, rows, given) for given in raw.get("figure", [])],
            "reuse": [_reuse(rows, given) for given in raw.get("reuse", [])],
        }
        named = {claim["id"] for claim in out["utterances"] + out["figures"]}
        out["origins"] = [_origin(folder, named, given) for given in raw.get("origin", [])]
    except (ValueError, KeyError) as error:
        raise SampleError(f"{path}: {error}") from error
    listed = [a for story in out["stories"] for a in story["articles"]]
    if sorted(listed) != sorted(row["id"] for row in rows.values()):
        raise SampleError(f"{path}: every article of the folder must be in one story, and in one only")
    _one_group(path, out)
    return out


def _story(folder: Path, rows: dict[str, Row], given: Row) -> Row:
    return {"id": f"{folder.name}-{given['id']}", "articles": [rows[name]["id"] for name in given["articles"]]}


def _lookup(rows: dict[str, Row], reference: str, layer: str) -> tuple[Row, Row]:
    """(article, item) for "article:key"."""
    name, _, key = reference.partition(":")
    found = [item for item in rows[name][layer] if item.get("key") == key]
    if len(found) != 1:
        raise ValueError(f"{reference!r} names {len(found)} {layer}")
    return rows[name], found[0]


def _utterance(folder: Path, rows: dict[str, Row], given: Row) -> Row:
    occurrences = []
    for reference, drift in given["occurrences"]:
        row, item = _lookup(rows, reference, "attributions")
        occurrences.append({"article": row["id"], "content": item["content"], "drift": _one_of(drift, DRIFTS)})
    if len(occurrences) < 2 or occurrences[0]["drift"] != "verbatim":
        raise ValueError(f"{given['id']}: an utterance has two places or more, and the fullest, verbatim, comes first")
    return {"id": f"{folder.name}-{given['id']}", "speaker": given["speaker"], "occurrences": occurrences}


def _figure(folder: Path, rows: dict[str, Row], given: Row) -> Row:
    occurrences = []
    for place in given["occurrences"]:
        row, item = _lookup(rows, place["at"], "quantities")
        who = place["by"] or None if "by" in place else _holder(row, item["span"])
        value = place.get("value", item["value"])
        occurrences.append({"article": row["id"], "span": item["span"], "value": value, "according_to": who})
    if len(occurrences) < 2:
        raise ValueError(f"{given['id']}: a figure has two places or more")
    verdict = _one_of(given["verdict"], VERDICTS)
    return {
        "id": f"{folder.name}-{given['id']}",
        "about": given["about"],
        "verdict": verdict,
        "occurrences": occurrences,
    }


def _holder(row: Row, span: Place) -> str | None:
    """The speaker of the innermost attribution that holds the figure."""
    held = [
        (end - start, item["speaker"])
        for item in row["attributions"]
        for start, end in item["content"]
        if start <= span[0] and span[1] <= end
    ]
    return min(held, key=lambda pair: pair[0])[1] if held else None


def _reuse(rows: dict[str, Row], given: Row) -> Row:
    source, copy = rows[given["from"]], rows[given["to"]]
    spans = [[find(source["text"], a), find(copy["text"], b)] for a, b in given["spans"]]
    return {"from": source["id"], "to": copy["id"], "spans": spans}


def _origin(folder: Path, named: set[str], given: Row) -> Row:
    claim = f"{folder.name}-{given['claim']}"
    if claim not in named:
        raise ValueError(f"no claim {given['claim']!r}")
    return {"claim": claim, "origins": given["origins"]}


def _one_group(path: Path, out: Row) -> None:
    """Raise SampleError where one place stands in two groups."""
    for key, field in (("utterances", "content"), ("figures", "span")):
        places = [(o["article"], str(o[field])) for group in out[key] for o in group["occurrences"]]
        if len(places) != len(set(places)):
            raise SampleError(f"{path}: {key}: in two groups: {sorted(p for p in places if places.count(p) > 1)}")


# --- the command ------------------------------------------------------------------------------------------------


def shown(row: Row) -> str:
    """The article and its annotations in words, for a person to check."""
    text = row["text"]

    def of(span: Place | None) -> str:
        return text[slice(*span)] if span else "-"

    lines = [f"===== {row['id']} | {row['outlet']} | {row['published']} | {row['title']}", text, "-----"]
    for a in row["attributions"]:
        extra = [a["act"]] * (a["act"] != "statement") + [a["polarity"]] * (a["polarity"] != "said")
        extra += ["hedged"] * a["hedged"]
        content = " // ".join(of(s) for s in a["content"])
        who = f"src {of(a['source'])} | cue {of(a['cue'])} | {a['speaker']}"
        lines.append(f"  {a['type']:8} [{content}] {who} {' '.join(extra)}".replace("\n\n", " ¶ "))
    lines += [f"  quantity [{of(q['span'])}] {q['value']} {q['unit']} {q['modifier']}" for q in row["quantities"]]
    lines += [f"  time     [{of(t['span'])}] {t['value']}" for t in row["times"]]
    lines += [f"  credit   [{of(c['span'])}] {c['name']} ({c['kind']})" for c in row["credits"]]
    return "\n".join(lines)


def _shown_story(folder: Path) -> str:
    rows = {row["id"]: row["text"] for row in _keyed(folder).values()}
    found, lines = _cross_of(folder), [f"##### {folder.name}"]
    lines += [f"  story    {s['id']}: {' '.join(s['articles'])}" for s in found["stories"]]
    for u in found["utterances"]:
        lines.append(f"  utterance {u['id']} ({u['speaker']})")
        for o in u["occurrences"]:
            words = " // ".join(rows[o["article"]][slice(*s)] for s in o["content"])
            lines.append(f"    {o['drift']:10} {o['article']}: {words}")
    for f in found["figures"]:
        lines.append(f"  figure {f['id']} {f['verdict'].upper()}: {f['about']}")
        for o in f["occurrences"]:
            lines.append(
                f"    {o['value']} [{rows[o['article']][slice(*o['span'])]}] {o['article']} | {o['according_to']}"
            )
    for r in found["reuse"]:
        lines.append(f"  reuse {r['from']} -> {r['to']}")
        lines += [f"    {rows[r['from']][slice(*a)]}\n    {rows[r['to']][slice(*b)]}" for a, b in r["spans"]]
    lines += [f"  origins {o['claim']}: {o['origins']}" for o in found["origins"]]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> None:
    """Write one of the sets, or show it."""
    parser = argparse.ArgumentParser(description="The annotated samples, with spans.")
    parser.add_argument("what", choices=("reading", "stories", "cross", "show"))
    parser.add_argument("word", nargs="?", default="", help="show: only files whose name holds this")
    parser.add_argument("--lang", choices=("fr", "en"), help="reading: one language only")
    parser.add_argument("--acts", choices=("statement", "all"), default="statement")
    parser.add_argument("--unseen", action="store_true", help="the samples that only measure")
    given = parser.parse_args(argv)
    try:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(given)))
    except SampleError as error:
        sys.exit(str(error))


def _lines(given: argparse.Namespace) -> list[str]:
    acts, base = (ACTS if given.acts == "all" else ("statement",)), (UNSEEN if given.unseen else SEEN)
    if given.what == "cross":
        return [json.dumps(cross(base), ensure_ascii=False, indent=1)]
    if given.what == "show":
        rows = [r for r in reading(acts=ACTS, base=base) + story_articles(base) if given.word in r["id"]]
        return [shown(r) for r in rows] + [_shown_story(f) for f in story_folders(base) if given.word in f.name]
    rows = reading(given.lang, acts, base) if given.what == "reading" else story_articles(base)
    return [json.dumps(r, ensure_ascii=False) for r in rows]


if __name__ == "__main__":
    main()
