"""The pages that say how to add something, done to the letter in a copy of the project.

The copy is a project of its own: what is asked of it runs in other processes, with its package.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from support import ROOT

FOLDER = ROOT / "docs" / "how-to"
_BLOCK = re.compile(r"^```(?:python|sql)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ELSEWHERE = shutil.ignore_patterns(".[!c]*", "benchmarks", "build", "dist")
_REFRESH = """
import sys

import generated
from pst_excel.reference.samples import workbooks
from support import dump

for name, data in generated.reference().items():
    (generated.ROOT / name).write_bytes(data)
if "selftest" in sys.argv:
    folder = generated.ROOT / "samples"
    for name, data in workbooks.selftests():
        (folder / "auto-test" / name).write_bytes(data)
    files = {one.relative_to(folder).as_posix(): one for one in sorted(folder.rglob("*.xlsx"))}
    said = generated.expected({name: one.read_bytes() for name, one in files.items()})
    (folder / "attendus.txt").write_text(said, encoding="utf-8")
dump.FILE.write_text(dump.template(), encoding="utf-8")
"""


@dataclass(frozen=True)
class Place:
    """Where a block of a page goes in a file: `before` a text, `instead` of one, else at its end.

    A file that is not there is made.
    """

    file: str
    before: str = ""
    instead: str = ""

    def put(self, root: Path, block: str) -> None:
        """Write a block there."""
        file = root / self.file
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        if mark := self.before or self.instead:
            assert text.count(mark) == 1, f"{self.file} has not one {mark!r}"
            text = text.replace(mark, block + self.before)
        else:
            text += f"\n\n{block}" if text else block
        file.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Recipe:
    """A page, and where its first blocks go; those that follow only show code that is there."""

    page: str
    places: tuple[Place, ...]

    @cached_property
    def text(self) -> str:
        """What the page says."""
        return (FOLDER / self.page).read_text(encoding="utf-8")

    @cached_property
    def blocks(self) -> list[str]:
        """The blocks of code of the page."""
        return _BLOCK.findall(self.text)


class Copy:
    """A copy of the project, in which recipes are followed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT, root, ignore=_ELSEWHERE)  # the times too: what is compiled holds

    def follow(self, recipe: Recipe) -> None:
        """Write the blocks of a page where they go."""
        for place, block in zip(recipe.places, recipe.blocks, strict=False):
            place.put(self.root, block)

    def refresh(self, *more: str) -> None:
        """Bring what is generated up to date, as `--update` does, but for the many workbooks."""
        self.python("-c", _REFRESH, *more)

    def text(self, name: str) -> str:
        """Return what a file of the copy says."""
        return (self.root / name).read_text(encoding="utf-8")

    def command(self, *arguments: str | Path) -> str:
        """Run the command of the copy; return what it prints."""
        return self.python("-m", "pst_excel", *map(str, arguments))

    def tested(self, *tests: str) -> str:
        """Run tests of the copy, which must pass; return what pytest says."""
        return self.python("-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)

    def python(self, *arguments: str) -> str:
        """Run Python in the copy; what it prints, when it succeeds."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
        paths = os.pathsep.join(str(self.root / one) for one in (".", "tests", ".ci"))
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=kept | {"PYTHONPATH": paths, "PYTHONUTF8": "1"},
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
        return done.stdout
