"""A run over files: from inputs to outputs with their logs, each complete or not there at all.

A crash, a full disk or ^C must never leave half a file that looks whole: everything is written beside its place,
synced, and renamed, the log before the output; and what is done and matches its log is not done again.
"""

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, cast

from cleaner import __version__
from cleaner.config import Config
from cleaner.document import Document
from cleaner.formats import InputError, Options, Record, format_of
from cleaner.formats.compressed import packed, unpacked
from cleaner.log import SUFFIX, LogError, LogWriter, document_records, dump, header, restored
from cleaner.pipeline import Cleaned, Pipeline

Status = Literal["written", "unchanged", "current", "refused"]
BLOCK = 1 << 20


class Job(NamedTuple):
    """One input with the place of its output.

    `name` is its path below the input folder, with slashes; `shown` is the path that logs and messages give it.
    """

    source: Path
    name: str
    target: Path
    shown: str

    @property
    def log(self) -> Path:
        """Where the log of this input goes."""
        return self.target.with_name(self.target.name + SUFFIX)


class Outcome(NamedTuple):
    """What became of an input. `message` says why it was refused; `notes` names documents left whole."""

    job: Job
    status: Status
    documents: int = 0
    removals: int = 0
    candidates: int = 0
    chars: int = 0
    removed_chars: int = 0
    message: str = ""
    notes: tuple[str, ...] = ()


class OurBugError(RuntimeError):
    """A check that must hold failed: nothing was written."""


