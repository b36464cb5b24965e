"""The removals log: what was cut, from where, why, and all it takes to put it back.

JSON lines without a clock or a host in them, so that the same input gives the same bytes. The last
record closes the log with a hash over all lines above: a log without it was never finished.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined, unused-ignore]
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from cleaner.document import Document, Removal, Span
from cleaner.pipeline import Cleaned, restore

SCHEMA = "cleaner.removals/1"
SUFFIX = ".removals.jsonl"
_AROUND = 32
_TOGETHER = 1 << 10  # lines of a log that are written at once
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Record = dict[str, Any]

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
_OPTIONAL: dict[str, Any] = {"headers": list, "escapes": str, "literal": str, "refused": str, "unpacked_sha256": str}


class LogError(ValueError):
    """A log that is damaged, unfinished or not ours; the message names file, line and what is wrong."""


class Encoded(NamedTuple):
    """How a document stood on disk: codec, byte-order mark, and the size and hash of all raw bytes."""

    encoding: str = "utf-8"
    bom: bytes = b""
    size: int = 0
    sha256: str = ""

    @classmethod
    def of(cls, raw: bytes, encoding: str = "utf-8", bom: bytes = b"") -> "Encoded":
        """The description of raw bytes, which begin with `bom`."""
        return cls(encoding, bom, len(raw), sha256(raw))


def sha256(raw: bytes) -> str:
    """The hexadecimal SHA-256 of bytes."""
    return hashlib.sha256(raw).hexdigest()


def _writer() -> Callable[[Any], str]:
    """What writes a record as JSON. `JSONEncoder` makes it anew for each, which takes as long as the writing."""
    if c_make_encoder is None:
        return _encoder.encode
    parts = c_make_encoder(
        None, _encoder.default, encode_basestring, None, ":", ",", False, False, True
    )  # the options of _encoder, and no look for circles
    return lambda record: "".join(parts(record, 0))


_encoded = _writer()


def dump(record: Record) -> bytes:
    """One line of a log."""
    return _encoded(record).encode("utf-8") + b"\n"


def removal_ids(document: Document, entries: Sequence[Removal]) -> list[str]:
    """A name for each entry that lasts while its own text and the words around it last.

    Give removals and candidates together: a removal that a decision turns into a candidate must not rename others.
    """
    seen: dict[str, int] = {}
    ids = [""] * len(entries)
    for place in sorted(range(len(entries)), key=lambda place: entries[place][:2]):
        first = removal_id(document, entries[place])
        nth = seen[first] = seen.get(first, 0) + 1
        ids[place] = first if nth == 1 else removal_id(document, entries[place], nth)
    return ids


def removal_id(document: Document, removal: Removal, nth: int = 1) -> str:
    """16 hexadecimal digits from the document's name, the filter, the text, 32 characters on either side, and
    which of several that are alike in all this it is."""
    around = (
        document.text[max(removal.start - _AROUND, 0) : removal.start],
        document.text[removal.end : removal.end + _AROUND],
    )
    joined = "\0".join((document.id, removal.strongest.filter, removal.text, *around, str(nth)))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def possible_ids(document: Document, removal: Removal) -> Iterator[str]:
    """The ids that a removal may have had in a log: one, but for text that stands there several times over."""
    for nth in range(1, document.text.count(removal.text) + 1):
        yield removal_id(document, removal, nth)


def header(tool: str, ruleset: str, config: str) -> Record:
    """The first record: which cleaner, rules and configuration made the log."""
    return {"type": "log", "schema": SCHEMA, "tool": tool, "ruleset": ruleset, "config": config}


def document_records(
    cleaned: Cleaned, source: str, encoded: Encoded, output: bytes, hash_text: bool = False
) -> Iterator[Record]:
    """All records of one document: itself, its removals, its candidates. `output` is the cleaned file's bytes.

    `hash_text` leaves the removed texts out and puts their SHA-256 in, for logs that must not quote people;
    such a log proves but no longer restores by itself.
    """
    document = cleaned.document
    record: Record = {
        "type": "document",
        "document": document.id,
        "source": source,
        "sha256": encoded.sha256,
        "bytes": encoded.size,
        "encoding": encoded.encoding,
        "bom": bool(encoded.bom),
        "output_sha256": sha256(output),
        "output_bytes": len(output),
    }
    if cleaned.refused:
        record["refused"] = cleaned.refused
    yield record
    entries = (*cleaned.removals, *cleaned.candidates)
    if not entries:
        return
    place = _Places(document, encoded)
    kinds = ["removal"] * len(cleaned.removals) + ["candidate"] * len(cleaned.candidates)
    for kind, name, entry in zip(kinds, removal_ids(document, entries), entries, strict=True):
        yield _removal_record(kind, name, document, entry, place, hash_text)


def _removal_record(
    kind: str, name: str, document: Document, removal: Removal, place: "_Places", hash_text: bool
) -> Record:
    strongest = removal.strongest
    record: Record = {
        "type": kind,
        "document": document.id,
        "id": name,
        "filter": strongest.filter,
        "code": strongest.code,
        "reason": strongest.reason,
        "score": _score(strongest.score),
        "start": removal.start,
        "end": removal.end,
        "byte_start": place.byte(removal.start),
        "byte_end": place.byte(removal.end),
        "line_start": document.line_at(removal.start) + 1,
        "line_end": document.line_at(removal.end - 1) + 1,
    }
    if hash_text:
        record["text_sha256"] = sha256(removal.text.encode("utf-8", "surrogatepass"))
    else:
        record["text"] = removal.text
    record["spans"] = [
        {"code": span.code, "start": span.start, "end": span.end, "score": _score(span.score), "reason": span.reason}
        for span in removal.spans
    ]
    return record


def entry_lines(cleaned: Cleaned, encoded: Encoded, hash_text: bool = False) -> Iterator[bytes]:
    """The lines of a document's removals and candidates: what `dump` makes of their records, three times as fast."""
    document = cleaned.document
    entries = (*cleaned.removals, *cleaned.candidates)
    if not entries:
        return
    place, line_at = _Places(document, encoded), document.line_at
    quoted = encode_basestring
    name = quoted(document.id)
    for number, (id_, entry) in enumerate(zip(removal_ids(document, entries), entries, strict=True)):
        start, end, text, spans = entry
        kind = "removal" if number < len(cleaned.removals) else "candidate"
        strongest = spans[0]
        content = (
            f'"text_sha256":"{sha256(text.encode("utf-8", "surrogatepass"))}"'
            if hash_text
            else f'"text":{quoted(text)}'
        )
        yield (
            f'{{"type":"{kind}","document":{name},"id":"{id_}","filter":{quoted(strongest.filter)}'
            f',"code":{quoted(strongest.code)},"reason":{quoted(strongest.reason)}'
            f',"score":{_number(strongest.score)},"start":{start},"end":{end}'
            f',"byte_start":{place.byte(start)},"byte_end":{place.byte(end)}'
            f',"line_start":{line_at(start) + 1},"line_end":{line_at(end - 1) + 1},{content}'
            f',"spans":[{",".join(map(_span_line, spans))}]}}\n'
        ).encode()


