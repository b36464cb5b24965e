"""Where readers' comments begin below an article that has voices of its own: printed letters, witnesses, a ticker.

Its heads look like those of comments, so that a course runs through both. Two things part them: a heading, below which
stand as many heads as it counts; and that all heads tell the time of day from one place on, and none above it does.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from cleaner.document import Document

from .grammar import ANY_HEADING, HEADINGS, Kind, Mark, marks
from .heads import Head, heads

_NEAR = 4  # marks below a heading among which its first head stands
_BEFORE = 250  # characters of prose above a heading: at the top of a page it counts what stands far below
_FEWEST = 2  # heads below a heading that tell whose it is
_SLACK = 0.2  # of the comments that a heading counts, so many may be missing, or not be counted
_DAYS, _TIMES = 2, 3  # heads that tell a day at most, and below these heads that tell the time
_FURNITURE: frozenset[Kind] = ANY_HEADING | {"button", "form"}
_Make = tuple[str, bool, bool]
_ABOVE = 3  # marks above a first head that may be its heading


def begins_below(document: Document) -> int | None:
    """The line where the comments begin, and nothing above it is one; None where nothing parts them from the article's
    own voices.

    Kept in the document's memo.
    """
    if "own voices" not in document.memo:
        document.memo["own voices"] = _begins_below(marks(document), heads(document))
    line: int | None = document.memo["own voices"]
    return line


def _begins_below(found: Sequence[Mark], here: Sequence[Head]) -> int | None:
    if len(here) < _FEWEST:
        return None
    named = [head for head in here if head.author or head.exact]
    line = _headed(found, named)
    return line if line is not None else _timed(found, here)


def _headed(found: Sequence[Mark], named: Sequence[Head]) -> int | None:
    """The line of the first heading below which as many heads stand as it counts; or heads of another make than those
    above, where it counts none.
    """
    lines = [head.line for head in named]
    prose = list(accumulate(mark.size if mark.kind == "prose" else 0 for mark in found))
    headings = [
        index
        for index, mark in enumerate(found)
        if mark.kind in HEADINGS and prose[index] >= _BEFORE and _has_head(found, index, lines)
    ]
    makes, made, at = [_make(head) for head in named], set[_Make](), 0
    for index, following in pairwise([*headings, len(found)]):
        above, at = at, bisect_right(lines, found[index].line)
        made.update(makes[above:at])
        stop = bisect_left(lines, found[following].line) if following < len(found) else len(lines)
        differ = at >= _FEWEST and made.isdisjoint(makes[at:stop])
        if stop - at >= _FEWEST and (differ or _counts(found[index], stop - at)):
            return _topmost(found, index)
    return None


def _has_head(found: Sequence[Mark], index: int, lines: Sequence[int]) -> bool:
    """Whether one of some lines, in order, stands right below the heading at an index."""
    last = found[min(index + _NEAR, len(found) - 1)].line
    return bisect_right(lines, found[index].line) < bisect_right(lines, last)


def _counts(heading: Mark, below: int) -> bool:
    """Whether a heading counts about as many comments as there are heads below."""
    return heading.kind == "count" and abs(below - heading.number) <= _SLACK * heading.number


def _make(head: Head) -> _Make:
    """How a head is made. Blank lines do not count: they are a matter of layout."""
    return head.kind, head.exact, head.line == head.last


def _timed(found: Sequence[Mark], here: Sequence[Head]) -> int | None:
    """The line from which on all heads are of one make and tell the time, where all above tell a day at most."""
    start = next((number for number, head in enumerate(here) if head.exact), len(here))
    above, below = here[:start], here[start:]
    if len(below) < _TIMES or len(above) < _DAYS or len(set(map(_make, below))) > 1:
        return None
    if sum(bool(head.date) for head in above) < _DAYS and _make(below[0]) in map(_make, above):
        return None
    place = {mark.line: index for index, mark in enumerate(found)}
    top = _topmost(found, place[below[0].line])
    inside = found[max(place[above[0].line] - _ABOVE, 0) : place[top]]
    if any(mark.kind in _FURNITURE for mark in inside):
        return None  # both are comments: those of an older system lost their times
    return top


def _topmost(found: Sequence[Mark], index: int) -> int:
    """The line of the topmost heading right above the mark at an index, or of that mark."""
    above = range(max(index - _ABOVE, 0), index)
    return found[next((at for at in above if _leads(found[at:index])), index)].line


def _leads(some: Sequence[Mark]) -> bool:
    """Whether a heading is the first of some marks, and the others are headings, buttons or lines of a form."""
    return some[0].kind in HEADINGS and all(mark.kind in _FURNITURE for mark in some)