class Cleaner:
    """A configuration at work: its pipelines, built on first need, and how it reads and writes."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.options = Options(
            config["text-field"], config["id-field"], config["encoding"], config["max-bytes"] or Options().max_bytes
        )
        self.hash_text: bool = config["log-text"] == "hash"
        self._pipelines: dict[str, Pipeline] = {}
        self._header: dict[str, Any] | None = None

    @property
    def header(self) -> dict[str, Any]:
        """The first record of every log of this run."""
        if self._header is None:
            self._header = header(__version__, self.config.ruleset(), self.config.fingerprint())
        return self._header

    def pipeline(self, site: str = "") -> Pipeline:
        """The filters for one site; "" for all others."""
        if site not in self._pipelines:
            self._pipelines[site] = self.config.site(site).pipeline()
        return self._pipelines[site]

    def clean(self, job: Job) -> Outcome:
        """Cleans one input to its place, unless that is already done. Raises InputError or OSError, which refuse it."""
        if self.is_current(job):
            return Outcome(job, "current")
        job.target.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            log = stack.enter_context(Replacing(job.log))
            output = stack.enter_context(Replacing(job.target))
            outcome = self.stream(job, output.handle, log.handle)
            log.commit()
            output.commit()
        return outcome

    def stream(self, job: Job, output: BinaryIO, log: BinaryIO) -> Outcome:
        """Cleans one input into two open handles. Raises InputError when it cannot be read."""
        form = format_of(job.name)
        before = job.source.stat()
        writer = LogWriter(log, self.header)
        hashed = Hashing(output)
        chars = candidates = 0
        notes: list[str] = []
        seen: set[str] = set()
        suffix = job.source.suffix if form.shard else ""
        with ExitStack() as stack:
            handle = stack.enter_context(unpacked(job.source) if form.shard else job.source.open("rb"))
            target = stack.enter_context(packed(cast(BinaryIO, hashed), suffix))
            for record, cleaned in self._cleaned(form.read(handle, job.name, self.options)):
                if cleaned is None:
                    target.write(record.form)
                    continue
                name = cleaned.document.id
                if form.shard:
                    if name in seen:
                        raise InputError(f"the id {name!r} stands twice; name a field that differs with --id-field")
                    seen.add(name)
                written = form.cut(record, cleaned)
                records = list(document_records(cleaned, job.shown, record.encoded, written.text, self.hash_text))
                form.note(record, cleaned, records)
                _prove(cleaned, records[0], written.text)
                target.write(written.line)
                writer.write(records)
                chars += len(cleaned.document.text)
                candidates += len(cleaned.candidates)
                if cleaned.refused:
                    notes.append(f"{name} {cleaned.refused}, so it is left whole")
        after = job.source.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise InputError("changed while it was read; clean again")
        if form.shard:
            writer.write([shard_record(job, hashed)])
        writer.close()
        status: Status = "written" if writer.removals else "unchanged"
        counts = (writer.documents, writer.removals, candidates, chars, writer.removed_chars)
        return Outcome(job, status, *counts, notes=tuple(notes))

    def _cleaned(self, records: Iterator[Record]) -> Iterator[tuple[Record, Cleaned | None]]:
        """Every record in its order, with its document cleaned; those of one site in batches."""
        waiting: deque[Record] = deque()

        def documents() -> Iterator[Document]:
            for record in records:
                waiting.append(record)
                if record.document is not None:
                    yield record.document

        for cleaned in self._by_site(documents()):
            while waiting[0].document is not cleaned.document:
                yield waiting.popleft(), None
            yield waiting.popleft(), cleaned
        yield from ((record, None) for record in waiting)

    def _by_site(self, documents: Iterator[Document]) -> Iterator[Cleaned]:
        return self.pipeline().many(documents)

    def is_current(self, job: Job) -> bool:
        """Whether output and log are there, fit each other and the input, and come from this configuration."""
        try:
            return self._matches(job)
        except (OSError, ValueError, KeyError, IndexError):
            return False

    def _matches(self, job: Job) -> bool:
        with job.log.open("rb") as handle:
            digest = hashlib.sha256()
            described: dict[str, Any] = {}
            last = first = handle.readline()
            if first != dump(self.header):
                return False
            digest.update(first)
            for line in handle:
                if last is not first:
                    digest.update(last)
                last = line
                if line.startswith((b'{"type":"document"', b'{"type":"shard"')):
                    described = json.loads(line) if not described or b'"shard"' in line[:16] else described
        end = json.loads(last)
        return bool(
            end["type"] == "end"
            and end["sha256"] == digest.hexdigest()
            and described["source"] == job.shown
            and described["sha256"] == file_sha256(job.source)
            and described["output_sha256"] == file_sha256(job.target)
        )


def _prove(cleaned: Cleaned, record: dict[str, Any], output: bytes) -> None:
    """Fails, before anything is in place, when output and removals do not give the raw bytes back."""
    if not cleaned.removals and record["sha256"] == record["output_sha256"]:
        return
    try:
        restored(output, record, cleaned.removals)
    except LogError as error:
        raise OurBugError(str(error)) from None


def shard_record(job: Job, output: "Hashing") -> dict[str, Any]:
    """What a shard was and became, file by file; its log names it before the end."""
    return {
        "type": "shard",
        "source": job.shown,
        "sha256": file_sha256(job.source),
        "bytes": job.source.stat().st_size,
        "output_sha256": output.digest.hexdigest(),
        "output_bytes": output.size,
    }


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in blocks."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class Hashing:
    """A handle that knows the size and hash of what went through it."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, raw: bytes) -> int:
        """Passes bytes on."""
        self.digest.update(raw)
        self.size += len(raw)
        return self._handle.write(raw)

    def flush(self) -> None:
        """Passes on what is buffered below."""
        self._handle.flush()


class Replacing:
    """A file written beside its place: `commit` renames it there, leaving without one removes it.

    The name beside it is always the same, so that a run which was killed leaves nothing that the next one does not
    write over; two runs at once are kept apart by the lock.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._beside = path.with_name(f".{path.name}.part")
        self._committed = False

    def __enter__(self) -> "Replacing":
        if self.path.is_dir():
            raise IsADirectoryError(f"a directory is in the way at {self.path}; move it")
        self.handle: BinaryIO = self._beside.open("wb", buffering=BLOCK)
        return self

    def commit(self) -> None:
        """Makes the file durable, then visible."""
        self.handle.flush()
        os.fsync(self.handle.fileno())
        self.handle.close()
        self._beside.replace(self.path)
        self._committed = True

    def __exit__(self, *_: object) -> None:
        self.handle.close()
        if not self._committed:
            self._beside.unlink(missing_ok=True)
