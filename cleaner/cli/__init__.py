"""The command `cleaner`: a table of commands, each imported when it is called for, and exit codes of our own."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from cleaner import __version__, stopping

# Where each command lives and what `cleaner --help` says of it, so that help and hooks import nothing else.
COMMANDS: dict[str, tuple[str, str]] = {
    "clean": ("cleaner.cli.clean:clean", "Write cleaned texts and their removals logs."),
    "check": ("cleaner.cli.clean:check", "Tell what `clean` would write, and write nothing."),
    "diff": ("cleaner.cli.looking:diff", "Show what cleaning removes."),
    "verify": ("cleaner.cli.verify:verify", "Prove that outputs and logs give the raw texts back."),
    "restore": ("cleaner.cli.verify:restore", "Write the raw texts again, from outputs and logs."),
    "why": ("cleaner.cli.looking:why", "Explain why a line went or stayed: why FILE:LINE."),
    "stats": ("cleaner.cli.looking:stats", "Count removals by filter and rule."),
    "report": ("cleaner.cli.looking:report", "Write one HTML page that shows every removal."),
    "review": ("cleaner.cli.looking:review", "Decide about removals in the browser."),
    "prune": ("cleaner.cli.verify:prune", "Delete outputs whose raw text is gone."),
    "hook": ("cleaner.cli.hook:hook", "Keep the corpus complete from within git."),
    "log": ("cleaner.cli.log:log", "Show the removals log, or hand it to other tools."),
    "compare": ("cleaner.cli.compare:compare", "Compare what two rulesets do to a corpus."),
    "fit": ("cleaner.cli.model:fit", "Fit the segmentation's model to labelled documents."),
    "eval": ("cleaner.cli.model:eval_", "Measure a model on labelled documents."),
    "rules": ("cleaner.cli.rules:rules", "List, show and test rules."),
    "config": ("cleaner.cli.config:config", "Show, check and begin a configuration."),
}

# The products that the segmentation needs are small: NumPy's threads only wait for each other, and `-j` has processes.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

PIPE_CLOSED = 141  # what a shell makes of a process that SIGPIPE ended


class PipeClosedError(Exception):
    """The reader of our output has gone. click would end with 1, which here means "would change"."""


class Commands(click.Group):
    """A group that knows its commands by name only, until one is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is meant. Raises UsageError with the nearest name for one that there is not."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from cleaner.settings import meant

            raise click.UsageError(f"no command is named {args[0]!r}{meant(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help lines, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Calls the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise PipeClosedError from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cleaner")
def main() -> None:
    """Strips notices, appeals and comment threads from raw web text, and logs each removal.

    \b
    cleaner clean seeds -o cleaned     clean a folder
    cleaner verify                     prove that nothing is lost

    Exit codes: 0 done, 1 would change or stale, 2 usage or configuration, 3 some inputs were refused, 4 output, log
    and raw text disagree, 5 another run is writing, 70 our bug, 130 interrupted.
    """


def run() -> None:
    """The console script: runs a command and ends with its exit code."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever called us; the first file opened would take its number
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    for stream in (sys.stdout, sys.stderr):
        # a name or a quotation that the terminal cannot show must not end the run
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    stopping.listen()
    sys.exit(_code())


def _code() -> int:
    try:
        code = main(prog_name="cleaner", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted: what was done stays done; the same command goes on", err=True)
        return stopping.code()
    except (PipeClosedError, BrokenPipeError):
        # nothing may be written to the dead pipe at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> int:
    """The exit code of an error that reached the top, said in one line where it is not our bug."""
    from cleaner.config import ConfigError
    from cleaner.decisions import DecisionsError
    from cleaner.files import LockedError
    from cleaner.inputs import PlaceError
    from cleaner.log import LogError
    from cleaner.rules import RuleError

    codes = {LockedError: 5, LogError: 4, ConfigError: 2, RuleError: 2, DecisionsError: 2, PlaceError: 2}
    for kind, code in codes.items():
        if isinstance(error, kind):
            click.echo(f"Error: {error}", err=True)
            return code
    if isinstance(error, OSError):
        click.echo(f"Error: {error.filename or 'cleaner'}: {(error.strerror or str(error)).lower()}", err=True)
        return 3
    import traceback

    traceback.print_exception(error)
    click.echo("This is a bug of cleaner. Nothing half-done was written; please report the lines above.", err=True)
    return 70
