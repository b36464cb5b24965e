"""Which runs of lines that may be a thread are the article's own: what editors put there, printed letters, quotations,
and sections below which the article goes on.

Runs are asked as wholes, for few heads of a part tell nothing. But readers may have written below what is editors':
from where the grammar is sure of a thread, or from where all heads are made in another way than those above.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence

from cleaner.document import Document
from cleaner.filters.comments.editorial import is_editorial
from cleaner.filters.comments.printed import is_printed
from cleaner.filters.comments.quoted import is_quoted
from cleaner.filters.comments.resumed import own_until
from cleaner.filters.runs import runs
from cleaner.pipeline.profiles import JUST_BELOW_STANDARD, STANDARD
from cleaner.segmentation import Segment
from cleaner.text.expressions import expression
from cleaner.threads import Head, heads

_SEEN = 0.5  # from this score on a line may belong to a run, if part of it is surer
_HEADS = 3  # of readers
_WORDS, _DIGITS = expression(r"[^\W\d_]+"), expression(r"\d+")


def without_articles_own(
    document: Document, segments: Sequence[Segment], sure: Collection[int], scores: Sequence[float]
) -> list[float]:
    """The same scores, but in doubt for what is the article's.

    `sure`: the lines where threads begin that the grammar is sure of.
    """
    out = list(scores)
    lines = [document.line_at(segment.start) for segment in segments]
    for first, stop in runs(scores, _SEEN):
        if max(scores[first:stop]) >= STANDARD:
            until = bisect_left(lines, _until(document, sure, lines[first], lines[stop - 1]))
            out[first:until] = [min(score, JUST_BELOW_STANDARD) for score in scores[first:until]]
    return out


def _until(document: Document, sure: Collection[int], first: int, last: int) -> int:
    """The line up to which lines `first` to `last` are the article's."""
    if resumed := own_until(document, first, last):
        return resumed
    here = [head for head in heads(document) if first <= head.line <= last]
    parted = _parted(here)
    if parted > first and _is_own(document, first, parted - 1) and _is_readers(document, here, parted, last):
        return parted
    if not _is_own(document, first, last):
        return first
    below = next((line for line in sorted(sure) if first < line <= last), None)
    return below if below is not None and _is_readers(document, here, below, last) else last + 1


def _is_own(document: Document, first: int, last: int) -> bool:
    return any(asked(document, first, last) for asked in (is_editorial, is_printed, is_quoted))


def _is_readers(document: Document, here: Sequence[Head], first: int, last: int) -> bool:
    """Whether there are heads enough from line `first` on, and they are not the article's."""
    return sum(head.line >= first for head in here) >= _HEADS and not _is_own(document, first, last)


def _parted(here: Sequence[Head]) -> int:
    """The line of the first head from which on all are made as the last one is, and none above; 0 if there is none."""
    makes = [_make(head) for head in here]
    alike = next((number for number, make in enumerate(reversed(makes)) if make != makes[-1]), len(makes))
    start = len(makes) - alike
    return here[start].line if makes and makes[-1] not in makes[:start] else 0


def _make(head: Head) -> tuple[str, bool, str]:
    """How a head is made, and how its date is: its words and figures, whichever they are."""
    return head.kind, head.line == head.last, _DIGITS.sub("0", _WORDS.sub("a", head.date))
