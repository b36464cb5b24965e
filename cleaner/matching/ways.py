"""The ways in which a pattern can match: its alternatives, since one of them tells more than all together."""

from functools import lru_cache

from cleaner.matching.reach import may_be_empty
from cleaner.matching.shape import Choice, Edge, Shape, row
from cleaner.matching.strings import beginnings

_PLAIN = 24  # strings: a choice between so few words stays whole
_LONG = 40  # characters

Parts = tuple[Shape, ...]


def split(parts: Parts) -> list[Parts]:
    """The row once for each branch of its first choice between more than words; empty when it has none."""
    opening = True  # nothing certain stands before
    for at, part in enumerate(parts):
        if isinstance(part, Choice) and not is_plain(part) and (opening or not may_be_empty(part)):
            plain = tuple(branch for branch in part.branches if is_plain(branch))
            branches = [branch for branch in part.branches if not is_plain(branch)]
            if branches and (plain or len(branches) > 1):
                if plain:
                    branches.insert(0, Choice(plain))
                return [(*parts[:at], *row(branch), *parts[at + 1 :]) for branch in branches]
        opening = opening and may_be_empty(part)
    return []


@lru_cache(maxsize=4096)
def is_plain(part: Shape) -> bool:
    """Whether the part stands for a few words."""
    strings, _ = beginnings((part, Edge(start=False)), _LONG, _PLAIN)
    return len(strings) <= _PLAIN and all(string.endswith("\n") for string in strings)
