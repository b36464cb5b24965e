"""Where a document's comment thread runs, judged as a whole: from one place on, there are heads, buttons and forms.

A thread has no line that proves it. What does is that its signs come close together and go on until the end,
and that there are none before. So each sign weighs something, text that no sign explains counts
against it, and the best suffix wins. The article hardly ever resumes after a thread.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.document import Document
from cleaner.models import SHIPPED
from cleaner.pipeline.profiles import JUST_BELOW_STANDARD, STANDARD

from . import words
from .buttons import fold_key
from .bylined import bylined_thread
from .cards import carded_thread, cards, has_members_first
from .courses import Course, courses, text_end
from .edges import below_byline, first_comment_above, takes_body_above, with_heads
from .framed import first_led, has_figures
from .grammar import ANY_HEADING, HEADINGS, Mark, forum_lines, marks
from .heads import heads_among
from .judge import BARE, STRONG, Sign, alike, counted, judge
from .names import named_thread
from .own_voices import begins_below
from .weigh import load, weigh


class Thread(NamedTuple):
    """A run of lines, first to last inclusive, that readers wrote; `evidence` names what gave it away."""

    first: int
    last: int
    score: float
    evidence: tuple[str, ...]
    form_only: bool = False  # nobody has commented: only the form for it stands there


_BEFORE = 250  # characters of prose that stand before a thread: without an article, the talk is the content
_BODY = 1200  # characters of text that one sign explains
_CLEAR = 1000  # characters of article before a thread that has no heading
_OPENERS = frozenset(
    {"says", "quote", "posted", "dated", "name-date", "vague", *ANY_HEADING, "form"}
)  # where a thread can begin
_COMMENTS = (*STRONG, "quote", "vague", "numbered")  # signs that begin a comment each
_DOUBTED = 0.5  # a course with a lower score at the top of the text speaks against a thread
_LIKELY = 0.1  # courses with a lower score are not told of
_ABOVE = 3  # lines above the first head that may hold the heading
_CLOSED = 0.93  # the score of lone names, each with "Like · Reply · 3 h" below what it says
_BRIEFLY = re.compile(r"[·|•]\s?\d{1,3}\s?[^\W\d]{1,4}\.?\Z")
_PRESSED = 3  # heads with a button each
_FORM_GAP = 400  # characters of text that stand among a form's lines
_WEIGHTS: dict[str, float] = {
    "count": 2.5,
    "sure-heading": 3.0,
    "heading": 1.2,
    "form-heading": 1.5,
    "form": 2.0,
    "button": 1.0,
}


def find_threads(document: Document, weights: Path = SHIPPED.threads) -> list[Thread]:
    """The thread of a document, if it has one; `weights`: the file of those by which courses of heads are judged."""
    found = marks(document)
    signs = _signs(found)
    thread = _best_suffix(found, signs) if signs else None
    if thread and _is_forum(found, thread):
        thread = None
    headed = any(thread is not None and mark.line == thread.first and mark.kind in ANY_HEADING for mark in found)
    course = _best_course(found, document, weights)
    weighed = any(one.sort == "dated" for _, one in _weighed(found, document, weights))
    doubted = weighed and not headed and (course is None or course.score < STANDARD)
    if thread and doubted and not thread.form_only and not _pressed(found, thread):
        thread = thread._replace(score=min(thread.score, JUST_BELOW_STANDARD))  # the same heads, weighed as a whole
    thread = _surer(thread, course, headed=headed)
    if thread is None or thread.score < STANDARD or thread.form_only:
        named = named_thread(found)
        if named is not None and (thread is None or named[0] < thread.first):
            thread = Thread(*named)
        bylined = bylined_thread(found, document)
        if bylined is not None and (thread is None or thread.form_only or bylined[2] > thread.score):
            thread = Thread(*bylined)
    told = cards(found, document)
    carded = carded_thread(told, found, document)
    if carded is not None and (thread is None or thread.form_only or carded[0] <= thread.first):
        thread = Thread(*carded)
    elif thread is not None and has_members_first(told, found, document):
        thread = thread._replace(score=min(thread.score, JUST_BELOW_STANDARD))
    if thread is None:
        return []
    return [_below_own_voices(document, thread._replace(first=below_byline(found, thread.first, thread.last)))]


def _below_own_voices(document: Document, thread: Thread) -> Thread:
    """The same thread, but without the article's own voices above its heading or its first head that tells a time."""
    first = begins_below(document)
    if first is None or not thread.first < first <= thread.last:
        return thread
    return thread._replace(first=first, evidence=("unlike the heads above it",))


