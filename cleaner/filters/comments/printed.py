"""Whether the heads of what was taken for a thread are those of printed letters: with towns, or days without a year.

A paper names who wrote, the town, and the day at most; who reads it knows the year. Comment systems tell the time of
day, or the year. Not all do, which is why a heading, a button or a form still shows a thread.
"""

import re
from collections.abc import Sequence

from cleaner.document import Document
from cleaner.filters.comments.article_like import has_signs
from cleaner.text.expressions import expression
from cleaner.threads import Head, heads, marks

_FEWEST = 3  # heads, or days without a year
_TOWNS = 2  # authors with a town that are more than chance; of short lines, which may be anything, one more
_TOWN = expression(  # "Ann Lee, Cork", "Smirnowa T. P., Tula", "Pilar Gracia. Zaragoza"
    r"(?:[^\s\d,.]{2}[)\"”»]?[,،]|[^\W\d_]\.,|\s[^\s\d,.]{2,20}\.) (?!(?:jr|sr|phd|md|esq|ii|iii|iv)\b)"
    r"(?P<town>[^\W\d_][^\d,،;:!?@\n]{1,40})\Z",
    re.IGNORECASE,
)
_NUMBER, _MONTH, _YEAR = expression(r"\d+"), expression(r"[月월]"), expression(r"[年년]")


def is_printed(document: Document, first: int, last: int) -> bool:
    """Whether lines `first` to `last` are letters, or other voices, as they are printed."""
    here = [head for head in heads(document) if first <= head.line <= last]
    if len(here) < _FEWEST or any(head.exact for head in here) or has_signs(document, first, last):
        return False
    shorts = [mark.text for mark in marks(document) if first <= mark.line <= last and mark.kind == "short"]
    authors = [head.author for head in here if head.author]
    return _have_towns(authors, _TOWNS) or _have_towns(shorts, _TOWNS + 1) or _tell_no_year(here)


def _have_towns(names: Sequence[str], least: int) -> bool:
    """Whether half of some names, and so many, are followed by where who bears them lives."""
    return sum(map(_has_town, names)) >= max(least, len(names) / 2)


def _has_town(name: str) -> bool:
    told = _TOWN.search(name)
    return told is not None and not told["town"][0].islower()


def _tell_no_year(here: Sequence[Head]) -> bool:
    """Whether all heads that tell a day tell its month, and not its year."""
    days = [head.date for head in here if head.date]
    return len(days) >= _FEWEST and all(map(_is_yearless, days))


def _is_yearless(day: str) -> bool:
    numbers = len(_NUMBER.findall(day))
    return numbers == 1 or (numbers == 2 and bool(_MONTH.search(day)) and not _YEAR.search(day))
