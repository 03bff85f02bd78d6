"""What stops a run keeps what it knows, wherever it goes, and its tree is drawn whole."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from pst_excel import PST, PstError
from pst_excel.campaign.lock import Busy
from pst_excel.returns.tables import Refusal
from pst_excel.text import errors
from pst_excel.text.errors import ProgramFault, UnknownName, UnreadableFile, UsageError


def below(kind: type[PstError]) -> Iterator[type[PstError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from below(one)


KINDS = sorted(set(below(PstError)), key=lambda kind: kind.__name__)


def test_the_tree_that_is_drawn_has_every_error() -> None:
    assert {"Busy", "ProgramFault", "UnknownName"} <= {kind.__name__ for kind in KINDS}
    for kind in KINDS:
        (line,) = [
            one for one in (errors.__doc__ or "").splitlines() if f" {kind.__name__} " in f" {one} "
        ]
        assert line.endswith(str(kind.exit_code))


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_is_made_of_its_sentence_alone_and_travels_with_what_it_knows(
    kind: type[PstError],
) -> None:
    error = kind("le fichier est vide ; demandez un nouvel envoi")
    assert (str(error), error.file, error.sheet, error.cell) == (error.args[0], "", "", "")
    error.file, error.sheet, error.cell = "a.xlsx", "Actions", "C5"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (kind, str(error), vars(error))


def test_an_unknown_name_is_a_key_error_that_reads_as_a_sentence() -> None:
    with pytest.raises(KeyError, match=r"^« action » n’est pas une feuille du PST") as raised:
        _ = PST["action"]
    error = pickle.loads(pickle.dumps(raised.value))
    assert isinstance(error, UsageError)
    assert (error.name, "actions" in error.known) == ("action", True)


def test_an_unknown_name_without_a_key_is_a_sentence_too() -> None:
    assert str(UnknownName("« x » n’est rien")) == "« x » n’est rien"


@pytest.mark.parametrize("kind", [UnreadableFile, ProgramFault])
def test_the_error_of_a_refusal_is_of_its_file(kind: type[UnreadableFile]) -> None:
    error = Refusal.of("a.xlsx", kind("illisible")).error
    assert (type(error), str(error), error.file) == (kind, "illisible", "a.xlsx")


def test_who_waits_for_another_run_is_told_where() -> None:
    assert Busy("une autre commande travaille", file="campagne").file == "campagne"
