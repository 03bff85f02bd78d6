"""What the texts call the organs, the law and the declaration of each type of institution.

Sources: CDLD L1123-27 (communes) and L2212-47 (provinces), loi organique des CPAS of 8 July 1976,
articles 27ter and 26bis, as the page of the Region on the PST sums them up: the collège adopts and
the conseil takes note; of a CPAS the conseil adopts, or the bureau permanent by delegation, and the
conseil then takes note.
"""

from __future__ import annotations

from collections.abc import Mapping

from pst_excel.model.words.terms import Terms, spoken
from pst_excel.pst import vocabularies as v

TERMS: Mapping[str, Terms] = {
    v.COMMUNE: spoken(
        le_conseil="le conseil communal",
        le_college="le collège communal",
        du_college="du collège communal",
        par_qui="par le collège communal",
        loi="CDLD L1123-27",
        declaration="déclaration de politique communale",
        une_institution="une commune",
        exemple_os="Être une commune où l’on se déplace sans voiture",
    ),
    v.CPAS: spoken(
        le_conseil="le conseil de l’action sociale",
        le_college="le bureau permanent",
        du_college="du bureau permanent",
        par_qui="par le conseil de l’action sociale, ou par le bureau permanent qu’il en charge",
        loi="loi organique des CPAS, art. 27ter",
        declaration="déclaration de politique sociale",
        une_institution="un CPAS",
        exemple_os="Être un CPAS où chacun trouve l’aide qui lui convient",
    ),
    v.PROVINCE: spoken(
        le_conseil="le conseil provincial",
        le_college="le collège provincial",
        du_college="du collège provincial",
        par_qui="par le collège provincial",
        loi="CDLD L2212-47",
        declaration="déclaration de politique générale",
        une_institution="une province",
        exemple_os="Être une province où l’on se déplace sans voiture",
    ),
    "": spoken(
        le_conseil="le conseil",
        le_college="l’organe compétent",
        du_college="de l’organe compétent",
        par_qui="par l’organe compétent",
        loi="CDLD L1123-27 et L2212-47, loi organique des CPAS art. 27ter",
        declaration="déclaration de politique (communale, sociale, générale)",
        une_institution="une commune, un CPAS, une province",
        exemple_os="Être une institution où l’on se déplace sans voiture",
    ),
}
"""By type; the last where nobody says the type, and in what is written for all."""
