"""The report as JSON keeps its contract; the files that are passed over are named."""

from __future__ import annotations

import json
import re
from pathlib import Path

from conftest import Run
from support import CLEAN, RETURN, saved
from support.commands import FAULTY

from pst_excel.model.findings import Severity

KEYS = ["code", "gravite", "fichier", "feuille", "cellule", "ligne", "id", "element",
        "designation", "service", "message", "lu", "attendu", "remede", "derogation"]  # fmt: skip


def test_the_other_files_of_a_folder_are_named(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", CLEAN)
    for name in ("lettre.docx", "retour.zip", "~$a.xlsx", ".cache"):
        saved(tmp_path / name, b"x")
    screen = run("verifier", tmp_path).stderr
    assert "(.xlsx, .xls, .ods …) : lettre.docx et retour.zip." in screen
    (tmp_path / "lettre.docx").unlink()
    (tmp_path / "retour.zip").unlink()
    assert run("verifier", tmp_path).stderr == ""


def test_json_has_the_keys_of_the_contract(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", FAULTY)
    result = run("verifier", path, "--format", "json")
    report = json.loads(result.stdout)
    (finding,) = report["controles"]
    assert result.exit_code == 1
    assert list(report) == ["controles", "leves", "journal", "illisibles"]
    assert list(finding) == KEYS
    assert finding["code"] == "V04"
    assert finding["gravite"] == "erreur"
    assert (finding["fichier"], finding["feuille"], finding["ligne"]) == ("a.xlsx", "Budget", 5)
    assert re.fullmatch(r"[A-Z]+5", finding["cellule"])
    assert finding["id"]
    assert (finding["element"], finding["service"], finding["derogation"]) == ("B1", "", "")
    assert finding["designation"] == "ligne de budget B1"


def test_json_without_findings_has_empty_lists(run: Run, tmp_path: Path) -> None:
    result = run("verifier", saved(tmp_path / "a.xlsx", CLEAN), "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "controles": [],
        "leves": [],
        "journal": [],
        "illisibles": [],
    }


def test_json_says_the_severity_and_the_service_of_each_finding(run: Run, tmp_path: Path) -> None:
    text = RETURN + "\nActions\ncode | intitule | statut\n1.1.1 | Planter | En cours"
    found = json.loads(run("verifier", saved(tmp_path / "a.xlsx", text), "--format", "json").stdout)
    assert {finding["gravite"] for finding in found["controles"]} == {
        "erreur",
        "avertissement",
        "conseil",
    }
    assert {finding["service"] for finding in found["controles"]} == {"Travaux"}
    assert {
        finding["element"] for finding in found["controles"] if finding["feuille"] == "Actions"
    } == {"1.1.1"}
    assert list(Severity) == ["erreur", "avertissement", "conseil", "à l’essai"]


def test_json_stays_json_when_a_file_is_refused(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", FAULTY)
    saved(tmp_path / "b.xlsx", b"")
    result = run("verifier", tmp_path, "--format", "json")
    assert result.exit_code == 3
    report = json.loads(result.stdout)
    assert [finding["fichier"] for finding in report["controles"]] == ["a.xlsx"]
    assert [refusal["fichier"] for refusal in report["illisibles"]] == ["b.xlsx"]
