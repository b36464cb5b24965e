"""Documents made of labelled ones: cleaned ones, articles with nothing but their comments, rendered threads and boards.

Labelled threads are few, of few systems and mostly English; bodies of boards are many. So bodies of both, and those
written in many languages, are put under articles in the forms of many systems. They go under articles of others; those
of written conversations go under their own article.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .gold import TALK, Gold, fold_of
from .pages import pages
from .render import Labelled, article_and_thread, board, interview
from .written import written


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
    if gold.is_whole:
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
        if gold.is_talk or gold.is_whole:
            continue
        lines = [line.strip() for line, label in gold.lines if label == "content"]
        if len(lines) >= 4 and sum(map(len, lines)) > 600:
            out.append((gold, lines))
    return out


class _Pool(NamedTuple):
    """What threads are rendered of: comments, and articles to put them under, in one language or in several."""

    language: str | None
    bodies: list[list[str]]
    articles: list[tuple[Gold, list[str]]]


class Made(NamedTuple):
    """How many documents of a fold are rendered."""

    threads: int  # comments below any article
    conversations: int  # below their own
    interviews: int


def augment(golds: Sequence[Gold], fold: int, folds: int, made: Made, crowded: bool = False) -> list[Gold]:
    """More documents out of those of one fold: cleaned ones, articles with their comments alone, rendered threads.

    Everything made of a document stays in its group; bodies and articles meet only within `golds` and what was
    `written` for this fold.
    """
    rng = random.Random(fold)
    out = [cut for gold in golds for cut in _by_cutting(rng, gold)]
    own = _written_for(fold, folds)
    out += [gold for texts in own.values() for gold, _ in texts.articles]
    out += _all_content(fold, folds)
    out += _conversations(random.Random(f"conversations {fold}"), fold, folds, made.conversations, crowded)
    found = _Pool(None, _all_bodies(golds), _articles(golds))
    if not found.bodies or not found.articles:
        return out
    pools = _pools(golds, own, found)
    for number in range(made.threads):
        out.append(_rendered(rng, _drawn(rng, pools), number, crowded))
    for number in range(made.interviews):
        gold, article = rng.choice(found.articles)
        paragraphs = [line for line in article if len(line) > 40][:40]
        if len(paragraphs) >= 4:
            out.append(Gold(f"{gold.id}#talk{number}", gold.group, interview(rng, paragraphs), "", "interview"))
    return out


def _by_cutting(rng: random.Random, gold: Gold) -> Iterable[Gold]:
    if gold.is_whole or gold.is_clean:
        return
    labels = {label for _, label in gold.lines}
    talk = "comment" in labels and gold.kind not in TALK
    silver = gold.is_silver
    wanted = [
        ("cleaned", ("content",), "content" in labels and not silver and rng.random() < 0.5),
        ("talk", ("content", "comment"), talk and not silver),
        ("quiet", ("content", "unknown"), talk and silver),
    ]
    for name, kept, make in wanted:
        made = _only(gold, kept, name) if make else None
        if made is not None:
            yield made


def _written_for(fold: int, folds: int) -> dict[str, _Pool]:
    """What `written` holds, a part for each fold. An article's title is its group."""
    out = {}
    for language, texts in written().items():
        here = [text for text in texts.articles if fold_of(text[0], folds) == fold]
        golds = [_article(f"{language}/{number}", text) for number, text in enumerate(here)]
        bodies = [text for text in texts.comments if fold_of(text[0], folds) == fold]
        out[language] = _Pool(language, bodies, list(zip(golds, here, strict=True)))
    return out


def _article(name: str, text: list[str]) -> Gold:
    return Gold(f"written/{name}", text[0], [(line, "content") for line in text], "article", "written")


def _all_content(fold: int, folds: int) -> list[Gold]:
    """What was written that is nothing but content, and below which no thread stands."""
    return [
        _article(f"{language}/content{number}", text)
        for language, texts in written().items()
        for number, text in enumerate(texts.content)
        if fold_of(text[0], folds) == fold
    ]


