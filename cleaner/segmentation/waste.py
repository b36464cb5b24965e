"""Which lines are boilerplate, line by line: facts about each that the network suspects, and a judge over them.

The network sees a line and the means of what lies around it. What decides besides: where the line stands to the
article, whether prose resumes after it, how its neighbours look, what its words are on other sites, and what kind of
document it is: a page with all its menus, a page that an extractor left a few lines on, or clean text.
All facts are whole numbers up to 127, so that the judge is as exact as the network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .facts import reads_like_prose
from .features import DENSE_NAMES, RULED, Batch, blocks, dense_row
from .network import ARTICLE, JUDGE_LAYERS, THREAD, Layer, activated
from .votes import line_votes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from .decode import Decoded

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

WASTE_FACTS: tuple[str, ...] = (
    "odds", "odds_to_comment", "boilerplate", "comment", "in_article", "in_thread", "article_odds", "article_evidence",
    "thread_evidence", "odds_2_before", "odds_before", "odds_after", "odds_2_after", "length_before", "length_after",
    "near_3_before", "near_3_after", "near_8_before", "near_8_after", "lengths_3_before", "lengths_3_after",
    "lengths_8_before", "lengths_8_after", "article_before", "article_after", "article_chars_before",
    "article_chars_after", "since_article", "until_article", "no_article_before", "no_article_after",
    "prose_before", "prose_after", "document_boilerplate", "document_waste", "document_sure", "document_likely",
    "document_article", "document_comment", "document_prose", "document_cues", "document_ruled", "first_odds",
    "last_odds", "top", "bottom", "prose", "votes", "most_vote", "least_vote", "votes_together",
)  # fmt: skip
SUSPECT = 0.04  # a line less likely than this to be boilerplate is left alone
_PROSE, _SHARE = 300, 0.2  # characters of sentences that an article has at least, and their share of it
_FULL = 127.0
_ODDS, _FAR = 8.0, 32
_EDGE = 5
_TELLING = ("share", "legal", "subscribe", "related")  # families whose words tell boilerplate


class Suspects(NamedTuple):
    """Lines that may be boilerplate: their rows, and facts about each (DENSE_NAMES and WASTE_FACTS x lines)."""

    rows: Ints
    facts: NDArray[np.float32]


def suspects(raw: Floats, lines: Decoded, batch: Batch, said: NDArray[np.int8]) -> Suspects:
    """The lines of a batch that may be boilerplate; `said` is the vote on each of its words."""
    some = list(suspects_in_blocks(raw, lines, batch, said))
    if not some:
        return Suspects(np.zeros(0, np.int64), np.zeros((len(DENSE_NAMES) + len(WASTE_FACTS), 0), np.float32))
    return Suspects(np.concatenate([one.rows for one in some]), np.concatenate([one.facts for one in some], axis=1))


def suspects_in_blocks(raw: Floats, lines: Decoded, batch: Batch, said: NDArray[np.int8]) -> Iterator[Suspects]:
    """The same, some at a time: facts about a million lines fill two thirds of a gigabyte."""
    rows = np.flatnonzero(lines.boilerplate >= SUSPECT)
    if not len(rows):
        return
    around = _Around(raw, lines, batch)
    for block in blocks(len(rows)):
        some = rows[block]
        facts = np.empty((len(DENSE_NAMES) + len(WASTE_FACTS), len(some)), np.float32)
        facts[: len(DENSE_NAMES)] = batch.dense[:, some]
        for place, values in enumerate([*around.facts(some), *line_votes(said, batch, some)], len(DENSE_NAMES)):
            facts[place] = values
        yield Suspects(some, facts)


def waste_belief(found: Suspects, layers: Mapping[str, Layer]) -> Floats:
    """How probable it is that each suspect is boilerplate."""
    one, out = (layers[name] for name in JUDGE_LAYERS)
    said = (out.weight @ activated(one.weight @ found.facts, one) * out.scale + out.bias)[0].astype(np.float64)
    belief: Floats = 1 / (1 + np.exp(-said))
    return belief


def without_article(
    rows: Ints, belief: Floats, weight: Ints, prose: NDArray[np.bool_], fresh: Ints
) -> NDArray[np.bool_]:
    """Which suspects stand in a document that has no article: too few sentences are left when all of them are gone.

    On a page of links, products or posts the lists are what the page is for, and nothing tells them from its menus.
    `weight` and `prose` are of all lines, `fresh` is the first line of each document.
    """
    gone = np.zeros(len(weight), np.bool_)
    gone[rows] = belief >= 0.5
    left = np.where(gone, 0, weight)
    if not len(rows):
        return np.zeros(0, np.bool_)
    sentences, everything = np.add.reduceat(left * prose, fresh), np.add.reduceat(left, fresh)
    bare: NDArray[np.bool_] = (sentences < _PROSE) | (sentences < _SHARE * everything)
    return bare[np.searchsorted(fresh, rows, "right") - 1]


class _Around:
    """Facts about some rows. Sums are of whole numbers, which come out the same in any batch."""

    rows: Ints  # that are told of now,
    low: Ints  # and where the document of each begins
    high: Ints  # and ends
    last: Ints  # the nearest line before each that is surely article,
    next: Ints  # and the next one

    def __init__(self, raw: Floats, lines: Decoded, batch: Batch) -> None:
        self.raw, self.lines, self.dense, self.fresh = raw, lines, batch.dense, batch.fresh
        self.odds = np.rint(np.clip(raw[1] - raw[0], -_ODDS, _ODDS) * (_FULL / _ODDS))
        self.reads = reads_like_prose(batch.dense)
        likely, weight = np.rint(lines.boilerplate * _FULL), batch.weight
        dense = batch.dense
        rules = slice(dense_row(f"rules_{RULED[0]}"), dense_row(f"rules_{RULED[-1]}") + 1)
        summed: dict[str, Callable[[], NDArray[np.generic]]] = {  # each made when it is its turn
            "likely": lambda: likely,
            "length": lambda: dense[dense_row("length")],
            "weight": lambda: weight,
            "article": lambda: weight * np.rint(lines.in_article * _FULL),
            "prose": lambda: weight * self.reads,
            "waste": lambda: weight * likely,
            "comment": lambda: weight * np.rint(lines.comment * _FULL),
            "sure": lambda: likely > 0.5 * _FULL,
            "quite": lambda: likely > 0.25 * _FULL,
            "cues": lambda: np.any([dense[dense_row(f"cue_{name}")] > 0 for name in _TELLING], axis=0),
            "ruled": lambda: (dense[rules] > 0).sum(axis=0, dtype=np.uint8),
        }
        self.running = {name: np.zeros(len(weight) + 1, np.int64) for name in summed}
        for name, values in summed.items():
            np.cumsum(values(), out=self.running[name][1:], dtype=np.int64)
        self.strong = np.flatnonzero((lines.in_article > 0.5) & (lines.article > 0.5))

    def facts(self, rows: Ints) -> list[NDArray[np.generic]]:
        """The facts about some rows, but for what their words say."""
        number = np.searchsorted(self.fresh, rows, "right") - 1
        n = len(self.running["weight"]) - 1
        self.rows, self.low, self.high = rows, self.fresh[number], np.append(self.fresh[1:], n)[number]
        place = np.searchsorted(self.strong, rows)
        self.last = np.append(-1, self.strong)[place]
        self.next = np.append(self.strong, n)[np.searchsorted(self.strong, rows, "right")]
        return [*self.line(), *self.near(), *self.article(), *self.document()]

    def _between(self, which: str, first: Ints, stop: Ints) -> Ints:
        sums: Ints = self.running[which][stop] - self.running[which][first]
        return sums

    def _share(self, which: str, whole: Ints) -> Floats:
        share: Floats = np.rint(self._between(which, self.low, self.high) / np.maximum(whole, 1))
        return share

    def line(self) -> list[NDArray[np.generic]]:
        """What the network says of the line itself."""
        rows, raw, lines = self.rows, self.raw, self.lines
        within = np.clip(lines.in_article[rows], 1e-4, 1 - 1e-4)
        shares = (lines.boilerplate, lines.comment, lines.in_article, lines.in_thread)
        return [
            self.odds[rows],
            _scaled((raw[1] - raw[2])[rows] / _ODDS),
            *(_scaled(share[rows]) for share in shares),
            _scaled(np.log(within / (1 - within)) / _ODDS),
            _scaled(raw[ARTICLE + 2, rows]),
            _scaled(raw[THREAD + 2, rows]),
        ]

    def near(self) -> list[NDArray[np.generic]]:
        """How the lines around it look."""
        rows, low, high = self.rows, self.low, self.high
        length = self.dense[dense_row("length")]
        out: list[NDArray[np.generic]] = []
        for values, far, steps in ((self.odds, _FAR, (-2, -1, 1, 2)), (length, 0, (-1, 1))):
            for step in steps:
                at = rows + step
                there = (at >= low) & (at < high)
                out.append(np.where(there, values[np.where(there, at, 0)], far))
        for which in ("likely", "length"):
            for size in (3, 8):
                for first, stop in (
                    (np.maximum(rows - size, low), rows),
                    (rows + 1, np.minimum(rows + 1 + size, high)),
                ):
                    out.append(np.rint(self._between(which, first, stop) / np.maximum(stop - first, 1)))
        return out

    def article(self) -> list[NDArray[np.generic]]:
        """Where it stands to the article, and to prose of any kind."""
        rows, low, high = self.rows, self.low, self.high
        before, after = self._between("article", low, rows), self._between("article", rows + 1, high)
        whole = np.maximum(self._between("article", low, high), 1)
        early, late = self.last < low, self.next >= high
        return [
            np.floor(before * _FULL / whole),
            np.floor(after * _FULL / whole),
            _logged(before / _FULL),
            _logged(after / _FULL),
            np.where(early, _FULL, _logged(rows - self.last)),
            np.where(late, _FULL, _logged(self.next - rows)),
            early * _FULL,
            late * _FULL,
            _logged(self._between("prose", low, rows)),
            _logged(self._between("prose", rows + 1, high)),
        ]

    def document(self) -> list[NDArray[np.generic]]:
        """What kind of document it is in."""
        low, high = self.low, self.high
        count, size = high - low, np.maximum(self._between("weight", low, high), 1)
        likely = self._between("likely", low, high)
        top, bottom = np.minimum(low + _EDGE, high), np.maximum(high - _EDGE, low)
        return [
            self._share("waste", size),
            np.rint(likely / count),
            _logged(self._between("sure", low, high) * 16),
            _logged(self._between("quite", low, high) * 16),
            self._share("article", size),
            self._share("comment", size),
            np.rint(self._between("prose", low, high) * _FULL / size),
            np.rint(self._between("cues", low, high) * _FULL / count),
            np.minimum(np.rint(self._between("ruled", low, high) * 32 / count), _FULL),
            self.odds[low],
            self.odds[high - 1],
            np.rint(self._between("likely", low, top) / _EDGE),
            np.rint(self._between("likely", bottom, high) / _EDGE),
            self.reads[self.rows] * _FULL,
        ]


def _scaled(values: Floats) -> Floats:
    return np.rint(np.clip(values, -1, 1) * _FULL)


def _logged(values: NDArray[np.generic]) -> Floats:
    """Counts of characters or lines as whole numbers up to 127."""
    told: Floats = np.minimum(np.rint(np.log2(np.asarray(values, np.float64) + 1) * 8), _FULL)
    return told
