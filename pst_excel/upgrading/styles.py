"""Which cells of a sheet of the plan somebody coloured: they wear what the template does not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pst_excel.excel import palette
from pst_excel.ooxml.cells.styles import Styles
from pst_excel.ooxml.package.malformed import decimal_of, whole
from pst_excel.ooxml.package.names import Element, main

_COLOUR = re.compile("#[0-9A-F]{6}")
OURS = frozenset(_COLOUR.findall(str(list(vars(palette).values()))))
"""The colours of the program: what wears another was coloured by somebody."""

_BLACK, _WHITE = "#000000", "#FFFFFF"
_PLAIN = (None, _BLACK, *OURS)
_THEME = {"0": _WHITE, "1": _BLACK}
_INDEXED = {"0": _BLACK, "1": _WHITE, "8": _BLACK, "9": _WHITE, "64": None, "65": None, "81": None}
_OTHER = "(autre)"
_SIGNS = ("b", "i", "u", "strike")
_COLOURED = ("color", "fgColor", "bgColor")


def colour_of(element: Element | None) -> str | None:
    """Return a colour as #RRGGBB, None for the automatic one; all but two of a theme are alike."""
    if element is None or element.get("auto") in ("1", "true"):
        return None
    if rgb := element.get("rgb"):
        return f"#{rgb[-6:].upper()}"
    if indexed := element.get("indexed"):
        return _INDEXED.get(indexed, _OTHER)
    if decimal_of(element.get("tint") or "0") != 0:
        return _OTHER
    return _THEME.get(element.get("theme", ""), _OTHER)


class Looks:
    """The looks of the cells of a workbook, by the numbers of its styles."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._own: dict[int, bool] = {}

    def number_format(self, style: int) -> str | int:
        """Return a number format; the common ones by number, since Excel says them by country."""
        number = self._styles.format_of(style)
        return self._styles.number_formats.get(number, number)

    def is_own(self, style: int) -> bool:
        """Tell whether somebody gave a data cell another look than the template's."""
        if style not in self._own:
            font, fill = self._styles.font_of(style), self._styles.fill_of(style)
            signs = () if font is None else (font.find(main(sign)) for sign in _SIGNS)
            self._own[style] = (
                any(sign is not None and sign.get("val") not in ("0", "false", "none")
                    for sign in signs)
                or self.text_colour(style) not in _PLAIN
                or not {None, *OURS}.issuperset(_fill_colours(fill))
            )  # fmt: skip
        return self._own[style]

    def text_colour(self, style: int) -> str | None:
        """Return the colour of the text of a cell."""
        font = self._styles.font_of(style)
        return None if font is None else colour_of(font.find(main("color")))

    def is_ours(self, rule: Element) -> bool:
        """Tell whether a conditional format is the template's: it wears the program's colours."""
        bar, number = rule.find(main("dataBar")), rule.get("dxfId")
        if bar is not None:
            return colour_of(bar.find(main("color"))) in OURS
        look = None if number is None else self._styles.entry("dxfs", whole(rule, "dxfId"))
        if look is None:
            return False
        colours = set(map(colour_of, look.iter(main("color"), main("bgColor")))) - {None}
        # Older templates had a line under each row; LibreOffice saves it without its colour.
        line = any(side.get("style") for side in look.iter(main("bottom")))
        exact = look.find(main("numFmt")) is not None  # what was typed, as it is read
        return OURS.issuperset(colours) and (bool(colours) or line or exact)


def _fill_colours(fill: Element | None) -> Iterable[str | None]:
    """Give the colours that a fill shows: a solid one has a second, which no one sees."""
    pattern = None if fill is None else fill.find(main("patternFill"))
    if fill is None or (pattern is not None and pattern.get("patternType", "none") == "none"):
        return ()
    seen = (
        ("fgColor",) if pattern is not None and pattern.get("patternType") == "solid" else _COLOURED
    )
    return map(colour_of, fill.iter(*map(main, seen)))
