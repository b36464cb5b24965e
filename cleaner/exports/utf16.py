"""Offsets as a browser counts them: one UTF-16 unit a character, two beyond U+FFFF."""

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16:
    """Turns code point offsets of one text into UTF-16 units, in logarithmic time each."""

    __slots__ = ("_astral",)

    def __init__(self, text: str) -> None:
        self._astral = [] if text.isascii() else [found.start() for found in _ASTRAL.finditer(text)]

    def at(self, offset: int) -> int:
        """The UTF-16 offset of the code point at `offset`."""
        return offset + bisect_left(self._astral, offset)
