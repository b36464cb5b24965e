"""Which outputs have a log and which do not, and what is told of one that is wrong."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from cleaner.cli.codes import Exit
from cleaner.cli.options import PATH
from cleaner.cli.shown import one_line
from cleaner.formats.record import MissingExtraError
from cleaner.log import SUFFIX, LogError
from cleaner.machine.files import files_below
from cleaner.run.inputs import explain
from cleaner.run.restoring import logs_at, output_of

OUTPUTS = click.argument("outputs", nargs=-1, type=PATH)
QUIET = click.option("-q", "--quiet", is_flag=True, help="Errors only.")


def logs_of(places: Iterable[Path], wrong: Callable[[str, int], object]) -> Iterator[Path]:
    """All logs that some outputs have, sorted by folder; a file without one has none.

    `wrong` is told a line, and the exit code for it, of each folder that cannot be listed and each log that can belong
    to nothing. Raises UsageError for a place where nothing is.
    """

    def unlisted(error: OSError) -> None:
        folder = Path(os.fsdecode(error.filename))
        wrong(one_line(f"{folder}: {explain(error, folder)}"), Exit.REFUSED)

    for place in places:
        logs = logs_at(place, unlisted)
        if not logs and not place.is_dir() and not place.is_file():
            raise click.UsageError(f"{place}: no such output; run cleaner clean first")
        for log in logs:
            try:
                output_of(log)
            except LogError as error:
                wrong(line_of(error, log), Exit.DISAGREE)
            else:
                yield log


def once(paths: Iterable[Path]) -> list[Path]:
    """The paths, each place once, however it is spelled."""
    return list({os.path.abspath(path): path for path in paths}.values())


def without_log(places: Iterable[Path], logs: Iterable[Path]) -> Iterator[str]:
    """A line for each file at or below some places that has none of the `logs` beside it."""
    known = {os.path.abspath(log) for log in logs}
    for path in once(_files(places)):
        if not path.name.endswith(SUFFIX) and os.path.abspath(path) + SUFFIX not in known and path.is_file():
            yield f"{one_line(str(path))}: has no log beside it; move it, or clean again"


def _files(places: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and those in folders that are not hidden there."""
    for place in places:
        if not place.is_dir():
            yield place
            continue
        for path in files_below(place, lambda _: None):  # told already
            if not any(part.startswith(".") for part in path.relative_to(place).parts):
                yield path


def line_of(error: Exception, log: Path) -> str:
    """What went wrong with a log or its output, in a line."""
    if isinstance(error, OSError):
        return one_line(f"{output_of(log)}: {explain(error, output_of(log))}")
    if isinstance(error, MissingExtraError):
        return one_line(f"{output_of(log)}: {error}")
    return one_line(str(error))
