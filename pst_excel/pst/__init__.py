"""The PST itself: sheets, lists, rules, figures and boards; it knows no spreadsheet library."""

from __future__ import annotations

from functools import lru_cache

from pst_excel.model.plan import Plan
from pst_excel.model.plausible import within
from pst_excel.model.row_status import watched
from pst_excel.model.words.keys import ROW_ROLE
from pst_excel.pst import plausible, rules, vocabularies
from pst_excel.pst.boards import boards
from pst_excel.pst.figure_examples import WORKINGS
from pst_excel.pst.figures import BREAKDOWN, COMPARED, FIGURES
from pst_excel.pst.following import FOLLOWED, TOLD, TRENDS
from pst_excel.pst.institutions import recognise
from pst_excel.pst.sheets import sheets
from pst_excel.pst.sheets.derogations import DEROGATIONS
from pst_excel.pst.terms import TERMS
from pst_excel.pst.thresholds import FIXED
from pst_excel.pst.welcome import CONSOLIDATED, SERVICE, SOURCES, WELCOME

VERSION = "2026.3"


@lru_cache(maxsize=8)
def pst(first_year: int = 2024, last_year: int = 2030) -> Plan:
    """Return the declaration of the PST for a legislature, named by its years of elections."""
    declared = [
        within(sheet, plausible.BY_KIND) for sheet in sheets(range(first_year + 1, last_year + 1))
    ]
    return Plan(
        name="Programme stratégique transversal",
        short="PST",
        compared="Comparaison de programmes stratégiques transversaux",
        version=VERSION,
        sheets=tuple(
            watched(sheet, rules.ALL, since="2026.2") if ROW_ROLE in sheet else sheet
            for sheet in declared
        ),
        vocabularies=vocabularies.ALL,
        first_year=first_year,
        last_year=last_year,
        rules=rules.ALL,
        figures=FIGURES,
        boards=boards(range(first_year + 1, last_year + 1)),
        comparison=COMPARED,
        breakdown=BREAKDOWN,
        workings=WORKINGS,
        welcome=WELCOME,
        welcome_service=SERVICE,
        welcome_whole=CONSOLIDATED,
        waivers=DEROGATIONS.key,
        sources=SOURCES,
        registry=recognise,
        terms=TERMS,
        fixed=FIXED,
        longest=plausible.LONGEST,
        followed=FOLLOWED,
        told=TOLD,
        trends=TRENDS,
        family=pst,
    )


PST = pst()
