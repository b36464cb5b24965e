"""What is looked for in the place of many rules: each literal once, with the rules that it points to."""

import hashlib
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import cache
from cleaner.matching.joint import Joint, joint
from cleaner.matching.needles import ENOUGH, Needles, Search, besides
from cleaner.matching.rarity import Rarity
from cleaner.matching.reach import breaks
from cleaner.matching.shape import UnscannableError, row, shape
from cleaner.matching.starts import Starts, starts
from cleaner.matching.ways import Parts, split
from cleaner.rules import Rule

WAYS = 64  # alternatives of a rule that are looked for one by one
AROUND = 512.0  # bytes in which a further set is looked for
CHECK = 0.2  # what looking for it costs, in hits
CHEAPER = 4.0  # how much less a line that begins as wanted costs than a literal that is found


class Index(NamedTuple):
    """Every rule's ways to match, numbered: `of[n]` is the place of the rule of way n, `joints[joint[n]]` its joint.

    `words[n]` and `starts[n]` point to the ways `within[n]` and `begun[n]`. A way in `both` needs a word and a start;
    of `besides[n]`, way n needs one of each. Its matches run over `breaks[n]` line ends at most, of which `before[n]`
    may stand before its words.
    The rules `always` need nothing that can be looked for.
    """

    of: tuple[int, ...]
    joint: tuple[int, ...]
    joints: tuple[Joint, ...]
    words: tuple[str, ...]
    within: tuple[tuple[int, ...], ...]
    starts: tuple[str, ...]
    begun: tuple[tuple[int, ...], ...]
    both: tuple[int, ...]
    besides: tuple[tuple[tuple[str, ...], ...], ...]
    before: tuple[int, ...]
    breaks: tuple[int, ...]
    always: tuple[int, ...]


def index(rules: Sequence[Rule]) -> Index:
    """The index of these rules: from the cache, else made at some milliseconds a rule."""
    import regex

    digest = hashlib.sha256(repr((regex.__version__, sys.version_info[:3])).encode())
    for part in sorted(Path(__file__).parent.glob("*.*")):  # whoever changes how literals are found gets new ones
        digest.update(part.read_bytes())
    for rule in rules:
        digest.update(repr(rule.pattern).encode())
    name = f"words-{digest.hexdigest()[:32]}.json"
    try:
        made = Index(*(tuple(map(_tuples, part)) for part in json.loads(cache.read(name) or b"null")))
        return made._replace(joints=tuple(Joint(*one) for one in made.joints))
    except (TypeError, ValueError):
        made = _made(rules)
        cache.write(name, json.dumps(made).encode())
        return made


def _tuples(part: object) -> object:
    return tuple(map(_tuples, part)) if isinstance(part, list) else part


def _made(rules: Sequence[Rule]) -> Index:
    made = _Making(Rarity())
    for number, rule in enumerate(rules):
        made.add(number, rule)
    return made.index()


class _Sought(NamedTuple):
    """What is looked for in the place of a row: how its line begins, literals, or both; and what else it needs."""

    parts: Parts
    cost: float
    begins: Starts | None
    within: Needles | None
    besides: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, parts: Parts, rarity: Rarity, search: Search) -> "_Sought | None":
        """The best for a row; None when nothing can be looked for."""
        begins = starts(parts, rarity)
        if begins and begins.cost <= ENOUGH:
            return cls(parts, begins.cost, begins, None, ())
        sets = search.sets(parts)
        within = sets[0] if sets else None
        if begins and (within is None or begins.cost <= within.cost * CHEAPER):
            return cls(parts, begins.cost / CHEAPER, begins, None, ()).checked(besides(sets, ()))
        if within is None:
            return None
        if within.cost <= ENOUGH:
            return cls(parts, within.cost, None, within, ())
        return cls(parts, within.cost, begins, within, ()).checked(besides(sets, within.words))

    def checked(self, besides: Sequence[Needles]) -> "_Sought":
        """The same, where a hit counts less since more must stand around it."""
        passed = math.prod(min(1.0, AROUND * one.cost) for one in besides)
        cost = self.cost * (CHECK + (1 - CHECK) * passed)
        return self._replace(cost=cost, besides=tuple(one.words for one in besides))


class _Making:
    """An index, rule by rule."""

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity
        self._search = Search(rarity)
        self._of: list[int] = []
        self._joint: list[int] = []
        self._joints: dict[Joint, int] = {}
        self._words: dict[str, list[int]] = {}
        self._starts: dict[str, list[int]] = {}
        self._both: list[int] = []
        self._besides: list[tuple[tuple[str, ...], ...]] = []
        self._before: list[int] = []
        self._breaks: list[int] = []
        self._always: list[int] = []

    def add(self, number: int, rule: Rule) -> None:
        """Takes up the next rule."""
        self._search.forget()
        try:
            found = self._cover(row(shape(rule)))
        except UnscannableError:
            found = []
        if not found:
            self._always.append(number)
        for sought in found:
            self._take(number, rule, sought)

    def _cover(self, parts: Parts, left: int = WAYS) -> list["_Sought"]:
        """What is looked for in the place of a row of a pattern; empty when nothing can be.

        Its alternatives are taken one by one where that tells more than half of the hits less.
        """
        whole = _Sought.of(parts, self._rarity, self._search)
        if whole is not None and whole.cost <= ENOUGH:
            return [whole]
        branches = split(parts)
        if not branches or len(branches) > left:
            return [whole] if whole else []
        found: list[_Sought] = []
        for branch in branches:
            more = self._cover(branch, left // len(branches))
            if not more:
                return [whole] if whole else []
            found.extend(more)
        if whole is not None and sum(one.cost for one in found) > whole.cost / 2:
            return [whole]
        return found

    def _take(self, number: int, rule: Rule, sought: "_Sought") -> None:
        begins, within = sought.begins, sought.within
        way = len(self._of)
        self._of.append(number)
        self._joint.append(self._joints.setdefault(joint(sought.parts), len(self._joints)))
        for word in begins.words if begins else ():
            self._starts.setdefault(word, []).append(way)
        for word in within.words if within else ():
            self._words.setdefault(word, []).append(way)
        if begins and within:
            self._both.append(way)
        self._besides.append(sought.besides)
        most = min(sum(map(breaks, sought.parts)), rule.breaks)
        self._breaks.append(most)
        self._before.append(min(most, within.breaks) if within else 0)

    def index(self) -> Index:
        """What was taken up."""
        return Index(
            tuple(self._of),
            tuple(self._joint),
            tuple(self._joints),
            tuple(self._words),
            tuple(map(tuple, self._words.values())),
            tuple(self._starts),
            tuple(map(tuple, self._starts.values())),
            tuple(self._both),
            tuple(self._besides),
            tuple(self._before),
            tuple(self._breaks),
            tuple(self._always),
        )
