"""Inputs cleaned now, and not written, for the commands that look at what would go."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from cleaner.cli.codes import Exit
from cleaner.cli.failure import Failure, ToldError
from cleaner.cli.shown import one_line
from cleaner.config import Config
from cleaner.formats import InputError, format_of
from cleaner.formats.compressed import unpacked
from cleaner.log.logged import LoggedDocument
from cleaner.machine.opening import reading
from cleaner.run.cleaning import Cleaner
from cleaner.run.inputs import Job, Refused, explain, jobs_of
from cleaner.run.rereading import cleaned_now


def live(path: Path, config: Config, quiet: bool = False) -> Iterator[LoggedDocument]:
    """The documents at or below a path, cleaned now as a run would, decisions heeded; nothing is written. What
    cannot be read is told on stderr, unless `quiet`, and passed over; after the last document comes a Failure.
    """
    cleaner = Cleaner(config)
    refused = False

    def refuse(shown: str, message: object) -> None:
        nonlocal refused
        refused = True
        if not quiet:
            click.echo(one_line(f"{shown}: {message}"), err=True)

    for job in jobs_of([path], config, config.output):
        if isinstance(job, Refused):
            refuse(job.shown, job.message)
            continue
        form = format_of(job.name)
        file = _file_of(job, config)
        try:
            with unpacked(job.source) if form.shard else reading(job.source) as handle:
                for record in form.read(handle, job.name, cleaner.options):
                    if record.document is not None:
                        yield cleaned_now(record.document, record.encoded, cleaner, job.shown, form.shard, file)
        except InputError as error:
            refuse(job.shown, error)
        except OSError as error:
            refuse(job.shown, explain(error, job.source))
    if refused:
        raise (
            Failure("not all inputs could be read", Exit.REFUSED) if path.is_dir() else ToldError(Exit.REFUSED)
        )  # of one input, one line says it all


def _file_of(job: Job, config: Config) -> str:
    """The path by which messages name an input, with its real bytes: git has to find the file that a patch names."""
    below = os.path.relpath(os.path.abspath(job.source), os.path.abspath(config.root))
    return (os.fspath(job.source) if below.startswith("..") else below).replace(os.sep, "/")
