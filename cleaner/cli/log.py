"""`cleaner log`: the record of what was cut, read by people and by other tools."""

import json
import sys
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

import click

from cleaner.cli.asking import configured
from cleaner.cli.options import COLOR, FORM, LOOKING, PATH, SELECT, spare_texts
from cleaner.cli.shown import colored
from cleaner.cli.terminal import visible, visible_name
from cleaner.cli.together import Together
from cleaner.config import Config
from cleaner.config.selection import ALL, DEFAULT, closeness
from cleaner.exports import EXPORTS
from cleaner.filters.about import CODED
from cleaner.log.entries import LogRecord
from cleaner.log.logged import LoggedDocument
from cleaner.machine.files import real, whole
from cleaner.run.rereading import documents_of, grouped, left_in, logs_below


@click.group()
def log() -> None:
    """Shows the removals log, or hands it to other tools."""


@log.command(short_help="Print every removal, a line each.")
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--candidates/--no-candidates", default=False, help="Also what was suggested and left in.")
@FORM
@COLOR
@configured([SELECT])
def show(paths: tuple[Path, ...], candidates: bool, form: str, color: str, config: Config) -> None:
    """Prints every removal of the logs at or below PATHS (default: the configured output folder).

    A line each: document, lines, why it was left in if it was, rule, score and how the text begins; --format json
    prints the records.
    """
    asked = set(config["select"]) if config.sources["select"] == "flag" else {ALL}  # a file's says what to cut
    missed = asked - {ALL, DEFAULT}
    for path in logs_below(paths or (config.folder("output"),)):
        for document, entries in grouped(path):
            for entry in entries:
                code, filter_name = str(entry["code"]), str(entry["filter"])
                if closeness(asked, code, filter_name) < 0:
                    continue
                missed = {word for word in missed if closeness({word}, code, filter_name) < 0}
                if candidates or entry["type"] == "removal":
                    line = json.dumps(entry, ensure_ascii=False) if form == "json" else _line(entry, document)
                    click.echo(line, color=colored(color))
    # What a log names may be of yesterday's rules; what none names must be the name of something.
    unknown = missed - {word for one in CODED for word in (one.code, one.filter)}
    if unknown:
        config.with_selection(sorted(unknown)).check_names()


def _line(entry: LogRecord, document: LogRecord) -> str:
    lines = str(entry["line_start"])
    if entry["line_end"] != entry["line_start"]:
        lines += f"-{entry['line_end']}"
    text = " ".join(str(entry.get("text", "(the log keeps hashes only)")).split())
    place = click.style(f"{visible_name(str(entry['document']))}:{lines}", bold=True)
    kind = "" if entry["type"] == "removal" else f"(left in: {visible(left_in(entry, document))}) "
    code = click.style(str(entry["code"]), fg="cyan")
    return f"{place}: {kind}{code} {entry['score']} {visible(text[:100])}{'…' if len(text) > 100 else ''}"


_FORMS = "\n".join(f"{name:16}{form.purpose}{'' if form.file else ' (a folder)'}" for name, form in EXPORTS.items())


@log.command(
    short_help="Write removals in the form that another tool reads.",
    help=f"""Writes the removals of the logs at or below PATHS in the form that another tool reads.

\b
{_FORMS}

Ranges are sorted, disjoint, not empty, and count code points of the raw text unless said otherwise.""",
)
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--to", "kind", required=True, type=click.Choice(list(EXPORTS)), help="The form that is wanted.")
@click.option("-o", "--output", type=PATH, help="A file, or the folder that some forms need.")
@configured(LOOKING)
def export(paths: tuple[Path, ...], kind: str, output: Path | None, config: Config) -> None:
    """Writes the removals of some logs in the form that is asked for; its help lists all there are."""
    form = EXPORTS[kind]
    if not form.file and (output is None or str(output) == "-"):
        raise click.UsageError(f"--to {kind} makes several files: name a folder with -o")
    logs = logs_below(paths or (config.folder("output"),))
    if output is not None and (not form.file or output.is_dir()):
        _spare(output, (config.input, config.output, *(log.parent for log in logs)))
    elif output is not None:
        spare_texts(output, config)
    documents = _documents(logs, config)
    if form.file and (output is None or str(output) == "-"):
        for _, part in form.parts(documents):
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
    elif output is not None:
        _write(form.parts(documents), output, one_file=bool(form.file) and not output.is_dir())


def _spare(output: Path, folders: Iterable[Path]) -> None:
    """Raises UsageError for an output in a folder of the corpus, whose texts have the names that an export gives."""
    for folder in folders:
        if real(output).is_relative_to(real(folder)):
            raise click.UsageError(f"{output}: texts of the corpus lie in {folder}; name another folder")


@log.command("schema", short_help="Print the JSON Schema of a line of the log.")
def schema_() -> None:
    """Prints the JSON Schema of a line of the log, for whoever reads it."""
    click.echo((resources.files("cleaner.log") / "removals.schema.json").read_bytes(), nl=False)


def _documents(logs: Iterable[Path], config: Config) -> Iterator[LoggedDocument]:
    for path in logs:
        yield from documents_of(path, config)


def _write(parts: Iterable[tuple[str, bytes]], output: Path, one_file: bool) -> None:
    """Writes parts as they come; files that belong together grow side by side."""
    if one_file:
        output.parent.mkdir(parents=True, exist_ok=True)
        with whole(output) as handle:
            handle.writelines(part for _, part in parts)
        return
    with Together(output) as files:
        for name, part in parts:
            files.write(name, part)
