"""What the lines of panels are: objectives, services, people, exercices, sources."""

from __future__ import annotations

from collections.abc import Callable

from pst_excel.model.figures.lines import By, Heading
from pst_excel.model.series import Frames, Parameters
from pst_excel.pst import vocabularies as v
from pst_excel.pst.sheets.counting import CLE_OO, CLE_OS, MANDATAIRE_LU

Headings = Callable[[Frames, Parameters], list[Heading]]


def records(sheet: str) -> Headings:
    """Return one heading for each record of a sheet, its code and its title."""

    def headings(frames: Frames, parameters: Parameters) -> list[Heading]:
        rows = frames[sheet].dropna(subset="code").drop_duplicates("code")
        titles = rows["intitule"].fillna("(sans intitulé)")
        pairs = zip(rows["code"].tolist(), titles.tolist(), strict=True)
        return [Heading(code, title) for code, title in pairs]

    return headings


def values_of(sheet: str, key: str, first: tuple[str, ...] = (), listed: str = "") -> Headings:
    """Return one heading for each value of a column: the declared ones first, then the others met.

    `first` are always shown; those of the institution's list `listed` when the column has them.
    """

    def headings(frames: Frames, parameters: Parameters) -> list[Heading]:
        met = frames[sheet][key].dropna().unique().tolist()
        known = [label for lists in parameters["lists"] for label in lists.get(listed, ())]
        ordered = [*first, *(label for label in known if label in met), *sorted(met, key=str)]
        return [Heading(value) for value in dict.fromkeys(ordered)]

    return headings


def busiest(key: str) -> Headings:
    """Return the values of a column of the actions, those that most followed actions have first."""

    def headings(frames: Frames, parameters: Parameters) -> list[Heading]:
        actions = frames["actions"]
        counts = actions["suivie"].groupby(actions[key]).sum()
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
        return [Heading(str(name)) for name, _ in ordered]

    return headings


def exercices(frames: Frames, parameters: Parameters) -> list[Heading]:
    """Return one heading for each exercice of the legislature, and for others that are used."""
    years = range(parameters["annee_debut"] + 1, parameters["annee_fin"] + 1)
    met = frames["budget"]["exercice"].dropna().unique()
    return [Heading(float(year)) for year in sorted({*years, *(float(year) for year in met)})]


BY_OS = By(CLE_OS, "Objectif stratégique", records("os"), "Sans OS")
BY_OO = By(CLE_OO, "Objectif opérationnel", records("oo"), "Sans OO")
BY_VOLET = By("cle_volet", "Volet", values_of("actions", "volet", v.VOLETS.labels), "Sans volet")
BY_SERVICE = By(
    "cle_service", "Service pilote",
    values_of("actions", "service_pilote", listed="services"), "Sans service",
)  # fmt: skip
BY_MANDATAIRE = By("cle_mandataire", "Mandataire", busiest(MANDATAIRE_LU), "Sans mandataire")
BY_AGENT = By("cle_agent", "Agent pilote", busiest("agent_pilote"), "Sans agent pilote")
BY_EXERCICE = By("cle_exercice", "Exercice", exercices, "Sans exercice")
BY_SOURCE = By(
    "cle_source", "Source de financement",
    values_of("budget", "source_financement", v.SOURCES.labels), "Sans source",
)  # fmt: skip


def several(key: str) -> Headings:
    """Return the values that the cells of a column of the actions hold, each cell maybe several."""

    def headings(frames: Frames, parameters: Parameters) -> list[Heading]:
        cells = frames["actions"][key].dropna()
        met = {value.strip() for cell in cells for value in cell.split(";") if value.strip()}
        return [Heading(value) for value in sorted(met)]

    return headings


def development_goals(frames: Frames, parameters: Parameters) -> list[Heading]:
    """Return the seventeen ODD, whether they are served or not."""
    return [Heading(choice.label, choice.help) for choice in v.ODD.choices]


BY_ODD = By("cle_odd", "ODD", development_goals, "Sans ODD")
BY_PLAN = By("cle_plans", "Plan lié", several("plans"), "Sans plan lié")
