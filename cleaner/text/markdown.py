"""What is no prose in Markdown, whatever its lines read like to a rule: code, tables, and settings before the text.

`# logout` is a command there, `Copyright (C) 2014 ...` what a program prints, `tags: [mills]` a setting of the file and
`| Tags | How it is cut |` the head of a table. Only fences that are closed count, so that a lone one shields nothing.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from cleaner.document import Document, Line, Span

from .expressions import expression

# a fence may open on the line of a list's mark, and stand in a quotation
_QUOTED = r"[ \t]*(?:>[ \t]*)*"
_FENCE = expression(
    rf"(?:\A|(?<=[\r\n])){_QUOTED}(?:(?:[-*+]|\d{{1,9}}[.)])[ \t]+)?"
    r"(?:(`{3,})[^`\r\n]*|(~{3,})[^\r\n]*)(?=[\r\n]|\Z)"
)
_MARKS = ("```", "~~~")
_KEY = r"[\"']?[\w.-]+(?: [\w.-]+){0,3}[\"']?"
_LONG = r"(?:\"{3}[^\"]{0,2000}\"{3}|'{3}[^']{0,2000}'{3})"  # a value of several lines
_FRONT = expression(
    rf"(?:---[ \t]*(\r\n|\n|\r)(?P<yaml>(?:(?:{_KEY}:|[ \t]+\S|- |#)[^\r\n]*\1|[ \t]*\1){{1,200}}?)(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*(\r\n|\n|\r)"
    rf"(?P<toml>(?:(?:{_KEY} ?=(?: ?{_LONG})?|[ \t]+\S|\[|\]|#)[^\r\n]*\3|[ \t]*\3){{1,200}}?)\+\+\+)"
    r"[ \t]*(?:[\r\n]|\Z)"
)
_UNDERLINE = expression(r"[ \t]*(?:(=)={2,}|-{3,})[ \t]*(?:(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))*|\Z)")
_UNDERLINES = ("===", "---")
_FENCED, _TABLES = "fenced", "tables"  # in a document's memo
_RULED = ("|-", "|:-", "| -", "| :-", "-|", "- |")  # the row below the head of a table holds one of these
_TABLE = expression(
    r"(?:\A|(?<=[\r\n]))[^\r\n|]*\|[^\r\n]*(?P<end>\r\n|\n|\r)"
    rf"{_QUOTED}(?=[^\r\n]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*"
    r"(?:(?P=end)[^\r\n|]*\|[^\r\n]*)*(?:(?P=end)[ \t]*(?=[\r\n]|\Z))*(?:(?P=end)|\Z)"
)


def fenced(document: Document) -> tuple[tuple[int, int], ...]:
    """The ranges (start, end; code points) between fences, without the fences' own lines.

    Fences are those of CommonMark 0.31, section 4.5: of three or more of one mark, closed by at least as many, here at
    any indentation, since they stand in lists; and the lines `---` or `+++` around the settings, in YAML or TOML, that
    Jekyll, Hugo and others read from the top of a file.
    """
    if not document.text.startswith(("---", "+++")) and not any(mark in document.text for mark in _MARKS):
        return ()
    found: tuple[tuple[int, int], ...] | None = document.memo.get(_FENCED)
    if found is None:
        found = document.memo[_FENCED] = tuple(_fenced(document.text))
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
        elif marks.startswith(opened) and fence[0].strip(" \t>") == marks:
            yield start, fence.start()
            opened = ""


def tables(document: Document) -> tuple[tuple[int, int], ...]:
    """The ranges of tables with a ruled head (GitHub Flavored Markdown 0.29, section 4.10), and blank lines below."""
    if not any(mark in document.text for mark in _RULED):
        return ()
    found: tuple[tuple[int, int], ...] | None = document.memo.get(_TABLES)
    if found is None:
        found = document.memo[_TABLES] = tuple(one.span() for one in _TABLE.finditer(document.text))
    return found


def outside(document: Document, spans: Iterable[Span]) -> list[Span]:
    """The spans that neither lie in a table nor break fences, each with the line that underlines its heading.

    A heading over a line of "=" is the title, as the one of a "#" is, and stays (CommonMark 0.31, section 4.3).
    """
    asked = unbroken(document, spans)
    ranges = tables(document) if asked else ()
    if ranges:
        asked = [span for span in asked if not _lies_in(ranges, span.start, span.end)]
    if not any(mark in document.text for mark in _UNDERLINES):
        return asked
    return [whole for span in asked if (whole := _with_underline(document.text, span)) is not None]


def _with_underline(text: str, span: Span) -> Span | None:
    """The span and the line below that underlines it as a heading; None where it is a title."""
    line = _UNDERLINE.match(text, span.end)
    if line is None or span.end < 2 or text[span.end - 1] not in "\r\n" or text[span.start : span.end].strip() == "":
        return span
    above = text[max(span.end - 3, 0) : span.end].removesuffix("\n").removesuffix("\r")
    if above[-1:] in ("\r", "\n"):  # a blank line between
        return span
    return None if line[1] == "=" else span._replace(end=line.end())


def unbroken(document: Document, spans: Iterable[Span]) -> list[Span]:
    """The spans that hold what stands between two fences, and both of these, or nothing of it.

    One that took a fence would leave the other, which closes another block then, or none: what was code is text.
    """
    asked = list(spans)
    ranges = fenced(document) if asked else ()
    return [span for span in asked if not _breaks(ranges, span.start, span.end)] if ranges else asked


def _breaks(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether [start, end) begins or ends within a range or the fences at its ends."""
    return _cuts(ranges, start) or _cuts(ranges, end)


def _cuts(ranges: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a place lies within a range; its start is where the line of the fence above it ends."""
    place = bisect_right(ranges, at, key=itemgetter(0)) - 1
    return place >= 0 and at <= ranges[place][1]


def _lies_in(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    place = bisect_right(ranges, start, key=itemgetter(0)) - 1
    return place >= 0 and end <= ranges[place][1]


def touches(ranges: Sequence[tuple[int, int]], line: Line) -> bool:
    """Whether a line is a fence, or lies within two; the ranges are sorted."""
    place = bisect_right(ranges, line.end, key=itemgetter(0)) - 1
    return place >= 0 and line.start <= ranges[place][1]
