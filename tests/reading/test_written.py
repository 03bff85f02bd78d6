"""A return reads to the same values whatever program wrote its file, and however it wrote it."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import to_excel
from support import WRITTEN, office, read, toy
from support.snapshots import snapshot
from support.written import content
from support.written.by_hand import Way, by_hand
from support.written.content import DAY, EUROS, PERCENT, STORED, Cell, Page, numbers, pages
from support.written.converting import by_libreoffice
from support.written.repacked import FAR, WIDE, Packing, repacked
from support.written.writers import by_openpyxl, by_xlsxwriter

from pst_excel.excel.books.template import write_template
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.testing import texts

FOLDER = WRITTEN
NAMES = sorted(path.name for path in FOLDER.iterdir())
WRITERS = {
    "openpyxl": ["xlsx"],
    "openpyxl_1904": ["xlsx"],
    "xlsxwriter": ["xlsx"],
    "xlsxwriter_1904": ["xlsx"],
    "pyexcelerate": ["xlsx"],
    "libreoffice": ["ods", "xls", "xlsx"],
    "libreoffice_1904": ["ods", "xls", "xlsx"],
    "gnumeric": ["ods", "xls", "xlsx"],
    "sheetjs": ["ods", "xls", "xlsb", "xlsm", "xlsx"],
    "sheetjs_1904": ["xlsx"],
    "sheetjs_iso": ["xlsx"],
    "exceljs": ["xlsx"],
    "exceljs_1904": ["xlsx"],
}

# What came to the template after these files were made, and which they may therefore lack.
LATER_SHEETS = {"derogations"}
LATER_FIELDS = {"etape", "os_annonces", "oo_annonces", "actions_annonces", "envoi"}
LATER_FIELDS |= {threshold.key for threshold in PST.form.thresholds}

# What a writer does not put in a file, so that no reader can find it there.
CUT = {"sheetjs.xls": 255}  # SheetJS cuts the texts of this format at so many characters
NOT_HIDDEN = {"sheetjs.ods"}  # SheetJS writes no hidden row in this format (nor in .xls)
# It also gives its date formats numbers that this format reserves: the columns of the plan know
# that they hold dates, a column that the service added keeps the number of the day.
DAY_AS_NUMBER = {"sheetjs.xls"}

WAYS = {
    "inline texts": Way(),
    "shared texts": Way(shared=True),
    "inline texts in pieces": Way(runs=True),
    "shared texts in pieces": Way(shared=True, runs=True),
    "no address": Way(addressed=False),
    "no address, shared texts, spans that lie": Way(addressed=False, shared=True, spans="3:4"),
    "a prefix": Way(prefix="x"),
    "strict": Way(strict=True),
    "strict with a prefix": Way(strict=True, prefix="main"),
    "absolute names": Way(absolute=True),
    "dates as texts of their own type": Way(iso=True),
    "spans too short": Way(spans="1:2"),
    "a dimension too small": Way(dimension="B2:C3"),
    "a dimension of the whole grid": Way(dimension="A1:XFD1048576"),
    "all of it": Way(
        shared=True, runs=True, addressed=False, prefix="x", strict=True, absolute=True, iso=True,
        spans="9:9", dimension="A1",
    ),
}  # fmt: skip


def data(name: str) -> bytes:
    """Return a committed file."""
    return (FOLDER / name).read_bytes()


def columns(one: Return) -> dict[str, dict[str, list[Any]]]:
    """Return the columns of each table that the workbook has, ids aside."""
    return {
        name: {key: values for key, values in table.columns.items() if key != "id"}
        for name, table in one.tables.items()
    }


def carried(name: str) -> dict[str, dict[str, list[Any]]]:
    """Return the columns that a file can hold, but for what is later than it."""
    made = {key: table for key, table in content.expected().items() if key not in LATER_SHEETS}
    form = made["identification"]
    made["identification"] = {key: form[key] for key in form if key not in LATER_FIELDS}
    written = made["actions"]["description"]
    made["actions"]["description"] = [text and text[: CUT.get(name)].strip() for text in written]
    return made


def places(one: Return) -> dict[str, list[int]]:
    return {name: table.rows for name, table in one.tables.items() if name != "identification"}


PLACES = {
    name: numbers(len(table["code"]))
    for name, table in content.expected().items()
    if name != "identification"
}
FILED = {name: rows for name, rows in PLACES.items() if name not in LATER_SHEETS}
"""The rows of the tables of the files."""


def test_the_text_says_these_values() -> None:
    actions = content.expected()["actions"]
    assert actions["code"] == [
        "1.1.1", "1.1.2", "1.1.10", "1.10.1", "1.10.2", "1.2.1", "1.2.2", "05.1.01",
    ]  # fmt: skip
    assert actions["code_oo"] == ["1.1", "1.1; 1.10", "1.1", "1.10", "1.10", "1.2", "1.2", "1.2"]
    assert actions["avancement"] == [45.0, 100.0, 0.0, 7.0, 0.0, 33.5, 10.0, 99.0]
    assert actions["etp"] == [0.5, 1.25, None, 0.1, 2.0, 0.75, None, 0.333]
    assert actions["odd"] == ["11", "11; 13", "13", "3; 11; 16", "15", "7", "7; 13", "7"]
    assert actions["priorite"] == ["0", "1", "2", "0", None, "1", None, "0"]
    assert actions["validee"] == ["Oui", "Non", None, "Oui", None, "Oui", "Non", None]
    assert actions["date_maj"][2:6] == [
        dt.date(2024, 2, 29), dt.date(2026, 10, 31), None, dt.date(2026, 10, 15),
    ]  # fmt: skip
    assert actions["commentaire"][0] == "Chantier ouvert\nPhase 1 : 80 %"
    assert actions["intitule"][2] == "=SOMME(A1:A3) : un titre"
    assert len(actions["description"][0]) == 5099
    assert content.expected()["budget"]["prevu"] == [250000.0, 1234.56, 1250000.99]
    assert content.expected()["budget"]["inscrit"] == [12500.5, 1234.56, None]
    assert content.expected()["indicateurs"]["cible"] == [1200.0, 30.0, -0.0005]
    assert content.expected()["identification"]["ins"] == ["92951"]


def test_the_files_are_those_of_every_writer_and_small() -> None:
    assert sorted(f"{name}.{form}" for name, forms in WRITERS.items() for form in forms) == NAMES
    assert max(len(data(name)) for name in NAMES) < 40_000


def test_what_a_file_may_lack_is_spare_or_optional() -> None:
    assert {sheet.key for sheet in PST if sheet.spare} == LATER_SHEETS
    later = [PST.form[key] for key in sorted(LATER_FIELDS)]
    assert {field.need for field in later} == {Need.OPTIONAL}
    assert {field.since for field in later} == {"2026.2", "2026.3"}
    assert {content.expected()["identification"][field.key][0] for field in later} == {None}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_another_program_reads_to_the_same_values(name: str) -> None:
    one = read(data(name), name)
    assert columns(one) == carried(name)
    assert places(one) == FILED
    assert one.lists == content.returned().lists
    assert one.foreign == (content.ADDED,)
    assert one.findings == []


@pytest.mark.parametrize("name", NAMES)
def test_the_column_that_the_service_added_keeps_its_values(name: str) -> None:
    local = [
        to_excel(value) if name in DAY_AS_NUMBER and isinstance(value, dt.date) else value
        for value in content.LOCAL_VALUES
    ]
    found = {key: t.locals for key, t in read(data(name), name).tables.items() if t.locals}
    assert found == {"actions": {content.LOCAL: local}}


@pytest.mark.parametrize("name", NAMES)
def test_a_row_has_the_same_id_whatever_wrote_it(name: str) -> None:
    first, one = read(by_openpyxl(pages())), read(data(name), name)
    for key in FILED:
        assert one.tables[key].columns["id"] == first.tables[key].columns["id"]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith(("xls", "xlsb"))])
def test_a_row_is_hidden_and_titles_are_merged_in_the_file(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data(name))) as package:
        parts = [package.read(n).decode() for n in package.namelist() if n.endswith(".xml")]
    text = "".join(parts)
    signs = ('visibility="collapse"', ' hidden="1"', ' hidden="true"')
    assert any(sign in text for sign in signs) == (name not in NOT_HIDDEN)
    assert text.count("<mergeCell ") + text.count('columns-spanned="4"') == len(FILED) + 2


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_the_same_cells_in_another_xml_read_to_the_same_values(way: Way) -> None:
    one = read(by_hand(pages(), way))
    assert columns(one) == content.expected()
    assert places(one) == PLACES
    assert one.tables["actions"].locals == {content.LOCAL: list(content.LOCAL_VALUES)}
    assert one.lists == content.returned().lists
    assert one.foreign == (content.ADDED,)
    assert one.findings == []


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The program's own workbook, filled, as LibreOffice saves it in three formats."""
    return by_libreoffice(write_template(content.returned()), tmp_path_factory.mktemp("saved"))


