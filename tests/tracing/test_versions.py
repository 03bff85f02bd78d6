"""What changed between two states of a plan is said in its own words, nothing of it lost."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import opened, read, with_table, workbook
from support.versions import ACTION, PLAN, compared, edited, phrases, state

from pst_excel.api.outputs import as_bytes
from pst_excel.excel.books.template import blank, write_template
from pst_excel.merging.contents import blank as nothing
from pst_excel.merging.contents import label_of, plain
from pst_excel.merging.draft import Draft
from pst_excel.merging.merge import difference
from pst_excel.merging.states import State
from pst_excel.model.schema import HEADING_ROW
from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.testing import wild
from pst_excel.text.errors import UsageError
from pst_excel.tracing.phrases import counted
from pst_excel.tracing.versions import versions

NEW = "a3 | 1.2.1 | 1.2 | Ranger | Travaux | | |\n"
CASES = {
    "a date": (
        [("31/12/2026", "30/06/2027")],
        ["Action 1.1.1 : échéance 31/12/2026 → 30/06/2027"],
    ),
    "a blank": (
        [("| 31/12/2026 |", "|  |")],
        ["Action 1.1.1 : échéance 31/12/2026 → (vide)"],
    ),
    "a title": (
        [("Boucher un trou", "Boucher deux trous")],
        ["Action 1.1.1 : intitulé « Boucher un trou » → « Boucher deux trous »"],
    ),
    "a new row": (
        [("\nIndicateurs", f"{NEW}\nIndicateurs")],
        ["Action 1.2.1 · Ranger : ajoutée"],
    ),
    "a row less": (
        [("i1 | I1   | Action | 1.1.1    | Trous bouchés\n", "")],
        ["Indicateur I1 de l’action 1.1.1 · Trous bouchés : supprimé"],
    ),
    "a code": (
        [(ACTION, ACTION.replace("1.1.1", "1.1.4"))],
        ["Action 1.1.1 : code 1.1.1 → 1.1.4"],  # what names it follows it: nothing else changed
    ),
    "another parent": (
        [(ACTION, ACTION.replace("| 1.1     |", "| 1.2     |"))],
        ["Action 1.1.1 : déplacée de OO 1.1 à OO 1.2"],
    ),
    "no parent": (
        [(ACTION, ACTION.replace("| 1.1     |", "|         |"))],
        ["Action 1.1.1 : détachée de OO 1.1"],
    ),
    "a link that is no parent": (
        [("31/12/2027 | 1.1.1", "31/12/2027 | 1.1.1; 1.1.2")],
        ["Action 1.1.2 : actions liées action 1.1.1 → action 1.1.1 et action 1.1.2"],
    ),
    "an amount of a line without code": (
        [("10000", "12000")],
        ["Budget de l’action 1.1.1, 2027, Subside : prévu 10 000 € → 12 000 €"],
    ),
    "a text": (
        [("à voir", "vu")],
        ["Action 1.1.1 : commentaire d’avancement « à voir » → « vu »"],
    ),
    "a text where a date was": (
        [("31/12/2026", "à la rentrée")],
        ["Action 1.1.1 : échéance 31/12/2026 → à la rentrée"],
    ),
    "the identification": (
        [("20143", "20500"), ("date_observation  | 31/10/2026", "date_observation | 31/10/2027")],
        ["Identification : population 20 143 → 20 500",
         "Identification : date d’observation 31/10/2026 → 31/10/2027"],
    ),
    "the lists": (
        [("services    | Culture\n", "services    | CULTURE\nservices    | Sports\n")],
        ["Liste « Services » : « Culture » → « CULTURE »", "Liste « Services » : « Sports » ajouté"],
    ),
    "an entry less": (
        [("services    | Culture\n", "")], ["Liste « Services » : « Culture » retiré"],
    ),
    "the order of a list": (
        [("services    | Travaux\nservices    | Finances\n",
          "services    | Finances\nservices    | Travaux\n")],
        ["Liste « Services » : « Travaux; Finances; Culture » → « Finances; Travaux; Culture »"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_change_is_one_sentence(case: str) -> None:
    edits, expected = CASES[case]

    assert phrases(compared(edited(*edits))) == expected


def test_the_same_file_and_the_same_content_have_no_change() -> None:
    sorted_otherwise = edited((f"{ACTION}\n", ""), ("\nIndicateurs", f"{ACTION}\n\nIndicateurs"))

    for found in (compared(PLAN), compared(sorted_otherwise)):
        assert found.changes == ()
        assert counted(found) == "Aucun changement."


def test_rows_without_an_id_are_recognised_without_a_word() -> None:
    bare = "\n".join(
        line.partition("|")[2] if line[:2] in IDS else line for line in PLAN.split("\n")
    )
    found = compared(bare.replace("31/12/2026", "30/06/2027"), bare)

    assert phrases(found) == ["Action 1.1.1 : échéance 31/12/2026 → 30/06/2027"]
    assert found.remarks == ()


IDS = ("id", "s1", "o1", "o2", "a1", "a2", "i1", "b1")


def test_an_id_that_was_lost_is_told() -> None:
    found = compared(edited(("a1 |", "   |"), ("31/12/2026", "30/06/2027")))

    assert phrases(found) == ["Action 1.1.1 : échéance 31/12/2026 → 30/06/2027"]
    assert "après.xlsx, Actions" in found.remarks[0]


@pytest.mark.parametrize(
    "edit", [("92951", "92952"), ("annee_debut       | 2024", "annee_debut | 2018")]
)
def test_two_institutions_or_legislatures_are_refused_in_one_sentence(
    edit: tuple[str, str],
) -> None:
    with pytest.raises(UsageError, match="ne sont pas deux états") as raised:
        compared(edited(edit))

    assert "avant.xlsx" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_what_the_workbook_of_a_service_does_not_hold_is_not_said_to_be_gone() -> None:
    travaux = edited(
        ("nom               |", "service | Travaux\nnom |"), ("31/12/2026", "30/06/2027"),
        ("a2 | 1.1.2 | 1.1     | Payer le trou   | Finances       | 31/12/2027 | 1.1.1         |\n", ""),
    )  # fmt: skip
    found = compared(travaux)
    back = compared(PLAN, travaux)

    assert "Action 1.1.1 : échéance 31/12/2026 → 30/06/2027" in phrases(found)
    assert not any("supprimée" in phrase for phrase in phrases(found))
    assert not any("ajoutée" in phrase for phrase in phrases(back))
    assert "1 ligne de l’autre fichier n’y est pas" in found.remarks[0].replace("\u00a0", " ")


def test_a_sheet_that_only_the_first_file_has_is_told_not_taken_for_removals() -> None:
    data = opened(workbook(PLAN))
    del data["Indicateurs"]
    after = read(_saved(data), "après.xlsx")

    found = versions(state(), after)

    assert phrases(found) == []
    assert found.remarks == (
        "« Indicateurs » n’est pas dans après.xlsx : la feuille n’est pas comparée",
    )


def _saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


LONG = "Une vision longue " * 40


def test_long_texts_are_cut_where_they_part_on_the_screen_and_whole_elsewhere() -> None:
    before, after = f"{LONG}A la fin.", f"{LONG}Au début."
    found = compared(edited(("Boucher un trou", after)), edited(("Boucher un trou", before)))
    (said,) = phrases(found, 60)
    (change,) = json.loads(as_bytes(found, ".json"))["changements"]

    assert len(said) < 200
    assert said.endswith("« …ion longue A la fin. » → « …ion longue Au début. »")
    assert (change["avant"], change["apres"]) == (before, after)
    assert before in change["phrase"]
    assert after in {
        cell.value for row in opened(as_bytes(found, ".xlsx"))["Changements"] for cell in row
    }


def test_a_row_that_comes_or_goes_is_told_with_all_that_it_held() -> None:
    found = compared(edited(("\nIndicateurs", f"{NEW}\nIndicateurs")))
    (change,) = json.loads(as_bytes(found, ".json"))["changements"]
    book = opened(as_bytes(found, ".xlsx"))
    texts = [str(cell.value) for row in book["Changements"] for cell in row if cell.value]

    assert change["valeurs"]["OO"] == "1.2"
    assert change["valeurs"]["Service pilote"] == "Travaux"
    (held,) = [text for text in texts if "Intitulé : Ranger" in text]
    assert "OO : OO 1.2" in held.splitlines()


def test_a_column_that_people_added_is_compared() -> None:
    before, after = (
        with_table(one, "actions", locals={"Notes de bord": [*notes]})
        for one, notes in ((state(), ("", "vu")), (state(), ("revu", "vu")))
    )

    found = versions(before, replace(after, digest="other"))

    assert phrases(found) == ["Action 1.1.1 : notes de bord (vide) → « revu »"]


def test_the_workbook_counts_and_lists_every_change() -> None:
    found = compared(edited(("10000", "12000"), ("31/12/2026", "30/06/2027")))
    book = opened(as_bytes(found, ".xlsx"))
    lines = list(book["Changements"].iter_rows(min_row=HEADING_ROW + 1, values_only=True))
    totals = [row for row in book["Résumé"].iter_rows(values_only=True) if row[0] == "Total"]

    assert book.sheetnames == ["Résumé", "Changements"]
    assert [line[:4] for line in lines] == [
        ("changée", "Actions", "Action 1.1.1 · Boucher un trou", "Échéance"),
        ("changée", "Budget", "Budget de l’action 1.1.1, 2027, Subside", "Prévu"),
    ]
    assert lines[0][4:6] == ("31/12/2026", "30/06/2027")
    assert lines[0][6] == lines[0][7] != ""
    assert totals[0][-1] == 2


TOWN = {"nom": "Valbruyère", "ins": "92951", "type": "Commune"}


def of_one_town(drawn: Return) -> Return:
    """Return what was drawn as a state of the plan of one town, read from a real file."""
    form = PST.form.key
    tables = {**drawn.tables, form: blank(PST, TOWN).tables[form]}
    return read(write_template(Return("x", "", PST, tables, drawn.lists)))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Return, Return]:
    """Draw two states: another one altogether, or the same with rows and values moved about."""
    before = of_one_town(draw(wild(PST)))
    if draw(st.booleans()):
        return before, of_one_town(draw(wild(PST)))
    tables = dict(before.tables)
    for sheet in PST.tables:
        if (table := tables.get(sheet.key)) is not None and len(table):
            columns = dict(table.columns)
            for column in draw(st.lists(st.sampled_from(sheet.inputs), max_size=3)):
                if column.key != "id" and column.key in columns:
                    columns[column.key] = draw(st.permutations(columns[column.key]))
            left = draw(st.lists(st.sampled_from(range(len(table))), min_size=1, unique=True))
            tables[sheet.key] = replace(
                table, columns={key: [cells[at] for at in left] for key, cells in columns.items()},
                rows=[table.rows[at] for at in left], new_rows=frozenset(),
                locals={name: [cells[at] for at in left] for name, cells in table.locals.items()},
            )  # fmt: skip
    readings = [r for r in before.readings if r.understood]
    return before, replace(before, digest="after", tables=tables, readings=readings)


def values(state: State) -> Iterator[tuple[str, str, str, Any]]:
    """Give what each record holds, as JSON has it: sheet, id, label, value."""
    draft = Draft(state)
    for key, records in state.sheets.items():
        if key != PST.form.key:
            for ident in records.ids:
                for field, content in draft.records[key][ident].items():
                    if not nothing(content):
                        label = label_of(PST[key], field)
                        yield key, ident, label, _json(plain(content, draft.code))


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def held(state: State) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what each record holds by label, blanks left out."""
    found: dict[tuple[str, str], dict[str, Any]] = {
        (key, ident): {} for key, records in state.sheets.items() if key != PST.form.key
        for ident in records.ids
    }  # fmt: skip
    for key, ident, label, value in values(state):
        found[key, ident][label] = value
    return found


