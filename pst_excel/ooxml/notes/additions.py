"""What an author writes in a note, between a line with his name and a line that closes.

What people write before or after is theirs and stays. By these lines it is known and taken away
again, whatever became of the rest: Excel joins runs and splits them when it saves a file,
LibreOffice 7 forgets the authors of notes.
Source: ECMA-376 part 1, §18.4 (rich text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pst_excel.ooxml.cells.values import put_text, unescaped
from pst_excel.ooxml.package.names import Element, local, main

_RULE = "———"
_HEADING = re.compile(rf"(?:\A|\n){_RULE} (.*?) {_RULE}(?=\n|\Z)")
_CLOSING = re.compile(rf"\n{_RULE}(?=\n|\Z)")
_LOOK = (("sz", "val", "9"), ("color", "indexed", "81"), ("rFont", "val", "Tahoma"),
         ("family", "val", "2"))  # fmt: skip


def headed(text: str, author: str) -> str:
    """Return a text between the line that says whose it is and the one that closes."""
    return f"{_RULE} {' '.join(author.split())} {_RULE}\n{text}\n{_RULE}"


def heads(text: str) -> str:
    """Return the author whose line a note begins with; empty when it begins otherwise."""
    found = None if text.startswith("\n") else _HEADING.match(text)
    return "" if found is None else found[1]


def put_run(text: Element, content: str, look: bool = True) -> Element:
    """Add a run at the end of a rich text, in the letters that Excel gives notes, or in none."""
    run = text.makeelement(main("r"), None, None)
    if look:
        properties = run.makeelement(main("rPr"), None, None)
        run.append(properties)
        for tag, key, value in _LOOK:
            element = properties.makeelement(main(tag), None, None)
            element.set(key, value)
            properties.append(element)
    put_text(run, content)
    last = max((at for at, child in enumerate(text) if local(child) in ("t", "r")), default=-1)
    text.insert(last + 1, run)
    return run


def append(text: Element, content: str) -> None:
    """Add a content at the end of a text; the runs that it has are not changed.

    A text without runs becomes one, and the run that is added then has no look of its own: from
    this `cut` knows to give the text back without runs.
    """
    runs = [child for child in text if local(child) in ("t", "r")]
    plain = [local(child) for child in runs] == ["t"]
    if plain:
        run = text.makeelement(main("r"), None, None)
        run.tail, runs[0].tail = runs[0].tail, None
        text.replace(runs[0], run)
        run.append(runs[0])
    elif runs and _bare(runs[-1]):
        plain = bool(
            _HEADING.match("".join(piece.text or "" for piece in runs[-1].iter(main("t"))))
        )
    put_run(text, content, look=not plain)


def _bare(run: Element) -> bool:
    return local(run) == "r" and [local(child) for child in run] == ["t"]


def _pieces(text: Element) -> Iterator[Element]:
    for child in text:
        if local(child) == "t":
            yield child
        elif local(child) == "r":
            yield from child.iterchildren(main("t"))


def _spans(whole: str, author: str) -> list[tuple[int, int]]:
    """Return where what an author added begins and ends.

    Where the line that closes was lost, it ends with the note or at the next line with a name.
    """
    headings = list(_HEADING.finditer(whole))
    limits = [*(heading.start() for heading in headings[1:]), len(whole)]
    name = " ".join(author.split())
    spans = []
    for heading, limit in zip(headings, limits, strict=False):
        closing = _CLOSING.search(whole, heading.end(), limit)
        if unescaped(heading[1]) == name:
            spans.append((heading.start(), closing.end() if closing else limit))
    return spans


def holds(text: Element, author: str) -> bool:
    """Return whether an author added something to a note."""
    return bool(_spans(_whole(text), author))


def fills(text: Element, author: str) -> bool:
    """Return whether a note holds what an author added and nothing else."""
    whole = _whole(text)
    spans = _spans(whole, author)
    return bool(spans) and not _outside(whole, 0, spans).strip()


def _whole(text: Element) -> str:
    return "".join(piece.text or "" for piece in _pieces(text))


def cut(text: Element, author: str) -> None:
    """Take away what an author added to a note: the rest is as it was."""
    pieces, spans = list(_pieces(text)), _spans(_whole(text), author)
    at, bare = 0, False
    for piece in pieces:
        content = piece.text or ""
        kept = _outside(content, at, spans)
        at += len(content)
        if kept == content:
            continue
        if kept:
            piece.text = kept
            continue
        owner = piece.getparent()
        gone = piece if owner is text or owner is None else owner
        bare = _bare(gone)
        text.remove(gone)
    runs = [child for child in text if local(child) in ("t", "r")]
    if bare and len(runs) == 1 and _bare(runs[0]):
        _without_runs(text, runs[0])


def _outside(content: str, at: int, spans: list[tuple[int, int]]) -> str:
    kept, done = [], 0
    for start, end in spans:
        first, last = max(start - at, done), min(end - at, len(content))
        if first < last:
            kept.append(content[done:first])
            done = last
    return "".join(kept) + content[done:]


def _without_runs(text: Element, run: Element) -> None:
    piece = run[0]
    piece.tail = run.tail
    text.replace(run, piece)
