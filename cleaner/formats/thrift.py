"""Thrift's compact protocol, in which a Parquet file tells of itself: read to plain values and written again.

Nothing here knows what a field means. What is read and not touched is written as it was, also what later versions of
Parquet add.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
DEEPEST = 64  # structures within structures; Parquet has seven
_LONGEST = 70  # bits of a number, rounded up to whole bytes of seven


class Field(NamedTuple):
    """A field of a structure: the kind of its value, and the value, of a kind that its reader gives."""

    kind: int
    value: Any


Struct = dict[int, Field]  # by the fields' numbers


class Listed(NamedTuple):
    """A list or a set: the kind of its values, and they."""

    kind: int
    values: list[Any]


class Mapped(NamedTuple):
    """A map: the kinds of keys and values, and the pairs of them."""

    kinds: tuple[int, int]
    pairs: list[tuple[Any, Any]]


def parse(raw: bytes) -> Struct:
    """The structure that some bytes begin with. Raises ValueError for bytes that are none."""
    try:
        return _Reader(raw).struct()
    except IndexError:
        raise ValueError("ends too early") from None


class _Reader:
    """Reads values one after another; `_at` is the next byte."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0
        self._depth = 0
        self._readers: dict[int, Callable[[], Any]] = {
            TRUE: self._flag,
            FALSE: self._flag,
            BYTE: lambda: self._take(1),
            **dict.fromkeys((I16, I32, I64), self._number),
            DOUBLE: lambda: self._take(8),
            BINARY: lambda: self._take(self._varint()),
            **dict.fromkeys((LIST, SET), self._list),
            MAP: self._map,
            STRUCT: self.struct,
        }

    def struct(self) -> Struct:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError("is nested too deeply")
        found: Struct = {}
        number = 0
        while head := self._byte():
            kind = head & 15
            number = number + (head >> 4) if head >> 4 else self._number()
            # a flag's value is its kind
            found[number] = Field(TRUE, kind == TRUE) if kind in (TRUE, FALSE) else Field(kind, self._value(kind))
        self._depth -= 1
        return found

    def _value(self, kind: int) -> Any:
        if kind not in self._readers:
            raise ValueError(f"has a value of unknown kind {kind}")
        return self._readers[kind]()

    def _list(self) -> Listed:
        head = self._byte()
        size = self._counted(head >> 4 if head >> 4 < 15 else self._varint())
        kind = head & 15
        return Listed(kind, [self._value(kind) for _ in range(size)])

    def _map(self) -> Mapped:
        size = self._counted(self._varint())
        kinds = self._byte() if size else 0
        pairs = [(self._value(kinds >> 4), self._value(kinds & 15)) for _ in range(size)]
        return Mapped((kinds >> 4, kinds & 15), pairs)

    def _counted(self, size: int) -> int:
        if size > len(self._raw) - self._at:  # each value takes a byte at least
            raise ValueError("ends too early")
        return size

    def _flag(self) -> bool:
        return self._byte() == TRUE

    def _number(self) -> int:
        found = self._varint()
        return (found >> 1) ^ -(found & 1)

    def _varint(self) -> int:
        found = shift = 0
        while (byte := self._byte()) & 128:
            found |= (byte & 127) << shift
            shift += 7
            if shift >= _LONGEST:
                raise ValueError("has a number that never ends")
        return found | byte << shift

    def _byte(self) -> int:
        byte = self._raw[self._at]
        self._at += 1
        return byte

    def _take(self, size: int) -> bytes:
        start = self._at
        self._at += self._counted(size)
        return self._raw[start : self._at]


def dump(struct: Struct) -> bytes:
    """The bytes of a structure."""
    out = bytearray()
    _put_struct(out, struct)
    return bytes(out)


def _put_struct(out: bytearray, struct: Struct) -> None:
    before = 0
    for number, (kind, value) in sorted(struct.items()):
        told = (TRUE if value else FALSE) if kind == TRUE else kind
        if 0 < number - before < 16:
            out.append((number - before) << 4 | told)
        else:
            out.append(told)
            _put_number(out, number)
        before = number
        if kind != TRUE:
            _put(out, kind, value)
    out.append(0)


def _put(out: bytearray, kind: int, value: Any) -> None:
    if kind in (I16, I32, I64):
        _put_number(out, value)
    elif kind == BINARY:
        _put_varint(out, len(value))
        out += value
    elif kind in (BYTE, DOUBLE):
        out += value
    elif kind in (TRUE, FALSE):
        out.append(TRUE if value else FALSE)
    elif kind == STRUCT:
        _put_struct(out, value)
    elif kind == MAP:
        _put_map(out, value)
    else:
        _put_list(out, value)


def _put_list(out: bytearray, listed: Listed) -> None:
    size = len(listed.values)
    out.append(min(size, 15) << 4 | listed.kind)
    if size >= 15:
        _put_varint(out, size)
    for value in listed.values:
        _put(out, listed.kind, value)


def _put_map(out: bytearray, mapped: Mapped) -> None:
    _put_varint(out, len(mapped.pairs))
    if mapped.pairs:
        out.append(mapped.kinds[0] << 4 | mapped.kinds[1])
    for pair in mapped.pairs:
        for kind, value in zip(mapped.kinds, pair, strict=True):
            _put(out, kind, value)


def _put_number(out: bytearray, value: int) -> None:
    _put_varint(out, value << 1 if value >= 0 else (~value << 1) | 1)


def _put_varint(out: bytearray, value: int) -> None:
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
