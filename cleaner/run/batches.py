"""A run over files: from inputs to outputs with their logs, each complete or not there at all.

A crash, a full disk or ^C must never leave half a file that looks whole: everything is written beside its place,
synced, and renamed, the log before the output; and what is done and matches its log is not done again.
"""

import errno
import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cleaner.formats import format_of
from cleaner.log import read_log
from cleaner.machine.files import Comparing, Content, Replacing, beside, content, sync
from cleaner.run import shards
from cleaner.run.cleaning import Cleaner, Streamed
from cleaner.run.inputs import Job, Refused
from cleaner.run.outcome import Outcome, refusal
from cleaner.run.shards import Cut, Merge, Piece, clean_piece, in_the_way, pieces_of, spare_others

BATCH = 32  # small inputs that are made durable together
BATCH_BYTES = 1 << 20


class Lost(NamedTuple):
    """A batch whose process died: one of these inputs is to blame, and nobody knows which."""

    batch: "Batch"
    how: str


Batch = list[Job | Refused | Outcome]  # an outcome among them was known beforehand and waits for its turn
Task = Batch | Piece
Answer = list[Outcome] | Cut | Lost
Written = dict[int, tuple[Replacing, Replacing]]  # log and output of an outcome, by its place among the others


def clean_all(cleaner: Cleaner, found: Iterable[Job | Refused], processes: int = 1) -> Iterator[Outcome]:
    """Cleans every input, one after another or in several processes: the same files and outcomes, in the same order."""
    started: dict[Path, Job] = {}  # by place: those of which no outcome has come yet
    outcomes = _here(cleaner, found, started) if processes == 1 else _apart(cleaner, found, started, processes)
    try:
        with closing(outcomes):  # workers end first
            for outcome in outcomes:
                if isinstance(outcome.job, Job):
                    started.pop(outcome.job.target, None)
                yield outcome
    finally:  # ^C may come between making a file and keeping its name: then nothing else would remove it
        _sweep(started.values())


def _here(cleaner: Cleaner, found: Iterable[Job | Refused], started: dict[Path, Job]) -> Generator[Outcome, None, None]:
    for batch in _batches(cleaner, found):
        started.update((one.target, one) for one in batch if isinstance(one, Job))
        yield from _noted(cleaner, clean_batch(cleaner, batch))


def _apart(
    cleaner: Cleaner, found: Iterable[Job | Refused], started: dict[Path, Job], processes: int
) -> Generator[Outcome, None, None]:
    merging: Merge | None = None
    try:
        for answer in _answers(Work(cleaner), _tasks(cleaner, found, started), processes):
            if isinstance(answer, Cut):
                merging = merging or Merge(cleaner, answer.piece.job)
                outcome = merging.add(answer)
                if outcome is not None:
                    merging = None
                    yield outcome
            else:
                yield from _noted(cleaner, answer)
    finally:
        if merging is not None:
            merging.drop()


def check_all(cleaner: Cleaner, found: Iterable[Job | Refused], processes: int = 1) -> Iterator[Outcome]:
    """What `clean_all` would do, without writing: `missing` and `stale` ones would be written."""
    if processes == 1:
        for batch in _batches(cleaner, found):
            yield from _noted(cleaner, check_batch(cleaner, batch))
        return
    for answer in _answers(Work(cleaner, checks=True), _batches(cleaner, found), processes):
        assert isinstance(answer, list)
        yield from _noted(cleaner, answer)


def _noted(cleaner: Cleaner, outcomes: list[Outcome]) -> list[Outcome]:
    """The same outcomes; what is done now is remembered for the next run."""
    if cleaner.known is not None:
        for outcome in outcomes:
            if outcome.by_log and isinstance(outcome.job, Job):
                cleaner.known.remember(outcome.job)
            elif outcome.stamps and isinstance(outcome.job, Job):
                cleaner.known.remember_written(outcome.job, *outcome.stamps)
    return outcomes


def _answers(work: "Work", tasks: Iterable[Task], processes: int) -> Iterator[list[Outcome] | Cut]:
    """The answers of several processes, in order; a batch that a dying one took along is done again, one by one."""
    from cleaner.machine.workers import Workers  # one process needs none of it

    with Workers(processes, work, lost) as workers:
        for answer in workers.in_order(_prepared(work, tasks)):
            if not isinstance(answer, Lost):
                yield answer
                continue
            if len(answer.batch) == 1:
                why = f"its process died ({answer.how}), perhaps for want of memory; the rest goes on"
                [one] = answer.batch
                _sweep([one] if isinstance(one, Job) else ())
                yield [one if isinstance(one, Outcome) else Outcome(one, "refused", message=why)]
                continue
            yield from _answers(work, [[one] for one in answer.batch], 1)


