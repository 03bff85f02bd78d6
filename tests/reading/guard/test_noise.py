"""Bytes at random, mutated zips and parts, flipped bits give a return or one clean sentence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import WRITTEN, cpu_of_children, read, saved
from support.good import GOOD
from support.hostile import book, changed, ole, parts_of, zipped
from support.outcomes import SECONDS, Outcome, row_of, sentence

from pst_excel.pst import PST
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UnreadableFile
from pst_excel.workers.loading import load


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<", b"<a/>", b"\xff\xfe", b"\0", b"<a>" + b"\xff" * 50])
def test_a_part_that_holds_anything_else_gives_a_return_or_a_sentence(
    outcome: Outcome, part: str, content: bytes
) -> None:
    assert isinstance(outcome(changed(GOOD, part, lambda _: content)), Return | str)


SMALL = parts_of(
    book(
        {
            "Actions": row_of("Code", "Intitulé", "Échéance")
            + b'<row r="4" hidden="1"><c r="A4" t="e"><v>#REF!</v></c>'
            + b'<c r="B4"><f>1</f></c></row>'
            + b'<row r="5"><c r="A5" t="s"><v>0</v></c><c r="C5" s="1"><v>46000</v></c></row>',
            "Identification": row_of("Nom", "Valbruyère"),
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


def test_binary_workbooks_with_flipped_bytes_cost_their_own_process_at_most(tmp_path: Path) -> None:
    chance = random.Random(5)
    for source in sorted(path for path in WRITTEN.iterdir() if path.suffix in (".xls", ".xlsb")):
        for number in range(12):
            data = source.read_bytes()
            parts = parts_of(data) if data.startswith(b"PK") else {"": data}
            name = chance.choice(
                [one for one in sorted(parts) if not one.endswith((".xml", ".rels"))]
            )
            noisy = bytearray(parts[name])
            for _ in range(number // 2 + 1):
                noisy[chance.randrange(len(noisy))] = chance.randrange(256)
            mutated = zipped({**parts, name: bytes(noisy)}) if name else bytes(noisy)
            saved(tmp_path / f"{source.stem} {number}{source.suffix}", mutated)
    before = cpu_of_children()
    loaded = load([tmp_path], PST)
    assert cpu_of_children() - before < SECONDS
    assert len(loaded.returns) + len(loaded.refusals) == len(list(tmp_path.iterdir()))
    assert loaded.returns
    assert {sentence(refusal.reason) for refusal in loaded.refusals}
