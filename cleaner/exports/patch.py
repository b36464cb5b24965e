"""A git patch from each raw text to its cleaned text, made from the removals: `git apply -R` undoes it.

Works on bytes, because git does: a line ends at \\n and nowhere else, whatever the encoding. A record of a shard is no
file that git could patch: its hunks stand in the patch as remarks, which git passes over.
"""

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import PurePath
from typing import NamedTuple

from cleaner.log.logged import LoggedDocument, LoggedRemoval

_CONTEXT = 3
_REMARK = b"# "  # what git takes for the beginning of a patch or a hunk must not begin a line
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+=,@~")


class Change(NamedTuple):
    """Raw lines [first, last) give way to `fresh`, because of `removals`."""

    first: int
    last: int
    fresh: list[bytes]
    removals: tuple[LoggedRemoval, ...]


class Hunk(NamedTuple):
    """Changes whose contexts meet, and the raw lines [first, last) that they and their contexts span."""

    first: int
    last: int
    changes: list[Change]

    @property
    def grown(self) -> int:
        """By how many lines the cleaned side is longer; mostly below zero."""
        return sum(len(one.fresh) - (one.last - one.first) for one in self.changes)

    @property
    def codes(self) -> str:
        """The rules that asked for the changes: git lets anything stand after a hunk's numbers."""
        return ", ".join(dict.fromkeys(removal.code for one in self.changes for removal in one.removals))


def parts(documents: Iterable[LoggedDocument]) -> Iterator[tuple[str, bytes]]:
    """One patch for all documents that lost something; both sides are named after the cleaned file. What records of
    shards lost is told in remarks.
    """
    for document in documents:
        if document.removals:
            yield "removals.patch", _remarks(document) if document.shard else b"".join(_patch(document))


def lines_and_hunks(document: LoggedDocument) -> tuple[list[bytes], list[Hunk]]:
    """The raw lines, terminators included, and what the removals do to them: what any diff shows."""
    lines = _lines(document.raw)
    grouped: list[list[Change]] = []
    for change in _changes(document, lines):
        if grouped and change.first - grouped[-1][-1].last <= 2 * _CONTEXT:
            grouped[-1].append(change)
        else:
            grouped.append([change])
    hunks = [
        Hunk(max(group[0].first - _CONTEXT, 0), min(group[-1].last + _CONTEXT, len(lines)), group) for group in grouped
    ]
    return lines, hunks


def _patch(document: LoggedDocument) -> Iterator[bytes]:
    name = _named(document.output) if document.output else document.id
    old, new = (_quoted(f"{side}/{name}") for side in "ab")
    yield b"diff --git %s %s\n--- %s\n+++ %s\n" % (old, new, old, new)
    yield from _hunks(document)


def _named(output: str) -> str:
    """How a patch names a file: git takes no path that leads out of the folder where it applies one, so that of a file
    beside or above the working folder starts where both have something in common.
    """
    parts = PurePath(os.path.relpath(output)).parts
    return "/".join(part for part in parts if part != os.pardir)


def _remarks(document: LoggedDocument) -> bytes:
    """The hunks of a record, for people. With a head of its own, one record would have git refuse the whole patch."""
    name = _quoted(document.output or document.id)
    told = b"".join([b"%s: a record of a shard, which git cannot patch\n" % name, *_hunks(document)])
    return b"".join(_REMARK + line for line in _lines(told))


def _hunks(document: LoggedDocument) -> Iterator[bytes]:
    lines, hunks = lines_and_hunks(document)
    shift = 0
    for hunk in hunks:
        yield head(hunk, shift).encode() + b"\n"
        yield from _body(lines, hunk)
        shift += hunk.grown


def head(hunk: Hunk, shift: int) -> str:
    """A hunk's first line. Git counts from one, except that an empty side names the line before it."""
    count = hunk.last - hunk.first
    old = hunk.first + (count > 0)
    new = hunk.first + shift + (count + hunk.grown > 0)
    return f"@@ -{old},{count} +{new},{count + hunk.grown} @@ {hunk.codes}"


def _lines(raw: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in raw.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _changes(document: LoggedDocument, lines: list[bytes]) -> Iterator[Change]:
    """The lines that removals touch, with what is left of them; removals on one line make one change."""
    starts = list(accumulate(map(len, lines), initial=0))
    removals = document.removals
    place = following = 0
    while following < len(removals):
        place = bisect_right(starts, removals[following].byte_start) - 1
        first, at, kept, asked = place, starts[place], bytearray(), following
        while True:
            while following < len(removals) and removals[following].byte_start < starts[place + 1]:
                kept += document.raw[at : removals[following].byte_start]
                at = removals[following].byte_end
                place = max(place, bisect_left(starts, at) - 1)
                following += 1
            kept += document.raw[at : starts[place + 1]]
            at = max(at, starts[place + 1])
            # the line end went, its line's beginning stayed: what follows joins it
            if not kept or kept.endswith(b"\n") or place + 1 == len(lines):
                break
            place += 1
        yield Change(first, place + 1, _lines(bytes(kept)), removals[asked:following])


def _body(lines: list[bytes], hunk: Hunk) -> Iterator[bytes]:
    at = hunk.first
    for change in hunk.changes:
        yield from (_marked(b" ", line) for line in lines[at : change.first])
        yield from (_marked(b"-", line) for line in lines[change.first : change.last])
        yield from (_marked(b"+", line) for line in change.fresh)
        at = change.last
    yield from (_marked(b" ", line) for line in lines[at : hunk.last])


def _marked(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n\\ No newline at end of file\n"


def _quoted(name: str) -> bytes:
    raw = name.encode("utf-8", "surrogateescape")  # a name of a file may hold any bytes
    if _PLAIN.issuperset(raw):
        return raw
    return b'"%s"' % b"".join(bytes([byte]) if byte in _PLAIN else b"\\%03o" % byte for byte in raw)
