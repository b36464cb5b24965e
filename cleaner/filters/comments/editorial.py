"""Whether a stretch that was taken for a thread is what editors put below an article: its names and times say so.

A calendar of events, a live ticker, the transcript of a recording, embedded posts, quoted mail and one author's posts
have heads as a thread has them. But events begin on the quarter of an hour, a ticker and a recording tell no day, an
embedded post is signed with a dash and its author's address, and mail has subjects. So it is with obituaries, donors,
matches, horoscopes and the like: each has something in its heads that comment systems do not write.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from cleaner.document import Document
from cleaner.filters.comments.article_like import SURELY, has_signs
from cleaner.text.expressions import expression
from cleaner.text.sentences import STOPS
from cleaner.threads import HEADINGS, Head, heads, is_one_voice, marks, words

_FEWEST = 3  # times that tell something
_CLOCK = expression(  # with or without hours, as time codes are
    r"(?<![\d:.])(?:\d{1,2}:)?\d{1,2}(?::|\.(?=\d\d ?[Uu]hr)|(?<=\d)[hH](?=\d\d))\d\d(?!\d|:\d)"
)
_TIME = expression(  # as heads tell it: "19:30", "19.30 Uhr", "20 h 30", "3 pm"
    r"(?<![\d:.])(?:\d{1,2}(?:[:.]| ?[hH] ?)(\d\d)(?!\d|[:.]\d)|\d{1,2} ?(?:[ap]\.?m\b|Uhr\b|uur\b|hrs?\b))"
)
# Comments that lost their times when they were moved to another system are of midnight.
_MIDNIGHT = expression(r"(?<!\d)(?:0?0:00|12:00 ?a)", re.IGNORECASE)
_BESIDE = expression(r"\b(?:[ap]\.?m\b\.?|uhr|hrs?|h|gmt|utc|[ce]e?s?t|[ap][sd]t|bst)\b|[^\w]+", re.IGNORECASE)
_LONGEST = 60  # characters of a line that tells a time, with who speaks or what begins
# What stands where a thread has its heads, and is none: each says it of a line.
_NO_HEADS = tuple(
    expression(pattern, re.IGNORECASE)
    for pattern in (
        r"\W{0,3}(?:[—–]|--?|&mdash;) ?\S.{0,60}\(@\w{1,30}\)",  # an embedded post: "— Ann Lee (@annlee) May 3, 2015"
        r"\S.{0,50} @\w{1,30} ?[·•] ",  # or "Ann Lee @annlee · May 3, 2015"
        r".{0,60}\b\d[\d.,]{0,8} ?[km]? (?:views|aufrufe|vues|visualizaciones|просмотр)",  # a list of recordings
        r"\S.{0,50} (?:committed|pushed|merged|released this)\b",  # a history of code
        r"(?:on|am|le|il|el|em|op) .{0,60} (?:wrote|schrieb|a écrit|ha scritto|escribió|escreveu|schreef) ?:",  # mail
        r"[^\d\n]{3,40}, \d{2} ?(?:\Z|\()",  # who was asked, or has died: "Ann Lee, 74"
        r".{0,50}(?:[$€£¥₹] ?\d|\d ?(?:[€£₽]|zł|kr|руб|usd|eur)(?!\w))",  # who gave how much
        rf"[^\d\n]{{3,40}}[,،] \d{{2}} (?:{words.AGES})(?!\w).{{0,30}}\Z",  # "Ann Lee, 74 years old"
        r".{0,40}[(（][^()（）]{0,20}\d(?:\d ?[歳歲岁세]|0代)[^()（）]{0,20}[)）]\Z",
        r"\d{1,3}(?:\+\d)?(?:['’′]| ?\. ?(?:min|spielminute))(?!\w)",  # minutes of a match
        r".{0,30}\d{1,3} ?[°º] ?\d",  # where a ship was
        r"\W{0,3}(?:resolved|monitoring|identified|investigating|in progress|scheduled|completed)\W{0,3}\Z",  # a fault
        r"(?:\S.{0,30} (?:street|road|avenue|lane|square)|\S{2,20}(?:straße|strasse|gasse|platz|weg)),",  # where it was
        r".{0,40}\b\d{1,2}\.?(?: ?[^\W\d]{3,10})? ?[–—] ?(?:[^\W\d]{3,10} )?\d{1,2}\b(?![:.]\d)",  # from when to when
    )
)
_QUOTED = expression(r"[\"“„«»‘].{20,}[\"”“»«’]\W{0,2}\Z", re.DOTALL)  # a body that somebody quotes
_PRAISE = expression(  # headings of what customers are quoted with
    r"\W{0,6}(?:testimonials?|what (?:our |the )?(?:guests|customers|clients|patients|students|parents) say\b"
    r"|(?:kunden|gäste|patienten|teilnehmer)stimmen|das sagen (?:unsere|die) |ils témoignent|témoignages"
    r"|lo que dicen nuestros |testimonios|dicono di noi|testimonianze|depoimentos|opinie klientów|отзывы клиентов)",
    re.IGNORECASE,
)
_SENDER, _SENT, _SUBJECT = (
    expression(rf"\W{{0,3}}(?:{field}) ?: ?\S", re.IGNORECASE) for field in (words.SENDERS, words.SENT, words.SUBJECTS)
)
_HANDLE = expression(r"(\S{1,30}) (?:\S{1,30} ){0,3}@\w{1,30}\Z")  # posts of a network: "Ann Lee @annlee"
_CHAT = expression(  # what a chat is exported as: "09/11/2019, 18:02 - Ann: Where are you?"
    r"\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)?"
    r"(?:\]| ?[–—-]) [^:\n]{1,40}: ?\S",
    re.IGNORECASE,
)


def is_editorial(document: Document, first: int, last: int) -> bool:
    """Whether lines `first` to `last` are a calendar, a ticker, a transcript, mail, embedded or one author's posts."""
    if any(mark.kind in SURELY for mark in marks(document) if first - 1 <= mark.line <= last):
        return False
    lines = [line for line in _short(document, first, last) if line]
    here = [head for head in heads(document) if first <= head.line <= last]
    least = max(_FEWEST, len(here) / 2)
    titles = [line for line in lines if not line.endswith(tuple(STOPS))]
    if any(_times(pattern, titles) >= least for pattern in _NO_HEADS):
        return True
    if _is_mail(lines) or _times(_CHAT, lines) >= least:
        return True
    if _have_handles(titles, least) and not has_signs(document, first, last, HEADINGS):
        return True
    if len(here) >= _FEWEST and (is_one_voice(here) or all(map(_is_of_a_ticker, here))):
        return True
    if _is_quoted(document, first, last):
        return True
    stamped = [head for head in here if head.date]
    return _on_the_quarter(document, stamped) or sum(map(_tells_no_day, lines)) > max(_FEWEST, len(stamped) / 2)


