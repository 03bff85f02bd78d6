"""The package says what it holds, what it needs, and its page is true."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from support import ROOT

from pst_excel import testing

PAGE = ROOT / "docs" / "how-to" / "test-with-strategies.md"


def examples() -> dict[str, object]:
    (block,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    known: dict[str, object] = {"__name__": "page"}
    exec(compile(block, str(PAGE), "exec"), known)
    return {name: one for name, one in known.items() if name.startswith("test_")}


@pytest.mark.parametrize("name", sorted(examples()))
def test_the_examples_of_the_page_pass(name: str) -> None:
    examples()[name]()


@pytest.mark.parametrize("name", testing.__all__)
def test_a_public_name_is_documented(name: str) -> None:
    assert getattr(testing, name).__doc__ or name == "Lists"


def test_the_help_names_every_strategy() -> None:
    listed = set(re.findall(r"\b\w+\b", testing.__doc__ or ""))
    assert set(testing.__all__) - listed <= {"Answer", "Fault", "Round", "Lists", "shown"}


@pytest.mark.parametrize("missing", ["hypothesis", "openpyxl"])
def test_without_what_it_needs_one_sentence_says_what_to_install(missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; import pst_excel.testing"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    said = f"ImportError: pst_excel.testing demande {missing} ; installez-le avec « pip install"
    assert said in done.stderr.splitlines()[-1]


def test_the_package_does_not_need_it() -> None:
    code = "import sys, pst_excel.cli.commands; print('hypothesis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
