"""A return handed back: the sender's own file, what is doubtful in it marked and explained."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import openpyxl
import pytest
from conftest import Run
from office import libreoffice, recalculated
from repairs import complaints
from support import CLEAN, damaged, listing, opened, read, saved, verdict, workbook
from validator import microsoft, objections

from pst_excel import annotate, check, read_files
from pst_excel.batch import Return
from pst_excel.ooxml.names import local
from pst_excel.ooxml.package import Package
from pst_excel.ooxml.workbook import Workbook
from pst_excel.outputs.annotated import AUTHOR, DOUBT, annotated
from pst_excel.outputs.palette import SEVERITY

SAMPLES = sorted((Path(__file__).parents[1] / "samples" / "retours").glob("*.xlsx"))
FAULTY = CLEAN.replace("| 250000", "| -1").replace(
    "31/12/2027 | 01/03/2026     | En cours", "30/09/2026 | 01/03/2026     | Fini vite"
)
OBSERVED = dt.date(2026, 10, 31)


def handed_back(data: bytes, name: str = "retour-1.xlsx") -> bytes:
    one = read(data, name)
    return annotated(one, verdict(one).findings, data)[0]


def controls(data: bytes) -> list[dict[str, object]]:
    """The lines of the control sheet, by heading."""
    sheet = opened(data)["Contrôles"]
    _, _, _, head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows if row[0]]


def said(one: Return) -> dict[str, object]:
    """What a workbook says, wherever it stands."""
    return {key: (t.columns, t.locals, t.rows) for key, t in one.tables.items()}


def of_the_sender(data: bytes) -> dict[str, bytes]:
    """The parts of the sheets that are not ours."""
    book = Workbook(data)
    return {s.title: book.package.content(s.part) for s in book.sheets if s.title != "Contrôles"}


def mended(data: bytes, **cells: object) -> bytes:
    """A workbook after its agent wrote in some cells: `Actions_AE5="En cours"`."""
    book = Workbook(data)
    for place, value in cells.items():
        title, ref = place.split("_")
        book[title].cell(ref).set(value)  # type: ignore[arg-type]
    return book.to_bytes()


def places(data: bytes) -> dict[str, str]:
    return {str(line["Code"]): f"{line['Feuille']}_{line['Cellule']}" for line in controls(data)}


def test_each_finding_is_a_line_that_leads_to_its_cell_and_back() -> None:
    made = handed_back(workbook(FAULTY))
    findings = verdict(read(workbook(FAULTY))).findings
    lines = controls(made)
    assert [(x["Code"], x["Feuille"], x["Cellule"]) for x in lines] == [
        (f.code, f.sheet, f.cell) for f in findings
    ]
    assert {x["État"] for x in lines} == {"nouveau"}
    sheet = opened(made)["Contrôles"]
    links = [sheet[f"D{row}"].hyperlink.location for row in range(5, 5 + len(lines))]
    assert [link.replace("'", "") for link in links] == [f"{f.sheet}!{f.cell}" for f in findings]
    back = opened(made)["Actions"]["J1"]
    assert back.value == "← 2\xa0points à voir dans « Contrôles »"
    assert back.hyperlink.location.strip("'").startswith("Contrôles")


def test_a_doubtful_cell_is_marked_as_grave_as_it_is_and_its_note_says_all_four() -> None:
    data = workbook(FAULTY)
    made = handed_back(data)
    book = Workbook(made)
    for finding in verdict(read(data)).findings:
        sheet = book[finding.sheet]
        row, column = sheet.cell(finding.cell).row, sheet.cell(finding.cell).column
        assert any((row, column) in area for area in sheet.marked(DOUBT))
        note = sheet.cell(finding.cell).note
        assert note is not None
        assert note.author == AUTHOR
        for words in (finding.code, finding.message, finding.expected, finding.remedy):
            assert words in note.text
    seen = opened(made)["Budget"].conditional_formatting
    fills = {
        r.dxf.fill.bgColor.rgb[2:]
        for f in seen
        for r in f.rules
        if "pst-excel" in "".join(r.formula)
    }
    assert fills == {SEVERITY["erreur"][0].lstrip("#"), SEVERITY["conseil"][0].lstrip("#")}


def test_lisez_moi_says_first_what_needs_nothing() -> None:
    said = str(opened(handed_back(workbook(FAULTY)))["Lisez-moi"]["B3"].value)
    assert re.match(
        r"\d\xa0lignes sur \d sans remarque ; 3\xa0points à voir dans « Contrôles »", said
    )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem.rpartition("_")[2])
def test_a_sample_handed_back_says_the_same_and_its_format_is_untouched(path: Path) -> None:
    data = path.read_bytes()
    made = handed_back(data, path.name)
    assert said(read(made)) == said(read(data))
    assert [(f.code, f.cell) for f in verdict(read(made)).findings] == [
        (f.code, f.cell) for f in verdict(read(data)).findings
    ]
    assert handed_back(made, path.name) == made
    before, after = Workbook(data), Workbook(made)
    for sheet in before.sheets:
        styles = {c.ref: c.style for c in sheet.cells()}
        again = {c.ref: c.style for c in after[sheet.title].cells()}
        assert {ref: again[ref] for ref in styles} == styles
    assert complaints(made) == complaints(data)


def test_mended_it_is_again_what_its_author_made_but_for_the_thanks() -> None:
    data = workbook(FAULTY)
    made = handed_back(data)
    place = places(made)
    values = {place["V04"]: 250000, place["V03"]: "En cours", _late(place): dt.date(2027, 12, 31)}
    clean = handed_back(mended(made, **values))
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
    return f"Actions_AB{cell.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"


def test_half_mended_it_says_what_is_solved_and_what_is_still_there() -> None:
    made = handed_back(workbook(FAULTY))
    place = places(made)
    again = controls(handed_back(mended(made, **{place["V04"]: 250000})))
    assert {x["Code"]: x["État"] for x in again} == {
        **dict.fromkeys(places(made), "toujours là"), "V04": "résolu",
    }  # fmt: skip
    assert [x["État"] for x in again][-1] == "résolu"


def test_the_notes_and_colours_of_the_author_stay_beside_ours_and_after_them() -> None:
    data = workbook(FAULTY)
    place = places(handed_back(data))
    title, cell = place["V04"].split("_")
    book = Workbook(data)
    book[title].cell(cell).add_note("Montant à confirmer", "Julie")
    book[title].cell(cell).fill("00FF00")
    book[title].cell("T90").add_note("Ailleurs", "Julie")
    data = book.to_bytes()
    made = handed_back(data)
    note = Workbook(made)[title].cell(cell).note
    assert note is not None
    assert note.author == "Julie"
    assert "Montant à confirmer" in note.text
    assert "V04" in note.text
    assert opened(made)[title][cell].fill.fgColor.rgb == "FF00FF00"
    place = {place["V04"]: 250000}
    clean = handed_back(mended(made, **place))
    assert Workbook(clean)[title].cell(cell).note == Workbook(data)[title].cell(cell).note
    assert of_the_sender(mended(data, **place))[title] == of_the_sender(clean)[title]


def test_a_sheet_of_the_sender_called_controles_is_not_ours() -> None:
    book = Workbook(workbook(FAULTY))
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as theirs:
        theirs.add_worksheet("Contrôles").write("A1", "Mes propres contrôles")
    book.graft(buffer.getvalue())
    made = handed_back(book.to_bytes())
    seen = opened(made)
    assert seen["Contrôles"]["A1"].value == "Mes propres contrôles"
    assert seen["À corriger"]["A4"].value == "État"
    assert handed_back(made) == made


def test_nothing_is_written_beside_headings_that_stand_in_the_first_row() -> None:
    def lifted(book: openpyxl.Workbook) -> None:
        book["Budget"].delete_rows(1, 3)

    data = damaged(workbook(FAULTY), lifted)
    made = handed_back(data)
    assert "V04" in places(made)
    before, after = ([c.value for c in opened(one)["Budget"][1]] for one in (data, made))
    assert before == after
    assert said(read(made)) == said(read(data))


def test_a_column_added_to_the_controls_leaves_no_second_sheet_of_them() -> None:
    made = handed_back(workbook(FAULTY))
    book = Workbook(made)
    book["Contrôles"].cell("L4").set("Vu avec le chef")
    again = handed_back(book.to_bytes())
    assert "À corriger" not in opened(again).sheetnames
    assert again == made


def test_a_finding_without_a_cell_is_a_line_without_a_link() -> None:
    book = opened(workbook(FAULTY))
    del book["Constat"]
    import io

    buffer = io.BytesIO()
    book.save(buffer)
    made = handed_back(buffer.getvalue())
    (line,) = [x for x in controls(made) if x["Code"] == "S01"]
    assert line["Cellule"] is None


def test_the_command_hands_back_every_return_under_its_name(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "retours" / "faux.xlsx", FAULTY)
    saved(tmp_path / "retours" / "bon.xlsx", CLEAN)
    before = listing(tmp_path / "retours")
    ran = run("verifier", tmp_path / "retours", "--annoter", tmp_path / "rendus")
    assert ran.exit_code == 1
    assert "2\xa0classeurs annotés" in ran.stdout
    assert "rien à corriger" in ran.stdout
    assert listing(tmp_path / "retours") == before
    assert sorted(listing(tmp_path / "rendus")) == ["bon.xlsx", "faux.xlsx"]
    again = run("verifier", tmp_path / "rendus", "--annoter", tmp_path / "deux", "--format", "json")
    assert [one["copie"] for one in json.loads(again.stdout)["annotes"]] == [
        "bon.xlsx",
        "faux.xlsx",
    ]
    assert listing(tmp_path / "deux") == listing(tmp_path / "rendus")


def test_the_inputs_are_never_where_the_copies_go(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "faux.xlsx", FAULTY)
    before = listing(tmp_path)
    ran = run("verifier", tmp_path / "faux.xlsx", "--annoter", tmp_path)
    assert ran.exit_code == 2
    assert "choisissez un autre dossier" in ran.stderr
    assert listing(tmp_path) == before


def test_the_copies_do_not_go_among_what_is_read(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "faux.xlsx", FAULTY)
    before = listing(tmp_path)
    ran = run("verifier", tmp_path, "--annoter", tmp_path / "rendus")
    assert ran.exit_code == 2
    assert "choisissez un dossier à côté" in " ".join(ran.stderr.split())
    assert listing(tmp_path) == before


def test_a_return_that_comes_back_as_it_was_is_told(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "r" / "faux.xlsx", FAULTY)
    first = run("verifier", tmp_path / "r", "--annoter", tmp_path / "un")
    again = run("verifier", tmp_path / "un", "--annoter", tmp_path / "deux")
    words = "rien n’a changé depuis la dernière annotation"
    assert [words in ran.stdout for ran in (first, again)] == [False, True]


def test_what_never_had_a_fault_is_not_thanked_for_mending_it() -> None:
    sheet = opened(handed_back(workbook(CLEAN)))["Contrôles"]
    assert (sheet["A2"].value, sheet["A3"].value) == ("Rien à corriger dans ce classeur.", None)


def test_what_the_agent_answers_in_our_note_stays() -> None:
    made = handed_back(workbook(FAULTY))
    title, cell = places(made)["V04"].split("_")
    package = Package(made)
    (part,) = package.related(Workbook(made)[title].part, "comments")
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


def test_what_cannot_be_annotated_is_named_and_the_others_are(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "r" / "faux.xlsx", FAULTY)
    written = Path(__file__).parent / "written" / "files"
    for name in ("libreoffice.ods", "libreoffice.xls"):
        saved(tmp_path / "r" / name, (written / name).read_bytes())
    ran = run("verifier", tmp_path / "r", "--annoter", tmp_path / "rendus")
    assert ran.exit_code == 3
    assert ran.stdout.count("pas annoté") == 2
    assert "enregistrez-le en .xlsx" in ran.stdout
    assert list(listing(tmp_path / "rendus")) == ["faux.xlsx"]


def test_two_returns_of_one_name_are_handed_back_under_two(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        saved(tmp_path / folder / "retour.xlsx", FAULTY)
    loaded = read_files(tmp_path)
    made = annotate(loaded, check(loaded), tmp_path / "rendus")
    assert [one.name for one in made] == ["a - retour.xlsx", "b - retour.xlsx"]


def test_a_file_changed_meanwhile_is_not_annotated(tmp_path: Path) -> None:
    path = saved(tmp_path / "r" / "faux.xlsx", FAULTY)
    loaded = read_files(path)
    saved(path, CLEAN)
    (one,) = annotate(loaded, check(loaded), tmp_path / "rendus")
    assert "a changé" in one.reason
    assert not list((tmp_path / "rendus").iterdir())


def test_ten_thousand_faults_are_marked_and_the_file_still_opens() -> None:
    rows = "\n".join(
        f"B{n} | Action | 1.1.1 | 2026 | Extraordinaire | Subside | Wallonie | -{n}"
        for n in range(1, 10_001)
    )
    data = workbook(CLEAN.rpartition("B1 ")[0] + rows + "\n")
    made = handed_back(data)
    (line,) = [line for line in controls(made) if line["Code"] == "V04"]
    assert "10\u202f000\u00a0cellules" in str(line["Remarque"])
    book = Workbook(made)
    assert len(book["Budget"].notes) == 1
    assert sum(area.bottom - area.top + 1 for area in book["Budget"].marked(DOUBT)) >= 10_000
    assert handed_back(made) == made


@libreoffice
@pytest.mark.libreoffice
def test_saved_again_by_libreoffice_it_is_annotated_anew_without_a_pile(tmp_path: Path) -> None:
    made = handed_back(workbook(FAULTY))
    (again,) = recalculated({"r.xlsx": made}, tmp_path, "fr-FR").values()
    once = handed_back(again)
    assert {x["Code"] for x in controls(once)} == {x["Code"] for x in controls(made)}
    book = Workbook(once)
    assert {t: len(book[t].notes) for t in ("Actions", "Budget")} == {
        t: len(Workbook(made)[t].notes) for t in ("Actions", "Budget")
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
    files = {p.name: p.read_bytes() for p in SAMPLES[:3]}
    made = {f"annote-{name}": handed_back(data, name) for name, data in files.items()}
    found = objections(files | made, tmp_path)
    assert {n: found[f"annote-{n}"] for n in files} == {n: found[n] for n in files}
