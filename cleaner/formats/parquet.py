"""Parquet: a table with a column of text, cleaned row group by row group, of which one is held in memory at a time.

Only the texts are read, and only where one of a row group changes is their column written anew. All else stays as
somebody wrote it, to the byte: the other columns, of whatever types, the schema, the metadata, the row groups.

Two writers never give the same column, so a restored table is equal to the raw one and not the same bytes. What the log
promises is held by each text: its hash stands there, and it comes back byte for byte.
Needs pyarrow: `pip install 'seedclean[parquet]'`.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from cleaner.document import Document
from cleaner.formats.compressed import limit_of
from cleaner.formats.footer import MAGIC, Column, Footer, View, damaged, moved, place_of, regrouped, renamed
from cleaner.formats.record import WHOLE, Described, InputError, MissingExtraError, Options, Part, Record, Written
from cleaner.formats.thrift import Struct
from cleaner.log import LogError, removals_of, restored
from cleaner.log.entries import Encoded
from cleaner.pipeline import Cleaned

_INT32, _INT64, _BYTES = 1, 2, 6  # Parquet's numbers for types of columns; texts are bytes
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
        for number in range(len(table.footer.groups)):
            group = _Group(table, number)
            for text, own, url in group.rows():
                row += 1
                if text is not None:
                    yield _record(group, text, own, url, f"{name}:{row}", options, row)
                group.size += 1
            yield Record(None, Encoded(), group.written)
        yield Record(None, Encoded(), table.written)


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
        if raw.decode() != record.document.text:
            group.changed[row] = raw.decode()
    if next(described, None) is not None:
        raise LogError("holds fewer documents than its log; clean again")


class _Table:
    """A Parquet file that is read, and the one like it that grows beside."""

    def __init__(self, handle: BinaryIO, options: Options) -> None:
        _, parquet = _pyarrow()
        self.footer = Footer(handle)
        text = self._column(options.text_field, "--text-field")
        if text is None:
            names = ", ".join(one.name for one in self.footer.columns[:9])
            there = f", but {names}" if names else " and no other"
            raise InputError(f"has no column {options.text_field!r}{there}; name the one with the text by --text-field")
        if text.kind not in (_BYTES, _INT32):  # a column without any text may be of the type null, kept as an INT32
            raise InputError(f"{options.text_field!r} is no text; name another field with --text-field")
        own = self._column(options.id_field, "--id-field")
        if own is not None and own.kind not in (_INT32, _INT64, _BYTES):
            raise InputError(f"{options.id_field!r} is no name; name another field with --id-field")
        urls = [one for one in self.footer.columns if one.name == "url" and one.kind == _BYTES]
        url = urls[0] if len(urls) == 1 else None  # of two, nobody knows which is meant
        wanted = sorted({one for one in (text, own, url) if one is not None}, key=lambda one: one.chunks.start)
        self.view = View(handle, self.footer.start, self.footer.narrowed(wanted))
        self.file = parquet.ParquetFile(self.view, page_checksum_verification=True)
        self.schema = self.file.schema_arrow
        self.text, self.id, self.url = (None if one is None else wanted.index(one) for one in (text, own, url))
        kind = self.schema.types[self.text]
        if not (_holds_text(kind) or _pyarrow()[0].types.is_null(kind)):
            raise InputError(f"{options.text_field!r} is no text; name another field with --text-field")
        if self.id is not None and not _holds_names(self.schema.types[self.id]):
            raise InputError(f"{options.id_field!r} is no name; name another field with --id-field")
        self.chunk = text.chunks.start
        self._left = self._limit = limit_of(handle.seek(0, io.SEEK_END))
        self._groups: list[Struct] = []
        self._size = 0

    def _column(self, name: str, flag: str) -> Column | None:
        found = [one for one in self.footer.columns if one.name == name]
        if len(found) > 1:
            raise InputError(f"{name!r} stands twice; name another field with {flag}")
        return found[0] if found else None

    def count(self, size: int) -> None:
        """Takes note of bytes that were unpacked. Raises InputError when they are more than a true table has."""
        self._left -= size
        if self._left < 0:
            raise InputError(f"unpacks to more than {self._limit:,} bytes; rewrite it yourself if you trust it")

    def grow(self, number: int, texts: Any) -> bytes:
        """Writes a row group, with other texts unless they are None, and gives the bytes that it takes."""
        group = self.footer.groups[number]
        parts = [] if self._size else [MAGIC]
        self._size = self._size or len(MAGIC)
        chunks = []
        for place, chunk in enumerate(self.footer.chunks(group)):
            if texts is not None and place == self.chunk:
                fresh, raw = self._rewritten(number, texts)
                chunks.append(moved(renamed(fresh, chunk), self._size))
            else:
                raw = self.view.piece(*place_of(chunk))
                chunks.append(moved(chunk, self._size))
            parts.append(raw)
            self._size += len(raw)
        self._groups.append(regrouped(group, chunks, None if texts is None else self.chunk))
        return b"".join(parts)

    def _rewritten(self, number: int, texts: Any) -> tuple[Struct, bytes]:
        """The column of texts as a file of its own has it, packed as it was, and its bytes in there."""
        pa, parquet = _pyarrow()
        was = self.file.metadata.row_group(number).column(self.text)
        sink = io.BytesIO()
        parquet.write_table(
            pa.Table.from_arrays([texts], schema=pa.schema([self.schema.field(self.text)])),
            sink,
            row_group_size=max(len(texts), 1),  # more rows than this would be cut in two
            compression=_CODECS.get(was.compression, was.compression),
            use_dictionary=was.has_dictionary_page,
            write_statistics=was.is_stats_set,
            store_schema=False,
        )
        footer = Footer(sink)
        ((chunk,),) = map(footer.chunks, footer.groups)
        start, size = place_of(chunk)
        return chunk, sink.getvalue()[start : start + size]

    def written(self) -> bytes:
        """Ends the file, and gives its last bytes."""
        return (b"" if self._size else MAGIC) + self.footer.written(self._groups)


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
        texts = None
        if self.changed:
            place = self._table.text
            column = _pyarrow()[0].chunked_array([one.column(place) for one in self._batches])
            texts = _texts(
                [self.changed[row] if row in self.changed else one.as_py() for row, one in enumerate(column)],
                self._table.schema.field(place).type,
            )
        self._batches = []
        self.changed = {}
        return self._table.grow(self._number, texts)


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
        if isinstance(error, pa.ArrowNotImplementedError) or "not supported" in lines[0]:
            what = f"its texts are written in a way that this pyarrow does not read ({lines[0].rstrip('.')})"
            raise InputError(f"{what}; update it, or write the table anew") from None
        raise damaged(lines[0].rstrip(".")) from None
