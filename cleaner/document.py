"""The nouns: a raw text, its lines, and what filters say about them. Imports nothing of ours.

All offsets are code points of the raw text. A line ends at LF, CRLF or a lone CR, and at nothing
else: `str.splitlines` also splits at form feeds and U+2028, which would move every later offset.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

Scope = Literal["match", "line", "paragraph"]

_LINE_END = re.compile(r"\r\n|\n|\r")
_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BLANK_EXTRA = str.maketrans("", "", _ZERO_WIDTH)
_MAY_BE_BLANK = frozenset(_ZERO_WIDTH).union(filter(str.isspace, map(chr, range(0x3001))))


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
        parts = self.code.split(".")
        return parts[1] if len(parts) > 2 else parts[0]


class Removal(NamedTuple):
    """One range that was cut, its text, and every span that asked for it: the widest first, then the surest."""

    start: int
    end: int
    text: str
    spans: tuple[Span, ...]

    @property
    def strongest(self) -> Span:
        return self.spans[0]


class Line(NamedTuple):
    """A line: its content is text[start:end]; the next one starts at `next`, after the terminator."""

    start: int
    end: int
    next: int


class Plain:
    """A line as a reader sees it. `text` is what it reads, `start` a raw offset (code points): see `__init__`."""

    __slots__ = ("_offsets", "_raw", "start", "text")

    def __init__(self, text: str, start: int, raw: str | None = None) -> None:
        """`raw`: the line's own text; None where character i of `text` simply stands at `start + i`."""
        self.text = text
        self.start = start
        self._raw = raw
        self._offsets: list[int] | None = None

    @property
    def offsets(self) -> list[int] | None:
        """The raw offset of each character of `text`, and of the line's end; None where they count on from `start`.

        Few lines are ever asked: it is found out then.
        """
        if self._offsets is None and self._raw is not None:
            self._offsets = _offsets(self._raw, self.start)
        return self._offsets

    def raw(self, index: int) -> int:
        """The raw offset (code points) of plain character `index`; `len(text)` gives the raw end."""
        offsets = self.offsets
        return self.start + index if offsets is None else offsets[index]


SEAMS = "seams"  # in a document's memo, if it was cut: the offsets where a line was cut, or two lines met


