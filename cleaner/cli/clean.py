"""`cleaner clean` and `cleaner check`: from raw texts to cleaned ones with their logs, or whether that is done."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import click

from cleaner.cli.codes import Exit
from cleaner.cli.options import (
    FILE,
    LISTED,
    PATH,
    PLACE,
    READING,
    SHAPING,
    TALK,
    configuration,
    configured_input,
    listed,
    spare_texts,
    with_options,
)
from cleaner.cli.outcomes import Printer
from cleaner.cli.progress import Progress, wanted
from cleaner.cli.shown import count
from cleaner.config import Config
from cleaner.machine.addresses import address_of
from cleaner.machine.locks import Lock
from cleaner.machine.stopping import heed
from cleaner.run.batches import check_all, clean_all
from cleaner.run.cleaning import Cleaner, Counts
from cleaner.run.inputs import Job, Refused, check_places, jobs_of

INPUTS = click.argument("inputs", nargs=-1, type=PLACE)
OUTPUT = click.option("-o", "--output", type=PLACE, help="The folder of cleaned texts and logs.")
STDIN_NAME = click.option(
    "stdin_name",
    "--stdin-name",
    "--stdin-filename",
    default="-",
    metavar="NAME",
    help="Read standard input as a file of this name.",
)


class Asked(NamedTuple):
    """What a command was asked for, with the configuration that it adds up to."""

    inputs: tuple[Path, ...]
    output: Path
    config: Config
    talk: dict[str, Any]


@click.command()
@INPUTS
@OUTPUT
@click.option("-n", "--dry-run", is_flag=True, help="Write nothing; print what would be written.")
@STDIN_NAME
@click.option("--log", type=PATH, help="Where the log of standard input goes.")
@with_options(SHAPING, READING, LISTED, FILE, TALK)
def clean(dry_run: bool, stdin_name: str, log: Path | None, **given: Any) -> None:
    """Cleans INPUTS: files, folders (mirrored below the output folder), shards, or - (stdin to stdout).

    Without INPUTS it cleans the configured folder, `seeds` unless told otherwise, into `cleaned`, where a part of
    that folder keeps its place. Beside each output stands a log of all that was removed. What is done and matches
    its log is not done again.
    """
    asked = _asked(stdin_name, given)
    if log is not None and asked.inputs != (Path("-"),):
        raise click.UsageError("--log is for standard input; a file's log stands beside its output")
    if asked.inputs == (Path("-"),):
        from cleaner.cli.piped import clean_pipe

        if log is not None:
            spare_texts(log, asked.config)
        sys.exit(clean_pipe(Cleaner(asked.config), stdin_name, log, dry_run))
    if dry_run:
        sys.exit(_run(asked, writes=False))
    if address_of(asked.output):  # a lock is a file of this machine
        sys.exit(_run(asked, writes=True))
    with Lock(asked.output):
        code = _run(asked, writes=True)
    sys.exit(code)


@click.command()
@INPUTS
@OUTPUT
@STDIN_NAME
@with_options(SHAPING, READING, LISTED, FILE, TALK)
def check(stdin_name: str, **given: Any) -> None:
    """Tells what `clean` would write for INPUTS, writes nothing, and exits with 1 if there is anything."""
    asked = _asked(stdin_name, given)
    if asked.inputs == (Path("-"),):
        from cleaner.cli.piped import check_pipe

        sys.exit(check_pipe(Cleaner(asked.config), stdin_name))
    sys.exit(_run(asked, writes=False, stale_is_bad=True))


def _asked(stdin_name: str, given: dict[str, Any]) -> Asked:
    files_from = given.pop("files_from")
    inputs = (*given.pop("inputs"), *listed(files_from, given.pop("null")))
    if Path("-") in inputs and len(inputs) > 1:
        raise click.UsageError("- is the only input, or none")
    if Path("-") not in inputs and stdin_name != "-":
        raise click.UsageError("--stdin-name is for standard input, which - names")
    if given["quiet"] and given["verbose"]:
        raise click.UsageError("-q tells errors only, and -v of each input: leave one of them out")
    output = given.pop("output")
    if Path("-") in inputs and (output is not None or given["form"] != "text"):
        option = "--output" if output is not None else "--format"
        raise click.UsageError(f"{option} is for files: standard input becomes standard output; write it with > FILE")
    config = configuration([Path(stdin_name)] if stdin_name != "-" else inputs, given)
    if not inputs and files_from is None:  # an empty list means nothing, and not everything
        inputs = (config.input if address_of(config.input) else configured_input(config),)
    place = output or config.output
    check_places(inputs, place)
    asked = Asked(tuple(dict.fromkeys(inputs)), place, config, given)
    if given["form"] == "sarif" and _has_address(asked):
        raise click.UsageError("SARIF is made from files: clean to a folder, then cleaner log export")
    return asked


def _has_address(asked: Asked) -> bool:
    return any(address_of(path) for path in (*asked.inputs, asked.output))


def _run(asked: Asked, writes: bool, stale_is_bad: bool = False) -> int:
    """Runs over all inputs, says what became of them, and gives the exit code."""
    began = time.monotonic()
    talk = asked.talk
    shown = wanted(talk["progress"], talk["quiet"])
    cleaner = Cleaner(asked.config)
    found = _found(asked)
    size = sum(one.size for one in _found(asked) if isinstance(one, Job)) if shown else 0
    seen: dict[str, int] = {}
    counts = Counts()
    printer = Printer(talk["form"], talk["color"], talk["quiet"], talk["verbose"], foretells=not writes)
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(shown, size))
        cleaner.tried()  # an error in the rules is told before the first file, and once
        known = cleaner.remembering(asked.output)
        processes = asked.config.processes
        if _has_address(asked):
            from cleaner.run.remote import clean_remote

            outcomes = clean_remote(cleaner, asked.inputs, asked.output, processes, writes, talk["force_exclude"])
        else:
            outcomes = (clean_all if writes else check_all)(cleaner, found, processes)
        for outcome in outcomes:
            heed()
            seen[outcome.status] = seen.get(outcome.status, 0) + 1
            counts = counts.plus(outcome.counts)
            if printer.speaks_of(outcome):
                progress.clear()
                printer.tell(outcome)
            progress.step(outcome.job.size if isinstance(outcome.job, Job) else 0)
        known.save()
    printer.close(asked.config)
    if not talk["quiet"]:
        verb = "removed" if writes else "would be removed"
        click.echo(closing_line(counts, seen, verb, time.monotonic() - began), err=True)
    return exit_code(seen, stale_is_bad)


def _found(asked: Asked) -> Iterator[Job | Refused]:
    return jobs_of(asked.inputs, asked.config, asked.output, asked.talk["force_exclude"])


def exit_code(seen: dict[str, int], stale_is_bad: bool) -> int:
    """The code that the worst outcome asks for."""
    if "bug" in seen:
        return Exit.BUG
    if "refused" in seen:
        return Exit.REFUSED
    return Exit.WOULD_CHANGE if stale_is_bad and ("missing" in seen or "stale" in seen) else Exit.DONE


def closing_line(counts: Counts, seen: dict[str, int], verb: str, seconds: float) -> str:
    """`5 documents: 14 removals, 1,949 of 41,730 characters (4.7 %) removed in 0.4 s`, and what was not done."""
    share = 100 * counts.removed_chars / counts.chars if counts.chars else 0
    line = (
        f"{count(counts.documents, 'document')}: {count(counts.removals, 'removal')}, "
        f"{counts.removed_chars:,} of {count(counts.chars, 'character')} ({share:.1f} %) {verb} in {seconds:.1f} s"
    )
    if "current" in seen:
        line += f"; {count(seen['current'], 'input')} up to date"
    if "refused" in seen:
        line += f"; {count(seen['refused'], 'input')} refused"
    return line
