"""What is installed is what was written: a wheel and an sdist, whole, small, always the same bytes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from readme_renderer import markdown
from support import ROOT, SAMPLES

import pst_excel

PACKAGE = ROOT / "pst_excel"
DATA = PACKAGE / "pst" / "data"
MOST = 1_500_000  # bytes of a distribution
LAID_OUT = """
import sys
from pathlib import Path

import pst_excel
from pst_excel.reference.samples import workbooks

assert Path(pst_excel.__file__).is_relative_to(sys.argv[1]), pst_excel.__file__
name, data = next(workbooks.returns())
Path(name).write_bytes(data)
print(name)
"""


@dataclass(frozen=True)
class Built:
    """A wheel and an sdist."""

    wheel: Path
    sdist: Path


def build(source: Path, target: Path, *kind: str) -> None:
    """Build with what is installed: no package is looked for."""
    command = [sys.executable, "-m", "build", "--no-isolation", *kind, "--outdir", str(target)]
    subprocess.run([*command, str(source)], capture_output=True, check=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist of the clone, and the wheel made from it."""
    target = tmp_path_factory.mktemp("dist")
    build(ROOT, target)
    (wheel,), (sdist,) = target.glob("*.whl"), target.glob("*.tar.gz")
    return Built(wheel, sdist)


@pytest.fixture(scope="module")
def packed(built: Built) -> zipfile.Path:
    return zipfile.Path(built.wheel)


@pytest.fixture(scope="module")
def metadata(built: Built) -> tuple[str, str]:
    """The headings of the package, and its long description."""
    with zipfile.ZipFile(built.wheel) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith("/METADATA"))
        headings, _, description = wheel.read(name).decode().partition("\n\n")
    return headings, description


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    words = ["install", "--no-deps", "--no-index", "--no-compile", "--target"]
    subprocess.run(
        [sys.executable, "-m", "pip", *words, str(folder), str(built.wheel)],
        capture_output=True, check=True,
    )  # fmt: skip
    return folder


def names(built: Built) -> tuple[set[str], set[str]]:
    """The files of the wheel, and those of the sdist below its folder."""
    with zipfile.ZipFile(built.wheel) as wheel, tarfile.open(built.sdist) as sdist:
        inside = {name.partition("/")[2] for name in sdist.getnames()}
        return set(wheel.namelist()), inside


def test_the_wheel_holds_the_package_whole_and_nothing_else(built: Built) -> None:
    package = {
        file.relative_to(ROOT).as_posix()
        for file in PACKAGE.rglob("*")
        if file.is_file() and file.parent.name != "__pycache__"
    }
    assert "pst_excel/py.typed" in package
    assert {name for name in names(built)[0] if ".dist-info/" not in name} == package


def test_the_wheel_holds_the_licence_of_the_program(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        (name,) = (name for name in wheel.namelist() if name.endswith("/licenses/LICENSE"))
        assert wheel.read(name) == (ROOT / "LICENSE").read_bytes()


@pytest.mark.parametrize("name", sorted(f.name for f in DATA.iterdir() if f.suffix != ".md"))
def test_each_file_of_data_has_its_source_and_licence_beside_it(
    name: str, packed: zipfile.Path
) -> None:
    page = (packed / "pst_excel" / "pst" / "data" / "README.md").read_text(encoding="utf-8")
    (said,) = re.findall(rf"^- `{re.escape(name)}`: (.*)$", page, re.MULTILINE)
    assert re.search(r"\bSources?: ", said)
    assert "Licence: " in said


def test_the_sdist_holds_what_makes_the_wheel_and_what_its_users_read(built: Built) -> None:
    wheel, sdist = names(built)
    assert {name for name in wheel if ".dist-info/" not in name} < sdist
    pages = {"README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "constraints.txt"}
    assert pages < sdist
    rest = {name.partition("/")[0] for name in sdist - pages if not name.startswith("pst_excel/")}
    assert rest == {"docs", "pyproject.toml", "PKG-INFO", ".gitignore"}


def test_both_are_small(built: Built) -> None:
    assert max(built.wheel.stat().st_size, built.sdist.stat().st_size) < MOST


def test_the_unpacked_sdist_gives_the_same_bytes_as_the_clone(built: Built, tmp_path: Path) -> None:
    with tarfile.open(built.sdist) as sdist:
        sdist.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    os.utime(unpacked / "README.md")  # the times of files are none of its content
    build(unpacked, tmp_path / "again", "--sdist")
    build(ROOT, tmp_path / "again", "--wheel")
    again = tmp_path / "again"
    assert (again / built.sdist.name).read_bytes() == built.sdist.read_bytes()
    assert (again / built.wheel.name).read_bytes() == built.wheel.read_bytes()


def test_the_description_renders_without_a_link_or_picture_that_leads_nowhere(
    metadata: tuple[str, str],
) -> None:
    page = markdown.render(metadata[1])
    assert page is not None
    assert "<table>" in page
    targets = re.findall(r'(?:href|src)="([^"]*)"', page)
    assert [target for target in targets if not re.match(r"https?://|#", target)] == []
    assert "Une campagne en dix gestes" in page  # the words of a link stay


def test_from_the_wheel_a_sample_is_laid_out_and_verified(installed: Path, tmp_path: Path) -> None:
    def python(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path, capture_output=True, encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(installed), "PYTHONUTF8": "1"}, check=False,
        )  # fmt: skip

    assert python("-m", "pst_excel", "--version").stdout == f"pst-excel {pst_excel.__version__}\n"
    name = python("-c", LAID_OUT, str(installed)).stdout.strip()
    told = python("-m", "pst_excel", "verifier", name, "--format", "json").stdout
    expected = (SAMPLES / "attendus.txt").read_text(encoding="utf-8").splitlines()
    mine = f"retours/{name} | "
    assert [(one["code"], one["lu"]) for one in json.loads(told)["controles"]] == [
        (code, read)
        for _, _, code, _, read in (
            line.split(" | ", 4) for line in expected if line.startswith(mine)
        )
    ]
