"""What sites say of a word: on how many of them it stands in boilerplate, and on how many in the article.

Rules know whole phrases and the network hides words from itself while it learns; here each word speaks plainly:
"Advertisement" is boilerplate on nearly every site that has it. A word's vote is the logarithm of its odds against
those of any word, in fortieths, so that the rarer a word the less it says. Three questions are voted on, see `ON`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .features import CODE_BITS, Batch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

ON: tuple[str, ...] = (
    "boilerplate",  # in boilerplate, or in the article?
    "talk",  # in readers' comments, or in the article above them?
    "board",  # on a board, whose posts are the content, or on another page?
)
UNIT, _MOST = 40.0, 3.0
_BEFORE = 2.0  # sites that a word is taken to have been seen on before any was looked at


def voted(yes: Floats, no: Floats, usual: float) -> NDArray[np.int8]:
    """Votes of words for which so many sites say yes and so many no; `usual` is the share of yes for any word."""
    odds = (yes + _BEFORE * usual) / (no + _BEFORE * (1 - usual))
    told = np.log(odds) - np.log(usual / (1 - usual))
    votes: NDArray[np.int8] = np.rint(np.clip(told, -_MOST, _MOST) * UNIT).astype(np.int8)
    return votes


def counted(
    code: Ints, site: Ints, yes: NDArray[np.bool_], known: NDArray[np.bool_]
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """The vote on every code; and that on each word given, as all sites but the word's own see it.

    Each site has one vote on a word, which it may divide. `code`, `site` and `yes` are of the words of all lines; only
    those of which it is `known` whether they say yes or no count.
    """
    size = 1 << CODE_BITS
    pair = site * size + code
    pairs, place = np.unique(pair[known], return_inverse=True)
    share = np.bincount(place, yes[known], minlength=len(pairs)) / np.bincount(place, minlength=len(pairs))
    for_it = np.bincount(pairs % size, share, minlength=size).astype(np.float64)
    against = np.bincount(pairs % size, 1 - share, minlength=size).astype(np.float64)
    usual = float(for_it.sum() / (for_it.sum() + against.sum()))
    at = np.minimum(np.searchsorted(pairs, pair), len(pairs) - 1)
    own = pairs[at] == pair
    others_for = np.maximum(for_it[code] - share[at] * own, 0.0)
    others_against = np.maximum(against[code] - (1 - share[at]) * own, 0.0)
    return voted(for_it, against, usual), voted(others_for, others_against, usual)


def line_votes(said: NDArray[np.int8], batch: Batch, rows: Ints) -> Ints:
    """Four rows of whole numbers for some lines of a batch: the mean vote of a line's words, the highest, the lowest,
    and their sum over the root of their number. `said` is the vote on each word of the batch."""
    count = batch.word_count[rows]
    out = np.zeros((4, len(rows)), np.int64)
    full = np.flatnonzero(count)
    if not len(full):
        return out
    count = count[full]
    first = np.cumsum(count) - count
    votes = said[np.repeat(batch.word_first[rows[full]] - first, count) + np.arange(int(count.sum()))].astype(np.int64)
    sums = np.add.reduceat(votes, first)
    out[0, full] = np.rint(sums / count)
    out[1, full] = np.maximum.reduceat(votes, first)
    out[2, full] = np.minimum.reduceat(votes, first)
    out[3, full] = np.clip(np.rint(sums / np.sqrt(count) / 4), -127, 127)
    return out


def vote_sums(said: NDArray[np.int8], batch: Batch) -> NDArray[np.float64]:
    """The votes on each line's words added up; `said` is the vote on each word of the batch."""
    padded = np.append(said, np.int8(0)).astype(np.int64)
    sums: Floats = (np.add.reduceat(padded, batch.word_first) * (batch.word_count > 0)).astype(np.float64)
    return sums
