"""What a notebook shows is escaped, small, and readable without colour or sight."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from pst_excel.text.html import ROWS, Grid, card, escaped

EVIL = "<script>alert('x')</script>\"&"


def test_a_text_is_escaped_on_one_line_and_cut_before_it_is_escaped() -> None:
    assert escaped("<b>\n&") == "&lt;b&gt; &amp;"
    assert escaped('"' * 100, 3) == "&quot;&quot;…"


def test_every_part_of_a_card_is_escaped() -> None:
    page = card(EVIL, [EVIL], Grid(EVIL, (EVIL, EVIL), [(EVIL, EVIL)]))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 7


def test_a_table_has_a_caption_and_each_heading_its_scope() -> None:
    page = card("Contrôle", [], Grid("Lignes", ("Feuille", "Lignes"), [("OO", 3)], frozenset({1})))
    assert "<table><caption>Lignes</caption>" in page
    assert '<th scope="col">Feuille</th><th scope="col" class="n">Lignes</th>' in page
    assert '<tr><th scope="row">OO</th><td class="n">3</td></tr>' in page


def test_what_is_left_out_of_a_table_is_counted() -> None:
    rows = [(str(number),) for number in range(ROWS + 5)]
    page = card("Retours", [], Grid("Lus", ("Fichier",), rows))
    assert f"Lus ({ROWS} sur {ROWS + 5})" in page
    assert "Lus (1 sur 40)" in card("Retours", [], Grid("Lus", ("Fichier",), [("a",)], total=40))


def test_a_table_without_rows_and_a_fact_without_words_are_left_out() -> None:
    assert "<table>" not in card("Retours", [""], Grid("Lus", ("Fichier",), []))
    assert "<li>" not in card("Retours", [""])


@pytest.mark.parametrize("word", ["background", "#", "rgb("])
def test_no_colour_is_set(word: str) -> None:
    page = card("Contrôle", ["12 erreurs"], Grid("Lignes", ("Feuille",), [("OO",)]))
    assert word not in page
    assert "currentColor" in page


def test_every_tag_that_is_opened_is_closed() -> None:
    class Tags(HTMLParser):
        opened: list[str]

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.opened.pop() == tag

    tags = Tags()
    tags.opened = []
    tags.feed(card("Contrôle", ["1"], Grid("Lignes", ("Feuille",), [("OO",)])))
    assert tags.opened == []
