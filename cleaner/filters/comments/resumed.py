"""Up to which line what was taken for a thread is a section of the article's own: "Comments received", in a report.

A thread ends the page. Where nothing shows a comment system (no time of day, button, form or count), and below the last
voice a title stands alone with longer prose right below it, the article goes on. Or somebody answers each voice below
the same line ("Officer's response"): a system would name and date who answers.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from cleaner.document import Document
from cleaner.filters.comments.article_like import SURELY
from cleaner.text.sentences import STOPS
from cleaner.threads import HEADINGS, SURE_HEADINGS, Head, Kind, Mark, heads, marks

_FEWEST = 3  # voices
_ABOVE = 2 * _FEWEST  # lines of these, at least: a name, and what it says
_LONGER = 1.5  # times as long as other paragraphs the longest one is below the title
_ANSWERED = 0.75  # of the voices
_SIGNS: frozenset[Kind] = SURELY | {"form", "form-heading"}
_COUNTING: frozenset[Kind] = SURE_HEADINGS | {"form-heading"}
_TITLES: frozenset[Kind] = frozenset({"short", "heading"})


def own_until(document: Document, first: int, last: int) -> int:
    """The line below the article's own section with which lines `first` to `last` begin; 0 where they begin with none.

    What stands below the first sign of a comment system may be a thread all the same.
    """
    found = [mark for mark in marks(document) if first - 1 <= mark.line <= last]
    sign = next((index for index, mark in enumerate(found) if mark.exact or mark.kind in _SIGNS), len(found))
    stop = found[sign].line if sign < len(found) else last + 1
    end = sign
    while end and found[end - 1].kind in HEADINGS:
        end -= 1
        stop = found[end].line
    inside = found[:end]
    here = [head for head in heads(document) if first <= head.line and head.last < stop]
    title = _title(document, inside, here)
    if title is None:
        return stop if sign == len(found) and _is_answered(document, inside, here) else 0
    if sign == len(found) or found[sign].kind in _COUNTING:
        return stop
    below = title + 1  # what shows the thread is not its first line: only the prose right below the title is surely own
    while below + 1 < len(inside) and _begins_paragraph(document, inside[below + 1]):
        below += 1
    return inside[below].line + 1


def _title(document: Document, inside: Sequence[Mark], here: Sequence[Head]) -> int | None:
    """The place of the title below which the article goes on, if it does."""
    if len(here) < _FEWEST or all(head.line == head.last and _is_alone(document, head.line) for head in here):
        return None
    usual = median([mark.size for mark in inside if mark.kind == "prose"] or [0])
    for place in range(_ABOVE, len(inside) - 1):
        mark = inside[place]
        if mark.line <= here[-1].last or mark.kind not in _TITLES or mark.text.rstrip().endswith(tuple(STOPS)):
            continue
        if _is_alone(document, mark.line) and _begins_paragraph(document, inside[place + 1]):
            longest = max(mark.size for mark in inside[place + 1 :] if mark.kind == "prose")
            return place if longest >= _LONGER * usual else None
    return None


def _is_answered(document: Document, inside: Sequence[Mark], here: Sequence[Head]) -> bool:
    """Whether the same line, which tells no day, stands above an answer to nearly each of some dated voices."""
    voices = sum(bool(head.date) and not head.exact for head in here)
    lines = Counter(
        mark.text.strip() for mark in inside if mark.kind == "short" and not mark.date and _leads(document, mark.line)
    )
    return voices >= _FEWEST and max(lines.values(), default=0) >= max(_FEWEST, _ANSWERED * voices)


def _begins_paragraph(document: Document, mark: Mark) -> bool:
    return mark.kind == "prose" and _is_blank(document, mark.line - 1)


def _is_alone(document: Document, line: int) -> bool:
    return _is_blank(document, line - 1) and _is_blank(document, line + 1)


def _leads(document: Document, line: int) -> bool:
    """Whether a line stands below a blank one, right above text."""
    return _is_blank(document, line - 1) and not _is_blank(document, line + 1)


def _is_blank(document: Document, line: int) -> bool:
    return not 0 <= line < len(document.lines) or document.is_blank(line)
