"""The line model's arithmetic: whole numbers all the way, so that a line's logits are the same everywhere.

Activations are whole numbers up to 127, weights whole numbers so bounded that every product sum stays below
2**24, where float32 is exact: a matrix product then gives the same sums in any order, on any machine and
for any batch. That is what lets documents be labelled in batches without changing one byte of the result.
Lines are columns throughout. Word vectors are added up four to a 64-bit number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .features import CODE_BITS, FIRST, LAST, TABLE_BITS, Batch, blocks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]
    Packed = NDArray[np.uint64]
    Ints = NDArray[np.int64]

LIMIT = 127  # the largest activation
STEP = 4.0 / LIMIT  # what one unit of a hidden activation stands for; one of an input stands for 1/64
WINDOWS: tuple[int | None, ...] = (1, 3, 10, None)  # lines before and after that are averaged; None: all
EVIDENCE = 1.0  # how much one line can say for or against lying in a thread or in the article
OUTPUTS = 9  # article, boilerplate, comment; thread: start, end, evidence; article: start, end, evidence
THREAD, ARTICLE = 3, 6  # where the rows of these two begin
WORD_SIZE = 12  # numbers that a word stands for: four to a packed one
_OFFSET = 128  # added to each of them, so that none is negative
LAYERS = ("one", "mix_one", "two", "mix_two", "three", "out")
JUDGE_LAYERS = ("judge_one", "judge_out")  # of the judge of lines, see `waste`


class Layer(NamedTuple):
    """One linear layer: whole-number weights, what a sum's unit is worth for each output, and the bias."""

    weight: Singles  # outputs x inputs, whole numbers
    scale: Singles  # one column
    bias: Singles


class Model(NamedTuple):
    """A fitted segmentation: word tables, layers, which rulesets know a stem, and what makes scores of logits."""

    words: NDArray[np.int8]
    word_scale: float
    edges: NDArray[np.int8]
    edge_scale: float
    layers: dict[str, Layer]
    packed_words: tuple[Packed, ...]
    packed_edges: tuple[Packed, ...]
    stems: Packed
    filters: NDArray[np.uint16]
    ruled: NDArray[np.uint16]
    votes: NDArray[np.int8]  # what sites say of each code of a word, a row for each question, see `votes`
    decode: dict[str, Floats]
    name: str


