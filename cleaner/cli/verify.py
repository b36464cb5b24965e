"""`cleaner verify` and `restore`: that nothing is lost, and the way back."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from cleaner.cli.codes import Exit
from cleaner.cli.failure import Failure
from cleaner.cli.options import FILE, PATH, READING_AGAIN, configuration, with_options
from cleaner.cli.outputs import OUTPUTS, QUIET, line_of, logs_of, once, without_log
from cleaner.cli.shown import count, one_line
from cleaner.formats import Options, format_of
from cleaner.formats.compressed import packed, packing
from cleaner.formats.record import MissingExtraError
from cleaner.log import LogError
from cleaner.machine.files import Replacing, sync
from cleaner.machine.locks import Lock
from cleaner.machine.opening import file_sha256
from cleaner.run.cleaning import Cleaner
from cleaner.run.inputs import check_places
from cleaner.run.proving import prove
from cleaner.run.restoring import output_of, raw_chunks


@click.command()
@OUTPUTS
@QUIET
@with_options(READING_AGAIN, FILE)
def verify(outputs: tuple[Path, ...], quiet: bool, **given: Any) -> None:
    """Proves for OUTPUTS (default: the configured folder) that output and log together are the raw bytes.

    Also that raw texts which are still there did not change, that what the log tells of removals (texts, offsets,
    lines, ids) is so, and that every output has its log. Exits with 4 where anything disagrees, a line each; with 3
    where all that is wrong is an extra that is not installed.
    """
    config = configuration(outputs, given)
    places = once(outputs or (config.folder("output"),))
    cleaner = Cleaner(config)
    proven = unread = 0
    wrong: list[str] = []

    def tell(line: str, _: int = Exit.DISAGREE) -> None:
        wrong.append(line)
        click.echo(line)

    logs = once(logs_of(places, tell))
    for log in logs:
        try:
            note = prove(log, cleaner)
        except MissingExtraError as error:
            unread += 1
            click.echo(line_of(error, log))
            continue
        except (LogError, OSError) as error:
            tell(line_of(error, log))
            continue
        proven += 1
        if note:
            click.echo(f"{one_line(str(output_of(log)))}: {note}")
    for line in without_log(places, logs):
        tell(line)
    if not quiet:
        parts = [f"{number:,} {what}" for number, what in ((len(wrong), "wrong"), (unread, "unread")) if number]
        click.echo(", ".join([f"{count(proven, 'output')} proven", *parts]), err=True)
    sys.exit(Exit.DISAGREE if wrong else Exit.REFUSED if unread else Exit.DONE)


@click.command()
@OUTPUTS
@click.option("-o", "--output", type=PATH, help="The folder for the raw texts.")
@click.option("-f", "--force", is_flag=True, help="Overwrite files that differ.")
@QUIET
@with_options(READING_AGAIN, FILE)
def restore(outputs: tuple[Path, ...], output: Path | None, force: bool, quiet: bool, **given: Any) -> None:
    """Writes the raw texts of OUTPUTS (default: the configured folder) again, byte for byte, below --output.

    Without --output, one raw text goes to stdout. Exits with 4 where output and log do not give it.
    """
    config = configuration(outputs, given)
    options = Cleaner(config).options
    places = outputs or (config.folder("output"),)
    codes = {0}

    def tell(line: str, code: int = Exit.DISAGREE) -> None:
        codes.add(code)
        click.echo(one_line(line), err=True)

    logs = once(logs_of(places, tell))
    for line in without_log(places, logs):
        tell(line)
    if output is None or str(output) == "-":
        if len(logs) > 1 or (not logs and codes == {0}):
            raise click.UsageError("name a folder for the raw texts with -o")
        if logs:
            _print(logs[0], options)
        sys.exit(max(codes))
    _spare(output, logs, places)
    taken: dict[Path, Path] = {}
    with Lock(output):
        for log in logs:
            target = output / _below(output_of(log), places)
            problem = _restored(log, target, taken.setdefault(target, log), force, options)
            if problem:
                tell(*problem)
    if not quiet:
        told = f"{count(len(logs), 'raw text')} restored to {output}"
        click.echo(told if codes == {0} else "not all raw texts could be restored", err=True)
    sys.exit(max(codes))


def _print(log: Path, options: Options) -> None:
    try:
        for chunk in raw_chunks(log, options):
            sys.stdout.buffer.write(chunk)
    except MissingExtraError as error:
        raise Failure(line_of(error, log), Exit.REFUSED) from None
    sys.stdout.buffer.flush()


def _spare(output: Path, logs: Iterable[Path], places: Iterable[Path]) -> None:
    """Raises UsageError or PlaceError for a folder that is none, or where raw texts would replace their outputs."""
    if any(_same(output / _below(output_of(log), places), output_of(log)) for log in logs):
        raise click.UsageError(
            f"{output}: raw texts would replace the outputs that they come from; name another folder"
        )
    if output.is_file():
        raise click.UsageError(f"{output}: is a file; -o names a folder, and > writes one raw text to a file")
    check_places((), output)


def _restored(log: Path, target: Path, taken: Path, force: bool, options: Options) -> tuple[str, int] | None:
    """Writes a raw text to its place. Gives a line to print and an exit code where that cannot be.

    `taken` is the first log that has this place: where it is another one, two texts would go to one file.
    """
    if not _same(taken, log):
        return (
            f"{output_of(log)}: {target} is the place of {output_of(taken)} too; restore each to a folder of its own",
            Exit.REFUSED,
        )
    try:
        _write(raw_chunks(log, options), target, force)
    except DiffersError:
        return f"{target}: is there and differs; --force overwrites it", Exit.REFUSED
    except (LogError, OSError, MissingExtraError) as error:
        return line_of(error, log), Exit.DISAGREE if isinstance(error, LogError) else Exit.REFUSED
    return None


def _same(one: Path, other: Path) -> bool:
    """Whether two names are of one place, or of one circle of links."""
    return os.path.realpath(one) == os.path.realpath(other)


class DiffersError(Exception):
    """Another file stands where a raw text should go."""


def _write(chunks: Iterable[bytes], target: Path, force: bool) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with Replacing(target) as file:
        with packed(file.handle, packing(target), format_of(target.name).members) as handle:
            for chunk in chunks:
                handle.write(chunk)
        file.handle.flush()
        if target.exists():
            if file_sha256(file.beside) == file_sha256(target):
                return
            if not force:
                raise DiffersError(target)
        sync([file])
        file.commit()


def _below(output: Path, places: Iterable[Path]) -> Path:
    """Where an output stands below the folder that was named; its mere name when it was named itself."""
    for place in places:
        if place.is_dir() and output.is_relative_to(place):
            return output.relative_to(place)
    return Path(output.name)
