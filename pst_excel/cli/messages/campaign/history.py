"""How a campaign went, on the screen and for programs: what changed last comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pst_excel.campaign.history import Change, History, Line, Measure, Since, Track
from pst_excel.campaign.telling import (
    FIRST,
    NONE,
    SINCE,
    difference,
    gap,
    held,
    phrase,
)
from pst_excel.cli.messages.campaign.columns import WIDEST, Heading, aligned, width_of
from pst_excel.model.words.units import UNKNOWN, figure
from pst_excel.model.words.wording import date, lowered, number, plural, shortened

_CHANGES = 10  # rows that changed that the screen names
_NAME = 50  # characters of their names
_HASH = 8  # characters of a hash that tell it from others
_ABSENT = "n’y est pas"
_WORD = 8  # characters of a word in a heading
MORE = "Tous les chiffres, et chaque ligne dans le temps : -o historique.xlsx"
_COUNTS = (
    Heading("N°", right=True), Heading("Date"), Heading("Situation au"),
    Heading("Ret.", right=True), Heading("Abs.", right=True), Heading("Lignes", right=True),
    Heading("Err.", right=True), Heading("Déc.", right=True),
)  # fmt: skip


def told(found: History) -> Iterator[str]:
    """Say what changed since the last time, then one line for each consolidation.

    Of the figures, those to be read first, as far as the screen has room.
    """
    whose = f" de {found.institution}" if found.institution else ""
    yield f"Campagne{whose}, {plural(len(found.lines), 'consolidation')}."
    if not found.lines:
        yield NONE
        return
    yield ""
    yield from _since(found)
    yield ""
    yield "Historique"
    yield from _lines(found)


def _since(found: History) -> Iterator[str]:
    since = found.since
    if since is None:
        yield FIRST
        return
    yield f"{SINCE} : n° {since.before.number} → n° {since.after.number}"
    rows = [_moved(measure, since) for measure in found.tiles]
    names = Heading(""), Heading("", right=True), Heading(""), Heading("", right=True)
    yield from (f"  {line}" for line in aligned([*names, Heading("", right=True)], rows)[1:])
    yield from _changed(found, since)


def _moved(measure: Measure, since: Since) -> Sequence[str]:
    before, after = (one.figures.get(measure.key) for one in (since.before, since.after))
    return (
        measure.label, figure(before, measure.unit), "→", figure(after, measure.unit),
        difference(before, after, measure.unit),
    )  # fmt: skip


def _changed(found: History, since: Since) -> Iterator[str]:
    every = since.changes
    if not found.columns:
        return
    headings = ", ".join(lowered(column.heading) for column in found.columns)
    if not every:
        yield f"Aucun changement de {headings}."
        return
    yield f"{plural(len(every), *found.records)} dont le suivi a changé ({headings}) :"
    for change in every[:_CHANGES]:
        yield f"  {shortened(phrase(change, _NAME), WIDEST - 2)}"
    if len(every) > _CHANGES:
        yield f"  … et {plural(len(every) - _CHANGES, 'autre')}."


def _lines(found: History) -> Iterator[str]:
    shown: list[Measure] = []
    for measure in found.tiles:
        if width_of(*_table(found, [*shown, measure])) <= WIDEST:
            shown.append(measure)
    yield from aligned(*_table(found, shown))


def _table(found: History, shown: Sequence[Measure]) -> tuple[list[Heading], list[Sequence[str]]]:
    """Return the headings and the lines of the consolidations, with some of the figures."""
    figures = (Heading(_short(one.label), right=True) for one in shown)
    rows = [
        (*_counts(line), *(figure(line.figures.get(one.key), one.unit) for one in shown),
         line.digest[:_HASH])
        for line in found.lines
    ]  # fmt: skip
    return [*_COUNTS, *figures, Heading("Empr.")], [*rows]


def _short(label: str) -> str:
    """Return the name of a figure in narrow words: up to what stands in brackets, words cut."""
    words = label.partition(" (")[0].split()
    return " ".join(f"{word[: _WORD - 1]}." if len(word) > _WORD else word for word in words)


def _counts(line: Line) -> Sequence[str]:
    return (
        str(line.number), date(line.at), date(line.observed) if line.observed else "",
        number(line.returns), number(len(line.absent)), number(line.rows),
        number(line.findings[0]), number(line.conflicts),
    )  # fmt: skip


def tracked(found: History, tracks: Sequence[Track]) -> Iterator[str]:
    """Say how rows stood at each consolidation."""
    for track in tracks:
        row = track.last
        yield f"{row.code} {row.name}".strip()
        rows = [
            (str(line.number), date(line.at), *_stood(found, track, line)) for line in found.lines
        ]
        headings = (column.heading for column in found.columns)
        yield from aligned(
            [Heading("N°", right=True), Heading("Date"), Heading("Code"), *map(Heading, headings)],
            rows,
        )


def _stood(found: History, track: Track, line: Line) -> Sequence[str]:
    row = track.stood.get(line.number)
    if row is None:
        return (_ABSENT, *("" for _ in found.columns))
    pairs = zip(row.values, found.columns, strict=True)
    return (row.code or UNKNOWN, *(held(value, column.kind) for value, column in pairs))


def json_history(found: History) -> dict[str, Any]:
    """Return how a campaign went, for programs."""
    since = found.since
    return {
        "institution": found.institution,
        "chiffres": {
            one.key: {"libelle": one.label, "unite": one.unit} for one in found.measures
        },
        "depuis_la_derniere_fois": None if since is None else {
            "avant": since.before.number, "apres": since.after.number,
            "ecarts": {one.key: gap(since.before.figures.get(one.key),
                                    since.after.figures.get(one.key), one.unit)
                       for one in found.measures},
            "lignes": [_json_change(change) for change in since.changes],
        },
        "consolidations": [_json_line(line) for line in found.lines],
    }  # fmt: skip


def json_tracks(found: History, tracks: Sequence[Track]) -> list[dict[str, Any]]:
    """Return how rows stood at each consolidation, for programs."""
    headings = [column.heading for column in found.columns]
    return [
        {
            "id": track.id, "code": track.last.code, "designation": track.last.name,
            "consolidations": [
                {"numero": number, "code": row.code, **dict(zip(headings, row.values, strict=True))}
                for number, row in sorted(track.stood.items())
            ],
        }
        for track in tracks
    ]  # fmt: skip


def _json_change(change: Change) -> dict[str, Any]:
    row = change.row
    return {
        "id": row.id, "code": row.code, "designation": row.name,
        "etat": "ajout" if change.before is None else "retrait" if change.after is None
        else "changement",
        "valeurs": {column.heading: [before, after] for column, before, after in change.moved},
    }  # fmt: skip


def _json_line(line: Line) -> dict[str, Any]:
    errors, warnings, hints = line.findings
    return {
        "numero": line.number, "le": line.at.isoformat(),
        "situation_au": line.observed.isoformat() if line.observed else None,
        "retours": line.returns, "absents": list(line.absent), "lignes": line.rows,
        "erreurs": errors, "avertissements": warnings, "conseils": hints,
        "points_a_decider": line.conflicts, "chiffres": dict(line.figures),
        "empreinte": line.digest,
    }  # fmt: skip
