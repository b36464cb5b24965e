"""What a line looks like, as small whole numbers: every feature of every line of a batch at once.

All of it is arithmetic on whole numbers, so that the same line gets the same features on any machine
and in any batch. Features are rows and lines are columns, so that each step runs along memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .cues import FAMILIES
from .lines import Rows, cut_lines
from .tokens import RULE_BITS, Words, family_table, read_words, repeats, rule_slots, shape_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float32]

TABLE_BITS = 14
CODE_BITS = 16  # of a word's hash: all of them find its votes, the first TABLE_BITS its row of the table
BLOCK = 8192  # lines that are looked at at once: a text of a million needs no more memory then
CAP = 4095  # bytes of a line that are counted: more would overflow the packed counters
FIRST, LAST = 4, 2  # words at a line's edges that also count by their place
RULED: tuple[str, ...] = (
    "advertising", "comments", "consent", "donation", "legal", "metadata", "navigation", "sharing", "subscription",
    "syndication",
)  # fmt: skip


class Batch(NamedTuple):
    """The lines (blank ones left out) of some documents, with what the model reads of each."""

    dense: NDArray[Any]  # features x lines, each a whole number from 0 to 127
    codes: NDArray[
        np.integer[Any]
    ]  # of all words looked at, CODE_BITS of each hash; table rows are the first TABLE_BITS
    stems: NDArray[np.uint64]  # the first bytes of each of them
    word_first: Ints  # a line's first word, as an index into these
    word_count: Ints
    edges: NDArray[np.integer[Any]]  # (FIRST + LAST) x lines, table rows; the table's last row for none
    document: NDArray[np.int32]  # which document a line belongs to
    fresh: Ints  # the first line of each document that has any
    start: Ints  # its byte offset within the document
    weight: Ints  # characters of the line that are not white space, about


_COUNTED = (
    "upper", "digits", "stops", "commas", "quotes", "symbols", "high", "exclaims", "questions", "brackets", "hyphens",
    "cjk",
)  # fmt: skip
_LOGGED = ("digits", "stops", "commas", "symbols", "exclaims", "questions")
DENSE_NAMES: tuple[str, ...] = (
    "length", "words", "indent", "blank_before", "blank_after",
    *_COUNTED, *(f"n_{name}" for name in _LOGGED), "word_length",
    *(f"starts_{i}" for i in range(10)), *(f"ends_{i}" for i in range(10)),
    "capitals", "all_capital", "first_word_capital",
    *(f"cue_{name}" for name in FAMILIES), *(f"share_{name}" for name in FAMILIES),
    *(f"rules_{name}" for name in RULED),
    *(f"{name}_{side}" for name in ("line", "tail", "head", "shape") for side in ("before", "after")),
    "shape_previous", "shape_next",
    "line_at", "line_left", "chars_at", "chars_left", "share_at", "lines", "chars", "mean_length",
    "to_mean", "short_share", "is_first", "is_last",
)  # fmt: skip


def dense_row(name: str) -> int:
    """The place of a feature in `dense`."""
    return DENSE_NAMES.index(name)


_OWN = DENSE_NAMES.index("line_before")  # the features before this one depend on the line alone


class _Tables:
    """Lookup tables, made once a process."""

    def __init__(self) -> None:
        marks = bytearray(256)  # the class of each byte that is no lower-case letter, white space or continuation
        groups = (
            bytes(range(65, 91)), bytes(range(48, 58)), b".", b",;:", b"\"'", b"|/\\@#$%^&*_+=~<>{}", b"!", b"?",
            b"()[]", b"-", bytes(range(0xC0, 0xE0)), bytes([0xE0, 0xE1, 0xE2, *range(0xEA, 0xF0)]),
            bytes(range(0xE3, 0xEA)), bytes(range(0xF0, 0xF8)),
        )  # fmt: skip
        for index, members in enumerate(groups):
            for byte in members:
                marks[byte] = index + 1
        self.marks = bytes(marks)
        #           upper digits stops commas quotes symbols high exclaims questions brackets hyphens cjk more
        fields = ([0], [1], [2], [3], [4], [5], [2, 7], [2, 8], [9], [10], [6], [6], [6, 11], [6])
        more = (0,) * 10 + (1, 2, 2, 3)
        self.packed = np.zeros((3, len(groups) + 1), np.uint64)
        for index, (those, extra) in enumerate(zip(fields, more, strict=True)):
            for field in those:
                self.packed[field // 5, index + 1] += np.uint64(1 << (12 * (field % 5)))
            self.packed[2, index + 1] += np.uint64(extra << (12 * 2))
        self.first, self.last = _edge_classes()
        number = np.arange(CAP + 1)
        self.log = np.minimum(np.rint(np.log2(number + 1.0) * 10), 127).astype(np.float32)
        self.wide_last = {  # the last three bytes of lines that end in no ASCII character
            "。": 0, "।": 0, "۔": 0, "！": 1, "？": 1, "؟": 1, "…": 0, "，": 2, "、": 2, "：": 3,
            "”": 4, "’": 4, "»": 4, "」": 4, "“": 4, "）": 5, "》": 5,
        }  # fmt: skip


def _edge_classes() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """What a line begins with and ends with, by byte."""
    upper, lower, digits = bytes(range(65, 91)), bytes(range(97, 123)), bytes(range(48, 58))
    first, last = np.full(256, 9, np.uint8), np.full(256, 9, np.uint8)
    for table, groups in (
        (first, (upper, lower, digits, b"#=", b">", b"*-+\xe2", b"[!(", b"@|/\\", b"\"'\xc2")),
        (last, (b".", b"!?", b",;", b":", b"\"'", b")]}", lower, upper, digits)),
    ):
        for index, members in enumerate(groups):
            for byte in members:
                table[byte] = index
    first[0xC3:0xE0] = 0
    return first, last


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    return _Tables()


def extract(texts: Sequence[bytes], ruled: NDArray[np.uint16] | None = None) -> Batch:
    """Features of all lines of some UTF-8 texts. `ruled`: which rulesets know a stem, by `rule_slots`."""
    raw, buffer, rows = cut_lines(texts)
    n = len(rows.begin)
    dense = np.zeros((len(DENSE_NAMES), n), np.uint8)
    if not n:
        empty = np.zeros(0, np.int64)
        none = np.zeros(0, np.int32)
        edges = np.zeros((FIRST + LAST, 0), np.int64)
        return Batch(dense, empty, empty.astype(np.uint64), empty, empty, edges, none, empty, empty, empty)
    words = read_words(raw, buffer, rows)
    family = family_table()[(words.hashes >> np.uint64(46)).astype(np.int64)]
    codes = (words.hashes >> np.uint64(64 - CODE_BITS)).astype(np.uint16)
    length, weight = np.empty(n, np.int64), np.empty(n, np.int64)
    edges = np.empty((FIRST + LAST, n), np.uint16)
    column = 0
    for some in blocks(n):
        these, said, kinds = _part(rows, words, family, some)
        own = np.zeros((_OWN, some.stop - some.start), np.float32)
        length[some], weight[some], column = _characters(raw, buffer, these, said, own)
        column = _openings(buffer, these, said, own, column)
        column = _cues(said, kinds, ruled, own, column)
        dense[:_OWN, some] = own
        edges[:, some] = _edges(said)
    for number, (key, real) in enumerate(_keys(words, family)):
        found = repeats(key, rows, real)[: 4 if number == 3 else 2]  # how far off, only of shapes, the last key
        if found.any():
            dense[column : column + len(found)] = _tables().log[np.minimum(found, CAP)]
        column += len(found)
    for placed in _places(rows, length):
        dense[column] = placed
        column += 1
    start = rows.line - rows.doc_start[rows.document]
    return Batch(
        dense, codes, words.stems, words.first, words.seen, edges, rows.document, rows.first_row, start, weight
    )  # fmt: skip


def blocks(n: int) -> Iterator[slice]:
    """`n` lines, some at a time."""
    for at in range(0, n, BLOCK):
        yield slice(at, min(at + BLOCK, n))


def _part(rows: Rows, words: Words, family: NDArray[np.uint8], some: slice) -> tuple[Rows, Words, NDArray[np.uint8]]:
    """Some lines and their words, with what families the words are of."""
    first, seen = words.first[some], words.seen[some]
    low, high = int(first[0]), int(first[-1] + seen[-1])
    told = slice(low, high)
    these = rows._replace(
        line=rows.line[some], begin=rows.begin[some], end=rows.end[some],
        blanks_before=rows.blanks_before[some], blanks_after=rows.blanks_after[some],
    )  # fmt: skip
    said = Words(
        words.hashes[told], words.stems[told], words.capital[told], words.lead[told],
        first - low, seen, words.total[some],
    )  # fmt: skip
    return these, said, family[told]


def _characters(
    raw: bytes, buffer: NDArray[np.uint8], rows: Rows, words: Words, dense: Floats
) -> tuple[Ints, Ints, int]:
    """Lengths, blank lines and kinds of characters. Returns lengths, weights and the next free row."""
    tables = _tables()
    origin = int(rows.begin[0])
    marked = np.frombuffer(raw[origin : int(rows.end[-1])].translate(tables.marks), np.uint8)
    at = np.flatnonzero(marked != 0)
    kind = marked[at]
    at += origin
    size = rows.end - rows.begin
    low = np.searchsorted(at, rows.begin)
    high = np.append(low[1:], np.searchsorted(at, rows.end[-1:]))
    long = np.flatnonzero(size > CAP)
    if len(long):
        high[long] = np.searchsorted(at, rows.begin[long] + CAP)
    seen = np.minimum(size, CAP)
    fields = np.empty((15, len(size)), np.float32)
    total = np.zeros(len(at) + 1, np.uint64)
    for place, table in enumerate(tables.packed):
        np.cumsum(table[kind], out=total[1:])
        sums = total[high] - total[low]
        for field in range(5 if place < 2 else 3):
            fields[5 * place + field] = sums & np.uint64(4095)
            sums >>= np.uint64(12)
    counted, more = fields[:12], fields[12].astype(np.int64)
    chars = size - more * size // seen
    length = chars + fields[11].astype(np.int64)
    gaps = np.maximum(words.total - fields[11].astype(np.int64) - 1, 0)
    weight = np.maximum(chars - gaps, 1)
    dense[0] = tables.log[np.minimum(length, CAP)]
    dense[1] = tables.log[np.minimum(words.total, CAP)]
    dense[2] = np.minimum((rows.begin - rows.line) * 8, 127)
    dense[3] = np.minimum(rows.blanks_before * 16, 127)
    dense[4] = np.minimum(rows.blanks_after * 16, 127)
    visible = np.maximum(seen - more, 1).astype(np.float32)
    shares = dense[5:17]
    np.multiply(counted, np.float32(127), out=shares)
    shares /= visible
    np.floor(shares, out=shares)
    np.minimum(shares, 127, out=shares)
    for place, name in enumerate(_LOGGED, 17):
        dense[place] = tables.log[np.minimum(counted[_COUNTED.index(name)], CAP).astype(np.int64)]
    dense[23] = np.minimum(np.floor(length * 8.0 / np.maximum(words.total, 1)), 127)
    return length, weight, 24


def _openings(buffer: NDArray[np.uint8], rows: Rows, words: Words, dense: Floats, at: int) -> int:
    """What lines begin and end with, and how many of their words are capital."""
    tables = _tables()
    kinds = np.arange(10, dtype=np.uint8)[:, None]
    for classes in (tables.first[buffer[rows.begin]], _closing(buffer, rows.end, tables)):
        np.multiply(classes == kinds, np.float32(64), out=dense[at : at + 10])
        at += 10
    capital = np.concatenate([np.zeros(1, np.int64), np.cumsum(words.capital)])
    capitals = capital[words.first + words.seen] - capital[words.first]
    dense[at] = np.floor(capitals * 127.0 / np.maximum(words.seen, 1))
    dense[at + 1] = ((capitals == words.seen) & (words.seen > 0) & (words.seen < 6)) * 64
    if len(words.capital):
        first = words.capital[np.minimum(words.first, len(words.capital) - 1)]
        dense[at + 2] = ((words.seen > 0) & first) * 64
    return at + 3


def _closing(buffer: NDArray[np.uint8], end: Ints, tables: _Tables) -> NDArray[np.uint8]:
    final = buffer[end - 1]
    found = tables.last[final]
    wide = np.flatnonzero(final >= 0x80)
    if len(wide):
        at = end[wide]
        key = (
            buffer[at - 3].astype(np.int64) << 16
            | buffer[at - 2].astype(np.int64) << 8
            | buffer[at - 1].astype(np.int64)
        )
        kind = np.full(len(wide), 6, np.uint8)
        for text, value in tables.wide_last.items():
            mark = text.encode()
            kind[(key & ((1 << 8 * len(mark)) - 1)) == int.from_bytes(mark, "big")] = value
        found[wide] = kind
    return found


def _cues(words: Words, family: NDArray[np.uint8], ruled: NDArray[np.uint16] | None, dense: Floats, at: int) -> int:
    """How many words of each family a line has, and which rulesets know one of its words."""
    n, count = len(words.first), len(FAMILIES)
    hits = np.flatnonzero(family != 0)
    line_of = np.repeat(np.arange(n), words.seen)[hits]
    flat = np.bincount((family[hits].astype(np.int64) - 1) * n + line_of, minlength=n * count).reshape(count, n)
    counts = dense[at : at + count]
    np.multiply(flat, np.float32(16), out=counts, casting="unsafe")
    np.minimum(counts, 127, out=counts)
    shares = dense[at + count : at + 2 * count]
    np.multiply(flat, np.float32(127), out=shares, casting="unsafe")
    shares /= np.maximum(words.seen, 1).astype(np.float32)
    np.floor(shares, out=shares)
    at += 2 * count
    if ruled is not None and len(words.stems):
        known = ruled[rule_slots(words.stems)]
        told = np.bitwise_or.reduceat(np.append(known, np.uint16(0)), words.first)
        told *= words.seen > 0
        bits = (np.uint16(1) << np.arange(len(RULED), dtype=np.uint16))[:, None]
        np.multiply((told & bits) != 0, np.float32(64), out=dense[at : at + len(RULED)])
    return at + len(RULED)


def rule_table(stems: NDArray[np.uint64], filters: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Which rulesets (bits, as in RULED) know a stem, by `rule_slots`."""
    table = np.zeros(1 << RULE_BITS, np.uint16)
    np.bitwise_or.at(table, rule_slots(stems), filters)
    return table


