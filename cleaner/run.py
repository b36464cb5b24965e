"""A run over files: from inputs to outputs with their logs, each complete or not there at all.

A crash, a full disk or ^C must never leave half a file that looks whole: everything is written beside its place,
synced, and renamed, the log before the output; and what is done and matches its log is not done again.
"""

import shutil
import traceback
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, NamedTuple

from cleaner.cleaning import Cleaner, Counts, OurBugError, Streamed, shard_record
from cleaner.files import BLOCK, Comparing, Hashing, Replacing
from cleaner.formats import InputError, Part, format_of
from cleaner.inputs import Job, Refused, explain
from cleaner.log import LogWriter, dump
from cleaner.workers import Workers

Status = Literal["written", "current", "missing", "stale", "refused", "bug"]

PIECE = 16 << 20  # bytes of a shard that one process takes at a time


class Outcome(NamedTuple):
    """What became of an input. `message`: why it was refused, or what is stale; `notes`: documents left whole."""

    job: Job | Refused
    status: Status
    counts: Counts = Counts()
    message: str = ""
    notes: tuple[str, ...] = ()


class Piece(NamedTuple):
    """A part of a shard, the `number`th of `total` from 0, that one process cleans to a place of its own."""

    job: Job
    number: int
    total: int
    part: Part

    @property
    def output(self) -> Path:
        """Where its lines go until all pieces are there."""
        return _beside(self.job.target, self.number)

    @property
    def log(self) -> Path:
        """Where its log goes until then."""
        return _beside(self.job.log, self.number)


class Cut(NamedTuple):
    """A piece that was cleaned, or the outcome that refuses its shard."""

    piece: Piece
    streamed: Streamed | None
    refused: Outcome | None = None


Task = Job | Refused | Piece


def clean_all(cleaner: Cleaner, found: Iterable[Job | Refused], processes: int = 1) -> Iterator[Outcome]:
    """Cleans every input, one after another or in several processes: the same files and outcomes, in the same order."""
    if processes == 1:
        for one in found:
            yield Outcome(one, "refused", message=one.message) if isinstance(one, Refused) else clean(cleaner, one)
        return
    cleaner.header, cleaner.pipeline()  # read and built once, before the processes part
    started: list[Job] = []
    try:
        with Workers(processes, Work(cleaner), lost) as workers:
            tasks = _tasks(cleaner, found, started)
            merging: Merge | None = None
            for answer in workers.in_order(tasks):
                if isinstance(answer, Outcome):
                    yield answer
                    continue
                merging = merging or Merge(cleaner, answer.piece.job)
                outcome = merging.add(answer)
                if outcome is not None:
                    merging = None
                    yield outcome
    finally:
        for job in started[-4 * processes :]:
            _sweep(job)


def check_all(cleaner: Cleaner, found: Iterable[Job | Refused], processes: int = 1) -> Iterator[Outcome]:
    """What `clean_all` would do, without writing: `missing` and `stale` ones would be written."""
    if processes == 1:
        for one in found:
            yield Outcome(one, "refused", message=one.message) if isinstance(one, Refused) else check(cleaner, one)
        return
    cleaner.header, cleaner.pipeline()
    with Workers(processes, Work(cleaner, checks=True), lost) as workers:
        for answer in workers.in_order(found):
            assert isinstance(answer, Outcome)
            yield answer


class Work:
    """What a worker does with a task."""

    def __init__(self, cleaner: Cleaner, checks: bool = False) -> None:
        self._cleaner = cleaner
        self._checks = checks

    def __call__(self, task: Task) -> Outcome | Cut:
        """The outcome of an input, or the cleaned piece of a shard. Raises nothing."""
        if isinstance(task, Refused):
            return Outcome(task, "refused", message=task.message)
        if isinstance(task, Piece):
            return _clean_piece(self._cleaner, task)
        return check(self._cleaner, task) if self._checks else clean(self._cleaner, task)


def lost(task: Task, how: str) -> Outcome | Cut:
    """The answer for a task whose process died."""
    why = f"its process died ({how}), perhaps for want of memory; the rest goes on"
    job = task.job if isinstance(task, Piece) else task
    outcome = Outcome(job, "refused", message=why)
    return Cut(task, None, outcome) if isinstance(task, Piece) else outcome


def clean(cleaner: Cleaner, job: Job) -> Outcome:
    """Cleans one input to its place, unless that is already done. What cannot be done is told in the outcome."""
    try:
        if cleaner.is_current(job):
            return Outcome(job, "current")
        job.target.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            log = stack.enter_context(Replacing(job.log))
            output = stack.enter_context(Replacing(job.target))
            done = cleaner.stream(job, output.handle, log.handle)
            log.commit()
            output.commit()
    except Exception as error:
        return refusal(job, error)
    return Outcome(job, "written", done.counts, notes=done.notes)


def check(cleaner: Cleaner, job: Job) -> Outcome:
    """What `clean` would do with an input, without writing anything."""
    try:
        if cleaner.is_current(job):
            return Outcome(job, "current")
        with Comparing(job.target) as output, Comparing(job.log) as log:
            done = cleaner.stream(job, output, log)
            same, same_log = output.same(), log.same()
            missing = next((path for path, one in ((job.target, output), (job.log, log)) if one.missing), None)
    except Exception as error:
        return refusal(job, error)
    if missing is not None:
        return Outcome(job, "missing", done.counts, f"{missing} is missing", done.notes)
    if same and same_log:
        return Outcome(job, "current", done.counts, notes=done.notes)
    what = f"{job.target} is not what comes of it" if not same else f"{job.log} is not from these rules and settings"
    return Outcome(job, "stale", done.counts, what, done.notes)


