"""The way back: the raw bytes of an input, from its output and its log, proven by their hash."""

import hashlib
from collections.abc import Container, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from cleaner.files import printable_name
from cleaner.formats import InputError, Options, format_of
from cleaner.formats.compressed import packing, unpacked
from cleaner.formats.record import Described, MissingExtraError
from cleaner.log import SUFFIX, LogError, read_log
from cleaner.regular import file_sha256, reading

Entry = dict[str, Any]


class HashesOnlyError(LogError):
    """The log does not quote what was cut, so that nothing can come back from it."""


def output_of(log: Path) -> Path:
    """The output that a log belongs to. Raises LogError where there is none."""
    if log.name == SUFFIX:
        raise LogError(f"{log}: is named like the log of a text without a name; move it")
    return log.with_name(log.name.removesuffix(SUFFIX))


def groups(log: Path, kinds: Container[str] = ("removal",)) -> Iterator[Described]:
    """Each document's record with its entries of some kinds; a shard's own record comes last. Raises LogError."""
    described: Entry | None = None
    entries: list[Entry] = []
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
    last: Entry = {}

    def documents() -> Iterator[Described]:
        for described, entries in groups(log):
            last.clear()
            last.update(described)
            if PurePosixPath(described["source"]).name != printable_name(output.name):
                raise LogError(f"{log}: is the log of {described['source']}, not of this; clean again")
            if described["type"] == "shard":
                continue  # up to the end record, which tells whether the log was changed
            if any("text" not in entry for entry in entries):
                raise HashesOnlyError(f"{log}: keeps hashes only, so the raw text cannot come from it")
            yield described, entries

    try:
        with unpacked(output) if form.shard else reading(output) as handle:
            for chunk in form.restore(handle, documents(), options):
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


def prove(log: Path, root: Path, options: Options) -> str:
    """Proves that output and log give the raw bytes back, and that the raw file, if it is there, is the same.

    Gives "" or a note on what could not be proven. Raises LogError or OSError for what disagrees, and
    MissingExtraError as `raw_chunks` does.
    """
    output = output_of(log)
    if not output.exists():
        raise LogError(f"{output}: is missing beside its log; clean again, or cleaner prune")
    last: Entry = {}
    for record, _ in groups(log):
        last = record
    if last.get("type") != ("shard" if format_of(output.name).shard else "document"):
        raise LogError(f"{log}: does not describe its output; clean again")
    if last["output_sha256"] != file_sha256(output):
        raise LogError(f"{output}: was changed after it was written; clean again")
    source = root / last["source"]
    # The log may be made from another folder: from this one, its name of the raw text can lead to the output itself.
    there = source.is_file() and not source.samefile(output)
    if there and file_sha256(source) != last["sha256"]:
        raise LogError(f"{last['source']}: changed since it was cleaned; clean again")
    try:
        for _ in raw_chunks(log, options):
            pass
    except HashesOnlyError:
        return (
            "its log keeps hashes only: output and raw text are as logged"
            if there
            else ("its log keeps hashes only and the raw text is gone: nothing gives it back")
        )
    return ""
