r"""Literals that a match cannot do without: what a scan looks for.

Nothing is taken from a rule's `keywords`, which people write and may get wrong: the literals come from the pattern.
They are in lower case, and stand in the `scanned` text of every document with a match; "\n" in them is an
end of a line.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.matching.rarity import Rarity
from cleaner.matching.reach import MANY, breaks, crosses, lead, sure
from cleaner.matching.shape import Ahead, Chars, Choice, Loop, Shape, row
from cleaner.matching.strings import beginnings, shortest

LENGTHS = (12, 7, 5)  # characters: further ones tell little; shorter where longer ones would be too many
MOST = 160  # literals of one rule: more cost the scan more than they tell it
SHORT = 6  # characters: a literal is not cut shorter
RARE = 32.0  # bits: a literal is not longer than this takes
ENOUGH = 2.0**-20  # hits a byte: no search for more
FEW = 16  # literals of a further set: each is looked for on its own, in a few lines
BESIDES = 3  # further sets of a rule
COMMON = 2.0**-9  # hits a byte: a set that other text holds more often tells nothing
EACH = 2.0**-22  # what a literal more costs a scan, in hits a byte


class Needles(NamedTuple):
    """Literals of which every match holds at least one.

    `cost`: about how often other text does, in hits a byte. `breaks`: how many line ends may lie between
    the start of a match and the literal.
    """

    cost: float
    words: tuple[str, ...]
    breaks: int


class Search:
    """Finds such sets. What it found for a part of one pattern serves all rows in which the part stands."""

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity
        self._places: dict[tuple[int, ...], tuple[Sequence[Shape], Needles | None]] = {}
        self._parts: dict[int, tuple[Shape, Needles | None]] = {}

    def forget(self) -> None:
        """Makes room before the next pattern."""
        self._places.clear()
        self._parts.clear()

    def sets(self, parts: Sequence[Shape]) -> list[Needles]:
        """Such sets for a row of a pattern, the best first; none when a match needs no literal."""
        found: list[Needles] = []
        before: Shape | None = None
        begun = False  # whether something that is scanned stands before on the same line
        lines = 0
        for at, piece in enumerate(parts):
            places = [self._inside(piece)]
            if before is None or not _single(before):
                places.append(self._place(parts[at:], begun))
            found.extend(one._replace(breaks=min(lines + one.breaks, MANY)) for one in places if one)
            if found and min(found).cost <= ENOUGH:
                break
            before = piece
            begun = (begun or sure(piece)) and not crosses(piece)
            lines += breaks(piece)
        return sorted(found)

    def _place(self, parts: Sequence[Shape], begun: bool) -> Needles | None:
        """What stands where these parts begin."""
        key = (begun, *map(id, parts))
        if key not in self._places:
            words = self._cut(_from(parts, begun))
            found = Needles(self._cost(words), words, lead(parts)[0]) if words else None
            self._places[key] = (parts, found)  # with the parts, so that no other ones get their ids
        return self._places[key][1]

    def _inside(self, part: Shape) -> Needles | None:
        """What one part alone tells, from deeper within it."""
        if isinstance(part, Ahead | Loop | Choice) and id(part) not in self._parts:
            self._parts[id(part)] = (part, self._deeper(part))
        return self._parts[id(part)][1] if id(part) in self._parts else None

    def _deeper(self, part: Ahead | Loop | Choice) -> Needles | None:
        if not isinstance(part, Choice):
            needed = part.wanted if isinstance(part, Ahead) else part.low > 0
            return next(iter(self.sets(row(part.part))), None) if needed else None
        each = [next(iter(self.sets(row(branch))), None) for branch in part.branches]
        words = tuple(sorted({word for one in each if one for word in one.words}))
        if not all(each) or len(words) > MOST:
            return None
        return Needles(self._cost(words), words, max(one.breaks for one in each if one))

    def _cut(self, words: Sequence[str]) -> tuple[str, ...]:
        """The literals, each cut to what makes it rare enough: what begins alike becomes one."""
        cut = set()
        for word in words:
            sizes = range(SHORT, len(word)) if self._rarity(word) >= RARE else ()
            cut.add(word[: next((size for size in sizes if self._rarity(word[:size]) >= RARE), None)].rstrip(" "))
        return shortest(cut)

    def _cost(self, words: Sequence[str]) -> float:
        return float(sum(2.0 ** -self._rarity(word) + EACH for word in words))


def besides(sets: Sequence[Needles], taken: Sequence[str]) -> list[Needles]:
    """Small sets among these that tell most, next to `taken`, which is looked for already."""
    chosen: list[Needles] = []
    known = set(taken)
    for found in sets:
        if len(chosen) == BESIDES or found.cost > COMMON:
            break
        if len(found.words) <= FEW and not any(one in other or other in one for one in found.words for other in known):
            chosen.append(found)
            known.update(found.words)
    return chosen


def _from(parts: Sequence[Shape], begun: bool) -> tuple[str, ...]:
    """What stands at the start of these parts: every text that matches them begins with one of the strings.

    Empty when there are too many, or one says nothing.
    """
    for length in LENGTHS:
        words = shortest(beginnings(parts, length, MOST, begun))
        if words and len(words) <= MOST and all(word.strip() for word in words):
            return words
    return ()


def _single(part: Shape) -> bool:
    """Whether the part is one certain character: a literal that begins after it is none of its own."""
    return isinstance(part, Chars) and part.low == part.high == 1 and len(part.ascii) < 3 and " " not in part.ascii