def _pressed(found: Sequence[Mark], thread: Thread) -> bool:
    """Whether each head of a thread has its own button, or figures for it: then its comments need not speak alike."""
    inside = [mark for mark in found if thread.first <= mark.line <= thread.last]
    here = [head for head in heads_among(inside) if head.kind != "date" and head.exact]
    if len(here) < _PRESSED:
        return False
    place = {mark.line: index for index, mark in enumerate(inside)}
    buttons = sum(mark.kind == "button" for mark in inside)
    return len(here) <= buttons or has_figures(inside, [place[head.line] for head in here])


def _weighed(found: Sequence[Mark], document: Document, weights: Path) -> list[tuple[float, Course]]:
    """The courses of a document with their scores: from its memo, or made now."""
    known = document.memo.get(("courses", weights))
    if known is None:
        fitted = load(weights)
        known = [(weigh(course, fitted), course) for course in courses(found, document)]
        document.memo["courses", weights] = known
    weighed: list[tuple[float, Course]] = known
    return weighed


def _best_course(found: Sequence[Mark], document: Document, weights: Path) -> Thread | None:
    """The thread that begins with the likeliest course of heads, or with a heading right above it."""
    weighed = _weighed(found, document, weights)
    if not weighed:
        return None
    sure = [one for one in weighed if one[0] >= STANDARD]
    sure = [one for one in sure if one[1].sort in ("dated", "counted")] or sure  # they tell best where it begins
    if sure:  # the longest, for the others are pieces of it; but without what may be the article's byline
        score, course = min(sure, key=lambda one: one[1].first)
        if course.sort == "dated":
            score, course = next((one for one in sure if one[1].heads == course.heads[1:]), (score, course))
    else:
        score, course = max(weighed, key=lambda one: one[0])
    if course.sort == "lone" and _closed(found, course):
        score = max(score, _CLOSED)
    if score < _LIKELY:
        return None
    if course.sort == "repeated":
        course = with_heads(course, [one for weight, one in weighed if weight >= _DOUBTED], found)
    first = _beginning(found, document, course)
    return Thread(found[first].line, found[course.last].line, score, (alike(course),))


def _beginning(found: Sequence[Mark], document: Document, course: Course) -> int:
    """Where the thread of a course begins: with a heading shortly above it, or what belongs to its first comment."""
    first = course.first
    for index in range(first - 1, max(first - 1 - _ABOVE, -1), -1):
        if found[index].kind == "prose":
            break
        if found[index].kind in ANY_HEADING:
            first = index
    if first != course.first:
        return first
    if course.sort == "dated":
        place = {mark.line: index for index, mark in enumerate(found)}
        first = first_led(found, [(place[head.line], head.author) for head in course.heads], first)
        first -= first_comment_above(found, course)
    return first - 1 if course.below and first == course.first and takes_body_above(found, document, course) else first


def _closed(found: Sequence[Mark], course: Course) -> bool:
    """Whether each comment of a course ends in a line like "Like · Reply · 3 h": nothing else does."""
    inside = (mark for mark in found[course.first : course.last + 1] if mark.kind == "button")
    return sum(bool(mark.date or _BRIEFLY.search(mark.text)) for mark in inside) >= len(course.heads)


def _surer(one: Thread | None, course: Thread | None, *, headed: bool) -> Thread | None:
    """Of two threads the surer one; where both are sure, from the heading on, or else from where the course begins."""
    if one is None or course is None:
        return one or course
    if one.form_only or min(one.score, course.score) < STANDARD:
        return course if course.score >= (STANDARD if one.form_only else one.score) else one
    evidence = tuple(dict.fromkeys((*one.evidence, *course.evidence)))
    first = one.first if headed else course.first
    return Thread(first, max(one.last, course.last), max(one.score, course.score), evidence)


