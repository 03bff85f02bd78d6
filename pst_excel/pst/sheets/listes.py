"""The institution's own lists, and for reference those that everyone shares."""

from pst_excel.model.schema import Column, Sheet
from pst_excel.model.words.kinds import Kind, Layout, Need

LISTES = Sheet(
    "listes",
    "Listes",
    "Les listes déroulantes : celles de l’institution se complètent, les autres sont communes.",
    (
        Column("liste", "Liste", Kind.TEXT, "Le nom de la liste.", Need.REQUIRED),
        Column("valeur", "Valeur", Kind.TEXT, "Une valeur de la liste.", Need.REQUIRED),
    ),
    layout=Layout.LISTS,
    aliases=("liste",),
    identity=(),
    named_by="valeur",
)
