"""The table of commands, each imported when it is called for."""

from importlib import import_module
from typing import Any

import click

from cleaner import __version__
from cleaner.cli.failure import PipeClosedError

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
    "prune": ("cleaner.cli.prune:prune", "Delete outputs whose raw text is gone."),
    "rules": ("cleaner.cli.rules:rules", "List, show, test and compare rules."),
    "compare": ("cleaner.cli.compare:compare", "The same as `rules compare`."),
    "log": ("cleaner.cli.log:log", "Show the removals log, or hand it to other tools."),
    "config": ("cleaner.cli.config:config", "Begin or show a configuration."),
    "hook": ("cleaner.cli.hook:hook", "Keep the corpus complete from within git."),
    "fit": ("cleaner.cli.model:fit", "Fit the segmentation's model to labelled documents."),
    "fit-threads": ("cleaner.cli.model:fit_threads", "Fit the weights that judge heads of comments."),
    "fit-notices": ("cleaner.cli.model:fit_notices", "Fit the weights of words that tell notices."),
    "eval": ("cleaner.cli.model:eval_", "Measure a model on labelled documents."),
}


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
            from cleaner.text.misspelt import meant

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
@click.version_option(__version__, "-V", "--version", prog_name="cleaner")
def main() -> None:
    """Strips notices, appeals and comment threads from raw web text, and logs each removal.

    \b
    cleaner clean seeds -o cleaned     clean a folder
    cleaner verify                     prove that nothing is lost

    Exit codes: 0 done, 1 would change or stale, 2 usage or configuration, 3 some inputs were refused, 4 output, log
    and raw text disagree, 5 another run is writing, 70 our bug, 130 interrupted (143 terminated, 129 hung up,
    141 nobody reads any more).
    """
