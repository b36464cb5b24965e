"""What a line looks like, as small whole numbers: every feature of every line of a batch at once.

All of it is arithmetic on whole numbers, so that the same line gets the same features on any machine
and in any batch. Blank lines are no rows: how many stand before and after a line is a feature of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .cues import FAMILIES, lexicon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

TABLE_BITS = 14
CAP = 4095  # bytes of a line that are counted: more would overflow the packed counters
HEAD_TOKENS, TAIL_TOKENS = 40, 6  # of a line's words, those that are looked at
FIRST, LAST = 4, 2  # words at a line's edges that also count by their place
_PAD = 16


class Batch(NamedTuple):
    """The lines (blank ones left out) of some documents, with what the model reads of each."""

    dense: NDArray[np.uint8]  # lines x features, each 0 to 127
    words: NDArray[np.int32]  # table rows of all words looked at
    word_first: Ints  # a line's first word, as an index into `words`
    word_count: Ints
    edges: NDArray[np.int32]  # lines x (FIRST + LAST), table rows, -1 for none
    document: NDArray[np.int32]  # which document a line belongs to
    start: Ints  # byte offsets within the document: of the line,
    next: Ints  # and of the next line that is not blank (the document's end for the last)
    weight: Ints  # characters of the line that are not white space, about


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    return _Tables()


class _Tables:
    """Lookup tables, made once a process."""

    def __init__(self) -> None:
        import numpy as np

        def pack(*classes: bytes) -> NDArray[np.uint64]:
            table = np.zeros(256, np.uint64)
            for field, members in enumerate(classes):
                for byte in members:
                    table[byte] += np.uint64(1 << (12 * field))
            return table

        upper, lower = bytes(range(65, 91)), bytes(range(97, 123))
        digits, high = bytes(range(48, 58)), bytes(range(0xC0, 0xF8))
        self.counts = (
            pack(upper, lower, digits, b" \t", bytes(range(0x80, 0xC0))),
            pack(b".!?", b",;:", b"\"'", b"|/\\@#$%^&*_+=~<>{}", high),
            pack(b"!", b"?", b"()[]", b"-", bytes(range(0xE3, 0xEA))),
        )
        self.lower = bytes(c + 32 if 65 <= c <= 90 else 48 if 48 <= c <= 57 else c for c in range(256))
        self.word = np.zeros(256, np.uint8)
        self.word[list(upper + lower + digits)] = 1
        self.word[128:] = 1
        self.word[0xE4:0xEA] = 2  # a Chinese character is a word of its own
        self.word[0xE3] = 2
        self.first = np.full(256, 9, np.uint8)
        self.last = np.full(256, 9, np.uint8)
        for table, groups in (
            (self.first, (upper, lower, digits, b"#=", b">", b"*-+\xe2", b"[!(", b"@|/\\", b"\"'\xc2")),
            (self.last, (b".", b"!?", b",;", b":", b"\"'", b")]}", lower, upper, digits)),
        ):
            for index, members in enumerate(groups):
                for byte in members:
                    table[byte] = index
        for byte in range(0xC3, 0xE0):
            self.first[byte] = 0
        self.wide_last = {  # the last three bytes of lines that end in no ASCII character
            "。": 0, "।": 0, "۔": 0, "！": 1, "？": 1, "؟": 1, "…": 0, "，": 2, "、": 2, "：": 3,
            "”": 4, "’": 4, "»": 4, "」": 4, "“": 4, "）": 5, "》": 5,
        }  # fmt: skip
        number = np.arange(CAP + 1)
        self.log = np.minimum(np.rint(np.log2(number + 1.0) * 10), 127).astype(np.uint8)
        self.small = np.minimum(number * 16, 127).astype(np.uint8)
        self.mask = np.array([(1 << (8 * n)) - 1 if n < 8 else (1 << 64) - 1 for n in range(9)], np.uint64)
        self.family = self._families()
        state = np.arange(1, 97, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        self.shape = ((state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)).reshape(8, 12)

    def _families(self) -> NDArray[np.uint8]:
        import numpy as np

        table = np.zeros(1 << 18, np.uint8)
        words = lexicon()
        texts = [word.encode() for word in words]
        joined = b"\n".join(texts).translate(self.lower) + b"\n" + bytes(_PAD)
        buffer = np.frombuffer(bytes(_PAD) + joined, np.uint8)
        lengths = np.array([len(text) for text in texts])
        starts = np.cumsum(lengths + 1) - lengths - 1 + _PAD
        hashes = _hash_words(buffer, starts, starts + lengths, self.mask)
        table[(hashes >> np.uint64(46)).astype(np.int64)] = np.array(list(words.values()), np.uint8) + 1
        return table


def _hash_words(buffer: NDArray[np.uint8], start: Ints, end: Ints, mask: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A word's hash from its first and last eight bytes and its length; `buffer` is padded at both ends."""
    import numpy as np

    windows = np.ndarray((len(buffer) - 8,), dtype="<u8", buffer=buffer.data, strides=(1,))
    length = end - start
    head = windows[start] & mask[np.minimum(length, 8)]
    tail = windows[end - 8] * (length > 8)
    mixed = (
        head * np.uint64(0x9E3779B97F4A7C15)
        + (tail ^ (tail >> np.uint64(31))) * np.uint64(0xC2B2AE3D27D4EB4F)
        + length.astype(np.uint64) * np.uint64(0x165667B19E3779F9)
    )
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0x94D049BB133111EB)
    hashed: NDArray[np.uint64] = mixed
    return hashed


