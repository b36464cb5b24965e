"""`cleaner verify`, `restore` and `prune`: that nothing is lost, the way back, and what has no raw text any more."""

import os
import sys
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from cleaner.cleaning import Cleaner
from cleaner.cli.options import FILE, PATH, READING_AGAIN, configuration, count, with_options
from cleaner.cli.outcomes import one_line
from cleaner.config import Config
from cleaner.files import Lock, Replacing, files_below, sync
from cleaner.formats import format_of
from cleaner.formats.compressed import packed, packing
from cleaner.inputs import address_of, check_places, explain
from cleaner.log import SUFFIX, LogError
from cleaner.regular import file_sha256
from cleaner.restoring import groups, output_of, prove, raw_chunks

OUTPUTS = click.argument("outputs", nargs=-1, type=PATH)
QUIET = click.option("-q", "--quiet", is_flag=True, help="Errors only.")

DISAGREE = 4


@click.command()
@OUTPUTS
@QUIET
@with_options(READING_AGAIN, FILE)
def verify(outputs: tuple[Path, ...], quiet: bool, **given: Any) -> None:
    """Proves for OUTPUTS (default: the configured folder) that output and log together are the raw bytes.

    Also that raw texts which are still there did not change, and that every output has its log. Exits with 4 where
    anything disagrees, a line each.
    """
    config = configuration(outputs, given)
    places = _once(outputs or (config.output,))
    options = Cleaner(config).options
    proven = wrong = 0

    def unlisted(error: OSError) -> None:
        nonlocal wrong
        wrong += 1
        click.echo(_of_folder(error))

    logs = _once(_logs(places, unlisted))
    for log in logs:
        try:
            note = prove(log, config.root, options)
        except (LogError, OSError) as error:
            wrong += 1
            click.echo(_line(error, log))
            continue
        proven += 1
        if note:
            click.echo(f"{one_line(str(output_of(log)))}: {note}")
    for path in _once(_without_log(places, {os.path.abspath(log) for log in logs})):
        wrong += 1
        click.echo(f"{one_line(str(path))}: has no log beside it; move it, or clean again")
    if not quiet:
        click.echo(f"{count(proven, 'output')} proven{f', {wrong} wrong' if wrong else ''}", err=True)
    sys.exit(DISAGREE if wrong else 0)


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
    places = outputs or (config.output,)
    codes = {0}

    def unlisted(error: OSError) -> None:
        codes.add(3)
        click.echo(_of_folder(error), err=True)

    logs = _once(_logs(places, unlisted))
    if output is None or str(output) == "-":
        if len(logs) != 1:
            raise click.UsageError("name a folder for the raw texts with -o")
        for chunk in raw_chunks(logs[0], options):
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        return
    if any(_same(output / _below(output_of(log), places), output_of(log)) for log in logs):
        raise click.UsageError(
            f"{output}: raw texts would replace the outputs that they come from; name another folder"
        )
    if output.is_file():
        raise click.UsageError(f"{output}: is a file; -o names a folder, and > writes one raw text to a file")
    check_places((), output)
    written: dict[Path, Path] = {}
    with Lock(output):
        for log in logs:
            target = output / _below(output_of(log), places)
            if not _same(written.setdefault(target, log), log):
                codes.add(3)
                what = f"is the place of {output_of(written[target])} too; restore each to a folder of its own"
                click.echo(one_line(f"{output_of(log)}: {target} {what}"), err=True)
                continue
            try:
                _write(raw_chunks(log, options), target, force)
            except DiffersError:
                codes.add(3)
                click.echo(one_line(f"{target}: is there and differs; --force overwrites it"), err=True)
            except (LogError, OSError) as error:
                codes.add(DISAGREE if isinstance(error, LogError) else 3)
                click.echo(_line(error, log), err=True)
    if not quiet:
        told = f"{count(len(logs), 'raw text')} restored to {output}"
        click.echo(told if codes == {0} else "not all raw texts could be restored", err=True)
    sys.exit(max(codes))


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


