"""How likely a course of heads is a thread of readers' comments: its facts held against fitted weights.

The weights (`models/threads.json`) are the mean of a few small networks, as `cleaner fit-threads` writes them.
"""

import json
from collections.abc import Mapping
from itertools import pairwise
from math import log, log1p, tanh
from operator import mul
from pathlib import Path
from typing import NamedTuple

from cleaner.models import read_once
from cleaner.pipeline.profiles import JUST_BELOW_STANDARD

from .courses import FACTS, SORTS, Course
from .heads import is_dialogue, is_one_voice

CROWD = 0.93  # the score of lone names that answer one another
# The score, at most, of heads that all name one author (a blog's posts, one below the other), or speakers of a play.
ONE_VOICE = 0.3
_HEADING = FACTS.index("heading")
CLIP = 4.0  # standard deviations from its mean: a fact further off counts as this far


class WeightsError(ValueError):
    """A file of weights that this version cannot use."""


class Weights(NamedTuple):
    """Means and spreads of the facts, the weights of a hidden layer and of what comes out, and the scale of scores.

    `scale` holds pairs of what comes out and the score that it stands for, rising.
    """

    center: list[float]
    spread: list[float]
    inner: list[list[float]]
    inner_bias: list[float]
    outer: list[float]
    outer_bias: float
    scale: list[tuple[float, float]]


@read_once
def load(path: Path) -> dict[str, Weights]:
    """The weights of each sort of course. Raises WeightsError for a file that holds none, or those of other facts."""
    try:
        told = json.loads(path.read_bytes())
        if told["facts"] == list(FACTS):
            return {kind: Weights(**told[kind]) for kind in SORTS if kind in told}
    except OSError as error:
        raise WeightsError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise WeightsError(f"{path}: no weights of threads; fit them with `cleaner fit-threads`") from error
    raise WeightsError(f"{path}: weighs other facts; fit it again with `cleaner fit-threads`")


def weigh(course: Course, fitted: Mapping[str, Weights]) -> float:
    """The score of a course, 0 to 1, by the weights of each sort.

    Below a mere heading it is never sure: "Discussion" heads part of a paper too.
    """
    if course.sort == "lone" and _is_crowd(dict(zip(FACTS, course.facts, strict=True))):
        return CROWD
    weights = fitted.get(course.sort)
    score = 0.0 if weights is None else scaled(value(course.facts, weights), weights.scale)
    if _is_one_voice(course) or (course.sort == "lone" and is_dialogue([head.author for head in course.heads])):
        return min(score, ONE_VOICE)
    return min(score, JUST_BELOW_STANDARD) if course.sort == "headed" else score


def _is_crowd(facts: dict[str, float]) -> bool:
    """Whether lone names are a crowd that answers one another, below an article: no play and no glossary is that.

    A verdict by hand: what fits the weights holds few such threads, and those short.
    """
    return (
        facts["heads"] >= log(30)
        and 0.4 <= facts["distinct"] <= 0.95  # a play's people speak more often, a glossary's words stand once
        and facts["answers"] >= 0.1
        and facts["talk"] >= 0.5
        and facts["headings"] <= 0.35
        and facts["before"] >= log1p(1000)
    )


def _is_one_voice(course: Course) -> bool:
    """Whether all heads name one author, with no heading of comments above: posts on a page of several."""
    return course.sort == "dated" and not course.facts[_HEADING] and is_one_voice(course.heads)


def value(facts: tuple[float, ...], weights: Weights) -> float:
    """What comes out of the networks."""
    inputs = [
        max(-CLIP, min((fact - center) / spread, CLIP))
        for fact, center, spread in zip(facts, weights.center, weights.spread, strict=True)
    ]
    hidden = [
        tanh(sum(map(mul, row, inputs)) + bias) for row, bias in zip(weights.inner, weights.inner_bias, strict=True)
    ]
    out: float = sum(map(mul, weights.outer, hidden)) + weights.outer_bias
    return out


def scaled(out: float, scale: list[tuple[float, float]]) -> float:
    """The score that a value stands for, between the knots of a scale in proportion."""
    for (low, below), (high, above) in pairwise(scale):
        if out < high:
            share = max(out - low, 0.0) / (high - low)
            return round(below + share * (above - below), 3)
    return scale[-1][1]
