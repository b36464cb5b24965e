"""A large shard in pieces: each cleaned by some process to a place of its own, and put together in their order."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from cleaner.formats import InputError, Part, format_of
from cleaner.log import LogWriter
from cleaner.log.entries import dump
from cleaner.machine.files import Content, Hashing, Replacing, anew, beside, content, sync
from cleaner.machine.opening import BLOCK, file_sha256
from cleaner.run.cleaning import CHANGED, Cleaner, Counts, Streamed, shard_record
from cleaner.run.copies import TwiceError, placed
from cleaner.run.inputs import Job
from cleaner.run.outcome import Outcome, refusal

PIECE = 1 << 20  # bytes: a piece costs a millisecond
_LAST = 2  # The last 2 pieces are each cut into 4, so that no worker is left alone with a large one.
_FINER = 4  # pieces of each of them


def spare_others(log: Replacing, output: Replacing) -> None:
    """Raises InputError if another file is in an output's place: one with other bytes, and without a log beside it.

    A log would say that the file is an output. Both arguments are written beside their places already.
    """
    if output.replaces and not log.replaces:
        output.handle.flush()
        if file_sha256(output.beside) != file_sha256(output.path):
            raise InputError(in_the_way(output.path))


def in_the_way(path: Path) -> str:
    """What is told of a file that is in an output's way."""
    return f"{path} is there already, and has no log that says it is an output; move it"


class Piece(NamedTuple):
    """A part of a shard, the `number`th of `total` from 0, that one process cleans to a place of its own.

    `before` tells of the shard as it was before any of it was read, as `content` does.
    """

    job: Job
    number: int
    total: int
    part: Part
    before: Content

    @property
    def output(self) -> Path:
        """Where its lines go until all pieces are there."""
        return beside(self.job.target, f".part{self.number}")

    @property
    def log(self) -> Path:
        """Where its log goes until then."""
        return beside(self.job.log, f".part{self.number}")


class Cut(NamedTuple):
    """A piece that was cleaned, or the outcome that refuses its shard."""

    piece: Piece
    streamed: Streamed | None
    refused: Outcome | None = None


def pieces_of(job: Job, before: Content) -> Iterator[Piece]:
    """The pieces of a shard of which `content` tells that now."""
    _, size, _ = before
    whole = range(0, size, PIECE)
    starts = [*whole[:-_LAST], *range(whole[-_LAST:][0], size, max(PIECE // _FINER, 1))]
    for number, (start, stop) in enumerate(pairwise([*starts, size])):
        yield Piece(job, number, len(starts), Part(start, stop), before)


def clean_piece(cleaner: Cleaner, piece: Piece) -> Cut:
    """Cleans a piece to its place. What cannot be done is told in the answer."""
    try:
        piece.output.parent.mkdir(parents=True, exist_ok=True)
        with anew(piece.output, BLOCK) as output, anew(piece.log, BLOCK) as log:
            return Cut(piece, cleaner.stream(piece.job, output, log, piece.part))
    except Exception as error:
        return Cut(piece, None, refusal(piece.job, error))


class Merge:
    """A shard that grows together from its pieces, in their order."""

    def __init__(self, cleaner: Cleaner, job: Job) -> None:
        self._job = job
        self._skip = len(dump(cleaner.header))
        self._stack = ExitStack()
        self._refused: Outcome | None = None
        self._counts = Counts()
        self._notes: list[str] = []
        self._names: dict[str, str] = {}
        self._made: set[str] = set()
        self._cleaner = cleaner
        self._copies = False
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
        except TwiceError as error:
            self._refused = refusal(self._job, placed(error, self._job, self._cleaner.options))
        except (OSError, InputError) as error:
            self._refused = refusal(self._job, error)
        finally:
            cut.piece.output.unlink(missing_ok=True)
            cut.piece.log.unlink(missing_ok=True)
        return self._finish(cut.piece.before) if cut.piece.number + 1 == cut.piece.total else None

    def _take(self, piece: Piece, streamed: Streamed) -> None:
        made = self._made | streamed.made
        for name in self._names.keys() & streamed.names.keys():
            if self._names[name] != streamed.names[name] and name not in made:
                raise TwiceError(format_of(self._job.name), name)
            self._copies = True
        self._names |= streamed.names
        self._made = made
        with piece.output.open("rb") as output, piece.log.open("rb") as log:
            while lines := output.read(BLOCK):
                self._hashed.write(lines)
            log.seek(self._skip)
            while lines := log.read(BLOCK):
                self._writer.write_lines(lines, 0, 0, 0)
        counts = streamed.counts
        self._writer.write_lines(b"", counts.documents, counts.removals, counts.removed_chars)
        self._counts = self._counts.plus(counts)
        self._notes += streamed.notes

    def drop(self) -> None:
        """Takes back what was merged so far."""
        self._stack.close()

    def _once_more(self) -> None:
        """Cleans the shard in one go: copies of a document are numbered from its beginning, which no piece knows."""
        for file in (self._log, self._output):
            file.handle.seek(0)
            file.handle.truncate()
        done = self._cleaner.stream(self._job, self._output.handle, self._log.handle)
        self._counts, self._notes = done.counts, list(done.notes)

    def _finish(self, before: Content) -> Outcome:
        with self._stack:
            if self._refused is not None:
                return self._refused
            try:
                if self._copies:
                    self._once_more()
                else:
                    self._writer.write([shard_record(self._job, self._hashed, self._cleaner.options)])
                    self._writer.close()
                if content(self._job.source.stat()) != before:
                    raise InputError(CHANGED)
                spare_others(self._log, self._output)
                sync([self._log, self._output])
                self._log.commit()
                self._output.commit()
            except (OSError, InputError) as error:
                return refusal(self._job, error)
        return Outcome(self._job, "written", self._counts, notes=tuple(self._notes))
