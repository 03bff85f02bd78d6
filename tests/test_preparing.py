"""One prefilled workbook a service: its rows, those it works beside, what they refer to, no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import assume, given, settings
from properties.strategies import returns
from support import OBSERVED, RETURN, cells, listing, opened, read, saved, town, workbook

from pst_excel import consolidate, prepare, read_files
from pst_excel.batch import Return
from pst_excel.consolidating import consolidate as united
from pst_excel.demo import content
from pst_excel.errors import OutputError, UsageError
from pst_excel.examples import return_of
from pst_excel.filenames import distinct, safe
from pst_excel.lending import PARTNER, REFERENCE, ROLE, STAMP, held, lent, stamp
from pst_excel.outputs.template import write_template
from pst_excel.preparing import Preparation
from pst_excel.preparing import prepare as shared_out
from pst_excel.pst import PST
from pst_excel.running import FEW_TO_WRITE
from pst_excel.sharing import OWN
from pst_excel.writing import check_folder

DUE = dt.date(2027, 1, 31)
LISTS = town("Travaux", "Finances", "Culture", "Sports")
PLAN = (
    LISTS
    + """
Constat
code | intitule        | liens
C1   | Trop de trous   | 1.1.1; 2.1
C2   | Sans lien       |
C3   | Pour un OS seul | 1

OS
code | intitule
1    | Rouler
2    | Compter
3    | Chanter
4    | Attendre

OO
code | code_os | intitule        | services
1.1  | 1       | Rouler mieux    | Travaux; Finances
2.1  | 2       | Compter juste   | Finances
3.1  | 3       | Chanter partout | Culture

Actions
code  | code_oo | intitule        | service_pilote | services_partenaires | actions_liees | avancement
1.1.1 | 1.1     | Boucher un trou | Travaux        | Finances             |               | 10
2.1.1 | 2.1     | Payer le trou   | Finances       |                      |               | vingt
3.1.1 | 3.1     | Chanter le trou | Culture        |                      | 2.1.1         | 30

Indicateurs
code | niveau | code_lie | libelle
I1   | Action | 1.1.1    | Nombre de trous bouchés
I2   | OO     | 2.1      | Part des factures payées
I3   | OS     | 1        | Nombre de vélos
I4   | OO     | 1.1.1    | Au mauvais niveau
I5   |        | 1.1.1    | Sans niveau

Budget
code | niveau | code_lie | prevu
B1   | Action | 2.1.1    | 1000
"""
)


ONE = LISTS + "\nActions\ncode | intitule | service_pilote\n1.1.1 | Boucher un trou | Travaux\n"
NAME = "PST_Valbruyere_Travaux_2026-10-31"
book = cache(workbook)


def share(text: str = PLAN, *services: str, due: dt.date | None = None) -> Preparation:
    """Return what is prepared from a plan given as tables of text."""
    return shared_out(return_of(text, PST, "PST.xlsx"), services, due)


def roles(result: Preparation, service: str) -> dict[str, dict[str, str]]:
    """Return the role of each row of a service's workbook, by sheet and code."""
    (envelope,) = [one for one in result.envelopes if one.service == service]
    return {
        key: dict(zip(table.columns["code"], (r or OWN for r in table.columns[ROLE]), strict=True))
        for key, table in envelope.content.tables.items()
        if key != "identification" and len(table)
    }


@cache
def authored() -> bytes:
    """Return the plan of a sample institution of eight services, as it was written."""
    return write_template(content.whole("grand-sart"))


@cache
def prepared() -> tuple[bytes, ...]:
    """Return the workbooks prepared from the plan of the sample institution."""
    result = shared_out(read(authored(), "PST.xlsx"), due=DUE)
    return tuple(write_template(one.content) for one in result.envelopes)


def come_back() -> list[Return]:
    """Return these workbooks as they are read when nobody touched them."""
    return [read(data, f"{at}.xlsx") for at, data in enumerate(prepared())]