def _prepared(work: "Work", tasks: Iterable[Task]) -> Iterator[Task]:
    """The tasks. Before the first one with work in it, all is read and built once, so that forked workers share it."""
    ready = False
    for task in tasks:
        if not ready and (isinstance(task, Piece) or any(isinstance(one, Job) for one in task)):
            work.prepare()
            ready = True
        yield task


class Work:
    """What a worker does with a task."""

    def __init__(self, cleaner: Cleaner, checks: bool = False) -> None:
        self._cleaner = cleaner
        self._checks = checks

    def prepare(self) -> None:
        """Builds what every task needs."""
        self._cleaner.prepare()

    def __call__(self, task: Task) -> Answer:
        """The outcomes of a batch, or the cleaned piece of a shard. Raises nothing."""
        if isinstance(task, Piece):
            return clean_piece(self._cleaner, task)
        return check_batch(self._cleaner, task) if self._checks else clean_batch(self._cleaner, task)


def lost(task: Task, how: str) -> Answer:
    """The answer for a task whose process died."""
    if isinstance(task, Piece):
        why = f"a process died on it ({how}), perhaps for want of memory; the rest goes on"
        return Cut(task, None, Outcome(task.job, "refused", message=why))
    return Lost(task, how)


def clean(cleaner: Cleaner, job: Job) -> Outcome:
    """Cleans one input to its place, unless that is already done. What cannot be done is told in the outcome."""
    return clean_batch(cleaner, [job])[0]


def clean_batch(cleaner: Cleaner, batch: Batch) -> list[Outcome]:
    """Cleans some inputs to their places, except those that are done. What cannot be done is told in the outcome."""
    outcomes: list[Outcome] = []
    written: Written = {}
    with ExitStack() as everything:
        for one, is_current in _looked_at(cleaner, batch):
            if not isinstance(one, Job):
                outcomes.append(_told(one))
            elif is_current:
                outcomes.append(Outcome(one, "current", by_log=True))
            else:
                try:
                    done, *files = _written_beside_others(cleaner, one, everything, outcomes, written)
                    written[len(outcomes)] = (files[0], files[1])
                    outcomes.append(Outcome(one, "written", done.counts, notes=done.notes))
                except Exception as error:
                    outcomes.append(refusal(one, error))
        _put_in_place(outcomes, written)
    return outcomes


def _written_beside_others(
    cleaner: Cleaner, job: Job, stack: ExitStack, outcomes: list[Outcome], written: Written
) -> tuple[Streamed, Replacing, Replacing]:
    """Writes beside its place. If the system has no more handles, the files written so far are put in place first."""
    try:
        return _written_beside(cleaner, job, stack)
    except OSError as error:
        if error.errno != errno.EMFILE or not written:
            raise
    _put_in_place(outcomes, written)
    written.clear()
    return _written_beside(cleaner, job, stack)


def _told(one: Refused | Outcome) -> Outcome:
    return one if isinstance(one, Outcome) else Outcome(one, "refused", message=one.message)


def _looked_at(cleaner: Cleaner, batch: Batch) -> list[tuple[Job | Refused | Outcome, bool]]:
    """Each of the batch with whether it is done already; the texts of the others are cleaned ahead, together."""
    looked = [(one, isinstance(one, Job) and cleaner.is_current(one)) for one in batch]
    cleaner.ahead(one for one, is_current in looked if isinstance(one, Job) and not is_current)
    return looked


def _written_beside(cleaner: Cleaner, job: Job, stack: ExitStack) -> tuple[Streamed, Replacing, Replacing]:
    job.target.parent.mkdir(parents=True, exist_ok=True)
    if format_of(job.name).shard:
        _sweep([job])  # a killed run may have left more pieces than this one will write over
    with ExitStack() as own:
        log = own.enter_context(Replacing(job.log))
        output = own.enter_context(Replacing(job.target))
        done = cleaner.stream(job, output.handle, log.handle)
        log.handle.flush()
        output.handle.flush()
        spare_others(log, output)
        stack.push(own.pop_all())
    return done, log, output


