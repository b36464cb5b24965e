"""The fitted model on a batch of documents: features, logits, decoding, judging, scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import Kind, Label, Segment, Segmentation
from .decode import Decoded, decode
from .facts import THREAD_FACTS, Threads, calibrated, judge, reads_like_prose, threads
from .features import DENSE_NAMES, Batch, extract
from .network import Model, logits
from .waste import WASTE_FACTS, Suspects, suspects, waste_belief, without_article

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_TELLING = frozenset(  # facts about a line that say something to a reader
    ("boilerplate", "in_article", "near_3_before", "near_3_after", "article_before", "article_after",
     "document_boilerplate", "document_article", "document_prose", "votes", "most_vote"),
)  # fmt: skip
_SHOWN = 0.3  # a line scoring less is plainly article: its facts are not told


def apply(texts: Sequence[bytes], model: Model) -> list[Segmentation]:
    """The segmentation of each text, with offsets in code points."""
    batch = extract(texts, model.ruled)
    raw = logits(batch, model)
    lines = decode(raw, batch.fresh)
    votes = model.votes[:, batch.codes]
    found, left = threads(raw, lines, batch, votes[1:]), suspects(raw, lines, batch, votes[0])
    judged_threads, judged_lines = judge(found.facts, part(model, "thread")), waste_belief(left, model.layers)
    thread = calibrated(thread_belief(lines, found, judged_threads, batch.document), model.decode["scale_thread"])
    residue = _residue(batch, left, judged_lines, model)
    told = _Told(found, judged_threads, left, judged_lines)
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


def _residue(batch: Batch, left: Suspects, judged: Floats, model: Model) -> Floats:
    """Each line's score for being boilerplate; those that nobody suspects have none."""
    prose = reads_like_prose(batch.dense)
    bare = without_article(left.rows, judged, batch.weight, prose, batch.fresh)
    judged = np.where(bare, 0.0, judged)
    short, long = (calibrated(judged, model.decode[f"scale_{kind}"]) for kind in ("short", "prose"))
    scores = np.zeros(len(batch.document))
    scores[left.rows] = np.where(prose[left.rows], long, short)
    return scores


class _Told(NamedTuple):
    """The candidates of a batch and what the judges say of them."""

    threads: Threads
    judged_threads: Floats
    waste: Suspects
    judged_lines: Floats

    def about(self, row: int) -> dict[str, float]:
        """What decided about a line, by name."""
        facts: dict[str, float] = {}
        place = int(np.searchsorted(self.threads.first, row, "right")) - 1
        if place >= 0 and row < self.threads.stop[place] and self.judged_threads[place] >= 0.1:
            facts["thread"] = round(float(self.judged_threads[place]), 3)
            facts.update(zip(THREAD_FACTS, np.round(self.threads.facts[place], 3).tolist(), strict=True))
        place = int(np.searchsorted(self.waste.rows, row))
        if place < len(self.waste.rows) and self.waste.rows[place] == row and self.judged_lines[place] >= 0.2:
            facts["waste"] = round(float(self.judged_lines[place]), 3)
            told = np.round(self.waste.facts[len(DENSE_NAMES) :, place].astype(np.float64) / 127, 3).tolist()
            facts.update((name, value) for name, value in zip(WASTE_FACTS, told, strict=True) if name in _TELLING)
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
        tell = partial(share.told.about, row) if best >= _SHOWN else dict
        yield Segment(where(start), where(following), Label(kind, in_thread, left_over), tell)


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
