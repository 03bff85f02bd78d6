"""What a list shows can be chosen; what is chosen or pasted is understood or told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from support import of_code, office, verdict
from support.edited import ACTIONS, FIRST, LAST, before, edited, filled_workbook, new, put, rows_of

from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.keys import SHOWN_CODE
from pst_excel.model.words.kinds import Where
from pst_excel.pst import PST
from pst_excel.pst.vocabularies import SERVICES
from pst_excel.returns.tables import geometry

PASTED: tuple[tuple[str, Any, Any, str], ...] = (
    ("code", dt.datetime(2026, 2, 1), "1.02", "V06"),  # as most of the codes pasted, 9.10
    ("code_oo", "OO 1.1", "1.1", ""),
    ("code_oo", 1.1, "1.1", ""),
    ("code_oo", "1.1\n2.1", "1.1; 2.1", ""),
    ("statut", "réalisée", "Terminé", ""),
    ("statut", "EN COURS", "En cours", ""),
    ("statut", "Presque", "Presque", "V03"),
    ("service_pilote", " travaux", "Travaux", ""),
    ("service_pilote", "Voirie", "Voirie", "R19"),
    ("volet", "volet externe", "Externe", ""),
    ("type_action", "pérenne", "Pérenne", ""),
    ("avancement", 0.5, 50.0, ""),
    ("avancement", "50 %", 50.0, ""),
    ("avancement", 1, 1.0, "V06"),
    ("avancement", "la moitié", None, "V02"),
    ("echeance", dt.datetime(2027, 12, 31, 10, 5), dt.date(2027, 12, 31), ""),
    ("echeance", "31/12/2027", dt.date(2027, 12, 31), ""),
    ("echeance", "31 décembre 2027", dt.date(2027, 12, 31), ""),
    ("echeance", "fin 2027", dt.date(2027, 12, 31), ""),
    ("echeance", "à la rentrée", None, "V02"),
    ("odd", 11, "11", ""),
    ("odd", "ODD 11", "11", ""),
    ("odd", "11,13", "11; 13", ""),
    ("odd", "11; 18", "11; 18", "V03"),
    ("plans", "pcs ; pcdn", "Plan de cohésion sociale (PCS); Plan communal de développement de la"
     " nature (PCDN)", ""),
)  # fmt: skip
"""What another workbook held, by column: the cell, what is understood of it, the finding at it."""
DOUBTS = {code for *_, code in PASTED} - {""}


def test_a_block_pasted_over_the_lists_is_understood_or_told() -> None:
    def paste(book: Any) -> None:
        for row, (key, cell, _, _) in enumerate(PASTED, start=LAST + 1):
            put(book, row, {"code": f"9.{row}", key: cell})

    after = edited(paste)
    rows = rows_of(after)
    found = {(f.cell, f.code) for f in verdict(after).findings if f.code in DOUBTS}
    expected = [
        new(**{"code": f"9.{row}", key: value})
        for row, (key, _, value, _) in enumerate(PASTED, start=LAST + 1)
    ]
    assert rows["actions"][4:] == [
        {key: value for key, value in row.items() if value is not None} for row in expected
    ]
    assert found == {
        (f"{ACTIONS[key]}{row}", code)
        for row, (key, _, _, code) in enumerate(PASTED, start=LAST + 1)
        if code
    }
    assert rows | {"actions": rows["actions"][:4]} == before()


def test_what_a_pasted_cell_held_is_kept_where_it_was_not_understood() -> None:
    after = edited(lambda book: put(book, FIRST, {"echeance": "à la rentrée", "statut": "Presque"}))

    expected = before()
    expected["actions"][0]["statut"] = "Presque"
    del expected["actions"][0]["echeance"]
    assert rows_of(after) == expected
    assert after.not_understood() == {("actions", FIRST, "echeance"): "à la rentrée"}
    (finding,) = of_code(verdict(after).findings, "V02")
    assert (finding.cell, finding.read) == (f"{ACTIONS['echeance']}{FIRST}", "à la rentrée")


def test_an_entry_added_to_a_list_may_be_used() -> None:
    def add(book: Any) -> None:
        (heading,) = (c for c in book["Listes"][HEADING_ROW] if c.value == SERVICES.label)
        book["Listes"].cell(FIRST + 2, heading.column).value = "Mobilité"

    def use(book: Any) -> None:
        put(book, FIRST, {"service_pilote": "mobilité"})

    def both(book: Any) -> None:
        add(book)
        use(book)

    expected = before()
    expected["actions"][0]["service_pilote"] = "Mobilité"
    after = edited(both)
    assert rows_of(after) == expected
    assert after.lists["services"] == ("Travaux", "Finances", "Mobilité")
    assert not of_code(verdict(after).findings, "R19")
    (finding,) = of_code(verdict(edited(use)).findings, "R19")
    assert finding.cell == f"{ACTIONS['service_pilote']}{FIRST}"


def shown(sheet: str) -> list[str]:
    """Return what the drop-down lists show of the rows of a sheet, as the workbook holds it."""
    letters = geometry(PST[sheet], where=Where.RETURN)[SHOWN_CODE]
    values = office.values(filled_workbook())
    found = (values.get((PST[sheet].title, f"{letters}{FIRST + at}")) for at in range(20))
    return [str(text) for text in found if text]


FIRST_OO, SECOND_OO = '1.1 · Doubler les pistes , « vite », et "bien" · partout', "2.1 · Bâtir"
CHOSEN = (
    ("code_oo", FIRST_OO, "1.1"),
    ("code_oo", SECOND_OO, "2.1"),
    ("code_oo", f"{FIRST_OO}; 2.1", "1.1; 2.1"),
    ("code_oo", f"2.1; {FIRST_OO}", "2.1; 1.1"),
    ("code_oo", f"{FIRST_OO};{SECOND_OO};", "1.1; 2.1"),
    ("code_oo", f"{FIRST_OO}\n{SECOND_OO}", "1.1; 2.1"),
    ("code_oo", f"{FIRST_OO}; {FIRST_OO}", "1.1"),
    ("actions_liees", "1.1.1 · Tracer; 2.1.2", "1.1.1; 2.1.2"),
    ("odd", "11 · Villes et communautés durables", "11"),
    ("odd", "11 · Villes et communautés durables; 13", "11; 13"),
    ("odd", "9 · Industrie, innovation et infrastructure; 2 · Faim « zéro »", "9; 2"),
    ("odd", "13; 11 · VILLES ET COMMUNAUTES DURABLES", "13; 11"),
)
"""What is chosen in a list, or chosen then completed by typing, and the codes that it means."""


def test_the_lists_show_the_codes_with_titles_that_hold_no_separator() -> None:
    assert shown("oo") == [FIRST_OO, SECOND_OO]


def test_what_is_chosen_as_the_list_shows_it_is_its_code() -> None:
    def choose(book: Any) -> None:
        for row, (key, text, _) in enumerate(CHOSEN, start=LAST + 1):
            put(book, row, {"code": f"9.{row}", key: text})

    after = edited(choose)
    expected = before()
    expected["actions"] += [
        new(**{"code": f"9.{row}", key: codes})
        for row, (key, _, codes) in enumerate(CHOSEN, start=LAST + 1)
    ]
    assert rows_of(after) == expected
    assert not of_code(verdict(after).findings, "V03")
