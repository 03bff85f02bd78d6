"""The key under which formulas know a value: a text that no spreadsheet takes for anything else.

It begins with a letter, so that 1.10, 01 and 3/03 are neither numbers nor dates in any locale, and
has none of the characters that a criterion reads as wildcards. Its case is that of the text:
spreadsheets compare texts whatever their case, and some of them put only ASCII in lower case.
"""

from __future__ import annotations

from functools import lru_cache

PLACELESS = "k"
"""The key of what has no value: the line « Sans … » of a board."""

_LONGEST = 200  # characters: a criterion holds 255
_WILD = {"*": "×", "?": "¿", "~": "∼"}
_PLAIN = str.maketrans(_WILD)


@lru_cache(maxsize=65536)
def line_key(value: str | float) -> str:
    """Return the key of a text or of a number; that of an empty text is `PLACELESS`."""
    text = value if isinstance(value, str) else f"{value:.15g}"
    text = " ".join(word for word in text.translate(_PLAIN).split(" ") if word)
    return PLACELESS + text[:_LONGEST]


def key_formula(text: str) -> str:
    """Return the formula of the key of what a formula gives."""
    for wild, plain in _WILD.items():
        text = f'SUBSTITUTE({text},"{wild}","{plain}")'
    return f'"{PLACELESS}"&LEFT(TRIM({text}),{_LONGEST})'