DENSE_NAMES: tuple[str, ...] = (
    "length", "words", "indent", "blank_before", "blank_after",
    "upper", "lower", "digits", "spaces", "stops", "commas", "quotes", "symbols", "high",
    "exclaims", "questions", "brackets", "hyphens", "cjk",
    "n_stops", "n_commas", "n_digits", "n_exclaims", "n_questions", "n_symbols", "word_length",
    *(f"starts_{i}" for i in range(10)), *(f"ends_{i}" for i in range(10)),
    "capitals", "all_capital", "first_word_capital",
    *(f"cue_{name}" for name in FAMILIES), *(f"share_{name}" for name in FAMILIES),
    *(f"{name}_{side}" for name in ("line", "tail", "head", "shape") for side in ("before", "after")),
    "shape_previous", "shape_next",
    "line_at", "line_left", "chars_at", "chars_left", "share_at", "lines", "chars", "mean_length",
    "to_median", "short_share", "is_first", "is_last",
)  # fmt: skip


def extract(texts: Sequence[bytes]) -> Batch:
    """Features of all lines of some UTF-8 texts."""
    import numpy as np

    tables = _tables()
    joined = b"\n".join([b"\n" * _PAD, *texts, b"\n" * _PAD])
    buffer = _plain_spaces(joined)
    raw = buffer.tobytes()
    sizes = np.array([len(text) for text in texts], np.int64)
    doc_start = np.cumsum(sizes + 1) - sizes - 1 + _PAD + 1
    line_start, line_end = _lines(raw, buffer)
    keep = (line_start >= _PAD + 1) & (line_end <= len(raw) - _PAD - 1)
    line_start, line_end = line_start[keep], line_end[keep]
    begin, end = _trim(buffer, raw, line_start, line_end)
    full = np.flatnonzero(begin < end)
    document = (np.searchsorted(doc_start, line_start[full], "right") - 1).astype(np.int32)
    blanks = np.diff(full, prepend=-1, append=len(line_start)) - 1
    first_row = np.flatnonzero(np.diff(document, prepend=-1))
    rows = _Rows(line_start[full], begin[full], end[full], document, blanks, first_row, doc_start, sizes)
    return _features(raw, buffer, rows, tables)


class _Rows(NamedTuple):
    line: Ints
    begin: Ints
    end: Ints
    document: NDArray[np.int32]
    blanks: Ints
    first_row: Ints
    doc_start: Ints
    sizes: Ints


_WIDE_SPACES = ("\u00a0", "\u3000", "\u200b", "\ufeff", "\u2009", "\u202f")


