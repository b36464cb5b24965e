"""What stands behind the date of a head and says nothing of who wrote: steps through a thread, "edited", links."""

import re

from cleaner.text.expressions import expression

from . import words
from .buttons import fold_key, is_approved, is_buttons
from .dates import find_stamp

_SMALL = expression(
    r"[#\d\s().·|-]{1,12}|[^\w]{1,4}|\d{1,4}\s?[楼樓]|(?:发表|發表|发布|發佈|评论|回复)|(?:via|ip属地)[\s:：].{1,20}|[来來]自[\s:：]?\S{1,20}|id:\S{3,14}",
    re.IGNORECASE,
)
_NUMBER = expression(r"\(?#?\d{4,12}\)?(?=\s|\Z)|\(#\w{1,12}\)")  # of a comment among all of a site
# "[-]", whose last bracket has gone with the marks at the line's edges
_FOLD = expression(r"\[(?:[-+]|\d{1,4}\smore|[-+]?\d{1,4})\]?\Z")
_PARTS = expression(r"\s?[|·•]\s?|\s")
_CHANGED = expression(rf"\(?(?:{words.CHANGED})\)?(?![^\W\d_])[\s:·•,-]{{0,3}}", re.IGNORECASE | re.VERBOSE)
_GLUED = expression(rf"(?<=\d)(?=\(?(?:{words.CHANGED})\)?\Z)", re.IGNORECASE | re.VERBOSE)
_ANSWERS = expression(  # not "12 comments": below the title of an article, these are its own
    r"\(\d{1,4}\s(?:child(?:ren)?|repl(?:y|ies)|antwort(?:en)?|réponses?|respuestas?|respostas?|rispost[ae]|reacties?|odpowied(?:zi|ź)"
    r"|ответ(?:а|ов)?|відповід(?:ь|і|ей)|yanıt|svar)\)",
    re.IGNORECASE,
)
_STEPS = 6  # that a line has


def is_trifle(text: str, *, joined: bool) -> bool:
    """Whether what stands behind a date names nobody. `joined`: it goes on from the date as a sentence does."""
    key = fold_key(text)
    if _SMALL.fullmatch(text) or (is_buttons(key) and not (joined and is_approved(key))) or _ANSWERS.fullmatch(text):
        return True
    number = _NUMBER.match(text)
    rest = text[number.end() :].lstrip() if number else text
    return not rest or _is_step(rest) or (not joined and _is_changed(rest)) or is_link(fold_key(rest))


def is_link(key: str) -> bool:
    """Whether a folded text is made of names of links alone: "homepage journal"."""
    if key in words.LINKS:
        return True
    cuts = [at for at, character in enumerate(key) if character == " "]
    return len(cuts) < _STEPS and any(key[:at] in words.LINKS and is_link(key[at + 1 :]) for at in cuts)


def apart(text: str) -> str:
    """A short text with a space between a date and the word glued to it that says that the comment was changed."""
    return _GLUED.sub(" ", text) if text[-1:].isalpha() or text[-1:] == ")" else text


def _is_step(text: str) -> bool:
    """Whether a text leads through a thread: "parent | next [-]". A word alone may be a page's own: "next"."""
    fold = _FOLD.search(text)
    steps = [part for part in _PARTS.split(text[: fold.start()] if fold else text) if part]
    return (
        len(steps) <= _STEPS and len(steps) + 2 * bool(fold) >= 2 and all(one.lower() in words.STEPS for one in steps)
    )


def _is_changed(text: str) -> bool:
    """Whether a text says that a comment was changed, with the time or without: "(edited)", "Edited 3mo ago"."""
    found = _CHANGED.match(text)
    if not found:
        return False
    rest = text[found.end() :].strip("() ")
    stamp = find_stamp(rest) if rest else None
    return not rest or (stamp is not None and stamp.exact and not stamp.start and stamp.end == len(rest))
