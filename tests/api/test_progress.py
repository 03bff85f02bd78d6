"""Who asks sees how far a long work is: by a function, on a terminal, in a notebook; else nobody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from support import CLEAN, saved

from pst_excel import annotate, check, compare, consolidate, prepare, read_files, write
from pst_excel.api.progress import bar

PLAIN = "sys.modules['rich'] = None"
"""What lets a program do as if rich were not installed."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("progres")
    for name in ("a", "b", "c"):
        saved(made / "retours" / f"{name}.xlsx", CLEAN)
    write(consolidate(made / "retours"), made / "PST.xlsx")
    return made


def test_a_function_is_told_each_file_once(folder: Path, tmp_path: Path) -> None:
    given, names = folder / "retours", ["a.xlsx", "b.xlsx", "c.xlsx"]
    told: list[str] = []
    found = read_files(given, told.append)
    assert told == names
    for work in (check, consolidate):
        told.clear()
        work(given, progress=told.append)
        assert told == names
    told.clear()
    annotate(found, check(found), tmp_path / "rendus", progress=told.append)
    assert told == names
    told.clear()
    compare(folder / "PST.xlsx", progress=told.append)
    assert told == ["PST.xlsx"]


def test_a_function_that_writes_workbooks_tells_how_many_there_are(
    folder: Path, tmp_path: Path
) -> None:
    told: list[tuple[str, int]] = []
    made, _ = prepare(
        folder / "PST.xlsx",
        tmp_path / "envois",
        progress=lambda name, count: told.append((name, count)),
    )
    assert told == [(one.file, len(made.workbooks)) for one in made.workbooks]


def test_nothing_is_said_where_there_is_no_terminal(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = read_files(folder / "retours", progress=True)
    annotate(found, check(found), tmp_path / "rendus", progress=True)
    prepare(folder / "PST.xlsx", tmp_path / "envois", progress=True)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("progress", [None, False])
def test_nothing_is_imported_unless_asked(progress: bool | None, folder: Path) -> None:
    code = (
        "import sys; from pst_excel import read_files;"
        f" read_files({str(folder / 'retours')!r}, progress={progress});"
        " print([name for name in ('rich', 'IPython', 'tqdm') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_bar_in_html_says_in_words_how_far_it_is_and_escapes_names() -> None:
    drawn = bar("Lecture", 2, 5, "<b>.xlsx")
    assert (
        '<progress value="2" max="5">2 sur 5</progress></label> 2 sur 5 · &lt;b&gt;.xlsx' in drawn
    )
    assert bar("Lecture", 0, 0).count('max="1"') == 1


def on_a_terminal(*statements: str) -> str:
    """Return what a program says where errors are said, a terminal being there."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    ours, theirs = pty.openpty()
    code = "\n".join(("import sys", *statements))
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code], stdout=subprocess.DEVNULL, stderr=theirs,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(theirs)
    said = b""
    try:
        while piece := os.read(ours, 4096):
            said += piece
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    assert process.wait() == 0, said.decode()
    return said.decode()


def reading(folder: Path) -> Sequence[str]:
    return (
        "from pst_excel import read_files",
        f"read_files({str(folder / 'retours')!r}, progress=True)",
    )


@pytest.mark.skipif(find_spec("rich") is None, reason="rich is not installed")
def test_rich_draws_the_bar_on_a_terminal_where_it_is_installed(folder: Path) -> None:
    said = on_a_terminal(*reading(folder))
    assert "Lecture" in said
    assert "3/3" in said


def test_click_draws_it_elsewhere(folder: Path) -> None:
    said = on_a_terminal(PLAIN, *reading(folder))
    assert "Lecture" in said
    assert "100%" in said


KERNEL = """
import json, sys
from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel()
seen = []

def hook(message):
    content = message["content"]
    if message["msg_type"] in ("display_data", "update_display_data", "execute_result"):
        seen.append((message["msg_type"], content["data"].get("text/html", "")))
    elif message["msg_type"] in ("stream", "error"):
        seen.append((message["msg_type"], str(content)))

client.execute_interactive(sys.argv[1], output_hook=hook, timeout=120)
client.stop_channels()
manager.shutdown_kernel(now=True)
print(json.dumps(seen))
"""


@pytest.mark.skipif(
    find_spec("ipykernel") is None or find_spec("jupyter_client") is None,
    reason="there is no kernel of notebooks here",
)
def test_in_a_notebook_one_bar_is_updated_in_place_and_the_result_is_a_page(folder: Path) -> None:
    code = "\n".join(reading(folder))
    done = subprocess.run(
        [sys.executable, "-c", KERNEL, code],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    seen = json.loads(done.stdout.splitlines()[-1])
    kinds = [kind for kind, _ in seen]
    assert kinds == ["display_data", *["update_display_data"] * 3, "execute_result"], seen
    assert ['value="0"' in seen[0][1], 'value="3"' in seen[3][1]] == [True, True]
    assert "<caption>Retours lus</caption>" in seen[4][1]
