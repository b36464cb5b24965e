"""The fitted model on a batch of documents: features, logits, decoding, judging, scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import Kind, Label, Segment, Segmentation, notices
from .decode import Decoded, decode
from .facts import THREAD_FACTS, Threads, calibrated, judge, reads_like_prose, threads
from .features import DENSE_NAMES, Batch, extract
from .network import Model, logits
from .waste import WASTE_FACTS, Suspects, suspects_in_blocks, waste_belief, without_article

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_SAYING = frozenset(  # facts about a line that say something to a reader
    ("boilerplate", "in_article", "near_3_before", "near_3_after", "article_before", "article_after",
     "document_boilerplate", "document_article", "document_prose", "votes", "most_vote"),
)  # fmt: skip
_TELLING = tuple(name for name in WASTE_FACTS if name in _SAYING)
_TELLING_ROWS = [len(DENSE_NAMES) + WASTE_FACTS.index(name) for name in _TELLING]
_DOUBTED = 0.2  # a suspect that the judge believes less is not told of
_SHOWN = 0.3  # a line scoring less is plainly article: its facts are not told
_BLOCK = 1024  # lines whose facts are made plain at once


def apply(texts: Sequence[bytes], model: Model, words: notices.Notices) -> list[Segmentation]:
    """The segmentation of each text, with offsets in code points; `words` tell notices that the model does not know."""
    batch = extract(texts, model.ruled)
    raw = logits(batch, model)
    lines = decode(raw, batch.fresh)
    found = threads(raw, lines, batch, model.votes[1:, batch.codes])
    judged_threads = judge(found.facts, part(model, "thread"))
    left, shown = _judged(suspects_in_blocks(raw, lines, batch, model.votes[0, batch.codes]), model)
    thread = calibrated(thread_belief(lines, found, judged_threads, batch.document), model.decode["scale_thread"])
    noticed, below = notices.scores(batch, lines, words)
    residue = _residue(batch, left, noticed, model)
    told = _Told(found, judged_threads, shown, noticed, below)
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
        share = _Part(texts[number], rows.start, batch.start[rows], thread[rows], residue[rows], told)
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


def _residue(batch: Batch, left: _Judged, noticed: Floats, model: Model) -> Floats:
    """Each line's score for being boilerplate, by its place or by its words; those that nobody suspects have none."""
    prose = reads_like_prose(batch.dense)
    short, long = (calibrated(left.belief, model.decode[f"scale_{kind}"]) for kind in ("short", "prose"))
    scores = np.zeros(len(batch.document))
    scores[left.rows] = np.where(prose[left.rows], long, short)
    belief = noticed.copy()
    belief[left.rows] = np.maximum(belief[left.rows], left.belief)
    rows = np.flatnonzero(belief)
    bare = without_article(rows, belief[rows], batch.weight, prose, batch.fresh)
    whole: Floats = np.maximum(scores, noticed)
    whole[rows[bare]] = 0.0
    return whole


class _Judged(NamedTuple):
    """Suspects, and how probable it is that each is boilerplate."""

    rows: Ints
    belief: Floats


class _Shown(NamedTuple):
    """The suspects whose facts are told: their rows, what the judge says, and the facts of _TELLING, in 127ths."""

    rows: Ints
    belief: Floats
    facts: NDArray[np.int8]  # suspects x facts


def _judged(found: Iterable[Suspects], model: Model) -> tuple[_Judged, _Shown]:
    judged = [_Judged(np.zeros(0, np.int64), np.zeros(0))]
    shown = [_Shown(*judged[0], np.zeros((0, len(_TELLING)), np.int8))]
    for some in found:
        belief = waste_belief(some, model.layers)
        told = np.flatnonzero(belief >= _DOUBTED)
        judged.append(_Judged(some.rows, belief))
        shown.append(_Shown(some.rows[told], belief[told], some.facts[_TELLING_ROWS][:, told].T.astype(np.int8)))
    return _Judged(*map(np.concatenate, zip(*judged, strict=True))), _Shown(
        *map(np.concatenate, zip(*shown, strict=True))
    )


