"""A workbook names its send so that people read it, and the program knows an id from a text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import TOWN, read, workbook

from pst_excel.returns.sends import send_in, send_name

IDENT = "3f9a2c1b7d4e"


def test_a_name_says_to_whom_and_for_when() -> None:
    assert send_name("Travaux", dt.date(2027, 3, 31), IDENT) == f"Travaux · 31/03/2027 · {IDENT}"
    assert send_name("Travaux", None, IDENT) == f"Travaux · {IDENT}"


@given(st.text(min_size=1).filter(str.strip), st.none() | st.dates())
def test_the_id_is_found_in_every_name(service: str, due: dt.date | None) -> None:
    assert send_in(send_name(service, due, IDENT)) == IDENT


@pytest.mark.parametrize(
    ("text", "ident"),
    [
        (f"Travaux·31/03/2027·{IDENT}", IDENT),
        (f"Travaux · 31/03/2027 · {IDENT} ", IDENT),
        ("", ""),
        ("le deuxième envoi", ""),
        (IDENT, ""),
        (f"· {IDENT}", ""),
        (f"Travaux · {IDENT[:-1]}", ""),
        (f"Travaux · {IDENT}0", ""),
        (f"Travaux · {IDENT.upper()}", ""),
        (f"Travaux · {IDENT} bis", ""),
        ("Travaux · 31/03/2027 · ../../../etc", ""),
        ("Travaux · ３f9a2c1b7d4e", ""),
    ],
)
def test_a_return_names_a_send_or_none(text: str, ident: str) -> None:
    assert send_in(text) == ident
    told = read(workbook(TOWN.replace("nom  ", f"envoi | {text}\nnom  ") if text else TOWN))
    assert told.send == ident
    assert told.findings == []
