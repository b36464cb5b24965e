"""Lines that their words alone tell: buttons, and the headings and sentences of forms for comments."""

from functools import lru_cache
from itertools import pairwise

from cleaner.text.expressions import expression
from cleaner.text.plain import fold

from . import words

_GLUED = 48  # characters of buttons that nothing parts
_COUNT_INSIDE = expression(r"(?<=[^\W\d_])\d{1,5}(?=[^\W\d_])")
_BRIEF = expression(r"\d{1,3}\s?(?:[smhdwyj]|mins?|hrs?|wks?|yrs?|mo|std|tg|wo|sem|sett|uur|tim|дн?|мин|нед|ч|sa|g)\.?")
_PARTED = expression(r"\s?[·|•/]\s?")
_TOKENS = expression(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SPACES = expression(r"\s{2,20}|\s")
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


def is_glued(text: str) -> bool:
    """Whether a line is made of buttons that nothing parts: "ReplyDelete", "Like12Reply"."""
    if len(text) > _GLUED or text[1:].islower():
        return False
    parted = _COUNT_INSIDE.sub(
        "·", text[:1] + "".join("·" * (a.islower() and b.isupper()) + b for a, b in pairwise(text))
    )
    return parted != text and is_buttons(fold_key(parted))


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
    return key[:6] in _OPENS and (opens_form(key) or (notice and key.startswith(words.NOTICES)))
