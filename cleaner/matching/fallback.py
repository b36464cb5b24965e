"""What `scan` does, without Hyperscan: by four-byte pieces of literals, in plain Python.

Each literal gives up one piece of four bytes. A document's pieces, read as 32-bit numbers at the four alignments, are
intersected with them at once, so the cost hardly depends on the number of literals.
"""

from collections.abc import Collection

from cleaner.matching.index import Literals
from cleaner.matching.scanned import ANYTHING, scanned

Hit = tuple[int, int]

PIECE = 4  # bytes
_FREQUENT = b"zqxj\n\xd0\xd1kvbypgwfmucldhrsinoate "  # rarest first; any other byte counts as rarer


class Pieces:
    """Looks for literals as `Scan` does, thirty times slower."""

    WHOLES = False

    def __init__(self, literals: Literals) -> None:
        words, rows, wholes = literals.read()
        if wholes:
            raise ValueError("whole patterns are for Hyperscan")
        self._numbers: dict[bytes, list[int]] = {}
        for number, literal in enumerate(words):
            self._numbers.setdefault(literal.encode(), []).append(number)
        # Of a row, its last set is looked for; the others must stand somewhere in the text.
        self._others: dict[int, list[list[bytes]]] = {}
        for number, row in enumerate(rows, len(words)):
            for literal in row[-1][1]:
                self._numbers.setdefault(literal.encode(), []).append(number)
            self._others[number] = [[word.encode() for word in others] for _, others in row[:-1]]
        self._short = [word for word in self._numbers if len(word) < PIECE]
        self._of_piece: dict[int, list[bytes]] = {}
        for word in self._numbers:
            if len(word) >= PIECE:
                self._of_piece.setdefault(_rarest(word), []).append(word)
        self._pieces = frozenset(self._of_piece)

    def scanned(self, raw: bytes) -> tuple[bytes, Collection[str]]:
        """The bytes to look through for `raw`, and the signs that its lines may hold."""
        text, signs = scanned(raw, lambda _: ANYTHING)
        return text.lower(), signs

    def hits(self, text: bytes) -> list[Hit]:
        """Each literal in a scanned text: its number, and the offset right after it; one number in order of these."""
        whole = memoryview(text)
        words = {word for word in self._short if word in text}
        for shift in range(PIECE):
            usable = (len(text) - shift) // PIECE * PIECE
            found = self._pieces.intersection(whole[shift : shift + usable].cast("I")) if usable > 0 else ()
            words.update(word for piece in found for word in self._of_piece[piece])
        hits: list[Hit] = []
        for word in words:
            at = text.find(word)
            numbers = [number for number in self._numbers[word] if self._may_be(number, text)] if at >= 0 else ()
            while at >= 0 and numbers:
                hits.extend((number, at + len(word)) for number in numbers)
                at = text.find(word, at + 1)
        return sorted(hits)

    def _may_be(self, number: int, text: bytes) -> bool:
        return all(any(word in text for word in words) for words in self._others.get(number, ()))


def _rarest(word: bytes) -> int:
    """The piece of a literal that other text holds least often, as the number that a memoryview reads it as."""
    pieces = [word[at : at + PIECE] for at in range(len(word) - PIECE + 1)]
    best = min(pieces, key=lambda piece: sum(map(_FREQUENT.find, piece)))
    return memoryview(best).cast("I")[0]
