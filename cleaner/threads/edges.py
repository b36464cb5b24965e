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
_SHORTEST = 2  # lines of a comment with a name
_ROWS = 3  # lines of buttons and figures at a comment's end
_FIGURE = 8  # characters of a figure
_LONGER = 1.5  # times the longest of the others that a first comment may be
_ACROSS = 2  # lines between the last head and what it heads
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

    Where both sides are equally close, it is if it is short and talks as comments do, unless something follows the last
    head as well: that is a comment of a word. More than one paragraph is never taken.
    """
    place = {mark.line: index for index, mark in enumerate(found)}
    above = found[course.first - 1]
    if 2 * sum(found[place[head.line] - 1].kind == "button" for head in course.heads[1:]) >= len(course.heads):
        return False  # what a comment is answered by stands at its end
    bodies, gap = [], 0
    for one, two in pairwise(course.heads):
        body = found[place[one.last] + 1 : place[two.line]]
        if not any(mark.kind == "prose" for mark in body):
            return False
        bodies.append(sum(mark.size for mark in body))
        gap += (body[0].line - one.last) - (two.line - body[-1].line)
    if above.kind != "prose" or len(bodies) < _FEW or above.size > max(bodies) or gap < 0:
        return False
    if gap == 0 and (above.size > _BRIEF or _is_followed(found, place[course.heads[-1].last])):
        return False  # it may be the article's last
    line = document.lines[above.line]
    return gap > 0 or talks(document.text[line.start : line.end])


def _is_followed(found: Sequence[Mark], head: int) -> bool:
    """Whether a text, were it a word, stands right below the head at an index: across two lines at most."""
    following = [mark for mark in found[head + 1 : head + 2 + _ACROSS] if mark.kind in ("short", "prose")]
    return bool(following) and following[0].line - found[head].line <= 2 * _ACROSS


def with_heads(course: Course, others: Sequence[Course], found: Sequence[Mark]) -> Course:
    """A course of lines that end comments, like "Share"; or that of the heads of these comments, if there is one."""
    place = {mark.line: index for index, mark in enumerate(found)}
    ends = [place[head.line] for head in course.heads]
    for other in others:
        starts = [place[head.line] for head in other.heads]
        if other.sort == "dated" and len(starts) == len(ends):
            sizes = [sum(mark.size for mark in found[one:end]) for one, end in zip(starts, ends, strict=True)]
            turns = [index for pair in zip(starts, ends, strict=True) for index in pair]
            if turns == sorted(turns) and sizes[0] <= _LONGER * max(sizes[1:]):
                return other
    return course


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


def first_comment_above(found: Sequence[Mark], course: Course) -> int:
    """How many marks above the first head are the first comment, where dates end comments that names begin.

    Then a button stands right above most dates, or right below; below the last one stands no text; and what stands
    between two of them begins with a name. Only what is made just like another comment is taken.
    """
    place = {mark.line: index for index, mark in enumerate(found)}
    heads = [(place[head.line], place[head.last]) for head in course.heads]
    pieces = [piece for one, two in pairwise(heads) if (piece := _piece(found, one, two[0]))]
    if len(pieces) < max(_FEW - 1, 0.6 * (len(heads) - 1)) or not _is_closed(found, heads[-1][1] + 1):
        return 0
    longest = max(sum(mark.size for mark in piece) for piece in pieces)
    for piece in sorted(pieces, key=len, reverse=True):
        above = found[max(course.first - len(piece), 0) : course.first]
        alike = [mark.kind for mark in above] == [mark.kind for mark in piece]
        close = all(two.line - one.line <= 2 for one, two in pairwise([*above, found[course.first]]))
        if alike and close and sum(mark.size for mark in above) <= _LONGER * longest:
            return len(piece)
    return 0


def _piece(found: Sequence[Mark], head: tuple[int, int], stop: int) -> Sequence[Mark]:
    """The comment between two heads, if its name stands on top and the date at its end; `head`: where the first is."""
    start, last = head
    inside = found[last + 1 : stop]
    if len(inside) < _SHORTEST:
        return ()
    if inside[0].kind == "button" and found[last].kind == "date":
        cut = max(index for index, mark in enumerate(inside) if mark.kind not in ("short", "prose") or _is_figure(mark))
        piece = inside[cut + 1 :]
    elif inside[-1].kind == "button" and found[start].kind == "date":
        piece = found[max(start + 1, last) : stop]  # a name right below the date is that of the next comment
    else:
        return ()
    named = len(piece) >= _SHORTEST and piece[0].kind == "short" and piece[1].kind in ("short", "prose")
    return piece if named else ()


def _is_closed(found: Sequence[Mark], start: int) -> bool:
    """Whether no comment, with its name on top, stands below the last date."""
    last = max((index for index in range(start - 1, len(found)) if found[index].kind == "date"), default=-1)
    if last < 0:
        return False
    below = [mark for mark in found[last + 1 : last + 2 + _ROWS] if mark.kind != "button" and not _is_figure(mark)]
    return [mark.kind for mark in below[:2]] not in (["short", "prose"], ["short", "short"])


def _is_figure(mark: Mark) -> bool:
    return len(mark.text) < _FIGURE and mark.text[:1].isdigit()
