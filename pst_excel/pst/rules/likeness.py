"""Titles that say the same in other words, told without comparing each with each.

A title is its set of word stems; two titles are alike when their sets are equal, or
when one has one stem more than the other, five at least. Each set is found under its own key and
under the keys that lack one stem, so that the work grows with the titles and not with their pairs.
Titles whose numbers or whose words differ are not alike: two phases, two streets, two years.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import pandas as pd

from pst_excel.model.findings import Severity
from pst_excel.model.joins import source_of
from pst_excel.model.rules import Marks, RuleBook, RuleView
from pst_excel.model.series import Series
from pst_excel.model.words.stages import Stage
from pst_excel.pst.rules.questions import compared
from pst_excel.text.spelling import fold, in_digits

RULES = RuleBook()

_WORD = re.compile(r"[a-z]+|[0-9]+")
_STEM, _FEW, _ENOUGH = 5, 3, 5
_EMPTY = frozenset(
    [
        "afin",
        "ainsi",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "cette",
        "chez",
        "dans",
        "de",
        "des",
        "du",
        "elle",
        "en",
        "entre",
        "et",
        "il",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lors",
        "nos",
        "notre",
        "ou",
        "par",
        "pour",
        "qui",
        "que",
        "sa",
        "sans",
        "se",
        "ses",
        "son",
        "sur",
        "tous",
        "tout",
        "toute",
        "toutes",
        "un",
        "une",
        "vers",
    ]
)


def stems(title: str) -> frozenset[str]:
    """Return how the words of a title that mean something begin, and its numbers."""
    return frozenset(w[:_STEM] for w in _words(title) if len(w) > 1 and w not in _EMPTY)


def another_matter(title: str, other: str) -> bool:
    """Tell whether two titles have no word in common, or but the first, which is only a verb.

    A word alone may be the short name of many: where only the verb is shared, two others on each
    side tell it.
    """
    here, there = stems(title), stems(other)
    if not here or not there:
        return False
    shared = here & there
    if not shared:
        return True
    verbs = {words[0][:_STEM] for words in (_words(title), _words(other)) if words}
    return shared <= verbs and min(len(here - verbs), len(there - verbs)) > 1


def _words(title: str) -> list[str]:
    return _WORD.findall(fold(title))


@lru_cache(maxsize=262144)
def keys_of(title: str) -> tuple[int, ...]:
    """Return the keys under which a title meets those that say the same; none for a short one.

    A key is the sum of what stands for each stem: without one of them, it is less by that much, so
    that the keys of a long title are not its length times as long.
    """
    words = _words(title)
    numbers = sorted(word for word in words if in_digits(word))
    begun = sorted({word for word in stems(title) if not in_digits(word)})
    if len(begun) < _FEW:
        return ()
    whole = sum(map(_sign, begun), _sign(" ".join(numbers)))
    if len(begun) < _ENOUGH:
        return (whole,)
    return (whole, *(whole - _sign(stem) for stem in begun))


@lru_cache(maxsize=65536)
def _sign(words: str) -> int:
    """Return a number that stands for words, and for no others."""
    return int.from_bytes(blake2b(words.encode(), digest_size=16).digest())


def alike(titles: Series, groups: Series) -> Series:
    """Return for each title the position of the first earlier one like it in its group, or -1."""
    codes, distinct = pd.factorize(titles)
    keys = [keys_of(title) for title in distinct]
    flat, _ = pd.factorize(np.array([key for title in keys for key in title], dtype=object))
    counts = np.array([*(len(title) for title in keys), 0], dtype="int64")
    sizes, starts = counts[codes], (np.cumsum(counts) - counts)[codes]
    rows = np.repeat(np.arange(len(titles)), sizes)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    met = groups.to_numpy()[rows] * (len(flat) + 1) + flat[np.repeat(starts, sizes) + within]
    twice = pd.Series(met).duplicated(keep=False).to_numpy()
    table = pd.DataFrame({"row": rows, "key": met, "whole": within == 0})[twice]
    # A key that lacks a stem meets a whole one: a word more is alike, another word is not.
    first = table.groupby("key")["row"].transform("first")
    entire = table["row"].where(table["whole"]).groupby(table["key"]).transform("first")
    first = first.where(table["whole"], entire)
    earlier = table.assign(first=first)[first < table["row"]].groupby("row")["first"].min()
    result = np.full(len(titles), -1)
    result[earlier.index.to_numpy(dtype=int)] = earlier.to_numpy()
    return pd.Series(result, index=titles.index)


def _like_rows(view: RuleView, groups: Series) -> tuple[Series, dict[str, Series]]:
    """Mark the rows like an earlier one of another code; its `premier`, `autre`, `pilote`."""
    first = alike(view.cells, groups)
    place = first.to_numpy()
    others = {"premier": "code", "autre": "intitule", "pilote": "service_pilote"}
    taken = {
        name: pd.Series(view.here[key].array.take(np.maximum(place, 0)), index=view.here.index)
        for name, key in others.items()
    }
    return (first >= 0) & compared(taken["premier"]).ne(compared(view.here["code"])), taken


def _of_service(view: RuleView) -> Series:
    services = pd.factorize(view.here["service_pilote"])[0] + 1
    sources = source_of(view.here).to_numpy()
    return pd.Series(sources * (services.max(initial=0) + 1) + services, index=view.here.index)


@RULES.rule(
    "R24b", Severity.HINT, "Deux actions d’un service disent presque la même chose",
    at="actions.intitule", after=("R24",),
    sentence="L’action {code} dit presque la même chose que {premier} : « {autre} ».",
    expected="deux actions que l’on ne confond pas, ou une seule",
    remedy="Gardez une seule des deux, ou précisez ce qui les distingue.",
    source="usage : une action qui sert plusieurs OO s’écrit une fois, avec tous ses OO",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Actions
    code  | intitule                                         | service_pilote
    1.1.1 | Aménager une piste cyclable sécurisée à Noirfaing | Travaux
    1.1.2 | Aménager un parking relais paysager à Noirfaing   | Travaux
    """,
    bad="""
    Actions
    code  | intitule                                           | service_pilote
    1.1.1 | Aménager une piste cyclable sécurisée à Noirfaing  | Travaux
    1.1.2 | Aménagement de pistes cyclables, sécurisées, à Noirfaing | Travaux
    """,
)  # fmt: skip
def alike_in_a_service(view: RuleView) -> Marks:
    """Return the actions that say what an earlier one of the same service says."""
    return Marks(*_like_rows(view, _of_service(view)))


