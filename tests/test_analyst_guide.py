"""Every example of the analyst's guide runs, and each of its ten answers has a second truth in SQL."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from support import ROOT, SAMPLES

GUIDE = (ROOT / "docs" / "guides" / "analyste.md").read_text(encoding="utf-8")
BLOCKS = re.compile(r"```python\n(.*?)```", re.DOTALL)
QUESTIONS = re.compile(r"^### (\d+)\. .*?```python\n(.*?)```", re.DOTALL | re.MULTILINE)
LONGEST = 10  # lines

FOLLOWED = "type_action = 'PST' and coalesce(statut, '') <> 'Abandonné'"
SPENT = "coalesce(recette_depense, 'Dépense') <> 'Recette'"
TRUTHS = {
    1: f"""
    with late as (select id, unnest(string_split(code_oo, '; ')) code from actions where {FOLLOWED}
                  and coalesce(statut, '') <> 'Terminé' and echeance < date '2026-10-31')
    select mandataire, count(distinct late.id) from late join oo using (code) group by mandataire""",
    2: f"""select source_financement, exercice::int, sum(prevu) from budget where {SPENT}
           and prevu is not null group by all""",
    3: f"""select service_pilote, count(*) from actions where {FOLLOWED} and service_pilote is not null
           and not exists (select 1 from indicateurs i where i.code_lie = actions.code
                           and coalesce(i.niveau, 'Action') = 'Action') group by all""",
    4: """select code, intitule, echeance, service_pilote from actions
          where coalesce(statut, '') not in ('Terminé', 'Abandonné')
          and echeance between date '2026-10-31' and date '2027-04-30'""",
    5: f"""
    with held as (select id, unnest(string_split(coalesce(code_oo, ''), '; ')) code, avancement,
                         coalesce(debut_effectif, debut_prevu) debut, echeance, date '2026-10-31' today,
                         coalesce(statut, '') <> 'Terminé' and echeance < today late
                  from actions where {FOLLOWED}),
         each as (select distinct held.* exclude (code), coalesce(os.intitule, 'Sans OS') titre
                  from held left join oo using (code) left join os on os.code = oo.code_os),
         counted as (select titre, count(*)::double "Suivies", avg(avancement) "Fait",
                            avg(case when avancement + (echeance - debut) is null then null
                                when today >= echeance then 100
                                else greatest(0, 100 * (today - debut) / (echeance - debut)) end) "Attendu",
                            count(*) filter (late)::double "En retard" from each group by titre)
    select * from (unpivot counted on columns(* exclude titre)) where value <> 0""",
    6: """with counted as (select volet, statut, count(*) n from actions
                           where type_action = 'PST' and volet is not null and statut is not null
                           group by all)
          select volet, statut, 100.0 * n / sum(n) over (partition by volet) from counted""",
    7: """select service_pilote, count(etp), coalesce(sum(etp), 0) from actions
          where service_pilote is not null group by all""",
    8: f"""select exercice::int, 100 * sum(realise) / sum(inscrit) from budget where {SPENT}
           group by exercice having sum(inscrit) > 0""",
    10: f"""
    with planned as (select code_lie code, sum(prevu) budget from budget where niveau = 'Action'
                     and {SPENT} group by all),
         each as (select unnest(string_split(odd, '; '))::int odd, coalesce(budget, 0) budget
                  from actions left join planned using (code) where odd is not null)
    select odd, count(*), sum(budget) from each group by all""",
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Run the guide as a reader does, in the folder of the demo; keep what each question left."""
    folder = tmp_path_factory.mktemp("demo-pst")
    for name in ("retours", "institutions"):
        shutil.copytree(SAMPLES / name, folder / name)
    names: dict[str, Any] = {}
    kept: dict[int, Any] = {}
    numbers = {block: int(number) for number, block in QUESTIONS.findall(GUIDE)}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for block in BLOCKS.findall(GUIDE):
            exec(block, names)
            if block in numbers:
                kept[numbers[block]] = names["reponse"]
    return names | {"kept": kept, "folder": folder}


def asked(answers: dict[str, Any], number: int) -> list[tuple[Any, ...]]:
    """Return what SQL says of the values of the plan, as they were read."""
    base = duckdb.connect()
    for key, table in answers["plan"].merged.tables.items():
        base.register(key, pd.DataFrame(table.columns))
    return base.execute(TRUTHS[number]).fetchall()


def as_rows(number: int) -> Callable[[Any], list[tuple[Any, ...]]]:
    """Return how the answer of a question becomes rows."""
    if number in (2, 5, 6):
        return lambda table: [(line, column, value) for line, values in table.to_dict("index").items()
                              for column, value in values.items() if value]  # fmt: skip
    if number == 4:
        return lambda table: [
            tuple(row) for row in table.assign(echeance=table["echeance"].dt.date).to_numpy()
        ]
    return lambda table: [tuple(row) for row in pd.DataFrame(table).reset_index().to_numpy()]


@pytest.mark.parametrize("number", TRUTHS)
def test_an_answer_is_what_sql_says(answers: dict[str, Any], number: int) -> None:
    told = {row[:-1]: row[-1] for row in as_rows(number)(answers["kept"][number])}
    truth = {row[:-1]: row[-1] for row in asked(answers, number)}
    assert truth.keys() == told.keys()
    for row, value in truth.items():
        assert told[row] == (value if isinstance(value, str) else pytest.approx(value))


def test_an_action_of_several_objectives_is_whole_under_each(answers: dict[str, Any]) -> None:
    table, figures = answers["kept"][5], answers["plan"].figures
    assert table["Suivies"].sum() > figures["nb_pst"]
    assert (table["Suivies"] % 1 == 0).all()


def test_the_findings_counted_are_those_of_the_report(answers: dict[str, Any]) -> None:
    blamed = Counter((f.service, f.code) for f in answers["report"].findings if f.severity.blames)
    assert answers["kept"][9].to_dict() == blamed


def test_there_are_ten_questions_of_ten_lines_at_most() -> None:
    questions = QUESTIONS.findall(GUIDE)
    assert [int(number) for number, _ in questions] == [*range(1, 11)]
    assert max(len(block.strip().splitlines()) for _, block in questions) <= LONGEST


def test_the_tables_are_kept_as_files(answers: dict[str, Any]) -> None:
    kept = {path.stem for path in Path(answers["folder"], "tables").iterdir()}
    assert kept == {sheet.key for sheet in answers["PST"]}
