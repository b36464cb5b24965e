"""From labelled texts to the weights of courses: small networks, and a scale that held-out sites have set."""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from cleaner.document import Document
from cleaner.fitting.gold import ARTICLE, BOILERPLATE, COMMENT, Gold, fold_of
from cleaner.fitting.made import Made, augment, boards
from cleaner.pipeline.profiles import PROFILES
from cleaner.threads.courses import FACTS, SORTS, Sort, courses
from cleaner.threads.grammar import marks
from cleaner.threads.weigh import CLIP

FOLDS = 8
NETWORKS, HIDDEN, STEPS = 10, 4, 300
# What made texts count beside all real ones.
RENDERED = {"rendered": 1.0, "board": 0.07, "interview": 0.1, "written": 0.05}
# Share of a kind's content that courses may cost on sites held out: by the profiles' scores, and by 0.10.
COST: dict[Sort, tuple[float, ...]] = {
    "dated": (0.0002, 0.0006, 0.004, 0.02),
    "lone": (0.00002, 0.0001, 0.002, 0.02),
    "counted": (0.0002, 0.0006, 0.004, 0.02),
    "headed": (0.0002, 0.0006, 0.004, 0.02),
    "repeated": (0.00002, 0.0001, 0.002, 0.02),
}
SCORES = (*PROFILES.values(), 0.10)
# least output of the networks for each score, where too few false courses were seen to tell
LEAST = (2.2, 1.1, -0.6, -2.5)
_BOILERPLATE = 0.3  # boilerplate that goes as a comment is wrong, a little: what looks like it may be prose
_PARTS = 4
_MADE, _BOARDS = Made(700, 200, 200), 400  # documents rendered of each part of the sites
_KNOWN = 150  # labelled characters of a course that say something
Floats = NDArray[np.float64]


class Example(NamedTuple):
    """A text, the site that it is of, how it was made ("" for a real one), and by line what its characters are.

    `sizes`: characters of content, boilerplate and comments. `measured`: whether the scale is set on it.
    """

    text: str
    group: str
    made: str
    sizes: Sequence[tuple[int, int, int]]
    measured: bool


def examples(golds: Sequence[Gold]) -> Iterator[Example]:
    """Labelled documents as `fit` takes them, with threads and boards rendered of them.

    A rendered document mixes texts of one part of the sites only.
    """
    made = list(golds)
    for part in range(_PARTS):
        some = [gold for gold in golds if fold_of(gold.group, _PARTS) == part]
        made += augment(some, part, _PARTS, _MADE, crowded=True) + boards(some, part, _BOARDS)
    for gold in made:
        lengths = zip((len(line.strip()) for line, _ in gold.lines), gold.codes(), strict=True)
        sizes = [
            (size * (code == ARTICLE), size * (code == BOILERPLATE), size * (code == COMMENT)) for size, code in lengths
        ]
        made_up = gold.source in RENDERED
        measured = not made_up and not gold.is_whole and "#talk" not in gold.id
        yield Example(gold.text(), gold.group, gold.source if made_up else "", sizes, measured)


class _Rows(NamedTuple):
    facts: Floats
    sizes: Floats  # content, boilerplate, comments
    fold: NDArray[np.int64]
    made: NDArray[np.str_]
    text: NDArray[np.int64]
    measured: NDArray[np.bool_]
    group: list[str]


