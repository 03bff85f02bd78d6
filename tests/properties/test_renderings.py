"""Whatever the way a value is written, of those that are understood, reading it gives the value."""

from __future__ import annotations

import calendar
import datetime as dt
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pst_excel.cells.parsing import parse
from pst_excel.cells.values import Value
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind
from pst_excel.model.words.vocabulary import Vocabulary
from pst_excel.pst import PST
from pst_excel.pst import vocabularies as v
from pst_excel.text.spelling import fold

SPACES = st.sampled_from((" ", "\u00a0", "\u202f", "\u2009", "\u2007"))
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
          "octobre", "novembre", "décembre")  # fmt: skip
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2079, 12, 31))
WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def read(cell: object, one: Column, labels: tuple[str, ...] = ()) -> Value:
    words = one.vocabulary.by_spelling if one.vocabulary else {}
    spellings = {one.vocabulary.key: words | {fold(w): w for w in labels}} if one.vocabulary else {}
    return parse([cell], one, spellings).values[0]


def column(kind: Kind, vocabulary: Vocabulary | None = None, many: bool = False) -> Column:
    return Column("x", "X", kind, "", vocabulary=vocabulary, many=many)


def grouped(value: float, decimals: int, space: str, mark: str) -> str:
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "\0").replace(".", mark).replace("\0", space)


AMOUNT_FORMS: dict[str, Callable[[float, str], str]] = {
    "grouped by spaces": lambda x, s: grouped(x, 2, s, ","),
    "grouped by spaces, with a point": lambda x, s: grouped(x, 2, s, "."),
    "grouped by points": lambda x, s: grouped(x, 2, ".", ","),
    "grouped by apostrophes": lambda x, s: grouped(x, 2, "'", ","),
    "in English": lambda x, s: grouped(x, 2, ",", "."),
    "not grouped": lambda x, s: f"{x:.2f}".replace(".", ","),
    "with a point": lambda x, s: f"{x:.2f}",
    "with its sign": lambda x, s: f"{grouped(x, 2, s, ',')}{s}€",
    "its sign before": lambda x, s: f"€{s}{grouped(x, 2, s, ',')}",
    "in euros": lambda x, s: f"{x:.2f} euros".replace(".", ","),
    "in EUR": lambda x, s: f"EUR {x:.2f}",
    "in thousands": lambda x, s: f"{x / 1000:.5f}{s}k€".replace(".", ","),
    "in millions": lambda x, s: f"{x / 1e6:.8f} millions d’euros".replace(".", ","),
    "between spaces": lambda x, s: f"{s}{x:.2f}{s}".replace(".", ","),
}


@pytest.mark.parametrize("form", AMOUNT_FORMS)
@given(cents=st.integers(-(10**9), 10**9), space=SPACES)
def test_an_amount_is_read_in_every_form(form: str, cents: int, space: str) -> None:
    value = cents / 100
    assert read(AMOUNT_FORMS[form](value, space), column(Kind.AMOUNT)) == value


@given(cents=st.integers(1, 10**9), space=SPACES)
def test_a_negative_amount_is_read_as_accountants_write_it(cents: int, space: str) -> None:
    text = grouped(cents / 100, 2, space, ",")
    for written in (f"({text})", f"({text} €)", f"{text}-", f"−{text}", f"- {text} €"):
        assert read(written, column(Kind.AMOUNT)) == -cents / 100


@given(tenths=st.integers(0, 1000), space=SPACES)
def test_a_percentage_is_read_in_every_form(tenths: int, space: str) -> None:
    value = tenths / 10
    text = f"{value:.1f}".replace(".", ",")
    for written in (f"{text} %", f"{text}%", f"{text}{space}%", f"{text} pour cent"):
        assert read(written, column(Kind.PERCENT)) == value
    if 0 < value < 100:
        for fraction in (value / 100, f"{value / 100:.3f}", f"{value / 100:.3f}".replace(".", ",")):
            assert read(fraction, column(Kind.PERCENT)) == value


@given(day=DAYS, space=SPACES)
def test_a_day_is_read_in_every_form(day: dt.date, space: str) -> None:
    month, weekday = MONTHS[day.month - 1], WEEK[day.weekday()]
    first = f"{day.day}er" if day.day == 1 else str(day.day)
    for written in (
        dt.datetime(day.year, day.month, day.day, 8, 30),
        f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}", f"{day:%d %m %Y}", f"{day:%Y-%m-%d}",
        f"{day.day}/{day.month}/{day.year}", f"{day:%Y-%m-%d}T00:00:00", f"{day:%d/%m/%Y} 00:00",
        f"{first}{space}{month}{space}{day.year}", f"{first} {month.upper()} {day.year}",
        f"{weekday} {first} {month} {day.year}", f"le {first} {month} {day.year}",
        f"{day.day}-{month[:3] if day.month not in (6, 7) else month}-{day.year}",
        unicodedata.normalize("NFD", f"{first} {month} {day.year}"),
        f"au plus tard le {day:%d/%m/%Y}", f"avant le {day:%d/%m/%Y}",
        float((day - dt.date(1899, 12, 30)).days),
    ):  # fmt: skip
        assert read(written, column(Kind.DATE)) == day, written