def by_id(one: Return) -> dict[str, dict[str, dict[str, str]]]:
    """Return what each row of a return holds, by sheet and id."""
    return {
        sheet.key: dict(zip(table.columns["id"], held(one, table, sheet), strict=True))
        for sheet in one.plan.tables
        if (table := one.tables.get(sheet.key)) and not sheet.program
    }


def test_a_service_receives_its_rows_those_where_it_is_a_partner_and_what_they_refer_to() -> None:
    result = share()

    assert roles(result, "Travaux") == {
        "constat": {"C1": OWN}, "os": {"1": REFERENCE}, "oo": {"1.1": OWN},
        "actions": {"1.1.1": OWN}, "indicateurs": {"I1": OWN, "I5": OWN},
    }  # fmt: skip
    assert roles(result, "Finances") == {
        "constat": {"C1": OWN}, "os": {"1": REFERENCE, "2": REFERENCE},
        "oo": {"1.1": OWN, "2.1": OWN}, "actions": {"1.1.1": PARTNER, "2.1.1": OWN},
        "indicateurs": {"I2": OWN}, "budget": {"B1": OWN},
    }  # fmt: skip
    assert roles(result, "Culture") == {
        "os": {"3": REFERENCE}, "oo": {"3.1": OWN}, "actions": {"3.1.1": OWN},
    }  # fmt: skip


def test_nothing_of_the_other_services_is_anywhere_in_a_workbook() -> None:
    culture = write_template(share().envelopes[2].content)
    texts = {
        str(value)
        for title in opened(culture).sheetnames
        for value in cells(culture, title).values()
    }

    assert "Chanter le trou" in texts
    for foreign in ("Boucher un trou", "Payer le trou", "Rouler mieux", "Trop de trous", "Compter"):
        assert not any(foreign in text for text in texts), foreign


def test_the_objective_of_another_service_is_a_reference_above_an_action() -> None:
    text = PLAN.replace("Chanter partout | Culture", "Chanter partout | Finances")
    assert roles(share(text), "Culture")["oo"] == {"3.1": REFERENCE}


def test_what_goes_to_nobody_is_counted_and_so_are_the_services_without_rows() -> None:
    result = share()

    assert [one.service for one in result.envelopes] == ["Travaux", "Finances", "Culture"]
    assert result.without == ["Sports"]
    assert result.left == {"constat": 2, "os": 1, "indicateurs": 2}
    assert result.strangers == []


def test_a_service_that_is_not_in_the_list_is_said_with_its_rows_in_no_workbook() -> None:
    result = share(
        PLAN.replace("| Culture  ", "| Fanfare  ").replace(
            "| Culture\n\nA", "| Fanfare; Travaux\n\nA"
        )
    )

    assert result.strangers == ["Fanfare"]
    assert result.left["actions"] == 1
    assert result.without == ["Culture", "Sports"]


def test_the_rows_of_an_envelope_are_counted_by_role() -> None:
    (finances,) = share(PLAN, "Finances").envelopes

    assert finances.rows["actions"] == {OWN: 1, PARTNER: 1}
    assert finances.rows["os"] == {REFERENCE: 2}
    assert not finances.starting


def test_the_identification_says_the_service_and_the_date_of_return() -> None:
    (one,) = share(PLAN, "Travaux", due=DUE).envelopes
    back = read(write_template(one.content))

    assert (back.service, back.identity("date_retour")) == ("Travaux", DUE)
    assert back.identity("date_observation") == DUE
    assert (back.institution, back.identity("version")) == ("Valbruyère", PST.version)
    assert back.lists["services"] == ("Travaux", "Finances", "Culture", "Sports")
    assert back.troubles == []


def test_without_a_date_of_return_the_situation_stays_at_the_date_of_the_plan() -> None:
    (one,) = share(PLAN, "Travaux").envelopes
    assert one.content.identity("date_retour") is None
    assert one.content.identity("date_observation") == OBSERVED
    assert one.file == "PST_Valbruyere_Travaux_2026-10-31.xlsx"


