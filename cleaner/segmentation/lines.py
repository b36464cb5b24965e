"""Where the lines of a batch of texts begin and end, as arrays: blank lines are counted, not kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

PAD = 16  # bytes on both sides of the text: words are read eight bytes at a time
_WIDE_SPACES = ("\u00a0", "\u3000", "\u200b", "\ufeff", "\u2009", "\u202f")


class Rows(NamedTuple):
    """The lines that are not blank, of all texts; offsets are bytes of the joined text."""

    line: Ints
    begin: Ints  # where the text of a line begins, without the white space before it,
    end: Ints  # and where it ends
    document: NDArray[np.int32]  # which text it belongs to
    blanks_before: Ints  # blank lines within the text
    blanks_after: Ints
    first_row: Ints  # of each text that has any
    doc_start: Ints


def cut_lines(texts: Sequence[bytes]) -> tuple[bytes, NDArray[np.uint8], Rows]:
    """The texts joined, with all kinds of spaces as plain ones; the same as an array; and its lines."""
    joined = b"\n".join([b"\n" * PAD, *texts, b"\n" * PAD])
    raw, buffer = _plain_spaces(joined)
    sizes = np.array([len(text) for text in texts], np.int64)
    doc_start = np.cumsum(sizes + 1) - sizes - 1 + PAD + 1
    line_start, line_end = _lines(raw, buffer)
    keep = slice(*np.searchsorted(line_start, (PAD + 1, len(raw) - PAD)).tolist())
    line_start, line_end = line_start[keep], line_end[keep]
    begin, end = _trim(buffer, raw, line_start, line_end)
    full = np.flatnonzero(begin < end)
    document = (np.searchsorted(doc_start, line_start[full], "right") - 1).astype(np.int32)
    blanks = np.diff(full, prepend=-1, append=len(line_start)) - 1
    first_row = np.flatnonzero(np.diff(document, prepend=-1))
    before, after = blanks[:-1].copy(), blanks[1:].copy()
    before[first_row] = 0  # blank lines at a text's edges belong to no line
    if len(full):
        after[np.append(first_row[1:], len(full)) - 1] = 0
    return raw, buffer, Rows(line_start[full], begin[full], end[full], document, before, after, first_row, doc_start)


def _plain_spaces(raw: bytes) -> tuple[bytes, NDArray[np.uint8]]:
    """Spaces beyond ASCII as plain ones of the same number of bytes."""
    buffer = np.frombuffer(raw, np.uint8)
    if raw.isascii():
        return raw, buffer
    changed = None
    wide = [space.encode() for space in _WIDE_SPACES]
    for lead in sorted({space[0] for space in wide}):
        if lead not in raw:
            continue
        at = np.flatnonzero(buffer == lead)
        second = buffer[at + 1]
        for space in wide:
            if space[0] == lead:
                found = at[second == space[1]]
                found = found[buffer[found + 2] == space[2]] if len(space) > 2 else found
                if len(found):
                    changed = buffer.copy() if changed is None else changed
                    for k in range(len(space)):
                        changed[found + k] = 32
    return (raw, buffer) if changed is None else (changed.tobytes(), changed)


def _lines(raw: bytes, buffer: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Where each line starts and ends. CRLF ends one line, a lone CR one too."""
    breaks = np.flatnonzero(buffer == 10)
    if b"\r" in raw:
        lone = np.flatnonzero(buffer[:-1] == 13)
        lone = lone[buffer[lone + 1] != 10]
        breaks = np.sort(np.concatenate([breaks, lone]))
    return np.concatenate([np.zeros(1, np.int64), breaks[:-1] + 1]), breaks


def _trim(buffer: NDArray[np.uint8], raw: bytes, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    begin, stop = start.copy(), end.copy()
    for step, edge in ((1, begin), (-1, stop)):
        active = np.flatnonzero(begin < stop)
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
