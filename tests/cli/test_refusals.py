"""A file that cannot be read is said in one sentence, and does not stop the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, damaged, grid, saved
from support.commands import ENGLISH, FAULTY, sentences
from support.good import GOOD

FAR = grid({"Actions": [["Code action"], ["1.1.1"]]})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def far() -> bytes:
    """Return a small workbook with one value in its very last cell."""

    def write(book: object) -> None:
        book["Actions"]["XFD1048576"] = 1  # type: ignore[index]

    return damaged(FAR, write)


UNREADABLE = {
    "texte.xlsx": (b"Bonjour, voici notre PST.", "pas un classeur Excel"),
    "table.csv": (b"code;intitule\n1.1.1;Planter\n", "pas un classeur Excel"),
    "scan.xlsx": (b"%PDF-1.7\n1 0 obj", "document PDF"),
    "photo.xlsx": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "une image"),
    "page.xls": (b"<html><body><table></table></body></html>", "page web"),
    "vide.xlsx": (b"", "vide"),
    "secret.xlsx": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
    "vieux.xls": (OLE + b"\0" * 600, "endommagé"),
    "coupe.xlsx": (GOOD[:4000], "endommagé"),
    "archive.xlsx": (b"PK\x05\x06" + b"\0" * 18, "autre fichier zip"),
    "autre.xlsx": (grid({"Feuil1": [["Bonjour"]]}), "pas un classeur PST"),
    "blanc.xlsx": (grid({"Feuil1": []}), "pas un classeur PST"),
    "loin.xlsx": (far(), "tout au bout d’une feuille"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_said_in_one_sentence(
    run: Run, tmp_path: Path, name: str
) -> None:
    data, fragment = UNREADABLE[name]
    result = run("verifier", saved(tmp_path / name, data))
    (sentence,) = sentences(result.stdout)
    assert result.exit_code == 3
    assert sentence.startswith(f"✖ {name} : ")
    assert fragment in sentence
    assert sentence.endswith(".")
    assert not sentence.endswith("..")
    assert not ENGLISH.search(sentence)
    assert result.stderr == ""


def test_the_far_cell_weighs_next_to_nothing() -> None:
    assert len(far()) < 6_000


def test_one_bad_file_among_good_ones_is_refused_and_the_others_are_checked(
    run: Run, tmp_path: Path
) -> None:
    saved(tmp_path / "a.xlsx", CLEAN)
    saved(tmp_path / "b.xlsx", b"")
    saved(tmp_path / "c.xlsx", FAULTY)
    result = run("verifier", tmp_path)
    assert result.exit_code == 3
    assert "✖ b.xlsx : " in result.stdout
    assert "Budget, « Prévu » — Un nombre sort des limites [V04]" in result.stdout
    assert "2 classeurs lus" in result.stdout.replace("\u00a0", " ")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read what nobody may"
)
def test_a_file_that_may_not_be_read_is_refused(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", CLEAN)
    path.chmod(0)
    result = run("verifier", path)
    assert result.exit_code == 3
    assert "verrouillé ou protégé" in result.stdout
