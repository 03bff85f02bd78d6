"""What in a text tells of a person: an e-mail address, a telephone, a national number.

Texts are comparison keys. Every pattern begins at one place of a run and never goes back over it:
the time grows with the text. Sources: the Belgian numbering plan (BIPT), the national number (royal
decree of 3 April 1984: 97 less the remainder of its nine digits, after a 2 for who is born since
2000), the enterprise number (97 less the remainder of its first eight digits).
"""

from __future__ import annotations

import re

SUSPECT = re.compile(r"[0-9][0-9\s./()-]{6}")
"""What every number of a person has: a run of digits."""

_PAUSE, _WIDE = "[ ./-]", "[ ./-]{1,3}"
_ALONE = r"(?<!\d)(?<!\d[.,/-])"
_ENDED = r"(?!\d|[.,/-]\d)"
_NATIONAL = re.compile(
    _ALONE + r"(\d\d)X(\d\d)X(\d\d)X(\d{3})X(\d\d)".replace("X", "[. /-]{0,3}") + _ENDED, re.ASCII
)
_ABROAD = r"(?:\+|(?<![\d.,])00) ?(?:32|33|352|31|49)(?:[ ./()-]{0,3}\d){8,10}(?!\d)"
_HERE = (
    rf"{_ALONE}(?<!\d )\(?0(?:"
    rf"[2349]\)?{_WIDE}(?:\d{{3}}{_PAUSE}\d\d{_PAUSE}?\d\d|\d{{7}})"
    rf"|(?:1\d|[5-8]\d)\)?{_WIDE}(?:\d\d{_PAUSE}\d\d{_PAUSE}\d\d|\d{{3}}{_PAUSE}\d{{3}}|\d{{6}})"
    rf"|4[5-9]\d\)?[ ./-]{{0,3}}(?:\d\d{_PAUSE}?\d\d{_PAUSE}?\d\d|\d{{3}}{_PAUSE}?\d{{3}})"
    rf"){_ENDED}"
)
_CALLED = r"\b(?:tel|telephone|gsm|whatsapp)\b[ .:°]{0,4}\+?\d(?:[ ./()-]{0,3}\d){7,12}(?!\d)"
_TELEPHONE = re.compile(f"{_CALLED}|{_ABROAD}|{_HERE}", re.ASCII)
_OF_A_THING = re.compile(
    r"\b(?:ref(?:erence)?|dossier|article|art|lot|parcelle|projet|marche|facture|compte|iban"
    r"|bce|kbo|tva|entreprise)[ .:]*(?:(?:n[°o]|numero|be)[ .:]*)?$"
)
_BEFORE = 30  # characters in which what a number is gets said
_ENTERPRISE = re.compile(r"0\d{3}\.?\d{3}\.?\d{3}", re.ASCII)

_ADDRESS = re.compile(r"(?<![\w.+-])([\w.+-]++)@[\w-]++\.\w\w")
_APART = re.compile(r"[\W\d_]+")


def _listed(words: str) -> frozenset[str]:
    return frozenset(_words(words))


def _words(key: str) -> list[str]:
    return [word for word in _APART.split(key) if word]


_OPENING = _listed("""
    accueil cellule college commune contact cpas info infos pst secretariat service ville
""")
"""How the addresses of a service begin, whatever follows."""

_OF_SERVICES = _OPENING | _listed("""
    administration aide ainees aines atl biblio bibliotheque bourgmestre budget cadastre ccatm
    centre citoyen citoyens civil cohesion college communal communale communication compta
    comptabilite conseil creche cultes culture de dechets deontologie developpement df dg
    directeur directeurfinancier directeurgeneral direction directrice du eau echevin
    echevinat ecole ecoles economie egalite election elections emploi energie energies enfance
    enseignement entretien envi environnement epn et etat etatcivil etrangers evenements
    famille familles festivites finances financier fleurs foret general generale grh guichet
    handicap humaines immobilier informatique insertion inspection it jeune jeunesse juridique
    la le les local logement mail maison marches medias mediation mobilite musee nature
    numerique officiel participation patrimoine pcdr pcs permis personnel plaines plan police
    politique population presse prevention primes protocole public publics publiques qualite
    recette receveur recrutement relations reservation reservations ressources rh rural salles
    sante securite seniors smart social sociale sociales sport sports stationnement support
    taxes technique techniques telephonie territoire tourisme transition travaux tutelle urba
    urbanisme vie voirie webmaster
""")
"""The words of the addresses of services and of functions: they name nobody."""


def has_national_number(key: str) -> bool:
    """Tell whether a text holds a number of the national register, its check digits right."""
    return any(map(_is_national, _NATIONAL.finditer(key)))


def _is_national(found: re.Match[str]) -> bool:
    year, month, day, order, check = found.groups()
    born = int(year + month + day + order)
    # A number « bis », of who is not in the register, adds 20 or 40 to the month.
    dated = int(month) < 60 and int(month) % 20 <= 12 and int(day) <= 31
    return dated and int(check) in (97 - born % 97, 97 - (2_000_000_000 + born) % 97)


def has_telephone(key: str) -> bool:
    """Tell whether a text holds a telephone number, not one that it says is of something else."""
    return any(
        not _OF_A_THING.search(key[max(0, found.start() - _BEFORE) : found.start()])
        and not _is_enterprise(found[0])
        for found in _TELEPHONE.finditer(key)
    )


def _is_enterprise(number: str) -> bool:
    if not _ENTERPRISE.fullmatch(number):
        return False
    digits = number.replace(".", "")
    return int(digits[8:]) == 97 - int(digits[:8]) % 97


def words_of_addresses(key: str) -> set[str]:
    """Return the words before the @ of the e-mail addresses of a text that no service is known by.

    There are none in the address of a service.
    """
    words: set[str] = set()
    for found in _ADDRESS.finditer(key):
        name = _words(found[1])
        if name and name[0] not in _OPENING:
            words.update(name)
    return words - _OF_SERVICES


def words_of_a_service(key: str) -> set[str]:
    """Return the words under which a service may have an address: etat, civil, etatcivil."""
    words = _words(key)
    return {*words, "".join(words)}
