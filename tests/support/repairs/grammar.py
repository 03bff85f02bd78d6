"""The grammar of the formulas of a file: English names, commas, no leading equals sign.

Excel removes a formula that it cannot parse, and says so: `parse` accepts what Excel would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from support.repairs.areas import Unreadable, cell

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<text>"(?:[^"]|"")*")
  | (?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!))
  | (?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)
  | (?P<call>[^\W\d][\w.]*\()
  | (?P<table>(?:[^\W\d][\w.]*)?\[(?:[^][']|'.|\[(?:[^][']|'.)*\])*\])
  | (?P<strip>\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![\w.(])|\$?\d+:\$?\d+)
  | (?P<cell>\$?[A-Z]{1,3}\$?\d+(?![\w.(!]))
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)
  | (?P<name>[^\W\d][\w.?\\]*|\\[\w.?\\]*)
  | (?P<operator><=|>=|<>|[-+*/^&=<>:])
  | (?P<mark>[%(),{};@])
    """,
    re.VERBOSE,
)
_PLAIN = {"text", "error", "number"}
_REFERENCES = {"cell", "strip", "name", "table"}
_ITEM = re.compile(r"\[((?:[^][']|'.)*)\]|([^][,:\s][^][,:]*)")
_NEEDS_QUOTES = re.compile(r"[A-Z]{1,3}\d+|R\d*(C\d*)?|C\d*", re.IGNORECASE)
_ROW = re.compile(
    r"""
    '(?:[^']|'')*' | "(?:[^"]|"")*" | \[(?:[^]']|'.)*\]   # left as they are
  | (?<![\w.$])(\$?[A-Z]{1,3}\$?)[1-9]\d{0,5}(?![\w.(!])
    """,
    re.VERBOSE,
)
Token = tuple[str, str, bool]  # its kind, what it is, whether a space stands before


@dataclass
class Parsed:
    """What a formula uses."""

    functions: list[tuple[str, int]] = field(default_factory=list)
    sheets: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    columns: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """A table, without a name where it is the formula's own, and what is taken of it."""
    marks: set[str] = field(default_factory=set)
    """`{` for a constant array, `,` for a union, ` ` for an intersection, an error for an error."""
    depth: int = 0


def parse(text: str) -> Parsed:
    """Return what a formula uses.

    Raises: Unreadable when it is none.
    """
    # a formula filled down is parsed once: of a row, only that a sheet has it matters here
    return _parsed(_ROW.sub(lambda match: f"{match[1]}1" if match[1] else match[0], text))


@lru_cache(maxsize=10_000)
def _parsed(text: str) -> Parsed:
    return _Parser(list(_tokens(text))).whole()


def _tokens(text: str) -> Iterator[Token]:
    at, spaced = 0, False
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise Unreadable(f"{text[at : at + 20]!r} cannot stand there")
        at = match.end()
        if match.lastgroup != "space":
            yield match.lastgroup, match[0], spaced
        spaced = match.lastgroup == "space"
    yield "end", "", False


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0
        self.found = Parsed()

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    @property
    def token(self) -> str:
        return self.tokens[self.at][1]

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def expect(self, token: str) -> None:
        if self.token != token:
            raise Unreadable(f"{self.token or 'the end'!r} stands where {token!r} is expected")
        self.take()

    def whole(self) -> Parsed:
        self.expression()
        while self.token == ",":  # a name may be a union: print titles
            self.found.marks.add(self.take())
            self.expression()
        if self.kind != "end":
            raise Unreadable(f"{self.token!r} cannot stand there")
        return self.found

    def expression(self) -> None:
        while True:
            while self.token in ("+", "-", "@"):
                self.take()
            self.operand()
            while self.token == "%":
                self.take()
            if self.kind == "operator":
                self.take()
            elif self.tokens[self.at][2] and self.kind in {"sheet", "call"} | _REFERENCES:
                self.found.marks.add(" ")
            else:
                return

    def operand(self) -> None:
        kind, token = self.kind, self.take()
        if kind == "sheet":
            self.sheet(token[:-1])
        elif kind == "call":
            self.call(token[:-1])
        elif token == "(":
            self.group()
        elif token == "{":
            self.array()
        elif kind in _REFERENCES:
            self.reference(kind, token)
        elif kind not in _PLAIN:
            raise Unreadable(f"{token or 'the end'!r} stands where a value is expected")
        elif kind == "error":
            self.found.marks.add(token)

    def sheet(self, title: str) -> None:
        if not title.startswith("'") and _NEEDS_QUOTES.fullmatch(title):
            raise Unreadable(f"the sheet {title} must be between quotes")
        self.found.sheets.add(title.strip("'").replace("''", "'"))
        kind, token = self.kind, self.take()
        if kind == "error":
            self.found.marks.add(token)
        elif kind not in _REFERENCES:
            raise Unreadable(f"{token or 'the end'!r} stands where a cell is expected")
        else:
            self.reference(kind, token)

    def reference(self, kind: str, token: str) -> None:
        if kind == "cell":
            cell(token)
        elif kind == "name" and token.upper() not in ("TRUE", "FALSE"):
            self.found.names.add(token)
        elif kind == "table":
            name, _, inside = token[:-1].partition("[")
            items = [a or b for a, b in _ITEM.findall(inside)] if "[" in inside else [inside]
            self.found.columns.append((name, tuple(items)))

    def call(self, name: str) -> None:
        self.deeper()
        given = 0
        while self.token != ")":
            if self.token != ",":  # an argument may be left out
                self.expression()
            given += 1
            if self.token != ",":
                break
            self.take()
            given += self.token == ")"
        self.expect(")")
        self.depth -= 1
        self.found.functions.append((name.upper(), given))

    def group(self) -> None:
        self.deeper()
        self.expression()
        while self.token == ",":
            self.found.marks.add(self.take())
            self.expression()
        self.expect(")")
        self.depth -= 1

    def array(self) -> None:
        self.found.marks.add("{")
        while True:
            if self.token in ("+", "-"):
                self.take()
            if self.kind not in _PLAIN and self.token.upper() not in ("TRUE", "FALSE"):
                raise Unreadable(f"{self.token or 'the end'!r} stands in an array")
            self.take()
            if self.token not in (",", ";"):
                break
            self.take()
        self.expect("}")

    def deeper(self) -> None:
        self.depth += 1
        self.found.depth = max(self.found.depth, self.depth)
