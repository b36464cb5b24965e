r"""Literals that a match cannot do without: what a scan looks for.

Nothing is taken from a rule's `keywords`, which people write and may get wrong: the literals come from the pattern.
They are in lower case, and stand in the `scanned` text of every document with a match; "\n" in them is an
end of a line.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from cleaner.matching.rarity import Rarity
from cleaner.matching.scanned import DELETED, LEADING, ODD_LETTERS, ZERO_WIDTH
from cleaner.matching.shape import Ahead, Chars, Choice, Edge, Loop, Row, Shape
from cleaner.matching.typographic import TYPOGRAPHIC

LONGEST = 12  # characters: further ones tell little
LENGTHS = (LONGEST, 7, 5)  # shorter where longer ones would be too many
MOST = 160  # literals of one rule: more cost the scan more than they tell it
ENOUGH = 2.0**-20  # hits a byte; no search for better ones
SHORT = 6  # characters: a literal is not cut shorter
RARE = 32.0  # bits: a literal is not longer than this takes
EACH = 2.0**-22  # what a literal more costs a scan, in hits a byte
_FORMS = 8  # of one character, as a dash has: more of them end a literal
_FEW_FORMS = 2  # of one character, as a colon has: more of them end a literal that is long enough
_LONG_ENOUGH = 6  # characters
_UNSURE = frozenset(" \n" + DELETED + LEADING + ZERO_WIDTH).union(*(TYPOGRAPHIC.get(mark, ()) for mark in LEADING))
_BEGUN = "\0"  # before a string that does not begin its line

Strings = frozenset[str]


class Needles(NamedTuple):
    """Literals of which every match holds at least one. `cost`: about how often other text does, in hits a byte."""

    cost: float
    words: tuple[str, ...]


def needles(part: Shape, rarity: Rarity) -> Needles | None:
    """The best such set for a pattern; None when a match needs no literal."""
    parts = part.parts if isinstance(part, Row) else (part,)
    best = min(_outer(parts, rarity), default=None)
    if best is not None and best.cost <= ENOUGH:
        return best
    return min((*_inner(parts, rarity), *((best,) if best else ())), default=None)


def _outer(parts: Sequence[Shape], rarity: Rarity) -> Iterator[Needles]:
    """What the places of a row tell."""
    before: Shape | None = None
    begun = False  # whether something that is scanned stands before on the same line
    for at, piece in enumerate(parts):
        if before is None or not _single(before):
            words = _cut(_from(parts[at:], begun), rarity)
            if words:
                yield Needles(_cost(words, rarity), words)
        before = piece
        begun = (begun or _sure(piece)) and not _crosses(piece)


def _inner(parts: Sequence[Shape], rarity: Rarity) -> Iterator[Needles]:
    """What one part alone tells, from deeper within it."""
    for piece in parts:
        if (isinstance(piece, Ahead) and piece.wanted) or (isinstance(piece, Loop) and piece.low):
            found = needles(piece.part, rarity)
            if found is not None:
                yield found
        elif isinstance(piece, Choice):
            each = [needles(branch, rarity) for branch in piece.branches]
            if all(each):
                words = tuple(sorted({word for one in each if one for word in one.words}))
                if len(words) <= MOST:
                    yield Needles(_cost(words, rarity), words)


def _cut(words: Sequence[str], rarity: Rarity) -> tuple[str, ...]:
    """The literals, each cut to what makes it rare enough: what begins alike becomes one."""
    cut = set()
    for word in words:
        sizes = (size for size in range(SHORT, len(word)) if rarity(word[:size]) >= RARE)
        cut.add(word[: next(sizes, len(word))].rstrip(" "))
    return _shortest(cut)


def _shortest(words: Collection[str]) -> tuple[str, ...]:
    """The literals without those that hold another one."""
    return tuple(sorted(word for word in words if not any(other != word and other in word for other in words)))


def _cost(words: Sequence[str], rarity: Rarity) -> float:
    return float(sum(2.0 ** -rarity(word) + EACH for word in words))


def _single(part: Shape) -> bool:
    """Whether the part is one certain character: a literal that begins after it is none of its own."""
    return isinstance(part, Chars) and part.low == part.high == 1 and len(part.ascii) < 3 and " " not in part.ascii


def _sure(part: Shape) -> bool:
    """Whether a match of the part always leaves a character in the scanned text."""
    if isinstance(part, Chars):
        return part.low > 0 and part.others is not None and _UNSURE.isdisjoint(part.ascii | part.others)
    if isinstance(part, Loop):
        return part.low > 0 and _sure(part.part)
    if isinstance(part, Choice):
        return all(map(_sure, part.branches))
    return isinstance(part, Row) and any(map(_sure, part.parts))


def _crosses(part: Shape) -> bool:
    if isinstance(part, Chars):
        return part.crosses
    if isinstance(part, Loop):
        return _crosses(part.part)
    return any(
        map(_crosses, part.branches if isinstance(part, Choice) else part.parts if isinstance(part, Row) else ())
    )


def _from(parts: Sequence[Shape], begun: bool) -> tuple[str, ...]:
    """What stands at the start of these parts: every text that matches them begins with one of the strings.

    Empty when there are too many, or one says nothing.
    """
    for length in LENGTHS:
        found = _strings(parts, length, begun)
        words = _shortest(found)
        if words and len(words) <= MOST and all(word.strip() for word in words):
            return words
    return ()


def _strings(parts: Sequence[Shape], length: int, begun: bool) -> Strings:
    done: Strings = frozenset()
    open_: Strings = frozenset([_BEGUN if begun else ""])
    for part in parts:
        longer, ended = _extended(open_, part, length)
        if len(done | longer | ended) > MOST:
            break
        done |= ended
        open_ = longer
        if not open_:
            break
    return frozenset(string.removeprefix(_BEGUN) for string in done | open_)


def _extended(open_: Strings, part: Shape, length: int) -> tuple[Strings, Strings]:
    """The strings with what the part adds to them: those that can grow further, and those that cannot."""
    ended = frozenset(string for string in open_ if len(string) >= length)
    open_ -= ended
    if not open_:
        return open_, ended
    if isinstance(part, Edge):
        if part.start:
            return frozenset(string or "\n" for string in open_), ended  # after a line break it says nothing new
        return frozenset(), ended | {string + "\n" for string in open_}
    if isinstance(part, Chars):
        longer, more = _with_chars(open_, part)
        return longer, ended | more
    if isinstance(part, Ahead):
        return open_, ended
    if isinstance(part, Loop):
        longer, more = _extended(open_, part.part, length)
        return (frozenset() if part.low else open_), ended | longer | more
    longer = frozenset()
    if isinstance(part, Choice):
        for branch in part.branches:
            more, stopped = _extended(open_, branch, length)
            longer |= more
            ended |= stopped
            if len(longer | ended) > MOST:
                break
        return longer, ended
    for piece in part.parts:
        open_, stopped = _extended(open_, piece, length)
        ended |= stopped
        if not open_ or len(open_ | ended) > MOST:
            break
    return open_, ended


def _with_chars(open_: Strings, part: Chars) -> tuple[Strings, Strings]:
    forms = _forms(part)
    if forms is None:
        return frozenset(), open_
    longer: set[str] = set()
    ended: set[str] = set()
    if len(forms) > _FEW_FORMS:
        ended = {string for string in open_ if len(string) >= _LONG_ENOUGH}
    for string in open_ - ended:
        grown = {string}
        for _ in range(min(part.low, LONGEST)):
            grown = {after for one in grown for form in forms for after in _appended(one, form)}
        if part.low == part.high:
            longer |= grown
        elif part.low == 0 and part.high == 1:
            longer.add(string)
            longer.update(after for form in forms for after in _appended(string, form))
        else:
            ended |= grown
    # After a line break come line ends and list marks in any number.
    broken = {string for string in longer if len(string) > 1 and string.endswith("\n")}
    return frozenset(longer - broken), frozenset(ended | broken)


def _appended(string: str, form: str) -> tuple[str, ...]:
    if string.endswith("\n") and len(string) > 1:
        return (string,)
    if form in DELETED or (form in LEADING and string in ("", "\n")):
        return (string,)
    if form in " \n" and (string in ("", "\n") or string.endswith(" ")):
        return (string,) if form == " " or string in ("", "\n") else (string, string[:-1] + "\n")
    return (string + form,)


@cache
def _forms(part: Chars) -> frozenset[str] | None:
    """The characters that the part may stand for in a scanned text, in lower case; None if there are too many."""
    if part.others is None:
        return None
    forms: set[str] = set()
    for char in part.ascii | part.others:
        forms |= {ODD_LETTERS.get(form, form) for form in (char.lower(), *TYPOGRAPHIC.get(char, ()))}
    forms -= set(ZERO_WIDTH)
    unsure = any(len(form) > 1 or form in "σς" for form in forms)  # a final capital sigma becomes another small one
    return None if unsure or not forms or len(forms) > _FORMS else frozenset(forms)
