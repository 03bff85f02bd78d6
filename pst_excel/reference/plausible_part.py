"""The part of the page of readings that says beyond what a value is a mistake."""

from __future__ import annotations

from pst_excel.model.plan import Plan
from pst_excel.model.plausible import expected
from pst_excel.model.words.wording import listed
from pst_excel.reference.markdown import table

_INTRO = (
    "Une date de l’an 9999, un montant de cent mille milliards, une version de cent chiffres sont"
    " bien écrits et n’ont pas de sens : leur texte est gardé comme celui de ce qui n’est pas"
    " compris, une remarque (V12) le dit, et rien ne compte avec eux. Ce qui est plus près de zéro"
    " que le milliardième est ce qu’un calcul a laissé, et se lit zéro."
)
_LONGEST = "Une législature dure {longest} ans au plus : au-delà, V13 le dit."


def plausible_part(plan: Plan) -> str:
    """Return it: what is expected, and in which columns."""
    places: dict[str, dict[str, list[str]]] = {}
    for sheet in plan:
        for column in sheet.inputs:
            if (words := expected(column)) and column.threshold is None:
                labels = places.setdefault(words, {}).setdefault(sheet.title, [])
                labels.append(f"« {column.label} »")
    rows = (
        (words, " ; ".join(f"{title} : {listed(labels)}" for title, labels in found.items()))
        for words, found in places.items()
    )
    longest = _LONGEST.format(longest=plan.longest) if plan.longest is not None else ""
    parts = "## Ce qui est plausible", _INTRO, longest, table(("Ce qui est attendu", "Où"), rows)
    return "\n\n".join(filter(None, parts))
