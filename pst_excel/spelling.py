"""How two spellings are told to be the same word: the one comparison key of the project."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})
_MARKS = re.compile(r"[✱*ƒ]+")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")


def tidy(text: str) -> str:
    """Return the text in NFC, without invisible characters, its spaces single and trimmed.

    Line breaks are kept: a person put them there.
    """
    if text.isascii():
        if "  " not in text and "\t" not in text:
            return text.strip()
    else:
        text = unicodedata.normalize("NFC", text)
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the comparison key of a text: no case, accent, apostrophe form or extra space."""
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    text = text.replace("œ", "oe").replace("æ", "ae")
    text = "".join(
        c for c in text if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    )
    return _SPACES.sub(" ", _MARKS.sub("", text)).strip(" .:")


def nearest(text: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate spelt most like the text, or None where none is close."""
    by_key = {fold(candidate): candidate for candidate in candidates}
    close = difflib.get_close_matches(fold(text), by_key, n=1, cutoff=0.75)
    return by_key[close[0]] if close else None