def has_board_marks(document: Document, first: int | None = None) -> bool:
    """Whether a text has two marks of a board or more, the first one above line `first`, if that is given."""
    marked = forum_lines(document)
    return len(marked) >= 2 and (first is None or marked[0] < first)


def is_board(document: Document, first: int, weights: Path = SHIPPED.threads) -> bool:
    """Whether the talk that begins in line `first` is what its page is for.

    A board's marks stand above it already, or a course of heads that is no thread begins with the text. `weights`
    as in `find_threads`.
    """
    if has_board_marks(document, first):
        return True
    found = marks(document)
    weighed = _weighed(found, document, weights)
    return all(score < STANDARD for score, _ in weighed) and any(
        course.opening and score < _DOUBTED and found[course.first].line <= first <= found[course.last].line
        for score, course in weighed
    )


def _is_forum(found: Sequence[Mark], thread: Thread) -> bool:
    """Whether the page is a talk from its first line on, or a shop's reviews: such posts are what the page is for.

    A board's marks below a heading of comments are those of a site that uses a board for its comments.
    """
    marked = [mark.line for mark in found if mark.kind == "forum"]
    headed = any(mark.kind in ("count", "heading") and mark.line == thread.first for mark in found)
    return len(marked) >= 2 and not (headed and marked[0] > thread.first)


def _signs(found: Sequence[Mark]) -> list[Sign]:
    """What speaks for a thread, in order; a head that nothing follows speaks hardly at all."""
    place = {mark.line: index for index, mark in enumerate(found)}
    out: list[Sign] = []
    here = heads_among(found)
    starts = {head.line for head in here}
    for head in here:
        following = place[head.last] + 1
        while following < len(found) and found[following].kind == "button":
            following += 1
        body = (
            following < len(found)
            and found[following].line not in starts
            and found[following].kind in ("prose", "short")
        )
        weight = {"says": 2.2, "quote": 1.0, "posted": 2.0, "dated": 1.2, "name-date": 1.2, "date": 0.4}[head.kind]
        weight += 0.8 if head.exact and head.kind != "date" else 0.3 if head.exact else 0.0
        label = "vague" if head.kind in ("dated", "name-date") and not head.exact else head.kind
        if head.kind == "quote" and head.exact:  # news does not tell the time of day at which somebody said it
            label = "says"
        shown = label if body else "bare"
        out.append(Sign(place[head.line], shown, weight if body else 0.15, head.author, label))
    for i, mark in enumerate(found):
        field = (
            mark.kind == "heading"
            and i
            and found[i - 1].kind in ("form", "form-heading")
            and fold_key(mark.text) in words.FIELDS
        )
        if mark.kind in _WEIGHTS and not field:  # "Comment" below "Leave a Reply" names a field
            out.append(Sign(i, mark.kind, _WEIGHTS[mark.kind]))
    out.extend(Sign(i, "numbered", 0.8) for i in _numbered(found))
    return sorted(out)


def _numbered(found: Sequence[Mark]) -> list[int]:
    """The marks that number the comments below the last heading: in rising order, the first one near the heading."""
    headings = [i for i, mark in enumerate(found) if mark.kind in HEADINGS]
    out: list[int] = []
    if headings:
        previous, near = 0, headings[-1] + 8
        for index in range(headings[-1] + 1, len(found)):
            number = found[index].number
            if previous < number <= previous + 12 and (out or index <= near):
                previous = number
                if found[index].kind in ("prose", "short"):
                    out.append(index)
    return out if len(out) >= 2 else []


