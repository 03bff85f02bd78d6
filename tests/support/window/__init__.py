"""A real window of LibreOffice Calc, as an agent has it: 1366 × 768, French of Belgium.

    with opened_window(folder) as window:
        window.open(workbook)
        window.go("Actions", "D6")
        asked = window.type("55%")
        picture = window.picture()

`window.do(gestures)` does a list of gestures given as data, each a name of a method of `Window`
and its arguments. Tests ask for the fixture `window`, which skips where a program is missing.
"""

from __future__ import annotations

import itertools
import json
import os
import selectors
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.window.picture import png_of, rows_of
from support.window.screen import LIMIT, SIZE, calc, hand_python, lacking

__all__ = ["Asked", "Window", "lacking", "opened_window"]

HAND = Path(__file__).with_name("hand.py")


@dataclass(frozen=True)
class Asked:
    """What LibreOffice asked at once: the title of its box, its words, its buttons."""

    title: str
    words: str
    buttons: tuple[str, ...]


class Window:
    """The window of one LibreOffice: the workbook in front is the last that was opened."""

    def __init__(self, process: subprocess.Popen[str], folder: Path, screen: Path) -> None:
        self._process, self._folder, self._screen = process, folder, screen
        self._count = itertools.count(1)
        self._hear()

    def open(self, data: bytes, name: str = "retour.xlsx") -> None:
        """Open a workbook in front of those that are open."""
        path = self._folder / f"{next(self._count)}-{name}"
        path.write_bytes(data)
        self._ask("open", name, path.as_uri())

    def front(self, name: str) -> None:
        """Put an open workbook in front."""
        self._ask("front", name)

    def go(self, sheet: str, cells: str = "A1") -> None:
        """Show a sheet and select cells there."""
        self._ask("go", sheet, cells)

    def type(self, text: str, *, accept: bool = True) -> list[Asked]:
        """Type a text in the selected cell, then Enter; what is asked is accepted, or refused."""
        return _asked(self._ask("type", text, accept))

    def command(self, name: str, *, accept: bool = True, **values: Any) -> list[Asked]:
        """Do what a menu does, named as LibreOffice does: `command("InsertRowsBefore")`."""
        return _asked(self._ask("command", f".uno:{name}", values, accept))

    def keep(self, table: str, column: int, text: str) -> None:
        """Filter a table: keep the rows of which a column, counted from 0, holds a text."""
        self._ask("keep", table, column, text)

    def shown(self, cell: str) -> str:
        """Return what a cell of the sheet in sight shows."""
        ((text,),) = self._ask("shown", cell)
        return str(text)

    def block(self, cells: str) -> list[list[str]]:
        """Return what cells of the sheet in sight show, by row."""
        rows: list[list[str]] = self._ask("shown", cells)
        return rows

    def last(self) -> str:
        """Return the last cell that is used in the sheet in sight."""
        return str(self._ask("used"))

    def picture(self) -> bytes:
        """Return what is on the screen, as a PNG."""
        self._ask("settle")
        return png_of(self._screen.read_bytes())

    def part(self, first: str, last: str, above: int = 0) -> list[bytes]:
        """Return the pixels from a cell in sight to another, and of some rows above them."""
        left, top, _, _ = self._ask("place", first)
        x, y, width, height = self._ask("place", last)
        area = (left, top - above, x + width - left, y + height - top + above)
        return rows_of(self._screen.read_bytes(), area)

    def look(self, cell: str, skipped: int = 0) -> list[bytes]:
        """Return how a cell of the sheet in sight looks: its pixels, some at its left skipped."""
        left, top, width, height = self._ask("place", cell)
        area = (left + skipped, top, width - skipped, height)
        return rows_of(self._screen.read_bytes(), area)

    def saved(self) -> bytes:
        """Return the workbook in front as it would be saved, an xlsx."""
        path = self._folder / f"{next(self._count)}-saved.xlsx"
        self._ask("save", path.as_uri())
        return path.read_bytes()

    def close(self) -> None:
        """Close every workbook that is open."""
        self._ask("close")

    def do(self, gestures: Iterable[Sequence[Any]]) -> list[Any]:
        """Do gestures in turn, each `(method, argument, ...)`; return what each returned."""
        return [getattr(self, name)(*arguments) for name, *arguments in gestures]

    def _ask(self, *gesture: Any) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(gesture) + "\n")
        self._process.stdin.flush()
        return self._hear()

    def _hear(self) -> Any:
        assert self._process.stdout is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._process.stdout, selectors.EVENT_READ)
            assert waiting.select(2 * LIMIT), "the window does not answer"
        line = self._process.stdout.readline()
        assert line, "the window is closed"
        said = json.loads(line)
        assert "fault" not in said, said["fault"]
        return said["answer"]


def _asked(boxes: list[list[str]]) -> list[Asked]:
    return [Asked(title, words, tuple(buttons)) for title, words, *buttons in boxes]


@contextmanager
def opened_window(
    folder: Path, locale: str = "fr-BE", size: tuple[int, int] = SIZE
) -> Iterator[Window]:
    """Open a window of LibreOffice; files and profile are made in the folder, which is empty."""
    pipe = f"pst-{os.getpid()}-{folder.name}"
    with calc(folder, pipe, locale, size) as screen:
        command = [str(hand_python()), str(HAND), pipe, *map(str, size)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield Window(process, folder, screen)
            finally:
                process.kill()
