"""How far a match reaches over lines, and what of it is sure to be scanned."""

from collections.abc import Sequence

from cleaner.document import ZERO_WIDTH
from cleaner.matching.scanned import DELETED, LEADING
from cleaner.matching.shape import Ahead, Chars, Choice, Loop, Row, Shape
from cleaner.matching.typographic import TYPOGRAPHIC

MANY = 1 << 20  # line ends: nothing bounds them
_UNSURE = frozenset(" \n" + DELETED + LEADING + ZERO_WIDTH).union(*(TYPOGRAPHIC.get(mark, ()) for mark in LEADING))


def sure(part: Shape) -> bool:
    """Whether a match of the part always leaves a character in the scanned text."""
    if isinstance(part, Chars):
        return part.low > 0 and part.others is not None and _UNSURE.isdisjoint(part.ascii | part.others)
    if isinstance(part, Loop):
        return part.low > 0 and sure(part.part)
    if isinstance(part, Choice):
        return all(map(sure, part.branches))
    return isinstance(part, Row) and any(map(sure, part.parts))


def may_be_empty(part: Shape) -> bool:
    """Whether a match of the part may be no character at all."""
    if isinstance(part, Chars):
        return part.low == 0
    if isinstance(part, Loop):
        return part.low == 0 or may_be_empty(part.part)
    if isinstance(part, Choice):
        return any(map(may_be_empty, part.branches))
    return not isinstance(part, Row) or all(map(may_be_empty, part.parts))


def inside(part: Shape) -> Sequence[Shape]:
    """What a part is made of; nothing for the smallest ones."""
    if isinstance(part, Choice):
        return part.branches
    if isinstance(part, Row):
        return part.parts
    return (part.part,) if isinstance(part, Loop | Ahead) else ()


def crosses(part: Shape) -> bool:
    """Whether a match of the part may run over a line end."""
    if isinstance(part, Chars):
        return part.crosses
    if isinstance(part, Loop):
        return crosses(part.part)
    return any(map(crosses, part.branches if isinstance(part, Choice) else part.parts if isinstance(part, Row) else ()))


def breaks(part: Shape, ahead: bool = False) -> int:
    """How many line ends a match of the part may run over, or `ahead`, look over; `MANY` where nothing bounds it."""
    if isinstance(part, Chars):
        return (MANY if part.high is None else part.high) if part.crosses else 0
    if isinstance(part, Loop):
        return min(MANY, breaks(part.part, ahead) * (MANY if part.high is None else part.high))
    if isinstance(part, Choice):
        return max(breaks(branch, ahead) for branch in part.branches)
    if isinstance(part, Ahead):
        return breaks(part.part, ahead) if ahead else 0
    return sum(breaks(piece, ahead) for piece in part.parts) if isinstance(part, Row) else 0


def longest(part: Shape) -> int:
    """How many characters a match of the part may have, with those that it looks ahead at; `MANY` if nothing tells."""
    if isinstance(part, Chars):
        return MANY if part.high is None else part.high
    if isinstance(part, Loop):
        return min(MANY, longest(part.part) * (MANY if part.high is None else part.high))
    if isinstance(part, Choice):
        return max(map(longest, part.branches))
    return min(MANY, sum(map(longest, inside(part))))


def lead(parts: Sequence[Shape]) -> tuple[int, bool]:
    """How many line ends may come before the first character that is sure to be scanned; whether there is one."""
    ends_before = 0
    for part in parts:
        if isinstance(part, Choice):
            each = [lead((branch,)) for branch in part.branches]
            more, ends = max(lead for lead, _ in each), all(sure for _, sure in each)
        elif isinstance(part, Row):
            more, ends = lead(part.parts)
        elif isinstance(part, Loop) and part.low:
            more, ends = lead((part.part,))
            more = more if ends else breaks(part)
        else:
            ends = sure(part)
            more = 0 if ends else breaks(part)
        ends_before += more
        if ends:
            return ends_before, True
    return ends_before, False
