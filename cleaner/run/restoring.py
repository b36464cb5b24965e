"""The way back: the raw bytes of an input, from its output and its log, proven by their hash."""

import hashlib
import json
import os
from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from cleaner.formats import InputError, Options, format_of
from cleaner.formats.compressed import packing, unpacked
from cleaner.formats.record import Described, MissingExtraError
from cleaner.log import SUFFIX, LogError, read_log
from cleaner.log.entries import LogRecord
from cleaner.machine.addresses import chain
from cleaner.machine.files import files_below, printable_name
from cleaner.machine.opening import reading
from cleaner.machine.printed import paths_named


class HashesOnlyError(LogError):
    """The log does not quote what was cut, so that nothing can come back from it."""


def output_of(log: Path) -> Path:
    """The output that a log belongs to. Raises LogError where there is none."""
    if log.name == SUFFIX:
        raise LogError(f"{log}: is named like the log of a text without a name; move it")
    return log.with_name(log.name.removesuffix(SUFFIX))


def log_of(place: Path) -> Path:
    """The log that a path means: itself, or the one beside it."""
    return place if place.name.endswith(SUFFIX) else place.with_name(place.name + SUFFIX)


def logs_at(place: Path, unlisted: Callable[[OSError], object]) -> list[Path]:
    """The logs that a path means: itself, the one beside it, or all below a folder, sorted; none where there is none.

    `unlisted` is told of each folder that cannot be listed.
    """
    if place.is_dir():
        return [path for path in files_below(place, unlisted) if path.name.endswith(SUFFIX)]
    log = log_of(place)
    return [log] if log.exists() else []


def source_of(described: Mapping[str, Any], output: Path, root: Path) -> Path:
    """Where the raw file of an output is or was, by what its log says of it: seen from the configuration's folder,
    but first from the folders above the output where that is of another corpus.
    """
    found = places_of(described, output, root)
    named = [path for path in found if path.name == output.name]
    return next((path for path in named if path.is_file()), (named or found)[-1])


def places_of(described: Mapping[str, Any], output: Path, root: Path) -> list[Path]:
    """Where the raw file of an output may be; the last one is as the configuration's folder has it."""
    above = [] if _is_below(output, root) else list(Path(os.path.abspath(output)).parents)
    return [path for folder in (*above, root) for path in paths_named(folder, described["source"])]


def _is_below(path: Path, folder: Path) -> bool:
    """Whether a path leads into a folder, wherever either is told from."""
    return Path(os.path.abspath(path)).is_relative_to(os.path.abspath(folder))


def header_of(log: Path) -> LogRecord:
    """The first record of a log: what made it, and how. Raises LogError."""
    return next(read_log(log))


def options_of(log: Path, options: Options) -> Options:
    """How the records of an output are read: from the fields that its log names, whatever the configuration says by
    now. Older logs name none; what is wrong with a log, its reader tells.
    """
    if not format_of(output_of(log).name).fields:
        return options
    with reading(log) as handle:
        named = next((line for line in handle if line.startswith(b'{"type":"shard"')), b"{}")
    try:
        record = json.loads(named)
    except (ValueError, RecursionError):
        return options
    fields = {name: record[name] for name in ("text_field", "id_field") if isinstance(record.get(name), str)}
    return options._replace(**fields)


def groups(log: Path, kinds: Container[str] = ("removal",)) -> Iterator[Described]:
    """Each document's record with its entries of some kinds; a shard's own record comes last. Raises LogError."""
    described: LogRecord | None = None
    entries: list[LogRecord] = []
    for record in read_log(log):
        if record["type"] in kinds:
            entries.append(record)
        elif record["type"] in ("document", "shard", "end"):  # of others, later versions may know
            if described is not None:
                yield described, entries
            described, entries = record, []


def raw_chunks(log: Path, options: Options) -> Iterator[bytes]:
    """The raw bytes of an input (unpacked, if it was packed), in chunks.

    Only after the last chunk is it certain that they are the bytes that the log tells of (of a table: the texts).
    Whoever writes them has to take them back when an error comes. Raises LogError when output, log and raw bytes
    disagree, OSError when the output is not there, MissingExtraError when it cannot be read here.
    """
    output = output_of(log)
    form = format_of(output.name)
    digest = hashlib.sha256()
    last: LogRecord = {}

    def documents() -> Iterator[Described]:
        for described, entries in groups(log):
            last.clear()
            last.update(described)
            check_name(described, log, output)
            if described["type"] == "shard":
                continue  # up to the end record, which tells whether the log was changed
            if any("text" not in entry for entry in entries):
                raise HashesOnlyError(f"{log}: keeps hashes only, so the raw text cannot come from it")
            yield described, entries

    try:
        with unpacked(output) if form.shard else reading(output) as handle:
            for chunk in form.restore(handle, documents(), options_of(log, options)):
                digest.update(chunk)
                yield chunk
    except (HashesOnlyError, MissingExtraError):
        raise
    except (InputError, LogError) as error:
        told = str(error)
        if not form.shard:
            told = told.removeprefix(f"{last.get('document')}: ")  # whose name is the output's
        raise LogError(told if told.startswith(f"{log}:") else f"{output}: {told}") from None
    if last.get("type") != ("shard" if form.shard else "document"):
        raise LogError(f"{log}: does not describe its output; clean again")
    expected = last.get("unpacked_sha256" if packing(output) else "sha256", digest.hexdigest())
    if form.exact and expected != digest.hexdigest():
        raise LogError(f"{output}: cleaned shard and log do not give the raw shard back; clean again")


def check_name(described: Mapping[str, Any], log: Path, output: Path) -> None:
    """Raises LogError where a log describes what has another name than the output beside it."""
    place, _ = chain(described["source"])  # of zip://a.txt::file:///b.zip that in the archive
    if PurePosixPath(place).name != printable_name(output.name):
        told = f"is the log of {described['source']}, not of this"
        raise LogError(f"{log}: {told}; move text and log back, or delete both and clean again")
