"""A step for datatrove pipelines, whose executors run it locally, on Slurm or on Ray.

>>> from cleaner.adapters.datatrove import Clean                          # doctest: +SKIP
>>> pipeline = [JsonlReader("seeds"), Clean(), JsonlWriter("cleaned")]    # doctest: +SKIP
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.base import PipelineStep

from cleaner.adapters.batch import REMOVALS, Settings, clean_texts

BATCH = 256


class Clean(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Cleans each document's text; its removals go into the metadata, under `removals`."""

    name = "🧹 cleaner"
    type = "✂️ - FORMAT"

    def __init__(self, settings: Settings | None = None, batch_size: int = BATCH) -> None:
        super().__init__()
        self.settings = dict(settings or {})
        if batch_size < 1:
            raise ValueError(f"batch_size is a whole number, 1 or more, not {batch_size!r}")
        self.batch_size = batch_size

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The documents in their order, cleaned."""
        stream = iter(data)
        while batch := list(islice(stream, self.batch_size)):
            with self.track_time():
                done = clean_texts([one.text for one in batch], [one.id for one in batch], self.settings)
                for document, text, removals in zip(batch, done.texts, done.removals, strict=True):
                    if REMOVALS in document.metadata:
                        raise ValueError(f"{document.id}: has {REMOVALS!r} already, which would be lost; rename them")
                    if text is not None:
                        self._count(document, text)
                    document.text = text
                    document.metadata[REMOVALS] = removals
            yield from batch

    def _count(self, document: Any, text: str) -> None:
        self.update_doc_stats(document)
        self.stat_update("removed_chars", value=len(document.text) - len(text))
        if len(text) != len(document.text):
            self.stat_update("changed_documents")
