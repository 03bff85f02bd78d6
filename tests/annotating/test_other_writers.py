"""Rounds of annotation between which people edit the copy with other programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from support import OBSERVED, column_of, read, workbook
from support.annotated import FAULTY
from support.office import libreoffice, recalculated
from support.ooxml.resaved import WRITERS
from support.repairs import complaints

from pst_excel.annotating.control_sheet import round_in
from pst_excel.annotating.workbook import AUTHOR, DOUBT, annotated
from pst_excel.checking.report import check
from pst_excel.checking.rounds import Round
from pst_excel.model.findings import Finding
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.titles import CONTROLS
from pst_excel.ooxml.package.names import local
from pst_excel.ooxml.workbook import Workbook
from pst_excel.pst import PST

OURS = f"——— {AUTHOR.format(PST.short)} ———"
ROW = HEADING_ROW + 1
CELLS: dict[tuple[str, str], tuple[Any, ...]] = {
    ("actions", "avancement"): (40, 140, "bientôt", 60),
    ("actions", "statut"): ("En cours", "Fini vite"),
    ("actions", "commentaire"): ("Vu avec le chef", "=1+1"),
    ("budget", "prevu"): (250000, -1, 12.5),
    ("oo", "intitule"): ("Doubler les pistes", None),
}
"""What people type in the first row of some sheets: right, wrong, or neither."""
AWAY = (("Actions", "A60"), ("OS", "B3"), ("Listes", "C9"))
Edit = tuple[tuple[str, str], Any]
edits = st.sampled_from([(cell, value) for cell, values in CELLS.items() for value in values])
noted = st.sampled_from([*CELLS, *AWAY])
rounds = st.lists(
    st.tuples(st.sampled_from(sorted(WRITERS)), edits, noted, st.integers(0, 999)),
    min_size=2, max_size=3,
)  # fmt: skip


@cache
def address(cell: tuple[str, str]) -> tuple[str, str]:
    """Return the title and the address of a cell, where it is given by keys."""
    if cell in AWAY:
        return cell
    sheet = PST[cell[0]]
    at = column_of(workbook(FAULTY), sheet.title, sheet[cell[1]].label)
    return sheet.title, Workbook(workbook(FAULTY))[sheet.title].at(ROW, at).ref


@dataclass
class Copy:
    """A return that goes to and fro, and all that people did to it."""

    data: bytes
    typed: dict[tuple[str, str], Any] = field(default_factory=dict)
    notes: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    open: set[tuple[str, str]] = field(default_factory=set)

    def edit(self, edit: Edit, noted: tuple[str, str], words: str) -> None:
        book = Workbook(self.data)
        (title, ref), value = address(edit[0]), edit[1]
        book[title].cell(ref).set(value)
        self.typed[(title, ref)] = value
        title, ref = address(noted)
        book[title].cell(ref).add_note(words, "Julie")
        self.notes.setdefault((title, ref), []).append(words)
        self.data = book.to_bytes()

    def hand_back(self) -> None:
        """Annotate it, and hold what must hold after any number of rounds."""
        returned = read(self.data)
        findings = check([returned], PST, OBSERVED).findings
        self.data, given_back = annotated(returned, findings, self.data)
        assert inputs_of(read(self.data)) == inputs_of(returned)
        book = Workbook(self.data)
        self._kept(book)
        self._marked(book, findings)
        told = round_in(book, "Contrôles")
        assert told is not None
        assert words_of(told) == words_of(given_back)
        now = {(f.code, f.cell) for f in findings}
        assert {(one.finding.code, one.finding.cell) for one in told.open} == now
        solved = {(one.finding.code, one.finding.cell) for one in told.followed} - now
        assert self.open - now <= solved
        assert [title for title in book.titles if title in CONTROLS] == ["Contrôles"]
        self.open = now

    def _kept(self, book: Workbook) -> None:
        for (title, ref), value in self.typed.items():
            assert book[title].cell(ref).value == value
        for (title, ref), words in self.notes.items():
            note = book[title].cell(ref).note
            assert note is not None
            assert [word for word in words if word not in note.text] == []

    def _marked(self, book: Workbook, findings: list[Finding]) -> None:
        for sheet in book.sheets:
            if sheet.title == "Contrôles":
                continue
            doubtful = {f.cell for f in findings if f.sheet == sheet.title and f.cell}
            ours = {ref: note.text.count(OURS) for ref, note in sheet.notes.items()}
            assert {ref: times for ref, times in ours.items() if times} == dict.fromkeys(
                doubtful, 1
            )
            places = [(r, c) for area in sheet.marked(DOUBT)
                      for r in range(area.top, area.bottom + 1)
                      for c in range(area.left, area.right + 1)]  # fmt: skip
            assert Counter(places) == Counter(
                (sheet.cell(ref).row, sheet.cell(ref).column) for ref in doubtful
            )
            rules = [r for r in sheet.root.iter() if local(r) == "cfRule"]
            tagged = [r for r in rules if f'"{DOUBT}"' in "".join(r.itertext())]
            worst = {f.severity for f in findings if f.sheet == sheet.title and f.cell}
            assert len(tagged) <= len(worst)


def inputs_of(returned: Any) -> dict[str, dict[str, list[Any]]]:
    """Return what people typed in each sheet, by column."""
    return {
        key: {c.key: table.columns[c.key] for c in PST[key].inputs if c.key in table.columns}
        for key, table in returned.tables.items()
    }


def words_of(told: Round) -> list[tuple[str, ...]]:
    """Return what each line of the controls says."""
    return [
        (str(one.state), f.code, f.sheet, f.cell, f.record, f.message, f.read, one.key)
        for one in told.followed
        for f in (one.finding,)
    ]


SEVERAL = [
    ("Google Sheets", (("budget", "prevu"), 250000), ("budget", "prevu"), 1),
    ("openpyxl", (("actions", "avancement"), 140), ("Actions", "A60"), 2),
    ("WPS", (("oo", "intitule"), None), ("actions", "avancement"), 3),
    ("renumbering", (("actions", "avancement"), 40), ("OS", "B3"), 4),
]


@settings(max_examples=3, phases=(Phase.explicit, Phase.generate))  # a round takes half a second
@given(rounds)
@example(SEVERAL)
def test_rounds_through_other_programs_lose_nothing_and_leave_no_pile(
    drawn: list[tuple[str, Edit, tuple[str, str], int]],
) -> None:
    copy = Copy(workbook(FAULTY))
    copy.hand_back()
    for at, (writer, edit, noted, seed) in enumerate(drawn):
        copy.edit(edit, noted, f"remarque {at} de Julie")
        copy.data = WRITERS[writer](copy.data, Random(seed))
        copy.hand_back()


@libreoffice
@pytest.mark.libreoffice
def test_rounds_through_libreoffice_and_the_others_lose_nothing(tmp_path: Path) -> None:
    copy = Copy(workbook(FAULTY))
    copy.hand_back()
    for at, (writer, edit, noted, seed) in enumerate(SEVERAL[:3]):
        copy.edit(edit, noted, f"remarque {at} de Julie")
        if at != 1:
            saved = recalculated({"r.xlsx": copy.data}, tmp_path / str(at), "fr-FR")
            copy.data = saved["r.xlsx"]
        else:
            copy.data = WRITERS[writer](copy.data, Random(seed))
        before = complaints(copy.data)
        copy.hand_back()
        assert set(complaints(copy.data)) <= set(before)
