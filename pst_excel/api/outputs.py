"""All that the program writes: a result of each kind, in the form that a file's suffix names."""

from __future__ import annotations

from typing import Any, TypeVar

from pst_excel.annotating import annotate
from pst_excel.consolidating import json_data
from pst_excel.excel.books import comparison, consolidated, history, template, versions
from pst_excel.model.outputs import Output
from pst_excel.model.words.wording import listed
from pst_excel.reference import markdown
from pst_excel.text.errors import OutputError
from pst_excel.tracing import json_data as versions_data
from pst_excel.upgrading import modernise

OUTPUTS: tuple[Output[Any], ...] = (
    template.OUTPUT,
    annotate.OUTPUT,
    modernise.OUTPUT,
    consolidated.OUTPUT,
    json_data.OUTPUT,
    comparison.OUTPUT,
    versions.OUTPUT,
    versions_data.OUTPUT,
    history.OUTPUT,
    markdown.OUTPUT,
)

Result = TypeVar("Result")


def output_for(kind: type[Result], suffix: str, name: str = "") -> Output[Result]:
    """Return the form in which results of a kind are written under a suffix; `name` is the file's.

    Raises: OutputError, which says the suffixes that such a result may have.
    """
    forms = {output.suffix: output for output in OUTPUTS if output.takes is kind}
    if suffix.lower() not in forms:
        raise OutputError(
            f"« {name or suffix} » : le nom du résultat doit se terminer par {listed(forms, 'ou')}",
            file=name,
        )
    return forms[suffix.lower()]


def as_bytes(result: object, suffix: str) -> bytes:
    """Return what the file of a result holds. Raises: OutputError, as `output_for`."""
    return output_for(type(result), suffix).write(result)
