"""How two spellings are told to be the same word: the one comparison key of the project."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_MARKS = re.compile(r"[✱*ƒ]+")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]"
)
_APART = re.compile("(?<=[0-9])\u200b+(?=[0-9])")
"""A space of no width: between digits, it parts two numbers."""
_EDGES = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_UNTIDY = re.compile(f"  |[^\\S ]|{_INVISIBLE.pattern}")


def verbatim(text: str) -> str:
    """Return a text as it was written, in NFC, without spaces or invisible characters around it.

    The end of a line is one character, whoever wrote it.
    """
    text = text.strip()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.strip(_EDGES).strip()
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """Return the text in NFC, without invisible characters, its spaces single and trimmed.

    Line breaks are kept: a person put them there.
    """
    text = verbatim(text)
    if not _UNTIDY.search(text):
        return text
    text = _INVISIBLE.sub("", _APART.sub(" ", text))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


@lru_cache(maxsize=262144)
def fold(text: str) -> str:
    """Return the comparison key of a text: no case, accent, apostrophe form or extra space."""
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    text = text.replace("œ", "oe").replace("æ", "ae")
    text = "".join(c for c in _INVISIBLE.sub("", text) if not unicodedata.combining(c))
    return _SPACES.sub(" ", _MARKS.sub("", text)).strip(" .:")


def as_code(text: str) -> str:
    """Return what a code is compared by: a7 and A7 are one code, to people and to spreadsheets."""
    return text.lower()


def one_fault(text: str, other: str) -> bool:
    """Tell whether two texts differ by one typing fault: a letter more, less, other, or moved."""
    if text == other or abs(len(text) - len(other)) > 1:
        return False
    alike = _common(text, other)
    text, other = text[alike:], other[alike:]
    alike = _common(text[::-1], other[::-1])
    text, other = text[: len(text) - alike], other[: len(other) - alike]
    return max(len(text), len(other)) == 1 or (len(text) == 2 and text == other[::-1])


def _common(text: str, other: str) -> int:
    """Return how many first letters two texts share."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(text), len(other)))


_DENIAL = re.compile(r"(?:non|pas|a|sans)\b")
_WORDS = re.compile(r"[^\W_]+")
_LITTLE = re.compile(r"(?:[adl]|aux?|des?|du|en|et|l[ae]|les|ou|pour|services?|sur)")
_WORD = 4
"""How many letters a word has in which a typing fault is sought; fewer would be another word."""


def nearest(text: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate spelt most like the text, or None where none is close.

    « Commencé » is close to « Non commencé » for no one.
    """
    return next(iter(_close(text, candidates, 1)), None)


def nearby(text: str, candidates: Iterable[str], most: int = 3) -> list[str]:
    """Return the candidates that a text may mean, the likeliest first, so many at most.

    Those spelt almost like it; those that hold its words, or whose words it holds; those of which
    it is the initials, or that are its own.
    """
    known = list(candidates)
    found = _close(text, known, most)
    found += [one for one in known if _holds_words(one, text) or _holds_words(text, one)]
    found += [one for one in known if _abbreviates(text, one) or _abbreviates(one, text)]
    return list(dict.fromkeys(found))[:most]


def _close(text: str, candidates: Iterable[str], most: int) -> list[str]:
    """Return the candidates that are spelt almost like a text and do not say the contrary."""
    denies = _DENIAL.match(fold(text)) is not None
    by_key = {
        key: candidate
        for candidate in candidates
        if (_DENIAL.match(key := fold(candidate)) is not None) == denies
    }
    close = difflib.get_close_matches(fold(text), by_key, n=most, cutoff=0.75)
    return [by_key[key] for key in close]


def _telling(text: str) -> list[str]:
    """Return the words of a text by which a name is known."""
    return [word for word in _WORDS.findall(fold(text)) if not _LITTLE.fullmatch(word)]


def _holds_words(text: str, other: str) -> bool:
    """Tell whether a text has all the words of another, their beginnings or a fault in them."""
    words, sought = _telling(text), _telling(other)
    return bool(sought) and all(any(_meant(word, one) for one in words) for word in sought)


def _meant(word: str, other: str) -> bool:
    if len(word) < _WORD:
        return word == other
    return other.startswith(word) or one_fault(word, other)


def _abbreviates(text: str, other: str) -> bool:
    """Tell whether a text is the initials of another."""
    letters = "".join(_WORDS.findall(fold(text)))
    words = _WORDS.findall(fold(other))
    initials = {"".join(word[0] for word in of) for of in (words, _telling(other))}
    return len(letters) > 1 and letters in initials


_DIGITS = re.compile(r"([0-9]+)")
_COUNTED = 9
"""How many digits a number has that orders, rows or rounds have: `int` refuses one of 4 300."""
_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})*")


def in_digits(text: str) -> bool:
    """Tell whether a text is a whole number in the digits 0 to 9, and in no others.

    `str.isdigit` accepts ², `str.isdecimal` the digits of every script.
    """
    return text.isascii() and text.isdecimal()


def counted(text: str) -> int:
    """Return the whole number that a text is, 0 for another text or what nobody counts up to."""
    return int(text) if in_digits(text) and len(text) <= _COUNTED else 0


def natural(text: str) -> tuple[Any, ...]:
    """Return the sort key of a code: its numbers as numbers, so that 1.10 comes after 1.9."""
    parts = _DIGITS.split(text)
    return tuple(_size(part) if at % 2 else fold(part) for at, part in enumerate(parts))


def _size(digits: str) -> tuple[int, str]:
    """Return what orders numbers of any length, which `int` refuses from 4 300 digits on."""
    digits = digits.lstrip("0")
    return len(digits), digits


def version_order(version: str) -> tuple[int, ...]:
    """Return what orders versions: 2026.10 comes after 2026.9, and no version before all."""
    known = _VERSION.fullmatch(version)
    return tuple(int(part) for part in version.split(".")) if known else ()
