"""Whole pages made of written frames: labels stay true, folds stay apart, and every frame can be used."""

from collections import Counter

import pytest

from cleaner.fitting.gold import Gold, fold_of
from cleaner.fitting.made import whole_pages
from cleaner.fitting.pages import Frame, frames, pages, read

FOLDS = 4
ARTICLES = {frame.language: [[f"Paragraph {place} of a long story." for place in range(9)]] for frame in frames()}
BODIES = {frame.language: [[f"I was there on day {place}."] for place in range(30)] for frame in frames()}


def lines_of(frame: Frame) -> set[tuple[str, str]]:
    return {line for block in frame.blocks for line in block if line[1] not in ("article", "thread")}


def test_every_frame_is_of_a_site_of_its_own_and_has_a_place_for_an_article() -> None:
    assert max(Counter(frame.site for frame in frames()).values()) == 1
    assert not [frame.site for frame in frames() if not any(("{article}", "article") in one for one in frame.blocks)]
    assert not [frame.site for frame in frames() if not any(label == "boilerplate" for _, label in lines_of(frame))]
    assert all(line.strip() for frame in frames() for line, _ in lines_of(frame))


def test_a_line_without_a_mark_is_refused() -> None:
    with pytest.raises(ValueError, match=r"en\.pages\.txt: no mark before 'Home'"):
        read("=== A site\n\nHome\n", "en.pages.txt")


def test_pages_hold_their_frames_article_and_comments_under_true_labels() -> None:
    some = {frame.site: frame for frame in frames()}
    made = [gold for gold in pages(1, FOLDS, 60, ARTICLES, BODIES) if gold.source == "page"]
    assert len(made) == 60
    assert sum("comment" in {label for _, label in gold.lines} for gold in made) > 10
    for gold in made:
        own = {(line.lstrip(" *-•+"), label) for line, label in lines_of(some[gold.group])}
        texts = {line for line, _ in own if len(line) > 30}  # shorter ones are words of comment systems as well
        for line, label in gold.lines:
            if line.startswith("Paragraph"):
                assert label == "content"
            elif "I was there" in line:
                assert label == "comment"
            else:
                assert bool(label) == bool(line.strip())
                assert (line.lstrip(" *-•+"), label) in own or line.lstrip(" *-•+") not in texts


def test_pages_of_a_fold_are_made_of_its_frames_alone() -> None:
    every = [{gold.group for gold in pages(fold, FOLDS, 300, ARTICLES, BODIES)} for fold in range(FOLDS)]
    assert all(fold_of(site, FOLDS) == fold for fold, sites in enumerate(every) for site in sites)
    assert set().union(*every) == {frame.site for frame in frames()}


def test_the_same_documents_give_the_same_pages() -> None:
    lines = [
        (f"A paragraph of some length, number {place}, about a harbour in the north. " * 3, "content")
        for place in range(6)
    ]
    golds = [Gold("set/1", "site1.example", lines, "article", "set.resid")]
    assert whole_pages(golds, 1, FOLDS, 40) == whole_pages(golds, 1, FOLDS, 40)