def applied(before: State, told: list[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the records of before with the changes that JSON tells; each must find what was."""
    found = held(before)
    for change in told:
        place = (change["cle_feuille"], change["id"])
        if change["cle_feuille"] not in {sheet.key for sheet in PST.tables}:
            continue
        if change["changement"] == "ajoutée":
            found[place] = dict(change["valeurs"])
        elif change["champ"] is None:
            assert found.pop(place) == change["valeurs"]
        else:
            assert found[place].pop(change["colonne"], None) == change["avant"]
            if change["apres"] is not None:
                found[place][change["colonne"]] = change["apres"]
    return found


def links() -> set[tuple[str, str]]:
    """Return the columns that name records: their codes may change while they name the same."""
    return {(sheet.key, c.label) for sheet in PST.tables for c in sheet.inputs if c.refers}


@settings(max_examples=12)
@given(pairs())
def test_the_changes_lead_from_one_state_to_the_other(pair: tuple[Return, Return]) -> None:
    before, after = pair
    told = json.loads(as_bytes(versions(before, after), ".json"))["changements"]
    states = difference(before, after)

    assert without_links(applied(states.before, told)) == without_links(held(states.after))
    assert versions(after, replace(after, digest="again")).changes == ()


def without_links(records: dict[tuple[str, str], dict[str, Any]]) -> Any:
    """Return records without the columns that name others: a code may change, not what it names."""
    return {
        place: {label: v for label, v in record.items() if (place[0], label) not in links()}
        for place, record in records.items()
    }  # fmt: skip
