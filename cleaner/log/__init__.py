"""The removals log: what was cut, from where, why, and all it takes to put it back.

JSON lines without a clock or a host in them, so that the same input gives the same bytes. The last
record closes the log with a hash over all lines above: a log without it was never finished.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.document import Removal, Span
from cleaner.log.entries import LogRecord, dump, sha256
from cleaner.machine.opening import reading
from cleaner.pipeline import Cleaned, restore

SCHEMA = "cleaner.removals/1"
SUFFIX = ".removals.jsonl"
LIKE_A_LOG = f"is named like a removals log (*{SUFFIX}); rename or exclude it"
_TOGETHER = 1 << 10  # lines of a log that are written at once

# What readers count on in each kind of record, so that a damaged log is told from a bug of ours.
_FILE = {"source": str, "sha256": str, "bytes": int, "output_sha256": str}
_ENTRY = {
    **dict.fromkeys(("document", "id", "filter", "code", "reason"), str),
    **dict.fromkeys(("start", "end", "byte_start", "byte_end", "line_start", "line_end"), int),
    "score": (int, float),
    "spans": list,
}
_SUMS = ("documents", "removals", "removed_chars")
_FIELDS: dict[str, dict[str, Any]] = {
    "document": {"document": str, "encoding": str, "bom": bool, **_FILE},
    "shard": _FILE,
    "removal": _ENTRY,
    "candidate": _ENTRY,
    "end": {"sha256": str, **dict.fromkeys(_SUMS, int)},
}
_SPAN: dict[str, Any] = {"code": str, "start": int, "end": int, "score": (int, float)}
_OPTIONAL: dict[str, Any] = {
    **dict.fromkeys(("escapes", "literal", "refused", "unpacked_sha256", "decisions", "kept"), str),
    **dict.fromkeys(("text_field", "id_field"), str),
    "headers": list,
    "piped": bool,
}


class LogError(ValueError):
    """A log that is damaged, unfinished or not ours; the message names file, line and what is wrong."""


def header(tool: str, ruleset: str, config: str) -> LogRecord:
    """The first record: which cleaner, rules and configuration made the log."""
    return {"type": "log", "schema": SCHEMA, "tool": tool, "ruleset": ruleset, "config": config}


class LogWriter:
    """Writes a log to a binary handle: header first, records as they come, `close` seals it."""

    def __init__(self, handle: BinaryIO, first: LogRecord) -> None:
        self._handle = handle
        self._digest = hashlib.sha256()
        self.documents = self.removals = self.removed_chars = 0
        self._put(dump(first))

    def _put(self, lines: bytes) -> None:
        self._digest.update(lines)
        self._handle.write(lines)

    def write(self, records: Iterable[LogRecord]) -> None:
        """Records of one or more documents."""
        lines = []
        for record in records:
            lines.append(dump(record))
            if record["type"] == "document":
                self.documents += 1
            elif record["type"] == "removal":
                self.removals += 1
                self.removed_chars += record["end"] - record["start"]
        self._put(b"".join(lines))

    def write_document(self, described: LogRecord, cleaned: Cleaned, entries: Iterator[bytes]) -> None:
        """A document's record, and the lines of what was removed from it: there may be a million of them."""
        lines = [dump(described)]
        while lines:
            self._put(b"".join(lines))
            lines = list(islice(entries, _TOGETHER))
        self.documents += 1
        self.removals += len(cleaned.removals)
        self.removed_chars += sum(removal.end - removal.start for removal in cleaned.removals)

    def write_lines(self, lines: bytes, documents: int, removals: int, removed_chars: int) -> None:
        """Lines that another process made, with what they count."""
        self._put(lines)
        self.documents += documents
        self.removals += removals
        self.removed_chars += removed_chars

    def close(self) -> None:
        """Seals the log; the handle stays open."""
        self._handle.write(
            dump(
                {
                    "type": "end",
                    "documents": self.documents,
                    "removals": self.removals,
                    "removed_chars": self.removed_chars,
                    "sha256": self._digest.hexdigest(),
                }
            )
        )


def read_log(path: Path) -> Iterator[LogRecord]:
    """The records of a log, one at a time, header and end included.

    Raises LogError for a line that is not JSON or lacks what its record needs, an unknown schema, removals out of
    order, a hash or sums that do not fit, or a missing end.
    """
    digest = hashlib.sha256()
    ended = False
    course = _Course()
    with reading(path) as handle:
        for number, line in enumerate(handle, 1):
            place = f"{path}:{number}"
            if ended:
                raise LogError(f"{place}: goes on after its end record; clean again")
            record = _parsed(line, place)
            if number == 1 and record.get("schema") != SCHEMA:
                told = f"schema {record['schema']!r}" if "schema" in record else "no schema"
                raise LogError(f"{place}: {told}, this cleaner reads {SCHEMA!r}; update it, or clean again")
            problem = course.take(record)
            ended = record["type"] == "end"
            if ended and (record["sha256"] != digest.hexdigest() or course.sums != [record[sum_] for sum_ in _SUMS]):
                problem = "the log was changed after it was written"
            if problem:
                raise LogError(f"{place}: {problem}; clean again")
            digest.update(line)
            yield record
    if not ended or not line.endswith(b"\n"):
        raise LogError(f"{path}: ends without its whole end record: cut off or still being written; clean again")


