"""How the cells of a column look, what they accept, and the help they give."""

from __future__ import annotations

from pst_excel.excel import palette
from pst_excel.excel.names import WrittenRow, list_name
from pst_excel.excel.palette import Look
from pst_excel.excel.xlsx import Format, Options, SheetWriter, options
from pst_excel.model.expressions.core import quoted
from pst_excel.model.findings import Severity
from pst_excel.model.plausible import limits_of
from pst_excel.model.schema import Column
from pst_excel.model.words.kinds import Kind, Need
from pst_excel.model.words.plausible import Bounds, Days
from pst_excel.model.words.terms import filled
from pst_excel.model.words.wording import listed

_WRAPPED = 12  # characters from which a text goes on on a second line
_CENTRED = (Kind.DATE, Kind.YEAR, Kind.PERCENT)


def look(column: Column) -> Look:
    """Return the properties of a column's cells."""
    properties: dict[str, str | int | bool] = {}
    if column.many or column.kind.is_text:
        properties["num_format"] = "@"
    elif column.kind in palette.NUMBER_FORMATS:
        typed = column.kind is Kind.PERCENT and column.need is not Need.COMPUTED
        shown = palette.TYPED_PERCENT if typed else palette.NUMBER_FORMATS[column.kind]
        properties["num_format"] = shown
    properties |= aside(column)
    if column.unit:
        properties["num_format"] = palette.UNIT_FORMATS[column.unit]
    long = column.kind in (Kind.TEXT, Kind.CHOICE) and column.width >= _WRAPPED
    # LibreOffice would make a row as high as the texts of its hidden cells.
    if (long or column.many) and not column.hidden:
        properties["text_wrap"] = True
    if column.need is Need.COMPUTED:
        properties |= palette.COMPUTED
        if column.kind in (Kind.INTEGER, Kind.AMOUNT):
            properties["num_format"] = palette.NUMBER_FORMATS[column.kind] + ';;"–"'
    return properties


def aside(column: Column) -> Look:
    """Return where the values of a column stand in their cells, and its heading above them."""
    if (column.kind in _CENTRED and not column.many) or column.unit.startswith("%"):
        return palette.MIDDLE
    return palette.FIGURES if column.kind.is_number and not column.many else palette.TEXTS


def above(values: Look) -> Look:
    """Return where a heading stands, which is where its values do."""
    return {key: values[key] for key in ("align", "indent") if key in values}


def titled(column: Column | None) -> Look:
    """Return the properties of a column's heading; one that people added has no column."""
    if column is None:
        return {**palette.HEADING, **palette.LOCAL, **palette.TEXTS}
    return {**palette.HEADING, **palette.HEADINGS[column.asked], **aside(column)}


def severe(page: SheetWriter, severity: Severity, formula: str) -> Options:
    """Return the mark of a cell where a formula holds, coloured as findings of a severity are."""
    fill, text = palette.SEVERITY[severity]
    return when(formula, page.book.mark({"bg_color": fill, "font_color": text}))


def when(formula: str, form: Format) -> Options:
    """Return the mark of a cell where a formula holds."""
    return options(type="formula", criteria=f"={formula}", format=form)


def bar_in_cell(whole: float | None = None) -> Options:
    """Return the mark of cells in which a bar is drawn: from 0 to a whole, or to the largest."""
    end = {} if whole is None else {"max_type": "num", "max_value": whole}
    return options(type="data_bar", bar_color=palette.BAR, bar_solid=True, min_type="num",
                   min_value=0, **end)  # fmt: skip


def darkened() -> Options:
    """Return the mark of cells that are the darker the more they hold."""
    return options(type="2_color_scale", min_color=palette.WHITE, max_color=palette.HEAT,
                   min_type="num", min_value=0, max_type="max")  # fmt: skip


def validate(
    page: SheetWriter, first: int, position: int, last: int, column: Column, place: WrittenRow
) -> None:
    """Add the list or the limits of a column, its help and its alert.

    A list that is completed by typing, for several values or a code alone, refuses nothing.
    """
    words = filled(_help(column), place.names.terms)
    settings: Options = {"input_title": column.label, "input_message": words}
    vocabulary = column.vocabulary
    shown = _codes(column, place) if vocabulary is None else list_name(vocabulary)
    if shown and (column.many or vocabulary is None):
        settings |= options(validate="list", source=f"={shown}", show_error=False)
    elif vocabulary is not None:
        lists = place.names.plan.lists.title
        settings |= options(validate="list", source=f"={shown}") | _alert(
            "Valeur hors liste",
            f"Choisissez une valeur de la liste ou ajoutez-la d’abord dans la feuille {lists}."
            if vocabulary.local
            else f"Choisissez dans la liste : {listed(vocabulary.shown, 'ou')}.",
            "warning" if vocabulary.local else "stop",
        )
    else:
        settings |= _limits(column)
    page.rule(first, position, last, settings)


def _help(column: Column) -> str:
    """Say how much the cell is needed, what is meant, the form of several values, an example."""
    need = "" if column.default is not None else f"{str(column.need).capitalize()}. "
    words = need + column.help
    if column.many and "point-virgule" not in words:
        words += " Séparez plusieurs valeurs par un point-virgule."
    return words + (f" Exemple : {column.example}" if column.example else "")


def _codes(column: Column, place: WrittenRow) -> str:
    """Return what gives the codes that a column may hold, as a drop-down list shows them."""
    names = [place.names.choices(sheet) for sheet in column.refers]
    if not names or not all(names):
        return ""
    if len(names) == 1:
        return names[0]
    if not column.chosen_by:
        return ""
    chooser = place.names.plan[place.sheet][column.chosen_by]
    assert chooser.vocabulary is not None
    *others, formula = names
    for label, name in reversed(list(zip(chooser.vocabulary.labels, others, strict=False))):
        formula = f"IF({place.cell(chooser.key)}={quoted(label)},{name},{formula})"
    return formula


def _limits(column: Column) -> Options:
    """Return what a column accepts as it is typed, and what is said of the rest."""
    known = limits_of(column)
    if isinstance(known, Days):
        return {
            "validate": "date", "criteria": "between", "minimum": known.first,
            "maximum": known.last,
        } | _alert("Date attendue", "Écrivez une date comme 31/12/2027.")  # fmt: skip
    if isinstance(known, Bounds) and not column.many:
        words, severity = _NUMBERS.get(column.kind, _NUMBERS[Kind.NUMBER])
        limits = {
            "validate": "decimal", "criteria": "between", "minimum": known.low,
            "maximum": known.high,
        }  # fmt: skip
        return limits | _alert("Nombre attendu", words, severity)
    if column.max_length is not None:
        words = f"{column.max_length} caractères au plus ; mettez le détail dans une autre colonne."
        length = {"validate": "length", "criteria": "<=", "value": column.max_length}
        return length | _alert("Texte trop long", words)
    return {"validate": "any"}


_NUMBERS: dict[Kind, tuple[str, str]] = {
    Kind.PERCENT: ("Écrivez un nombre de 0 à 100, comme 40.", "stop"),
    Kind.YEAR: ("Écrivez une année en quatre chiffres, comme 2027.", "stop"),
    Kind.AMOUNT: (
        "Écrivez le montant en euros, en chiffres seulement, même estimé ; les précisions vont en"
        " commentaire.", "warning",
    ),
    Kind.NUMBER: (
        "Écrivez un nombre seul ; l’unité et les précisions vont dans leurs colonnes.", "warning",
    ),
}  # fmt: skip


def _alert(title: str, words: str, severity: str = "warning") -> Options:
    return {"error_title": title, "error_message": words, "error_type": severity}
