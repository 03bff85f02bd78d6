"""What is added to the notes of others is cut again, and what they wrote stays."""

from __future__ import annotations

import re

import pytest
from support.ooxml.corpus import parts
from support.ooxml.noted import (
    MAIN,
    NOTED,
    PLAIN,
    US,
    added,
    canonical,
    first,
    removed,
    repacked,
    said,
)

from pst_excel.ooxml.notes import notes


def test_a_note_of_somebody_else_keeps_its_runs_and_its_author() -> None:
    book, sheet = first(added(NOTED, {"B2": "à revoir"}))
    assert sheet.notes["B2"].author == "Anne"
    assert sheet.notes["B2"].text == f"Une note\n{said('à revoir')}"
    before, after = parts(NOTED)["xl/comments1.xml"], book.package.content("xl/comments1.xml")
    run = re.search(rb"<r>.*?</r>", before)
    assert run is not None
    assert run[0] in after


@pytest.mark.parametrize(
    "text",
    [
        "<t>simple</t>", "<r><t>une suite</t></r>", "<t/>", "", "<t xml:space='preserve'> a </t>",
        "<r><rPr><b/></rPr><t>Anne:</t></r><r><t xml:space='preserve'>\nsuite</t></r>",
        "<t>lu</t><rPh sb='0' eb='1'><t>ru</t></rPh><phoneticPr fontId='1'/>", "<t>a</t><r><t>b</t></r>",
        "\n <r>\n  <t>aéré</t>\n </r>\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("authors", [[US], [US, "Deux"], ["Deux", US], [US, US]])
def test_what_was_added_to_a_note_is_cut_and_its_xml_is_as_it_was(
    text: str, authors: list[str]
) -> None:
    comments = f'<comments xmlns="{MAIN}"><authors><author>Anne</author></authors><commentList><comment ref="B2" authorId="0"><text>{text}</text></comment></commentList></comments>'
    data = repacked(NOTED, {"xl/comments1.xml": lambda _: comments.encode()})
    made = data
    for author in authors:
        book, sheet = first(made)
        assert notes.add(sheet, {"B2": f"de {author}"}, author) == []
        made = book.to_bytes()
    for author in [US, "Deux"]:
        made = removed(made, ["B2"], author)
    assert canonical(made) == canonical(data)


def test_what_one_author_added_is_cut_without_what_the_next_one_added() -> None:
    _book, sheet = first(NOTED)
    notes.add(sheet, {"B2": "un"}, "Un")
    notes.add(sheet, {"B2": "deux"}, "Deux")
    notes.remove(sheet, ["B2"], "Un")
    assert sheet.notes["B2"].text == "Une note\n——— Deux ———\ndeux\n———"


def test_what_was_added_is_cut_after_excel_joined_its_run_to_the_note() -> None:
    def joined(content: bytes) -> bytes:
        return re.sub(b"Une note</t></r><r>.*?<t[^>]*>", b"Une note", content, flags=re.DOTALL)

    made = repacked(added(NOTED, {"B2": "à revoir"}), {"xl/comments1.xml": joined})
    assert len(parts(made)["xl/comments1.xml"]) < len(
        parts(added(NOTED, {"B2": "à revoir"}))["xl/comments1.xml"]
    )
    _, sheet = first(removed(made))
    assert sheet.notes["B2"].text == "Une note"


def test_a_note_of_the_same_author_takes_the_text_and_goes_whole() -> None:
    book, sheet = first(PLAIN)
    notes.add(sheet, {"B2": "un"}, US)
    notes.add(sheet, {"B2": "deux"}, US)
    assert sheet.notes["B2"].text == f"{said('un')}\n{said('deux')}"
    notes.remove(sheet, None, US)
    assert parts(book.to_bytes()) == parts(PLAIN)


@pytest.mark.parametrize("reply", ["\nD’accord, corrigé", "\n\n=> voir PV"])
def test_what_people_write_under_or_over_ours_stays(reply: str) -> None:
    def answered(content: bytes) -> bytes:
        text = content.decode()
        return (
            text.replace(f"——— {US}", f"Lu.\n——— {US}").replace("\n———<", f"\n———{reply}<").encode()
        )

    made = repacked(added(PLAIN, {"B2": "à revoir"}), {"xl/comments1.xml": answered})
    _, sheet = first(removed(made))
    assert sheet.notes["B2"].text == f"Lu.{reply}"
    again = added(removed(made), {"B2": "encore"})
    assert first(again)[1].notes["B2"].text == f"Lu.{reply}\n{said('encore')}"
    assert removed(again) == removed(made)
    assert removed(removed(again)) == removed(made)