def fit(examples: Iterable[Example], say: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """The weights as `weigh` reads them. The same examples give the same ones."""
    torch.set_num_threads(1)
    content = 0
    rows: dict[Sort, list[tuple[Any, ...]]] = {sort: [] for sort in SORTS}
    for number, example in enumerate(examples):
        document = Document("", example.text)
        found = marks(document)
        content += sum(one[0] for one in example.sizes) if example.measured else 0
        for course in courses(found, document):
            lines = example.sizes[found[course.first].line : found[course.last].line + 1]
            sizes = [sum(line[place] for line in lines) for place in range(3)]
            rows[course.sort].append((course.facts, sizes, example.group, example.made, number, example.measured))
    out: dict[str, Any] = {"facts": list(FACTS)}
    for sort, some in rows.items():
        fitted = _fitted(_table(some), [cost * content for cost in COST[sort]]) if some else None
        if fitted is not None:
            out[sort] = fitted
            say(f"{sort}: {len(some)} courses, scale {out[sort]['scale']}")
    return out


def save(weights: dict[str, Any], path: Path) -> None:
    """Writes weights, a sort of course a line."""
    rows = [f"{json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in weights.items()]
    path.write_bytes(("{\n" + ",\n".join(rows) + "\n}\n").encode())


def _table(rows: Sequence[tuple[Any, ...]]) -> _Rows:
    facts, sizes, group, made, text, measured = zip(*rows, strict=True)
    return _Rows(
        np.array(facts, np.float64),
        np.array(sizes, np.float64),
        np.array([zlib.crc32(one.encode()) % FOLDS for one in group]),
        np.array(made),
        np.array(text),
        np.array(measured),
        list(group),
    )


def _fitted(rows: _Rows, budget: Sequence[float]) -> dict[str, Any] | None:
    """The weights of one sort of course; None where no label says anything of one."""
    content, boilerplate, comments = rows.sizes.T
    known = content + comments + _BOILERPLATE * boilerplate
    right = np.where(known > 0, comments / np.maximum(known, 1), 0.5)
    often = Counter(rows.group)
    weight = np.sqrt(known) * (known > _KNOWN) / np.sqrt([often[one] for one in rows.group])
    real = weight[rows.made == ""].sum()
    for name, share in RENDERED.items():
        these = rows.made == name
        weight[these] *= share * real / max(weight[these].sum(), 1e-9)
    if not weight.any():
        return None
    said = np.zeros(len(known))
    for fold in range(FOLDS):
        out = rows.fold == fold
        if out.any() and weight[~out].any():
            said[out] = _say(rows.facts[out], _networks(rows.facts[~out], right[~out], weight[~out]))
    weights = _networks(rows.facts, right, weight)
    weights["scale"] = _scale(said, rows, budget)
    return weights


def _networks(facts: Floats, right: Floats, weight: Floats) -> dict[str, Any]:
    """The mean of some small networks, as one."""
    center, spread = facts.mean(axis=0).round(3), (facts.std(axis=0) + 1e-3).round(3)
    inputs = torch.tensor(np.clip((facts - center) / spread, -CLIP, CLIP), dtype=torch.float32)
    goal, counts = (torch.tensor(one, dtype=torch.float32) for one in (right, weight / weight.sum()))
    inner, inner_bias, outer, outer_bias = [], [], [], 0.0
    for seed in range(NETWORKS):
        torch.manual_seed(seed)
        net = nn.Sequential(nn.Linear(inputs.shape[1], HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 1))
        optimizer = torch.optim.AdamW(net.parameters(), lr=0.02, weight_decay=0.05)
        for _ in range(STEPS):
            optimizer.zero_grad()
            loss = nn.functional.binary_cross_entropy_with_logits(net(inputs)[:, 0], goal, reduction="none")
            torch.autograd.backward((loss * counts).sum())
            optimizer.step()
        parts = [part.detach().numpy().astype(np.float64) for part in net.parameters()]
        inner += parts[0].round(3).tolist()
        inner_bias += parts[1].round(3).tolist()
        outer += (parts[2][0] / NETWORKS).round(4).tolist()
        outer_bias += float(parts[3][0]) / NETWORKS
    return {
        "center": center.tolist(),
        "spread": spread.tolist(),
        "inner": inner,
        "inner_bias": inner_bias,
        "outer": outer,
        "outer_bias": round(outer_bias, 4),
    }


def _say(facts: Floats, weights: dict[str, Any]) -> Floats:
    inputs = np.clip((facts - weights["center"]) / weights["spread"], -CLIP, CLIP)
    hidden = np.tanh(inputs @ np.array(weights["inner"]).T + weights["inner_bias"])
    said: Floats = hidden @ np.array(weights["outer"]) + weights["outer_bias"]
    return said


def _scale(said: Floats, rows: _Rows, budget: Sequence[float]) -> list[tuple[float, float]]:
    """The value at which each score's courses cost no more content than they may, a text's surest course counting."""
    order = [place for place in np.argsort(-said) if rows.measured[place]]
    seen: set[int] = set()
    values, costs, lost = [], [], 0.0
    for place in order:
        if rows.text[place] not in seen:
            seen.add(int(rows.text[place]))
            lost += rows.sizes[place, 0] + _BOILERPLATE * rows.sizes[place, 1]
            values.append(float(said[place]))
            costs.append(lost)
    if not values:
        values.append(-np.inf)  # nothing was measured, so no more is asked than what is asked at least
    places = np.minimum(np.searchsorted(costs, budget, "right"), len(values) - 1)
    knots = [(max(values[place], least), score) for place, least, score in zip(places, LEAST, SCORES, strict=True)]
    scale = [(knots[-1][0] - 2.0, 0.0), *reversed(knots), (round(knots[0][0] + 2.0, 3), 0.99)]
    for place in range(len(scale) - 2, -1, -1):  # each knot below the next one
        scale[place] = (round(min(scale[place][0], scale[place + 1][0] - 0.01), 3), scale[place][1])
    return scale
