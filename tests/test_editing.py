"""What people do to the template in Excel or LibreOffice, and what is read of it afterwards.

After each edit the whole workbook is compared, so that the rows that nobody touched count too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import office
import pytest
from support import CLEAN, OBSERVED, TOWN, damaged, of_code, read, verdict, workbook

from pst_excel.batch import Batch, Return, geometry
from pst_excel.demo import content
from pst_excel.examples import return_of
from pst_excel.generated import ROOT, SAMPLES
from pst_excel.outputs.template import write_template
from pst_excel.preparing import prepare
from pst_excel.pst import PST
from pst_excel.pst.vocabularies import SERVICES
from pst_excel.schema import HEADING_ROW, SHOWN_CODE, Where

FIRST = HEADING_ROW + 1
HARD = 'Doubler les pistes ; « vite »,\net "bien" · partout'
PLAN = (
    TOWN
    + """
OS
id | code | intitule | volet
s1 | 1    | Rouler   | Externe
s2 | 2    | Loger    | Externe

OO
id | code | code_os | intitule | volet   | services | echeance
o1 | 1.1  | 1       | Doubler  | Externe | Travaux  | 31/12/2029
o2 | 2.1  | 2       | Bâtir    | Externe | Finances | 31/12/2029

Actions
id | role      | empreinte | code  | code_oo  | intitule    | description | service_pilote | statut \
| avancement | echeance   | odd
a1 |           | e1        | 1.1.1 | 1.1      | Tracer      | Une piste   | Travaux        | En cours \
| 40         | 31/12/2027 | 11
a2 |           | e2        | 1.1.2 | 1.1; 2.1 | Baliser     |             | Travaux        | Terminé \
| 100        | 31/12/2025 | 11; 13
a3 | Référence | e3        | 2.1.1 | 2.1      | Acheter     | Un terrain  | Finances       | En attente \
| 0          | 31/12/2028 |
a4 |           |           | 2.1.2 | 2.1      | Construire  |             | Travaux        | Non commencé \
| 0          | 31/12/2029 | 7
"""
)
ACTIONS = geometry(PST["actions"], where=Where.RETURN)
LAST = FIRST + 3
Edit = Callable[[Any], None]
Rows = dict[str, list[dict[str, Any]]]


@cache
def filled() -> bytes:
    """Return the workbook that people edit; the title of its first OO holds every hard character."""
    made = return_of(PLAN, PST)
    made.tables["oo"].columns["intitule"][0] = HARD
    return write_template(made)


def edited(change: Edit) -> Return:
    """Return what is read after somebody changed the workbook."""
    return read(damaged(filled(), change))


def rows_of(one: Return) -> Rows:
    """Return what each row of each sheet holds, without its blanks nor the ids that it lacks."""
    found: Rows = {}
    for key, table in one.tables.items():
        cells = {**table.columns, **table.locals}
        found[key] = [
            {
                name: values[at]
                for name, values in cells.items()
                if values[at] not in (None, "") and (name != "id" or row not in table.new_rows)
            }
            for at, row in enumerate(table.rows)
        ]
    return found


def before() -> Rows:
    """Return what is read of the workbook that nobody has edited."""
    return rows_of(read(filled()))


def put(book: Any, row: int, cells: Mapping[str, Any]) -> None:
    """Type values in a row of Actions, by key."""
    for key, value in cells.items():
        book["Actions"][f"{ACTIONS[key]}{row}"] = value


def new(**cells: Any) -> dict[str, Any]:
    """Return a row of Actions as it is read, with the defaults of what it leaves blank."""
    return {"type_action": "PST", "synergie": "Non", **cells}


def test_a_row_inserted_in_the_middle_is_read_in_its_place() -> None:
    def insert(book: Any) -> None:
        book["Actions"].insert_rows(FIRST + 1)
        put(book, FIRST + 1, {"code": "1.1.9", "intitule": "Neuve"})

    expected = before()
    expected["actions"].insert(1, new(code="1.1.9", intitule="Neuve"))
    assert rows_of(edited(insert)) == expected


def test_rows_that_are_sorted_keep_their_hidden_cells() -> None:
    def sort(book: Any) -> None:
        area = book["Actions"].iter_rows(FIRST, LAST)
        rows = [[cell.value for cell in row] for row in area]
        title = list(ACTIONS).index("intitule")
        for at, row in enumerate(sorted(rows, key=lambda row: row[title]), start=FIRST):
            for column, value in enumerate(row, start=1):
                book["Actions"].cell(at, column).value = value

    expected = before()
    expected["actions"].sort(key=lambda row: row["intitule"])
    assert [row["id"] for row in expected["actions"]] == ["a3", "a2", "a4", "a1"]
    assert rows_of(edited(sort)) == expected


PASTED: tuple[tuple[str, Any, Any, str], ...] = (
    ("code", dt.datetime(2026, 2, 1), "1.02", "V06"),  # as most of the codes pasted, 9.10
    ("code_oo", "OO 1.1", "1.1", ""),
    ("code_oo", 1.1, "1.1", ""),
    ("code_oo", "1.1\n2.1", "1.1; 2.1", ""),
    ("statut", "réalisée", "Terminé", ""),
    ("statut", "EN COURS", "En cours", ""),
    ("statut", "Presque", "Presque", "V03"),
    ("service_pilote", " travaux", "Travaux", ""),
    ("service_pilote", "Voirie", "Voirie", "R19"),
    ("volet", "volet externe", "Externe", ""),
    ("type_action", "pérenne", "Pérenne", ""),
    ("avancement", 0.5, 50.0, ""),
    ("avancement", "50 %", 50.0, ""),
    ("avancement", 1, 1.0, "V06"),
    ("avancement", "la moitié", None, "V02"),
    ("echeance", dt.datetime(2027, 12, 31, 10, 5), dt.date(2027, 12, 31), ""),
    ("echeance", "31/12/2027", dt.date(2027, 12, 31), ""),
    ("echeance", "31 décembre 2027", dt.date(2027, 12, 31), ""),
    ("echeance", "fin 2027", dt.date(2027, 12, 31), ""),
    ("echeance", "à la rentrée", None, "V02"),
    ("odd", 11, "11", ""),
    ("odd", "ODD 11", "11", ""),
    ("odd", "11,13", "11; 13", ""),
    ("odd", "11; 18", "11; 18", "V03"),
    ("plans", "pcs ; pcdn", "Plan de cohésion sociale (PCS); Plan communal de développement de la"
     " nature (PCDN)", ""),
)  # fmt: skip
"""What another workbook held, by column: the cell, what is understood of it, the finding at it."""
DOUBTS = {code for *_, code in PASTED} - {""}


def test_a_block_pasted_over_the_lists_is_understood_or_told() -> None:
    def paste(book: Any) -> None:
        for row, (key, cell, _, _) in enumerate(PASTED, start=LAST + 1):
            put(book, row, {"code": f"9.{row}", key: cell})

    after = edited(paste)
    rows = rows_of(after)
    told = {(f.cell, f.code) for f in verdict(after).findings if f.code in DOUBTS}
    expected = [
        new(**{"code": f"9.{row}", key: value})
        for row, (key, _, value, _) in enumerate(PASTED, start=LAST + 1)
    ]
    assert rows["actions"][4:] == [
        {key: value for key, value in row.items() if value is not None} for row in expected
    ]
    assert told == {
        (f"{ACTIONS[key]}{row}", code)
        for row, (key, _, _, code) in enumerate(PASTED, start=LAST + 1)
        if code
    }
    assert rows | {"actions": rows["actions"][:4]} == before()


def test_what_a_pasted_cell_held_is_kept_where_it_was_not_understood() -> None:
    after = edited(lambda book: put(book, FIRST, {"echeance": "à la rentrée", "statut": "Presque"}))

    expected = before()
    expected["actions"][0]["statut"] = "Presque"
    del expected["actions"][0]["echeance"]
    assert rows_of(after) == expected
    assert after.not_understood() == {("actions", FIRST, "echeance"): "à la rentrée"}
    (finding,) = of_code(verdict(after).findings, "V02")
    assert (finding.cell, finding.read) == (f"{ACTIONS['echeance']}{FIRST}", "à la rentrée")


def test_rows_pasted_far_below_the_table_are_read() -> None:
    def paste(book: Any) -> None:
        for row in range(70, 201):
            put(book, row, {"code": f"3.1.{row}", "statut": "En cours"})

    after = edited(paste)
    expected = before()
    expected["actions"] += [new(code=f"3.1.{n}", statut="En cours") for n in range(70, 201)]
    assert rows_of(after) == expected
    assert after.tables["actions"].rows[4:] == list(range(70, 201))


def test_rows_left_blank_between_are_passed_over() -> None:
    def leave(book: Any) -> None:
        put(book, LAST + 3, {"code": "2.1.3"})
        put(book, LAST + 9, {"intitule": "Sans code"})

    after = edited(leave)
    expected = before()
    expected["actions"] += [new(code="2.1.3"), new(intitule="Sans code")]
    assert rows_of(after) == expected
    assert after.tables["actions"].rows[4:] == [LAST + 3, LAST + 9]


@pytest.mark.parametrize("hidden", [True, False])
def test_a_row_that_is_cleared_is_no_row_though_its_hidden_cells_stay(hidden: bool) -> None:
    def clear(book: Any) -> None:
        sheet = book["Actions"]
        for key, letters in ACTIONS.items():
            if hidden or not PST["actions"][key].hidden:
                sheet[f"{letters}{FIRST + 1}"] = None

    expected = before()
    del expected["actions"][1]
    assert rows_of(edited(clear)) == expected


def test_an_entry_added_to_a_list_may_be_used() -> None:
    def add(book: Any) -> None:
        (heading,) = (c for c in book["Listes"][HEADING_ROW] if c.value == SERVICES.label)
        book["Listes"].cell(FIRST + 2, heading.column).value = "Mobilité"

    def use(book: Any) -> None:
        put(book, FIRST, {"service_pilote": "mobilité"})

    def both(book: Any) -> None:
        add(book)
        use(book)

    expected = before()
    expected["actions"][0]["service_pilote"] = "Mobilité"
    after = edited(both)
    assert rows_of(after) == expected
    assert after.lists["services"] == ("Travaux", "Finances", "Mobilité")
    assert not of_code(verdict(after).findings, "R19")
    (finding,) = of_code(verdict(edited(use)).findings, "R19")
    assert finding.cell == f"{ACTIONS['service_pilote']}{FIRST}"


@pytest.mark.parametrize("at", ["code", "statut", "after the last"])
def test_a_column_added_anywhere_is_kept_as_it_is(at: str) -> None:
    def add(book: Any) -> None:
        sheet = book["Actions"]
        position = [*ACTIONS, "after the last"].index(at) + 1
        sheet.insert_cols(position)
        sheet.cell(HEADING_ROW, position).value = "Quartier"
        sheet.cell(FIRST + 1, position).value = "Nord"

    expected = before()
    expected["actions"][1]["Quartier"] = "Nord"
    assert rows_of(edited(add)) == expected


def test_a_column_added_under_the_heading_of_another_is_told_and_not_mixed_with_it() -> None:
    def add(book: Any) -> None:
        sheet = book["Actions"]
        position = sheet.max_column + 1
        sheet.cell(HEADING_ROW, position).value = "STATUT"
        sheet.cell(FIRST, position).value = "Abandonné"

    after = edited(add)
    assert rows_of(after) == before()
    (finding,) = of_code(verdict(after).findings, "S04")
    assert finding.sheet == "Actions"


def test_an_optional_column_that_is_deleted_takes_its_values_only() -> None:
    def delete(book: Any) -> None:
        book["Actions"].delete_cols(list(ACTIONS).index("description") + 1)

    expected = before()
    for row in expected["actions"]:
        row.pop("description", None)
    after = edited(delete)
    assert rows_of(after) == expected
    assert after.troubles == []


def hide_columns(book: Any) -> None:
    for letters in ACTIONS.values():
        book["Actions"].column_dimensions[letters].hidden = True


def filter_rows(book: Any) -> None:
    sheet = book["Actions"]
    sheet.tables["T_Actions"].autoFilter.add_filter_column(
        list(ACTIONS).index("statut"), ["En cours"]
    )
    for row in range(FIRST + 1, LAST + 1):
        sheet.row_dimensions[row].hidden = True


def overwrite_what_is_computed(book: Any) -> None:
    computed = (column.key for column in PST["actions"].computed if column.key in ACTIONS)
    put(book, FIRST, dict.fromkeys(computed, "à moi"))


def add_a_sheet(book: Any) -> None:
    book.create_sheet("Mes notes", 0)["A1"] = "Code action"


def rename(book: Any) -> None:
    book["Actions"].title = "Actions (2)"


def move_the_sheets(book: Any) -> None:
    book.move_sheet("Actions", -4)


@pytest.mark.parametrize(
    "change",
    [
        hide_columns,
        filter_rows,
        overwrite_what_is_computed,
        add_a_sheet,
        rename,
        move_the_sheets,
    ],
)
def test_what_changes_no_value_changes_nothing_that_is_read(change: Edit) -> None:
    after = edited(change)

    assert rows_of(after) == before()
    assert after.troubles == []
    assert after.notes == []


def shown(sheet: str) -> list[str]:
    """Return what the drop-down lists show of the rows of a sheet, as the workbook holds it."""
    letters = geometry(PST[sheet], where=Where.RETURN)[SHOWN_CODE]
    values = office.values(filled())
    found = (values.get((PST[sheet].title, f"{letters}{FIRST + at}")) for at in range(20))
    return [str(text) for text in found if text]


FIRST_OO, SECOND_OO = '1.1 · Doubler les pistes , « vite », et "bien" · partout', "2.1 · Bâtir"
CHOSEN = (
    ("code_oo", FIRST_OO, "1.1"),
    ("code_oo", SECOND_OO, "2.1"),
    ("code_oo", f"{FIRST_OO}; 2.1", "1.1; 2.1"),
    ("code_oo", f"2.1; {FIRST_OO}", "2.1; 1.1"),
    ("code_oo", f"{FIRST_OO};{SECOND_OO};", "1.1; 2.1"),
    ("code_oo", f"{FIRST_OO}\n{SECOND_OO}", "1.1; 2.1"),
    ("code_oo", f"{FIRST_OO}; {FIRST_OO}", "1.1"),
    ("actions_liees", "1.1.1 · Tracer; 2.1.2", "1.1.1; 2.1.2"),
    ("odd", "11 · Villes et communautés durables", "11"),
    ("odd", "11 · Villes et communautés durables; 13", "11; 13"),
    ("odd", "9 · Industrie, innovation et infrastructure; 2 · Faim « zéro »", "9; 2"),
    ("odd", "13; 11 · VILLES ET COMMUNAUTES DURABLES", "13; 11"),
)
"""What is chosen in a list, or chosen then completed by typing, and the codes that it means."""


def test_the_lists_show_the_codes_with_titles_that_hold_no_separator() -> None:
    assert shown("oo") == [FIRST_OO, SECOND_OO]


def test_what_is_chosen_as_the_list_shows_it_is_its_code() -> None:
    def choose(book: Any) -> None:
        for row, (key, text, _) in enumerate(CHOSEN, start=LAST + 1):
            put(book, row, {"code": f"9.{row}", key: text})

    after = edited(choose)
    expected = before()
    expected["actions"] += [
        new(**{"code": f"9.{row}", key: codes})
        for row, (key, _, codes) in enumerate(CHOSEN, start=LAST + 1)
    ]
    assert rows_of(after) == expected
    assert not of_code(verdict(after).findings, "V03")


SCRATCH = "Essai"
LISTED = ("os", "oo", "actions")
RETURNED = ROOT / SAMPLES / "retours" / "PST_Valbruyere_culture.xlsx"
ADDED = 'Un titre ; « dit »,\net "bref"'


@cache
def sent() -> dict[str, bytes]:
    """Return the workbooks that LibreOffice opens and saves: filled, returned, about to be sent."""
    envelope, *_ = prepare(content.whole(content.MAIN), due=OBSERVED).envelopes
    return {
        "clean.xlsx": workbook(CLEAN),
        "returned.xlsx": RETURNED.read_bytes(),
        "prepared.xlsx": write_template(envelope.content),
    }


def listed(data: bytes) -> bytes:
    """Return a workbook with a row more in each sheet, and what the lists hold in scratch cells."""
    one = read(data)

    def add(book: Any) -> None:
        scratch = book.create_sheet(SCRATCH)
        for column, key in enumerate(LISTED, start=1):
            letters, rows = one.tables[key].letters, one.tables[key].rows
            sheet = book[one.tables[key].title]
            sheet[f"{letters['code']}{rows[-1] + 1}"] = "9.9"
            sheet[f"{letters['intitule']}{rows[-1] + 1}"] = ADDED
            scratch.cell(1, column).value = f"=ROWS(Choix_{key})"
            for row in range(1, len(rows) + 2):
                scratch.cell(1 + row, column).value = f"=INDEX(Choix_{key},{row})"

    return office.edited(data, add)


@cache
def longer() -> dict[str, bytes]:
    """Return the workbooks sent, each a row longer."""
    return {name: listed(data) for name, data in sent().items()}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What LibreOffice saves: the workbooks sent in its own format, those a row longer in Excel's."""
    folder = tmp_path_factory.mktemp("saved")
    return office.recalculated(longer(), folder, "fr-FR") | as_ods(sent(), folder / "ods")


