"""Tout se tient-il ? Who works on which objective, what is complete, what leads nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pst_excel.model.figures.boards import Board, Extract, Matrix, Panel, PanelColumn, Shown
from pst_excel.model.figures.measures import Measure, When
from pst_excel.model.figures.messages import Choose, Plural, say
from pst_excel.model.series import Frames, Parameters
from pst_excel.pst import figures as f
from pst_excel.pst.boards.lines import BY_OO, BY_OS, BY_SERVICE

Pick = Callable[[Frames, Parameters], pd.DataFrame]
_ALONE = f.OO_SANS_ACTION.quantity


def _flagged(sheet: str, key: str) -> Pick:
    def pick(frames: Frames, parameters: Parameters) -> pd.DataFrame:
        return frames[sheet][frames[sheet][key] == 1.0]

    return pick


COHERENCE = Board(
    "coherence",
    "Cohérence",
    "Tout se tient-il ?",
    Choose(
        f.NB_PST.quantity, "=", 0.0, "Aucune action n’est encore suivie",
        say(Plural(f.PARTAGEES.quantity, "action sert plusieurs OO", "actions servent plusieurs OO",
                   none="Aucune action ne sert plusieurs OO"), " ; ",
            Plural(_ALONE, "OO n’a aucune action", "OO n’ont aucune action",
                   none="chaque OO a ses actions")),
    ),
    (
        Matrix(
            "transversalite", "Qui travaille à quoi ? Actions suivies de chaque service, par OO",
            BY_SERVICE, (BY_OO, BY_OS), lambda key: f.actions(f.FOLLOWED, under=key),
            note="Une action partagée compte entière sous chacun de ses objectifs.",
        ),
    ),
)  # fmt: skip
_ = Extract, Panel, PanelColumn, Shown, Measure, When
