"""Which files a run is about: folders walked in order, each input with the place of its output.

What cannot be an input is refused by name and the rest goes on: a link that leads out of the folder, a pipe, two
inputs for one output. Nothing here opens a file.
"""

import errno
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from cleaner.config import Config
from cleaner.log import LIKE_A_LOG, SUFFIX
from cleaner.machine.files import Stamp, printable_name, real, stamp
from cleaner.machine.opening import NotRegularError
from cleaner.machine.system import cure, in_words

Excluded = Callable[[str], bool]
_Found = tuple[Path, str, str]  # a file, its name as that of its job, and how messages name it


DEEPEST = 500  # folders in folders: each is a call within a call, of which Python allows a thousand
_LAST_SLASH = re.compile(r"(?<=[^!])/\s*$")  # of a pattern for folders


class Job(NamedTuple):
    """One input with the place of its output.

    `name` is its path, with slashes, below the configured input folder, or below the folder that was named where that
    lies elsewhere; `shown` is the path that logs and messages give it.
    `found` and `there` are the stamps of input and output when they were listed, if anybody looked.
    """

    source: Path
    name: str
    target: Path
    shown: str
    found: Stamp | None = None
    there: Stamp | None = None

    @property
    def size(self) -> int:
        """How many bytes the input had when it was listed."""
        return self.found[0] if self.found else 0

    @property
    def log(self) -> Path:
        """Where the log of this input goes."""
        return Path(self.log_path)

    @property
    def log_path(self) -> str:
        """The same, for what has no need of a `Path`."""
        return f"{self.target}{SUFFIX}"


class Refused(NamedTuple):
    """An input that is not one: how messages name it, and why, with the cure."""

    shown: str
    message: str


class PlaceError(ValueError):
    """Input and output folder stand in each other's way."""


def jobs_of(
    inputs: Sequence[Path], config: Config, output: Path, force_exclude: bool = False
) -> Iterator[Job | Refused]:
    """The inputs and all below them, sorted, each once.

    A part of the configured input folder has its names, and in the configured output folder its places, as in a run
    over all of it. Another output folder mirrors a folder as it was named.
    """
    excluded = exclusion(config)
    taken = Taken()
    among_seeds = _is_among_seeds(output, config)
    as_configured = os.path.realpath(output) == os.path.realpath(config.output)
    for path in inputs:
        above = ""  # what the places do not take over of the names
        if os.path.isdir(path):  # noqa: PTH112 - of a name that cannot be, `Path.is_dir` raises: that is told in its turn
            part = _below_input(path, config)
            top, below = (config.input, f"{part}/") if part else (path, "")
            found: Iterable[_Found | Refused] = _walk(path, top, below, config, excluded)
            above = "" if as_configured else below
        elif force_exclude and excluded(shown_path(path, config)):
            found = ()
        else:
            found = [(path, _below_input(path, config) or path.name, shown_path(path, config))]
        for one in found:
            if isinstance(one, Refused):
                yield one
                continue
            source, name, shown = one
            job = _looked_at(source, printable_name(name), output / name.removeprefix(above), shown, taken)
            if among_seeds and isinstance(job, Job) and job.there and not os.path.exists(job.log_path):  # noqa: PTH110
                yield Refused(shown, f"{job.target} is a raw text of the project; choose another folder with -o")
            elif job is not None:
                yield job


def _is_among_seeds(output: Path, config: Config) -> bool:
    """Whether a folder for outputs lies where the configuration has the raw texts, and not the outputs."""
    place, seeds, outputs = map(Path, map(os.path.realpath, (output, config.input, config.output)))
    return place.is_relative_to(seeds) and not place.is_relative_to(outputs)