def _best_suffix(found: Sequence[Mark], signs: Sequence[Sign]) -> Thread | None:
    prose = [0]  # characters of article-like text before each mark
    for mark in found:
        prose.append(prose[-1] + (mark.size if mark.kind == "prose" else 0))
    best, best_total, total = -1, 0.0, 0.0
    after = len(found)
    for number in range(len(signs) - 1, -1, -1):
        sign = signs[number]
        if number < len(signs) - 1:
            total -= min(max(prose[after] - prose[sign.at + 1] - _explained(sign, found[sign.at]), 0.0) / 800, 6.0)
        total += sign.weight
        after = sign.at
        enough = prose[sign.at] >= _BEFORE or sign.label == "sure-heading"
        if enough and sign.label in _OPENERS and total > best_total:
            best, best_total = number, total
    if best < 0:
        return None
    chosen = _from_heading(signs[best:])
    if all(sign.label in ("form", "form-heading", "button", "bare") for sign in chosen):
        return _form(found, chosen, prose)
    best = len(signs) - len(chosen)
    clear = prose[chosen[0].at] >= _CLEAR
    score, evidence = judge(chosen, clear=clear and not _same_above(signs[:best], chosen))
    last_mark = _end(found, chosen)
    if clear and score == BARE and _fits(found, chosen, last_mark):
        score = 0.92
    return Thread(found[chosen[0].at].line, found[last_mark].line, score, evidence) if score else None


def _fits(found: Sequence[Mark], signs: Sequence[Sign], last: int) -> bool:
    """Whether what stands below "12 comments" can be twelve comments: some text for each, and not too much."""
    first = signs[0].at
    text = sum(mark.size for mark in found[first + 1 : last + 1])
    return len(signs) == 1 and signs[0].label == "count" and 0 < text <= 300 + 900 * found[first].number


def _from_heading(signs: Sequence[Sign]) -> Sequence[Sign]:
    """The signs from a heading on, if most heads stand below it: then what looked like a head above it was none.

    Of several such headings the last one counts, since a page's top may count the comments too. The headings right
    above it are kept.
    """
    heads_left = total = sum(sign.label in _COMMENTS for sign in signs)
    start = 0
    for number, sign in enumerate(signs):
        if sign.label in HEADINGS and total:
            near = start and number - start <= 2 and sign.at - signs[start].at <= 4
            if heads_left >= (0.9 if start or signs[0].label in HEADINGS else 0.6) * total and not near:
                start = number
        heads_left -= sign.label in _COMMENTS
    return signs[start:]


def _same_above(above: Sequence[Sign], signs: Sequence[Sign]) -> bool:
    """Whether a head like those of the thread stands above it: then the text may be the first post of a board."""
    forms = {sign.form for sign in signs if sign.form}
    dated = bool(forms & {"dated", "name-date", "date"})
    return any(
        sign.form in forms or (dated and sign.form in ("date", "name-date", "dated")) for sign in above if sign.form
    )


def _explained(sign: Sign, mark: Mark) -> float:
    """How many characters of text after a sign count as its comment, or its comments."""
    if sign.label == "sure-heading":
        return float("inf")
    return _BODY * max(mark.number, 1) if sign.label == "count" else _BODY


def _form(found: Sequence[Mark], signs: Sequence[Sign], prose: Sequence[int]) -> Thread | None:
    """The form at a page's end. A second one further up means that each post has its own: questions and answers."""
    forms = [sign for sign in signs if sign.label in ("form", "form-heading")]
    first = len(forms) - 1
    while first and prose[forms[first].at] - prose[forms[first - 1].at + 1] <= _FORM_GAP:
        first -= 1
    if not forms or first:
        return None
    last = _end(found, forms)
    score = 0.95 if len(forms) > 1 else 0.93
    return Thread(
        found[forms[0].at].line,
        found[last].line,
        score,
        (counted(len(forms), "line of a comment form", "lines of a comment form"),),
        True,
    )


def _end(found: Sequence[Mark], signs: Sequence[Sign]) -> int:
    """The index of the thread's last mark: what follows the last sign belongs to it until a page's footer begins."""
    last = signs[-1]
    at = last.at
    if last.label in ("form", "form-heading", "button"):
        while at + 1 < len(found) and fold_key(found[at + 1].text) in words.FIELDS:
            at += 1
        return at
    return text_end(found, at + 1) - 1