def test_ids_texts_not_understood_and_added_columns_follow_their_rows() -> None:
    source = read(book(PLAN), "PST.xlsx")
    source.tables["actions"].locals = {"Lieu": ["Gare", "", "Moulin"]}
    (one,) = shared_out(source, ["Finances"]).envelopes
    back = read(write_template(one.content))
    table = back.tables["actions"]
    at = table.columns["code"].index("2.1.1")

    assert table.columns["id"] == source.tables["actions"].columns["id"][:2]
    assert back.not_understood() == {("actions", table.rows[at], "avancement"): "vingt"}
    assert table.locals == {"Lieu": ["Gare", ""]}


def test_a_date_that_could_not_be_read_gives_way_to_the_date_of_return() -> None:
    text = PLAN.replace("| 31/10/2026", "| bientôt").replace(
        "nom              ", "date_college | mai\nnom"
    )
    (one,) = share(text, "Travaux", due=DUE).envelopes
    back = read(write_template(one.content))

    assert back.identity("date_observation") == DUE
    assert list(back.not_understood().values()) == ["mai"]


def test_a_service_without_rows_that_is_asked_for_receives_all_to_which_it_can_attach_some() -> (
    None
):
    result = share(PLAN, "Sports")

    assert roles(result, "Sports") == {
        "os": dict.fromkeys("1234", REFERENCE),
        "oo": dict.fromkeys(("1.1", "2.1", "3.1"), REFERENCE),
    }
    assert result.envelopes[0].starting


def test_a_service_is_asked_for_once_whatever_its_spelling() -> None:
    assert [one.service for one in share(PLAN, "travaux", "TRAVAUX", "Travaux ").envelopes] == [
        "Travaux"
    ]


@pytest.mark.parametrize(
    ("asked", "fragments"),
    [
        (["Travau"], ["« Travau » (est-ce « Travaux » ?) n’est pas un service de la liste",
                      "« Travaux », « Finances », « Culture » et « Sports »"]),
        (["Zoo"], ["« Zoo » n’est pas un service de la liste"]),
        (["Zoo", "Cultur"], ["« Zoo » et « Cultur » (est-ce « Culture » ?) ne sont pas des services"]),
    ],
)  # fmt: skip
def test_a_service_that_is_not_in_the_list_is_refused_with_those_there_are(
    asked: list[str], fragments: list[str]
) -> None:
    with pytest.raises(UsageError) as raised:
        share(PLAN, *asked)
    for fragment in fragments:
        assert fragment in str(raised.value)


def test_a_long_list_of_services_is_not_recited() -> None:
    many = "".join(f"services | Service {n}\n" for n in range(40))
    with pytest.raises(UsageError, match=r"la feuille « Listes » de « PST\.xlsx » les donne"):
        share(PLAN.replace("services    | Sports\n", f"services | Sports\n{many}"), "Zoo")


def test_the_return_of_a_service_is_not_a_plan_to_share_out() -> None:
    with pytest.raises(UsageError, match=r"classeur d’un service \(Travaux\), pas un PST complet"):
        share(RETURN + "\nActions\ncode\n1.1.1")


def test_a_plan_without_services_says_where_to_write_them() -> None:
    with pytest.raises(UsageError, match=r"aucun service dans ses listes.*« Listes »"):
        share(LISTS.replace("services    |", "agents |") + "\nActions\ncode\n1.1.1")


def test_a_plan_without_rows_is_shared_out_only_among_services_that_are_named() -> None:
    with pytest.raises(UsageError, match="aucun service de la liste n’a encore de ligne"):
        share(LISTS)
    (one,) = share(LISTS, "Sports").envelopes
    assert read(write_template(one.content)).service == "Sports"


