"""The linter of workbooks finds what makes Excel repair a file, and nothing in a sound one."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from support import office
from support.repairs import INVARIANTS, broken, complaints
from support.sound import (
    BOOK,
    CHART,
    DRAWING,
    NOTES,
    OF_ONE,
    OF_TWO,
    ONE,
    QUOTED,
    RELATIONS,
    STRINGS,
    STYLES,
    TABLE,
    TWO,
    TYPES,
    changed,
    packed,
    sound,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CHAIN = f'<Relationship Id="rId9" Type="{KINDS}/calcChain" Target="calcChain.xml"/></Relationships>'
CHAIN_TYPE = (
    '<Override PartName="/xl/calcChain.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>'
)
LONG = "x" * 256
FORMULA = "<formula>$B2&gt;10</formula>"
LISTED = '<formula1>"oui,non"</formula1>'
CUSTOM = "<formula1>ISNUMBER(C2)</formula1>"
CALCULATED = 'IF(B2&gt;10,SUM(Tarif[Prix]),COUNTIFS(Codes,"C*"))'
COLUMN = '<tableColumn id="2" name="Prix"'

BREACHES = [  # the invariant, the part, what is there, what is there instead, what is said of it
    ("each_part_is_well_formed", STYLES, "</styleSheet>", "", "not well-formed"),
    ("each_part_is_well_formed", STYLES, "<styleSheet", '<!DOCTYPE a [<!ENTITY b "c">]><styleSheet', "document type"),
    ("ignorable_prefixes_are_declared", TWO, 'mc:Ignorable="x14ac"', 'mc:Ignorable="x14ac xr"', "prefix xr"),
    ("each_part_has_a_content_type", TYPES, 'Extension="vml"', 'Extension="vm"', "vmlDrawing1.vml has no"),
    ("each_part_has_a_content_type", TYPES, '"/xl/comments1.xml"', '"/xl/comments2.xml"', "comments2.xml, which is missing"),
    ("each_part_has_a_content_type", TYPES, '"/xl/comments1.xml"', '"/xl/styles.xml"', "/xl/styles.xml is declared twice"),
    ("relations_lead_to_parts", OF_ONE, "../tables/table1.xml", "../tables/table2.xml", "table2.xml, which is missing"),
    ("relations_lead_to_parts", OF_ONE, 'Id="rId2"', 'Id="rId3"', "rId3 is there twice"),
    ("parts_are_what_relations_say", TYPES, "spreadsheetml.table+xml", "spreadsheetml.chart+xml", "table1.xml, a table"),
    ("parts_are_what_relations_say", CHART, "drawingml/2006/chart", "drawingml/2006/charts", "chart1.xml, a chart, begins"),
    ("parts_are_what_relations_say", "_rels/.rels", "/officeDocument\"", "/document\"", "no relation leads to a workbook"),
    ("sheets_have_names_that_excel_accepts", BOOK, 'name="Données"', f'name="{"x" * 32}"', "a sheet is named 'xxx"),
    ("sheets_have_names_that_excel_accepts", BOOK, 'name="Données"', 'name="a/b"', "a sheet is named 'a/b'"),
    ("sheets_have_names_that_excel_accepts", BOOK, 'name="Données"', 'name="L’ŒIL D\'À CÔTÉ"', "two sheets"),
    ("sheets_are_parts_of_their_own", BOOK, 'sheetId="2"', 'sheetId="1"', "has the number 1"),
    ("sheets_are_parts_of_their_own", BOOK, 'r:id="rId2"', 'r:id="rId1"', "leads to no part"),
    ("a_visible_sheet_is_shown_first", BOOK, 'activeTab="1"', 'activeTab="2"', "the number 2"),
    ("a_visible_sheet_is_shown_first", BOOK, 'sheetId="2"', 'sheetId="2" state="hidden"', "the number 1"),
    ("names_are_those_that_excel_accepts", BOOK, 'name="Codes"', 'name="C1"', "named 'C1'"),
    ("names_are_those_that_excel_accepts", BOOK, 'name="Codes"', 'name="ODD17"', "named 'ODD17'"),
    ("names_are_those_that_excel_accepts", BOOK, 'name="Codes"', 'name="les codes"', "named 'les codes'"),
    ("names_are_those_that_excel_accepts", BOOK, "<definedNames>", '<definedNames><definedName name="CODES">1</definedName>', "twice"),
    ("names_are_those_that_excel_accepts", BOOK, 'Area" localSheetId="1"', 'Area" localSheetId="2"', "sheet 2 of 2"),
    ("names_of_printing_stay_in_the_sheet", BOOK, f"{QUOTED}!$A$1:$C$20", "Données!$A$1:$C$20", "Print_Area is Données"),
    ("names_of_printing_stay_in_the_sheet", BOOK, f"{QUOTED}!$1:$1", f"{QUOTED}!$A$1:$B$1", "Print_Titles is"),
    ("names_of_printing_stay_in_the_sheet", BOOK, 'Titles" localSheetId="1"', 'Titles"', "belongs to no sheet"),
    ("the_name_of_a_filter_is_its_area", BOOK, "$A$1:$C$4", "$A$1:$C$5", "the filter A1:C4"),
    ("dates_of_the_document_are_dates", "docProps/core.xml", 'W3CDTF">', 'W3CDTF">le ', "cannot be told: ValueError"),
    ("titles_of_the_document_are_counted", "docProps/app.xml", 'size="5"', 'size="6"', "6 titles of 5"),
    ("elements_of_a_sheet_are_in_order", ONE, "<sheetViews>", "<sheetCalcPr/><sheetViews>", "sheetViews comes after sheetCalcPr"),
    ("elements_of_a_sheet_are_in_order", ONE, "<sheetViews>", "<panes/><sheetViews>", "worksheet holds panes"),
    ("elements_of_a_table_are_in_order", TABLE, '<tableStyleInfo', '<autoFilter ref="A1:C4"/><tableStyleInfo', "autoFilter comes after"),
    ("elements_of_a_workbook_are_in_order", STYLES, "</styleSheet>", '<numFmts count="0"/></styleSheet>', "numFmts comes after"),
    ("elements_of_a_workbook_are_in_order", BOOK, "<bookViews>", "<calcPr/><bookViews>", "bookViews comes after calcPr"),
    ("rows_go_down", ONE, '<row r="3"', '<row r="2"', "row 2 comes after the row 2"),
    ("rows_go_down", ONE, '<row r="10"', '<row r="1048577"', "row 1048577"),
    ("rows_are_within_limits", ONE, 'ht="20.25"', 'ht="410"', "410.0 points"),
    ("rows_are_within_limits", ONE, 'customHeight="1" outlineLevel="1"', 'outlineLevel="8"', "more than 7"),
    ("rows_are_within_limits", ONE, 's="1" customFormat', 's="3" customFormat', "style 3"),
    ("cells_go_right", ONE, '<c r="B3"', '<c r="A3"', "A3 comes after the column 1"),
    ("cells_go_right", ONE, '<c r="B3"', '<c r="B4"', "B4 stands in the row 3"),
    ("cells_go_right", ONE, '<c r="G10"', '<c r="XFE10"', "'XFE10' is not the address"),
    ("cells_have_styles_that_exist", ONE, '<c r="F10" s="1"', '<c r="F10" s="3"', "F10 has the style 3 of 3"),
    ("cells_hold_what_their_type_says", ONE, "<v>1.5</v>", "<v>1,5</v>", "F10 of the type n"),
    ("cells_hold_what_their_type_says", ONE, "<v>1.5</v>", "<v>inf</v>", "F10 of the type n"),
    ("cells_hold_what_their_type_says", ONE, '<c r="E10" t="b"><v>1', '<c r="E10" t="b"><v>VRAI', "E10 of the type b"),
    ("cells_hold_what_their_type_says", ONE, "<v>#N/A</v>", "<v>#NV</v>", "G10 of the type e"),
    ("cells_hold_what_their_type_says", ONE, 't="b"', 't="x"', "E10 has the type x"),
    ("cells_hold_what_their_type_says", ONE, '<c r="F10" s="1"><v>1.5', '<c r="F10" t="s"><v>99', "the text 99 of"),
    ("cells_hold_what_their_type_says", ONE, '<c r="F10" s="1">', '<c r="F10" t="inlineStr">', "F10 of the type inlineStr"),
    ("cells_hold_one_thing", ONE, "<v>1.5</v>", "<v>1.5</v><v>2</v>", "F10 holds"),
    ("cells_hold_one_thing", ONE, "<f>NA()</f><v>#N/A</v>", "<v>#N/A</v><f>NA()</f>", "G10 holds"),
    ("texts_of_cells_are_short_enough", TWO, "<v>é</v>", f"<v>{'x' * 32_768}</v>", "E6 holds a text of 32768"),
    ("shared_texts_are_short_enough", STRINGS, "ensemble", "x" * 32_768, "has 32768"),
    ("shared_formulas_have_their_master", ONE, "<f>NA()</f>", '<f t="shared" si="0"/>', "G10 shares the formula 0"),
    ("shared_formulas_have_their_master", ONE, "<f>NA()</f>", "<f></f>", "G10 has an empty formula"),
    ("columns_go_right", ONE, '<col min="3"', '<col min="2"', "2 to 3 come after the column 2"),
    ("columns_go_right", ONE, 'width="10.7109375"', 'width="256"', "256 wide"),
    ("columns_go_right", ONE, 'width="10.7109375"', 'width="9" outlineLevel="8"', "more than 7"),
    ("columns_go_right", ONE, 'style="1"', 'style="3"', "style 3"),
    ("panes_are_those_of_the_split", ONE, 'ySplit="1" ', "", "the active pane is bottomRight"),
    ("panes_are_those_of_the_split", ONE, 'xSplit="1" ', "", "a selection is in the pane topRight"),
    ("panes_are_those_of_the_split", TWO, 'workbookViewId="0"/>', 'workbookViewId="0"><selection pane="bottomLeft"/></sheetView>', "bottomLeft"),
    ("what_is_selected_is_in_the_sheet", ONE, 'activeCell="B1"', 'activeCell="C9"', "C9 is outside"),
    ("merged_areas_do_not_overlap", ONE, '<mergeCell ref="E7:F8"/>', '<mergeCell ref="E7:F8"/><mergeCell ref="F8:G9"/>', "overlap"),
    ("merged_areas_do_not_overlap", ONE, 'ref="E7:F8"', 'ref="E7:E7"', "with itself"),
    ("the_filter_is_its_own_area", ONE, "<mergeCells", '<autoFilter ref="C4:E9"/><mergeCells', "overlaps the table Tarif"),
    ("the_filter_is_its_own_area", TWO, 'colId="0"', 'colId="3"', "no column 3"),
    ("related_parts_are_of_the_right_kind", TWO, '<drawing r:id="rId2"', '<drawing r:id="rId5"', "rId5, which is not there"),
    ("related_parts_are_of_the_right_kind", ONE, '<legacyDrawing r:id="rId1"', '<legacyDrawing r:id="rId2"', "leads to a table"),
    ("printing_is_within_limits", TWO, 'fitToHeight="0"', 'scale="5"', "5 %"),
    ("printing_is_within_limits", TWO, "titre", LONG, "oddHeader has 258"),
    ("printing_is_within_limits", TWO, '<brk id="20"', '<brk id="0"', "page breaks"),
    ("validations_cover_areas_of_their_own", TWO, '<dataValidations count="3">', '<dataValidations count="4">', "4 validations"),
    ("validations_cover_areas_of_their_own", TWO, f'sqref="C2:C4">{CUSTOM}', f'sqref="C2:C4 B4">{CUSTOM}', "overlap"),
    ("validations_cover_areas_of_their_own", TWO, f'sqref="C2:C4">{CUSTOM}', f'sqref="">{CUSTOM}', "the list of areas is empty"),
    ("texts_of_validations_are_short_enough", TWO, 'promptTitle="Choix"', f'promptTitle="{"x" * 33}"', "promptTitle of A2:A4 has 33"),
    ("texts_of_validations_are_short_enough", TWO, 'prompt="Oui ou non."', f'prompt="{LONG}"', "prompt of A2:A4 has 256"),
    ("validations_have_their_formulas", TWO, "<formula2>100</formula2>", "", "B2:B4 lacks a formula"),
    ("validations_have_their_formulas", TWO, 'type="custom"', 'type="own"', "of the type own"),
    ("lists_of_validations_are_short_enough", TWO, LISTED, f'<formula1>"{LONG}"</formula1>', "A2:A4 has 256"),
    ("formats_have_rules_and_areas", TWO, f'<cfRule type="expression" dxfId="0" priority="1">{FORMULA}</cfRule>', "", "A2:A4 has no rule"),
    ("formats_lead_to_styles", TWO, 'dxfId="0"', 'dxfId="1"', "the style 1 of 1"),
    ("formats_have_priorities_of_their_own", TWO, 'priority="2"', 'priority="1"', "priority 1 is given to 2"),
    ("formats_have_priorities_of_their_own", TWO, 'priority="2"', 'priority="0"', "priority 0"),
    ("formats_have_what_their_type_needs", TWO, FORMULA, "", "by formula has 0"),
    ("formats_have_what_their_type_needs", TWO, "<formula>5</formula>", "", "between has 1"),
    ("formats_have_what_their_type_needs", TWO, '<cfvo type="min"/>', "", "dataBar has 1 limits"),
    ("formats_have_what_their_type_needs", TWO, '<color rgb="FFFFEB84"/>', "", "other colours"),
    ("links_lead_somewhere", TWO, '<hyperlink ref="A7" r:id="rId1"/>', '<hyperlink ref="A7"/>', "A7 leads nowhere"),
    ("links_lead_somewhere", OF_TWO, "https://exemple.be/", "https://exemple.be/" + "x" * 2_080, "A7 leads to"),
    ("links_lead_somewhere", TWO, "vers les données", LONG, "too long"),
    ("formulas_can_be_parsed", TWO, CALCULATED, CALCULATED[:-1], "C2: 'the end' stands where ')' is expected"),
    ("formulas_can_be_parsed", TWO, CALCULATED, CALCULATED.replace(",", ";"), "';' stands where ')' is expected"),
    ("formulas_can_be_parsed", TWO, "ISNUMBER(C2)", "=ISNUMBER(C2)", "'=' stands where a value is expected"),
    ("formulas_can_be_parsed", TWO, '"C*"', '"C*', "cannot stand there"),
    ("formulas_can_be_parsed", TABLE, "[Prix]]*2", "[Prix]]*", "stands where a value"),
    ("formulas_can_be_parsed", CHART, "Données!$A$1", "Données!", "stands where a cell"),
    ("formulas_are_within_limits", TWO, "ISNUMBER(C2)", "C2+" * 90 + "1", "271 characters of 255"),
    ("formulas_are_within_limits", TWO, CALCULATED, "+".join(["B2"] * 3_000), "8999 characters of 8192"),
    ("formulas_are_within_limits", TWO, CALCULATED, "(" * 65 + "1" + ")" * 65, "more than 64"),
    ("functions_are_known", TWO, "SUM(", "SOMME(", "the function SOMME"),
    ("functions_are_known", TWO, "SUM(", "TEXTJOIN(", "the function TEXTJOIN"),
    ("functions_have_their_arguments", TWO, "ISNUMBER(C2)", "ISNUMBER(C2,1)", "ISNUMBER has 2"),
    ("functions_have_their_arguments", TWO, 'COUNTIFS(Codes,"C*")', 'COUNTIFS(Codes,"C*",Codes)', "COUNTIFS has 3"),
    ("formulas_name_what_is_there", TWO, "Codes,", "Code,", "the name Code is not defined"),
    ("formulas_name_what_is_there", CHART, "Données!$A$1", "Donnees!$A$1", "the sheet 'Donnees' is not there"),
    ("formulas_name_what_is_there", TWO, "'Données'!A1", "'Feuil1'!A1", "A6: the sheet 'Feuil1' is not there"),
    ("formulas_name_what_is_there", BOOK, f"{QUOTED}!$A$2:$A$4", f"{QUOTED}!#REF!", "the name Codes: #REF!"),
    ("structured_references_lead_to_columns", TWO, "Tarif[Prix]", "Tarif[Prix HT]", "no column 'Prix HT'"),
    ("structured_references_lead_to_columns", TWO, "Tarif[Prix]", "Tarifs[Prix]", "the table Tarifs is not there"),
    ("structured_references_lead_to_columns", TABLE, "[Prix]", "[Coût]", "no column 'Coût'"),
    ("rules_use_no_arrays_unions_nor_tables", TWO, "ISNUMBER(C2)", "SUM(Tarif[Prix])", "the columns of a table"),
    ("rules_use_no_arrays_unions_nor_tables", TWO, "ISNUMBER(C2)", "OR(C2={1,2})", "cannot hold '{'"),
    ("tables_have_names_and_numbers_of_their_own", TABLE, 'displayName="Tarif"', 'displayName="codes"', "named 'codes'"),
    ("tables_have_names_and_numbers_of_their_own", TABLE, 'displayName="Tarif"', 'displayName="T1"', "named 'T1'"),
    ("tables_have_names_and_numbers_of_their_own", TABLE, ' id="1" name="Tarif"', ' id="0" name="Tarif"', "the number 0"),
    ("a_table_has_headings_and_rows", TABLE, 'ref="A1:C5"', 'ref="A1:C2"', "no row in A1:C2"),
    ("columns_of_a_table_have_names_of_their_own", TABLE, COLUMN, COLUMN.replace("Prix", "NOM"), "'NOM' is there twice"),
    ("columns_of_a_table_have_names_of_their_own", TABLE, 'ref="A1:C5"', 'ref="A1:D5"', "3 columns in A1:D5, 4 wide"),
    ("columns_of_a_table_have_names_of_their_own", TABLE, COLUMN, COLUMN.replace("2", "1"), "the same number"),
    ("headings_of_a_table_are_its_columns", STRINGS, "Double", "Le double", "'Double' shows 'Le double'"),
    ("headings_of_a_table_are_its_columns", ONE, '<c r="C1" t="s"><v>3</v></c>', '<c r="C1"><v>3</v></c>', "'Double' shows None"),
    ("styles_of_a_table_are_there", TABLE, COLUMN, f'{COLUMN} dataDxfId="4"', "dataDxfId is 4 of 1"),
    ("the_filter_of_a_table_is_its_area", TABLE, '<autoFilter ref="A1:C4"/>', '<autoFilter ref="A1:C5"/>', "the filter is A1:C5"),
    ("tables_lie_apart", ONE, 'ref="E7:F8"', 'ref="A2:B2"', "merged in the table Tarif"),
    ("tables_are_counted", ONE, '<tableParts count="1">', '<tableParts count="2">', "2 tables are counted"),
    ("tables_are_counted", ONE, '<tableParts count="1"><tablePart r:id="rId2"/></tableParts>', "", "0 tables are listed, 1 related"),
    ("styles_are_counted", STYLES, '<fonts count="4">', '<fonts count="5">', "5 fonts are counted of 4"),
    ("formats_point_at_what_is_there", STYLES, 'fontId="1"', 'fontId="4"', "fontId 4"),
    ("formats_point_at_what_is_there", STYLES, '<xf numFmtId="164"', '<xf numFmtId="165"', "the number format 165"),
    ("number_formats_can_be_read", STYLES, 'formatCode="0.0&quot; m²&quot;"', 'formatCode="0.0&quot; m²"', "cannot be read"),
    ("number_formats_can_be_read", STYLES, 'formatCode="0.0&quot; m²&quot;"', 'formatCode="0;0;0;0;0"', "cannot be read"),
    ("named_styles_are_there_once", STYLES, 'name="Hyperlink"', 'name="normal"', "the style normal is there twice"),
    ("named_styles_are_there_once", STYLES, 'name="Hyperlink" xfId="1"', 'name="Hyperlink" xfId="2"', "format 2"),
    ("colours_are_colours", STYLES, 'rgb="FFFFC7CE"', 'rgb="#FFC7CE"', "'#FFC7CE'"),
    ("drawings_are_anchored_in_the_sheet", DRAWING, "<xdr:col>13</xdr:col>", "<xdr:col>2</xdr:col>", "ends before it begins"),
    ("drawings_are_anchored_in_the_sheet", DRAWING, "<xdr:col>13</xdr:col>", "<xdr:col>16384</xdr:col>", "outside"),
    ("shapes_have_numbers_and_relations", DRAWING, 'id="3"', 'id="2"', "the number 2 is given to 2"),
    ("shapes_have_numbers_and_relations", DRAWING, 'r:id="rId2"', 'r:id="rId3"', "the relation rId3"),
    ("shapes_have_numbers_and_relations", "xl/drawings/_rels/drawing1.xml.rels", "/chart\"", "/image\"", "should be a chart"),
    ("charts_have_series_of_their_own", CHART, '<c:order val="1"/>', '<c:order val="0"/>', "the same c:order"),
    ("charts_have_their_axes", CHART, '<c:axId val="50010001"/><c:axId', '<c:axId val="1"/><c:axId', "the axes ['1'"),
    ("charts_have_their_axes", CHART, '<c:crossAx val="50010001"/>', '<c:crossAx val="1"/>', "an axis crosses"),
    ("points_of_charts_are_counted", CHART, '<c:ptCount val="3"/>', '<c:ptCount val="2"/>', "3 points are kept of 2"),
    ("comments_have_authors_and_cells", NOTES, 'authorId="0"', 'authorId="1"', "the author 1"),
    ("comments_have_their_boxes", NOTES, 'ref="E10"', 'ref="E9"', "[(9, 5)], their boxes in [(10, 5)]"),
    ("comments_have_their_boxes", ONE, '<legacyDrawing r:id="rId1"/>', "", "not drawn"),
    ("drawings_belong_to_one_sheet", OF_TWO, '/drawing" Target="../drawings/drawing1.xml', '/vmlDrawing" Target="../drawings/vmlDrawing1.vml', "belongs to two sheets"),
]  # fmt: skip


def chained() -> bytes:
    """Return the workbook as Excel saves it, with its order of calculation, one formula gone."""
    parts = office.parts(changed(RELATIONS, "</Relationships>", CHAIN))
    parts[TYPES] = parts[TYPES].replace("</Types>", CHAIN_TYPE)
    cells = '<c r="C2" i="2"/><c r="C9"/>'
    return packed(parts | {"xl/calcChain.xml": f'<calcChain xmlns="{MAIN}">{cells}</calcChain>'})


def doubled() -> bytes:
    """Return the workbook with one of its parts there twice."""
    buffer = io.BytesIO(sound())
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as package:
        warnings.simplefilter("ignore")
        package.writestr(STYLES, office.parts(sound())[STYLES])
    return buffer.getvalue()


def flipped() -> bytes:
    """Return the workbook with one letter of a stored text changed on the way."""
    return packed(office.parts(sound())).replace(b"ensemble", b"ensembla")


MADE = [  # the invariant, the workbook in which it does not hold, what is said of it
    ("each_part_is_there_once", doubled, "xl/styles.xml is there twice"),
    ("the_archive_is_sound", flipped, "xl/sharedStrings.xml does not match"),
    ("the_calculation_chain_names_formulas", chained, "C9 of the sheet 2"),
]


def said(data: bytes, invariant: str) -> list[str]:
    """Return what is said of one invariant."""
    return [f"{place}: {text}" for name, place, text in broken(data) if name == invariant]


def test_a_sound_workbook_has_no_complaint() -> None:
    assert complaints(sound()) == []


def test_a_workbook_saved_by_openpyxl_has_no_complaint() -> None:
    assert complaints(office.edited(sound(), lambda workbook: None)) == []


@pytest.mark.libreoffice
@office.libreoffice
def test_a_workbook_saved_by_libreoffice_has_no_complaint(tmp_path: Path) -> None:
    # with a row of totals, LibreOffice widens the filter of the table to it
    saved = office.recalculated({"sound.xlsx": sound(totals=False)}, tmp_path, "fr-FR")

    assert complaints(saved["sound.xlsx"]) == []


@pytest.mark.parametrize(
    ("invariant", "part", "before", "after", "words"),
    BREACHES,
    ids=[f"{at}-{breach[0]}" for at, breach in enumerate(BREACHES)],
)
def test_one_thing_broken_is_named(
    invariant: str, part: str, before: str, after: str, words: str
) -> None:
    assert any(words in line for line in said(changed(part, before, after), invariant))


@pytest.mark.parametrize(("invariant", "make", "words"), MADE, ids=[breach[0] for breach in MADE])
def test_a_package_made_wrong_is_named(
    invariant: str, make: Callable[[], bytes], words: str
) -> None:
    (line,) = said(make(), invariant)
    assert words in line


def test_every_invariant_is_broken_here() -> None:
    assert {look.__name__ for _, look in INVARIANTS} == {breach[0] for breach in (*BREACHES, *MADE)}


def test_every_part_may_be_missing() -> None:
    parts = office.parts(sound())
    for name in parts:
        assert complaints(packed({one: parts[one] for one in parts if one != name})), name
