"""The screen says what was found: where, what was read and expected, what to do, in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, TOWN, damaged, grid, saved
from support.annotated import controls
from support.commands import FAULTY
from support.good import GOOD

WARNED = CLEAN.replace(
    "31/12/2027 | 01/03/2026     | En cours", "30/09/2026 | 01/03/2026     | En cours"
)


@pytest.mark.parametrize(
    ("content", "code"), [(CLEAN, 0), (WARNED, 0), (FAULTY, 1)], ids=["clean", "warned", "faulty"]
)
def test_the_exit_code_says_whether_there_are_errors(
    run: Run, tmp_path: Path, content: str, code: int
) -> None:
    assert run("verifier", saved(tmp_path / "a.xlsx", content)).exit_code == code


def test_a_warning_is_told_though_it_is_no_error(run: Run, tmp_path: Path) -> None:
    assert "[R10a]" in run("verifier", saved(tmp_path / "a.xlsx", WARNED)).stdout


def test_a_missing_sheet_is_an_error_with_its_remedy(run: Run, tmp_path: Path) -> None:
    data = damaged(GOOD, lambda book: book.remove(book["OO"]))
    result = run("verifier", saved(tmp_path / "a.xlsx", data))
    assert result.exit_code == 1
    assert "La feuille « OO » manque." in result.stdout
    assert "Rétablissez la feuille « OO »" in result.stdout


def test_a_missing_heading_is_an_error_with_its_remedy(run: Run, tmp_path: Path) -> None:
    data = grid({"Actions": [["Code action", "Intitulé"], ["1.1.1", "Planter"]]})
    result = run("verifier", saved(tmp_path / "a.xlsx", data))
    assert result.exit_code == 1
    assert "La colonne « Statut » manque." in result.stdout


def test_findings_say_cells_what_was_read_what_is_expected_and_what_to_do(
    run: Run, tmp_path: Path
) -> None:
    rows = "\n".join(f"1.1.{n} | 140" for n in range(1, 6))
    text = f"{TOWN}\nActions\ncode | avancement\n{rows}"
    screen = run("verifier", saved(tmp_path / "a.xlsx", text)).stdout.replace("\u00a0", " ")
    lines = [line.strip() for line in screen.splitlines()]
    start = lines.index("Actions, « Avancement % » — Un nombre sort des limites [V04]")
    for row in range(5, 10):
        place = rf"Actions![A-Z]+{row}, action 1\.1\.{row - 4}"
        assert re.fullmatch(place, lines[start + row - 4])
    meanwhile = "En attendant, l’action n’entre pas dans les taux d’avancement."
    assert f"· « Avancement % » vaut 140 %. {meanwhile}" in lines[start:]
    assert "lu : 140 %" in lines[start:]
    assert "attendu : un nombre entre 0 et 100" in lines[start:]
    assert "à faire : Corrigez le nombre." in lines[start:]


def test_of_very_many_the_last_are_cells_alone(run: Run, tmp_path: Path) -> None:
    rows = "\n".join(f"1.1.{n} | 140" for n in range(1, 41))
    text = f"{TOWN}\nActions\ncode | avancement\n{rows}"
    screen = run("verifier", saved(tmp_path / "a.xlsx", text)).stdout.replace("\u00a0", " ")
    start = screen.index("« Avancement % » — Un nombre sort des limites [V04]")
    assert re.search(
        r", action 1\.1\.25\n      et 15 autres : Actions!(?P<letters>[A-Z]+)30 à (?P=letters)44\n",
        screen[start:],
    )


def test_points_that_a_copy_lists_as_one_are_said_to_be_more_on_the_screen(
    run: Run, tmp_path: Path
) -> None:
    rows = "\n".join(f"1.1.{n} | {140 if n < 102 else 0}" for n in range(1, 104))
    text = f"{TOWN}\nActions\ncode | avancement\n{rows}"
    path = saved(tmp_path / "a.xlsx", text)
    screen = run("verifier", path, "--annoter", tmp_path / "rendus", "--etape", "brouillon").stdout
    lines = screen.replace("\u00a0", " ").splitlines()
    (total,) = [line for line in lines if line.startswith("1 classeur lu, au 31/10/2026 : ")]
    count = re.findall(r": (\d+) points à voir", total)[0]
    (copy,) = [line for line in lines if line.startswith("  a.xlsx : ")]
    said = [str(line["Remarque"]) for line in controls((tmp_path / "rendus/a.xlsx").read_bytes())]
    cells = [re.search(r": (\d+)\xa0cellules", words) for words in said]
    assert sum(int(many[1]) if many else 1 for many in cells) == int(count)
    assert copy.startswith(f"  a.xlsx : {len(said)} points à voir")
    more = f" ; {count} points à voir à l’écran, dits ensemble dès que plus de 100 se ressemblent"
    assert copy.endswith(more)


def test_the_worst_comes_first_and_the_good_news_last(run: Run, tmp_path: Path) -> None:
    screen = run("verifier", saved(tmp_path / "a.xlsx", FAULTY.replace("| 15/10/2026", "|"))).stdout
    places = [screen.find(word) for word in ("ERREUR", "CONSEIL", "Sans remarque")]
    found = [place for place in places if place >= 0]
    assert places[0] >= 0
    assert places[2] >= 0
    assert found == sorted(found)


def test_the_good_news_is_counted(run: Run, tmp_path: Path) -> None:
    text = CLEAN.replace("\nIndicateurs\n", "1.1.2 | 1.1 | | | | | | | | | | | |\n\nIndicateurs\n")
    screen = run("verifier", saved(tmp_path / "a.xlsx", text)).stdout.replace("\u00a0", " ")
    assert re.search(r"Sans remarque : .*\b1 action sur 2\b", screen)


def test_the_date_of_observation_may_be_given(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", CLEAN)
    assert "[R10a]" not in run("verifier", path).stdout
    assert "[R10a]" in run("verifier", path, "--date", "2028-01-01").stdout
