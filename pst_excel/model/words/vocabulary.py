"""Words for declaring the lists of a plan: what cells may hold, and the words also understood."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pst_excel.model.words.colors import Color
from pst_excel.model.words.wording import plural
from pst_excel.text.brief import brief
from pst_excel.text.spelling import fold

SHOWN = " · "  # in a drop-down list, between a code and what it names


@dataclass(frozen=True)
class Choice:
    """One entry of a list: the label that cells show, the words also understood, what it means.

    `color` is that of the cells that hold it; `sign` says the same to who does not see it.
    """

    label: str
    synonyms: tuple[str, ...] = ()
    help: str = ""
    code: str = ""
    color: Color | None = None
    sign: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """A list of choices; `local` when the institution may change it in Listes.

    An `explained` list shows what each of its labels, a number or a letter, means, and `prefixes`
    are the words that people write before such a number; a list of `persons` names them as
    « NOM Prénom ». `examples` pair what is met in cells with the label that is meant.
    """

    key: str
    label: str
    choices: tuple[Choice, ...]
    local: bool = False
    help: str = ""
    private: bool = False
    explained: bool = False
    persons: bool = False
    prefixes: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return brief(self, self.key, f"« {self.label} »", plural(len(self.choices), "entrée"))

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """What a drop-down list shows of each choice, in order."""
        if not self.explained:
            return self.labels
        return tuple(f"{choice.label}{SHOWN}{choice.help}" for choice in self.choices)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels, in order."""
        return tuple(choice.label for choice in self.choices)

    @cached_property
    def by_spelling(self) -> dict[str, str]:
        """Label by the comparison key of each label, code and synonym."""
        known: dict[str, str] = {}
        for choice, shown in zip(self.choices, self.shown, strict=True):
            for word in (choice.label, shown, choice.code, *choice.synonyms):
                if word and known.setdefault(fold(word), choice.label) != choice.label:
                    raise ValueError(f"{self.key}: « {word} » names two choices")
        return known
