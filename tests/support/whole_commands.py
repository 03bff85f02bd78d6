"""Whole commands run over a mutated workbook beside good ones, and the law that must hold of them.

Whatever a workbook holds, a run over it and good ones gives for the good ones what a run without it
gives; for it, findings or one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pst_excel import (
    PstError,
    annotate,
    check,
    compare,
    compare_versions,
    consolidate,
    modernise,
    prepare,
    read_files,
    trace,
    write,
)  # fmt: skip
from pst_excel.api.outputs import as_bytes
from pst_excel.api.writing import write_over
from pst_excel.workers.loading import Loaded
from support import CLEAN, OBSERVED, read, saved, workbook
from support.mutations.bases import service, united

_ADDRESS = re.compile(r"([A-Z]{1,3}[1-9][0-9]*)?")
_ENGLISH = re.compile(r"[Ee]rror|Traceback|\bNone\b|b'")


@dataclass
class Ground:
    """The folder of a run, the good files, and what each command gives of them alone."""

    folder: Path
    good: list[Path]
    plan: Path
    alone: dict[str, Any] = field(default_factory=dict)

    def target(self, name: str) -> Path:
        """Return a name in a folder in which nothing was written yet."""
        made = self.folder / "made"
        taken = made / str(len(list(made.glob("*"))))
        taken.mkdir(parents=True)
        return taken / name

    def expected(self, command: str) -> Any:
        """Return what a command gives of the good files alone."""
        if command not in self.alone:
            self.alone[command] = LAWS[command](self, ())[1]
        return self.alone[command]


def ground(folder: Path) -> Ground:
    """Write the good files in a folder."""
    good = [
        saved(folder / "bons" / "bon-1.xlsx", workbook(CLEAN)),
        saved(folder / "bons" / "bon-2.xlsx", service()),
    ]
    return Ground(folder, good, saved(folder / "bons" / "PST.xlsx", united()))


def broken(command: str, place: Ground, *bad: Path) -> str:
    """Run a command over workbooks beside the good ones; say which law it breaks, if it does.

    An exception that is no sentence is raised.
    """
    try:
        if command in ALONE:
            for one in bad:
                ALONE[command](place, one)
            return ""
        expected = place.expected(command)
        apart, given = LAWS[command](place, bad)
    except PstError as error:
        return "" if _is_sentence(str(error)) else f"no sentence: {error}"
    if apart and given != expected:
        return f"{command}: what stands beside the good ones changes what is said of them"
    return ""


def _is_sentence(text: str) -> bool:
    return bool(text) and not _ENGLISH.search(text) and "\n" not in text


def _loaded(good: list[Path], bad: Sequence[Path]) -> tuple[bool, Loaded]:
    """Read the files; tell whether the bad ones are refused, or speak of others."""
    loaded = read_files([*good, *bad])
    for refusal in loaded.refusals:
        assert _is_sentence(refusal.reason), f"no sentence: {refusal.reason[:200]}"
        assert "fait échouer" not in refusal.reason, f"died: {refusal.reason}"
    names = {file.name for file in good}
    owners = {one.owner for one in loaded.returns if one.file in names}
    return not any(one.owner in owners for one in loaded.returns if one.file not in names), loaded


def _verified(place: Ground, bad: Sequence[Path]) -> tuple[bool, Any]:
    apart, loaded = _loaded(place.good, bad)
    report = check(loaded, OBSERVED)
    names = {file.name for file in place.good}
    copies = annotate(loaded, report, place.target("annotes"))
    for copy, returned in zip(copies, loaded.returns, strict=True):
        assert "fait échouer" not in copy.reason, f"died: {copy.reason}"
        if copy.file not in names and not copy.reason:
            assert read(copy.data).tables == returned.tables, "annotating changes what is read"
    for finding in report.findings:
        assert _ADDRESS.fullmatch(finding.cell), f"no address: {finding.code} {finding.cell}"
    found = [finding for finding in report.findings if finding.file in names]
    return apart, ([copy for copy in copies if copy.file in names], found)


def _consolidated(place: Ground, bad: Sequence[Path]) -> tuple[bool, Any]:
    apart, loaded = _loaded(place.good, bad)
    result = consolidate(loaded, OBSERVED)
    write(result, place.target("PST.xlsx"))
    as_bytes(result, ".json")
    return apart, (result.merged.tables, result.merged.lists, result.conflicts)


def _updated(place: Ground, bad: Sequence[Path]) -> tuple[bool, Any]:
    """Consolidate over a plan that is there already."""
    apart, loaded = _loaded(place.good, bad)
    target = saved(place.target("PST.xlsx"), place.plan.read_bytes())
    result = consolidate(loaded, OBSERVED, target)
    write_over(result, target)
    return apart, (result.merged.tables, result.merged.lists, result.conflicts)


def _compared(place: Ground, bad: Sequence[Path]) -> tuple[bool, Any]:
    apart, loaded = _loaded([place.plan], bad)
    result = compare(loaded, OBSERVED)
    write(result, place.target("comparaison.xlsx"))
    files = [one.file for one in result.institutions]
    return apart, result.values[files.index(place.plan.name)] if apart else ()


def _over(place: Ground, bad: Path) -> None:
    """Consolidate over the mutated plan."""
    target = saved(place.target("PST.xlsx"), bad.read_bytes())
    write_over(consolidate(read_files(place.good), OBSERVED, target), target)


def _sends(place: Ground, bad: Path) -> None:
    write(consolidate(read_files(place.good), OBSERVED, sends=[bad]), place.target("PST.xlsx"))


def _versions(place: Ground, bad: Path) -> None:
    for pair in ((bad, place.plan), (place.plan, bad)):
        write(compare_versions(*pair), place.target("versions.xlsx"))


Law = Callable[[Ground, Sequence[Path]], tuple[bool, Any]]
LAWS: dict[str, Law] = {
    "verifier": _verified,
    "consolider": _consolidated,
    "consolider à nouveau": _updated,
    "comparer": _compared,
}
"""What is done of several files: whether they are apart, and what is given of the good ones."""

ALONE: dict[str, Callable[[Ground, Path], object]] = {
    "moderniser": lambda place, bad: modernise(bad, place.target("nouveau.xlsx")),
    "preparer": lambda place, bad: prepare(bad, place.target("envois")),
    "consolider par-dessus": _over,
    "consolider --envois": _sends,
    "verifier --precedent": lambda place, bad: check(read_files(place.good), OBSERVED, before=bad),
    "verifier --derogations": lambda place, bad: check(
        read_files(place.good), OBSERVED, waivers=bad
    ),
    "comparer-versions": _versions,
    "dou": lambda place, bad: trace(bad, "Actions!I5"),
}
"""What is done of one file."""

COMMANDS = (*LAWS, *ALONE)
