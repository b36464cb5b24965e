"""How rare a literal is in ordinary text, by its words: it decides how fast rules are found, never what they find."""

import math
import re
from collections import Counter
from pathlib import Path

FREQUENCIES = Path(__file__).with_name("frequencies.txt")  # by benchmarks/word_frequencies.py
UNKNOWN = 18.0  # bits, of a word that is not among the frequent ones
_LETTER = 3.0  # bits that a letter of an unknown short piece tells
_IDEOGRAPH = 9.0  # bits that a character tells in a script without spaces
_MARK = 6.0  # bits that a mark or a digit tells
_LINE_START = 7.0
_LINE_END = 4.0
_NEXT = 5.0  # bits: a word among words is likelier than at any byte, and more so if it fits
_TOKEN = re.compile(r"[^\W\d_]+|\n| |.", re.DOTALL)
_WIDE = "\u2e80"


class Rarity:
    """Bits of surprise of a literal at a given byte of a text."""

    def __init__(self) -> None:
        self._known: dict[str, float] = {}
        # How often a piece stands at a byte: as a word, at its start, at its end, anywhere in it.
        self._words: Counter[str] = Counter()
        self._heads: Counter[str] = Counter()
        self._tails: Counter[str] = Counter()
        self._pieces: Counter[str] = Counter()
        for row in FREQUENCIES.read_text(encoding="utf-8").splitlines():
            word, bits = row.split()
            chance = 2.0 ** -float(bits)
            self._words[word] = chance
            for start in range(len(word)):
                self._heads[word[: start + 1]] += chance
                self._tails[word[start:]] += chance
                for end in range(start + 1, len(word) + 1):
                    self._pieces[word[start:end]] += chance

    def __call__(self, literal: str) -> float:
        bits = self._known.get(literal)
        if bits is None:
            bits = self._known[literal] = self._bits(literal)
        return bits

    def _bits(self, literal: str) -> float:
        tokens = _TOKEN.findall(literal)
        bits = 0.0
        for place, token in enumerate(tokens):
            first, last = place == 0, place == len(tokens) - 1
            if token == "\n":
                bits += _LINE_START if first else _LINE_END
            elif token.isalpha():
                bits += max(self._word(token, open_start=first, open_end=last) - (0 if first else _NEXT), 0.5)
            elif token != " ":
                bits += _MARK
        return bits

    def _word(self, word: str, open_start: bool, open_end: bool) -> float:
        """Bits of a word, or of a piece of one that may go on at either end."""
        if word[0] >= _WIDE:
            return _IDEOGRAPH * len(word)
        if open_start:
            frequent = self._pieces if open_end else self._tails
        else:
            frequent = self._heads if open_end else self._words
        rare = UNKNOWN if not (open_start or open_end) else min(UNKNOWN, _LETTER * (len(word) + 1))
        return -math.log2(frequent.get(word, 0.0) + 2.0**-rare)
