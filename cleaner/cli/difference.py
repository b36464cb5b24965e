"""Removals as a diff in a terminal: one column, or raw and cleaned text side by side where there is room."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, zip_longest

import click

from cleaner.cli.shown import count
from cleaner.cli.terminal import cells, visible, visible_name
from cleaner.exports.patch import Change, Hunk, head, lines_and_hunks
from cleaner.log.logged import LoggedDocument

WIDE = 160


def unified(document: LoggedDocument) -> Iterator[str]:
    """Coloured lines of one column: what goes and why, what its lines become, and three lines around."""
    document = _in_utf8(document)
    lines, hunks = lines_and_hunks(document)
    labels = _labels(document, lines)
    yield _title(document)
    shift = 0
    for hunk in hunks:
        yield _head(hunk, shift)
        shift += hunk.grown
        at = hunk.first
        for change in hunk.changes:
            yield from (f" {_shown(line)}\n" for line in lines[at : change.first])
            for place in range(change.first, change.last):
                yield from (click.style(f"~ {label}", fg="yellow") + "\n" for label in labels.get(place, ()))
                yield click.style(f"-{_shown(lines[place])}", fg="red") + "\n"
            for line in change.fresh:
                yield click.style(f"+{_shown(line)}", fg="green") + "\n"
            at = change.last
        yield from (f" {_shown(line)}\n" for line in lines[at : hunk.last])


def side_by_side(document: LoggedDocument, width: int) -> Iterator[str]:
    """Coloured lines of two columns, raw text left and cleaned text right, `width` cells in all."""
    document = _in_utf8(document)
    lines, hunks = lines_and_hunks(document)
    labels = _labels(document, lines)
    number = len(str(len(lines)))
    column = (width - 3 - 2 * (number + 3)) // 2
    yield _title(document)
    shift = 0
    for hunk in hunks:
        yield _head(hunk, shift)
        for left, right in _rows(lines, hunk, shift):
            if left and left[2]:
                for label in labels.get(left[0] - 1, ()):
                    yield from _columns((0, label, "yellow"), None, column, number)
            yield from _columns(left, right, column, number)
        shift += hunk.grown


def _head(hunk: Hunk, shift: int) -> str:
    return click.style(visible(head(hunk, shift)).rpartition(" @@")[0] + " @@", fg="cyan") + "\n"


def _labels(document: LoggedDocument, lines: list[bytes]) -> dict[int, list[str]]:
    """Which rules cut something that begins on a line, how sure, and why."""
    starts = list(accumulate(map(len, lines), initial=0))
    found: dict[int, list[str]] = {}
    for one in document.removals:
        label = visible(f"{one.code} {one.score:g}: {one.reason}")
        found.setdefault(bisect_right(starts, one.byte_start) - 1, []).append(label)
    return found


Cell = tuple[int, str, str] | None


def _rows(lines: list[bytes], hunk: Hunk, shift: int) -> Iterator[tuple[Cell, Cell]]:
    """Pairs of line number, text and colour; None where a side has nothing to set against the other."""

    def same(first: int, last: int) -> Iterator[tuple[Cell, Cell]]:
        for place in range(first, last):
            text = _shown(lines[place])
            yield (place + 1, text, ""), (place + shift + 1, text, "")

    at = hunk.first
    for change in hunk.changes:
        yield from same(at, change.first)
        yield from _changed(lines, change, shift)
        shift += len(change.fresh) - (change.last - change.first)
        at = change.last
    yield from same(at, hunk.last)


def _changed(lines: list[bytes], change: Change, shift: int) -> Iterator[tuple[Cell, Cell]]:
    old = range(change.first, change.last)
    new = range(change.first + shift, change.first + shift + len(change.fresh))
    for place, fresh in zip_longest(old, new):
        left: Cell = None if place is None else (place + 1, _shown(lines[place]), "red")
        right: Cell = None
        if fresh is not None:
            right = (fresh + 1, _shown(change.fresh[fresh - new.start]), "green")
        yield left, right


def _columns(left: Cell, right: Cell, column: int, number: int) -> Iterator[str]:
    """One row, broken into as many terminal lines as the longer side needs."""
    for place, (one, two) in enumerate(zip_longest(_wrapped(left, column), _wrapped(right, column))):
        halves = (
            _half(left, one, column, number, place),
            _half(right, two, column, number, place),
        )
        yield f"{' │ '.join(halves).rstrip()}\n"


def _half(cell: Cell, text: str | None, column: int, number: int, place: int) -> str:
    label = str(cell[0]) if cell and cell[0] and place == 0 else ""
    colour = cell[2] if cell else ""
    # the sign says the same as the colour, for whoever sees no colours
    sign = {"red": "-", "green": "+", "yellow": "~"}.get(colour, " ") if place == 0 else " "
    padded = f"{sign} {text or ''}" + " " * (column - cells(text or ""))
    return f"{click.style(label.rjust(number), dim=True)} {click.style(padded, fg=colour) if colour else padded}"


def _wrapped(cell: Cell, column: int) -> Iterator[str]:
    text = cell[1] if cell else ""
    start = width = 0
    for at, character in enumerate(text):
        width += cells(character)
        if width > column:
            # a break at a blank not too far back reads better than one in a word
            blank = text.rfind(" ", max(start, at - 20), at) + 1
            edge = blank if blank > start else at
            yield text[start:edge]
            start, width = edge, cells(text[edge : at + 1])
    yield text[start:]


def _title(document: LoggedDocument) -> str:
    removed = sum(one.end - one.start for one in document.removals)
    told = f"{count(len(document.removals), 'removal')}, {count(removed, 'character')}"
    text = f"{visible_name(document.source or document.id)}: {told}"
    return click.style(text, bold=True) + "\n"


def _in_utf8(document: LoggedDocument) -> LoggedDocument:
    """The same document with its text as UTF-8: in another encoding a line of bytes need not be a line."""
    raw, removals, at, place = document.text.encode(), [], 0, 0
    for removal in document.removals:
        start = place + len(document.text[at : removal.start].encode())
        place = start + len(document.text[removal.start : removal.end].encode())
        at = removal.end
        removals.append(removal._replace(byte_start=start, byte_end=place))
    return document._replace(raw=raw, removals=tuple(removals))


def _shown(line: bytes) -> str:
    return visible(line.decode().removesuffix("\n").removesuffix("\r"))
