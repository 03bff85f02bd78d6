"""Among which services a plan is shared out: those of its list, else those that its rows name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from pst_excel.model.schema import SEPARATOR, Sheet
from pst_excel.model.words.wording import guess, listed
from pst_excel.returns.tables import Return
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold

_FEW = 12  # names that a sentence can bear


@dataclass(frozen=True)
class Services:
    """The services of a plan, in order; `gathered` where its rows name them and its list none."""

    names: list[str]
    gathered: bool = False

    def chosen(self, asked: Iterable[str], content: Return) -> set[str]:
        """Return those asked for, as the plan spells them. Raises: UsageError, with the nearest."""
        by_key = {fold(label): label for label in self.names}
        wanted = list(asked)
        unknown = [name for name in wanted if fold(name) not in by_key]
        if not unknown:
            return {by_key[fold(name)] for name in wanted}
        words = [f"« {name} »{guess(name, self.names)}" for name in unknown]
        are = "n’est pas un service" if len(words) == 1 else "ne sont pas des services"
        raise UsageError(f"{listed(words)} {are} {self._told(content)}")

    def _told(self, content: Return) -> str:
        """Say which services there are, and where a name of another would be looked for."""
        sheet = f"la feuille « {content.plan.lists.title} » de « {content.file} »"
        few = len(self.names) <= _FEW
        known = f"il y a {listed(f'« {label} »' for label in self.names)}"
        if not self.gathered:
            return f"de la liste ; {known if few else f'{sheet} les donne'}"
        named = f"que des lignes nomment ; {known}" if few else "que des lignes nomment"
        return f"{named} ; pour un autre, écrivez-le dans {sheet}"


def services_of(content: Return) -> Services:
    """Return the services of the list of a plan, else those that its rows name: owners first.

    Raises: UsageError when there are none.
    """
    vocabulary = content.plan.services
    by_key: dict[str, str] = {}
    for label in content.lists.get(vocabulary.key, ()) if vocabulary else ():
        by_key.setdefault(fold(label), label)
    by_key.pop("", None)
    if by_key:
        return Services(list(by_key.values()))
    if named := strangers(content, ()):
        # In a list that lacked them, those that only take part would be errors.
        return Services([*named, *_named(content, named, attrgetter("partners"))], gathered=True)
    raise UsageError(
        f"« {content.file} » n’a aucun service dans ses listes, et aucune ligne n’en nomme ;"
        f" écrivez-les dans sa feuille « {content.plan.lists.title} »",
        file=content.file,
        sheet=content.plan.lists.title,
    )


def with_list(content: Return, services: Services) -> Return:
    """Return a plan whose list holds the services that its rows name, where it was empty."""
    vocabulary = content.plan.services
    if not services.gathered or vocabulary is None:
        return content
    return replace(content, lists={**content.lists, vocabulary.key: tuple(services.names)})


def strangers(content: Return, known: Sequence[str]) -> list[str]:
    """Return the services that answer for rows and are not among those known, one spelling each."""
    return _named(content, known, attrgetter("owner"))


def _named(content: Return, known: Sequence[str], column: Callable[[Sheet], str]) -> list[str]:
    """Return the services that a column of each sheet names and that are not known."""
    keys = {fold(label) for label in (*known, "")}
    found: dict[str, str] = {}
    for sheet in content.plan.tables:
        table = content.tables.get(sheet.key)
        for cell in table.columns.get(column(sheet), ()) if table and not sheet.program else ():
            text = str(cell or "")
            if fold(text) in keys:
                continue
            for piece in map(str.strip, text.split(SEPARATOR.strip())):
                found.setdefault(fold(piece), piece)
    return [service for key, service in found.items() if key not in keys]
