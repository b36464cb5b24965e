"""Parquet: a table with a column of text, cleaned row group by row group, of which one is held in memory at a time.

Two writers never give the same file, so a restored table is equal to the raw one (schema, metadata, row groups, codecs
and every value) and not the same bytes. What the log promises is held by each text: its hash stands there, and
it comes back byte for byte. Needs pyarrow: `pip install 'seedclean[parquet]'`.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from cleaner.document import Document
from cleaner.entries import Encoded
from cleaner.entries import Record as LogRecord
from cleaner.formats.compressed import limit_of
from cleaner.formats.record import WHOLE, Described, InputError, MissingExtraError, Options, Part, Record, Written
from cleaner.log import LogError, removals_of, restored
from cleaner.pipeline import Cleaned

ROWS = 256  # rows that are unpacked at a time: how far a bomb gets before it is counted
_CODECS = {"UNCOMPRESSED": "NONE", "LZ4_RAW": "LZ4"}  # pyarrow reads these names and takes others


def read(handle: BinaryIO, name: str, options: Options, part: Part = WHOLE) -> Iterator[Record]:
    """A record for each row that has a text, and one without a document after each row group, which writes it.

    Raises InputError for what is no Parquet file, for a missing column, and for what unpacks beyond all measure.
    """
    if not handle.seekable():
        raise InputError("Parquet begins at its end, which a pipe does not have; name a file")
    with _said_in_a_line():
        table = _Table(handle, options)
        row = 0
        for number in range(table.file.num_row_groups):
            group = _Group(table, number)
            for text, own, url in group.rows():
                row += 1
                if text is not None:
                    yield _record(group, text, own, url, f"{name}:{row}", options, row)
                group.size += 1
            yield Record(None, Encoded(), group.written)
        yield Record(None, Encoded(), table.closed)


def _record(group: "_Group", text: str, own: Any, url: Any, place: str, options: Options, row: int) -> Record:
    raw = text.encode()
    if len(raw) > options.max_bytes:
        raise InputError(f"longer than {options.max_bytes:,} bytes; raise --max-bytes", f"row {row}")
    if own == "":
        raise InputError(f"{options.id_field!r} is no name; name another field with --id-field", f"row {row}")
    meta = {"url": url} if url is not None else {}
    return Record(Document(place if own is None else str(own), text, meta), Encoded.of(raw), (group, group.size), row)


def cut(record: Record, cleaned: Cleaned) -> Written:
    """Keeps the cleaned text until its row group is written."""
    group, row = record.form
    if cleaned.removals:
        group.changed[row] = cleaned.text
    return Written(b"", cleaned.text.encode())


def through(record: Record) -> bytes:
    """What the file grows by at the end of a row group, and at its own."""
    with _said_in_a_line():
        grown: bytes = record.form()
    return grown


def note(written: Written, records: list[LogRecord]) -> None:
    """A table needs nothing beyond the texts of its removals."""


def restore(handle: BinaryIO, described: Iterator[Described], options: Options) -> Iterator[bytes]:
    """A file with a table equal to the raw one. Raises LogError when the texts are not what the log says."""
    for record in read(handle, "", options):
        if record.document is None:
            yield through(record)
            continue
        document, entries = next(described, ({}, []))
        if "output_sha256" not in document:
            raise LogError("holds more documents than its log; clean again")
        raw = restored(record.document.text.encode(), document, removals_of(entries))
        group, row = record.form
        group.changed[row] = raw.decode()
    if next(described, None) is not None:
        raise LogError("holds fewer documents than its log; clean again")


class _Table:
    """A Parquet file that is read, and the one like it that grows beside."""

    def __init__(self, handle: BinaryIO, options: Options) -> None:
        parquet = _pyarrow()[1]
        self.file = parquet.ParquetFile(handle, page_checksum_verification=True)
        self.schema = self.file.schema_arrow
        self.text = self._column(options.text_field, "--text-field")
        if self.text is None:
            there = f", but {', '.join(self.schema.names[:9])}" if self.schema.names else " and no other"
            raise InputError(f"has no column {options.text_field!r}{there}; name the one with the text by --text-field")
        if not _holds_text(self.schema.types[self.text]):
            raise InputError(f"{options.text_field!r} is no text; name another field with --text-field")
        self.id = self._column(options.id_field, "--id-field")
        if self.id is not None and not _holds_names(self.schema.types[self.id]):
            raise InputError(f"{options.id_field!r} is no name; name another field with --id-field")
        urls = self.schema.get_all_field_indices("url")
        self.url = urls[0] if len(urls) == 1 else None  # of two, nobody knows which is meant
        size = handle.seek(0, io.SEEK_END)
        self._left = self._limit = limit_of(size)
        self._sink = _Sink()
        self._writer: Any = None

    def _column(self, name: str, flag: str) -> int | None:
        found = self.schema.get_all_field_indices(name)
        if len(found) > 1:
            raise InputError(f"{name!r} stands twice; name another field with {flag}")
        return found[0] if found else None

    def count(self, size: int) -> None:
        """Takes note of bytes that were unpacked. Raises InputError when they are more than a true table has."""
        self._left -= size
        if self._left < 0:
            raise InputError(f"unpacks to more than {self._limit:,} bytes; rewrite it yourself if you trust it")

    def grow(self, rows: Any) -> bytes:
        """Writes a row group, and gives the bytes that it takes."""
        if self._writer is None:
            self._writer = self._like_the_raw()
        # a group of more rows than this is cut in two by pyarrow, whatever it is told
        self._writer.write_table(rows, row_group_size=max(rows.num_rows, 1))
        return self._sink.drain()

    def closed(self) -> bytes:
        """Ends the file, and gives its last bytes."""
        if self._writer is None:
            self._writer = self._like_the_raw()
        self._writer.close()
        return self._sink.drain()

    def _like_the_raw(self) -> Any:
        meta = self.file.metadata
        chunks = [meta.row_group(0).column(n) for n in range(meta.num_columns)] if meta.num_row_groups else []
        paths = [one.path_in_schema for one in chunks]
        return _pyarrow()[1].ParquetWriter(
            self._sink,
            self.schema,
            version=meta.format_version if meta.format_version in ("1.0", "2.4", "2.6") else "2.6",
            compression={one.path_in_schema: _CODECS.get(one.compression, one.compression) for one in chunks} or "NONE",
            use_dictionary=[one.path_in_schema for one in chunks if one.has_dictionary_page],
            write_statistics=[one.path_in_schema for one in chunks if one.is_stats_set],
            use_deprecated_int96_timestamps=any(one.physical_type == "INT96" for one in chunks),
            use_compliant_nested_type=all(".list." not in path or ".list.element" in path for path in paths),
            store_schema=b"ARROW:schema" in (meta.metadata or {}),
        )


class _Group:
    """A row group: its rows as they are read, then written with the texts that changed."""

    def __init__(self, table: _Table, number: int) -> None:
        self._table = table
        self._number = number
        self._batches: list[Any] = []
        self.changed: dict[int, str] = {}
        self.size = 0

    def rows(self) -> Iterator[tuple[str | None, Any, Any]]:
        """Text, id and address of each row."""
        table = self._table
        for batch in table.file.iter_batches(batch_size=ROWS, row_groups=[self._number]):
            table.count(batch.nbytes)
            self._batches.append(batch)
            texts, ids, urls = (
                batch.column(one) if one is not None else None for one in (table.text, table.id, table.url)
            )
            for row in range(batch.num_rows):
                text = self._text(texts, row)
                table.count(len(text or ""))
                yield text, ids and self._id(ids, row), urls and _address(urls, row)

    def _text(self, texts: Any, row: int) -> str | None:
        try:
            text: str | None = texts[row].as_py()
        except UnicodeDecodeError as error:
            raise self._not_utf8(error, "a text") from None
        return text

    def _id(self, ids: Any, row: int) -> Any:
        try:
            return ids[row].as_py()
        except UnicodeDecodeError as error:
            raise self._not_utf8(error, "an id") from None

    def _not_utf8(self, error: UnicodeDecodeError, what: str) -> InputError:
        return InputError(f"not UTF-8 at byte {error.start} of {what}; convert it", f"row group {self._number + 1}")

    def written(self) -> bytes:
        """The row group's bytes in the output. Lets go of the rows."""
        pa = _pyarrow()[0]
        schema, place = self._table.schema, self._table.text
        rows = pa.Table.from_batches(self._batches, schema)
        if self.changed:
            texts = [
                self.changed[row] if row in self.changed else one.as_py() for row, one in enumerate(rows.column(place))
            ]
            rows = rows.set_column(place, schema.field(place), _texts(texts, schema.field(place).type))
        self._batches = []
        self.changed = {}
        return self._table.grow(rows)


