"""The numbers from which rules speak, as the page of the rules shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pst_excel.model.plan import Plan
from pst_excel.model.rules import Rule
from pst_excel.model.words.thresholds import THRESHOLDS
from pst_excel.model.words.wording import listed, plain
from pst_excel.reference.markdown import anchor, bullets, dense


def thresholds_part(rules: Sequence[Rule], plan: Plan) -> Iterator[str]:
    """Give the numbers from which rules speak: those of the institution, and those of all."""
    uses = {
        one.key: ", ".join(f"[{r.code}](#{anchor(r.code)})" for r in rules if one in r.thresholds)
        for one in plan.form.thresholds
    }
    if uses:
        yield f"## {THRESHOLDS}"
        yield (
            f"Chaque institution peut changer ces seuils, dans la feuille « {plan.form.title} » :"
            " une case vide suit l’usage ; une valeur hors des limites est signalée, et l’usage est"
            " suivi. La consolidation garde ceux du classeur de la cellule centrale. La comparaison"
            " d’institutions suit l’usage pour toutes."
        )
        heads = ("Paramètre", "Usage", "Limites", "Source", "Année", "Règles", "Ce qu’il change")
        yield dense(
            heads,
            [
                (f"**{t.label}** (`{t.key}`)", t.usual, f"{plain(t.low)} à {plain(t.high)}",
                 t.source, str(t.year), uses[t.key], t.help)
                for t in plan.form.thresholds
            ],
        )  # fmt: skip
    if plan.fixed:
        yield "D’autres nombres définissent ce que dit une règle, et ne se changent pas :"
        yield bullets(f"{code} : {words}." for code, words in plan.fixed)


def asked(rule: Rule) -> str:
    """Say which numbers of the institution a rule asks for; nothing for one that asks for none."""
    if not rule.thresholds:
        return ""
    return f"Paramètres : {listed(f'« {t.label} » ({t.usual})' for t in rule.thresholds)}"
