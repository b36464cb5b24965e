"""What a line's words say of its being a notice: an appeal, a sign-up, a disclaimer, a credit, a call to comment.

Rules know notices by their wording, and the network tells boilerplate mostly by where and how it stands. A sentence of
the site's own among those of the article, worded as no rule foresaw, escapes both. Here the stems of its words, pairs
of stems that stand side by side, and those that it begins and ends with have a weight each. The weights are a logistic
regression, which `cleaner fit-notices` writes. They are whole numbers, so that their sum is the same in any batch.

Below the last paragraph of an article few lines are its own, so there less sure words tell of a notice.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.models import read_once

from .decode import Decoded
from .facts import calibrated, reads_like_prose
from .features import Batch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

MAGIC = b"cleaner notices 2\n"
BITS = 20
NONE = 1 << BITS  # the slot of no stem: its weight is nothing
LEAST = 5  # words of a line that is judged: of shorter ones rules and network know more
NETWORK = 0.25  # what the network's log odds of boilerplate count for
_LOW, _HIGH = -6.0, 4.0  # ... between these
_DOUBTED = 0.3  # what scores more may be a notice
_EVEN = 0.5  # a line that is less likely boilerplate, or in a thread, is the article's
_STRAY = 200  # characters of the article's own that may stand below a line of a tail: a caption, a headline
_SINGLE, _NEXT, _FIRST, _LAST = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x94D049BB133111EB


class Notices(NamedTuple):
    """Fitted weights: one a slot, in `unit`s; what is added to each line; knots from log odds to scores, of lines
    anywhere and of those in tails."""

    weights: NDArray[np.int8]
    unit: float
    bias: float
    scale: Floats
    tail: Floats


class Slots(NamedTuple):
    """Where the weights of lines are: of each word's stem, of it and the next one's on its line, and of those that a
    line begins and ends with."""

    single: Ints
    pair: Ints
    first: Ints
    last: Ints


class NoticesError(ValueError):
    """A file of weights that this version cannot use."""


def slots(batch: Batch) -> Slots:
    """The slots of a batch: single and pair are of words, first and last of lines."""
    stems, first, count = batch.stems, batch.word_first, batch.word_count
    single = _slot(stems * np.uint64(_SINGLE))
    pair = np.full(len(stems), NONE, np.int64)
    if len(stems) > 1:
        mixed = stems[:-1] * np.uint64(_SINGLE) ^ (stems[1:] + np.uint64(1)) * np.uint64(_NEXT)
        pair[:-1] = _slot((mixed ^ mixed >> np.uint64(29)) * np.uint64(_SINGLE))
    full = count > 0
    last = (first + count - 1)[full]
    pair[last] = NONE
    ends = np.full((2, len(first)), NONE, np.int64)
    ends[0, full] = _slot((stems[first[full]] + np.uint64(1)) * np.uint64(_FIRST))
    ends[1, full] = _slot((stems[last] + np.uint64(1)) * np.uint64(_LAST))
    return Slots(single, pair, *ends)


def _slot(hashes: NDArray[np.uint64]) -> Ints:
    return (hashes >> np.uint64(64 - BITS)).astype(np.int64)


def said(batch: Batch, notices: Notices) -> Floats:
    """What the words of each line say, as log odds."""
    single, pair, first, last = (notices.weights[places].astype(np.int32) for places in slots(batch))
    sums = np.add.reduceat(np.append(single + pair, np.int32(0)), batch.word_first) * (batch.word_count > 0)
    odds: Floats = ((sums + first + last) * notices.unit + notices.bias).astype(np.float64)
    return odds


def together(words: Floats, boilerplate: Floats) -> Floats:
    """What words and network say: the words' log odds, and how probable the network thinks that it is boilerplate."""
    share = np.clip(boilerplate, 1e-6, 1 - 1e-6)
    both: Floats = words + NETWORK * np.clip(np.log(share / (1 - share)), _LOW, _HIGH)
    return both


def scores(batch: Batch, lines: Decoded, notices: Notices) -> tuple[Floats, NDArray[np.bool_]]:
    """Each line's score for being a notice, and which lines are in tails; lines of few words have no score."""
    if not len(batch.word_first):
        return np.zeros(0), np.zeros(0, np.bool_)
    told = together(said(batch, notices), lines.boilerplate)
    enough = batch.word_count >= LEAST
    anywhere = np.where(enough, calibrated(told, notices.scale), 0.0)
    below = tails(batch, lines, anywhere)
    return np.where(enough & below, calibrated(told, notices.tail), anywhere), below


def tails(batch: Batch, lines: Decoded, anywhere: Floats) -> NDArray[np.bool_]:
    """Which lines stand below their article: after its last paragraph, and hardly anything else of its own follows.

    `anywhere`: each line's score wherever it stands. Verses and tables have no paragraphs, but what follows tells that
    they go on. A document without a paragraph has no tail.
    """
    own = (anywhere < _DOUBTED) & (lines.boilerplate < _EVEN) & (lines.in_thread < _EVEN)
    rows = np.arange(len(own))
    sizes = np.diff(batch.fresh, append=len(own))
    last = np.repeat(np.maximum.reduceat(np.where(own & reads_like_prose(batch.dense), rows, -1), batch.fresh), sizes)
    weight = batch.weight * own
    total = np.cumsum(weight)
    follow = np.repeat(total[batch.fresh + sizes - 1], sizes) - total
    found: NDArray[np.bool_] = (last >= 0) & (rows > last) & (follow <= _STRAY)
    return found


def save(notices: Notices, path: Path) -> None:
    """Writes the weights. The same weights give the same bytes."""
    told = {"unit": notices.unit, "bias": notices.bias, "scale": notices.scale.tolist(), "tail": notices.tail.tolist()}
    path.write_bytes(MAGIC + json.dumps(told).encode() + b"\n" + notices.weights.tobytes())


@read_once
def load(path: Path) -> Notices:
    """Reads the weights. Raises NoticesError for a file that holds none."""
    try:
        data = path.read_bytes()
        head, _, rest = data.removeprefix(MAGIC).partition(b"\n")
        if data.startswith(MAGIC) and len(rest) == NONE + 1:
            told = json.loads(head)
            knots = (np.array(told[name]) for name in ("scale", "tail"))
            return Notices(np.frombuffer(rest, np.int8), told["unit"], told["bias"], *knots)
    except OSError as error:
        raise NoticesError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NoticesError(f"{path}: no weights of notices; fit them with `cleaner fit-notices`") from error
    raise NoticesError(f"{path}: no weights of this version; fit them again with `cleaner fit-notices`")
