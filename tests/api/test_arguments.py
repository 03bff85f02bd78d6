"""What callers try works, or is told in one French sentence; nothing else is ever raised."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from support import CLEAN, saved

from pst_excel import (
    PST,
    Campaign,
    Limits,
    Options,
    PstError,
    Stage,
    annotate,
    check,
    compare,
    compare_versions,
    consolidate,
    difference,
    merge,
    modernise,
    prepare,
    read_files,
    template,
    trace,
    validate,
    write,
)
from pst_excel.api.arguments import date_of, stage_of
from pst_excel.text.errors import UnknownName, UsageError
from pst_excel.workers.loading import Loaded

Made = Callable[[Path], object]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a folder of one return, and the plan made of it."""
    made = tmp_path_factory.mktemp("analyste")
    saved(made / "retours" / "a.xlsx", CLEAN)
    write(consolidate(made / "retours"), made / "PST.xlsx")
    return made


@pytest.fixture(scope="module")
def found(folder: Path) -> Loaded:
    return read_files(folder / "retours")


def forms(folder: Path, found: Loaded) -> list[Any]:
    """Return all that means one return."""
    file = folder / "retours" / "a.xlsx"
    return [
        found,
        found.returns[0],
        found.returns,
        file,
        str(file),
        [file],
        (str(file),),
        file.parent,
    ]


def test_a_path_a_return_or_several_of_them_are_checked_as_what_was_read(
    folder: Path, found: Loaded
) -> None:
    checked = {check(one, "2028-01-01").findings[0].code for one in forms(folder, found)}
    assert len(checked) == 1


def test_they_are_consolidated_and_compared_as_well(folder: Path, found: Loaded) -> None:
    for one in forms(folder, found):
        assert len(consolidate(one).returns) == 1
    assert len(compare([folder / "PST.xlsx"]).institutions) == 1


def test_a_folder_is_annotated_as_what_was_read(folder: Path, tmp_path: Path) -> None:
    given = folder / "retours"
    assert [copy.name for copy in annotate(given, check(given), tmp_path / "rendus")] == ["a.xlsx"]


def test_two_paths_are_merged_and_told_apart(folder: Path) -> None:
    file, plan = folder / "retours" / "a.xlsx", consolidate(folder / "retours")
    assert difference(file, str(file)).changes == []
    assert merge(None, file, plan).conflicts == []
    assert difference(read_files(file), file).changes == []


@pytest.mark.parametrize(
    "day",
    ["2026-01-31", "31/01/2026", " 2026-01-31 ", dt.date(2026, 1, 31), dt.datetime(2026, 1, 31, 9),
     pd.Timestamp("2026-01-31"), np.datetime64("2026-01-31"), np.datetime64("2026-01-31T08", "ns")],
)  # fmt: skip
def test_a_day_is_a_date_however_it_is_written(day: Any) -> None:
    assert date_of(day) == dt.date(2026, 1, 31)
    assert type(date_of(day)) is dt.date


@pytest.mark.parametrize(
    "day", ["demain", "2026-02-30", "", 2026, [], pd.NaT, np.datetime64("NaT")], ids=repr
)
def test_what_is_no_day_is_told(day: Any, found: Loaded) -> None:
    with pytest.raises(UsageError, match=r"observed.*au lieu d’une date ; écrivez « 2026-12-31 »"):
        check(found, day)


@pytest.mark.parametrize(
    "word", [Stage.EVALUATION, "evaluation", "évaluation", "Évaluation", "EVALUATION"], ids=repr
)
def test_a_stage_is_known_by_its_value_and_its_label(word: str) -> None:
    assert stage_of(word) is Stage.EVALUATION


def test_a_check_takes_a_stage_in_words(found: Loaded) -> None:
    assert {*check(found, stage="adoption").stages.values()} == {Stage.ADOPTION}


@pytest.mark.parametrize("word", ["suivie", "", 3, ["suivi"]])
def test_a_word_that_is_no_stage_is_told_with_those_there_are(word: Any, found: Loaded) -> None:
    labels = "brouillon, adoption, suivi ou évaluation"
    for function in (check, consolidate):
        with pytest.raises(UsageError, match=labels):
            function(found, stage=word)


