"""Posts of a board below an article: each with a card that tells who wrote it, and since when and how often.

On a board's own pages the first post has such a card, too, and what it says is what the page is for. Here an article
stands above all of them, and a line that leads from it to the board.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cleaner.document import Document
from cleaner.text.expressions import Caseless, expression
from cleaner.text.sentences import STOPS

from . import words
from .authors import is_name
from .buttons import fold_key
from .edges import article_size, beginning
from .grammar import Mark
from .heads import Head
from .sides import talks

_SURE, _HALF = 0.94, 0.5  # the scores below a line that leads to a board, and without one
_CARDS, _PEOPLE = 3, 2
_BEFORE = 800  # characters of article above
_LINES = 4  # lines of a card above what a board tells: number, date, name, rank
_LEADING = 3  # lines above the first card that may lead to the board
_LONG = 60  # characters of a line of a card; of one that leads to a board twice as many
_LEAST, _LEFT = 3, 800  # lines that the last post may have, and characters of sentences below it that are an article's
_TALK = 0.4  # of what is said below floors, that talks to somebody: shops have floors, too
_RANK = r"(?:[^:：\n·|]{1,24}\s?[·|]\s?)?"  # "Newbie · Posts: 12"
_POSTS = Caseless(rf"{_RANK}(?:{words.POSTS})\s?[:：]\s?\d[\d.,'\u00a0\s]{{0,9}}\Z", re.VERBOSE)
_FACT = Caseless(rf"{_RANK}(?:{words.MEMBERS})\s?[:：]\s?\S", re.VERBOSE)
_BOARD = Caseless(rf"(?:{words.BOARDS})", re.VERBOSE)
_SENTENCE = expression(rf"[{STOPS}]\W{{0,3}}\Z")
_MAY_TELL = expression("[:：樓楼층]")
_FLOOR = expression(r"#?\d{1,4}\s?[樓楼층]")  # which comment it is, where they are counted like floors
_NUMBER = expression(r"#?\s?\d{1,5}\s?[.楼樓#]?|\W+")
_TEXTS = ("prose", "short")


class Card(NamedTuple):
    """A card: marks from index `first` to `last`, and who wrote the post below it."""

    first: int
    last: int
    author: str


def carded_thread(
    told: Sequence[Card], found: Sequence[Mark], document: Document
) -> tuple[int, int, float, tuple[str, ...]] | None:
    """First line, last line, score and evidence of posts with these cards below an article; None if none are."""
    if len(told) < _CARDS or len({fold_key(card.author) for card in told}) < _PEOPLE:
        return None
    first = told[0].first
    if article_size(found[:first], document) < _BEFORE:
        return None
    start = next((at for at in range(max(first - _LEADING, 0), first) if _leads(found[at], document)), first)
    ends = [card.first for card in told[1:]]
    said = [found[one.last + 1 : end] for one, end in zip(told, ends, strict=False)]
    said.append(_last_post(found, told[-1].last + 1, max(_LEAST, *map(len, said))))
    stop = told[-1].last + 1 + len(said[-1])
    if 2 * sum(any(mark.kind in _TEXTS for mark in body) for body in said) < len(told):
        return None
    if article_size(found[stop:], document) >= _LEFT:  # a list of people within it
        return None
    floors = sum(map(_is_floor, found[first:stop]))
    again = len({fold_key(card.author) for card in told}) < len(told)  # no shop stands on two floors
    sure = start < first or (floors >= _CARDS and again and _talk(said, document) >= _TALK)
    return (
        found[start].line,
        found[stop - 1].line,
        _SURE if sure else _HALF,
        (f"{len(told)} cards of a board's members",),
    )


def _last_post(found: Sequence[Mark], start: int, most: int) -> Sequence[Mark]:
    """What the last card stands above: as much as the longest of the others has, or what comes before a page's end."""
    stop = next((at for at in range(start, len(found)) if found[at].kind == "footer"), len(found))
    return found[start : min(stop, start + most)]


def _talk(said: Sequence[Sequence[Mark]], document: Document) -> float:
    """How much of what is said talks to somebody."""
    texts = [beginning(mark, document) for body in said for mark in body if mark.kind in _TEXTS]
    return sum(map(talks, texts)) / max(len(texts), 1)


def has_members_first(told: Sequence[Card], found: Sequence[Mark], document: Document) -> bool:
    """Whether the cards of members begin before there is an article: then their posts are what the page is for."""
    return len(told) >= _CARDS and article_size(found[: told[0].first], document) < _BEFORE


def cards(found: Sequence[Mark], document: Document) -> list[Card]:
    """The cards among some marks, in order."""
    if sum(mark.size <= _LONG and _MAY_TELL.search(mark.text) is not None for mark in found) < _CARDS:
        return []  # what tells for sure takes longer to make ready than most texts are worth
    out: list[Card] = []
    at = 0
    while at < len(found):
        if not _tells(found[at], document):
            at += 1
            continue
        last = at
        while last + 1 < len(found) and _tells(found[last + 1], document):
            last += 1
        first = at
        if _is_floor(found[at]):
            last = min(max(last, at + 1), len(found) - 1)  # "3樓", and the name below it
        else:
            above = out[-1].last + 1 if out else 0
            while first > max(above, at - _LINES) and _is_short(found[first - 1], document):
                first -= 1
        if not any(_POSTS.begins(beginning(mark, document)) or _is_floor(mark) for mark in found[at : last + 1]):
            at = last + 1
            continue
        names = [text for mark in found[first : last + 1] if (text := _name(mark, document))]
        if names:
            out.append(Card(first, last, names[0]))
        at = last + 1
    return out


def card_heads(found: Sequence[Mark], document: Document) -> list[Head]:
    """The cards as the heads of comments."""
    return [
        Head(
            found[card.first].line, "card", card.author, _date(found[card.first : card.last + 1]), found[card.last].line
        )
        for card in cards(found, document)
    ]


def _date(lines: Sequence[Mark]) -> str:
    return next((mark.date for mark in lines if mark.exact), "")


def _tells(mark: Mark, document: Document) -> bool:
    """Whether a line tells how often, since when or from where somebody writes on a board."""
    text = beginning(mark, document)
    return mark.size <= _LONG and (_POSTS.begins(text) or _FACT.begins(text) or _is_floor(mark))


def _is_floor(mark: Mark) -> bool:
    return _FLOOR.fullmatch(mark.text) is not None


def _is_short(mark: Mark, document: Document) -> bool:
    """Whether a line may be one of a card's."""
    return mark.kind != "prose" and mark.size <= _LONG and not _leads(mark, document)


def _leads(mark: Mark, document: Document) -> bool:
    """Whether a line leads from an article to a board: no sentence does that says something of one."""
    text = beginning(mark, document)
    return mark.size <= 2 * _LONG and _SENTENCE.search(text) is None and _BOARD.is_in(text)


def _name(mark: Mark, document: Document) -> str:
    """The name that a line of a card is, or nothing."""
    text = beginning(mark, document)
    told = mark.date or _NUMBER.fullmatch(mark.text) or _tells(mark, document)
    return text if not told and is_name(text) else ""
