"""Shards under gzip or Zstandard: read as a stream, written so that the same text gives the same bytes."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from cleaner.formats.record import InputError, MissingExtraError
from cleaner.machine.opening import reading
from cleaner.machine.pointers import LONGEST, NOT_FETCHED, pointed

RATIO = 200  # web text packs ten to one; what unpacks to more than this is a bomb
ALLOWANCE = 100_000_000
_SUFFIXES = (".gz", ".zst")


def packing(path: Path) -> str:
    """How a file's name says that it is packed, in whatever case: `.gz`, `.zst`, or not at all."""
    suffix = path.suffix.lower()
    return suffix if suffix in _SUFFIXES else ""


@contextmanager
def unpacked(path: Path) -> Iterator[BinaryIO]:
    """The file's bytes, unpacked where its name says that they are packed.

    Raises InputError for a pointer of git-lfs, and for a stream that is damaged, cut off, or unpacks to too much.
    """
    try:
        with reading(path) as handle:
            if pointed(handle.read(LONGEST + 1)):
                raise InputError(NOT_FETCHED, "byte 0")
            handle.seek(0)
            suffix = packing(path)
            if not suffix:
                yield handle
                return
            size = path.stat().st_size
            if not size:  # `gzip` reads an empty file as an empty text, but no program packs a text into nothing
                raise EOFError
            limit = limit_of(size)
            opened = gzip.GzipFile(fileobj=handle) if suffix == ".gz" else _zstd().ZstdFile(handle, "rb")
            with opened:
                yield cast(BinaryIO, Measured(cast(BinaryIO, opened), limit))
    except EOFError:
        raise InputError("cut off: its compressed stream has no end; fetch it again") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise InputError(f"damaged gzip stream ({error}); fetch it again") from None
    except Exception as error:
        if type(error).__name__ == "ZstdError":
            if "ictionary" in str(error):
                raise InputError("packed with a dictionary, which is not in it; unpack it yourself") from None
            raise InputError(f"damaged Zstandard stream ({error}); fetch it again") from None
        raise


def limit_of(size: int) -> int:
    """How much (bytes) a packed file of this size may unpack to."""
    return size * RATIO + ALLOWANCE


@contextmanager
def packed(handle: BinaryIO, suffix: str, members: bool = False) -> Iterator[BinaryIO]:
    """A handle whose bytes reach `handle` packed as `suffix` says; no clock and no name go in.

    `members` makes a gzip stream of its own of each write, so that a reader can begin at any of them.
    """
    if suffix == ".gz" and members:
        yield cast(BinaryIO, _Members(handle))
    elif suffix == ".gz":
        with gzip.GzipFile(filename="", fileobj=handle, mode="wb", compresslevel=6, mtime=0) as gz:
            yield cast(BinaryIO, gz)
    elif suffix == ".zst":
        with _zstd().ZstdFile(handle, "wb") as zst:
            zst.write(b"")  # so that an empty text, too, leaves a frame: a file without one cannot be unpacked
            yield cast(BinaryIO, zst)
    else:
        yield handle


class _Members:
    """Packs each write by itself."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle

    def write(self, raw: bytes) -> int:
        """Passes bytes on, packed."""
        with packed(self._handle, ".gz") as member:
            return member.write(raw)


class Measured:
    """Counts and hashes what a stream unpacks to."""

    def __init__(self, handle: BinaryIO, limit: int) -> None:
        self._handle = handle
        self._left = limit
        self.digest = hashlib.sha256()

    def readline(self, size: int) -> bytes:
        """The next line, at most `size` bytes of it."""
        return self._counted(self._handle.readline(size))

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`."""
        return self._counted(self._handle.read(size))

    def _counted(self, found: bytes) -> bytes:
        self.digest.update(found)
        self._left -= len(found)
        if self._left < 0:
            raise InputError(f"unpacks to more than {RATIO} times its size; unpack it yourself if you trust it")
        return found


def _zstd() -> Any:
    try:
        from compression import zstd
    except ImportError:
        try:
            from backports import zstd
        except ImportError:
            raise MissingExtraError("Zstandard", "zstd") from None
    return zstd
