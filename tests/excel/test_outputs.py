"""Every workbook that the program writes is a valid package, which a spreadsheet opens unrepaired."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl.utils import range_boundaries
from support import CLEAN, RETURN, office, read, toy, workbook
from support.remembered import told

from pst_excel.api import outputs
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.excel.books.template import blank, write_template
from pst_excel.excel.xlsx import BookWriter
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.free_columns import free_headings
from pst_excel.model.words.kinds import Where
from pst_excel.model.words.wording import shortened
from pst_excel.pst import PST, pst
from pst_excel.reading.examples import return_of
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples import content
from pst_excel.reference.samples import workbooks as samples

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TITLE = "x" * 255
HARD = (
    RETURN
    + f"""
OS
code | intitule
1    | =1+1
2    | +32 81 « {TITLE[:200]} »
3    | @SOMME("a";'b') <&> émoji 🚲
"""
)
WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "blank": lambda: write_template(blank(PST, {})),
    "older legislature": lambda: write_template(blank(pst(2018, 2024), {})),
    "return": lambda: next(iter(samples.returns()))[1],
    "hard texts": lambda: workbook(HARD),
    "consolidated": office.sample_book,
    "small consolidated": lambda: office.consolidated(CLEAN),
    "hard texts consolidated": lambda: office.consolidated(HARD),
    "nothing consolidated": lambda: office.consolidated(RETURN),
    "comparison": office.sample_comparison,
    "changes": lambda: office.changes(CLEAN, HARD.replace("service | Travaux\n", "")),
    "history": lambda: outputs.as_bytes(told(3), ".xlsx"),
}


@pytest.fixture(scope="module", params=WORKBOOKS)
def data(request: pytest.FixtureRequest) -> bytes:
    """Return each of the workbooks that the program writes."""
    return WORKBOOKS[request.param]()


@pytest.fixture(scope="module")
def book(data: bytes) -> Iterator[Any]:
    """Return the workbook as another library sees it; the tests only look at it."""
    with office.opened(data) as opened:
        yield opened


@pytest.fixture(scope="module")
def formulas(data: bytes) -> list[str]:
    """Return all its formulas."""
    return list(office.formulas(data).values())


@lru_cache(maxsize=1)
def sheets_of(data: bytes) -> dict[str, ElementTree.Element]:
    """Return the XML of each sheet, by the name of its part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            name: ElementTree.fromstring(package.read(name))
            for name in package.namelist()
            if name.startswith("xl/worksheets/sheet")
        }


def test_names_of_sheets_are_those_that_excel_accepts(book: Any) -> None:
    titles = book.sheetnames

    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(0 < len(title) <= 31 and not set(title) & set("[]:*?/\\") for title in titles)
    assert not any(title.startswith("'") or title.endswith("'") for title in titles)


def test_names_of_ranges_are_valid_and_point_at_sheets_that_exist(book: Any) -> None:
    titles = set(book.sheetnames)
    names = {name: one.attr_text for name, one in book.defined_names.items()}

    assert len({name.casefold() for name in names}) == len(names)
    for name, text in names.items():
        assert re.fullmatch(r"[A-Za-z_\\][A-Za-z0-9_.]{0,254}", name), name
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*", name), name
        assert "#REF!" not in text
        assert {
            match.replace("''", "'") for match in re.findall(r"'((?:[^']|'')+)'!", text)
        } <= titles


def test_the_names_of_a_sheet_have_no_accent_whatever_its_title() -> None:
    with office.opened(WORKBOOKS["blank"]()) as book:
        names = set(book.defined_names)
        tables = {sheet.title: list(sheet.tables) for sheet in book if sheet.tables}

    assert tables == {
        "Constat": ["T_Constat"], "OS": ["T_OS"], "OO": ["T_OO"], "Actions": ["T_Actions"],
        "Indicateurs": ["T_Indicateurs"], "Budget": ["T_Budget"],
        "Dérogations": ["T_Derogations"],
    }  # fmt: skip
    assert {"Derogations_code", "Derogations_auteur", "Actions_code", "OO_code_os"} <= names
    assert all(name.isascii() for name in names)


def test_a_title_of_several_words_gives_names_that_excel_accepts() -> None:
    plan = toy()
    sheets = (plan.sheets[0], replace(plan.sheets[1], title="Œuvres à créer"), plan.sheets[2])
    made = return_of("Œuvres à créer\ncode | intitule\n1 | Peindre", replace(plan, sheets=sheets))
    with office.opened(write_template(made)) as book:
        assert list(book["Œuvres à créer"].tables) == ["T_OEuvres_a_creer"]
        assert book.defined_names["OEuvres_a_creer_code"].attr_text.startswith("'Œuvres à créer'!$")


def test_formulas_use_only_names_that_are_defined(book: Any, formulas: list[str]) -> None:
    defined = set(book.defined_names)
    used = {
        word
        for formula in formulas
        for word in re.findall(r"\b[A-Za-z]+_[a-z_0-9]+\b", re.sub(r'"(?:[^"]|"")*"', "", formula))
    }

    assert used <= defined


