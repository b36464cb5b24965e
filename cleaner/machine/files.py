"""Files as a run needs them: whole or not there, hashed as they are written, compared without being held."""

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import BinaryIO

from cleaner.machine.opening import NotRegularError, reading

_BUFFER = 1 << 16
_SYNCERS = 16
_LONGEST = 255  # bytes of a name, on nearly every file system


Stamp = tuple[int, int, int, int]
Content = tuple[int, int, int]

REST = 2_000_000_000  # nanoseconds: no file system's clock in use has a longer tick


def stamp(found: os.stat_result) -> Stamp:
    """What changes with a file's content: its size, when it was written and when it last changed, and which it is.

    The second time is the system's own, and nobody can set it back.
    """
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def content(found: os.stat_result) -> Content:
    """Which file it is, its size, and when it was written: a link to it that comes or goes, as backups make them,
    changes nothing of these.
    """
    return found.st_ino, found.st_size, found.st_mtime_ns


def at_rest(found: Stamp, now: int) -> bool:
    """Whether every later change of the file will change its stamp: it had lain still when it was read (before `now`).

    Within one tick of the file system's clock a file can change twice and keep its stamp; git's index has the same
    problem. On Windows this is never sure: there the second time tells when a file was made, and the first can be set
    back.
    """
    _, written, changed, _ = found
    return os.name != "nt" and max(written, changed) < now - REST


def files_below(folder: Path, unlisted: Callable[[OSError], object]) -> list[Path]:
    """All files below a folder, sorted; links to folders are not followed.

    `unlisted` is told of each folder in it that cannot be listed. If that were passed over in silence, the files in it
    would count as proven, or as not there.
    """
    found = [Path(here, name) for here, _, names in os.walk(folder, onerror=unlisted) for name in names]
    return sorted(found)


def real(path: Path) -> Path:
    """Where a path leads, all links followed. Raises OSError (ELOOP) for links that go round in a circle."""
    place = os.path.realpath(path)
    try:
        os.stat(place)
    except OSError as error:
        if error.errno == errno.ELOOP:
            error.filename = os.fspath(path)
            raise
    return Path(place)


def printable_name(name: str) -> str:
    """A file name as text: bytes in it that are not UTF-8 are written as escapes."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def beside(path: Path, ending: str = ".part") -> Path:
    """Where a file grows until it is whole: hidden beside its place, under a shorter name where that is too long."""
    name = path.name
    if len(os.fsencode(name)) > _LONGEST - len(f".{ending}"):
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:32]
    return path.with_name(f".{name}{ending}")


def anew(path: Path, buffer: int) -> BinaryIO:
    """A new file to write, with a buffer of so many bytes. What a killed run left in its place is deleted.

    That is not written over: a backup may have made a hard link of it, and then somebody else's file would change.
    """
    try:
        return path.open("xb", buffering=buffer)
    except FileExistsError:
        path.unlink()
        return path.open("xb", buffering=buffer)


class Replacing:
    """A file written beside its place: `commit` renames it there; without `commit` it is removed in the end.

    It takes over the permissions of a file that it replaces: a log quotes people, and somebody decided who may read it.

    The name beside it is always the same, so that the next run writes over what a killed run left. The lock keeps two
    runs apart. Where there is none, as between a folder and one in it, each run renames and removes only its own file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.beside = beside(path)
        self.replaces = False  # whether a file is in the place already
        self._committed = False
        self.stamp: Stamp | None = None  # after `commit`, if every later change of the file will change it

    def __enter__(self) -> "Replacing":
        mode = _mode(self.path)
        self.replaces = mode is not None
        if mode is not None and stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "is a directory", str(self.path))
        if mode is not None and not stat.S_ISREG(mode):
            raise NotRegularError(self.path)
        try:
            self.handle: BinaryIO = anew(self.beside, _BUFFER)
            if mode is not None:
                permit(self.beside, stat.S_IMODE(mode))
        except KeyboardInterrupt:
            self.beside.unlink(missing_ok=True)
            raise
        except OSError as error:  # the error must name the place, or its folder: nobody knows of the file beside
            if not isinstance(error, IsADirectoryError):
                error.filename = str(self.path.parent if isinstance(error, PermissionError) else self.path)
            raise
        return self

    def commit(self) -> None:
        """Makes the file visible. It is durable already if `sync` was called for it."""
        self.handle.flush()
        before = os.fstat(self.handle.fileno())
        if not self._is_mine():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.beside))
        self.handle.close()
        self.beside.replace(self.path)
        self._committed = True
        self.stamp = _stamp_in_place(before, self.path)

    def _is_mine(self) -> bool:
        """Whether the file beside the place is still the one that was opened: another run may have replaced it."""
        try:
            return os.path.samestat(os.fstat(self.handle.fileno()), os.lstat(self.beside))
        except OSError:
            return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        mine = self.handle.closed or self._is_mine()
        try:
            # To close writes what is still held back, and a full disk refuses that too. The file was not committed, so
            # nothing is lost; but an error here would hide the first one, and end the whole run.
            with suppress(OSError):
                self.handle.close()
        finally:
            if mine and not self._committed:
                self.beside.unlink(missing_ok=True)


