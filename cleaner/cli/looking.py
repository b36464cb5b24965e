"""The commands that show removals: `diff`, `why`, `stats`, `report` and `review`."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click

from cleaner.cli.asking import configured, decisions_file, decisions_of, drawable
from cleaner.cli.codes import Exit
from cleaner.cli.failure import Failure
from cleaner.cli.options import COLOR, FORM, LOOKING, PATH, SHAPING, configured_input, spare_texts
from cleaner.cli.reading import live
from cleaner.cli.shown import colored, count
from cleaner.config import Config
from cleaner.log.logged import LoggedDocument
from cleaner.machine.files import printable_name, whole
from cleaner.machine.system import in_words
from cleaner.run.rereading import documents_of, logs_below

__all__ = ["diff", "report", "review", "stats", "why"]

PATHS = click.argument("paths", nargs=-1, type=PATH)


@click.command()
@PATHS
@click.option("--side-by-side/--unified", "wide", default=None, help="Two columns (from 160 on by itself), or one.")
@COLOR
@configured(SHAPING, LOOKING)
def diff(paths: tuple[Path, ...], wide: bool | None, color: str, config: Config) -> None:
    """Shows what cleaning removes from PATHS (default: the configured input folder).

    Raw texts are cleaned in memory and nothing is written; for cleaned ones the log is read. In a pipe the output
    is a patch that git can apply; records of shards are remarks in it.
    """
    from cleaner.cli.difference import WIDE, side_by_side, unified
    from cleaner.exports import EXPORTS

    documents = (one for one in _documents(paths or (configured_input(config),), config) if one.removals)
    terminal = sys.stdout.isatty()
    if not colored(color) and not terminal and not wide:
        for _, part in EXPORTS["patch"].parts(documents):
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    width = shutil.get_terminal_size((WIDE, 24)).columns
    two = width >= WIDE and terminal if wide is None else wide
    lines = (line for one in documents for line in (side_by_side(one, max(width, 40)) if two else unified(one)))
    if terminal and _pages():
        # -F: a short diff needs no pager; -R: colours; an own $LESS is left as it is
        os.environ.setdefault("LESS", "FRX")
        click.echo_via_pager(lines, color=colored(color))
    else:
        for line in lines:
            click.echo(line, nl=False, color=colored(color))


def _pages() -> bool:
    """Whether a pager is to be called: an empty PAGER asks for none, as git has it.

    One with a quote that nobody closed would end in an error of click's.
    """
    pager = os.environ.get("PAGER")
    try:
        return pager is None or bool(shlex.split(pager))
    except ValueError:
        return False


def _documents(paths: Sequence[Path], config: Config) -> Iterator[LoggedDocument]:
    """Documents from logs where there are any, else cleaned now. Raises a Failure at the end for what was refused."""
    failed: Failure | None = None
    told: set[str] = set()  # a file may be named, and the folder that it is in
    for path in dict.fromkeys(paths):
        try:
            logs = logs_below([path])
        except FileNotFoundError:
            logs = []
        try:
            found = chain.from_iterable(documents_of(log, config) for log in logs) if logs else live(path, config)
            for document in found:
                place = os.path.abspath(document.output) if len(paths) > 1 else ""  # of a shard there are millions
                if not place or place not in told:
                    told.add(place)
                    yield document
        except Failure as failure:
            failed = failure
    if failed is not None:
        raise failed


@click.command()
@PATHS
@FORM
@click.option(
    "--decisions", "judged", is_flag=True, help="Each rule's precision, from what was marked, with its interval."
)
@COLOR
@configured()
def stats(paths: tuple[Path, ...], form: str, judged: bool, color: str, config: Config) -> None:
    """Counts removals by filter and rule in the logs at or below PATHS (default: the configured output folder)."""
    from cleaner.cli.statistics import as_json, as_table, judged_table, totals_of
    from cleaner.review.precision import precision

    totals = totals_of(logs_below(paths or (config.folder("output"),)))
    verdicts = precision(decisions_of(config)) if judged else None
    if form == "json":
        click.echo(as_json(totals, verdicts))
        return
    text = as_table(totals, plain=not drawable())
    if verdicts is not None:
        text += f"\n\n{judged_table(verdicts)}"
    click.echo(text, color=colored(color))


@click.command()
@PATHS
@click.option("-o", "--output", type=PATH, default=Path("report.html"), help="The file to write.")
@click.option("--title", help="What the page is called (default: the paths).")
@click.option("--near-misses", is_flag=True, help="Also lines that a rule came near without matching (slower).")
@click.option("--documents", type=click.IntRange(1), help="At most so many documents on the page; more are sampled.")
@click.option("--removals", type=click.IntRange(1), help="At most so many removals on the page.")
@configured(LOOKING)
def report(paths: tuple[Path, ...], output: Path, config: Config, title: str | None, **more: Any) -> None:
    """Writes one HTML page that shows every removal in its place, from the logs at or below PATHS.

    The page needs no server and no network. Its keep and remove marks download as decisions.jsonl.
    """
    from cleaner.report import render

    spare_texts(output, config)
    model = _model(paths, config, **more)
    page = render(model, printable_name(title) if title else _title(paths, config))
    if str(output) == "-":
        sys.stdout.buffer.write(page)
        sys.stdout.buffer.flush()
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    with whole(output) as handle:
        handle.write(page)
    totals = model["totals"]
    sample = f"; {count(len(model['documents']), 'document')} shown, a sample" if model["sampled"] else ""
    counts = f"{count(totals['documents'], 'document')}, {count(totals['removals'], 'removal')}"
    click.echo(f"wrote {output} ({counts}{sample}, {len(page) / 1e6:.1f} MB)", err=True)


@click.command()
@PATHS
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port on 127.0.0.1 (default: any free one).")
@click.option("--browser/--no-browser", default=True, help="Open the page, or only print its address.")
@click.option("--near-misses", is_flag=True, help="Also lines that a rule came near without matching (slower).")
@configured(LOOKING)
def review(paths: tuple[Path, ...], port: int, browser: bool, near_misses: bool, config: Config) -> None:
    """Serves the report on this machine and saves keep and remove marks as they are made.

    They go to .cleaner/decisions.jsonl; the next clean heeds them. ^C ends it.
    """
    from cleaner.report import render
    from cleaner.review.server import Server

    model = _model(paths, config, near_misses)
    title = _title(paths, config)

    def page() -> bytes:
        return render({**model, "review": True, "decisions": list(decisions_of(config).records())}, title)

    try:
        listening = Server(page, decisions_file(config), port)
    except OSError as error:
        if error.filename is not None:
            raise
        reason = in_words(error)
        raise Failure(f"port {port} of 127.0.0.1: {reason}; name another with --port", Exit.USAGE) from None
    with listening as server:
        click.echo(server.address)
        click.echo("Marks are saved as you make them; ^C ends the review.", err=True)
        if browser:
            click.launch(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo(f"{count(len(decisions_of(config)), 'decision')} in {decisions_file(config)}", err=True)


def _model(
    paths: tuple[Path, ...],
    config: Config,
    near_misses: bool = False,
    documents: int | None = None,
    removals: int | None = None,
) -> dict[str, Any]:
    from cleaner.cli.nearest import with_near_misses
    from cleaner.report import LIMITS, gather

    logs = logs_below(paths or (config.folder("output"),))
    found: Iterable[LoggedDocument] = (one for log in logs for one in documents_of(log, config))
    if near_misses:
        found = with_near_misses(found, config.rules)
    limits = LIMITS._replace(documents=documents or LIMITS.documents, entries=removals or LIMITS.entries)
    return gather(found, list(decisions_of(config).records()), limits)


def _title(paths: tuple[Path, ...], config: Config) -> str:
    return ", ".join(printable_name(str(path)) for path in paths or (config.folder("output"),))


@click.command()
@click.argument("place", metavar="FILE:LINE")
@FORM
@COLOR
@configured(SHAPING, LOOKING)
def why(place: str, form: str, color: str, config: Config) -> None:
    """Says why a line was removed, or why it stayed.

    FILE is a raw text, or a cleaned one whose log stands beside it; LINE counts from 1. For a removed line: filter,
    rule, score, all that asked for it. For a kept one: candidates, the rules that came nearest, and what decided.
    """
    from cleaner.cli.reasons import as_json, as_text, reasons_for

    name, _, number = place.rpartition(":")
    if not name or not number.isdecimal() or len(number) > 18 or not int(number):
        raise click.UsageError(f"{place!r} is no FILE:LINE, such as seeds/a.txt:12")
    if Path(name).is_dir():
        raise click.UsageError(f"{name} is a folder; name one file in it, and a line, such as seeds/a.txt:12")
    found = reasons_for(Path(name), int(number), config)
    click.echo(as_json(found) if form == "json" else as_text(found), color=colored(color))
