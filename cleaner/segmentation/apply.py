"""The fitted model on a batch of documents: features, logits, decoding, judging, scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from . import Kind, Label, Segment, Segmentation
from .decode import RUN_FACTS, THREAD_FACTS, Decoded, calibrated, decode, judge, runs, threads
from .features import Batch, extract
from .network import Model, logits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_SHOWN = 0.3  # a line scoring less is plainly article: its facts are not kept


def apply(texts: Sequence[bytes], model: Model) -> list[Segmentation]:
    """The segmentation of each text, with offsets in code points."""
    batch = extract(texts)
    raw = logits(batch, model)
    lines = decode(raw, batch)
    thread, thread_facts = thread_scores(raw, lines, batch, model)
    residue, run_facts = residue_scores(lines, batch, model)
    numbers = np.arange(len(texts))
    low = np.searchsorted(batch.document, numbers)
    high = np.searchsorted(batch.document, numbers, "right")
    best = np.maximum(thread, residue)
    out = []
    for text, first, stop in zip(texts, low.tolist(), high.tolist(), strict=True):
        if first == stop:
            out.append(Segmentation())
            continue
        rows = slice(first, stop)
        part = _Part(text, first, batch.start[rows], batch.next[rows], thread[rows], residue[rows])
        told = (np.flatnonzero(best[rows] >= _SHOWN) + first).tolist()
        facts = {row: {**thread_facts.get(row, {}), **run_facts.get(row, {})} for row in told}
        out.append(Segmentation(partial(_segments, part, facts), float(part.thread.max()), float(part.residue.max())))
    return out


class _Part(NamedTuple):
    """One document's share of a batch."""

    text: bytes
    first: int
    start: NDArray[np.int64]
    next: NDArray[np.int64]
    thread: Floats
    residue: Floats


def _segments(part: _Part, facts: dict[int, dict[str, float]]) -> Iterator[Segment]:
    where = _Places(part.text)
    rows = zip(part.start.tolist(), part.next.tolist(), part.thread.tolist(), part.residue.tolist(), strict=True)
    for row, (start, following, in_thread, left_over) in enumerate(rows, part.first):
        kind: Kind = "article"
        if max(in_thread, left_over) >= 0.5:
            kind = "comment" if in_thread >= left_over else "boilerplate"
        yield Segment(where(start), where(following), Label(kind, in_thread, left_over), facts.get(row, {}))


class _Places:
    """Code point offsets of growing byte offsets."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.plain = text.isascii()
        self.at = self.count = 0

    def __call__(self, offset: int) -> int:
        if self.plain:
            return offset
        if offset < self.at:
            self.at = self.count = 0
        self.count += len(self.text[self.at : offset].decode("utf-8", "surrogatepass"))
        self.at = offset
        return self.count


def thread_scores(
    raw: Floats, lines: Decoded, batch: Batch, model: Model
) -> tuple[Floats, dict[int, dict[str, float]]]:
    """How surely each line lies in a comment thread, and what decided about the document's one candidate."""
    belief = np.zeros(len(raw))
    told: dict[int, dict[str, float]] = {}
    found = threads(raw, lines, batch)
    if found:
        judged = judge(np.array([thread.facts for thread in found]), _part(model, "thread"))
        per_document = np.zeros(int(batch.document[-1]) + 1)
        per_document[[thread.document for thread in found]] = judged
        belief = thread_belief(lines, per_document[batch.document])
        for thread, value in zip(found, judged.tolist(), strict=True):
            if value >= 0.1:
                facts = {"thread": round(value, 3)}
                facts.update(zip(THREAD_FACTS, np.round(thread.facts, 3).tolist(), strict=True))
                told.update(dict.fromkeys(range(thread.first, thread.stop), facts))
    return calibrated(belief, model.decode["thread_knots"]), told


def thread_belief(lines: Decoded, judged: Floats) -> Floats:
    """A line's raw thread score: it lies in the stretch, outside of the article, and the stretch is a thread."""
    belief: Floats = np.sqrt(lines.in_thread * (1 - lines.in_article)) * judged
    return belief


def residue_scores(lines: Decoded, batch: Batch, model: Model) -> tuple[Floats, dict[int, dict[str, float]]]:
    """How surely each line is boilerplate, and what decided about the run that it belongs to."""
    belief = np.zeros(len(lines.article))
    told: dict[int, dict[str, float]] = {}
    bounds, facts = runs(lines, batch)
    if len(bounds):
        judged = judge(facts, _part(model, "run"))
        belief = run_belief(lines, bounds, judged)
        for (first, stop), values, value in zip(bounds.tolist(), facts, judged.tolist(), strict=True):
            if value >= 0.2:
                one = {"run": round(value, 3), **dict(zip(RUN_FACTS, np.round(values, 3).tolist(), strict=True))}
                told.update(dict.fromkeys(range(first, stop), one))
    return calibrated(belief, model.decode["run_knots"]), told


def run_belief(lines: Decoded, bounds: NDArray[np.int64], judged: Floats) -> Floats:
    """A line's raw residue score: the run is boilerplate as a whole, and the line looks like it."""
    belief = np.zeros(len(lines.article))
    rows = np.concatenate([np.arange(first, stop) for first, stop in bounds.tolist()])
    belief[rows] = np.sqrt(np.repeat(judged, bounds[:, 1] - bounds[:, 0]) * lines.boilerplate[rows])
    return belief


def _part(model: Model, name: str) -> dict[str, Floats]:
    prefix = f"{name}_"
    return {key.removeprefix(prefix): value for key, value in model.decode.items() if key.startswith(prefix)}
