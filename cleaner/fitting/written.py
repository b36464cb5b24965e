"""Comments and articles written to be fitted on: labelled pages hold few comments, and those mostly of boards.

They were written for this, with a language model and by no template; none is taken from a page.

Most of the articles read like comments (diaries, letters, reviews) or like furniture (lists, results, programmes), so
that "I", "you", a question or a short line are no proof. Below articles of other people, comments change the subject;
in conversations they stand below the article that they talk about, and answer each other. What reads still more like
furniture or like a thread, and is all content (price lists, answers on a board, minutes), is under `content`.

The files lie beside this module: paragraphs are lines, texts are parted by a blank line, and a conversation begins with
"=== " and the title of its article. What lies there besides is read by `pages`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

Texts = list[list[str]]  # of each text the paragraphs
FOLDER = Path(__file__).with_name("written")
_OPENS = "=== "


class Conversation(NamedTuple):
    """An article, its title first, and what its readers said of it."""

    article: list[str]
    comments: Texts


class Written(NamedTuple):
    """What was written in one language; an article's first paragraph is its title."""

    comments: Texts
    articles: Texts
    content: Texts
    conversations: list[Conversation]


@cache
def written() -> Mapping[str, Written]:
    """All texts, by language code."""
    languages = sorted(path.name.split(".")[0] for path in FOLDER.glob("*.comments.txt"))
    return {
        code: Written(
            _read(f"{code}.comments.txt"),
            _read(f"{code}.articles.txt"),
            _read(f"{code}.content.txt"),
            _conversations(f"{code}.conversations.txt"),
        )
        for code in languages
    }


def _read(name: str) -> Texts:
    """The texts of a file; none where nobody wrote any."""
    path = FOLDER / name
    text = path.read_bytes().decode() if path.exists() else ""
    return [block.strip("\n").split("\n") for block in text.split("\n\n") if block.strip()]


def _conversations(name: str) -> list[Conversation]:
    found: list[Conversation] = []
    for text in _read(name):
        if text[0].startswith(_OPENS):
            found.append(Conversation([text[0].removeprefix(_OPENS), *text[1:]], []))
        else:
            found[-1].comments.append(text)
    return found


def notice_lines() -> list[tuple[str, bool]]:
    """Lines written to tell notices from what articles say, and whether each is a notice. Raises ValueError for a line
    without its mark, with its file.
    """
    found: list[tuple[str, bool]] = []
    for path in sorted(FOLDER.glob("*.notices.txt")):
        for line in path.read_bytes().decode().split("\n"):
            if line and line[:2] not in ("+ ", "- "):
                raise ValueError(f"{path.name}: a line without its mark: {line[:40]!r}")
            if line:
                found.append((line[2:], line[0] == "+"))
    return found
