"""From labelled documents to a model file: networks by cross-validation, then what turns logits into scores.

Everything that is set after the network (the judges, the scores' scale) is fitted on what networks say about
sites that they have not seen: the folds are cut by site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from cleaner.machine.workers import Workers
from cleaner.pipeline.profiles import PROFILES
from cleaner.segmentation.apply import thread_belief
from cleaner.segmentation.decode import Decoded, decode
from cleaner.segmentation.facts import Threads, judge, reads_like_prose, threads
from cleaner.segmentation.features import RULED, rule_table
from cleaner.segmentation.network import OUTPUTS, Layer, Model, logits
from cleaner.segmentation.tokens import keyword_stems
from cleaner.segmentation.waste import Suspects, without_article

from .corpus import Corpus, as_batch, batches, corpus, word_places
from .gold import ARTICLE, BOILERPLATE, CLEAN, COMMENT, Gold, fold_of
from .made import Made, augment, boards, whole_pages
from .training import Net, Size, answers, quantised, train
from .votes import site_votes
from .waste import cross_judged, line_weights, shares, waste

FOLDS = 4
JUDGES = 12
TEACHERS = (0, 1)
TEACHER, PUPIL = Size(64, 32, 16, 5), Size(48, 32, 12, 5)
MADE = Made(threads=1600, conversations=1000, interviews=200)
BOARDS, PAGES = 250, 800  # more rendered documents a fold
# Share of held-out content that the profiles may cost, by kind of document: by the cuts of `comments`,
THREADS_COST = {
    "articles": (0.0005, 0.002, 0.005),
    "cleaned": (0.0005, 0.002, 0.005),
    "talk": (0.0025, 0.0045, 0.02),
    "rendered": (0.0015, 0.004, 0.012),
}
# and by those of `residue`: of short lines, and of lines that read like prose. No document counts for more than `MOST`:
# otherwise one long board decides for all.
SHORT_COST = {
    "articles": (0.0003, 0.00055, 0.0045), "cleaned": (0.0003, 0.0006, 0.004), "talk": (0.0007, 0.0012, 0.011),
    "clean": (0.00002, 0.00003, 0.0002), "pages": (0.0036, 0.006, 0.05), "boards": (0.007, 0.012, 0.1),
}  # fmt: skip
PROSE_COST = {
    "articles": (0.0002, 0.00035, 0.003), "cleaned": (0.0001, 0.0002, 0.0023), "talk": (0.0004, 0.00065, 0.006),
    "clean": (0.00002, 0.00003, 0.0002), "pages": (0.0016, 0.0035, 0.03), "boards": (0.003, 0.0065, 0.06),
}  # fmt: skip
RARE = {
    "rendered": 0.3,
    "board": 0.1,
    "page": 0.3,
    "frame": 0.0,
}  # what stretches of made documents count for, beside those of real ones
SCORES = tuple(PROFILES.values())
Floats = NDArray[np.float64]
Say = Callable[[str], None]
Stretch = tuple[int, int, int, Floats]  # document, rows [first, stop), facts


class HeldOut(NamedTuple):
    """What networks that never saw a document's site say about each of its lines."""

    raw: Floats
    lines: Decoded


class Settings(NamedTuple):
    """What is set after the network: judges, scales of scores, votes on words."""

    decode: dict[str, Floats]
    layers: dict[str, Layer]
    votes: NDArray[np.int8]


class _Given(NamedTuple):
    """What networks are made of."""

    documents: Sequence[Gold]
    folds: NDArray[np.int64]
    data: Corpus
    rules: tuple[NDArray[np.uint64], NDArray[np.uint16]]
    name: str


def _network(given: _Given, fold: int) -> Model:
    """The network of one fold, that never saw its sites; of no fold (-1), that of all documents."""
    chosen = _chosen(given.documents, given.folds != fold)
    return quantised(taught(given.data, chosen), given.rules, given.name)


def _died(fold: int, how: str) -> Model:
    raise RuntimeError(f"the process that fitted all but fold {fold} died ({how}); try with -j 1")


def fit(
    golds: Sequence[Gold],
    keywords: Mapping[str, Iterable[str]],
    name: str,
    say: Say = lambda _: None,
    jobs: int = 1,
) -> Model:
    """A model fitted on labelled documents and the rulesets' keywords; the same of both give the same model.

    Its network is small and learns from two larger ones as well as from the labels: what single networks make of
    kinds of pages that no pack holds differs much, and the mean of two errs less. `jobs` networks are fitted side by
    side, each in a process of its own. Raises RuntimeError when one of these dies.
    """
    documents, folds = prepare(golds)
    rules = keyword_stems([list(keywords.get(name, ())) for name in RULED])
    data = corpus(documents, rule_table(*rules))
    say(f"{len(documents)} documents, {len(data.dense)} lines")
    models = []
    with Workers(jobs, partial(_network, _Given(documents, folds, data, rules, name)), _died) as workers:
        for model in workers.in_order((*range(FOLDS), -1)):
            models.append(model)
            say(f"network {len(models)} of {FOLDS + 1}")
    settings = after(documents, data, folds, models[:-1])
    say("scores set")
    return settled(models[-1], settings)


