"""What became of each finding since the round before."""

from __future__ import annotations

from dataclasses import replace

from support import CLEAN, verdict, workbook
from support import read as read_bytes

from pst_excel.checking.rounds import Round, next_round, said_points, stamp_of

LATE = CLEAN.replace(
    "31/12/2027 | 01/03/2026     | En cours", "30/09/2026 | 01/03/2026     | En cours"
)
BOTH = LATE.replace("| 250000", "| -1")


def round_of(text: str, before: Round | None = None) -> Round:
    one = read_bytes(workbook(text), "retour-1.xlsx")
    return next_round(one, verdict(one).findings, before)


def states(told: Round) -> dict[str, str]:
    return {line.finding.code: str(line.state) for line in told.followed}


def test_in_the_first_round_everything_is_new() -> None:
    assert states(round_of(BOTH)) == {"V04": "nouveau", "R10a": "nouveau"}


def test_what_is_mended_is_solved_and_what_is_not_is_still_there() -> None:
    assert states(round_of(LATE, round_of(BOTH))) == {"R10a": "toujours là", "V04": "résolu"}


def test_what_comes_after_is_new() -> None:
    assert states(round_of(BOTH, round_of(LATE))) == {"R10a": "toujours là", "V04": "nouveau"}


def test_a_file_that_did_not_change_is_the_same_round() -> None:
    first = round_of(BOTH)
    assert round_of(BOTH, first) == first
    second = round_of(LATE, first)
    assert round_of(LATE, second) == second


def test_what_was_solved_is_forgotten_a_round_later() -> None:
    second = round_of(LATE, round_of(BOTH))
    assert states(round_of(CLEAN, second)) == {"R10a": "résolu"}
    assert states(round_of(CLEAN.replace("400", "500"), round_of(CLEAN, second))) == {}


def test_what_was_solved_and_comes_back_is_new() -> None:
    solved = round_of(CLEAN, round_of(LATE))
    assert states(solved) == {"R10a": "résolu"}
    assert states(round_of(LATE, solved)) == {"R10a": "nouveau"}


def test_two_findings_of_one_cell_and_rule_are_told_apart() -> None:
    findings = verdict(LATE).findings
    one = read_bytes(workbook(LATE), "retour-1.xlsx")
    told = next_round(one, [*findings, *findings], None)
    assert len({line.key for line in told.followed}) == len(told.followed) == 2 * len(findings)


def test_a_finding_is_the_same_one_when_its_row_stands_elsewhere() -> None:
    lower = LATE.replace(
        "1.1.1 | 1.1     |", "1.1.0 | 1.1     | Repérer | Externe | Travaux | LAMBERT Julie |"
        " 01/03/2026 | 31/12/2027 | 01/03/2026 | En cours | 40 | 0,5 | 11 | 15/10/2026\n1.1.1 | 1.1     |"
    )  # fmt: skip
    told = round_of(lower, round_of(LATE))
    assert [str(line.state) for line in told.followed if line.finding.code == "R10a"] == [
        "toujours là"
    ]


def test_the_stamp_is_that_of_what_is_said_wherever_the_rows_stand() -> None:
    one = read_bytes(workbook(CLEAN), "un.xlsx")
    moved = replace(
        one, tables={k: replace(t, rows=[r + 3 for r in t.rows]) for k, t in one.tables.items()}
    )
    assert stamp_of(one) == stamp_of(moved)
    assert stamp_of(one) != stamp_of(read_bytes(workbook(LATE), "un.xlsx"))


def test_the_points_are_said_in_one_line() -> None:
    first = round_of(BOTH)
    second = round_of(LATE, first)
    assert said_points(first.counts()) == "2\u202fpoints à voir (2\u202fnouveaux)".replace(
        "\u202f", "\xa0"
    )
    assert said_points(second.counts()) == "1\xa0point à voir (1\xa0toujours là), 1\xa0résolu"
    assert said_points(round_of(CLEAN, second).counts()) == "rien à corriger, 1\xa0résolu"
    assert said_points(round_of(CLEAN).counts()) == "rien à corriger"
