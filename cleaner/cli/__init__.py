"""The command `cleaner`: a table of commands, each imported when it is called for, and exit codes of our own."""

from importlib import import_module

import click

from cleaner import __version__

# Where each command lives and what `cleaner --help` says of it, so that help and hooks import nothing else.
COMMANDS: dict[str, tuple[str, str]] = {
    "clean": ("cleaner.cli.clean:clean", "Write cleaned texts and their removals logs."),
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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help lines, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cleaner")
def main() -> None:
    """Strips notices, appeals and comment threads from raw web text, and logs each removal."""


def run() -> None:
    """The console script."""
    main()
