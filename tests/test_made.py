"""What documents are made of labelled ones and of texts written for it: labels stay true, and folds stay apart."""

from collections import Counter

import pytest

from cleaner.fitting.gold import Gold, fold_of
from cleaner.fitting.made import Made, augment, boards
from cleaner.fitting.phrases import LANGUAGES
from cleaner.fitting.written import written

FOLDS = 4


def labelled(number: int) -> Gold:
    """A page with an article, a footer and some comments."""
    article = [
        (f"Paragraph {place} of article {number}, which tells at some length of a harbour. " * 3, "content")
        for place in range(6)
    ]
    talk = [
        (f"I was there on day {place} of {number} and it was not like that at all, sorry to say.", "comment")
        for place in range(4)
    ]
    return Gold(
        f"set/{number}",
        f"site{number}.example",
        [*article, ("Share this", "boilerplate"), *talk],
        "article",
        "set.resid",
    )


PAGES = [page for page in map(labelled, range(60)) if fold_of(page.group, FOLDS) == 1]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_that_threads_are_rendered_in_has_texts(language: str) -> None:
    comments, articles, content, conversations = written()[language]
    said = [text for one in conversations for text in (one.article, *one.comments)]
    texts = ["\n".join(text) for text in (*comments, *articles, *content, *(one.article for one in conversations))]
    assert len(comments) >= 30
    assert len(articles) >= 5
    assert not [text for text, count in Counter(texts).items() if count > 1]
    assert all(line == line.strip() and line for text in (*comments, *articles, *content, *said) for line in text)
    assert all(len(article) >= 5 for article in articles)
    assert all(len(one.article) >= 2 and one.comments for one in conversations)


def test_made_documents_stay_in_the_fold_of_what_they_are_made_of() -> None:
    made = augment(PAGES, 1, FOLDS, Made(200, 20, 20))
    assert {fold_of(gold.group, FOLDS) for gold in made} == {1}
    other = {
        line for texts in written().values() for text in texts.comments if fold_of(text[0], FOLDS) != 1 for line in text
    }
    lines = [line.strip().lstrip("-*• ") for gold in made for line, _ in gold.lines]
    assert not other.intersection(line for line in lines if len(line) > 40)


def test_threads_of_many_languages_stand_below_articles_of_the_same() -> None:
    made = [gold for gold in augment(PAGES, 1, FOLDS, Made(400, 0, 0)) if gold.source == "rendered"]
    assert len(made) == 400
    languages = {gold.id.split("/")[1] for gold in made if gold.id.startswith("written/")}
    assert len(languages) > 5
    for gold in made:
        labels = [label for _, label in gold.lines if label]
        assert labels[0] == "content"
        assert set(labels) <= {"content", "comment", "boilerplate"}
        if "comment" in labels:
            assert "content" not in labels[labels.index("comment") :]


def test_conversations_stand_below_the_article_that_they_talk_about() -> None:
    made = [gold for gold in augment(PAGES, 1, FOLDS, Made(0, 300, 0)) if gold.source == "rendered"]
    assert len(made) == 300
    own = {one.article[0]: one for texts in written().values() for one in texts.conversations}
    found = 0
    for gold in made:
        article, comments = own[gold.group]
        content = [line for line, label in gold.lines if label == "content"]
        assert content == article[: len(content)]
        bodies = [line for text in comments for line in text if len(line) > 60]
        others = {line for one in own.values() if one.article != article for text in one.comments for line in text}
        said = [line for line, label in gold.lines if label == "comment" and len(line) > 90]
        found += any(line.endswith(tuple(bodies)) for line in said)
        assert others.isdisjoint(said)
    assert found > 200


def test_the_same_documents_give_the_same_made_ones() -> None:
    assert augment(PAGES, 1, FOLDS, Made(50, 10, 10)) == augment(PAGES, 1, FOLDS, Made(50, 10, 10))


def test_posts_of_boards_are_content() -> None:
    made = boards(PAGES, 1, 30)
    assert len(made) == 30
    assert all({label for _, label in gold.lines if label} == {"content"} for gold in made)
