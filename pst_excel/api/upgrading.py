"""A workbook of an older template, made one of today’s for the library."""

from __future__ import annotations

from pathlib import Path

from pst_excel.api.arguments import PathLike, options_of, path_of
from pst_excel.api.outputs import output_for
from pst_excel.api.reading import existing
from pst_excel.pst import PST
from pst_excel.reading.limits import Options
from pst_excel.upgrading.modernise import Modernised, modernised
from pst_excel.upgrading.upgrade import Upgrade
from pst_excel.workers.writing import check_target, save


def modernise(
    source: PathLike, target: PathLike, options: Options = Options()
) -> tuple[Upgrade, Path | None]:
    """Make a filled workbook of an older template one of the current template.

    The result says all that changed; where it is not `needed`, no file is written. A previous file
    is kept beside the new one and its new name returned. Raises: UsageError, UnreadableFile,
    OutputError.
    """
    path, wanted = existing(source, "le classeur à moderniser"), path_of(target, "target")
    options = options_of(options)
    output = output_for(Modernised, wanted.suffix, wanted.name or str(wanted))
    check_target(wanted, [path])
    result = modernised(path, PST, options)
    if not result.upgrade.needed:
        return result.upgrade, None
    return result.upgrade, save(wanted, output.write(result), [path])
