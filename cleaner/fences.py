"""Fenced code of Markdown: what stands between two fences is code, whatever its lines read like to a rule.

`# logout` is a command there, and `Copyright (C) 2014 ...` what a program prints. Only fences that are closed count, so
that a lone one shields nothing.
"""

from collections.abc import Iterable, Iterator

from .document import Document, Span
from .expressions import expression

_FENCE = expression(r"(?:\A|(?<=[\r\n])) {0,3}(?:(`{3,})[^`\r\n]*|(~{3,})[^\r\n]*)(?=[\r\n]|\Z)")
_MARKS = ("```", "~~~")
_KEPT = "fenced"  # in a document's memo


def fenced(document: Document) -> tuple[tuple[int, int], ...]:
    """The ranges (start, end; code points) between fences, without the fences' own lines.

    Fences are those of CommonMark 0.31, section 4.5: of three or more of one mark, closed by at least as many.
    """
    if not any(mark in document.text for mark in _MARKS):
        return ()
    found: tuple[tuple[int, int], ...] | None = document.memo.get(_KEPT)
    if found is None:
        found = document.memo[_KEPT] = tuple(_fenced(document.text))
    return found


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    opened, start = "", 0
    for fence in _FENCE.finditer(text):
        marks = fence[1] or fence[2]
        if not opened:
            opened, start = marks, fence.end()
        elif marks.startswith(opened) and fence[0].strip() == marks:
            yield start, fence.start()
            opened = ""


def outside(document: Document, spans: Iterable[Span]) -> Iterable[Span]:
    """The spans that do not lie within fenced code."""
    ranges = fenced(document)
    if not ranges:
        return spans
    return [span for span in spans if not any(low <= span.start and span.end <= high for low, high in ranges)]
