"""How often rules were right where a person looked: counted from decisions, with how far that can be trusted."""

from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

from cleaner.review.decisions import Decision

_Z95 = 1.959963984540054


class Precision(NamedTuple):
    """How often a rule was right where a person looked, and the 95 % Wilson interval of that share."""

    right: int
    judged: int
    low: float
    high: float


def precision(decisions: Iterable[Decision]) -> dict[str, Precision]:
    """For each rule that a person judged: `remove` says it was right, `keep` that it was wrong."""
    tally: dict[str, list[bool]] = {}
    for decision in decisions:
        if decision.id and decision.code:
            tally.setdefault(decision.code, []).append(decision.verdict == "remove")
    return {
        code: Precision(sum(votes), len(votes), *wilson(sum(votes), len(votes)))
        for code, votes in sorted(tally.items())
    }


def wilson(right: int, judged: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share; (0, 1) when nothing was judged."""
    if not judged:
        return 0.0, 1.0
    share, square = right / judged, _Z95 * _Z95
    middle = share + square / (2 * judged)
    half = _Z95 * sqrt(share * (1 - share) / judged + square / (4 * judged * judged))
    whole = 1 + square / judged
    return max((middle - half) / whole, 0.0), min((middle + half) / whole, 1.0)
