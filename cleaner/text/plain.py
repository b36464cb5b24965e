"""What a line looks like to a reader: rules are searched in this view, and its offsets lead back to the raw text."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from cleaner.document import WITHOUT_ZERO_WIDTH, ZERO_WIDTH


class Plain:
    """A line as a reader sees it. `text` is what it reads; offsets count code points from the raw line's start."""

    __slots__ = ("_offsets", "_raw", "_start", "text")

    def __init__(self, text: str, start: int = 0, raw: str | None = None) -> None:
        """`raw`: the line's own text; None where character i of `text` simply stands at `start + i`."""
        self.text = text
        self._start = start
        self._raw = raw
        self._offsets: list[int] | None = None

    @property
    def offsets(self) -> list[int] | None:
        """The raw offset of each character of `text`, and of the line's end; None where they simply count up.

        Found out when it is asked for, since few lines ever are.
        """
        if self._offsets is None and self._raw is not None:
            self._offsets = _offsets(self._raw)
        return self._offsets

    def raw(self, index: int) -> int:
        """The raw offset of plain character `index`; `len(text)` gives the raw end."""
        offsets = self.offsets
        return self._start + index if offsets is None else offsets[index]


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
    rf"""(?P<space>(?!\x20(?![\s{ZERO_WIDTH}])) \s[\s{ZERO_WIDTH}]*)
    | !?\[ (?=[^\[\]]{{0,400}}\]\()                      # a link opens
    | \]\( [^()\s]{{0,1000}} (?:\([^()\s]{{0,200}}\)[^()\s]{{0,200}})? (?:\s"[^"]{{0,200}}")? \)   # and closes
    | \\ (?P<escaped>[!-/:-@\[-`{{-~])
    | (?<!\w) [*_~`]{{1,3}} (?=\S) | (?<=\S) [*_~`]{{1,3}} (?!\w)   # emphasis at the edge of a word
    | [{ZERO_WIDTH}]+
    """,
    re.VERBOSE,
)
# Only a line that holds one of these can read otherwise than it stands: marks of Markdown, the end of a link, two
# spaces, and what does not print (the plain space and the no-break space aside).
_SIGNS = ("*", "_", "~", "`", "\\", "](", *"\t\v\f\x1c\x1d\x1e\x1f")
_WIDE_SIGNS = "\x85\xad\u1680\u2028\u2029\u202f\u205f\u2060\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x2010)))
NO_BREAK = "\u00a0"
SPACED = "  "  # the sign of a line with two spaces in a row, one at either end, or a list mark at its start
SIGNS = frozenset((SPACED, NO_BREAK, *_SIGNS, *_WIDE_SIGNS))
_SPOT = re.compile(r"[\[\]\\*_~`]")  # where something hidden may begin on a line without odd spaces and the like
_LEAD = re.compile(r"\s*(?:(?:\#{1,6}|[>+|\-–*•·▪◦►▶→»])(?:\s+|(?<=>)))*")


def fold(text: str) -> str:
    """Plain quotes, dashes and full-width marks for their typographic forms, one for one."""
    if not text.isascii():
        for char, folded in _FOLD.items():
            if char in text:
                text = text.replace(char, folded)
    return text


def plain(text: str) -> Plain:
    """The reader's view of one line's content."""
    spaced = text.replace("\u00a0", " ")
    if _is_bare(spaced):
        return Plain(fold(spaced))
    if spaced[:1] in _LEADING:
        lead = _LEAD.match(text)
        at = lead.end() if lead else 0
        if at and _is_bare(spaced[at:]):
            return Plain(fold(spaced[at:]), at)
    if not spaced.isascii() and not spaced.isprintable():
        thin = spaced.translate(WITHOUT_ZERO_WIDTH)
        if len(thin) != len(spaced) and _is_bare(thin):
            return Plain(fold(thin), 0, text)
    view = "".join([" " if first < 0 else text[first:end] for first, end in _visible(text)])
    return Plain(fold(view.lstrip(" ").removesuffix(" ")), 0, text)


def reading(lines: Sequence[str], signs: Collection[str] = SIGNS) -> str:
    """How these lines read, none of them blank, with a line feed between: what `plain` says of each, made at once.

    `signs`: those of SIGNS that they may hold. Most lines hold none of them, and read as they stand.
    """
    text = "\n".join(lines)
    if not signs:
        return fold(text)
    if NO_BREAK in signs:
        text = text.replace(NO_BREAK, " ")
    found = text.split("\n")
    if SPACED in signs:
        found = [bare if (bare := line.strip(" "))[:1] not in _LEADING else _unmarked(line, bare) for line in found]
        text = "\n".join(found)
    odd: set[int] = set()
    starts: list[int] = []
    for sign in _looked_for(signs, text.isascii()):
        at = text.find(sign)
        while at >= 0:
            starts = starts or list(accumulate([len(line) + 1 for line in found], initial=0))
            place = bisect_right(starts, at) - 1
            odd.add(place)
            at = text.find(sign, starts[place + 1])
    for place in odd:
        found[place] = plain(lines[place]).text
    return fold("\n".join(found) if odd else text)


def _looked_for(signs: Collection[str], is_ascii: bool) -> list[str]:
    """The signs that stand anywhere in a line, without those that are no ASCII where the lines are."""
    narrow = _SIGNS if SPACED not in signs else (SPACED, *_SIGNS)
    return [sign for sign in (narrow if is_ascii else (*narrow, *_WIDE_SIGNS)) if sign in signs]


def _unmarked(line: str, bare: str) -> str:
    """A line without the marks of a list that it may begin with. `bare`: the line without spaces at either end."""
    if bare[1:2] == " " and bare[2:3] not in _LEADING:  # nearly all
        return bare[2:]
    lead = _LEAD.match(line)
    return line[lead.end() if lead else 0 :].rstrip(" ")


def _is_bare(text: str) -> bool:
    """Whether a reader sees a line as it stands. What does not print are controls and all white space but the plain."""
    bare = text.isprintable() and "  " not in text and text[:1] not in _LEADING and text[-1:] != " "
    return bare and not _MARKS.search(text)


def _visible(text: str) -> list[tuple[int, int]]:
    """The ranges of a line that a reader sees; (-1, offset) for a space that stands for any white space there.

    Neither a space that comes first is seen, nor one that comes last.
    """
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    ranges = []
    for hidden in _hidden(text, at):
        first, end = hidden.span()
        if first > at:
            ranges.append((at, first))
        if hidden.lastgroup == "space":
            ranges.append((-1, first))
        at = end - (hidden.lastgroup == "escaped")
    ranges.append((at, len(text)))
    return ranges


def _hidden(text: str, at: int) -> Iterator[re.Match[str]]:
    """All that is hidden from `at` on."""
    if not text.isprintable() or "  " in text:
        yield from _HIDDEN.finditer(text, at)
        return
    spot = _SPOT.search(text, at)
    while spot:
        first = spot.start()
        if first > at and text[first - 1] == "!" and text[first] == "[":
            first -= 1
        hidden = _HIDDEN.match(text, first)
        if hidden:
            yield hidden
        at = hidden.end() if hidden else spot.end()
        spot = _SPOT.search(text, at)


def _offsets(text: str) -> list[int]:
    offsets: list[int] = []
    pieces = []
    for first, end in _visible(text):
        if first < 0:
            offsets.append(end)
            pieces.append(" ")
        else:
            offsets.extend(range(first, end))
            pieces.append(text[first:end])
    shown = "".join(pieces)
    begin = len(shown) - len(shown.lstrip(" "))
    return [*offsets[begin : len(shown) - shown.endswith(" ")], len(text)]
