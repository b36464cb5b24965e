"""Files that are opened to read: regular ones alone, since a pipe or a device in a file's place can be waited for
forever.
"""

import errno
import hashlib
import os
import stat
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

BLOCK = 1 << 18
# More than 128 KB of memory is asked of the system each time, which takes longer than to read or write a small file.
_SMALL = 1 << 15
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


class NotRegularError(OSError):
    """A pipe, a device or a socket stands where a file should."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(errno.EINVAL, "is no regular file", os.fspath(path))


def file_sha256(path: str | Path) -> str:
    """The SHA-256 of a file, in blocks."""
    handle = _handle(path)
    try:
        digest = hashlib.sha256(os.read(handle, _SMALL))  # of most files that is all
        if not (block := os.read(handle, 1)):
            return digest.hexdigest()
        digest.update(block)
        while block := os.read(handle, BLOCK):
            digest.update(block)
        return digest.hexdigest()
    finally:
        os.close(handle)


def opened(path: str | Path) -> BinaryIO:
    """A file to read. A small one is read into memory at once: fewer calls to the system take half the time."""
    handle = _handle(path)
    try:
        raw = os.read(handle, _SMALL)
        return BytesIO(raw) if not os.read(handle, 1) else reading(path, BLOCK)
    finally:
        os.close(handle)


def reading(path: str | Path, buffer: int = -1) -> BinaryIO:
    """A file to read, through a buffer of so many bytes. Raises OSError, which names it."""
    return os.fdopen(_handle(path), "rb", buffer)


def _handle(path: str | Path) -> int:
    try:
        handle = os.open(path, _FLAGS)
    except OSError as error:
        if error.errno == errno.ENXIO:  # what opening a socket, or a device that is not there, gives
            raise NotRegularError(path) from None
        raise
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind):
        return handle
    os.close(handle)
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    raise NotRegularError(path)
