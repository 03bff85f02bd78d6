"""The modules of the engine hold no word of the PST: they ask the plan for its columns by role."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import ROOT

from pst_excel.model.words import keys
from pst_excel.pst import PST

MODEL = ROOT / "pst_excel" / "model"
OWN = {value for name, value in vars(keys).items() if name.isupper()}
"""The keys that the program gives to every plan, whatever it is about."""


def words() -> set[str]:
    """Return the keys of the PST, and the labels of its lists; a number is no word of anybody."""
    named = {one.key for one in (*PST.sheets, *PST.vocabularies)}
    columns = {column.key for sheet in PST for column in sheet.columns}
    labels = {label for one in PST.vocabularies for label in one.labels}
    return {word for word in named | columns | labels if not word.isdecimal()}


WORDS = words() - OWN


def modules() -> list[Path]:
    """Return the modules of the engine, as the contract of imports names its rooms.

    `ooxml` stands below the model and is given no plan: it speaks XML, which has a `type` as well;
    so has JSON Schema, whose words are all in `exports`.
    """
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (
        one
        for one in settings["tool"]["importlinter"]["contracts"]
        if one["name"] == "The engine does not know the PST"
    )
    rooms = [ROOT / name.replace(".", "/") for name in contract["source_modules"]]
    samples = ROOT / "pst_excel" / "reference" / "samples"  # which are plans of the PST
    return [
        file
        for room in rooms
        if room.name != "ooxml"
        for file in sorted(room.rglob("*.py"))
        if samples not in file.parents and file.name != "exports.py"
    ]


def declared(tree: ast.Module) -> Iterator[ast.expr]:
    """Give the words that a module of the model declares: its constants, its enumerations."""
    bodies = [tree.body]
    bodies += [
        one.body
        for one in tree.body
        if isinstance(one, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "StrEnum" for base in one.bases)
    ]
    for line in (line for body in bodies for line in body):
        if isinstance(line, ast.Assign):
            yield from line.value.elts if isinstance(line.value, ast.Tuple) else [line.value]


def found(source: str, model: bool = False) -> list[tuple[int, str]]:
    """Return the words of the PST in a source, with their lines; a piece of an f-string is none."""
    tree = ast.parse(source)
    pieces = {
        id(one) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for one in node.values
    }
    ours = {id(one) for one in declared(tree)} if model else set()
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value in WORDS
        and id(node) not in pieces | ours
    ]


def test_no_module_of_the_engine_types_a_word_of_the_pst() -> None:
    said = {
        f"{file.relative_to(ROOT)}:{line}: {word}"
        for file in modules()
        for line, word in found(file.read_text(encoding="utf-8"), MODEL in file.parents)
    }
    assert said == set()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('rows = plan["actions"]', ["actions"]),
        ('state = "En cours"', ["En cours"]),
        ('wanted = {"service": 1}', ["service"]),
        ('key = f"actions_{year}"', []),  # a piece is no word
        ('key = "code"', []),  # which every plan has
        ('said = "Les actions en cours"', []),
        ('rank = "1"', []),  # a priority, but as well a number
    ],
)
def test_a_word_is_found_where_it_stands_alone(source: str, words: list[str]) -> None:
    assert [word for _, word in found(source)] == words


def test_what_the_model_declares_is_its_own_and_nothing_else_is() -> None:
    constant, kind = 'VALUE, BASE = "valeur", "sur"', 'class Kind(StrEnum):\n    A = "liste"'
    used = 'def f():\n    return row["valeur"]'
    assert [found(source, model=True) for source in (constant, kind)] == [[], []]
    assert found(constant) == [(1, "valeur")]
    assert found(used, model=True) == [(2, "valeur")]


def test_the_rooms_of_the_engine_are_looked_through() -> None:
    looked = {file.relative_to(ROOT / "pst_excel").parts[0] for file in modules()}
    beside = {"ooxml", "pst", "cli", "testing", "api", "rounds"}
    rooms = {one.name for one in (ROOT / "pst_excel").iterdir() if (one / "__init__.py").exists()}
    assert looked == rooms - beside
