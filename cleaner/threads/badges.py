"""What stands between the name and the date of each comment and is neither: points, a language, a rank, an address."""

import re
from collections import Counter
from collections.abc import Sequence

from cleaner.text.expressions import expression

from . import words
from .buttons import fold_key
from .framed import is_handle
from .grammar import Mark

_BETWEEN = 3  # lines between name and date
_MOST = 3  # dates below such a line
_NUMBER = expression(
    rf"[-+]?\d{{1,6}}(?:[.,]\d{{1,3}})?\s?[km]?(?:\s?(?:{words.POINTS}))?|edit-\d{{1,2}}", re.IGNORECASE | re.VERBOSE
)


def badges(found: Sequence[Mark]) -> frozenset[str]:
    """What a page shows between name and date: what recurs above most dates, below a short line of another kind."""
    dates = [index for index, mark in enumerate(found) if mark.kind == "date"]
    if len(dates) < _MOST:
        return frozenset()
    told: Counter[str] = Counter()
    for index in dates:
        told.update({_kind(mark) for mark in _above(found, index)[:-1]})
    return frozenset(kind for kind, count in told.items() if kind and count >= max(_MOST, 0.6 * len(dates)))


def above_badges(found: Sequence[Mark], index: int, shown: frozenset[str]) -> int:
    """The index of the highest badge right above a mark, or of the mark itself."""
    at = index
    for mark in _above(found, index)[:_BETWEEN]:
        if _kind(mark) not in shown:
            break
        at -= 1
    return at


def _above(found: Sequence[Mark], index: int) -> list[Mark]:
    """The lines that stand close above a mark and can be a name or a badge, from below."""
    out: list[Mark] = []
    below = found[index]
    for mark in reversed(found[max(index - _BETWEEN - 1, 0) : index]):
        if below.line - mark.line > 2 or not (mark.kind == "short" or _kind(mark) in ("0", "@")):
            break
        out.append(mark)
        below = mark
    return out


def _kind(mark: Mark) -> str:
    """What is the same from comment to comment: all numbers are one, and all addresses on a network."""
    key = fold_key(mark.text)
    if is_handle(key):
        return "@"
    if _NUMBER.fullmatch(key):
        return "0"
    return key if mark.kind == "short" and key not in words.BUTTONS else ""  # posts in a list have "Follow" there
