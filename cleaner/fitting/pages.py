"""Whole pages made of written frames: menus, teasers, sidebars, notes and forms around articles of labelled pages.

Labelled whole pages are of some sites of recent years. A frame is everything of a page but the paragraphs of its
article and its comments. Frames lie in `written/`, each line with a mark before it; "{article}" and "{thread}" stand
for what is put in.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from .gold import Gold, fold_of
from .render import Labelled, thread
from .written import FOLDER, Texts

_LABELS = {"- ": "boilerplate", "+ ": "content", "? ": "unknown", "> ": "comment"}
_ARTICLE, _THREAD = ("{article}", "article"), ("{thread}", "thread")
_NEAR = 3  # blocks on either side of an article that extractors mostly leave in
_LEAST, _MOST = 3, 40  # lines of an article on a page, where it is as long
_MOST_TOGETHER = 8  # lines of a list
_SHORT = 40  # characters of a line that may be an item of a menu
Block = list[tuple[str, str]]


class Frame(NamedTuple):
    """A page without its article: blocks of lines with their labels, among them places for article and thread."""

    site: str
    language: str
    blocks: list[Block]

    def alone(self) -> Gold:
        """Its own lines as a document."""
        lines: Labelled = []
        for block in self.blocks:
            own = [line for line in block if line not in (_ARTICLE, _THREAD)]
            lines += [*own, ("", "")] if own else []
        return Gold(f"written/{self.site}", self.site, lines, "article", "frame")


@cache
def frames() -> Sequence[Frame]:
    """All frames. Raises ValueError for a line without a mark, with its file."""
    files = sorted(FOLDER.glob("*.pages.txt"))
    return [frame for path in files for frame in read(path.read_bytes().decode(), path.name)]


def read(text: str, name: str) -> list[Frame]:
    """The frames of one file; `name` begins with the code of their language. Raises ValueError, see `frames`."""
    found: list[Frame] = []
    for line in text.split("\n"):
        if line.startswith("=== "):
            found.append(Frame(line[4:], name.split(".")[0], [[]]))
        elif not line:
            if found and found[-1].blocks[-1]:
                found[-1].blocks.append([])
        elif line in (_ARTICLE[0], _THREAD[0]):
            found[-1].blocks[-1].append(_ARTICLE if line == _ARTICLE[0] else _THREAD)
        elif (label := _LABELS.get(line[:2])) is not None:
            found[-1].blocks[-1].append((line[2:], label))
        else:
            raise ValueError(f"{name}: no mark before {line!r}")
    return found


def pages(
    fold: int, folds: int, count: int, articles: dict[str, list[list[str]]], bodies: dict[str, Texts]
) -> list[Gold]:
    """Documents made of one fold's frames, in turn, and articles and comments of it, both by language.

    A page is of its frame's site. A frame whose language has no articles is left out.
    """
    rng = random.Random(f"pages {fold}")
    own = [one for one in frames() if fold_of(one.site, folds) == fold and articles.get(one.language)]
    out = [frame.alone() for frame in own]
    for number in range(count if own else 0):
        frame = own[number % len(own)]
        article = rng.choice(articles[frame.language])[: rng.randint(_LEAST, _MOST)]
        lines = _page(rng, frame, article, bodies.get(frame.language, []))
        out.append(Gold(f"written/{frame.site}#page{number}", frame.site, lines, "article", "page"))
    return out


def _page(rng: random.Random, frame: Frame, article: list[str], bodies: Texts) -> Labelled:
    blocks = [piece for block in frame.blocks for piece in _pieces(rng, block)]
    if rng.random() < 0.5:
        blocks = _extracted(rng, blocks)
    sheet = _Sheet(rng)
    parts = iter(_parts(rng, article, sum(_ARTICLE in block for block in blocks)))
    headed = False
    for block in blocks:
        for line, label in block if _ARTICLE in block else sheet.dressed(block):
            if (line, label) == _ARTICLE:
                sheet.put([(paragraph, "content") for paragraph in next(parts, [])], rng.random() < 0.7)
            elif (line, label) == _THREAD:
                sheet.lines += _thread(rng, frame.language, bodies, article[0], headed)
            else:
                headed = headed or label == "comment"
                sheet.put([(line, label)])
        sheet.end_block()
    return sheet.lines


def _pieces(rng: random.Random, block: Block) -> list[Block]:
    """A block cut where its labels change, and into a few lines each where it runs on: many have no blank lines."""
    pieces: list[Block] = []
    for label, run in groupby(block, key=itemgetter(1)):
        lines = list(run)
        while len(lines) > _MOST_TOGETHER and label == "boilerplate":
            size = rng.randint(2, _MOST_TOGETHER)
            pieces.append(lines[:size])
            lines = lines[size:]
        pieces.append(lines)
    return pieces


def _extracted(rng: random.Random, blocks: list[Block]) -> list[Block]:
    """The blocks that extractors of articles leave: what clings to the article, and of the rest a few."""
    places = [place for place, block in enumerate(blocks) if _ARTICLE in block or _THREAD in block]
    first, last = min(places, default=0), max(places, default=0)
    few = rng.choice([0.0, 0.1, 0.3])
    return [
        block
        for place, block in enumerate(blocks)
        if first <= place <= last or rng.random() < (0.8 if first - _NEAR <= place <= last + _NEAR else few)
    ]


def _parts(rng: random.Random, article: list[str], count: int) -> list[list[str]]:
    """The article cut at random into as many parts as a page has places for it."""
    cuts = sorted(rng.sample(range(1, len(article)), min(count, len(article)) - 1)) if count > 1 else []
    return [article[low:high] for low, high in zip([0, *cuts], [*cuts, len(article)], strict=True)]


def _thread(rng: random.Random, language: str, bodies: Texts, title: str, headed: bool) -> Labelled:
    if not bodies:
        return []
    size = min(int(rng.lognormvariate(1.8, 1.1)) + 1, 80)
    at = rng.randrange(len(bodies))
    return thread(rng, bodies[at : at + size], title, language, headed=0.0 if headed else 0.42)


class _Sheet:
    """The lines of one page as they are written, with its own habits of lists, joined lines and blank lines."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._bullet = rng.choice(["", "", "", "* ", "  * ", "- ", "+ ", "• "])
        self._join = rng.choice(["", "", " ", " | ", "  "])
        self._blank = rng.choice([0, 1, 1, 2])  # none, between blocks, around all lines
        self.lines: Labelled = []

    def dressed(self, block: Block) -> Block:
        """A block's short lines of furniture as a list, or all on one line."""
        short = all(label == "boilerplate" and len(line) < _SHORT for line, label in block)
        if not short or len(block) < 2:
            return block
        if self._join and self._rng.random() < 0.5:
            return [(self._join.join(line for line, _ in block), "boilerplate")]
        return [(self._bullet + line.lstrip("*-•+ "), label) for line, label in block]

    def put(self, lines: Labelled, spaced: bool = False) -> None:
        """Writes lines; `spaced`: with a blank line after each."""
        for line in lines:
            self.lines.append(line)
            if spaced or self._blank == 2:
                self.lines.append(("", ""))

    def end_block(self) -> None:
        """Writes a blank line where this page parts its blocks."""
        if self._blank == 1 and self.lines and self.lines[-1][0]:
            self.lines.append(("", ""))
