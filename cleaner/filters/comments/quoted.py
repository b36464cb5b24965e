"""Whether an article quotes what was taken for a thread, or tells it itself.

A thread at a page's end has nothing below it. What looks like its last comment, and has paragraphs more than any other
that speak to nobody, is the article again. But readers whose heads tell the time of day may write long ones as well.
Heads that say nothing but who says something introduce what an essay quotes. And two who take turns and speak to nobody
are reporters.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from cleaner.document import Document
from cleaner.filters.comments.article_like import has_signs
from cleaner.text.expressions import expression
from cleaner.text.sentences import CLOSING, STOPS
from cleaner.threads import Head, Mark, heads, marks
from cleaner.threads.sides import talks

_FEWEST = 3  # heads
_MOST = 2  # paragraphs of a comment among others as short
_TEXT = 100  # characters of what follows the last comment
_SENTENCE = expression(rf"[{STOPS}][{CLOSING}]{{0,3}}\Z")
_ADDED = expression(r"\badd(?:ed|s)\W{0,3}\Z")  # what a network writes above what its users say of each other's posts
_SPOKEN = 5  # heads of what an essay quotes, at most
_FIGURES = 50  # characters of a line below a head that may tell when, in a form that is not known
_TURNS = 5  # heads of two who take turns
_LINE = attrgetter("line")


def is_quoted(document: Document, first: int, last: int) -> bool:
    """Whether lines `first` to `last`, which nothing shows to be a thread, are voices in an article."""
    here = [head for head in heads(document) if first <= head.line <= last]
    if len(here) < _FEWEST or has_signs(document, first, last):
        return False
    inside = [mark for mark in marks(document) if here[0].line <= mark.line <= last and mark.kind in ("prose", "short")]
    starts = [bisect_right(inside, head.last, key=_LINE) for head in here]
    stops = [bisect_left(inside, head.line, key=_LINE) for head in here[1:]]
    bodies = [inside[start:stop] for start, stop in zip(starts, [*stops, len(inside)], strict=True)]
    if _are_reporters(document, here, bodies):
        return True
    return not any(head.exact for head in here) and (_goes_on(document, bodies) or _only_say(document, here, bodies))


def _goes_on(document: Document, bodies: Sequence[Sequence[Mark]]) -> bool:
    """Whether the article goes on below the last comment: in sentences that hardly speak to anybody."""
    longest = max(map(len, bodies[:-1]))
    more = bodies[-1][longest:]
    if longest > _MOST or sum(mark.size for mark in more) < _TEXT or any(mark.kind != "prose" for mark in more):
        return False
    texts = [_text(document, mark) for mark in more]
    return all(map(_SENTENCE.search, texts)) and 2 * sum(map(talks, texts)) <= len(texts)


def _only_say(document: Document, here: Sequence[Head], bodies: Sequence[Sequence[Mark]]) -> bool:
    """Whether a few heads are "Ann says:" or "Ann wrote:", and no line below most of them may tell when."""
    if len(here) > _SPOKEN or any(head.date or head.kind not in ("says", "quote") for head in here):
        return False
    said = [document.text[document.lines[head.line].start : document.lines[head.line].end].strip() for head in here]
    if not all(line.endswith((":", "：")) and not _ADDED.search(line) for line in said):
        return False
    told = [body[0] for body in bodies if body and body[0].size < _FIGURES]
    return 2 * sum(any(map(str.isdigit, _text(document, mark))) for mark in told) < len(here)


def _are_reporters(document: Document, here: Sequence[Head], bodies: Sequence[Sequence[Mark]]) -> bool:
    """Whether two take turns, and hardly speak to anybody."""
    voices = Counter(head.author.lower() for head in here)
    if len(here) < _TURNS or len(voices) != 2 or min(voices.values()) < 2 or "" in voices:
        return False
    texts = [_text(document, mark) for body in bodies for mark in body]
    return 3 * sum(map(talks, texts)) <= len(texts)


def _text(document: Document, mark: Mark) -> str:
    return document.text[document.lines[mark.line].start : document.lines[mark.line].end].strip()
