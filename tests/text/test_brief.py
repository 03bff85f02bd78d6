"""A value is shown on one line of so many characters at most, in which nothing is obeyed."""

from __future__ import annotations

import pytest

from pst_excel.text.brief import LONGEST, brief


class Retour:
    """Something."""


def test_what_is_said_stands_after_the_kind_and_nothing_is_said_of_nothing() -> None:
    assert brief(Retour(), "a.xlsx", "", None, 12) == "<Retour: a.xlsx, 12>"
    assert brief(Retour()) == "<Retour>"


@pytest.mark.parametrize("sign", ["\n", "\x1b[2J", "\u202e", "\u2028", "\t"])
def test_no_sign_of_command_is_left(sign: str) -> None:
    assert brief(Retour(), f"a{sign}b").isprintable()


def test_a_long_text_is_cut() -> None:
    assert len(brief(Retour(), "x" * 1000)) == LONGEST
    assert brief(Retour(), "x" * 1000).endswith("x…>")
