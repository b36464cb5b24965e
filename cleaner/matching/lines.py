"""The lines of a document around a few of its bytes."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from itertools import accumulate
from typing import NamedTuple

from cleaner.plain import fold
from cleaner.view import View

_EVERY = (1 << 129) - 1
# With letters and digits, what a reader sees at the edge of a line if the raw text has it there: no mark that may be
# hidden, and no end of a link.
_PLAIN = frozenset("\"'.,:;?…“”‘’")


class Joint(NamedTuple):
    """Characters of a reader's view: those before and after a line break in a match, as bits of a number each.

    Bit n is the ASCII character n, bit 128 any other one.
    """

    before: int
    after: int


def bit(char: str) -> int:
    """The bit of a character; of none, and of a space, which the break may have swallowed, all of them."""
    return 1 << min(ord(char), 128) if char and char != " " else _EVERY


class Lines:
    """A document's view, and where its lines, blank ones left out, stand in the scanned text."""

    def __init__(self, view: View, text: bytes) -> None:
        """`text` is the scanned text of the document."""
        self.view = view
        self._numbers = view.numbers
        self._meets: dict[int, tuple[int, int]] = {}
        self._scanned = text  # begins with a line end, so that its second line is raw line 0
        self._starts = [0, *accumulate([len(line) + 1 for line in text.split(b"\n")])]

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, end: int) -> int:
        """The raw line of the last character before `end`, an offset of the scanned text."""
        last = end - 1 - (self._scanned[end - 1] == ord("\n"))
        return bisect_right(self._starts, last) - 2

    def place(self, number: int) -> int | None:
        """Which line of the view raw line `number` is; None for a blank one."""
        place = bisect_left(self._numbers, number)
        return place if place < len(self._numbers) and self._numbers[place] == number else None

    def opening(self, number: int) -> Iterator[int]:
        """Where a match may begin that is first scanned on raw line `number`: there, or above it where nothing is."""
        place = self.place(number)
        while place is not None:
            yield place
            place = place - 1 if place and self._is_unscanned(place - 1) else None

    def first(self, place: int, joint: Joint, most: int) -> int:
        """The highest of the lines, `most` above this one, from which a match may run on into it."""
        lowest = max(place - most, 0)
        before, after = joint
        while place > lowest:
            end, start = self._meets.get(place) or self._met(place)
            if not (end & before and start & after):
                break
            place -= 1
        return place

    def last(self, place: int, joint: Joint, most: int) -> int:
        """The lowest of the lines, `most` below this one, into which a match may run on from it."""
        highest = min(place + most, len(self._numbers) - 1)
        before, after = joint
        while place < highest:
            end, start = self._meets.get(place + 1) or self._met(place + 1)
            if not (end & before and start & after):
                break
            place += 1
        return place

    def _met(self, place: int) -> tuple[int, int]:
        """The bits on both sides of the line end above: a match goes on over it where its joint has both."""
        view = self.view
        above, below = view.raw[self._numbers[place - 1]][-1], view.raw[self._numbers[place]][0]
        above = fold(above) if above.isalnum() or above in _PLAIN else view.line(place - 1).text[-1:]
        below = fold(below) if below.isalnum() or below in _PLAIN else view.line(place).text[:1].strip()
        met = self._meets[place] = bit(above), bit(below)
        return met

    def reaches(self, place: int, most: int, numbers: Collection[int]) -> bool:
        """Whether a match that begins here, and runs over `most` line ends at most, can lie on one of the raw lines."""
        last = self._numbers[min(place + most, len(self._numbers) - 1)]
        return any(self._numbers[place] <= number <= last for number in numbers)

    def _is_unscanned(self, place: int) -> bool:
        number = self._numbers[place] + 1
        return self._starts[number + 1] - self._starts[number] == 1
