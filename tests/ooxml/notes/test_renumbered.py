"""Notes over rounds between which other programs number the drawings as they please."""

from __future__ import annotations

import io
import re
import zipfile

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from support.ooxml.corpus import parts
from support.ooxml.noted import US, said
from support.repairs import complaints

from pst_excel.ooxml.workbook import Workbook

TITLES = ("Un", "Deux", "Trois", "Quatre")
CELLS = ("A1", "B7", "D40", "E2", "F12", "H5")
NUMBERED = re.compile(r"(vmlDrawing|comments)(\d+)(\.vml|\.xml)")
Noted = dict[str, dict[str, str]]
"""Notes by the title of their sheet and the address of their cell."""

ours = st.dictionaries(
    st.sampled_from(TITLES),
    st.dictionaries(st.sampled_from(CELLS), st.sampled_from(("à voir", "vide ?"))),
)


def plain(theirs: list[str]) -> bytes:
    """Return a workbook in some sheets of which somebody else has a note."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for title in TITLES:
            sheet = book.add_worksheet(title)
            sheet.write("A1", title)
            if title in theirs:
                sheet.write_comment("C3", "la mienne", {"author": "Anne"})
    return buffer.getvalue()


def annotated(data: bytes, texts: Noted) -> bytes:
    """Return a workbook with these notes of ours instead of those of the round before."""
    book = Workbook(data)
    for title in TITLES:
        book[title].remove_notes(US)
    for title, notes in texts.items():
        assert book[title].add_notes(notes, US) == []
    return book.to_bytes()


def renumbered(data: bytes, numbers: list[int]) -> bytes:
    """Return the same workbook, its drawings under other numbers; its notes under yet others."""

    def other(match: re.Match[str]) -> str:
        shift = 1 if match[1] == "comments" else 0
        return f"{match[1]}{numbers[(int(match[2]) + shift) % len(numbers)]}{match[3]}"

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(data).items():
            if name.endswith(".rels") or name == "[Content_Types].xml":
                content = NUMBERED.sub(other, content.decode()).encode()
            archive.writestr(NUMBERED.sub(other, name), content)
    return buffer.getvalue()


@given(
    theirs=st.lists(st.sampled_from(TITLES), unique=True),
    rounds=st.lists(st.tuples(ours, st.permutations(range(1, 13))), min_size=2, max_size=4),
)
def test_notes_are_those_of_the_last_round_and_the_others_stay(
    theirs: list[str], rounds: list[tuple[Noted, list[int]]]
) -> None:
    data = plain(theirs)
    for texts, numbers in rounds:
        data = annotated(data, texts)
        book = Workbook(data)
        for title in TITLES:
            expected = {ref: said(text) for ref, text in texts.get(title, {}).items()}
            expected |= {"C3": "la mienne"} if title in theirs else {}
            assert {ref: note.text for ref, note in book[title].notes.items()} == expected
        assert complaints(data) == []
        data = renumbered(data, numbers)
