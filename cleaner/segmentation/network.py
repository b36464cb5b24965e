"""The line model's arithmetic: whole numbers all the way, so that a line's logits are the same everywhere.

Activations are whole numbers up to 127, weights whole numbers so bounded that every product sum stays below
2**24, where float32 is exact: a matrix product then gives the same sums in any order, on any machine and
for any batch. That is what lets documents be labelled in batches without changing one byte of the result.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .features import FIRST, LAST, TABLE_BITS, Batch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LIMIT = 127  # the largest activation
STEP = 4.0 / LIMIT  # what one unit of a hidden activation stands for; one of an input stands for 1/64
WINDOWS: tuple[int | None, ...] = (1, 3, 10, None)  # lines before and after that are averaged; None: all
EVIDENCE = 1.0  # how much one line can say for or against lying in a thread or in the article
SCHEMA = 1
OUTPUTS = 9  # article, boilerplate, comment; thread: start, end, evidence; article: start, end, evidence


class ModelError(ValueError):
    """A model file that this version cannot use: wrong schema, other features, or not a model at all."""


class Layer(NamedTuple):
    """One linear layer: whole-number weights, what a sum's unit is worth for each output, and the bias."""

    weight: NDArray[np.float32]  # inputs x outputs, whole numbers
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]


class Model(NamedTuple):
    """A fitted segmentation: two word tables, five layers, and the numbers that make scores of logits."""

    words: NDArray[np.int8]
    word_scale: float
    edges: NDArray[np.int8]
    edge_scale: float
    layers: dict[str, Layer]
    decode: dict[str, NDArray[np.float64]]
    name: str


def save(model: Model, path: Path) -> None:
    """Writes the model as .npz without pickled objects."""
    import numpy as np

    arrays: dict[str, NDArray[np.generic]] = {
        "schema": np.array(SCHEMA),
        "name": np.array(model.name),
        "words": model.words,
        "edges": model.edges,
        "scales": np.array([model.word_scale, model.edge_scale]),
    }
    for name, layer in model.layers.items():
        arrays[f"{name}.weight"] = layer.weight.astype(np.int16)
        arrays[f"{name}.scale"], arrays[f"{name}.bias"] = layer.scale, layer.bias
    arrays.update({f"decode.{name}": values for name, values in model.decode.items()})
    with path.open("wb") as handle:
        np.savez_compressed(handle, **arrays)  # type: ignore[arg-type]


def load(path: Path) -> Model:
    """Reads a model file. Raises ModelError when it is none that this version understands."""
    import zipfile

    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as file:
            found = {name: file[name] for name in file.files}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: not a segmentation model ({error})") from error
    if "schema" not in found or int(found["schema"]) != SCHEMA:
        raise ModelError(f"{path}: written for another version; fit it again with `cleaner fit`")
    layers = {
        name: Layer(found[f"{name}.weight"].astype(np.float32), found[f"{name}.scale"], found[f"{name}.bias"])
        for name in ("one", "mix_one", "two", "mix_two", "three", "out")
    }
    decode = {name.removeprefix("decode."): values for name, values in found.items() if name.startswith("decode.")}
    word_scale, edge_scale = (float(value) for value in found["scales"])
    return Model(found["words"], word_scale, found["edges"], edge_scale, layers, decode, str(found["name"]))


def logits(batch: Batch, model: Model) -> Floats:
    """Lines x OUTPUTS."""
    import numpy as np

    n = len(batch.dense)
    if not n:
        return np.zeros((0, OUTPUTS))
    rows = np.concatenate([batch.dense.T.astype(np.float32), _bags(batch, model), _edges(batch, model)])
    windows = _windows(batch.document)
    layers = model.layers
    hidden = _layer(np.ascontiguousarray(rows.T), layers["one"])
    hidden = _layer(np.hstack([hidden, _around(_layer(hidden, layers["mix_one"]), windows)]), layers["two"])
    hidden = _layer(np.hstack([hidden, _around(_layer(hidden, layers["mix_two"]), windows)]), layers["three"])
    out = layers["out"]
    raw = (hidden @ out.weight * out.scale + out.bias).astype(np.float64)
    for column in (5, 8):
        raw[:, column] = EVIDENCE * np.tanh(raw[:, column] / EVIDENCE)
    return raw


def _layer(values: NDArray[np.float32], layer: Layer) -> NDArray[np.float32]:
    import numpy as np

    sums: NDArray[np.float32] = values @ layer.weight
    sums *= layer.scale
    sums += layer.bias
    np.rint(sums, out=sums)
    np.clip(sums, 0, LIMIT, out=sums)
    return sums


def _bags(batch: Batch, model: Model) -> NDArray[np.float32]:
    """The word vectors of each line added up, over the root of their number."""
    import numpy as np

    size = model.words.shape[1]
    out = np.zeros((size, len(batch.dense)), np.float32)
    full = np.flatnonzero(batch.word_count)
    if not len(full):
        return out
    first = batch.word_first[full]
    root = np.sqrt(batch.word_count[full].astype(np.float64))
    for place in range(size):
        column = np.ascontiguousarray(model.words[:, place]).astype(np.int32)
        sums = np.add.reduceat(column[batch.words], first)
        out[place, full] = np.clip(np.rint(sums / root * (64 * model.word_scale)), -LIMIT, LIMIT)
    return out


def _edges(batch: Batch, model: Model) -> NDArray[np.float32]:
    import numpy as np

    total = np.zeros((len(batch.dense), model.edges.shape[1]), np.int32)
    for place in range(FIRST + LAST):
        total += model.edges[batch.edges[:, place]]  # the last row is all zero: -1 adds nothing
    scaled: NDArray[np.float64] = np.rint(total.T * (64 * model.edge_scale))
    return np.clip(scaled, -LIMIT, LIMIT).astype(np.float32)


class _Span(NamedTuple):
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    size: NDArray[np.float64]


def _windows(document: NDArray[np.int32]) -> list[_Span]:
    """For each window: the rows [low, high) that it covers for each line, never beyond the line's document."""
    import numpy as np

    n = len(document)
    at = np.arange(n)
    fresh = np.flatnonzero(np.diff(document, prepend=-1))
    sizes = np.diff(np.append(fresh, n))
    low, high = np.repeat(fresh, sizes), np.repeat(fresh + sizes, sizes)
    spans = []
    for width in WINDOWS:
        for first, last in (
            (low if width is None else np.maximum(low, at - width), at),
            (at + 1, high if width is None else np.minimum(high, at + 1 + width)),
        ):
            spans.append(_Span(first, last, np.maximum(last - first, 1).astype(np.float64)[:, None]))
    return spans


def _around(values: NDArray[np.float32], spans: list[_Span]) -> NDArray[np.float32]:
    """Each window's means, side by side."""
    import numpy as np

    width = values.shape[1]
    running = np.zeros((len(values) + 1, width))
    np.cumsum(values, axis=0, dtype=np.float64, out=running[1:])
    out = np.empty((len(values), width * len(spans)), np.float32)
    for place, span in enumerate(spans):
        sums = running[span.high]
        sums -= running[span.low]
        sums /= span.size
        np.rint(sums, out=out[:, place * width : (place + 1) * width], casting="unsafe")
    return out


TABLE_ROWS = 1 << TABLE_BITS
