"""What the columns of tables for analysts are called, and what a schema says of a column."""

from __future__ import annotations

FILE, ROW, SHEET, CELL = "fichier", "ligne", "feuille", "cellule"
"""Where a row, or a value, was read."""
TABLE, FIELD = "table", "champ"
"""The keys of the plan: of a sheet, of a column."""
DAY, AUTHOR = "date", "auteur"
LIST, ENTRY = "liste", "valeur"
"""Of the institution's own lists."""
RECEIVED = "recu:"
"""Before the key of a column: the texts that gave no sure value, as they were received."""

FIGURE, LABEL, VALUE, UNIT = "chiffre", "libelle", "valeur", "unite"
COUNT, COMPLETE = "n", "completude"
"""Of a figure: the rows in its scope, and on which share of them it is known."""
INSTITUTION, TYPE, NUMBER, LEGISLATURE = "institution", "type", "ins", "legislature"
CHECK, MESSAGE = "controle", "message"
"""What failed, by a code: of a message or of a rule, or what a schema calls it."""

CONFLICT, WHAT, RECORD, HEADING = "numero", "quoi", "element", "colonne"
KEPT, KEPT_FROM, OTHER, OTHER_FROM = "retenu", "lu_dans", "ecarte", "ecarte_lu_dans"
SENT, WHY, DECISION, REASON = "envoye", "pourquoi", "decision", "motif"
"""Of what is to be decided."""

KEY, TITLE, NATURE, NEED = "cle", "titre", "nature", "besoin"
STAGE, SOURCE, PRIVATE, SINCE = "etape", "source", "personnelle", "depuis"
REFERS, SEVERAL, RULES = "renvoie_a", "plusieurs_valeurs", "regles"
"""What a schema says of a column: that it names people, the version that brought it, and so on."""
