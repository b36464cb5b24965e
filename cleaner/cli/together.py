"""Files that belong together, as those of an export: all whole in their places, or none there."""

import errno
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cleaner.machine.files import anew, beside, permit, real
from cleaner.machine.opening import NotRegularError

_OPEN_FILES = 16  # a corpus of a million documents is a million files: only a few may stay open
_BUFFER = 1 << 16


class Together:
    """A folder in which files grow side by side, each beside its place; used as a context, which puts all in place.

    If anything fails before, none is, and what was there stays. They are not made durable one by one: nobody goes by
    them, and the same command makes them anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, str] = {}  # by name; a Path takes five times as much
        self._growing: dict[str, BinaryIO] = {}

    def __enter__(self) -> "Together":
        return self

    def write(self, name: str, part: bytes) -> None:
        """Adds to the file of a name, with slashes, below the folder. Raises OSError, which names the file."""
        try:
            (self._growing.get(name) or self._opened(name)).write(part)
        except OSError as error:
            raise self._named(error, name) from None

    def _opened(self, name: str) -> BinaryIO:
        if len(self._growing) >= _OPEN_FILES:
            self._close(next(iter(self._growing)))
        if name in self._places:
            handle: BinaryIO = self._draft(name).open("ab", buffering=_BUFFER)
        else:
            place = real(self._folder / name)
            mode = _mode(place)
            place.parent.mkdir(parents=True, exist_ok=True)
            self._places[name] = str(place)
            handle = anew(beside(place), _BUFFER)
            if mode is not None:
                permit(beside(place), mode)
        self._growing[name] = handle
        return handle

    def _draft(self, name: str) -> Path:
        return beside(Path(self._places[name]))

    def _close(self, name: str) -> None:
        try:
            self._growing.pop(name).close()  # it writes what is still held back, and a full disk refuses that too
        except OSError as error:
            raise self._named(error, name) from None

    def _named(self, error: OSError, name: str) -> OSError:
        drafts = (None, str(self._draft(name)) if name in self._places else None)
        if error.filename in drafts:
            error.filename = str(self._folder / name)
        return error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                for name in list(self._growing):
                    self._close(name)
                while self._places:
                    name = next(iter(self._places))
                    self._draft(name).replace(self._places[name])
                    del self._places[name]
        finally:
            self._drop()

    def _drop(self) -> None:
        for handle in self._growing.values():
            with suppress(OSError):
                handle.close()
        for name in self._places:
            with suppress(OSError):
                self._draft(name).unlink()


def _mode(place: Path) -> int | None:
    """The permissions of the file that will be replaced; None where none is. Raises OSError for what is no file."""
    if not place.exists():
        return None
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a directory", str(place))
    if not place.is_file():
        raise NotRegularError(place)
    return place.stat().st_mode
