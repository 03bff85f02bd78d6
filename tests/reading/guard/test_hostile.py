"""What a file holds to harm who opens it is refused or left out, in little time and memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import damaged, saved
from support.good import GOOD
from support.guarded import AWAY
from support.hostile import (
    CRC,
    FLAGS,
    bomb,
    changed,
    empty_rows,
    in_sheet,
    ole,
    parts_of,
    relabelled,
    with_rows,
    zipped,
)
from support.outcomes import Outcome, far, read_like_the_good_one, row_of, smallest
from support.snapshots import snapshot

from pst_excel.reading.limits import Limits, Options
from pst_excel.returns.tables import Return

DAMAGED = "endommagé"


def test_a_value_in_the_very_last_cell_is_refused(outcome: Outcome) -> None:
    assert AWAY in outcome(far())
    assert AWAY in outcome(smallest(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


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


def test_a_sheet_of_every_column_is_refused(outcome: Outcome) -> None:
    assert AWAY in outcome(smallest(*[b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>"] * 41))


def test_a_bomb_of_two_gigabytes_is_refused(outcome: Outcome) -> None:
    assert "dépasse la limite" in outcome(bomb(2_000))
    assert "dépasse la limite « partie »" in outcome(bomb(2_000, b"PNG"))
    assert "dépasse la limite « rapport »" in outcome(bomb(150, b"PNG"))


def test_a_bomb_within_a_bomb_is_not_opened(outcome: Outcome) -> None:
    nested = zipped({**parts_of(GOOD), "xl/embeddings/a.zip": bomb(2_000)})
    assert read_like_the_good_one(outcome(nested))


def test_more_cells_than_the_limit_are_refused(outcome: Outcome) -> None:
    cells = b"<row>" + b"<c><v>1</v></c>" * 60 + b"</row>"
    assert "« cellules »" in outcome(smallest(cells * 2_000), Options(limits=Limits(cells=100_000)))


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


def test_sixty_thousand_parts_are_refused(outcome: Outcome) -> None:
    many = {f"xl/a{number}.xml": b"" for number in range(60_000)}
    assert "« parties » (2\u202f000) : 60\u202f000" in outcome(zipped(many, 0))


def test_names_that_leave_the_folder_are_only_names(outcome: Outcome, tmp_path: Path) -> None:
    names = ["../../dehors.xml", "/dehors.xml", "C:\\dehors.xml", "xl/../../dehors.xml"]
    data = zipped({**parts_of(GOOD), **dict.fromkeys(names, b"<a/>")})
    assert read_like_the_good_one(outcome(data))
    assert [path.name for path in tmp_path.parent.rglob("*dehors*")] == []


def test_a_text_of_fifty_megabytes_is_refused(outcome: Outcome) -> None:
    assert "« cellule »" in outcome(smallest(row_of("1", "x" * 50_000_000)))


def test_a_hundred_thousand_nested_elements_are_read_or_refused(outcome: Outcome) -> None:
    depth = 100_000
    nested = b"<x>" * depth + b"</x>" * depth
    after = in_sheet(
        GOOD, "Actions", lambda part: part.replace(b"</worksheet>", nested + b"</worksheet>")
    )
    assert read_like_the_good_one(outcome(after))
    in_cell = smallest(b'<row><c r="A9">' + nested + b"<v>5</v></c></row>")
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
    assert "un secret" not in str(snapshot(found))
