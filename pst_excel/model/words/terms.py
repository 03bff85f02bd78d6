"""What texts call the organs and the law of an institution: holes that its type fills."""

from __future__ import annotations

import re

Terms = dict[str, str]

_HOLE = re.compile(r"\{(\w+)\}")


def spoken(**words: str) -> Terms:
    """Return the words by the holes that they fill: those with a capital begin a sentence."""
    capitals = {name.capitalize(): word[:1].upper() + word[1:] for name, word in words.items()}
    return words | capitals


def filled(text: str, terms: Terms) -> str:
    """Return a text whose holes are filled; those that are no term stay.

    It is for texts that the terms alone complete; a sentence about a row has other words as well.
    """
    if "{" not in text:
        return text
    return _HOLE.sub(lambda hole: terms.get(hole[1], hole[0]), text)
