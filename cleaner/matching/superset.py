"""From a pattern's tree to a byte pattern for Hyperscan which hits at least where the rule matches.

It is matched against `scanned` bytes, without Hyperscan's UTF8 and UCP flags, which make compiling slow and
large rulesets impossible: characters outside of ASCII become their bytes, with all their cases.
"""

from collections.abc import Iterable
from typing import NamedTuple

from cleaner.matching.needles import LONGEST, needles, sure
from cleaner.matching.scanned import DELETED, ZERO_WIDTH
from cleaner.matching.shape import NOTHING, Chars, Choice, Edge, Loop, Row, Shape, join
from cleaner.matching.typographic import TYPOGRAPHIC

BUDGET = 120  # states a pattern may cost
MOST = 8  # longer counts cost Hyperscan states and say little
_SPACES = {*range(0x09, 0x0E), *range(0x1C, 0x21)} - {0x0A}
_HIGH = set(range(0x80, 0x100))
_LEAD = set(b"#>+|-")  # with white space and non-ASCII bullets: what a view hides at a line's start
_ON_LINE = _SPACES | _HIGH
_BETWEEN_LINES = _ON_LINE | _LEAD | {0x0A}


_GONE = frozenset(DELETED + ZERO_WIDTH)


def superset(tree: Shape, budget: int = BUDGET) -> bytes | None:
    """A byte pattern of which every match of the tree holds a match; None when it would match anywhere."""
    part = _trim(_trim(_shrunk(tree, budget).part, -1), 0)
    return _render(part) if _holds_text(part) else None


def _weight(part: Shape) -> int:
    """About how many states a part costs Hyperscan."""
    if isinstance(part, Chars):
        each = 2 if part.others or not TYPOGRAPHIC.keys().isdisjoint(part.ascii) else 1
        return each * min(part.high or 1, MOST)
    if isinstance(part, Edge):
        return 1
    if isinstance(part, Loop):
        return _weight(part.part)
    return sum(map(_weight, part.branches if isinstance(part, Choice) else part.parts))


class _Cut(NamedTuple):
    """A part that finds a whole; `before` and `after` say whether text of the whole may stand on that side of it."""

    part: Shape
    before: bool = False
    after: bool = False


