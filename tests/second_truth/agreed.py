"""What both truths say of one plan; and the beginnings of small plans."""

from __future__ import annotations

from functools import cache

from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return
from second_truth.laws import broken
from second_truth.program import differences, said, second
from second_truth.truth import Truth

TOWN = """
Identification
cle              | valeur
nom              | Testville
type             | Commune
ins              | 92951
population       | 10000
date_observation | 2026-10-31
"""
ONE = """
OS
code | intitule
1    | Être exemplaire

OO
code | code_os | intitule
1.1  | 1       | Réduire
"""


def both(plan: str | Return, among: tuple[str, ...] = ()) -> Truth:
    """Return what the program says of a plan, when SQL says it as well and its tables add up.

    A plan `among` others is asked with them: that costs hardly more than one.
    """
    if isinstance(plan, Return):
        (mine,), (other,) = said([plan]), second([plan])
    else:
        mine, other = _asked(among or (plan,))[plan]
    assert differences(mine, other) == []
    assert broken(mine) == []
    return mine


@cache
def _asked(texts: tuple[str, ...]) -> dict[str, tuple[Truth, Truth]]:
    plans = [return_of(text, PST) for text in texts]
    return dict(zip(texts, zip(said(plans), second(plans), strict=True), strict=True))
