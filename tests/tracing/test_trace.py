"""A cell leads to the file, sheet, cell, date and author of its value, and to what was set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from support import read, with_table, workbook
from support.consolidated import actions, sent_by, united

from pst_excel.api.outputs import as_bytes
from pst_excel.cli.messages.trace import told
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.merging.docket import Word
from pst_excel.model.words.titles import HISTORIQUE
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UsageError
from pst_excel.tracing.trace import Trace, traced

BUDGET = """
Budget
niveau | code_lie | exercice | source_financement | prevu
Action | 1.1.1    | 2027     | Subside            | 10000
Action | 1.1.1    | 2027     | Subside            | 2500
"""
ROWS = "code | intitule | service_pilote | services_partenaires | avancement"
FIRST = sent_by("", date_observation="31/10/2026") + actions(
    "1.1.1 | Rouler | Travaux | Finances | 30", "1.1.2 | Payer | Finances | | 10", keys=ROWS
)  # fmt: skip


@cache
def first() -> Return:
    """Return the plan as it was consolidated first."""
    return read(as_bytes(united(FIRST + BUDGET), ".xlsx"), "PST.xlsx")


@cache
def plan() -> Return:
    """Return the plan once Travaux said 45 % and Finances, a partner, 60 %."""
    returns = []
    for service, progress in (("Travaux", 45), ("Finances", 60)):
        text = sent_by(service, date_observation="31/01/2027") + actions(
            f"1.1.1 | Rouler | Travaux | Finances | {progress}", keys=ROWS
        )
        returns.append(read(workbook(text), f"{service}.xlsx"))
    observed = returns[0].identity("date_observation")
    result = consolidate(returns, PST, observed, previous=first())
    return read(as_bytes(result, ".xlsx"), "PST.xlsx")


def cell(key: str, at: int = 0, sheet: str = "actions") -> str:
    """Return the address of a column on the row of a place of the plan."""
    table = plan().tables[sheet]
    return f"{table.title}!{table.cell(key, table.rows[at])}"


def asked(address: str, written: Return | None = None, of: Return | None = None) -> Trace:
    return traced(of or plan(), address, written)


def lines(found: Trace) -> Iterator[str]:
    for line in told(found):
        yield line.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_value_leads_to_the_cell_where_it_was_read_and_to_what_was_set_aside() -> None:
    found = asked(cell("avancement"))
    source = found.source

    assert (found.record, found.label, found.held) == (
        "Action 1.1.1 · Rouler", "Avancement %", "45\u00a0%",
    )  # fmt: skip
    assert source is not None
    assert (source.file, source.sheet, source.author) == ("Travaux.xlsx", "Actions", "Travaux")
    assert source.cell
    assert source.date == "31/01/2027"
    assert [side.said for c in found.conflicts for side in c.others] == ["60\u00a0%"]
    assert [(done.round, done.entry.before, done.entry.after) for done in found.history
            if done.entry.what == Word.TAKEN] == [("2", "30\u00a0%", "45\u00a0%")]  # fmt: skip
    said = list(lines(found))
    assert said[1] == "Avancement % : 45 %"
    assert said[2].startswith("Lu dans Travaux.xlsx · Actions!")
    assert "  Finances dit : 60 %" in " ".join(said)


@pytest.mark.parametrize(
    "write", [str.lower, lambda text: f"'{text.split('!')[0]}'!$" + text.split("!")[1]]
)
def test_an_address_is_understood_whatever_its_case_its_quotes_and_signs(write: object) -> None:
    assert callable(write)
    assert asked(write(cell("avancement"))) == asked(cell("avancement"))


@pytest.mark.parametrize("form", ["'{0}!{1}'", '"{0}!{1}"', "{0}.{1}", "${0}.${1}", "'{0}'.{1}"])
def test_an_address_is_understood_as_shells_and_libreoffice_give_it(form: str) -> None:
    sheet, _, place = cell("avancement").partition("!")

    assert asked(form.format(sheet, place)) == asked(cell("avancement"))


def test_two_lines_of_the_same_words_are_told_apart() -> None:
    amounts = {}
    for at in (0, 1):
        found = asked(cell("prevu", at, "budget"))
        assert len(found.history) == 1  # each its own, though both have the same name
        amounts[found.held] = found.source

    assert len(set(amounts.values())) == 2


def test_a_history_of_before_these_columns_is_read_and_searched_by_its_words() -> None:
    kept = [{name: text for name, text in line.items() if name not in ("Repère", "Id", "Champ")}
            for line in plan().ledgers[HISTORIQUE]]  # fmt: skip
    old = replace(plan(), ledgers=plan().ledgers | {HISTORIQUE: tuple(kept)})

    def done(found: Trace) -> list[tuple[str, str, str]]:
        return [(d.round, d.entry.before, d.entry.after) for d in found.history]

    assert done(asked(cell("avancement"), of=old)) == done(asked(cell("avancement")))


def corrected(key: str, value: object) -> Return:
    table = plan().tables["actions"]
    cells = [value, *table.columns[key][1:]]
    return with_table(plan(), "actions", columns=table.columns | {key: cells})


def test_a_cell_that_people_corrected_since_is_said_to_be() -> None:
    found = asked(cell("avancement"), written=plan(), of=corrected("avancement", 50.0))

    assert found.edited
    assert found.held == "50\u00a0%"
    assert "Ce qui y était : lu dans Travaux.xlsx" in " ".join(lines(found))
    assert "corrigé dans ce classeur" in found.notes[0]
    assert not asked(cell("intitule"), written=plan(), of=corrected("avancement", 50.0)).edited


def test_a_cell_that_people_emptied_since_is_said_to_be_even_without_what_was_written() -> None:
    found = asked(cell("avancement"), of=corrected("avancement", None))

    assert found.edited
    assert found.source is not None


def test_a_blank_cell_is_said_to_be_blank() -> None:
    assert list(lines(asked(cell("commentaire"))))[1].endswith(": (vide)")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (lambda: "Tableau de bord!B3", "calculé par le programme"),
        (lambda: "Contrôles!A5", "écrite par le programme"),
        (lambda: "Listes!A5", "listes de l’institution"),
        (lambda: cell("oo_titre") , "Calculé par le programme sur chaque ligne"),
        (lambda: cell("id"), "Écrit par le programme"),
        (lambda: "Actions!C4000", "aucune ligne"),
        (lambda: "Actions!ZZ5", "aucune colonne"),
        (lambda: cell("intitule").rstrip("0123456789") + "4", "au-dessus des données"),
        (lambda: "Évaluation!D6", "Évaluation"),
        (lambda: f"Identification!{plan().tables['identification'].places['nom']}", "Valbruyère"),
    ],
)  # fmt: skip
def test_what_has_no_source_is_said_in_a_sentence(address: object, words: str) -> None:
    assert callable(address)
    found = asked(address())

    assert words in " ".join(lines(found))
    assert found.source is None


@pytest.mark.parametrize(
    "address", ["", "A1", "Actions", "Actions!", "Actions!A0", "Actions!A1:B2", "!A1", "Absente!A1"]
)
def test_an_address_that_is_none_is_refused_in_one_sentence(address: str) -> None:
    with pytest.raises(UsageError) as raised:
        asked(address)

    assert "\n" not in str(raised.value)


def test_a_workbook_that_keeps_no_source_is_refused_in_one_sentence() -> None:
    with pytest.raises(UsageError, match=r"pas un PST consolidé.*du service Travaux"):
        asked(
            "Actions!A5",
            of=read(workbook(sent_by("Travaux") + actions("1.1.1 | A | Travaux | | "))),
        )
