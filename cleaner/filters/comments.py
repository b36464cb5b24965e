"""Readers' comments below an article: the thread goes as a whole, and each comment in it is named in the log."""

from collections.abc import Iterable, Iterator

from cleaner.document import Document, Filter, Span
from cleaner.threads import Comment, Thread, find_threads, split

THREAD = "any.comments.thread"
COMMENT = "any.comments.comment"
FORM = "any.comments.form"


def build() -> Filter:
    """The filter of comment threads, for the table of filters."""
    return comments


def comments(document: Document) -> Iterable[Span]:
    """A span for each thread, and within it one for each comment, with its author and date in the reason."""
    for thread in find_threads(document):
        yield from spans(document, thread)


def spans(document: Document, thread: Thread) -> Iterator[Span]:
    """What goes with a thread: its lines with the blank ones after them, and the same again comment by comment."""
    start, end = _range(document, thread.first, thread.last)
    if thread.form_only:
        yield Span(start, end, FORM, "is a form for comments", thread.score)
        return
    yield Span(start, end, THREAD, f"is a thread of readers' comments: {', '.join(thread.evidence)}", thread.score)
    for comment in split(document, thread):
        start, end = _range(document, comment.first, comment.last)
        yield Span(start, end, COMMENT, _reason(comment), thread.score)


def _range(document: Document, first: int, last: int) -> tuple[int, int]:
    lines = document.lines
    return document.widen(lines[first].start, lines[last].end, "line")


def _reason(comment: Comment) -> str:
    """Who wrote it and when, as far as the page shows it."""
    told = ", ".join(part for part in (comment.author and f"by {comment.author}", comment.date) if part)
    answers = f" (answer, level {comment.depth})" if comment.depth else ""
    return f"is a reader's comment{' ' if comment.author else ', ' if told else ''}{told}{answers}"
