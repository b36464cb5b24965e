"""Promises about voices that an article prints or quotes: letters with towns or days, chats, mail, posts, a forum."""

from collections.abc import Sequence
from itertools import cycle

import pytest

from cleaner.document import Document
from cleaner.filters.comments import Comments
from cleaner.pipeline.profiles import STANDARD
from tests.article import ARTICLE, PARAGRAPHS

SAID = [
    "I read it twice, and you are right about the wall! Nobody ever asked us.",
    "My grandmother laid the stones. Thank you for printing her name.",
    "I do not agree with you. We need a road, and not another boat.",
    "You ask who paid for it? I did, and so did my children.",
    "Thanks to all of you who wrote. I will answer each letter.",
]
NAMES = ["Ida Holm", "Otto Vik", "Wilma Lind", "Bo Rask", "Jan Moe"]
PLACES = ["Skaw", "Lower Skaw", "Cork", "Reading", "Aachen"]


def below(heads: Sequence[str], after: str = "", gap: str = "\n") -> str:
    """The article with heads below it, each above something that is said."""
    return (
        ARTICLE
        + gap.join(f"{head}{gap}{said}" for head, said in zip(heads, cycle(SAID), strict=False))
        + f"\n{after}\n"
    )


def taken(text: str) -> list[str]:
    """The threads that the filter would cut at standard."""
    spans = Comments()(Document("d", text))
    return [text[one.start : one.end] for one in spans if one.code.endswith(".thread") and one.score >= STANDARD]


def aged(told: str) -> str:
    """Heads with ages, each above a day: what a page shows of who was asked."""
    return below(
        [told.format(name=name, age=37 + n) + f"\n{n + 3} May 2019, 1{n}:2{n}" for n, name in enumerate(NAMES)]
    )


TOWNS = [f"{name}, {place}\n{n + 3} May 2012" for n, (name, place) in enumerate(zip(NAMES, PLACES, strict=True))]
INITIALS = [f"Holm {letter}. P., Skaw\n{n + 3} May 2012" for n, letter in enumerate("ABCDE")]
DAYS = [f"{name}, {n + 3} May" for n, name in enumerate(NAMES)]
ASKED = ARTICLE + "\n".join(
    f"Question from {name}, {n + 3} May\n{said}\nAnswer\n{NAMES[n - 1]} knows, you may ask him."
    for n, (name, said) in enumerate(zip(NAMES, SAID, strict=True))
)
DAYS_FIRST = [f"{name}\nMay {n + 3}" for n, name in enumerate(NAMES)]
DAYS_FAR = [f"{name}\n5月{n + 3}日" for n, name in enumerate(["陈山", "李水", "王木", "赵火", "林土"])]
TYPED = [
    "where are you??",
    "at the pier",
    "which pier, I see nobody",
    "you see me now",
    "lol yes, wave!",
    "I did, did you not?",
]
CHAT = ARTICLE + "\n".join(
    f"09/11/2019, 18:{n}2 - {name}: {typed}" for n, (name, typed) in enumerate(zip(NAMES, TYPED, strict=False))
)
MAIL = below([f"From: {name}\nDate: {n + 3} May 1998 1{n}:{n}7" for n, name in enumerate(NAMES)])
POSTS = below([f"{name} @{name[:3].lower()}_{n}\n{n + 3} May 2019 1{n}:{n}7" for n, name in enumerate(NAMES)])
WROTE = below([f"{name} wrote:" for name in ("saltydog", "Prof_K", "saltydog", "marlin", "Prof_K")], PARAGRAPHS[3])
ESSAY = "I wrote to each of them, and they wrote back. I was asked to dinner, and I said that I would bring the dog."
QUOTED = below([f"{name} says:" for name in ("Karen1958", "Anonymous", "Karen1958")], ESSAY)
REPORTED = [PARAGRAPHS[n][: PARAGRAPHS[n].index(".") + 1] for n in range(6)]
TICKER = ARTICLE + "\n".join(
    f"{name}\n{7 - n} hours ago\n{said}"
    for n, (name, said) in enumerate(zip(["Ann Wells", "Mark Lee"] * 3, REPORTED, strict=True))
)
KEPT = {
    "readers whom an essay quotes": QUOTED,
    "two reporters": TICKER,
    "letters with towns": below(TOWNS),
    "letters with initials and towns": below(INITIALS),
    "letters of this year": below(DAYS),
    "letters of this year, the month first": below(DAYS_FIRST),
    "questions of this year": ASKED,
    "letters of this year in Chinese": below(DAYS_FAR),
    "ages in French": aged("{name}, {age} ans"),
    "ages in English": aged("{name}, {age} years old"),
    "ages in Russian": aged("{name}, {age} лет"),
    "ages in Japanese": aged("{name}（大阪府・{age}歳）"),
    "a chat": CHAT,
    "mail without subjects": MAIL,
    "posts of a network": POSTS,
    "a forum that an article quotes": WROTE,
}


