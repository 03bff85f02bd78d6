"""A school, and an inventory of it, as tables of text."""

from __future__ import annotations

import datetime as dt

OBSERVED = dt.date(2027, 9, 1)

SCHOOL = """
Fiche
cle       | valeur
ecole     | École du Tilleul
genre     | Primaire
matricule | 0417
eleves    | 200
de_an     | 2026
a_an      | 2032
releve_le | 01/09/2027
moment    | Suivi sur place

Nomenclatures
nomenclature | entree
reseaux      | Nord
reseaux      | Sud
reseaux      | Est
"""

INVENTORY = (
    SCHOOL
    + """
Bâtiments
code | appellation   | chauffage
B1   | L’aile neuve  | Gaz
B2   | Le vieux bloc | Bois
B3   | Le hangar     |

Locaux
code | dans | appellation | surface
SA1  | B1   | Le réfectoire | 120
L2   | B2   | La classe bleue | 60

Travaux
code | ou  | quoi              | mene_par | aide_de | situation       | fait | cout  | voulu_pour
T1   | SA1 | Refaire les sols  | Nord     | Sud     | Chantier ouvert | 40   | 30000 | 01/06/2027
T2   | L2  | Isoler le plafond | Nord     |         | Souhaité        | 0    | 12000 | 01/06/2028
T3   | L2  | Changer la porte  | Sud      |         | Livré           | 100  | 2000  | 01/03/2027
"""
)