class Document:
    """A raw text with a name. `memo` holds what filters compute once and share; it never changes the text."""

    __slots__ = ("_lines", "_raw", "_starts", "id", "memo", "meta", "text")

    def __init__(self, id: str, text: str, meta: Mapping[str, Any] | None = None) -> None:
        self.id = id
        self.text = text
        self._raw: bytes | None = None
        self.meta: Mapping[str, Any] = meta or {}
        self.memo: dict[Any, Any] = {}
        self._lines: tuple[Line, ...] | None = None
        self._starts: list[int] | None = None

    @classmethod
    def from_bytes(cls, id: str, raw: bytes, meta: Mapping[str, Any] | None = None) -> "Document":
        """A document of UTF-8 bytes, which are kept for what reads bytes. Raises UnicodeDecodeError for any others."""
        document = cls(id, raw.decode("utf-8"), meta)
        document._raw = raw
        return document

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
            self._starts = [line.start for line in self.lines]
        return max(bisect_right(self._starts, offset) - 1, 0)

    def paragraphs(self) -> list[tuple[int, int]]:
        """Runs of lines (first, last; inclusive) that were one paragraph before somebody wrapped it.

        A line goes on in the next one when the next one's first word would not have fitted: the test
        of a greedy line breaker. Blank lines alone do not do: many extractors write a paragraph a line and no
        blank line between, and a notice must not take such a text with it.
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
                return _outside_crlf(self.text, start, end)
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


Filter = Callable[[Document], Iterable[Span]]


def is_blank(text: str) -> bool:
    """Whether a reader sees nothing: white space and zero-width characters only."""
    if not text or text.isspace():
        return True
    return text[0] in _MAY_BE_BLANK and not text.translate(_BLANK_EXTRA).strip()


def _split(text: str) -> Iterable[Line]:
    start = 0
    if "\r" not in text:  # the common case, five times as fast
        for content in text.split("\n"):
            end = start + len(content)
            if end < len(text):
                yield Line(start, end, end + 1)
            elif content:
                yield Line(start, end, end)
            start = end + 1
        return
    for terminator in _LINE_END.finditer(text):
        yield Line(start, terminator.start(), terminator.end())
        start = terminator.end()
    if start < len(text):
        yield Line(start, len(text), len(text))


def _outside_crlf(text: str, start: int, end: int) -> tuple[int, int]:
    if 0 < start < len(text) and text[start - 1 : start + 1] == "\r\n":
        start -= 1
    if 0 < end < len(text) and text[end - 1 : end + 1] == "\r\n":
        end += 1
    return start, end


_MARKUP_ONLY = re.compile(r"[\s*_~`#>|\\\-+•·\u00ad\u200b-\u200f\u2060\ufeff]*")


def _is_trivial(text: str) -> bool:
    return _MARKUP_ONLY.fullmatch(text) is not None


# What a line looks like to a reader. Quotes and dashes become their plain forms one for one, so that a
# rule is written once; white space collapses; Markdown's emphasis, links, escapes and the marks
# before a heading, a quotation or a list item vanish. Every repeat is bounded: a line of megabytes costs linear time.
_FOLD = {
    **dict.fromkeys("‘’‚‛ʼ′＇", "'"),
    **dict.fromkeys("“”„‟″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "：": ":",
    "！": "!",
    "？": "?",
    "（": "(",
    "）": ")",
    "｜": "|",
    "／": "/",
    "＠": "@",
}
_MARKS = re.compile(r"[*_~`\\\[\]]")
_LEADING = frozenset(" #>+|-–•·▪◦►▶→»")
_HIDDEN = re.compile(
    r"""(?P<space>\s[\s\u00ad\u200b-\u200f\u2060\ufeff]*)
    | !?\[ (?=[^\[\]]{0,400}\]\()                      # a link opens
    | \]\( [^()\s]{0,1000} (?:\([^()\s]{0,200}\)[^()\s]{0,200})? (?:\s"[^"]{0,200}")? \)   # and closes
    | \\ (?P<escaped>[!-/:-@\[-`{-~])
    | (?<!\w) [*_~`]{1,3} (?=\S) | (?<=\S) [*_~`]{1,3} (?!\w)   # emphasis at the edge of a word
    | [\u00ad\u200b-\u200f\u2060\ufeff]+
    """,
    re.VERBOSE,
)
_LEAD = re.compile(r"\s*(?:(?:\#{1,6}|[>+|\-–*•·▪◦►▶→»])(?:\s+|(?<=>)))*")


def fold(text: str) -> str:
    """Plain quotes, dashes and full-width marks for their typographic forms, one for one."""
    if not text.isascii():
        for char, folded in _FOLD.items():
            if char in text:
                text = text.replace(char, folded)
    return text


def plain_lines(document: Document) -> tuple[list[int], list[Plain]]:
    """The reader's view of each line that is not blank, and which lines these are. Texts without markup are quick."""
    text = document.text
    spaced = text.replace("\u00a0", " ")
    folded = fold(spaced)
    numbers: list[int] = []
    lines: list[Plain] = []
    if "\r" in text or not _is_simple(spaced):
        for number, (start, end, _) in enumerate(document.lines):
            if end > start and not is_blank(content := text[start:end]):
                numbers.append(number)
                lines.append(_plain(content, start, spaced[start:end], folded[start:end]))
        return numbers, lines
    start = 0
    for number, content in enumerate(folded.split("\n")):
        if content:
            numbers.append(number)
            end = start + len(content)
            led = spaced[start] in _LEADING
            lines.append(plain(text[start:end], start) if led else Plain(content, start))
        start += len(content) + 1
    return numbers, lines


def _is_simple(spaced: str) -> bool:
    """Whether a reader sees every line as it stands, but for marks at its start."""
    if "  " in spaced or " \n" in spaced or spaced.endswith(" ") or _MARKS.search(spaced):
        return False
    return spaced.replace("\n", "").isprintable()


def plain(text: str, start: int = 0) -> Plain:
    """The reader's view of one line's content; `start` is the line's raw offset."""
    spaced = text.replace("\u00a0", " ")
    return _plain(text, start, spaced, fold(spaced))


def _plain(text: str, start: int, spaced: str, folded: str) -> Plain:
    if _is_bare(spaced):
        return Plain(folded, start)
    if spaced[:1] in _LEADING:
        lead = _LEAD.match(text)
        at = lead.end() if lead else 0
        if at and _is_bare(spaced[at:]):
            return Plain(folded[at:], start + at)
    thin = spaced.translate(_BLANK_EXTRA)
    if len(thin) != len(spaced) and _is_bare(thin):
        return Plain(fold(thin), start, text)
    view = "".join([" " if first < 0 else text[first:end] for first, end in _visible(text)])
    return Plain(fold(view.removesuffix(" ")), start, text)


def _is_bare(text: str) -> bool:
    """Whether a reader sees a line as it stands. What does not print are controls and all white space but the plain."""
    bare = text.isprintable() and "  " not in text and text[:1] not in _LEADING and text[-1:] != " "
    return bare and not _MARKS.search(text)


def _visible(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of a line that a reader sees; (-1, offset) for a space that stands for any white space there."""
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    begun = False  # white space at the start is not seen
    for hidden in _HIDDEN.finditer(text, at):
        first, end = hidden.span()
        if first > at:
            begun = True
            yield at, first
        if begun and hidden.lastgroup == "space":
            yield -1, first
        at = end - (hidden.lastgroup == "escaped")
    yield at, len(text)


def _offsets(text: str, start: int) -> list[int]:
    offsets: list[int] = []
    ends_with_space = False
    for first, end in _visible(text):
        if first < 0:
            offsets.append(start + end)
            ends_with_space = True
        elif first < end:
            offsets.extend(range(start + first, start + end))
            ends_with_space = False
    if ends_with_space:
        offsets.pop()
    offsets.append(start + len(text))
    return offsets
