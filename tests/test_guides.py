"""The guides say what the screens say, in the same words; that of the agent fits two pages.

Printed on A4 in Carlito at 10,5 points, pictures across the page, what is bounded here takes two.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from support import ROOT
from support.window.small import same_pixels, small_png

from pst_excel.model.figures.boards import Board
from pst_excel.model.row_status import COMPLETE, LENT, TO_FILL, TO_UPDATE, TO_VERIFY
from pst_excel.model.schema import PARTNER, REFERENCE
from pst_excel.pst import PST
from pst_excel.pst import vocabularies as v

GUIDES = ROOT / "docs" / "guides"
AGENT = (GUIDES / "agent.md").read_text(encoding="utf-8")
PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.png"))
SHOWN = re.compile(r"!\[[^\]]*\]\(([^)]*)\)")
PAGES = [board.key.replace("_", "-") for board in PST.boards if isinstance(board, Board)]
PAGE = 120_000  # bytes of the picture of a whole page: A4, small print
WORDS, HEIGHTS = 850, 1.1  # heights of the pictures, in widths of the page


def size(picture: Path) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", picture.read_bytes(), 16)
    return width, height


def table(heading: str) -> list[list[str]]:
    """Return the rows of the guide's table that has a heading."""
    rows = AGENT.partition(f"| {heading} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_guide_of_the_agent_fits_two_pages() -> None:
    shown = [size((GUIDES / path).resolve()) for path in SHOWN.findall(AGENT)]
    assert len(SHOWN.sub("", AGENT).split()) <= WORDS
    assert len(shown) <= 4
    assert sum(height / width for width, height in shown) <= HEIGHTS


def test_each_column_that_is_updated_is_told_in_its_order() -> None:
    told = [label for cell, _ in table("Colonne") for label in re.findall(r"\*\*(.*?)\*\*", cell)]
    first = next(column.band for column in PST["actions"].columns if column.band)
    assert told == [c.label for c in PST["actions"].columns if c.band == first]
    assert ", ".join(choice.label for choice in v.STATUTS.choices) in AGENT
    labels = [choice.label for choice in v.SANTE.choices]
    assert f"{', '.join(labels[:-1])} ou {labels[-1]}" in AGENT


def test_the_states_of_a_row_are_those_of_the_screen() -> None:
    states = [TO_UPDATE, TO_FILL.format(2), TO_VERIFY.format(1), COMPLETE]
    lent = ", ".join(LENT.format(role) for role in (REFERENCE, PARTNER))
    assert [state for state, _ in table("Saisie")] == [*states, lent]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.stem)
def test_a_picture_is_shown_somewhere_and_is_a_small_file(picture: Path) -> None:
    pages = [*ROOT.glob("*.md"), *GUIDES.glob("*.md")]
    paths = {(page.parent / path).resolve() for page in pages
             for path in SHOWN.findall(page.read_text(encoding="utf-8"))}  # fmt: skip
    assert picture in paths
    assert picture.stat().st_size < (PAGE if picture.stem in PAGES else 50_000)


def test_each_page_of_the_boards_is_told_in_its_order_and_shown() -> None:
    told = (GUIDES / "tableaux-de-bord.md").read_text(encoding="utf-8")
    questions = [heading.lower() for heading in re.findall("^## (.*)$", told, re.MULTILINE)]
    boards = [board for board in PST.boards if isinstance(board, Board)]
    assert [q for q, board in zip(questions, boards, strict=True)
            if not q.endswith(board.question.lower())] == []  # fmt: skip
    assert [Path(path).stem for path in SHOWN.findall(told)] == list(PAGES)


def test_a_picture_of_many_colors_keeps_the_most_frequent() -> None:
    white, rows = b"\xff" * 3, [bytes((n, n, at)) for at in range(3) for n in range(250)]
    picture = small_png([white * 750, b"".join(rows)])
    assert same_pixels(picture, small_png([white * 750, b"".join(rows)]))
    assert not same_pixels(picture, small_png([white * 750, b"".join(reversed(rows))]))
    assert picture.count(b"PLTE") == 1
