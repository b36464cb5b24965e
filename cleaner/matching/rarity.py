"""How rare a literal is in ordinary text: estimated from the rules' own examples, since no other text ships."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

_LINE_END = 7.0  # bits; examples are short, real lines are not
_PRIOR = 2.0  # how many observations the next shorter context weighs
_WORD = re.compile(r"\w+")
_START = 12  # characters of a word that are counted


class Rarity:
    """Bits of surprise of a literal at a given place of a text like `texts`.

    A chain of characters, each after the two before it; but a word, or its beginning, that the texts know, is as
    frequent as it is there, which the chain takes for rarer.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._ones: Counter[str] = Counter()
        self._twos: Counter[str] = Counter()
        self._threes: Counter[str] = Counter()
        self._starts: Counter[str] = Counter()
        for text in texts:
            line = f"\n{text.lower()}\n"
            self._ones.update(line)
            self._twos.update(map("".join, pairwise(line)))
            self._threes.update(map("".join, zip(line, line[1:], line[2:], strict=False)))
            for word in _WORD.findall(line):
                self._starts.update(word[:size] for size in range(2, min(len(word), _START) + 1))
                self._starts[word + " "] += 1
        self._total = self._ones.total()
        self._known: dict[str, float] = {}

    def __call__(self, literal: str) -> float:
        bits = self._known.get(literal)
        if bits is None:
            bits = sum(self._bits(literal, place) for place in range(len(literal)))
            word = literal.strip("\n")
            seen = self._starts[word]
            if seen > 1:
                ends = len(literal) - len(word)
                bits = min(bits, math.log2(self._total / seen) + _LINE_END * ends)
            self._known[literal] = bits
        return bits

    def _bits(self, literal: str, place: int) -> float:
        char = literal[place]
        if char == "\n":
            return _LINE_END
        chance = (self._ones[char] + 0.5) / (self._total + 1000)
        if place > 0:
            before = literal[place - 1]
            chance = (self._twos[before + char] + _PRIOR * chance) / (self._ones[before] + _PRIOR)
        if place > 1:
            before = literal[place - 2 : place]
            chance = (self._threes[before + char] + _PRIOR * chance) / (self._twos[before] + _PRIOR)
        return -math.log2(chance)
