"""Workbooks mutated by the seed: values, references, relations, counts, texts of each alphabet.

A recipe is the mutations of one workbook, each with a seed of its own: one can be dropped, and the
others still do what they did.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from zipfile import ZIP_STORED

from support.hostile import parts_of, zipped
from support.mutations import package, values

Parts = Mapping[str, bytes]
Step = tuple[str, int]
Recipe = tuple[Step, ...]
MUTATORS: dict[str, Callable[[Parts, Random], Parts]] = {
    **{f"value.{one.__name__}": one for one in values.MUTATORS},
    **{f"package.{one.__name__}": one for one in package.MUTATORS},
}
_OF_VALUES, _OF_PACKAGE = (
    [name for name in MUTATORS if name.startswith(f"{kind}.")] for kind in ("value", "package")
)
_VALUES = 0.6  # of the workbooks
_ZIP = b"PK\x03\x04"


def recipe(seed: int) -> Recipe:
    """Return the mutations of a seed: many of values, which a run survives, or few of the package."""
    chance = Random(seed)
    if chance.random() < _VALUES:
        chosen = chance.choices(_OF_VALUES, k=chance.choice((1, 3, 8)))
        chosen += chance.choices(_OF_PACKAGE, k=chance.choice((0, 0, 1)))
    else:
        chosen = chance.choices(_OF_PACKAGE, k=chance.choice((1, 2, 4)))
    return tuple((name, chance.getrandbits(32)) for name in chosen)


def mutated(data: bytes, steps: Sequence[Step]) -> bytes:
    """Return a workbook after these mutations; of a file that is no zip, bytes are changed."""
    if not data.startswith(_ZIP):
        for _, seed in steps:
            data = package.bytes_changed(data, Random(seed))
        return data
    parts: Parts = parts_of(data)
    for name, seed in steps:
        parts = MUTATORS[name](parts, Random(seed))
    return zipped(parts, ZIP_STORED)
