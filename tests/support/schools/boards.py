"""The figures of the plan of schools, and the boards that show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pst_excel.model.figures.boards import (
    Bars,
    Board,
    Evaluation,
    Extract,
    Level,
    Panel,
    Shown,
    Tile,
    Tiles,
)
from pst_excel.model.figures.figures import Figure, Quotient, mean
from pst_excel.model.figures.lines import By, Heading, PanelColumn
from pst_excel.model.figures.measures import Measure, When
from pst_excel.model.figures.messages import Plural, say
from pst_excel.model.series import Frames
from support.schools.vocabularies import LOWER, SITUATIONS, UPPER

WORKS = Measure("travaux")


def _figure(key: str, label: str, quantity: Any, unit: str = "nombre", **more: Any) -> Figure:
    return Figure(key, label, f"{label}, en clair.", unit, quantity, WORKS, WORKS, **more)


COUNT = _figure("nb_travaux", "Chantiers", WORKS)
LATENESS = _figure("nb_depasses", "Chantiers dépassés", Measure("travaux", "depasse"))
PROGRESS = _figure("fait_moyen", "Fait, en moyenne", mean("travaux", "fait"), "% de 100")
PER_PUPIL = _figure(
    "cout_eleve", "Coût par élève",
    Quotient(Measure("travaux", "cout"), Measure("fiche", "eleves")), "€",
)  # fmt: skip
BY_SITUATION = tuple(
    _figure(
        f"sit_{number}", choice.label,
        Quotient(WORKS.when(When("situation", "=", choice.label)), WORKS), "%", color=choice.color,
    )
    for number, choice in enumerate(SITUATIONS.choices)
)  # fmt: skip


def networks_met(frames: Frames, parameters: Mapping[str, Any]) -> list[Heading]:
    return [Heading(one) for one in sorted(frames["travaux"]["mene_par"].dropna().unique())]


def late_works(frames: Frames, parameters: Mapping[str, Any]) -> pd.DataFrame:
    return frames["travaux"][frames["travaux"]["depasse"] == 1.0]


BOARD = Board(
    "coup_d_oeil", "Coup d’œil", "Où en sont les chantiers ?",
    Plural(COUNT.quantity, "chantier", "chantiers", none="Aucun chantier"),
    (
        Tiles((Tile(COUNT, LATENESS, "dépassés : {}"),)),
        Panel(
            "reseaux", "Qui mène quoi ?", By("reseau", "Réseau", networks_met, "Sans réseau"),
            tuple(
                PanelColumn(choice.label, WORKS.when(When("situation", "=", choice.label)),
                            color=choice.color, tinted=True)
                for choice in SITUATIONS.choices
            ),
            (Bars("share", "", tuple(choice.label for choice in SITUATIONS.choices), 0),),
        ),
        Extract("depasses", say("Les chantiers dépassés"), "travaux", (Shown("voulu_pour", 2),),
                late_works, empty="Aucun."),
    ),
)  # fmt: skip
EVALUATION = Evaluation(
    "bilan",
    tuple(
        Level(sheet, name, "appellation", key, parent, (
            PanelColumn("Chantiers", WORKS),
            PanelColumn("Fait", mean("travaux", "fait"), "% de 100"),
        ), rest)
        for sheet, name, key, parent, rest in (
            ("batiments", UPPER, "cle_bati", "", "Sans bâtiment"),
            ("locaux", LOWER, "cle_local", "sous", "Sans local"),
        )
    ),
)  # fmt: skip
