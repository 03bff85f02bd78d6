"""A drop-down list of words that others wrote: they stay words, or there is no list."""

from __future__ import annotations

import pytest

from pst_excel.excel.xlsx import MESSAGE_LIMIT, list_of


@pytest.mark.parametrize(
    ("words", "formula"),
    [
        (["référence", "autre"], '"référence,autre"'),
        (['retour "A"', "autre"], ""),
        (['"&HYPERLINK("x")&"'], ""),
        (["Travaux, voirie", "autre"], ""),
        (["x" * (MESSAGE_LIMIT - 1), ""], f'"{"x" * (MESSAGE_LIMIT - 1)},"'),
        (["x" * MESSAGE_LIMIT, ""], ""),
    ],
)
def test_what_others_wrote_never_ends_the_text_of_the_formula(
    words: list[str], formula: str
) -> None:
    assert list_of(words) == formula
