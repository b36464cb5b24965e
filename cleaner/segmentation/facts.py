"""What only the whole of a stretch shows: facts about a candidate for a thread.

A thread is one stretch: how much article stands before it, how like a thread all of it is, and whether the article
resumes. A judge (`judge`) weighs these facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .decode import Decoded
from .features import Batch, dense_row
from .network import THREAD
from .votes import UNIT, vote_sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

THREAD_FACTS: tuple[str, ...] = (
    "thread_odds", "before_chars", "before_lines", "before_article", "outside_article", "comment_like", "heading",
    "chars", "share", "before_comment", "start_sharp", "resumes", "mean_evidence", "short_lines", "head_shapes",
    "talk_votes", "talk_votes_before", "talk_votes_first", "talk_votes_together",
    "board_votes", "board_votes_before", "board_votes_document", "board_votes_together", "board_votes_together_before",
)  # fmt: skip
_FLOOR = 0.02  # below this probability a document has no thread worth judging
_OPENING = 3  # lines
_SHORT = 60  # the feature of a line of 63 characters


class Threads(NamedTuple):
    """The best candidate for a thread of each document that has one: rows [first, stop), and facts about it."""

    document: NDArray[np.integer[Any]]
    first: Ints
    stop: Ints
    facts: Floats  # candidates x THREAD_FACTS


def reads_like_prose(dense: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Which lines are long and end like sentences; `dense` is features x lines."""
    ends = (dense[dense_row("ends_0")] > 0) | (dense[dense_row("ends_1")] > 0) | (dense[dense_row("ends_4")] > 0)
    told: NDArray[np.bool_] = ends & (dense[dense_row("length")] >= _SHORT)
    return told


def _sums(values: Sequence[NDArray[np.generic]], bounds: Sequence[Ints]) -> Floats:
    """values x stretches between bounds x candidates: each row added up from one bound to the next.

    Added up stretch by stretch: differences of one running sum would depend on the batch.
    """
    ends = np.array(bounds)
    table = np.zeros((len(values), len(values[0]) + 1))
    for row, one in zip(table, values, strict=True):
        row[:-1] = one
    sums: Floats = np.add.reduceat(table, ends.T.ravel(), axis=1).reshape(len(values), -1, len(ends))
    return sums.transpose(0, 2, 1)[:, :-1] * (ends[1:] > ends[:-1])


def _most(values: NDArray[np.generic], first: Ints, stop: Ints) -> Floats:
    """The greatest value in each [first, stop), none of which is empty."""
    padded = np.full(len(values) + 1, -np.inf)
    padded[:-1] = values
    most: Floats = np.maximum.reduceat(padded, np.array([first, stop]).T.ravel())[::2]
    return most


def threads(raw: Floats, lines: Decoded, batch: Batch, said: NDArray[np.int8]) -> Threads:
    """The candidate of each document that has one: the stretch around its surest line that stays likely.

    `said`: the votes on each word of the batch, a row on talk and one on boards.
    """
    n = len(batch.document)
    fresh = batch.fresh
    sizes = np.diff(fresh, append=n)
    peaks = np.maximum.reduceat(lines.in_thread, fresh) if n else np.zeros(0)
    bar = np.where(peaks >= _FLOOR, 0.5 * peaks, np.inf)
    likely = np.flatnonzero(lines.in_thread >= np.repeat(bar, sizes))
    if not len(likely):
        none = np.zeros(0, np.int64)
        return Threads(none.astype(np.int32), none, none, np.zeros((0, len(THREAD_FACTS))))
    owner = batch.document[likely]
    opens = np.flatnonzero(np.diff(owner, prepend=-1))
    first, stop = likely[opens], likely[np.append(opens[1:], len(likely)) - 1] + 1
    number = np.searchsorted(fresh, first, "right") - 1
    low, high = fresh[number], fresh[number] + sizes[number]
    bounds = low, first, stop, high
    facts = [*_thread_facts(raw, lines, batch, bounds, peaks[number]), *_vote_facts(batch, bounds, said)]
    return Threads(owner[opens], first, stop, np.array([np.asarray(fact, np.float64) for fact in facts]).T)


