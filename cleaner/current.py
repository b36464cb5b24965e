"""What was found done once is known again without reading it, as git knows it: by the stamps of the three files.

A corpus of thousands of small files, all done, is checked ten times a day. Reading and hashing all of them tells no
more than the system does of each: its size, when it was written, when it last changed, and which it is.
Nothing is believed of a file that was touched shortly before it was read, since it may have changed twice at one
time of the system's clock; what a run wrote is believed if that clock moved on before it was put in place.
Deleting what is kept costs time only; `cleaner verify` reads everything whatever is kept.
"""

import hashlib
import os
import struct
from pathlib import Path
from time import time_ns

from cleaner import cache
from cleaner.files import Stamp, at_rest, stamp
from cleaner.inputs import Job

_ENTRY = struct.Struct("16s16s")  # a hash of where an output is, and one of all that it was found right by
MOST = 1 << 20  # entries; those of larger corpora are not kept


class Current:
    """The outputs below a folder that were found right, of logs that begin with `header`, before this run began.

    The number in the name that they are kept by is raised when more is asked of a right one.
    """

    def __init__(self, output: Path, header: bytes) -> None:
        self._header = header
        self._began = time_ns()
        self._name = f"current-2-{hashlib.sha256(os.fsencode(os.path.abspath(output))).hexdigest()[:32]}"
        kept = cache.read(self._name) or b""
        self._known: dict[bytes, bytes] = dict(_ENTRY.iter_unpack(kept)) if len(kept) % _ENTRY.size == 0 else {}
        self._open: dict[str, tuple[bytes, bytes]] = {}
        self._fresh = False

    def knows(self, job: Job) -> bool:
        """Whether the job was found done, and none of its files touched since."""
        if job.there is None:
            return False
        try:
            log = stamp(os.stat(job.log_path))
        except OSError:
            return False
        place, found = entry = self._entry(job, job.there, log)
        if self._known.get(place) == found:
            return True
        if self._lay_still(job.found, job.there, log):
            self._open[str(job.target)] = entry
        return False

    def _entry(self, job: Job, output: Stamp, log: Stamp) -> tuple[bytes, bytes]:
        target = str(job.target)
        return _hashed(target), _hashed(
            repr((self._header, job.shown, str(job.source), target, job.found, output, log))
        )

    def _lay_still(self, *stamps: Stamp | None) -> bool:
        return all(one is not None and at_rest(one, self._began) for one in stamps)

    def remember(self, job: Job) -> None:
        """Takes in that the job was found done, by reading its files after `knows` was asked about it."""
        entry = self._open.pop(str(job.target), None)
        if entry is not None:
            self._known[entry[0]] = entry[1]
            self._fresh = True

    def remember_written(self, job: Job, output: Stamp, log: Stamp) -> None:
        """Takes in that the job was done by this run, and what stands where it put output and log."""
        if self._lay_still(job.found):
            place, found = self._entry(job, output, log)
            self._known[place] = found
            self._fresh = True

    def save(self) -> None:
        """Keeps what is known for the next run."""
        if self._fresh and len(self._known) <= MOST:
            cache.write(self._name, b"".join(map(b"".join, self._known.items())))


def _hashed(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).digest()
