"""The single comments of a thread: who wrote each, when, where its text runs, and how deep it answers."""

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from cleaner.document import Document

from .bylined import named, signed
from .cards import card_heads
from .grammar import ANY_HEADING, Kind, Mark, marks
from .heads import Head, heads_among
from .search import Thread


class Comment(NamedTuple):
    """One reader's comment: lines first to last (inclusive), its text in body_first to body_last.

    `author` and `date` are what the page shows, or empty; `depth` counts how deep it answers, 0 where nothing tells.
    A comment without text has body_last < body_first.
    """

    first: int
    last: int
    author: str
    date: str
    body_first: int
    body_last: int
    depth: int = 0


_SIGNED = 3  # heads that tell whether they stand below their comments
_OUTSIDE: frozenset[Kind] = ANY_HEADING | {"form"}


def split(document: Document, thread: Thread) -> list[Comment]:
    """The comments of a thread, in order: by heads, else by numbers, buttons, recurring names or double blank lines."""
    inside = [mark for mark in marks(document) if thread.first <= mark.line <= thread.last]
    here = [head for head in heads_among(inside) if head.kind != "date" or head.exact]
    cards = card_heads(inside, document)
    if len(cards) >= _SIGNED:
        return _comments(inside, cards)
    if len(here) < 2:
        here = _bylined(inside, document) or _numbers(inside) or _after_buttons(inside) or _names(inside) or here
    return _comments_above(inside, here) if _stand_below(inside, here) else _comments(inside, here)


def _stand_below(inside: Sequence[Mark], here: Sequence[Head]) -> bool:
    """Whether each head stands below its comment: nothing is said below the last one."""
    if len(here) < _SIGNED or any(head.kind in _BODY_IN_HEAD for head in here):
        return False
    after = (mark.kind for mark in inside if mark.line > here[-1].last)
    return not any(kind in ("prose", "short") for kind in takewhile(lambda kind: kind not in _OUTSIDE, after))


def _comments_above(inside: Sequence[Mark], here: Sequence[Head]) -> list[Comment]:
    """The comments above their heads; the first head's own one may have been left with the article."""
    out = []
    position = 0
    for head in here:
        body: list[Mark] = []
        while position < len(inside) and inside[position].line <= head.last:
            mark = inside[position]
            position += 1
            if mark.line < head.line and (body or mark.kind not in (*_OUTSIDE, "button")):
                body.append(mark)
        first, last = (body[0].line, body[-1].line) if body else (head.line, head.line - 1)
        out.append(Comment(first, head.last, head.author, head.date, first, last))
    return out


def _comments(inside: Sequence[Mark], here: Sequence[Head]) -> list[Comment]:
    indents = sorted({head.indent for head in here})
    out = []
    position = 0
    for number, head in enumerate(here):
        stop = here[number + 1].line if number + 1 < len(here) else inside[-1].line + 1
        while position < len(inside) and inside[position].line < head.line:
            position += 1
        last, body_first, body_last = head.last, head.last + 1, head.last
        while position < len(inside) and inside[position].line < stop:
            mark = inside[position]
            if mark.kind in _OUTSIDE and mark.line > head.last:
                break
            last = mark.line
            if (mark.line > head.last or head.kind in _BODY_IN_HEAD) and mark.kind != "button":
                body_first = mark.line if body_last < body_first else body_first
                body_last = mark.line
            position += 1
        depth = indents.index(head.indent) if len(indents) <= 12 else 0
        out.append(Comment(head.line, last, head.author, head.date, body_first, body_last, depth))
    return out


_BODY_IN_HEAD = ("number", "after-button", "blank", "named")  # kinds of heads whose own line is text


def _bylined(inside: Sequence[Mark], document: Document) -> list[Head]:
    """Comments that begin with a name, or are signed with one, where most do."""
    texts = sum(mark.kind == "prose" for mark in inside)
    for heads in (named(inside, document), signed(inside, document)):
        if len(heads) >= _SIGNED and len(heads) > texts / 2:
            return heads
    return []


def _numbers(inside: Sequence[Mark]) -> list[Head]:
    """Comments that a list numbers, in rising order: a list inside a comment starts anew and doesn't count."""
    out: list[Head] = []
    previous = 0
    for mark in inside:
        if previous < mark.number <= previous + 12 and mark.kind in ("prose", "short"):
            previous = mark.number
            kind = "number" if mark.kind == "prose" else "name"
            out.append(Head(mark.line, kind, mark.author, "", mark.line, mark.indent))
    return out if len(out) >= 2 else []


def _after_buttons(inside: Sequence[Mark]) -> list[Head]:
    """Comments that end in a reply button each."""
    out: list[Head] = []
    fresh = True
    for index, mark in enumerate(inside):
        if mark.kind in _OUTSIDE or mark.kind == "button":
            fresh = True
        elif fresh:
            fresh = False
            named = mark.kind == "short" and index + 1 < len(inside) and inside[index + 1].kind == "prose"
            kind, author = ("name", mark.author) if named else ("after-button", "")
            out.append(Head(mark.line, kind, author, "", mark.line, mark.indent))
    return out if sum(mark.kind == "button" for mark in inside) >= 2 else []


def _names(inside: Sequence[Mark]) -> list[Head]:
    """Comments below lone names that recur, and, where the name is missing, below two blank lines."""
    counts = Counter(mark.text for mark in inside if mark.kind == "short")
    out: list[Head] = []
    for index, mark in enumerate(inside):
        blanks = mark.line - inside[index - 1].line - 1 if index else 1
        if mark.kind == "short" and (counts[mark.text] >= 2 or _speaks_once(inside, index)):
            out.append(Head(mark.line, "name", mark.text, "", mark.line, mark.indent))
        elif blanks >= 2 and not (out and out[-1].kind == "name" and out[-1].line == inside[index - 1].line):
            out.append(Head(mark.line, "blank", "", "", mark.line, mark.indent))
    return out


def _speaks_once(inside: Sequence[Mark], index: int) -> bool:
    """Whether a short line that does not recur can be a name: a word or three, one blank line, and a text."""
    mark = inside[index]
    if index + 1 == len(inside) or mark.text.count(" ") > 2:
        return False
    below, gap = inside[index + 1], mark.line - inside[index - 1].line if index else 2
    return below.kind == "prose" and below.line - mark.line == 2 and gap >= 2
