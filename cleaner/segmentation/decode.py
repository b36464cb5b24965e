"""From lines to segments: a thread is one stretch of a document and is judged as a whole, and so is the article.

The network gives each line a score for "the thread starts here", one for "it ends here" and some evidence
of lying in it. All stretches of a document, and the case that there is none, compete; what comes out is the
probability that a line lies in the thread. The same is done for the article. Then the one best thread of a
document is judged by what only the whole shows: how much article stands before it, how like a thread all of it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .features import DENSE_NAMES, Batch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

THREAD, ARTICLE = 3, 6  # where the columns of the two segmentations begin
_NEVER = -1e4
_FLOOR = 0.02  # below this probability a document has no thread worth judging
THREAD_FACTS: tuple[str, ...] = (
    "thread_odds", "before_chars", "before_lines", "before_article", "outside_article", "comment_like", "heading",
    "chars", "share", "before_comment", "start_sharp", "resumes", "mean_evidence", "short_lines", "head_shapes",
)  # fmt: skip


RUN_FACTS: tuple[str, ...] = (
    "boilerplate", "weakest", "outside_article", "in_thread", "chars", "lines", "share", "place", "at_start", "at_end",
    "neighbour_before", "neighbour_after", "ends_sentence", "length", "document_lines", "document_mean", "longest",
    "repeats",
)  # fmt: skip
_RUN_FROM = 0.25  # a line at least this likely to be boilerplate belongs to a run


class Decoded(NamedTuple):
    """What the model thinks of each line: three probabilities, and those of lying in the thread and the article."""

    article: Floats
    boilerplate: Floats
    comment: Floats
    in_thread: Floats
    in_article: Floats


class Thread(NamedTuple):
    """The best candidate for a thread in one document: rows [first, stop), and facts about it as a whole."""

    document: int
    first: int
    stop: int
    facts: Floats


def decode(raw: Floats, batch: Batch) -> Decoded:
    """Probabilities of each line out of the network's logits."""
    import numpy as np

    classes = raw[:, :3]
    shifted = np.exp(classes - classes.max(axis=1, keepdims=True))
    shifted /= shifted.sum(axis=1, keepdims=True)
    return Decoded(
        shifted[:, 0], shifted[:, 1], shifted[:, 2],
        inside(raw[:, THREAD : THREAD + 3], batch.document),
        inside(raw[:, ARTICLE : ARTICLE + 3], batch.document),
    )  # fmt: skip


