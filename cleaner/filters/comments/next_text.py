"""Where another text follows a thread on the same page, as on the front of a blog: it is no part of the thread.

A button to reply closes the last comment of a thread whose heads tell the time of day; below stand paragraphs, and no
such head, nobody who says something, and no form any more.
"""

from collections.abc import Sequence

from cleaner.document import Document
from cleaner.filters.runs import runs
from cleaner.pipeline.profiles import JUST_BELOW_STANDARD, STANDARD
from cleaner.segmentation import Segment
from cleaner.threads.grammar import Kind, Mark, marks

_SAID: frozenset[Kind] = frozenset({"says", "quote", "posted"})
_BODY: frozenset[Kind] = frozenset({"prose", "short", "button"})
_FORM: frozenset[Kind] = frozenset({"form", "form-heading"})
_PARAGRAPHS, _TEXT = 2, 200  # of another text, and characters in them


def before_next_text(document: Document, segments: Sequence[Segment], scores: list[float]) -> list[float]:
    """The same scores, but in doubt for the lines of another text below a thread."""
    scores = list(scores)
    for begin, stop in runs(scores, STANDARD):
        first, last = (document.line_at(segments[index].start) for index in (begin, stop - 1))
        end = _last_button([mark for mark in marks(document) if first <= mark.line <= last])
        if end is not None:
            for index in range(begin, stop):
                if document.line_at(segments[index].start) > end:
                    scores[index] = JUST_BELOW_STANDARD
    return scores


def _last_button(inside: Sequence[Mark]) -> int | None:
    """The line of the button that closes the last comment above another text; None where no text follows."""
    at = next((index for index in range(len(inside) - 1, 0, -1) if inside[index].kind == "button"), 0)
    above, below = inside[:at], inside[at + 1 :]
    if not at or inside[at - 1].kind not in _BODY or inside[at - 1].exact or not any(mark.exact for mark in above):
        return None
    sizes = [mark.size for mark in below if mark.kind == "prose"]
    if len(sizes) < _PARAGRAPHS or sum(sizes) < _TEXT:
        return None
    if any(mark.exact or mark.kind in _SAID or mark.kind in _FORM for mark in below):
        return None
    return inside[at].line
