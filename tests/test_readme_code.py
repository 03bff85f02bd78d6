"""What the README shows of the library runs as it stands, from the folder that the demo fills."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from support import ROOT, SAMPLES

from pst_excel import consolidate, read_files, write

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_python_example_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("retours", "institutions"):
        shutil.copytree(SAMPLES / name, tmp_path / name)
    shutil.copytree(SAMPLES / "retours", tmp_path / "retours-2027-03")
    monkeypatch.chdir(tmp_path)
    write(consolidate(read_files("retours")), "PST_consolide.xlsx")
    part = README.partition("## From Python")[2].partition("\n## ")[0]
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", part, re.DOTALL)
    for block in blocks:
        exec(block, names)
    assert len(blocks) == 6
    assert (tmp_path / "campagne-2028").is_dir()
