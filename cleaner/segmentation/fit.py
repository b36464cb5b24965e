"""From labelled documents to a model file: networks by cross-validation, then what turns logits into scores.

Everything that is set after the network (the judges, the scores' scale) is fitted on what networks say about
sites that they have not seen: the folds are cut by site.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from .apply import run_belief, thread_belief
from .decode import Decoded, decode, judge, runs, threads
from .gold import ARTICLE, BOILERPLATE, COMMENT, Gold, augment, fold_of
from .network import OUTPUTS, Model, logits, together
from .training import Corpus, as_batch, batches, corpus, quantised, train

FOLDS = 4
SEEDS = (0, 10)
THREADS, INTERVIEWS = 1500, 200  # rendered documents a fold
# Share of held-out content that each profile may cost: by `comments`, which comes seldom and takes much; by `residue`.
THREADS_COST, RUNS_COST = (0.001, 0.0035, 0.012), (0.0005, 0.002, 0.01)
SCORES = (0.95, 0.90, 0.50)  # safe, standard, aggressive
Floats = NDArray[np.float64]
Say = Callable[[str], None]


class HeldOut(NamedTuple):
    """What networks that never saw a document's site say about each of its lines."""

    raw: Floats
    lines: Decoded


def fit(golds: Sequence[Gold], name: str, say: Say = lambda _: None) -> Model:
    """A model fitted on labelled documents; the same documents give the same model.

    Its networks differ only in their seeds and speak as one: single ones differ much in what they make of
    kinds of pages that no pack holds, and their mean errs less.
    """
    documents, folds = prepare(golds)
    data = corpus(documents)
    say(f"{len(documents)} documents, {len(data.dense)} lines")
    models = []
    for fold in range(FOLDS):
        models.append(quantised(train(data, _chosen(documents, folds != fold), fold), {}, name))
        say(f"all but fold {fold}")
    settings = after(documents, data, folds, models)
    say("scores set")
    chosen = _chosen(documents, folds >= 0)
    return together([quantised(train(data, chosen, seed), {}, name) for seed in SEEDS], settings, name)


def prepare(golds: Sequence[Gold]) -> tuple[list[Gold], NDArray[np.int64]]:
    """The documents with those made of them, and each one's fold."""
    documents = list(golds)
    for fold in range(FOLDS):
        some = [gold for gold in golds if fold_of(gold.group, FOLDS) == fold]
        documents += augment(some, fold, THREADS, INTERVIEWS)
    return documents, np.array([fold_of(gold.group, FOLDS) for gold in documents])


