"""Fitting the line network: the same arithmetic as `network`, in torch, with gradients.

Needs `torch` (the extra `fit`). One thread, seeded: the same folder gives the same weights on one kind of machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from cleaner.segmentation.features import CODE_BITS, DENSE_NAMES, TABLE_BITS
from cleaner.segmentation.network import EVIDENCE, LAYERS, LIMIT, OUTPUTS, STEP, WINDOWS, WORD_SIZE, Layer, Model
from cleaner.segmentation.store import made

from .corpus import Corpus, batches, word_places
from .gold import ARTICLE, BOILERPLATE, COMMENT, NO_COMMENT

RATE, BATCH_LINES = 3e-3, 6000
TEACHING, _FAR = 1.0, 8.0
WORDS_OUT, DROP = 0.6, 0.1  # how often a line's words are hidden from the model, so that it learns structure
_NEVER = -1e4
Ints = NDArray[np.int64]


class Net(nn.Module):
    """The network of `network.logits`, before rounding."""

    def __init__(self, hidden: int, last: int, mix: int) -> None:
        super().__init__()
        rows = 1 << TABLE_BITS
        self.words = nn.EmbeddingBag(rows, WORD_SIZE, mode="sum")
        self.edges = nn.EmbeddingBag(rows + 1, WORD_SIZE, mode="sum", padding_idx=rows)
        nn.init.normal_(self.words.weight, 0, 0.05)
        nn.init.normal_(self.edges.weight, 0, 0.05)
        around = 2 * len(WINDOWS) * mix
        self.one, self.mix_one = nn.Linear(len(DENSE_NAMES) + 2 * WORD_SIZE, hidden), nn.Linear(hidden, mix)
        self.two, self.mix_two = nn.Linear(hidden + around, hidden), nn.Linear(hidden, mix)
        self.three, self.out = nn.Linear(hidden + around, last), nn.Linear(last, OUTPUTS)

    def forward(self, given: Given) -> torch.Tensor:
        """The logits of each line."""
        limit = LIMIT / 64
        words = self.words(given.words, given.offsets) * given.word_norm[:, None]
        edges = self.edges(given.edges)
        if self.training:
            shown = (torch.rand(len(given.dense), 1) > WORDS_OUT).float()
            words, edges = words * shown, edges * shown
        both = torch.clamp(torch.cat([words, edges], 1), -limit, limit)
        hidden = functional.dropout(_clip(self.one(torch.cat([given.dense, both], 1))), DROP, self.training)
        around = _around(_clip(self.mix_one(hidden)), given)
        hidden = functional.dropout(_clip(self.two(torch.cat([hidden, around], 1))), DROP, self.training)
        around = _around(_clip(self.mix_two(hidden)), given)
        out = self.out(_clip(self.three(torch.cat([hidden, around], 1))))
        columns = list(out.unbind(1))
        for column in (5, 8):
            columns[column] = EVIDENCE * torch.tanh(columns[column] / EVIDENCE)
        return torch.stack(columns, 1)


class Given(NamedTuple):
    """One batch as tensors."""

    dense: torch.Tensor
    words: torch.Tensor
    offsets: torch.Tensor
    word_norm: torch.Tensor
    edges: torch.Tensor
    low: torch.Tensor  # the first row of each line's document
    high: torch.Tensor


def _clip(values: torch.Tensor) -> torch.Tensor:
    return torch.clamp(values, 0, STEP * LIMIT)


def _around(values: torch.Tensor, given: Given) -> torch.Tensor:
    at = torch.arange(len(values))
    running = torch.cat([torch.zeros(1, values.shape[1], dtype=torch.float64), torch.cumsum(values.double(), 0)])
    out = []
    for width in WINDOWS:
        low = given.low if width is None else torch.maximum(given.low, at - width)
        high = given.high if width is None else torch.minimum(given.high, at + 1 + width)
        for first, last in ((low, at), (at + 1, high)):
            out.append((running[last] - running[first]).float() / torch.clamp(last - first, min=1)[:, None])
    return torch.cat(out, 1)


def _given(data: Corpus, documents: list[int]) -> tuple[Ints, Ints, Given]:
    rows = np.concatenate([np.arange(data.low[d], data.high[d]) for d in documents])
    sizes = data.high[documents] - data.low[documents]
    first = np.cumsum(sizes) - sizes
    counts = data.word_count[rows]
    words = data.codes[word_places(data, documents)].astype(np.int64) >> (CODE_BITS - TABLE_BITS)
    edges = data.edges[rows].astype(np.int64)
    given = Given(
        torch.from_numpy(data.dense[rows].astype(np.float32) / 64),
        torch.from_numpy(words),
        torch.from_numpy(np.cumsum(counts) - counts),
        torch.from_numpy((1 / np.sqrt(np.maximum(counts, 1))).astype(np.float32)),
        torch.from_numpy(edges),
        torch.from_numpy(np.repeat(first, sizes)),
        torch.from_numpy(np.repeat(first + sizes, sizes)),
    )
    return rows, sizes, given


def _line_loss(out: torch.Tensor, label: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    logs = functional.log_softmax(out, 1)
    known = -logs.gather(1, torch.clamp(label, max=COMMENT)[:, None])[:, 0]
    unsaid = -0.2 * torch.logsumexp(logs[:, [ARTICLE, BOILERPLATE]], 1)  # unlabelled, but at least no comment
    loss = torch.where(label <= COMMENT, known, torch.where(label == NO_COMMENT, unsaid, torch.zeros(())))
    return (loss * weight).sum() / weight.sum()


def _segment_loss(out: torch.Tensor, sizes: Ints, target: Ints, weight: torch.Tensor) -> torch.Tensor:
    """How improbable the labelled stretch (or "none") is among all stretches of its document."""
    width = int(sizes.max())
    first = torch.from_numpy(np.cumsum(sizes) - sizes)
    real = torch.arange(width)[None] < torch.from_numpy(sizes)[:, None]
    rows = torch.where(real, first[:, None] + torch.arange(width)[None], torch.zeros((), dtype=torch.long))
    given = out.double()[rows]
    never = torch.full((), _NEVER, dtype=torch.float64)
    none = torch.zeros((), dtype=torch.float64)
    evidence = torch.where(real, given[..., 2], none)
    running = torch.cumsum(evidence, 1)
    start = torch.where(real, given[..., 0], never) - running + evidence
    end = torch.where(real, given[..., 1], never) + running
    whole = torch.cat([end + torch.logcumsumexp(start, 1), torch.zeros(len(sizes), 1, dtype=torch.float64)], 1)
    each, goal = torch.arange(len(sizes)), torch.from_numpy(target)
    gold = start[each, torch.clamp(goal[:, 0], min=0)] + end[each, torch.clamp(goal[:, 1], min=0)]
    loss = torch.logsumexp(whole, 1) - torch.where(goal[:, 0] >= 0, gold, none)
    return (torch.clamp(loss.float(), max=30) * weight).sum() / torch.clamp(weight.sum(), min=1)


class Size(NamedTuple):
    """How large a network is, and how many times it sees every document."""

    hidden: int
    last: int
    mix: int
    passes: int


def train(data: Corpus, documents: Ints, seed: int, size: Size, teacher: NDArray[np.float32] | None = None) -> Net:
    """A network fitted on some of the documents; with `teacher`, also on what other networks say of each line."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.RandomState(seed)
    net = Net(size.hidden, size.last, size.mix)
    tables = [*net.words.parameters(), *net.edges.parameters()]
    rest = [value for name, value in net.named_parameters() if not name.startswith(("words", "edges"))]
    groups: list[dict[str, Any]] = [{"params": tables, "weight_decay": 0.03}, {"params": rest, "weight_decay": 1e-3}]
    optimizer = torch.optim.AdamW(groups, lr=RATE)
    steps = size.passes * sum(1 for _ in batches(data, documents, np.random.RandomState(1), BATCH_LINES))
    step = 0
    net.train()
    for _ in range(size.passes):
        for some in batches(data, documents, rng, BATCH_LINES):
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, step / 100 + 0.05) * 0.5 * (1 + np.cos(np.pi * min(step / steps, 1)))
            loss = _loss(net, data, some, teacher)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
    return net.eval()


