"""Comments without heads: named where they begin or end, or by the card of a board's member; and what only looks so."""

import pytest

from cleaner.document import Document
from cleaner.filters.comments import Comments, quick_look
from cleaner.filters.comments.quick_look import shows_cards, shows_heads
from cleaner.segmentation import Label, Segment, Segmentation, memo_key
from cleaner.threads import find_threads, marks, split
from cleaner.threads.bylined import bylined_thread
from cleaner.threads.cards import carded_thread, cards
from cleaner.threads.grammar import mark
from tests.article import ARTICLE, PARAGRAPHS

SAID = [
    ("Maria K.", "I disagree with everyone who cheers. The council had years to think of this!"),
    ("Stuart", "You can't be serious. My mother takes that ferry to her doctor."),
    ("gemma_h", "They told me the same last year, and I believed it."),
    ("Old Thornburian", "Thank you for writing this, nobody else asks."),
    ("Stuart", "Gemma, who told you so? I would write to them."),
    ("R. Dutta", "We row across now. It takes an hour, and my arms are what they were at twenty."),
    ("Len", "Can somebody tell me what the old engine was?"),
]
BEGUN = "\n".join(f"{name} - {text}" for name, text in SAID)
SIGNED = "\n\n".join(f"{text}\n— {name}" for name, text in SAID)
ABOVE = "\n\n".join(f"{name}\n{text}" for name, text in SAID)
BOXED = "\n".join(f"[{name}, Leeds] {text}" for name, text in SAID)
CARDS = "\n\n".join(
    f"#{number}\n{name}\nRegistriert seit: 14.03.20{number + 10}\nBeiträge: {number * 311}\n\n{text}"
    for number, (name, text) in enumerate(SAID, 1)
)
FLOORS = "\n".join(f"{number}樓\n{name}\n{text}" for number, (name, text) in enumerate(SAID, 1))


def found(text: str) -> tuple[str, float]:
    """The text of the thread that the grammar sees, and how sure it is of it."""
    document = Document("d", text)
    lines = document.lines
    told = [(text[lines[one.first].start : lines[one.last].end], one.score) for one in find_threads(document)]
    return told[0] if told else ("", 0.0)


@pytest.mark.parametrize("thread", [BEGUN, SIGNED, ABOVE, BOXED], ids=["begun", "signed", "above", "boxed"])
@pytest.mark.parametrize("heading", ["7 comments", "Readers respond", "Leserstimmen", "Отзывы читателей (7)"])
def test_below_a_heading_names_are_enough(heading: str, thread: str) -> None:
    text, score = found(f"{ARTICLE}{heading}\n\n{thread}\n")
    assert text == f"{heading}\n\n{thread}"
    assert score >= 0.9


@pytest.mark.parametrize("thread", [BEGUN, SIGNED], ids=["begun", "signed"])
def test_without_a_heading_names_are_half_a_witness(thread: str) -> None:
    text, score = found(f"{ARTICLE}{thread}\n")
    assert text
    assert thread.endswith(text)  # another finder may see where its signatures begin, and be as sure
    assert 0.4 <= score < 0.9


@pytest.mark.parametrize("thread", [BEGUN, BOXED, CARDS, SIGNED], ids=["begun", "boxed", "cards", "signed"])
def test_each_comment_is_told_with_who_wrote_it(thread: str) -> None:
    document = Document("d", f"{ARTICLE}Diskussion im Forum (7)\n\n{thread}\n")
    (one,) = find_threads(document)
    told = split(document, one)
    assert [comment.author.removesuffix(", Leeds") for comment in told] == [name for name, _ in SAID]
    lines = document.lines
    bodies = [document.text[lines[one.body_first].start : lines[one.body_last].end] for one in told]
    assert all(said in body for (_, said), body in zip(SAID, bodies, strict=True))


