"""The program opens no connection and starts no program: nothing in it could."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from support import ROOT

OUT = {
    "asyncio", "ctypes", "ftplib", "http", "httpx", "imaplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "subprocess", "telnetlib", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip
STARTED = {"eval", "exec", "system", "popen", "startfile", "urlopen", "spawnv", "execv"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Give the modules that a module imports, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module)


def called(tree: ast.AST) -> Iterator[str]:
    """Give the names of the functions that a module calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            yield getattr(function, "id", "") or getattr(function, "attr", "")


def ways_out(source: str) -> set[str]:
    """Return what in a module leads out of the program."""
    tree = ast.parse(source)
    modules = {name.partition(".")[0] for name in imported(tree)} & OUT
    return modules | ({"urllib.request"} & {*imported(tree)}) | (STARTED & {*called(tree)})


def test_no_module_leads_out() -> None:
    modules = sorted((ROOT / "pst_excel").rglob("*.py"))
    found = {path.name: ways_out(path.read_text(encoding="utf-8")) for path in modules}
    assert {name: ways for name, ways in found.items() if ways} == {}


def test_a_way_out_would_be_found() -> None:
    source = "import http.client\nfrom urllib.request import urlopen\nurlopen(eval('x'))\n"
    assert ways_out(source) == {"http", "urllib.request", "urlopen", "eval"}
    assert ways_out("from urllib.parse import unquote") == set()


def test_the_page_of_promises_names_tests_that_are_there() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = {word for word in page.split("`") if word.startswith("tests/")}
    assert named
    assert [name for name in sorted(named) if not Path(ROOT, name).is_file()] == []
