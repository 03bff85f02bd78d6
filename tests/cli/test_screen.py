"""What others wrote reaches the screen as signs to look at, never as commands of a terminal."""

from __future__ import annotations

import ast
import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from support import CLEAN, ROOT, damaged, saved, workbook

from pst_excel.cli.screen import harmless, say, say_data

ESCAPE = "\x1b[2J\x1b]0;titre\x07"
TURNED = "\u202exslx.exe"
FORGED = "Bon\r\n✔ Sans remarque : tout.\x9b31m\u2028\x7f"
COMMANDS = {
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(character) in ("Cc", "Zl", "Zp")
    or unicodedata.bidirectional(character) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI",
                                                "FSI", "PDI")
}  # fmt: skip


def obeyed(text: str) -> set[str]:
    """Return the signs of command that a text has, but for the ends of its lines."""
    return COMMANDS & set(text.replace("\n", ""))


def test_no_sign_of_command_is_left_in_a_line() -> None:
    assert not COMMANDS & set(harmless("".join(sorted(COMMANDS))))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Une action « bien » écrite, 40 % 🚲", "Une action « bien » écrite, 40 % 🚲"),
        ("\x1b[2Jrien", "␛[2Jrien"),
        ("a\nb", "a ⏎ b"),
        ("a\tb", "a b"),
        ("fdp\u202exslx", "fdp�xslx"),
        ("\x7f\x9b", "␡�"),
    ],
)
def test_a_sign_of_command_is_shown(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_a_text_cannot_forge_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    say(FORGED, "fin")
    assert capsys.readouterr().out.splitlines() == [harmless(FORGED), "fin"]


def test_a_document_for_programs_keeps_every_character(capsys: pytest.CaptureFixture[str]) -> None:
    document = {"lu": "".join(sorted(COMMANDS)) + "é"}
    say_data(document)
    out = capsys.readouterr().out
    assert not obeyed(out)
    assert "é" in out
    assert json.loads(out) == document


def _talks(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("echo", "secho", "print")


def test_nothing_else_writes_on_the_screen() -> None:
    found = [
        path.name
        for path in sorted((ROOT / "pst_excel").rglob("*.py"))
        if any(map(_talks, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    ]
    assert found == ["screen.py"]


def hostile(book: Any) -> None:
    """Put signs of command in a cell, a list, a title of a sheet and the name of the institution.

    Excel writes those that XML does not know as _x001B_.
    """
    for place, text in (("D5", ESCAPE), ("I5", TURNED), ("J5", FORGED)):
        sheet = book["Actions"]
        sheet[place] = text.replace("\x1b", "_x001B_").replace("\x07", "_x0007_")
    book["Identification"]["C6"] = "Val\u202ebruyère"
    book.create_sheet(f"Suivi {TURNED}")["A1"] = 1


@pytest.mark.parametrize("form", ["texte", "json"])
def test_verifier_shows_what_a_workbook_and_its_name_hold(
    run: Run, tmp_path: Path, form: str
) -> None:
    name = f"retour {ESCAPE}{TURNED}.xlsx".replace("/", "")
    saved(tmp_path / "retours" / name, damaged(workbook(CLEAN), hostile))
    options = ("--journal", "--annoter", tmp_path / "a", "--format", form)
    result = run("verifier", tmp_path / "retours", *options)
    assert "retour" in result.stdout
    assert not obeyed(result.stdout + result.stderr)


def test_what_is_refused_is_named_without_obeying(run: Run, tmp_path: Path) -> None:
    for at, name in enumerate((f"vide{ESCAPE}.xlsx", f"note{TURNED}.txt")):
        saved(tmp_path / name, b"x" * at)
    result = run("consolider", tmp_path, "-o", tmp_path / "PST.xlsx")
    assert "vide" in result.stderr
    assert "note" in result.stderr
    assert not obeyed(result.stdout + result.stderr)
