"""What a Parquet file tells of itself at its end: its columns, and where in the file their values stand.

Read here rather than by a library, so that what is not a text can be left as it stands: a library reads a column to a
type of its own and writes it as it would itself, which is another column where somebody else wrote it.
"""

import io
import struct
from threading import Lock
from typing import Any, BinaryIO, NamedTuple

from cleaner.formats.record import InputError
from cleaner.formats.thrift import I32, I64, STRUCT, Field, Listed, Struct, dump, parse

MAGIC = b"PAR1"
_ENCRYPTED = b"PARE"
_TAIL = 8  # bytes: the length of what is told, and the magic

# The fields of Parquet's structures by their numbers, as parquet.thrift has them.
_SCHEMA, _GROUPS, _KEY_VALUES, _ORDERS, _ENCRYPTION = 2, 4, 5, 7, 8
_TYPE, _NAME, _CHILDREN = 1, 4, 5
_CHUNKS, _GROUP_BYTES, _SORTED_BY, _GROUP_OFFSET, _GROUP_PACKED = 1, 2, 4, 5, 6
_ELSEWHERE, _CHUNK_OFFSET, _META, _INDEXES = 1, 2, 3, (4, 5, 6, 7)
_PATH, _UNPACKED, _PACKED, _DATA, _INDEX, _DICTIONARY, _BLOOM = 3, 6, 7, 9, 10, 11, (14, 15)
_OFFSETS = (_DATA, _INDEX, _DICTIONARY)


class Column(NamedTuple):
    """A column: its name, its elements of the schema (more than one if it has parts), and the chunks of a row group
    that hold it; `kind` is Parquet's number for its type, or None if it has parts.
    """

    name: str
    elements: range
    chunks: range
    kind: int | None


class Footer:
    """The end of a file. Raises InputError for what is no Parquet file, or none that can be written again."""

    def __init__(self, handle: BinaryIO) -> None:
        size = handle.seek(0, io.SEEK_END)
        handle.seek(max(size - _TAIL, 0))
        tail = handle.read(_TAIL)
        if tail[4:] == _ENCRYPTED:
            raise InputError("is encrypted; write it anew without that")
        if len(tail) < _TAIL or tail[4:] != MAGIC:
            raise damaged("Parquet magic bytes not found in footer, or the file is cut off")
        (length,) = struct.unpack("<I", tail[:4])
        self.start = size - _TAIL - length
        if self.start < len(MAGIC):
            raise damaged("what it tells of itself is longer than the file")
        handle.seek(self.start)
        try:
            self.told = parse(handle.read(length))
            self.columns = _columns(self._listed(self.told, _SCHEMA))
            self.groups: list[Struct] = self._listed(self.told, _GROUPS) if _GROUPS in self.told else []
            self._check()
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            if isinstance(error, InputError):
                raise
            raise damaged("what it tells of itself makes no sense") from None

    @staticmethod
    def _listed(told: Struct, number: int) -> list[Any]:
        values: list[Any] = told[number].value.values
        return values

    def _check(self) -> None:
        if _ENCRYPTION in self.told:
            raise InputError("is encrypted; write it anew without that")
        count = self.columns[-1].chunks.stop if self.columns else 0
        for group in self.groups:
            chunks = self.chunks(group)
            if len(chunks) != count:
                raise ValueError("a row group has not all columns")
            for chunk in chunks:
                if _ELSEWHERE in chunk:
                    raise InputError("keeps its columns in other files; write it anew as one")
                start, size = place_of(chunk)
                if size and not len(MAGIC) <= start <= start + size <= self.start:  # without rows it is nowhere
                    raise damaged("a column stands beyond its end")
            regrouped(group, [moved(renamed(chunk, chunk), len(MAGIC)) for chunk in chunks], 0)  # as it will be written

    def chunks(self, group: Struct) -> list[Struct]:
        """Where the columns of a row group stand."""
        return self._listed(group, _CHUNKS)

    def narrowed(self, columns: list[Column]) -> bytes:
        """The end of a file that has some of the columns only, at their places."""
        elements = self._listed(self.told, _SCHEMA)
        root = {**elements[0], _CHILDREN: Field(I32, len(columns))}
        schema = [root, *(elements[place] for one in columns for place in one.elements)]
        groups = []
        for group in self.groups:
            chunks = self.chunks(group)
            some = [chunks[place] for one in columns for place in one.chunks]
            groups.append({**_without(group, _SORTED_BY), _CHUNKS: group[_CHUNKS]._replace(value=_list_of(some))})
        told = _without(self.told, _KEY_VALUES, _ORDERS)
        told[_SCHEMA] = self.told[_SCHEMA]._replace(value=_list_of(schema))
        if groups:
            told[_GROUPS] = self.told[_GROUPS]._replace(value=_list_of(groups))
        return sealed(told)

    def written(self, groups: list[Struct]) -> bytes:
        """The end of a file like this one, with row groups at other places."""
        told = dict(self.told)
        if groups:
            told[_GROUPS] = self.told[_GROUPS]._replace(value=_list_of(groups))
        return sealed(told)


