"""What the program writes above the headings of a data sheet: a legend, the names of its bands."""

from __future__ import annotations

from collections.abc import Collection

from pst_excel.model.words.kinds import Where

_LEGEND = "✱ obligatoire   ·   fond clair : recommandé   ·   blanc : facultatif   ·   ƒ : calculé"
_LIVE = (
    "   ·   cellule rose : à remplir ou à corriger   ·   jaune : à vérifier   ·   gris italique :"
    " pour information   ·   [+] : d’autres colonnes, à déplier au-dessus"
)
_OPENS = " [+]"


def legend(where: Where) -> str:
    """Return what the looks of headings and cells mean in a kind of workbook."""
    return f"{_LEGEND} par le programme" if where is Where.WHOLE else _LEGEND + _LIVE


def band_title(name: str, opens: bool) -> str:
    """Return the name of a band as it stands above its columns; a sign says that it opens."""
    return name + _OPENS * opens


def is_above(text: str, bands: Collection[str]) -> bool:
    """Tell whether a text above the headings is one that the program writes there."""
    return text.startswith(_LEGEND) or text.removesuffix(_OPENS) in bands