def test_errors_in_the_data_do_not_prevent_the_sharing() -> None:
    faulty = PLAN.replace("| 2       | Compter juste", "| 9       | Compter juste").replace(
        "| 10", "| -10"
    )
    assert len(share(faulty).envelopes) == 3


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Travaux", "Travaux"),
        ("Population – État civil", "Population-Etat-civil"),
        ("Œuvres & fêtes / n° 1", "OEuvres-fetes-n-1"),
        (r"..\..\windows\system32", "windows-system32"),
        ('a<b>c:d"e/f\\g|h?i*j', "a-b-c-d-e-f-g-h-i-j"),
        ("Fin. ", "Fin"),
        ("ligne\nsuivante\x00\x1f", "ligne-suivante"),
        ("Служба", ""),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_part_of_a_file_name_is_safe_on_windows(text: str, part: str) -> None:
    assert safe(text) == part


def test_reserved_names_and_blank_parts_leave_a_possible_file_name() -> None:
    assert distinct(("PST", ""), ["CON", "nul", "***"], "", ".xlsx") == [
        "PST_CON.xlsx", "PST_nul.xlsx", "PST_sans-nom.xlsx",
    ]  # fmt: skip


def test_two_services_with_one_safe_name_have_two_files() -> None:
    names = ["Fêtes", "FETES", "Fêtes !", "Fetes-2"]
    files = distinct(("PST",), names, "2027", ".xlsx")

    assert files == [
        "PST_Fetes_2027.xlsx", "PST_FETES-2_2027.xlsx", "PST_Fetes-3_2027.xlsx",
        "PST_Fetes-2-2_2027.xlsx",
    ]  # fmt: skip


def test_a_service_has_the_same_file_whoever_else_is_prepared() -> None:
    text = PLAN.replace("services    | Sports", "services | Travaux !\nservices | Sports")
    (one,) = share(text, "Travaux !").envelopes
    assert one.file == "PST_Valbruyere_Travaux-2_2026-10-31.xlsx"


def picked(plan: Return, ids: dict[str, set[str]]) -> dict[str, dict[str, dict[str, str]]]:
    """Return what some rows of a plan hold, by sheet and id."""
    kept = {
        key: {ident: row for ident, row in rows.items() if ident in ids.get(key, ())}
        for key, rows in by_id(plan).items()
    }
    return {key: rows for key, rows in kept.items() if rows}


def sent_ids(found: Iterable[Return]) -> dict[str, set[str]]:
    """Return the ids that are in workbooks, by sheet."""
    ids: dict[str, set[str]] = {}
    for one in found:
        for key, rows in by_id(one).items():
            ids.setdefault(key, set()).update(rows)
    return ids


def test_untouched_workbooks_consolidate_to_the_plan_from_which_they_come() -> None:
    plan, found = read(authored()), come_back()
    result = united(found, PST, DUE)

    assert len(found) == 8
    assert result.conflicts == []
    assert len(result.merged.tables["actions"]) == len(plan.tables["actions"]) == 50
    assert by_id(result.merged) == picked(plan, sent_ids(found))


def test_with_the_plan_itself_every_row_is_there_and_no_value_is_in_doubt() -> None:
    plan = read(authored(), "PST.xlsx")
    result = united([plan, *come_back()], PST, OBSERVED)

    assert result.conflicts == []
    assert by_id(result.merged) == by_id(plan)


@settings(max_examples=20)
@given(returns(PST))
def test_any_plan_shared_out_and_untouched_consolidates_to_itself(plan: Return) -> None:
    plan.tables["identification"].columns["service"] = [None]
    try:
        found = [replace(one.content, digest=one.file) for one in shared_out(plan).envelopes]
    except UsageError:
        assume(False)
    result = united(found, PST, OBSERVED)

    assert [c for c in result.conflicts if c.column != "Code utilisé deux fois"] == []
    assert by_id(result.merged) == picked(plan, sent_ids(found))


@settings(max_examples=4)
@given(returns(PST))
def test_a_workbook_that_nobody_touched_is_known_to_be_untouched(plan: Return) -> None:
    plan.tables["identification"].columns["service"] = [None]
    (one,) = shared_out(plan, plan.lists["services"][:1]).envelopes
    back = read(write_template(one.content))

    for sheet in PST.tables:
        if not sheet.program:
            table = back.tables[sheet.key]
            assert table.columns[STAMP] == [stamp(row) for row in held(back, table, sheet)]


