"""Readers' comments below an article: the thread goes as a whole, and each comment in it is named in the log."""

from collections.abc import Iterable, Sequence

from cleaner.document import Document, Filter, Span
from cleaner.expressions import expression
from cleaner.segmentation import label_documents, segmentation

_SOME = 0.02  # the grammar is slow: it is asked where the segmentation sees the least sign of a thread
_TIMES = 3  # ... or where so many short lines tell a time of day, or how long ago something was
_SHORT = 110  # characters of a line that may be a head
_AGO = r"(?:ago|назад|temu|önce|geleden|fa|atrás)\b"
_TIME = expression(rf"\d(?:[:h]\d\d| \w{{1,9}} {_AGO})")
_TIME_CHINESE = expression(rf"\d[:h]\d\d|\d \w{{1,9}} {_AGO}|[\d秒分时時间間钟鐘天日周週月年]前")  # the slower one


def build() -> Filter:
    """The filter of comment threads, for the table of filters."""
    return Comments()


class Comments:
    """Yields the stretches of a document that are comment threads, and the single comments in them."""

    def __call__(self, document: Document) -> Iterable[Span]:
        """A span for each thread; where part of it is surer, one for that; and one for each comment in it."""
        labelled = segmentation(document)
        if labelled.talk < _SOME and not _tells_times(document.text):
            return ()
        # Takes longer to import than to label a document, and most have no thread.
        from cleaner.filters.thread_spans import thread_spans

        return thread_spans(document, labelled.segments)

    def prepare(self, documents: Sequence[Document]) -> None:
        """Labels many documents at once."""
        label_documents(documents)


def _tells_times(text: str) -> bool:
    """Whether short lines of a text tell times of day as the heads of comments do."""
    lines = text.split("\n" if "\n" in text else "\r")
    short = "\n".join([line for line in lines if 2 < len(line) <= _SHORT])
    return len((_TIME_CHINESE if "前" in short else _TIME).findall(short)) >= _TIMES
