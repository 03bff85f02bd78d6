"""How several codes in one cell are told from one code and its title: by what stands between them.

A second code is never taken for a title, nor glued to the first: it is read, or asked about, or
the cell is refused where one code is expected. Sources of the forms: cells of public PST and of
iA.PST, and the choices that online spreadsheets join by commas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pst_excel.cells.parsers.code_words import FoundCode, found_codes, level_words
from pst_excel.cells.parsers.patterns import LONGEST, Context
from pst_excel.cells.readings import Confidence
from pst_excel.text.spelling import counted, fold

MARKED = "virgule, barre ou « et » entre les valeurs"
BLANKS = "blancs entre les valeurs"
RANGE = "suite de numéros"
EITHER = "« ou » entre les valeurs : l’une, ou toutes ?"
DASHED = "tiret entre deux codes : ces deux, ou une suite ?"
ENDS = "suite de codes : lesquels entre les deux ?"
TITLED = "intitulé à la suite de chaque code"
UNSURE = "plusieurs codes, ou un nombre dans un intitulé ?"
GLUED = "un blanc dans le code : un code, ou deux ?"
PATH = "chemin de codes, du plus large au plus précis"
OPEN = "« etc. » : quels autres codes ?"
COMMA = "virgule au lieu du point"
WITHOUT = "« sauf » ou « pas » avant un code : lesquels ?"


class Between(IntEnum):
    """What stands between two codes, the least certain last."""

    MARK = 0
    BLANK = 1
    DASH = 2
    EITHER = 3
    RANGE = 4


_MEANS = {
    word: between
    for between, words in (
        (Between.MARK, ", ; / | • · & + et and puis ainsi que plus avec aussi ensuite y compris"),
        (Between.DASH, "- – — >"),
        (Between.EITHER, "ou or bien"),
        (Between.RANGE, "a au jusque jusqu'a jusqu'au to → -> .. ... …"),
    )
    for word in words.split()
}
_FILLERS = frozenset((
    "de", "du", "des", "d'", "le", "la", "les", "l'", "n°", "no", "aux", "code", "codes", "voir",
    "cf", *"()[]«»“”\"'.:",
))  # fmt: skip
_WORDS = re.compile(r"->|\.{2,}|jusqu'au?\b|\b[dl]'|n°|\w+|[^\w\s]")
_OPEN = frozenset(("etc", "…", "..", "..."))
_WITHOUT = frozenset(("sauf", "pas", "hors", "sans", "non", "excepte", "hormis", "except", "not"))
_WITH_COMMA = re.compile(r"(?<![\w.,])[0-9]++(?:,[0-9]++)++(?![.,]*+\w)")
_ENDED, _NUMBERS = re.compile(r"$| [-–>:] "), re.compile("[0-9]+")
_SAID = re.compile(r"\.? *(?:[-–—:)·,;/|&+(]|$)|\. |\n")
"""What follows what is surely a code: the mark of its title, a mark, the end."""
_STEPS = (" - ", " – ", " > ")
_DOT_AND_BLANK = re.compile(r" *\. +| +\. *")


@dataclass
class _Reading:
    """The codes kept so far, what stands between them, how sure it is that they are codes."""

    codes: list[FoundCode]
    gaps: list[Between] = field(default_factory=list)
    titled: bool = False
    unsure: bool = False
    without: bool = False


class Codes(NamedTuple):
    """The codes of a cell that holds several, how surely, and whether their titles stand there."""

    codes: tuple[str, ...]
    confidence: Confidence
    rule: str
    titled: bool = False


def several_codes(text: str, context: Context) -> Codes | None:
    """Return the codes of a text that names several, None where it is one, or one and its title."""
    pointed = _pointed(text, context)
    read = _several(pointed, context)
    if read is None or pointed == text or read.confidence is Confidence.TO_CONFIRM:
        return read
    return read._replace(confidence=Confidence.TO_CONFIRM, rule=COMMA)


def _pointed(text: str, context: Context) -> str:
    """Return a text with points in its codes, where each number with a comma is a known code."""
    if "," not in text or not context.known or len(text) > LONGEST:
        return text
    found = _WITH_COMMA.findall(text)
    pointed = [code.replace(",", ".") for code in found]
    listed = all(context.known.has(number) for code in found for number in code.split(","))
    if len(found) < 2 or listed or not all(map(context.known.has, pointed)):
        return text
    return _WITH_COMMA.sub(lambda code: code[0].replace(",", "."), text)


def _several(text: str, context: Context) -> Codes | None:
    if len(text) > LONGEST or text in context.known:
        return None
    found = found_codes(text, context)
    if len(found) < 2 or _of_its_title(text, found) or path_of(text, context):
        return None
    if _stroked(text, found, context):
        return None
    if spaced := _one_spaced(text, found, context):
        return spaced if context.column.many and len(spaced.codes) else None
    said = _FILLERS | level_words(context.column.prefixes)
    head = [word for word in _WORDS.findall(fold(text[: found[0].start])) if word not in said]
    if len(head) > 3:
        return None
    read = _kept(text, found, context, bool(head))
    if len(read.codes) < 2:
        return None
    read.unsure |= bool(head)
    tail = _WORDS.findall(fold(text[read.codes[-1].end :]) or text[read.codes[-1].end :])
    read.titled |= any(word.isalpha() and word not in _OPEN for word in tail)
    return _judged(read, context, any(word in _OPEN for word in tail))


def path_of(text: str, context: Context) -> Codes | None:
    """Return the last code of « A.45 - SA.46 - Planter »: each is of another level, or in the last.

    None where the codes of a text are no path; without levels, 1 - 1.1 may be two codes.
    """
    if not any(step in text for step in _STEPS):
        return None
    found = found_codes(text, context)
    if not found or found[0].start:
        return None
    run = [found[0]]
    for before, one in pairwise(found):
        if text[before.end : one.start] not in _STEPS:
            break
        levels = [c.level.replace(".", "").strip().upper() for c in (before, one)]
        inside = one.code.startswith(f"{before.code}.")
        if not inside and not (all(levels) and levels[0] != levels[1]):
            return None
        run.append(one)
    if len(run) < 2 or not _ENDED.match(text[run[-1].end :]):
        return None
    first, last = run[0], run[-1]
    known = context.known.has(last.code) and not context.known.has(first.code)
    if known or last.level or last.end < len(text):
        return Codes((last.code,), Confidence.LIKELY, PATH)
    return Codes((last.code,), Confidence.TO_CONFIRM, f"{PATH} : le dernier seul ?")


def _of_its_title(text: str, found: Sequence[FoundCode]) -> bool:
    """Tell whether the numbers after a code are plainly those of its title: 200 trees."""
    first, second = found[:2]
    titled, mark = _between(text[first.end : second.start])
    return titled and mark is None and not first.bare and all(c.bare for c in found[1:])


def _stroked(text: str, found: Sequence[FoundCode], context: Context) -> bool:
    """Tell whether bare numbers are joined by commas or hyphens into one code: 3,2 or 2026-12.

    They are several codes where each is known.
    """
    gaps = {text[a.end : b.start] for a, b in pairwise(found)}
    joined = gaps <= {",", "-", "/"} and (gaps != {"/"} or not context.column.many)
    return joined and all(c.bare for c in found) and not all(c.code in context.known for c in found)


def _one_spaced(text: str, found: Sequence[FoundCode], context: Context) -> Codes | None:
    """Return the one code of « 1.1. 1 », with no code where nobody doubts that it is one."""
    gaps = [text[a.end : b.start] for a, b in pairwise(found)]
    dotted = sum(c.shape > 1 for c in found)
    if (
        not all(map(_DOT_AND_BLANK.fullmatch, gaps))
        or dotted > 1
        or any(c.level for c in found[1:])
    ):
        return None
    glued = ".".join(c.code for c in found)
    if dotted and context.known and all(context.known.has(c.code) for c in found):
        return None
    doubtful = dotted and not context.known.has(glued)
    return Codes((glued,) if doubtful else (), Confidence.TO_CONFIRM, GLUED)


@lru_cache(maxsize=4096)
def _between(gap: str) -> tuple[bool, Between | None]:
    """Return whether a title stands between two codes, and which mark comes last, if one does."""
    words = [word for word in _WORDS.findall(fold(gap) or gap) if word not in _FILLERS]
    marks = [_MEANS.get(word) for word in words]
    if all(mark is not None for mark in marks):
        break_ = Between.MARK if "\n" in gap else Between.BLANK
        return False, max((mark for mark in marks if mark is not None), default=break_)
    if (gap.strip().startswith("(") and gap.strip().endswith(")")) or "\n" in gap:
        return True, Between.BLANK
    return True, None if marks[-1] in (Between.RANGE, None) else marks[-1]


def _kept(text: str, found: Sequence[FoundCode], context: Context, headed: bool) -> _Reading:
    """Return the codes of a text, the numbers of their titles left out."""
    first, known, one_expected = found[0], context.known, not context.column.many
    read = _Reading([first])
    skipped = False
    for one in found[1:]:
        gap = text[read.codes[-1].end : one.start]
        titled, mark = _between(gap)
        read.without |= _excludes(gap)
        titled |= skipped
        alike = one.shape == first.shape and not (one.bare and titled and not first.bare)
        said = _SAID.match(text, one.end) is not None
        if one.level or known.has(one.code):
            keep, unsure = mark is not None or bool(one.level) or not one.bare, False
        elif not titled:
            keep, unsure = True, one.bare and not first.bare
        elif mark is None:
            keep = unsure = alike and not one.bare and not known
        else:
            keep, unsure = alike and (said or not (known or one.bare)), bool(known) or not said
        if unsure and titled and mark is None and one_expected and not headed:
            keep = False
        if not keep:
            skipped = True
            continue
        read.codes.append(one)
        read.gaps.append(Between.BLANK if mark is None else mark)
        read.titled, read.unsure, skipped = read.titled or titled, read.unsure or unsure, False
    return read


def _excludes(gap: str) -> bool:
    """Tell whether what stands before a code says that it is not meant: « 1.1 (pas 1.2) »."""
    words = [word for word in _WORDS.findall(fold(gap)) if word not in _FILLERS]
    return bool(words) and words[-1] in _WITHOUT


def _judged(read: _Reading, context: Context, is_open: bool) -> Codes:
    """Return the codes with those that a range names, and how surely all are read."""
    codes = [read.codes[0].code]
    asked = [OPEN] if is_open else [UNSURE] if read.unsure else []
    asked = [WITHOUT] if read.without else asked
    likely = [TITLED] if read.titled else []
    for gap, (before, one) in zip(read.gaps, pairwise(read.codes), strict=True):
        match gap:
            case Between.RANGE:
                span = context.known.between(before.code, one.code)
                codes += span[1:-1]
                whole = len(span) == _last(one.code) - _last(before.code) + 1
                (likely if whole else asked).append(RANGE if whole else ENDS)
            case Between.EITHER | Between.DASH:
                asked.append(EITHER if gap is Between.EITHER else DASHED)
            case Between.BLANK if not read.titled:
                # « 1.1 A 1.3 » is a range in capitals, or the code of an action.
                same = len(one.level.strip(" .")) != 1 or one.level == before.level
                sure = before.shape == one.shape and (one.shape != 1 or bool(one.level))
                known = all(context.known.has(c.code) for c in (before, one))
                (likely if same and (sure or known) else asked).append(BLANKS)
        codes.append(one.code)
    if asked:
        return Codes(tuple(codes), Confidence.TO_CONFIRM, asked[0], read.titled)
    if likely:
        return Codes(tuple(codes), Confidence.LIKELY, likely[0], read.titled)
    return Codes(tuple(codes), Confidence.SURE, MARKED)


def _last(code: str) -> int:
    """Return the last number of a code."""
    return counted(_NUMBERS.findall(code)[-1])