def _looked_at(source: Path, name: str, target: Path, shown: str, taken: "Taken") -> Job | Refused | None:
    """The job if it can be done, with what the system tells of its files; None when it is there already."""
    try:
        raw = os.stat(source)
    except OSError as error:
        return Refused(shown, explain(error, source))
    if not stat.S_ISREG(raw.st_mode):
        return Refused(shown, "is no regular file; exclude it")
    if name.endswith(SUFFIX):
        return Refused(shown, LIKE_A_LOG)
    other = taken.by(target, shown)
    if other:
        return None if other == shown else Refused(shown, f"{target} is the output of {other}; rename one")
    try:
        there = os.stat(target)
    except OSError:  # it is not there, or whoever writes it will say why it cannot be
        return Job(source, name, target, shown, stamp(raw))
    if stat.S_ISDIR(there.st_mode):
        return Refused(shown, f"a directory is in the way at {target}; move it")
    if not stat.S_ISREG(there.st_mode):
        return Refused(shown, explain(NotRegularError(target), source))
    if raw.st_ino == there.st_ino and os.path.samestat(raw, there) and not target.is_symlink():
        return Refused(shown, "is its own output; choose another folder with -o")
    return Job(source, name, target, shown, stamp(raw), stamp(there))


class Taken:
    """The places of outputs, each with the input that it is for.

    Where a file system takes capitals and small letters, or two spellings of an accent, for the same, one output would
    take another's place without a word.
    """

    def __init__(self) -> None:
        self._by_place: dict[str, str] = {}
        self._by_folded: dict[str, str] = {}  # only those whose folded spelling differs
        self._same: dict[Path, bool] = {}

    def by(self, target: Path, shown: str) -> str:
        """The input that a place is taken by already; empty where it is free, and from now on `shown` has it."""
        place = str(target) if os.sep == "/" else os.path.normcase(target)
        other = self._by_place.get(place)
        if other is not None:
            return other
        folded = place.casefold() if place.isascii() else unicodedata.normalize("NFC", place.casefold())
        twin = self._by_folded.get(folded) or self._by_place.get(folded)
        if twin is not None and self._are_the_same(target.parent):
            return twin
        self._by_place[place] = shown
        if folded != place:
            self._by_folded[folded] = shown
        return ""

    def _are_the_same(self, folder: Path) -> bool:
        if folder not in self._same:
            self._same[folder] = takes_for_the_same(folder)
        return self._same[folder]


def takes_for_the_same(folder: Path) -> bool:
    """Whether a file system takes capitals and small letters for the same, by what is in a folder or the next above."""
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    with suppress(OSError), os.scandir(folder) as entries:
        for path in chain(map(Path, entries), [folder]):
            swapped = path.with_name(path.name.swapcase())
            if path.name and swapped != path and len(swapped.name) == len(path.name):
                return swapped.exists() and swapped.samefile(path)
    return sys.platform in ("darwin", "win32")


def _walk(folder: Path, top: Path, below: str, config: Config, excluded: Excluded) -> Iterator[_Found | Refused]:
    """What is in a folder and below it; `below` is the folder's path below the top one, with a slash at its end where
    it is another one.
    """
    here = shown_path(folder, config)
    if below.count("/") > DEEPEST:
        yield Refused(here, f"lies more than {DEEPEST} folders deep; move it up or exclude it")
        return
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Refused(here, explain(error, folder))
        return
    prefix = "" if here == "." else here if here.endswith("/") else f"{here}/"
    for entry in entries:
        name = entry.name
        shown = prefix + printable_name(name)
        # hidden ones are other tools' business: .git, .DS_Store, half-written files
        is_folder = _is_folder(entry)
        if name.startswith(".") or excluded(f"{shown}/" if is_folder else shown):
            continue
        path = folder / name
        if entry.is_symlink():
            problem = _leads_out(path, top)
            if problem:
                yield Refused(shown, problem)
                continue
            if is_folder:
                continue  # the folder that it leads to is walked in its own place
        if is_folder:
            yield from _walk(path, top, f"{below}{name}/", config, excluded)
        else:
            yield path, below + name, shown


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # links that go round in a circle, or through a folder that nobody may enter
        return False


