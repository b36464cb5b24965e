"""What is costly to make and easy to make again, kept in the user's cache folder.

Nothing in it changes a result: every entry is named by, or holds, a hash of everything that it was made from. A damaged
entry is made again, and one that nobody reads any more goes some day. A folder that cannot be read or written only
costs time. `CLEANER_CACHE_DIR` moves it, `CLEANER_CACHE_DIR=` (empty) does without.
"""

import hashlib
import os
import re
import sys
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from zlib import crc32

from cleaner.machine.opening import reading

_PROVEN = "scan-"  # Hyperscan has a sum of its own: to sum up some megabytes twice would cost a millisecond
_SUM = 4  # bytes
_KEPT = 30 * 24 * 60 * 60.0  # seconds
_ENTRY = r"[a-z]+-(?:\d-|[0-9a-f]{32}-)?[0-9a-f]{32}"


def folder() -> Path | None:
    """Where entries live; None when there is no place for them."""
    told = map(os.environ.get, ("CLEANER_CACHE_DIR", "LOCALAPPDATA", "XDG_CACHE_HOME", "HOME", "USERPROFILE"))
    return _folder(*told)


@lru_cache(maxsize=4)  # called for each pattern that is read
def _folder(own: str | None, local: str | None, xdg: str | None, *home: str | None) -> Path | None:
    if own is not None:
        return Path(own) if own else None
    if sys.platform == "win32":
        parent = local or ""
    elif sys.platform == "darwin":
        parent = "~/Library/Caches"
    else:
        parent = xdg or "~/.cache"
    try:
        place = Path(parent, "cleaner").expanduser()
    except RuntimeError:  # no home folder is known
        return None
    return place if place.is_absolute() else None


def read(name: str) -> bytes | None:
    """The entry, or None when it is not there or damaged."""
    place = folder()
    if place is None:
        return None
    try:
        with reading(f"{place}/{name}", 0) as handle:
            sealed = b"" if name.startswith(_PROVEN) else handle.read(_SUM)
            data = handle.read()
            return data if name.startswith(_PROVEN) or sealed == _sum(data) else None
    except OSError:
        return None


def write(name: str, data: bytes) -> None:
    """Keeps an entry: whole or not at all, whatever other processes do."""
    place = folder()
    if place is None:
        return
    from cleaner.machine.files import Replacing  # takes longer to import than to read an entry

    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        if (place / name).is_fifo():  # which a file of somebody's own would be written through to
            (place / name).unlink()
        with Replacing(place / name) as file:
            file.handle.write(data if name.startswith(_PROVEN) else _sum(data) + data)
            file.commit()
        if name.startswith(_PROVEN):  # rules have changed, or the program: some of what is kept is of no use any more
            _sweep(place)


def _sweep(place: Path) -> None:
    """Deletes entries that nobody has read or written for a month.

    A file system that does not note when files are read, costs some that are made again.
    """
    oldest = time.time() - _KEPT
    with os.scandir(place) as entries:
        for entry in entries:
            if not re.match(_ENTRY, entry.name):  # the folder may be somebody's own, with other files in it
                continue
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                if max(status.st_atime, status.st_mtime) < oldest:
                    Path(entry).unlink()


@lru_cache(maxsize=16)
def sources(*files: str) -> str:
    """A digest of source files. What is kept bears that of the code that makes it: no entry outlives a change of it."""
    digest = hashlib.sha256()
    for file in files:
        with suppress(OSError):  # where only compiled files are, nobody changes any
            digest.update(Path(file).read_bytes())
    return digest.hexdigest()[:32]


def _sum(data: bytes) -> bytes:
    return crc32(data).to_bytes(_SUM, "big")