def packed(table: NDArray[np.int8]) -> tuple[Packed, ...]:
    """A table of word vectors, four numbers of 16 bits to one; a last row of zeros stands for no word."""
    fours = np.zeros((len(table) + 1, table.shape[1] // 4), "<u8")
    fours[:-1] = (table.astype("<i2") + _OFFSET).view("<u8")  # four numbers that stand side by side are one already
    return tuple(np.ascontiguousarray(column, np.uint64) for column in fours.T)


def logits(batch: Batch, model: Model) -> Floats:
    """OUTPUTS x lines."""
    n = len(batch.document)
    if not n:
        return np.zeros((OUTPUTS, 0))
    spans = Spans(batch.fresh, n)
    layers = model.layers
    hidden = np.empty((len(layers["one"].weight), n), np.uint8)
    for some in blocks(n):
        hidden[:, some] = _first_layer(batch, model, some)
    raw = np.empty((OUTPUTS, n))
    for mix, after in (("mix_one", "two"), ("mix_two", "three")):
        around = np.empty((len(layers[mix].weight), n), np.uint8)
        for some in blocks(n):
            around[:, some] = activated(layers[mix].weight @ hidden[:, some].astype(np.float32), layers[mix])
        running = np.zeros((len(around), n + 1), np.int32)
        np.cumsum(around, axis=1, out=running[:, 1:], dtype=np.int32)
        width, layer = len(hidden), layers[after]
        for some in blocks(n):
            sums = layer.weight[:, :width] @ hidden[:, some].astype(np.float32)
            sums += layer.weight[:, width:] @ spans.means(running, some)
            if after == "two":
                hidden[:, some] = activated(sums, layer)
            else:
                raw[:, some] = _said(activated(sums, layer), layers["out"])
    return raw


def _first_layer(batch: Batch, model: Model, some: slice) -> Singles:
    """What the first layer passes on of some lines."""
    one = model.layers["one"]
    known = len(batch.dense)
    sums = one.weight[:, :known] @ batch.dense[:, some].astype(np.float32)
    sums += one.weight[:, known:] @ np.concatenate([_bags(batch, model, some), _edges(batch, model, some)])
    return activated(sums, one)


def _said(hidden: Singles, out: Layer) -> Floats:
    """The logits of some lines."""
    raw: Floats = (out.weight @ hidden * out.scale + out.bias).astype(np.float64)
    for row in (THREAD + 2, ARTICLE + 2):
        raw[row] = EVIDENCE * np.tanh(raw[row] / EVIDENCE)
    return raw


def activated(sums: Singles, layer: Layer) -> Singles:
    """What a layer passes on, as whole numbers up to LIMIT; `sums`, its weights times its inputs, are overwritten."""
    sums *= layer.scale
    sums += layer.bias
    np.rint(sums, out=sums)
    np.maximum(sums, 0, out=sums)
    return np.minimum(sums, LIMIT, out=sums)


def _unpacked(sums: Sequence[Packed], count: Singles, factor: Singles) -> Singles:
    """Sums of packed vectors as WORD_SIZE rows: less what was added to each of `count` words, times a factor."""
    out = np.empty((4 * len(sums), len(count)), np.float32)
    for place, row in enumerate(out):
        row[:] = (sums[place // 4] >> np.uint64(16 * (place % 4))) & np.uint64(0xFFFF)
    out -= count * np.float32(_OFFSET)
    out *= factor
    np.rint(out, out=out)
    np.maximum(out, -LIMIT, out=out)
    return np.minimum(out, LIMIT, out=out)


def _bags(batch: Batch, model: Model, some: slice) -> Singles:
    """The word vectors of each line added up, over the root of their number."""
    first, counts = batch.word_first[some], batch.word_count[some]
    low, high = int(first[0]), int(first[-1] + counts[-1])
    rows = np.append(batch.codes[low:high] >> (CODE_BITS - TABLE_BITS), len(model.words))
    full = counts > 0
    sums = [np.add.reduceat(table[rows], first - low) * full for table in model.packed_words]
    count = counts.astype(np.float32)
    root = np.sqrt(np.maximum(count, 1))
    factor = np.divide(np.float32(64 * model.word_scale), root, dtype=np.float32)
    return _unpacked(sums, count, factor)


def _edges(batch: Batch, model: Model, some: slice) -> Singles:
    edges = batch.edges[:, some].astype(np.int64)
    sums = [table[edges[0]] for table in model.packed_edges]
    for rows in edges[1:]:
        for place, table in enumerate(model.packed_edges):
            sums[place] += table[rows]
    counts = batch.word_count[some]
    count = (np.minimum(counts, FIRST) + np.minimum(counts, LAST)).astype(np.float32)
    return _unpacked(sums, count, np.full(len(count), 64 * model.edge_scale, np.float32))


class Spans:
    """Windows before and after each line, never beyond the line's document."""

    def __init__(self, fresh: Ints, n: int) -> None:
        sizes = np.diff(fresh, append=n)
        self.low, self.high = np.repeat(fresh, sizes), np.repeat(fresh + sizes, sizes)

    def means(self, running: NDArray[np.int32], some: slice) -> Singles:
        """Each window's means for some lines, out of running sums. Cut at shifted places, then mended at edges."""
        first, stop, n = some.start, some.stop, len(self.low)
        low, high, at = self.low[some], self.high[some], np.arange(first, stop)
        before, after = at - low, high - at - 1
        out = np.empty((2 * len(WINDOWS), len(running), stop - first), np.float32)
        upto, beyond = running[:, first:stop], running[:, first + 1 : stop + 1]
        for number, size in enumerate(WINDOWS):
            left, right = out[2 * number], out[2 * number + 1]
            if size is None:
                np.subtract(upto, running[:, low], out=left, casting="unsafe")
                np.subtract(running[:, high], beyond, out=right, casting="unsafe")
                left /= np.maximum(before, 1).astype(np.float32)
                right /= np.maximum(after, 1).astype(np.float32)
                continue
            begin, end = max(size - first, 0), min(n - size, stop) - first  # where a shifted place is one at all
            if begin < stop - first:
                np.subtract(
                    upto[:, begin:],
                    running[:, first + begin - size : stop - size],
                    out=left[:, begin:],
                    casting="unsafe",
                )
            if end > 0:
                np.subtract(
                    running[:, first + 1 + size : first + 1 + size + end], beyond[:, :end], out=right[:, :end],
                    casting="unsafe",
                )  # fmt: skip
            early, late = np.flatnonzero(before < size), np.flatnonzero(after < size)
            left[:, early] = upto[:, early] - running[:, low[early]]
            right[:, late] = running[:, high[late]] - beyond[:, late]
            left /= np.clip(before, 1, size).astype(np.float32)
            right /= np.clip(after, 1, size).astype(np.float32)
        np.rint(out, out=out)
        return out.reshape(-1, stop - first)
