"""Every file of every command: as private as the umask says, and as what it was made from."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, OLD_TEMPLATE, saved

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")

WRITTEN = {
    "modele.xlsx", "annotes/a.xlsx", "PST.xlsx", "PST.precedent-1.xlsx", "PST.json",
    "neuf.xlsx", "comparaison.xlsx", "versions.xlsx", "versions.json",
}  # fmt: skip
FOLDERS = {"envois", "annotes"} | {
    f"archives-pst{kind}" for kind in ("", "/envois", "/retours", "/consolides")
}


@pytest.fixture(params=[0o077, 0o022], ids=["umask 077", "umask 022"])
def private(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Return a folder with inputs of which nobody but their owner may read the results."""
    (tmp_path / "retours").mkdir()
    inputs = [
        saved(tmp_path / "retours" / "a.xlsx", CLEAN),
        saved(tmp_path / "autre.xlsx", CLEAN.replace("vélo", "piéton").replace("1.1.1", "1.1.2")),
        shutil.copyfile(OLD_TEMPLATE, tmp_path / "vieux.xlsx"),
    ]
    for path in inputs:
        path.chmod(0o644 if request.param == 0o077 else 0o600)
    before = os.umask(request.param)
    yield tmp_path
    os.umask(before)


def every_command(run: Run, folder: Path) -> None:
    """Write all that the program writes."""
    returns, plan = folder / "retours", folder / "PST.xlsx"
    run("modele", folder / "modele.xlsx")
    run("verifier", returns, "--annoter", folder / "annotes")
    run("consolider", returns, "-o", plan)
    run("consolider", folder / "autre.xlsx", returns, "-o", plan)
    run("consolider", returns, "-o", folder / "PST.json")
    run("preparer", plan, "-o", folder / "envois")
    run("moderniser", folder / "vieux.xlsx", "-o", folder / "neuf.xlsx")
    run("comparer", plan, "-o", folder / "comparaison.xlsx")
    for suffix in ("xlsx", "json"):
        run("comparer-versions", folder / "PST.precedent-1.xlsx", plan,
            "-o", folder / f"versions.{suffix}")  # fmt: skip


def test_nobody_else_may_read_what_is_written(run: Run, private: Path) -> None:
    given = set(private.rglob("*"))
    every_command(run, private)
    made = {path for path in private.rglob("*") if path not in given}
    modes = {path.relative_to(private).as_posix(): path.stat().st_mode & 0o777 for path in made}
    folders = {name for name in modes if (private / name).is_dir()}
    assert folders >= FOLDERS
    assert modes.keys() >= WRITTEN
    assert any(name.startswith("envois/") for name in modes)
    assert sum(name.startswith("archives-pst/") for name in modes) > 6
    blank = modes.pop("modele.xlsx")  # made from nothing: the umask alone decides
    assert blank == (0o600 if (private / "autre.xlsx").stat().st_mode & 0o044 else 0o644)
    assert {name: f"{mode:o}" for name, mode in modes.items()} == {
        name: "700" if name in folders else "600" for name in modes
    }
