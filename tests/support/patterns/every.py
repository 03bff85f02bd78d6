"""The patterns that the package holds, wherever: in a module, a tuple, a function, a cache."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
import sys
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pst_excel
from pst_excel import PST
from pst_excel.reading.reader import read_bytes
from support import ROOT

_WAYS = {
    "search": "search", "match": "match", "fullmatch": "fullmatch", "sub": "search",
    "subn": "search", "split": "search", "finditer": "search", "findall": "search",
}  # fmt: skip
_SIMPLE = (str, bytes, int, float, types.CodeType, types.BuiltinFunctionType)


@cache
def modules() -> dict[str, types.ModuleType]:
    """Return every module of the package, imported."""
    for info in pkgutil.walk_packages(pst_excel.__path__, "pst_excel."):
        if not info.name.endswith("__main__"):
            importlib.import_module(info.name)
    return {name: module for name, module in sys.modules.items() if _ours(name)}


def _ours(name: str) -> bool:
    return name.partition(".")[0] == "pst_excel"


@cache
def every_pattern() -> dict[str, list[re.Pattern[Any]]]:
    """Return the patterns by what holds them, those that a reading makes for a column included."""
    one = min((ROOT / "samples" / "retours").glob("*.xlsx"))
    read_bytes(one.read_bytes(), one.name, PST)
    found: dict[str, list[re.Pattern[Any]]] = {}
    seen: set[int] = {id(module.__dict__) for module in modules().values()}
    places = [
        (f"{name.removeprefix('pst_excel.')}.{key}", value)
        for name, module in sorted(modules().items())
        for key, value in list(vars(module).items())
        if not key.startswith("__")
    ]
    # What a module names itself is told under that name, before what merely leads to it.
    places.sort(key=lambda place: not _declares(*place))
    for place, value in places:
        for pattern in _within(value, seen):
            found.setdefault(place, []).append(pattern)
    return dict(sorted(found.items()))


def _declares(place: str, value: object) -> bool:
    module, _, name = place.rpartition(".")
    return isinstance(value, re.Pattern) and name in _assigned(f"pst_excel.{module}")


@cache
def _assigned(module: str) -> frozenset[str]:
    nodes = ast.walk(ast.parse(Path(str(modules()[module].__file__)).read_text(encoding="utf-8")))
    return frozenset(
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )


def _within(value: object, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if id(one) in seen or _outside(one):
            continue
        seen.add(id(one))
        if isinstance(one, re.Pattern):
            yield one
        else:
            waiting += gc.get_referents(one)


def _outside(one: object) -> bool:
    if isinstance(one, dict):
        return "__builtins__" in one
    if isinstance(one, types.ModuleType):
        return True
    if isinstance(one, type | types.FunctionType):
        return not _ours(one.__module__ or "")
    return isinstance(one, _SIMPLE)


@cache
def used() -> dict[int | str, frozenset[str]]:
    """Return the ways in which patterns are used, by their identity, or by what makes them."""
    ways: dict[int | str, set[str]] = {}
    for name, module in modules().items():
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute) and node.attr in _WAYS:
                holder = node.value.func if isinstance(node.value, ast.Call) else node.value
                held = getattr(holder, "id", "")
                value = vars(module).get(held)
                place = f"{name.removeprefix('pst_excel.')}.{held}"
                key = id(value) if isinstance(value, re.Pattern) else place
                ways.setdefault(key, set()).add(_WAYS[node.attr])
    return {key: frozenset(found) for key, found in ways.items()}