def _keys(words: Words, family: NDArray[np.uint8]) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.bool_]]]:
    """What lines repeat by, and where it counts: the whole line, its end, its beginning, its make-up."""
    n = len(words.first)
    if not len(words.hashes):
        for _ in range(4):
            yield np.zeros(n, np.uint64), np.zeros(n, np.bool_)
        return
    limit = len(words.hashes) - 1
    stop = words.first + words.seen
    some, two = words.seen > 0, words.seen > 1
    total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(words.hashes)])
    yield total[stop] - total[words.first] + words.total.astype(np.uint64), some
    last, before = words.hashes[np.maximum(stop - 1, 0)], words.hashes[np.maximum(stop - 2, 0)]
    yield last + (before * np.uint64(3)) * two, two
    at = np.minimum(words.first, limit)
    yield words.hashes[at] * np.uint64(5) + words.hashes[np.minimum(at + 1, limit)] * two, two
    yield shape_keys(words, family), some & (words.total <= 16)


def _edges(words: Words) -> Ints:
    """Table rows of a line's first and last words, salted by place."""
    n, size = len(words.first), 1 << TABLE_BITS
    codes = (words.hashes >> np.uint64(64 - CODE_BITS)).astype(np.int64)
    edges = np.full((FIRST + LAST, n), size, np.int64)
    limit = max(len(codes) - 1, 0)
    if not len(codes):
        return edges
    stop = words.first + words.seen
    for place in range(FIRST + LAST):
        number = place if place < FIRST else place - FIRST
        at = np.minimum(words.first + number, limit) if place < FIRST else np.maximum(stop - 1 - number, 0)
        row = ((codes[at] >> (CODE_BITS - TABLE_BITS)) * 5 + 7919 * (place + 1)) & (size - 1)
        edges[place] = np.where(words.seen > number, row, size)
    return edges