def _loss(net: Net, data: Corpus, some: list[int], teacher: NDArray[np.float32] | None) -> torch.Tensor:
    rows, sizes, given = _given(data, some)
    out = net(given)
    weight = np.repeat(data.line_weight[some], sizes) * (0.25 + np.log1p(data.weight[rows]) / 5)
    label = torch.from_numpy(data.label[rows].astype(np.int64))
    loss = _line_loss(out[:, :3], label, torch.from_numpy(weight.astype(np.float32)))
    for columns, target, counts, share in (
        (out[:, 3:6], data.thread, data.thread_weight, 1.0),
        (out[:, 6:9], data.article, data.article_weight, 0.3),
    ):
        loss = loss + share * _segment_loss(
            columns, sizes, target[some], torch.from_numpy(counts[some].astype(np.float32))
        )
    if teacher is None:
        return loss
    return 0.5 * loss + TEACHING * functional.smooth_l1_loss(_scaled(out), _scaled(torch.from_numpy(teacher[rows])))


def _scaled(out: torch.Tensor) -> torch.Tensor:
    """Logits as they are compared: none far out counts for much, and evidence, which is small, counts as well."""
    bounded = torch.clamp(out, -_FAR, _FAR)
    bounded = torch.cat([bounded[:, :3] - bounded[:, :3].mean(1, keepdim=True), bounded[:, 3:]], 1)
    return bounded * torch.tensor([1, 1, 1, 1, 1, 4, 0.6, 0.6, 3])


