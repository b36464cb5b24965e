"""A git patch from each raw text to its cleaned text, made from the removals: `git apply -R` undoes it.

Works on bytes, because git does: a line ends at \\n and nowhere else, whatever the encoding.
"""

from collections.abc import Iterable, Iterator

from cleaner.logged import LoggedDocument

_CONTEXT = 3
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-+=,@~")

# raw lines [first, last) give way to other lines
Change = tuple[int, int, list[bytes]]


def parts(documents: Iterable[LoggedDocument]) -> Iterator[tuple[str, bytes]]:
    """One patch for all documents that lost something; both sides are named after the cleaned file."""
    for document in documents:
        if document.removals:
            yield "removals.patch", b"".join(_patch(document))


def _patch(document: LoggedDocument) -> Iterator[bytes]:
    old, new = (_quoted(f"{side}/{document.output or document.id}") for side in "ab")
    yield b"diff --git %s %s\n--- %s\n+++ %s\n" % (old, new, old, new)
    lines = _lines(document.raw)
    changes = _changes(document, lines)
    shift = 0
    for hunk in _hunks(changes):
        first = max(hunk[0][0] - _CONTEXT, 0)
        last = min(hunk[-1][1] + _CONTEXT, len(lines))
        grown = sum(len(fresh) - (high - low) for low, high, fresh in hunk)
        yield _range_line(first, last - first, first + shift, last - first + grown)
        yield from _body(lines, hunk, first, last)
        shift += grown


def _lines(raw: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in raw.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _changes(document: LoggedDocument, lines: list[bytes]) -> list[Change]:
    """The lines that removals touch, with what is left of them; removals on one line make one change."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    changes: list[Change] = []
    pending = [(one.byte_start, one.byte_end) for one in document.removals]
    place = 0
    while pending:
        while starts[place + 1] <= pending[0][0]:
            place += 1
        first, at, kept = place, starts[place], b""
        while True:
            while pending and pending[0][0] < starts[place + 1]:
                start, end = pending.pop(0)
                kept += document.raw[at:start]
                at = end
                while place + 1 < len(lines) and starts[place + 1] < end:
                    place += 1
            kept += document.raw[at : starts[place + 1]]
            at = max(at, starts[place + 1])
            # the line end went, its line's beginning stayed: what follows joins it
            if not kept or kept.endswith(b"\n") or place + 1 == len(lines):
                break
            place += 1
        changes.append((first, place + 1, _lines(kept)))
        place += 1
    return changes


def _hunks(changes: list[Change]) -> Iterator[list[Change]]:
    """Changes whose contexts would meet share a hunk, as git writes them."""
    hunk: list[Change] = []
    for change in changes:
        if hunk and change[0] - hunk[-1][1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _range_line(old_first: int, old_count: int, new_first: int, new_count: int) -> bytes:
    # git counts from one, except that an empty side names the line before it
    old, new = old_first + (old_count > 0), new_first + (new_count > 0)
    return b"@@ -%d,%d +%d,%d @@\n" % (old, old_count, new, new_count)


def _body(lines: list[bytes], hunk: list[Change], first: int, last: int) -> Iterator[bytes]:
    at = first
    for low, high, fresh in hunk:
        yield from (_marked(b" ", line) for line in lines[at:low])
        yield from (_marked(b"-", line) for line in lines[low:high])
        yield from (_marked(b"+", line) for line in fresh)
        at = high
    yield from (_marked(b" ", line) for line in lines[at:last])


def _marked(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n\\ No newline at end of file\n"


def _quoted(name: str) -> bytes:
    raw = name.encode()
    if _PLAIN.issuperset(raw):
        return raw
    return b'"%s"' % b"".join(bytes([byte]) if byte in _PLAIN else b"\\%03o" % byte for byte in raw)