def _chosen(documents: Sequence[Gold], wanted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The documents to fit on: of whole pages, which have ten times the lines, three in ten."""
    dice = np.random.RandomState(0).rand(len(documents))
    full = np.array(["full" in gold.source for gold in documents])
    return np.flatnonzero(wanted & (~full | (dice < 0.3)))


def predict(data: Corpus, folds: NDArray[np.int64], models: Sequence[Model]) -> HeldOut:
    """Each document labelled by the model of the fold that it was left out of."""
    raw = np.zeros((len(data.dense), OUTPUTS))
    lines = Decoded(*(np.zeros(len(data.dense)) for _ in Decoded._fields))
    for fold, model in enumerate(models):
        for some in batches(data, np.flatnonzero(folds == fold), None, 20000):
            batch = as_batch(data, some)
            raw[batch.start] = logits(batch, model)
            for column, values in zip(lines, decode(raw[batch.start], batch), strict=True):
                column[batch.start] = values
    return HeldOut(raw, lines)


class Candidates(NamedTuple):
    """Stretches to be judged: rows, facts, the share that is right to cut, and how much each counts."""

    bounds: NDArray[np.int64]
    facts: Floats
    right: Floats
    weight: Floats
    document: NDArray[np.int64]


def after(
    documents: Sequence[Gold], data: Corpus, folds: NDArray[np.int64], models: Sequence[Model]
) -> dict[str, Floats]:
    """The two judges and the scales of scores, from what each fold's model says of it."""
    said = predict(data, folds, models)
    found, left = candidates(documents, data, said)
    judged_threads, thread_judge = _cross_judged(found, folds, 10, 600)
    judged_runs, run_judge = _cross_judged(left, folds, 16, 400)
    document = np.repeat(np.arange(len(documents)), data.high - data.low)
    per_document = np.zeros(len(documents))
    per_document[found.document] = judged_threads
    thread = thread_belief(said.lines, per_document[document])
    run = run_belief(said.lines, left.bounds, judged_runs)
    judges = (_judging(document, documents, "resid"), _judging(document, documents, "rendered"))
    return {
        **{f"thread_{key}": value for key, value in thread_judge.items()},
        **{f"run_{key}": value for key, value in run_judge.items()},
        "thread_knots": scale(data, thread, judges, THREADS_COST),
        "run_knots": scale(data, np.where(thread > 0.5, 0.0, run), judges[:1], RUNS_COST),
    }


def _judging(document: NDArray[np.int64], documents: Sequence[Gold], what: str) -> NDArray[np.bool_]:
    wanted = np.array(
        [
            what in gold.source and "trafeval" not in gold.source and ("#" not in gold.id or what == "rendered")
            for gold in documents
        ]
    )
    return wanted[document]


def scale(data: Corpus, belief: Floats, masks: Sequence[NDArray[np.bool_]], costs: Sequence[float]) -> Floats:
    """Knots from raw scores to scores: at each profile's threshold the held-out content lost is one of `costs`.

    The strictest of the masks decides, so that no kind of document pays for another.
    """
    values = []
    for allowed in costs:
        cuts = []
        for mask in masks:
            label, weight, raw = data.label[mask], data.weight[mask].astype(np.float64), belief[mask]
            order = np.argsort(-raw, kind="stable")
            lost = np.cumsum(weight[order] * (label[order] == ARTICLE)) / max(weight[label == ARTICLE].sum(), 1)
            place = min(int(np.searchsorted(lost, allowed, "right")), len(order) - 1)
            cuts.append(float(raw[order[place]]))
        values.append(min(max(*cuts, 0.02), 0.98))
    for place in (1, 2):
        values[place] = min(values[place], values[place - 1] - 0.01)
    return np.array([[0.0, *values[::-1], 1.0], [0.0, *SCORES[::-1], 1.0]])


def candidates(documents: Sequence[Gold], data: Corpus, said: HeldOut) -> tuple[Candidates, Candidates]:
    """The best thread of each document, and its runs of likely boilerplate."""
    found: list[tuple[int, int, int, Floats]] = []
    left: list[tuple[int, int, int, Floats]] = []
    for some in batches(data, np.arange(len(documents)), None, 20000):
        batch = as_batch(data, some)
        lines = Decoded(*(column[batch.start] for column in said.lines))
        origin = batch.start
        found += [
            (some[thread.document], int(origin[thread.first]), int(origin[thread.stop - 1]) + 1, thread.facts)
            for thread in threads(said.raw[origin], lines, batch)
        ]
        bounds, facts = runs(lines, batch)
        left += [
            (some[batch.document[first]], int(origin[first]), int(origin[stop - 1]) + 1, values)
            for (first, stop), values in zip(bounds.tolist(), facts, strict=True)
        ]
    rare = np.array([0.3 if gold.source == "rendered" else 1.0 for gold in documents])
    full = np.array([0.3 if "full" in gold.source else 1.0 for gold in documents])
    return _candidates(found, data, rare, 0.3), _candidates(left, data, rare * full, 1.0)


def _candidates(
    rows: Sequence[tuple[int, int, int, Floats]], data: Corpus, importance: Floats, boilerplate: float
) -> Candidates:
    document = np.array([row[0] for row in rows])
    bounds = np.array([row[1:3] for row in rows])
    weight = data.weight.astype(np.float64)

    def size(code: int) -> Floats:
        running = np.concatenate([[0.0], np.cumsum(weight * (data.label == code))])
        sums: Floats = running[bounds[:, 1]] - running[bounds[:, 0]]
        return sums

    lost, gained, other = size(ARTICLE), size(COMMENT), size(BOILERPLATE)
    good = gained + boilerplate * other
    known = lost + gained + other
    right = np.where(known > 0, good / np.maximum(lost + good, 1), 0.5)
    return Candidates(
        bounds, np.array([row[3] for row in rows]), right, np.sqrt(known) * importance[document], document
    )


def _cross_judged(
    given: Candidates, folds: NDArray[np.int64], hidden: int, steps: int
) -> tuple[Floats, dict[str, Floats]]:
    """Each candidate judged by a judge that never saw its site; and a judge fitted on all."""
    judged = np.zeros(len(given.right))
    for fold in range(FOLDS):
        out = folds[given.document] == fold
        if out.any() and not out.all():
            judged[out] = judge(given.facts[out], _fit_judge(given, ~out, hidden, steps))
    return judged, _fit_judge(given, folds[given.document] >= 0, hidden, steps)


def _fit_judge(given: Candidates, chosen: NDArray[np.bool_], hidden: int, steps: int) -> dict[str, Floats]:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    facts = given.facts[chosen]
    center, spread = facts.mean(axis=0), facts.std(axis=0) + 1e-6
    inputs = torch.tensor((facts - center) / spread, dtype=torch.float32)
    goal = torch.tensor(given.right[chosen], dtype=torch.float32)
    weight = torch.tensor(given.weight[chosen], dtype=torch.float32)
    inner, outer = nn.Linear(facts.shape[1], hidden), nn.Linear(hidden, 1)
    optimizer = torch.optim.AdamW([*inner.parameters(), *outer.parameters()], lr=0.02, weight_decay=0.05)
    for _ in range(steps):
        guess = outer(torch.tanh(inner(inputs)))[:, 0]
        loss = nn.functional.binary_cross_entropy_with_logits(guess, goal, reduction="none")
        optimizer.zero_grad()
        ((loss * weight).sum() / weight.sum()).backward()
        optimizer.step()
    return {
        "center": center,
        "spread": spread,
        "inner": inner.weight.detach().numpy().T.astype(np.float64),
        "inner_bias": inner.bias.detach().numpy().astype(np.float64),
        "outer": outer.weight.detach().numpy()[0].astype(np.float64),
        "outer_bias": outer.bias.detach().numpy().astype(np.float64)[0],
    }
