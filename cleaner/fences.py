"""What Markdown fences in: code, and settings before the text. No prose, whatever lines read like to a rule.

`# logout` is a command there, `Copyright (C) 2014 ...` what a program prints, and `tags: [mills]` a setting.
Only fences that are closed count, so that a lone one shields nothing.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from .document import Document, Line, Span
from .expressions import expression

_FENCE = expression(r"(?:\A|(?<=[\r\n]))[ \t]*(?:(`{3,})[^`\r\n]*|(~{3,})[^\r\n]*)(?=[\r\n]|\Z)")
_MARKS = ("```", "~~~")
_FRONT = expression(
    r"(?:---[ \t]*(\r\n|\n|\r)(?P<yaml>(?:(?:[\w.-]+:|[ \t]+\S|- |#)[^\r\n]*\1|[ \t]*\1){1,200}?)(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*(\r\n|\n|\r)(?P<toml>(?:(?:[\w.-]+ ?=|[ \t]+\S|\[|\]|#)[^\r\n]*\3|[ \t]*\3){1,200}?)\+\+\+)"
    r"[ \t]*(?:[\r\n]|\Z)"
)
_KEPT = "fenced"  # in a document's memo


def fenced(document: Document) -> tuple[tuple[int, int], ...]:
    """The ranges (start, end; code points) between fences, without the fences' own lines.

    Fences are those of CommonMark 0.31, section 4.5: of three or more of one mark, closed by at least as many, here at
    any indentation, since they stand in lists; and the lines `---` or `+++` around the settings, in YAML or TOML, that
    Jekyll, Hugo and others read from the top of a file.
    """
    if not document.text.startswith(("---", "+++")) and not any(mark in document.text for mark in _MARKS):
        return ()
    found: tuple[tuple[int, int], ...] | None = document.memo.get(_KEPT)
    if found is None:
        found = document.memo[_KEPT] = tuple(_fenced(document.text))
    return found


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    front = _FRONT.match(text)
    if front:
        yield front.span(front.lastgroup or "yaml")
    opened, start = "", 0
    for fence in _FENCE.finditer(text):
        marks = fence[1] or fence[2]
        if not opened:
            opened, start = marks, fence.end()
        elif marks.startswith(opened) and fence[0].strip() == marks:
            yield start, fence.start()
            opened = ""


def outside(document: Document, spans: Iterable[Span]) -> Iterable[Span]:
    """The spans that do not lie within fences."""
    ranges = fenced(document)
    return [span for span in spans if not _lies_in(ranges, span.start, span.end)] if ranges else spans


def _lies_in(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_right(ranges, start, key=itemgetter(0)) - 1
    return place >= 0 and end <= ranges[place][1]


def touches(ranges: Sequence[tuple[int, int]], line: Line) -> bool:
    """Whether a line is a fence, or lies within two; the ranges are sorted."""
    place = bisect_right(ranges, line.end, key=itemgetter(0)) - 1
    return place >= 0 and line.start <= ranges[place][1]