def _have_handles(lines: Iterable[str], least: float) -> bool:
    """Whether lines are names with what a network knows them by, and not "Follow @annlee" below what somebody wrote."""
    begun = [told[1] for line in lines if (told := _HANDLE.match(line))]
    return len(begun) >= least and len(set(begun)) > 1


def _is_mail(lines: Sequence[str]) -> bool:
    """Whether lines tell who sent a mail, with its subject, or when right below."""
    senders = [_SENDER.match(line) is not None for line in lines]
    if sum(senders) < _FEWEST:
        return False
    sent = sum(told and _SENT.match(below) is not None for told, below in zip(senders, lines[1:], strict=False))
    return sent >= _FEWEST or _times(_SUBJECT, lines) >= _FEWEST


def _times(pattern: re.Pattern[str], lines: Iterable[str]) -> int:
    """How many lines begin as a pattern says."""
    return sum(pattern.match(line) is not None for line in lines)


def _is_of_a_ticker(head: Head) -> bool:
    """Whether a head names nobody, and tells how long ago it was."""
    return not head.author and head.exact and _CLOCK.search(head.date) is None


def _is_quoted(document: Document, first: int, last: int) -> bool:
    """Whether what is said there is quoted: nearly all of it in quotation marks, or below a heading of praise."""
    texts = [document.text[line.start : line.end].strip() for line in document.lines[max(first - 2, 0) : last + 1]]
    if any(_PRAISE.match(text) for text in texts[:4]):
        return True
    long = [text for text in texts if len(text) > _LONGEST]
    return len(long) >= _FEWEST and _times(_QUOTED, long) >= 0.8 * len(long)


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
