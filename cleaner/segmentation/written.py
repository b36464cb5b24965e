"""Comments and articles written to be fitted on: labelled pages hold few comments, and those mostly of boards.

They were written for this, with a language model and by no template; none is taken from a page.

Most of the articles read like comments (diaries, letters, reviews) or like furniture (lists, results, programmes), so
that "I", "you", a question or a short line are no proof. The files lie beside this module, two for each language:
paragraphs are lines, texts are parted by a blank line. What lies there besides is read by `pages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

Texts = list[list[str]]  # of each text the paragraphs
FOLDER = Path(__file__).with_name("written")


class Written(NamedTuple):
    """What was written in one language; an article's first paragraph is its title."""

    comments: Texts
    articles: Texts


@cache
def written() -> Mapping[str, Written]:
    """All texts, by language code."""
    languages = sorted(path.name.split(".")[0] for path in FOLDER.glob("*.comments.txt"))
    return {code: Written(_read(f"{code}.comments.txt"), _read(f"{code}.articles.txt")) for code in languages}


def _read(name: str) -> Texts:
    text = (FOLDER / name).read_bytes().decode()
    return [block.strip("\n").split("\n") for block in text.split("\n\n") if block.strip()]
