"""Text whose UTF-8 bytes were once read as Windows-1252: "Ã©" for "é", "â€™" for "’".

It is repaired only where it is certain: every character of the text outside ASCII goes back to bytes of that table
and these are UTF-8 throughout, at several places.  Where only some of them do, it is told but left.  (The method of
ftfy, https://ftfy.readthedocs.io, held to the one case that leaves no doubt.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Fewer places than this may be meant ("shows Ã© instead of é").
_LEAST = 3

# Each character that Windows-1252 has above ASCII -> its byte; where the table has a hole, Latin-1's control.
_BYTES = {bytes([byte]).decode("cp1252", "replace"): byte for byte in range(0x80, 0x100)}
_BYTES.pop("\ufffd")
_BYTES |= {chr(byte): byte for byte in range(0x80, 0xA0)}

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_FOLLOWING = "".join(sorted(re.escape(char) for char, byte in _BYTES.items() if byte < 0xC0))
_SIGN = re.compile(rf"[ÂÃÅÄÎÐÑ][{_FOLLOWING}]|â[{_FOLLOWING}][{_FOLLOWING}]")


@dataclass(frozen=True, slots=True)
class Repair:
    """What is wrong and what it should be: `runs` are (start, end, right text); `note` says what was found."""

    runs: tuple[tuple[int, int, str], ...] = ()
    note: str = ""


def mojibake(text: str, least: int = _LEAST) -> Repair:
    """The repair of `text`, empty where nothing is wrong; only a note where it is not certain."""
    signs = 0
    for signs, _ in enumerate(_SIGN.finditer(text), start=1):
        if signs >= least:
            break
    if signs < least:
        return Repair()
    runs: list[tuple[int, int, str]] = []
    for match in _FOREIGN.finditer(text):
        right = _right(match[0])
        if right is None:
            return Repair(note="some characters look wrongly encoded and were left as they are")
        runs.append((match.start(), match.end(), right))
    return Repair(tuple(runs), "a wrong encoding was repaired")


def _right(run: str) -> str | None:
    """The text that a run of characters was before it was read with the wrong table; None for any other run."""
    try:
        return bytes(_BYTES[char] for char in run).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return None