def test_what_a_service_changes_in_its_rows_comes_through_without_conflict() -> None:
    plan, found = read(authored(), "PST.xlsx"), come_back()
    changed = {}
    for one in found:
        table = one.tables["oo"]
        mine = [at for at, is_lent in enumerate(lent(table)) if not is_lent]
        if mine and "; " in str(table.columns["services"][mine[0]]):
            table.columns["commentaire"][mine[0]] = "Vu par le service"
            table.columns["echeance"][mine[0]] = None
            changed[table.columns["id"][mine[0]]] = one.service
            break
    for one in found:
        table = one.tables["actions"]
        for at, is_lent in enumerate(lent(table)):
            if not is_lent:
                table.columns["commentaire"][at] = f"Mis à jour par {one.service}"
    result = united([plan, *found], PST, OBSERVED)
    merged = by_id(result.merged)

    assert changed
    assert result.conflicts == []
    for ident in changed:
        assert merged["oo"][ident]["commentaire"] == "Vu par le service"
        assert "echeance" not in merged["oo"][ident]
    said = {row["commentaire"] for row in merged["actions"].values()}
    assert said == {f"Mis à jour par {one.service}" for one in found}


def test_the_files_of_the_services_are_written_in_a_folder_that_is_made(tmp_path: Path) -> None:
    source = saved(tmp_path / "Année 2026" / "PST de l’été.xlsx", book(PLAN))
    folder = tmp_path / "Année 2026" / "Envois – été"
    result, kept = prepare(source, folder, due=DUE)

    assert kept == []
    assert sorted(listing(folder)) == [
        "PST_Valbruyere_Culture_2027-01-31.xlsx",
        "PST_Valbruyere_Finances_2027-01-31.xlsx",
        "PST_Valbruyere_Travaux_2027-01-31.xlsx",
    ]
    for envelope in result.envelopes:
        (back,) = read_files(folder / envelope.file).returns
        assert back.service == envelope.service
    again = consolidate(read_files([folder, source]))
    assert again.conflicts == []
    assert again.merged.tables["actions"].columns["code"] == ["1.1.1", "2.1.1", "3.1.1"]
    assert len(again.merged.tables["indicateurs"]) == 5


def many(count: int) -> str:
    """Return a plan of as many services as asked, one action each."""
    services = "".join(f"services | Service {n:02d}\n" for n in range(count))
    rows = "".join(f"1.1.{n} | Action {n} | Service {n:02d}\n" for n in range(count))
    return f"{LISTS}{services}\nActions\ncode | intitule | service_pilote\n{rows}"


