"""The lines of a document around a few of its bytes."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from cleaner.rules.view import View

_LINE_END = ord("\n")
_GOING_ON = bytes(range(0x80, 0xC0))  # with which no character begins
_FAR = 4096  # bytes of a line: what stands farther on is as far as that


class Joint(NamedTuple):
    """Characters of a reader's view: those before and after a line break in a match, as bits of a number each.

    Bit n is the ASCII character n, bit 128 any other one.
    """

    before: int
    after: int


class Heads:
    """Beginnings of scanned lines in lower case, each after a line feed; none of them begins with another one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted([word.encode() for word in words])
        self._size = max(map(len, self._words))  # bytes
        # What the first character of such a line begins with, in either case; nothing where that may be any byte.
        firsts = {word[1:2] for word in self._words}
        self._firsts = frozenset() if b"" in firsts else frozenset(b"".join(firsts) + b"".join(firsts).upper())

    def begin(self, text: bytes, start: int) -> bool:
        """Whether the line that begins at an offset of the text begins with one of them."""
        if self._firsts and text[start] not in self._firsts:
            return False
        head = text[start - 1 : start - 1 + self._size].lower()
        place = bisect_right(self._words, head)  # the last that is not greater is the only one that can
        return place > 0 and head.startswith(self._words[place - 1])


_WIDE = 1 << 128
# A space may have been swallowed by the break, and where a line reads as nothing at all, anything may stand beyond it.
_BITS = {chr(code): 1 << code for code in range(128)} | dict.fromkeys(" \n", (1 << 129) - 1)


class Lines:
    """A document's view, and where its lines, which blank ones are none of, stand in the scanned text."""

    def __init__(self, view: View, text: bytes, met: Sequence[int] | None = None) -> None:
        """`text` is the scanned text of the document; `met`, sorted, raw lines of which a match has to meet one."""
        self._view = view
        self._scanned = text
        self._is_ascii = text.isascii()
        starts = list(accumulate(map(len, text.splitlines(keepends=True))))  # of raw lines, and the end of the text
        self._starts = list(map(starts.__getitem__, view.numbers))
        # The bits on both sides of each line end, of the one above a line first: a match goes on over it where its
        # joint has both. Over those above and below all lines nothing goes on.
        whole, begins = view.whole, view.starts[1:-1]
        self.ends = [0, *[_BITS.get(whole[start - 2], _WIDE) for start in begins], 0]
        self.begun = [0, *[_BITS.get(whole[start], _WIDE) for start in begins], 0]
        # Of each line, the one that a match which begins there must run on into, at least.
        self.cut = met is not None
        self.due = [0] * len(self._starts) if met is None else [self._due(number, met) for number in view.numbers]

    def __len__(self) -> int:
        return len(self._starts)

    def _due(self, number: int, met: Sequence[int]) -> int:
        """The first line that lies at or below the first of `met` that is not above a raw line."""
        at = bisect_left(met, number)
        numbers = self._view.numbers
        return bisect_left(numbers, met[at]) if at < len(met) else len(numbers)

    def place(self, end: int) -> int:
        """The line on which what ends at an offset of the scanned text was found; -1 for the line end above all."""
        return bisect_left(self._starts, end) - 1

    def opening(self, place: int) -> Sequence[int]:
        """Where a match may begin that is first scanned on a line: there, or above it where nothing is."""
        first = place
        while first > 0 and self._scanned[self._starts[first - 1]] == _LINE_END:
            first -= 1
        return range(first, place + 1)

    def begins(self, place: int, heads: Heads) -> bool:
        """Whether what is scanned first of a match that begins in this line begins with one of these."""
        while self._scanned[self._starts[place]] == _LINE_END and place + 1 < len(self._starts):
            place += 1
        return heads.begin(self._scanned, self._starts[place])

    def first(self, place: int, before: int, after: int, most: int) -> int:
        """The highest of the lines, `most` above this one, from which a match may run on into it.

        `before` and `after`: the characters on both sides of a line end within it, as in a Joint.
        """
        lowest = max(place - most, 0)
        while place > lowest and self.ends[place] & before and self.begun[place] & after:
            place -= 1
        return place

    def seen(self, place: int, end: int) -> int:
        """How many characters of this line a reader sees, at least, before `end`, an offset there of the scanned text.

        No scanned character is hidden from a reader. A line end stands for any place on its line.
        """
        if self._scanned[end - 1] == _LINE_END:
            return 0
        start = self._starts[place]
        if self._is_ascii:
            return end - start - 1
        return len(self._scanned[start : min(end, start + _FAR)].translate(None, _GOING_ON)) - 1

    def within(self, place: int, above: int, anchored: bool) -> int:
        """The highest line in which a match may begin of which `above` characters or fewer stand above this line."""
        starts = self._view.starts
        least = starts[place] - above
        return bisect_left(starts, least) if anchored else bisect_left(starts, least + 1) - 1
