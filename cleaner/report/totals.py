"""What removals add up to: by rule, by filter, by place in their documents. Counts in one pass, keeps no text."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cleaner.log.logged import LoggedRemoval

BINS = 20


@dataclass
class Tally:
    """Counts of one rule or filter; `others` are candidates and near misses, which removed nothing.

    `reason` is empty where a code gives each of its removals a reason of its own.
    """

    removals: int = 0
    characters: int = 0
    documents: int = 0
    others: int = 0
    filter: str = ""
    reason: str = ""


@dataclass
class Totals:
    """Counts over all documents. `positions` : removed bytes in each twentieth of their documents."""

    documents: int = 0
    changed: int = 0
    removals: int = 0
    candidates: int = 0
    near_misses: int = 0
    characters: int = 0
    removed: int = 0
    size: int = 0
    removed_size: int = 0
    rules: dict[str, Tally] = field(default_factory=dict)
    filters: dict[str, Tally] = field(default_factory=dict)
    positions: list[int] = field(default_factory=lambda: [0] * BINS)

    def count(self, entries: Iterable[LoggedRemoval], size: int, characters: int = 0) -> None:
        """Takes in one document of `size` bytes; `characters` where known: a log does not tell."""
        self.documents += 1
        self.size += size
        self.characters += characters
        seen: set[int] = set()
        before = self.removals
        for one in entries:
            length = one.end - one.start if one.removed else 0
            rule = self.rules.setdefault(one.code, Tally(filter=one.filter, reason=one.reason))
            if rule.reason != one.reason:
                rule.reason = ""
            for tally in (rule, self.filters.setdefault(one.filter, Tally())):
                tally.removals += one.removed
                tally.others += not one.removed
                tally.characters += length
                tally.documents += id(tally) not in seen
                seen.add(id(tally))
            self.removals += one.removed
            self.candidates += one.kind == "candidate"
            self.near_misses += one.kind == "near miss"
            self.removed += length
            if one.removed:
                self._place(one, size)
        self.changed += self.removals > before

    def _place(self, one: LoggedRemoval, size: int) -> None:
        self.removed_size += one.byte_end - one.byte_start
        # whole bytes as borders, so that the parts add up; in tiny documents many parts are empty
        for place in range(one.byte_start * BINS // size, BINS):
            low, high = place * size // BINS, (place + 1) * size // BINS
            self.positions[place] += max(min(one.byte_end, high) - max(one.byte_start, low), 0)