@given(year=st.integers(2000, 2079), month=st.integers(1, 12))
def test_a_period_is_read_as_its_last_day(year: int, month: int) -> None:
    name, quarter, half = MONTHS[month - 1], (month + 2) // 3, (month + 5) // 6

    def end(of: int) -> dt.date:
        return dt.date(year, of, calendar.monthrange(year, of)[1])

    ends = {
        end(month): (f"{name} {year}", f"fin {name} {year}", f"{month:02d}/{year}", f"{year}-{month:02d}"),
        end(3 * quarter): (f"T{quarter} {year}", f"{quarter}e trimestre {year}", f"{year}-T{quarter}"),
        end(6 * half): (f"S{half} {year}", f"{half}e semestre {year}"),
        end(12): (str(year), float(year), f"fin {year}", f"courant {year}", f"d’ici fin {year}"),
    }  # fmt: skip
    for last, forms in ends.items():
        for written in forms:
            if last == end(12) or written not in ends.get(end(12), ()):
                assert read(written, column(Kind.DATE)) == last, written


def respelt(text: str) -> st.SearchStrategy[str]:
    """Return the same words in another case, without accents, spaced otherwise, in NFD."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return st.sampled_from(
        (text, text.upper(), text.lower(), plain, plain.upper(), f"  {text}\u00a0", f"{text}.",
         text.replace(" ", "  "), text.replace(" ", "\u202f"), text.replace("’", "'"),
         unicodedata.normalize("NFD", text), "\u200b".join(text), text.replace(" ", "\n"))
    )  # fmt: skip


@given(st.data())
def test_a_choice_is_read_however_it_is_spelt(data: st.DataObject) -> None:
    vocabulary = data.draw(st.sampled_from([one for one in PST.vocabularies if one.choices]))
    choice = data.draw(st.sampled_from(vocabulary.choices))
    word = data.draw(st.sampled_from((choice.label, *choice.synonyms)))
    written = data.draw(respelt(word))
    assert read(written, column(Kind.CHOICE, vocabulary)) == choice.label


@given(st.lists(st.integers(1, 17), min_size=1, max_size=5, unique=True), st.data())
def test_several_goals_are_read_however_they_are_parted(
    numbers: list[int], data: st.DataObject
) -> None:
    titles = v.ODD.choices
    pieces = [
        data.draw(st.sampled_from((str(n), f"{n:02d}", f"ODD {n}", titles[n - 1].help,
                                   f"{n} - {titles[n - 1].help}", f"{n} · {titles[n - 1].help}")))
        for n in numbers
    ]  # fmt: skip
    mark = data.draw(st.sampled_from(("; ", ";", "\n", ", ", " / ", " et ")))
    expected = "; ".join(map(str, numbers))
    assert read(mark.join(pieces), column(Kind.CHOICE, v.ODD, many=True)) == expected


CODES = st.from_regex(r"[1-9][0-9]?(\.[0-9]{1,2}){0,2}", fullmatch=True)


@given(code=CODES, form=st.sampled_from(
    ("{}", "{}.", "OS {}", "O.S {}", "OO n° {}", "Action {}", " {} ", "({})", "{} · Planter des arbres",
     "{} - Planter des arbres", "{} : Planter des arbres", "OO {} – Planter des arbres", "n°{}")))  # fmt: skip
def test_a_code_is_read_in_every_dress(code: str, form: str) -> None:
    one = PST["actions"]["code"]
    assert read(form.format(code), one) == code


PEOPLE = (
    "LAMBERT Julie",
    "DUPONT Marie",
    "DUPONT Marc",
    "VAN DEN BERG Jean-Paul",
    "D’HONDT Anne-Lise",
)


@given(person=st.sampled_from(PEOPLE), data=st.data())
def test_a_person_is_read_in_every_order(person: str, data: st.DataObject) -> None:
    surname = " ".join(word for word in person.split() if word.isupper() or word.startswith("D’"))
    first = person.removeprefix(surname).strip()
    written = data.draw(st.sampled_from(
        (person, f"{first} {surname}", f"{first} {surname.title()}", f"{surname.title()}, {first}",
         f"Mme {first} {surname}", person.lower())))  # fmt: skip
    assert read(written, column(Kind.CHOICE, v.AGENTS), PEOPLE) == person
