"""The nouns: a raw text, its lines, and what filters say about them. Imports nothing of ours.

All offsets are code points of the raw text. A line ends at LF, CRLF or a lone CR, and at nothing
else: `str.splitlines` also splits at form feeds and U+2028, which would move every later offset.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import accumulate
from typing import Any, Literal, NamedTuple

Scope = Literal["match", "line", "paragraph"]
# What keeps a candidate: a person's decision, that nothing that asks for it is sure enough, or the document's guard.
Cause = Literal["", "decision", "unsure", "guard"]

_LINE_END = re.compile(r"\r\n|\n|\r")
ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
WITHOUT_ZERO_WIDTH = str.maketrans("", "", ZERO_WIDTH)
_BLANK = ZERO_WIDTH + "".join(filter(str.isspace, map(chr, range(0x3001))))


class Span(NamedTuple):
    """A range that a filter would remove: half-open, in code points, with why and how sure (0 to 1)."""

    start: int
    end: int
    code: str
    reason: str
    score: float = 1.0

    @property
    def filter(self) -> str:
        """The filter that a code belongs to: `donation` for `en.donation.x`; a bare code names its filter itself."""
        return filter_of(self.code)


@lru_cache(maxsize=1 << 12)
def filter_of(code: str) -> str:
    """The filter that a code names."""
    parts = code.split(".")
    return parts[1] if len(parts) > 2 else parts[0]


class Removal(NamedTuple):
    """One range that was cut, its text, and every span that asked for it: the widest first, then the surest.

    `kept` says of a candidate, which was not cut, what kept it; empty where it was cut.
    """

    start: int
    end: int
    text: str
    spans: tuple[Span, ...]
    kept: Cause = ""

    @property
    def widest(self) -> Span:
        """The span that covers most: the first of them."""
        return self.spans[0]


class Line(NamedTuple):
    """A line: its content is text[start:end]; the next one starts at `next`, after the terminator."""

    start: int
    end: int
    next: int


SEAMS = "seams"  # Memo key, on later rounds only: the offsets where a line was cut, or where two lines came together.
LEAST = "least"  # Memo key, on later rounds only: filters may skip spans scored below this.


class Document:
    """A raw text with a name. `memo` holds what filters compute once and share; it never changes the text.

    `raw`: its bytes in UTF-8, where somebody has them already. Raises TypeError for what is no text.
    """

    __slots__ = ("_lines", "_raw", "_starts", "_text", "id", "memo", "meta")

    def __init__(self, id: str, text: str, meta: Mapping[str, Any] | None = None, raw: bytes | None = None) -> None:
        if not isinstance(text, str):
            raise TypeError(f"the text of a Document is a str, not {type(text).__name__}")
        self.id = id
        self._text = text
        self._raw = raw
        self.meta: Mapping[str, Any] = meta or {}
        self.memo: dict[Any, Any] = {}
        self._lines: tuple[Line, ...] | None = None
        self._starts: list[int] | None = None

    @property
    def text(self) -> str:
        """The raw text. It never changes: what is known of one text would be taken for that of another."""
        return self._text

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles and copies are of what was given: the rest is made again, and some of it cannot leave the process."""
        return type(self), (self.id, self.text, self.meta)

    @classmethod
    def from_bytes(cls, id: str, raw: bytes, meta: Mapping[str, Any] | None = None) -> "Document":
        """A document of UTF-8 bytes, which are kept for what reads bytes. Raises UnicodeDecodeError for any others."""
        return cls(id, raw.decode("utf-8"), meta, raw)

    @property
    def raw(self) -> bytes:
        """The text in UTF-8; a surrogate that stands alone, which no file holds, as its three bytes."""
        return self.text.encode("utf-8", "surrogatepass") if self._raw is None else self._raw

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, blank ones included; a final terminator opens no further line."""
        if self._lines is None:
            self._lines = tuple(_split(self.text))
        return self._lines

    def content(self, index: int) -> str:
        """The text of line `index` without its terminator."""
        line = self.lines[index]
        return self.text[line.start : line.end]

    def is_blank(self, index: int) -> bool:
        """Whether a reader sees nothing on line `index` (white space and zero-width characters only)."""
        return is_blank(self.content(index))

    def line_at(self, offset: int) -> int:
        """The index of the line that holds `offset`; the last line for the end of the text."""
        if self._starts is None:
            self._starts = _starts(self.text)
        return max(bisect_right(self._starts, offset) - 1, 0)

    def paragraphs(self) -> list[tuple[int, int]]:
        """Runs of lines (first, last; inclusive) that were one paragraph before somebody wrapped it.

        A line goes on in the next one when the next one's first word would not have fitted on it: that is how text is
        wrapped. Blank lines alone do not tell: many extractors write one paragraph a line without blank lines between,
        and one notice would take the whole text with it.
        """
        runs: list[tuple[int, int]] = []
        block: list[int] = []
        for index in range(len(self.lines)):
            if self.is_blank(index):
                runs.extend(self._unwrap(block))
                block = []
            else:
                block.append(index)
        runs.extend(self._unwrap(block))
        return runs

    def _unwrap(self, block: list[int]) -> Iterable[tuple[int, int]]:
        if not block:
            return
        texts = [self.content(index).rstrip() for index in block]
        width = max(map(len, texts))
        first = block[0]
        for place, (index, text) in enumerate(zip(block, texts, strict=True)):
            if place + 1 < len(block) and 40 <= width <= 120:
                word = texts[place + 1].split(None, 1)[0]
                if len(text) + 1 + len(word) > width:
                    continue
            yield first, index
            first = index + 1

    def widen(self, start: int, end: int, scope: Scope) -> tuple[int, int]:
        """The range that goes when [start, end) matched: itself, its lines, or its paragraphs.

        Whole lines take their terminators and the blank lines after them along, so that no hole stays.
        A match that leaves nothing readable on its lines counts as whole lines.
        """
        first, last = self.line_at(start), self.line_at(max(end - 1, start))
        lines = self.lines
        if scope == "match":
            before = self.text[lines[first].start : start]
            after = self.text[min(end, lines[last].end) : lines[last].end]
            if not (_is_trivial(before) and _is_trivial(after)):
                return outside_crlf(self.text, start, end)
        elif scope == "paragraph":
            runs = self.memo.get("paragraphs")
            if runs is None:
                runs = self.memo["paragraphs"] = self.paragraphs()
            for low, high in runs:
                if low <= first <= high:
                    first = low
                if low <= last <= high:
                    last = high
                    break
        while last + 1 < len(lines) and self.is_blank(last + 1):
            last += 1
        return lines[first].start, lines[last].next


# What a document is asked of: spans in any order, which may overlap but not leave the text. A filter that is an object
# may have two members more: `prepare(documents)`, which is called with a whole batch before any of them is asked about,
# for what is quicker on many at once; and `reads_short_forms = True`, by which it is shown each text with letters and
# their accents as one (its spans are brought back to the text as it is). `CONTRIBUTING.md` has what a filter owes.
Filter = Callable[[Document], Iterable[Span]]


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing: white space and zero-width characters only."""
    return not text or (text[0] in _BLANK and not text.strip(_BLANK))