class _Course:
    """Where in the raw text a log has come to, and what it has counted: `sums` are those of its end record."""

    def __init__(self) -> None:
        self.sums = [0, 0, 0]
        self._document: str | None = None
        self._size = self._at = self._byte_at = 0

    def take(self, record: LogRecord) -> str:
        """What is wrong with the place of the next record; empty when nothing is."""
        kind = record["type"]
        if kind == "document":
            self._document, self._size = record["document"], record["bytes"]
            self._at = self._byte_at = 0
            self.sums[0] += 1
        elif kind in ("removal", "candidate"):
            if record["document"] != self._document:
                return f"the document above it is not {record['document']!r}"
            if record["byte_end"] > self._size:
                return f"ends at byte {record['byte_end']:,} of {self._size:,}"
            if kind == "removal":
                return self._next(record)
        return ""

    def _next(self, removal: LogRecord) -> str:
        start, end = removal["start"], removal["end"]
        if start < self._at or removal["byte_start"] < self._byte_at:
            return "begins before the removal above it ends"
        self._at, self._byte_at = end, removal["byte_end"]
        self.sums[1] += 1
        self.sums[2] += end - start
        return ""


def _parsed(line: bytes, place: str) -> LogRecord:
    """A line's record with all the fields that readers count on; those that nobody knows are let pass."""
    try:
        record = json.loads(line)
        if b"\\u" in line:  # half a character can be spelled so, and nobody could write it again
            dump(record)
    except (ValueError, RecursionError):
        raise LogError(f"{place}: not a JSON line; clean again") from None
    if not isinstance(record, dict) or not isinstance(record.get("type"), str):
        raise LogError(f"{place}: not a record of a removals log; clean again")
    problem = _problem(record)
    if problem:
        raise LogError(f"{place}: {problem}; clean again")
    return record


def _problem(record: LogRecord) -> str:
    """What a reader could not do with a record; empty when nothing is wrong."""
    kind = record["type"]
    for name, wanted in _FIELDS.get(kind, {}).items():
        value = record.get(name)
        if not isinstance(value, wanted) or (name == "source" and "\0" in value):  # which no path can have
            return f"a {kind} without a right {name!r}"
    for name, wanted in _OPTIONAL.items():
        if name in record and not isinstance(record[name], wanted):
            return f"a {kind} without a right {name!r}"
    if kind in ("removal", "candidate"):
        start, end, text = record["start"], record["end"], record.get("text", "")
        fills = isinstance(text, str) and len(text) == (end - start if "text" in record else 0)
        if not 0 <= start < end or not 0 <= record["byte_start"] < record["byte_end"] or not fills:
            return f"its text does not fill the range from {start} to {end}"
        if not record["spans"] or not all(_is_span(one, start, end) for one in record["spans"]):
            return f"a {kind} without right 'spans'"
        if not 0 <= record["score"] <= 1:
            return f"a {kind} without a right 'score'"
    elif kind == "document":
        if not _is_codec(record["encoding"]):
            return f"{record['encoding']!r} is no encoding"
        if not all(isinstance(one, str) and max(one, default="") <= "\xff" for one in record.get("headers", ())):
            return "a document without right 'headers'"
    return ""


def _is_span(span: Any, start: int, end: int) -> bool:
    """Whether something is a span that lies between these places."""
    if not isinstance(span, dict) or not all(isinstance(span.get(name), kind) for name, kind in _SPAN.items()):
        return False
    lies = start <= span["start"] < span["end"] <= end
    return lies and bool(0 <= span["score"] <= 1)  # which no NaN is, for which JSON has no word


def _is_codec(name: str) -> bool:
    try:
        return isinstance("a".encode(name), bytes)
    except (LookupError, ValueError):
        return False


def removals_of(records: Iterable[Mapping[str, Any]]) -> tuple[Removal, ...]:
    """The removals among a document's records, with their texts. Raises LogError when the log keeps hashes only."""
    removals = []
    for record in records:
        if record["type"] != "removal":
            continue
        if "text" not in record:
            raise LogError(f"{record['document']}: the log keeps hashes only, so the raw text cannot come from it")
        spans = tuple(
            Span(span["start"], span["end"], span["code"], span.get("reason", ""), span["score"])
            for span in record["spans"]
        )
        removals.append(Removal(record["start"], record["end"], record["text"], spans))
    return tuple(removals)


def raw_text(text: str, document: Mapping[str, Any], removals: Sequence[Removal]) -> str:
    """The raw text of a document, from its cleaned one. Raises LogError where removals cannot stand where they are said
    to: a slice that begins behind the end of a text is empty, and would pass.
    """
    raw = restore(text, removals)
    if any(raw[one.start : one.end] != one.text for one in removals):
        raise LogError(f"{document['document']}: cleaned text and log do not give the raw text back; clean again")
    return raw


def restored(output: bytes, document: Mapping[str, Any], removals: Sequence[Removal]) -> bytes:
    """The raw bytes of a document, from its cleaned bytes, its document record and its removals.

    Raises LogError when the result is not what the log says the raw file was.
    """
    codec = document["encoding"]
    try:
        mark = "\ufeff".encode(codec) if document["bom"] else b""
        if not output.startswith(mark):
            raise LogError(f"{document['document']}: the byte-order mark of the cleaned text is gone; clean again")
        raw = mark + raw_text(output[len(mark) :].decode(codec), document, removals).encode(codec)
    except UnicodeDecodeError as error:
        raise LogError(
            f"{document['document']}: the cleaned text is not {codec} at byte {error.start}; clean again"
        ) from None
    except UnicodeError:
        raise LogError(
            f"{document['document']}: {codec} cannot hold what the log says that it held; clean again"
        ) from None
    if sha256(raw) != document["sha256"]:
        raise LogError(f"{document['document']}: cleaned text and log do not give the raw text back; clean again")
    return raw
