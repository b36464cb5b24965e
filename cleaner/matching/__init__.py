"""The matcher: every span of every rule, at a cost that grows with what a document holds more than with the rules.

For each way in which a rule can match, the index says how its line begins, or which literals it cannot do without;
`scan` finds them all in one pass, or `fallback` without Hyperscan. Only where these stand is the exact pattern run, on
the reader's view. Its law: the spans are those of `cleaner.view.brute_force`.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cleaner.document import SEAMS, Document, Span
from cleaner.matching.index import index
from cleaner.matching.lines import Joint, Lines
from cleaner.rules import Rule
from cleaner.view import View

if TYPE_CHECKING:
    from cleaner.matching.sought import Row


class Finder(Protocol):
    """What looks for literals, and for rows of them: one of each set, in order."""

    WHOLES: bool  # whether it can look for whole patterns, in Hyperscan's words

    def __init__(self, words: Sequence[str], rows: Sequence["Row"] = (), wholes: Sequence[str] = ()) -> None: ...

    def scanned(self, raw: bytes) -> bytes:
        """The bytes to look through for `raw`."""

    def hits(self, text: bytes) -> list[tuple[int, int]]:
        """Each literal in scanned bytes: its number, and the offset right after it.

        Rows, then whole patterns, count on after literals; of them, all that may be one are told.
        """


class _Way(NamedTuple):
    """One way in which a rule can match, as `Index` has it."""

    number: int
    rule: int
    joint: Joint
    before: int
    over: int
    needs_start: bool  # besides a literal


class Matcher:
    """All rules, looked for at once. Building one takes milliseconds; the first time on a machine, seconds."""

    def __init__(self, rules: Sequence[Rule], finder: type[Finder] | None = None) -> None:
        self.rules = tuple(rules)
        finder = finder or _finder()
        sought = index(self.rules, finder.WHOLES)
        self.always = sought.always
        both = frozenset(sought.both)
        self._ways = [
            _Way(number, rule, sought.joints[joint], before, over, number in both)
            for number, (rule, joint, before, over) in enumerate(
                zip(sought.of, sought.joint, sought.before, sought.over, strict=True)
            )
        ]
        # Which ways each literal points to: of beginnings first, then of the others, of rows and of whole patterns.
        self._pointed = (*sought.begun, *sought.within, *((way,) for way, _ in (*sought.rows, *sought.wholes)))
        self._starts = len(sought.starts)
        self._finder = finder(
            [*sought.starts, *sought.words], [row for _, row in sought.rows], [whole for _, whole in sought.wholes]
        )

    def spans(self, document: Document) -> list[Span]:
        """Every span of every rule, sorted; of a text that was cut, those that lie over a seam.

        Raises TimeoutError when a rule's pattern takes too long.
        """
        seams = document.memo.get(SEAMS)
        if seams is not None and not seams:
            return []
        text = self._finder.scanned(document.raw)
        hits = self._finder.hits(text)
        if not hits and not self.always:
            return []
        view = View(document)
        lines = Lines(view, text)
        met = None if seams is None else {document.line_at(seam) for seam in seams}
        spans: list[Span] = []
        for (number, place), ways in self._candidates(hits, lines).items():
            rule = self.rules[number]
            over = max([way.over for way in ways], default=rule.breaks)
            if met is not None and not lines.reaches(place, over, met):
                continue
            last = max([lines.last(place, way.joint, way.over) for way in ways], default=None)
            for start, end in view.matches(rule, place, last):
                spans.append(view.span(rule, place, start, end))
        return sorted(spans)

    def _candidates(self, hits: Iterable[tuple[int, int]], lines: Lines) -> dict[tuple[int, int], list[_Way]]:
        """Each rule with each line of the view in which a match may begin, and the ways in which it may, if known."""
        found: dict[tuple[int, int], list[_Way]] = {}
        opened: set[tuple[int, int]] = set()
        within: list[tuple[_Way, int]] = []
        for number, line in {(number, lines.number(end)) for number, end in hits}:
            ways = [self._ways[way] for way in self._pointed[number]]
            if number < self._starts:
                for place in lines.opening(line):
                    for way in ways:
                        if way.needs_start:
                            opened.add((way.number, place))
                        else:
                            found.setdefault((way.rule, place), []).append(way)
            elif (at := lines.place(line)) is not None:
                within.extend([(way, at) for way in ways])
        for way, at in within:
            first = lines.first(at, way.joint, way.before) if way.before else at
            for place in range(first, at + 1):
                if not way.needs_start or (way.number, place) in opened:
                    found.setdefault((way.rule, place), []).append(way)
        for rule in self.always:
            found.update(((rule, place), []) for place in range(len(lines)))
        return found


def _finder() -> type[Finder]:
    try:
        import_module("hyperscan")
    except ImportError:
        from cleaner.matching.fallback import Pieces

        return Pieces
    from cleaner.matching.scan import Scan

    return Scan
