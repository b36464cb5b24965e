"""`cleaner prune`: what has no raw text any more."""

import os
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from cleaner.cli.codes import Exit
from cleaner.cli.options import FILE, configuration, with_options
from cleaner.cli.outputs import OUTPUTS, QUIET, line_of, logs_of
from cleaner.cli.shown import count, one_line
from cleaner.config import Config
from cleaner.git.index import GitError, Index
from cleaner.log import LogError
from cleaner.machine.addresses import address_of
from cleaner.machine.files import printable_name
from cleaner.machine.locks import Lock
from cleaner.machine.opening import file_sha256
from cleaner.run.inputs import explain
from cleaner.run.restoring import groups, header_of, log_of, output_of, places_of


@click.command()
@OUTPUTS
@click.option("-n", "--dry-run", is_flag=True, help="Delete nothing; print what would be deleted.")
@click.option("-f", "--force", is_flag=True, help="Also changed outputs, and when no raw text is left at all.")
@QUIET
@with_options(FILE)
def prune(outputs: tuple[Path, ...], dry_run: bool, force: bool, quiet: bool, **given: Any) -> None:
    """Deletes outputs, with their logs, below OUTPUTS (default: the configured folder) whose raw text is gone.

    What git keeps of a sparse checkout without its being on the disk is not gone.
    """
    config = configuration(outputs, given)
    places = outputs or (config.folder("output"),)
    wrong: list[str] = []

    def tell(line: str, _: int = Exit.DISAGREE) -> None:
        wrong.append(line)
        click.echo(line, err=True)

    for place in places:
        if not place.is_dir() and not log_of(place).exists():
            raise click.UsageError(f"{place}: no such output, or no log beside it; run cleaner clean first")
    described = _readable(places, tell)
    gone = _gone(described, config, tell)
    if gone and len(gone) == len(described) and not force and not dry_run:
        raise click.UsageError("not one raw text is there: is this the right folder? --force deletes all the same")
    deleted = 0
    with ExitStack() as stack:
        for place in places:
            if place.is_dir() and not dry_run:
                stack.enter_context(Lock(place))
        for log in gone:
            problem = _deleted(log, described[log], places, dry_run, force)
            if problem:
                tell(one_line(f"{output_of(log)}: {problem}"))
                continue
            deleted += 1
            click.echo(one_line(f"{output_of(log)}: its raw text is gone; {'would be ' if dry_run else ''}deleted"))
    if not quiet:
        click.echo(f"{count(deleted, 'output')} {'would be ' if dry_run else ''}deleted", err=True)
    sys.exit(Exit.DISAGREE if wrong else Exit.DONE)


def _gone(described: dict[Path, dict[str, Any]], config: Config, wrong: Callable[[str], object]) -> list[Path]:
    """The logs whose raw text is nowhere; `wrong` is told of each text of which the system does not say whether it is
    there.

    What came through a pipe never was a file, so that its output may be all that is left of it.
    """
    gone: dict[Path, list[Path]] = {}
    for log, record in described.items():
        source = Path(str(record["source"]))
        try:
            candidates = [] if record["piped"] or address_of(source) else _sources(log, source, config)
            if candidates and not any(map(_exists, candidates)):
                gone[log] = candidates
        except OSError as error:  # in a folder that we may not read, for example: the text may be there
            wrong(one_line(f"{output_of(log)}: stays: {source}: {explain(error, source)}"))
    kept = _not_checked_out(config) if gone else frozenset()
    return [
        log
        for log, candidates in gone.items()
        if kept.isdisjoint(printable_name(os.path.realpath(one)) for one in candidates)
    ]


def _sources(log: Path, source: Path, config: Config) -> list[Path]:
    """Where a raw text may be: where the log names it, and where the configuration would have it. A log that was made
    from another folder names it from there; the output itself is none.
    """
    output = output_of(log)
    places = places_of({"source": str(source)}, output, config.root)
    if output.is_relative_to(config.output):
        places.append(config.input / output.relative_to(config.output))
    return [place for place in places if os.path.realpath(place) != os.path.realpath(output)]


def _exists(path: Path) -> bool:
    """Whether there is such a file, or a link that leads nowhere just now, as git-annex leaves it; a folder is none.
    Raises OSError where the system does not tell, which `Path.exists` takes for no.
    """
    try:
        return not stat.S_ISDIR(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _not_checked_out(config: Config) -> frozenset[str]:
    """The files, as logs print their names, that git leaves out of this work tree on purpose, in a sparse checkout."""
    try:
        return frozenset(map(printable_name, Index(config.root).left_out()))
    except GitError:  # no repository, or no git
        return frozenset()


def _deleted(log: Path, record: dict[str, Any], places: Iterable[Path], dry_run: bool, force: bool) -> str:
    """Deletes an output with its log; gives the reason where that cannot be."""
    output = output_of(log)
    try:
        if output.exists() and record["output_sha256"] != file_sha256(output) and not force:
            return "was changed after it was written; --force deletes it all the same"
        if not dry_run:
            output.unlink(missing_ok=True)
            log.unlink()
            _remove_empty(log.parent, places)
    except OSError as error:
        return f"stays: {explain(error, output)}"
    return ""


def _remove_empty(folder: Path, places: Iterable[Path]) -> None:
    """Removes a folder that is empty now, and its empty parents, up to one that was named.

    An empty folder may stand where a file has to go.
    """
    while folder not in places and any(folder.is_relative_to(place) for place in places):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _readable(places: Iterable[Path], wrong: Callable[[str, int], object]) -> dict[Path, dict[str, Any]]:
    """The logs that can be read, each with the record that tells what its output is and what it came from; of the
    others `wrong` is told: nobody knows what they belong to, so they stay.
    """
    described: dict[Path, dict[str, Any]] = {}
    for log in logs_of(places, wrong):
        last: dict[str, Any] = {}
        try:
            for last, _ in groups(log):  # noqa: B007
                pass
            if "source" not in last:
                raise LogError(f"{log}: describes no document; clean again")
            last["piped"] = header_of(log).get("piped", False)
        except (LogError, OSError) as error:
            wrong(line_of(error, log), Exit.DISAGREE)
        else:
            described[log] = last
    return described
