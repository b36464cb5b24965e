"""JSON lines: one object a line, with a field of text. All else on a line stays as it is, to the byte.

The text is cut where it stands, inside its quotes, so that neither the order of keys nor the way a writer escapes
characters changes: a cleaned shard differs from the raw one only in what was removed.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from json.decoder import WHITESPACE, scanstring  # type: ignore[attr-defined, unused-ignore]
from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Any, BinaryIO, NamedTuple

from cleaner.document import Document, Removal
from cleaner.formats.record import WHOLE, Described, InputError, Options, Part, Record, Written, put_back
from cleaner.log import LogError, raw_text, removals_of
from cleaner.log.entries import Encoded, LogRecord
from cleaner.pipeline import Cleaned

MAGIC = ((b"\x1f\x8b", ".gz"), (b"\x28\xb5\x2f\xfd", ".zst"))  # how packed files begin
_ONE = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
_COLON = re.compile(r'[ \t\n\r]*:[ \t\n\r]*(?=")')
_decode_value = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


class Line(NamedTuple):
    """A line around its text: `literal` is the text as it stands between `before` and `after`, quotes included."""

    before: str
    literal: str
    after: str
    mark: bytes
    raw: bytes

    def with_literal(self, literal: str) -> bytes:
        """The line with another literal for its text."""
        return self.mark + f"{self.before}{literal}{self.after}".encode()


def read(handle: BinaryIO, name: str, options: Options, part: Part = WHOLE) -> Iterator[Record]:
    """The records of a shard, or of a part of one. Raises InputError with the line that cannot be read."""
    at = _first_line(handle, part.start)
    skipped = None if part.start else 0
    number = 0
    while (part.stop is None or at < part.stop) and (line := handle.readline(options.max_bytes + 1)):
        at += len(line)
        number += 1
        try:
            record = _record(line, options, number, first=at == len(line))
        except InputError as error:
            raise InputError(str(error), f"line {_lines_before(handle, part.start) + number}") from None
        if record.document is not None and not record.document.id:
            if skipped is None:
                skipped = _lines_before(handle, part.start)
            record.document.id = f"{name}:{skipped + number}"
        yield record


def _first_line(handle: BinaryIO, start: int) -> int:
    """Goes to the first line that begins at or after `start`."""
    if start:
        handle.seek(start - 1)
        return start - 1 + len(handle.readline())
    return 0


def _lines_before(handle: BinaryIO, start: int) -> int:
    """How many lines begin before the part. Counted only for a name or a message: it reads all that stands before."""
    if not start:
        return 0
    here = handle.tell()
    handle.seek(0)
    lines = 0
    left = start - 1
    while left and (block := handle.read(min(left, 1 << 20))):
        lines += block.count(b"\n")
        left -= len(block)
    handle.seek(here)
    return lines + 1


def _record(line: bytes, options: Options, number: int, first: bool) -> Record:
    if len(line) > options.max_bytes:
        raise InputError(f"longer than {options.max_bytes:,} bytes; raise --max-bytes")
    mark = b"\xef\xbb\xbf" if first and line.startswith(b"\xef\xbb\xbf") else b""
    try:
        text = line[len(mark) :].decode("utf-8")
    except UnicodeDecodeError as error:
        if first and (packing := next((name for magic, name in MAGIC if line.startswith(magic)), "")):
            raise InputError(f"is packed; let its name end with {packing}, or unpack it if it does") from None
        raise InputError(f"not UTF-8 at byte {error.start + len(mark)} of the line; convert it") from None
    if not first and text.startswith("\ufeff"):
        raise InputError("begins with a byte-order mark, as where files were joined; delete the mark")
    if not text or text.isspace():
        return Record(None, Encoded(), line)
    meta, start, end = _members(text, options.text_field)
    body = meta.pop(options.text_field)
    if body is None:
        return Record(None, Encoded(), line)
    name = meta.get(options.id_field)
    if isinstance(name, bool | float | list | dict) or name == "":
        raise InputError(f"{options.id_field!r} is no name; name another field with --id-field")
    try:
        raw = body.encode()
        str(name).encode()
    except UnicodeEncodeError:
        raise InputError("holds half a character (a lone surrogate); correct the escape") from None
    document = Document("" if name is None else str(name), body, meta, raw)
    return Record(document, Encoded.of(raw), Line(text[:start], text[start:end], text[end:], mark, line), number)


def _members(text: str, field: str) -> tuple[dict[str, Any], int, int]:
    """The object on a line, and where in the line the value of `field` stands (characters, quotes included)."""
    try:
        return _apart(text, field) or _scan(text, field)
    except json.JSONDecodeError as error:
        what = f"malformed JSON at column {error.pos + 1} ({error.msg}); correct or delete the line"
    except StopIteration as stop:
        what = f"malformed JSON at column {stop.value + 1} (expecting a value); correct or delete the line"
    except RecursionError:
        what = "nested too deeply; correct or delete the line"
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        # the one error that is left: Python reads no whole number of so many digits
        digits = sys.get_int_max_str_digits()
        what = f"holds a number of more than {digits:,} digits; make it a text, or delete the line"
    raise InputError(what)


def _apart(text: str, field: str) -> tuple[dict[str, Any], int, int] | None:
    """The same, twice as fast, for a line on which the field's name stands only once, as on most.

    None for all other lines, and for wrong ones: `_scan` reads them, or tells what is wrong.
    """
    name = f'"{field}"'
    at = text.find(name)
    # inside another object it is no field of this record
    if at < 0 or text.find(name, at + 1) >= 0 or text.find("{", 1, at) >= 0:
        return None
    colon = _COLON.match(text, at + len(name))
    if colon is None:
        return None
    start = colon.end()
    try:
        value, end = scanstring(text, start + 1, True)
        rest = f'{text[:start]}""{text[end:]}'
        members = json.loads(rest)
    except (ValueError, RecursionError):
        return None
    if "\\" in rest or not isinstance(members, dict):  # the name may stand there again, spelled with escapes
        return None
    members[field] = value
    return members, start, end


def _scan(text: str, field: str) -> tuple[dict[str, Any], int, int]:
    space = WHITESPACE.match
    at = space(text, 0).end()
    if text[at : at + 1] != "{":
        json.loads(text)
        raise InputError("is no JSON object; each line holds one, {…}")
    members: dict[str, Any] = {}
    found = (-1, -1)
    at = space(text, at + 1).end()
    closed = text[at : at + 1] == "}"
    while not closed:
        if text[at : at + 1] != '"':
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
        key, at = scanstring(text, at + 1, True)
        at = space(text, at).end()
        if text[at : at + 1] != ":":
            raise json.JSONDecodeError("Expecting ':' delimiter", text, at)
        start = space(text, at + 1).end()
        value, at = _decode_value(text, start)
        if key == field:
            if field in members:
                raise InputError(f"{field!r} stands twice; correct or delete the line")
            if value is not None and not isinstance(value, str):
                raise InputError(f"{field!r} is no text; name another field with --text-field")
            found = (start, at)
        members[key] = value
        at = space(text, at).end()
        closed = text[at : at + 1] == "}"
        if not closed:
            if text[at : at + 1] != ",":
                raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
            at = space(text, at + 1).end()
    rest = space(text, at + 1).end()
    if rest != len(text):
        raise json.JSONDecodeError("Extra data", text, rest)
    if field not in members:
        raise InputError(f"has no field {field!r}; name the one with the text by --text-field")
    return members, *found


def escapes(text: str, literal: str) -> str:
    """How a literal is escaped: as `utf-8` or `ascii` as json.dumps would do it, else `own`."""
    if "\\u" not in literal and "\\/" not in literal:  # the other escapes there are json.dumps writes, too
        return "utf-8"
    if encode_basestring(text) == literal:
        return "utf-8"
    return "ascii" if encode_basestring_ascii(text) == literal else "own"


def cut(record: Record, cleaned: Cleaned) -> Written:
    """The line with its text cut; the line itself where nothing is removed."""
    line: Line = record.form
    text = cleaned.text
    if not cleaned.removals:
        return Written(line.raw, text.encode())
    style = escapes(cleaned.document.text, line.literal)
    if style != "own":
        literal = encode_basestring(text) if style == "utf-8" else encode_basestring_ascii(text)
        return Written(line.with_literal(literal), text.encode(), None if style == "utf-8" else (style, []))
    pieces = _pieces(line.literal, cleaned.removals)
    kept, at = [], 0
    for start, end in pieces:
        kept.append(line.literal[at:start])
        at = end
    literal = "".join([*kept, line.literal[at:]])
    return Written(line.with_literal(literal), text.encode(), (style, [line.literal[slice(*one)] for one in pieces]))


def _pieces(literal: str, removals: Sequence[Removal]) -> list[tuple[int, int]]:
    """Where removals stand in a literal (characters of it)."""
    starts = [1 + one.start() for one in _ONE.finditer(literal[1:-1])]
    starts.append(len(literal) - 1)
    return [(starts[removal.start], starts[removal.end]) for removal in removals]


def note(written: Written, records: list[LogRecord]) -> None:
    """Escapes that nobody could guess again go into the log, each with its removal."""
    records[0]["escapes"], literals = written.extra
    logged = [one for one in records if one["type"] == "removal"]
    for one, literal in zip(logged, literals, strict=False):
        if "text" in one:
            one["literal"] = literal


def restore(handle: BinaryIO, described: Iterator[Described], options: Options) -> Iterator[bytes]:
    """The raw lines again, from the cleaned ones. Raises LogError when they are not what the log says."""
    return put_back(read(handle, "", options), described, _put_back)


def _put_back(record: Record, document: LogRecord, entries: list[LogRecord]) -> bytes:
    line: Line = record.form
    assert record.document is not None
    if record.encoded.sha256 != document["output_sha256"]:
        raise LogError(f"{document['document']} was changed after it was written; clean again")
    removals = removals_of(entries)
    text = raw_text(record.document.text, document, removals)
    if Encoded.of(text.encode()).sha256 != document["sha256"]:
        raise LogError(f"{document['document']}: cleaned text and log do not give the raw text back; clean again")
    style = document.get("escapes", "utf-8")
    if not removals:
        literal = line.literal
    elif style == "own":
        if not all("literal" in one for one in entries):
            raise LogError(f"{document['document']}: the log lacks how its text was escaped; clean again")
        literal = _with_literals(line.literal, entries)
    else:
        literal = encode_basestring(text) if style == "utf-8" else encode_basestring_ascii(text)
    return line.with_literal(literal)


def _with_literals(literal: str, removals: list[LogRecord]) -> str:
    starts = [1 + one.start() for one in _ONE.finditer(literal[1:-1])]
    starts.append(len(literal) - 1)
    out, at, gone = [], 0, 0
    for removal in removals:
        place = starts[removal["start"] - gone]
        out += [literal[at:place], removal["literal"]]
        at = place
        gone += removal["end"] - removal["start"]
    return "".join([*out, literal[at:]])
