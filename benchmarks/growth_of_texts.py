"""How the time of patterns and of readings grows with a text: its worst texts, and CPU time.

Every pattern that the package holds is found, and given what it is made of, once and in runs of
two and three, and the text that `tests/support/patterns` finds it long on. What is printed is the
exponent: 1 where twice the text takes twice the time, 2 where it takes four times.
"""

from __future__ import annotations

import math
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.patterns import every_pattern, pump, used
from support.patterns.automaton import Automaton

from pst_excel import PST
from pst_excel.cells.parsing import parse
from pst_excel.pst.personal import has_national_number, has_telephone, words_of_addresses
from pst_excel.pst.rules.likeness import keys_of
from pst_excel.text.filenames import distinct, safe
from pst_excel.text.spelling import fold, natural, nearest, one_fault, tidy, version_order

SIZES = (1_000, 8_000, 32_767)
UNITS = (
    "1.", "1-", "1,", "1;", "; ", "\n", " ", "a", "a ", "1", ".", "-", "(", "«", "'", "1 ", "0 ",
    "/", "@", "a@", "a.", "é", "1²", "١", "\u200b1", "1/2 ", "€", "et ", "1.1, ", "10 %", "tel 0",
    "0475 12 ", "1.1;", "OS 1 ", "fin de ", "2026 ", "etc. ", "total ", "☐ ", "ab;", "0.", "01/",
)  # fmt: skip
ENOUGH = 300e-6  # seconds below which nothing is said: it would be noise
TIMES, TOO_MUCH = 3, 1.2


def cost(run: Callable[[str], object], text: str) -> float:
    """Return the best CPU time of several."""
    best = math.inf
    for _ in range(TIMES):
        start = time.process_time()
        run(text)
        best = min(best, time.process_time() - start)
    return best


def exponent(run: Callable[[str], object], made: Callable[[int], str]) -> float:
    """Return how the time grows; what grows too much is measured again, for machines are noisy."""
    least = math.inf
    for _ in range(TIMES):
        least = min(least, _measured(run, made))
        if least < TOO_MUCH:
            break
    return least


def _measured(run: Callable[[str], object], made: Callable[[int], str]) -> float:
    told = [(n, spent) for n in SIZES if (spent := cost(run, made(n))) > ENOUGH]
    if len(told) < 2:
        return 0.0
    (first, before), (last, after) = told[0], told[-1]
    return math.log(after / before) / math.log(last / first)


def units(pattern: re.Pattern[Any]) -> Iterator[str]:
    """Give a letter of each piece of a pattern, two and three in a run, and all."""
    made = Automaton(pattern)
    letters = [made.alphabet.shown[min(edge.letters)] for edge in made.edges if edge.letters]
    runs = ["".join(letters[at : at + size]) for size in (1, 2, 3) for at in range(len(letters))]
    yield from dict.fromkeys([*runs, "".join(letters)])


def of_patterns() -> Iterator[tuple[float, str, str]]:
    """Give the worst exponent of each pattern, its place and its text."""
    for place, patterns in every_pattern().items():
        for pattern in patterns:
            ways = used().get(id(pattern)) or used().get(place) or {"fullmatch"}
            worst = (0.0, place, "")
            for way in ways:
                found = pump(pattern, way)
                texts = [*units(pattern), *([found.repeated] if found else [])]
                before = found.before if found else ""
                for unit in texts:
                    run = tried(pattern, way)
                    grown = exponent(run, lambda n, u=unit, b=before: (b + u * n)[: n - 1] + "\0")
                    worst = max(worst, (grown, place, unit))
            yield worst


def tried(pattern: re.Pattern[Any], way: str) -> Callable[[str], object]:
    """Return what a pattern does in a way; a search goes on to the end of the text."""
    method = pattern.findall if way == "search" else getattr(pattern, way)
    if isinstance(pattern.pattern, bytes):
        return lambda text: method(text.encode("latin-1", "replace"))
    return method  # type: ignore[no-any-return]


def of_readings() -> Iterator[tuple[float, str, str]]:
    """Give the worst exponent of each function of texts and of each kind of cell."""
    ran: dict[str, Callable[[str], object]] = {
        one.__name__: one
        for one in (
            fold.__wrapped__, tidy, natural, version_order, safe, keys_of.__wrapped__,
            has_national_number, has_telephone, words_of_addresses,
        )
    }  # fmt: skip
    ran["one_fault"] = lambda text: one_fault(text + "b", text + "c")
    ran["nearest"] = lambda text: nearest(text, [text + "x"])
    for column in {(c.kind, c.many, c.label): c for sheet in PST for c in sheet.inputs}.values():
        ran[column.label] = lambda text, c=column: parse([text], c, {})
    for name, run in ran.items():
        yield max((exponent(run, lambda n, u=u: (u * n)[:n]), name, u) for u in UNITS)


def main() -> None:
    """Print what grows most."""
    print("names, 1 000 to 10 000:", end=" ")
    few, many = (cost(lambda _, n=n: distinct([], ["a"] * n, "", ""), "") for n in (1_000, 10_000))
    print(f"{math.log10(many / few):.2f}")
    for title, rows in (("readings", of_readings()), ("patterns", of_patterns())):
        print(title)
        for grown, name, text in sorted(rows, reverse=True)[:20]:
            print(f"  {grown:.2f} {name:50s} {text[:40]!r}")


if __name__ == "__main__":
    main()
