"""What `scan` does, without Hyperscan: by four-byte pieces of literals, in plain Python.

Each literal gives up one piece of four bytes. A document's pieces, read as 32-bit numbers at the four alignments, are
intersected with them at once, so the cost hardly depends on the number of literals.
"""

from collections.abc import Sequence

from cleaner.matching.scanned import scanned

Hit = tuple[int, int]

PIECE = 4  # bytes
_FREQUENT = b"zqxj\n\xd0\xd1kvbypgwfmucldhrsinoate "  # rarest first; any other byte counts as rarer


class Pieces:
    """Looks for literals as `Scan` does, thirty times slower."""

    def __init__(self, words: Sequence[str]) -> None:
        self._numbers = {word.encode(): number for number, word in enumerate(words)}
        self._short = [word for word in self._numbers if len(word) < PIECE]
        self._of_piece: dict[int, list[bytes]] = {}
        for word in self._numbers:
            if len(word) >= PIECE:
                self._of_piece.setdefault(_rarest(word), []).append(word)
        self._pieces = frozenset(self._of_piece)

    def scanned(self, raw: bytes) -> bytes:
        """The bytes to look through for `raw`."""
        return scanned(raw, lambda _: True).lower()

    def hits(self, text: bytes) -> list[Hit]:
        """Each literal in a scanned text: its number, and the offset right after it."""
        whole = memoryview(text)
        words = {word for word in self._short if word in text}
        for shift in range(PIECE):
            usable = (len(text) - shift) // PIECE * PIECE
            found = self._pieces.intersection(whole[shift : shift + usable].cast("I")) if usable > 0 else ()
            words.update(word for piece in found for word in self._of_piece[piece])
        hits: list[Hit] = []
        for word in words:
            at = text.find(word)
            while at >= 0:
                hits.append((self._numbers[word], at + len(word)))
                at = text.find(word, at + 1)
        return hits


def _rarest(word: bytes) -> int:
    """The piece of a literal that other text holds least often, as the number that a memoryview reads it as."""
    pieces = [word[at : at + PIECE] for at in range(len(word) - PIECE + 1)]
    best = min(pieces, key=lambda piece: sum(map(_FREQUENT.find, piece)))
    return memoryview(best).cast("I")[0]