# What `Line._make` does, without a call of Python's for each line.
_LINE: Callable[[tuple[int, int, int]], Line] = partial(tuple.__new__, Line)


def _split(text: str) -> Iterable[Line]:
    if "\r" not in text:  # the common case, many times as fast
        contents = text.split("\n")
        following = list(accumulate([len(content) + 1 for content in contents]))
        following[-1] -= 1  # nothing ends the last line
        if not contents[-1]:
            following.pop()
        ends = [after - 1 for after in following]
        if contents[-1]:
            ends[-1] += 1
        return map(_LINE, zip([0, *following[:-1]], ends, following, strict=True)) if following else ()
    return _split_at_all(text)


def _starts(text: str) -> list[int]:
    """Where each line begins; most documents are never asked for more of their lines."""
    if "\r" in text:
        return [line.start for line in _split_at_all(text)]
    contents = text.split("\n")
    if not contents[-1]:
        contents.pop()
    return [0, *accumulate([len(content) + 1 for content in contents[:-1]])] if contents else []


def _split_at_all(text: str) -> Iterator[Line]:
    start = 0
    for terminator in _LINE_END.finditer(text):
        yield Line(start, terminator.start(), terminator.end())
        start = terminator.end()
    if start < len(text):
        yield Line(start, len(text), len(text))


def outside_crlf(text: str, start: int, end: int) -> tuple[int, int]:
    """The range, grown by one where it would split a CRLF."""
    if 0 < start < len(text) and text[start - 1 : start + 1] == "\r\n":
        start -= 1
    if 0 < end < len(text) and text[end - 1 : end + 1] == "\r\n":
        end += 1
    return start, end


_MARKUP_ONLY = re.compile(rf"[\s*_~`#>|\\\-+•·{ZERO_WIDTH}]*")


def _is_trivial(text: str) -> bool:
    return _MARKUP_ONLY.fullmatch(text) is not None
