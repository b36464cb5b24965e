"""Inputs and outputs at addresses (s3://, gs://, hf://, memory:// ...) through fsspec, one file at a time.

A file is fetched to a folder of its own, cleaned there as any other, and its log and then its output are put
in place: an object store shows an object when it is whole, so no reader sees half of one. What is there and
matches its log is fetched and compared, and not put again.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.cleaning import Cleaner
from cleaner.config import Config
from cleaner.inputs import Job, PlaceError, Refused, address_of, exclusion, jobs_of
from cleaner.log import SUFFIX
from cleaner.outcome import Outcome, refusal
from cleaner.run import check, clean


class Fetched(NamedTuple):
    """An input of a run with an address in it: where it is, its name below the folder, and where its output goes.

    `source` and `output` are addresses or paths.
    """

    source: str
    name: str
    output: str


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
    from cleaner.workers import Workers

    with Workers(processes, work, _lost) as workers:
        yield from workers.in_order(list(tasks))


def _apart(tasks: Iterable[Fetched | Refused]) -> Iterator[Fetched | Refused]:
    """The tasks, each output once."""
    taken: dict[str, str] = {}
    for task in tasks:
        if isinstance(task, Fetched):
            first = taken.setdefault(task.output, task.source)
            if first != task.source:
                yield Refused(task.source, f"{task.output} is the output of {first}; rename one")
                continue
        yield task


def _tasks(inputs: list[Path], output: Path, config: Config, named: bool) -> Iterator[Fetched | Refused]:
    folder = address_of(output) or str(output)
    whole = _spelled_alike(output)
    for path, place in zip(inputs, map(_spelled_alike, inputs), strict=True):
        if f"{whole}/".startswith(f"{place}/"):
            what = f"the output lies inside the input {address_of(path) or path}; name one outside of it with -o"
            raise PlaceError(f"{folder}: {what}")
    for path in inputs:
        place = _spelled_alike(path)
        for one in _found(path, output, config, named):
            if isinstance(one, Refused):
                yield one
            elif place == f"{whole}/{one[1]}":
                yield Refused(one[0], "is its own output; choose another folder with -o")
            else:
                yield Fetched(*one, _join(folder, one[1]))


def _found(path: Path, output: Path, config: Config, named: bool) -> Iterator[tuple[str, str] | Refused]:
    """The files at or below an input: where they are, and their names below it."""
    address = address_of(path)
    if address:
        yield from ((source, name) for source, name in _listed(address, config) if not name.endswith(SUFFIX))
        return
    for one in jobs_of([path], config, output, named):
        yield one if isinstance(one, Refused) else (str(one.source), one.name)


def _spelled_alike(path: Path) -> str:
    """A place in the one way in which all its addresses, and its path, can be compared. Raises PlaceError."""
    address = address_of(path)
    place = str(path)
    if address:
        store, place = _store(address)
        url = str(store.unstrip_protocol(place))
        if not url.startswith(("file:", "local:")):
            return url.rstrip("/")
    return f"file://{os.path.realpath(place)}".rstrip("/")


def _listed(address: str, config: Config) -> Iterator[tuple[str, str]]:
    """The files at or below an address: their addresses, and their names below it."""
    store, place = _store(address)
    excluded = exclusion(config)
    try:
        if store.isfile(place):
            yield address, place.rstrip("/").rpartition("/")[2]
            return
        found = sorted(store.find(place))
    except Exception as error:
        raise PlaceError(f"{address}: cannot be listed ({_in_a_line(error)})") from None
    if not found:
        raise PlaceError(f"{address}: nothing is there; check the name")
    for path in found:
        name = path[len(place.rstrip("/")) :].lstrip("/")
        if not any(part.startswith(".") for part in name.split("/")) and not excluded(name):
            yield _join(address, name), name


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
            told = Job(_Shown(task.source), task.name, _Shown(task.output), task.source)
            try:
                _fetch(task, job)
                outcome = clean(self._cleaner, job) if self._writes else check(self._cleaner, job)
                if outcome.status == "written" and address_of(Path(task.output)):
                    _put(job.log, task.output + SUFFIX)
                    _put(job.target, task.output)
            except OSError as error:
                outcome = refusal(job, error)
            except Exception as error:  # every store has errors of its own
                outcome = Outcome(job, "refused", message=f"its store says no: {_in_a_line(error)}")
            return outcome._replace(job=told, message=outcome.message.replace(str(job.target), task.output))


class _Shown(type(Path())):  # type: ignore[misc]
    """A path that is only told of, as the address that it is."""

    def __str__(self) -> str:
        path = Path(*self.parts)
        return address_of(path) or str(path)


def _job(task: Fetched, folder: Path) -> Job:
    """The job on local files; what is local already stays where it is."""
    file = task.name.rpartition("/")[2]
    source = folder / "in" / file if address_of(Path(task.source)) else Path(task.source)
    target = folder / "out" / file if address_of(Path(task.output)) else Path(task.output)
    return Job(source, task.name, target, task.source)


def _fetch(task: Fetched, job: Job) -> None:
    """Brings the input, and what is in the places of its output and log, to where the job looks for them.

    An output without a log is fetched too: it is a file of somebody else's, which the job refuses to replace.
    """
    pairs = ((task.source, job.source), (task.output + SUFFIX, job.log), (task.output, job.target))
    for address, path in pairs:
        if not address_of(Path(address)):
            continue
        store, place = _store(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path == job.source or store.exists(place):
            store.get_file(place, str(path))


def _put(path: Path, address: str) -> None:
    store, place = _store(address)
    store.makedirs(place.rpartition("/")[0], exist_ok=True)
    store.put_file(str(path), place)


def _store(address: str) -> tuple[Any, str]:
    """The file system of an address, and the place in it. Raises PlaceError with the cure if there is none."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise PlaceError(f"{address}: needs fsspec: pip install 'seedclean[fs]'") from None
    try:
        store, place = url_to_fs(address)
    except ImportError as error:
        raise PlaceError(f"{address}: {_in_a_line(error)}") from None
    except ValueError as error:
        raise PlaceError(f"{address}: is no address that fsspec knows ({_in_a_line(error)})") from None
    except Exception as error:
        raise PlaceError(f"{address}: cannot be reached ({_in_a_line(error)})") from None
    return store, str(place)


def _join(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}"


def _in_a_line(error: Exception) -> str:
    return " ".join((str(error) or type(error).__name__).split())


def _lost(task: Fetched | Refused, how: str) -> Outcome:
    """The outcome of a file whose process died."""
    why = f"its process died ({how}), perhaps for want of memory; the rest goes on"
    job = task if isinstance(task, Refused) else Job(_Shown(task.source), task.name, _Shown(task.output), task.source)
    return Outcome(job, "refused", message=why)
