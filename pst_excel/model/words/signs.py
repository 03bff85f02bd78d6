"""The signs by which people say yes and no in a cell: ticks, crosses, boxes that hold one or none.

A cross beside ticks says no. A crossed box is a ticked one in the forms of word processors, and a
no beside ticked boxes: what a column uses it for is told by its other cells.
"""

TICKS = ("✓", "✔", "☑", "✅", "🗸", "🗹", "[x]", "(x)", "[v]")
EMPTY_BOXES = ("☐", "□", "▢", "⬜", "🔲", "[ ]", "[]", "( )")
CROSSES = ("✗", "✘", "✕", "✖", "❌", "❎", "🗙", "🗴")
CROSSED_BOXES = ("☒", "⊠", "⮽", "🗷", "⌧")
