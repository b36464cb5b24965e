"""`cleaner clean` and `cleaner check`: from raw texts to cleaned ones with their logs, or whether that is done."""

import os
from pathlib import Path

import click

from cleaner.config import load
from cleaner.run import Cleaner, Job


@click.command()
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for cleaned texts and logs.")
def clean(inputs: tuple[Path, ...], output: Path | None) -> None:
    """Cleans INPUTS."""
    config = load(inputs[0] if inputs else None)
    cleaner = Cleaner(config)
    target = output or config.output
    for path in inputs or (config.input,):
        files = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
        for one in files:
            name = one.name if one == path else one.relative_to(path).as_posix()
            outcome = cleaner.clean(Job(one, name, target / name, os.fspath(one)))
            click.echo(f"{outcome.job.shown}: {outcome.status} {outcome.removals}", err=True)
