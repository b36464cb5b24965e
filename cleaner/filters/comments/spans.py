"""Where a document's comment threads lie, and the comments in them.

Two witnesses are asked. The learned segmentation says how surely each line lies in a thread, from the whole
document; the grammar of heads, dates and buttons says where it sees one. Either may be sure alone; where both
half believe it, that counts for more than each. The grammar then splits the thread into single comments.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.document import LEAST, Document, Span
from cleaner.filters import COMMENT, FORM, REASONS, THREAD
from cleaner.filters.comments.article_like import SIGNS, reads_like_article
from cleaner.filters.comments.farewell import after_farewell
from cleaner.filters.comments.next_text import before_next_text
from cleaner.filters.comments.no_thread import without_articles_own
from cleaner.filters.comments.quick_look import may_be_signed
from cleaner.filters.runs import runs, stretches
from cleaner.models import SHIPPED
from cleaner.pipeline.profiles import JUST_BELOW_STANDARD, STANDARD
from cleaner.segmentation import Segment
from cleaner.threads import (
    HEADINGS,
    REPLIES,
    SIGNED,
    SURE_HEADINGS,
    Comment,
    Head,
    Thread,
    begins_below,
    find_threads,
    has_board_marks,
    heads,
    is_board,
    marks,
    signed_runs,
    split,
)

_HALF = 0.4  # from this score on a witness counts if the other one agrees
_HEADS = 3  # if a stretch has so many heads, its lines above the first head are in doubt
# A first head with more lines above it in a stretch, blank ones aside, is ignored: earlier heads were probably missed.
_LINES = 40
_SEEN = 0.5  # from this score on the segmentation sees a thread, though it may not be sure
_LONG = 600  # characters without a comment that separate a heading from its thread
_BEGUN = 3  # if the grammar sees so many comments in those characters, they are no article


def thread_spans(document: Document, segments: Sequence[Segment], weights: Path = SHIPPED.threads) -> Iterator[Span]:
    """The spans of threads, forms and single comments, from the labelled lines of a document; `weights` as in
    `find_threads`.
    """
    seen = find_threads(document, weights)
    forms = [thread for thread in seen if thread.form_only]
    yield from (_form(document, form) for form in forms)
    threads = [thread for thread in seen if not thread.form_only]
    scores = _joined(document, segments, seen, weights)
    scores = without_articles_own(document, segments, _sure(seen), scores)
    least = document.memo.get(LEAST, 0.0)
    for first, stop, told in stretches(scores):
        if told < least:
            continue
        begin, end = document.line_at(segments[first].start), document.line_at(segments[stop - 1].start)
        by_grammar = max((thread.score for thread in _there(threads, begin, end)), default=0.0)
        doubted = told >= STANDARD and reads_like_article(document, segments[first:stop], begin, end, told, by_grammar)
        score = JUST_BELOW_STANDARD if doubted else told
        if score >= least:
            thread = Thread(begin, end, score, _evidence(segments[first:stop], threads, begin, end))
            yield from _spans(document, thread, split(document, thread))
    if least <= SIGNED and may_be_signed(document.text):
        for run in signed_runs(document):
            yield from _spans(document, Thread(run[0].first, run[-1].last, SIGNED, ("signed where they end",)), run)


def _there(threads: Sequence[Thread], first: int, last: int) -> list[Thread]:
    """Those of the grammar's threads that share a line with `first` to `last`."""
    return [thread for thread in threads if thread.first <= last and first <= thread.last]


