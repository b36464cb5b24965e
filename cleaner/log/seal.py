"""What a log tells without a look at its removals: its first line, what it describes, and whether its seal holds."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from cleaner.log.entries import LogRecord

_DESCRIBES = (b'{"type":"document"', b'{"type":"shard"')


class Sealed:
    """A log that is read once, line by line.

    `first` is its first line. `holds` is True once `described` came to the end and that is a record with the hash of
    all lines above it: nobody changed the log without sealing it anew, and it is not cut off.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self.first = next(self._lines, b"")
        self.holds = False

    def described(self) -> Iterator[LogRecord]:
        """The records of the documents, and last that of a shard. Raises ValueError or RecursionError for one that is
        no JSON; it may hold any JSON that somebody put there.
        """
        digest = hashlib.sha256()
        last = self.first
        for line in self._lines:
            digest.update(last)
            last = line
            if line.startswith(_DESCRIBES):
                yield json.loads(line.decode())
        self.holds = last.endswith(b"\n") and _seal(last) == digest.hexdigest()


def _seal(line: bytes) -> object:
    """The hash in an end record; None in any other line."""
    try:
        record = json.loads(line.decode())
    except (ValueError, RecursionError):
        return None
    return record.get("sha256") if isinstance(record, dict) and record.get("type") == "end" else None
