"""What may stand around a line break within a match: most line ends of prose cannot lie in any match of a rule."""

from collections.abc import Iterable, Sequence

from cleaner.matching.lines import Joint
from cleaner.matching.shape import Ahead, Chars, Choice, Edge, Loop, Shape

WIDE = "\x80"  # stands for every character that is not ASCII
_ALL = frozenset(map(chr, range(129)))
_NONE: frozenset[str] = frozenset()
_ODD = frozenset("iIkKsS")  # which letters outside of ASCII match, too

Set = frozenset[str]


def joint(parts: Sequence[Shape]) -> Joint:
    """What a row allows."""
    walk = _Walk()
    _, first, last = walk.row(parts)
    walk.follow(_ALL, first)  # a break may be the first or the last character matched
    walk.follow(last, _ALL)
    return Joint(_bits(walk.before), _bits(walk.after))


def _bits(chars: Iterable[str]) -> int:
    return sum(1 << ord(char) for char in chars)


class _Walk:
    """Collects what stands next to line breaks on the way through a tree."""

    def __init__(self) -> None:
        self.before: Set = _NONE
        self.after: Set = _NONE

    def follow(self, last: Set, first: Set) -> None:
        """Notes that one of `first` may come right after one of `last`."""
        if "\n" in first:
            self.before |= last
        if "\n" in last:
            self.after |= first

    def part(self, part: Shape) -> tuple[bool, Set, Set]:
        """Whether a part may match nothing, and the characters it may begin and end with."""
        if isinstance(part, Chars):
            wide = part.others is None or part.others or not _ODD.isdisjoint(part.ascii)
            chars = part.ascii | ({WIDE} if wide else _NONE)
            if part.high != 1:
                self.follow(chars, chars)
            return part.low == 0, chars, chars
        if isinstance(part, Edge):
            return True, _NONE, _NONE
        if isinstance(part, Loop):
            nullable, first, last = self.part(part.part)
            self.follow(last, first)
            return nullable or part.low == 0, first, last
        if isinstance(part, Choice):
            walked = [self.part(branch) for branch in part.branches]
            return any(one[0] for one in walked), _union(one[1] for one in walked), _union(one[2] for one in walked)
        if isinstance(part, Ahead):  # within a loop or a choice; nothing of it is in the match
            _, first, last = self.row((part.part,))
            self.follow(last, _ALL)
            return True, first, last
        return self.row(part.parts)

    def row(self, parts: Iterable[Shape]) -> tuple[bool, Set, Set]:
        """The same for parts one after the other."""
        empty, firsts, lasts = True, _NONE, _NONE
        for part in parts:
            nullable, first, last = self.part(part)
            self.follow(lasts, first)
            if isinstance(part, Edge):
                self.follow(lasts, _ALL)  # an end of a line is sought on either side of the break
            elif isinstance(part, Ahead):
                self.follow(last, _ALL)
                continue
            firsts = firsts | first if empty else firsts
            lasts = lasts | last if nullable else last
            empty = empty and nullable
        return empty, firsts, lasts


def _union(sets: Iterable[Set]) -> Set:
    return frozenset().union(*sets)
