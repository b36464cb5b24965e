"""Courses: heads of one make that recur to a text's end, and facts about the whole that tell a thread from a board.

A list of news has dates as well, a board has heads, a play has names. What tells readers' comments apart is
what stands above the first head, how regular the heads come, and how differently both sides speak.
`weigh` holds the facts against weights that were fitted.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log, log1p
from typing import Literal, NamedTuple

from cleaner.document import Document

from .grammar import ANY_HEADING, HEADINGS, Kind, Mark
from .heads import Head, heads_among
from .sides import NAMES, TOP, WORDS, Sides

Sort = Literal["dated", "lone", "counted", "headed", "repeated"]
SORTS: tuple[Sort, ...] = ("dated", "lone", "counted", "headed", "repeated")


class Course(NamedTuple):
    """What recurs from index `first` to `last` of a document's marks; `facts`: one per FACTS.

    Of the sort `dated`: heads with dates or "says"; `lone`: names on lines of their own; `counted`: the lines below a
    heading that counts the comments; `headed`: those below any other one; `repeated`: one short line between texts.
    """

    sort: Sort
    first: int
    last: int
    heads: tuple[Head, ...]
    below: bool  # each head stands below its comment
    opening: bool  # no text stands above the first head, and as much below it as below the others: a talk from the top
    facts: tuple[float, ...]


FACTS: tuple[str, ...] = (
    "heads", "exact", "authored", "distinct", "says", "posted", "name_date", "date", "one_make",
    "before", "before_lines", "longer_above", "long_above", "heads_above", "same_above", "first_line", "asks",
    "heading", "buttons", "forms", "board", "board_above",
    "bodied", "body", "longest", "far", "shorts", "share", "below",
    "talk", "talk_above", "answers", "headings", "capitals", "plain_names", "words_each", "pairs",
    "announced", "of_announced", "pressed",
)  # fmt: skip
_FORMS: tuple[Kind, ...] = ("form", "form-heading")
_HEADED = 2  # only so many last headings of comments are looked at
_BEFORE = 250  # characters of prose above a talk that begins with the text
_TALKING = 5  # heads that make a talk
_EMPTY = 15  # characters below the last head that are no comment
_FEWEST = 3  # heads that make a course
_MAKES = 4  # makes of heads that are looked at, the commonest first
_OPENINGS = 3  # lone short lines at the beginning that may be headings of the article
_BYLINES = 1  # heads of the same make that may belong to the article above
_SOME = 80  # lines on either side that are asked whether they talk
_FAR = 2500  # characters after which a head no longer explains the text


def courses(found: Sequence[Mark], document: Document) -> Iterator[Course]:
    """The courses of a document: of each make of dated heads and of all together, and of the other sorts."""
    here = heads_among(found)
    sides = Sides(found, document, here)
    if len(here) >= _FEWEST:
        makes: dict[str, list[Head]] = defaultdict(list)
        for head in here:
            makes[sides.make(head)].append(head)
        some = [group for group in makes.values() if len(group) >= _FEWEST and (group[0].exact or group[0].author)]
        some = sorted(some, key=len, reverse=True)[:_MAKES]
        authored = [head for head in here if head.kind != "date"]
        if len(makes) > 1 and len(authored) >= _FEWEST:
            some.append(authored)
        for group in some:
            if sides.heads_above(group[0]) <= len(group) / 2:  # else it is a piece of something longer
                yield from _variants(sides, "dated", group)
    for recurring in (sides.names(), sides.repeated()):
        if len(recurring) >= NAMES:
            yield from _variants(sides, "lone" if recurring[0].author else "repeated", recurring)
    headings = [index for index, mark in enumerate(found) if mark.kind in HEADINGS]
    for heading in headings[-_HEADED:]:
        group = [Head(mark.line, "line", "", "", mark.line) for mark in found[heading + 1 :] if mark.kind == "prose"]
        if group and sides.prose[heading] >= _BEFORE:  # else an article's head counts its comments
            sort: Sort = "counted" if found[heading].kind == "count" else "headed"
            yield _course(sides, sort, group, 0, found[heading])


def _variants(sides: Sides, sort: Sort, group: list[Head]) -> Iterator[Course]:
    """The course of some heads; and one without the first heads, if much text follows these as it follows a byline."""
    usual = median(_gaps(sides, group))
    yield _course(sides, sort, group, 0)
    lone = sort == "lone"
    for dropped in range(1, (_OPENINGS if lone else _BYLINES) + 1):
        if len(group) - dropped < (NAMES if lone else _FEWEST):
            return
        gaps = _gaps(sides, group[dropped - 1 :])
        if lone or gaps[0] > max(2.5 * usual, 600):
            yield _course(sides, sort, group[dropped:], dropped)


def median(values: Sequence[int]) -> float:
    """The median. To import `statistics` takes longer than to read a page."""
    ranked = sorted(values)
    middle = len(ranked) // 2
    return ranked[middle] if len(ranked) % 2 else (ranked[middle - 1] + ranked[middle]) / 2


def _gaps(sides: Sides, group: Sequence[Head]) -> list[int]:
    """How much text stands between each head and the next."""
    text, place = sides.text, sides.place
    return [text[place[two.line]] - text[place[one.last] + 1] for one, two in pairwise(group)]


def _course(sides: Sides, sort: Sort, group: Sequence[Head], dropped: int, heading: Mark | None = None) -> Course:
    lone = sort == "lone"
    found, text, prose = sides.found, sides.text, sides.prose
    at = [sides.place[head.line] for head in group]
    after = [sides.place[head.last] + 1 for head in group]
    first = at[0] if heading is None else sides.place[heading.line]
    stop = text_end(found, after[-1])
    bodies = [text[end] - text[start] for start, end in zip(after, [*at[1:], stop], strict=True)]
    told_above, told = sides.within("prose", 0, first), sides.within("prose", first, stop)
    own = {head.line for head in group}
    shorts = [
        mark
        for mark in map(found.__getitem__, sides.within("short", first, stop))
        if mark.line not in sides.taken and mark.line not in own
    ]
    count = len(group)
    authors = [head.author for head in group if head.author]
    within = sides.heads_within(first, stop) if sort == "dated" else count
    size = max(text[stop] - text[first], 1)
    below = bodies[-1] < _EMPTY and first > 0 and sort in ("dated", "repeated")
    told_of: dict[str, float] = {
        "heads": log(count),
        "exact": sum(head.exact for head in group) / count,
        "authored": len(authors) / count,
        "distinct": len(set(authors)) / count,
        "says": sum(head.kind in ("says", "quote") for head in group) / count,
        "posted": sum(head.kind == "posted" for head in group) / count,
        "name_date": sum(head.kind == "name-date" for head in group) / count,
        "date": sum(head.kind == "date" for head in group) / count,
        "one_make": count / max(within, 1),
        "before": log1p(prose[first]),
        "before_lines": log1p(len(told_above)),
        "longer_above": log1p(prose[first] / max(len(told_above), 1))
        - log1p((prose[stop] - prose[first]) / max(len(told), 1)),
        "long_above": sides.long[first] / max(prose[first], 1),
        "heads_above": log1p(sides.heads_within(TOP, first)),
        "same_above": float(dropped),
        "first_line": log1p(found[0].size) if first else 0.0,
        "asks": any(sides.raw(mark).rstrip().endswith(("?", "？")) for mark in found[: min(first, 3)]),
        "heading": any(mark.kind in ANY_HEADING for mark in found[max(first - 4, 0) : first]),
        "buttons": min(len(sides.within("button", first, stop)) / count, 1.5),
        "forms": min(sum(len(sides.within(kind, first, len(found))) for kind in _FORMS), 4),
        "board": min(len(sides.of["forum"]) / count, 2.0),
        "board_above": log1p(len(sides.within("forum", 0, first))),
        "bodied": sum(body > 0 for body in bodies) / count,
        "body": log1p(median(bodies)),
        "longest": log1p(max(bodies)),
        "far": sum(max(body - _FAR, 0) for body in bodies) / size,
        "shorts": log1p(len(shorts) / count),
        "share": (prose[stop] - prose[first]) / max(prose[-1], 1),
        "below": below,
        "talk": _talk(sides, told),
        "talk_above": _talk(sides, told_above),
        "answers": _answers(sides, group, after),
        "headings": log1p(len([mark for mark in shorts if not sides.named(mark)]) / count) if lone else 0.0,
        "capitals": sum(author.isupper() for author in authors) / count if lone else 0.0,
        "plain_names": sum(" " not in author for author in authors) / count if lone else 0.0,
        "words_each": sum(len(author.split()) for author in authors) / count if lone else 0.0,
        "pairs": sum(found[i].line - found[i - 1].line == 3 for i in range(first + 1, stop)) / count if lone else 0.0,
        "announced": log1p(heading.number) if heading else 0.0,
        "of_announced": log((count + 1) / (heading.number + 1)) if heading and heading.number else 0.0,
        "pressed": sum(found[index].kind == "button" for index in at) / count,
    }
    opening = sort in ("dated", "lone") and dropped == 0 and prose[first] < _BEFORE and count >= _TALKING
    opening = opening and heading is None and bodies[0] <= max(1.5 * median(bodies), 300)
    facts = tuple(float(told_of[name]) for name in FACTS)
    return Course(sort, first, max(stop - 1, after[-1] - 1), tuple(group), below, opening, facts)


def text_end(found: Sequence[Mark], start: int) -> int:
    """Where, from a mark on, the last comment's text ends: at the page's footer, or a run of short lines."""
    shorts = 0
    for index in range(start, len(found)):
        mark = found[index]
        if mark.kind in ("footer", "forum"):
            return index - shorts
        shorts = shorts + 1 if mark.kind == "short" else 0
        if shorts == 4:
            return index - 3
    return len(found)


def _talk(sides: Sides, told: Sequence[int]) -> float:
    """How many of some marks speak to somebody, or of who speaks."""
    step = max(len(told) // _SOME, 1)
    some = told[::step]
    return sum(sides.talks(sides.found[index]) for index in some) / max(len(some), 1)


def _answers(sides: Sides, group: Sequence[Head], after: Sequence[int]) -> float:
    """How many comments begin with the name of somebody who has spoken before."""
    seen: set[str] = set()
    answers = 0
    for head, start in zip(group, after, strict=True):
        opening = sides.raw(sides.found[start])[:60].lower() if start < len(sides.found) else ""
        answers += any(word in seen for word in WORDS.findall(opening)[:4])
        seen.update(word for word in WORDS.findall(head.author.lower())[:1] if len(word) > 2)
    return answers / len(group)
