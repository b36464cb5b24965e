"""Inputs and outputs at addresses (s3://, gs://, hf://, memory:// ...) through fsspec, one file at a time.

A file is fetched to a folder of its own, cleaned there as any other, and its log and then its output are put
in place. What is there and matches its log is fetched and compared, and not put again.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cleaner.config import Config
from cleaner.log import SUFFIX
from cleaner.machine.addresses import address_of
from cleaner.machine.files import printable_name
from cleaner.run.batches import check, clean
from cleaner.run.cleaning import Cleaner
from cleaner.run.inputs import Job, PlaceError, Refused, exclusion, jobs_of
from cleaner.run.outcome import Outcome, refusal
from cleaner.run.stores import Spot, at, fetch, in_a_line, listed, put, url_of


class Fetched(NamedTuple):
    """An input of a run with an address in it: where it is, its name below the folder, and where its output goes."""

    source: Spot
    name: str
    output: Spot


def clean_remote(
    cleaner: Cleaner, inputs: Iterable[Path], output: Path, processes: int = 1, writes: bool = True, named: bool = False
) -> Iterator[Outcome]:
    """What became of each file at or below some inputs, cleaned to an output; one of them at least is an address.

    `writes` False checks only; `named` excludes also what is named one by one. Raises PlaceError for an address that
    nobody here can read.
    """
    tasks = _apart(_tasks(list(inputs), output, cleaner.config, named))
    work = Work(cleaner, writes)
    if processes == 1:
        yield from (work(task) for task in tasks)
        return
    cleaner.prepare()
    # listed before workers are forked: a connection does not survive a fork
    from cleaner.machine.workers import Workers

    with Workers(processes, work, _lost) as workers:
        yield from workers.in_order(list(tasks))


def _apart(tasks: Iterable[Fetched | Refused]) -> Iterator[Fetched | Refused]:
    """The tasks, each output once."""
    taken: dict[str, Spot] = {}
    for task in tasks:
        if isinstance(task, Fetched):
            first = taken.setdefault(task.output.place, task.source)
            if first != task.source:
                what = f"{task.output.shown} is the output of {first.shown}; rename one"
                yield Refused(task.source.shown, what)
                continue
        yield task


def _tasks(inputs: list[Path], output: Path, config: Config, named: bool) -> Iterator[Fetched | Refused]:
    whole = _spelled_alike(output)
    for path, place in zip(inputs, map(_spelled_alike, inputs), strict=True):
        if f"{whole}/".startswith(f"{place}/"):
            what = f"the output lies inside the input {address_of(path) or path}; name one outside of it with -o"
            raise PlaceError(f"{address_of(output) or output}: {what}")
    for path in inputs:
        place = _spelled_alike(path)
        for one in _found(path, output, config, named):
            if isinstance(one, Refused):
                yield one
            elif place == f"{whole}/{one.name}":
                yield Refused(one.source.shown, "is its own output; choose another folder with -o")
            else:
                yield one


def _found(path: Path, output: Path, config: Config, named: bool) -> Iterator[Fetched | Refused]:
    """The files at or below an input."""
    address, folder = address_of(path), address_of(output)
    if address:
        for spot, name in listed(address, exclusion(config)):
            if not name.endswith(SUFFIX):
                yield Fetched(spot, name, at(folder, name) if folder else _here(output / name))
        return
    for one in jobs_of([path], config, output, named):
        if isinstance(one, Refused):
            yield one
        else:
            below = printable_name(one.target.relative_to(output).as_posix())
            target = at(folder, below) if folder else _here(one.target)
            yield Fetched(Spot("", str(one.source), one.shown), one.name, target)


def _here(path: Path) -> Spot:
    return Spot("", str(path), str(path))


def _spelled_alike(path: Path) -> str:
    """A place in the one way in which all its addresses, and its path, can be compared. Raises PlaceError."""
    address = address_of(path)
    return url_of(address) if address else f"file://{os.path.realpath(path)}".rstrip("/")


class Work:
    """What a worker does with a file."""

    def __init__(self, cleaner: Cleaner, writes: bool) -> None:
        self._cleaner = cleaner
        self._writes = writes

    def __call__(self, task: Fetched | Refused) -> Outcome:
        """The outcome of a file. Raises nothing."""
        if isinstance(task, Refused):
            return Outcome(task, "refused", message=task.message)
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="cleaner-") as folder:
            job = _job(task, Path(folder))
            try:
                _fetch(task, job)
                outcome = clean(self._cleaner, job) if self._writes else check(self._cleaner, job)
                if outcome.status == "written" and task.output.address:
                    put(job.log, task.output.ending(SUFFIX))
                    put(job.target, task.output)
            except OSError as error:
                outcome = refusal(job, error)
            except Exception as error:  # every store has errors of its own
                outcome = Outcome(job, "refused", message=f"its store says no: {in_a_line(error)}")
            message = outcome.message.replace(str(job.target), task.output.shown)
            return outcome._replace(job=_told(task), message=message)


class _Shown(type(Path())):  # type: ignore[misc]
    """A path that is only told of, as the address that it is."""

    def __str__(self) -> str:
        path = Path(*self.parts)
        return address_of(path) or str(path)


def _told(task: Fetched) -> Job:
    """The job as messages tell of it."""
    return Job(_Shown(task.source.shown), task.name, _Shown(task.output.shown), task.source.shown)


def _job(task: Fetched, folder: Path) -> Job:
    """The job on local files; what is local already stays where it is."""
    file = task.name.rpartition("/")[2]
    source = folder / "in" / file if task.source.address else Path(task.source.place)
    target = folder / "out" / file if task.output.address else Path(task.output.place)
    return Job(source, task.name, target, task.source.shown)


def _fetch(task: Fetched, job: Job) -> None:
    """Brings the input, and what is in the places of its output and log, to where the job looks for them.

    An output without a log is fetched too: it is a file of somebody else's, which the job refuses to replace.
    """
    if task.source.address:
        fetch(task.source, job.source)
    if task.output.address:
        fetch(task.output.ending(SUFFIX), job.log, needed=False)
        fetch(task.output, job.target, needed=False)


def _lost(task: Fetched | Refused, how: str) -> Outcome:
    """The outcome of a file whose process died."""
    why = f"its process died ({how}), perhaps for want of memory; the rest goes on"
    return Outcome(task if isinstance(task, Refused) else _told(task), "refused", message=why)
