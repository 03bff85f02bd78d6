"""Tables are checked as the workbooks that hold the same: same codes, sheets, rows and columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from support import OBSERVED, SAMPLES

from pst_excel import PST, Loaded, Stage, UsageError, check, read_files, validate
from pst_excel.checking.report import Report
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.testing import codes, each_fault, faulty, read_back, some


def places(report: Report) -> Counter[tuple[str, str, str, int | None, str]]:
    return Counter((f.code, f.file, f.sheet, f.row, f.column) for f in report.findings)


@pytest.mark.parametrize("folder", ["retours", "institutions", "auto-test"])
def test_the_tables_of_workbooks_give_the_findings_of_the_workbooks(folder: str) -> None:
    found = read_files(SAMPLES / folder)
    told = places(check(found, OBSERVED))
    assert places(validate(found.frames(), OBSERVED)) == told
    assert len(told) > 50


def test_texts_kept_in_arrow_give_the_same() -> None:
    pytest.importorskip("pyarrow", reason="no pyarrow that this numpy takes", exc_type=ImportError)
    with pd.option_context("mode.string_storage", "pyarrow"):
        found = read_files(SAMPLES / "auto-test")
        told = places(check(found, OBSERVED))
        assert places(validate(found.frames(), OBSERVED)) == told
    assert places(check(found, OBSERVED)) == told


def test_the_fault_of_each_rule_is_found_in_tables_as_in_workbooks() -> None:
    (faults,) = some(each_fault(), 1)
    returns = [fault.filled for fault in faults]
    was = [replace(one.before, file=one.file) for one in returns if one.before is not None]
    report = check(Loaded(returns, []), OBSERVED, stage=Stage.EVALUATION)
    tables, before = Loaded(returns, []).frames(), Loaded(was, []).frames()
    told = validate(tables, OBSERVED, stage=Stage.EVALUATION, before=before)
    assert places(told) == places(report)
    assert {f.code for f in told.findings} >= {rule.code for rule in PST.rules}


OF_CELLS = [code for code in codes() if code in CATALOGUE and code.startswith("V")]
"""A column that a file lacks, and tells (S02, S03), is there in a table, blank."""


@pytest.mark.parametrize("code", OF_CELLS)
def test_what_is_typed_in_a_cell_is_found_in_tables_as_in_its_workbook(code: str) -> None:
    (fault,) = some(faulty(code), 1)
    found = Loaded([read_back(fault.workbook, "retour.xlsx")], [])
    told = places(check(found, OBSERVED, stage=Stage.EVALUATION))
    assert places(validate(found.frames(), OBSERVED, stage=Stage.EVALUATION)) == told
    assert code in {place[0] for place in told}


def test_what_a_person_typed_is_read_as_in_a_cell() -> None:
    typed = {
        "actions": pd.DataFrame({
            "code": ["1.1.1", "1.1.2", "1.1.3"],
            "intitule": ["Bâtir", "Jouer", "Chanter"],
            "avancement": ["50 %", "beaucoup", 140],
            "echeance": ["31/12/27", "demain", pd.Timestamp(2027, 5, 1)],
            "statut": ["en cours", "Presque fini", None],
        })
    }  # fmt: skip
    report = validate(typed, OBSERVED, stage="suivi")
    told = {(f.code, f.row, f.subject.column) for f in report.findings if f.code.startswith("V")}
    assert {
        ("V02", 6, "avancement"), ("V04", 7, "avancement"), ("V02", 6, "echeance"),
        ("V03", 6, "statut"), ("V01", 7, "statut"),
    } <= told  # fmt: skip
    assert not {cell for cell in told if cell[1] == 5 and cell[2] in typed["actions"]}
    understood = {(e.read, e.understood) for e in report.journal}
    assert {("31/12/27", "31/12/2027"), ("en cours", "En cours")} <= understood


def test_rows_keep_the_number_that_they_say_whatever_their_order() -> None:
    actions = read_files(SAMPLES / "retours")["actions"]
    some = actions[actions["fichier"] == "PST_Valbruyere_travaux.xlsx"].copy()
    some["statut"] = some["statut"].astype("str")
    some.iloc[3, some.columns.get_loc("statut")] = "Presque fini"
    row, ident = int(some.iloc[3]["ligne"]), some.index[3]
    for table in (some, some.iloc[::-1]):
        (finding,) = [f for f in validate({"actions": table}, OBSERVED).findings
                      if f.code == "V03" and f.subject.column == "statut"]  # fmt: skip
        assert (finding.row, finding.id) == (row, ident)


def test_nothing_that_is_given_is_changed() -> None:
    frames = read_files(SAMPLES / "retours" / "PST_Valbruyere_travaux.xlsx").frames()
    before = {key: frame.copy(deep=True) for key, frame in frames.items()}
    validate(frames, OBSERVED)
    for key, frame in frames.items():
        pd.testing.assert_frame_equal(frame, before[key])


def test_a_table_written_by_pandas_and_read_again_gives_the_same(tmp_path: Path) -> None:
    found = read_files(SAMPLES / "retours" / "PST_Valbruyere_travaux.xlsx")
    told = places(check(found, OBSERVED))
    again = {}
    for key, frame in found.frames().items():
        frame.to_csv(tmp_path / f"{key}.csv")
        again[key] = pd.read_csv(tmp_path / f"{key}.csv", dtype=str, index_col=0)
        if frame.index.name is None:
            again[key] = again[key].rename_axis(None)
    assert places(validate(again, OBSERVED)) == told


def test_a_table_of_no_sheet_is_told() -> None:
    with pytest.raises(KeyError, match="action"):
        validate({"action": pd.DataFrame()})


def test_an_empty_table_has_nothing_wrong_but_what_it_lacks() -> None:
    report = validate({"actions": pd.DataFrame(columns=[c.key for c in PST["actions"].inputs])})
    assert not [f for f in report.findings if f.sheet == "Actions"]


TYPED = pd.DataFrame({
    "code": ["1.1.1", "1.1.2"], "intitule": ["Bâtir une crèche", "Ouvrir une ludothèque"],
    "statut": ["En courss", "En cours"], "avancement": [150, 20], "echeance": ["fin 2027", "demain"],
})  # fmt: skip


def of_cells(report: Report) -> set[tuple[str, int | None, str]]:
    return {(f.code, f.row, f.subject.column) for f in report.findings if f.code.startswith("V")}


def test_french_headings_are_understood() -> None:
    found = read_files(SAMPLES / "retours" / "PST_Valbruyere_travaux.xlsx")
    told = places(validate(found.frames(), OBSERVED))
    assert places(validate(found.frames(labels=True), OBSERVED)) == told


def test_a_heading_that_is_nearly_one_is_told_and_its_cells_are_read() -> None:
    near = validate({"actions": TYPED.rename(columns={"echeance": "echeances"})}, OBSERVED)
    assert of_cells(near) >= of_cells(validate({"actions": TYPED}, OBSERVED))
    assert [f.read for f in near.findings if f.code == "S08"] == ["echeances"]


def test_what_is_not_given_is_not_missed() -> None:
    codes = {f.code for f in validate({"actions": TYPED}, OBSERVED).findings}
    assert not codes & {"S01", "S03"}


def test_a_strict_reading_understands_nothing_but_what_is_written_as_asked() -> None:
    tolerant = of_cells(validate({"actions": TYPED}, OBSERVED))
    strict = of_cells(validate({"actions": TYPED}, OBSERVED, strict=True))
    assert strict - tolerant == {("V03", 5, "statut"), ("V02", 5, "echeance")}


def test_the_journal_says_the_row_of_what_was_understood() -> None:
    journal = validate({"actions": TYPED}, OBSERVED).journal.to_frame()
    (row,) = journal.query("lu == 'En courss'").to_dict("records")
    assert (row["ligne"], row["champ"], row["compris"]) == (5, "statut", "En cours")


def test_tables_that_cannot_be_read_are_told() -> None:
    for given, words in (
        ({}, "aucun tableau"),
        ({"identification": pd.DataFrame({"nom": ["Valbruyère"]})}, "aucun tableau de lignes"),
        ({"actions": TYPED, "identification": pd.DataFrame({"nom": ["A", "B"]})}, "a 2 lignes"),
        ({"actions": TYPED.assign(fichier=["a.xlsx", None])}, "sans « fichier »"),
        ({"actions": TYPED.assign(ligne=[5, 5])}, "n’est pas le numéro d’une seule ligne"),
        ({"actions": TYPED.assign(ligne=[4, 5])}, "« 4 »"),
        ({"actions": TYPED.assign(ligne=[None, 5])}, "retirez la colonne « ligne »"),
        ({"actions": pd.concat([TYPED, TYPED], axis=1)}, "deux colonnes"),
    ):
        with pytest.raises(UsageError, match=words):
            validate(given)


def test_a_cell_that_is_no_value_at_all_is_a_finding() -> None:
    odd = TYPED.assign(avancement=[[1, 2], {"a": 1}])
    assert {("V02", 5, "avancement"), ("V02", 6, "avancement")} <= of_cells(
        validate({"actions": odd}, OBSERVED)
    )
