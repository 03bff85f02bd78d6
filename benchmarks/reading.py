"""Compare reading a PST with its floor, and checking returns with merely opening them."""

from __future__ import annotations

import io
import warnings

import pandas as pd
from python_calamine import CalamineWorkbook
from timing import best

from pst_excel import PST
from pst_excel.api.outputs import as_bytes
from pst_excel.checking.report import check
from pst_excel.consolidating.consolidate import consolidate
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.samples.content import OBSERVED
from pst_excel.reference.samples.workbooks import returns

SHEETS = [sheet.title for sheet in PST]


def raw(data: bytes) -> None:
    """Read the same sheets with calamine, untyped."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for title in SHEETS:
            workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)


def main() -> None:
    """Print the two ratios."""
    warnings.simplefilter("ignore")
    files = list(returns())
    read = [read_bytes(data, name, PST) for name, data in files]
    whole = as_bytes(consolidate(read, PST, OBSERVED), ".xlsx")
    check(read, PST, OBSERVED)
    floor, ours = best(9, lambda: raw(whole), lambda: read_bytes(whole, "pst.xlsx", PST))
    print(f"a whole PST ({len(whole) / 1e3:.0f} kB, 177 actions)")
    print(f"  calamine raw {floor * 1e3:.1f} ms, read and typed {ours * 1e3:.1f} ms")
    print(f"  ratio {ours / floor:.2f} (to reach: at most 3)")

    def checked() -> None:
        check([read_bytes(data, name, PST) for name, data in files], PST, OBSERVED)

    def opened() -> None:
        for _, data in files:
            pd.read_excel(io.BytesIO(data), sheet_name=None, engine="openpyxl")

    ours, naive = best(4, checked, opened)
    count = len(files)
    print(f"{count} returns, for each")
    print(f"  pandas + openpyxl open {naive / count * 1e3:.0f} ms, "
          f"read + structure + rules {ours / count * 1e3:.0f} ms")  # fmt: skip
    print(f"  opening takes {naive / ours:.2f} x as long (to reach: more than 1)")


if __name__ == "__main__":
    main()