def test_each_cell_is_written_once_and_rows_go_down(data: bytes) -> None:
    for name, sheet in sheets_of(data).items():
        rows = [int(row.attrib["r"]) for row in sheet.iter(f"{MAIN}row")]
        cells = [cell.attrib["r"] for cell in sheet.iter(f"{MAIN}c")]

        assert rows == sorted(set(rows)), name
        assert len(set(cells)) == len(cells), name


def test_validations_are_within_the_limits_of_excel(data: bytes) -> None:
    for name, sheet in sheets_of(data).items():
        for one in sheet.iter(f"{MAIN}dataValidation"):
            formulas = [child.text or "" for child in one]
            assert all(len(text) <= 255 for text in formulas), name
            assert len(one.attrib.get("prompt", "")) <= 255
            assert len(one.attrib.get("error", "")) <= 255
            assert len(one.attrib.get("promptTitle", "")) <= 32
            assert len(one.attrib.get("errorTitle", "")) <= 32


def test_merged_areas_do_not_overlap(data: bytes) -> None:
    for name, sheet in sheets_of(data).items():
        areas: list[Any] = [
            range_boundaries(one.attrib["ref"]) for one in sheet.iter(f"{MAIN}mergeCell")
        ]
        for (a1, b1, c1, d1), (a2, b2, c2, d2) in combinations(areas, 2):
            assert c1 < a2 or c2 < a1 or d1 < b2 or d2 < b1, name


def test_nothing_in_the_package_points_outside(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        links = [package.read(name).decode() for name in names if name.endswith(".rels")]

    assert len(set(names)) == len(names)
    assert not [name for name in names if "externalLink" in name or "vbaProject" in name]
    assert not [text for text in links if 'TargetMode="External"' in text]


def test_links_lead_to_cells_of_sheets_that_exist(book: Any) -> None:
    titles = set(book.sheetnames)
    places = {
        cell.hyperlink.location
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink is not None
    }

    assert {place.rpartition("!")[0].strip("'").replace("''", "'") for place in places} <= titles


def test_no_cell_shows_an_error_and_no_text_became_a_formula(
    data: bytes, formulas: list[str]
) -> None:
    assert office.errors(office.values(data)) == []
    assert not [formula for formula in formulas if formula in ("=1+1", "=@SOMME(\"a\";'b')")]


def test_formulas_are_short_enough_for_excel(formulas: list[str]) -> None:
    assert all(len(formula) < 8192 for formula in formulas)


@pytest.mark.parametrize("name", [n for n in WORKBOOKS if n != "nothing consolidated"])
def test_the_same_content_gives_the_same_bytes(name: str) -> None:
    office.sample_comparison.cache_clear() if name == "comparison" else None

    assert WORKBOOKS[name]() == WORKBOOKS[name]()


def test_texts_that_begin_like_formulas_are_read_back_as_they_are() -> None:
    titles = read_bytes(workbook(HARD), "a.xlsx", PST).tables["os"].columns["intitule"]
    again = read_bytes(office.consolidated(HARD), "b.xlsx", PST).tables["os"].columns["intitule"]

    assert titles[0] == "=1+1"
    assert str(titles[1]).startswith("+32 81 « xxx")
    assert titles[2] == "@SOMME(\"a\";'b') <&> émoji 🚲"
    assert again == titles


def test_the_template_has_every_sheet_and_every_heading_of_the_plan() -> None:
    data = write_template(blank(PST, {}))
    with office.opened(data) as book:
        titles = book.sheetnames
        for sheet in PST.tables:
            if sheet.program:
                assert sheet.title not in titles
                continue
            shown = [str(c.value).rstrip(" ✱ƒ") for c in book[sheet.title][HEADING_ROW] if c.value]
            declared = [c.label for c in sheet.columns if c.stands(Where.RETURN)]
            assert shown == [*declared, *free_headings(())]


def test_a_long_name_leaves_room_for_the_pages_in_the_footer() -> None:
    text = RETURN.replace("Valbruyère", "R&D " * 60).replace("| Travaux", "| " + "T&" * 90)
    with office.opened(workbook(text)) as book:
        footer = book["Actions"].oddFooter
    assert footer.left.text.endswith("…")
    assert "page" in str(footer.right.text)


def test_each_form_of_output_is_found_by_its_suffix() -> None:
    forms = {(one.takes, one.suffix) for one in outputs.OUTPUTS}
    assert {(Consolidation, ".xlsx"), (Consolidation, ".json")} <= forms
    assert len(forms) == len(outputs.OUTPUTS)


@pytest.mark.parametrize("title", ["x" * 32, "a/b", "a:b", "[a]"])
def test_a_sheet_name_that_excel_refuses_is_refused_here(title: str) -> None:
    book = BookWriter("", "", content.OBSERVED)

    with pytest.raises(ValueError, match="refuses the sheet name"):
        book.sheet(title, "#000000")


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shortened("court", 10) == "court"
    assert shortened("un deux trois quatre", 12) == "un deux…"
    assert len(shortened("x" * 300, 255)) <= 255


def test_a_plan_of_three_columns_has_its_template_too() -> None:
    data = write_template(blank(toy(), {}))
    assert read(data, plan=toy()).findings == []
