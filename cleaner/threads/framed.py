"""What frames each comment of a thread besides its head: a picture's text, a letter or a name above, figures below."""

import re
from collections.abc import Sequence
from itertools import pairwise

from cleaner.text.expressions import expression

from . import words
from .buttons import fold_key
from .grammar import Mark

_PICTURE = expression(
    rf"(?:{words.PICTURES})(?!\w)|.{{2,48}}'s\s(?:avatar|profile\s(?:picture|photo))\Z", re.IGNORECASE | re.VERBOSE
)
_PINNED = expression(rf"(?:{words.PINNED})(?:\s(?:{words.BY})\s.{{1,40}})?", re.IGNORECASE | re.VERBOSE)
_HANDLE = expression(r"@\w[\w.-]{1,30}(?:@[\w.-]{3,40})?")
_FIGURES = expression(r"\d{1,6}(?:[.,]\d{1,3})?\s?[km]?", re.IGNORECASE)
_LINES = 3  # above a head that lead up to it
_ROW = 4  # figures below a comment
_APART = 2  # lines from one to the next


def is_handle(text: str) -> bool:
    """Whether a text is an address on a network: "@ann@example.org"."""
    return _HANDLE.fullmatch(text) is not None


def is_picture(mark: Mark, below: Mark) -> bool:
    """Whether a line is the text of a picture of whoever is named right below it."""
    named = (
        below.kind == "short" and 0 < below.line - mark.line <= _APART and fold_key(below.text) == fold_key(mark.author)
    )
    return named and _PICTURE.match(mark.text) is not None


def initialled(found: Sequence[Mark], index: int) -> Mark | None:
    """The name shortly above a date that has its own first letter, instead of a picture, on the line above it."""
    for at in range(index - 1, max(index - 1 - _LINES, 0), -1):
        name, letter = found[at], found[at - 1].text
        if name.kind != "short" or found[at + 1].line - name.line > _APART:
            return None
        if len(letter) == 1 and letter.isalpha() and name.text[:1].lower() == letter.lower() and len(name.text) > 1:
            return name
    return None


def first_led(found: Sequence[Mark], named: Sequence[tuple[int, str]], first: int) -> int:
    """The index from which lines lead up to a thread's first head as they do to most others, or pin it to the top.

    `named` has the indexes of all heads, with the names.
    """
    usual = sorted(_leading(found, index, author) for index, author in named[1:])
    first -= min(_leading(found, *named[0]), usual[len(usual) // 2]) if usual else 0
    above = found[first - 1] if first else None
    pinned = above and found[first].line - above.line <= _APART and _PINNED.fullmatch(above.text)
    return first - 1 if pinned else first


def has_figures(found: Sequence[Mark], indexes: Sequence[int]) -> bool:
    """Whether most comments end in a row of as many figures: buttons with a count and no word."""
    rows = [_row(found, one + 1, two) for one, two in pairwise(indexes)]
    return len(rows) > 1 and any(rows.count(length) >= 0.8 * len(rows) for length in range(1, _ROW + 1))


def _row(found: Sequence[Mark], start: int, stop: int) -> int:
    """How many lines of a figure each stand at the end of a range of marks, what leads up to a head aside."""
    while stop > start and not _FIGURES.fullmatch(found[stop - 1].text) and _PICTURE.match(found[stop - 1].text):
        stop -= 1
    row = 0
    while stop - row > start and _FIGURES.fullmatch(found[stop - row - 1].text):
        row += 1
    return row


def _leading(found: Sequence[Mark], index: int, author: str) -> int:
    """How many lines right above a head lead up to it."""
    count = 0
    while count < min(_LINES, index) and _leads(found[index - count - 1], found[index - count], fold_key(author)):
        count += 1
    return count


def _leads(mark: Mark, below: Mark, author: str) -> bool:
    key = fold_key(mark.text)
    if below.line - mark.line > _APART or not key:
        return False
    own = len(key) == 1 and key.isalpha() and author.startswith(key)
    return own or key == author or is_handle(key) or _PICTURE.match(key) is not None