@pytest.mark.parametrize("lead", ["Diskussion im Forum", "Thema: Die Fähre | Seite 1 von 3", "Обсуждение на форуме"])
def test_cards_of_members_below_a_line_that_leads_to_a_board_are_a_thread(lead: str) -> None:
    text, score = found(f"{ARTICLE}{lead}\n\n{CARDS}\n")
    assert text == f"{lead}\n\n{CARDS}"
    assert score >= 0.9


def test_comments_that_are_counted_like_floors_are_a_thread() -> None:
    text, score = found(f"{ARTICLE}{FLOORS}\n")
    assert (text, score >= 0.9) == (FLOORS, True)


def test_where_the_first_post_has_a_card_too_the_posts_are_the_page() -> None:
    first = f"Wilma\nRegistriert seit: 01.02.2003\nBeiträge: 12\n\n{ARTICLE}"
    assert found(f"{first}Diskussion im Forum\n\n{CARDS}\n")[1] < 0.9


QUOTED = "\n".join(f"{name}: “{text}”" for name, text in SAID)
TURNS = "\n".join(f"{name}: {paragraph}" for name, paragraph in zip(["Ann", "Bo"] * 3, PARAGRAPHS, strict=True))
FACTS = "Length: 31 metres\nEngine: from Norway\nCrew: four people and a dog\nBuilt: in 1993"


@pytest.mark.parametrize(
    "ending",
    [QUOTED, TURNS, f"Reactions\n\n{QUOTED}", f"Discussion\n\n{TURNS}", f"Feedback\n\n{FACTS}"],
    ids=["quotations", "turns", "reactions", "turns below a heading", "facts"],
)
def test_what_an_article_quotes_is_not_surely_a_thread(ending: str) -> None:
    assert found(f"{ARTICLE}{ending}\n")[1] < 0.9


def test_a_text_with_such_lines_is_worth_a_look() -> None:
    assert not shows_heads(ARTICLE)
    assert shows_heads(f"{ARTICLE}全部回应 9 条\n{ABOVE}")
    assert shows_cards(Document("d", f"{ARTICLE}Diskussion im Forum\n\n{CARDS}\n"))
    assert not shows_cards(Document("d", f"{ARTICLE}Price: 5\nPrice: 6\nPrice: 7\n"))


@pytest.mark.parametrize("word", sorted(quick_look._REPLY))
def test_the_grammar_knows_each_word_that_makes_a_text_worth_a_look_for_a_button(word: str) -> None:
    assert mark(0, word).kind == "button"


@pytest.mark.parametrize("word", sorted(quick_look._HEADINGS))
def test_the_grammar_knows_each_word_that_makes_a_text_worth_a_look_for_a_heading(word: str) -> None:
    headings = [word, f"{word} (3)", f"3 {word}", f"3件{word}", f"3개{word}"]
    assert any(mark(0, heading).kind in ("count", "heading", "sure-heading") for heading in headings)


@pytest.mark.parametrize("heading", ["コメント 3件", "3件のコメント", "댓글 3개", "3개의 댓글", "評論 (3)", "5 则评论"])
def test_counts_with_words_beside_the_number_are_worth_a_look(heading: str) -> None:
    assert mark(0, heading).kind == "count"
    assert shows_heads(f"{ARTICLE}{heading}\n{ABOVE}")


def test_where_the_segmentation_sees_nothing_cards_are_found_all_the_same() -> None:
    document = Document("d", f"{ARTICLE}Diskussion im Forum\n\n{CARDS}\n")
    told = [
        Segment(line.start, line.next, Label("article", 0.0, 0.0)) for line in document.lines if line.end > line.start
    ]
    document.memo[memo_key()] = Segmentation(lambda: told)
    assert [span.score >= 0.9 for span in Comments()(document) if span.code == "any.comments.thread"] == [True]


BRIEF = "Ferry stands still\n\n" + PARAGRAPHS[0] + "\n\n"
FEW = "\n".join(f"{name} - {text}" for name, text in SAID[:2])