@click.command()
@OUTPUTS
@click.option("-n", "--dry-run", is_flag=True, help="Delete nothing; print what would be deleted.")
@click.option("-f", "--force", is_flag=True, help="Also changed outputs, and when no raw text is left at all.")
@QUIET
@with_options(FILE)
def prune(outputs: tuple[Path, ...], dry_run: bool, force: bool, quiet: bool, **given: Any) -> None:
    """Deletes outputs, with their logs, below OUTPUTS (default: the configured folder) whose raw text is gone."""
    config = configuration(outputs, given)
    places = outputs or (config.output,)
    described, wrong = _readable(places)
    gone: list[Path] = []
    for log, record in described.items():
        source = Path(str(record["source"]))
        try:
            if not address_of(source) and not _is_there(log, source, config):
                gone.append(log)
        except OSError as error:  # in a folder that nobody may look into, say: then it may well be there
            wrong += 1
            click.echo(one_line(f"{output_of(log)}: stays: {source}: {explain(error, source)}"), err=True)
    if gone and len(gone) == len(described) and not force and not dry_run:
        raise click.UsageError("not one raw text is there: is this the right folder? --force deletes all the same")
    deleted = 0
    with ExitStack() as stack:
        for place in places:
            if place.is_dir() and not dry_run:
                stack.enter_context(Lock(place))
        for log in gone:
            output = output_of(log)
            shown = one_line(str(output))
            try:
                edited = output.exists() and described[log]["output_sha256"] != file_sha256(output)
                if edited and not force:
                    wrong += 1
                    click.echo(f"{shown}: was changed after it was written; --force deletes it all the same", err=True)
                    continue
                if not dry_run:
                    output.unlink(missing_ok=True)
                    log.unlink()
                    _remove_empty(log.parent, places)
            except OSError as error:
                wrong += 1
                click.echo(one_line(f"{output}: stays: {explain(error, output)}"), err=True)
                continue
            deleted += 1
            click.echo(f"{shown}: its raw text is gone; {'would be ' if dry_run else ''}deleted")
    if not quiet:
        click.echo(f"{count(deleted, 'output')} {'would be ' if dry_run else ''}deleted", err=True)
    sys.exit(DISAGREE if wrong else 0)


def _is_there(log: Path, source: Path, config: Config) -> bool:
    """Whether there is a raw text, where the log names it or where the configuration would have it.

    A log that was made from another folder names it from there. Raises OSError where the system does not tell.
    """
    output = output_of(log)
    mirrored = output.is_relative_to(config.output) and _exists(config.input / output.relative_to(config.output))
    return mirrored or _exists(config.root / source)


def _exists(path: Path) -> bool:
    """Whether there is such a file. Raises OSError where the system does not tell, which `Path.exists` takes for no."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _remove_empty(folder: Path, places: Iterable[Path]) -> None:
    """Removes a folder that holds nothing any more, and so upward to one that was named: it may be in a file's way."""
    while folder not in places and any(folder.is_relative_to(place) for place in places):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _logs(places: Iterable[Path], unlisted: Callable[[OSError], object]) -> Iterator[Path]:
    """All logs that some outputs have, sorted by folder; `unlisted` is told of folders that cannot be listed."""
    for place in places:
        if place.is_dir():
            yield from (path for path in files_below(place, unlisted) if path.name.endswith(SUFFIX))
        else:
            log = place if place.name.endswith(SUFFIX) else place.with_name(place.name + SUFFIX)
            if not log.exists():
                raise click.UsageError(f"{place}: no such output, or no log beside it; run cleaner clean first")
            yield log


def _once(paths: Iterable[Path]) -> list[Path]:
    """The paths, those left out that name a place for the second time: a folder, and a file in it, say."""
    return list({os.path.abspath(path): path for path in paths}.values())


def _without_log(places: Iterable[Path], logs: Container[str]) -> Iterator[Path]:
    """The files below some folders that none of the `logs`, which are absolute paths, stands beside."""
    for place in places:
        if place.is_dir():
            for path in files_below(place, lambda _: None):  # told already
                hidden = any(part.startswith(".") for part in path.relative_to(place).parts)
                known = hidden or path.name.endswith(SUFFIX) or os.path.abspath(path) + SUFFIX in logs
                if path.is_file() and not known:
                    yield path


def _below(output: Path, places: Iterable[Path]) -> Path:
    """Where an output stands below the folder that was named; its mere name when it was named itself."""
    for place in places:
        if place.is_dir() and output.is_relative_to(place):
            return output.relative_to(place)
    return Path(output.name)


def _readable(places: Iterable[Path]) -> tuple[dict[Path, dict[str, Any]], int]:
    """The logs that can be read, each with the record that tells what its output is and what it came from; the
    others, which are told, are counted: nobody knows what they belong to, so they stay.
    """
    described: dict[Path, dict[str, Any]] = {}
    wrong = 0

    def unlisted(error: OSError) -> None:
        nonlocal wrong
        wrong += 1
        click.echo(_of_folder(error), err=True)

    for log in _logs(places, unlisted):
        last: dict[str, Any] = {}
        try:
            for last, _ in groups(log):  # noqa: B007
                pass
            if "source" not in last:
                raise LogError(f"{log}: describes no document; clean again")
        except (LogError, OSError) as error:
            wrong += 1
            click.echo(_line(error, log), err=True)
        else:
            described[log] = last
    return described, wrong


def _of_folder(error: OSError) -> str:
    folder = Path(os.fsdecode(error.filename))
    return one_line(f"{folder}: {explain(error, folder)}")


def _line(error: Exception, log: Path) -> str:
    if isinstance(error, OSError):
        return one_line(f"{output_of(log)}: {explain(error, output_of(log))}")
    return one_line(str(error))