def _leads_out(path: Path, top: Path) -> str:
    try:
        inside = Path(os.path.realpath(path, strict=True)).is_relative_to(os.path.realpath(top))
    except OSError:
        return "is a symbolic link to nothing; delete or exclude it"
    return "" if inside else "is a symbolic link out of the folder; name what it leads to, or exclude it"


def check_places(inputs: Iterable[Path], output: Path) -> None:
    """Raises PlaceError for an output that is a file or below one, a link that leads nowhere, or inside an input: the
    next run would clean it again.
    """
    try:
        place = real(output)
    except OSError as error:
        raise PlaceError(f"{output}: {in_words(error)}; name another with -o") from None
    nowhere = next((one for one in (output, *output.parents) if one.is_symlink() and not one.exists()), None)
    if nowhere is not None:
        raise PlaceError(f"{nowhere}: is a symbolic link to nothing; delete it, or name another folder with -o")
    if output.exists() and not output.is_dir():
        raise PlaceError(f"{output}: the output is a folder, and there is a file; name another with -o")
    above = next((one for one in output.parents if one.exists()), None)
    if above is not None and not above.is_dir():
        raise PlaceError(f"{output}: {above} is a file, and no folder can be below it; name another with -o")
    for path in inputs:
        if os.path.isdir(path) and place.is_relative_to(os.path.realpath(path)):  # noqa: PTH112 - as above
            raise PlaceError(f"{output}: the output lies inside the input {path}; name one outside of it with -o")


def _below_input(path: Path, config: Config) -> str:
    """The path, with slashes, of what lies below the configured input folder: a hook, a whole run and one over a part
    agree on it. Empty for that folder itself, and for what lies elsewhere.
    """
    below = os.path.relpath(os.path.abspath(path), os.path.abspath(config.input))
    return "" if below == "." or below.startswith("..") else below.replace(os.sep, "/")


def name_of(path: str, config: Config) -> str:
    """The name that a file of this path would have among the inputs of a run over all of them; else the path itself."""
    return _below_input(Path(path), config) or path


def exclusion(config: Config) -> Excluded:
    """Whether a path below the configuration's folder (with slashes, a folder with one at its end) is passed over.

    As in git, nothing below an excluded folder can be taken in again, and a walk never comes there.
    """
    patterns: list[str] = config["exclude"]
    if not patterns:
        return lambda _: False
    import pathspec

    files = pathspec.GitIgnoreSpec.from_lines(patterns)  # which a configuration has checked
    # Asked about `drafts/`, it takes that for what is in it, of which `drafts/**` tells and `!*/` does not.
    folders = pathspec.GitIgnoreSpec.from_lines(_LAST_SLASH.sub("", pattern) for pattern in patterns)
    known: dict[str, bool] = {}

    def excluded(path: str) -> bool:
        at = path.find("/", 1)
        while at > 0:
            folder = path[:at]
            if folder not in known:
                known[folder] = bool(folders.match_file(folder))
            if known[folder]:
                return True
            at = path.find("/", at + 1)
        return not path.endswith("/") and bool(files.match_file(path))

    return excluded


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
        return f"a directory is in the way at {error.filename2 or error.filename or path}; move it"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"a file is in the way at {error.filename or path}; move it"
    what = in_words(error)
    if error.errno == errno.ENAMETOOLONG:
        return f"{what}, counting the {SUFFIX} of its log; shorten it"
    if isinstance(error, NotRegularError):
        return f"{what}; move it" if error.filename == os.fspath(path) else f"{error.filename} {what}; move it"
    where = "" if error.filename in (None, os.fspath(path)) else f" at {error.filename}"
    if isinstance(error, PermissionError):
        # where another place is the trouble, as the output folder, it is no cure to exclude the input
        return f"{what}{where}; change its permissions{'' if where else ' or exclude it'}"
    return f"{what}{where}{cure(error)}"