def _put_in_place(outcomes: list[Outcome], written: Written) -> None:
    """Makes the written files durable and visible; an outcome whose files could not be becomes a refusal."""
    failed: OSError | None = None
    try:
        sync([file for files in written.values() for file in files])
    except OSError as error:
        failed = error
    for place, (log, output) in written.items():
        try:
            if failed is not None:
                raise failed
            log.commit()
            output.commit()
            if output.stamp and log.stamp:
                outcomes[place] = outcomes[place]._replace(stamps=(output.stamp, log.stamp))
        except OSError as error:
            job = outcomes[place].job
            assert isinstance(job, Job)
            outcomes[place] = refusal(job, error)


def check(cleaner: Cleaner, job: Job) -> Outcome:
    """What `clean` would do with an input, without writing anything."""
    return check_batch(cleaner, [job])[0]


def check_batch(cleaner: Cleaner, batch: Batch) -> list[Outcome]:
    """What `clean_batch` would do with some inputs, without writing anything."""
    outcomes: list[Outcome] = []
    for one, is_current in _looked_at(cleaner, batch):
        if not isinstance(one, Job):
            outcomes.append(_told(one))
        else:
            outcomes.append(Outcome(one, "current", by_log=True) if is_current else _checked(cleaner, one))
    return outcomes


def _checked(cleaner: Cleaner, job: Job) -> Outcome:
    try:
        with Comparing(job.target) as output, Comparing(job.log) as log:
            done = cleaner.stream(job, output, log)
            same, same_log = output.same(), log.same()
            missing = next((path for path, one in ((job.target, output), (job.log, log)) if one.missing), None)
    except Exception as error:
        return refusal(job, error)
    if log.missing and not output.missing and not same:
        return Outcome(job, "refused", message=in_the_way(job.target))
    if missing is not None:
        return Outcome(job, "missing", done.counts, f"{missing} is missing", done.notes)
    if same and same_log:
        return Outcome(job, "current", notes=done.notes)  # nothing is removed anew
    what = f"{job.target} is not what comes of it" if not same else _other_log(cleaner, job)
    return Outcome(job, "stale", done.counts, what, done.notes)


def _other_log(cleaner: Cleaner, job: Job) -> str:
    """Why a log is another one than would be written, though its output is right."""
    try:
        first, described = islice(read_log(job.log), 2)
    except (OSError, ValueError):
        return f"{job.log} is damaged, or of another version"
    if first != cleaner.header:
        return f"{job.log} is not from these rules and settings"
    if described.get("decisions", "") != cleaner.decisions.digest(str(described.get("document"))):
        return f"{job.log} is from other decisions"
    if described.get("source") not in (None, job.shown):
        return f"{job.log} calls its input {described['source']}: it was cleaned from another folder"
    return f"{job.log} is not what comes of it"


def _batches(cleaner: Cleaner, found: Iterable[Job | Refused]) -> Iterator[Batch]:
    """Small inputs in batches, so that their files can be made durable together; a large one by itself."""
    batch: Batch = []
    size = 0
    for one in found:
        if isinstance(one, Job) and cleaner.is_known(one):
            batch.append(Outcome(one, "current"))
        else:
            batch.append(one)
            size += one.size if isinstance(one, Job) else 0
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _tasks(cleaner: Cleaner, found: Iterable[Job | Refused], started: dict[Path, Job]) -> Iterator[Task]:
    """What workers do: batches, and pieces of large shards. All that is handed on is noted among the `started`."""
    for batch in _batches(cleaner, found):
        started.update((one.target, one) for one in batch if isinstance(one, Job))
        last = batch[-1]
        before = _content(last) if isinstance(last, Job) and _in_ranges(last) else None
        if not isinstance(last, Job) or before is None or before[1] <= 2 * shards.PIECE:
            yield batch
        elif cleaner.is_current(last):  # known now: a worker would read it once more
            yield [*batch[:-1], Outcome(last, "current", by_log=True)]
        else:
            if batch[:-1]:
                yield batch[:-1]
            yield from pieces_of(last, before)


def _in_ranges(job: Job) -> bool:
    return job.name.lower().endswith(format_of(job.name).ranges)


def _content(job: Job) -> Content | None:
    try:
        return content(job.source.stat())
    except OSError:
        return None  # whoever opens it will say why


def _sweep(jobs: Iterable[Job]) -> None:
    """Removes what a run that was broken off left beside the places of outputs; each folder is listed once."""
    folders: dict[Path, set[str]] = {}
    for job in jobs:
        for path in (job.target, job.log):
            folders.setdefault(path.parent, set()).add(beside(path).name)
    for folder, names in folders.items():
        with suppress(OSError), os.scandir(folder) as found:
            for left in [one for one in found if one.name.rstrip("0123456789") in names]:  # pieces are numbered
                os.unlink(left)  # noqa: PTH108 - an entry is no path yet
