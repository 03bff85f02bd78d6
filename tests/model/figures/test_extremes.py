"""The first and the last of some numbers, an unknown amount, a field of the form."""

from __future__ import annotations

import pandas as pd
import pytest

from pst_excel.model.figures.extremes import Extreme
from pst_excel.model.figures.fields import Field
from pst_excel.model.figures.figures import IfAny, Quotient, Times
from pst_excel.model.figures.measures import At, Measure, When

NAN = float("nan")
INDEX = pd.MultiIndex.from_product([[0], range(5, 9)], names=["source", "row"])
FRAMES = {
    "s": pd.DataFrame(
        {
            "jour": [46000.0, 45000.0, 0.0, 47000.0],  # 0 is an unknown day
            "etat": pd.array(["x", "x", "x", "y"], dtype="str"),
            "os_distinct_1": pd.array(["k1", "k2", "k3", "k1"], dtype="str"),
            "os_distinct_2": pd.array(["k2", None, None, None], dtype="str"),
            "montant": [NAN, 0.0, NAN, 7.0],
        },
        index=INDEX,
    ),
    "form": pd.DataFrame({"gens": [1000.0], "debut": [2024.0], "fin": [2030.0]}, index=INDEX[:1]),
}
X = When("etat", "=", "x")
KNOWN = Measure("s", None, (When("montant", "known"),))


class Layout:
    """Two places for each row."""

    def column(self, sheet: str, key: str) -> str:
        return f"{sheet}_{key}"

    def parts(self, sheet: str) -> int:
        return 2


def test_the_first_and_the_last_day_are_found_in_all_and_under_each_record() -> None:
    first, last = (Extreme("s", "jour", largest, under="os") for largest in (False, True))

    assert (first.evaluate(FRAMES), last.evaluate(FRAMES)) == (45000.0, 47000.0)
    assert first.by(FRAMES, "os").to_dict() == pytest.approx(
        {"k1": 46000.0, "k2": 45000.0, "k3": NAN}, nan_ok=True
    )
    assert last.when(X).by(FRAMES, "os")["k1"] == 46000.0
    assert last.when(When("etat", "=", "z")).evaluate(FRAMES) != last.evaluate(FRAMES)


def test_the_formula_looks_for_products_and_shows_nothing_where_there_is_none() -> None:
    last = Extreme("s", "jour", True, (X,), under="os").when(When("os", "=", At("A1")))
    found = 'SUMPRODUCT(MAX((s_etat="x")*((s_os_distinct_1=A1)+(s_os_distinct_2=A1))*(s_jour>0)*s_jour))'

    assert last.render(Layout()) == f'IF({found}=0,"",{found})'


def test_an_amount_that_nobody_filled_is_unknown_and_one_filled_with_zero_is_zero() -> None:
    amount = IfAny(Measure("s", "montant"), KNOWN)

    assert amount.evaluate(FRAMES) == 7.0
    assert pd.isna(amount.when(When("jour", "=", 46000.0)).evaluate(FRAMES))
    assert amount.when(When("jour", "=", 45000.0)).evaluate(FRAMES) == 0.0
    assert amount.by(FRAMES, "etat").to_dict() == {"x": 0.0, "y": 7.0}


def test_a_product_of_fields_divides_and_a_blank_one_makes_the_rate_unknown() -> None:
    people, years = Field("form", "gens"), Field("form", "fin", "debut")
    rate = Quotient(Measure("s", "jour", (X,)), Times((people, years)))
    nobody = FRAMES | {"form": FRAMES["form"].assign(gens=NAN)}

    assert rate.evaluate(FRAMES) == pytest.approx(91000 / 6000)
    assert rate.by(FRAMES, "source").to_dict() == {0: pytest.approx(91000 / 6000)}
    assert pd.isna(rate.evaluate(nobody))
