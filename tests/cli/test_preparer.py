"""The command `preparer` says each workbook it wrote, and what is in none."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from support import RETURN, listing, saved
from support.sharing import NAME, ONE, PLAN, book


def test_the_command_says_each_workbook_and_what_is_in_none(run: Run, tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", book(PLAN))
    result = run("preparer", source, "-o", tmp_path / "envois", "--echeance", "31/01/2027")
    lines = result.stdout.replace("\u00a0", " ").splitlines()
    finances = tmp_path / "envois" / "PST_Valbruyere_Finances_2027-01-31.xlsx"

    assert result.exit_code == 0
    assert lines[0] == "3 classeurs préparés, à renvoyer pour le 31/01/2027 :"
    assert lines[2] == (
        f"  {finances} : 1 action à tenir à jour, 1 pour information, 1 constat, 2 OO,"
        " 1 indicateur, 1 ligne de budget"
    )
    assert lines[4:] == [
        "⚠ 1 service n’a aucune ligne, donc pas de classeur : Sports.",
        '  Pour en préparer un : --service "Sports".',
        "Dans aucun classeur, faute de lien avec un service : 2 constats, 1 OS et 2 indicateurs.",
        "  Le tout reste dans PST.xlsx, que la consolidation met à jour.",
        f"Copie de chaque envoi gardée dans {tmp_path / 'archives-pst'} : gardez ce dossier, il dit"
        " au retour ce qui a changé.",
    ]


def test_the_command_goes_on_and_says_that_no_copy_can_be_kept(run: Run, tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", book(ONE))
    saved(tmp_path / "archives-pst", b"a file that stands where the folder would")
    result = run("preparer", source, "-o", tmp_path / "envois")

    assert result.exit_code == 0
    assert listing(tmp_path / "envois").keys() == {f"{NAME}.xlsx"}
    assert result.stdout.splitlines()[-1] == (
        f"⚠ Les envois ne sont pas tous archivés : le dossier « {tmp_path / 'archives-pst'} » ne"
        " peut pas être créé ; vérifiez son nom et vos droits."
    )


def test_the_command_says_what_a_service_without_rows_receives(run: Run, tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", book(PLAN))
    result = run(
        "preparer", source, "-o", tmp_path / "e", "--service", "sports", "--service", "TRAVAUX"
    )

    assert result.exit_code == 0
    assert "Sports_2026-10-31.xlsx : aucune ligne encore" in result.stdout
    assert len(listing(tmp_path / "e")) == 2
    assert "⚠" not in result.stdout


def test_the_command_says_what_is_kept_aside(run: Run, tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", book(ONE))
    run("preparer", source, "-o", tmp_path / "e")
    saved(source, ONE.replace("un trou", "une fosse"))
    refused = run("preparer", source, "-o", tmp_path / "e")
    result = run("preparer", source, "-o", tmp_path / "e", "--remplacer")

    assert refused.exit_code == 2
    assert "--remplacer" in refused.stderr
    assert result.exit_code == 0
    assert f"1\u00a0fichier précédent gardé à côté : {NAME}.precedent-1.xlsx" in result.stdout


def test_the_command_names_a_service_that_is_not_in_the_list(run: Run, tmp_path: Path) -> None:
    source = saved(
        tmp_path / "PST.xlsx", ONE.replace("Boucher un trou | T", "Boucher un trou | Inter-t")
    )
    refused = run("preparer", source, "-o", tmp_path / "e")
    misspelt = run("preparer", source, "-o", tmp_path / "e", "--service", "Cultur")

    assert "n’a encore de ligne" in refused.stderr
    assert "(est-ce « Culture » ?)" in misspelt.stderr
    assert (refused.exit_code, misspelt.exit_code) == (2, 2)


def test_the_command_says_that_the_services_are_those_of_the_rows(run: Run, tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", ONE.replace("services    |", "agents |"))
    result = run("preparer", source, "-o", tmp_path / "e")

    assert result.exit_code == 0
    assert list(listing(tmp_path / "e")) == [f"{NAME}.xlsx"]
    assert (
        "⚠ PST.xlsx n’a aucun service dans ses listes ;\n"
        "  ceux que ses lignes nomment sont pris à la place (Travaux).\n"
        "  Relisez leurs noms, puis écrivez-les dans sa feuille « Listes ».\n"
    ) in result.stdout


def test_several_strangers_are_said_in_the_plural(run: Run, tmp_path: Path) -> None:
    more = f"{ONE}1.1.2 | Nager | Piscine\n1.1.3 | Lire | Bibliothèque\n"
    result = run("preparer", saved(tmp_path / "PST.xlsx", more), "-o", tmp_path / "e")
    assert "« Piscine » et « Bibliothèque », qui ne sont pas dans la liste :" in result.stdout
    assert "  ajoutez-les dans la feuille « Listes » du PST, ou" in result.stdout


@pytest.mark.parametrize(
    ("data", "code"), [(b"Bonjour", 3), (RETURN + "\nActions\ncode\n1.1.1", 2), (ONE, 0)]
)
def test_the_exit_code_says_what_was_wrong(
    run: Run, tmp_path: Path, data: bytes | str, code: int
) -> None:
    source = saved(tmp_path / "PST.xlsx", data)
    result = run("preparer", source, "-o", tmp_path / "envois")

    assert result.exit_code == code
    assert bool(result.stderr) == (code > 0)
    assert (tmp_path / "envois").exists() == (code == 0)
