"""The command says in French what it found, with the exit code that says how it went."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run
from support import CLEAN, RETURN, TOWN, damaged, grid, listing, saved, workbook

from pst_excel.findings import Severity

GOOD = workbook(CLEAN)
FAULTY = CLEAN.replace("| 250000", "| -1")
WARNED = CLEAN.replace(
    "31/12/2027 | 01/03/2026     | En cours", "30/09/2026 | 01/03/2026     | En cours"
)
FAR = grid({"Actions": [["Code action"], ["1.1.1"]]})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KEYS = ["code", "gravite", "fichier", "feuille", "cellule", "ligne", "id", "element", "service",
        "message", "lu", "attendu", "remede", "derogation"]  # fmt: skip
COMMANDS = ("demo", "modele", "preparer", "moderniser", "verifier", "consolider", "comparer")
ENGLISH = re.compile(
    r"Usage: |Options:|Commands:|Arguments:|Show this|Error|Traceback|Missing|Invalid|Try |No such"
    r"|required|default:|\bis not\b|Got unexpected|does not"
)


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


def sentences(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


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


@pytest.mark.parametrize(
    ("content", "code"), [(CLEAN, 0), (WARNED, 0), (FAULTY, 1)], ids=["clean", "warned", "faulty"]
)
def test_the_exit_code_says_whether_there_are_errors(
    run: Run, tmp_path: Path, content: str, code: int
) -> None:
    assert run("verifier", saved(tmp_path / "a.xlsx", content)).exit_code == code


def test_a_warning_is_told_though_it_is_no_error(run: Run, tmp_path: Path) -> None:
    assert "[R10a]" in run("verifier", saved(tmp_path / "a.xlsx", WARNED)).stdout


def test_a_missing_sheet_is_an_error_with_its_remedy(run: Run, tmp_path: Path) -> None:
    data = damaged(GOOD, lambda book: book.remove(book["OO"]))
    result = run("verifier", saved(tmp_path / "a.xlsx", data))
    assert result.exit_code == 1
    assert "La feuille « OO » manque." in result.stdout
    assert "Rétablissez la feuille « OO »" in result.stdout


def test_a_missing_heading_is_an_error_with_its_remedy(run: Run, tmp_path: Path) -> None:
    data = grid({"Actions": [["Code action", "Intitulé"], ["1.1.1", "Planter"]]})
    result = run("verifier", saved(tmp_path / "a.xlsx", data))
    assert result.exit_code == 1
    assert "La colonne « Statut » manque." in result.stdout


def test_findings_say_cells_what_was_read_what_is_expected_and_what_to_do(
    run: Run, tmp_path: Path
) -> None:
    rows = "\n".join(f"1.1.{n} | 140" for n in range(1, 6))
    text = f"{TOWN}\nActions\ncode | avancement\n{rows}"
    said = run("verifier", saved(tmp_path / "a.xlsx", text)).stdout.replace("\u00a0", " ")
    lines = [line.strip() for line in said.splitlines()]
    start = lines.index("Actions, « Avancement % » — Un nombre sort des limites [V04]")
    assert re.fullmatch(r"Actions!(?P<letters>[A-Z]+)5 à (?P=letters)9", lines[start + 1])
    assert "· « Avancement % » vaut 140 %." in lines[start:]
    assert "lu : 140 %" in lines[start:]
    assert "attendu : un nombre entre 0 et 100" in lines[start:]
    assert "à faire : Corrigez le nombre." in lines[start:]


def test_the_worst_comes_first_and_the_good_news_last(run: Run, tmp_path: Path) -> None:
    said = run("verifier", saved(tmp_path / "a.xlsx", FAULTY.replace("| 15/10/2026", "|"))).stdout
    places = [said.find(word) for word in ("ERREUR", "CONSEIL", "Sans remarque")]
    found = [place for place in places if place >= 0]
    assert places[0] >= 0
    assert places[2] >= 0
    assert found == sorted(found)


def test_the_good_news_is_counted(run: Run, tmp_path: Path) -> None:
    text = CLEAN.replace("\nIndicateurs\n", "1.1.2 | 1.1 | | | | | | | | | | | |\n\nIndicateurs\n")
    said = run("verifier", saved(tmp_path / "a.xlsx", text)).stdout.replace("\u00a0", " ")
    assert re.search(r"Sans remarque : .*\b1 action sur 2\b", said)


def test_the_other_files_of_a_folder_are_named(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", CLEAN)
    for name in ("lettre.docx", "retour.zip", "~$a.xlsx", ".cache"):
        saved(tmp_path / name, b"x")
    said = run("verifier", tmp_path).stderr
    assert "(.xlsx, .xls, .ods …) : lettre.docx et retour.zip." in said
    (tmp_path / "lettre.docx").unlink()
    (tmp_path / "retour.zip").unlink()
    assert run("verifier", tmp_path).stderr == ""


def test_json_has_the_keys_of_the_contract(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", FAULTY)
    result = run("verifier", path, "--format", "json")
    report = json.loads(result.stdout)
    (finding,) = report["controles"]
    assert result.exit_code == 1
    assert list(report) == ["controles", "leves", "journal", "illisibles"]
    assert list(finding) == KEYS
    assert finding["code"] == "V04"
    assert finding["gravite"] == "erreur"
    assert (finding["fichier"], finding["feuille"], finding["ligne"]) == ("a.xlsx", "Budget", 5)
    assert re.fullmatch(r"[A-Z]+5", finding["cellule"])
    assert finding["id"]
    assert (finding["element"], finding["service"], finding["derogation"]) == ("B1", "", "")


def test_json_without_findings_has_empty_lists(run: Run, tmp_path: Path) -> None:
    result = run("verifier", saved(tmp_path / "a.xlsx", CLEAN), "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "controles": [],
        "leves": [],
        "journal": [],
        "illisibles": [],
    }


def test_json_says_the_severity_and_the_service_of_each_finding(run: Run, tmp_path: Path) -> None:
    text = RETURN + "\nActions\ncode | intitule | statut\n1.1.1 | Planter | En cours"
    found = json.loads(run("verifier", saved(tmp_path / "a.xlsx", text), "--format", "json").stdout)
    assert {one["gravite"] for one in found["controles"]} == {"erreur", "avertissement", "conseil"}
    assert {one["service"] for one in found["controles"]} == {"Travaux"}
    assert {one["element"] for one in found["controles"] if one["feuille"] == "Actions"} == {
        "1.1.1"
    }
    assert list(Severity) == ["erreur", "avertissement", "conseil", "à l’essai"]


def test_json_stays_json_when_a_file_is_refused(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "a.xlsx", FAULTY)
    saved(tmp_path / "b.xlsx", b"")
    result = run("verifier", tmp_path, "--format", "json")
    assert result.exit_code == 3
    report = json.loads(result.stdout)
    assert [one["fichier"] for one in report["controles"]] == ["a.xlsx"]
    assert [one["fichier"] for one in report["illisibles"]] == ["b.xlsx"]


def test_the_date_of_observation_may_be_given(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", CLEAN)
    assert "[R10a]" not in run("verifier", path).stdout
    assert "[R10a]" in run("verifier", path, "--date", "2028-01-01").stdout


def wrong_usage(run: Run, *arguments: str | Path) -> str:
    """Return the one sentence of a wrong usage, after proving that it is one."""
    result = run(*arguments)
    (sentence,) = sentences(result.stderr)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert sentence.startswith("Erreur : ")
    assert sentence.endswith(".")
    assert not ENGLISH.search(sentence)
    return sentence


@pytest.mark.parametrize("command", ["verifier", "consolider", "comparer"])
def test_a_path_that_does_not_exist_is_a_wrong_usage(
    run: Run, tmp_path: Path, command: str
) -> None:
    more = () if command == "verifier" else ("-o", tmp_path / "PST.xlsx")
    assert "n’existe pas" in wrong_usage(run, command, tmp_path / "absent.xlsx", *more)


@pytest.mark.parametrize("command", ["verifier", "consolider", "comparer"])
def test_a_folder_without_returns_is_a_wrong_usage(run: Run, tmp_path: Path, command: str) -> None:
    saved(tmp_path / "retours" / "notes.txt", b"x")
    more = () if command == "verifier" else ("-o", tmp_path / "PST.xlsx")
    said = wrong_usage(run, command, tmp_path / "retours", *more)
    assert "ne contient aucun classeur" in said


def test_a_folder_that_has_the_name_of_a_workbook_is_a_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "retour.xlsx").mkdir()
    assert "ne contient aucun classeur" in wrong_usage(run, "verifier", tmp_path / "retour.xlsx")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read what nobody may"
)
def test_a_file_that_may_not_be_read_is_refused(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", CLEAN)
    path.chmod(0)
    result = run("verifier", path)
    assert result.exit_code == 3
    assert "verrouillé ou protégé" in result.stdout


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """Return a folder with one good return, ready to be consolidated or compared."""
    saved(tmp_path / "retours" / "a.xlsx", CLEAN)
    return tmp_path / "retours"


@pytest.mark.parametrize("command", ["consolider", "comparer"])
class TestOutput:
    """What is refused as a target, by the commands that write a result; nothing is written."""

    def test_in_no_folder(self, run: Run, returns: Path, tmp_path: Path, command: str) -> None:
        before = listing(tmp_path)
        said = wrong_usage(run, command, returns, "-o", tmp_path / "absent" / "PST.xlsx")
        assert "n’existe pas" in said
        assert listing(tmp_path) == before

    def test_open_in_excel(self, run: Run, returns: Path, tmp_path: Path, command: str) -> None:
        saved(tmp_path / "PST.xlsx", b"ancien")
        saved(tmp_path / "~$PST.xlsx", b"x")
        before = listing(tmp_path)
        assert "est ouvert" in wrong_usage(run, command, returns, "-o", tmp_path / "PST.xlsx")
        assert listing(tmp_path) == before

    def test_also_an_input(self, run: Run, returns: Path, tmp_path: Path, command: str) -> None:
        before = listing(tmp_path)
        said = wrong_usage(run, command, returns, "-o", returns / "a.xlsx")
        assert "donné à lire" in said
        assert listing(tmp_path) == before

    def test_a_folder(self, run: Run, returns: Path, tmp_path: Path, command: str) -> None:
        before = listing(tmp_path)
        assert "est un dossier" in wrong_usage(run, command, returns, "-o", tmp_path)
        assert listing(tmp_path) == before

    def test_of_an_unknown_suffix(
        self, run: Run, returns: Path, tmp_path: Path, command: str
    ) -> None:
        before = listing(tmp_path)
        said = wrong_usage(run, command, returns, "-o", tmp_path / "PST.pdf")
        assert "doit se terminer par .xlsx" in said
        assert listing(tmp_path) == before

    def test_when_no_file_can_be_read(self, run: Run, tmp_path: Path, command: str) -> None:
        saved(tmp_path / "retours" / "a.xlsx", b"")
        before = listing(tmp_path)
        result = run(command, tmp_path / "retours", "-o", tmp_path / "PST.xlsx")
        assert result.exit_code == 3
        assert "a.xlsx : le fichier est vide" in result.output
        assert listing(tmp_path) == before


def test_a_template_in_no_folder_is_refused(run: Run, tmp_path: Path) -> None:
    assert "n’existe pas" in wrong_usage(run, "modele", tmp_path / "absent" / "m.xlsx")
    assert listing(tmp_path) == {}


def test_a_template_open_in_excel_is_left_where_it_is(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "m.xlsx", b"ancien")
    saved(tmp_path / "~$m.xlsx", b"x")
    before = listing(tmp_path)
    assert "est ouvert" in wrong_usage(run, "modele", tmp_path / "m.xlsx")
    assert listing(tmp_path) == before


def test_a_template_is_a_workbook(run: Run, tmp_path: Path) -> None:
    assert ".xlsx" in wrong_usage(run, "modele", tmp_path / "modele.pdf")
    assert listing(tmp_path) == {}


@pytest.mark.parametrize(
    ("options", "fragment"),
    [
        (("--legislature", "2024"), "n’est pas une législature"),
        (("--legislature", "2030-2024"), "n’est pas une législature"),
        (("--ins", "929"), "n’est pas un code INS"),
    ],
)
def test_an_option_of_the_template_that_cannot_be_is_a_wrong_usage(
    run: Run, tmp_path: Path, options: tuple[str, ...], fragment: str
) -> None:
    assert fragment in wrong_usage(run, "modele", tmp_path / "m.xlsx", *options)
    assert listing(tmp_path) == {}


def test_a_template_is_written_and_passes_its_own_check(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "modele.xlsx"
    written = run(
        "modele", target, "--institution", "Valbruyère", "--ins", "92951", "--type", "commune"
    )
    assert written.exit_code == 0
    assert str(target) in written.stdout
    checked = run("verifier", target)
    assert checked.exit_code == 0
    assert "Aucune ligne remplie pour le moment." in checked.stdout


def test_the_previous_template_is_kept(run: Run, tmp_path: Path) -> None:
    saved(tmp_path / "m.xlsx", b"ancien")
    result = run("modele", tmp_path / "m.xlsx")
    assert result.exit_code == 0
    assert (tmp_path / "m.precedent-1.xlsx").read_bytes() == b"ancien"
    assert "m.precedent-1.xlsx" in result.stdout


@pytest.mark.parametrize("name", ["PST.xlsx", "PST.json"])
def test_a_consolidation_is_written_in_the_form_of_its_suffix(
    run: Run, returns: Path, tmp_path: Path, name: str
) -> None:
    result = run("consolider", returns, "-o", tmp_path / name)
    assert result.exit_code == 0
    assert str(tmp_path / name) in result.stdout
    assert (tmp_path / name).stat().st_size > 0


def test_a_consolidation_goes_on_without_the_file_that_cannot_be_read(
    run: Run, returns: Path, tmp_path: Path
) -> None:
    saved(returns / "b.xlsx", b"")
    result = run("consolider", returns, "-o", tmp_path / "PST.xlsx")
    assert result.exit_code == 3
    assert "✖ b.xlsx : " in result.stdout
    assert (tmp_path / "PST.xlsx").is_file()


def test_a_comparison_is_written(run: Run, returns: Path, tmp_path: Path) -> None:
    result = run("comparer", returns, "-o", tmp_path / "comparaison.xlsx")
    assert result.exit_code == 0
    assert "Valbruyère" in result.stdout


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_is_french(run: Run, command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert "Usage :" in result.stdout
    assert not ENGLISH.search(result.stdout)
    assert "Affiche cette aide." in result.stdout


def test_the_help_names_the_commands(run: Run) -> None:
    said = run("--help").stdout
    assert all(re.search(rf"^  {command}  +\S", said, re.MULTILINE) for command in COMMANDS)


def test_the_version_is_told(run: Run) -> None:
    from pst_excel import __version__

    assert run("--version").stdout == f"pst-excel {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("verifier",),
        ("verifer", "a.xlsx"),
        ("verifier", "a.xlsx", "--format", "pdf"),
        ("verifier", "a.xlsx", "--date", "31/13/2026"),
        ("verifier", "a.xlsx", "--inconnu"),
        ("consolider", "a.xlsx"),
        ("modele",),
        ("modele", "m.xlsx", "--type", "ville"),
        ("modele", "m.xlsx", "n.xlsx"),
        ("modele", "m.xlsx", "--ins"),
    ],
    ids=" ".join,
)
def test_a_command_wrongly_written_is_said_in_french(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    sentence, help_page = sentences(result.stderr)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.fullmatch(r"Erreur : .+\.", sentence)
    assert re.fullmatch(r"L’aide : pst-excel.* --help", help_page)
    assert not ENGLISH.search(result.stderr)


def test_the_command_alone_shows_its_help(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Usage :" in result.output
    assert not ENGLISH.search(result.output)


def shell(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pst_excel", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_real_command_refuses_a_file_and_exits_with_three(tmp_path: Path) -> None:
    done = shell("verifier", saved(tmp_path / "a.xlsx", b"%PDF-1.7"))
    assert done.returncode == 3
    assert sentences(done.stdout) == [
        "✖ a.xlsx : ce n’est pas un classeur Excel : c’est un document PDF ; demandez le classeur"
        " dont il vient."
    ]
    assert done.stderr == ""


def test_the_real_command_says_a_wrong_usage_and_exits_with_two(tmp_path: Path) -> None:
    done = shell("verifier", tmp_path / "absent.xlsx")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Erreur : « ")


def test_there_is_no_progress_bar_in_a_pipe(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        saved(tmp_path / name, CLEAN)
    assert shell("verifier", tmp_path).stderr == ""


def test_the_help_imports_no_heavy_library() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "pst_excel", "--help"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "click" in imported
    assert not imported & {
        "pandas",
        "pandera",
        "openpyxl",
        "xlsxwriter",
        "numpy",
        "python_calamine",
    }


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_that_lacks_a_sign_does_not_stop_the_command(
    tmp_path: Path, encoding: str
) -> None:
    path = saved(tmp_path / "a.xlsx", b"")
    done = subprocess.run(
        [sys.executable, "-m", "pst_excel", "verifier", str(path)],
        capture_output=True, env=os.environ | {"PYTHONIOENCODING": encoding}, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