def _span_line(span: Span) -> str:
    start, end, code, reason, score = span
    return (
        f'{{"code":{encode_basestring(code)},"start":{start},"end":{end},"score":{_number(score)}'
        f',"reason":{encode_basestring(reason)}}}'
    )


@lru_cache(maxsize=1 << 12, typed=True)  # 1 and 1.0 are written in two ways
def _score(score: float) -> float:
    """A score as logs tell it. The same ones come again and again, and to round one takes a microsecond."""
    return round(score, 4)


@lru_cache(maxsize=1 << 12, typed=True)
def _number(score: float) -> str:
    return repr(_score(score))


class _Places:
    """Byte offsets of code points, counted on from the last one asked for."""

    def __init__(self, document: Document, encoded: Encoded) -> None:
        self._text = document.text
        self._codec = encoded.encoding
        self._bom = len(encoded.bom)
        self._plain = encoded.encoding == "utf-8" and document.text.isascii()
        self._at = 0
        self._bytes = 0

    def byte(self, offset: int) -> int:
        """The offset in the raw file, its byte-order mark included."""
        if self._plain:
            return offset + self._bom
        if offset < self._at:
            self._at = self._bytes = 0
        self._bytes += len(self._text[self._at : offset].encode(self._codec))
        self._at = offset
        return self._bytes + self._bom