@pytest.mark.parametrize(
    "text",
    [
        f"{BRIEF}Readers respond\n\n{BEGUN}",
        f"{ARTICLE}Readers respond\n\n{FEW}",
        f"{BEGUN}\n\n{ARTICLE}Readers respond\n\n{BEGUN}",
    ],
    ids=["hardly an article", "two comments", "an article of turns"],
)
def test_what_lacks_an_article_or_comments_is_none_of_these_threads(text: str) -> None:
    document = Document("d", f"{text}\n")
    thread = bylined_thread(marks(document), document)
    assert thread is None or thread[2] < 0.9


def test_the_last_two_headings_are_looked_at() -> None:
    text, score = found(f"{ARTICLE}Readers respond\n\n{BEGUN}\n\nComments\n\nThat was all.\n")
    assert (text.startswith("Readers respond"), score >= 0.9) == (True, True)


ONE = CARDS.split("\n\n#3")[0]  # two cards


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (f"{BRIEF}Diskussion im Forum\n\n{CARDS}", None),
        (f"{ARTICLE}Diskussion im Forum\n\n{ONE}", None),
        (f"{ARTICLE}{CARDS}", 0.5),
        (f"{ARTICLE}The forum of the town meets again.\n\n{CARDS}", 0.5),
        (f"{ARTICLE}Diskussion im Forum\n\n{CARDS}\n\n" + "\n\n".join(PARAGRAPHS), None),
        (f"{'Afrikaans Albanian Arabic Azerbaijani Belarusian ' * 30}\n\nThe forum\n\n{CARDS}", None),
    ],
    ids=[
        "hardly an article",
        "two cards",
        "no line that leads to a board",
        "a sentence about one",
        "an article that goes on",
        "a menu",
    ],
)
def test_cards_alone_are_not_surely_a_thread(text: str, score: float | None) -> None:
    document = Document("d", f"{text}\n")
    found = marks(document)
    thread = carded_thread(cards(found, document), found, document)
    assert (thread and thread[2]) == score


PLACES = "\n\n".join(f"{name}\nLocation: Town Hall\n\n{text}" for name, text in SAID[:4])
CLUB = "\n\n".join(f"{name}\nJoined: {1990 + n}\nPosts: treasurer\n\n{text}" for n, (name, text) in enumerate(SAID[:4]))
SHOPS = "\n".join(
    f"{n}楼\n{name}\n{what}"
    for n, (name, what) in enumerate(
        [("化妆品", "您要的品牌齐全。"), ("女装", "您喜欢吗？"), ("餐厅", "你喜欢的味道。")], 1
    )
)


@pytest.mark.parametrize(
    "text",
    [
        f"{ARTICLE}The whole community is invited.\n\n{PLACES}",
        f"{ARTICLE}The forum of the town meets again.\n\n{CLUB}",
        f"{ARTICLE}Quién dirige el sistema\n\n{PLACES.replace('Location', 'Ubicación')}",
        f"{ARTICLE}Forum of the town\n\n{CLUB}",
        f"{ARTICLE}{SHOPS}",
        f"{ARTICLE}Comment and analysis\n\n{BEGUN}",
        f"{ARTICLE}Discussion\n\n{BEGUN}",
        f"{ARTICLE}Readers respond\n\n" + "\n".join(f"{name}: You said so, and I agree!" for name in ["Ann", "Bo"] * 3),
    ],
    ids=[
        "a programme", "a club in a sentence", "a system", "a club's offices", "shops",
        "comment and analysis", "discussion", "two people",
    ],
)  # fmt: skip
def test_lists_of_people_and_places_in_an_article_are_not_surely_a_thread(text: str) -> None:
    assert found(f"{text}\n")[1] < 0.9


def test_the_last_post_is_as_long_as_the_others_and_no_longer() -> None:
    text, score = found(
        f"{ARTICLE}Diskussion im Forum\n\n{CARDS}\n\n{PARAGRAPHS[0]}\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n"
    )
    assert (text.endswith("One."), score >= 0.9) == (True, True)
