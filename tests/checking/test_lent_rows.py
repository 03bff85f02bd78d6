"""A service is not blamed for rows that it was only lent, and they are not counted as its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support import OBSERVED, column_of, damaged, of_code, read, verdict, with_table
from support.annotated import controls, handed_back
from support.lent_rows import FIRST, TOWN, sent, sent_out

from pst_excel.checking.lent_rows import CHANGED
from pst_excel.checking.report import check
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.model.findings import Finding
from pst_excel.model.schema import PARTNER
from pst_excel.ooxml.workbook import Workbook
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.tables import Return

FAULTS = {
    "a blank": ("| Travaux | En cours | 40", "| Travaux | | 40"),
    "a value out of bounds": ("| 40", "| 140"),
    "a value that is not in the list": ("En cours", "Presque"),
    "a text that is not understood": ("| 40", "| bientôt"),
    "a rule": ("En cours | 40", "Terminé | 40"),
}


def rows(own: Callable[[str], str]) -> str:
    """Return two actions, the first one's own and the second lent, changed alike."""
    keys = "code | code_oo | intitule | service_pilote | statut | avancement | role"
    one = own("1.1.1 | 1.1 | Boucher un trou | Travaux | En cours | 40") + " | "
    return f"\nActions\n{keys}\n{one}\n{one.replace('1.1.1', '1.1.2')}{PARTNER}\n"


@pytest.mark.parametrize(("old", "new"), FAULTS.values(), ids=FAULTS)
def test_a_lent_row_is_not_blamed_for_what_its_reader_cannot_mend(old: str, new: str) -> None:
    faulty, sound = (
        with_table(return_of(TOWN + text, PST), "actions", new_rows=frozenset())
        for text in (rows(lambda text: text.replace(old, new)), rows(str))
    )
    found = check([faulty], PST, OBSERVED).findings
    before = {(f.code, f.cell) for f in check([sound], PST, OBSERVED).findings}

    assert {f.row for f in found if f.sheet == "Actions"} == {FIRST}
    assert {(f.code, f.cell) for f in found} - before


def test_only_the_rows_of_the_service_are_counted() -> None:
    filled = with_table(return_of(TOWN + rows(str), PST), "actions", new_rows=frozenset())
    alone = return_of(TOWN + rows(str).rsplit("1.1.2", 1)[0], PST)
    report, expected = check([filled], PST, OBSERVED), check([alone], PST, OBSERVED)

    assert report.rows["Actions"] == 1
    assert (report.rows, report.clean) == (expected.rows, expected.clean)


def test_a_workbook_that_was_sent_has_no_finding_of_its_own_making() -> None:
    for filled in sent():
        assert not [
            f for f in check([filled], PST, OBSERVED).findings if f.code.startswith(("S", "R01"))
        ]


def changed(filled: Return, sheet: str, key: str, value: object, at: int = -1) -> Return:
    cells = list(filled.tables[sheet].columns[key])
    cells[at] = value
    return with_table(filled, sheet, columns=filled.tables[sheet].columns | {key: cells})


def told(filled: Return) -> list[Finding]:
    return of_code(verdict(filled).findings, CHANGED)


def test_who_changes_a_lent_row_is_told_whose_it_is_and_is_blamed_for_nothing() -> None:
    _, _, culture = sent()
    edited = changed(changed(culture, "actions", "avancement", 90.0), "actions", "statut", None)
    (one,) = told(edited)
    assert one.message == "Cette ligne appartient à Finances ; votre changement lui est proposé."
    assert (one.sheet, one.element, one.service) == ("Actions", "1.1.2", "Culture")
    assert one.cell == edited.tables["actions"].cell("code", edited.tables["actions"].rows[-1])
    assert not one.severity.blames
    assert verdict(edited).errors == verdict(culture).errors


def test_a_row_of_several_belongs_to_them_all_and_one_of_nobody_to_another() -> None:
    _, _, culture = sent()
    (oo,) = told(changed(culture, "oo", "commentaire", "Trop tard"))
    assert oo.message == (
        "Cette ligne appartient à Travaux et Finances ; votre changement leur est proposé."
    )
    (os,) = told(changed(culture, "os", "intitule", "Rouler loin"))
    assert "à un autre service ou à la cellule PST" in os.message
    (mine,) = told(changed(culture, "actions", "service_pilote", "Culture"))
    assert "à un autre service ou à la cellule PST" in mine.message


def test_what_belongs_to_a_record_belongs_to_the_service_of_the_record() -> None:
    _, _, culture = sent()
    columns = {column.key: [None] for column in PST["budget"].inputs}
    said = {"role": "Référence", "empreinte": "de mars", "niveau": "Action", "code_lie": "1.1.2",
            "code": "B1", "id": "b1", "prevu": 10.0}  # fmt: skip
    line = columns | {key: [value] for key, value in said.items()}
    (one,) = told(with_table(culture, "budget", columns=line, rows=[FIRST], new_rows=frozenset()))
    assert "appartient à Finances ;" in one.message


def test_a_change_of_its_own_rows_a_copy_of_a_lent_one_and_a_lost_column_tell_nothing() -> None:
    travaux, _, culture = sent()
    assert told(changed(travaux, "actions", "avancement", 90.0, at=0)) == []
    edited = changed(culture, "actions", "avancement", 90.0)
    table = edited.tables["actions"]
    assert told(with_table(edited, "actions", new_rows=frozenset(table.rows))) == []
    without = table.columns | {"avancement": [None] * len(table)}
    gone = with_table(culture, "actions", columns=without, missing=frozenset(["avancement"]))
    assert told(gone) == []


def test_it_is_in_the_note_and_the_controls_of_the_copy_and_not_again_in_the_whole_plan() -> None:
    sent_one = sent_out()[2]
    at = column_of(sent_one, "Actions", PST["actions"]["avancement"].label)
    data = damaged(sent_one, lambda book: book["Actions"].cell(FIRST, at, 75))
    copy = handed_back(data, "culture.xlsx")
    (line,) = [line for line in controls(copy) if line["Code"] == CHANGED]
    assert line["Élément"] == "action 1.1.1 · Boucher un trou"
    assert (
        line["Remarque"] == "Cette ligne appartient à Travaux ; votre changement lui est proposé."
    )
    note = Workbook(copy)["Actions"].cell(str(line["Cellule"])).note
    assert note is not None
    assert str(line["Remarque"]) in note.text
    whole = consolidate([*sent()[:2], read(data, "culture.xlsx")], PST, OBSERVED)
    assert of_code(whole.report.findings, CHANGED) == []
