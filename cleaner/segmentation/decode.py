"""From lines to segments: a thread is one stretch of a document and is judged as a whole, and so is the article.

The network gives each line a score for "the thread starts here", one for "it ends here" and some evidence
of lying in it. All stretches of a document, and the case that there is none, compete; what comes out is the
probability that a line lies in the thread. The same is done for the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .network import ARTICLE, THREAD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_NEVER = -1e4
_RANGE = 600.0  # scores of one document further apart than this are added up as logarithms
_GROWTH = 1.5  # documents up to so many times longer than the shortest are decoded side by side
_CELLS = 100_000


class Decoded(NamedTuple):
    """What the model thinks of each line: three probabilities, and those of lying in the thread and the article."""

    article: Floats
    boilerplate: Floats
    comment: Floats
    in_thread: Floats
    in_article: Floats


def decode(raw: Floats, fresh: Ints) -> Decoded:
    """Probabilities of each line out of the network's logits; `fresh`: the first line of each document."""
    classes = np.exp(raw[:3] - raw[:3].max(axis=0))
    classes /= classes.sum(axis=0)
    in_thread, in_article = inside(np.stack([raw[THREAD : THREAD + 3], raw[ARTICLE : ARTICLE + 3]]), fresh)
    return Decoded(classes[0], classes[1], classes[2], in_thread, in_article)


def inside(raw: Floats, fresh: Ints) -> Floats:
    """The probability of each line that the document's one segment covers it; for several segmentations at once.

    Over all segments [i, j] with score start_i + end_j + sum of evidence, and "none" with score 0.
    `raw` is segmentations x 3 x lines.
    """
    n = raw.shape[2]
    out = np.zeros((len(raw), n))
    if not n:
        return out
    sizes = np.diff(fresh, append=n)
    order = np.argsort(sizes, kind="stable")
    sizes_in_order = sizes[order]
    at = 0
    while at < len(order):
        limit = max(int(sizes_in_order[at] * _GROWTH), 12)
        stop = int(np.searchsorted(sizes_in_order, limit, "right"))
        stop = min(stop, at + max(1, _CELLS // limit))
        some = order[at:stop]
        parts = [slice(None)] if len(some) * limit < _CELLS else [slice(k, k + 1) for k in range(len(raw))]
        for part in parts:
            _inside_padded(raw[part], fresh[some], sizes[some], out[part])
        at = stop
    return out


def _inside_padded(raw: Floats, first: Ints, sizes: Ints, out: Floats) -> None:
    """Documents side by side, one a column, padded to the longest."""
    width = int(sizes.max())
    place = np.arange(width)[:, None]
    real = place < sizes
    rows = np.where(real, first + place, 0)
    given = raw[:, :, rows]
    start = np.where(real, given[:, 0], _NEVER)
    end = np.where(real, given[:, 1], _NEVER)
    evidence = np.where(real, given[:, 2], 0.0)
    running = np.cumsum(evidence, axis=1)
    opens = start - running + evidence
    ends = end + running
    top_open, top_end = opens.max(axis=1), ends.max(axis=1)
    wide = (
        top_open - np.where(real, opens, np.inf).min(axis=1) + top_end - np.where(real, ends, np.inf).min(axis=1)
        > _RANGE
    )  # fmt: skip
    opened = np.cumsum(np.exp(opens - top_open[:, None]), axis=1)
    closing = np.exp(ends - top_end[:, None])
    closes = np.cumsum(closing[:, ::-1], axis=1)[:, ::-1]
    closing *= opened
    none = np.exp(np.minimum(-top_open - top_end, _RANGE))
    whole = np.cumsum(closing, axis=1)[:, -1] + none  # not `sum`, whose order depends on what lies beside
    opened *= closes
    opened /= np.maximum(whole, 1e-300)[:, None]
    if wide.any():
        some, column = np.nonzero(wide)
        opened[some, :, column] = _by_logarithms(opens[some, :, column], ends[some, :, column])
    out[:, rows[real]] = np.minimum(opened, 1.0)[:, real]


def _by_logarithms(opens: Floats, ends: Floats) -> Floats:
    opened = np.logaddexp.accumulate(opens, axis=1)
    closes = np.logaddexp.accumulate(ends[:, ::-1], axis=1)[:, ::-1]
    whole = np.logaddexp(0.0, np.logaddexp.accumulate(ends + opened, axis=1)[:, -1])
    inner: Floats = np.exp(np.minimum(opened + closes - whole[:, None], 0.0))
    return inner
