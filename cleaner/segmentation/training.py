"""Fitting the line network: the same arithmetic as `network`, in torch, with gradients.

Needs `torch` (the extra `fit`). One thread, seeded: the same folder gives the same weights on one kind of machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from .features import DENSE_NAMES, TABLE_BITS, Batch, extract
from .gold import ARTICLE, BOILERPLATE, COMMENT, IGNORE, NO_COMMENT, Gold
from .network import EVIDENCE, LIMIT, OUTPUTS, STEP, WINDOWS, Layer, Model, Weights

WORD_SIZE, HIDDEN, LAST_HIDDEN, MIX = 12, 64, 32, 16
EPOCHS, RATE, BATCH_LINES = 5, 3e-3, 6000
WORDS_OUT, DROP = 0.6, 0.1  # how often a line's words are hidden from the model, so that it learns structure
_NEVER = -1e4
Ints = NDArray[np.int64]


class Net(nn.Module):
    """The network of `network.logits`, before rounding."""

    def __init__(self) -> None:
        super().__init__()
        rows = 1 << TABLE_BITS
        self.words = nn.EmbeddingBag(rows, WORD_SIZE, mode="sum")
        self.edges = nn.EmbeddingBag(rows + 1, WORD_SIZE, mode="sum", padding_idx=rows)
        nn.init.normal_(self.words.weight, 0, 0.05)
        nn.init.normal_(self.edges.weight, 0, 0.05)
        around = 2 * len(WINDOWS) * MIX
        self.one, self.mix_one = nn.Linear(len(DENSE_NAMES) + 2 * WORD_SIZE, HIDDEN), nn.Linear(HIDDEN, MIX)
        self.two, self.mix_two = nn.Linear(HIDDEN + around, HIDDEN), nn.Linear(HIDDEN, MIX)
        self.three, self.out = nn.Linear(HIDDEN + around, LAST_HIDDEN), nn.Linear(LAST_HIDDEN, OUTPUTS)

    def forward(self, given: Given) -> torch.Tensor:
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


class Corpus(NamedTuple):
    """Features and labels of all documents, and each document's thread and article as rows (-1: none)."""

    dense: NDArray[np.uint8]
    words: NDArray[np.int32]
    word_first: Ints
    word_count: Ints
    edges: NDArray[np.int32]
    weight: Ints
    label: NDArray[np.int8]
    low: Ints
    high: Ints
    thread: Ints
    article: Ints
    line_weight: NDArray[np.float64]  # how much a document's lines count, its thread, its article
    thread_weight: NDArray[np.float64]
    article_weight: NDArray[np.float64]


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


def label_rows(golds: Sequence[Gold], batch: Batch) -> NDArray[np.int8]:
    """The label of each row of a batch that was made of these documents."""
    places: list[dict[int, int]] = []
    for gold in golds:
        at, codes = 0, {}
        for (line, _), code in zip(gold.lines, gold.codes(), strict=True):
            codes[at] = code
            at += len(line.encode("utf-8", "surrogatepass")) + 1
        places.append(codes)
    pairs = zip(batch.document.tolist(), batch.start.tolist(), strict=True)
    return np.array([places[number].get(start, IGNORE) for number, start in pairs], np.int8)


def corpus(golds: Sequence[Gold], size: int = 64) -> Corpus:
    """Features and targets of documents, ready for fitting."""
    parts: list[Batch] = []
    labels: list[NDArray[np.int8]] = []
    for at in range(0, len(golds), size):
        some = golds[at : at + size]
        batch = extract([gold.text().encode("utf-8", "surrogatepass") for gold in some])
        labels.append(label_rows(some, batch))
        parts.append(batch._replace(document=batch.document + np.int32(at)))
    label = np.concatenate(labels)
    document = np.concatenate([part.document for part in parts])
    weight = np.concatenate([part.weight for part in parts])
    count = np.concatenate([part.word_count for part in parts])
    numbers = np.arange(len(golds))
    low, high = np.searchsorted(document, numbers), np.searchsorted(document, numbers, "right")
    size_of = weight.astype(np.float64)
    thread_gain = np.choose(label, [-3 * size_of, -0.3 * size_of, size_of, -0.3 * size_of, 0 * size_of])
    article_gain = np.choose(label, [size_of + 5, -size_of - 5, -size_of - 5, -0.05 * size_of, -0.05 * size_of])
    line_weight, thread_weight, article_weight = _document_weights(golds, label, document, size_of)
    return Corpus(
        np.concatenate([part.dense for part in parts]), np.concatenate([part.words for part in parts]),
        np.cumsum(count) - count, count, np.concatenate([part.edges for part in parts]), weight, label, low, high,
        _best_stretches(thread_gain, low, high), _best_stretches(article_gain, low, high),
        line_weight, thread_weight, article_weight,
    )  # fmt: skip


def _document_weights(
    golds: Sequence[Gold], label: NDArray[np.int8], document: NDArray[np.int32], size: NDArray[np.float64]
) -> tuple[NDArray[np.float64], ...]:
    n = len(golds)
    talk = np.bincount(document, label == COMMENT, minlength=n) > 0
    ignored = np.bincount(document, label == IGNORE, minlength=n) > 0
    unsaid = np.bincount(document, size * (label >= NO_COMMENT), minlength=n)
    unknown = unsaid / np.maximum(np.bincount(document, size, minlength=n), 1)
    made = np.array(["#" in gold.id for gold in golds])
    forum = np.array([gold.kind in ("forum", "listing") for gold in golds])
    full = np.array(["full" in gold.source for gold in golds])
    silver = np.array([gold.source.startswith("trafeval") for gold in golds])
    line = np.where(full, 0.5, 1.0)
    line[talk & ~made] = 2.0
    line[forum] *= 0.5
    thread = np.where(forum | ignored, 0.0, line)
    thread[silver & ~talk] *= 0.5
    return line, thread, np.where(unknown > 0.25, 0.0, line)


