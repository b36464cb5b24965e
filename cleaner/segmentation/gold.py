"""Labelled documents for fitting: read from packs, and made from them.

A pack is JSON lines, `{"id", "domain", "lines": [[line, label], ...]}`, gzip allowed; labels are content,
comment, boilerplate, unknown and "" for a blank line.
"""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from .render import Labelled, article_and_thread, board, interview

ARTICLE, BOILERPLATE, COMMENT, NO_COMMENT, IGNORE = range(5)
_CODES = {"content": ARTICLE, "boilerplate": BOILERPLATE, "comment": COMMENT, "unknown": NO_COMMENT}


class Gold(NamedTuple):
    """A labelled document. `group` is what cross-validation keeps together: the site, mostly."""

    id: str
    group: str
    lines: Labelled
    kind: str
    source: str
    weight: float = 1.0

    def text(self) -> str:
        return "\n".join(line for line, _ in self.lines)

    def codes(self) -> list[int]:
        codes = [_CODES.get(label, IGNORE) for _, label in self.lines]
        if self.kind in TALK:  # on a forum page silver labels call a post now content and now a comment
            codes = [IGNORE if code == COMMENT else code for code in codes]
        return codes


TALK = ("forum", "product", "listing", "documentation")


def read_pack(path: Path) -> Iterator[Gold]:
    """The documents of one pack. Carriage returns inside a line count as spaces."""
    opener = gzip.open if path.suffix == ".gz" else open
    source = path.name.split(".jsonl")[0]
    with opener(path, "rb") as handle:
        for row in handle:
            data = json.loads(row)
            lines = [(line.replace("\r", " ").replace("\n", " "), label) for line, label in data["lines"]]
            group = data.get("domain") or data["id"]
            yield Gold(data["id"], group, lines, data.get("kind") or "", source)


def fold_of(group: str, folds: int) -> int:
    """Which fold of a cross-validation a site belongs to: the same on every machine."""
    return zlib.crc32(group.encode()) % folds


def _only(gold: Gold, labels: Iterable[str], name: str) -> Gold | None:
    """The document as a cleaner would leave it: lines of other labels cut, with the blank lines after them."""
    wanted = set(labels)
    kept: Labelled = []
    cut = False
    for line, label in gold.lines:
        if not label:
            if not cut:
                kept.append((line, label))
            continue
        cut = label not in wanted
        if not cut:
            kept.append((line, label))
    return gold._replace(id=f"{gold.id}#{name}", lines=kept) if kept else None


def _bodies(gold: Gold) -> list[list[str]]:
    """Comment bodies: runs of talk without the heads, dates and buttons around them."""
    if "full" in gold.source:
        return []  # whole pages label forms and buttons as comments too
    wanted = "content" if gold.kind == "forum" else "comment"
    out: list[list[str]] = []
    open_run = False
    for line, label in gold.lines:
        text = line.strip().lstrip("•*- ")
        if not label:
            continue
        wordy = len(text) >= 25 and sum(c.isdigit() for c in text) < 0.12 * len(text)
        if label == wanted and wordy and not text.endswith((":", "says", "Reply")):
            if open_run and len(out[-1]) < 4 and len(text) > 60:
                out[-1].append(text)
            else:
                out.append([text])
            open_run = True
        else:
            open_run = False
    return out


def _articles(golds: Sequence[Gold]) -> list[tuple[Gold, list[str]]]:
    out = []
    for gold in golds:
        if gold.kind in TALK or "full" in gold.source:
            continue
        lines = [line.strip() for line, label in gold.lines if label == "content"]
        if len(lines) >= 4 and sum(map(len, lines)) > 600:
            out.append((gold, lines))
    return out


def augment(golds: Sequence[Gold], seed: int, threads: int, interviews: int, crowded: bool = False) -> list[Gold]:
    """More documents out of some: cleaned ones, articles with their comments alone, and rendered threads.

    Everything made of a document stays in its group; bodies and articles meet only within `golds`.
    """
    rng = random.Random(seed)
    out: list[Gold] = []
    for gold in golds:
        if "full" in gold.source or gold.source.startswith(("books", "manuals", "udhr", "pud")):
            continue
        labels = {label for _, label in gold.lines}
        talk = "comment" in labels and gold.kind not in TALK
        if "content" in labels and "trafeval" not in gold.source and rng.random() < 0.5:
            out += filter(None, [_only(gold, ("content",), "cleaned")])
        if talk and "trafeval" not in gold.source:
            out += filter(None, [_only(gold, ("content", "comment"), "talk")])
        if talk and "trafeval" in gold.source:
            out += filter(None, [_only(gold, ("content", "unknown"), "quiet")])
    bodies = {tuple(body): body for gold in golds for body in _bodies(gold)}  # three extractors give the same ones
    pool = list(bodies.values())
    articles = _articles(golds)
    if not pool or not articles:
        return out
    for number in range(threads):
        gold, article = rng.choice(articles)
        at = rng.randrange(len(pool))
        size = min(int(rng.lognormvariate(2.2, 1.3)) + 1, 250)  # a few threads are very long
        some = pool[at : at + size] if rng.random() < 0.7 else rng.sample(pool, min(size, len(pool)))
        if rng.random() < 0.08:
            some.insert(rng.randint(0, len(some)), rng.choice(articles)[1][:12])  # someone pastes an article
        after = [line.strip() for line, label in gold.lines if label == "boilerplate"][-8:]
        cut = article if rng.random() < 0.55 else article[: rng.randint(2, min(30, max(3, len(article))))]
        language = "en" if rng.random() < 0.5 else None
        lines = article_and_thread(rng, cut, some if rng.random() < 0.85 else [], language, after, crowded)
        out.append(Gold(f"{gold.id}#thread{number}", gold.group, lines, "", "rendered"))
    for number in range(interviews):
        gold, article = rng.choice(articles)
        paragraphs = [line for line in article if len(line) > 40][:40]
        if len(paragraphs) >= 4:
            out.append(Gold(f"{gold.id}#talk{number}", gold.group, interview(rng, paragraphs), "", "interview"))
    return out


def boards(golds: Sequence[Gold], seed: int, count: int) -> list[Gold]:
    """Boards rendered of the bodies that some documents hold: what heads look like where posts are the content."""
    rng = random.Random(seed)
    groups = {tuple(body): gold.group for gold in golds for body in _bodies(gold)}
    pool = [list(body) for body in groups]
    if not pool:
        return []
    out = []
    for number in range(count):
        at, size = rng.randrange(len(pool)), min(int(rng.lognormvariate(1.8, 0.9)) + 2, 60)
        some = pool[at : at + size]
        lines = board(rng, some, "en" if rng.random() < 0.5 else None)
        out.append(Gold(f"board{seed}.{number}", groups[tuple(some[0])], lines, "forum", "board"))
    return out
