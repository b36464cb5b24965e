"""From examples of notices and lines of articles to the weights of words: a logistic regression.

Notices are what shipped rules remove, and lines written for it (`written/*.notices.txt`); what articles say is what
rules keep, names and dates beside an article, lines written to resemble notices, written articles and comments, and
lines that labelled documents call content. A line counts once. The scales of scores, of lines anywhere and of those
below their article, are set on what rules leave of real pages, each judged by weights that never saw its site.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from cleaner.document import Document
from cleaner.matching import Matcher
from cleaner.models import SHIPPED
from cleaner.pipeline.profiles import PROFILES, STANDARD
from cleaner.rules import load_rules, shipped_filters
from cleaner.segmentation import load_model, notices
from cleaner.segmentation.decode import Decoded, decode
from cleaner.segmentation.facts import calibrated
from cleaner.segmentation.features import Batch, extract, rule_table
from cleaner.segmentation.network import logits
from cleaner.segmentation.notices import BITS, LEAST, NONE, Notices, slots, tails, together

from .gold import ARTICLE, Gold, fold_of
from .pages import frames
from .waste import MOST
from .written import notice_lines, written

FOLDS = 4
PASSES, STEP, TOGETHER = 8, 0.08, 256
EACH, CLEAN_EACH = 80, 250  # lines of a labelled document, and of one of which all is content
WEIGHTS = {"rule": 1.0, "written": 2.0, "article": 1.0, "frame": 0.7, "comment": 0.5, "page": 1.0, "clean": 0.5}
# Share of the content of articles held out that each profile may cost beside what rules take; once more in lines below
# their article. Read, nine in ten of the content that scores highest are notices which labels call content.
COST, TAIL_COST = (0.0001, 0.0003, 0.0015), (0.0001, 0.0005, 0.0012)
UNIT = 1 / 40  # of a weight
SCORES = tuple(PROFILES.values())
_NO_NOTICES = frozenset({"metadata"})  # filters whose rules find what is left in unless asked for: names, dates
_CHUNK = 4096  # lines
_SAYS = re.compile(r"\w")  # of a line of marks, or of characters of no width, there is nothing to learn
Say = Callable[[str], None]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Line(NamedTuple):
    """One line to be fitted on; `fold`: the part of the sites that it is of, -1 for no site's."""

    text: str
    notice: bool
    weight: float
    fold: int = -1


def fit(golds: Sequence[Gold], say: Say, network: Path = SHIPPED.segmentation) -> Notices:
    """The weights, fitted on labelled documents and on all that is written and shipped; `network`: the model beside
    which they will be used.

    Raises ValueError where no document is an article, by which the scale could be set.
    """
    lines = [line for line in (*_own(), *_of_pages(golds)) if _SAYS.search(line.text)]
    places, counts = _slots([line.text for line in lines])
    say(f"{sum(line.notice for line in lines):,} notices, {sum(not line.notice for line in lines):,} other lines")
    folds = np.array([line.fold for line in lines])
    held_out = [_regression(lines, places, counts, folds != fold) for fold in range(FOLDS)]
    whole = _regression(lines, places, counts, np.ones(len(lines), np.bool_))
    scale, tail = _scales(golds, held_out, network)
    return whole._replace(scale=scale, tail=tail)


def _own() -> Iterator[Line]:
    """What ships with the program: rules' examples and written lines."""
    for name in shipped_filters():
        for rule in load_rules(name):
            for removed, examples in ((name not in _NO_NOTICES, rule.removes), (False, rule.keeps)):
                yield from (Line(line, removed, WEIGHTS["rule"]) for text in examples for line in text.split("\n"))
    yield from (Line(text, notice, WEIGHTS["written"]) for text, notice in notice_lines())
    for texts in written().values():
        for one in (*texts.articles, *texts.content):
            yield from (Line(line, False, WEIGHTS["article"]) for line in one)
        yield from (Line(line, False, WEIGHTS["comment"]) for one in texts.comments for line in one)
    for frame in frames():
        own = (line for block in frame.blocks for line in block)
        yield from (Line(line, False, WEIGHTS["frame"]) for line, label in own if label == "content")