def _conversations(rng: random.Random, fold: int, folds: int, count: int, crowded: bool) -> list[Gold]:
    """The fold's written conversations, in turn, many without the end of either part."""
    own = [
        (language, one)
        for language, texts in written().items()
        for one in texts.conversations
        if fold_of(one.article[0], folds) == fold
    ]
    out = []
    for number in range(count if own else 0):
        language, (article, comments) = own[number % len(own)]
        some = comments if rng.random() < 0.5 else comments[: rng.randint(0, len(comments))]
        shown = article if rng.random() < 0.7 else article[: rng.randint(2, max(2, len(article)))]
        lines = article_and_thread(rng, shown, some, language, [], crowded)
        out.append(Gold(f"written/{article[0]}#said{number}", article[0], lines, "", "rendered"))
    return out


def _pools(golds: Sequence[Gold], own: dict[str, _Pool], found: _Pool) -> dict[str | None, _Pool]:
    """By language what threads are made of; under None what labelled pages hold, whatever their language."""
    pools: dict[str | None, _Pool] = {None: found}
    for language, texts in own.items():
        articles = texts.articles + [
            (gold, [line.strip() for line, label in gold.lines if label == "content"])
            for gold in golds
            if gold.source == "pud" and f"/{language}/" in gold.id
        ]
        if texts.bodies and articles:
            pools[language] = texts._replace(articles=articles)
    return pools


def _drawn(rng: random.Random, pools: dict[str | None, _Pool]) -> _Pool:
    """Two in five threads of what was found, a quarter English ones, the rest all other languages alike."""
    found, others = pools[None], [code for code in pools if code not in (None, "en")]
    dice = rng.random()
    if dice < 0.4 or len(pools) == 1:
        return found._replace(language="en" if rng.random() < 0.5 else None)
    if dice < 0.65 or not others:
        english = pools["en"]
        bodies = (
            english.bodies
            if rng.random() < 0.6
            else english.bodies + rng.sample(found.bodies, min(40, len(found.bodies)))
        )
        return _Pool("en", bodies, found.articles if rng.random() < 0.7 else english.articles)
    return pools[rng.choice(others)]


def _rendered(rng: random.Random, pool: _Pool, number: int, crowded: bool) -> Gold:
    gold, article = rng.choice(pool.articles)
    size = min(int(rng.lognormvariate(2.2, 1.3)) + 1, 250)  # a few threads are very long
    if rng.random() < 0.7:
        at = rng.randrange(len(pool.bodies))
        some = pool.bodies[at : at + size]
    else:
        some = rng.sample(pool.bodies, min(size, len(pool.bodies)))
    if rng.random() < 0.08:
        some.insert(rng.randint(0, len(some)), rng.choice(pool.articles)[1][:12])  # someone pastes an article
    after = [line.strip() for line, label in gold.lines if label == "boilerplate"][-8:]
    cut = article if rng.random() < 0.55 else article[: rng.randint(2, min(30, max(3, len(article))))]
    lines = article_and_thread(rng, cut, some if rng.random() < 0.85 else [], pool.language, after, crowded)
    return Gold(f"{gold.id}#thread{number}", gold.group, lines, "", "rendered")


def _all_bodies(golds: Sequence[Gold]) -> list[list[str]]:
    return list(
        {tuple(body): body for gold in golds for body in _bodies(gold)}.values()
    )  # three extractors give the same ones


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
        out.append(Gold(f"board{seed}#{number}", groups[tuple(some[0])], lines, "forum", "board"))
    return out


def whole_pages(golds: Sequence[Gold], fold: int, folds: int, count: int) -> list[Gold]:
    """Pages made of one fold's written frames, and of articles and comments that `golds` and `written` hold for it."""
    own = _written_for(fold, folds)
    articles = {code: [article for _, article in texts.articles] for code, texts in own.items()}
    bodies = {code: texts.bodies for code, texts in own.items()}
    articles["en"] += [article for gold, article in _articles(golds) if gold.is_extracted]
    return pages(fold, folds, count, articles, bodies)
