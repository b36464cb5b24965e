"""Promises about an article with voices of its own, printed letters or witnesses, above what readers wrote below it."""

from collections.abc import Sequence

import pytest

from cleaner.document import Document
from cleaner.filters.comments import Comments
from cleaner.pipeline.profiles import STANDARD
from cleaner.threads import begins_below
from tests.article import ARTICLE

VOICES = [
    "I was nine when the lake came over the wall. You could row from our door to the church, and we did.",
    "My mother kept the hens in the attic, and I have never liked eggs since.",
    "Do you remember the bell? It rang by itself, because the water moved the rope.",
    "We gave the ferryman our last bread. He had none, and he had carried all of us!",
    "I found my doll in the spring, a mile away. She sits beside me while I tell you this.",
]
SAID_OF_OLD = [
    "It rained, and you sang.",
    "Who ate my bread?",
    "I did.",
    "Thank you for the wood!",
    "The roof still leaks.",
]
NAMES = ["Ida Holm", "Otto Vik", "Wilma Lind", "Bo Rask", "Ida Holm"]
SAID = [
    "Thanks for this, I had no idea!",
    "you forgot the mill",
    "My uncle was there too.",
    "lol, what mill?",
    "Great!",
]
USERS = ["nettle", "Joe 90", "nettle", "old_rower", "Deb"]
TIMED = [f"{user}\nMarch 1{n}, 2021 at {n + 2}:4{n} pm\n{said}" for n, (user, said) in enumerate(zip(USERS, SAID, strict=True))]  # fmt: skip
RECORDED = [f"{name}, born 19{n}4\nRecorded {n + 3} May 2004" for n, name in enumerate(NAMES)]
TOWNS = [f"{name}, Skaw\n{n + 3} May 2011" for n, name in enumerate(NAMES)]
ASKED = [f"{name} writes:" for name in NAMES]


def page(heads: Sequence[str], heading: str = "", comments: Sequence[str] = TIMED, gap: str = "\n") -> str:
    """The article, voices of its own below these heads, and comments below a heading."""
    own = "\n".join(f"{head}\n{voice}" for head, voice in zip(heads, VOICES, strict=True))
    return (ARTICLE + "\n".join([own, *([heading] if heading else []), *comments]) + "\n").replace("\n", gap)


def kept_and_gone(text: str) -> tuple[int, int]:
    """How many of the voices stay, and how many of the comments go, at standard."""
    cuts = [(one.start, one.end) for one in Comments()(Document("d", text)) if one.score >= STANDARD]
    voices = sum(not any(start < text.index(voice) + len(voice) and text.index(voice) < end for start, end in cuts) for voice in VOICES)  # fmt: skip
    gone = sum(any(start <= text.index(f"\n{said}\n") < end for start, end in cuts) for said in SAID)
    return voices, gone


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("heading", ["5 Comments", "Comments (5)", "6 comments", "Comments", ""])
@pytest.mark.parametrize("heads", [RECORDED, TOWNS, ASKED], ids=["recorded", "towns", "asked"])
def test_a_thread_below_the_articles_own_voices_goes_alone(heads: Sequence[str], heading: str, gap: str) -> None:
    assert kept_and_gone(page(heads, heading, gap=gap)) == (5, 5)


@pytest.mark.parametrize("heads", [RECORDED, TOWNS, ASKED], ids=["recorded", "towns", "asked"])
def test_voices_that_open_the_page_make_no_board_of_it(heads: Sequence[str]) -> None:
    """The whole thread stayed, as posts on a board do."""
    own = "\n\n".join(f"{head}\n{voice}" for head, voice in zip(heads, VOICES, strict=True))
    assert kept_and_gone("\n\n".join(["The flood of the lake", own, *TIMED]) + "\n") == (5, 5)


def test_below_a_count_the_thread_begins_though_its_heads_are_made_as_those_above() -> None:
    alike = [f"{name}\nMay {n + 3}, 2020 at {n + 7}:5{n} am" for n, name in enumerate(NAMES)]
    text = page(alike, "5 Comments")
    assert begins_below(Document("d", text)) == text[: text.index("5 Comments")].count("\n")
    assert begins_below(Document("d", page(alike, "Comments"))) is None
    assert begins_below(Document("d", page(alike, "25 Comments"))) is None


def test_comments_of_an_older_system_have_lost_their_times() -> None:
    """Their heading stands above all of them."""
    older = [f"{name}\n{n + 3} May 2011\n{voice}" for n, (name, voice) in enumerate(zip(NAMES, VOICES, strict=True))]
    text = ARTICLE + "\n".join(["10 Comments", *older, *TIMED]) + "\n"
    assert kept_and_gone(text) == (0, 5)


def test_a_count_at_the_top_of_a_page_begins_no_thread() -> None:
    byline = "Ida Holm\nMay 3, 2020 at 7:50 am\nOtto Vik\nMay 4, 2020 at 9:12 am\n"
    assert begins_below(Document("d", f"2 Comments\n{byline}{ARTICLE}")) is None


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_blank_lines_make_no_thread_longer(gap: str) -> None:
    """A first head far below the beginning of a stretch is ignored; how far, is told in lines that say something."""
    entries = [
        f"{n + 3} July 19{62 + n}\n{voice}\n{name}, Skaw"
        for n, (name, voice) in enumerate(zip(NAMES * 2, VOICES + SAID_OF_OLD, strict=True))
    ]
    text = (ARTICLE + "\n".join([*entries, *TIMED]) + "\n").replace("\n", gap)
    assert kept_and_gone(text) == (5, 5)


EDITED = {
    "ages": [f"{name}, {n + 7}1" for n, name in enumerate(NAMES)],
    "ages in brackets": [f"{name} (大阪府・{n + 3}7歳)" for n, name in enumerate(NAMES)],
    "a chat": [f"{name} 0{n}:1{n}" for n, name in enumerate(NAMES)],
    "mail": [f"From: {name}\nDate: {n + 3} May 1998 1{n}:{n}7" for n, name in enumerate(NAMES)],
    "posts of a network": [
        f"{name} @{name[:3].lower()}_{n}\n{n + 3} May 2019 1{n}:{n}7" for n, name in enumerate(NAMES)
    ],
}


@pytest.mark.parametrize("kind", sorted(EDITED))
def test_what_is_editors_keeps_no_thread_below_it(kind: str) -> None:
    """Nor is it taken for one with the thread, though no heading parts them."""
    assert kept_and_gone(page(EDITED[kind])) == (5, 5)