def _of_pages(golds: Iterable[Gold]) -> Iterator[Line]:
    """Some lines of content of each labelled document but whole pages, which others were extracted from."""
    for gold in golds:
        if not gold.is_whole:
            content = [
                line.strip() for (line, _), code in zip(gold.lines, gold.codes(), strict=True) if code == ARTICLE
            ]
            random.Random(gold.id).shuffle(content)
            weight, most = (WEIGHTS["clean"], CLEAN_EACH) if gold.is_clean else (WEIGHTS["page"], EACH)
            yield from (Line(line, False, weight, fold_of(gold.group, FOLDS)) for line in content[:most])


def _slots(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """The slots of all lines, one after another, and how many are each line's: none of one with few words."""
    table = rule_table(np.zeros(0, np.uint64), np.zeros(0, np.uint16))
    found: list[Ints] = []
    counts: list[Ints] = []
    for at in range(0, len(texts), _CHUNK):
        some = [" ".join(text.split()) or "-" for text in texts[at : at + _CHUNK]]
        batch = extract(["\n".join(some).encode()], table)
        places, count = _by_line(batch)
        enough = batch.word_count >= LEAST
        found.append(places[np.repeat(enough, count)])
        counts.append(np.where(enough, count, 0))
    return np.concatenate(found), np.concatenate(counts)


def _by_line(batch: Batch) -> tuple[Ints, Ints]:
    """Every slot of a batch, sorted by line, and how many each line has."""
    told = slots(batch)
    lines = np.arange(len(batch.word_first))
    of_words = np.repeat(lines, batch.word_count)
    place = np.concatenate([told.single, told.pair, told.first, told.last])
    line = np.concatenate([of_words, of_words, lines, lines])
    place, line = place[place != NONE], line[place != NONE]
    order = np.argsort(line, kind="stable")
    return place[order], np.bincount(line, minlength=len(lines)).astype(np.int64)


def _regression(lines: Sequence[Line], places: Ints, counts: Ints, chosen: NDArray[np.bool_]) -> Notices:
    """Fitted on the lines chosen, of which each text with each answer counts once; still without a scale."""
    torch.manual_seed(0)
    torch.sparse.check_sparse_tensor_invariants.disable()  # said plainly, or torch warns that nobody said it
    starts = np.cumsum(counts) - counts
    seen: set[tuple[str, bool]] = set()
    rows = []
    for row in np.flatnonzero(chosen & (counts > 0)).tolist():
        known = (lines[row].text, lines[row].notice)
        if known not in seen:
            seen.add(known)
            rows.append(row)
    table = nn.EmbeddingBag(1 << BITS, 1, mode="sum", sparse=True)
    nn.init.zeros_(table.weight)
    bias = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.Adagrad([table.weight, bias], lr=STEP)
    order = np.array(rows)
    chance = np.random.default_rng(0)
    for _ in range(PASSES):
        chance.shuffle(order)
        for at in range(0, len(order), TOGETHER):
            some = order[at : at + TOGETHER]
            size = counts[some]
            offsets = np.cumsum(size) - size
            inputs = places[np.repeat(starts[some] - offsets, size) + np.arange(int(size.sum()))]
            told = table(torch.from_numpy(inputs), torch.from_numpy(offsets))[:, 0] + bias
            answers = torch.tensor([float(lines[row].notice) for row in some])
            weights = torch.tensor([lines[row].weight for row in some])
            loss = nn.functional.binary_cross_entropy_with_logits(told, answers, weights, reduction="sum")
            optimizer.zero_grad()
            (loss / weights.sum()).backward()
            optimizer.step()
    fitted = table.weight.detach().numpy()[:, 0].astype(np.float64)
    whole: NDArray[np.int8] = np.rint(np.clip(fitted / UNIT, -127, 127)).astype(np.int8)
    return Notices(np.append(whole, np.int8(0)), UNIT, round(float(bias.detach()), 3), *np.zeros((2, 2, 0)))


class _Held(NamedTuple):
    """A document whose lines were judged by weights that never saw its site."""

    batch: Batch
    lines: Decoded
    said: Floats
    content: Floats  # how much of the article each line is; nothing of one that is none, or that is not judged

    def below(self, scale: Floats) -> Floats:
        """What each line counts that stands below the article."""
        anywhere = np.where(self.batch.word_count >= LEAST, calibrated(self.said, scale), 0.0)
        return self.content * tails(self.batch, self.lines, anywhere)


def _scales(golds: Iterable[Gold], held_out: Sequence[Notices], network: Path) -> tuple[Floats, Floats]:
    """Knots from what is said to scores, of lines anywhere and of those below their article: at each profile's
    threshold the content lost is what it may cost."""
    model = load_model(network)
    matcher = Matcher([rule for name in shipped_filters() if name not in _NO_NOTICES for rule in load_rules(name)])
    held: list[_Held] = []
    whole = 0.0
    for gold in golds:
        if gold.is_whole or gold.is_clean or gold.is_talk:
            continue
        texts = [(line, code) for (line, _), code in zip(gold.lines, gold.codes(), strict=True) if line.strip()]
        batch = extract(["\n".join(line for line, _ in texts).encode()], model.ruled)
        if len(batch.word_first) != len(texts):
            continue  # a line of marks alone
        size = batch.weight * np.array([code == ARTICLE for _, code in texts])
        size = size * min(1.0, MOST / max(int(batch.weight.sum()), 1))
        lines = decode(logits(batch, model), batch.fresh)
        said = together(notices.said(batch, held_out[fold_of(gold.group, FOLDS)]), lines.boilerplate)
        judged = (batch.word_count >= LEAST) & _left_by_rules(gold, matcher)
        held.append(_Held(batch, lines, said, size * judged))
        whole += float(size.sum())
    if not any(one.content.any() for one in held):
        raise ValueError("no articles are in these documents, on which a scale could be set")
    said = np.concatenate([one.said for one in held])
    scale = _knots(said, np.concatenate([one.content for one in held]) / whole, COST)
    below = np.concatenate([one.below(scale) for one in held])
    tail = _knots(said, below / whole, TAIL_COST) if below.any() else scale
    return scale, np.minimum(scale, tail)  # where notices are common, none needs to be surer


def _left_by_rules(gold: Gold, matcher: Matcher) -> NDArray[np.bool_]:
    """Of each line that is not blank whether rules leave most of it: what they take, costs nothing more."""
    text = gold.text()
    taken = np.zeros(len(text), np.bool_)
    for span in matcher.spans(Document(gold.id, text)):
        if span.score >= STANDARD:
            taken[span.start : span.end] = True
    left = []
    at = 0
    for line, _ in gold.lines:
        if line.strip():
            left.append(2 * int(taken[at : at + len(line)].sum()) < len(line))
        at += len(line) + 1
    return np.array(left, np.bool_)


def _knots(said: Floats, shares: Floats, cost: Sequence[float]) -> Floats:
    """Knots at which what is lost of the content comes to `cost`; `shares`: how much of all content each line is."""
    order = np.argsort(-said, kind="stable")
    order = order[shares[order] > 0]
    lost = np.cumsum(shares[order])
    places = np.minimum(np.searchsorted(lost, cost, "right"), len(order) - 1)
    knots = said[order[places]].tolist()
    for place in (1, 2):  # of few documents one line may stand for two of them
        knots[place] = min(knots[place], knots[place - 1] - 0.01)
    return np.array([[knots[2] - 2.0, *knots[::-1], knots[0] + 2.0], [0.0, *SCORES[::-1], 1.0]]).round(3)
