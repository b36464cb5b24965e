"""`cleaner hook fix` and `cleaner hook check`: no seed gets committed without its cleaned text and log."""

from pathlib import Path

import click

from cleaner.cli import committing
from cleaner.cli.options import PATH, PLACE

FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "github"]), default="text", help="Lines, or annotations for GitHub."
)
CONFIG = click.option("--config", "config_file", type=PATH, help="The configuration file, where it is not found.")


@click.group()
def hook() -> None:
    """Keep the corpus complete from within git; made for pre-commit, good for plain hooks and CI."""


@hook.command(short_help="Clean the staged seeds among FILES.")
@click.argument("files", nargs=-1, type=PLACE)
@click.option("--force-exclude", is_flag=True, help="Pass over FILES that the configuration excludes.")
@FORMAT
@CONFIG
def fix(files: tuple[Path, ...], force_exclude: bool, form: str, config_file: Path | None) -> None:
    """Cleans the staged seeds among FILES, and in folders; exits 1 when something was written or is not staged.

    A file that is not staged is cleaned as it lies on the disk, and has to be staged, too.
    """
    raise SystemExit(committing.fix(files, force_exclude, form, config_file))


@hook.command(short_help="Compare every staged seed with its staged text and log.")
@click.option("--strict", is_flag=True, help="Fail too when rules, configuration or decisions have changed since.")
@FORMAT
@CONFIG
def check(strict: bool, form: str, config_file: Path | None) -> None:
    """Compares every staged seed with its staged text and log; writes nothing but a cache beside the index."""
    raise SystemExit(committing.check(strict, form, config_file))
