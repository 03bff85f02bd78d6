"""No text of a workbook becomes a formula, a link or a code in any file that a command writes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import OLD_TEMPLATE, ROOT, damaged, grid, office, opened, saved
from support.commands import done
from support.injected import MARK, NAME, TITLE, calculated, injected, put, told

from pst_excel.api.outputs import OUTPUTS
from pst_excel.reference.markdown import Page
from pst_excel.returns.tables import Return

LAST = "PST.xlsx"


def edited(column: str, text: str) -> Callable[[Any], None]:
    """Return the change that writes a text in the first action."""

    def change(book: Any) -> None:
        labels = {str(c.value or "").strip(" ✱ƒ"): c.column for c in book["Actions"][4]}
        put(book["Actions"].cell(5, labels[column]), text)

    return change


def without_a_sheet(book: Any) -> None:
    """A sheet of the plan is gone: the workbook cannot be brought up to date in place."""
    del book["Indicateurs"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every file that the commands write from such workbooks, by the step that wrote it."""
    folder = tmp_path_factory.mktemp("campagne")
    made: dict[str, bytes] = {}

    def run(step: str, *arguments: str | Path) -> None:
        before = set(folder.rglob("*"))
        done(*arguments)
        fresh = set(folder.rglob("*")) - before | {folder / LAST}
        made.update({f"{step}: {p.relative_to(folder)}": p.read_bytes()
                     for p in fresh if p.is_file()})  # fmt: skip

    plan, start = folder / LAST, folder / "depart"
    saved(start / f"=1+{MARK}.xlsx", injected())
    saved(folder / "ancien.xlsx", injected(OLD_TEMPLATE.read_bytes()))
    run("annotated", "verifier", start, "--annoter", folder / "annotes")
    run("data", "consolider", start, "-o", folder / "PST.json")
    run("anew", "consolider", start, "-o", plan)
    saved(folder / "avant.xlsx", plan.read_bytes())
    run("sent", "preparer", plan, "-o", folder / "envois")
    (send,) = (folder / "envois").iterdir()
    saved(
        folder / "retours" / send.name,
        damaged(send.read_bytes(), edited("Description", f"=2+{MARK}")),
    )
    saved(plan, damaged(plan.read_bytes(), edited("Description", f"=3+{MARK}")))
    run("in place", "consolider", folder / "retours", "-o", plan)
    saved(plan, damaged(plan.read_bytes(), without_a_sheet))
    run("anew again", "consolider", folder / "retours", "-o", plan)
    for suffix in ("xlsx", "json"):
        target = folder / f"changements.{suffix}"
        run("changes", "comparer-versions", folder / "avant.xlsx", plan, "-o", target)
    run("upgraded", "moderniser", folder / "ancien.xlsx", "-o", folder / "nouveau.xlsx")
    run("compared", "comparer", plan, "-o", folder / "comparaison.xlsx")
    return made


def test_each_step_wrote_what_it_was_given(written: dict[str, bytes]) -> None:
    steps = {step.partition(":")[0] for step in written}
    assert steps == {"annotated", "data", "anew", "sent", "in place", "anew again", "changes",
                     "upgraded", "compared"}  # fmt: skip
    workbooks = [data for name, data in written.items() if name.endswith(".xlsx")]
    assert all(map(told, workbooks))


def test_no_text_is_calculated_nor_led_to(written: dict[str, bytes]) -> None:
    found = {name: calculated(data) for name, data in written.items() if name.endswith(".xlsx")}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_what_is_for_programs_holds_the_texts_as_they_are(written: dict[str, bytes]) -> None:
    found = [json.loads(data) for name, data in written.items() if name.endswith(".json")]
    assert len(found) == 2
    assert all(NAME in json.dumps(document) for document in found)


def test_a_sheet_of_people_keeps_its_title_and_its_texts(written: dict[str, bytes]) -> None:
    (name,) = (name for name in written if name.startswith("upgraded: nouveau"))
    sheet = opened(written[name])[TITLE]
    assert sheet["A2"].value == f"=1+{MARK}"
    assert sheet["A2"].data_type == "s"


@office.libreoffice
@pytest.mark.libreoffice
def test_another_program_finds_no_formula_either(written: dict[str, bytes], tmp_path: Path) -> None:
    names = [n for n in written if n.startswith(("annotated", "in place", "upgraded"))]
    given = {f"{at}.xlsx": written[name] for at, name in enumerate(names) if name.endswith("xlsx")}
    for data in office.recalculated(given, tmp_path, "fr").values():
        assert calculated(data) == []


def test_only_these_forms_hold_what_people_wrote() -> None:
    assert {one.suffix for one in OUTPUTS if one.takes is not Page} == {".xlsx", ".json"}


def test_the_pages_are_of_the_declaration_alone() -> None:
    takers = [one.takes for one in OUTPUTS if one.suffix == ".md"]
    assert takers == [Page]
    assert not issubclass(Page, Return)
    assert not list((ROOT / "docs" / "reference").glob("*.html"))


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        ({"A": [["=1+" + MARK]]}, "xl/worksheets/sheet1.xml: f: 1+QJX"),
        ({"A": [[f'="x"&{MARK}&"y"']]}, 'f: "x"&QJX&"y"'),
    ],
)  # fmt: skip
def test_a_formula_would_be_found(made: dict[str, list[list[str]]], fault: str) -> None:
    assert any(fault in one for one in calculated(grid(made)))
