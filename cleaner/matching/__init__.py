"""The matcher: every span of every rule, at a cost that hardly depends on how many rules there are.

One pass over a document's bytes finds where rules may match (`scan`, or `fallback` without Hyperscan); only
there the exact pattern is run, on the reader's view. Its law: the spans are those of `cleaner.rules.brute_force`.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from cleaner.document import Document, Span
from cleaner.matching.scanned import scanned
from cleaner.rules import Rule, View


class Finder(Protocol):
    """What tells where rules may match. `always`: the rules it cannot look for."""

    always: tuple[int, ...]

    def hits(self, text: bytes) -> set[tuple[int, int]]:
        """(rule, offset of a byte within the match's lines) for `scanned` bytes."""


class Matcher:
    """All rules, looked for at once. Building one takes milliseconds, or seconds for rules new to this machine."""

    def __init__(self, rules: Sequence[Rule], finder: Finder | None = None) -> None:
        self.rules = tuple(rules)
        self.finder = finder or _finder(self.rules)

    def touches(self, raw: bytes) -> bool:
        """Whether any rule may match in a document of these bytes (UTF-8); False is certain."""
        return bool(self.finder.always) or bool(self.finder.hits(scanned(raw)))

    def spans(self, document: Document) -> list[Span]:
        """Every span of every rule, sorted. Raises TimeoutError when a rule's pattern takes too long."""
        text = scanned(document.text.encode("utf-8", "surrogatepass"))
        hits = self.finder.hits(text)
        if not hits and not self.finder.always:
            return []
        view = View.of(document)
        if not view.lines:
            return []
        starts = [line.start for line in view.lines]
        lines = document.lines
        wanted: set[tuple[int, int]] = set()
        for number, offset in hits:
            last = bisect_right(starts, lines[text.count(b"\n", 0, offset)].start) - 1
            wanted.update((number, line) for line in range(max(last - self.rules[number].breaks, 0), last + 1))
        wanted.update((number, line) for number in self.finder.always for line in range(len(view.lines)))
        spans = []
        for number, line in wanted:
            rule = self.rules[number]
            for start, end in view.matches(rule, line):
                spans.append(view.span(document, rule, line, start, end))
        return sorted(spans)


def _finder(rules: Sequence[Rule]) -> Finder:
    try:
        from cleaner.matching.scan import Scan

        return Scan(rules)
    except ImportError:
        from cleaner.matching.fallback import Pieces

        return Pieces(rules)
