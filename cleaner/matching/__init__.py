"""The matcher: every span of every rule, at a cost that hardly depends on how many rules there are.

Every rule's pattern gives literals that no match can do without (`needles`). One pass over a document's bytes looks
for all of them (`scan`, or `fallback` without Hyperscan), and only around those found is the exact pattern
run, on the reader's view. Its law: the spans are those of `cleaner.rules.brute_force`.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from cleaner.document import Document, Span
from cleaner.matching.index import index
from cleaner.rules import Rule, View


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
        words, self._rules_of, self.always = index(self.rules)
        self._finder = (finder or _finder)(words)

    def touches(self, raw: bytes) -> bool:
        """Whether any rule may match in a document of these bytes (UTF-8); False is certain."""
        return bool(self.always) or bool(self._finder.hits(self._finder.scanned(raw)))

    def spans(self, document: Document) -> list[Span]:
        """Every span of every rule, sorted. Raises TimeoutError when a rule's pattern takes too long."""
        text = self._finder.scanned(document.text.encode("utf-8", "surrogatepass"))
        hits = self._finder.hits(text)
        if not hits and not self.always:
            return []
        view = View.of(document)
        starts = [line.start for line in view.lines]
        lines = document.lines
        wanted: set[tuple[int, int]] = set()
        for word, end in hits:
            inside = end - (text[end - 1] == 10)
            last = bisect_right(starts, lines[text.count(b"\n", 0, inside) - 1].start) - 1
            for number in self._rules_of[word]:
                wanted.update((number, line) for line in range(max(last - self.rules[number].breaks, 0), last + 1))
        wanted.update((number, line) for number in self.always for line in range(len(view.lines)))
        spans = []
        for number, first, last in _blocks(sorted(wanted)):
            rule = self.rules[number]
            for line, start, end in view.matches_among(rule, first, last):
                spans.append(view.span(document, rule, line, start, end))
        return sorted(spans)


def _blocks(wanted: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(rule, first line, last line) for every run of lines that one rule is wanted in."""
    at = 0
    while at < len(wanted):
        stop = at + 1
        while stop < len(wanted) and wanted[stop] == (wanted[at][0], wanted[stop - 1][1] + 1):
            stop += 1
        yield wanted[at][0], wanted[at][1], wanted[stop - 1][1]
        at = stop


def _finder(words: Sequence[str]) -> Finder:
    try:
        from cleaner.matching.scan import Scan

        return Scan(words)
    except ImportError:
        from cleaner.matching.fallback import Pieces

        return Pieces(words)
