"""What a page of the reference is, and what it is made of: titles, lists, tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pst_excel.model.outputs import Output

NOTICE = "*Page produite par le programme à partir de ses déclarations : ne pas modifier.*"


@dataclass(frozen=True)
class Page:
    """A page of the reference."""

    text: str


def page(title: str, *parts: str) -> Page:
    """Return a page: the notice that it is generated, its title, its parts."""
    kept = (NOTICE, f"# {title}", *(part for part in parts if part))
    return Page("\n\n".join(kept) + "\n")


def encoded(document: Page) -> bytes:
    """Return the file of a page."""
    return document.text.encode()


OUTPUT = Output("page", ".md", "Une page de la référence.", Page, encoded)


def anchor(title: str) -> str:
    """Return the anchor that Markdown renderers give a heading."""
    kept = "".join(c for c in title.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")


def bullets(lines: Iterable[str]) -> str:
    """Return a list."""
    return "\n".join(f"- {line}" for line in lines)


def dense(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table without the columns that no row fills."""
    kept = [at for at in range(len(heads)) if any(row[at] for row in rows)]
    return table([heads[at] for at in kept], ([row[at] for at in kept] for row in rows))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table under its headings."""
    return "\n".join(map(_line, (heads, ["---"] * len(heads), *rows)))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in cells) + " |"
