"""What is looked for in a rule's place: for each way in which it can match, how its line begins, or literals."""

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from cleaner.matching.joint import joint
from cleaner.matching.lines import Joint
from cleaner.matching.needles import ENOUGH, Needles, Search, besides
from cleaner.matching.rarity import Rarity
from cleaner.matching.reach import MANY, breaks, longest
from cleaner.matching.shape import UnscannableError, row, shape
from cleaner.matching.starts import Starts, starts
from cleaner.matching.ways import Parts, split
from cleaner.matching.whole import whole
from cleaner.rules import Rule

WAYS = 64  # alternatives of a rule that are looked for one by one
AROUND = 512.0  # bytes in which a further set, or the beginning of a line, is looked for
CHECK = 0.01  # what looking for it costs, in hits
CHECK_HEAD = 0.05  # what looking at how a line begins costs
# What is looked for at once makes a scan of everything slower, and a hit costs three microseconds.
OFTEN = 2.0**-13.5  # hits a byte: where one set is found less often, further ones cost more than they spare
FAR = 4  # line ends: of sets that may stand farther apart, with anything between them, Hyperscan misses some
HOT = 2.0**-12  # hits a byte: a way that is found more often is looked for by its whole pattern, if it has one
# Beginnings of lines alone are taken rather than literals even where lines begin so more often: more literals make a
# scan slower, and longer to compile.
CHEAPER = 16.0

# Sets of literals, each with how many line ends may lie between what the set before it found and its own.
Row = Sequence[tuple[int, Sequence[str]]]


class Sought(NamedTuple):
    """One way: each match has one of the starts, if there are any, and one literal of each set, in order.

    It begins `before` line ends and `reach` characters at most before the end of the last of these, and runs, or looks,
    over `over` line ends at most. `whole` is a pattern for the same, where starts and sets tell little.
    """

    starts: Sequence[str]
    sets: Row
    before: int
    reach: int
    over: int
    joint: Joint
    whole: str


def seek(rule: Rule) -> list[Sought]:
    """The ways of a rule; none when nothing can be looked for, and the pattern must be run on every line."""
    rarity = _rarity()
    try:
        found = _cover(row(shape(rule)), rarity, Search(rarity))
    except UnscannableError:
        return []
    return [one.sought(rule) for one in found]


@cache
def _rarity() -> Rarity:
    return Rarity()


def _cover(parts: Parts, rarity: Rarity, search: Search, left: int = WAYS) -> "list[_Chosen]":
    """What is chosen for a row of a pattern; empty when nothing can be.

    Its alternatives are taken one by one where that tells more than half of the hits less.
    """
    whole = _choose(parts, rarity, search)
    if whole is not None and whole.cost <= ENOUGH:
        return [whole]
    branches = split(parts)
    if not branches or len(branches) > left:
        return [whole] if whole else []
    found: list[_Chosen] = []
    for branch in branches:
        more = _cover(branch, rarity, search, left // len(branches))
        if not more:
            return [whole] if whole else []
        found.extend(more)
    if whole is not None and sum(one.cost for one in found) > whole.cost / 2:
        return [whole]
    return found


class _Chosen(NamedTuple):
    """`cost`: how often a pattern is run for nothing, a byte of other text."""

    parts: Parts
    cost: float
    begins: Starts | None
    sets: Sequence[Needles]

    def sought(self, rule: Rule) -> Sought:
        most = min(sum(breaks(part, ahead=True) for part in self.parts), rule.breaks)
        last = self.sets[-1] if self.sets else None
        spelled = ((self.cost > HOT and whole(self.parts)) or b"").decode("latin-1")
        before = self.parts[: max(last.at + 1, last.end)] if last and not spelled else self.parts
        return Sought(
            self.begins.words if self.begins else (),
            list(zip(_apart(self.parts, self.sets), [one.words for one in self.sets], strict=True)),
            min(most, last.breaks) if last else 0,
            min(sum(map(longest, before)), MANY),
            most,
            joint(self.parts),
            spelled,
        )


def _apart(parts: Parts, sets: Sequence[Needles]) -> list[int]:
    """How many line ends may lie between each set of a row and the one before it."""
    befores = (None, *sets[:-1]) if sets else ()
    return [
        one.breaks - sum(map(breaks, parts[: before.at])) if before else 0
        for before, one in zip(befores, sets, strict=True)
    ]


def _choose(parts: Parts, rarity: Rarity, search: Search) -> _Chosen | None:
    """The best for a row; None when nothing can be looked for."""
    begins = starts(parts, rarity)
    if begins and begins.cost <= ENOUGH:
        return _Chosen(parts, begins.cost, begins, ())
    sets = search.sets(parts)
    if not sets:
        return _Chosen(parts, begins.cost / CHEAPER, begins, ()) if begins else None
    first = sets[0]
    if begins:  # how the line begins tells more, where a literal stands, than a second literal
        headed = first.cost * (CHECK_HEAD + min(1.0, AROUND * begins.cost))
        plain = begins.cost / CHEAPER
        return _Chosen(parts, plain, begins, ()) if plain <= headed else _Chosen(parts, headed, begins, [first])
    chosen = besides(first, sets, rarity) if first.cost > OFTEN else [first]
    if any(apart > FAR for apart in _apart(parts, chosen)):
        chosen = [first]
    passed = math.prod(min(1.0, AROUND * one.cost) for one in chosen if one is not first)
    return _Chosen(parts, first.cost * (CHECK + passed), None, chosen)
