"""In a notebook a result is a small page: what matters of it, escaped, whatever the files hold."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support import CLEAN, SAMPLES, saved

from pst_excel import check, compare, compare_versions, consolidate, read_files, write
from pst_excel.merging.conflicts import Conflict, Conflicts, Side

EVIL = "<script>alert(1)</script>"
LONG = 'Rue "des <œillets> & Cie" ' * 300
MOST = 20_000

Pages = dict[str, Any]


@pytest.fixture(scope="module")
def samples() -> Pages:
    found = read_files(SAMPLES / "retours")
    return {
        "loaded": found, "report": check(found), "plan": consolidate(found),
        "comparison": compare(SAMPLES / "institutions"),
    }  # fmt: skip


def hostile(tmp_path: Path, word: str) -> Pages:
    """Return the results of two workbooks whose texts hold a word wherever people write."""
    text = CLEAN.replace("Doubler", word).replace("Valbruyère", f"Valbruyère {word}")
    saved(tmp_path / "retours" / "a <b>.xlsx", text)
    saved(tmp_path / "retours" / "b & c.xlsx", text.replace("Être une", "Devenir une"))
    saved(tmp_path / "retours" / "<i>.xlsx", word.encode())
    made = pages_of(tmp_path)
    side = Side(word, word, word)
    conflict = Conflict(word, "x", word, word, side, (side,))
    made["plan"].conflicts = Conflicts([conflict] * 50)
    made["plan"].absent = [word] * 50
    return made


def pages_of(folder: Path) -> Pages:
    found = read_files(folder / "retours")
    plan = consolidate(found)
    write(plan, folder / "PST.xlsx")
    first, last = (folder / "retours" / one.file for one in found.returns)
    return {
        "loaded": found, "report": check(found, "2028-01-01"), "plan": plan,
        "comparison": compare(folder / "PST.xlsx"), "versions": compare_versions(first, last),
    }  # fmt: skip


def test_nothing_that_workbooks_hold_is_obeyed(tmp_path: Path) -> None:
    for name, result in hostile(tmp_path, EVIL).items():
        page = result._repr_html_()
        tags = set(re.findall(r"</?([a-z]+)", page))
        assert tags <= {"style", "div", "p", "strong", "ul", "li", "table", "caption", "thead",
                        "tbody", "tr", "th", "td"}, name  # fmt: skip
        assert ("&lt;" in page) == (name != "report"), name  # its words are the program's alone


def test_a_page_is_small_whatever_the_texts_weigh(tmp_path: Path) -> None:
    for name, result in hostile(tmp_path, LONG[:2000]).items():
        assert len(result._repr_html_().encode()) <= MOST, name


@pytest.mark.parametrize("name", ["loaded", "report", "plan", "comparison"])
def test_the_samples_are_pages_with_captions_and_scopes(name: str, samples: Pages) -> None:
    page = samples[name]._repr_html_()
    assert len(page.encode()) <= MOST
    assert page.count("<table>") == page.count("<caption>") >= 1
    assert not re.search(r"<th(?![^>]*scope=)[ >]", page)


def test_the_page_of_a_report_has_counts_messages_and_rows(samples: Pages) -> None:
    page = samples["report"]._repr_html_()
    assert "12\u00a0erreurs, 23\u00a0avertissements" in page
    assert "Les messages les plus fréquents" in page
    assert '<th scope="row">Actions</th><td class="n">177</td><td class="n">147</td>' in page


def test_the_page_of_a_plan_has_what_is_united_to_be_decided_and_its_figures(
    samples: Pages,
) -> None:
    plan = samples["plan"]
    page = plan._repr_html_()
    assert "15\u00a0retours réunis" in page
    assert "2\u00a0points à décider" in page
    assert "Taux moyen de réalisation" in page
    said = f"{plan.figures['taux_moyen']:.1f}".replace(".", ",")
    assert f"{said}\u00a0%" in page
    assert "report" not in vars(plan)  # it is not checked to be shown


def test_the_page_of_a_comparison_names_institutions_and_neither_files_nor_agents(
    samples: Pages,
) -> None:
    comparison = samples["comparison"]
    page = comparison._repr_html_()
    assert "Montargeau" in page
    agents = {
        name for one in read_files(SAMPLES / "institutions").returns for name in one.lists["agents"]
    }
    files = [file.name for file in comparison.made_from]
    assert files
    assert agents
    assert [word for word in (*files, *agents) if word in page] == []


def test_what_is_refused_is_told_with_its_reason(tmp_path: Path) -> None:
    saved(tmp_path / "notes.xlsx", b"du texte")
    page = read_files(tmp_path)._repr_html_()
    assert "1\u00a0refus" in page
    assert "notes.xlsx" in page
