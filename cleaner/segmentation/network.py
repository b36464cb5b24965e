"""The line model's arithmetic: whole numbers all the way, so that a line's logits are the same everywhere.

Activations are whole numbers up to 127, weights whole numbers so bounded that every product sum stays below
2**24, where float32 is exact: a matrix product then gives the same sums in any order, on any machine and
for any batch. That is what lets documents be labelled in batches without changing one byte of the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .features import FIRST, LAST, Batch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LIMIT = 127  # the largest activation
STEP = 4.0 / LIMIT  # what one unit of a hidden activation stands for; one of an input stands for 1/64
WINDOWS: tuple[int | None, ...] = (1, 3, 10, None)  # lines before and after that are averaged; None: all
EVIDENCE = 1.0  # how much one line can say for or against lying in a thread or in the article
SCHEMA = 2
OUTPUTS = 9  # article, boilerplate, comment; thread: start, end, evidence; article: start, end, evidence


class ModelError(ValueError):
    """A model file that this version cannot use: wrong schema, other features, or not a model at all."""


class Layer(NamedTuple):
    """One linear layer: whole-number weights, what a sum's unit is worth for each output, and the bias."""

    weight: NDArray[np.float32]  # inputs x outputs, whole numbers
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]


class Weights(NamedTuple):
    """One network: two word tables and six layers."""

    words: NDArray[np.int8]
    word_scale: float
    edges: NDArray[np.int8]
    edge_scale: float
    layers: dict[str, Layer]


class Model(NamedTuple):
    """A fitted segmentation: networks whose logits are averaged, and the numbers that make scores of logits."""

    networks: tuple[Weights, ...]
    decode: dict[str, NDArray[np.float64]]
    name: str


_LAYERS = ("one", "mix_one", "two", "mix_two", "three", "out")


def together(models: Sequence[Model], decode: dict[str, NDArray[np.float64]], name: str) -> Model:
    """Models as one, whose logits are the mean of theirs."""
    return Model(tuple(one for model in models for one in model.networks), decode, name)


def save(model: Model, path: Path) -> None:
    """Writes the model as .npz without pickled objects."""
    import numpy as np

    arrays: dict[str, NDArray[np.generic]] = {
        "schema": np.array(SCHEMA),
        "name": np.array(model.name),
        "networks": np.array(len(model.networks)),
    }
    for number, one in enumerate(model.networks):
        arrays[f"{number}.words"], arrays[f"{number}.edges"] = one.words, one.edges
        arrays[f"{number}.scales"] = np.array([one.word_scale, one.edge_scale])
        for name, layer in one.layers.items():
            arrays[f"{number}.{name}.weight"] = layer.weight.astype(np.int16)
            arrays[f"{number}.{name}.scale"], arrays[f"{number}.{name}.bias"] = layer.scale, layer.bias
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
    networks = []
    for number in range(int(found["networks"])):
        layers = {
            name: Layer(
                found[f"{number}.{name}.weight"].astype(np.float32),
                found[f"{number}.{name}.scale"],
                found[f"{number}.{name}.bias"],
            )
            for name in _LAYERS
        }
        word_scale, edge_scale = (float(value) for value in found[f"{number}.scales"])
        networks.append(Weights(found[f"{number}.words"], word_scale, found[f"{number}.edges"], edge_scale, layers))
    decode = {name.removeprefix("decode."): values for name, values in found.items() if name.startswith("decode.")}
    return Model(tuple(networks), decode, str(found["name"]))


def logits(batch: Batch, model: Model) -> Floats:
    """Lines x OUTPUTS: the mean of the networks' logits."""
    import numpy as np

    n = len(batch.dense)
    total = np.zeros((n, OUTPUTS))
    if not n:
        return total
    windows = _windows(batch.document)
    dense = batch.dense.astype(np.float32)
    for one in model.networks:
        total += _one(batch, dense, windows, one)
    return total / len(model.networks)


def _one(batch: Batch, dense: NDArray[np.float32], windows: list[_Span], one: Weights) -> Floats:
    import numpy as np

    layers = one.layers
    hidden = _layer(np.hstack([dense, _bags(batch, one), _edges(batch, one)]), layers["one"])
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


def _bags(batch: Batch, one: Weights) -> NDArray[np.float32]:
    """The word vectors of each line added up, over the root of their number."""
    import numpy as np

    size = one.words.shape[1]
    out = np.zeros((len(batch.dense), size), np.float32)
    full = np.flatnonzero(batch.word_count)
    if not len(full):
        return out
    first = batch.word_first[full]
    root = np.sqrt(batch.word_count[full].astype(np.float64))
    for place in range(size):
        column = np.ascontiguousarray(one.words[:, place]).astype(np.int32)
        sums = np.add.reduceat(column[batch.words], first)
        out[full, place] = np.clip(np.rint(sums / root * (64 * one.word_scale)), -LIMIT, LIMIT)
    return out


def _edges(batch: Batch, one: Weights) -> NDArray[np.float32]:
    import numpy as np

    total = np.zeros((len(batch.dense), one.edges.shape[1]), np.int32)
    for place in range(FIRST + LAST):
        total += one.edges[batch.edges[:, place]]  # the last row is all zero: -1 adds nothing
    scaled: NDArray[np.float64] = np.rint(total * (64 * one.edge_scale))
    return np.clip(scaled, -LIMIT, LIMIT).astype(np.float32)


class _Span(NamedTuple):
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    size: NDArray[np.float32]


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
            spans.append(_Span(first, last, np.maximum(last - first, 1).astype(np.float32)[:, None]))
    return spans


def _around(values: NDArray[np.float32], spans: list[_Span]) -> NDArray[np.float32]:
    """Each window's means, side by side."""
    import numpy as np

    width = values.shape[1]
    running = np.zeros((len(values) + 1, width), np.int32)
    np.cumsum(values.astype(np.int32), axis=0, out=running[1:])
    out = np.empty((len(values), width * len(spans)), np.float32)
    for place, span in enumerate(spans):
        sums = np.take(running, span.high, axis=0)
        sums -= np.take(running, span.low, axis=0)
        np.divide(sums, span.size, out=out[:, place * width : (place + 1) * width], casting="unsafe")
    return np.rint(out, out=out)
