"""Texts whose accents stand after their letters, as file systems and some editors write them, read as all others do.

"é" may be one character or two (Unicode Standard Annex 15). Readers see no difference, so filters get the short form,
and what they ask for is led back to the text as it is.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from cleaner.document import LEAST, SEAMS, Document, Span

# Letters with marks that compose with them, and the parts of Korean syllables: their beginnings in UTF-8, and all.
_SIGNS = (b"\xcc", b"\xcd", b"\xe3\x82\x99", b"\xe3\x82\x9a", b"\xe1\x85", b"\xd9\x93", b"\xd9\x94", b"\xd9\x95")
_APART = re.compile(
    r"[^\W\d_][\u0300-\u036f]{1,8}|[\u3046-\u30fd][\u3099\u309a]|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    r"|[\u0627\u0648\u064a\u06c1\u06d2\u06d5][\u0653-\u0655]"
)


class Composed(NamedTuple):
    """A document in short form, and where that differs: ranges of it, and those of the text that they stand for."""

    document: Document
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    raw_starts: tuple[int, ...]
    raw_ends: tuple[int, ...]

    def span(self, span: Span) -> Span:
        """A span of the short form as one of the text. A letter that it begins or ends in is in it whole."""
        return span._replace(start=self._raw(span.start, self.raw_starts), end=self._raw(span.end, self.raw_ends))

    def place(self, offset: int) -> int:
        """A place of the text in the short form."""
        found = bisect_right(self.raw_starts, offset) - 1
        if found < 0 or offset == self.raw_starts[found]:
            return offset if found < 0 else self.starts[found]
        return self.ends[found] + max(offset - self.raw_ends[found], 0)

    def _raw(self, offset: int, within: tuple[int, ...]) -> int:
        place = bisect_left(self.starts, offset) - 1  # the last that begins before
        if place < 0:
            return offset
        if offset < self.ends[place]:
            return within[place]
        return self.raw_ends[place] + offset - self.ends[place]


def short_form(text: str) -> str:
    """The text in short form."""
    if text.isascii():
        return text
    return _APART.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def composed(document: Document) -> Composed | None:
    """The document in short form; None where it is the same."""
    raw = document.raw
    if raw.isascii() or not any(sign in raw for sign in _SIGNS):
        return None
    pieces: list[str] = []
    places: list[tuple[int, int, int, int]] = []
    at = size = 0
    for found in _APART.finditer(document.text):
        short = unicodedata.normalize("NFC", found[0])
        if short == found[0]:
            continue
        pieces += [document.text[at : found.start()], short]
        size += found.start() - at
        places.append((size, size + len(short), *found.span()))
        size += len(short)
        at = found.end()
    if not places:
        return None
    pieces.append(document.text[at:])
    made = Document(document.id, "".join(pieces), document.meta)
    result = Composed(made, *map(tuple, zip(*places, strict=True)))
    seams = document.memo.get(SEAMS)
    if seams is not None:
        made.memo[SEAMS] = [result.place(seam) for seam in seams]
        made.memo[LEAST] = document.memo[LEAST]
    return result
