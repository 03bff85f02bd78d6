"""How a key that somebody asks for and that does not exist is answered: with those that do."""

from __future__ import annotations

from collections.abc import Iterable

from pst_excel.model.words.wording import guess, listed, say
from pst_excel.text.errors import UnknownName


def unknown(
    name: object, what: str, known: Iterable[str], told: Iterable[str] | None = None
) -> UnknownName:
    """Return the error of a key that is not `what` people would have: the nearest, then all.

    Where not all those that are `known` are people's concern, `told` are those that are.
    """
    keys = tuple(known)
    shown = keys if told is None else tuple(told)
    near = guess(name, shown) if isinstance(name, str) else ""
    there = f" ; il y a {listed(shown)}" if shown else ""
    return UnknownName(f"« {say(name)} » n’est pas {what}{near}{there}", name=name, known=keys)
