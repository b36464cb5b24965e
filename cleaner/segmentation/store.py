"""The model file: one line that names the format, one line of JSON, then arrays as plain little-endian numbers.

No pickle, no archive: it is read in a millisecond, before the first document is labelled.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .facts import THREAD_FACTS
from .features import CODE_BITS, DENSE_NAMES, RULED, rule_table
from .network import JUDGE_LAYERS, LAYERS, Layer, Model, packed
from .votes import ON
from .waste import WASTE_FACTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAGIC = b"cleaner segmentation 5\n"
_KEPT = 24 << 20  # bytes of memory that are not given back to the system after each batch: a fifth of the time
_KINDS = ("|i1", "<i2", "<u2", "<f4", "<f8", "<u8")


class ModelError(ValueError):
    """A model file that this version cannot use: wrong schema, other features, or not a model at all."""


def save(model: Model, path: Path) -> None:
    """Writes the model. The same model gives the same bytes."""
    arrays: dict[str, NDArray[np.generic]] = {
        "words": model.words, "edges": model.edges, "stems": model.stems, "filters": model.filters,
        "votes": model.votes, "scales": np.array([model.word_scale, model.edge_scale]),
    }  # fmt: skip
    for name, layer in model.layers.items():
        arrays[f"{name}.weight"] = layer.weight.astype(np.int16)
        arrays[f"{name}.scale"], arrays[f"{name}.bias"] = layer.scale, layer.bias
    arrays.update({f"decode.{name}": np.asarray(values, np.float64) for name, values in model.decode.items()})
    little = {name: np.ascontiguousarray(values, values.dtype.newbyteorder("<")) for name, values in arrays.items()}
    little = dict(sorted(little.items(), key=lambda item: -item[1].itemsize))  # wide numbers first: all stay aligned
    told = {
        "name": model.name,
        "features": _features(),
        "arrays": [[name, values.dtype.str, values.shape] for name, values in little.items()],
    }
    head = MAGIC + json.dumps(told).encode()
    head += b" " * (-(len(head) + 1) % 8) + b"\n"
    path.write_bytes(head + b"".join(values.tobytes() for values in little.values()))


def load(path: Path) -> Model:
    """Reads a model file. Raises ModelError when it is none that this version understands."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}") from error
    if not data.startswith(MAGIC):
        raise ModelError(f"{path}: not a segmentation model of this version; fit one with `cleaner fit`")
    try:
        at = data.index(b"\n", len(MAGIC)) + 1
        told = json.loads(data[len(MAGIC) : at])
        arrays: dict[str, NDArray[Any]] = {}
        for name, kind, shape in told["arrays"]:
            if kind not in _KINDS:
                raise ModelError(f"{path}: holds numbers of the kind {kind!r}")
            count = int(np.prod(shape, dtype=np.int64))
            arrays[name] = np.frombuffer(data, np.dtype(kind), count, at).reshape(shape)
            at += arrays[name].nbytes
        if told["features"] != _features():
            raise ModelError(f"{path}: fitted for other features; fit it again with `cleaner fit`")
        np.empty(_KEPT, np.uint8)  # freed at once: from then on glibc keeps freed memory of this size for later
        return _model(arrays, told["name"])
    except (ValueError, KeyError, TypeError) as error:
        raise error if isinstance(error, ModelError) else ModelError(f"{path}: broken ({error!r})") from error


def _features() -> str:
    return " ".join((*DENSE_NAMES, *RULED, *WASTE_FACTS, *THREAD_FACTS, *ON))


def _model(found: dict[str, NDArray[Any]], name: str) -> Model:
    layers = {
        key: Layer(
            found[f"{key}.weight"].astype(np.float32),
            found[f"{key}.scale"].astype(np.float32),
            found[f"{key}.bias"].astype(np.float32),
        )
        for key in (*LAYERS, *JUDGE_LAYERS)
    }
    decode = {key.removeprefix("decode."): values for key, values in found.items() if key.startswith("decode.")}
    word_scale, edge_scale = found["scales"].tolist()
    rules = (found["stems"], found["filters"])
    model = made(found["words"], word_scale, found["edges"], edge_scale, layers, rules, name)
    return model._replace(votes=found["votes"], decode=decode)


def made(
    words: NDArray[np.int8],
    word_scale: float,
    edges: NDArray[np.int8],
    edge_scale: float,
    layers: dict[str, Layer],
    rules: tuple[NDArray[np.uint64], NDArray[np.uint16]],
    name: str,
) -> Model:
    """A network with the tables that are only needed to run it; what is set after it is still missing."""
    stems, filters = rules
    return Model(
        words, word_scale, edges, edge_scale, layers, packed(words), packed(edges), stems, filters,
        rule_table(stems, filters), np.zeros((len(ON), 1 << CODE_BITS), np.int8), {}, name,
    )  # fmt: skip
