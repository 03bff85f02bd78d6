"""What a value is in one short line, as a shell or a notebook shows it."""

from __future__ import annotations

LONGEST = 200
"""The characters that a line of this kind has at most."""


def brief(thing: object, *words: object) -> str:
    """Return « <Kind: words> » on one line, cut where it is long; empty words are left out.

    What files hold is among the words: no character of it tells a terminal what to do.
    """
    said = ", ".join(filter(None, (shown(word) for word in words)))
    start = f"<{type(thing).__name__}{': ' if said else ''}"
    room = LONGEST - len(start) - 1
    return f"{start}{said if len(said) <= room else said[: room - 1].rstrip() + '…'}>"


def shown(word: object) -> str:
    """Return a text on one line, without what does not print; nothing for None."""
    text = "" if word is None else str(word)
    return "".join(c if c.isprintable() or c in _SPACES else " " for c in text)


_SPACES = "\u00a0\u202f"  # which stand in numbers
