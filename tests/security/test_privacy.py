"""What names a person reaches no output that leaves the institution, and others only as is said."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, grid, saved, town
from support.commands import done
from support.hostile import zipped
from support.personal import FILE, MARKS, PRIVATE, found, personal

from pst_excel.api.outputs import OUTPUTS
from pst_excel.comparing.compare import Comparison
from pst_excel.pst import PST

PLAN = personal()
EARLIER = personal(CLEAN.replace("31/10/2026", "30/06/2026"))
NO_PLAN = grid({f"{MARKS['feuille']} (2)": [[MARKS["cellule"]]]})
OF_THE_COLUMNS = {MARKS[place] for place in PRIVATE.values()}
OF_THE_FILE = {*MARKS.values()} - OF_THE_COLUMNS - {
    MARKS[place] for place in ("liste", "contact", "colonne", "cellule", "fichier")
}  # fmt: skip
"""The marks of what belongs to the file of who wrote it, and to no value of the plan."""


def test_the_plan_that_is_looked_at_has_every_mark() -> None:
    assert {*MARKS.values()} - found(PLAN) == {MARKS["fichier"]}


WRITINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16": lambda mark: mark.encode("utf-16-le"),
    "capitals": lambda mark: b"\xff" + mark.upper().encode("utf-16-be"),
    "base 64": lambda mark: base64.b64encode(f"{mark}yz".encode()),
    "base 64, after one": lambda mark: base64.b64encode(f"x{mark}yz".encode()),
    "base 64, after two": lambda mark: base64.b64encode(f"xx{mark}yz".encode()),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_mark_is_found_however_it_is_written(writing: str) -> None:
    mark = MARKS["imprimante"]
    part = b"." * 99 + WRITINGS[writing](mark) + b"." * 99
    assert found(zipped({"xl/part.bin": part})) == {mark}


def test_each_private_column_has_a_mark() -> None:
    private = {sheet.key for sheet in PST for column in sheet.columns if column.private}
    assert private == {*PRIVATE}


class TestRegional:
    """What goes to the Region, and may be published: the comparison."""

    def test_a_plan_that_is_compared(self, run: Run, tmp_path: Path) -> None:
        saved(tmp_path / "recus" / FILE, PLAN)
        run("comparer", tmp_path / "recus", "-o", tmp_path / "comparaison.xlsx")
        assert found((tmp_path / "comparaison.xlsx").read_bytes()) == set()

    def test_a_plan_that_was_consolidated_here(self, run: Run, tmp_path: Path) -> None:
        saved(tmp_path / "retours" / FILE, PLAN)
        plan = tmp_path / f"{MARKS['fichier']}-2.xlsx"
        run("consolider", tmp_path / "retours", "-o", plan)
        run("comparer", plan, "-o", tmp_path / "comparaison.xlsx")
        assert found((tmp_path / "comparaison.xlsx").read_bytes()) == set()

    def test_files_that_are_set_aside_or_refused(self, run: Run, tmp_path: Path) -> None:
        folder = tmp_path / "recus"
        saved(folder / FILE, PLAN)
        saved(folder / f"{MARKS['auteur']} 2.xlsx", EARLIER)
        saved(folder / f"{MARKS['note']}.xlsx", b"rien")
        saved(folder / f"{MARKS['notant']}.xlsx", NO_PLAN)
        run("comparer", folder, "-o", tmp_path / "comparaison.xlsx")
        assert found((tmp_path / "comparaison.xlsx").read_bytes()) == set()

    def test_no_other_form_of_it_is_written(self) -> None:
        assert [one.suffix for one in OUTPUTS if one.takes is Comparison] == [".xlsx"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where a plan was consolidated, annotated and shared out."""
    folder = tmp_path_factory.mktemp("campagne")
    saved(folder / "retours" / FILE, PLAN)
    done("consolider", folder / "retours", "-o", folder / "PST.xlsx")
    done("verifier", folder / "retours", "--annoter", folder / "annotes")
    services = ("--service", "Travaux", "--service", "Finances")
    done("preparer", folder / "PST.xlsx", "-o", folder / "envois", *services)
    # A plan in which the central cell itself put notes, sheets, links and macros.
    done("preparer", folder / "retours" / FILE, "-o", folder / "envois-2", *services)
    return folder


class TestWithinTheInstitution:
    """What goes from one service to another, or to the central cell."""

    def test_nothing_of_the_file_of_a_sender_goes_further(self, folder: Path) -> None:
        for made in (folder / "PST.xlsx", *folder.glob("envois*/*")):
            left = found(made.read_bytes()) & OF_THE_FILE
            # The screen and « Retours » name the sheets that are not taken.
            assert left <= ({MARKS["feuille"]} if made.name == "PST.xlsx" else set()), made.name

    def test_no_name_of_a_file_is_sent(self, folder: Path) -> None:
        for send in folder.glob("envois*/*"):
            assert MARKS["fichier"] not in found(send.read_bytes())

    def test_a_workbook_handed_back_has_what_its_sender_put(self, folder: Path) -> None:
        copy = folder / "annotes" / FILE
        assert found(copy.read_bytes()) == {*MARKS.values()} - {MARKS["fichier"]}


SHARED = (
    town("Travaux", "Finances")
    + """
OS
code | intitule
1    | Rouler

OO
code | code_os | intitule      | services
1.1  | 1       | Rouler mieux  | Travaux
1.2  | 1       | Compter juste | Finances

Actions
code  | code_oo | intitule        | service_pilote | agent_pilote | services_partenaires
1.1.1 | 1.1     | Boucher un trou | Travaux        | Zz Travaux   |
1.2.1 | 1.2     | Payer le trou   | Finances       | Zz Finances  |
1.2.2 | 1.2     | Payer ensemble  | Finances       | Zz Commun    | Travaux
"""
)


def test_a_service_receives_the_agents_of_the_rows_that_it_receives(
    run: Run, tmp_path: Path
) -> None:
    saved(tmp_path / "PST.xlsx", SHARED)
    run("preparer", tmp_path / "PST.xlsx", "-o", tmp_path / "envois")
    agents = ("Zz Travaux", "Zz Finances", "Zz Commun")
    sent = {
        path.name.split("_")[2]: found(path.read_bytes(), agents)
        for path in (tmp_path / "envois").iterdir()
    }
    assert sent == {
        "Travaux": {"Zz Travaux", "Zz Commun"}, "Finances": {"Zz Finances", "Zz Commun"}
    }  # fmt: skip
