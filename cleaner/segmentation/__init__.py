"""Every line of a document labelled: article, boilerplate or comment, and how sure, by a small learned model.

    >>> from cleaner.segmentation import label_lines
    >>> lines = ["Rain fell on the coast all of Tuesday, and the harbour stayed closed until the evening."]
    >>> [label.kind for label in label_lines(lines)]
    ['article']

`features` reads lines as whole numbers, `network` gives each line its logits, `decode` makes segments of them, and
`facts` has threads judged as wholes, and `waste` lines that may be boilerplate one by one. NumPy is imported when the
first document is labelled, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from cleaner.document import Document
from cleaner.models import SHIPPED, Models, read_once

if TYPE_CHECKING:
    from .network import Model

Kind = Literal["article", "boilerplate", "comment"]
CHUNK = 1 << 19  # bytes of text that are labelled at once


class Label(NamedTuple):
    """What a line is taken for, and the two scores that the thresholds of the profiles are held against."""

    kind: Kind
    thread: float  # how surely it lies in a comment thread
    residue: float  # how surely it is boilerplate


class Segment(NamedTuple):
    """One line that is not blank, with the blank lines after it: code points [start, next) of its document."""

    start: int
    next: int
    label: Label
    # called when facts are asked for: a document may have a million lines
    tell: Callable[[int], dict[str, float]] | None = None
    row: int = 0  # by which it knows the line

    @property
    def facts(self) -> dict[str, float]:
        """What decided, by name."""
        return {} if self.tell is None else self.tell(self.row)


class Segmentation:
    """A document's lines that are not blank, made when first asked for: most documents hold nothing to cut.

    `talk` and `waste` are the highest scores of any line, for a thread and for boilerplate.
    """

    __slots__ = ("_make", "_segments", "talk", "waste")

    def __init__(self, make: Callable[[], Iterable[Segment]] = tuple, talk: float = 0.0, waste: float = 0.0) -> None:
        self.talk, self.waste = talk, waste
        self._make = make
        self._segments: tuple[Segment, ...] | None = None

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The lines, in order; made when first asked for."""
        if self._segments is None:
            self._segments = tuple(self._make())
        return self._segments


@read_once
def load_model(path: Path) -> Model:
    """The fitted model. Raises ModelError for a file that is none."""
    from .store import load

    return load(path)


def label_lines(lines: Sequence[str], models: Models = SHIPPED) -> list[Label]:
    """One label a line; blank lines take that of the line before. No line may hold a line end."""
    document = Document("lines", "".join(f"{line}\n" for line in lines))
    label_documents([document], models)
    return spread(document, segmentation(document, models))


def spread(document: Document, found: Segmentation) -> list[Label]:
    """A label for each of the document's lines, blank ones included."""
    labels: list[Label] = []
    current = Label("article", 0.0, 0.0)
    segments = iter(found.segments)
    ahead = next(segments, None)
    for line in document.lines:
        if ahead is not None and line.start >= ahead.start:
            current, ahead = ahead.label, next(segments, None)
        labels.append(current)
    return labels


def segmentation(document: Document, models: Models = SHIPPED) -> Segmentation:
    """The document's segmentation: from its memo, or made now."""
    key = memo_key(models)
    if key not in document.memo:
        label_documents([document], models)
    labelled: Segmentation = document.memo[key]
    return labelled


def label_documents(documents: Sequence[Document], models: Models = SHIPPED) -> None:
    """Labels many documents at once, which is several times quicker than one by one; the result is the same.

    What is found goes into each document's memo. Documents that `worth_labelling` spares get no segments.
    """
    key = memo_key(models)
    waiting = [document for document in documents if key not in document.memo]
    chunk: list[tuple[Document, bytes]] = []
    size = 0
    for document in waiting:
        if not worth_labelling(document.text):
            document.memo[key] = Segmentation()
            continue
        data = document.raw
        chunk.append((document, data))
        size += len(data)
        if size >= CHUNK:
            _label(chunk, models)
            chunk, size = [], 0
    if chunk:
        _label(chunk, models)


def worth_labelling(text: str) -> bool:
    """Whether a text has lines enough to hold more than an article: one or two lines are left alone."""
    return text.count("\n") >= 2 or text.count("\r") >= 2


def _label(chunk: Sequence[tuple[Document, bytes]], models: Models) -> None:
    from . import notices
    from .apply import apply

    texts = [data for _, data in chunk]
    labelled = apply(texts, load_model(models.segmentation), notices.load(models.notices))
    for (document, _), found in zip(chunk, labelled, strict=True):
        document.memo[memo_key(models)] = found


def memo_key(models: Models = SHIPPED) -> tuple[str, Models]:
    """Where a document's memo keeps what these models found: two pipelines may judge one document by models of their
    own.
    """
    return "segmentation", models
