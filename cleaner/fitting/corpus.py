"""Labelled documents as arrays: features of all lines, labels, and where each document's thread and article run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.segmentation.features import Batch, extract

from .gold import COMMENT, IGNORE, NO_COMMENT, Gold

Ints = NDArray[np.int64]


class Corpus(NamedTuple):
    """Features and labels of all documents, and each document's thread and article as rows (-1: none)."""

    dense: NDArray[np.uint8]
    codes: NDArray[np.uint16]
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


def corpus(golds: Sequence[Gold], ruled: NDArray[np.uint16], size: int = 64) -> Corpus:
    """Features and targets of documents, ready for fitting."""
    parts: list[Batch] = []
    labels: list[NDArray[np.int8]] = []
    for at in range(0, len(golds), size):
        some = golds[at : at + size]
        batch = extract([gold.text().encode("utf-8", "surrogatepass") for gold in some], ruled)
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
        np.concatenate([part.dense.T.astype(np.uint8) for part in parts]),
        np.concatenate([part.codes.astype(np.uint16) for part in parts]), np.cumsum(count) - count, count,
        np.concatenate([part.edges.T.astype(np.int32) for part in parts]), weight, label, low, high,
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
    full = np.array([gold.is_whole for gold in golds])
    silver = np.array([gold.is_silver for gold in golds])
    line = np.where(full, 0.5, 1.0)
    line[talk & ~made] = 2.0
    line[forum] *= 0.5
    line[np.array([gold.source in ("board", "frame") for gold in golds])] = 0.0  # made for judges and votes alone
    line[np.array([gold.source == "page" for gold in golds])] = 0.3
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


def word_places(data: Corpus, documents: list[int]) -> Ints:
    """Where the words of some documents stand among those of all."""
    first, last = data.low[documents], data.high[documents] - 1
    begin, end = data.word_first[first], data.word_first[last] + data.word_count[last]
    return np.concatenate([np.arange(low, high) for low, high in zip(begin.tolist(), end.tolist(), strict=True)])


def as_batch(data: Corpus, documents: list[int]) -> Batch:
    """Rows of the corpus as the batch that `network.logits` reads."""
    rows = np.concatenate([np.arange(data.low[d], data.high[d]) for d in documents])
    sizes = data.high[documents] - data.low[documents]
    counts = data.word_count[rows]
    number = np.repeat(np.arange(len(documents)), sizes).astype(np.int32)
    return Batch(
        np.ascontiguousarray(data.dense[rows].T).astype(np.float32),
        data.codes[word_places(data, documents)].astype(np.int64),
        np.zeros(0, np.uint64),  # the corpus keeps none
        np.cumsum(counts) - counts,
        counts,
        np.ascontiguousarray(data.edges[rows].T),
        number,
        np.cumsum(sizes) - sizes,
        rows,
        data.weight[rows],
    )