def _address(urls: Any, row: int) -> Any:
    try:
        return urls[row].as_py()
    except (UnicodeDecodeError, ValueError):  # a column of that name may hold anything
        return None


def _texts(texts: list[str | None], kind: Any) -> Any:
    pa = _pyarrow()[0]
    if pa.types.is_dictionary(kind):
        return pa.array(texts, kind.value_type).dictionary_encode().cast(kind)
    return pa.array(texts, kind)


def _holds_text(kind: Any) -> bool:
    pa = _pyarrow()[0]
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _holds_names(kind: Any) -> bool:
    types = _pyarrow()[0].types
    return _holds_text(kind) or bool(types.is_integer(kind) or types.is_null(kind))


class _Sink(io.RawIOBase):
    """Where the output grows, until it is drained."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def write(self, raw: Any, /) -> int:
        self._parts.append(bytes(raw))
        self._at += len(raw)
        return len(raw)

    def tell(self) -> int:
        return self._at

    def drain(self) -> bytes:
        """All that was written since the last time."""
        grown = b"".join(self._parts)
        self._parts = []
        return grown


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as parquet
    except ImportError:
        raise MissingExtraError("pyarrow", "parquet") from None
    return pa, parquet


@contextmanager
def _said_in_a_line() -> Iterator[None]:
    """Turns pyarrow's errors into InputError."""
    pa, _ = _pyarrow()
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        if getattr(error, "errno", None) is not None:
            raise  # the disk's, not the file's
        lines = str(error).split("\n")
        if "decrypt" in lines[0].lower():
            raise InputError("is encrypted; write it anew without that") from None
        raise InputError(f"damaged Parquet file ({lines[0].rstrip('.')}); fetch it again") from None