KEYS = {
    "une feuille": (lambda: PST["action"], "« actions »"),
    "une colonne": (lambda: PST["actions"]["statu"], "« statut »"),
    "une liste": (lambda: PST.vocabulary("statut"), "« statuts »"),
    "une liste d’une autre": (lambda: PST.vocabulary("x"), "services"),
    "rien": (lambda: PST[None], "actions"),  # type: ignore[index]
    "une liste de clés": (lambda: PST["actions"][["code"]], "code"),  # type: ignore[index]
}


@pytest.mark.parametrize("ask", KEYS)
def test_a_key_that_is_none_is_told_with_the_nearest_and_all(ask: str) -> None:
    asked, near = KEYS[ask]
    with pytest.raises(UnknownName, match="n’est pas une") as raised:
        asked()
    assert near in str(raised.value)
    assert raised.value.known


def test_columns_that_nobody_sees_are_not_told() -> None:
    with pytest.raises(KeyError) as raised:
        _ = PST["actions"]["statu"]
    assert "sans_statut" not in str(raised.value)
    assert "sans_statut" in PST["actions"]


def test_a_figure_a_board_and_a_table_that_are_none_are_told(found: Loaded) -> None:
    plan = consolidate(found)
    for asked in (
        lambda: plan.figures["taux"],
        lambda: plan.figures.to_frame(by="x"),
        lambda: plan["action"],
    ):
        with pytest.raises(UnknownName):
            asked()
    assert plan.figures.get("taux") is None
    assert "taux" not in plan.figures


FRAME = pd.DataFrame({"code": ["1.1"]})
NO_RETURNS = {
    "nothing": None, "a number": 5, "bytes": b"retours", "a dictionary": {}, "an empty list": [],
    "a frame": FRAME, "frames": [FRAME], "a list of nothing": [None], "options": Options(),
    "a date": dt.date(2026, 1, 1),
}  # fmt: skip


@pytest.mark.parametrize("given", NO_RETURNS.values(), ids=NO_RETURNS)
@pytest.mark.parametrize("function", [check, consolidate, compare])
def test_what_is_no_return_is_told(function: Callable[..., object], given: Any) -> None:
    with pytest.raises(UsageError, match=r"^loaded.* : .*ce que read_files rend"):
        function(given)


def test_paths_and_returns_are_not_mixed(folder: Path, found: Loaded) -> None:
    with pytest.raises(UsageError, match="mêle chemins et retours"):
        check([found.returns[0], folder])  # type: ignore[list-item]


def test_a_plan_is_not_checked_again(found: Loaded) -> None:
    with pytest.raises(UsageError, match=r"est dans \.report"):
        check(consolidate(found))  # type: ignore[arg-type]


@pytest.mark.parametrize("paths", [None, 5, b"retours", FRAME, [None], [5], ""], ids=repr)
def test_what_is_no_path_is_told(paths: Any) -> None:
    with pytest.raises(UsageError, match=r"^paths : .* au lieu d’un chemin"):
        read_files(paths)


def test_paths_may_be_the_keys_of_something(folder: Path) -> None:
    assert len(read_files({folder / "retours" / "a.xlsx": "Travaux"}).returns) == 1


def test_a_path_that_leads_nowhere_is_told_and_kept() -> None:
    with pytest.raises(UsageError, match="n’existe pas") as raised:
        check("nulle-part")
    assert raised.value.file == "nulle-part"


@pytest.mark.parametrize("workers", [0, -1, 2.5, "2", True])
def test_what_is_no_number_of_processes_is_told(workers: Any, folder: Path) -> None:
    with pytest.raises(UsageError, match="workers"):
        read_files(folder / "retours", workers=workers)


@pytest.mark.parametrize(
    ("options", "said"),
    [("strict", "écrivez par exemple Options(strict=True)"), (Limits(), "Options(limits=…)"),
     (Options(limits={"rows": 5}), "Options(limits=Limits("),  # type: ignore[arg-type]
     (Options(limits=Limits(rows="5")), "Limits.rows"),  # type: ignore[arg-type]
     (Options(limits=Limits(rows=0)), "plus grand que zéro"), (True, "Options")],
)  # fmt: skip
def test_what_are_no_options_is_told(options: Any, said: str, folder: Path) -> None:
    for function in (read_files, check, consolidate):
        with pytest.raises(UsageError, match=re.escape(said)):
            function(folder / "retours", options=options)


