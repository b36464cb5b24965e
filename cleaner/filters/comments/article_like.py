"""Whether a stretch that was taken for a thread, without any sign of one, reads like part of the article.

The segmentation learned most from English pages. Elsewhere it takes an article's last part for readers' comments now
and then: an interview, a talk to the reader, a list. No head, button or heading speaks for it then.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter
from statistics import median

from cleaner.document import Document
from cleaner.pipeline.profiles import STANDARD
from cleaner.segmentation import Segment
from cleaner.text.expressions import expression
from cleaner.text.sentences import CLOSING, STOPS
from cleaner.threads import ANY_HEADING, HEADINGS, HEADS, SURE_HEADINGS, Kind, Mark, heads, is_dialogue, marks
from cleaner.threads.sides import talks

SIGNS: frozenset[Kind] = ANY_HEADING | {"form", "button"}
_HEADINGS_AND_BUTTONS: frozenset[Kind] = SIGNS - {"form", "form-heading"}  # a form stands below any article
SURELY: frozenset[Kind] = SURE_HEADINGS | {"button"}  # which nothing else has
_SLIGHT = 3  # so few lines need a sign or a date to be a thread: they may be thanks, or a note
_MANY = 15  # so many lines are a thread by their number alone
_SILENT = 0.94  # score that fewer lines need without any sign: instructions say "you", too
_HALF = 0.4  # from here on the grammar half believes in a thread
_FORM_HEADING: frozenset[Kind] = frozenset({"form-heading"})
# headings, and those of forms, that recur as below each post of a page; a thread may have a form at either end
_FEET, _FORMS = 2, 3
_SAID = 40  # characters of a line that says something
_SEVERAL = 2  # paragraphs below a sure heading that are asked whether they speak
_NONE = expression(r"(?<!\d)0(?!\d)")
_NAMES = 3  # short lines below a heading that may be names
_TALK = 0.4  # without any sign, a thread is so much more like talk than the text above it
_MUCH = 1.0  # so much more like talk that the stretch may begin within a sentence
_PARAGRAPH = 250  # median length of lines, in characters, from which a stretch without a sign reads like an article
_LINES = 5  # of such a stretch at least: some readers write long comments
_LEADING = 3  # lines above a stretch among which its heading stands
_DAY: frozenset[Kind] = frozenset({"date", "past"})
_DAYS = 2  # lines that are a day, and nothing else: a diary, letters, a chronicle
_WRAPPED = 40  # characters of a line that may go on in the next one
_TURNS = 5  # lines that begin with who speaks, each of them twice or more: a play, or a transcript
_TURN = expression(r"\W{0,3}([^\W\d_][^:(\n]{1,30}?)\s?(?:\([^)\n]{1,80}\)\s?)?[:：](?:\s|\Z)")  # "Judge (angrily): "
_ASKED = expression(
    r"\W{0,3}[^\W\d_][^:,\n]{1,30}, (?:\d{1,2}, )?[a-zà-ÿа-я][^:\n]{2,40}[:：]\s"
)  # "Ann Lee, baker: ..."
_SENTENCE = expression(rf"[{STOPS}:;][{CLOSING}]{{0,3}}\Z")
_OWNS = expression(
    r"\((?:verified (?:owner|buyer|purchase)|verifizierter (?:besitzer|käufer|kauf)|propietario verificado"
    r"|compra verificada|client confirmé|achat vérifié|proprietario verificato|acquisto verificato"
    r"|proprietário verificado|geverifieerde eigenaar|zweryfikowany właściciel)\)",
    re.IGNORECASE,
)  # what shops add to the name of who reviews what they sell
_CARD = expression(r"[:：]\s?\d")  # "Posts: 1,204", of a member of a board
_LINE = attrgetter("line")


def reads_like_article(
    document: Document, segments: Sequence[Segment], first: int, last: int, told: float, by_grammar: float
) -> bool:
    """Whether lines `first` to `last`, with their `segments`, are rather the article's than a thread.

    `told`: how sure of one there both witnesses are; `by_grammar`: how sure the grammar is.
    """
    if len(segments) <= _SLIGHT and not shows(document, first, last, SIGNS):
        return True
    if _is_headed_prose(document, first, last):
        return True
    silent = len(segments) < _MANY and told < _SILENT and by_grammar < _HALF
    if silent and not shows(document, first, last, _HEADINGS_AND_BUTTONS):
        return True
    if by_grammar < _HALF and _days(document, first, last) >= _DAYS:
        return True
    if by_grammar >= STANDARD:
        return False
    return _is_in_turns(document, first, last) or _is_article(document, segments, marks(document), first, last)


def _is_headed_prose(document: Document, first: int, last: int) -> bool:
    """Whether nothing but a heading of comments shows a thread, and the prose below it is none: it stands between two
    counts of comments, as posts do on the front of a blog, or below a count of none, or it speaks to nobody, as what
    stands below "Discussion" in a paper.
    """
    here = _marks(marks(document), first - 1, last)
    if any(mark.kind in HEADS or mark.kind == "button" or mark.date for mark in here):
        return False
    headings, forms = _places(here, HEADINGS), _places(here, _FORM_HEADING)
    for feet, least in ((headings, _FEET), (forms, _FORMS)):
        if len(feet) >= least and any(map(_is_prose, here[feet[0] : feet[-1]])):
            return True
    below = [mark for mark in here[headings[0] + 1 :] if mark.kind in ("prose", "short")] if headings else []
    if not any(map(_is_prose, below)):
        return False
    if any(here[index].kind == "count" and _NONE.search(here[index].text) for index in headings):
        return True
    if any(here[index].kind in SURE_HEADINGS for index in headings) and sum(map(_is_prose, below)) < _SEVERAL:
        return False
    named = sum(mark.kind == "short" for mark in below) >= _NAMES
    return not named and not any(talks(mark.text) for mark in below)


def _places(here: Sequence[Mark], kinds: frozenset[Kind]) -> list[int]:
    return [index for index, mark in enumerate(here) if mark.kind in kinds and not _CARD.search(mark.text)]


def _is_prose(mark: Mark) -> bool:
    return mark.kind == "prose" and mark.size >= _SAID


def shows(document: Document, first: int, last: int, signs: frozenset[Kind]) -> bool:
    """Whether lines `first` to `last`, or the one above, hold one of the signs, or a head with a date.

    A name and a day with nothing below them sign and date the article.
    """
    return any(mark.kind in signs for mark in _marks(marks(document), first - 1, last)) or any(
        head.date and (head.exact or (head.author and head.last < last))
        for head in heads(document)
        if first - 1 <= head.line <= last
    )


def has_signs(document: Document, first: int, last: int, signs: frozenset[Kind] = SIGNS) -> bool:
    """Whether lines `first` to `last`, or a few above, hold one of the signs: headings of comments, buttons, forms."""
    found = marks(document)
    begin = max(bisect_left(found, first, key=_LINE) - _LEADING, 0)
    return any(mark.kind in signs for mark in found[begin : bisect_right(found, last, key=_LINE)])


def _days(document: Document, first: int, last: int) -> int:
    """How many of lines `first` to `last` are a day and nothing else."""
    return sum(mark.kind in _DAY and not mark.exact for mark in _marks(marks(document), first, last))


def _is_article(document: Document, segments: Sequence[Segment], found: Sequence[Mark], first: int, last: int) -> bool:
    """Whether lines that only the segmentation takes for a thread read like an article's: nothing shows one there.

    They talk hardly more than what stands above, are as long as paragraphs, begin with a heading or within a
    sentence, or are turns of people who speak again and again.
    """
    here = _marks(found, first - 1, last)
    if any(mark.kind in SIGNS or mark.kind in HEADS or (mark.kind == "date" and mark.exact) for mark in here):
        return False
    inside = [mark for mark in here if mark.line >= first]
    more = _more_talk(segments)
    if len(inside) > 1 and more < _TALK and not any(_OWNS.search(mark.text) for mark in inside):
        return True
    if len(inside) >= _LINES and median(mark.size for mark in inside) >= _PARAGRAPH:
        return True
    begin, above = _text(document, first), _text(document, first - 1) if first else ""
    goes_on = begin[:1].islower() and len(above) >= _WRAPPED and not _SENTENCE.search(above)
    return begin.startswith("#") or (goes_on and more < _MUCH)


def _is_in_turns(document: Document, first: int, last: int) -> bool:
    """Whether people speak again and again in lines that begin with who does or stand below it, or once each, as who
    was asked on the street, and nothing but a heading shows a thread: "Discussion" heads an interview and a talk, too.
    """
    here = _marks(marks(document), first - 1, last)
    if any(mark.kind in SURELY or mark.kind in HEADS or mark.date for mark in here):
        return False
    texts = [_text(document, mark.line) for mark in here]
    turns = Counter(told[1] for text in texts if (told := _TURN.match(text)))
    if turns.total() >= _TURNS and 2 * len(turns) <= turns.total():
        return True
    names = [text for mark, text in zip(here, texts, strict=True) if mark.kind == "short"]
    if len(names) >= _TURNS and is_dialogue(names):
        return True
    return sum(_ASKED.match(text) is not None for text in texts) > len(texts) / 2


def _more_talk(segments: Sequence[Segment]) -> float:
    """How much more the words of a stretch are those of talk than the words above it, by the votes of single words."""
    facts = max((segment.facts for segment in segments), key=lambda told: told.get("thread", 0.0))
    return facts.get("talk_votes", _MUCH) - facts.get("talk_votes_before", 0.0)


def _text(document: Document, line: int) -> str:
    return document.text[document.lines[line].start : document.lines[line].end].strip()


def _marks(found: Sequence[Mark], first: int, last: int) -> Sequence[Mark]:
    """The marks of lines `first` to `last`."""
    return found[bisect_left(found, first, key=_LINE) : bisect_right(found, last, key=_LINE)]