def refusal(job: Job, error: Exception) -> Outcome:
    """What an error means for an input."""
    if isinstance(error, InputError):
        return Outcome(job, "refused", message=str(error))
    if isinstance(error, TimeoutError):
        return Outcome(job, "refused", message="a rule took too long on it; exclude it, and tell us")
    if isinstance(error, OSError):
        return Outcome(job, "refused", message=explain(error, job.source))
    if isinstance(error, MemoryError):
        return Outcome(job, "refused", message="does not fit into memory; split it, or lower --max-bytes")
    if isinstance(error, OurBugError):
        return Outcome(job, "bug", message=str(error))
    return Outcome(job, "bug", message="".join(traceback.format_exception(error)))


def _tasks(cleaner: Cleaner, found: Iterable[Job | Refused], started: list[Job]) -> Iterator[Task]:
    for one in found:
        if isinstance(one, Refused):
            yield one
            continue
        started.append(one)
        size = _size(one)
        divisible = size > 2 * PIECE and one.name.lower().endswith(format_of(one.name).ranges)
        if divisible and not cleaner.is_current(one):
            yield from _pieces(one, size)
        else:
            yield one


def _size(job: Job) -> int:
    try:
        return job.source.stat().st_size
    except OSError:
        return 0  # whoever opens it will say why


def _pieces(job: Job, size: int) -> Iterator[Piece]:
    starts = range(0, size, PIECE)
    for number, start in enumerate(starts):
        yield Piece(job, number, len(starts), Part(start, min(start + PIECE, size)))


def _beside(path: Path, number: int) -> Path:
    return path.with_name(f".{path.name}.part{number}")


def _clean_piece(cleaner: Cleaner, piece: Piece) -> Cut:
    try:
        piece.output.parent.mkdir(parents=True, exist_ok=True)
        with piece.output.open("wb", BLOCK) as output, piece.log.open("wb", BLOCK) as log:
            return Cut(piece, cleaner.stream(piece.job, output, log, piece.part))
    except Exception as error:
        return Cut(piece, None, refusal(piece.job, error))


def _sweep(job: Job) -> None:
    """Removes what a run that was broken off left beside the place of an output."""
    for path in (job.target, job.log):
        for left in path.parent.glob(f".{_quoted(path.name)}.part*"):
            left.unlink(missing_ok=True)


def _quoted(name: str) -> str:
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


class Merge:
    """A shard that grows together from its pieces, in their order."""

    def __init__(self, cleaner: Cleaner, job: Job) -> None:
        self._job = job
        self._skip = len(dump(cleaner.header))
        self._stack = ExitStack()
        self._refused: Outcome | None = None
        self._counts = Counts()
        self._notes: list[str] = []
        self._seen: set[str] = set()
        try:
            self._log = self._stack.enter_context(Replacing(job.log))
            self._output = self._stack.enter_context(Replacing(job.target))
            self._writer = LogWriter(self._log.handle, cleaner.header)
            self._hashed = Hashing(self._output.handle)
        except OSError as error:
            self._refused = refusal(job, error)

    def add(self, cut: Cut) -> Outcome | None:
        """Takes the next piece; gives the outcome of the shard after the last one."""
        self._refused = self._refused or cut.refused
        try:
            if self._refused is None and cut.streamed is not None:
                self._take(cut.piece, cut.streamed)
        except (OSError, InputError) as error:
            self._refused = refusal(self._job, error)
        finally:
            cut.piece.output.unlink(missing_ok=True)
            cut.piece.log.unlink(missing_ok=True)
        return self._finish(cut.piece.part.stop) if cut.piece.number + 1 == cut.piece.total else None

    def _take(self, piece: Piece, streamed: Streamed) -> None:
        for name in streamed.ids:
            if name in self._seen:
                raise InputError(f"the id {name!r} stands twice; name a field that differs with --id-field")
            self._seen.add(name)
        with piece.output.open("rb") as output, piece.log.open("rb") as log:
            shutil.copyfileobj(output, self._hashed, BLOCK)
            log.seek(self._skip)
            while lines := log.read(BLOCK):
                self._writer.write_lines(lines, 0, 0, 0)
        counts = streamed.counts
        self._writer.write_lines(b"", counts.documents, counts.removals, counts.removed_chars)
        self._counts = self._counts.plus(counts)
        self._notes += streamed.notes

    def _finish(self, size: int | None) -> Outcome:
        with self._stack:
            if self._refused is not None:
                return self._refused
            try:
                if self._job.source.stat().st_size != size:
                    raise InputError("changed while it was read; clean again")
                self._writer.write([shard_record(self._job, self._hashed)])
                self._writer.close()
                self._log.commit()
                self._output.commit()
            except (OSError, InputError) as error:
                return refusal(self._job, error)
        return Outcome(self._job, "written", self._counts, notes=tuple(self._notes))
