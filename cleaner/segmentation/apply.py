"""The fitted model on a batch of documents: features, logits, decoding, judging, scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import Kind, Label, Segment, Segmentation
from .decode import Decoded, decode
from .facts import RUN_FACTS, THREAD_FACTS, Runs, Threads, calibrated, judge, reads_like_prose, runs, threads
from .features import extract
from .network import Model, logits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_SHOWN = 0.3  # a line scoring less is plainly article: its facts are not told


def apply(texts: Sequence[bytes], model: Model) -> list[Segmentation]:
    """The segmentation of each text, with offsets in code points."""
    batch = extract(texts, model.ruled)
    raw = logits(batch, model)
    lines = decode(raw, batch.fresh)
    found, left = threads(raw, lines, batch), runs(lines, batch)
    judged_threads, judged_runs = judge(found.facts, part(model, "thread")), judge(left.facts, part(model, "run"))
    thread = calibrated(thread_belief(lines, found, judged_threads, batch.document), model.decode["scale_thread"])
    belief = run_belief(lines, left, judged_runs)
    short, prose = (calibrated(belief, model.decode[f"scale_{kind}"]) for kind in ("short", "prose"))
    residue = np.where(reads_like_prose(batch.dense), prose, short)
    told = _Told(found, judged_threads, left, judged_runs)
    numbers = np.arange(len(texts))
    low = np.searchsorted(batch.document, numbers)
    sizes = np.searchsorted(batch.document, numbers, "right") - low
    out = [Segmentation()] * len(texts)
    full = np.flatnonzero(sizes)
    if not len(full):
        return out
    talk, waste = np.maximum.reduceat(thread, low[full]).tolist(), np.maximum.reduceat(residue, low[full]).tolist()
    for place, number in enumerate(full.tolist()):
        rows = slice(int(low[number]), int(low[number] + sizes[number]))
        share = _Part(texts[number], rows.start, batch.start[rows], batch.next[rows], thread[rows], residue[rows], told)
        out[number] = Segmentation(partial(_segments, share), talk[place], waste[place])
    return out


def part(model: Model, name: str) -> dict[str, Floats]:
    """The numbers of one of the judges."""
    prefix = f"{name}_"
    return {key.removeprefix(prefix): value for key, value in model.decode.items() if key.startswith(prefix)}


def thread_belief(lines: Decoded, found: Threads, judged: Floats, document: NDArray[np.integer[Any]]) -> Floats:
    """A line's raw thread score: it lies in the stretch, outside of the article, and the stretch is a thread."""
    per_document = np.zeros(int(document[-1]) + 1 if len(document) else 0)
    per_document[found.document] = judged
    belief: Floats = np.sqrt(lines.in_thread * (1 - lines.in_article)) * per_document[document]
    return belief


def run_belief(lines: Decoded, left: Runs, judged: Floats) -> Floats:
    """A line's raw residue score: the run is boilerplate as a whole, and the line looks like it."""
    belief = np.zeros(len(lines.article))
    sizes = left.stop - left.first
    rows = np.repeat(left.first - np.cumsum(sizes) + sizes, sizes) + np.arange(int(sizes.sum()))
    belief[rows] = np.sqrt(np.repeat(judged, sizes) * lines.boilerplate[rows])
    return belief


class _Told(NamedTuple):
    """The candidates of a batch and what the judges say of them."""

    threads: Threads
    judged_threads: Floats
    runs: Runs
    judged_runs: Floats

    def about(self, row: int) -> dict[str, float]:
        """What decided about a line, by name."""
        facts: dict[str, float] = {}
        for name, names, found, judged, least in (
            ("thread", THREAD_FACTS, self.threads, self.judged_threads, 0.1),
            ("run", RUN_FACTS, self.runs, self.judged_runs, 0.2),
        ):
            place = int(np.searchsorted(found.first, row, "right")) - 1
            if place >= 0 and row < found.stop[place] and judged[place] >= least:
                facts[name] = round(float(judged[place]), 3)
                facts.update(zip(names, np.round(found.facts[place], 3).tolist(), strict=True))
        return facts


class _Part(NamedTuple):
    """One document's share of a batch."""

    text: bytes
    first: int
    start: Ints
    next: Ints
    thread: Floats
    residue: Floats
    told: _Told


def _segments(share: _Part) -> Iterator[Segment]:
    where = _Places(share.text)
    rows = zip(share.start.tolist(), share.next.tolist(), share.thread.tolist(), share.residue.tolist(), strict=True)
    for row, (start, following, in_thread, left_over) in enumerate(rows, share.first):
        kind: Kind = "article"
        best = max(in_thread, left_over)
        if best >= 0.5:
            kind = "comment" if in_thread >= left_over else "boilerplate"
        facts = share.told.about(row) if best >= _SHOWN else {}
        yield Segment(where(start), where(following), Label(kind, in_thread, left_over), facts)


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
