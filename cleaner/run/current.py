"""Whether an input is done: its output and log are there and fit it, the configuration, and what people decided.

What was found so once is known again without reading it, as git knows it: by the stamps of the three files.
A corpus of thousands of small files, all done, is checked ten times a day. To read and hash all of them tells no more
than what the system knows of each: its size, when it was written, when it last changed, and which file it is. A file
that changed shortly before it was read is not trusted: it may change again within the same tick of the file system's
clock. What a run wrote is trusted if that clock moved on between the writing and the renaming. To delete what is kept
costs time only; `cleaner verify` reads everything whatever is kept.
"""

import hashlib
import os
import struct
from pathlib import Path
from time import time_ns
from typing import Any

from cleaner.formats import format_of
from cleaner.log.seal import Sealed
from cleaner.machine import cache
from cleaner.machine.files import Stamp, at_rest, stamp
from cleaner.machine.opening import file_sha256, opened
from cleaner.review.decisions import Decisions
from cleaner.run.inputs import Job

# two hashes: of an output's path, and of all that it was found right by (see `_entry`)
_ENTRY = struct.Struct("16s16s")
MOST = 1 << 20  # entries; those of larger corpora are not kept


def is_current(job: Job, header: bytes, decisions: Decisions) -> bool:
    """Whether output and log are there, fit each other and the input, and come from what `header`, the first line of
    every log of now, tells, and from these decisions.
    """
    try:
        return _fits(job, header, decisions)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False  # a log may hold any JSON that somebody put there


def _fits(job: Job, header: bytes, decisions: Decisions) -> bool:
    form = format_of(job.name)
    described: dict[str, Any] = {}
    with opened(job.log_path) as handle:
        log = Sealed(handle)
        if log.first != header:
            return False
        for described in log.described():
            if described["type"] == "document":
                name = described["document"]
                if name != job.name and not form.shard:
                    return False
                if described.get("decisions", "") != decisions.digest(name):
                    return False
    return bool(
        log.holds
        and described["source"] == job.shown
        and ("text_field" in described or not form.fields)  # which older logs lack
        and described["sha256"] == file_sha256(job.source)
        and described["output_sha256"] == file_sha256(job.target)
    )


class Current:
    """The outputs below a folder that earlier runs found right, with logs that begin with `header`.

    The number in the name that they are kept by is raised when more is asked of a right one.
    """

    def __init__(self, output: Path, header: bytes, decisions: Decisions) -> None:
        self._header = header
        self._decisions = decisions
        self._began = time_ns()
        self._name = f"current-3-{hashlib.sha256(os.fsencode(os.path.abspath(output))).hexdigest()[:32]}"
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
        decided = self._decisions.digest_of_file(job.name, format_of(job.name).shard) if len(self._decisions) else ""
        return _hashed(target), _hashed(
            repr((self._header, decided, job.name, job.shown, str(job.source), target, job.found, output, log))
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
        """Takes in that this run did the job; `output` and `log` are the stamps of the files that it put in place."""
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
