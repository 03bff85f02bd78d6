"""What is committed beside the code is what the declarations give, and always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import generated
import pandera.pandas as pa
import pytest
from generated import Files

from pst_excel.cli.campaign import campagne
from pst_excel.cli.commands import cli
from pst_excel.model.catalogue import CATALOGUE
from pst_excel.pst import PST
from pst_excel.reference.samples import workbooks as samples

Clone = tuple[Path, Files]


@pytest.fixture(scope="session")
def made() -> Files:
    return generated.everything()


@pytest.fixture
def clone(tmp_path: Path, made: Files) -> Clone:
    """A folder that holds one generated file of each kind, as the program writes them."""
    kept = {
        f"{generated.REFERENCE}/listes.md",
        f"{generated.TEMPLATES}/PST_modele_cpas_2024-2030.xlsx",
    }
    few = {name: made[name] for name in kept}
    generated.write(few, tmp_path)
    return tmp_path, few


def repacked(workbook: bytes) -> bytes:
    """The same parts in another package."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name))
    return target.getvalue()


def test_every_generated_file_is_committed_and_no_other(made: Files) -> None:
    assert generated.committed() == sorted(made)


@pytest.mark.parametrize("name", generated.committed())
def test_the_committed_file_is_the_generated_one(name: str, made: Files) -> None:
    assert name in made, "no longer generated: run .ci/run --update"
    found = (generated.ROOT / name).read_bytes()
    if name.endswith(".xlsx"):
        assert generated.same(made[name], found), "run .ci/run --update"
    else:
        assert made[name].decode().splitlines() == found.decode().splitlines()


@pytest.mark.parametrize(
    "make", [generated.templates, lambda: next(samples.returns()), generated.reference],
    ids=["template", "sample return", "reference"],
)  # fmt: skip
def test_generating_twice_gives_the_same_bytes(make: Callable[[], object]) -> None:
    assert make() == make()


def test_a_page_says_first_that_it_is_generated(made: Files) -> None:
    pages = [data.decode() for name, data in made.items() if name.endswith(".md")]
    assert pages
    assert all(page.startswith("*Page produite par le programme") for page in pages)


def test_every_rule_message_column_figure_and_command_is_in_the_reference(made: Files) -> None:
    said = {name.split("/")[-1]: data.decode() for name, data in made.items() if ".md" in name}
    wanted = {
        "feuilles.md": [f"`{column.key}`" for sheet in PST for column in sheet.columns],
        "listes.md": [f"`{one.key}`" for one in PST.vocabularies],
        "regles.md": [f"## {rule.code}\n" for rule in PST.rules],
        "messages.md": [f"## {code}\n" for code in CATALOGUE],
        "chiffres.md": [f"`{one.key}`" for one in (*PST.figures, *PST.comparison)],
        "commandes.md": [
            *(f"## pst-excel {name}\n" for name in cli.commands),
            *(f"## pst-excel campagne {name}\n" for name in campagne.commands),
        ],
    }
    missing = {page: [w for w in words if w not in said[page]] for page, words in wanted.items()}
    assert missing == {page: [] for page in wanted}


def test_no_page_shows_an_unfilled_hole(made: Files) -> None:
    for name, data in generated.reference().items():
        if name.endswith(".md"):
            assert "{" not in data.decode(), name


def test_every_table_has_its_schemas_among_the_generated_files(made: Files) -> None:
    folder = f"{generated.REFERENCE}/{generated.SCHEMAS}"
    for sheet in PST:
        schema = pa.DataFrameSchema.from_json(made[f"{folder}/{sheet.key}.pandera.json"].decode())
        assert [*schema.columns] == [*PST.schema(sheet.key).columns]


def test_a_workbook_packed_otherwise_is_the_same(made: Files) -> None:
    workbook = made[f"{generated.SAMPLES}/modele.xlsx"]
    other = made[f"{generated.TEMPLATES}/PST_modele_cpas_2024-2030.xlsx"]
    assert generated.same(workbook, repacked(workbook))
    assert not generated.same(workbook, repacked(other))


def test_a_broken_workbook_is_not_the_same(made: Files) -> None:
    assert not generated.same(made[f"{generated.SAMPLES}/modele.xlsx"], b"PK, then nothing")


def test_differences_name_the_file_that_lacks_differs_or_is_too_many(clone: Clone) -> None:
    root, files = clone
    page, template = sorted(files)
    (root / page).write_text("another text", encoding="utf-8")
    (root / template).unlink()
    (root / generated.TEMPLATES / "old.xlsx").write_bytes(b"")
    assert generated.differences(files, root) == [
        f"missing: {template}",
        f"differs: {page}",
        f"no longer generated: {generated.TEMPLATES}/old.xlsx",
    ]


def test_writing_mends_every_difference_and_leaves_what_is_written_by_hand(clone: Clone) -> None:
    root, files = clone
    by_hand = root / "samples" / "README.md"
    by_hand.parent.mkdir()
    by_hand.write_text("by hand", encoding="utf-8")
    (root / generated.TEMPLATES / "old.xlsx").write_bytes(b"")
    generated.write(files, root)
    assert generated.differences(files, root) == []
    assert by_hand.read_text(encoding="utf-8") == "by hand"


def test_the_same_content_is_not_written_again(clone: Clone) -> None:
    root, files = clone
    before = {name: (root / name).stat().st_mtime_ns for name in files}
    assert generated.write(files, root) == []
    assert {name: (root / name).stat().st_mtime_ns for name in files} == before


def test_checking_a_clone_that_differs_lists_the_file_and_exits_with_one(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root, files = clone
    (root / "pyproject.toml").touch()
    (root / generated.REFERENCE / "listes.md").write_text("another text", encoding="utf-8")
    monkeypatch.setattr(generated, "everything", lambda: files)
    assert generated.main(["--check"], root) == 1
    assert f"differs: {generated.REFERENCE}/listes.md" in capsys.readouterr().out
