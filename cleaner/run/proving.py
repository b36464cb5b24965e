"""That output, log and raw text agree: what `verify` proves."""

from pathlib import Path

from cleaner.formats import InputError, format_of
from cleaner.formats.record import MissingExtraError
from cleaner.log import LogError
from cleaner.log.entries import LogRecord
from cleaner.log.seal import Sealed
from cleaner.machine.files import printable_name
from cleaner.machine.opening import file_sha256, reading
from cleaner.run.cleaning import Cleaner
from cleaner.run.inputs import Job, shown_path
from cleaner.run.rereading import documents_of
from cleaner.run.restoring import HashesOnlyError, check_name, groups, output_of, raw_chunks, source_of


def prove(log: Path, cleaner: Cleaner) -> str:
    """Proves that output and log give the raw bytes back, that the raw file, if it is there, is the same, and that what
    the log tells of removals (texts, offsets, lines, ids) is so.

    Gives "" or a note on what could not be proven. Raises LogError or OSError for what disagrees, and
    MissingExtraError as `raw_chunks` does.
    """
    try:
        return _proven(log, cleaner)
    except LogError as error:
        told, cure, rest = str(error).rpartition("; clean again")
        if not cure or rest or not _passes_for_done(log, cleaner):
            raise
    raise LogError(f"{told}; delete the log, then clean again")


def _passes_for_done(log: Path, cleaner: Cleaner) -> bool:
    """Whether `clean` would leave a log alone, whatever else is wrong with it: it looks at the seal and the hashes of
    the files, as somebody may have made them who edited the log.
    """
    config, output = cleaner.config, output_of(log)
    described: LogRecord = {}
    try:
        with reading(log) as handle:
            for described in Sealed(handle).described():  # noqa: B007
                pass
        source = source_of(described, output, config.root)
        name = described.get("document", printable_name(output.name))
        return cleaner.is_current(Job(source, name, output, shown_path(source, config)))
    # The log may hold any JSON, and where settings, rules or decisions cannot be read, `clean` does nothing.
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def _proven(log: Path, cleaner: Cleaner) -> str:
    output = output_of(log)
    if not output.exists():
        raise LogError(f"{output}: is missing beside its log; clean again, or cleaner prune")
    last: LogRecord = {}
    for record, _ in groups(log):
        last = record
    if last.get("type") != ("shard" if format_of(output.name).shard else "document"):
        raise LogError(f"{log}: does not describe its output; clean again")
    check_name(last, log, output)
    if last["output_sha256"] != file_sha256(output):
        raise LogError(f"{output}: was changed after it was written; clean again")
    source = source_of(last, output, cleaner.config.root)
    # The log may be made from another folder: from this one, its name of the raw text can lead to the output itself.
    there = source.is_file() and not source.samefile(output)
    if there and file_sha256(source) != last["sha256"]:
        raise LogError(f"{last['source']}: changed since it was cleaned; clean again")
    try:
        for _ in raw_chunks(log, cleaner.options):
            pass
        _look_at_entries(log, cleaner)
    except HashesOnlyError:
        if there:
            _look_at_entries(log, cleaner)
        return (
            "its log keeps hashes only: output and raw text are as logged"
            if there
            else ("its log keeps hashes only and the raw text is gone: nothing gives it back")
        )
    return ""


def _look_at_entries(log: Path, cleaner: Cleaner) -> None:
    """Raises LogError for a removal or candidate that is not as the log tells it, or a raw text that cannot be read."""
    try:
        for _ in documents_of(log, cleaner.config):
            pass
    except MissingExtraError:
        raise
    except InputError as error:  # of a log of hashes: its raw text may be larger than is read by now
        raise LogError(str(error)) from None
