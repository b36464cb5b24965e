"""Comments that are signed where they end, as pages of questions and answers have them: below each answer a few.

A thread below an article goes on until the end. Here the next answer, which stays, follows the comments on the last
one, so each comment has to give itself away: "... have backups. – Max Mar 26, 2019 at 16:47", or "Commented" for the
dash, which stands before a name or not. A wiki signs with links: "--Max (talk) 16:47, 26 March 2019 (UTC)".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.document import Document
from cleaner.text.expressions import expression
from cleaner.text.sentences import CLOSING, STOPS

from . import words
from .authors import is_name
from .dates import find_stamp, parted
from .grammar import bare
from .sides import talks
from .split import Comment

SCORE = 0.93  # nothing else on a page is signed so, yet where the first of such comments begins is not always plain
_TAIL = 140  # characters of a line's end that can sign a comment
_BODY = 12  # characters that are a comment
_FEWEST = 2  # signed with a dash: one may be the article's own
_ABOVE = 12  # lines of a comment above the one that signs it
_DASHES = ("–", "—", "--")
_BEFORE = 1000  # characters above what is signed as in a wiki: there are pages for talk alone, which is their content
_ZONE = expression(r"\s\([A-Z]{2,5}\)\Z")
_LINKED = expression(
    rf"""(?P<author>[^\s()（–—][^()（–—\n]{{0,60}}?)\s?[(（](?:{words.TALKS})(?:\s?[·|•,/]\s?(?:{words.TALKS})){{0,3}}[)）]
    \s?(?=\S.{{6,50}}\Z)""",
    re.IGNORECASE | re.VERBOSE,
)
_SENTENCE = expression(rf"[{STOPS}][{CLOSING}]{{0,2}}\s(?=\S)")
_ADDED = expression(
    r"(?:the\s)?(?:preceding\s)?unsigned\s(?:comment|post)\s(?:was\s)?(?:added\s)?by\s|nicht\ssignierter\sbeitrag\svon\s"
    r"|commentaire\snon\ssigné\s(?:de|par)\s|comentario\ssin\sfirmar\sde\s|comentário\snão\sassinado\sde\s"
    r"|commento\snon\sfirmato\s(?:di|da)\s|эта\sреплика\sдобавлена\sучастником\s|niepodpisany\skomentarz\s(?:dodał\s)?",
    re.IGNORECASE,
)
_TOLD = expression(r"(?<![^\W\d])(?:Commented|Comentad[oa]|Comentó|コメント済み)\s(?P<stamp>\S.{4,40})\Z")
_NAMED = expression(
    r"[–—]\s?(?P<author>[^\s–—][^–—\n]{0,40}?)\s?(?:\d{4}-\d\d-\d\d\s\d\d:\d\d:\d\d(?:\s\+00:00|Z)?)?\s?\Z"
)
_COUNTER = expression(r"[\s*•+-]*\d{0,4}[\s*•+-]*\Z")  # votes for a comment, or the mark of a list alone
_LISTED = expression(r"\s*[*•+-]\s")
_NUMBERED = expression(r"[^\W\d]\w{0,30}\d\s")
_SAID = expression(rf"[{STOPS})\"'”’»]\s*\Z")
_MORE = expression(r"(?:show|view)\s(?:\d{1,4}\s)?more\scomments?|add\sa\scomment", re.IGNORECASE)


class _Foot(NamedTuple):
    """What signs a comment on a line: from character `start` of its text on."""

    start: int
    author: str
    date: str
    told: bool  # by a word and not just a dash
    linked: bool = False  # as in a wiki


def signed_runs(document: Document) -> list[list[Comment]]:
    """The comments of a document that are signed where they end, in runs with nothing else between."""
    text = document.text
    lines = [text[line.start : line.end] for line in document.lines]
    found: list[Comment] = []
    told = said = 0
    for place, line in enumerate(lines):
        foot = _foot(line)
        if foot and foot.linked and not found and sum(map(len, lines[:place])) < _BEFORE:
            return []
        first = _first(lines, place, foot) if foot else None
        if foot and first is not None and (not found or first > found[-1].last):
            told += foot.told
            said += bool(_SAID.search(line[: foot.start])) or talks(line)
            found.append(Comment(first, place, foot.author or _author(lines, place), foot.date, first, place))
    # Events are announced with a place and a time as well, but in no sentences.
    sure = told or (len(found) >= _FEWEST and 2 * said >= len(found))
    return list(_runs(lines, found)) if sure else []


def _foot(line: str) -> _Foot | None:
    """What signs the comment that ends with a line."""
    text = line.rstrip()
    zone = _ZONE.search(text, max(len(text) - _TAIL, 0)) if text[-1:] == ")" else None
    text = text[: zone.start()] if zone else text
    if not text[-1:].isalnum():
        return None
    linked = _linked(text)
    if linked:
        return linked
    cut = max(len(text) - _TAIL, 0)
    match = _TOLD.search(text, cut)
    if match and _tells_when(match["stamp"]) == 0:
        named = _NAMED.search(text, cut, match.start())
        return _Foot((named or match).start(), named["author"].strip() if named else "", match["stamp"], told=True)
    dash = max(text.rfind(dash, cut) for dash in _DASHES)
    rest = parted(text[dash + 1 :].strip("- \t"))
    numbered = _NUMBERED.match(rest)
    first = numbered.end() if numbered else 0  # "user1234 Mar 26" is no date of that year
    begins = _tells_when(rest[first:])
    author = rest[: first + begins].strip() if dash >= 0 and begins >= 0 else ""
    return _Foot(dash, author, rest[first + begins :], told=False) if is_name(author) else None


def _linked(text: str) -> _Foot | None:
    """What signs a comment as in a wiki, by a name with links behind it."""
    cut = max(len(text) - _TAIL, 0)
    dash = max((text.rfind(dash, cut) + len(dash) for dash in _DASHES if dash in text[cut:]), default=cut)
    starts = [dash, *(stop.end() for stop in _SENTENCE.finditer(text, dash))]
    for start in reversed(starts):  # the last one may be in the date: "3. Mai"
        begin = start + len(text[start:]) - len(text[start:].lstrip())
        added = _ADDED.match(text, begin)
        match = _LINKED.match(text, added.end() if added else begin)
        if match and _tells_when(text[match.end() :]) == 0:
            signs = dash > cut and start == dash
            begins = dash - (2 if text[dash - 2 : dash] == "--" else 1) if signs else begin
            return _Foot(begins, match["author"], text[match.end() :], told=True, linked=True)
    return None


def _tells_when(text: str) -> int:
    """Where the day and time begin that a text ends with; -1 when it does not."""
    stamp = find_stamp(text)
    return stamp.start if stamp and stamp.exact and stamp.day and stamp.end == len(text) else -1


def _first(lines: list[str], place: int, foot: _Foot) -> int | None:
    """The line with which a comment begins that is signed on line `place`; None where that is not plain."""
    if len(bare(lines[place][: foot.start])) >= _BODY:
        return place - 1 if place and lines[place - 1].strip() and _COUNTER.match(lines[place - 1]) else place
    if not foot.author and not _author(lines, place):
        return None
    for above in range(place, max(place - _ABOVE, -1), -1):
        if not lines[above].strip():
            return None
        if _LISTED.match(lines[above]):
            counted = above and lines[above - 1].strip() and _COUNTER.match(lines[above - 1])
            return above - 1 if counted else above
    return None


def _author(lines: list[str], place: int) -> str:
    """The name in a line of its own, with a dash before it, shortly above the line that signs."""
    for above in lines[max(place - 2, 0) : place]:
        named = _NAMED.match(above.strip())
        if named:
            return named["author"].strip()
    return ""


def _runs(lines: list[str], found: list[Comment]) -> Iterator[list[Comment]]:
    run: list[Comment] = []
    for comment in found:
        between = lines[run[-1].last + 1 : comment.first] if run else []
        if run and not all(_COUNTER.match(line) or _MORE.match(bare(line)) for line in between):
            yield run
            run = []
        run.append(comment)
    if run:
        yield run
