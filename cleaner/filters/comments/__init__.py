"""Readers' comments below an article: the thread goes as a whole, and each comment in it is named in the log."""

from collections.abc import Iterable, Sequence

from cleaner.document import Document, Filter, Span
from cleaner.filters.comments.quick_look import shows_cards, shows_heads
from cleaner.models import SHIPPED, Models
from cleaner.segmentation import label_documents, segmentation
from cleaner.text.markdown import unbroken

_SOME = 0.02  # the grammar is slow: it runs where the segmentation sees a thread at least this likely


def build(models: Models = SHIPPED) -> Filter:
    """The filter of comment threads, for the table of filters."""
    return Comments(models)


class Comments:
    """Yields the stretches of a document that are comment threads, and the single comments in them."""

    reads_short_forms = True

    def __init__(self, models: Models = SHIPPED) -> None:
        self._models = models

    def __call__(self, document: Document) -> Iterable[Span]:
        """A span for each thread; where part of it is surer, one for that; and one for each comment in it."""
        labelled = segmentation(document, self._models)
        if labelled.talk < _SOME and not shows_heads(document.text) and not shows_cards(document):
            return ()
        # Takes longer to import than to label a document, and most have no thread.
        from cleaner.filters.comments.spans import thread_spans

        return unbroken(document, thread_spans(document, labelled.segments, self._models.threads))

    def prepare(self, documents: Sequence[Document]) -> None:
        """Labels many documents at once."""
        label_documents(documents, self._models)