def _joined(document: Document, segments: Sequence[Segment], seen: Sequence[Thread], weights: Path) -> list[float]:
    """How surely each line that is not blank lies in a thread, by both witnesses; `seen` are those of the grammar."""
    lines = document.lines
    threads = [thread for thread in seen if not thread.form_only]
    ranges = [(lines[thread.first].start, lines[thread.last].next, thread.score) for thread in threads]
    ranges = [
        (_later_start(document, segments, thread, start), end, score)
        for (start, end, score), thread in zip(ranges, threads, strict=True)
    ]
    scores = []
    for segment in segments:
        learned = segment.label.thread
        told = 0.0
        for start, end, score in ranges:
            if start <= segment.start < end:
                told = max(told, score)
        both = 1 - (1 - learned) * (1 - told) if min(learned, told) >= _HALF else 0.0
        scores.append(round(max(learned, told, both), 3))
    scores = _below_own_voices(document, segments, scores)
    scores = _from_first_head(document, segments, seen, scores)
    scores = after_farewell(document, segments, scores)
    scores = before_next_text(document, segments, scores)
    return _off_boards(document, segments, seen, scores, weights)


def _below_own_voices(document: Document, segments: Sequence[Segment], scores: list[float]) -> list[float]:
    """The same scores, but in doubt above the line where comments begin below the article's own voices."""
    first = begins_below(document) if any(score >= STANDARD for score in scores) else None
    if first is None:
        return scores
    start = document.lines[first].start
    return [
        min(score, JUST_BELOW_STANDARD) if segment.start < start else score
        for segment, score in zip(segments, scores, strict=True)
    ]


def _off_boards(
    document: Document, segments: Sequence[Segment], seen: Sequence[Thread], scores: list[float], weights: Path
) -> list[float]:
    """The same scores, but on a board's page its posts are in doubt: they are what the page is for.

    Below a heading of comments that the grammar is sure of, only a board's own marks tell such a page.
    """
    first = next((place for place, score in enumerate(scores) if score >= STANDARD), None)
    if first is None:
        return scores
    line = document.line_at(segments[first].start)
    parted = begins_below(document)
    if parted is not None and not has_board_marks(document, parted):
        return scores  # what opens the page are the article's own voices, which are in doubt already
    sure = _sure(seen)
    headed = any(
        mark.line in sure and mark.kind in HEADINGS and not REPLIES.search(mark.text.lower())
        for mark in marks(document)
    )
    if not (has_board_marks(document, line) if headed else is_board(document, line, weights)):
        return scores
    return [min(score, JUST_BELOW_STANDARD) for score in scores]


def _later_start(document: Document, segments: Sequence[Segment], thread: Thread, start: int) -> int:
    """Where a thread of the grammar begins: later, when much text without a comment stands below its first sign.

    "52 comments" under a title is such a sign, and the article follows it. The thread below begins where the
    segmentation sees it, or with its first head.
    """
    seen = next((one.start for one in segments if one.start >= start and one.label.thread >= _SEEN), len(document.text))
    named = (document.lines[head.line].start for head in heads(document) if head.kind != "date")
    surely = min(seen, next((line for line in named if line >= start), start))
    doubted = [one for one in segments if start <= one.start < surely and one.label.thread < _SEEN]
    if sum(one.next - one.start for one in doubted) < _LONG:
        return start
    begun = [comment for comment in split(document, thread) if document.lines[comment.first].start < surely]
    return start if len(begun) >= _BEGUN else surely


def _from_first_head(
    document: Document, segments: Sequence[Segment], seen: Sequence[Thread], scores: list[float]
) -> list[float]:
    """The same scores, but the lines of a stretch above its first head are in doubt: they may be the article's last
    ones.

    That needs several heads, since few may be chance, and the first one near the top: far below it, earlier heads were
    probably missed. Where the grammar is sure where the thread begins, neither matters.
    """
    if not any(score >= STANDARD for score in scores):
        return scores
    sure = _sure(seen)
    here = _followed(document)
    named = sorted({head.line for head in here} | {thread.first for thread in seen})
    signs = (
        sorted({mark.line for mark in marks(document) if mark.kind in SIGNS} | _telling(here) | sure) if sure else []
    )
    titles = [mark.line for mark in marks(document) if mark.kind in HEADINGS]
    # nothing above these belongs to a thread
    headed = {mark.line for mark in marks(document) if mark.line in sure and mark.kind in SURE_HEADINGS}
    lines = [document.line_at(segment.start) for segment in segments]
    scores = list(scores)
    for place, stop in runs(scores, STANDARD):
        begin = _first_sure(signs, sure, headed, lines[place:stop])
        inside = [line for line in named if lines[place] <= line <= lines[stop - 1]]
        if begin is None and len(inside) >= _HEADS and bisect_left(lines, inside[0]) - place <= _LINES:
            begin = min(inside[0], next((line for line in titles if line >= lines[place]), inside[0]))
        if begin is not None:
            scores[place:stop] = [
                min(score, JUST_BELOW_STANDARD) if line < begin else score
                for score, line in zip(scores[place:stop], lines[place:stop], strict=True)
            ]
    return scores


