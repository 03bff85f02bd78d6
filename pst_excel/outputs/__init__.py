"""The forms in which a consolidation can be written, each one module with one OUTPUT."""

from __future__ import annotations

from pst_excel.outputs import json_data, workbook
from pst_excel.outputs.output import Output

OUTPUTS: dict[str, Output] = {
    output.suffix: output for output in (workbook.OUTPUT, json_data.OUTPUT)
}
"""The outputs by suffix: the file that is asked for says which one is meant."""
