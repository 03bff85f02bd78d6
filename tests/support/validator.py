"""Microsoft's own validator of the files of Office, where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from support import ROOT

INSTALLED = ROOT / ".venv-ci" / "node_modules" / "@xarsh"
"""Where `.ci/run` installs it."""
NEWEST, OLDEST = "Microsoft365", "Office2010"
"""The versions of Office that open what services receive."""
LIMIT = 120  # seconds for one workbook; the largest takes two
_ENVIRONMENT = os.environ | {"DOTNET_TieredPGO": "0"}  # a run is too short to be worth profiling


_KNOWN: dict[tuple[str, bytes], list[str]] = {}
"""What was found in each content: several tests look at the same files before they change them."""


def _command() -> str | None:
    named = os.environ.get("OOXML_VALIDATOR_CLI") or shutil.which("ooxml-validator")
    return named or next(map(str, INSTALLED.glob("ooxml-validator-*/ooxml-validator*")), None)


COMMAND = _command()
microsoft = pytest.mark.skipif(
    COMMAND is None, reason="Microsoft's validator (ooxml-validator) is not installed"
)


def objections(
    files: Mapping[str, bytes], folder: Path, version: str = NEWEST
) -> dict[str, list[str]]:
    """Return what the validator finds in each workbook, as a version of Office is to open it."""

    def look(numbered: tuple[int, bytes]) -> list[str]:
        at, data = numbered
        key = version, sha256(data).digest()
        if key not in _KNOWN:
            path = folder / f"{at}.xlsx"
            path.write_bytes(data)
            _KNOWN[key] = _said(path, version)
        return _KNOWN[key]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(files, pool.map(look, enumerate(files.values())), strict=True))


def _said(path: Path, version: str) -> list[str]:
    # the exit code differs between the program and its wrapper: what is printed does not
    ran = subprocess.run(
        [str(COMMAND), str(path), version], env=_ENVIRONMENT, capture_output=True, timeout=LIMIT,
        check=False,
    )  # fmt: skip
    found = json.loads(ran.stdout)
    said = [f"{one['path']} {one['xPath']}: {one['description']}" for one in found["errors"]]
    return said or ([] if found["ok"] else [f"refused without a word: {ran.stderr!r}"])
