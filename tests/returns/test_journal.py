"""Nothing is understood in silence: the journal says each reading, and what is not stays as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run
from support import OBSERVED, RETURN, damaged, grid, of_code, opened, read, saved, verdict, workbook

from pst_excel.api.outputs import as_bytes
from pst_excel.cells.readings import Confidence
from pst_excel.checking.report import check
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.model.findings import Severity
from pst_excel.model.schema import COMPANION
from pst_excel.pst import PST
from pst_excel.reading.limits import Options
from pst_excel.reading.reader import read_bytes
from pst_excel.returns.journal import Reading, journal

ROWS = [
    ("Code action", "OO", "Intitulé", "Statut", "Avancement %", "Échéance", "Agent pilote"),
    ("1.1.1", "1.1", "Planter des arbres", "en cours", "50 %", "fin 2027", "LAMBERT Julie"),
    ("1.1.2.", "1.1", "Tailler des haies", "En cours", 0.4, "31/12/2027", "Julie Lambert"),
    ("1.1.3", "1.1", "Semer du blé", "Terminé", "environ 80", "2025-2026", "à désigner"),
]
LISTS = [("Services", "Agents"), ("Travaux", "LAMBERT Julie")]
HURRIED = grid({"Actions": ROWS, "Listes": LISTS})

EXPECTED = [
    ("D2", "Statut", "en cours", "En cours", Confidence.SURE),
    ("E2", "Avancement %", "50 %", "50\u00a0%", Confidence.SURE),
    ("F2", "Échéance", "fin 2027", "31/12/2027", Confidence.LIKELY),
    ("A3", "Code action", "1.1.2.", "1.1.2", Confidence.SURE),
    ("E3", "Avancement %", "0,4", "40\u00a0%", Confidence.LIKELY),
    ("F3", "Échéance", "31/12/2027", "31/12/2027", Confidence.SURE),
    ("G3", "Agent pilote", "Julie Lambert", "LAMBERT Julie", Confidence.SURE),
    ("F4", "Échéance", "2025-2026", "31/12/2026", Confidence.TO_CONFIRM),
    ("G4", "Agent pilote", "à désigner", "(aucune valeur)", Confidence.SURE),
]


def cells(entries: list[Reading]) -> list[tuple[str, str, str, str, Confidence]]:
    return [(e.cell, e.column, e.read, e.understood, e.confidence) for e in entries if e.column]


def test_every_reading_that_is_not_literal_is_an_entry_in_the_order_of_cells() -> None:
    entries = journal([read(HURRIED)])
    assert sorted(cells(entries)) == sorted(EXPECTED)
    assert [e.cell[1:] for e in entries if e.column] == sorted(
        e.cell[1:] for e in entries if e.column
    )
    assert {(e.file, e.sheet) for e in entries if e.column} == {("retour.xlsx", "Actions")}
    assert all(e.rule for e in entries)


def test_what_is_not_understood_is_a_finding_and_no_entry() -> None:
    report = verdict(HURRIED)
    assert [f.cell for f in of_code(report.findings, "V02")] == ["E4"]
    assert not any(e.cell == "E4" for e in report.journal)


def test_a_reading_to_be_confirmed_is_a_finding_too() -> None:
    (finding,) = of_code(verdict(HURRIED).findings, "V06")
    assert (finding.cell, finding.read, finding.severity) == ("F4", "2025-2026", Severity.WARNING)
    assert "« 31/12/2026 »" in finding.message


def test_a_workbook_of_the_template_has_an_empty_journal() -> None:
    assert journal([read(workbook(RETURN + "\nActions\ncode | statut\n1.1.1 | En cours"))]) == []


def test_a_strict_reading_understands_nothing_and_keeps_every_text() -> None:
    one = read_bytes(HURRIED, "retour.xlsx", PST, Options(strict=True))
    assert journal([one]) == []
    assert set(one.not_understood().values()) == {
        "50 %", "fin 2027", "1.1.2.", "0,4", "31/12/2027", "environ 80", "2025-2026"
    }  # fmt: skip
    assert one.tables["actions"].columns["statut"] == ["en cours", "En cours", "Terminé"]
    codes = [f.code for f in check([one], PST, OBSERVED).findings if f.column == "Statut"]
    assert codes == ["V03"]


def test_the_screen_shows_the_journal_on_demand(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "retour.xlsx", HURRIED)
    silent = run("verifier", str(tmp_path / "retour.xlsx"))
    told = run("verifier", str(tmp_path / "retour.xlsx"), "--journal")
    assert "9\u00a0lectures non littérales" in silent.output
    line = "Actions!F2 « Échéance » : fin 2027 → 31/12/2027 (probable ; année : son dernier jour)"
    assert line not in silent.output
    assert line in told.output


def test_the_journal_of_a_clean_workbook_says_so(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "retour.xlsx", RETURN)
    said = run("verifier", str(tmp_path / "retour.xlsx"), "--journal").output
    assert "tout a été lu tel quel" in said


def test_the_json_report_holds_the_findings_the_journal_and_the_refusals(
    run: Run, tmp_path: Path
) -> None:
    saved(tmp_path / "a.xlsx", HURRIED)
    saved(tmp_path / "b.xlsx", b"")
    found = json.loads(run("verifier", str(tmp_path), "--format", "json").stdout)
    assert list(found) == ["controles", "leves", "journal", "illisibles"]
    assert {
        "fichier": "b.xlsx",
        "raison": "le fichier est vide (0 octet) ; demandez un nouvel envoi",
    } in (found["illisibles"])
    assert {
        "fichier": "a.xlsx", "feuille": "Actions", "cellule": "F2", "colonne": "Échéance",
        "lu": "fin 2027", "compris": "31/12/2027", "confiance": "probable",
        "lecture": "année : son dernier jour",
    } in found["journal"]  # fmt: skip


def test_strict_is_an_option_of_the_command(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "retour.xlsx", HURRIED)
    found = json.loads(
        run("verifier", str(tmp_path / "retour.xlsx"), "--strict", "--format", "json").stdout
    )
    assert found["journal"] == []
    assert "F2" in {one["cellule"] for one in found["controles"] if one["code"] == "V02"}


def test_the_consolidated_workbook_and_data_hold_the_journal() -> None:
    result = consolidate([read(HURRIED)], PST, OBSERVED)
    sheet = opened(as_bytes(result, ".xlsx"))["Journal"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[:8] for row in rows if row[2] == "F2"] == [
        ["retour.xlsx", "Actions", "F2", "Échéance", "fin 2027", "31/12/2027", "probable",
         "année : son dernier jour"]
    ]  # fmt: skip
    assert len(rows) == len(result.journal)
    data = json.loads(as_bytes(result, ".json"))
    assert [entry["cellule"] for entry in data["journal"]] == [e.cell for e in result.journal]


def test_a_reading_to_be_confirmed_is_asked_in_the_whole_plan_too() -> None:
    result = consolidate([read(HURRIED)], PST, OBSERVED)
    (finding,) = of_code(result.report.findings, "V06")
    assert (finding.sheet, finding.read) == ("Actions", "2025-2026")
    assert finding.cell == result.merged.tables["actions"].cell("echeance", finding.row or 0)


def test_a_reading_to_be_confirmed_that_was_not_kept_is_not_asked() -> None:
    rows = [("Id", "Code action", "Échéance", "Service pilote")]
    services = [("Services",), ("Travaux",), ("Finances",)]
    returns = [
        read(grid({
            "Identification": [("Service déclarant", service)], "Listes": services,
            "Actions": [*rows, ("a1", "1.1.1", due, "Travaux")],
        }), f"{service}.xlsx")
        for service, due in (("Travaux", "31/12/2027"), ("Finances", "2025-2026"))
    ]  # fmt: skip
    result = consolidate(returns, PST, OBSERVED)
    assert of_code(result.report.findings, "V06") == []
    assert [c.other for c in result.conflicts if c.column == "Échéance"] == ["31/12/2026"]


def test_a_text_that_gave_no_value_stands_beside_its_cell_and_is_read_again() -> None:
    result = consolidate([read(HURRIED)], PST, OBSERVED)
    texts = {
        f"Avancement %{COMPANION}": ["", "", "environ 80"],
        f"Agent pilote{COMPANION}": ["", "", "à désigner"],
    }
    assert result.merged.tables["actions"].columns["avancement"] == [50.0, 40.0, None]
    assert result.merged.tables["actions"].locals == texts
    again = read(as_bytes(result, ".xlsx"))
    assert again.tables["actions"].columns["avancement"] == [50.0, 40.0, None]
    assert again.tables["actions"].locals == {}
    assert list(again.not_understood().values()) == ["environ 80"]
    assert [(e.read, e.understood) for e in journal([again])] == [("à désigner", "(aucune valeur)")]
    twice = consolidate([again], PST, OBSERVED)
    assert twice.merged.tables["actions"].locals == texts
    row = json.loads(as_bytes(twice, ".json"))["tables"]["actions"][2]
    assert row[f"local:Avancement %{COMPANION}"] == "environ 80"


def test_an_obligatory_cell_that_says_it_is_not_known_yet_is_told_once_as_such() -> None:
    report = verdict(RETURN + "\nBudget\ncode | prevu\nB1 | à chiffrer")
    found = [f.code for f in report.findings if f.column == "Prévu"]
    assert found == ["V09"]
    (finding,) = of_code(report.findings, "V09")
    assert finding.severity is Severity.WARNING
    assert "« à chiffrer »" in finding.message


@pytest.mark.parametrize(("text", "code"), [("#REF!", "V07"), ("=1+1", "V08")])
def test_a_formula_that_gives_nothing_is_told_from_a_blank(text: str, code: str) -> None:
    base = workbook(RETURN + "\nActions\ncode | avancement\n1.1.1 | 40")
    letters = read(base).tables["actions"].letters["avancement"]

    def change(book: object) -> None:
        book["Actions"][f"{letters}5"] = text  # type: ignore[index]

    one = read(damaged(base, change))
    assert one.tables["actions"].columns["avancement"] == [None]
    found = [f.code for f in check([one], PST, OBSERVED).findings if f.cell == f"{letters}5"]
    assert found == [code]
