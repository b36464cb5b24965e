"""A document as its readers see it: plain lines, blank ones gone, joined by one line feed each.

Rules are searched in it. Few lines of a document are ever looked at, so each is made when it is asked for.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from cleaner.document import SEAMS, Document, Span, is_blank
from cleaner.plain import Plain, plain
from cleaner.rules import Rule, SlowRuleError


class View:
    """The lines that a reader sees, numbered by `place`: `numbers[place]` is the line of the document."""

    def __init__(self, document: Document) -> None:
        text = document.text
        self._document = document
        if "\r" in text:
            self.raw = [text[start:end] for start, end, _ in document.lines]
        else:
            self.raw = text.split("\n")
        # Nearly all lines begin with a letter of ASCII, and are asked no more.
        self.numbers = [
            number for number, line in enumerate(self.raw) if line and ("@" < line[0] < "\x7f" or not is_blank(line))
        ]
        self._lines: dict[int, Plain] = {}
        self._starts: list[int] | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    def line(self, place: int) -> Plain:
        """How a line reads; its offsets count from the line's own start."""
        found = self._lines.get(place)
        if found is None:
            found = self._lines[place] = plain(self.raw[self.numbers[place]])
        return found

    def text(self, first: int, last: int) -> str:
        """How lines `first` to `last`, inclusive, read."""
        return "\n".join([self.line(place).text for place in range(first, last + 1)])

    def matches(self, rule: Rule, place: int, last: int | None = None) -> Iterator[tuple[int, int]]:
        """Where `rule` matches beginning in line `place`: ranges from that line's start, from left to right.

        A match runs on into line `last` at most: by default as many lines on as the pattern has spaces.
        Raises SlowRuleError for a search that takes too long.
        """
        if last is None:
            last = min(place + rule.breaks, len(self) - 1)
        first = self.line(place).text
        text = self.text(place, last) if last > place else first
        try:
            if rule.anchored:  # nowhere else on the line can it match
                found = rule.expression.match(text, timeout=rule.timeout)
                if found is not None and found.end() > 0:
                    yield found.span()
                return
            at = 0
            while at <= len(first):
                found = rule.expression.search(text, at, timeout=rule.timeout)
                if found is None or found.start() > len(first):
                    return
                if found.end() > found.start():
                    yield found.span()
                at = max(found.end(), found.start() + 1)
        except TimeoutError:
            # of a text that was cut already the line is another one than its reader knows
            line = f"line {self.numbers[place] + 1} of " if SEAMS not in self._document.memo else ""
            what = f"rule {rule.code} took more than {rule.timeout:g} s on {line}{self._document.id}"
            raise SlowRuleError(what) from None

    def span(self, rule: Rule, place: int, start: int, end: int) -> Span:
        """The span of the document that `rule` asks for when it matched there, as `matches` tells it."""
        first = last = self.line(place)
        low = self._start(place) + _with_markup_before(first, start)
        while end > len(last.text) + 1:
            end -= len(last.text) + 1
            place += 1
            last = self.line(place)
        high = self._start(place) + last.raw(min(end, len(last.text)))
        low, high = self._document.widen(low, max(high, low + 1), rule.scope)
        return Span(low, high, rule.code, rule.reason, rule.score)

    def _start(self, place: int) -> int:
        if self._starts is None:
            if "\r" in self._document.text:
                self._starts = [line.start for line in self._document.lines]
            else:
                self._starts = [0, *accumulate(len(line) + 1 for line in self.raw)]
        return self._starts[self.numbers[place]]


def _with_markup_before(line: Plain, index: int) -> int:
    """The raw offset of a match's first character, with the markup that opens right before it."""
    if line.offsets is None or index == 0:
        return line.raw(index)
    before = line.offsets[index - 1] + 1
    return before if line.text[index - 1] != " " else line.raw(index)


def brute_force(rules: Iterable[Rule], document: Document) -> list[Span]:
    """Every span of every rule, by searching every rule from every line: slow, and the measure of the fast ways."""
    view = View(document)
    return sorted(
        view.span(rule, place, start, end)
        for rule in rules
        for place in range(len(view))
        for start, end in view.matches(rule, place)
    )
