"""The words of a batch of lines as numbers: where they stand, their hashes, and the keys that lines repeat by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .cues import lexicon
from .lines import PAD, Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Hashes = NDArray[np.uint64]

HEAD_TOKENS, TAIL_TOKENS = 26, 6  # of a line's words, those that are looked at
STEM = 6  # bytes of a word by which the rules' keywords know it
RULE_BITS = 16
# Letters in lower case, every digit as 0, all else that is ASCII as NUL: what stands between words.
LOWER = bytes(
    c + 32 if 65 <= c <= 90 else 48 if 48 <= c <= 57 else c if 97 <= c <= 122 or c > 127 else 0 for c in range(256)
)
_SHORT = 16  # words of a line at most whose make-up is a shape


class Words(NamedTuple):
    """The words that are looked at, line by line."""

    hashes: Hashes
    stems: Hashes  # the first bytes of each word, as a number
    capital: NDArray[np.bool_]
    lead: NDArray[np.uint8]  # a word's first byte
    first: Ints  # a line's first word, as an index
    seen: Ints  # how many of the line's words are among them
    total: Ints


@lru_cache(maxsize=1)
def masks() -> Hashes:
    """For n bytes the mask that keeps them."""
    return np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)


@lru_cache(maxsize=1)
def family_table() -> NDArray[np.uint8]:
    """The family of each word, plus 1, by the first 18 bits of its hash."""
    table = np.zeros(1 << 18, np.uint8)
    words = lexicon()
    hashes, _ = hash_texts(words)
    table[(hashes >> np.uint64(46)).astype(np.int64)] = np.array(list(words.values()), np.uint8) + 1
    return table


def hash_texts(words: object) -> tuple[Hashes, Hashes]:
    """Hashes and stems of single words of a list."""
    texts = [str(word).encode().translate(LOWER) for word in words]  # type: ignore[attr-defined]
    buffer = np.frombuffer(bytes(PAD) + b"\0".join(texts) + bytes(PAD), np.uint8)
    lengths = np.array([len(text) for text in texts])
    starts = np.cumsum(lengths + 1) - lengths - 1 + PAD
    return _hashed(buffer, starts, starts + lengths)


def rule_slots(stems: Hashes) -> Ints:
    """Where a stem stands in the table of the rules' keywords."""
    return ((stems * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - RULE_BITS)).astype(np.int64)


def keyword_stems(keywords: Sequence[Iterable[str]]) -> tuple[Hashes, NDArray[np.uint16]]:
    """The stems of rulesets' keywords, and for each the rulesets (bits) that know it.

    A keyword of several words, or of less than four bytes, says too little about a line that holds one of them.
    """
    found: dict[int, int] = {}
    for bit, some in enumerate(keywords):
        for keyword in some:
            words = keyword.lower().encode().translate(LOWER).split(b"\0")
            if len(words) == 1 and len(words[0]) >= 4 and not any(0xE3 <= byte <= 0xE9 for byte in words[0]):
                stem = int.from_bytes(words[0][:STEM], "little")
                found[stem] = found.get(stem, 0) | 1 << bit
    order = sorted(found)
    return np.array(order, np.uint64), np.array([found[stem] for stem in order], np.uint16)


def _hashed(buffer: NDArray[np.uint8], start: Ints, end: Ints) -> tuple[Hashes, Hashes]:
    """A word's hash from its first and last eight bytes and its length; `buffer` is padded at both ends."""
    windows = np.ndarray((len(buffer) - 8,), dtype="<u8", buffer=buffer.data, strides=(1,))
    length = end - start
    mask = masks()
    head = windows[start]
    stems = head & mask[np.minimum(length, STEM)]
    head &= mask[np.minimum(length, 8)]
    head *= np.uint64(0x9E3779B97F4A7C15)
    long = np.flatnonzero(length > 8)
    tail = windows[end[long] - 8]
    head[long] += (tail ^ (tail >> np.uint64(31))) * np.uint64(0xC2B2AE3D27D4EB4F)
    head += length.astype(np.uint64) * np.uint64(0x165667B19E3779F9)
    head ^= head >> np.uint64(29)
    head *= np.uint64(0xBF58476D1CE4E5B9)
    head ^= head >> np.uint64(32)
    head *= np.uint64(0x94D049BB133111EB)
    return head, stems


def read_words(raw: bytes, buffer: NDArray[np.uint8], rows: Rows) -> Words:
    """The words of each line: the first HEAD_TOKENS and the last TAIL_TOKENS."""
    low = np.frombuffer(raw.translate(LOWER), np.uint8)
    plain = raw.isascii()
    if not plain:
        low = _without_marks(low, buffer)
    start, end = _bounds(low, plain)
    first = np.searchsorted(start, rows.begin)
    total = np.diff(first, append=len(start))
    long = np.flatnonzero(total > HEAD_TOKENS + TAIL_TOKENS)
    count = total
    if len(long):
        skipped = np.zeros(len(start) + 1, np.int8)
        skipped[first[long] + HEAD_TOKENS] = 1
        skipped[(first + total)[long] - TAIL_TOKENS] = -1
        looked = np.flatnonzero(np.cumsum(skipped[:-1], dtype=np.int8) == 0)
        start, end = start[looked], end[looked]
        count = np.minimum(total, HEAD_TOKENS + TAIL_TOKENS)
        first = np.cumsum(count) - count
    hashes, stems = _hashed(low, start, end)
    lead = buffer[start]
    capital = (lead >= 65) & (lead <= 90)
    if not plain:
        second = buffer[start + 1]
        capital |= (lead == 0xC3) & (second < 0x9F)
        capital |= (lead == 0xD0) & (second < 0xB0)
        capital |= (lead == 0xCE) & (second > 0x90) & (second < 0xAA)
    return Words(hashes, stems, capital, lead, first, count, total)


