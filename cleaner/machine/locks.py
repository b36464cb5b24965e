"""Folders that one process at a time writes to."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keeps a folder, which is made if needed, to one process at a time: others wait.

    Where the system knows no locks, nobody waits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class LockedError(RuntimeError):
    """Another run writes to the same folder."""


class Lock:
    """Keeps a second run out of a folder. The system lets go of it when the process ends, however it ends.

    The folder itself is locked where the system can do that, so that no lock file ends up in a corpus;
    a file system that knows no locks is taken as it is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle = -1

    def __enter__(self) -> "Lock":
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            import fcntl
        except ImportError:
            return self  # Windows: renames onto a file that another run has open fail there by themselves
        self._handle = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._handle)
            self._handle = -1
            raise LockedError(f"{self._folder}: another run is writing here; wait for it") from None
        except OSError:
            pass
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle >= 0:
            os.close(self._handle)
