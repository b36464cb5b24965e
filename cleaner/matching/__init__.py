"""The matcher: every span of every rule, at a cost that hardly depends on how many rules there are.

Every rule's pattern gives literals that no match can do without (`needles`). One pass over a document's bytes looks
for all of them (`scan`, or `fallback` without Hyperscan), and only around those found is the exact pattern
run, on the reader's view. Its law: the spans are those of `cleaner.rules.brute_force`.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from cleaner.document import Document, Span
from cleaner.matching.index import index
from cleaner.matching.lines import Lines
from cleaner.matching.starts import Table
from cleaner.rules import Rule


class Finder(Protocol):
    """What looks for literals."""

    def scanned(self, raw: bytes) -> bytes:
        """The bytes to look through for `raw`."""

    def hits(self, text: bytes) -> list[tuple[int, int]]:
        """Each literal in scanned bytes: its number, and the offset right after it."""


class Matcher:
    """All rules, looked for at once. Building one takes milliseconds, or seconds for rules new to this machine."""

    def __init__(self, rules: Sequence[Rule], finder: Callable[[Sequence[str]], Finder] | None = None) -> None:
        self.rules = tuple(rules)
        sought = index(self.rules)
        self.always = sought.always
        self._of, self._within, self._both = sought.of, sought.within, set(sought.both)
        self._joints = [sought.joints[number] for number in sought.joint]
        self._before, self._breaks = sought.before, sought.breaks
        self._besides = [
            tuple(tuple(word.encode() for word in words) for words in besides) for besides in sought.besides
        ]
        self._starts = Table(sought.starts, sought.begun)
        self._finder = (finder or _finder)(sought.words)

    def touches(self, raw: bytes) -> bool:
        """Whether any rule may match in a document of these bytes (UTF-8); False is certain."""
        text = self._finder.scanned(raw)
        return bool(self.always) or bool(self._starts.find(text.lower())) or bool(self._finder.hits(text))

    def spans(self, document: Document) -> list[Span]:
        """Every span of every rule, sorted. Raises TimeoutError when a rule's pattern takes too long."""
        text = self._finder.scanned(document.raw)
        lowered = text.lower()
        begun = self._starts.find(lowered)
        hits = self._finder.hits(text)
        if not hits and not begun and not self.always:
            return []
        lines = Lines(document, lowered)
        spans: list[Span] = []
        for number, place in self._candidates(text, begun, hits, lines):
            rule = self.rules[number]
            for start, end in lines.view.matches(rule, place):
                spans.append(lines.view.span(document, rule, place, start, end))
        return sorted(spans)

    def _candidates(
        self, text: bytes, begun: Sequence[tuple[int, int]], hits: Sequence[tuple[int, int]], lines: Lines
    ) -> set[tuple[int, int]]:
        """Each rule with each line of the view in which a match of it may begin."""
        ways: set[tuple[int, int]] = set()
        for word, line in {(word, _line(text, end)) for word, end in hits}:
            place = lines.place(line)
            if place is None:
                continue
            for way in self._within[word]:
                first = lines.first(place, self._joints[way], self._before[way])
                ways.update((way, above) for above in range(first, place + 1))
        opened = {(way, place) for way, line in begun if (place := lines.place(line)) is not None}
        ways = {one for one in ways if one[0] not in self._both or one in opened}
        ways.update(one for one in opened if one[0] not in self._both)
        found = {(self._of[way], place) for way, place in ways if self._holds(way, place, lines)}
        for rule in self.always:
            found.update((rule, place) for place in range(len(lines)))
        return found

    def _holds(self, way: int, place: int, lines: Lines) -> bool:
        """Whether all that a match needs stands in the lines that it may run over."""
        besides = self._besides[way]
        if not besides:
            return True
        most = self._breaks[way]
        text = lines.scanned(place, place + most)
        if not all(any(word in text for word in words) for words in besides):
            return False
        if not most:
            return True
        text = lines.scanned(place, lines.last(place, self._joints[way], most))
        return all(any(word in text for word in words) for words in besides)


def _line(text: bytes, end: int) -> int:
    """The line of the last character before `end` of a scanned text, which begins with the end of a line."""
    return text.count(b"\n", 0, end - (text[end - 1] == 10)) - 1


def _finder(words: Sequence[str]) -> Finder:
    try:
        from cleaner.matching.scan import Scan

        return Scan(words)
    except ImportError:
        from cleaner.matching.fallback import Pieces

        return Pieces(words)
