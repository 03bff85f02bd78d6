"""What titles say: what is done, what comes again, what has become another matter."""

from __future__ import annotations

import pytest

from pst_excel.pst.rules.likeness import another_matter
from pst_excel.pst.titles import begins_with_infinitive, comes_again, says_what_is_done
from pst_excel.text.spelling import fold


@pytest.mark.parametrize(
    "title",
    [
        "Entretenir chaque année les sentiers", "Organiser annuellement un marché de Noël",
        "Organiser chaque année l’accueil des nouveaux habitants", "Tenir l’état civil à jour",
        "Assurer l’entretien des voiries", "Gérer les salles au quotidien",
        "Poursuivre l’organisation des plaines de vacances", "Continuer à former le personnel",
        "Maintenir le service de repas à domicile", "Délivrer les permis d’urbanisme",
        "Renouveler régulièrement le parc automobile", "Assurer le suivi du plan de cohésion",
        "Poursuivre la collaboration avec la bibliothèque", "Mettre à jour le site internet",
        "Entretien des cimetières",
    ],
)  # fmt: skip
def test_what_comes_again_is_known_by_its_verb_or_by_its_times(title: str) -> None:
    assert comes_again(fold(title))


@pytest.mark.parametrize(
    "title",
    [
        "Poursuivre la rénovation de l’école", "Poursuivre les grands travaux d’égouttage",
        "Continuer à rénover les logements", "Assurer la mise en conformité des chaudières",
        "Créer une bourse attribuée chaque année", "Mettre en place une permanence par semaine",
        "Entretien et rénovation des bâtiments", "Assurer la transition numérique",
        "Répondre à l’appel à projets de la Région", "Maintenir le chantier de la gare jusqu’à 2028",
        "Rénover chaque année 2 km de voirie d’ici 2030", "Gérer autrement les espaces verts",
        "Soutenir les clubs sportifs", "Traiter l’ensemble des demandes en ligne", "Chaque",
        "Partager avec le CPAS un marché renouvelé chaque année",
    ],
)  # fmt: skip
def test_a_work_that_has_an_end_does_not_come_again(title: str) -> None:
    assert not comes_again(fold(title))


@pytest.mark.parametrize(
    "title",
    [
        "Aménager une aire de jeux", "Création de deux terrains", "Étude de la rue Neuve",
        "Selon les résultats, isoler le bâtiment", "Mise en ligne des documents", "Élire un conseil",
        "1. Construire la crèche", "S’équiper de vélos", "Faire connaître le CPAS", "Vivre ensemble",
        "La rénovation de la salle", "Achat d’un bus", "Accroître l’offre", "Rénover l’îlot 12",
    ],
)  # fmt: skip
def test_a_title_says_what_is_done_by_a_verb_or_by_its_noun(title: str) -> None:
    assert says_what_is_done(fold(title))


@pytest.mark.parametrize(
    "title",
    [
        "Aire de jeux à la Station", "Rénover", "Isolation", "Gratuité des salles pour les écoles",
        "Plan vélo", "Chantier de la gare", "Cimetière du Moulin", "Éclairage public", "Rénover là",
        "Station de trail", "Centre sportif : toiture", "Culture pour tous", "",
    ],
)  # fmt: skip
def test_a_title_of_a_thing_does_not_say_what_is_done(title: str) -> None:
    assert not says_what_is_done(fold(title))


@pytest.mark.parametrize("word", ["Réduire", "Offrir", "Mettre", "Atteindre", "Suivre", "Être"])
def test_infinitives_of_every_group_are_known(word: str) -> None:
    assert begins_with_infinitive(fold(f"{word} la part du vélo"))


@pytest.mark.parametrize("word", ["Quartier", "Territoire", "Culture", "Titre", "Couloir", "Livre"])
def test_nouns_that_end_like_infinitives_are_none(word: str) -> None:
    assert not begins_with_infinitive(fold(f"{word} vert"))


@pytest.mark.parametrize(
    ("before", "now", "other"),
    [
        ("Aménager une piste cyclable rue du Moulin", "Ouvrir une épicerie sociale", True),
        ("Rénover le toit de l’école", "Rénover les vestiaires du club", True),
        ("Rénover le toit de l’école", "Rénovation des toitures des écoles", False),
        ("Adopter un PCM", "Adopter un plan communal de mobilité", False),
        ("Rénover l’école", "Rénover la salle", False),
        ("Créer une crèche", "Aménager une crèche de 21 places", False),
        ("Planter", "", False),
    ],
)
def test_a_title_is_another_matter_where_nothing_of_it_is_left(
    before: str, now: str, other: bool
) -> None:
    assert another_matter(now, before) is other