class _Told(NamedTuple):
    """The candidates of a batch and what the judges say of them; `noticed`: each line's score for being a notice;
    `below`: which lines stand below their article, where less sure words tell."""

    threads: Threads
    judged_threads: Floats
    shown: _Shown
    noticed: Floats
    below: NDArray[np.bool_]


class _Facts:
    """What decided about the lines of one document, made plain when somebody asks: line by line, NumPy is slow."""

    def __init__(self, told: _Told, first: int, stop: int) -> None:
        self._stretch = range(0)
        self._thread: dict[str, float] = {}
        place = int(np.searchsorted(told.threads.first, first))
        if place < len(told.threads.first) and told.threads.first[place] < stop and told.judged_threads[place] >= 0.1:
            self._stretch = range(int(told.threads.first[place]), int(told.threads.stop[place]))
            self._thread["thread"] = round(float(told.judged_threads[place]), 3)
            self._thread.update(zip(THREAD_FACTS, np.round(told.threads.facts[place], 3).tolist(), strict=True))
        low, high = np.searchsorted(told.shown.rows, (first, stop)).tolist()
        self._facts = told.shown.facts[low:high]
        self._belief = told.shown.belief[low:high].tolist()
        self._place = dict(zip(told.shown.rows[low:high].tolist(), range(high - low), strict=True))
        self._block, self._plain = -1, [[0.0]]
        self._noticed, self._below = told.noticed, told.below

    def about(self, row: int) -> dict[str, float]:
        """What decided about a line, by name."""
        facts = dict(self._thread) if row in self._stretch else {}
        if self._noticed[row] >= _SHOWN:
            facts["notice"] = float(self._noticed[row])
            facts["below_article"] = float(self._below[row])
        place = self._place.get(row)
        if place is not None:
            facts["waste"] = round(self._belief[place], 3)
            block, at = divmod(place, _BLOCK)
            if block != self._block:
                some = self._facts[block * _BLOCK : (block + 1) * _BLOCK]
                self._block, self._plain = block, np.round(some.astype(np.float64) / 127, 3).tolist()
            facts.update(zip(_TELLING, self._plain[at], strict=True))
        return facts


class _Part(NamedTuple):
    """One document's share of a batch."""

    text: bytes
    first: int
    start: Ints
    thread: Floats
    residue: Floats
    told: _Told


def _segments(share: _Part) -> Iterator[Segment]:
    starts, end = _code_points(share.text, share.start)
    facts: list[_Facts] = []

    def tell(row: int) -> dict[str, float]:
        if not facts:
            facts.append(_Facts(share.told, share.first, share.first + len(starts)))
        return facts[0].about(row)

    scores = list(zip(share.thread.tolist(), share.residue.tolist(), strict=True))
    labels = {both: _label(*both) for both in set(scores)}
    tells = [tell if max(both) >= _SHOWN else None for both in scores]
    rows = range(share.first, share.first + len(starts))
    fields = zip(starts, [*starts[1:], end], map(labels.__getitem__, scores), tells, rows, strict=True)
    return map(partial(tuple.__new__, Segment), fields)  # as Segment makes them, but without a call of Python for each


def _label(in_thread: float, left_over: float) -> Label:
    kind: Kind = "article"
    if max(in_thread, left_over) >= 0.5:
        kind = "comment" if in_thread >= left_over else "boilerplate"
    return Label(kind, in_thread, left_over)


def _code_points(text: bytes, offsets: Ints) -> tuple[list[int], int]:
    """Offsets in bytes as offsets in code points, and the text's length."""
    if text.isascii():
        return offsets.tolist(), len(text)
    opens = (np.frombuffer(text, np.uint8) & 0xC0) != 0x80  # all bytes but those that continue a character
    before = np.add.accumulate(opens, dtype=np.int32) - opens
    return before[offsets].tolist(), int(before[-1]) + int(opens[-1])
