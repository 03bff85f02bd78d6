"""What is said of a campaign that was put in order again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pst_excel.campaign.layout import Layout
from pst_excel.campaign.salvage import Health
from pst_excel.model.words.wording import listed, plural

if TYPE_CHECKING:
    from pst_excel.rounds.repairing import Repair

_HEALTH = {
    Health.SOUND: "il était entier",
    Health.DAMAGED: "il était abîmé",
    Health.ABSENT: "il n’y en avait plus",
}


def repaired(result: Repair, layout: Layout) -> Iterator[str]:
    """Say what was found, what could be put back, what is lost, and what comes next."""
    records = plural(result.records, "enregistrement")
    yield f"Registre refait à partir de {records} ; {_HEALTH[result.health]}."
    if result.aside is not None:
        yield f"L’ancien est gardé à côté : {result.aside.name}."
    if result.taken_over:
        yield "Une commande s’était arrêtée en plein travail : son verrou est levé."
    yield from _records(result)
    yield from _copies(result, layout)
    if result.removed:
        yield f"Retiré, car gardé ailleurs ou jamais fini : {listed(result.removed)}."
    yield from _verdict(result)


def _records(result: Repair) -> Iterator[str]:
    if result.blank:
        yield "✖ Le registre ne peut plus être lu, et l’archive n’a aucun enregistrement."
    if result.rewritten:
        yield f"Remis dans l’archive à partir du registre : {listed(result.rewritten)}."
    for name in result.damaged:
        yield f"✖ L’enregistrement « {name} » est abîmé ou absent, et n’est plus nulle part."
    for number in result.gaps:
        yield f"✖ L’enregistrement n° {number} manque, et n’est plus nulle part."
    for number in result.twice:
        yield (
            f"⚠ Deux enregistrements portent le n° {number} : deux ordinateurs ont travaillé en"
            " même temps ; les deux comptent."
        )


def _copies(result: Repair, layout: Layout) -> Iterator[str]:
    restored = result.restored
    yield from (
        f"Remis dans l’archive : {words}, trouvé dans {file}." for words, file in restored.back
    )
    yield from _few("✖ N’est plus nulle part : {}.", restored.lost)
    if restored.given_back:
        yield (
            f"⚠ Reçu sans avoir été noté, et remis dans {layout.returns} :"
            f" {listed(restored.given_back)} ; pst-excel campagne recevoir le reprend."
        )
    yield from _few("⚠ Préparé sans avoir été noté, et noté comme envoyé : {}.", restored.sent)
    yield from _few("⚠ Copie de l’archive qu’aucun enregistrement ne nomme : {}.", restored.unnamed)


def _few(sentence: str, words: Iterable[str]) -> Iterator[str]:
    for one in words:
        yield sentence.format(one)


def _verdict(result: Repair) -> Iterator[str]:
    if result.lost:
        yield (
            "Ce qui manque ne peut pas être refait : remettez à sa place la copie de sauvegarde du"
            " dossier « archive », puis recommencez. La campagne continue avec le reste."
        )
    else:
        yield "Rien n’est perdu."
