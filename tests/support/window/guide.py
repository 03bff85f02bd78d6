"""The pictures of the guides and of the README: what LibreOffice shows and prints of the samples.

`python -m support.window.guide` makes those whose pixels are no longer the same.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from pst_excel import check, consolidate, read_files
from pst_excel import write as write_result
from pst_excel.annotating.workbook import annotated
from pst_excel.api.outputs import as_bytes
from pst_excel.consolidating.consolidation import Consolidation
from pst_excel.model.schema import HEADING_ROW
from pst_excel.model.words.titles import CONTROLES, DEPUIS, LISEZ_MOI
from pst_excel.reference.samples.campaign import PROGRESS, SHARED, TRAVAUX_SAYS, edited
from pst_excel.returns.tables import Table
from support import ROOT, SAMPLES
from support.window import Window, lacking, opened_window, pages
from support.window.small import same_pixels, small_png

FOLDER = ROOT / "docs" / "pictures"
RETURNS = SAMPLES / "retours"
ONE = RETURNS / "PST_Valbruyere_travaux.xlsx"
SCREEN = (1366, 1100)  # as wide as a laptop; no more of its height is in a picture than it shows
CAPTIONS = 45  # pixels above the cells: the signs that open columns, the letters
ZOOM = 75
FONT = "Carlito"  # as wide as Calibri, which the workbooks ask for
_AWAY = "AX"  # a column beyond those of any sheet

Rows = list[bytes]


def pictures(window: Window) -> dict[str, Rows]:
    """Return each picture by its name, as rows of pixels."""
    found, one = read_files([RETURNS]), read_files([ONE])
    findings = check(one).findings
    window.open(ONE.read_bytes())
    made = {"lisez-moi": _welcome(window)}
    actions = one.returns[0].tables["actions"]
    made |= {"actions": _daily(window, actions), "bandes": _bands(window, actions)}
    window.open(annotated(one.returns[0], findings, ONE.read_bytes())[0], "rendu.xlsx")
    made["controles"] = _controls(window)
    first = consolidate(found)
    window.open(_next_round(first), "PST.xlsx")
    return made | {"depuis": _since(window)}


def _welcome(window: Window) -> Rows:
    """The first sheet: what is expected, what is left to do."""
    window.go(LISEZ_MOI, "K1")
    first, last = (_row(window, text) for text in ("Attendu", "Ensemble"))
    return window.part(f"B{first}", f"I{last}")


def _row(window: Window, text: str) -> int:
    shown = [words for (words,) in window.block("B1:B60")]
    return next(at for at, words in enumerate(shown, start=1) if words.startswith(text))


def _daily(window: Window, actions: Table) -> Rows:
    """What is updated each time, on the screen as it opens: rows of each state."""
    at = actions.letters
    window.go(actions.title, _aside(actions))
    return _headed(window, actions, HEADING_ROW - 1, (at["saisie"], at["sante"]), slice(2, 6))


def _bands(window: Window, actions: Table) -> Rows:
    """The bands that fold, farther right: their names, the signs that open them."""
    at = actions.letters
    window.go(actions.title, f"{_AWAY}1")
    window.go(actions.title, f"{at['code_oo']}1")
    window.go(actions.title, _aside(actions))
    ends = (at["saisie"], at["service_pilote"])
    return _headed(window, actions, 1, ends, slice(2, 3), CAPTIONS)


def _headed(
    window: Window, table: Table, top: int, ends: tuple[str, str], rows: slice, above: int = 0
) -> Rows:
    """Some rows of a sheet, right under its headings from a row on: no other is in sight."""
    (first, last), shown = ends, table.rows[rows]
    heads = window.part(f"{first}{top}", f"{last}{HEADING_ROW}", above)
    return heads + window.part(f"{first}{shown[0]}", f"{last}{shown[-1]}")


def _aside(actions: Table) -> str:
    """A cell that is hidden, below what is in a picture: that it is selected is not seen."""
    return f"{actions.letters['id']}{actions.rows[9]}"


def _controls(window: Window) -> Rows:
    """What comes back: a line for each point to be looked at."""
    window.go(CONTROLES, "A2")
    heads = window.part(f"A{HEADING_ROW}", f"G{HEADING_ROW}")
    return heads + window.part(f"A{HEADING_ROW + 3}", f"G{HEADING_ROW + 5}")


def _next_round(first: Consolidation) -> bytes:
    """The plan after a second round: a service says how far it is, and puts a due date off."""
    with tempfile.TemporaryDirectory() as folder:
        plan, back = Path(folder) / "PST.xlsx", Path(folder) / ONE.name
        write_result(first, plan)
        data = edited(ONE.read_bytes(), "actions", PROGRESS, {"avancement": 77.0})
        back.write_bytes(edited(data, "actions", SHARED, {"echeance": TRAVAUX_SAYS}))
        write_result(consolidate(read_files(back), previous=plan), plan)
        return plan.read_bytes()


def _since(window: Window) -> Rows:
    """What changed since the previous consolidation: the figures, then what moved."""
    window.go(DEPUIS)
    window.command("Zoom", **{"Zoom.Value": ZOOM, "Zoom.ValueSet": 0, "Zoom.Type": 0})
    window.go(DEPUIS, "F2")
    return window.part("A1", "E22")


def write(made: dict[str, Rows], folder: Path = FOLDER) -> list[str]:
    """Write the pictures that are new or changed; return their names."""
    written = []
    for name, rows in made.items():
        path, data = folder / f"{name}.png", small_png(rows)
        if not path.exists() or not same_pixels(path.read_bytes(), data):
            path.write_bytes(data)
            written.append(path.name)
    return written


def _has_font() -> bool:
    listed = subprocess.run(["fc-list", FONT], capture_output=True, check=False)
    return bool(listed.stdout)


def _printed(folder: Path) -> dict[str, Rows]:
    whole = consolidate(read_files([RETURNS]))
    return pages.board_pages(as_bytes(whole, ".xlsx"), folder)


def _seen(folder: Path) -> dict[str, Rows]:
    with opened_window(folder, size=SCREEN) as window:
        return pictures(window)


def main() -> None:
    """Make the pictures, where the programs and the font that they need are installed."""
    for what, lacks, make in (("printed", pages.lacking, _printed), ("windows", lacking, _seen)):
        if missing := lacks() or ("" if _has_font() else f"not installed: {FONT}"):
            print(f"{missing}; the pictures stay as they are: {what}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            print(f"{what}, made anew: {', '.join(write(make(Path(folder)))) or 'none'}")


if __name__ == "__main__":
    main()
