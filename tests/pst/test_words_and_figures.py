"""What a rule says of the figures is what they do: each claim is tried on a plan where it speaks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from support import OBSERVED

from pst_excel.checking.report import check
from pst_excel.model.figures.boards import Board, Evaluation
from pst_excel.model.figures.tables import evaluated, table_of
from pst_excel.model.rules import Rule
from pst_excel.model.words.stages import Stage
from pst_excel.pst import PST
from pst_excel.reading.examples import return_of
from pst_excel.returns.frames import Batch

FIGURES = {figure.key: figure for figure in (*PST.figures, *PST.comparison)}
(EVALUATION,) = (board for board in PST.boards if isinstance(board, Evaluation))
PANELS = {
    panel.key: panel for board in PST.boards if isinstance(board, Board) for panel in board.panels
}
Asked = Callable[[Batch], object]


def figure(key: str) -> Asked:
    return lambda batch: FIGURES[key].quantity.evaluate(batch.counted)


def known(key: str) -> Asked:
    return lambda batch: FIGURES[key].known.evaluate(batch.counted)


def of_unit(level: str, code: str, label: str = "Actions suivies") -> Asked:
    """Ask what the evaluation counts for an OS or an OO; « Sans … » is the one without a code."""
    at = [column.label for column in EVALUATION.levels[0].columns].index(label)

    def asked(batch: Batch) -> object:
        lines, _ = evaluated(EVALUATION, batch.counted)
        return next(line.values[at] for line in lines
                    if (line.level.sheet, line.heading.value or "") == (level, code))  # fmt: skip

    return asked


def in_exercice(year: float, label: str = "Prévu") -> Asked:
    panel = PANELS["exercice"]
    at = [column.label for column in panel.columns].index(label)

    def asked(batch: Batch) -> object:
        table = table_of(panel, batch.counted, batch.parameters)
        years = [line.value for line in table.lines]
        return table.values[at][years.index(year)]

    return asked


GOALS = """
OS
code | intitule
1    | Être une commune douce
2    | Être une commune économe

OO
code | code_os | intitule
1.1  | {of}    | Doubler les pistes
1.2  | 1       | Doubler les arrêts
1.3  | 1       | Doubler les bus
2.1  | 2       | Réduire le gaz
2.2  | 2       | Réduire le mazout
{more}
Actions
code  | code_oo | parts | intitule                 | statut   | avancement | partenaires_cpas
1.1.1 | {oo}    | {parts} | {title} | En cours | 40         | CPAS
"""


def plan(
    oo: str = "1.1", parts: str = "", of: str = "1", more: str = "", title: str = "Aménager un quai"
) -> str:
    return GOALS.format(oo=oo, parts=parts, of=of, more=more, title=title)


def indicator(start: str, reading: str, later: str = "") -> str:
    return f"""
    Indicateurs
    code | niveau | code_lie | sens   | valeur_depart | cible | realise_2025 | realise_2027
    I1   | OO     | 1.1      | Hausse | {start} | 100 | {reading} | {later}
    """


BUDGET = """
Budget
code | niveau | code_lie | exercice | prevu
B1   | {level} | {to}    | {year}   | 9000
"""

SPENT = BUDGET.format(level="Action", to="1.1.1", year=2026)


def spent(level: str, code: str) -> Asked:
    return of_unit(level, code, "Budget prévu")


CLAIMS: list[tuple[str, str, Asked, object]] = [
    ("R01a", plan(of="9"), of_unit("os", ""), 1),
    ("R01b", plan(oo="9.9"), of_unit("os", ""), 1),
    ("R01b", plan(oo="1.1; 9.9"), of_unit("os", ""), 1),
    ("R01c", plan() + BUDGET.format(level="OO", to="9.9", year=2026),
     of_unit("os", "", "Budget prévu"), 9000),
    ("R03a", plan("1.1; 2.1", "60; 30; 10") + SPENT, spent("oo", "1.1"), 4500),
    ("R03b", plan("1.1; 2.1", "60; 30") + SPENT, spent("oo", "1.1"), 4500),
    ("R03c", plan("1.1; 2.1") + SPENT, spent("oo", "2.1"), 4500),
    ("R03d", plan("1.1; 1.2; 1.3; 2.1; 2.2", "60; 10; 10; 10; 10") + SPENT, spent("oo", "1.3"),
     1800),
    ("R03d", plan("1.1; 1.2; 1.3; 2.1; 2.2") + SPENT, spent("oo", "2.1"), 0),
    ("R03d", plan("1.1; 1.2; 1.3; 2.1; 2.2") + SPENT, spent("os", ""), 3600),
    ("R03d", plan("1.1; 1.2; 1.3; 2.1; 2.2"), of_unit("os", ""), 1),
    ("R04", plan(more="1.1  | 2       | Doubler les quais\n"), of_unit("os", "1"), 1),
    ("R12b", indicator("120", "110"), known("atteinte"), 0),
    ("R12c", indicator("0", ""), known("atteinte"), 0),
    ("R12e", indicator("", "40"), known("atteinte"), 0),
    ("R12i", indicator("0", "", "40"), known("atteinte"), 0),
    ("R16a", plan(title="Entretenir chaque année les quais"), figure("nb_pst"), 1),
    ("R17h", BUDGET.format(level="", to="", year=2024), in_exercice(2024), 9000),
    ("R17h", BUDGET.format(level="", to="", year=2024), figure("budget_prevu"), 9000),
    ("R21b", plan(), figure("synergies"), 0),
    ("R23", "Identification\ncle | valeur\nactions_annonces | 7\n" + plan(), figure("nb_actions"),
     1),
]  # fmt: skip
SAYS = re.compile(r"En attendant|\bcompt(e|ent|ée|ées|er)\b|inconnue|\btaux\b")
OTHERWISE = {"R22a", "R22b", "R15", "R32b"}
"""Those whose « compte » is of characters, of the OS of a list, or of a finding."""


@pytest.fixture(scope="module")
def spoken() -> set[tuple[str, str]]:
    """What is found, by the place of the claim: all plans are checked together."""
    made = [return_of(text, PST, str(at)) for at, (_, text, *_) in enumerate(CLAIMS)]
    findings = check(made, PST, OBSERVED, stage=Stage.EVALUATION).findings
    return {(finding.file, finding.code) for finding in findings}


@pytest.mark.parametrize("at", range(len(CLAIMS)), ids=lambda at: f"{CLAIMS[at][0]}-{at}")
def test_a_rule_says_of_the_figures_what_they_do(at: int, spoken: set[tuple[str, str]]) -> None:
    code, text, asked, value = CLAIMS[at]
    assert (str(at), code) in spoken
    assert asked(Batch([return_of(text, PST)], PST, OBSERVED)) == pytest.approx(value)


def test_every_rule_that_speaks_of_figures_has_its_claim_tried() -> None:
    def words(rule: Rule) -> str:
        return " ".join((rule.title, rule.sentence, rule.together, rule.expected, rule.remedy))

    speaking = {rule.code for rule in PST.rules if SAYS.search(words(rule))}
    assert speaking - OTHERWISE == {code for code, *_ in CLAIMS}
