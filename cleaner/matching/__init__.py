"""The matcher: every span of every rule, at a cost that hardly depends on how many rules there are.

Every rule's pattern gives literals that no match can do without (`needles`). One pass over a document's bytes looks
for all of them (`scan`, or `fallback` without Hyperscan), and only around those found is the exact pattern
run, on the reader's view. Its law: the spans are those of `cleaner.rules.brute_force`.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from cleaner.document import Document, Span
from cleaner.matching.index import index
from cleaner.matching.lines import Lines
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
        words, self._rules_of, self.always, self._joints = index(self.rules)
        self._finder = (finder or _finder)(words)

    def touches(self, raw: bytes) -> bool:
        """Whether any rule may match in a document of these bytes (UTF-8); False is certain."""
        return bool(self.always) or bool(self._finder.hits(self._finder.scanned(raw)))

    def spans(self, document: Document) -> list[Span]:
        """Every span of every rule, sorted. Raises TimeoutError when a rule's pattern takes too long."""
        text = self._finder.scanned(document.raw)
        hits = self._finder.hits(text)
        if not hits and not self.always:
            return []
        lines = Lines(document)
        spans: list[Span] = []
        for number, line in self._candidates(text, hits, lines):
            spans.extend(self._matches(document, lines, number, line))
        return sorted(spans)

    def _candidates(self, text: bytes, hits: Sequence[tuple[int, int]], lines: Lines) -> set[tuple[int, int]]:
        """Each rule with each line in which a match of it may begin."""
        found: set[tuple[int, int]] = set()
        for number, line in {(word, _line(text, end)) for word, end in hits}:
            for rule in self._rules_of[number]:
                self._reach_back(rule, line, lines, found)
        for rule in self.always:
            found.update((rule, line) for line in range(len(lines)))
        return found

    def _reach_back(self, rule: int, line: int, lines: Lines, found: set[tuple[int, int]]) -> None:
        """Adds a line, and those above it from which a match may run on into it."""
        joint = self._joints[rule]
        left = self.rules[rule].breaks
        here = lines.plain(line)
        while here is not None:
            found.add((rule, line))
            above = lines.before(line) if left else None
            if above is None:
                return
            there = lines.plain(above)
            assert there is not None
            if not joint.spans(there.text, here.text):
                return
            line, here, left = above, there, left - 1

    def _matches(self, document: Document, lines: Lines, number: int, line: int) -> Iterator[Span]:
        rule, joint = self.rules[number], self._joints[number]
        here = lines.plain(line)
        if here is None or (rule.anchored and not joint.begins(here.text)):
            return
        kept = [here]
        while len(kept) <= rule.breaks:
            below = lines.after(line)
            there = None if below is None else lines.plain(below)
            if below is None or there is None or not joint.spans(kept[-1].text, there.text):
                break
            kept.append(there)
            line = below
        view = View(document, kept)
        for start, end in view.matches(rule, 0):
            yield view.span(document, rule, 0, start, end)


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