def as_ods(files: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return workbooks as LibreOffice saves them in its own format."""
    profile = folder / "profile"
    office._write_profile(profile, "fr-FR")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    office._run([
        str(office.SOFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless",
        "--norestore", "--nolockcheck", "--convert-to", "ods", "--outdir", str(folder),
        *(str(folder / name) for name in files),
    ])  # fmt: skip
    return {path.name: path.read_bytes() for path in folder.glob("*.ods")}


def as_read(one: Return) -> tuple[Any, ...]:
    """Return all that was read of a workbook: where each thing stands, what was noted of it."""
    return one.tables, one.lists, one.notes, one.troubles, one.foreign


@pytest.mark.libreoffice
@office.libreoffice
@pytest.mark.parametrize(("opened", "form"), [(sent, "ods"), (longer, "xlsx")])
def test_what_libreoffice_saves_is_read_as_what_it_opened(
    saved: dict[str, bytes], opened: Callable[[], dict[str, bytes]], form: str
) -> None:
    for name, data in opened().items():
        again = read(saved[Path(name).with_suffix(f".{form}").name])
        assert as_read(again) == as_read(read(data))


@pytest.mark.libreoffice
@office.libreoffice
def test_the_lists_show_the_rows_filled_and_those_that_are_added(saved: dict[str, bytes]) -> None:
    for name, data in sent().items():
        one = read(data)
        frames = Batch([one], PST, one.identity("date_observation"), Where.RETURN).frames
        values = office.values(saved[name])
        for column, key in zip("ABC", LISTED, strict=True):
            texts = [*frames[key][SHOWN_CODE], '9.9 · Un titre , « dit », et "bref"']
            assert values[SCRATCH, f"{column}1"] == len(texts)
            assert [values[SCRATCH, f"{column}{at}"] for at in range(2, len(texts) + 2)] == texts