def test_many_workbooks_are_the_same_from_worker_processes_as_from_one(tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", many(FEW_TO_WRITE + 1))
    prepare(source, tmp_path / "ensemble", workers=2)
    prepare(source, tmp_path / "un", workers=1)

    assert len(listing(tmp_path / "un")) == FEW_TO_WRITE + 1
    assert listing(tmp_path / "ensemble") == listing(tmp_path / "un")


def test_files_already_there_stop_the_run_before_anything_is_written(tmp_path: Path) -> None:
    source = saved(tmp_path / "PST.xlsx", book(PLAN))
    prepare(source, tmp_path / "envois", "Travaux")
    before = listing(tmp_path)
    with pytest.raises(OutputError, match=rf"a déjà {NAME}\.xlsx ;.*--remplacer"):
        prepare(source, tmp_path / "envois")
    assert listing(tmp_path) == before


def test_many_files_already_there_are_not_all_recited(tmp_path: Path) -> None:
    names = [f"{number}.xlsx" for number in range(5)]
    for name in names:
        saved(tmp_path / name, b"x")
    with pytest.raises(OutputError, match=r"a déjà 0\.xlsx, 1\.xlsx, 2\.xlsx et 2\sautres ;"):
        check_folder(tmp_path, names)


def test_files_that_are_replaced_are_kept_aside_where_they_differ(tmp_path: Path) -> None:
    source, folder = saved(tmp_path / "PST.xlsx", book(ONE)), tmp_path / "envois"
    prepare(source, folder)
    first = listing(folder)
    _, same = prepare(source, folder, replace=True)
    saved(source, ONE.replace("un trou", "une fosse"))
    _, kept = prepare(source, folder, replace=True)

    assert same == []
    assert [one.name for one in kept] == [f"{NAME}.precedent-1.xlsx"]
    assert kept[0].read_bytes() == first[f"{NAME}.xlsx"]
    assert listing(folder)[f"{NAME}.xlsx"] != first[f"{NAME}.xlsx"]
    assert len(listing(folder)) == 2


@pytest.mark.parametrize("replace", [False, True])
def test_a_workbook_open_in_excel_is_said_before_anything_is_written(
    tmp_path: Path, replace: bool
) -> None:
    source, folder = saved(tmp_path / "PST.xlsx", book(PLAN)), tmp_path / "envois"
    saved(folder / "~$PST_Valbruyere_Culture_2026-10-31.xlsx", b"x")
    before = listing(tmp_path)
    with pytest.raises(OutputError, match="est ouvert"):
        prepare(source, folder, replace=replace)
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("folder", "fragment"), [("PST.xlsx", "est un fichier"), ("absent/envois", "n’existe pas")]
)
def test_a_folder_that_cannot_be_is_refused(tmp_path: Path, folder: str, fragment: str) -> None:
    source = saved(tmp_path / "PST.xlsx", book(ONE))
    with pytest.raises(OutputError, match=fragment):
        prepare(source, tmp_path / folder)
    assert sorted(listing(tmp_path)) == ["PST.xlsx"]


def test_a_source_that_would_be_overwritten_is_refused(tmp_path: Path) -> None:
    source = saved(tmp_path / f"{NAME}.xlsx", book(ONE))
    before = listing(tmp_path)
    with pytest.raises(OutputError, match="donné à lire"):
        prepare(source, tmp_path, replace=True)
    assert listing(tmp_path) == before


@pytest.mark.parametrize(
    ("name", "fragment"), [("absent.xlsx", "n’existe pas"), ("", "est un dossier")]
)
def test_a_source_that_is_no_file_is_a_wrong_usage(
    tmp_path: Path, name: str, fragment: str
) -> None:
    with pytest.raises(UsageError, match=fragment):
        prepare(tmp_path / name, tmp_path / "envois")


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
        "⚠ Dans aucun classeur, faute de lien avec un service : 2 constats, 1 OS et 2 indicateurs.",
        "  Pour les garder, consolidez PST.xlsx en même temps que les retours.",
    ]


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
    said = run("preparer", source, "-o", tmp_path / "e", "--service", "Cultur")

    assert "n’a encore de ligne" in refused.stderr
    assert "(est-ce « Culture » ?)" in said.stderr
    assert (refused.exit_code, said.exit_code) == (2, 2)


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


def test_a_plan_of_an_older_template_is_shared_out_on_the_new_one() -> None:
    older = Path(__file__).parent / "data" / "retour_modele_2026.1.xlsx"
    plan = read(older.read_bytes(), "PST.xlsx")
    plan.tables["identification"].columns["service"] = [None]
    result = shared_out(plan)
    back = [read(write_template(one.content), one.file) for one in result.envelopes[:2]]

    assert plan.identity("version") != PST.version
    assert {one.identity("version") for one in back} == {PST.version}
    assert united(back, PST, OBSERVED).conflicts == []


def test_no_column_of_the_whole_plan_only_is_carried() -> None:
    plan = return_of(PLAN, PST)
    plan.tables["actions"].columns["origine"] = ["retour.xlsx · Actions · ligne 5"] * 3
    for envelope in shared_out(plan).envelopes:
        assert set(envelope.content.tables["actions"].columns["origine"]) == {None}
