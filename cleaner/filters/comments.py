"""Readers' comments below an article: the thread goes as a whole, and each comment in it is named in the log."""

from collections.abc import Iterable, Sequence

from cleaner.document import Document, Filter, Span
from cleaner.segmentation import label_documents, segmentation

_SOME = 0.02  # the grammar is slow: it is asked where the segmentation sees the least sign of a thread


def build() -> Filter:
    """The filter of comment threads, for the table of filters."""
    return Comments()


class Comments:
    """Yields the stretches of a document that are comment threads, and the single comments in them."""

    def __call__(self, document: Document) -> Iterable[Span]:
        """A span for each thread; where part of it is surer, one for that; and one for each comment in it."""
        labelled = segmentation(document)
        if labelled.talk < _SOME:
            return ()
        # Takes longer to import than to label a document, and most have no thread.
        from cleaner.filters.thread_spans import thread_spans

        return thread_spans(document, labelled.segments)

    def prepare(self, documents: Sequence[Document]) -> None:
        """Labels many documents at once."""
        label_documents(documents)
