"""How well cuts match labels: the figures of a pack, counted in characters that are not white space.

Lost prose counts for most, so it stands beside every other figure: `lost` is the share of content that was cut,
`hurt` the share of documents that lost more than a twentieth of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .gold import Gold

_WHITE = re.compile(r"\s")
Cut = tuple[int, int, bool]  # start, end in code points; whether the filter of comments asked for it


class Figures(NamedTuple):
    """What a cleaner keeps and cuts of one pack; shares, None where there is nothing to share."""

    documents: int
    keep: float | None  # F1 of what is kept against content
    comment_precision: float | None
    comment_recall: float | None
    comments: float | None  # F1 of what `comments` cut against lines labelled comment
    boilerplate: float | None  # share of boilerplate that was cut by any filter
    lost: float | None  # per cent
    hurt: float | None  # per cent

    def row(self) -> str:
        """The figures as one line of a table."""
        cells = ("-" if value is None else f"{value:.3f}" for value in self[1:])
        return f"{self.documents:>6}" + "".join(f"{cell:>9}" for cell in cells)


HEADER = f"{'docs':>6}" + "".join(f"{name:>9}" for name in ("keepF", "comP", "comR", "comF", "boilR", "lost%", "hurt%"))


def score(pairs: Iterable[tuple[Gold, Sequence[Cut]]]) -> Figures:
    """Figures over documents with the cuts that were made in them; cuts may overlap."""
    kept = dict.fromkeys(("content", "comment", "boilerplate"), 0)
    total = dict(kept)
    talk = dict(kept)
    documents = hurt = with_content = 0
    for gold, cuts in pairs:
        documents += 1
        before = kept["content"], total["content"]
        _count(gold, cuts, kept, total, talk)
        content = total["content"] - before[1]
        if content:
            with_content += 1
            hurt += kept["content"] - before[0] < 0.95 * content
    precision = _share(kept["content"], sum(kept.values()))
    recall = _share(kept["content"], total["content"])
    comment_precision = _share(talk["comment"], sum(talk.values()))
    comment_recall = _share(talk["comment"], total["comment"])
    return Figures(
        documents, _f1(precision, recall), comment_precision, comment_recall, _f1(comment_precision, comment_recall),
        _share(total["boilerplate"] - kept["boilerplate"], total["boilerplate"]),
        None if recall is None else 100 * (1 - recall), _share(100 * hurt, with_content),
    )  # fmt: skip


def _count(gold: Gold, cuts: Sequence[Cut], kept: dict[str, int], total: dict[str, int], talk: dict[str, int]) -> None:
    text = gold.text()
    mark = bytearray(len(text))
    for start, end, comments in sorted(cuts, key=lambda cut: cut[2]):
        mark[start:end] = (b"\2" if comments else b"\1") * (end - start)
    at = 0
    for line, label in gold.lines:
        if label in kept:
            here = mark[at : at + len(line)]
            white = [place.start() for place in _WHITE.finditer(line)]
            total[label] += len(line) - len(white)
            kept[label] += here.count(0) - sum(here[place] == 0 for place in white)
            talk[label] += here.count(2) - sum(here[place] == 2 for place in white)
        at += len(line) + 1


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f1(precision: float | None, recall: float | None) -> float | None:
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
