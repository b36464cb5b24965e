"""What only the segmentation takes for a thread or for boilerplate stays where it reads like the article's own."""

import pytest

from cleaner.document import Document
from cleaner.filters.comments.spans import THREAD, thread_spans
from cleaner.filters.residue import Residue
from cleaner.segmentation import Label, Segment, Segmentation, memo_key

ARTICLE = [
    "The ferry has not left the harbour since Tuesday, and nobody on the island knows when it will run again.",
    "The council met twice and found that the bridge was closed for repairs which had been ordered in spring.",
    "A spokeswoman said that the money was there, but that the only yard that does such work is far away.",
]
SAID = ["I knew it, they never fix a thing!", "lol same here", "You are all so wrong about this.", "thanks for that"]
LONG = " ".join(ARTICLE)
TURNS = ["Judge: Sit down, please.", "Witness: I would rather stand.", "Judge (angrily): Sit down!", "Clerk: Order."]


def surest(above: list[str], lines: list[str], talk: float = 2.0) -> float:
    """How sure the filter is of a thread in `lines`, which the segmentation is sure to be one.

    `talk`: how much more its words are those of talk than the words above.
    """
    document = Document("d", "\n".join([*above, *lines]))
    facts = {"thread": 0.95, "talk_votes": talk, "talk_votes_before": 0.0}
    segments = [
        Segment(line.start, line.next, Label("comment", 0.95, 0.0), lambda _: facts)
        if number >= len(above)
        else Segment(line.start, line.next, Label("article", 0.0, 0.0))
        for number, line in enumerate(document.lines)
    ]
    return max((span.score for span in thread_spans(document, segments) if span.code == THREAD), default=0.0)


def test_comments_without_a_sign_are_a_thread() -> None:
    assert surest(ARTICLE, SAID) >= 0.9


@pytest.mark.parametrize(
    "lines",
    [
        [LONG, LONG, "That is how it goes.", LONG, LONG],
        ["# What remains", *SAID],
        [*TURNS, *TURNS, "Judge: We rise."],
        ["Ann Berg", "2 May 2012"],
        ["2020年3月7日"],
        ["14 de Junho", SAID[0], "15 de Junho", *SAID[1:]],
        ["12 September 1915", SAID[0], "3 January 1916", *SAID[1:]],
    ],
    ids=["paragraphs", "heading", "turns", "signature", "date", "diary", "letters"],
)
def test_what_reads_like_an_article_is_in_doubt(lines: list[str]) -> None:
    assert surest(ARTICLE, lines) < 0.9


@pytest.mark.parametrize("heading", ["Discussion", "Opinions"])
def test_an_interview_below_a_heading_is_in_doubt(heading: str) -> None:
    turns = ["Interviewer: Why did you do it?", "Harrow: I had to, and you would have, too."] * 3
    assert surest(ARTICLE, [heading, *turns]) < 0.9
    assert surest(ARTICLE, ["6 comments", *turns]) >= 0.9  # which nobody counts of an interview


def test_people_who_were_asked_on_the_street_are_in_doubt() -> None:
    asked = [
        "Ana Ruiz, panadera: Yo creo que volverán.",
        "Luis Gil, 34, maestro: ¡Y tú, qué dices!",
        "Eva Sol, médica: Gracias.",
    ]
    assert surest(ARTICLE, ["Opiniones", *asked]) < 0.9
    assert (
        surest(ARTICLE, ["Opiniones", *[line.replace(", panadera", "").replace(", 34, maestro", "") for line in asked]])
        >= 0.9
    )


def test_words_that_talk_no_more_than_those_above_are_in_doubt() -> None:
    assert surest(ARTICLE, SAID, talk=0.2) < 0.9
    assert surest(ARTICLE, ["3 comments", *SAID], talk=0.2) >= 0.9
    assert surest(ARTICLE, ["Ann Berg (verified owner)", *SAID], talk=0.2) >= 0.9


def test_what_begins_within_a_sentence_is_in_doubt() -> None:
    above = [*ARTICLE, "She said that nobody had told her about the bridge, and that her"]
    assert surest(above, ["own boat", *SAID], talk=0.7) < 0.9
    assert surest(above, ["own boat", *SAID], talk=2.0) >= 0.9  # so surely talk that a line may be cut short


def test_a_name_and_a_day_above_a_comment_begin_a_thread() -> None:
    assert surest(ARTICLE, ["Ann Berg", "2 May 2012", "Well said!"]) >= 0.9


@pytest.mark.parametrize(
    ("lines", "stay"),
    [
        (["(1) Berg, The Bridge, 1921", "(2) Harbour News of 4 May"], True),
        (["[3] Berg, The Bridge, 1921", r"\[4\]. Harbour News of 4 May"], True),
        (["(20) Town hall", "(7) Harbour office"], False),
        (["Most read", "Sign in"], False),
    ],
)
def test_numbered_notes_of_an_article_are_in_doubt(lines: list[str], stay: bool) -> None:
    document = Document("d", "\n".join([*ARTICLE * 4, *lines]))
    last = len(document.lines) - len(lines)
    segments = [
        Segment(line.start, line.next, Label("boilerplate", 0.0, 0.97) if n >= last else Label("article", 0.0, 0.0))
        for n, line in enumerate(document.lines)
    ]
    document.memo[memo_key()] = Segmentation(lambda: segments, waste=0.97)
    assert all((span.score < 0.9) is stay for span in Residue()(document))


def test_a_heading_above_the_first_head_begins_what_the_segmentation_sees() -> None:
    """What it knew for lines of the thread was given back to the article, heading and all."""
    told = "Readers wonder why the yard is so far away, and some of them joke about the harbour and its council."
    names = ["gf_greg", "PDXkev", "harbourmaus", "Ann Berg"]
    bodies = [line for name, said in zip(names, SAID, strict=True) for line in (name, "2 years ago", said, "Reply")]
    lines = ["Comments", told, "View more comments", "All Comments", "Sort by:", "Most relevant", *bodies]
    document = Document("d", "\n".join([*ARTICLE * 3, *lines]))
    first = len(document.lines) - len(lines)
    segments = [
        Segment(line.start, line.next, Label("comment", 0.97, 0.0) if n >= first else Label("article", 0.0, 0.0))
        for n, line in enumerate(document.lines)
    ]
    [thread] = [one for one in thread_spans(document, segments) if one.code == THREAD and one.score >= 0.9]
    assert document.line_at(thread.start) == first
