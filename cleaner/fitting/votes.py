"""Counting the votes of sites on words, see `votes`. What is judged by votes later never had a say in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.segmentation.votes import counted

from .corpus import Corpus
from .gold import ARTICLE, BOILERPLATE, COMMENT, Gold

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Votes = NDArray[np.int8]


def site_votes(documents: Sequence[Gold], data: Corpus, folds: Ints, clean: Sequence[str]) -> tuple[Votes, Votes]:
    """The votes of sites on each code of a word, and those on each word of the corpus by others: `ON` x words.

    On boilerplate, others are all sites but the word's own; on talk and boards the sites of other folds, since
    rendered threads are made of what different sites of a fold hold. Documents of `clean` sources are no pages.
    """
    real = np.array(["#" not in gold.id for gold in documents])
    page = np.array([gold.source not in clean for gold in documents])
    talk = np.array([gold.is_talk for gold in documents])
    board = np.array([gold.kind == "forum" for gold in documents])
    document = np.repeat(np.arange(len(documents)), data.high - data.low)
    label = data.label
    left = counted(
        data.codes.astype(np.int64),
        _sites(documents)[document[_lines(data)]],
        _of_words(data, label == BOILERPLATE),
        _of_words(data, real[document] & (label <= BOILERPLATE)),
    )
    questions = (
        (label == COMMENT, (real & ~talk)[document] & ((label == ARTICLE) | (label == COMMENT))),
        (board[document], (real & page & (board | ~talk))[document] & (label != BOILERPLATE)),
    )
    others = [_by_folds(documents, data, folds[document], yes, known) for yes, known in questions]
    tables, words = zip(left, *others, strict=True)
    return np.stack(tables), np.stack(words)


def _by_folds(documents: Sequence[Gold], data: Corpus, fold: Ints, yes: Flags, known: Flags) -> tuple[Votes, Votes]:
    """The votes of all sites, and on each word those of sites of other folds."""
    line = _lines(data)
    site = _sites(documents)[np.repeat(np.arange(len(documents)), data.high - data.low)]
    code = data.codes.astype(np.int64)

    def table(lines: Flags) -> Votes:
        some = np.flatnonzero(lines[line])
        rows = line[some]
        return counted(code[some], site[rows], yes[rows], np.ones(len(some), np.bool_))[0]

    words = np.zeros(len(code), np.int8)
    for number in range(int(fold.max()) + 1):
        here = fold[line] == number
        words[here] = table(known & (fold != number))[code[here]]
    return table(known), words


def _sites(documents: Sequence[Gold]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(gold.group, len(numbers)) for gold in documents])


def _lines(data: Corpus) -> Ints:
    """The line of each word."""
    return np.repeat(np.arange(len(data.label)), data.word_count)


def _of_words(data: Corpus, lines: Flags) -> Flags:
    return np.repeat(lines, data.word_count)