def settled(model: Model, settings: Settings) -> Model:
    """The network with what is set after it."""
    return model._replace(decode=settings.decode, votes=settings.votes, layers={**model.layers, **settings.layers})


def taught(data: Corpus, chosen: NDArray[np.int64]) -> Net:
    """A small network that has learnt from the documents and from what larger ones say of them."""
    teachers = [train(data, chosen, seed, TEACHER) for seed in TEACHERS]
    return train(data, chosen, 0, PUPIL, answers(teachers, data, chosen))


def prepare(golds: Sequence[Gold]) -> tuple[list[Gold], NDArray[np.int64]]:
    """The documents with those made of them, and each one's fold."""
    documents = list(golds)
    for fold in range(FOLDS):
        some = [gold for gold in golds if fold_of(gold.group, FOLDS) == fold]
        documents += augment(some, fold, FOLDS, MADE) + boards(some, fold, BOARDS)
        documents += whole_pages(some, fold, FOLDS, PAGES)
    return documents, np.array([fold_of(gold.group, FOLDS) for gold in documents])


def _chosen(documents: Sequence[Gold], wanted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The documents to fit on: of whole pages, which have ten times the lines, three in ten."""
    dice = np.random.RandomState(0).rand(len(documents))
    full = np.array([gold.is_whole for gold in documents])
    return np.flatnonzero(wanted & (~full | (dice < 0.3)))


def predict(data: Corpus, folds: NDArray[np.int64], models: Sequence[Model]) -> HeldOut:
    """Each document labelled by the model of the fold that it was left out of."""
    raw = np.zeros((OUTPUTS, len(data.dense)))
    lines = Decoded(*(np.zeros(len(data.dense)) for _ in Decoded._fields))
    for fold, model in enumerate(models):
        for some in batches(data, np.flatnonzero(folds == fold), None, 20000):
            batch = as_batch(data, some)
            said = logits(batch, model)
            raw[:, batch.start] = said
            for column, values in zip(lines, decode(said, batch.fresh), strict=True):
                column[batch.start] = values
    return HeldOut(raw, lines)


class Candidates(NamedTuple):
    """Stretches to be judged: document and rows [first, stop), facts, what share is right to cut, what each counts."""

    where: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
    facts: Floats
    right: Floats
    weight: Floats


def after(documents: Sequence[Gold], data: Corpus, folds: NDArray[np.int64], models: Sequence[Model]) -> Settings:
    """The two judges, the votes and the scales of scores, from what each fold's model says of it."""
    said = predict(data, folds, models)
    votes, left_out = site_votes(documents, data, folds, CLEAN)
    found = candidates(documents, data, said, left_out[1:])
    judged_threads, thread_judge = _cross_judged(found, folds, 8, 150)
    document = np.repeat(np.arange(len(documents)), data.high - data.low)
    thread = thread_belief(said.lines, Threads(*found.where, found.facts), judged_threads, document)
    kinds = np.array([_judging(gold) for gold in documents])[document]
    left = waste(data, said, left_out[0])
    judged_lines, layers = cross_judged(left, data, line_weights(documents, data), folds[document], FOLDS)
    scales = {
        "scale_thread": scale(
            data,
            data.weight * shares(data)[document],
            thread,
            [Judges(kinds == k, kinds == k, c) for k, c in THREADS_COST.items()],
        )
    }
    waste_scales = _waste_scales(data, left, judged_lines, thread, kinds, document)
    decode_numbers = {**{f"thread_{key}": value for key, value in thread_judge.items()}, **scales, **waste_scales}
    return Settings(decode_numbers, layers, votes)


def _waste_scales(
    data: Corpus, left: Suspects, judged: Floats, thread: Floats, kinds: NDArray[np.str_], document: NDArray[np.int64]
) -> dict[str, Floats]:
    weight, prose = data.weight * shares(data)[document], reads_like_prose(data.dense.T)
    bare = without_article(left.rows, judged, data.weight, prose, data.low[data.high > data.low])
    belief = np.zeros(len(document))
    belief[left.rows] = np.where(bare | (thread[left.rows] > 0.5), 0.0, judged)
    return {
        name: scale(data, weight, belief, [Judges(kinds == k, (kinds == k) & these, cost) for k, cost in costs.items()])
        for name, these, costs in (("scale_short", ~prose, SHORT_COST), ("scale_prose", prose, PROSE_COST))
    }


def _judging(gold: Gold) -> str:
    """Among which kind of documents one counts when the scales of scores are set; "" for none."""
    if gold.source == "rendered":
        return "rendered"
    if gold.is_silver or not {"resid", "full"} & set(gold.source.split(".")):
        return "clean" if gold.is_clean else ""
    if gold.is_whole:
        return "boards" if gold.is_talk else "pages"
    if gold.is_talk:
        return "talk" if "#" not in gold.id else ""
    return "cleaned" if gold.id.endswith("#cleaned") else "" if "#" in gold.id else "articles"


class Judges(NamedTuple):
    """One kind of documents: all its lines, those whose scores are set, and what each profile may cost."""

    lines: NDArray[np.bool_]
    scored: NDArray[np.bool_]
    costs: Sequence[float]


def scale(data: Corpus, counts: Floats, belief: Floats, judges: Sequence[Judges]) -> Floats:
    """Knots from raw scores to scores: at each profile's threshold the held-out content lost is what it may cost.

    The strictest kind of documents decides, so that none pays for another.
    """
    values = []
    for profile in range(len(SCORES)):
        cuts = [0.02]
        for kind in judges:
            content = data.label == ARTICLE
            weight, raw = counts[kind.scored & content], belief[kind.scored & content]
            order = np.argsort(-raw, kind="stable")
            lost = np.cumsum(weight[order]) / max(counts[kind.lines & content].sum(), 1)
            place = int(np.searchsorted(lost, kind.costs[profile], "right"))
            cuts.append(float(raw[order[place]]) + 1e-6 if place < len(order) else 0.0)
        values.append(min(max(cuts), 0.999))
    for place in (1, 2):
        values[place] = min(values[place], values[place - 1] - 0.001)
    return np.array([[0.0, *values[::-1], 1.0], [0.0, *SCORES[::-1], 1.0]])


def candidates(documents: Sequence[Gold], data: Corpus, said: HeldOut, votes: NDArray[np.int8]) -> Candidates:
    """The best thread of each document; `votes`: those on talk and on boards, on each word."""
    found: list[Stretch] = []
    for some in batches(data, np.arange(len(documents)), None, 20000):
        batch = as_batch(data, some)
        lines = Decoded(*(column[batch.start] for column in said.lines))
        these = threads(said.raw[:, batch.start], lines, batch, votes[:, word_places(data, some)])
        for first, stop, facts in zip(these.first.tolist(), these.stop.tolist(), these.facts, strict=True):
            rows = int(batch.start[first]), int(batch.start[stop - 1]) + 1
            found.append((some[batch.document[first]], *rows, facts))
    rare = np.array([RARE.get(gold.source, 1.0) for gold in documents])
    return _candidates(found, data, rare, 0.3)


def _candidates(rows: Sequence[Stretch], data: Corpus, importance: Floats, boilerplate: float) -> Candidates:
    document, first, stop = (np.array([row[place] for row in rows]) for place in range(3))
    weight = data.weight.astype(np.float64)

    def size(code: int) -> Floats:
        running = np.concatenate([[0.0], np.cumsum(weight * (data.label == code))])
        sums: Floats = running[stop] - running[first]
        return sums

    lost, gained, other = size(ARTICLE), size(COMMENT), size(BOILERPLATE)
    good = gained + boilerplate * other
    known = lost + gained + other
    right = np.where(known > 0, good / np.maximum(lost + good, 1), 0.5)
    facts = np.array([row[3] for row in rows])
    return Candidates((document, first, stop), facts, right, np.sqrt(known) * importance[document])


def _cross_judged(
    given: Candidates, folds: NDArray[np.int64], hidden: int, steps: int
) -> tuple[Floats, dict[str, Floats]]:
    """Each candidate judged by a judge that never saw its site; and a judge fitted on all."""
    judged = np.zeros(len(given.right))
    for fold in range(FOLDS):
        out = folds[given.where[0]] == fold
        if out.any() and not out.all():
            judged[out] = judge(given.facts[out], _fit_judge(given, ~out, hidden, steps))
    return judged, _fit_judge(given, folds[given.where[0]] >= 0, hidden, steps)


def _fit_judge(given: Candidates, chosen: NDArray[np.bool_], hidden: int, steps: int) -> dict[str, Floats]:
    """The mean of some small judges, as one: candidates are few, and single judges differ much."""
    torch.set_num_threads(1)
    facts = given.facts[chosen]
    center, spread = facts.mean(axis=0), facts.std(axis=0) + 1e-6
    inputs = torch.tensor((facts - center) / spread, dtype=torch.float32)
    goal = torch.tensor(given.right[chosen], dtype=torch.float32)
    weight = torch.tensor(given.weight[chosen], dtype=torch.float32)
    parts = []
    for seed in range(JUDGES):
        torch.manual_seed(seed)
        inner, outer = nn.Linear(facts.shape[1], hidden), nn.Linear(hidden, 1)
        optimizer = torch.optim.AdamW([*inner.parameters(), *outer.parameters()], lr=0.02, weight_decay=0.05)
        for _ in range(steps):
            guess = outer(torch.tanh(inner(inputs)))[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(guess, goal, reduction="none")
            optimizer.zero_grad()
            ((loss * weight).sum() / weight.sum()).backward()
            optimizer.step()
        parts.append(
            [value.detach().numpy().astype(np.float64) for value in (*inner.parameters(), *outer.parameters())]
        )
    inners, inner_biases, outers, outer_biases = zip(*parts, strict=True)
    return {
        "center": center,
        "spread": spread,
        "inner": np.concatenate(inners).T.copy(),
        "inner_bias": np.concatenate(inner_biases),
        "outer": np.concatenate(outers, axis=1)[0] / JUDGES,
        "outer_bias": np.mean(outer_biases),
    }
