"""What is looked at in the workbooks of another plan: texts, values, words of the PST."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from support import opened
from support.schools.plan import schools

PLAN = schools()
DUE = dt.date(2027, 10, 1)


def texts_of(data: bytes) -> Iterator[str]:
    """Give every text of a workbook: of its cells, its notes, its lists, its properties."""
    book = opened(data)
    yield from (str(one) for one in (book.properties.title, book.properties.subject))
    for sheet in book.worksheets:
        yield sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                yield from (str(one) for one in (cell.value, cell.comment and cell.comment.text))
        for asked in sheet.data_validations.dataValidation:
            yield from (str(one) for one in (asked.prompt, asked.error))


def foreign(texts: Iterable[str]) -> set[str]:
    """Return the texts that speak of the PST; the name of the command is that of the program."""
    words = re.compile(r"\b(?:PST|OO|OS|ODD|CPAS|collège)\b")
    return {text for text in texts if words.search(text)}