def answers(nets: Sequence[Net], data: Corpus, documents: Ints) -> NDArray[np.float32]:
    """The mean of what networks say of each line of some documents; zeros for the others."""
    out = np.zeros((len(data.dense), OUTPUTS), np.float32)
    with torch.no_grad():
        for some in batches(data, documents, None, 20000):
            rows, _, given = _given(data, some)
            out[rows] = torch.stack([net(given) for net in nets]).mean(0).numpy()
    return out


def quantised(net: Net, rules: tuple[NDArray[np.uint64], NDArray[np.uint16]], name: str) -> Model:
    """The network in whole numbers."""
    state = {key: value.detach().numpy().astype(np.float64) for key, value in net.state_dict().items()}

    def table(values: NDArray[np.float64]) -> tuple[NDArray[np.int8], float]:
        scale = float(np.abs(values).max()) / 127 or 1.0
        return np.rint(values / scale).astype(np.int8), scale

    layers = {}
    for key in LAYERS:
        given = 1 / 64 if key == "one" else STEP
        result = 1.0 if key == "out" else STEP
        layers[key] = whole_layer(state[f"{key}.weight"], state[f"{key}.bias"], given, result)
    return made(*table(state["words.weight"]), *table(state["edges.weight"][:-1]), layers, rules, name)


def whole_layer(weight: NDArray[np.float64], bias: NDArray[np.float64], given: float, result: float) -> Layer:
    """A layer in whole numbers; `given` and `result`: what a unit of its inputs and of its outputs stands for."""
    largest = min((1 << 24) // (LIMIT * weight.shape[1]) - 1, 2000)
    unit = np.maximum(np.abs(weight).max(axis=1, keepdims=True), 1e-9) / largest
    return Layer(
        np.rint(weight / unit).astype(np.float32),
        (unit * given / result).astype(np.float32),
        (bias[:, None] / result).astype(np.float32),
    )
