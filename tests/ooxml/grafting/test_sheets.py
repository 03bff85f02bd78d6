"""Sheets removed: with what they alone own, and never while something refers to them."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import pytest
from support.ooxml.grafts import made, other_writers, parts, plain, plan, replaced, zipped
from support.ooxml.torture import torture
from support.repairs import complaints
from support.validator import microsoft, objections

from pst_excel.ooxml.errors import PatchError, Refused
from pst_excel.ooxml.grafting.sheets import entry, mentions, owned, reached
from pst_excel.ooxml.package.names import R_ID, main
from pst_excel.ooxml.workbook import Workbook

FILES = other_writers()
BOOK = "xl/workbook.xml"


def without(data: bytes, title: str) -> bytes:
    book = Workbook(data)
    book.remove_sheet(title)
    return book.to_bytes()


def removable(data: bytes) -> dict[str, bytes]:
    """Return what a workbook becomes without each sheet that can be removed."""
    found = {}
    for title in Workbook(data).titles:
        try:
            found[title] = without(data, title)
        except Refused:
            continue
    return found


def emptied(data: bytes) -> bytes:
    """Return a workbook without all the sheets that can be removed, one after another."""
    for title in Workbook(data).titles:
        with contextlib.suppress(Refused):
            data = without(data, title)
    return data


@pytest.mark.parametrize("name", FILES)
def test_the_other_sheets_and_parts_are_as_they_were(name: str) -> None:
    before = parts(FILES[name])
    for title, data in removable(FILES[name]).items():
        book, after = Workbook(FILES[name]), parts(data)
        relation = book.package.relation(book.package.workbook, _id(book, title))
        assert relation is not None
        assert Workbook(data).titles == [one for one in book.titles if one != title]
        gone = {one for part in owned(book.package, relation.target) for one in (part, _rels(part))}
        free = {book.package.workbook, "[Content_Types].xml", _rels(book.package.workbook),
                "xl/calcChain.xml"}  # fmt: skip
        changed = {one for one in before if after.get(one) != before[one]}
        assert gone & before.keys() <= changed <= gone | free
        assert not after.keys() - before.keys()
        if "strict" not in name:
            assert set(complaints(data)) <= set(complaints(FILES[name])), title


def _id(book: Workbook, title: str) -> str:
    found = entry(book, title)
    return "" if found is None else found.get(R_ID, "")


def _rels(part: str) -> str:
    folder, _, base = part.rpartition("/")
    return f"{folder}/_rels/{base}.rels"


@microsoft
def test_microsofts_validator_objects_to_nothing_new(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    before = objections(FILES, tmp_path / "before")
    flat = {}
    for name, data in FILES.items():
        alone = removable(data)
        kept = dict([*list(alone.items())[:1], *list(alone.items())[-1:], ("all", emptied(data))])
        flat |= {f"{name} {title}": patched for title, patched in kept.items()}
    after = objections(flat, tmp_path / "after")
    for one, said in after.items():
        assert len(said) <= len(before[one.split(" ")[0]]), (one, said)


def test_the_names_of_the_others_follow_and_its_own_go() -> None:
    def write(book: Any) -> None:
        for title in ("Un", "Deux", "Trois"):
            book.add_worksheet(title).repeat_rows(0)
        book.define_name("Deux!local", "=Trois!$A$1")

    after = Workbook(without(made(write), "Deux"))
    found = {(n.get("name"), n.get("localSheetId")) for n in after.root.iter(main("definedName"))}
    assert found == {("_xlnm.Print_Titles", "0"), ("_xlnm.Print_Titles", "1")}


def test_no_list_of_names_is_left_empty() -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Un")
        book.add_worksheet("Deux").repeat_rows(0)

    assert b"definedNames" not in parts(without(made(write), "Deux"))[BOOK]


def test_the_sheet_in_front_stays_so_or_gives_way_to_the_nearest_that_shows() -> None:
    def front(active: int, hidden: set[int], removed: int) -> str | None:
        def write(book: Any) -> None:
            sheets = [book.add_worksheet(f"F{at}") for at in range(5)]
            sheets[active].activate()
            for at in hidden:
                sheets[at].hide()

        after = Workbook(without(made(write), f"F{removed}"))
        (view,) = after.root.iter(main("workbookView"))
        return after.titles[int(view.get("activeTab", "0"))]

    assert front(active=3, hidden=set(), removed=1) == "F3"
    assert front(active=3, hidden=set(), removed=4) == "F3"
    assert front(active=3, hidden=set(), removed=3) == "F4"
    assert front(active=4, hidden=set(), removed=4) == "F3"
    assert front(active=2, hidden={1, 3}, removed=2) == "F4"
    assert front(active=4, hidden={2, 3}, removed=4) == "F1"
    assert front(active=0, hidden={1, 2}, removed=0) == "F3"


def test_the_last_sheet_that_shows_is_not_removed() -> None:
    def write(book: Any) -> None:
        book.add_worksheet("Un")
        book.add_worksheet("Deux").hide()

    data = made(write)
    with pytest.raises(Refused, match="seule feuille visible"):
        without(data, "Un")
    assert Workbook(without(data, "Deux")).titles == ["Un"]


def test_a_title_that_no_sheet_has_is_said() -> None:
    with pytest.raises(KeyError):
        without(plan(), "Absente")
    with pytest.raises(PatchError):
        without(replaced(plan(), BOOK, b'r:id="rId3"', b'r:id="rId33"'), "Synthèse")


def test_a_sheet_may_be_told_in_other_letters() -> None:
    assert Workbook(without(plan(), "SYNTHÈSE")).titles == ["Actions", "Listes"]


TITLES = ("Bilan", "L'été", "A & B <1>", "Été 2026")


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("place", ["cell", "name", "rule", "validation", "chart", "sparkline"])
def test_a_sheet_that_a_formula_uses_is_not_removed(title: str, place: str) -> None:
    reference = "'{}'!$A$1:$A$3".format(title.replace("'", "''"))

    def write(book: Any) -> None:
        sheet, other = book.add_worksheet("Mienne"), book.add_worksheet(title)
        other.write_column("A1", [1, 2, 3])
        other.write_formula("B1", f"=SUM({reference})")  # its own formulas do not keep it
        if place == "cell":
            sheet.write_formula("A1", f"=SUM({reference})")
        elif place == "name":
            book.define_name("nom", f"={reference}")
        elif place == "rule":
            options = {"type": "formula", "criteria": f"=SUM({reference})>1"}
            sheet.conditional_format("A1", options | {"format": book.add_format({"bold": True})})
        elif place == "validation":
            sheet.data_validation("A1", {"validate": "list", "source": f"={reference}"})
        elif place == "chart":
            chart = book.add_chart({"type": "line"})
            chart.add_series({"values": f"={reference}"})
            sheet.insert_chart("B2", chart)
        elif place == "sparkline":
            sheet.add_sparkline("A1", {"range": reference})

    data = made(write)
    with pytest.raises(Refused, match="formules"):
        without(data, title)


def test_a_sheet_whose_table_a_formula_uses_is_neither_removed_nor_replaced_without_it() -> None:
    def write(book: Any, table: str = "tSomme") -> None:
        options = {"name": table, "data": [[1], [2]]}
        book.add_worksheet("Bilan").add_table("A1:A3", options)

    def both(book: Any) -> None:
        book.add_worksheet("Mienne").write_formula("A1", "=SUM(tSomme[Column1])")
        write(book)

    data = made(both)
    with pytest.raises(Refused, match="tSomme"):
        without(data, "Bilan")
    book = Workbook(data)
    with pytest.raises(Refused, match="tSomme"):
        book.graft(made(lambda other: write(other, "tAutre")))
    assert book.to_bytes() == data
    book.graft(made(write))
    assert book["Bilan"].tables[0].name == "tSomme"


def test_a_text_that_looks_like_a_reference_does_not_keep_a_sheet() -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Mienne")
        sheet.write("A1", "voir Bilan!A1")
        sheet.write_formula("A2", '="Bilan!A1"', None, "Bilan!A1")
        sheet.write_formula("A3", "=Bilan2!A1+Mon_Bilan!A1")
        sheet.write_comment("A1", "Bilan!A1")
        sheet.write_url("A4", "internal:Bilan!A1")
        for title in ("Bilan", "Bilan2", "Mon_Bilan"):
            book.add_worksheet(title)

    after = Workbook(without(made(write), "Bilan"))
    assert after.titles == ["Mienne", "Bilan2", "Mon_Bilan"]


def test_what_mentions_a_sheet_is_told_from_what_looks_alike() -> None:
    for formula in ("Bilan!A1", "'Bilan'!A1", "1+BILAN!$B:$B", "SUM(Bilan:Autre!A1)",
                    "SUM('A b:Bilan'!A1)"):  # fmt: skip
        assert mentions(formula, "Bilan"), formula
    for formula in ('"Bilan!A1"', "Bilan2!A1", "[1]Bilan!A1", "'[1]Bilan'!A1", "Bilan", "Bilan[x]"):
        assert not mentions(formula, "Bilan"), formula


def test_a_sheet_of_slicers_or_that_is_the_source_of_a_pivot_table_is_not_removed() -> None:
    with pytest.raises(Refused, match="segment"):
        without(torture(), "Actions")
    contents = parts(plan())
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    contents[cache] = (
        f'<pivotCacheDefinition xmlns="{main("")[1:-1]}"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:A2" sheet="Synthèse"/></cacheSource></pivotCacheDefinition>'
    ).encode()
    with pytest.raises(Refused, match="formules"):
        without(zipped(contents), "Synthèse")


def test_the_chain_of_calculation_goes_with_a_sheet_of_formulas_only() -> None:
    contents = parts(plan())
    contents[BOOK] = re.sub(rb"<calcPr[^>]*>", b"", contents[BOOK])
    data = zipped(contents)
    text = made(lambda book: book.add_worksheet("Texte"))
    book = Workbook(data)
    book.graft(text)
    assert b"calcPr" not in parts(without(book.to_bytes(), "Texte"))[BOOK]
    assert b'fullCalcOnLoad="1"' in parts(without(data, "Synthèse"))[BOOK]


def test_what_is_shared_with_another_sheet_is_not_owned() -> None:
    package = Workbook(torture()).package
    everything = set(reached(package, ""))
    assert {"xl/styles.xml", "xl/worksheets/sheet1.xml"} <= everything
    mine = owned(package, "xl/worksheets/sheet1.xml")
    assert mine[0] == "xl/worksheets/sheet1.xml"
    assert "xl/styles.xml" not in mine
    assert "xl/tables/table1.xml" in mine


def test_a_workbook_of_which_a_sheet_was_removed_no_longer_knows_it() -> None:
    book = Workbook(plan())
    assert book["Synthèse"].cell("A1").value is not None
    book.remove_sheet("synthèse")
    assert "Synthèse" not in book
    with pytest.raises(KeyError):
        book["Synthèse"]
    assert plain(book.to_bytes())
