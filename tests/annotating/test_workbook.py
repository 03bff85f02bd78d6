"""The sender's own file comes back, what is doubtful marked and explained, nothing else touched."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import openpyxl
import pytest
from support import CLEAN, SAMPLES, damaged, opened, read, verdict, workbook
from support.annotated import FAULTY, controls, handed_back, mended, places
from support.office import libreoffice, recalculated
from support.repairs import complaints
from support.validator import microsoft, objections

from pst_excel.annotating.workbook import AUTHOR, DOUBT, annotated
from pst_excel.excel.palette import SEVERITY
from pst_excel.ooxml.package.names import local
from pst_excel.ooxml.package.package import Package
from pst_excel.ooxml.workbook import Workbook
from pst_excel.returns.tables import Return


def read_in(filled: Return) -> dict[str, object]:
    """What a workbook says, wherever it stands."""
    return {key: (t.columns, t.locals, t.rows) for key, t in filled.tables.items()}


RETURNS = sorted((SAMPLES / "retours").glob("*.xlsx"))


def of_the_sender(data: bytes) -> dict[str, bytes]:
    """The parts of the sheets that are not ours."""
    book = Workbook(data)
    return {s.title: book.package.content(s.part) for s in book.sheets if s.title != "Contrôles"}


def test_each_finding_is_a_line_that_leads_to_its_cell_and_back() -> None:
    copy = handed_back(workbook(FAULTY))
    findings = verdict(read(workbook(FAULTY))).findings
    lines = controls(copy)
    assert [(x["Code"], x["Feuille"], x["Cellule"]) for x in lines] == [
        (f.code, f.sheet, f.cell) for f in findings
    ]
    assert {x["État"] for x in lines} == {"nouveau"}
    sheet = opened(copy)["Contrôles"]
    links = [sheet[f"D{row}"].hyperlink.location for row in range(5, 5 + len(lines))]
    assert [link.replace("'", "") for link in links] == [f"{f.sheet}!{f.cell}" for f in findings]
    back = opened(copy)["Actions"]["J3"]
    assert back.value == "← 2\xa0points à voir (cellule PST)"
    assert back.hyperlink.location.strip("'").startswith("Contrôles")


def test_a_heading_that_stands_twice_is_marked_where_it_stands() -> None:
    def twice(book: openpyxl.Workbook) -> None:
        book["Actions"].cell(4, 60).value = "Statut"

    copy = handed_back(damaged(workbook(CLEAN), twice))
    assert places(copy)["S04"] == "Actions_BH4"
    assert "S04" in opened(copy)["Actions"]["BH4"].comment.text


def test_a_doubtful_cell_is_marked_as_grave_as_it_is_and_its_note_says_all_four() -> None:
    data = workbook(FAULTY)
    copy = handed_back(data)
    book = Workbook(copy)
    for finding in verdict(read(data)).findings:
        sheet = book[finding.sheet]
        row, column = sheet.cell(finding.cell).row, sheet.cell(finding.cell).column
        assert any((row, column) in area for area in sheet.marked(DOUBT))
        note = sheet.cell(finding.cell).note
        assert note is not None
        assert note.author == AUTHOR.format("PST")
        for words in (finding.code, finding.message, finding.expected, finding.remedy):
            assert words in note.text
    seen = opened(copy)["Budget"].conditional_formatting
    fills = {
        r.dxf.fill.bgColor.rgb[2:]
        for f in seen
        for r in f.rules
        if "pst-excel" in "".join(r.formula)
    }
    assert fills == {SEVERITY["erreur"][0].lstrip("#"), SEVERITY["conseil"][0].lstrip("#")}


def test_lisez_moi_says_first_what_needs_nothing() -> None:
    sentence = str(opened(handed_back(workbook(FAULTY)))["Lisez-moi"]["B3"].value)
    assert re.match(
        r"Relevé par la cellule PST au 31/10/2026 : 3\xa0points à voir dans « Contrôles » ; "
        r"\d\xa0lignes sur \d sans remarque\.",
        sentence,
    )


@pytest.mark.parametrize("path", RETURNS, ids=lambda p: p.stem.rpartition("_")[2])
def test_a_sample_handed_back_says_the_same_and_its_format_is_untouched(path: Path) -> None:
    data = path.read_bytes()
    filled = read(data, path.name)
    findings = verdict(filled).findings
    copy = annotated(filled, findings, data)[0]
    back = read(copy, path.name)
    again = verdict(back).findings
    assert read_in(back) == read_in(filled)
    assert [(f.code, f.cell) for f in again] == [(f.code, f.cell) for f in findings]
    assert annotated(back, again, copy)[0] == copy
    before, after = Workbook(data), Workbook(copy)
    for sheet in before.sheets:
        styles = {c.ref: c.style for c in sheet.cells()}
        worn = {c.ref: c.style for c in after[sheet.title].cells()}
        assert {ref: worn[ref] for ref in styles} == styles
    assert complaints(copy) == complaints(data)


def test_mended_it_is_again_what_its_author_made_but_for_the_thanks() -> None:
    data = workbook(FAULTY)
    copy = handed_back(data)
    place = places(copy)
    values = {place["V04"]: 250000, place["V03"]: "En cours", _late(place): dt.date(2027, 12, 31)}
    clean = handed_back(mended(copy, **values))
    assert verdict(read(clean)).findings == []
    assert {x["État"] for x in controls(clean)} == {"résolu"}
    assert "Merci" in str(opened(clean)["Contrôles"]["A2"].value)
    assert of_the_sender(clean) == of_the_sender(mended(data, **values))
    kept = Package(data).names()
    extra = [n for n in Package(clean).names() if n not in kept]
    assert {n for n in extra if "comments" in n or "vml" in n} == set()


def _late(place: dict[str, str]) -> str:
    sheet, cell = place["V03"].split("_")
    assert sheet == "Actions"
    return f"Actions_O{cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"


def test_the_notes_and_colours_of_the_author_stay_beside_ours_and_after_them() -> None:
    data = workbook(FAULTY)
    place = places(handed_back(data))
    title, cell = place["V04"].split("_")
    book = Workbook(data)
    book[title].cell(cell).add_note("Montant à confirmer", "Julie")
    book[title].cell(cell).fill("00FF00")
    book[title].cell("T90").add_note("Ailleurs", "Julie")
    data = book.to_bytes()
    copy = handed_back(data)
    note = Workbook(copy)[title].cell(cell).note
    assert note is not None
    assert note.author == "Julie"
    assert "Montant à confirmer" in note.text
    assert "V04" in note.text
    assert opened(copy)[title][cell].fill.fgColor.rgb == "FF00FF00"
    place = {place["V04"]: 250000}
    clean = handed_back(mended(copy, **place))
    assert Workbook(clean)[title].cell(cell).note == Workbook(data)[title].cell(cell).note
    assert of_the_sender(mended(data, **place))[title] == of_the_sender(clean)[title]


def test_nothing_is_written_beside_headings_that_stand_in_the_first_row() -> None:
    def lifted(book: openpyxl.Workbook) -> None:
        book["Budget"].delete_rows(1, 3)

    data = damaged(workbook(FAULTY), lifted)
    copy = handed_back(data)
    assert "V04" in places(copy)
    before, after = ([c.value for c in opened(one)["Budget"][1]] for one in (data, copy))
    assert before == after
    assert read_in(read(copy)) == read_in(read(data))


def test_what_the_agent_answers_in_our_note_stays() -> None:
    copy = handed_back(workbook(FAULTY))
    title, cell = places(copy)["V04"].split("_")
    package = Package(copy)
    (part,) = package.related(Workbook(copy)[title].part, "comments")
    answered = package.content(part).decode().replace("\n———</t>", "\n———\nVu avec le chef</t>")
    package.add(part, answered.encode(), package.content_type(part))
    again = handed_back(package.to_bytes())
    note = Workbook(again)[title].cell(cell).note
    assert note is not None
    assert "Vu avec le chef" in note.text
    clean = (
        Workbook(handed_back(mended(again, **{f"{title}_{cell}": 250000})))[title].cell(cell).note
    )
    assert clean is not None
    assert clean.text.strip() == "Vu avec le chef"


def test_ten_thousand_faults_are_marked_and_the_file_still_opens() -> None:
    rows = "\n".join(
        f"B{n} | Action | 1.1.1 | 2026 | Extraordinaire | Subside | Wallonie | -{n}"
        for n in range(1, 10_001)
    )
    data = workbook(CLEAN.rpartition("B1 ")[0] + rows + "\n")
    copy = handed_back(data)
    (line,) = [line for line in controls(copy) if line["Code"] == "V04"]
    assert "10\u202f000\u00a0cellules" in str(line["Remarque"])
    book = Workbook(copy)
    assert len(book["Budget"].notes) == 1
    assert sum(area.bottom - area.top + 1 for area in book["Budget"].marked(DOUBT)) >= 10_000
    assert handed_back(copy) == copy


@libreoffice
@pytest.mark.libreoffice
def test_saved_again_by_libreoffice_it_is_annotated_anew_without_a_pile(tmp_path: Path) -> None:
    copy = handed_back(workbook(FAULTY))
    (again,) = recalculated({"r.xlsx": copy}, tmp_path, "fr-FR").values()
    once = handed_back(again)
    assert {x["Code"] for x in controls(once)} == {x["Code"] for x in controls(copy)}
    book = Workbook(once)
    assert {t: len(book[t].notes) for t in ("Actions", "Budget")} == {
        t: len(Workbook(copy)[t].notes) for t in ("Actions", "Budget")
    }
    for title in ("Actions", "Budget"):
        tagged = [
            r
            for r in book[title].root.iter()
            if local(r) == "cfRule" and DOUBT in "".join(r.itertext())
        ]
        assert len(tagged) == len({r.get("dxfId") for r in tagged})


@microsoft
def test_microsoft_has_nothing_to_say_that_it_did_not_say_before(tmp_path: Path) -> None:
    files = {p.name: p.read_bytes() for p in RETURNS[:3]}
    copies = {f"annote-{name}": handed_back(data, name) for name, data in files.items()}
    found = objections(files | copies, tmp_path)
    assert {n: found[f"annote-{n}"] for n in files} == {n: found[n] for n in files}