@pytest.mark.libreoffice
@office.libreoffice
@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_the_template_that_libreoffice_saves_reads_to_the_same_values(
    saved: dict[str, bytes], form: str
) -> None:
    one = read(saved[form], f"retour.{form}")
    source = read(write_template(content.returned()))
    assert {key: columns(one)[key] for key in content.expected()} == {
        **content.expected(),
        "identification": columns(source)["identification"],  # with the version of the template
    }
    assert (one.tables, one.lists) == (source.tables, source.lists)
    assert (one.findings, one.foreign) == ([], source.foreign)


SHAPES = (
    '<draw:frame draw:name="a"><draw:text-box><text:p>Un cadre</text:p></draw:text-box></draw:frame>',
    '<draw:custom-shape svg:x="1cm"><text:p>Une <text:span>bulle</text:span></text:p>'
    '<draw:enhanced-geometry draw:type="rectangle"/></draw:custom-shape>',
    "<draw:g><draw:g><draw:rect><text:p>Un</text:p></draw:rect></draw:g>"
    "<draw:line><text:p>trait</text:p></draw:line></draw:g>",
    '<draw:control draw:control="c1"/>',
)
PACKINGS = st.builds(
    Packing,
    folder=st.sampled_from(("xl", "", "Excel/Parts", "xl/worksheets")),
    book=st.sampled_from(("workbook", "workbook2", "WORKBOOK", "classeur d’été")),
    sheets=st.sampled_from(
        ("xl/worksheets/sheet{}", "sheet{}", "xl/Worksheets/Sheet{}", "xl/feuilles/f{} (1)",
         "xl/chartsheets/sheet{}", "data&co/{}")
    ),
    styles=st.sampled_from(("styles", "styles2", "Styles", "xl")),
    texts=st.sampled_from(("sharedStrings", "SharedStrings", "textes")),
    absolute=st.booleans(), backslash=st.booleans(), backward=st.booleans(), stray=st.booleans(),
    wide=st.booleans(), untyped=st.booleans(), prefix=st.sampled_from(("", "pr")),
    drawn=st.sampled_from(SHAPES),
)  # fmt: skip
PACKED = [name for name in NAMES if not name.endswith(".xls")]