def _best_stretches(gain: NDArray[np.float64], low: Ints, high: Ints) -> Ints:
    """Per document the stretch of rows with the greatest sum, as (first, last) within it; (-1, -1) for none."""
    out = np.full((len(low), 2), -1, np.int64)
    for number, (first, last) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        best = current = 0.0
        begun = 0
        for row, value in enumerate(gain[first:last].tolist()):
            if current <= 0:
                current, begun = 0.0, row
            current += value
            if current > best:
                best = current
                out[number] = begun, row
    return out


def batches(data: Corpus, documents: Ints, rng: np.random.RandomState | None, size: int) -> Iterator[list[int]]:
    """Documents in random order, about `size` lines at a time."""
    order = documents.copy()
    if rng is not None:
        rng.shuffle(order)
    some: list[int] = []
    lines = 0
    for number in order.tolist():
        count = int(data.high[number] - data.low[number])
        if not count:
            continue
        if some and lines + count > size:
            yield some
            some, lines = [], 0
        some.append(number)
        lines += count
    if some:
        yield some


def _given(data: Corpus, documents: list[int]) -> tuple[Ints, Ints, Given]:
    rows = np.concatenate([np.arange(data.low[d], data.high[d]) for d in documents])
    sizes = data.high[documents] - data.low[documents]
    first = np.cumsum(sizes) - sizes
    counts = data.word_count[rows]
    words = np.concatenate(
        [
            data.words[
                data.word_first[data.low[d]] : data.word_first[data.high[d] - 1] + data.word_count[data.high[d] - 1]
            ]
            for d in documents
        ]
    )
    edges = data.edges[rows].astype(np.int64)
    edges[edges < 0] = 1 << TABLE_BITS
    given = Given(
        torch.from_numpy(data.dense[rows].astype(np.float32) / 64),
        torch.from_numpy(words.astype(np.int64)),
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


def train(data: Corpus, documents: Ints, seed: int) -> Net:
    """A network fitted on some of the documents."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    rng = np.random.RandomState(seed)
    net = Net()
    tables = [*net.words.parameters(), *net.edges.parameters()]
    rest = [value for name, value in net.named_parameters() if not name.startswith(("words", "edges"))]
    groups: list[dict[str, Any]] = [{"params": tables, "weight_decay": 0.03}, {"params": rest, "weight_decay": 1e-3}]
    optimizer = torch.optim.AdamW(groups, lr=RATE)
    steps = EPOCHS * sum(1 for _ in batches(data, documents, np.random.RandomState(1), BATCH_LINES))
    step = 0
    net.train()
    for _ in range(EPOCHS):
        for some in batches(data, documents, rng, BATCH_LINES):
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1, step / 100 + 0.05) * 0.5 * (1 + np.cos(np.pi * min(step / steps, 1)))
            rows, sizes, given = _given(data, some)
            out = net(given)
            weight = np.repeat(data.line_weight[some], sizes) * (0.25 + np.log1p(data.weight[rows]) / 5)
            loss = _line_loss(
                out[:, :3],
                torch.from_numpy(data.label[rows].astype(np.int64)),
                torch.from_numpy(weight.astype(np.float32)),
            )
            for columns, target, counts, share in (
                (out[:, 3:6], data.thread, data.thread_weight, 1.0),
                (out[:, 6:9], data.article, data.article_weight, 0.3),
            ):
                loss = loss + share * _segment_loss(
                    columns, sizes, target[some], torch.from_numpy(counts[some].astype(np.float32))
                )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
    return net.eval()


def quantised(net: Net, decode: dict[str, NDArray[np.float64]], name: str) -> Model:
    """The network in whole numbers."""
    state = {key: value.detach().numpy().astype(np.float64) for key, value in net.state_dict().items()}

    def table(values: NDArray[np.float64]) -> tuple[NDArray[np.int8], float]:
        scale = float(np.abs(values).max()) / 127 or 1.0
        return np.rint(values / scale).astype(np.int8), scale

    words, word_scale = table(state["words.weight"])
    edges, edge_scale = table(state["edges.weight"])
    edges[-1] = 0
    layers = {}
    for key in ("one", "mix_one", "two", "mix_two", "three", "out"):
        weight = state[f"{key}.weight"].T
        largest = min((1 << 24) // (LIMIT * len(weight)) - 1, 2000)
        unit = np.maximum(np.abs(weight).max(axis=0), 1e-9) / largest
        given = 1 / 64 if key == "one" else STEP
        result = 1.0 if key == "out" else STEP
        layers[key] = Layer(
            np.rint(weight / unit).astype(np.float32),
            (unit * given / result).astype(np.float32),
            (state[f"{key}.bias"] / result).astype(np.float32),
        )
    return Model((Weights(words, word_scale, edges, edge_scale, layers),), decode, name)


def as_batch(data: Corpus, documents: list[int]) -> Batch:
    """Rows of the corpus as the batch that `network.logits` reads."""
    rows = np.concatenate([np.arange(data.low[d], data.high[d]) for d in documents])
    sizes = data.high[documents] - data.low[documents]
    counts = data.word_count[rows]
    words = np.concatenate(
        [
            data.words[
                data.word_first[data.low[d]] : data.word_first[data.high[d] - 1] + data.word_count[data.high[d] - 1]
            ]
            for d in documents
        ]
    )
    number = np.repeat(np.arange(len(documents)), sizes).astype(np.int32)
    return Batch(
        data.dense[rows],
        words,
        np.cumsum(counts) - counts,
        counts,
        data.edges[rows],
        number,
        rows,
        rows,
        data.weight[rows],
    )
