"""Where rules may match, without Hyperscan: by four-byte pieces of literals, in plain Python.

Each rule gives up one piece of four bytes for each of its needles. A document's pieces, read as 32-bit
numbers at the four alignments, are intersected with them at once, so the cost hardly depends on the number of rules.
"""

from collections.abc import Sequence

from cleaner.matching.needles import needles, rarity
from cleaner.matching.shape import UnscannableError, shape
from cleaner.rules import Rule

Hit = tuple[int, int]

PIECE = 4


class Pieces:
    """The same as `Scan`, thirty times slower. `always` lists the rules without a literal that could be looked for."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._of_piece: dict[int, list[bytes]] = {}
        self._rules_of: dict[bytes, list[int]] = {}
        self._short: list[bytes] = []
        always: list[int] = []
        for number, rule in enumerate(rules):
            words = _words(rule)
            if not words:
                always.append(number)
            for word in words:
                self._rules_of.setdefault(word, []).append(number)
        for word in self._rules_of:
            if len(word) < PIECE:
                self._short.append(word)
            else:
                self._of_piece.setdefault(_rarest(word), []).append(word)
        self._pieces = frozenset(self._of_piece)
        self.always = tuple(always)

    def hits(self, text: bytes) -> set[Hit]:
        """Each rule that may match with a byte of one of its literals: (rule, offset)."""
        low = text.decode("utf-8", "surrogatepass").lower().encode("utf-8", "surrogatepass")
        whole = memoryview(low)
        words = [word for word in self._short if word in low]
        for shift in range(PIECE):
            usable = (len(low) - shift) // PIECE * PIECE
            found = self._pieces.intersection(whole[shift : shift + usable].cast("I")) if usable > 0 else ()
            words.extend(word for piece in found for word in self._of_piece[piece])
        hits: set[Hit] = set()
        for word in set(words):
            at = low.find(word)
            while at >= 0:
                hits.update((rule, at) for rule in self._rules_of[word])
                at = low.find(word, at + 1)
        return hits


def _words(rule: Rule) -> list[bytes]:
    try:
        found = needles(shape(rule))
    except UnscannableError:
        return []
    return sorted(word.encode() for word in found.words) if found else []


def _rarest(word: bytes) -> int:
    """The piece of a literal that other text holds least often, as the number that a memoryview reads it as."""
    pieces = [word[at : at + PIECE] for at in range(len(word) - PIECE + 1)]
    best = max(pieces, key=lambda piece: rarity(piece.decode("latin-1")))
    return memoryview(best).cast("I")[0]
