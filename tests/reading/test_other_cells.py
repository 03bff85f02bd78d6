"""What a cell means by what others hold: codes by their sheets, a status by the type of its row."""

from __future__ import annotations

from typing import Any

from support import grid, of_code, read, verdict, workbook

from pst_excel.cells.readings import Confidence
from pst_excel.returns.tables import Return


def returned(**sheets: list[tuple[Any, ...]]) -> Return:
    return read(grid({title.replace("_", " "): rows for title, rows in sheets.items()}))


OO = [("Code OO", "Intitulé"), ("01.01", "Rouler"), ("01.02", "Marcher"), ("01.03", "Nager")]


def test_codes_are_written_as_their_own_sheet_writes_them() -> None:
    filled = returned(
        Constat=[("Code", "Constat", "Répond à"), ("C1", "Un trou", "1.1 et 1.1.1")],
        OO=OO,
        Actions=[("Code action", "OO", "Intitulé"), ("1.1.1", "1.1 à 1.3", "Doubler")],
        Budget=[("Code", "Code lié", "Libellé"), ("B1", "01.01.01", "Doubler")],
    )
    assert filled.tables["actions"].columns["code_oo"] == ["01.01; 01.02; 01.03"]
    assert filled.tables["budget"].columns["code_lie"] == ["01.01.01"]
    rules = {(r.place[0], r.place[2]): r.confidence for r in filled.readings}
    assert rules["actions", "code_oo"] is Confidence.LIKELY


def test_a_sheet_before_those_that_it_names_is_read_by_them() -> None:
    filled = returned(
        Constat=[("Code", "Constat", "Répond à"), ("C1", "Un trou", "1.1 et 1.1.01")],
        OS=[("Code OS", "Intitulé"), ("1", "Bouger")],
        OO=OO,
        Actions=[("Code action", "OO", "Intitulé"), ("1.1.1", "1.1", "Doubler")],
    )
    assert filled.tables["constat"].columns["liens"] == ["01.01; 1.1.1"]
    assert list(filled.tables)[:3] == ["constat", "os", "oo"]


ACTIONS = """
Actions
code  | intitule | type_action | statut    | echeance
1.1.1 | Rénover  | {kind}      | Permanent | en continu
"""


def test_a_permanent_task_is_asked_about_and_is_no_project_under_way() -> None:
    asked = of_code(verdict(ACTIONS.format(kind="")).findings, "V06")
    assert [finding.column for finding in asked] == ["Statut", "Échéance"]
    assert all("« Pérenne »" in finding.message for finding in asked)


def test_what_gave_no_value_is_asked_once_and_is_not_called_empty_as_well() -> None:
    found = [f for f in verdict(ACTIONS.format(kind="PST")).findings if f.column == "Statut"]
    (finding,) = found
    assert finding.code == "V06"
    assert "« Permanent » n’a donné aucune valeur – " in finding.message
    assert finding.message.endswith("l’action compte sous « Sans statut ».")
    assert "?." not in finding.message
    assert finding.expected.startswith("Non commencé, En attente")


def test_nothing_is_asked_where_the_type_says_it() -> None:
    rows = [("Code action", "Intitulé", "Type", "Statut", "Échéance")]
    rows += [("1.1.1", "Ouvrir", "Pérenne", "Permanent", "en continu"),
             ("1.1.2", "Rénover", "PST", "Permanent", "31/12/2027")]  # fmt: skip
    filled = returned(Actions=rows)
    columns = filled.tables["actions"].columns
    assert columns["statut"] == ["En cours", None]
    asked = [r.place[1:] for r in filled.readings if r.confidence is Confidence.TO_CONFIRM]
    assert asked == [(3, "statut")]


PROGRESS = """
Actions
code  | intitule | statut   | avancement
1.1.1 | Rénover  | {statut} | 1
"""


def test_one_is_the_whole_where_the_action_is_finished_and_is_asked_about_elsewhere() -> None:
    done = read(workbook(PROGRESS.format(statut="Terminé")))
    assert done.tables["actions"].columns["avancement"] == [100.0]
    assert {f.code for f in verdict(done).findings} & {"V06", "R09a"} == set()
    assert [r.understood for r in done.readings if r.subject.column == "avancement"] == ["100"]
    under_way = read(workbook(PROGRESS.format(statut="En cours")))
    assert under_way.tables["actions"].columns["avancement"] == [1.0]
    assert [f.column for f in of_code(verdict(under_way).findings, "V06")] == ["Avancement %"]