def _without_marks(low: NDArray[np.uint8], buffer: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Punctuation beyond ASCII as what stands between words, but for the signs of copyright and trade marks."""
    low = low.copy()
    for lead, second in ((0xE2, 0x80), (0xE3, 0x80), (0xEF, 0xBC)):
        at = np.flatnonzero(buffer == lead)
        at = at[buffer[at + 1] == second]
        low[at] = low[at + 1] = low[at + 2] = 0
    at = np.flatnonzero(buffer == 0xC2)
    at = at[(buffer[at + 1] != 0xA9) & (buffer[at + 1] != 0xAE)]
    low[at] = low[at + 1] = 0
    return low


def _bounds(low: NDArray[np.uint8], plain: bool) -> tuple[Ints, Ints]:
    """Where words start and end; a Chinese or Japanese character is a word of its own."""
    inside = low != 0
    if not plain:
        single = (low - np.uint8(0xE3)) < 7  # wraps: E3 to E9
        if single.any():
            opens = np.zeros(len(low), np.bool_)
            np.greater(inside[1:], inside[:-1], out=opens[1:])
            opens |= single
            closes = np.zeros(len(low), np.bool_)
            np.less(inside[1:], inside[:-1], out=closes[1:])
            events = np.flatnonzero(opens | closes)
            place = np.flatnonzero(opens[events])
            return events[place], events[np.minimum(place + 1, max(len(events) - 1, 0))]
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    edges += 1
    return edges[0::2], edges[1::2]


def shape_keys(words: Words, family: NDArray[np.uint8]) -> Hashes:
    """A key of a short line's make-up: which kinds of words follow each other, runs of one kind counted once."""
    keys = np.zeros(len(words.first), np.uint64)
    short = np.flatnonzero((words.total <= _SHORT) & (words.seen > 0))
    if not len(short):
        return keys
    seen = words.seen[short]
    first = np.cumsum(seen) - seen
    at = np.repeat(words.first[short] - first, seen) + np.arange(int(seen.sum()))
    lead, told = words.lead[at], _told()[family[at]]
    kind = words.capital[at].astype(np.uint8)
    kind[(lead >= 48) & (lead <= 57)] = 2
    kind = np.where(told > 0, told, kind)
    new = np.empty(len(kind), np.bool_)
    new[0] = True
    np.not_equal(kind[1:], kind[:-1], out=new[1:])
    new[first] = True
    rank = np.cumsum(new)
    place = np.minimum(rank - np.repeat(rank[first], seen), 11)
    values = np.where(new, _shape_values()[kind, place], np.uint64(0))
    keys[short] = np.add.reduceat(values, first)
    return keys


_TOLD = (0, 3, 4, 5, 0, 0, 0, 0, 6, 7)  # families that are kinds of words of their own: reply, says, comment, date, ago


@lru_cache(maxsize=1)
def _told() -> NDArray[np.uint8]:
    return np.array([*_TOLD, *[0] * 32], np.uint8)


@lru_cache(maxsize=1)
def _shape_values() -> Hashes:
    state = np.arange(1, 97, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return ((state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)).reshape(8, 12)


def repeats(keys: Hashes, rows: Rows, real: NDArray[np.bool_]) -> Ints:
    """Four rows: how many lines of the same document with a line's key stand before it and after it, and how far off.

    Heads of comments share a shape that is new where the thread begins; on a forum page it is there from the top.
    """
    n = len(keys)
    mixed = keys & ~np.uint64((1 << 32) - 1)
    mixed |= np.arange(n, dtype=np.uint64)  # sorting plain numbers is several times quicker than sorting an order
    mixed.sort()
    order = (mixed & np.uint64((1 << 32) - 1)).astype(np.int64)
    mixed >>= np.uint64(32)
    document = rows.document[order]
    fresh = np.empty(n, np.bool_)
    fresh[0] = True
    np.not_equal(mixed[1:], mixed[:-1], out=fresh[1:])
    fresh[1:] |= document[1:] != document[:-1]
    first = np.flatnonzero(fresh)
    size = np.diff(first, append=n)
    out = np.zeros((4, n), np.int64)
    many = np.flatnonzero(size > 1)  # most keys stand alone
    if len(many):
        sizes, begin = size[many], first[many]
        offset = np.cumsum(sizes) - sizes
        rank = np.arange(int(sizes.sum())) - np.repeat(offset, sizes)
        left = np.repeat(sizes, sizes) - 1 - rank
        rows_of = order[np.repeat(begin, sizes) + rank]
        gap = np.diff(rows_of, prepend=0)
        out[0, rows_of], out[1, rows_of] = rank, left
        out[2, rows_of] = np.where(rank > 0, gap, 0)
        out[3, rows_of] = np.where(left > 0, np.append(gap[1:], 0), 0)
        out *= real
    return out
