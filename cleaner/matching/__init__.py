"""The matcher: every span of every rule, at a cost that grows with what a document holds more than with the rules.

For each way in which a rule can match, the index says how its line begins, or which literals it cannot do without;
`scan` finds them all in one pass, or `fallback` without Hyperscan. Only where these stand is the exact pattern run, on
the reader's view. Its law: the spans are those of `cleaner.rules.view.brute_force`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib import import_module
from itertools import pairwise
from typing import Protocol

from cleaner.document import SEAMS, Document, Span
from cleaner.matching.index import BETWEEN, Literals, index
from cleaner.matching.lines import Heads, Lines
from cleaner.matching.quick import PLAIN, Match, kind_of, matching
from cleaner.rules import Rule
from cleaner.rules.view import View

Found = dict[tuple[int, int], int]  # candidates: a rule and a line of the view, and the last line of a match
_Quick = tuple[Match | None, Match | None]  # see `quick.matching`


class Finder(Protocol):
    """What looks for literals, and for rows of them: one of each set, in order."""

    WHOLES: bool  # whether it can look for whole patterns, in Hyperscan's words

    def __init__(self, literals: Literals) -> None: ...

    def scanned(self, raw: bytes) -> tuple[bytes, Collection[str]]:
        """The bytes to look through for `raw`, and those of `cleaner.text.plain.SIGNS` that its lines may hold."""

    def hits(self, text: bytes) -> list[tuple[int, int]]:
        """Each literal in scanned bytes: its number, and the offset right after it; one number in order of these.

        Rows, then whole patterns, count on after literals; of them, all that may be one are told.
        """


class Matcher:
    """All rules, looked for at once. Building one takes milliseconds; the first time on a machine, seconds."""

    def __init__(self, rules: Sequence[Rule], finder: type[Finder] | None = None) -> None:
        self.rules = tuple(rules)
        finder = finder or _finder()
        sought = index(self.rules, finder.WHOLES)
        self.always = sought.always
        self._loose = frozenset(sought.loose)
        # Of each way its rule, what stands around its line ends, over how many of them it may run, and how many of them
        # and how many characters of a match may come before the end of what is found.
        around = [sought.joints[joint] for joint in sought.joint]
        befores, afters = [joint.before for joint in around], [joint.after for joint in around]
        self._ways = list(zip(sought.of, befores, afters, sought.over, sought.before, sought.reach, strict=True))
        self._pointed, self._group = sought.pointed, sought.group
        self._starts = sought.starts
        self._headed = dict(sought.heads)
        self._heads: dict[int, Heads] = {}
        self._quick: tuple[dict[int, _Quick], ...] = ({}, {}, {})  # of each kind of text the rules that were asked for
        self._finder = finder(sought.literals)

    def spans(self, document: Document) -> list[Span]:
        """Every span of every rule, sorted; of a text that was cut, those that lie over a seam.

        Raises SlowRuleError when a rule takes too long.
        """
        seams = document.memo.get(SEAMS)
        if seams is not None and not seams:
            return []
        text, signs = self._finder.scanned(document.raw)
        hits = self._finder.hits(text)
        if not hits and not self.always:
            return []
        view = View(document, signs)
        met = None if seams is None else sorted({document.line_at(seam) for seam in seams})
        return sorted(self._confirmed(self._candidates(hits, Lines(view, text, met)), view))

    def _confirmed(self, found: Found, view: View) -> Iterator[Span]:
        """The spans of the candidates that match. Only one in thirty does."""
        if not found:
            return
        whole, starts = view.whole, view.starts
        kinds = None
        if not whole.isascii():  # told line by line, since candidates overlap
            kinds = [kind_of(whole, start, end) for start, end in pairwise(starts)]
        for (number, place), last in found.items():
            start, end = starts[place], starts[last + 1] - 1
            kind = PLAIN if kinds is None else kinds[place] if last == place else max(kinds[place : last + 1])
            quick = self._quick[kind]
            rule = self.rules[number]
            if number not in quick:
                quick[number] = matching(rule, kind)
            gate, match = quick[number]
            if gate is not None and gate(whole, start, end) is None:
                continue
            if match is not None:
                one = match(whole, start, end)
                if one is not None and one.end() > start:
                    yield view.span(rule, place, 0, one.end() - start)
                continue
            for first, stop in view.found(rule, place, whole, start, starts[place + 1] - 1, end):
                yield view.span(rule, place, first, stop)

    def _candidates(self, hits: Iterable[tuple[int, int]], lines: Lines) -> Found:
        """Each rule with each line of the view in which a match may begin, and the last line that it may run on into.

        Of a text that was cut, those that meet a seam.
        All of this is done a hundred times a document, and only one candidate in thirty matches.
        """
        found: Found = {}
        pointed, group, first_word = self._pointed, self._group, self._starts
        known: set[tuple[int, int]] = set()
        for number, end in hits:
            place = lines.place(end)
            if number < first_word:
                for at in lines.opening(place):
                    self._begin(pointed[group[number]], at, lines, found)
            elif (number, place) not in known:  # of one line only the first: of it a match may begin farthest above
                known.add((number, place))
                self._hold(pointed[group[number]], place, end, lines, found)
        for rule in self.always:
            breaks = self.rules[rule].breaks
            found.update(((rule, place), min(place + breaks, len(lines) - 1)) for place in range(len(lines)))
        if lines.cut:
            found = {key: last for key, last in found.items() if last >= lines.due[key[1]]}
        return found

    def _begin(self, ways: Iterable[int], place: int, lines: Lines, found: Found) -> None:
        """Adds the candidates of ways of which a beginning of a line was found that may stand for this one."""
        end, start, lowest = lines.ends[place + 1], lines.begun[place + 1], len(lines) - 1
        due = lines.due[place] - place
        for way in ways:
            rule, before, after, over, *_ = self._ways[way]
            if over < due:
                continue
            # Only the first line end is looked at: most matches cannot go on over that one.
            last = min(place + over, lowest) if end & before and start & after else place
            if last > found.get((rule, place), -1):
                found[rule, place] = last

    def _hold(self, ways: Iterable[int], at: int, end: int, lines: Lines, found: Found) -> None:
        """Adds the candidates of ways of which something was found that a match holds, on line `at` and up to `end`."""
        if at < 0:  # the line end above all lines
            return
        ends, begun, due, lowest = lines.ends, lines.begun, lines.due, len(lines) - 1
        seen = lines.seen(at, end)
        for way in ways:
            rule, before, after, over, above, reach = self._ways[way]
            if at + over < due[max(at - above, 0)]:
                continue
            first = at
            if seen > reach:
                if rule not in self._loose:
                    continue
            elif above:
                first = lines.first(at, before, after, above)
                if first < at:
                    first = max(first, lines.within(at, reach - seen, rule not in self._loose))
            heads = self._heads_of(way) if way in self._headed else None
            for place in range(first, at + 1):
                if heads is None or lines.begins(place, heads):
                    goes_on = over and ends[place + 1] & before and begun[place + 1] & after
                    last = min(place + over, lowest) if goes_on else place
                    if last > found.get((rule, place), -1):
                        found[rule, place] = last

    def _heads_of(self, way: int) -> Heads:
        """How the first line of a way begins that is found by what follows and not by that."""
        heads = self._heads.get(way)
        if heads is None:
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
