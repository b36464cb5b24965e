"""Fitting what tells boilerplate line by line: the judge of suspected lines.

It is fitted on what networks say of sites that they have not seen, and on votes without those of a line's own site.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from cleaner.segmentation.decode import Decoded
from cleaner.segmentation.network import JUDGE_LAYERS, LIMIT, STEP, Layer
from cleaner.segmentation.waste import Suspects, suspects, waste_belief

from .corpus import Corpus, as_batch, batches, word_places
from .gold import ARTICLE, BOILERPLATE, Gold
from .training import whole_layer

if TYPE_CHECKING:
    from .segmentation import HeldOut

HIDDEN, PASSES, BATCH, RATE, DECAY = 24, 6, 4096, 4e-3, 0.01
MOST = 20_000  # characters that a document counts for at most: in the longest ones a slip of the labels is long as well
_LEAST = 8 / 64  # a fact that hardly varies gets no larger weight than one that varies by so much
Floats = NDArray[np.float64]


def waste(data: Corpus, said: HeldOut, votes: NDArray[np.int8]) -> Suspects:
    """The suspected lines of all documents, as rows of the corpus. `said`: by networks that never saw a line's site;
    `votes`: on each word."""
    parts: list[Suspects] = []
    for some in batches(data, np.arange(len(data.low)), None, 20000):
        batch = as_batch(data, some)
        lines = Decoded(*(column[batch.start] for column in said.lines))
        found = suspects(said.raw[:, batch.start], lines, batch, votes[word_places(data, some)])
        parts.append(found._replace(rows=batch.start[found.rows]))
    return Suspects(np.concatenate([one.rows for one in parts]), np.concatenate([one.facts for one in parts], axis=1))


def line_weights(documents: Sequence[Gold], data: Corpus) -> Floats:
    """How much each line counts: long ones more, those of whole pages, boards and rendered documents less.

    Pages made of frames count for nothing: what their articles are made of has voted on their words.
    """
    each = np.array(
        [{"rendered": 0.1, "board": 0.1, "page": 0.0, "frame": 0.0}.get(gold.source, 1.0) for gold in documents]
    )
    each *= np.array([0.5 if gold.is_whole else 1.0 for gold in documents])
    each *= np.array([0.5 if gold.is_talk else 1.0 for gold in documents])
    sizes = data.high - data.low
    weights: Floats = np.repeat(each * shares(data), sizes) * data.weight**0.7
    return weights


def shares(data: Corpus) -> Floats:
    """By document what share of its characters counts, so that none counts for more than MOST."""
    running = np.concatenate([[0], np.cumsum(data.weight)])
    out: Floats = np.minimum(1.0, MOST / np.maximum(running[data.high] - running[data.low], 1))
    return out


def cross_judged(
    found: Suspects, data: Corpus, weight: Floats, fold: NDArray[np.int64], folds: int
) -> tuple[Floats, dict[str, Layer]]:
    """Each suspected line judged by a judge that never saw its site; and a judge fitted on all."""
    label = data.label[found.rows]
    goal, weight = label != ARTICLE, weight[found.rows]
    known = (label <= BOILERPLATE) & (weight > 0)
    judged = np.zeros(len(found.rows))
    for number in range(folds):
        out = fold[found.rows] == number
        some = known & ~out
        layers = fit_judge(found.facts[:, some], goal[some], weight[some])
        judged[out] = waste_belief(Suspects(found.rows[out], found.facts[:, out]), layers)
    return judged, fit_judge(found.facts[:, known], goal[known], weight[known])


def fit_judge(facts: NDArray[np.float32], goal: NDArray[np.bool_], weight: Floats) -> dict[str, Layer]:
    """A judge of lines, in whole numbers: facts x lines, whether each is boilerplate, and how much each counts."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    given = np.ascontiguousarray(facts.T) / np.float32(64)
    center = given.mean(axis=0, dtype=np.float64)
    spread = np.maximum(given.std(axis=0, dtype=np.float64), _LEAST)
    inputs = torch.from_numpy(((given - center) / spread).astype(np.float32))
    goals, weights = torch.from_numpy(goal.astype(np.float32)), torch.from_numpy((weight / weight.mean()).astype("f4"))
    inner, outer = nn.Linear(inputs.shape[1], HIDDEN), nn.Linear(HIDDEN, 1)
    optimizer = torch.optim.AdamW([*inner.parameters(), *outer.parameters()], lr=RATE, weight_decay=DECAY)
    dice = torch.Generator().manual_seed(0)
    steps = PASSES * -(-len(goals) // BATCH)
    step = 0
    for _ in range(PASSES):
        order = torch.randperm(len(goals), generator=dice)
        for some in torch.split(order, BATCH):
            for group in optimizer.param_groups:
                group["lr"] = RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
            guess = outer(torch.clamp(inner(inputs[some]), 0, STEP * LIMIT))[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(guess, goals[some], reduction="none")
            optimizer.zero_grad()
            torch.autograd.backward((loss * weights[some]).mean())
            optimizer.step()
            step += 1
    numbers = [value.detach().numpy().astype(np.float64) for value in (*inner.parameters(), *outer.parameters())]
    first, bias = numbers[0] / spread, numbers[1] - (numbers[0] * (center / spread)).sum(axis=1)
    layers = whole_layer(first, bias, 1 / 64, STEP), whole_layer(numbers[2], numbers[3], STEP, 1.0)
    return dict(zip(JUDGE_LAYERS, layers, strict=True))
