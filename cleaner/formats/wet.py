"""WET: the texts that Common Crawl took from web pages, in WARC records. Each conversion record is a document.

Headers stay as they stand, to the byte; only the length and the digests of a record that changed are made anew.
The framing is read here, not by warcio, which gives headers parsed and so cannot give their bytes back; it
judges what comes of it in the tests.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from cleaner.document import Document
from cleaner.formats.record import WHOLE, Described, InputError, Options, Part, Record, Written, put_back
from cleaner.log import removals_of, restored
from cleaner.log.entries import Encoded, LogRecord
from cleaner.pipeline import Cleaned

HEADERS = 1 << 20  # bytes of a record's headers: more are no headers
END = b"\r\n\r\n"
_VERSION = re.compile(rb"WARC/\d+\.\d+[ \t]*\r?\n")
_FIELD = re.compile(rb"(?m)^([!-9;-~]+):[ \t]*([^\r\n]*)")
_RENEWED = (b"content-length", b"warc-block-digest", b"warc-payload-digest")
_HASHES = ("md5", "sha1", "sha256", "sha512")


class Framed(NamedTuple):
    """The headers around a record's text, from its version to the empty line."""

    head: bytes


def read(handle: BinaryIO, name: str, options: Options, part: Part = WHOLE) -> Iterator[Record]:
    """The records of a file; those that hold no converted text pass through. Raises InputError with the record."""
    number = 0
    while head := _head(handle, number + 1):
        number += 1
        fields = _fields(head)
        place = f"record {number}"
        size = _size(fields, options, place)
        block = _exactly(handle, size, place)
        end = _exactly(handle, len(END), place)
        if end != END:
            raise InputError("does not end where its Content-Length says; fetch it again", place)
        if fields.get(b"warc-type") != b"conversion":
            yield Record(None, Encoded(), head + block + end)
            continue
        try:
            text = block.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"not UTF-8 at byte {error.start} of its text; convert or delete it", place) from None
        id_, url = (_shown(fields.get(key, b"")) for key in (b"warc-record-id", b"warc-target-uri"))
        meta = {_shown(key): _shown(value) for key, value in fields.items()}
        document = Document(id_ or url or f"{name}:{number}", text, {**meta, "url": url} if url else meta)
        yield Record(document, Encoded.of(block), Framed(head), number)
    if not number:  # a file has one record at least (ISO 28500); a crawl's begins with what tells of the crawl
        raise InputError("is empty, as a download leaves it that came to nothing; fetch it again")


def _head(handle: BinaryIO, number: int) -> bytes:
    """The headers of the next record with the empty line after them; nothing at the end of the file."""
    line = handle.readline(HEADERS)
    if not line:
        return b""
    if not _VERSION.fullmatch(line):
        what = (
            "cut off in its headers" if number > 1 and b"WARC/1.0\r\n".startswith(line) else "begins with no WARC/1.0"
        )
        raise InputError(f"{what}; fetch it again", f"record {number}")
    lines = [line]
    left = HEADERS
    while line not in (b"\r\n", b"\n"):
        line = handle.readline(left)
        left -= len(line)
        if not line.endswith(b"\n"):
            what = "cut off in its headers" if left > 0 else f"more than {HEADERS:,} bytes of headers"
            raise InputError(f"{what}; fetch it again", f"record {number}")
        lines.append(line)
    return b"".join(lines)


def _fields(head: bytes) -> dict[bytes, bytes]:
    """The headers by their names in lower case; the first of each."""
    fields: dict[bytes, bytes] = {}
    for found in _FIELD.finditer(head, head.index(b"\n") + 1):
        fields.setdefault(found[1].lower(), found[2].rstrip())
    return fields


def _size(fields: dict[bytes, bytes], options: Options, place: str) -> int:
    size = fields.get(b"content-length", b"")
    if not size.isdigit() or len(size) > 18:
        raise InputError("has no Content-Length that is a number; fetch it again", place)
    if int(size) > options.max_bytes:
        raise InputError(f"longer than {options.max_bytes:,} bytes; raise --max-bytes", place)
    return int(size)


def _exactly(handle: BinaryIO, size: int, place: str) -> bytes:
    parts = []
    while size and (block := handle.read(size)):
        parts.append(block)
        size -= len(block)
    if size:
        raise InputError("cut off: the file ends within it; fetch it again", place)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _shown(raw: bytes) -> str:
    return raw.decode("utf-8", "backslashreplace")


def cut(record: Record, cleaned: Cleaned) -> Written:
    """The record with its text cut, its length and digests renewed; the record itself where nothing is removed."""
    head: bytes = record.form.head
    block = cleaned.text.encode()
    if not cleaned.removals:
        return Written(head + block + END, block)
    replaced: list[str] = []

    def renew(found: re.Match[bytes]) -> bytes:
        name = found[1].lower()
        if name not in _RENEWED:
            return found[0]
        replaced.append(found[2].decode("latin-1"))
        value = str(len(block)).encode() if name == b"content-length" else _digest(found[2], block)
        return found[0][: found.start(2) - found.start()] + value + found[0][found.end(2) - found.start() :]

    return Written(_FIELD.sub(renew, head) + block + END, block, replaced)


def _digest(like: bytes, block: bytes) -> bytes:
    """The digest of a block, by the hash and in the letters of another; SHA-1 in base 32 if they are unknown."""
    name, _, value = like.partition(b":")
    hash_ = name.decode("latin-1").lower().replace("-", "")
    if hash_ not in _HASHES:
        name, hash_ = b"sha1", "sha1"
    digest = hashlib.new(hash_, block, usedforsecurity=False).digest()
    written = binascii.hexlify(digest) if len(value) == 2 * len(digest) else base64.b32encode(digest)
    return name + b":" + written


def note(written: Written, records: list[LogRecord]) -> None:
    """The headers that were made anew go into the log as they were."""
    if written.extra:
        records[0]["headers"] = written.extra


def restore(handle: BinaryIO, described: Iterator[Described], options: Options) -> Iterator[bytes]:
    """The raw records again, from the cleaned ones. Raises LogError when they are not what the log says."""
    return put_back(read(handle, "", options), described, _again)


def _again(record: Record, document: LogRecord, entries: list[LogRecord]) -> bytes:
    assert record.document is not None
    block = restored(record.document.text.encode(), document, removals_of(entries))
    return _with_headers(record.form.head, iter(document.get("headers", ()))) + block + END


def _with_headers(head: bytes, before: Iterator[str]) -> bytes:
    def put_back(found: re.Match[bytes]) -> bytes:
        old = next(before, None) if found[1].lower() in _RENEWED else None
        if old is None:
            return found[0]
        start, end = found.start(2) - found.start(), found.end(2) - found.start()
        return found[0][:start] + old.encode("latin-1") + found[0][end:]

    return _FIELD.sub(put_back, head)
