"""What a line looks like to a reader: rules are searched in this view, and its offsets lead back to the raw text."""

import re
from collections.abc import Iterator

from cleaner.document import WITHOUT_ZERO_WIDTH, Document, is_blank


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
    thin = spaced.translate(WITHOUT_ZERO_WIDTH)
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