def _plain_spaces(raw: bytes) -> NDArray[np.uint8]:
    """Spaces beyond ASCII as plain ones of the same number of bytes."""
    import numpy as np

    buffer = np.frombuffer(raw, np.uint8)
    if raw.isascii():
        return buffer
    buffer = buffer.copy()
    wide = [space.encode() for space in _WIDE_SPACES]
    for lead in sorted({space[0] for space in wide}):
        at = np.flatnonzero(buffer == lead)
        for space in wide:
            if space[0] == lead:
                found = at[np.logical_and.reduce([buffer[at + 1 + k] == byte for k, byte in enumerate(space[1:])])]
                for k in range(len(space)):
                    buffer[found + k] = 32
    return buffer


def _lines(raw: bytes, buffer: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Where each line starts and ends. CRLF ends one line, a lone CR one too."""
    import numpy as np

    breaks = np.flatnonzero(buffer == 10)
    if b"\r" in raw:
        lone = np.flatnonzero(buffer[:-1] == 13)
        lone = lone[buffer[lone + 1] != 10]
        breaks = np.sort(np.concatenate([breaks, lone]))
    return np.concatenate([np.zeros(1, np.int64), breaks[:-1] + 1]), breaks


def _trim(buffer: NDArray[np.uint8], raw: bytes, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    begin, stop = start.copy(), end.copy()
    for step, edge in ((1, begin), (-1, stop)):
        active = _true_at(begin < stop)
        for _ in range(64):
            at = edge[active] - (step < 0)
            active = active[buffer[at] <= 32]
            if not len(active):
                break
            edge[active] += step
            active = active[begin[active] < stop[active]]
        for line in active.tolist():  # a long run of spaces: once, in C
            text = raw[begin[line] : stop[line]]
            edge[line] += len(text) - len(text.lstrip()) if step > 0 else len(text.rstrip()) - len(text)
    return begin, stop


def _true_at(condition: NDArray[np.bool_]) -> Ints:
    import numpy as np

    return np.flatnonzero(condition)


def _fields(packed: NDArray[np.uint64]) -> Iterator[Ints]:
    import numpy as np

    for field in range(5):
        yield ((packed >> np.uint64(12 * field)) & np.uint64(4095)).astype(np.int64)


def _sums(values: NDArray[np.uint64], first: Ints, stop: Ints) -> NDArray[np.uint64]:
    """Sum over each [first, stop); none may be empty and `stop` may not pass the end."""
    import numpy as np

    pairs = np.empty(2 * len(first), np.int64)
    pairs[0::2], pairs[1::2] = first, stop
    sums: NDArray[np.uint64] = np.add.reduceat(values, pairs)[::2]
    return sums


class _Words(NamedTuple):
    hashes: NDArray[np.uint64]
    capital: NDArray[np.bool_]
    lead: NDArray[np.uint8]  # its first byte
    first: Ints
    seen: Ints  # how many of the line's words are among them
    total: Ints


def _words(raw: bytes, buffer: NDArray[np.uint8], rows: _Rows, tables: _Tables) -> _Words:
    """The words of each line: the first HEAD_TOKENS and the last TAIL_TOKENS."""
    import numpy as np

    kind = tables.word[buffer]
    if not raw.isascii():
        for lead, second in ((0xE2, 0x80), (0xE3, 0x80), (0xEF, 0xBC)):
            at = np.flatnonzero(buffer == lead)
            at = at[buffer[at + 1] == second]
            kind[at] = kind[at + 1] = kind[at + 2] = 0
        at = np.flatnonzero(buffer == 0xC2)
        at = at[(buffer[at + 1] != 0xA9) & (buffer[at + 1] != 0xAE)]
        kind[at] = kind[at + 1] = 0
    inside = kind != 0
    opens = np.empty(len(kind), np.bool_)
    opens[0] = False
    np.greater(inside[1:], inside[:-1], out=opens[1:])
    opens |= kind == 2
    closes = np.empty(len(kind), np.bool_)
    closes[0] = False
    np.less(inside[1:], inside[:-1], out=closes[1:])
    events = np.flatnonzero(opens | closes)
    is_open = opens[events]
    place = np.flatnonzero(is_open)
    start = events[place]
    end = events[np.minimum(place + 1, len(events) - 1)] if len(events) else start
    first = np.searchsorted(start, rows.begin)
    total = np.searchsorted(start, rows.end) - first
    long = total > HEAD_TOKENS + TAIL_TOKENS
    if long.any():
        marks = np.zeros(len(start) + 1, np.int32)
        np.add.at(marks, first[long] + HEAD_TOKENS, 1)
        np.add.at(marks, (first + total)[long] - TAIL_TOKENS, -1)
        looked = np.flatnonzero(np.cumsum(marks[:-1]) == 0)
        start, end = start[looked], end[looked]
        first = np.searchsorted(start, rows.begin)
    count = np.minimum(total, HEAD_TOKENS + TAIL_TOKENS)
    low = np.frombuffer(raw.translate(tables.lower), np.uint8)
    hashes = _hash_words(low, start, end, tables.mask)
    opening = buffer[start]
    capital = (opening >= 65) & (opening <= 90)
    if not raw.isascii():
        following = buffer[start + 1]
        capital |= (opening == 0xC3) & (following < 0x9F)
        capital |= (opening == 0xD0) & (following < 0xB0)
        capital |= (opening == 0xCE) & (following > 0x90) & (following < 0xAA)
    return _Words(hashes, capital, opening, first, count, total)


def _family_counts(words: _Words, family: NDArray[np.uint8]) -> list[Ints]:
    """How many words of each family a line has."""
    import numpy as np

    hits = np.flatnonzero(family)
    line_of = np.searchsorted(words.first, hits, "right") - 1
    flat = np.bincount(line_of * len(FAMILIES) + family[hits] - 1, minlength=len(words.first) * len(FAMILIES)).reshape(
        len(words.first), len(FAMILIES)
    )
    return [flat[:, index] for index in range(len(FAMILIES))]


def _recurrence(keys: NDArray[np.uint64], document: NDArray[np.int32], real: NDArray[np.bool_]) -> tuple[Ints, ...]:
    """How many lines of the same document with a line's key stand before it and after it, and how far off.

    Heads of comments share a shape that is new where the thread begins; on a forum page it is there from the top.
    """
    import numpy as np

    n = len(keys)
    mixed = keys ^ ((document.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15))
    order = np.argsort(mixed, kind="stable")
    ordered = mixed[order]
    fresh = np.concatenate([np.ones(1, np.bool_), ordered[1:] != ordered[:-1]])
    group = np.cumsum(fresh) - 1
    first = np.flatnonzero(fresh)
    size = np.diff(np.append(first, n))[group]
    rank = np.arange(n) - first[group]
    gap = np.diff(order, prepend=0)
    previous = np.where(fresh, 0, gap)
    following = np.append(np.where(fresh[1:], 0, gap[1:]), 0)
    out = np.zeros((4, n), np.int64)
    for row, values in zip(out, (rank, size - 1 - rank, previous, following), strict=True):
        row[order] = values
    out *= real
    return tuple(out)


def _shapes(words: _Words, family: NDArray[np.uint8], low: NDArray[np.uint8], tables: _Tables) -> NDArray[np.uint64]:
    """A key of a line's make-up: which kinds of words follow each other, runs of one kind counted once."""
    import numpy as np

    kind = words.capital.astype(np.uint8)
    kind[(low >= 48) & (low <= 57)] = 2
    told = np.array([0, 3, 4, 5, 0, 0, 0, 0, 6, 7, *[0] * 20], np.uint8)[family]
    kind = np.where(told > 0, told, kind)
    new = np.empty(len(kind), np.bool_)
    new[:1] = True
    np.not_equal(kind[1:], kind[:-1], out=new[1:])
    new[words.first[words.seen > 0]] = True
    rank = np.cumsum(new)
    origin = np.append(rank, 0)[np.minimum(words.first, len(rank))]
    place = np.minimum(rank - np.repeat(origin, words.seen), 11) if len(rank) else rank
    values = np.where(new, tables.shape[kind, place], np.uint64(0))
    total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values)])
    keys: NDArray[np.uint64] = total[words.first + words.seen] - total[words.first]
    return keys