def _mode(path: Path) -> int | None:
    """The type and the permissions of what is at a path; None where nothing is, or nobody may look."""
    try:
        return os.stat(path).st_mode
    except OSError:
        return None


def permit(path: Path, permissions: int) -> None:
    """Gives a file these permissions, and in any case its owner the right to read it. Not every file system can."""
    with suppress(OSError):
        path.chmod(permissions & 0o777 | 0o400)


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A handle to a file that is complete or not there. A pipe or a device is written to as it is.

    Raises OSError, which names the file.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as handle:
                yield handle
            return
        with Replacing(real(path)) as file:
            yield file.handle
            sync([file])
            file.commit()
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def _stamp_in_place(written: os.stat_result, path: Path) -> Stamp | None:
    """The stamp of a file that was renamed to its place after it was written; None if a later change might not show.

    Another program can change the file only from the renaming on. That shows if the clock moved on between the writing
    and the renaming.
    """
    try:
        found = os.stat(path)
    except OSError:
        return None
    same = (written.st_ino, written.st_size, written.st_mtime_ns) == (found.st_ino, found.st_size, found.st_mtime_ns)
    return stamp(found) if os.name != "nt" and same and found.st_ctime_ns > found.st_mtime_ns else None


def sync(files: Sequence[Replacing]) -> None:
    """Makes files durable, all at once: for many together a disk needs hardly longer than for one.

    Raises OSError, for all of them, when one cannot be written.
    """
    for file in files:
        file.handle.flush()
    errors: list[OSError] = []

    def some(first: int) -> None:
        for file in files[first::_SYNCERS]:
            try:
                os.fsync(file.handle.fileno())
            except OSError as error:
                errors.append(error)
            except ValueError:  # closed: the run was stopped, and nobody waits for it
                return

    threads = [Thread(target=some, args=(first,), daemon=True) for first in range(1, min(len(files), _SYNCERS))]
    for first, thread in enumerate(threads, 1):
        try:
            thread.start()
        except RuntimeError:  # the system has no more of them
            some(first)
    some(0)
    for thread in threads:
        if thread.ident is not None:
            thread.join()
    if errors:
        raise errors[0]


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


def _try_name(path: Path) -> None:
    """Raises OSError for a name that is too long for a file. Of one whose folder is not there yet, the system tells no
    more than that; so the nearest folder that is there is asked.
    """
    folder = next(one for one in path.parents if one.exists())
    try:
        os.stat(folder / path.name)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            error.filename = str(path)
            raise


class Comparing:
    """A handle that writes nothing and knows whether a file holds just what was written to it.

    Entered, it raises OSError for a file that cannot be read, and for one that cannot be.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.missing = False
        self._same = True

    def __enter__(self) -> "Comparing":
        self._handle: BinaryIO | None = None
        try:
            self._handle = reading(self._path)
        except FileNotFoundError:
            _try_name(self._path)
            self.missing = True
        return self

    def write(self, raw: bytes) -> int:
        """Compares the next bytes."""
        if self._handle is not None and self._same:
            self._same = self._handle.read(len(raw)) == raw
        return len(raw)

    def flush(self) -> None:
        """Has nothing to pass on."""

    def same(self) -> bool:
        """Whether the file is there and all of it was written."""
        return self._handle is not None and self._same and not self._handle.read(1)

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            self._handle.close()
