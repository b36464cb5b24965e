"""Promises about heads with names and times that are no readers': calendars, tickers, transcripts, posts, dialogues."""

from collections.abc import Sequence
from itertools import cycle

import pytest

from cleaner.document import Document
from cleaner.filters.comments import Comments
from cleaner.pipeline.profiles import STANDARD
from cleaner.threads import is_dialogue
from tests.article import ARTICLE

SAID = [
    "You can bring the children along, and I promise that nobody will be bored.",
    "I have never seen the harbour so full! Thanks to all of you who came.",
    "What do you do when the wind turns? Ask my grandmother, she always knew.",
    "My favourite is the one about the lamp. You will laugh, I am sure.",
    "Please come early, because we have only forty chairs and no more room.",
    "I told you that it would rain, did I not? Bring your coats.",
    "Do you remember the night off the point? I will never forget it.",
    "You would not believe how good the soup was. I had three bowls of it!",
]


def below(heads: Sequence[str], gap: str = "\n\n") -> str:
    """The article with heads below it, each above something that is said."""
    return ARTICLE + gap.join(f"{head}{gap}{said}" for head, said in zip(heads, cycle(SAID), strict=False)) + "\n"


DAYS = ["3 May 2019", "9 May 2019", "16 May 2019", "24 May 2019", "2 June 2019", "11 June 2019", "20 June 2019"]
KEPT = {
    "a calendar": below([f"{day}, {17 + n % 4}:{n % 2 * 3}0" for n, day in enumerate(DAYS)]),
    "a calendar of titles": below([f"Jazz at noon\n{day} {12 + n}:{n % 2 * 3}0" for n, day in enumerate(DAYS)]),
    "a calendar of places": below([f"{day}, {17 + n % 4}:{n % 2 * 3}0, Cork Library" for n, day in enumerate(DAYS)]),
    "a ticker": below(["10:02", "10:09", "10:17", "10:31", "10:44", "10:58", "11:06", "11:13"]),
    "a ticker of the afternoon": below([f"1:{minute} pm –" for minute in ("02", "09", "17", "31", "44", "58")]),
    "a transcript": below([f"{name} {at}" for name, at in zip(["Anna Lee", "Bo Rask"] * 6, [f"{n:02}:1{n % 10}" for n in range(12)], strict=True)]),
    "a transcript with brackets": below([f"{name} (00:{n:02}:14):" for n, name in enumerate(["Anna Lee", "Bo Rask"] * 6)]),
    "embedded posts": ARTICLE + "\n\n".join(f"{said}\n\n— Ann Lee (@annlee{n}) May {n}, 2015" for n, said in enumerate(SAID, 3)),
    "quoted mail": below([f"From: Anna Lee\nDate: {day} 1{n}:{n}7\nSubject: the boat" for n, day in enumerate(DAYS)]),
    "one author's posts": below([f"by Anna Lee on {day}" for day in DAYS]),
    "a calendar in French": below([f"{day} mai 2019, {19 + n % 3} h {n % 2 * 3}0" for n, day in enumerate((3, 9, 16, 24, 28))]),
    "who has died": below([f"Ann Lee, {71 + n}\n{day}" for n, day in enumerate(DAYS)]),
    "who gave how much": below([f"Ann Lee\n€{n}50 · {n} days ago" for n in range(2, 9)]),
    "minutes of a match": below([f"{n}7' Ann Lee" for n in range(1, 8)]),
    "a history of code": below([f"Ann Lee{n} committed {n} days ago" for n in range(2, 9)]),
    "recordings": below([f"Ann Lee{n} · {n}12K views · {n} months ago" for n in range(2, 9)]),
    "a ticker that tells how long ago": below([f"{n}7 min ago" for n in range(1, 6)]),
    "stars": below([f"{sign} (July {n + 3} – August {n + 2})" for n, sign in enumerate(["Aries", "Taurus", "Leo", "Virgo", "Libra"])]),
    "mail by date": below([f"On {day}, at 9:4{n}, Ann Lee wrote:" for n, day in enumerate(DAYS)]),
    "a guest book that is quoted": ARTICLE + "\n\n".join(f"{day}\n“{said}”\nAnn Lee" for day, said in zip(DAYS, SAID, strict=False)),
    "praise": below([f"Ann Lee\n{day}" for day in DAYS]).replace("Ann Lee", "What our guests say\n\nAnn Lee", 1),
    "posts of a network": below([f"Ann Lee{n} @annlee{n} · {day}" for n, day in enumerate(DAYS)]),
    "a ship's log": below([f"{day}, 14:0{n}\n5{n}°25' N, 5°4{n}' W" for n, day in enumerate(DAYS)]),
    "a fault": below([f"{state}\n{day}, 9:4{n}" for n, (state, day) in enumerate(zip(["Resolved", "Monitoring", "Identified"] * 2, DAYS, strict=False))]),
    "where the police were": below(
        [f"{name} Street, {day}, 11:27" for name, day in zip(["Church", "Mill", "Duke", "Hope", "High", "Bridge", "North"], DAYS, strict=True)]
    ),
    "a dialogue of two": below(["Anna", "Peter"] * 9),
    "a dialogue of three": below([*["Peter", "Anna"] * 3, "Peter", "Karl", *["Anna", "Peter"] * 4, "Karl", *["Anna", "Peter"] * 2]),
}  # fmt: skip


