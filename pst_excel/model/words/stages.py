"""How far a plan has come: what is asked of a draft, of a plan adopted, followed up, evaluated."""

from __future__ import annotations

from enum import StrEnum

from pst_excel.model.words.wording import guess, listed, say
from pst_excel.text.errors import UsageError
from pst_excel.text.spelling import fold


class Stage(StrEnum):
    """A stage in the life of a plan; what is asked at one is asked at all those that follow."""

    DRAFT = "brouillon"
    ADOPTION = "adoption"
    FOLLOW_UP = "suivi"
    EVALUATION = "evaluation"

    @classmethod
    def called(cls, text: str) -> Stage | None:
        """Return the stage of a value or a label, accents and case aside; None for another word."""
        return {fold(stage): stage for stage in cls}.get(fold(text))

    @classmethod
    def of(cls, given: object) -> Stage:
        """Return a stage: itself, or as it is `called`. Raises: UsageError."""
        found = cls.called(given) if isinstance(given, str) else None
        if found is None:
            labels = [stage.label for stage in cls]
            near = guess(given, labels) if isinstance(given, str) else ""
            raise UsageError(
                f"stage : « {say(given)} » n’est pas une étape{near} ; donnez"
                f" {listed(labels, 'ou')}"
            )
        return found

    @property
    def label(self) -> str:
        """The stage as people read it."""
        return "évaluation" if self is Stage.EVALUATION else str(self)

    @property
    def rank(self) -> int:
        """0 for the first."""
        return tuple(Stage).index(self)

    def reached(self, by: Stage) -> bool:
        """Tell whether a plan at another stage has come to this one."""
        return by.rank >= self.rank