def _places(rows: Rows, length: Ints) -> Iterator[NDArray[np.generic]]:
    """Where in its document a line stands, and what kind of document that is."""
    log = _tables().log
    n = len(length)
    count = np.diff(rows.first_row, append=n)
    first = np.repeat(rows.first_row, count)
    at = np.arange(n) - first
    lines = np.repeat(count, count)
    running = np.cumsum(length) - length
    before = running - running[first]
    total = np.add.reduceat(length, rows.first_row)
    whole = np.repeat(total, count)
    short = np.add.reduceat((length < 60).astype(np.int64), rows.first_row)
    mean = total // count

    def spread(values: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.repeat(values, count)

    yield log[np.minimum(at, CAP)]
    yield log[np.minimum(lines - 1 - at, CAP)]
    yield log[np.minimum(before >> 4, CAP)]
    yield log[np.minimum((whole - before - length) >> 4, CAP)]
    yield np.floor(before * 127.0 / np.maximum(whole, 1))
    yield spread(log[np.minimum(count, CAP)])
    yield spread(log[np.minimum(total >> 4, CAP)])
    yield spread(log[np.minimum(mean, CAP)])
    yield np.minimum(np.floor(length * 32.0 / np.maximum(spread(mean), 1)), 127)
    yield spread(np.floor(short * 127.0 / count))
    yield (at == 0) * 64
    yield (at == lines - 1) * 64