def test_no_options_are_the_usual_ones(folder: Path) -> None:
    assert read_files(folder / "retours", options=None).returns  # type: ignore[arg-type]


WRONG: dict[str, Made] = {
    "write a path": lambda folder: write("PST.xlsx", folder / "b.xlsx"),  # type: ignore[arg-type]
    "write what was read": lambda folder: write(read_files(folder / "retours"), folder / "b.xlsx"),  # type: ignore[arg-type]
    "write nowhere": lambda folder: write(consolidate(folder / "retours"), None),  # type: ignore[arg-type]
    "write on a folder": lambda folder: write(consolidate(folder / "retours"), folder),
    "annotate without a report": lambda folder: annotate(folder / "retours", None, folder / "r"),  # type: ignore[arg-type]
    "annotate nowhere": lambda folder: annotate(folder / "retours", check(folder / "retours"), 5),  # type: ignore[arg-type]
    "annotate a return": lambda folder: annotate(
        read_files(folder / "retours").returns[0], check(folder / "retours"), folder / "r"
    ),
    "annotate others": lambda folder: annotate(
        folder / "PST.xlsx", check(folder / "retours", "2028-01-01"), folder / "r"
    ),
    "prepare nothing": lambda folder: prepare(None, folder / "envois"),  # type: ignore[arg-type]
    "prepare nowhere": lambda folder: prepare(folder / "PST.xlsx", None),  # type: ignore[arg-type]
    "prepare a number": lambda folder: prepare(folder / "PST.xlsx", folder / "e", 5),  # type: ignore[arg-type]
    "prepare nobody": lambda folder: prepare(folder / "PST.xlsx", folder / "e", [None]),  # type: ignore[list-item]
    "prepare for a word": lambda folder: prepare(folder / "PST.xlsx", folder / "e", due="bientôt"),
    "trace no cell": lambda folder: trace(folder / "PST.xlsx", None),  # type: ignore[arg-type]
    "trace a row": lambda folder: trace(folder / "PST.xlsx", "Actions"),
    "trace another sheet": lambda folder: trace(folder / "PST.xlsx", "Action!C5"),
    "trace a result": lambda folder: trace(consolidate(folder / "retours"), "Actions!C5"),  # type: ignore[arg-type]
    "versions of a return": lambda folder: compare_versions(
        read_files(folder / "retours").returns[0],
        folder / "PST.xlsx",  # type: ignore[arg-type]
    ),
    "versions of a folder": lambda folder: compare_versions(folder, folder / "PST.xlsx"),
    "modernise nothing": lambda folder: modernise(None, folder / "b.xlsx"),  # type: ignore[arg-type]
    "modernise nowhere": lambda folder: modernise(folder / "PST.xlsx", None),  # type: ignore[arg-type]
    "merge a frame": lambda folder: merge(None, FRAME, folder / "PST.xlsx"),  # type: ignore[arg-type]
    "difference of nothing": lambda folder: difference(None, folder / "PST.xlsx"),  # type: ignore[arg-type]
    "template nowhere": lambda _folder: template(None),  # type: ignore[arg-type]
    "template of a word": lambda folder: template(folder / "m.xlsx", "bientôt"),
    "template of one year": lambda folder: template(folder / "m.xlsx", (2024,)),  # type: ignore[arg-type]
    "template of a year": lambda folder: template(folder / "m.xlsx", 2024),  # type: ignore[arg-type]
    "template of texts": lambda folder: template(folder / "m.xlsx", ("2024", "2030")),  # type: ignore[arg-type]
    "template of lists": lambda folder: template(folder / "m.xlsx", nom=["a"]),  # type: ignore[arg-type]
    "template of no field": lambda folder: template(folder / "m.xlsx", nomm="a"),
    "validate one frame": lambda _folder: validate(FRAME),  # type: ignore[arg-type]
    "validate a path": lambda folder: validate(folder),  # type: ignore[arg-type]
    "validate lists": lambda _folder: validate({"actions": [["1.1"]]}),  # type: ignore[dict-item]
    "validate no sheet": lambda _folder: validate({"action": FRAME}),
    "validate at no stage": lambda _folder: validate({"actions": FRAME}, stage="suivie"),
    "no schema": lambda _folder: PST.schemas()["action"],
    "schema of no sheet": lambda _folder: PST.schema("action"),
    "schema at no stage": lambda _folder: PST.schema("actions", "suivie"),  # type: ignore[arg-type]
    "waivers of nothing": lambda folder: check(folder / "retours", waivers=5),  # type: ignore[arg-type]
    "before that is none": lambda folder: check(folder / "retours", before="nulle-part.xlsx"),
    "previous that is none": lambda folder: consolidate(folder / "retours", previous=5),  # type: ignore[arg-type]
    "sends that are none": lambda folder: consolidate(folder / "retours", sends=5),  # type: ignore[arg-type]
    "progress that is none": lambda folder: read_files(folder / "retours", progress="oui"),  # type: ignore[arg-type]
    "campaign of nothing": lambda _folder: Campaign(None),  # type: ignore[arg-type]
    "campaign of nowhere": lambda folder: Campaign(folder / "nulle-part"),
    "campaign made nowhere": lambda _folder: Campaign.create(5),  # type: ignore[arg-type]
    "campaign of a frame": lambda folder: Campaign.create(folder / "c", FRAME),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", WRONG)
def test_another_wrong_argument_is_told_in_a_sentence(name: str, folder: Path) -> None:
    with pytest.raises(PstError) as raised:
        WRONG[name](folder)
    assert raised.value.exit_code == 2
    assert " " in str(raised.value)


def test_a_sheet_that_is_none_is_kept_by_the_error(folder: Path) -> None:
    with pytest.raises(UsageError) as raised:
        trace(folder / "PST.xlsx", "Action!C5")
    assert (raised.value.file, raised.value.sheet) == ("PST.xlsx", "Action")


def test_a_legislature_may_be_written(tmp_path: Path) -> None:
    template(tmp_path / "m.xlsx", "2024-2030")
    assert read_files(tmp_path).returns[0].plan.last_year == 2030


def test_one_path_of_sends_is_no_list_of_letters(folder: Path) -> None:
    assert consolidate(folder / "retours", sends=str(folder / "retours")).returns


CAMPAIGN: dict[str, Callable[[Campaign], object]] = {
    "standing": lambda one: one.standing("demain"),
    "history": lambda one: one.history(last="2"),  # type: ignore[arg-type]
    "history of": lambda one: one.history(code=1.2),  # type: ignore[arg-type]
    "send": lambda one: one.send(5),  # type: ignore[arg-type]
    "send for": lambda one: one.send(due="demain"),
    "receive": lambda one: one.receive(5),  # type: ignore[arg-type]
    "consolidate": lambda one: one.consolidate(stage="suivie"),
    "consolidate at": lambda one: one.consolidate("demain"),
    "consolidate with": lambda one: one.consolidate(waivers=5),  # type: ignore[arg-type]
    "remind": lambda one: one.remind("7"),  # type: ignore[arg-type]
    "remind on": lambda one: one.remind(7, "demain"),
    "set_aside": lambda one: one.set_aside(None, "doublon"),  # type: ignore[arg-type]
    "take_back": lambda one: one.take_back("a.xlsx", 5),  # type: ignore[arg-type]
    "watch": lambda one: one.watch("1"),  # type: ignore[arg-type]
    "reissue": lambda one: one.reissue("hier"),
    "reissue nothing": lambda one: one.reissue(None),  # type: ignore[arg-type]
    "reissue to": lambda one: one.reissue(1, 5),  # type: ignore[arg-type]
}


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    made, _ = Campaign.create(tmp_path_factory.mktemp("c") / "campagne", due="31/12/2027")
    return made


@pytest.mark.parametrize("name", CAMPAIGN)
def test_a_wrong_argument_of_a_campaign_is_told(name: str, campaign: Campaign) -> None:
    with pytest.raises(UsageError, match=r"au lieu d|n’est pas une étape"):
        CAMPAIGN[name](campaign)


def test_a_campaign_takes_days_as_people_write_them(campaign: Campaign) -> None:
    assert campaign.memory.due == dt.date(2027, 12, 31)
    assert campaign.standing("2028-01-31").today == dt.date(2028, 1, 31)
