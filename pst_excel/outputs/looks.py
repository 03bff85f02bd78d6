"""How the cells of another workbook look, in the words of xlsxwriter."""

from __future__ import annotations

import colorsys
import re
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import builtin_format_id

from pst_excel.outputs import palette
from pst_excel.outputs.xlsx import Book

_PATTERNS = {
    "mediumGray": 2, "darkGray": 3, "lightGray": 4, "darkHorizontal": 5, "darkVertical": 6,
    "darkDown": 7, "darkUp": 8, "darkGrid": 9, "darkTrellis": 10, "lightHorizontal": 11,
    "lightVertical": 12, "lightDown": 13, "lightUp": 14, "lightGrid": 15, "lightTrellis": 16,
    "gray125": 17, "gray0625": 18,
}  # fmt: skip
_LINES = (
    "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot",
    "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot",
)  # fmt: skip
_UNDERLINES = {"single": 1, "double": 2, "singleAccounting": 33, "doubleAccounting": 34}
_VERTICAL = {
    "top": "top", "center": "vcenter", "bottom": "bottom", "justify": "vjustify",
    "distributed": "vdistributed",
}  # fmt: skip
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")

OURS = frozenset(re.findall("#[0-9A-F]{6}", str(list(vars(palette).values()))))
"""The colours of the program: what wears another was coloured by somebody."""

PLAIN = (None, "#000000", *OURS)


class Looks:
    """The looks of a workbook that openpyxl opened, each made a format of the new one once."""

    def __init__(self, original: Any, book: Book) -> None:
        self._theme_part = original.loaded_theme
        self._book = book
        self._formats: dict[int, Any] = {}
        self._own: dict[int, bool] = {}

    def format(self, cell: Any) -> Any:
        """Return the format of a cell, a row or a column."""
        if cell.style_id not in self._formats:
            form = self._book.workbook.add_format(self.properties(cell))
            self._formats[cell.style_id] = form
        return self._formats[cell.style_id]

    def is_own(self, cell: Any) -> bool:
        """Tell whether somebody gave a data cell another look than the template's."""
        if cell.style_id not in self._own:
            font, fill = cell.font, self._fill(cell.fill)
            self._own[cell.style_id] = (
                bool(font.b or font.i or font.u or font.strike)
                or self.colour(font.color) not in PLAIN
                or not {None, *OURS}.issuperset(v for k, v in fill.items() if k != "pattern")
            )
        return self._own[cell.style_id]

    def properties(self, cell: Any) -> dict[str, Any]:
        """Return all that is known of how a cell looks."""
        font, align = cell.font, cell.alignment
        found: dict[str, Any] = {
            "font_name": font.name, "font_size": font.sz, "bold": font.b, "italic": font.i,
            "underline": _UNDERLINES.get(font.u), "font_strikeout": font.strike,
            "font_script": {"superscript": 1, "subscript": 2}.get(font.vertAlign),
            "font_color": self.colour(font.color), "num_format": number_format(cell),
            "align": {"centerContinuous": "center_across", "general": None}.get(
                align.horizontal, align.horizontal
            ),
            "valign": _VERTICAL.get(align.vertical), "text_wrap": align.wrap_text,
            "indent": int(align.indent or 0), "shrink": align.shrink_to_fit,
            "rotation": _rotation(align.text_rotation),
        }  # fmt: skip
        found |= self._fill(cell.fill) | self._border(cell.border)
        return {key: value for key, value in found.items() if value}

    def _fill(self, fill: Any) -> dict[str, Any]:
        if fill.tagname == "gradientFill":
            return {"bg_color": self.colour(fill.stop[0].color)} if fill.stop else {}
        if fill.fill_type == "solid":
            return {"bg_color": self.colour(fill.fgColor)}
        if fill.fill_type in _PATTERNS:
            return {
                "pattern": _PATTERNS[fill.fill_type],
                "fg_color": self.colour(fill.fgColor), "bg_color": self.colour(fill.bgColor),
            }  # fmt: skip
        return {}

    def _border(self, border: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in ("left", "right", "top", "bottom", "diagonal"):
            side = getattr(border, name)
            if side is None or side.style not in _LINES:
                continue
            key = "diag_border" if name == "diagonal" else name
            found[key] = _LINES.index(side.style) + 1
            found["diag_color" if name == "diagonal" else f"{name}_color"] = self.colour(side.color)
        if "diag_border" in found:
            found["diag_type"] = bool(border.diagonalUp) + 2 * bool(border.diagonalDown)
        return found

    def colour(self, color: Any) -> str | None:
        """Return a colour as #RRGGBB; None for the automatic one."""
        if color is None or color.type == "auto":
            return None
        if color.type == "theme":
            named = self._theme.get(_THEME[color.theme]) if color.theme < len(_THEME) else None
        elif color.type == "indexed":
            known = color.indexed < len(COLOR_INDEX) and color.indexed < 64
            named = COLOR_INDEX[color.indexed][2:] if known else None
        else:
            named = color.rgb[-6:] if isinstance(color.rgb, str) else None
        if not named or not re.fullmatch("[0-9A-Fa-f]{6}", named):
            return None
        return _tinted(named, color.tint or 0)

    @cached_property
    def _theme(self) -> dict[str, str]:
        """The colours of the theme by name; the one of Office where a file has none."""
        if not self._theme_part:
            return {"lt1": "FFFFFF", "dk1": "000000"}
        found: dict[str, str] = {}
        for one in ElementTree.fromstring(self._theme_part).iter():
            name = one.tag.rpartition("}")[2]
            if name in _THEME and len(one):
                found.setdefault(name, one[0].get("lastClr") or one[0].get("val") or "")
        return found


def number_format(cell: Any) -> str | int:
    """Return a number format; the common ones by their number, since Excel says them by country."""
    known = builtin_format_id(cell.number_format)
    return str(cell.number_format) if known is None else int(known)


def _tinted(rgb: str, tint: float) -> str:
    if tint:
        red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
        hue, light, depth = colorsys.rgb_to_hls(red, green, blue)
        light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
        parts = colorsys.hls_to_rgb(hue, light, depth)
        rgb = "".join(f"{round(part * 255):02X}" for part in parts)
    return f"#{rgb.upper()}"


def _rotation(angle: int | None) -> int | None:
    if not angle:
        return None
    return 270 if angle == 255 else angle if angle <= 90 else 90 - angle
