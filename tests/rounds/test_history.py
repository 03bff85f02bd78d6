"""The history of a campaign as the commands give it: on the screen, as a workbook, for programs."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from conftest import Run
from openpyxl import load_workbook
from support.remembered import BEGUN, campaign, consolidated, row, told

from pst_excel.api.outputs import as_bytes

MANY = [row(f"1.{at}", "En cours", "10", "2027-06-30") for at in range(1, 34)]
LATER = [row(f"1.{at}", "En cours", "20", "2027-06-30") for at in range(1, 34)]


def test_the_screen_says_first_what_changed_then_each_consolidation(
    tmp_path: Path, run: Run
) -> None:
    campaign(tmp_path, BEGUN, consolidated(1, MANY), consolidated(2, LATER))
    said = run("campagne", "historique", tmp_path).output.splitlines()
    assert said[2] == "Depuis la dernière fois : n° 1 → n° 2"
    assert said[3].split("  ")[1] == "Taux moyen de réalisation"
    assert said[3].endswith("+1,0\u00a0point")
    assert "33\u00a0actions dont le suivi a changé (statut, avancement, échéance) :" in said
    assert "  1.1 Boucher les trous : avancement 10\u00a0% → 20\u00a0%" in said
    assert "  … et 23\u00a0autres." in said
    first, second = (line for line in said if line.startswith((" 1  ", " 2  ")))
    assert len(first) == len(second)
    assert max(map(len, said)) <= 120
    assert first.split()[3:8] == ["1", "1", "3", "4", "2"]


@pytest.mark.parametrize("count", [0, 1, 12])
def test_few_or_many_consolidations_are_told(count: int, tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, BEGUN, *(consolidated(at, MANY) for at in range(1, count + 1)))
    result = run("campagne", "historique", tmp_path)
    assert result.exit_code == 0
    assert sum(line[:4].strip().isdigit() for line in result.output.splitlines()) == count


def test_an_action_is_told_at_each_consolidation(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, BEGUN, consolidated(1), *(consolidated(at, MANY) for at in (2, 3)))
    said = run("campagne", "historique", tmp_path, "--action", "1.2").output.splitlines()
    assert said[0] == "1.2 Boucher les trous"
    assert said[-3].endswith("  n’y est pas")
    for line in said[-2:]:
        assert [cell.strip() for cell in line.split("  ") if cell][2:] == [
            "1.2", "En cours", "10\u00a0%", "30/06/2027",
        ]  # fmt: skip
    nobody = run("campagne", "historique", tmp_path, "--action", "9.9")
    assert (nobody.exit_code, "n’a eu le code « 9.9 »" in nobody.stderr) == (2, True)


def test_programs_get_the_same(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, BEGUN, consolidated(1, MANY[:1]), consolidated(2, LATER[:1]))
    found = json.loads(run("campagne", "historique", tmp_path, "--format", "json").output)
    assert [one["chiffres"]["progress"] for one in found["consolidations"]] == [41, 42]
    assert found["depuis_la_derniere_fois"]["ecarts"]["late"] == -1
    (row_,) = found["depuis_la_derniere_fois"]["lignes"]
    assert row_["valeurs"] == {"Avancement %": ["10", "20"]}
    one = run("campagne", "historique", tmp_path, "--action", "1.1", "--format", "json").output
    assert [each["Avancement %"] for each in json.loads(one)[0]["consolidations"]] == ["10", "20"]


def test_the_workbook_has_every_figure_and_every_row(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path / "c", BEGUN, *(consolidated(at, MANY[:2]) for at in (1, 2, 3)))
    target = tmp_path / "historique.xlsx"
    result = run("campagne", "historique", tmp_path / "c", "-o", target)
    assert f"Écrit : {target}" in result.output
    book = load_workbook(target)
    assert book.sheetnames == ["Depuis la dernière fois", "Historique", "Actions dans le temps"]
    lines = [[cell.value for cell in line] for line in book["Historique"].iter_rows(min_row=4)]
    assert lines[0][10:16] == [
        "Taux moyen de réalisation", "Actions en retard", "Taux strict (terminées)",
        "Budget prévu", "Atteinte des indicateurs", "Actions suivies",
    ]  # fmt: skip
    assert [line[10] for line in lines[1:4]] == [41, 42, 43]
    assert len(book["Historique"]._charts) == 1
    held = [cell.value for cell in book["Actions dans le temps"][6]]
    assert held == ["1.1", "Boucher les trous", "Avancement %", 10, 10, 10]


def test_a_course_is_drawn_from_three_consolidations_on() -> None:
    def charts(count: int) -> int:
        book = load_workbook(io.BytesIO(as_bytes(told(count), ".xlsx")))
        return sum(len(sheet._charts) for sheet in book)

    assert [charts(count) for count in (0, 1, 2, 3)] == [0, 0, 0, 1]


def test_the_same_history_gives_the_same_bytes() -> None:
    assert as_bytes(told(3), ".xlsx") == as_bytes(told(3), ".xlsx")
