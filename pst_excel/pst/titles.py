"""What the title of an action says: whether something is done, whether it comes again and again.

Titles are comparison keys. French says what is done by an infinitive (rénover) or by the noun of an
action (rénovation); a word that only ends like one (chantier, station) is listed as a thing.
Sources: titles of published PST; Burdinne, which keeps recurrent tasks out of its PST.
"""

from __future__ import annotations

import re
from itertools import dropwhile

from pst_excel.text.spelling import in_digits

_WORD = re.compile(r"[a-z]+|[0-9]+")
_PIECES = re.compile(r"[,:;()/–—]| - ")


def _listed(words: str) -> frozenset[str]:
    return frozenset(_WORD.findall(words))


_LEADING = _listed("ne pas plus s se y en mieux davantage l le la les d de des un une")

_INFINITIVE = re.compile(
    r"[a-z]*(?:er|ir|aitre|oitre|etre|ttre|[ae]indre|oindre|[eo]ndre|[eo]rdre|oudre|soudre|faire"
    r"|plaire|traire|(?<![ao])ire|croire|boire|ivre|clure|rompre|vaincre|clore|absoudre)"
)
_ACTION = re.compile(r"[a-z]+(?:tion|sion|ment|age|ance)s?")
_NOT_DONE = _listed("""
    abattoir action actions administration aliment ambulance appartement association
    associations assurance assurances atelier avenir barrage batiment batiments cahier
    calendrier cancer carrelage cendre chantier chauffage cire commission comptoir condition
    convention couloir courrier cuir departement dernier destination devoir direction document
    documents dossier eclairage element empire enfance environnement escalier espoir etage
    evenement evenements exception fer fevrier fichier finance finances flyer fonction foyer
    garage gendre gouvernement grenier hiver image institution instrument janvier lavoir leader
    livre logement logements loisir loyer magasinier master menage mer message metier mission
    missions mobilier monument nation navire newsletter ordonnance ordre page panier papier
    parlement paysage pension pensions plage plaisance plaisir pompier population portion poster
    potager pouvoir premier quartier question reglement reglements reservoir rucher seance
    section sections sentier soir solution souvenir stage station subvention tension terroir
    trottoir vacances verger village villages vision
""")
"""Words that end like what is done, and are things or people."""
_DONE = _listed("""
    accueil achat achats acquis aide aides analyse appel appels audit audits bilan cadastre
    campagne choix collecte comparaison concours controle couverture depot diagnostic don dons
    enquete enquetes entretien envoi essai etude etudes fermeture inventaire livraison lutte
    maintien mise mises octroi ouverture pose poursuite prise prises publication recette
    recherche recours refonte reforme relance remise reprise retrait signature soutien suivi
    test tests transfert travaux vente ventes visite visites
""")
"""Nouns of what is done that end otherwise."""


def begins_with_infinitive(key: str) -> bool:
    """Tell whether a title begins with an infinitive."""
    words = _opening(key)
    return bool(words) and _is_infinitive(words[0])


def says_what_is_done(key: str) -> bool:
    """Tell whether a title, or what follows its comma or colon, begins with an action on something.

    A word of three letters, or a number, is enough for what it is done on.
    """
    return any(
        len(words) > 1
        and (_is_infinitive(words[0]) or _is_action(words[0]))
        and any(len(word) > 2 or in_digits(word) for word in words[1:])
        for words in map(_opening, _PIECES.split(key))
    )


def _opening(key: str) -> list[str]:
    """Return the words of a text from the first that is neither a number nor an article."""
    words = _WORD.findall(key)
    return list(dropwhile(lambda word: word in _LEADING or in_digits(word), words))


def _is_infinitive(word: str) -> bool:
    return word not in _NOT_DONE and bool(_INFINITIVE.fullmatch(word))


def _is_action(word: str) -> bool:
    return word in _DONE or (word not in _NOT_DONE and bool(_ACTION.fullmatch(word)))


_TIMES = "ans?|annees?|mois|semaines?|jours?|trimestres?|semestres?|ete|hiver|printemps|automne"
_OFTEN = re.compile(
    rf"\b(?:chaque (?:{_TIMES})|tou(?:s|tes) les (?:{_TIMES})|(?:annu|mensu|trimestri)ellement"
    r"|hebdomadaire(?:ment|s)?|quotidien(?:ne)?(?:ment|s)?|journali(?:er|ere)(?:ment|s)?"
    r"|regulierement|systematiquement|en continu|en permanence|recurrente?s?"
    r"|gestion courante|toute l'annee)\b"
)
_ENDS = re.compile(
    r"\b(?:d'ici|jusqu'(?:a|en|au)|phases? [0-9]|avant (?:le|la fin|fin|20[0-9][0-9]))\b"
)
_NEW = _listed("""
    acquerir adopter ajouter concevoir confier construire creation creer elaborer etablir
    initier installer instauration instaurer introduire lancement lancer mutualiser ouvrir
    partager placer rediger
""")
"""What begins with these is new, however often it then comes."""
_KEPT = _listed("""
    continuer delivrance delivrer deneiger entretenir entretien maintenir maintien nettoyer
    perception percevoir poursuite poursuivre tondre veiller
""")
"""What begins with these goes on as before, but for a work that has an end."""
_KEPT_IF = {
    "assurer": _listed("""
        accueil continuite controle coordination delivrance deneigement distribution
        encadrement entretien fonctionnement gestion maintenance nettoyage paiement
        permanence permanences presence proprete ramassage salage service services suivi
        surveillance tenue
    """),
    "tenir": _listed("jour permanence permanences registre registres comptabilite reunions"),
    "mettre": _listed("jour"),
}  # fmt: skip
"""What begins with these goes on as before where one of these words follows."""
_WORKS = re.compile(
    r"(?:re)?(?:nov|constru|amenag|qualif|vegetalis|equip|plant)|refection|refonte|reforme|restaur"
    r"|extension|realis|install|placement|remplac|transform|demoli|rehabilit|isol|mise|elabor|redac"
    r"|revision|etude|projet|procedure|travaux|chantier|dossier|deploi|migration|informatis|numeris"
    r"|digitalis|dematerialis|acqui|achat|creation|implant|raccord|egout|modernis|revitalis"
    r"|inventaire|cadastre|asphalt|securis|verduris|certifi|labelli|recrut|phase"
    r"|tranche|fusion|transition|conversion|develop|finalis|investi|appel"
)
_NEAR, _FAR = 4, 6  # words after the first in which a work, or a service, is named


def comes_again(key: str) -> bool:
    """Tell whether a title speaks of what comes again and again, not of a work that has an end."""
    words = _opening(key)
    if not words or words[0] in _NEW or words[:3] in _SET_UP or _ENDS.search(key):
        return False
    if _OFTEN.search(key):
        return True
    first, rest = words[0], words[1 : 1 + _FAR]
    if any(map(_WORKS.match, rest[:_NEAR])) and "jour" not in rest:
        return False
    return first in _KEPT or not _KEPT_IF.get(first, frozenset()).isdisjoint(rest)


_SET_UP = (["mettre", "en", "place"], ["mise", "en", "place"], ["mettre", "sur", "pied"])
