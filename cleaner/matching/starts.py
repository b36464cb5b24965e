"""How a line begins: most rules match from the start of a line only, and few lines begin as one of them wants."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cleaner.matching.rarity import Rarity
from cleaner.matching.shape import Ahead, Edge, Shape
from cleaner.matching.strings import beginnings

LENGTHS = (1, 2, 3, 4, 6, 8, 12)  # characters that a beginning has
LOOKED = (12, 8, 6, 4, 3, 2)  # characters of beginnings: fewer where longer ones would be too many
MOST = 600  # beginnings of one rule
RARE = 19.0  # bits: a beginning is not longer than this takes


class Starts(NamedTuple):
    """Beginnings of lines, of which each match has one.

    `cost`: about how many lines do, a byte of other text. They are what the row's parts up to `end` begin with.
    """

    cost: float
    words: tuple[str, ...]
    end: int


def starts(parts: Sequence[Shape], rarity: Rarity) -> Starts | None:
    """How the first line of each match begins of which anything is scanned; None when it may begin anyhow.

    Only for rows that match from the start of a line: another one may begin with the line end before it.
    """
    first = next((part for part in parts if not isinstance(part, Ahead)), None)
    if not (isinstance(first, Edge) and first.start):
        return None
    for length in LOOKED:
        found, into = beginnings(parts, length + 1, MOST)
        if found and all(word.startswith("\n") and word.strip("\n") for word in found):
            words = _cut(found, rarity)
            return Starts(float(sum(2.0 ** -rarity(word) for word in words)), words, into)
    return None


def _cut(words: Iterable[str], rarity: Rarity) -> tuple[str, ...]:
    """The beginnings, each cut to what makes it rare enough, without those that begin with another one."""
    cut = set()
    for word in words:
        fitting = [size + 1 for size in LENGTHS if size < len(word) - word.endswith("\n")]
        rare = next((size for size in fitting if rarity(word[:size]) >= RARE), None)
        cut.add(word if rare is None and word.endswith("\n") else word[: rare or fitting[-1]])
    return tuple(sorted(word for word in cut if not any(word[:size] in cut for size in range(2, len(word)))))