def _shrunk(part: Shape, budget: int) -> _Cut:
    """The part cut down to what finds its matches: its rarest literals and as much around them as the budget allows."""
    if _weight(part) <= budget:
        return _Cut(part)
    if isinstance(part, Choice):
        cuts = [_shrunk(branch, budget // len(part.branches)) for branch in part.branches]
        whole = Choice(tuple(cut.part for cut in cuts))
        return _Cut(whole, any(cut.before for cut in cuts), any(cut.after for cut in cuts))
    if isinstance(part, Loop):
        return _shrunk(part.part, budget)._replace(before=True, after=True) if part.low else _Cut(NOTHING, True, True)
    if isinstance(part, Chars):
        return _Cut(part._replace(low=min(part.low, 1), high=None))
    if isinstance(part, Edge):
        return _Cut(part)
    return _shrunk_row(_units(part.parts), budget)


def _shrunk_row(units: list[Shape], budget: int) -> _Cut:
    if len(units) == 1:
        word = units[0]
        assert isinstance(word, Row)
        return _Cut(Row(word.parts[:LONGEST]), after=len(word.parts) > LONGEST)
    first = last = _anchor(units)
    cut = _shrunk(units[first], budget)
    kept, spent = [cut.part], _weight(cut.part)
    before, after = cut.before, cut.after
    while not (before and after):
        if not after:
            after = last + 1 == len(units) or spent + _weight(units[last + 1]) > budget
            if not after:
                last += 1
                kept.append(units[last])
                spent += _weight(units[last])
        if not before:
            before = first == 0 or spent + _weight(units[first - 1]) > budget
            if not before:
                first -= 1
                kept.insert(0, units[first])
                spent += _weight(units[first])
    return _Cut(join(kept), cut.before or first > 0, cut.after or last + 1 < len(units))


def _units(parts: tuple[Shape, ...]) -> list[Shape]:
    """The parts, with the characters of each literal put together."""
    units: list[Shape] = []
    word: list[Shape] = []
    for part in (*parts, NOTHING):
        if sure(part) is not None:
            word.append(part)
            continue
        if word:
            units.append(join(word))
        word = []
        if part != NOTHING:
            units.append(part)
    return units


def _anchor(units: list[Shape]) -> int:
    """The place of the unit with the rarest literals; without any, the first that takes up text at all."""
    scores = [found.score if (found := needles(unit)) else -1000.0 + _holds_text(unit) for unit in units]
    return scores.index(max(scores))


def _holds_text(part: Shape) -> bool:
    """Whether every match consumes a byte of a line."""
    if isinstance(part, Chars):
        return part.low > 0 and not part.crosses and _GONE.isdisjoint(part.ascii | (part.others or frozenset()))
    if isinstance(part, Loop):
        return part.low > 0 and _holds_text(part.part)
    if isinstance(part, Choice):
        return all(map(_holds_text, part.branches))
    return isinstance(part, Row) and any(map(_holds_text, part.parts))


def _trim(part: Shape, side: int) -> Shape:
    """The part without what may be missing at its end (side -1) or start (side 0), so that a hit is reported once."""
    if isinstance(part, Chars):
        return part._replace(low=1, high=1) if _holds_text(part) else NOTHING
    if isinstance(part, Loop):
        return _trim(part.part, side) if part.low else NOTHING
    if isinstance(part, Choice):
        branches = tuple(_trim(branch, side) for branch in part.branches)
        return Choice(branches) if all(map(_holds_text, branches)) else NOTHING
    if isinstance(part, Edge):
        return part
    parts = list(part.parts)
    while parts:
        outer = _trim(parts[side], side)
        idle = isinstance(outer, Edge) and len(parts) > 1 and _takes_any_line(parts[-2 if side else 1])
        if not idle and outer != NOTHING:
            parts[side] = outer
            break
        parts.pop(side)
    return join(parts)


def _takes_any_line(part: Shape) -> bool:
    return isinstance(part, Chars) and part.others is None and len(part.ascii) >= 127


def _render(part: Shape) -> bytes:
    if isinstance(part, Chars):
        return _chars(part)
    if isinstance(part, Edge):
        return b"^" + _class(_ON_LINE | _LEAD) + b"*" if part.start else _class(_ON_LINE) + b"*$"
    if isinstance(part, Loop):
        inner = _render(part.part)
        return b"(?:" + inner + (b")+" if part.low else b")*") if inner else b""
    if isinstance(part, Choice):
        rendered = sorted({_render(branch) for branch in part.branches})
        some = b"|".join(filter(None, rendered))
        return b"(?:" + some + (b")" if rendered[0] else b")?") if some else b""
    return b"".join(map(_render, part.parts))


def _chars(part: Chars) -> bytes:
    ascii_, others = part.ascii, part.others
    low = 0 if not _GONE.isdisjoint(ascii_) or (others and not _GONE.isdisjoint(others)) else min(part.low, MOST)
    single = {ord(char) for char in ascii_ - _GONE}
    wide: set[str] = set() if others is None else set(others - _GONE)
    for char in ascii_:
        wide |= TYPOGRAPHIC.get(char, frozenset())
    if part.crosses or " " in ascii_ or others is None:
        single |= _BETWEEN_LINES if part.crosses else _HIGH if " " not in ascii_ else _ON_LINE
        return _class(single) + (b"+" if low else b"*")
    if not wide:
        return _class(single) + _count(low, part.high) if single else b""
    sequences = [_class(single)] if single else []
    for length in (2, 3, 4):
        columns = list(map(set, zip(*(one for char in wide if len(one := char.encode()) == length), strict=True)))
        if columns:
            sequences.append(b"".join(map(_class, columns)))
    return b"(?:" + b"|".join(sequences) + b")" + _count(low, part.high)


def _count(low: int, high: int | None) -> bytes:
    if high is None or high > MOST:
        return (b"*", b"+")[low] if low < 2 else b"{%d,}" % low
    if low == high == 1:
        return b""
    return b"?" if (low, high) == (0, 1) else b"{%d,%d}" % (low, high)


def _class(members: Iterable[int]) -> bytes:
    codes = sorted(members)
    if len({bytes([code]).lower() for code in codes}) == 1:
        return _escape(bytes([codes[-1]]))
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return b"[" + b"".join(_range(first, last) for first, last in ranges) + b"]"


def _range(first: int, last: int) -> bytes:
    return _escape(bytes([first])) if first == last else _escape(bytes([first])) + b"-" + _escape(bytes([last]))


def _escape(sequence: bytes) -> bytes:
    return b"".join(bytes([byte]) if chr(byte).isalnum() and byte < 128 else b"\\x%02x" % byte for byte in sequence)
