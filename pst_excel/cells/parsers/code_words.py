"""How codes are found in a text, each with the word of its level before it; a date is none."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pst_excel.cells.parsers.patterns import Context
from pst_excel.text.spelling import fold, in_digits

_DATE = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/(?:19|20)[0-9]{2}")


@cache
def _codes(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the codes of a text, each with the word of its level, plural or not."""
    plain = {word: word.replace(".", "") for word in prefixes}
    acronyms = sorted((p for p in plain.values() if p.isupper() and len(p) > 1), key=len)
    words = sorted((word for word, p in plain.items() if not p.isupper()), key=len)
    levels = [r"\.? ?".join(acronym) + "s?" for acronym in reversed(acronyms)]
    levels += [" ".join(f"{re.escape(w)}s?" for w in word.split()) for word in reversed(words)]
    ways = [rf"(?:{'|'.join(levels)})\.?"] * bool(levels)
    if letters := "".join(p for p in plain.values() if p.isupper() and len(p) == 1):
        ways.append(rf"(?-i:[{letters}])[. ]")  # « a » between two codes is « à »
    level = rf"(?:(?P<level>{'|'.join(ways)}) ?)?" if ways else "(?P<level>)"
    return re.compile(
        rf"(?<![\w.]){level}(?:(?:n°|nº|no\.|num[ée]ro) ?)?"
        r"(?P<code>(?:[a-z]{1,3}[-.]?)?[0-9]+(?:\.[0-9]+)*"
        r"(?:\.?[a-z]\b| ?(?:bis|ter|quater)\b)?)(?!\w|\.\w| ?[%€²])",
        re.IGNORECASE,
    )


@cache
def level_words(prefixes: tuple[str, ...]) -> frozenset[str]:
    """Return the words of the levels, plural or not."""
    words = {word for prefix in prefixes for word in fold(prefix.replace(".", "")).split()}
    return frozenset(words | {f"{word}s" for word in words})


class FoundCode(NamedTuple):
    """A code in a text: the word of its level, itself, where it stands.

    `shape` is how many parts it has, none where a letter says that it is a code.
    """

    level: str
    code: str
    start: int
    end: int
    shape: int

    @property
    def bare(self) -> bool:
        """Whether it may be any number."""
        return self.shape == 1 and not self.level


def found_codes(text: str, context: Context) -> tuple[FoundCode, ...]:
    """Return the codes of a text that may stand in a column, in order."""
    return _codes_of(text, context.column.prefixes)


def _shape(code: str) -> int:
    return code.count(".") + 1 if in_digits(code.replace(".", "")) else 0


@lru_cache(maxsize=1024)
def _codes_of(text: str, prefixes: tuple[str, ...]) -> tuple[FoundCode, ...]:
    """Return the codes of a text, in order; a date is none."""
    return tuple(
        FoundCode(m["level"] or "", m["code"], m.start(), m.end(), _shape(m["code"]))
        for m in _codes(prefixes).finditer(_DATE.sub(_hidden, text))
    )


def _hidden(found: re.Match[str]) -> str:
    return "#" * len(found[0])
