"""The lines of a document around a few of its bytes."""

from bisect import bisect_left
from itertools import accumulate

from cleaner.document import Document
from cleaner.matching.joint import Joint
from cleaner.rules import View


class Lines:
    """A document's view, and where its lines, blank ones left out, stand in the scanned text."""

    def __init__(self, document: Document, text: bytes) -> None:
        """`text` is the scanned text of the document, in lower case."""
        self.view = View.of(document)
        self._numbers = self.view.numbers
        self._lines = [line.text for line in self.view.lines]
        self._scanned = text
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split(b"\n"))]

    def __len__(self) -> int:
        return len(self._lines)

    def place(self, number: int) -> int | None:
        """Which line of the view raw line `number` is; None for a blank one."""
        place = bisect_left(self._numbers, number)
        return place if place < len(self._numbers) and self._numbers[place] == number else None

    def first(self, place: int, joint: Joint, most: int) -> int:
        """The highest of the lines, `most` above this one, from which a match may run on into it."""
        lines = self._lines
        while most and place and joint.spans(lines[place - 1], lines[place]):
            place -= 1
            most -= 1
        return place

    def last(self, place: int, joint: Joint, most: int) -> int:
        """The lowest of the lines, `most` below this one, into which a match may run on from it."""
        lines = self._lines
        while most and place + 1 < len(lines) and joint.spans(lines[place], lines[place + 1]):
            place += 1
            most -= 1
        return place

    def scanned(self, first: int, last: int) -> bytes:
        """The scanned text of some lines of the view, both inclusive, with their ends; `last` may be too high."""
        last = min(last, len(self._numbers) - 1)
        return self._scanned[self._starts[self._numbers[first] + 1] - 1 : self._starts[self._numbers[last] + 2]]