@settings(max_examples=50)
@given(source=st.sampled_from([*PACKED, *WAYS]), packing=PACKINGS)
def test_a_package_put_together_otherwise_reads_to_the_same_values(
    source: str, packing: Packing
) -> None:
    known = by_hand(pages(), WAYS[source]) if source in WAYS else data(source)
    one = read(repacked(known, packing), source)
    assert columns(one) == (content.expected() if source in WAYS else carried(source))
    assert one.tables["actions"].locals == {content.LOCAL: list(content.LOCAL_VALUES)}
    assert one.lists == content.returned().lists
    assert one.foreign in ((content.ADDED,), (content.ADDED, WIDE))
    assert one.findings == []
    assert FAR not in str(snapshot(one))


PLAN = toy(
    columns=(
        Column("jour", "Jour", Kind.DATE, "Quand."),
        Column("part", "Part", Kind.PERCENT, "Quelle part."),
        Column("nombre", "Nombre", Kind.NUMBER, "Combien de fois."),
    )
)
LABELS = ("Code", "Intitulé", "Montant", "Jour", "Part", "Nombre", "Libre")
DAYS = st.dates(dt.date(1904, 1, 2), dt.date(2199, 12, 31))  # what both systems of dates hold
DAY_FORMS = st.sampled_from((DAY, "d/m/yy", "yyyy-mm-dd", "[$-80C]d mmmm yyyy;@", "mmm\\-yy"))
# openpyxl writes such a text as it is, and it is then the name of a character for every reader.
TITLES = texts(20).filter(lambda text: re.search("_x[0-9A-Fa-f]{4}_", text) is None)


def shown(values: st.SearchStrategy[Any], form: str) -> st.SearchStrategy[Cell]:
    """Return cells of a number format, or blank."""
    return st.one_of(st.just(Cell()), values.map(lambda value: Cell(value, form)))


def decimals(places: int) -> st.SearchStrategy[float]:
    return st.integers(-(10**9), 10**9).map(lambda value: value / 10**places)


DATES = st.one_of(st.just(Cell()), st.builds(Cell, DAYS, DAY_FORMS))
ROWS = st.tuples(
    st.from_regex(r"[1-9][0-9]?(\.[1-9][0-9]?){0,2}", fullmatch=True).map(lambda c: Cell(c, STORED)),
    shown(TITLES, "General"),
    shown(decimals(2), EUROS),
    DATES,
    shown(st.integers(1, 999).map(lambda value: value / 1000), PERCENT),
    shown(decimals(3), "General"),
    st.one_of(shown(TITLES, STORED), shown(decimals(6), "0.00"), DATES,
              shown(st.booleans(), "General")),
)  # fmt: skip


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@settings(max_examples=150)
@given(rows=st.lists(ROWS, min_size=1, max_size=5), mac=st.booleans())
def test_any_typed_cells_written_by_a_library_read_back_the_same(
    write: Callable[[Sequence[Page], bool], bytes], rows: list[tuple[Cell, ...]], mac: bool
) -> None:
    page = Page("Choses", [[Cell(label) for label in LABELS], *rows])
    table = read(write([page], mac), plan=PLAN).tables["choses"]
    across = [[cell.value for cell in cells] for cells in zip(*rows, strict=True)]
    codes, titles, amounts, days, parts, counts, free = across
    assert table.columns == {
        "code": codes, "intitule": titles, "montant": amounts, "jour": days,
        "part": [part and round(part * 100, 6) for part in parts], "nombre": counts,
    }  # fmt: skip
    assert table.locals == {"Libre": ["" if value is None else value for value in free]}
    assert table.rows == list(range(2, len(rows) + 2))