@pytest.mark.parametrize("kind", sorted(KEPT))
def test_no_thread_is_seen_in(kind: str) -> None:
    assert taken(KEPT[kind]) == []


@pytest.mark.parametrize(
    "heads",
    [
        [f"{head} at 1{n}:{n}7" for n, head in enumerate(TOWNS)],  # they tell the time of day
        [f"{name}\n{n + 3} May 2012, 1{n}:{n}7" for n, name in enumerate(NAMES)],
        [f"{name}\n{n + 3} May at 1{n}:{n}7" for n, name in enumerate(NAMES)],
    ],
)
def test_heads_that_tell_the_time_are_of_a_thread(heads: Sequence[str]) -> None:
    assert taken(below(heads))


@pytest.mark.parametrize("heads", [TOWNS, DAYS_FIRST], ids=["towns", "days"])
@pytest.mark.parametrize("heading", ["5 Comments", "Reader comments"])
def test_a_heading_shows_a_thread_though_its_heads_tell_no_time(heads: Sequence[str], heading: str) -> None:
    assert taken(below([f"{heading}\n{heads[0]}", *heads[1:]]))


def test_buttons_show_a_thread_though_its_heads_tell_no_time() -> None:
    text = ARTICLE + "\n".join(f"{head}\n{said}\nReply" for head, said in zip(TOWNS, SAID, strict=True))
    assert taken(text)


@pytest.mark.parametrize(
    "after",
    [
        "",  # nothing below it
        "You are all wrong, and I have told you so for years. I was there, and I would do the same again tomorrow!",
        "Ann Lee, Skaw",
    ],
)
def test_a_thread_below_which_no_article_goes_on_goes(after: str) -> None:
    heads = [f"{name} wrote on {n + 3} May 2012:" for n, name in enumerate(NAMES)]
    assert taken(below(heads, after))


def test_a_last_comment_of_some_paragraphs_goes_with_its_thread() -> None:
    heads = [f"{name} on May {n + 3}, 2012 at 1{n}:{n}7 am" for n, name in enumerate(NAMES)]
    assert any(PARAGRAPHS[3] in one for one in taken(below(heads, "\n".join(PARAGRAPHS[3:5]))))


def test_whom_readers_follow_is_no_post_of_a_network() -> None:
    text = ARTICLE + "\n".join(
        f"{said}\nFollow @{name[:3].lower()}\n{name} on {n + 3} May 2012 at 1{n}:{n}7"
        for n, (name, said) in enumerate(zip(NAMES, SAID, strict=True))
    )
    assert taken(text)


USERS = ["skalla", "mordi_c", "heavyarms", "theemperor", "muchas"]
WROTE_BACK = [
    "There goes my wish to read it again.",
    "I WILL WAIT FOR YOU!",
    "failing all over again, lol",
    "Man, I am sad.",
    "you too?",
]


@pytest.mark.parametrize(
    "heads",
    [
        [f"{user} says:" for user in USERS * 2],  # so many that no essay quotes them
        [f"{user} added:" for user in USERS],  # as a network says it
        [f"{user} says:\n{n + 3}/V/12" for n, user in enumerate(USERS)],  # a date in an unknown form
    ],
    ids=["many", "added", "dated"],
)
def test_a_thread_whose_heads_only_say_who_speaks_goes(heads: Sequence[str]) -> None:
    assert taken(ARTICLE + "\n".join(f"{head}\n{said}" for head, said in zip(heads, WROTE_BACK * 2, strict=False)))


def test_two_readers_who_speak_to_each_other_are_no_reporters() -> None:
    heads = [f"{name}\n{7 - n} hours ago" for n, name in enumerate(["Ann Wells", "Mark Lee"] * 3)]
    assert taken(below(heads))