def _features(raw: bytes, buffer: NDArray[np.uint8], rows: _Rows, tables: _Tables) -> Batch:
    import numpy as np

    n = len(rows.begin)
    dense = np.zeros((len(DENSE_NAMES), n), np.uint8)
    empty = np.zeros(0, np.int64)
    if not n:
        none = np.zeros(0, np.int32)
        return Batch(dense.T, none, empty, empty, np.zeros((0, FIRST + LAST), np.int32), none, empty, empty, empty)
    log, small = tables.log, tables.small
    column = iter(range(len(DENSE_NAMES)))

    def put(values: NDArray[np.generic]) -> None:
        dense[next(column)] = values

    place = buffer.astype(np.intp)
    size = rows.end - rows.begin
    seen = np.minimum(size, CAP)
    (upper, lower, digits, spaces, more), (stops, commas, quotes, symbols, high), (
        exclaims, questions, brackets, hyphens, cjk,
    ) = (list(_fields(_sums(table[place], rows.begin, rows.begin + seen))) for table in tables.counts)  # fmt: skip
    chars = size - more * size // seen
    length = chars + cjk
    words = _words(raw, buffer, rows, tables)
    capped = np.minimum(length, CAP)
    put(log[capped])
    put(log[np.minimum(words.total, CAP)])
    put(np.minimum((rows.begin - rows.line) * 8, 127))
    before, after = rows.blanks[:-1].copy(), rows.blanks[1:].copy()
    before[rows.first_row] = 0  # blank lines at a document's edges belong to no line
    after[np.append(rows.first_row[1:], n) - 1] = 0
    put(small[np.minimum(before, 8)])
    put(small[np.minimum(after, 8)])
    counted = (
        upper,
        lower,
        digits,
        spaces,
        stops,
        commas,
        quotes,
        symbols,
        high,
        exclaims,
        questions,
        brackets,
        hyphens,
        cjk,
    )
    visible = np.maximum(seen - spaces - more, 1)
    for values in counted:
        put(np.minimum(values * 127 // visible, 127))
    for values in (stops, commas, digits, exclaims, questions, symbols):
        put(log[values])
    put(np.minimum(length * 8 // np.maximum(words.total, 1), 127))
    opening = tables.first[buffer[rows.begin]]
    closing = _closing(buffer, rows.end, tables)
    for kind in range(10):
        put((opening == kind) * 64)
    for kind in range(10):
        put((closing == kind) * 64)
    capital = np.concatenate([np.zeros(1, np.int64), np.cumsum(words.capital)])
    capitals = capital[words.first + words.seen] - capital[words.first]
    put(capitals * 127 // np.maximum(words.seen, 1))
    put(((capitals == words.seen) & (words.seen > 0) & (words.seen < 6)) * 64)
    has_word = words.seen > 0
    safe_first = np.minimum(words.first, max(len(words.capital) - 1, 0))
    put((has_word & words.capital[safe_first]) * 64 if len(words.capital) else has_word * 0)
    family = tables.family[(words.hashes >> np.uint64(46)).astype(np.int64)]
    families = _family_counts(words, family)
    for values in families:
        put(small[np.minimum(values, 8)])
    for values in families:
        put(np.minimum(values * 127 // np.maximum(words.seen, 1), 127))
    index = (words.hashes >> np.uint64(64 - TABLE_BITS)).astype(np.int32)
    edges, (tail_key, head_key, line_key) = _edges(words, index)
    shape_key = _shapes(words, family, words.lead, tables)
    for key, enough in ((line_key, 0), (tail_key, 1), (head_key, 1), (shape_key, 0)):
        real = words.seen > enough
        if key is shape_key:
            real &= words.total <= 16
        earlier, later, previous, following = _recurrence(key, rows.document, real)
        put(log[np.minimum(earlier, CAP)])
        put(log[np.minimum(later, CAP)])
    put(log[np.minimum(previous, CAP)])
    put(log[np.minimum(following, CAP)])
    for placed in _places(rows, length, log):
        put(placed)
    stop_of = np.append(rows.line[1:], 0)
    stop_of[np.append(rows.first_row[1:], n) - 1] = (rows.doc_start + rows.sizes)[
        rows.document[np.append(rows.first_row[1:], n) - 1]
    ]
    origin = rows.doc_start[rows.document]
    return Batch(
        np.ascontiguousarray(dense.T), index, words.first, words.seen, edges, rows.document,
        rows.line - origin, stop_of - origin, visible * size // seen,
    )  # fmt: skip


def _closing(buffer: NDArray[np.uint8], end: Ints, tables: _Tables) -> NDArray[np.uint8]:
    import numpy as np

    found = tables.last[buffer[end - 1]]
    wide = np.flatnonzero(buffer[end - 1] >= 0x80)
    if len(wide):
        at = end[wide]
        key = (
            buffer[at - 3].astype(np.int64) << 16
            | buffer[at - 2].astype(np.int64) << 8
            | buffer[at - 1].astype(np.int64)
        )
        found[wide] = 6
        for text, kind in tables.wide_last.items():
            mark = text.encode()
            found[wide[(key & ((1 << 8 * len(mark)) - 1)) == int.from_bytes(mark, "big")]] = kind
    return found


Keys = tuple["NDArray[np.uint64]", "NDArray[np.uint64]", "NDArray[np.uint64]"]


def _edges(words: _Words, index: NDArray[np.int32]) -> tuple[NDArray[np.int32], Keys]:
    """Table rows of a line's first and last words, salted by place; and three keys to count repeats by."""
    import numpy as np

    n = len(words.first)
    size = 1 << TABLE_BITS
    edges = np.full((n, FIRST + LAST), -1, np.int32)
    limit = max(len(index) - 1, 0)
    zero = np.zeros(n, np.uint64)
    if not len(index):
        return edges, (zero, zero, zero)
    for place in range(FIRST):
        has = words.seen > place
        edges[:, place] = np.where(
            has, (index[np.minimum(words.first + place, limit)] * 5 + 7919 * (place + 1)) % size, -1
        )
    stop = words.first + words.seen
    for place in range(LAST):
        has = words.seen > place
        row = index[np.maximum(stop - 1 - place, 0)]
        edges[:, FIRST + place] = np.where(has, (row * 5 + 7919 * (FIRST + place + 1)) % size, -1)
    last, before = words.hashes[np.maximum(stop - 1, 0)], words.hashes[np.maximum(stop - 2, 0)]
    tail = last + (before * np.uint64(3)) * (words.seen > 1)
    at = np.minimum(words.first, limit)
    head = words.hashes[at] * np.uint64(5) + words.hashes[np.minimum(at + 1, limit)] * (words.seen > 1)
    total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(words.hashes)])
    whole = total[stop] - total[words.first] + words.total.astype(np.uint64)
    return edges, (tail, head, whole)


def _places(rows: _Rows, length: Ints, log: NDArray[np.uint8]) -> Iterator[NDArray[np.generic]]:
    """Where in its document a line stands, and what kind of document that is."""
    import numpy as np

    n = len(length)
    count = np.diff(np.append(rows.first_row, n))
    number = np.repeat(np.arange(len(count)), count)
    at = np.arange(n) - rows.first_row[number]
    lines = count[number]
    running = np.cumsum(length) - length
    before = running - running[rows.first_row][number]
    total = np.add.reduceat(length, rows.first_row)
    whole = total[number]
    after = whole - before - length
    mean = whole // lines
    short = np.add.reduceat((length < 60).astype(np.int64), rows.first_row)
    yield log[np.minimum(at, CAP)]
    yield log[np.minimum(lines - 1 - at, CAP)]
    yield log[np.minimum(before // 16, CAP)]
    yield log[np.minimum(after // 16, CAP)]
    yield before * 127 // np.maximum(whole, 1)
    yield log[np.minimum(lines, CAP)]
    yield log[np.minimum(whole // 16, CAP)]
    yield log[np.minimum(mean, CAP)]
    yield np.minimum(length * 32 // np.maximum(mean, 1), 127)
    yield (short * 127 // count)[number]
    yield (at == 0) * 64
    yield (at == lines - 1) * 64
