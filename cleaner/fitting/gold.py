"""Labelled documents for fitting, read from packs.

A pack is JSON lines, `{"id", "domain", "lines": [[line, label], ...]}`, gzip allowed; labels are content,
comment, boilerplate, unknown and "" for a blank line.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .render import Labelled

ARTICLE, BOILERPLATE, COMMENT, NO_COMMENT, IGNORE = range(5)
_CODES = {"content": ARTICLE, "boilerplate": BOILERPLATE, "comment": COMMENT, "unknown": NO_COMMENT}

LABELS = frozenset({*_CODES, ""})


class Gold(NamedTuple):
    """A labelled document. `group` is what cross-validation keeps together: the site, mostly."""

    id: str
    group: str
    lines: Labelled
    kind: str
    source: str

    @property
    def is_whole(self) -> bool:
        """A whole page, with all its menus, which other packs extract from."""
        return "full" in self.source

    @property
    def is_extracted(self) -> bool:
        """What an extractor left of a page."""
        return "resid" in self.source

    @property
    def is_clean(self) -> bool:
        """A text that is all content."""
        return self.source in CLEAN

    @property
    def is_silver(self) -> bool:
        """Labelled by a program, not by people."""
        return "trafeval" in self.source

    @property
    def is_talk(self) -> bool:
        """A page of posts, products or links, on which nothing tells content from the rest."""
        return self.kind in TALK

    def text(self) -> str:
        """The document as its lines are joined."""
        return "\n".join(line for line, _ in self.lines)

    def codes(self) -> list[int]:
        """The label of each line as a number; `IGNORE` where it says nothing."""
        codes = [_CODES.get(label, IGNORE) for _, label in self.lines]
        if self.is_talk:  # on a forum page silver labels call a post now content and now a comment
            codes = [IGNORE if code == COMMENT else code for code in codes]
        return codes


CLEAN = ("books", "manuals", "pud", "udhr")  # sources in which everything is content
TALK = ("forum", "product", "listing", "documentation")


def read_pack(path: Path) -> Iterator[Gold]:
    """The documents of one pack. Carriage returns inside a line count as spaces.

    Raises ValueError for a label that is none.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    source = path.name.split(".jsonl")[0]
    with opener(path, "rb") as handle:
        for row in handle:
            data = json.loads(row)
            lines = [(line.replace("\r", " ").replace("\n", " "), label) for line, label in data["lines"]]
            strange = next((label for _, label in lines if label not in LABELS), None)
            if strange is not None:
                raise ValueError(f"a label is content, comment, boilerplate, unknown or empty, not {strange!r}")
            group = data.get("domain") or data["id"]
            yield Gold(data["id"], group, lines, data.get("kind") or "", source)


def fold_of(group: str, folds: int) -> int:
    """Which fold of a cross-validation a site belongs to: the same on every machine."""
    return zlib.crc32(group.encode()) % folds