def _columns(elements: list[Struct]) -> list[Column]:
    """The columns that a schema lists, each before its parts."""
    found = []
    at, chunk = 1, 0
    for _ in range(_children(elements[0])):
        first, first_chunk, parts = at, chunk, 1
        while parts:
            children = _children(elements[at])
            chunk += not children
            parts += children - 1
            at += 1
        kind = None if _children(elements[first]) else elements[first][_TYPE].value
        name = elements[first][_NAME].value.decode()
        found.append(Column(name, range(first, at), range(first_chunk, chunk), kind))
    return found


def _children(element: Struct) -> int:
    children: int = element[_CHILDREN].value if _CHILDREN in element else 0
    return children


def _list_of(structs: list[Struct]) -> Listed:
    return Listed(STRUCT, structs)


def _without(told: Struct, *numbers: int) -> Struct:
    return {number: field for number, field in told.items() if number not in numbers}


def sealed(told: Struct) -> bytes:
    """The bytes that end a file."""
    raw = dump(told)
    return raw + struct.pack("<I", len(raw)) + MAGIC


def damaged(what: str) -> InputError:
    """What is told of a file that cannot be what its name says."""
    return InputError(f"damaged Parquet file ({what}); fetch it again")


def place_of(chunk: Struct) -> tuple[int, int]:
    """Where in the file a column of a row group begins, and how many bytes it takes."""
    meta: Struct = chunk[_META].value
    starts = [meta[_DATA].value, *([meta[_DICTIONARY].value] if _DICTIONARY in meta else [])]
    return min((start for start in starts if start > 0), default=0), meta[_PACKED].value  # 0: there is none


def moved(chunk: Struct, start: int) -> Struct:
    """A column of a row group that begins elsewhere. Its page index and Bloom filter stay behind."""
    meta = _without(chunk[_META].value, *_BLOOM)
    shift = start - place_of(chunk)[0]
    for number in _OFFSETS:
        if number in meta and meta[number].value > 0:
            meta[number] = Field(I64, meta[number].value + shift)
    told = {**_without(chunk, *_INDEXES), _META: chunk[_META]._replace(value=meta)}
    told[_CHUNK_OFFSET] = Field(I64, start if chunk[_CHUNK_OFFSET].value else 0)
    return told


def renamed(chunk: Struct, like: Struct) -> Struct:
    """A column of a row group by the path that another one has in its schema."""
    meta = {**chunk[_META].value, _PATH: like[_META].value[_PATH]}
    return {**chunk, _META: chunk[_META]._replace(value=meta)}


def regrouped(group: Struct, chunks: list[Struct], changed: int | None) -> Struct:
    """A row group whose columns stand elsewhere; of the column that was `changed` it may not be sorted by any more."""
    told = {**group, _CHUNKS: group[_CHUNKS]._replace(value=_list_of(chunks))}
    before = group[_CHUNKS].value.values
    for number, size in ((_GROUP_BYTES, _UNPACKED), (_GROUP_PACKED, _PACKED)):
        if number in told:
            grown = sum(one[_META].value[size].value for one in chunks)
            grown -= sum(one[_META].value[size].value for one in before)
            told[number] = Field(I64, told[number].value + grown)
    if _GROUP_OFFSET in told and chunks:
        told[_GROUP_OFFSET] = Field(I64, place_of(chunks[0])[0])
    if changed is not None and _SORTED_BY in told:
        by = [one[1].value for one in told[_SORTED_BY].value.values]
        kept = told[_SORTED_BY].value.values[: by.index(changed) if changed in by else len(by)]
        told[_SORTED_BY] = told[_SORTED_BY]._replace(value=_list_of(kept))
        if not kept:
            del told[_SORTED_BY]
    return told


class View(io.RawIOBase):
    """A file of which the end, from `start` on, is another. Whoever reads it may do so from several threads."""

    def __init__(self, handle: BinaryIO, start: int, end: bytes) -> None:
        super().__init__()
        self._handle = handle
        self._lock = Lock()
        self._start = start
        self._end = end
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The offset of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Goes to an offset, and gives it."""
        bases = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._start + len(self._end)}
        self._at = max(bases[whence] + offset, 0)
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Fills a buffer from here on; gives how many bytes that were."""
        found = self.piece(self._at, len(buffer))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def piece(self, at: int, size: int) -> bytes:
        """The bytes from a place on, `size` of them unless the file ends before."""
        found = b""
        if at < self._start:
            with self._lock:
                self._handle.seek(at)
                found = self._handle.read(min(size, self._start - at))
        if at + size <= self._start:
            return found
        return found + self._end[max(at - self._start, 0) : at - self._start + size]
