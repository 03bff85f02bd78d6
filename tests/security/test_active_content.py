"""What acts when a workbook is opened is never run; each command keeps it whole or drops it, said."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from support import (
    CLEAN,
    OLD_TEMPLATE,
    RETURN,
    SHOWN,
    WRITTEN,
    cells,
    read,
    saved,
    structural,
    workbook,
)
from support.active import BOOK, PARTS, macro_enabled, with_all
from support.hostile import parts_of, zipped
from support.repairs import complaints

from pst_excel.ooxml.package.active import ACTIVE, active_in
from pst_excel.ooxml.package.package import Package

GOOD = workbook(CLEAN)
EVERY = with_all(GOOD)
KINDS = list(PARTS)
ONE_OF = {
    "contrôles ActiveX": "contrôle ActiveX", "objets incorporés": "objet incorporé",
    "requêtes vers des données externes": "requête vers des données externes",
}  # fmt: skip
"""What stands over cells is counted."""


def acting(data: bytes) -> tuple[str, ...]:
    """Return what acts in a workbook that was written."""
    package = Package(data)
    return active_in(package.told_of(package.workbook))


@pytest.mark.parametrize("words", KINDS)
def test_each_kind_is_told_of_the_file(words: str) -> None:
    filled = read(PARTS[words].put(GOOD))
    assert filled.active == (words,)
    (finding,) = structural(filled, "S12")
    assert words in finding.message


def test_each_kind_that_is_declared_has_its_part_here() -> None:
    assert {kind.words for kind in ACTIVE} == {*KINDS, "macros d’Excel 4"}
    assert active_in(["xl/macrosheets/sheet1.xml"]) == ("macros d’Excel 4",)


def test_a_workbook_without_any_is_told_nothing() -> None:
    assert read(GOOD).active == ()
    for path in [*WRITTEN.iterdir(), *SHOWN.iterdir()]:
        assert structural(read(path.read_bytes(), path.name), "S12") == [], path.name


def test_the_name_of_a_part_hides_nothing() -> None:
    parts = parts_of(macro_enabled(GOOD))
    parts["xl/autre.bin"] = parts.pop("xl/vbaProject.bin")
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = parts[name].replace(b"xl/vbaProject.bin", b"xl/autre.bin")
    assert read(zipped(parts)).active == ("macros",)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["content.xml", "Basic/Standard/script-lb.xml", "Basic/script-lc.xml"], ()),
        (["content.xml", "Basic/Standard/Module1.xml"], ("macros",)),
        (["content.xml", "Scripts/python/a.py"], ("macros",)),
        (["workbook", "_vba_project_cur", "vba"], ("macros",)),
        (["workbook", "mbd0018a2b3"], ("objets incorporés",)),
        (["xl/workbook.bin", "xl/vbaProject.bin"], ("macros",)),
    ],
)  # fmt: skip
def test_the_other_kinds_of_workbooks_have_their_own_places(
    names: list[str], words: tuple[str, ...]
) -> None:
    assert active_in(names) == words


def test_verifier_annotates_the_file_of_the_sender_and_keeps_each_part(
    run: Run, tmp_path: Path
) -> None:
    saved(tmp_path / "r" / "a.xlsm", EVERY)
    result = run("verifier", tmp_path / "r", "--annoter", tmp_path / "annotes")
    copy = (tmp_path / "annotes" / "a.xlsm").read_bytes()
    before, after = parts_of(EVERY), parts_of(copy)
    assert {part.name: after[part.name] == before[part.name] for part in PARTS.values()} == {
        part.name: True for part in PARTS.values()
    }
    for words in KINDS:
        assert words in result.stdout
        assert any(words in str(text) for text in cells(copy, "Contrôles").values())


def test_consolider_takes_nothing_of_it_and_says_of_whom(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "r" / "a.xlsm", with_all(workbook(RETURN)))
    run("consolider", tmp_path / "r", "-o", tmp_path / "PST.xlsx")
    data = (tmp_path / "PST.xlsx").read_bytes()
    assert acting(data) == ()
    said = [str(text) for text in cells(data, "Contrôles").values()]
    assert all(any(words in text for text in said) for words in KINDS)


class TestPlan:
    """A plan that the central cell completed with what acts, then brought up to date."""

    @pytest.fixture
    def plan(self, run: Run, tmp_path: Path) -> Path:
        """Return a consolidated plan that acts, and macros for which it is an .xlsm."""
        saved(tmp_path / "r" / "a.xlsx", GOOD)
        run("consolider", tmp_path / "r", "-o", tmp_path / "PST.xlsx")
        return saved(tmp_path / "PST.xlsm", with_all((tmp_path / "PST.xlsx").read_bytes()))

    def test_in_place_all_stays_but_what_an_xlsx_may_not_have(
        self, run: Run, tmp_path: Path, plan: Path
    ) -> None:
        target = tmp_path / "nouveau.xlsx"
        result = run("consolider", tmp_path / "r", "--reference", plan, "-o", target)
        data = target.read_bytes()
        assert set(acting(data)) == {*KINDS} - {"macros"}
        assert Package(data).content_type(BOOK).endswith("spreadsheetml.sheet.main+xml")
        lines = result.stdout.splitlines()
        (lost,) = (line for line in lines if line.startswith("⚠ Non repris"))
        (kept,) = (line for line in lines if line.startswith("✔ Gardé tel quel"))
        assert "macros" in lost
        assert all(words in kept for words in KINDS if words != "macros")

    def test_an_xlsm_without_its_macros_opens_unrepaired(self, run: Run, tmp_path: Path) -> None:
        saved(tmp_path / "r" / "a.xlsx", GOOD)
        target = tmp_path / "PST.xlsx"
        run("consolider", tmp_path / "r", "-o", target)
        plan = saved(tmp_path / "PST.xlsm", macro_enabled(target.read_bytes()))
        run("consolider", tmp_path / "r", "--reference", plan, "-o", target)
        assert complaints(target.read_bytes()) == []
        assert "xl/vbaProject.bin" not in parts_of(target.read_bytes())

    def test_what_is_sent_has_nothing_of_it(self, run: Run, tmp_path: Path, plan: Path) -> None:
        result = run("preparer", plan, "-o", tmp_path / "envois")
        (send,) = (tmp_path / "envois").iterdir()
        assert acting(send.read_bytes()) == ()
        assert all(words in result.stdout for words in KINDS)

    def test_what_is_compared_has_nothing_of_it(self, run: Run, tmp_path: Path, plan: Path) -> None:
        run("comparer", plan, "-o", tmp_path / "comparaison.xlsx")
        run("comparer-versions", tmp_path / "PST.xlsx", plan, "-o", tmp_path / "changes.xlsx")
        for name in ("comparaison.xlsx", "changes.xlsx"):
            assert acting((tmp_path / name).read_bytes()) == ()


def test_sheets_of_macros_make_a_plan_anew(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "r" / "a.xlsx", GOOD)
    target = tmp_path / "PST.xlsx"
    run("consolider", tmp_path / "r", "-o", target)
    parts = parts_of(macro_enabled(target.read_bytes()))
    parts["xl/macrosheets/sheet1.xml"] = b"<macrosheet/>"
    plan = saved(tmp_path / "PST.xlsm", zipped(parts))
    result = run("consolider", tmp_path / "r", "--reference", plan, "-o", target)
    assert "feuilles de macros" in result.stdout
    assert acting(target.read_bytes()) == ()
    assert "(classeur) : macros d’Excel 4" in result.stdout


def test_moderniser_drops_it_and_lists_each(run: Run, tmp_path: Path) -> None:
    old = saved(tmp_path / "ancien.xlsm", with_all(OLD_TEMPLATE.read_bytes()))
    run("moderniser", old, "-o", tmp_path / "nouveau.xlsx")
    data = (tmp_path / "nouveau.xlsx").read_bytes()
    assert acting(data) == ()
    said = " ".join(str(text) for text in cells(data, "Modernisation").values())
    assert [words for words in KINDS if ONE_OF.get(words, words) not in said] == []


def test_an_xls_that_has_macros_is_told_of() -> None:
    data = (WRITTEN / "libreoffice.xls").read_bytes()
    name, macros = ("\x05SummaryInformation", "_VBA_PROJECT_CUR")
    at = data.index(name.encode("utf-16-le"))
    length = (2 * len(macros) + 2).to_bytes(2, "little")
    entry = macros.encode("utf-16-le").ljust(64, b"\0") + length
    assert read(data[:at] + entry + data[at + len(entry) :], "a.xls").active == ("macros",)