def surely_taken(text: str) -> list[str]:
    """The threads that the filter would cut at standard."""
    spans = Comments()(Document("", text))
    return [text[span.start : span.end] for span in spans if span.code.endswith(".thread") and span.score >= STANDARD]


@pytest.mark.parametrize("kind", sorted(KEPT))
def test_no_thread_is_seen_in(kind: str) -> None:
    assert surely_taken(KEPT[kind]) == []


TIMED = [f"Wilma Lind\n{day}, 1{n}:{n}7" for n, day in enumerate(DAYS)]


def test_readers_write_at_any_minute() -> None:
    assert surely_taken(below(TIMED)) != []
    assert surely_taken(below([f"Wilma Lind\n{day} at {n + 1}:{n}9 am" for n, day in enumerate(DAYS[:6])])) != []


def test_a_count_of_comments_shows_a_thread_whatever_the_times() -> None:
    on_the_hour = [f"Wilma Lind\n{day}, 1{n}:00" for n, day in enumerate(DAYS)]
    assert surely_taken(below(on_the_hour)) == []
    assert surely_taken(below(on_the_hour).replace("Wilma Lind", "7 comments\n\nWilma Lind", 1)) != []


def test_buttons_to_reply_show_a_thread_that_tells_no_day() -> None:
    heads = [
        f"{name}\n1{n}:{n}7" for n, name in enumerate(["Wilma Lind", "Bo Rask", "Ida Holm", "Otto Vik", "Ann Lee"])
    ]
    text = ARTICLE + "\n\n".join(f"{head}\n{said}\nReply" for head, said in zip(heads, SAID, strict=False))
    assert surely_taken(text) != []


def test_readers_may_speak_of_money() -> None:
    heads = [f"Wilma Lind{n}\n{day}, 1{n}:{n}7\nI paid ${n}9 for mine, and you?" for n, day in enumerate(DAYS)]
    assert surely_taken(below(heads)) != []


def test_comments_that_lost_their_times_are_of_midnight() -> None:
    moved = [f"Wilma Lind\n{day}, 12:00 AM" for day in DAYS]
    assert surely_taken(below(moved)) != []


def test_a_dialogue_goes_to_and_fro() -> None:
    assert is_dialogue(["Anna", "Peter", "Anna", "Peter", "Anna"])
    assert not is_dialogue(["Wilma", "Bo", "Ida", "Bo", "Otto", "Ann", "Wilma"])
    assert not is_dialogue(["Anna"] * 9)
