"""What the declarations give beside the code: reference pages, blank templates, samples.

`python .ci/generated.py` writes these files in the clone; with `--check` it lists those
that differ and exits with 1.
"""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import click

from pst_excel.api.checking import check
from pst_excel.api.outputs import as_bytes
from pst_excel.api.templates import identified
from pst_excel.cli.commands import cli
from pst_excel.model.findings import Finding
from pst_excel.pst import PST
from pst_excel.pst.vocabularies import TYPES_INSTITUTION
from pst_excel.reading.reader import read_bytes
from pst_excel.reference.markdown import Page, page
from pst_excel.reference.pages import pages
from pst_excel.reference.samples.content import OBSERVED
from pst_excel.reference.samples.workbooks import all_samples
from pst_excel.reference.tables_page import schema_files
from pst_excel.workers.loading import Loaded

ROOT = Path(__file__).resolve().parents[1]
REFERENCE, TEMPLATES, SAMPLES = "docs/reference", "workbook_templates", "samples"
SCHEMAS = "schemas"
BY_HAND = frozenset({f"{SAMPLES}/README.md"})
HELP_WIDTH = 90

Files = dict[str, bytes]
"""Contents by path from the root of the clone."""


def everything() -> Files:
    """Return every generated file."""
    return reference() | templates() | samples()


def reference() -> Files:
    """Return the reference pages, and the schemas."""
    all_pages = pages(PST, OBSERVED) | {"commandes.md": commands_page()}
    written = {name: as_bytes(content, ".md") for name, content in all_pages.items()}
    written |= {f"{SCHEMAS}/{name}": data for name, data in schema_files(PST).items()}
    return {f"{REFERENCE}/{name}": data for name, data in written.items()}


def commands_page() -> Page:
    """Return the help of the command and of each of its subcommands."""
    intro = (
        "L’aide de chaque commande, telle que `pst-excel COMMANDE --help` l’affiche. Codes de"
        " retour : 0 aucune erreur, 1 des erreurs trouvées, 2 mauvais usage, 3 un fichier"
        " illisible (les autres sont lus)."
    )
    whole = click.Context(
        cli, info_name="pst-excel", terminal_width=HELP_WIDTH, **cli.context_settings
    )
    return page("Les commandes", intro, *map(_help, _with_those_below(whole)))


def _with_those_below(context: click.Context) -> Iterator[click.Context]:
    """Give a command, then those of its group, if it is one."""
    yield context
    if isinstance(context.command, click.Group):
        for name, one in context.command.commands.items():
            yield from _with_those_below(click.Context(one, context, name))


def _help(context: click.Context) -> str:
    return f"## {context.command_path}\n\n```text\n{context.command.get_help(context)}\n```"


def templates() -> Files:
    """Return the blank template of each type of institution."""
    years = f"{PST.first_year}-{PST.last_year}"
    return {
        f"{TEMPLATES}/PST_modele_{choice.code}_{years}.xlsx": as_bytes(
            identified(PST, {"type": choice.label}), ".xlsx"
        )
        for choice in TYPES_INSTITUTION.choices
    }


def samples() -> Files:
    """Return the samples, and the findings expected of them."""
    files = dict(all_samples())
    files["attendus.txt"] = expected(files).encode()
    return {f"{SAMPLES}/{name}": data for name, data in files.items()}


def expected(workbooks: Mapping[str, bytes]) -> str:
    """Return the findings of the workbooks that stand in a folder, one line each, file by file."""
    read = [
        read_bytes(data, name, PST)
        for name, data in workbooks.items()
        if PurePosixPath(name).parent.name
    ]
    report = check(Loaded(read, []), OBSERVED)
    lines = ["# fichier | gravité | code | feuille!cellule | lu"]
    for returned in read:
        found = [_said(finding) for finding in report.findings if finding.file == returned.file]
        lines += found or [f"# {returned.file} : sans remarque"]
    return "\n".join(lines) + "\n"


def _said(finding: Finding) -> str:
    place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
    return " | ".join((finding.file, str(finding.severity), finding.code, place, finding.read))


def committed(root: Path = ROOT) -> list[str]:
    """Return the files that stand where generated files belong, but for those written by hand."""
    found = (
        file.relative_to(root).as_posix()
        for folder in (REFERENCE, TEMPLATES, SAMPLES)
        for file in (root / folder).rglob("*")
        if file.is_file() and not file.name.startswith((".", "~$"))
    )
    return sorted(set(found) - BY_HAND)


def same(generated: bytes, found: bytes) -> bool:
    """Tell whether two files hold the same.

    Workbooks are compared part by part: another zlib packs the same parts into other bytes.
    """
    if generated == found or not generated.startswith(b"PK"):
        return generated == found
    return zipfile.is_zipfile(io.BytesIO(found)) and _parts(generated) == _parts(found)


def _parts(workbook: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def differences(files: Mapping[str, bytes], root: Path = ROOT) -> list[str]:
    """Say which files are missing, differ from what is generated, or are generated no longer."""
    there = set(committed(root))
    lines = [f"missing: {name}" for name in files if name not in there]
    lines += [
        f"differs: {name}"
        for name, data in files.items()
        if name in there and not same(data, (root / name).read_bytes())
    ]
    return lines + [f"no longer generated: {name}" for name in sorted(there - files.keys())]


def write(files: Mapping[str, bytes], root: Path = ROOT) -> list[str]:
    """Write the files that are missing or differ, remove the others; say what was done."""
    lines = differences(files, root)
    for line in lines:
        name = line.partition(": ")[2]
        target = root / name
        if name in files:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(files[name])
        else:
            target.unlink()
    return lines


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Write or compare the generated files of the clone; return the exit code."""
    parser = argparse.ArgumentParser("python .ci/generated.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    only_check = parser.parse_args(arguments).check
    if not (root / "pyproject.toml").is_file():
        parser.error(f"{root} is not a clone of the project")
    files = everything()
    lines = differences(files, root) if only_check else write(files, root)
    for line in lines:
        print(line)
    if only_check and lines:
        print("run: .ci/run --update")
        return 1
    print(
        f"{len(files)} generated files, {'all as declared' if not lines else 'brought up to date'}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
