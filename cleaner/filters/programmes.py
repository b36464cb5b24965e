"""Whether the names and times in a stretch that was taken for a thread are none of readers' comments.

A calendar of events, a live ticker, the transcript of a recording, embedded posts, quoted mail and one author's posts
have heads as a thread has them. But events begin on the quarter of an hour, a ticker and a recording tell no day, an
embedded post is signed with a dash and its author's address, and mail has subjects.
"""

import re
from collections.abc import Iterable, Iterator

from cleaner.document import Document
from cleaner.text.expressions import expression
from cleaner.threads import Head, Kind, heads, is_one_voice, marks

_SURELY: frozenset[Kind] = frozenset({"count", "sure-heading", "button"})  # signs that a programme has not
_FEWEST = 3  # times that tell something
_CLOCK = expression(r"(?<![\d:.])(?:\d{1,2}:)?\d{1,2}(?::|\.(?=\d\d ?[Uu]hr)|(?<=\d)[hH](?=\d\d))(\d\d)(?!\d|:\d)")
_TIME = expression(  # as heads tell it: "19:30", "19.30 Uhr", "20 h 30", "3 pm"
    r"(?<![\d:.])(?:\d{1,2}:)?\d{1,2}(?:(?:[:.]| ?[hH] ?)(\d\d)(?!\d|[:.]\d)| ?(?:[ap]\.?m\b|Uhr\b|uur\b|hrs?\b))"
)
# Comments that lost their times when they were moved to another system are of midnight.
_MIDNIGHT = expression(r"(?<!\d)(?:0?0:00|12:00 ?a)", re.IGNORECASE)
_BESIDE = expression(r"\b(?:[ap]\.?m\b\.?|uhr|hrs?|h|gmt|utc|[ce]e?s?t|[ap][sd]t|bst)\b|[^\w]+", re.IGNORECASE)
_LONGEST = 60  # characters of a line that tells a time, with who speaks or what begins
_EMBEDDED = expression(r"\W{0,3}(?:[—–]|--?|&mdash;) ?\S.{0,60}\(@\w{1,30}\)")  # "— Ann Lee (@annlee) May 3, 2015"
_SENDER = expression(r"\W{0,3}(?:from|von|de|da|van|fra|från|od|от|від) ?: ?\S", re.IGNORECASE)
_SUBJECT = expression(
    r"\W{0,3}(?:subject|betreff|objet|asunto|assunto|oggetto|onderwerp|emne|ämne|temat|тема) ?: ?\S", re.IGNORECASE
)


def is_programme(document: Document, first: int, last: int) -> bool:
    """Whether lines `first` to `last` are a calendar, a ticker, a transcript, mail, embedded or one author's posts."""
    if any(mark.kind in _SURELY for mark in marks(document) if first - 1 <= mark.line <= last):
        return False
    lines = [line for line in _short(document, first, last) if line]
    if _many(_EMBEDDED, lines) or (_many(_SENDER, lines) and _many(_SUBJECT, lines)):
        return True
    here = [head for head in heads(document) if first <= head.line <= last]
    if len(here) >= _FEWEST and is_one_voice(here):
        return True
    stamped = [head for head in here if head.date]
    return _on_the_quarter(document, stamped) or sum(map(_tells_no_day, lines)) > max(_FEWEST, len(stamped) / 2)


def _many(pattern: re.Pattern[str], lines: Iterable[str]) -> bool:
    """Whether several lines begin as the pattern says."""
    return sum(pattern.match(line) is not None for line in lines) >= _FEWEST


def _short(document: Document, first: int, last: int) -> Iterator[str]:
    """The lines, short enough to be heads."""
    for line in document.lines[first : last + 1]:
        if line.end - line.start <= 2 * _LONGEST:
            yield document.text[line.start : line.end].strip()


def _on_the_quarter(document: Document, stamped: Iterable[Head]) -> bool:
    """Whether all of several times of day fall on the quarter of an hour, as nobody's comments do."""
    told = [document.text[document.lines[head.line].start : document.lines[head.last].end] for head in stamped]
    minutes = [int(time[1] or 0) % 15 for text in told if not _MIDNIGHT.search(text) for time in _TIME.finditer(text)]
    return len(minutes) >= _FEWEST and not any(minutes)


def _tells_no_day(line: str) -> bool:
    """Whether a line is a time of day or of a recording, alone or with a name, and tells no day."""
    clock = _CLOCK.search(line) if len(line) <= _LONGEST else None
    if clock is None:
        return False
    beside = [_BESIDE.sub("", side) for side in (line[: clock.start()], line[clock.end() :])]
    return not all(beside) and not any(character.isdigit() for side in beside for character in side)