def _thread_facts(
    raw: Floats, lines: Decoded, batch: Batch, bounds: tuple[Ints, Ints, Ints, Ints], peak: Floats
) -> list[Floats]:
    low, first, stop, _ = bounds
    dense, weight = batch.dense, batch.weight
    jumps = np.diff(lines.in_thread, prepend=0.0)
    jumps[low] = lines.in_thread[low]
    chars, article, outside, comment, evidence, shorts, shapes = _sums(
        (
            weight, weight * lines.article, weight * (1 - lines.in_article), weight * lines.comment,
            raw[THREAD + 2], dense[dense_row("length")] < _SHORT, dense[dense_row("shape_after")] > 10,
        ),
        bounds,
    )  # fmt: skip
    within, before = np.maximum(chars[1], 1.0), np.maximum(chars[0], 1.0)
    everything = np.maximum(chars.sum(axis=0), 1.0)
    count = stop - first
    peak = np.clip(peak, 1e-6, 1 - 1e-6)
    return [
        np.log(peak / (1 - peak)) / 4,
        np.log1p(chars[0]) / 4,
        np.log1p(first - low) / 2,
        article[0] / before,
        outside[1] / within,
        comment[1] / within,
        _most(dense[dense_row("cue_comment")], np.maximum(first - 1, low), np.minimum(first + 3, stop)) > 0,
        np.log1p(within) / 4,
        within / everything,
        comment[0] / before,
        _most(jumps, low, stop),
        article[2] / everything,
        np.clip(evidence[1] / count, -1, 1),
        shorts[1] / count,
        shapes[1] / count,
    ]


def _vote_facts(batch: Batch, bounds: tuple[Ints, Ints, Ints, Ints], said: NDArray[np.int8]) -> list[Floats]:
    """What sites say of the words in the stretch, above it, in its first lines; means, and sums over roots."""
    _, first, stop, _ = bounds
    on_talk, on_boards = (vote_sums(row, batch) for row in said)
    talk, board, words = _sums((on_talk, on_boards, batch.word_count), bounds)
    opening, opening_words = _sums((on_talk, batch.word_count), (first, np.minimum(first + _OPENING, stop)))

    def mean(sums: Floats, count: Floats) -> Floats:
        return sums / np.maximum(count, 1) / (UNIT / 2)

    def together(sums: Floats, count: Floats) -> Floats:
        return np.clip(sums / np.sqrt(np.maximum(count, 1)) / (2 * UNIT), -3, 3)

    return [
        mean(talk[1], words[1]), mean(talk[0], words[0]), mean(opening[0], opening_words[0]),
        together(talk[1], words[1]), mean(board[1], words[1]), mean(board[0], words[0]),
        mean(board.sum(axis=0), words.sum(axis=0)), together(board[1], words[1]), together(board[0], words[0]),
    ]  # fmt: skip


def judge(facts: Floats, weights: dict[str, NDArray[np.float64]]) -> Floats:
    """The probability that a candidate (rows of facts) is what it was taken for, and no part of the article."""
    # Summed without BLAS, whose order of adding depends on the number of rows.
    inputs = ((facts - weights["center"]) / weights["spread"]).T
    # NumPy adds up an outer axis in its order. Where there is one number a column, only `accumulate` promises that.
    hidden = np.tanh((weights["inner"][:, :, None] * inputs[:, None]).sum(axis=0) + weights["inner_bias"][:, None])
    said = np.add.accumulate(weights["outer"][:, None] * hidden, axis=0)[-1] + weights["outer_bias"]
    result: Floats = 1 / (1 + np.exp(-said))
    return result


def calibrated(values: Floats, knots: Floats) -> Floats:
    """Scores out of raw ones: knots[0] are raw values, knots[1] the scores that they stand for."""
    scores: Floats = np.round(np.interp(values, knots[0], knots[1]), 3)
    return scores