@RULES.rule(
    "R24c", Severity.HINT, "Deux services ont presque la même action", trial=True,
    at="actions.intitule", whole_plan_only=True, after=("R24", "R24b"),
    sentence="L’action {code} ({service_pilote}) dit presque la même chose que {premier}"
    " ({pilote}) : « {autre} ».",
    expected="une seule action, un service pilote et l’autre partenaire",
    remedy="Voyez ensemble si c’est la même action : écrivez-la une fois, ou dites qui fait quoi.",
    source="usage : le PST est transversal, une action a un pilote et des partenaires",
    stage=Stage.DRAFT, since="2026.2",
    good="""
    Listes
    liste    | valeur
    services | Mobilité

    Actions
    code  | intitule                                             | service_pilote
    1.1.1 | Créer un jardin partagé avec les aînés du Moulin | Travaux
    1.1.2 | Conduire les aînés du Moulin au marché           | Mobilité
    """,
    bad="""
    Listes
    liste    | valeur
    services | Mobilité

    Actions
    code  | intitule                                          | service_pilote
    1.1.1 | Créer un jardin partagé avec les aînés du Moulin | Travaux
    1.1.2 | Créer un jardin partagé avec les aînés           | Mobilité
    """,
)  # fmt: skip
def alike_in_two_services(view: RuleView) -> Marks:
    """Return the actions that say what an earlier one of another service says."""
    sources = pd.Series(source_of(view.here).to_numpy(), index=view.here.index)
    like, taken = _like_rows(view, sources)
    return Marks(like & taken["pilote"].ne(view.here["service_pilote"]), taken)
