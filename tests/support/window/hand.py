"""The hand in a window of LibreOffice Calc: run by the Python that has `uno`, never imported.

Each line received is a gesture, `[name, argument, ...]`; each is answered by one line of JSON.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import uno
from com.sun.star.accessibility.AccessibleRole import (
    ALERT,
    DIALOG,
    LABEL,
    PUSH_BUTTON,
    STATIC,
    TABLE,
)
from com.sun.star.awt import KeyEvent
from com.sun.star.awt.Key import RETURN
from com.sun.star.awt.PosSize import POSSIZE
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet import TableFilterField
from com.sun.star.sheet.FilterOperator import EQUAL

STEP = 0.01  # seconds between two looks at what LibreOffice is doing
LIMIT = 60.0  # seconds for one gesture, and for the start
YES, NO = ("OK", "Oui", "Yes"), ("Annuler", "Cancel", "Non", "No")
XLSX = "Calc MS Excel 2007 XML"


def settings(**values: object) -> tuple[PropertyValue, ...]:
    made = []
    for name, value in values.items():
        one = PropertyValue()
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def until(holds: Callable[[], Any], what: str) -> Any:
    """Return what holds as soon as it does; nothing is supposed to have been done before."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(STEP)
    raise TimeoutError(what)


class Hand:
    """Somebody before one window: the workbooks that are open, and what was answered."""

    def __init__(self, pipe: str, width: int, height: int) -> None:
        self.size = (width, height)
        context = until(lambda: self._context(pipe), "LibreOffice does not answer")
        services = context.ServiceManager
        self.desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.toolkit = services.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
        self.dispatcher = services.createInstanceWithContext(
            "com.sun.star.frame.DispatchHelper", context
        )
        self.books: dict[str, Any] = {}
        self.book: Any = None

    @staticmethod
    def _context(pipe: str) -> Any:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            return None

    @property
    def view(self) -> Any:
        return self.book.CurrentController

    def open(self, name: str, url: str) -> None:
        """Open a workbook in the whole screen, in front of those that are open."""
        self.books[name] = self.desktop.loadComponentFromURL(url, "_blank", 0, ())
        self.front(name)

    def front(self, name: str) -> None:
        """Put an open workbook in front."""
        self.book = self.books[name]
        window = self.view.Frame.ContainerWindow
        window.setPosSize(0, 0, *self.size, POSSIZE)
        window.toFront()
        window.setFocus()
        self.settle()

    def close(self) -> None:
        """Close every workbook, without saving."""
        for book in self.books.values():
            book.close(True)
        self.books, self.book = {}, None

    def save(self, url: str) -> None:
        """Save a copy of the workbook in front, as an xlsx."""
        self.book.storeToURL(url, settings(FilterName=XLSX))

    def go(self, sheet: str, cells: str) -> None:
        """Show a sheet and select cells there."""
        self.view.setActiveSheet(self.book.Sheets.getByName(sheet))
        self.command(".uno:GoToCell", {"ToPoint": cells}, True)  # marks no cell, as a click

    def shown(self, cells: str) -> list[list[str]]:
        """Say what cells of the sheet in sight show."""
        block = self.view.ActiveSheet.getCellRangeByName(cells)
        rows, columns = block.Rows.Count, block.Columns.Count
        return [[block.getCellByPosition(x, y).String for x in range(columns)] for y in range(rows)]

    def place(self, cell: str) -> list[int]:
        """Say where a cell of the sheet in sight is on the screen: left, top, width, height."""
        at = self.view.ActiveSheet.getCellRangeByName(cell).RangeAddress
        area = self.view.Frame.ComponentWindow.AccessibleContext
        for part in _inside(area):  # one table for each part of the frozen panes
            if part.AccessibleRole == TABLE:
                found = part.getAccessibleCellAt(at.StartRow, at.StartColumn).AccessibleContext
                where, size = found.getLocationOnScreen(), found.getSize()
                if size.Width and size.Height:
                    return [where.X, where.Y, size.Width, size.Height]
        raise LookupError(f"{cell} is not in sight")

    def used(self) -> str:
        """Say which cells of the sheet in sight are used."""
        cursor = self.view.ActiveSheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        return str(cursor.AbsoluteName).rpartition(".")[2].replace("$", "")

    def type(self, text: str, accept: bool) -> list[list[str]]:
        """Type a text in the selected cell, key by key, then Enter; say what was asked."""
        before = self.view.getSelection().AbsoluteName
        window = self.view.Frame.ContainerWindow
        for letter in text:
            self._key(window, letter)
        self.settle()
        self._key(window, "\r", RETURN)
        return self._answered(lambda: self.view.getSelection().AbsoluteName != before, accept)

    def command(self, name: str, values: dict[str, object], accept: bool) -> list[list[str]]:
        """Do what a menu does; say what was asked."""
        frame, given = self.view.Frame, settings(**values)
        doing = threading.Thread(
            target=self.dispatcher.executeDispatch, args=(frame, name, "", 0, given), daemon=True
        )
        doing.start()
        asked = self._answered(lambda: not doing.is_alive(), accept)
        self.settle()
        return asked

    def keep(self, table: str, column: int, text: str) -> None:
        """Filter a table: keep the rows of which a column, counted from 0, holds a text."""
        area = self.book.DatabaseRanges.getByName(table)
        field = TableFilterField()
        field.Field, field.Operator, field.StringValue = column, EQUAL, text
        area.getFilterDescriptor().setFilterFields((field,))
        area.refresh()
        self.settle()

    def settle(self) -> None:
        """Let LibreOffice do all that it has to do: calculate, draw."""
        self.toolkit.processEventsToIdle()

    def _key(self, window: Any, letter: str, code: int = 0) -> None:
        event = KeyEvent()
        event.Source, event.KeyChar, event.KeyCode = window, uno.Char(letter), code
        self.toolkit.keyPress(event)
        self.toolkit.keyRelease(event)

    def _answered(self, done: Callable[[], bool], accept: bool) -> list[list[str]]:
        """Answer each question until a gesture is done: a refusal ends it too."""
        asked: list[list[str]] = []
        while True:
            box = until(lambda: self._box() or (done() and "done"), "a gesture does not end")
            if box == "done":
                return asked
            parts = list(_inside(box))
            words = [part.AccessibleName for part in parts if part.AccessibleRole in _WORDS]
            buttons = {
                part.AccessibleName: part for part in parts if part.AccessibleRole == PUSH_BUTTON
            }
            title = box.AccessibleName
            asked.append([title, " ".join(words), *buttons])
            wanted = [name for name in (YES if accept else NO) if name in buttons]
            (name,) = wanted or list(buttons)[:1]
            buttons[name].doAccessibleAction(0)
            until(lambda: not self._box(), f"« {title} » does not close")
            if name in NO or len(buttons) == 1:
                return asked

    def _box(self) -> Any:
        for at in range(self.toolkit.TopWindowCount):
            window = self.toolkit.getTopWindow(at)
            context = getattr(window, "AccessibleContext", None)
            if context is not None and context.AccessibleRole in (ALERT, DIALOG):
                return context
        return None


_WORDS = (LABEL, STATIC)


def _inside(context: Any) -> Iterator[Any]:
    for at in range(context.AccessibleChildCount):
        child = context.getAccessibleChild(at).AccessibleContext
        yield child
        if child.AccessibleRole != TABLE:  # of a million rows
            yield from _inside(child)


def main() -> None:
    pipe, width, height = sys.argv[1:]
    hand = Hand(pipe, int(width), int(height))
    print(json.dumps({"answer": "ready"}), flush=True)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        try:
            said = {"answer": getattr(hand, name)(*arguments)}
        except Exception as fault:  # it is told to the test, which fails
            said = {"fault": f"{name}{arguments}: {fault!r}"}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
