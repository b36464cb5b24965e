"""The matcher: every span of every rule, at a cost that grows with what a document holds more than with the rules.

For each way in which a rule can match, the index says how its line begins, or which literals it cannot do without;
`scan` finds them all in one pass, or `fallback` without Hyperscan. Only where these stand is the exact pattern run, on
the reader's view. Its law: the spans are those of `cleaner.view.brute_force`.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from cleaner.document import SEAMS, Document, Span
from cleaner.matching.index import BETWEEN, index
from cleaner.matching.lines import Heads, Lines
from cleaner.rules import Rule
from cleaner.view import View

if TYPE_CHECKING:
    from cleaner.matching.sought import Row

Found = dict[tuple[int, int], int]  # candidates: a rule and a line of the view, and the last line of a match


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


class Matcher:
    """All rules, looked for at once. Building one takes milliseconds; the first time on a machine, seconds."""

    def __init__(self, rules: Sequence[Rule], finder: type[Finder] | None = None) -> None:
        self.rules = tuple(rules)
        finder = finder or _finder()
        sought = index(self.rules, finder.WHOLES)
        self.always = sought.always
        joints = [sought.joints[joint] for joint in sought.joint]
        # Of each way its rule, its joint, its line ends and characters up to what is found, and all of its line ends.
        self._ways = list(zip(sought.of, joints, sought.before, sought.reach, sought.over, strict=True))
        # Which ways each literal points to: of beginnings first, then of the others, of rows and of whole patterns.
        self._pointed = (*sought.begun, *sought.within, *((way,) for way, _ in (*sought.rows, *sought.wholes)))
        self._starts = len(sought.starts)
        self._headed = dict(sought.heads)
        self._heads: dict[int, Heads] = {}
        self._finder = finder(
            [*sought.starts, *sought.words], [row for _, row in sought.rows], [whole for _, whole in sought.wholes]
        )

    def spans(self, document: Document) -> list[Span]:
        """Every span of every rule, sorted; of a text that was cut, those that lie over a seam.

        Raises SlowRuleError when a rule takes too long.
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
        found = self._candidates(hits, lines)
        if seams is not None:
            met = sorted({document.line_at(seam) for seam in seams})
            found = {key: last for key, last in found.items() if lines.meets(key[1], last, met)}
        spans: list[Span] = []
        for (number, place), last in found.items():
            rule = self.rules[number]
            for start, end in view.matches(rule, place, last):
                spans.append(view.span(rule, place, start, end))
        return sorted(spans)

    def _candidates(self, hits: Iterable[tuple[int, int]], lines: Lines) -> Found:
        """Each rule with each line of the view in which a match may begin, and the last line that it may run on into.

        All of this is done a hundred times a document, and only one candidate in thirty matches.
        """
        found: Found = {}
        for (number, line), end in lines.located(hits).items():
            if number < self._starts:
                self._begin(self._pointed[number], lines.opening(line), lines, found)
            elif (at := lines.place(line)) is not None:
                self._hold(self._pointed[number], at, end, lines, found)
        for rule in self.always:
            breaks = self.rules[rule].breaks
            found.update(((rule, place), min(place + breaks, len(lines) - 1)) for place in range(len(lines)))
        return found

    def _begin(self, ways: Iterable[int], places: Iterable[int], lines: Lines, found: Found) -> None:
        """Adds the candidates of ways of which a beginning of a line was found, and the lines that it may stand for."""
        for way in ways:
            rule, joint, _, _, over = self._ways[way]
            for place in places:
                last = lines.last(place, joint, over)
                if last > found.get((rule, place), -1):
                    found[rule, place] = last

    def _hold(self, ways: Iterable[int], at: int, end: int, lines: Lines, found: Found) -> None:
        """Adds the candidates of ways of which something was found that a match holds, on line `at` and up to `end`."""
        seen = lines.seen(at, end)
        for way in ways:
            rule, joint, before, reach, over = self._ways[way]
            first = at
            if seen > reach:
                if self.rules[rule].anchored:
                    continue
            elif before:
                first = max(lines.first(at, joint, before), lines.within(at, reach - seen, self.rules[rule].anchored))
            heads = self._heads_of(way)
            for place in range(first, at + 1):
                if heads is None or lines.begins(place, heads):
                    last = lines.last(place, joint, over)
                    if last > found.get((rule, place), -1):
                        found[rule, place] = last

    def _heads_of(self, way: int) -> Heads | None:
        """How the first line of a way begins, if it is found by what follows and not by that."""
        heads = self._heads.get(way)
        if heads is None and way in self._headed:
            heads = self._heads[way] = Heads(self._headed[way].split(BETWEEN))
        return heads


def _finder() -> type[Finder]:
    try:
        import_module("hyperscan")
    except ImportError:
        from cleaner.matching.fallback import Pieces

        return Pieces
    from cleaner.matching.scan import Scan

    return Scan
