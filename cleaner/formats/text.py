"""A file that is one text. Decoded strictly: a guess that is wrong moves every offset after it."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from cleaner.document import Document
from cleaner.formats.record import WHOLE, Described, InputError, Options, Part, Record, Written
from cleaner.log import removals_of, restored
from cleaner.log.entries import Encoded
from cleaner.machine.pointers import NOT_FETCHED, pointed
from cleaner.pipeline import Cleaned

_USUAL = 1 << 16  # bytes
# What no text begins with that cannot be decoded, and what to do about it.
_KNOWN = (
    (b"PAR1", "a Parquet file; let its name end with .parquet"),
    (b"\x1f\x8b", "packed (gzip); unpack it, or let its name say what is in it, as .jsonl.gz does"),
    (b"\x28\xb5\x2f\xfd", "packed (Zstandard); unpack it, or let its name say what is in it, as .jsonl.zst does"),
    (b"BZh", "packed (bzip2); unpack it"),
    (b"\xfd7zXZ\0", "packed (xz); unpack it"),
    (b"PK\x03\x04", "packed (zip); unpack it"),
)
_WARC = re.compile(rb"WARC/1\.\d\r?\n")
# UTF-32's little-endian mark begins with that of UTF-16, so it is looked for first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_READ = bytes(byte for byte in range(256) if byte >= 32 or byte in b"\t\n\r\f\v\b\x1b")  # what texts are made of


def read(handle: BinaryIO, name: str, options: Options, part: Part = WHOLE) -> Iterator[Record]:
    """The one record of a text file. Raises InputError with the byte offset that cannot be read."""
    # to read `max_bytes` at once would reserve a hundred megabytes of memory for each small file
    raw = handle.read(min(_USUAL, options.max_bytes + 1))
    if len(raw) == _USUAL:
        raw += handle.read(options.max_bytes + 1 - _USUAL)
    check_size(raw, options.max_bytes)
    text, encoded = decode(raw, options.encoding)
    yield Record(Document(name, text), encoded, None)


def check_size(raw: bytes, most: int) -> None:
    """Raises InputError where raw bytes are more than that."""
    if len(raw) > most:
        raise InputError(f"larger than {most:,} bytes; raise --max-bytes or split it")


def decode(raw: bytes, encoding: str | None = None) -> tuple[str, Encoded]:
    """The text of raw bytes and how it stood there. Raises InputError, which names the byte offset."""
    if pointed(raw):
        raise InputError(NOT_FETCHED, "byte 0")
    mark, codec = next(((mark, codec) for mark, codec in MARKS if raw.startswith(mark)), (b"", ""))
    codec = codec or codecs.lookup(encoding or "utf-8").name
    try:
        text = raw[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        place = f"byte {error.start + len(mark)}"
        known = next((what for beginning, what in _KNOWN if raw.startswith(beginning)), "")
        if known:
            raise InputError(known, "byte 0") from None
        if not mark and b"\0" in raw[:8192]:
            raise InputError(f"binary, not {codec}: exclude it, or name its --encoding", place) from None
        cure = "convert it" if mark else "name its --encoding or convert it"  # a mark says which encoding it is
        raise InputError(f"not {codec} ({error.reason}); {cure}", place) from None
    # every second byte a control character: UTF-16 without a mark, which may be valid UTF-8 and yet is nothing to read
    controls = raw[:4096].translate(None, _READ) if codec == "utf-8" else b""
    if len(controls) * 4 > min(len(raw), 4096):
        place = f"byte {raw.index(controls[:1])}"
        raise InputError("too many control characters: exclude it, or name its --encoding (utf-16-le?)", place)
    if codec != "utf-8" and text.encode(codec) != raw[len(mark) :]:
        raise InputError(f"does not come back the same from {codec}; convert it to UTF-8")
    if _WARC.match(raw):  # cut as one text, the lengths in it would lie
        raise InputError("WARC records; let its name end with .warc.wet if they are texts, else exclude it", "byte 0")
    return text, Encoded.of(raw, codec, mark)


def cut(record: Record, cleaned: Cleaned) -> Written:
    """The cleaned text in the codec of the raw file, its byte-order mark kept."""
    raw = record.encoded.bom + cleaned.text.encode(record.encoded.encoding)
    return Written(raw, raw)


def restore(handle: BinaryIO, described: Iterator[Described], options: Options) -> Iterator[bytes]:
    """The raw file again, from its cleaned one. Raises LogError when it is not what the log says."""
    for document, entries in described:
        yield restored(handle.read(), document, removals_of(entries))
