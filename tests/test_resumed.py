"""Promises about an article with a section of comments of its own, below which it goes on."""

import pytest

from cleaner import clean
from tests.article import ARTICLE

LETTERS = [
    ("Mrs J. Alder, Ford House", "The lane floods every winter, and you cannot pass. Will you listen this time?"),
    ("P. Duckworth", "I support this! My two children cannot afford to live here."),
    ("Harrow Cricket Club", "We ask for a net, please. The ball has gone into your field since 1921."),
    ("R. T. Simms", "I own the field, and I would like to see it used before I go."),
]
DAYS = ["12 March 2019", "14 March 2019", "14 March 2019", "21 March 2019"]
SAID = ["Nobody asked the newts!", "You forgot the school bus.", "lol, what bus?"]
THREAD = "\n\n".join(f"river_{n}\nMay {n + 3}, 2020 at {n + 2}:1{n} pm\n{said}" for n, said in enumerate(SAID))
END = (
    "The engineers raised the road at the ford by a foot, which took the objection of the parish away, and two nights were "
    "spent at the pond in April, where newts of the smooth kind alone were found, and a net of eight metres was proposed."
)


def section(heading: str, answer: str = "") -> str:
    told = "".join(f"{name}\n{day}\n{text}\n\n{answer}" for (name, text), day in zip(LETTERS, DAYS, strict=True))
    return f"{ARTICLE.strip()}\n\n{heading}\n\nThirty letters came; these raise what matters.\n\n{told}"


@pytest.mark.parametrize("heading", ["Comments", "Responses"])
def test_a_section_of_comments_stays_with_the_article_that_goes_on_below_it(heading: str) -> None:
    text = f"{section(heading)}The road and the pond\n\n{END}\n"
    assert clean(text).text == text


def test_a_thread_further_down_goes_alone() -> None:
    text = f"{section('Comments')}The road and the pond\n\n{END}\n\n"
    assert clean(f"{text}3 Comments\n\n{THREAD}\n").text == text


def test_voices_that_somebody_answers_each_time_are_the_articles() -> None:
    text = section("Comments", "Answer of the council\nThe field lies outside of the plan of 2011.\n\n")
    assert clean(text).text == text


def test_a_thread_with_days_alone_goes_where_nothing_follows() -> None:
    kept = clean(section("Comments")).text
    assert not any(text in kept for _, text in LETTERS)


def test_minutes_that_tell_what_was_asked_are_no_board() -> None:
    """ "Asked when the lamp would be repaired." was taken for the mark of a board, whose posts stay."""
    minutes = "Asked when the lamp would be mended.\n\nAsked who had the key.\n\n"
    text = f"{ARTICLE.strip()}\n\n{minutes}"
    assert clean(f"{text}Comments (3)\n\n{THREAD}\n").text == text
