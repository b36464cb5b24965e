"""Where a thread's first comment begins: below the article's byline, and above a head that stands below its comment."""

from collections.abc import Sequence
from itertools import pairwise

from cleaner.document import Document
from cleaner.text.expressions import expression
from cleaner.text.sentences import CLOSING, STOPS

from .courses import Course
from .grammar import ANY_HEADING, Mark, bare
from .heads import heads_among
from .sides import talks

_SENTENCE = expression(rf"[{STOPS}][{CLOSING}]{{0,3}}\s*\Z")
_TAIL = 8  # characters of a line that show whether it ends a sentence
_PIECE = 300  # characters of a line that are looked at
_FEW = 3  # heads, or comments between them, that tell how a thread is made
_BRIEF = 250  # characters of a paragraph that may be a comment where nothing but its words tells


def beginning(mark: Mark, document: Document) -> str:
    """What a line begins with as a reader sees it: a mark may hold its text without a number, or none of a long one."""
    line = document.lines[mark.line]
    return bare(document.text[line.start : min(line.end, line.start + _PIECE)])


def article_size(found: Sequence[Mark], document: Document) -> int:
    """How many characters the lines among some marks have that end as sentences do: a page's menu is no article."""
    size = 0
    for mark in found:
        end = document.lines[mark.line].end
        if mark.kind == "prose" and _SENTENCE.search(document.text[max(end - _TAIL, 0) : end]):
            size += mark.size
    return size


def takes_body_above(found: Sequence[Mark], document: Document, course: Course) -> bool:
    """Whether the paragraph above the first head is its comment: then heads stand below their comments, and closer to
    them.

    Where both sides are equally close, it is if it is short and talks as comments do. More than one paragraph is never
    taken.
    """
    place = {mark.line: index for index, mark in enumerate(found)}
    above = found[course.first - 1]
    bodies, gap = [], 0
    for one, two in pairwise(course.heads):
        body = found[place[one.last] + 1 : place[two.line]]
        if not any(mark.kind == "prose" for mark in body):
            return False
        bodies.append(sum(mark.size for mark in body))
        gap += (body[0].line - one.last) - (two.line - body[-1].line)
    if above.kind != "prose" or len(bodies) < _FEW or above.size > max(bodies) or gap < 0:
        return False
    if gap == 0 and above.size > _BRIEF:  # it may be the article's last, above heads whose last comment is missing
        return False
    line = document.lines[above.line]
    return gap > 0 or talks(document.text[line.start : line.end])


def below_byline(found: Sequence[Mark], first: int, last: int) -> int:
    """The line where a thread of lines `first` to `last` begins: without a first head that has no text below it.

    Such a head signs the article. Where heads stand below their comments, the last one has no text below it either.
    """
    inside = [mark for mark in found if first <= mark.line <= last]
    here = heads_among(inside)
    if len(here) < _FEW or here[0].line != first:
        return first
    if not any(mark.kind in ("prose", "short") for mark in inside if mark.line > here[-1].last):
        return first
    below = next(mark for mark in inside if mark.line > here[0].last)
    return below.line if below.line == here[1].line or below.kind in ANY_HEADING else first