class LogWriter:
    """Writes a log to a binary handle: header first, records as they come, `close` seals it."""

    def __init__(self, handle: BinaryIO, first: Record) -> None:
        self._handle = handle
        self._digest = hashlib.sha256()
        self.documents = self.removals = self.removed_chars = 0
        self._put(dump(first))

    def _put(self, lines: bytes) -> None:
        self._digest.update(lines)
        self._handle.write(lines)

    def write(self, records: Iterable[Record]) -> None:
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

    def write_document(self, described: Record, cleaned: Cleaned, entries: Iterator[bytes]) -> None:
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


def read_log(path: Path) -> Iterator[Record]:
    """The records of a log, one at a time, header and end included.

    Raises LogError for a line that is not JSON or lacks what its record needs, an unknown schema, removals out of
    order, a hash or sums that do not fit, or a missing end.
    """
    digest = hashlib.sha256()
    ended = False
    sums = [0, 0, 0]
    at = byte_at = 0
    size: int | None = None
    with path.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            place = f"{path}:{number}"
            if ended:
                raise LogError(f"{place}: goes on after its end record; clean again")
            record = _parsed(line, place)
            if number == 1 and record.get("schema") != SCHEMA:
                told = f"schema {record['schema']!r}" if "schema" in record else "no schema"
                raise LogError(f"{place}: {told}, this cleaner reads {SCHEMA!r}; update it, or clean again")
            if size is not None and record["type"] in ("removal", "candidate") and record["byte_end"] > size:
                raise LogError(f"{place}: ends at byte {record['byte_end']:,} of {size:,}; clean again")
            if record["type"] == "document":
                at = byte_at = 0
                size = record["bytes"]
                sums[0] += 1
            elif record["type"] == "removal":
                if record["start"] < at or record["byte_start"] < byte_at:
                    raise LogError(f"{place}: begins before the removal above it ends; clean again")
                at, byte_at = record["end"], record["byte_end"]
                sums[1] += 1
                sums[2] += record["end"] - record["start"]
            elif record["type"] == "end":
                ended = True
                if record["sha256"] != digest.hexdigest() or sums != [record[name] for name in _SUMS]:
                    raise LogError(f"{place}: the log was changed after it was written; clean again")
            digest.update(line)
            yield record
    if not ended:
        raise LogError(f"{path}: ends without its end record: cut off or still being written; clean again")


def _parsed(line: bytes, place: str) -> Record:
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


def _problem(record: Record) -> str:
    """What a reader could not do with a record; empty when nothing is wrong."""
    kind = record["type"]
    for name, wanted in _FIELDS.get(kind, {}).items():
        if not isinstance(record.get(name), wanted):
            return f"a {kind} without a right {name!r}"
    for name, wanted in _OPTIONAL.items():
        if name in record and not isinstance(record[name], wanted):
            return f"a {kind} without a right {name!r}"
    if kind in ("removal", "candidate"):
        start, end, text = record["start"], record["end"], record.get("text", "")
        fills = isinstance(text, str) and len(text) == (end - start if "text" in record else 0)
        if not 0 <= start < end or not 0 <= record["byte_start"] < record["byte_end"] or not fills:
            return f"its text does not fill the range from {start} to {end}"
        if not all(map(_is_span, record["spans"])):
            return f"a {kind} without right 'spans'"
    elif kind == "document":
        if not _is_codec(record["encoding"]):
            return f"{record['encoding']!r} is no encoding"
        if not all(isinstance(one, str) for one in record.get("headers", ())):
            return "a document without right 'headers'"
    return ""


def _is_span(span: Any) -> bool:
    return isinstance(span, dict) and all(isinstance(span.get(name), kind) for name, kind in _SPAN.items())


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


def restored(output: bytes, document: Mapping[str, Any], removals: Sequence[Removal]) -> bytes:
    """The raw bytes of a document, from its cleaned bytes, its document record and its removals.

    Raises LogError when the result is not what the log says the raw file was.
    """
    codec = document["encoding"]
    try:
        mark = "\ufeff".encode(codec) if document["bom"] else b""
        if not output.startswith(mark):
            raise LogError(f"{document['document']}: the byte-order mark of the cleaned text is gone; clean again")
        raw = mark + restore(output[len(mark) :].decode(codec), removals).encode(codec)
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
