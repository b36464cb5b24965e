"""A document as its readers see it: plain lines, blank ones gone, joined by one line feed each.

Rules are searched in it. It is made as a whole, since a rule looks at several lines: but not before it is asked for.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from cleaner.document import SEAMS, Document, Span, is_blank
from cleaner.rules import Rule, SlowRuleError
from cleaner.text.plain import SIGNS, Plain, plain, reading


class View:
    """The lines that a reader sees, numbered by `place`: `numbers[place]` is the line of the document."""

    def __init__(self, document: Document, signs: Collection[str] = SIGNS) -> None:
        """`signs`: those of `cleaner.text.plain.SIGNS` that the text may hold."""
        text = document.text
        self._document = document
        self._signs = signs
        if "\r" in text:
            self.raw = [text[start:end] for start, end, _ in document.lines]
        else:
            self.raw = text.split("\n")
        if not signs:
            self.numbers = [number for number, line in enumerate(self.raw) if line]
        else:  # nearly all lines begin with a letter of ASCII, and are asked no more
            self.numbers = [
                number
                for number, line in enumerate(self.raw)
                if line and ("@" < line[0] < "\x7f" or not is_blank(line))
            ]
        self._lines: dict[int, Plain] = {}
        self._raw_starts: list[int] | None = None

    def __len__(self) -> int:
        return len(self.numbers)

    def line(self, place: int) -> Plain:
        """How a line reads; its offsets count from the line's own start."""
        found = self._lines.get(place)
        if found is None:
            found = self._lines[place] = plain(self.raw[self.numbers[place]])
        return found

    @cached_property
    def whole(self) -> str:
        """How all lines read, each between line feeds."""
        raw = self.raw
        lines = raw if len(raw) == len(self.numbers) else [raw[number] for number in self.numbers]
        return f"\n{reading(lines, self._signs)}\n" if lines else "\n"

    @cached_property
    def starts(self) -> list[int]:
        """Where each line begins in `whole`; one more than there are lines."""
        if not self.numbers:
            return [1]
        return list(accumulate([len(line) + 1 for line in self.whole[1:-1].split("\n")], initial=1))

    def text(self, first: int, last: int) -> str:
        """How lines `first` to `last`, inclusive, read."""
        return self.whole[self.starts[first] : self.starts[last + 1] - 1]

    def matches(self, rule: Rule, place: int, last: int | None = None) -> Sequence[tuple[int, int]]:
        """Where `rule` matches beginning in line `place`: ranges from that line's start, from left to right.

        A match runs on into line `last` at most: by default as many lines on as the pattern has spaces.
        Raises SlowRuleError for a search that takes too long.
        """
        starts = self.starts
        if last is None:
            last = min(place + rule.breaks, len(self) - 1)
        return self.found(rule, place, self.whole, starts[place], starts[place + 1] - 1, starts[last + 1] - 1)

    def found(self, rule: Rule, place: int, text: str, start: int, opens: int, end: int) -> Sequence[tuple[int, int]]:
        """Where `rule` matches in text[start:end], counted from `start`: what reads from line `place` on.

        A match begins at `opens` at most. Raises SlowRuleError for a search that takes too long.
        """
        try:
            return _matches(rule, text, start, opens, end)
        except TimeoutError:
            # in a later round, the text was cut already, and its lines have other numbers than the reader sees
            line = f"line {self.numbers[place] + 1} of " if SEAMS not in self._document.memo else ""
            what = f"rule {rule.code} took more than {rule.timeout:g} s on {line}{self._document.id}"
            raise SlowRuleError(what) from None

    def span(self, rule: Rule, place: int, start: int, end: int) -> Span:
        """The span of the document that `rule` asks for when it matched there, as `matches` tells it."""
        if rule.scope == "line":  # nearly all: from the line's start up to the next line that is not blank
            last = bisect_right(self.starts, self.starts[place] + end - 1)
            high = self._start(last) if last < len(self) else len(self._document.text)
            return Span(self._start(place), high, rule.code, rule.reason, rule.score)
        return self._inside(rule, place, start, end)

    def _inside(self, rule: Rule, place: int, start: int, end: int) -> Span:
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
        if self._raw_starts is None:
            if "\r" in self._document.text:
                self._raw_starts = [line.start for line in self._document.lines]
            else:
                self._raw_starts = list(accumulate([len(line) + 1 for line in self.raw], initial=0))
        return self._raw_starts[self.numbers[place]]


def _with_markup_before(line: Plain, index: int) -> int:
    """The raw offset of a match's first character, with the markup that opens right before it."""
    if line.offsets is None or index == 0:
        return line.raw(index)
    before = line.offsets[index - 1] + 1
    return before if line.text[index - 1] != " " else line.raw(index)


def _matches(rule: Rule, text: str, start: int, opens: int, end: int) -> Sequence[tuple[int, int]]:
    if rule.anchored:  # nowhere else on the line can it match
        match = rule.expression.match
        # To pass `timeout=None` takes longer than the rest of the call.
        found = match(text, start, end) if rule.timeout is None else match(text, start, end, timeout=rule.timeout)
        return () if found is None or found.end() == start else ((0, found.end() - start),)
    spans = []
    at = start
    while at <= opens:
        found = rule.expression.search(text, at, end, timeout=rule.timeout)
        if found is None or found.start() > opens:
            break
        if found.end() > found.start():
            spans.append((found.start() - start, found.end() - start))
        at = max(found.end(), found.start() + 1)
    return spans


def brute_force(rules: Iterable[Rule], document: Document) -> list[Span]:
    """Every span of every rule, by searching every rule from every line: slow, and the measure of the fast ways.

    Raises SlowRuleError for a search that takes too long.
    """
    view = View(document)
    lines = [view.line(place).text for place in range(len(view))]
    spans = []
    for rule in rules:
        for place, line in enumerate(lines):
            text = "\n".join(lines[place : place + rule.breaks + 1])
            for start, end in view.found(rule, place, text, 0, len(line), len(text)):
                spans.append(view.span(rule, place, start, end))
    return sorted(spans)
