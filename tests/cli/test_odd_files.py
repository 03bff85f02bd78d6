"""What has the name of a workbook and is no file is said at once; the other files go on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, saved
from support.commands import ENGLISH, sentences

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipe has a name here")

ONE = ("verifier", "consolider", "moderniser", "preparer", "comparer", "comparer-versions", "dou")


@pytest.fixture
def tube(tmp_path: Path) -> Path:
    path = tmp_path / "retours" / "tube.xlsx"
    path.parent.mkdir()
    os.mkfifo(path)
    return path


def asked(command: str, odd: Path, folder: Path) -> list[str | Path]:
    """Return a command line in which this file is the first one to be read."""
    good, target = saved(folder / "bon.xlsx", CLEAN), folder / "resultat.xlsx"
    return {
        "verifier": [odd],
        "consolider": [odd, "-o", target],
        "moderniser": [odd, "-o", target],
        "preparer": [odd, "-o", folder / "envois"],
        "comparer": [odd, "-o", target],
        "comparer-versions": [odd, good],
        "dou": [odd, "Actions!B2"],
    }[command]


@pytest.mark.parametrize("command", ONE)
def test_a_command_refuses_a_pipe_in_one_sentence(
    run: Run, tmp_path: Path, tube: Path, command: str
) -> None:
    result = run(command, *asked(command, tube, tmp_path))
    (sentence,) = sentences(result.output)
    assert result.exit_code in (2, 3)
    assert "un tube" in sentence
    assert "tube.xlsx" in sentence
    assert not ENGLISH.search(sentence)


@pytest.mark.parametrize("option", ["--precedent", "--derogations"])
def test_what_serves_a_check_is_a_file_as_well(
    run: Run, tmp_path: Path, tube: Path, option: str
) -> None:
    good = saved(tmp_path / "bon.xlsx", CLEAN)
    result = run("verifier", good, option, tube)
    assert result.exit_code == 2
    assert "est un tube" in result.stderr


def test_what_serves_a_consolidation_is_a_file_as_well(
    run: Run, tmp_path: Path, tube: Path
) -> None:
    good, target = saved(tmp_path / "bon.xlsx", CLEAN), tmp_path / "PST.xlsx"
    result = run("consolider", good, "-o", target, "--reference", tube)
    assert result.exit_code == 2
    assert "est un tube" in result.stderr
    result = run("consolider", good, "-o", target, "--envois", tube.parent)
    assert "un tube" in result.output


def test_odd_files_of_a_folder_are_refused_and_the_others_go_on(
    run: Run, tmp_path: Path, tube: Path
) -> None:
    folder = tube.parent
    saved(folder / "bon.xlsx", CLEAN)
    (folder / "lien.xlsx").symlink_to("absent.xlsx")
    (folder / "rond.xlsx").symlink_to("rond.xlsx")
    saved(folder / "dossier.xlsx" / "aussi bon.xlsx", CLEAN)
    target = tmp_path / "PST.xlsx"
    result = run("consolider", folder, "-o", target)
    assert result.exit_code == 3
    assert target.exists()
    for name, kind in {
        "tube.xlsx": "c’est un tube",
        "lien.xlsx": "c’est un lien vers un fichier qui n’existe pas",
        "rond.xlsx": "vérifiez le disque",
    }.items():
        assert f"✖ {name} : le fichier ne peut pas être ouvert" in result.output
        assert kind in result.output
    assert "archives n’ont pas pu" not in result.output


def test_a_target_that_is_a_pipe_is_refused(run: Run, tmp_path: Path, tube: Path) -> None:
    good = saved(tmp_path / "bon.xlsx", CLEAN)
    result = run("consolider", good, "-o", tube)
    assert result.exit_code == 2
    assert "est un tube ; donnez un nom de fichier" in result.stderr
