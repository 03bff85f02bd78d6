"""What the folder of a campaign says of itself, to who opens it without knowing it."""

from __future__ import annotations

from pst_excel.campaign.layout import (
    HANDED_BACK,
    PLAN,
    REFERENCE,
    REGISTER,
    REMINDERS,
    RETURNS,
    SENDS,
)
from pst_excel.campaign.memory import Memory
from pst_excel.model.words.wording import date
from pst_excel.workers.files import CAMPAIGN_ARCHIVE

_TEXT = """{title}
{line}

Ce dossier est une campagne : il garde ce qui est envoyé aux services, ce qui en revient,
et ce qui en est fait. Tout s’y passe sans rien retenir de tête.

  {plan:<22}le plan réuni : ouvrez-le, corrigez-le, décidez dans « Conflits »
  {returns:<22}DÉPOSEZ ICI ce que les services renvoient, sous n’importe quel nom
  {sends:<22}ce qu’il y a à envoyer, un classeur par service
  {back:<22}les retours annotés, à rendre aux services
  {reminders:<22}les messages de rappel, prêts à être ouverts et envoyés
  {reference:<22}le plan tel qu’il était au départ
  {archive:<22}la mémoire : chaque fichier envoyé, reçu, consolidé ; n’y touchez pas
  {register:<22}le registre, tenu par le programme ; n’y touchez pas

Un tour, depuis ce dossier :

  pst-excel campagne envoyer       prépare les classeurs dans « {sends} »
  (envoyez-les ; déposez ce qui revient dans « {returns} »)
  pst-excel campagne recevoir      contrôle, annote, enregistre
  pst-excel campagne etat          dit qui a répondu, qui est en retard
  pst-excel campagne rappels       prépare les messages aux retardataires
  pst-excel campagne consolider    met « {plan} » à jour

Ou, pour que cela se fasse tout seul dès qu’un retour est déposé :

  pst-excel surveiller .

Le dossier peut être déplacé ou copié en entier : il continue de marcher.
Il contient des noms de personnes : gardez-le là où seule la cellule centrale va.
"""


def welcome(memory: Memory) -> str:
    """Return the text of the first file that people open."""
    whose = f" — {memory.institution}" if memory.institution else ""
    due = f", retours attendus pour le {date(memory.due)}" if memory.due else ""
    title = f"Campagne{whose}{due}"
    return _TEXT.format(
        title=title, line="=" * len(title), plan=PLAN, returns=f"{RETURNS}/", sends=f"{SENDS}/",
        back=f"{HANDED_BACK}/", reminders=f"{REMINDERS}/", reference=f"{REFERENCE}/",
        archive=f"{CAMPAIGN_ARCHIVE}/", register=REGISTER,
    )  # fmt: skip
