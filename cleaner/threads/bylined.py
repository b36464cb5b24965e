"""Comments without heads: the name begins the line that the comment begins with, or stands below what was said.

A play and an interview have such lines, too, and a column of letters is signed. What tells readers' comments apart is
a heading that counts them or says whose they are; below any other heading, and below none, this is half a witness.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cleaner.document import Document
from cleaner.text.expressions import Caseless, expression

from . import words
from .authors import is_name
from .buttons import fold_key
from .edges import article_size, beginning
from .grammar import HEADINGS, SURE_HEADINGS, Kind, Mark
from .heads import Head
from .sides import talks

_TEXTS: frozenset[Kind] = frozenset({"prose", "short", "quote", "says"})
_ENDS: frozenset[Kind] = frozenset({"footer", "form", "form-heading"})
_BEFORE = 800  # characters of article above
_FEWEST, _MANY = 3, 6  # comments below a heading, and below none
_PEOPLE, _CROWD = 3, 4  # who speak
_ABOVE = 0.2  # of the article's lines, that look as if they did
_TALK = 0.4  # of what is said, that talks to somebody
_LAST = 2  # headings that are looked at, the last ones
_NEAR = 3  # marks between a heading and the first comment
# The scores below a heading that counts comments or says whose they are, below any other one, and below none.
_COUNTED, _HEADED, _HALF = 0.94, 0.85, 0.5
_READERS = Caseless(words.READERS, re.VERBOSE)
_NAMED = expression(
    r"(?:#?\d{1,4}[.):]?\s)?(?:\[(?P<boxed>[^\[\]\n]{2,40})\]\s?|(?P<name>[^\W_][^:：>|–—\[\]\n]{0,44}?)"
    r"(?:\s?(?:wrote|writes|says|said|schreibt|schrieb|sagt|dit|dice|dijo|disse|ha scritto)?\s?[:：]|\s[>|–—-])\s?)"
    r"(?=\S)"
)
_QUOTED = expression(r"\A(?:[^:：\n]{1,60}[:：]\s?)?[\"“„«‘「]")
_SIGNED = expression(r"(?:[–—~/-]{1,2}\s?|\()?(?P<name>[^\W_][^\n]{0,46}?)\)?\Z")


def bylined_thread(found: Sequence[Mark], document: Document) -> tuple[int, int, float, tuple[str, ...]] | None:
    """First line, last line, score and evidence of such a thread; None when the document has none."""
    headings = [index for index, mark in enumerate(found) if mark.kind in HEADINGS]
    for heading in headings[: -_LAST - 1 : -1]:
        for way in _WAYS:
            thread = _below(found, document, way, heading + 1, _FEWEST, _PEOPLE)
            if thread is not None and thread.near <= _NEAR:
                named = _READERS.is_in(beginning(found[heading], document))
                sure = found[heading].kind in SURE_HEADINGS or (named and _is_talk(found, document, thread))
                return found[heading].line, thread.last, _COUNTED if sure else _HEADED, (thread.told,)
    for way in _WAYS:
        thread = _anywhere(found, document, way)
        if thread is not None:
            return thread.first, thread.last, _HALF, (thread.told,)
    return None


class _Found(NamedTuple):
    """Lines that such comments fill, how many marks stand above the first, and the evidence in words."""

    first: int
    last: int
    near: int
    told: str


def _anywhere(found: Sequence[Mark], document: Document, way: "Way") -> _Found | None:
    """Comments below no heading: where so many people speak, and to somebody, from one place on until the end."""
    start = _thickest(found, {head.line for head in way.heads(found, document)}, way)
    thread = _below(found, document, way, max(start - way.body, 0), _MANY, _CROWD)
    if thread is None or thread.near or not _is_talk(found, document, thread):
        return None
    return thread


def _thickest(found: Sequence[Mark], named: set[int], way: "Way") -> int:
    """The mark from which on most lines name somebody, until the end."""
    best = total = 0.0
    start = len(found)
    for index in range(len(found) - 1, -1, -1):
        if found[index].kind in _TEXTS:
            total += 1 - way.share if found[index].line in named else -way.share
        if total > best:
            best, start = total, index
    return start


def _is_talk(found: Sequence[Mark], document: Document, thread: _Found) -> bool:
    """Whether so much of what is said there talks to somebody, and is not quoted, as an article quotes people."""
    said = [
        beginning(mark, document) for mark in found if thread.first <= mark.line <= thread.last and mark.kind == "prose"
    ]
    quoted = sum(_QUOTED.search(text) is not None for text in said)
    return 2 * quoted < len(said) and sum(map(talks, said)) >= _TALK * len(said)


def _below(
    found: Sequence[Mark], document: Document, way: "Way", start: int, fewest: int, people: int
) -> _Found | None:
    """What stands from mark `start` on, when most of its lines, and few above, name who speaks."""
    stop = next((at for at in range(start, len(found)) if found[at].kind in _ENDS), len(found))
    above, below = ([mark for mark in part if mark.kind in _TEXTS] for part in (found[:start], found[start:stop]))
    if not below or article_size(above, document) < _BEFORE:
        return None
    heads = way.heads(found[start:stop], document)
    if len(heads) < max(fewest, way.share * len(below)) or len({fold_key(head.author) for head in heads}) < people:
        return None
    if len(way.heads(found[:start], document)) > _ABOVE * len(above):
        return None
    near = next(at for at, mark in enumerate(below) if mark.line == heads[0].line) - way.body
    return _Found(below[0].line, below[-1].line, max(near, 0), f"{len(heads)} {way.told}")


def named(found: Sequence[Mark], document: Document) -> list[Head]:
    """The lines among some marks that begin with who says what follows, as heads."""
    heads = []
    for mark in found:
        if mark.kind not in _TEXTS:
            continue
        told = _NAMED.match(beginning(mark, document))
        author = (told["boxed"] or told["name"]).strip() if told else ""
        if author and author.count(" ") < 5 and is_name(author):
            heads.append(Head(mark.line, "named", author, "", mark.line, mark.indent))
    return heads


def signed(found: Sequence[Mark], document: Document) -> list[Head]:
    """The lines among some marks that are a name below a text, where another text or nothing follows, as heads."""
    heads = []
    for index, mark in enumerate(found):
        if mark.kind != "short" or index == 0 or found[index - 1].kind != "prose":
            continue
        if index + 1 < len(found) and found[index + 1].kind not in ("prose", "button"):
            continue
        told = _SIGNED.match(beginning(mark, document))
        if told and is_name(told["name"]):
            heads.append(Head(mark.line, "signed", told["name"].strip(), "", mark.line, mark.indent))
    return heads


class Way(NamedTuple):
    """A way to name who speaks: what finds it, the share of lines that do, in words, and lines of text above one."""

    heads: Callable[[Sequence[Mark], Document], list[Head]]
    share: float
    told: str
    body: int


_WAYS = (
    Way(named, 0.6, "lines that begin with a name", 0),
    Way(signed, 0.3, "names between what was said", 1),
)
