"""Lines that their words alone tell: buttons, and the headings and sentences of forms for comments."""

import re
from functools import lru_cache
from itertools import pairwise

from cleaner.text.expressions import expression
from cleaner.text.plain import fold

from . import words

_GLUED = 48  # characters of buttons that nothing parts
_RUN = 80  # of such buttons in small letters
_RUNNING = 3  # buttons that make such a line
_LEAST, _MOST = 4, 16  # letters of a button that is told without a space beside it
_NUMBER = r"(?:\d{1,3}(?:[.,]\d{3}|[.,]\d)?\s?[km]?|\d{1,6})"
_APPROVED = expression(
    rf"(?P<approval>[^\d()\[\]:]{{1,24}}?)\s?[(\[:]?\s?{_NUMBER}|{_NUMBER}\s?(?P<approved>[^\d()\[\]:]{{1,24}})"
)
_DIGIT = expression(r"\d")
_NAMED = 6  # words of the names of those who like a comment
_LIKED = expression(words.LIKED, re.VERBOSE)
_COUNT_INSIDE = expression(r"(?<=[^\W\d_])\d{1,5}(?=[^\W\d_])")
_BRIEF = expression(r"\d{1,3}\s?(?:[smhdwyj]|mins?|hrs?|wks?|yrs?|mo|std|tg|wo|sem|sett|uur|tim|дн?|мин|нед|ч|sa|g)\.?")
_PARTED = expression(r"\s?[·|•/]\s?")
_TOKENS = expression(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SPACES = expression(r"\s{2,20}|\s")
_AND = expression(r",\s(?:and|und|y|e|et|en|och|og|i|и|і|ve)\s")  # a sentence goes on, where a notice says but
_OPENS = {opening[:6] for opening in words.FORM_OPENINGS + words.NOTICES}
_FIRST = {heading.partition(" ")[0] for heading in words.FORM_HEADINGS}
_CLOSING = words.FORM_HEADINGS | words.CANCELS
_CLOSERS = ":;,.!?…↓▼»>→()[]*|·•-– \t"


def fold_key(text: str) -> str:
    """A line as the word lists have it."""
    text = fold(text).lower()
    if "  " in text or not text.isprintable():  # no other white space is
        text = _SPACES.sub(" ", text)
    return text.strip(_CLOSERS)


@lru_cache(maxsize=4096)
def is_buttons(key: str) -> bool:
    """Whether a folded line is made of buttons and counts alone: "like · reply · 3 h"."""
    if key in words.BUTTONS_STRONG:
        return True
    if len(key) > 60:
        return False
    if _DIGIT.search(key) and is_approved(key):
        return True
    told: list[str] = []
    for part in _PARTED.split(key):
        if told and _BRIEF.fullmatch(part):  # "Like · Reply · 3 h"
            continue
        phrase = part.strip("0123456789 ()!")
        told += [phrase] if phrase in words.BUTTONS else _TOKENS.findall(part)
    return (
        0 < len(told) <= 8
        and all(one in words.BUTTONS for one in told)
        and any(one in words.BUTTONS_STRONG for one in told)
    )


def is_approved(key: str) -> bool:
    """Whether a folded line tells how many approve of a comment: "like (31", "412 recommend", "liked by 3 people"."""
    counted = _APPROVED.fullmatch(key)
    if counted and (counted["approval"] in words.APPROVALS or counted["approved"] in words.APPROVED):
        return True
    return _LIKED.fullmatch(key) is not None


def is_glued(text: str) -> bool:
    """Whether a line is made of buttons that nothing parts: "ReplyDelete", "Like12Reply", "permalinksavereply"."""
    if text[1:].islower():
        return _runs_on(text)
    if len(text) > _GLUED:
        return False
    parted = _COUNT_INSIDE.sub(
        "·", text[:1] + "".join("·" * (a.islower() and b.isupper()) + b for a, b in pairwise(text))
    )
    return parted != text and is_buttons(fold_key(parted))


def _runs_on(text: str) -> bool:
    """Whether a line is made of buttons in small letters, most of them with nothing between, and a strong one among
    them: "permalinksavereportgive awardreply".
    """
    if not _RUNNING * _LEAST <= len(text) <= _RUN or text.count(" ") >= _RUNNING:
        return False
    key = fold_key(text)
    ways: dict[int, tuple[int, bool]] = {0: (0, False)}  # buttons up to a place, and whether one of them is strong
    for at in range(len(key)):
        if at not in ways:
            continue
        told, strong = ways[at]
        if key[at] == " ":
            ways[at + 1] = ways[at]
        for end in range(at + _LEAST, min(at + _MOST, len(key)) + 1):
            if key[at:end] in words.BUTTONS:
                way = told + 1, strong or key[at:end] in words.BUTTONS_STRONG
                ways[end] = max(ways.get(end, way), way, key=lambda one: (one[1], one[0]))
    told, strong = ways.get(len(key), (0, False))
    return strong and told >= _RUNNING


def is_liked(text: str) -> bool:
    """Whether a line tells by name who likes a comment: "Liked by Ann Hill"."""
    names = text[9:].split() if text[:9].lower() == "liked by " else []
    return 0 < len(names) <= _NAMED and all(one[0].isupper() or one in ("and", "&") for one in names)


def heads_form(key: str) -> bool:
    """Whether a line joins the heading of the comments and that of their form: "Comments Leave a comment"."""
    return key.partition(" ")[0] in words.HEADINGS and key.partition(" ")[2] in words.FORM_HEADINGS


def opens_and_cancels(key: str) -> bool:
    """Whether a line joins the heading of a form and the button that closes it: "Leave a Reply Cancel reply"."""
    if key.partition(" ")[0] not in _FIRST:
        return False
    cuts = (at for at, character in enumerate(key) if character == " ")
    return any(
        key[:at].strip(_CLOSERS) in words.FORM_HEADINGS and key[at + 1 :].strip(_CLOSERS) in _CLOSING for at in cuts
    )


def opens_form(text: str) -> bool:
    """Whether a line begins as the sentences of forms do."""
    head = fold(text[:90]).lower()
    return head[:6] in _OPENS and head.startswith(words.FORM_OPENINGS)


def is_form(key: str, *, notice: bool) -> bool:
    """Whether a folded line is a sentence of a form; or, with `notice`, one that a form is headed by."""
    return key[:6] in _OPENS and (opens_form(key) or (notice and _is_notice(key)))


def _is_notice(key: str) -> bool:
    """Whether a folded line is a notice about comments: not "Comments are closed, and the council has moved on."."""
    opening = next((one for one in words.NOTICES if key.startswith(one)), "")
    return bool(opening) and not _AND.match(key, len(opening))
