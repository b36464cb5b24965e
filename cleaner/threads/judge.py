"""How sure the signs of a thread make us, and what they are in words."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from .courses import Course
from .grammar import ANY_HEADING, HEADINGS, SURE_HEADINGS

STRONG = ("says", "posted", "dated", "name-date")  # heads that name an author, and say more than a day
BARE = 0.6  # the score of a heading with nothing but text below it

_EVIDENCE = (
    (HEADINGS, "heading of comments", "headings of comments"),
    (("numbered",), "numbered item below it", "numbered items below it"),
    (("says",), 'head like "Ann says:"', 'heads like "Ann says:"'),
    (("quote",), 'head like "Ann wrote:"', 'heads like "Ann wrote:"'),
    (("posted",), "head that tells who posted", "heads that tell who posted"),
    (("dated", "name-date"), "head with name and time", "heads with name and time"),
    (("vague",), "head with name and day", "heads with name and day"),
    (("date",), "line with a date alone", "lines with a date alone"),
    (("button",), "reply button", "reply buttons"),
    (("form", "form-heading"), "line of a comment form", "lines of a comment form"),
)


class Sign(NamedTuple):
    """Something that speaks for a thread: the mark at index `at` of a document's marks, and how much it weighs."""

    at: int
    label: str
    weight: float
    author: str = ""
    form: str = ""  # of a head, how it is made, even where no text follows it


def judge(signs: Sequence[Sign], clear: bool) -> tuple[float, tuple[str, ...]]:
    """The score of a thread with these signs, 0 to 1, and its evidence in words.

    `clear`: an article stands before them, and no head. Without a heading, a board's posts look like a thread.
    """
    n = Counter(sign.label for sign in signs)
    evidence = tuple(
        counted(number, one, many) for labels, one, many in _EVIDENCE if (number := sum(n[label] for label in labels))
    )
    score = _score(n, signs[0].label, clear)
    authors = {sign.author for sign in signs if sign.label in STRONG}
    headed = signs[0].label in ANY_HEADING or n["form"] + n["form-heading"]
    if len(authors) == 1 and sum(n[label] for label in STRONG) >= 3 and not headed:
        score = min(score, 0.3)  # "Customer review, May 2": a title, nobody's name
    return score, evidence


def alike(course: Course) -> str:
    """What a course is, in words."""
    count = len(course.heads)
    if course.sort == "lone":
        return counted(count, "name on a line of its own", "names on lines of their own")
    if course.sort in ("counted", "headed"):
        return "lines worded like comments below a heading of comments"
    if course.sort == "repeated":
        return f"one short line {count} times between texts"
    exact = sum(head.exact for head in course.heads) * 2 > count
    what = "with name and time" if course.heads[0].author and exact else "with a time" if exact else "that look alike"
    return f"{counted(count, 'head', 'heads')} {what}, to the end"


def _score(n: Counter[str], first: str, clear: bool) -> float:
    """From 0.95 on all threads of the labelled packs (wcxb, scrapinghub, trafeval and magic, on 22 November 2026) were
    threads, from 0.9 on nearly all, below that a good half.
    """
    headed, announced = first in ANY_HEADING, first in SURE_HEADINGS
    says, buttons, dates, vague = n["says"], n["button"], n["date"], n["vague"]
    forms = n["form"] + n["form-heading"]
    strong = sum(n[label] for label in STRONG) + (n["quote"] if announced else 0)
    verdicts = (
        (n["count"] + n["heading"] + n["sure-heading"] >= 4 and strong < 8, 0.5),  # articles, each with its count
        (headed and strong >= 2, 0.97),
        (headed and strong, 0.95),
        (vague >= 3 and (announced or (headed and clear)), 0.94),
        ((headed and n["numbered"] >= 3) or (announced and n["numbered"] >= 2), 0.93),
        (first == "sure-heading", 0.93),
        (announced and (buttons >= 2 or dates >= 2 or forms), 0.93),
        (says >= 6 or (strong >= 4 and forms and strong > dates), 0.94),
        (clear and (says >= 3 or (strong >= 3 and (buttons or forms))), 0.95),
        (clear and (says == 2 or strong >= 4), 0.92),
        (clear and first in STRONG and strong == 1 and buttons and forms, 0.92),  # one comment, its button and the form
        (buttons >= 4 or strong + vague / 2 >= 2, 0.7),
        (first == "count" or dates >= 4, BARE),
    )
    return next((score for holds, score in verdicts if holds), 0.0)


def counted(number: int, one: str, many: str) -> str:
    """The number and its noun."""
    return f"{number} {one if number == 1 else many}"
