"""What a log tells of one document: itself, and each thing that was cut or might be, as JSON.

An entry is written once, as its line: of a million of them none needs a record, which takes three times as long. Who
wants records reads them from the lines.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from cleaner.document import Document, Removal, Span
from cleaner.pipeline import Cleaned

_AROUND = 32
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

LogRecord = dict[str, Any]


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


def dump(record: LogRecord) -> bytes:
    """One line of a log."""
    return _json(record).encode("utf-8") + b"\n"


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
    joined = "\0".join((document.id, removal.widest.filter, removal.text, *around, str(nth)))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def possible_ids(document: Document, removal: Removal) -> Iterator[str]:
    """The ids that a removal may have had in a log: one, but for text that stands there several times over."""
    for nth in range(1, document.text.count(removal.text) + 1):
        yield removal_id(document, removal, nth)


def placed(
    document: Document, entries: Sequence[Removal], encoded: Encoded
) -> Iterator[tuple[str, int, int, int, int]]:
    """Of each removal or candidate its id, where it begins and ends in the raw file (bytes, the mark included), and its
    first and last line (from 1).
    """
    place, line_at = _Places(document, encoded), document.line_at
    for id_, (start, end, *_) in zip(removal_ids(document, entries), entries, strict=True):
        yield id_, place.byte(start), place.byte(end), line_at(start) + 1, line_at(end - 1) + 1


def document_records(
    cleaned: Cleaned, source: str, encoded: Encoded, output: bytes, hash_text: bool = False, decisions: str = ""
) -> Iterator[LogRecord]:
    """All records of one document: itself, its removals, its candidates. `output` is the cleaned file's bytes,
    `decisions` the digest of those that were heeded.

    `hash_text` leaves the removed texts out and puts their SHA-256 in, for logs that must not quote people;
    such a log proves but no longer restores by itself.
    """
    yield document_record(cleaned, source, encoded, output, decisions)
    yield from map(json.loads, _entries(cleaned, encoded, hash_text))


def document_record(cleaned: Cleaned, source: str, encoded: Encoded, output: bytes, decisions: str = "") -> LogRecord:
    """The first of them, of the document itself."""
    record: LogRecord = {
        "type": "document",
        "document": cleaned.document.id,
        "source": source,
        "sha256": encoded.sha256,
        "bytes": encoded.size,
        "encoding": encoded.encoding,
        "bom": bool(encoded.bom),
        "output_sha256": sha256(output),
        "output_bytes": len(output),
    }
    if decisions:
        record["decisions"] = decisions
    if cleaned.refused:
        record["refused"] = cleaned.refused
    return record


def entry_lines(cleaned: Cleaned, encoded: Encoded, hash_text: bool = False) -> Iterator[bytes]:
    """The lines of a document's removals and candidates."""
    return (f"{entry}\n".encode() for entry in _entries(cleaned, encoded, hash_text))


def _entries(cleaned: Cleaned, encoded: Encoded, hash_text: bool) -> Iterator[str]:
    document = cleaned.document
    entries = (*cleaned.removals, *cleaned.candidates)
    if not entries:
        return
    name = _json(document.id)
    for number, (where, entry) in enumerate(zip(placed(document, entries, encoded), entries, strict=True)):
        id_, byte_start, byte_end, line_start, line_end = where
        start, end, text, spans, kept = entry
        kind = "removal" if number < len(cleaned.removals) else "candidate"
        cause = f'"kept":"{kept}",' if kept else ""
        widest = entry.widest
        if hash_text:
            content = f'"text_sha256":"{sha256(text.encode("utf-8", "surrogatepass"))}"'
        else:
            content = f'"text":{_json(text)}'
        yield (
            f'{{"type":"{kind}","document":{name},"id":"{id_}","filter":{_json(widest.filter)}'
            f',"code":{_json(widest.code)},"reason":{_json(widest.reason)}'
            f',"score":{_number(widest.score)},{cause}"start":{start},"end":{end}'
            f',"byte_start":{byte_start},"byte_end":{byte_end}'
            f',"line_start":{line_start},"line_end":{line_end},{content}'
            f',"spans":[{",".join(map(_span, spans))}]}}'
        )


def _span(span: Span) -> str:
    start, end, code, reason, score = span
    return f'{{"code":{_json(code)},"start":{start},"end":{end},"score":{_number(score)},"reason":{_json(reason)}}}'


@lru_cache(maxsize=1 << 12, typed=True)  # 1 and 1.0 are written in two ways
def _number(score: float) -> str:
    """A score as logs tell it. The same ones come again and again, and to round one takes a microsecond."""
    return repr(round(score, 4))


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
