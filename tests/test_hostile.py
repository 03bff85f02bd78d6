"""Whatever a file holds, reading it gives a return or one clean sentence, in little time and memory."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import (
    CRC,
    FLAGS,
    MAIN,
    STRICT,
    bomb,
    book,
    changed,
    empty_rows,
    in_sheet,
    ole,
    parts_of,
    relabelled,
    text_cell,
    with_rows,
    zipped,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from support import CLEAN, damaged, grid, read, saved, workbook

from pst_excel.batch import Return
from pst_excel.errors import UnreadableFile
from pst_excel.limits import Limits, Options
from pst_excel.pst import PST
from pst_excel.running import load, read_alone

GOOD = workbook(CLEAN)
TABLES = read(GOOD).tables
SECONDS = 10  # far above what any of these files takes, far below what they would take unguarded
AWAY = "tout au bout d’une feuille"
DAMAGED = "endommagé"


@pytest.fixture
def outcome(tmp_path: Path) -> Callable[..., Return | str]:
    """Return what reads bytes as users do: a return, or the sentence of a refusal."""

    def call(data: bytes, options: Options = Options(), name: str = "retour.xlsx") -> Return | str:
        start = time.monotonic()
        try:
            found: Return | str = read_alone(saved(tmp_path / name, data), PST, options)
        except UnreadableFile as error:
            found = sentence(str(error))
        assert time.monotonic() - start < SECONDS
        return found

    return call


Outcome = Callable[..., Return | str]


def sentence(text: str) -> str:
    """Return a sentence once it is known to be one, in French and for people."""
    assert text[0].islower()
    assert not text.endswith(".")
    assert "\n" not in text
    assert not any(word in text for word in ("Error", "error", "Traceback", "None", "b'"))
    return text


def read_like_the_good_one(found: Return | str) -> bool:
    return isinstance(found, Return) and found.tables == TABLES


def far(style_only: bool = False) -> bytes:
    def write(book: object) -> None:
        cell = book["Actions"]["XFD1048576"]  # type: ignore[index]
        cell.number_format = "0.00"
        cell.value = None if style_only else 1

    return damaged(GOOD, write)


def actions(*rows: bytes) -> bytes:
    """Return the smallest workbook that is read: the sheet of actions, its headings, these rows."""
    heading = b"<row>" + text_cell("Code") + text_cell("Intitulé") + text_cell("Statut") + b"</row>"
    return book({"Actions": heading + b"".join(rows)})


def row(*texts: str) -> bytes:
    return b"<row>" + b"".join(text_cell(text) for text in texts) + b"</row>"


def test_a_value_in_the_very_last_cell_is_refused(outcome: Outcome) -> None:
    assert AWAY in outcome(far())
    assert AWAY in outcome(actions(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def test_a_style_in_the_very_last_cell_is_nothing(outcome: Outcome) -> None:
    found = outcome(far(style_only=True))
    assert isinstance(found, Return)
    assert found.tables["actions"].columns["code"] == TABLES["actions"].columns["code"]


@pytest.fixture(scope="module")
def endless() -> bytes:
    """Return the good workbook with every row of a sheet formatted."""
    return with_rows(GOOD, "Actions", empty_rows(2_001, 1_048_576))


def test_a_million_empty_rows_are_read_as_if_they_were_not_there(
    outcome: Outcome, endless: bytes
) -> None:
    assert len(endless) > 2_000_000
    assert read_like_the_good_one(outcome(endless))


def test_many_rows_of_formatted_cells_are_read_as_if_they_were_not_there(outcome: Outcome) -> None:
    grown = with_rows(GOOD, "Actions", empty_rows(2_001, 102_000, "ABCDEFGHIJ"))
    assert read_like_the_good_one(outcome(grown))


def test_a_dimension_that_lies_is_not_believed(outcome: Outcome) -> None:
    def lie(part: bytes) -> bytes:
        before, _, after = part.partition(b'<dimension ref="')
        return before + b'<dimension ref="A1:XFD1048576' + after[after.find(b'"') :]

    assert read_like_the_good_one(outcome(in_sheet(GOOD, "Actions", lie)))


def test_a_sheet_of_every_column_is_refused(outcome: Outcome) -> None:
    assert AWAY in outcome(actions(*[b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>"] * 41))


def test_a_bomb_of_two_gigabytes_is_refused(outcome: Outcome) -> None:
    assert "dépasse la limite" in outcome(bomb(2_000))
    assert "dépasse la limite « partie »" in outcome(bomb(2_000, b"PNG"))
    assert "dépasse la limite « rapport »" in outcome(bomb(150, b"PNG"))


def test_a_bomb_within_a_bomb_is_not_opened(outcome: Outcome) -> None:
    nested = zipped({**parts_of(GOOD), "xl/embeddings/a.zip": bomb(2_000)})
    assert read_like_the_good_one(outcome(nested))


def test_more_cells_than_the_limit_are_refused(outcome: Outcome) -> None:
    cells = b"<row>" + b"<c><v>1</v></c>" * 60 + b"</row>"
    assert "« cellules »" in outcome(
        actions(cells * 2_000), Options(limits=Limits(cellules=100_000))
    )


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 50_000 + b'">]>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE, b'<!DOCTYPE a SYSTEM "http://x.be/a.dtd">'])
@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_entities_are_refused_in_every_part(outcome: Outcome, declared: bytes, name: str) -> None:
    data = changed(GOOD, name, lambda part: part.replace(b"?>", b"?>" + declared, 1))
    assert "DOCTYPE" in outcome(data)


def test_a_protected_workbook_is_said_to_be_protected(outcome: Outcome) -> None:
    assert "mot de passe" in outcome(ole("EncryptedPackage"))
    assert "mot de passe" in outcome(relabelled(GOOD, FLAGS, 1, "<H"))


@pytest.mark.parametrize(
    "data", [GOOD[:4_000], GOOD[:-1], b"", b"code;intitule\n1;a\n", b"<html></html>", b"PK", b"\0"]
)
def test_what_is_no_workbook_is_refused(outcome: Outcome, data: bytes) -> None:
    assert isinstance(outcome(data), str)


def test_a_flipped_bit_in_any_part_is_damage(outcome: Outcome) -> None:
    place = GOOD.find(b"xl/theme/theme1.xml") + 400
    assert DAMAGED in outcome(GOOD[:place] + bytes([GOOD[place] ^ 4]) + GOOD[place + 1 :])


def test_a_wrong_sum_on_a_stored_part_is_damage(outcome: Outcome) -> None:
    stored = zipped(parts_of(GOOD), 0)
    assert read_like_the_good_one(outcome(stored))
    assert DAMAGED in outcome(relabelled(stored, CRC, 1, "<I"))
    number = stored.rfind(b"<v>40</v>")
    assert DAMAGED in outcome(stored[:number] + b"<v>90</v>" + stored[number + 9 :])


def test_a_strict_workbook_is_read(outcome: Outcome) -> None:
    parts = {name: part.replace(MAIN, STRICT) for name, part in parts_of(GOOD).items()}
    assert parts != parts_of(GOOD)
    assert read_like_the_good_one(outcome(zipped(parts)))


@pytest.mark.parametrize("title", ["Actions", "Budget"])
def test_a_sheet_in_two_bytes_a_sign_is_read(outcome: Outcome, title: str) -> None:
    def widened(part: bytes) -> bytes:
        return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    assert read_like_the_good_one(outcome(in_sheet(GOOD, title, widened)))


def test_sixty_thousand_parts_are_refused(outcome: Outcome) -> None:
    many = {f"xl/a{number}.xml": b"" for number in range(60_000)}
    assert "« parties » (2\u202f000) : 60\u202f000" in outcome(zipped(many, 0))


def test_names_that_leave_the_folder_are_only_names(outcome: Outcome, tmp_path: Path) -> None:
    names = ["../../dehors.xml", "/dehors.xml", "C:\\dehors.xml", "xl/../../dehors.xml"]
    data = zipped({**parts_of(GOOD), **dict.fromkeys(names, b"<a/>")})
    assert read_like_the_good_one(outcome(data))
    assert [path.name for path in tmp_path.parent.rglob("*dehors*")] == []


def test_a_text_of_fifty_megabytes_is_refused(outcome: Outcome) -> None:
    assert "« cellule »" in outcome(actions(row("1", "x" * 50_000_000)))


def test_rows_and_cells_without_a_reference_are_read(outcome: Outcome) -> None:
    found = outcome(actions(row("1.1.1", "Planter", "En cours"), row("1.1.2", "Arroser")))
    assert isinstance(found, Return)
    assert found.tables["actions"].columns["intitule"] == ["Planter", "Arroser"]
    assert found.tables["actions"].rows == [2, 3]


def test_merged_headings_and_hidden_sheets_are_read(outcome: Outcome) -> None:
    def hide(book: object) -> None:
        book["Actions"].sheet_state = "veryHidden"  # type: ignore[index]
        book["Actions"].merge_cells("A1:D1")  # type: ignore[index]

    found = outcome(damaged(GOOD, hide))
    assert isinstance(found, Return)
    assert len(found.tables["actions"]) == 1


@pytest.mark.parametrize("title", ["ACTIONS", " Actions ", "Actions (2)"])
def test_a_sheet_whose_title_is_nearly_right_is_read(outcome: Outcome, title: str) -> None:
    found = outcome(grid({title: [["Code", "Intitulé"], ["1.1.1", "Planter"]]}))
    assert isinstance(found, Return)
    assert found.tables["actions"].columns["intitule"] == ["Planter"]


def test_a_heading_twice_is_told(outcome: Outcome) -> None:
    cells = [["Code", "Intitulé", "Intitulé"], ["1.1.1", "Planter", "Arroser"]]
    found = outcome(grid({"Actions": cells}))
    assert isinstance(found, Return)
    assert "S04" in [trouble.code for trouble in found.troubles]


@pytest.mark.parametrize(
    "text", ["12 500,00 €", "12\u00a0500,00\u00a0€", "12\u202f500", "12\u2009500"]
)
def test_an_amount_typed_as_a_text_is_a_number(outcome: Outcome, text: str) -> None:
    found = outcome(grid({"Budget": [["Code", "Prévu"], ["B1", text]]}))
    assert isinstance(found, Return)
    assert found.tables["budget"].columns["prevu"] == [12_500]


@pytest.mark.parametrize("text", ["31/12/2025", "31 décembre 2025", "2025-12-31"])
def test_a_date_typed_as_a_text_is_a_date(outcome: Outcome, text: str) -> None:
    found = outcome(grid({"Actions": [["Code", "Intitulé", "Échéance"], ["1.1.1", "a", text]]}))
    assert isinstance(found, Return)
    assert str(found.tables["actions"].columns["echeance"][0]).startswith("2025-12-31")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@a", "\t=1", "\u202egnp.exe"])
def test_a_text_that_looks_like_a_command_stays_a_text(outcome: Outcome, text: str) -> None:
    found = outcome(actions(row("1.1.1", text.replace("'", "&#39;"))))
    assert isinstance(found, Return)
    (read_as,) = found.tables["actions"].columns["intitule"]
    assert str(read_as).strip("\u202e") == text.strip().strip("\u202e")


def test_a_hundred_thousand_nested_elements_are_read_or_refused(outcome: Outcome) -> None:
    depth = 100_000
    nested = b"<x>" * depth + b"</x>" * depth
    after = in_sheet(
        GOOD, "Actions", lambda part: part.replace(b"</worksheet>", nested + b"</worksheet>")
    )
    assert read_like_the_good_one(outcome(after))
    in_cell = actions(b'<row><c r="A9">' + nested + b"<v>5</v></c></row>")
    assert DAMAGED in outcome(in_cell)


def test_of_two_packages_in_one_file_the_same_is_looked_at_and_read(outcome: Outcome) -> None:
    assert read_like_the_good_one(outcome(far() + GOOD))
    assert AWAY in outcome(GOOD + far())


def test_links_to_other_files_are_not_followed(outcome: Outcome, tmp_path: Path) -> None:
    secret = saved(tmp_path / "secret.xlsx", b"un secret")
    linked = f"file:///{secret.as_posix()}"

    def link(book: object) -> None:
        book["Actions"]["A1"].hyperlink = linked  # type: ignore[index]
        book["Actions"]["AZ2"] = f"='[{linked}]Feuil1'!A1"  # type: ignore[index]

    found = outcome(damaged(GOOD, link))
    assert isinstance(found, Return)
    assert "un secret" not in repr(found)


def test_a_workbook_with_macros_is_read_without_them(outcome: Outcome) -> None:
    parts = parts_of(GOOD) | {"xl/vbaProject.bin": ole("VBA")}
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"ms-excel.sheet.macroEnabled.main+xml",
    )
    assert parts["[Content_Types].xml"] != types
    assert read_like_the_good_one(outcome(zipped(parts), name="retour.xlsm"))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<", b"<a/>", b"\xff\xfe", b"\0", b"<a>" + b"\xff" * 50])
def test_a_part_that_holds_anything_else_gives_a_return_or_a_sentence(
    outcome: Outcome, part: str, content: bytes
) -> None:
    assert isinstance(outcome(changed(GOOD, part, lambda _: content)), Return | str)


SMALL = parts_of(
    book(
        {
            "Actions": row("Code", "Intitulé", "Échéance")
            + b'<row r="4" hidden="1"><c r="A4" t="e"><v>#REF!</v></c>'
            + b'<c r="B4"><f>1</f></c></row>'
            + b'<row r="5"><c r="A5" t="s"><v>0</v></c><c r="C5" s="1"><v>46000</v></c></row>',
            "Identification": row("Nom", "Valbruyère"),
        },
        {"xl/sharedStrings.xml": b"<sst><si><t>1.1.1</t></si></sst>"},
    )
)
PACKED = zipped(SMALL)


def given_or_refused(data: bytes) -> None:
    """Read bytes in this process: a return, or a refusal in one clean sentence."""
    try:
        assert isinstance(read(data), Return)
    except UnreadableFile as error:
        sentence(str(error))


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", ole("Workbook"), b"<?xml "]))
def test_random_bytes_give_a_return_or_a_sentence(noise: bytes, start: bytes) -> None:
    given_or_refused(start + noise)


EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 3), st.binary(max_size=4)),
    min_size=1,
    max_size=4,
)
Edits = list[tuple[float, int, bytes]]


def edited(data: bytes, edits: Edits) -> bytes:
    """Return bytes some of which were replaced: where, how many, by what."""
    for where, count, by in edits:
        at = int(where * len(data))
        data = data[:at] + by + data[at + count :]
    return data


@settings(max_examples=300)
@given(EDITS)
def test_a_mutated_zip_gives_a_return_or_a_sentence(edits: Edits) -> None:
    given_or_refused(edited(PACKED, edits))


TOKENS = st.sampled_from(
    [b"<", b">", b'"', b"/", b"&", b"<c>", b"</c>", b"<v>", b"</row>", b' r="A1048576"', b' r="-1"',
     b' r="ZZZ99999999999"', b' t="e"', b' t="s"', b"<v>99999</v>", b"<v>1e999</v>", b"<v>nan</v>",
     b"&#0;", b"\xff", b"<![CDATA[", b"<!--", b' min="0"', b' max="x"', b' hidden="1"', b"x:"]
)  # fmt: skip


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(SMALL)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 6), TOKENS), max_size=4),
)
def test_a_mutated_part_gives_a_return_or_a_sentence(name: str, edits: Edits) -> None:
    given_or_refused(zipped({**SMALL, name: edited(SMALL[name], edits)}))


@pytest.mark.parametrize("seed", range(8))
def test_a_real_workbook_with_flipped_bits_gives_a_return_or_a_sentence(
    outcome: Outcome, seed: int
) -> None:
    chance, data = random.Random(seed), bytearray(GOOD)
    for _ in range(seed + 1):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    assert isinstance(outcome(bytes(data)), Return | str)


WRITTEN = Path(__file__).parent / "written" / "files"


def test_binary_workbooks_with_flipped_bytes_cost_their_own_process_at_most(tmp_path: Path) -> None:
    chance = random.Random(5)
    for source in sorted(one for one in WRITTEN.iterdir() if one.suffix in (".xls", ".xlsb")):
        for number in range(12):
            data = source.read_bytes()
            parts = parts_of(data) if data.startswith(b"PK") else {"": data}
            name = chance.choice(
                [one for one in sorted(parts) if not one.endswith((".xml", ".rels"))]
            )
            noisy = bytearray(parts[name])
            for _ in range(number // 2 + 1):
                noisy[chance.randrange(len(noisy))] = chance.randrange(256)
            made = zipped({**parts, name: bytes(noisy)}) if name else bytes(noisy)
            saved(tmp_path / f"{source.stem} {number}{source.suffix}", made)
    start = time.monotonic()
    loaded = load([tmp_path], PST)
    assert time.monotonic() - start < SECONDS
    assert len(loaded.returns) + len(loaded.refusals) == len(list(tmp_path.iterdir()))
    assert loaded.returns
    assert {sentence(refusal.reason) for refusal in loaded.refusals}
