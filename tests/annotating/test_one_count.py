"""Lisez-moi and Contrôles of a return handed back count the same points, and nothing else so."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from support import SAMPLES, read, verdict
from support.office import libreoffice, recalculated, values

from pst_excel.annotating.control_sheet import round_in
from pst_excel.annotating.workbook import annotated
from pst_excel.cli.check_report import text_report
from pst_excel.ooxml.workbook import Workbook

RETURNS = sorted((SAMPLES / "retours").glob("*.xlsx"))
FIGURE = re.compile(r"(\d+)\xa0points? à voir")
FOUND = "Relevé par la cellule PST au 31/10/2026 : "
LIVE = {"cellules à remplir", "doutes"}
"""What the live table of Lisez-moi counts, in words of its own."""


@cache
def handed_back(path: Path) -> bytes:
    data = path.read_bytes()
    filled = read(data, path.name)
    return annotated(filled, verdict(filled, stage=None).findings, data)[0]


@pytest.mark.parametrize("path", RETURNS, ids=lambda p: p.stem.rpartition("_")[2])
def test_lisez_moi_and_the_controls_count_the_same_points_and_the_same_rows(path: Path) -> None:
    copy = handed_back(path)
    shown = values(copy)
    told = round_in(Workbook(copy), "Contrôles")
    assert told is not None
    points = len(told.open)
    banner = str(shown["Lisez-moi", "B3"])
    assert FIGURE.findall(banner) == [str(points)]
    assert FIGURE.findall(str(shown["Contrôles", "A3"])) == [str(points)]
    said = str(shown["Contrôles", "A2"])
    assert FIGURE.findall(said) == [str(points)]
    assert FOUND in said
    assert banner.startswith(FOUND)
    by_severity = re.findall(r"(\d+)\xa0(?:erreur|avertissement|conseil)", said)
    assert sum(map(int, by_severity)) == points
    rows = re.findall(r"(\d+)\xa0[^,\d]+? sur (\d+)", said)
    clean, filled = (sum(map(int, counts)) for counts in zip(*rows, strict=True))
    assert banner.endswith(f" ; {clean}\xa0lignes sur {filled} sans remarque.")
    counted = Counter(followed.finding.sheet for followed in told.open)
    for title, count in counted.items():
        links = [str(v) for (t, cell), v in shown.items() if t == title and str(v).startswith("←")]
        assert [FIGURE.findall(link) for link in links] == [[str(count)]]
        assert all(link.endswith("à voir (cellule PST)") for link in links)


@pytest.mark.parametrize("path", RETURNS, ids=lambda p: p.stem.rpartition("_")[2])
def test_the_screen_counts_of_a_file_what_its_copy_lists(path: Path) -> None:
    filled = read(path.read_bytes(), path.name)
    report = verdict(filled, stage=None)
    told = round_in(Workbook(handed_back(path)), "Contrôles")
    assert told is not None
    *_, last = text_report(report, 1)
    assert FIGURE.findall(last) == [str(len(told.open))]
    assert "1\xa0classeur lu, au 31/10/2026 :" in last


def others_that_count_points(copy: bytes) -> list[str]:
    """Return what Lisez-moi says of points anywhere but where it leads to the controls."""
    texts = (
        str(value)
        for (title, cell), value in values(copy).items()
        if title == "Lisez-moi" and cell != "B3"
    )
    return [text for text in texts if re.search(r"\bpoints?\b(?!-virgule)", text)]


@pytest.mark.parametrize("path", RETURNS[:2], ids=lambda p: p.stem.rpartition("_")[2])
def test_what_lisez_moi_counts_live_is_said_in_other_words(path: Path) -> None:
    assert others_that_count_points(path.read_bytes()) == []
    assert others_that_count_points(handed_back(path)) == []
    sentence = str(values(path.read_bytes())["Lisez-moi", "B5"])
    assert sentence[2:].startswith("En direct, ")
    assert sentence.startswith("✔") or all(word in sentence for word in LIVE)


@libreoffice
@pytest.mark.libreoffice
def test_calculated_again_lisez_moi_says_what_was_written(tmp_path: Path) -> None:
    copies = {path.name: handed_back(path) for path in RETURNS[:3]}
    again = recalculated(copies, tmp_path, "fr-FR")
    for name, copy in copies.items():
        mine, theirs = values(copy), values(again[name])
        cells = [place for place in mine if place[0] == "Lisez-moi"]
        assert {place: theirs.get(place) for place in cells} == {p: mine[p] for p in cells}
        assert others_that_count_points(again[name]) == []
