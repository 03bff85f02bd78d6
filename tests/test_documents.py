"""What the developers' pages say of the house is true: every room is drawn, every path leads there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import ROOT, SAMPLES

PACKAGE = ROOT / "pst_excel"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*/*.md")])
RECIPES = sorted(ROOT.glob("docs/how-to/add-*.md"))  # followed to the letter by a test of theirs
PATH = re.compile(r"`([\w.]+(?:/[\w.]+)*/(?:\w+\.py)?)`")


def rooms() -> set[str]:
    return {init.parent.name for init in PACKAGE.glob("*/__init__.py")}


def test_every_room_is_drawn_and_no_other() -> None:
    (drawing,) = re.findall(r"```text\npst_excel/\n(.*?)```", CONTRIBUTING, re.DOTALL)
    assert len(drawing.splitlines()) <= 15
    named = set(re.findall(r"(?:^  |    )(\w+)/ ", drawing, re.MULTILINE))
    assert named == rooms() - {"pst", "ooxml"}  # which the sentence above the drawing tells


@pytest.mark.parametrize("page", [p for p in PAGES if p not in RECIPES], ids=lambda page: page.stem)
def test_a_path_that_a_page_names_is_there(page: Path) -> None:
    """Paths are told from the project, the package, the tests, the patcher or the samples."""
    roots = (ROOT, PACKAGE, ROOT / "tests", PACKAGE / "ooxml", SAMPLES)
    named = set(PATH.findall(page.read_text(encoding="utf-8")))
    assert [
        path for path in sorted(named) if not any((root / path).exists() for root in roots)
    ] == []