def _sure(seen: Sequence[Thread]) -> set[int]:
    """The lines where threads begin that the grammar is sure of."""
    return {thread.first for thread in seen if thread.score >= STANDARD and not thread.form_only}


def _followed(document: Document) -> list[Head]:
    """The heads, without those right above another head or above the heading of the comments: they sign the article."""
    here, found = heads(document), marks(document)
    place = {mark.line: index for index, mark in enumerate(found)}
    starts = {head.line for head in here}
    below = [found[place[head.last] + 1 : place[head.last] + 2] for head in here]
    return [
        head
        for head, after in zip(here, below, strict=True)
        if not after or (after[0].line not in starts and after[0].kind not in SIGNS - {"button"})
    ]


def _telling(here: Sequence[Head]) -> set[int]:
    """The lines of heads that say more than a name and a day, which an article's lines may say as well."""
    return {head.line for head in here if head.exact or head.kind in ("says", "posted")}


def _first_sure(signs: Sequence[int], sure: set[int], headed: set[int], lines: Sequence[int]) -> int | None:
    """The line where the grammar is sure that the thread of a stretch begins, if no sign of one stands above it.

    `lines`: those of the stretch that are not blank.
    """
    sign = next((line for line in signs if line >= lines[0]), None)
    if sign is None or sign > lines[-1] or sign not in sure:
        return None
    return sign if sign in headed or bisect_left(lines, sign) <= _LINES else None


def _evidence(segments: Sequence[Segment], threads: Sequence[Thread], begin: int, end: int) -> tuple[str, ...]:
    """What gave the thread away, in plain words."""
    told = [word for thread in _there(threads, begin, end) for word in thread.evidence]
    facts = max((segment.facts for segment in segments), key=lambda found: found.get("thread", 0.0))
    if facts.get("thread", 0) >= _HALF:
        told.append("unlike the article above it")
        if facts.get("comment_like", 0) > 0.5:
            told.append("worded like comments")
        if not facts.get("resumes", 1) > 0.05:
            told.append("no article after it")
    return tuple(dict.fromkeys(told)) or ("its lines and their order",)


def _form(document: Document, thread: Thread) -> Span:
    start, end = _range(document, thread.first, thread.last)
    return Span(start, end, FORM, REASONS[FORM], thread.score)


def _spans(document: Document, thread: Thread, comments: Sequence[Comment]) -> Iterator[Span]:
    """The spans of a thread: one for all its lines, with the blank ones after them, and one for each comment."""
    start, end = _range(document, thread.first, thread.last)
    yield Span(start, end, THREAD, f"{REASONS[THREAD]}: {', '.join(thread.evidence)}", thread.score)
    for comment in comments:
        start, end = _range(document, comment.first, comment.last)
        yield Span(start, end, COMMENT, _reason(comment), thread.score)


def _range(document: Document, first: int, last: int) -> tuple[int, int]:
    lines = document.lines
    return document.widen(lines[first].start, lines[last].end, "line")


def _reason(comment: Comment) -> str:
    """Who wrote it and when, as far as the page shows it."""
    told = ", ".join(part for part in (comment.author and f"by {comment.author}", comment.date) if part)
    answers = f" (answer, level {comment.depth})" if comment.depth else ""
    return f"{REASONS[COMMENT]}{' ' if comment.author else ', ' if told else ''}{told}{answers}"
