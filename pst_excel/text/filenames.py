"""Names of files made of what a workbook says: safe on every system, and never given twice."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath

_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 60  # characters of a part: the whole stays far below what Windows bears
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_JOINED = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O"})


def safe(text: str) -> str:
    """Return a text as a part of a file's name: unaccented letters, digits, hyphens between."""
    text = unicodedata.normalize("NFKD", text.translate(_JOINED))
    text = text.encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", text).strip("-")[:_LONGEST].rstrip("-")


def is_reserved(name: str) -> bool:
    """Tell whether Windows takes a name for one of its devices, whatever its ending, or cuts it."""
    return _RESERVED.fullmatch(name) is not None or name != name.rstrip(". ")


def free(name: str) -> str:
    """Return a name that Windows takes for nothing else: the same, or with `_` before it."""
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def distinct(before: Iterable[str], names: Sequence[str], after: str, suffix: str) -> list[str]:
    """Return a file name for each name, its parts joined by `_`; one already given gets a number.

    Systems that ignore case see no two alike, and the same names give the same files.
    """
    start = [part for part in map(safe, before) if part]
    given: dict[str, str] = {}
    last: dict[str, int] = {}  # the number that a part was last given with: below, all are taken
    for name in names:
        part = safe(name) or "sans-nom"
        number = last.get(part.casefold(), 1)
        while True:
            shown = part if number == 1 else f"{part}-{number}"
            file = free("_".join([*start, shown, *([after] if after else [])]) + suffix)
            if given.setdefault(file.casefold(), file) is file:
                break
            number += 1
        last[part.casefold()] = number
    return list(given.values())


def copy_names(names: Iterable[str], taken: Collection[str] = ()) -> list[str]:
    """Return the name of the copy of each file, none of them taken nor given twice.

    Two files of one name in two folders are told apart by their folders.
    """
    files = [PurePosixPath(name) for name in names]
    times = Counter(_plain(file.name) for file in files)
    given = set(map(_plain, taken))
    found = []
    for file in files:
        parts = [part for part in file.parts if part != "/"]
        wanted = free(" - ".join(parts) if times[_plain(file.name)] > 1 else file.name)
        name, number = PurePosixPath(wanted), 1
        while _plain(name.name) in given:
            number += 1
            name = name.with_name(f"{PurePosixPath(wanted).stem} ({number}){file.suffix}")
        given.add(_plain(name.name))
        found.append(name.name)
    return found


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
