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
from cleaner.matching.ways import is_plain

LENGTHS = (12, 7, 5)  # characters: further ones tell little; shorter where longer ones would be too many
MOST = 160  # literals of one rule: more cost the scan more than they tell it
SHORT = 6  # characters: a literal is not cut shorter
RARE = 32.0  # bits: a literal is not longer than this takes
ENOUGH = 2.0**-20  # hits a byte: no search for more
FEW = 80  # literals of a further set
BESIDES = 3  # further sets of a rule
ALIKE = 0.9  # of the hits of one set: another one that always stands there, too, is no further one
COMMON = 2.0**-9  # hits a byte: a set that other text holds more often tells nothing
EACH = 2.0**-22  # what a literal more costs a scan, in hits a byte


class Needles(NamedTuple):
    """Literals of which every match holds at least one.

    `cost`: about how often other text does, in hits a byte. `breaks`: how many line ends may lie between
    the start of a match and the literal. They are what the row's parts from `at` up to `end` hold; what is only
    looked ahead at has no `end`.
    """

    cost: float
    words: tuple[str, ...]
    breaks: int
    at: int = 0
    end: int = 1


class Search:
    """Finds such sets in one pattern: what it found for a part serves all rows in which the part stands."""

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity
        self._places: dict[tuple[int, ...], tuple[Sequence[Shape], Needles | None]] = {}
        self._parts: dict[int, tuple[Shape, Needles | None]] = {}

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
            found.extend(
                one._replace(breaks=min(lines + one.breaks, MANY), at=at, end=one.end and at + one.end)
                for one in places
                if one
            )
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
            strings, into = _from(parts, begun)
            words = self._cut(strings)
            found = Needles(self._cost(words), words, lead(parts)[0], end=into) if words else None
            self._places[key] = (parts, found)  # with the parts, so that no other ones get their ids
        return self._places[key][1]

    def _inside(self, part: Shape) -> Needles | None:
        """What one part alone tells, from deeper within it."""
        if isinstance(part, Chars) or (isinstance(part, Choice) and is_plain(part)):
            return None  # the place where it stands tells as much
        if isinstance(part, Ahead | Loop | Choice) and id(part) not in self._parts:
            self._parts[id(part)] = (part, self._deeper(part))
        return self._parts[id(part)][1] if id(part) in self._parts else None

    def _deeper(self, part: Ahead | Loop | Choice) -> Needles | None:
        if not isinstance(part, Choice):
            needed = part.wanted if isinstance(part, Ahead) else part.low > 0
            found = next(iter(self.sets(row(part.part))), None) if needed else None
            return found and found._replace(end=int(isinstance(part, Loop) and found.end > 0))
        each = [next(iter(self.sets(row(branch))), None) for branch in part.branches]
        words = tuple(sorted({word for one in each if one for word in one.words}))
        if not all(each) or len(words) > MOST:
            return None
        within = all(one.end for one in each if one)
        return Needles(self._cost(words), words, max(one.breaks for one in each if one), end=int(within))

    def _cut(self, words: Sequence[str]) -> tuple[str, ...]:
        """The literals, each cut to what makes it rare enough: what begins alike becomes one."""
        cut = set()
        for word in words:
            sizes = range(SHORT, len(word)) if self._rarity(word) >= RARE else ()
            cut.add(word[: next((size for size in sizes if self._rarity(word[:size]) >= RARE), None)].rstrip(" "))
        return shortest(cut)

    def _cost(self, words: Sequence[str]) -> float:
        return float(sum(2.0 ** -self._rarity(word) + EACH for word in words))


def besides(taken: Needles, sets: Sequence[Needles], rarity: Rarity) -> list[Needles]:
    """`taken`, and small sets among these that tell most next to it; none of them overlap, and they are in order.

    What holds a literal of a set, or stands in one, tells nothing new where that literal was found.
    """
    chosen = [taken]
    if not taken.end:
        return chosen
    known = {word: 2.0 ** -rarity(word) for word in taken.words}
    for found in sets:
        if len(chosen) > BESIDES or found.cost > COMMON:
            break
        if (
            sum(not word.endswith("\n") for word in found.words) > FEW
            or not found.end
            or any(found.at < one.end and one.at < found.end for one in chosen)
        ):
            continue
        same = sum(chance for word, chance in known.items() if any(one in word or word in one for one in found.words))
        if same <= ALIKE * sum(known.values()):
            chosen.append(found)
            known = {word: 2.0 ** -rarity(word) for word in found.words}
    return sorted(chosen, key=lambda one: one.at)


def _from(parts: Sequence[Shape], begun: bool) -> tuple[tuple[str, ...], int]:
    """What stands at the start of these parts, and how many of them: each match begins with one of the strings.

    Empty when there are too many, or one says nothing.
    """
    for length in LENGTHS:
        strings, into = beginnings(parts, length, MOST, begun)
        words = shortest(strings)
        if words and len(words) <= MOST and all(word.strip() for word in words):
            # Often fewer parts tell as much: what stands in the others is left to other sets.
            fewer = (
                end for end in range(1, into) if shortest(beginnings(parts[:end], length, MOST, begun)[0]) == words
            )
            return words, next(fewer, into)
    return (), 0


def _single(part: Shape) -> bool:
    """Whether the part is one certain character: a literal that begins after it is none of its own."""
    return isinstance(part, Chars) and part.low == part.high == 1 and len(part.ascii) < 3 and " " not in part.ascii
