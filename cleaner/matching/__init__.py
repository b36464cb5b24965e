"""The matcher: every span of every rule, at a cost that grows with what a document holds more than with the rules.

For each way in which a rule can match, the index says how its line begins (`table` finds these), or which literals it
cannot do without (`scan` finds them in one pass, or `fallback` without Hyperscan). Only where these stand is the exact
pattern run, on the reader's view. Its law: the spans are those of `cleaner.rules.brute_force`.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from cleaner.document import SEAMS, Document, Span
from cleaner.matching.index import index
from cleaner.matching.lines import Lines
from cleaner.matching.table import Table
from cleaner.rules import Rule

if TYPE_CHECKING:
    from cleaner.matching.sought import Row


class Finder(Protocol):
    """What looks for literals, and for rows of them: one of each set, in order."""

    def scanned(self, raw: bytes) -> bytes:
        """The bytes to look through for `raw`."""

    def hits(self, text: bytes) -> list[tuple[int, int]]:
        """Each literal in scanned bytes: its number, and the offset right after it; rows count on after literals.

        Of a row, all that may be one are told.
        """


Make = Callable[[Sequence[str], Sequence["Row"]], Finder]


class Matcher:
    """All rules, looked for at once. Building one takes milliseconds; the first time on a machine, seconds."""

    def __init__(self, rules: Sequence[Rule], finder: Make | None = None) -> None:
        self.rules = tuple(rules)
        sought = index(self.rules)
        self.always = sought.always
        self._of, self._before = sought.of, sought.before
        self._both = frozenset(sought.both)
        self._joints = [sought.joints[number] for number in sought.joint]
        self._within = [*sought.within, *((way,) for way, _ in sought.rows)]
        self._starts = Table(sought.starts, sought.begun)
        self._finder = (finder or _finder)(sought.words, [row for _, row in sought.rows])

    def spans(self, document: Document) -> list[Span]:
        """Every span of every rule, sorted; of a text that was cut, those that lie over a seam.

        Raises TimeoutError when a rule's pattern takes too long.
        """
        seams = document.memo.get(SEAMS)
        if seams is not None and not seams:
            return []
        text = self._finder.scanned(document.raw)
        lowered = text.lower()
        begun = self._starts.find(lowered)
        hits = self._finder.hits(text)
        if not hits and not begun and not self.always:
            return []
        lines = Lines(document, lowered)
        met = None if seams is None else {document.line_at(seam) for seam in seams}
        spans: list[Span] = []
        for number, place in self._candidates(begun, hits, lines):
            if met is not None and not lines.reaches(place, self.rules[number].breaks, met):
                continue
            rule = self.rules[number]
            for start, end in lines.view.matches(rule, place):
                spans.append(lines.view.span(document, rule, place, start, end))
        return sorted(spans)

    def _candidates(
        self, begun: Sequence[tuple[int, int]], hits: Sequence[tuple[int, int]], lines: Lines
    ) -> set[tuple[int, int]]:
        """Each rule with each line of the view in which a match of it may begin."""
        opened = {(way, place) for way, line in begun for place in lines.opening(line)}
        found = {(self._of[way], place) for way, place in opened if way not in self._both}
        for number, line in {(number, lines.number(end)) for number, end in hits}:
            place = lines.place(line)
            if place is None:
                continue
            for way in self._within[number]:
                first = lines.first(place, self._joints[way], self._before[way])
                both = way in self._both
                found.update(
                    (self._of[way], above) for above in range(first, place + 1) if not both or (way, above) in opened
                )
        for rule in self.always:
            found.update((rule, place) for place in range(len(lines)))
        return found


def _finder(words: Sequence[str], rows: "Sequence[Row]") -> Finder:
    try:
        from cleaner.matching.scan import Scan

        return Scan(words, rows)
    except ImportError:
        from cleaner.matching.fallback import Pieces

        return Pieces(words, rows)
