"""Which files a run is about: folders walked in order, each input with the place of its output.

What cannot be an input is refused by name and the rest goes on: a link that leads out of the folder, a pipe, two
inputs for one output. Nothing here opens a file.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.config import Config
from cleaner.files import printable_name
from cleaner.log import SUFFIX

Excluded = Callable[[str], bool]

DEEPEST = 500  # folders in folders: each is a call within a call, of which Python allows a thousand


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


class Refused(NamedTuple):
    """An input that is not one: how messages name it, and why, with the cure."""

    shown: str
    message: str


class PlaceError(ValueError):
    """Input and output folder stand in each other's way."""


def jobs_of(
    inputs: Sequence[Path], config: Config, output: Path, force_exclude: bool = False
) -> Iterator[Job | Refused]:
    """The inputs and all below them, sorted, each once."""
    excluded = exclusion(config)
    taken: dict[Path, str] = {}
    for path in inputs:
        if path.is_dir():
            found: Iterable[tuple[Path, str] | Refused] = _walk(path, path, config, excluded)
        elif force_exclude and excluded(shown_path(path, config)):
            found = ()
        else:
            found = [(path, _name_of_file(path, config))]
        for one in found:
            if isinstance(one, Refused):
                yield one
                continue
            source, relative = one
            job = Job(source, printable_name(relative), output / relative, shown_path(source, config))
            problem = _problem(job, taken)
            if problem == "again":
                continue
            yield Refused(job.shown, problem) if problem else job


def _problem(job: Job, taken: dict[Path, str]) -> str:
    """Why a job cannot be done, "again" when it is already there; empty when it can."""
    try:
        mode = job.source.stat().st_mode
    except OSError as error:
        return explain(error, job.source)
    if not stat.S_ISREG(mode):
        return "is no regular file; exclude it"
    if job.name.endswith(SUFFIX):
        return f"is named like a removals log (*{SUFFIX}); rename or exclude it"
    if job.target in taken:
        other = taken[job.target]
        return "again" if other == job.shown else f"{job.target} is the output of {other}; rename one"
    taken[job.target] = job.shown
    if job.target.is_dir():
        return f"a directory is in the way at {job.target}; move it"
    if job.target.exists() and job.target.samefile(job.source) and not job.target.is_symlink():
        return "is its own output; choose another folder with -o"
    return ""


def _walk(
    folder: Path, top: Path, config: Config, excluded: Excluded, depth: int = 0
) -> Iterator[tuple[Path, str] | Refused]:
    if depth > DEEPEST:
        yield Refused(shown_path(folder, config), f"lies more than {DEEPEST} folders deep; move it up or exclude it")
        return
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Refused(shown_path(folder, config), explain(error, folder))
        return
    for entry in entries:
        path = folder / entry.name
        # hidden ones are other tools' business: .git, .DS_Store, half-written files
        is_folder = _is_folder(entry)
        if entry.name.startswith(".") or excluded(shown_path(path, config) + ("/" if is_folder else "")):
            continue
        if entry.is_symlink():
            problem = _leads_out(path, top)
            if problem:
                yield Refused(shown_path(path, config), problem)
                continue
            if is_folder:
                continue  # what it leads to is walked where it is
        if is_folder:
            yield from _walk(path, top, config, excluded, depth + 1)
        else:
            yield path, os.path.relpath(path, top).replace(os.sep, "/")


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links that go round in a circle, or through a folder that nobody may enter
        return False


def _leads_out(path: Path, top: Path) -> str:
    try:
        inside = path.resolve(strict=True).is_relative_to(top.resolve())
    except (OSError, RuntimeError):
        return "is a symbolic link to nothing; delete or exclude it"
    return "" if inside else "is a symbolic link out of the folder; name what it leads to, or exclude it"


def check_places(inputs: Iterable[Path], output: Path) -> None:
    """Raises PlaceError for an output that is a file, or inside an input: the next run would clean it again."""
    if output.exists() and not output.is_dir():
        raise PlaceError(f"{output}: the output is a folder, and there is a file; name another with -o")
    for path in inputs:
        if path.is_dir() and output.resolve().is_relative_to(path.resolve()):
            raise PlaceError(f"{output}: the output lies inside the input {path}; name one outside of it with -o")


def _name_of_file(path: Path, config: Config) -> str:
    """A file below the configured input folder keeps its path there, so that a hook and a whole run agree."""
    below = os.path.relpath(os.path.abspath(path), os.path.abspath(config.input))
    return path.name if below.startswith("..") else below.replace(os.sep, "/")


def exclusion(config: Config) -> Excluded:
    """Whether a path below the configuration's folder (with slashes, a folder with one at its end) is passed over."""
    patterns = config["exclude"]
    if not patterns:
        return lambda _: False
    import pathspec

    spec = pathspec.GitIgnoreSpec.from_lines(patterns)
    return lambda path: bool(spec.match_file(path))


def shown_path(path: Path, config: Config) -> str:
    """How messages and logs name a path: from the configuration's folder if it is below, else as it was given."""
    below = os.path.relpath(os.path.abspath(path), os.path.abspath(config.root))
    return printable_name((os.fspath(path) if below.startswith("..") else below).replace(os.sep, "/"))


def explain(error: OSError, path: Path) -> str:
    """What a system error means for an input, and the cure."""
    if isinstance(error, FileNotFoundError):
        if error.filename not in (None, path, os.fspath(path)):
            return f"{error.filename} is gone: somebody else moved it; clean again"
        return "is not there (any more); check the name"
    if isinstance(error, IsADirectoryError):
        return f"a directory is in the way at {error.filename or path}; move it"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"a file is in the way at {error.filename or path}; move it"
    what = (error.strerror or str(error)).lower()
    if error.errno == errno.ENAMETOOLONG:
        return f"{what}, counting the {SUFFIX} of its log; shorten it"
    where = "" if error.filename in (None, os.fspath(path)) else f" at {error.filename}"
    if isinstance(error, PermissionError):
        return f"{what}{where}; change its permissions or exclude it"
    return f"{what}{where}"
