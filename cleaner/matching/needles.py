"""Literals that a match cannot do without: what a search for candidates looks for first.

Nothing is taken from a rule's `keywords`, which people write and may get wrong: the literals come from the pattern.
"""

import math
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from cleaner.matching.scanned import DELETED, ODD_LETTERS, ZERO_WIDTH
from cleaner.matching.shape import Chars, Choice, Edge, Loop, Shape
from cleaner.matching.typographic import TYPOGRAPHIC

LONGEST = 8  # a literal's further bytes tell little
# What a raw text may hold in another form. A capital sigma becomes one of two small ones, depending on what follows.
_UNSURE = frozenset((*DELETED, *ZERO_WIDTH, *TYPOGRAPHIC, "σ", "ς"))
_MOST = 400  # more alternatives than this are no help
# How often a letter stands in text of the languages with Latin letters, in bits of surprise.
_BITS = {
    **dict.fromkeys("etaoinsr", 3.7),
    **dict.fromkeys("hdlcum", 4.8),
    **dict.fromkeys("fpgwybv", 5.8),
    **dict.fromkeys("kxjqz", 8.0),
}
_COMMON = frozenset(
    """this that with from have they will your what when their there which about would these other into more than some
    time could been were said also first article author after before just like only over such here information please
    people where most make many read website story published page news click free comment content following""".split()
)


class Needles(NamedTuple):
    """Literals, in lower case, of which every match holds at least one; `score` says how rare the commonest is."""

    score: float
    words: frozenset[str]


def needles(part: Shape) -> Needles | None:
    """The best such set for a part; None when a match needs no literal."""
    return _best(_runs(part))


def _best(found: Iterable[Needles]) -> Needles | None:
    return max(found, key=lambda one: (one.score, sorted(one.words)), default=None)


def _runs(part: Shape) -> list[Needles]:
    if isinstance(part, Chars):
        char = sure(part)
        return [] if char is None or part.low == 0 else [_scored({char * min(part.low, LONGEST)})]
    if isinstance(part, Edge):
        return []
    if isinstance(part, Loop):
        return _runs(part.part) if part.low else []
    if isinstance(part, Choice):
        sets = [_best(_runs(branch)) for branch in part.branches]
        words = {word for one in sets if one for word in one.words}
        return [_scored(words)] if all(sets) and len(words) <= _MOST else []
    found: list[Needles] = []
    run = ""
    for piece in part.parts:
        char = sure(piece)
        if char is not None and isinstance(piece, Chars) and piece.low == piece.high:
            run += char * piece.low
            continue
        if run:
            found.append(_scored({run}))
        run = ""
        found.extend(_runs(piece))
    if run:
        found.append(_scored({run}))
    return found


def sure(part: Shape) -> str | None:
    """The one character, in lower case, that the part stands for however it is written; None if there are several."""
    if not isinstance(part, Chars) or part.others is None or part.low == 0:
        return None
    chars = part.ascii | part.others
    lowered = {char.lower() for char in chars} - {low for odd in ODD_LETTERS for low in (odd, odd.lower())}
    if len(lowered) != 1:
        return None
    char = lowered.pop()
    return None if len(char) > 1 or char.isspace() or char in _UNSURE else char


def _scored(words: set[str]) -> Needles:
    return Needles(min(map(rarity, words)) - math.log2(len(words)) / 2, frozenset(words))


@cache
def rarity(word: str) -> float:
    """How many bits of surprise a literal holds, at most those of LONGEST bytes."""
    bits = [_BITS.get(char, 6.0 if char < "\x80" else 5.0 * len(char.encode()) / 2) for char in word]
    best = max(sum(bits[at : at + LONGEST]) for at in range(max(len(bits) - LONGEST, 0) + 1))
    return best - 12 if word in _COMMON else best
