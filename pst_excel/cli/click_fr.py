"""How click speaks French: its help, and what it says of a wrong command line."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from pst_excel.cli.screen import say
from pst_excel.model.words.stages import Stage
from pst_excel.model.words.wording import guess
from pst_excel.text.days import written_day, written_years
from pst_excel.text.errors import ProgramFault, PstError, UsageError
from pst_excel.text.spelling import in_digits
from pst_excel.text.version import VERSION

if TYPE_CHECKING:
    from click import ParamType as ParamType
else:

    class ParamType(click.ParamType):
        """What click gives of a word, named to mypy alone: click names it since 8.4 only."""

        def __class_getitem__(cls, given: object) -> type:
            return cls


USAGE = 2
_DAYS = 4  # digits of a number of days
_INS = re.compile(r"[0-9]{5}")

_WORDS = {
    "Usage:": "Usage :",
    "Options:": "Options :",
    "Commands:": "Commandes :",
    "[OPTIONS] COMMAND [ARGS]...": "COMMANDE [ARGUMENTS]...",
    "Show this message and exit.": "Affiche cette aide.",
    "Show the version and exit.": "Affiche la version.",
    "[required]": "[obligatoire]",
    "[default: ": "[par défaut : ",
}


def _translated(formatter: click.HelpFormatter) -> None:
    text = "".join(formatter.buffer)
    for english, french in _WORDS.items():
        text = text.replace(english, french)
    formatter.buffer = [text]


def _versioned(command: click.Command, *, in_help: bool) -> None:
    """Let a command say the version of the program when it is asked."""
    told = "%(prog)s %(version)s"
    click.version_option(VERSION, prog_name="pst-excel", message=told, hidden=not in_help)(command)


class Command(click.Command):
    """A command whose help is French throughout."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        _versioned(self, in_help=False)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help with French words."""
        super().format_help(ctx, formatter)
        _translated(formatter)


class Group(click.Group):
    """A group of commands whose help is French, and whose errors are one French sentence.

    Its commands take the names of the option that asks for help from it.
    """

    command_class = Command

    def __init__(self, *arguments: Any, **options: Any) -> None:
        settings = {"help_option_names": ["-h", "--help"]}
        super().__init__(*arguments, context_settings=settings, **options)
        _versioned(self, in_help=True)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help with French words."""
        super().format_help(ctx, formatter)
        _translated(formatter)

    def main(self, args: Sequence[str] | None = None, *_: Any, **options: Any) -> Any:
        """Run the command; what stops it is said in one sentence, with its exit code."""
        options |= {"standalone_mode": False}
        try:
            code = super().main(args, **options)
        except PstError as error:
            say(f"Erreur : {error}.", err=True)
            code = error.exit_code
        except click.exceptions.NoArgsIsHelpError as error:
            say(*error.format_message().splitlines())
            code = USAGE
        except click.UsageError as error:
            say(f"Erreur : {said(error)}.", err=True)
            help_page = f"{error.ctx.command_path if error.ctx else 'pst-excel'} --help"
            say(f"L’aide : {help_page}", err=True)
            code = USAGE
        except (click.Abort, KeyboardInterrupt) as error:
            say(f"Interrompu : {_written_before(error)}.", err=True)
            code = 130
        except Exception as error:
            from pst_excel.workers.faults import crashes, unnamed_fault

            if crashes():
                raise
            say(f"Erreur : {unnamed_fault(error)}.", err=True)
            code = ProgramFault.exit_code
        sys.exit(code if isinstance(code, int) else 0)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command. Raises: UsageError that names those there are."""
        if self.get_command(ctx, args[0]) is None:
            names = self.list_commands(ctx)
            raise click.UsageError(
                f"la commande « {args[0]} » n’existe pas{guess(args[0], names)} ; il y a"
                f" {', '.join(names)}",
                ctx,
            )
        return super().resolve_command(ctx, args)


def _written_before(stop: BaseException) -> str:
    """Say what was written before an interrupt, which carries it as a note where it is known."""
    interrupt = stop.__cause__ or stop  # click has its own exception for an interrupt
    notes: list[str] = getattr(interrupt, "__notes__", [])
    return " ; ".join([*notes, "aucun fichier n’est écrit à moitié"])


def said(error: click.UsageError) -> str:
    """Say in French what is wrong with a command line."""
    name = ""
    if isinstance(error, click.BadParameter) and error.param is not None:
        metavar = getattr(error.param, "metavar", None) or ""
        argument = isinstance(error.param, click.Argument)
        argued = metavar or (error.param.name or "").upper()
        name = argued if argument else " ".join([*error.param.opts, metavar]).strip()
    if isinstance(error, click.MissingParameter):
        return f"il manque {name.rstrip('.')}"
    if isinstance(error, click.NoSuchOption):
        command = error.ctx.command if error.ctx is not None else None
        options = [one for param in command.params for one in param.opts] if command else []
        return f"l’option « {error.option_name} » n’existe pas{guess(error.option_name, options)}"
    if isinstance(error, click.BadOptionUsage):
        return f"l’option « {error.option_name} » est incomplète : il lui faut une valeur"
    if isinstance(error, click.BadParameter):
        return f"{name} : {error.message}"
    if "unexpected extra argument" in error.message:
        return f"il y a trop d’arguments{error.message[error.message.rfind(' (') :]}"
    return error.message


class DateParam(ParamType[dt.date]):
    """A date written AAAA-MM-JJ, or jj/mm/aaaa."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the date. Raises: BadParameter in French."""
        found = written_day(str(value))
        if found is None:
            self.fail(f"« {value} » n’est pas une date ; écrivez AAAA-MM-JJ", param, ctx)
        return found


class DaysParam(ParamType[int]):
    """A number of days, below ten thousand."""

    name = "jours"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number. Raises: BadParameter in French."""
        text = str(value)
        if not in_digits(text) or len(text) > _DAYS:
            self.fail(
                f"« {value} » n’est pas un nombre de jours ; écrivez par exemple 7", param, ctx
            )
        return int(text)


class StageParam(ParamType[Stage]):
    """A stage in the life of a plan, accents and case aside."""

    name = "étape"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Stage:
        """Return the stage. Raises: BadParameter in French."""
        if (found := Stage.called(str(value))) is None:
            labels = [stage.label for stage in Stage]
            self.fail(_unknown(str(value), labels), param, ctx)
        return found


class WordChoice(click.Choice[str]):
    """One of a few words, whatever their case."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(words, case_sensitive=False)

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Say in French which words there are."""
        return _unknown(str(value), [str(choice) for choice in self.choices])


def _unknown(value: str, words: Sequence[str]) -> str:
    """Say that a value is none of a few words, which is meant by it, and which there are."""
    return f"« {value} » n’existe pas{guess(value, words)} ; choisissez parmi {', '.join(words)}"


def template_values(
    legislature: str, name: str | None, ins: str | None, kind: str | None
) -> tuple[tuple[int, int], dict[str, str]]:
    """Return the legislature and the identification that the options of `modele` mean.

    Raises: UsageError with what is expected.
    """
    years = written_years(legislature)
    if years is None:
        raise UsageError(
            f"« {legislature} » n’est pas une législature ; écrivez par exemple 2024-2030"
        )
    if ins is not None and not _INS.fullmatch(ins):
        raise UsageError(f"« {ins} » n’est pas un code INS ; il compte cinq chiffres")
    labels = {"commune": "Commune", "cpas": "CPAS", "province": "Province"}
    values = {"nom": name, "ins": ins, "type": labels.get(kind or "")}
    return years, {k: value for k, value in values.items() if value}
