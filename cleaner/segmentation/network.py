"""The line model's arithmetic: whole numbers all the way, so that a line's logits are the same everywhere.

Activations are whole numbers up to 127, weights whole numbers so bounded that every product sum stays below
2**24, where float32 is exact: a matrix product then gives the same sums in any order, on any machine and
for any batch. That is what lets documents be labelled in batches without changing one byte of the result.
Lines are columns throughout. Word vectors are added up four to a 64-bit number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from .features import CODE_BITS, FIRST, LAST, TABLE_BITS, Batch

if TYPE_CHECKING:
    import numpy as np
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
    votes: NDArray[np.int8]  # what sites say of each code of a word
    decode: dict[str, Floats]
    name: str


def packed(table: NDArray[np.int8]) -> tuple[Packed, ...]:
    """A table of word vectors, four numbers of 16 bits to one; a last row of zeros stands for no word."""
    import numpy as np

    fours = np.zeros((len(table) + 1, table.shape[1] // 4), "<u8")
    fours[:-1] = (table.astype("<i2") + _OFFSET).view("<u8")  # four numbers that stand side by side are one already
    return tuple(np.ascontiguousarray(column, np.uint64) for column in fours.T)


def logits(batch: Batch, model: Model) -> Floats:
    """OUTPUTS x lines."""
    import numpy as np

    n = len(batch.document)
    if not n:
        return np.zeros((OUTPUTS, 0))
    spans = Spans(batch.fresh, n)
    layers = model.layers
    one = layers["one"]
    vectors = np.concatenate([_bags(batch, model), _edges(batch, model)])
    known = len(batch.dense)
    sums = one.weight[:, :known] @ batch.dense
    sums += one.weight[:, known:] @ vectors
    hidden = activated(sums, one)
    for mix, after in (("mix_one", "two"), ("mix_two", "three")):
        around = spans.means(activated(layers[mix].weight @ hidden, layers[mix]))
        width = len(hidden)
        sums = layers[after].weight[:, :width] @ hidden
        sums += layers[after].weight[:, width:] @ around
        hidden = activated(sums, layers[after])
    out = layers["out"]
    raw = (out.weight @ hidden * out.scale + out.bias).astype(np.float64)
    for row in (5, 8):
        raw[row] = EVIDENCE * np.tanh(raw[row] / EVIDENCE)
    return raw


def activated(sums: Singles, layer: Layer) -> Singles:
    """What a layer passes on, as whole numbers up to LIMIT; `sums`, its weights times its inputs, are overwritten."""
    import numpy as np

    sums *= layer.scale
    sums += layer.bias
    np.rint(sums, out=sums)
    np.maximum(sums, 0, out=sums)
    return np.minimum(sums, LIMIT, out=sums)


def _unpacked(sums: Sequence[Packed], count: Singles, factor: Singles) -> Singles:
    """Sums of packed vectors as WORD_SIZE rows: less what was added to each of `count` words, times a factor."""
    import numpy as np

    out = np.empty((4 * len(sums), len(count)), np.float32)
    for place, row in enumerate(out):
        row[:] = (sums[place // 4] >> np.uint64(16 * (place % 4))) & np.uint64(0xFFFF)
    out -= count * np.float32(_OFFSET)
    out *= factor
    np.rint(out, out=out)
    np.maximum(out, -LIMIT, out=out)
    return np.minimum(out, LIMIT, out=out)


def _bags(batch: Batch, model: Model) -> Singles:
    """The word vectors of each line added up, over the root of their number."""
    import numpy as np

    rows = np.append(batch.codes >> (CODE_BITS - TABLE_BITS), len(model.words))
    full = batch.word_count > 0
    sums = [np.add.reduceat(table[rows], batch.word_first) * full for table in model.packed_words]
    count = batch.word_count.astype(np.float32)
    root = np.sqrt(np.maximum(count, 1))
    factor = np.divide(np.float32(64 * model.word_scale), root, dtype=np.float32)
    return _unpacked(sums, count, factor)


def _edges(batch: Batch, model: Model) -> Singles:
    import numpy as np

    sums = [table[batch.edges[0]] for table in model.packed_edges]
    for rows in batch.edges[1:]:
        for place, table in enumerate(model.packed_edges):
            sums[place] += table[rows]
    count = (np.minimum(batch.word_count, FIRST) + np.minimum(batch.word_count, LAST)).astype(np.float32)
    return _unpacked(sums, count, np.full(len(count), 64 * model.edge_scale, np.float32))


class Spans:
    """Windows before and after each line, never beyond the line's document."""

    def __init__(self, fresh: Ints, n: int) -> None:
        import numpy as np

        self.sizes = np.diff(fresh, append=n)
        self.fresh = fresh
        at = np.arange(n)
        self.low, self.high = np.repeat(fresh, self.sizes), np.repeat(fresh + self.sizes, self.sizes)
        before, after = at - self.low, self.high - at - 1
        self.windows = []
        for width in WINDOWS[:-1]:
            assert width is not None
            self.windows.append(
                (width, np.flatnonzero(before < width), np.flatnonzero(after < width),
                 np.clip(before, 1, width).astype(np.float32), np.clip(after, 1, width).astype(np.float32))
            )  # fmt: skip
        self.before, self.after = np.maximum(before, 1).astype(np.float32), np.maximum(after, 1).astype(np.float32)

    def means(self, values: Singles) -> Singles:
        """Each window's means. Cut at shifted places first, then mended at the documents' edges."""
        import numpy as np

        width, n = values.shape
        running = np.zeros((width, n + 1), np.int32)
        np.cumsum(values, axis=1, out=running[:, 1:], dtype=np.int32)
        out = np.empty((2 * len(WINDOWS), width, n), np.float32)
        for number, (size, early, late, before, after) in enumerate(self.windows):
            left, right = out[2 * number], out[2 * number + 1]
            if n > size:
                np.subtract(running[:, size:-1], running[:, : -size - 1], out=left[:, size:], casting="unsafe")
                np.subtract(running[:, size + 1 :], running[:, 1:-size], out=right[:, :-size], casting="unsafe")
            left[:, early] = running[:, early] - running[:, self.low[early]]
            right[:, late] = running[:, self.high[late]] - running[:, late + 1]
            left /= before
            right /= after
        left, right = out[-2], out[-1]
        np.subtract(running[:, :-1], np.repeat(running[:, self.fresh], self.sizes, axis=1), out=left, casting="unsafe")
        ends = np.repeat(running[:, self.fresh + self.sizes], self.sizes, axis=1)
        np.subtract(ends, running[:, 1:], out=right, casting="unsafe")
        left /= self.before
        right /= self.after
        np.rint(out, out=out)
        return out.reshape(-1, n)
