"""Help and wrong usages are said in French."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from conftest import Run
from support.commands import ENGLISH, sentences

from pst_excel import __version__
from pst_excel.cli.campaign import campagne
from pst_excel.cli.commands import cli

EVERY = ("", *cli.commands, *(f"campagne {name}" for name in campagne.commands))
COMMANDS = ("demo", "modele", "preparer", "moderniser", "verifier", "consolider", "comparer")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_is_french(run: Run, command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "Usage :" in result.stdout
    assert not ENGLISH.search(result.stdout)
    assert "Affiche cette aide." in result.stdout


@pytest.mark.parametrize("command", EVERY)
def test_two_names_of_an_option_ask_for_help(run: Run, command: str) -> None:
    short, long = (run(*command.split(), name) for name in ("-h", "--help"))
    assert (short.exit_code, short.stdout) == (0, long.stdout)
    assert "-h, --help" in short.stdout


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (("verifer", "a.xlsx"), "« verifier »"),
        (("comparer-version",), "« comparer-versions »"),
        (("verifier", "a.xlsx", "--etap", "suivi"), "« --etape »"),
        (("verifier", "a.xlsx", "--etape", "adpotion"), "« adoption »"),
        (("verifier", "a.xlsx", "--format", "jsn"), "« json »"),
        (("modele", "m.xlsx", "--type", "comune"), "« commune »"),
        (("verifier", ".", "--limite", "ligne=3"), "« lignes »"),
        (("regles", "R10a1"), "« R10a »"),
    ],
)
def test_the_nearest_name_is_proposed(run: Run, arguments: tuple[str, ...], near: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert f"(est-ce {near}" in result.stderr


def test_the_help_names_the_commands(run: Run) -> None:
    screen = run("--help").stdout
    assert all(re.search(rf"^  {command}  +\S", screen, re.MULTILINE) for command in COMMANDS)


@pytest.mark.parametrize("command", EVERY)
def test_the_version_is_told_after_any_command(run: Run, command: str) -> None:
    assert run(*command.split(), "--version").stdout == f"pst-excel {__version__}\n"


def test_bash_is_told_the_commands_that_begin_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PST_EXCEL_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "pst-excel campagne re")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert run().stdout.split() == ["plain,recevoir", "plain,reemettre", "plain,reparer"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("verifier",),
        ("verifer", "a.xlsx"),
        ("verifier", "a.xlsx", "--format", "pdf"),
        ("verifier", "a.xlsx", "--date", "31/13/2026"),
        ("verifier", "a.xlsx", "--inconnu"),
        ("consolider", "a.xlsx"),
        ("modele",),
        ("modele", "m.xlsx", "--type", "ville"),
        ("modele", "m.xlsx", "n.xlsx"),
        ("modele", "m.xlsx", "--ins"),
    ],
    ids=" ".join,
)
def test_a_command_wrongly_written_is_said_in_french(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    sentence, help_page = sentences(result.stderr)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.fullmatch(r"Erreur : .+\.", sentence)
    assert re.fullmatch(r"L’aide : pst-excel.* --help", help_page)
    assert not ENGLISH.search(result.stderr)


def test_the_command_alone_shows_its_help(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Usage :" in result.output
    assert not ENGLISH.search(result.output)


@pytest.mark.parametrize(
    ("step", "said"),
    [("avant", "aucun résultat n’a été écrit"), ("après", "le résultat est écrit")],
)
def test_an_interrupt_says_whether_the_result_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, said: str
) -> None:
    exchange = os.replace

    def interrupted(source: Path, target: Path) -> None:
        if step == "après":
            exchange(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    result = run("modele", tmp_path / "modele.xlsx")
    assert result.exit_code == 130
    assert sentences(result.stderr) == [
        f"Interrompu : {said} ; aucun fichier n’est écrit à moitié."
    ]
    assert (tmp_path / "modele.xlsx").exists() == (step == "après")
    assert len(list(tmp_path.iterdir())) == (step == "après")
