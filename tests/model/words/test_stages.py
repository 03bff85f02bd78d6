"""What is asked of a draft, of a plan adopted, followed up, evaluated."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, OBSERVED, TOWN, read, saved, verdict, workbook

from pst_excel.checking.completeness import Completeness
from pst_excel.checking.report import check, merge_reports
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import share
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.frames import Batch

DRAFT = (
    TOWN
    + """
OS
code | intitule
1    | Être une commune où l’on roule à vélo

OO
code | code_os | intitule
1.1  | 1       | Doubler les pistes cyclables d’ici 2029
1.2  | 1       | Apaiser la circulation devant les écoles

Actions
code  | code_oo | intitule
1.1.1 | 1.1     | Aménager une piste cyclable rue de la Station
1.2.1 | 1.2     | Fermer la rue de l’École aux heures d’entrée
"""
)


def test_a_draft_of_titles_only_is_not_blamed() -> None:
    report = check([read(workbook(DRAFT))], PST, OBSERVED)
    assert report.stages == {"retour.xlsx": Stage.DRAFT}
    assert report.findings == []


def test_asked_as_a_plan_followed_up_the_same_draft_lacks_much() -> None:
    report = verdict(DRAFT, stage=Stage.FOLLOW_UP)
    assert {"V01", "R05a", "R05b", "R06a"} <= {f.code for f in report.findings}


def test_what_a_draft_still_lacks_is_counted_column_by_column() -> None:
    report = check([return_of(DRAFT, PST)], PST, OBSERVED)
    (actions,) = [part for part in report.complete if part.sheet.key == "actions"]
    lacking = dict(actions.lacking)
    assert (actions.rows, lacking["Statut"], lacking["Volet"]) == (2, 2, 2)
    assert "Type" not in lacking, "a blank is read as the default"
    assert "Intitulé" not in lacking


@pytest.mark.parametrize(
    ("said", "stage"),
    [("Brouillon", Stage.DRAFT), ("Adoption", Stage.ADOPTION), ("suivi", Stage.FOLLOW_UP),
     ("évaluation", Stage.EVALUATION)],
)  # fmt: skip
def test_the_identification_says_the_stage(said: str, stage: Stage) -> None:
    text = CLEAN.replace("population  ", f"etape | {said}\npopulation  ")
    assert read(workbook(text)).stage is stage


def test_a_workbook_that_says_how_far_an_action_is_is_followed_up() -> None:
    assert read(workbook(CLEAN)).stage is Stage.FOLLOW_UP
    assert read(workbook(DRAFT)).stage is Stage.DRAFT


def test_each_return_is_checked_at_its_own_stage() -> None:
    one, other = read(workbook(DRAFT), "projet.xlsx"), read(workbook(CLEAN), "pst.xlsx")
    other.tables["actions"].columns["service_pilote"] = [None]
    report = check([one, other], PST, OBSERVED)
    assert [(f.file, f.code) for f in report.findings] == [("pst.xlsx", "R05b")]


def test_the_score_of_actions_is_that_of_their_column() -> None:
    made = return_of(DRAFT, PST)
    report = check([made], PST, OBSERVED)
    (actions,) = [part for part in report.complete if part.sheet.key == "actions"]
    frame = Batch([made], PST, OBSERVED).counted["actions"]
    assert actions.score == pytest.approx(frame["completude"].mean())


def test_the_parts_of_a_sheet_are_said_together() -> None:
    whole = Completeness(PST["os"], 1, 1000, 1000, ())
    nearly = Completeness(PST["os"], 1, 999, 1000, (("Intitulé", 1),))
    assert (share(whole.score), share(nearly.score)) == ("100,0\u00a0%", "99,9\u00a0%")
    (both,) = Completeness.together([whole, nearly])
    assert (both.rows, both.filled, both.lacking) == (2, 1999, (("Intitulé", 1),))


def test_reports_of_two_legislatures_are_said_together() -> None:
    one = verdict(DRAFT)
    two = merge_reports([one, one], [])
    assert len(two.findings) == 2 * len(one.findings)
    assert two.rows["Actions"] == 2 * one.rows["Actions"]


def test_the_command_is_kind_to_a_draft(run: Run, tmp_path: Path) -> None:
    result = run("verifier", saved(tmp_path / "projet.xlsx", DRAFT))
    assert result.exit_code == 0
    assert "Étape « brouillon »" in result.output
    assert "Complétude : OS 33,3\u00a0%" in result.output
    assert "cellules vides dans Actions" in result.output
    assert len(result.output.splitlines()) < 15


def test_the_stage_can_be_asked(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "projet.xlsx", DRAFT)
    assert run("verifier", path, "--etape", "suivi").exit_code == 1
    wrong = run("verifier", path, "--etape", "demain")
    assert wrong.exit_code == 2
    assert "choisissez parmi brouillon, adoption, suivi, évaluation" in wrong.output