def inside(raw: Floats, document: NDArray[np.int32]) -> Floats:
    """The probability of each line that the document's one segment covers it.

    Over all segments [i, j] with score start_i + end_j + sum of evidence, and "none" with score 0.
    """
    import numpy as np

    out = np.zeros(len(raw))
    if not len(raw):
        return out
    first = np.flatnonzero(np.diff(document, prepend=-1))
    sizes = np.diff(np.append(first, len(raw)))
    order = np.argsort(sizes, kind="stable")
    at = 0
    while at < len(order):  # documents of about the same length together, padded to the longest
        limit = max(int(sizes[order[at]]) * 5 // 4, 8)
        stop = at + int(np.searchsorted(sizes[order[at:]], limit, "right"))
        stop = min(stop, at + max(1, 200_000 // limit))
        some = order[at:stop]
        _inside_padded(raw, first[some], sizes[some], out)
        at = stop
    return out


def _inside_padded(raw: Floats, first: Ints, sizes: Ints, out: Floats) -> None:
    import numpy as np

    width = int(sizes.max())
    place = np.arange(width)
    real = place < sizes[:, None]
    rows = np.where(real, first[:, None] + place, 0)
    start = np.where(real, raw[rows, 0], _NEVER)
    end = np.where(real, raw[rows, 1], _NEVER)
    evidence = np.where(real, raw[rows, 2], 0.0)
    running = np.cumsum(evidence, axis=1)
    opened = np.logaddexp.accumulate(start - running + evidence, axis=1)
    ends = end + running
    closes = np.logaddexp.accumulate(ends[:, ::-1], axis=1)[:, ::-1]
    whole = np.logaddexp(0.0, np.logaddexp.reduce(ends + opened, axis=1))
    inner = np.exp(np.minimum(opened + closes - whole[:, None], 0.0))
    out[rows[real]] = inner[real]


def threads(raw: Floats, lines: Decoded, batch: Batch) -> list[Thread]:
    """The candidate of each document that has one: the stretch around its surest line that stays likely."""
    import numpy as np

    n = len(raw)
    if not n:
        return []
    fresh = np.flatnonzero(np.diff(batch.document, prepend=-1))
    stops = np.append(fresh[1:], n)
    peaks = np.maximum.reduceat(lines.in_thread, fresh)
    found = []
    for low, stop, peak in zip(fresh.tolist(), stops.tolist(), peaks.tolist(), strict=True):
        if peak >= _FLOOR:
            inner = np.flatnonzero(lines.in_thread[low:stop] >= 0.5 * peak)
            first, last = low + int(inner[0]), low + int(inner[-1]) + 1
            facts = _thread_facts(raw, lines, batch, (low, first, last, stop), peak)
            found.append(Thread(int(batch.document[low]), first, last, facts))
    return found


_HEADING = DENSE_NAMES.index("cue_comment")
_LENGTH = DENSE_NAMES.index("length")
_SHAPES = DENSE_NAMES.index("shape_after")


def _thread_facts(raw: Floats, lines: Decoded, batch: Batch, bounds: tuple[int, int, int, int], peak: float) -> Floats:
    import numpy as np

    low, first, last, stop = bounds
    weight = batch.weight
    size = weight[first:last].astype(np.float64)
    total = max(float(size.sum()), 1.0)
    before = float(weight[low:first].sum())
    everything = max(float(weight[low:stop].sum()), 1.0)
    peak = min(max(peak, 1e-6), 1 - 1e-6)
    prefix = weight[low:first].astype(np.float64) / max(before, 1.0)
    jumps = np.diff(lines.in_thread[low:last], prepend=0.0)
    return np.array(
        [
            np.log(peak / (1 - peak)) / 4,
            np.log1p(before) / 4,
            np.log1p(first - low) / 2,
            float((prefix * lines.article[low:first]).sum()),
            float((size * (1 - lines.in_article[first:last])).sum()) / total,
            float((size * lines.comment[first:last]).sum()) / total,
            float((batch.dense[max(first - 1, low) : min(first + 3, last), _HEADING] > 0).any()),
            np.log1p(total) / 4,
            total / everything,
            float((prefix * lines.comment[low:first]).sum()),
            float(jumps.max()),
            float((weight[last:stop] * lines.article[last:stop]).sum()) / everything,
            float(np.clip(raw[first:last, THREAD + 2].mean(), -1, 1)),
            float((batch.dense[first:last, _LENGTH] < 60).mean()),
            float((batch.dense[first:last, _SHAPES] > 10).mean()),
        ]
    )


def runs(lines: Decoded, batch: Batch) -> tuple[Ints, Floats]:
    """Stretches of likely boilerplate within one document each: rows (first, stop), and facts about each as a whole."""
    import numpy as np

    n = len(batch.document)
    likely = lines.boilerplate >= _RUN_FROM
    if not likely.any():
        return np.zeros((0, 2), np.int64), np.zeros((0, len(RUN_FACTS)))
    fresh = np.diff(batch.document, prepend=-1) > 0
    opens = likely & (fresh | ~np.concatenate([[False], likely[:-1]]))
    ends = likely & np.concatenate([fresh[1:] | ~likely[1:], [True]])
    first, stop = np.flatnonzero(opens), np.flatnonzero(ends) + 1
    return np.stack([first, stop], axis=1), _run_facts(lines, batch, first, stop, np.flatnonzero(fresh), n)


_SHORT = DENSE_NAMES.index("length")
_REPEATS = DENSE_NAMES.index("line_after"), DENSE_NAMES.index("line_before")
_STOPS = DENSE_NAMES.index("ends_0")


def _run_facts(lines: Decoded, batch: Batch, first: Ints, stop: Ints, fresh: Ints, n: int) -> Floats:
    import numpy as np

    ends = np.stack([first, stop], axis=1).ravel()

    def means(values: NDArray[np.generic]) -> Floats:
        """Each run's mean. Added up run by run: differences of one running sum would depend on the batch."""
        sums: Floats = np.add.reduceat(np.append(values.astype(np.float64), 0.0), ends)[::2]
        return sums / (stop - first)

    dense, count = batch.dense, stop - first
    number = np.searchsorted(fresh, first, "right") - 1
    low, high = fresh[number], np.append(fresh[1:], n)[number]
    total = np.concatenate([[0], np.cumsum(batch.weight)])
    size, everything = total[stop] - total[first], np.maximum(total[high] - total[low], 1)
    clear = np.clip(lines.boilerplate, 1e-4, 1 - 1e-4)
    odds = np.log(clear / (1 - clear))
    before, after = np.maximum(first - 1, 0), np.minimum(stop, n - 1)
    facts = [
        means(odds),
        np.minimum.reduceat(np.append(odds, np.inf), ends)[::2],
        means(1 - lines.in_article),
        means(lines.in_thread),
        np.log1p(size),
        np.log1p(count),
        size / everything,
        (total[first] - total[low]) / everything,
        first == low,
        stop == high,
        np.where(first > low, lines.article[before], -1.0),
        np.where(stop < high, lines.article[after], -1.0),
        means(dense[:, _STOPS] > 0),
        means(dense[:, _SHORT]) / 32,
        np.log1p(high - low),
        np.log1p(everything / (high - low)),
        np.maximum.reduceat(np.append(dense[:, _SHORT], 0), ends)[::2] / 32.0,
        means((dense[:, _REPEATS[0]] > 0) | (dense[:, _REPEATS[1]] > 0)),
    ]
    return np.stack([np.asarray(fact, np.float64) for fact in facts], axis=1)


def judge(facts: Floats, weights: dict[str, NDArray[np.float64]]) -> Floats:
    """The probability that a candidate (rows of facts) is a comment thread and no part of the article."""
    import numpy as np

    # Summed without BLAS, whose order of adding depends on the number of rows.
    inputs = (facts - weights["center"]) / weights["spread"]
    hidden = np.tanh(_product(inputs, weights["inner"]) + weights["inner_bias"])
    result: Floats = 1 / (1 + np.exp(-(_product(hidden, weights["outer"][:, None])[:, 0] + weights["outer_bias"])))
    return result


def _product(left: Floats, right: Floats) -> Floats:
    import numpy as np

    total = np.zeros((len(left), right.shape[1]))
    for place in range(len(right)):
        total += left[:, place, None] * right[place]
    return total


def calibrated(values: Floats, knots: Floats) -> Floats:
    """Scores out of raw ones: knots[0] are raw values, knots[1] the scores that they stand for."""
    import numpy as np

    scores: Floats = np.round(np.interp(values, knots[0], knots[1]), 3)
    return scores
