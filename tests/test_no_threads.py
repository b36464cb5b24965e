"""Promises about what looks like a thread, or like boilerplate, and is none: tables, dialogues, own posts, recipes."""

import pytest

from cleaner import clean
from cleaner.document import Document
from cleaner.filters.comments import Comments
from cleaner.filters.comments.next_text import _last_button
from cleaner.filters.residue import Residue
from cleaner.segmentation import Label, Segment, Segmentation, memo_key
from cleaner.threads import Mark, find_threads, marks
from cleaner.threads.courses import courses
from tests.article import ARTICLE, PARAGRAPHS

ZONES = ["Pacific", "Mountain", "Central", "Eastern", "Atlantic", "Central European", "Eastern European"]
CALL = ARTICLE + "\n".join(f"  • Thu, May 22: {9 + n}:00 {zone} time (America)" for n, zone in enumerate(ZONES))
CALL += "\n\nEven if you cannot join us, you will be sent a link to what was said, so do register!\n"
QUERY = ARTICLE + "\n".join(
    f"| {n} | 2015-01-22 15:12:{n} |\n| {n + 1} | {n} |\nThe row above is the one that the last command has put there."
    for n in range(10, 16)
)
OWN_POSTS = "Notes from the pier\n\n" + "\n\n".join(
    f"By Wilma on April {day}, 2012 3:1{day} PM\n{paragraph}\n\nI went there again, and you should too! {paragraph}"
    for day, paragraph in enumerate(PARAGRAPHS, 3)
)
LISTING = ARTICLE + "".join(
    f"\n\n{name}\n\n{paragraph}\n\nreturn\n    result = again(lake, ferry, boat, n + {n}) or else wait until tomorrow\n"
    f"}} else {{\n    result = wait(lake, ferry, boat, until = tomorrow) and then look at the harbour, {n} times\n}}\n"
    for n, (name, paragraph) in enumerate(
        zip(["Introduction", "Views", "Conclusion"] * 3, PARAGRAPHS * 2, strict=False)
    )
)
TALK = [("Ann", "Who is at the pier?"), ("Bo", "Yes."), ("Ann", "I mean the name of the man."), ("Bo", "Yes.")]
DIALOGUE = ARTICLE + "\n\n".join(f"{name}: {word}" for _ in range(6) for name, word in TALK)
SHOWN = ARTICLE + "\n\n".join(
    f"{paragraph}\n\nI will not sail today!\n\n— Wilma Lind (@wilmalind) December {day}, 2014"
    for day, paragraph in enumerate(PARAGRAPHS, 10)
)
DIARY = ARTICLE + "\n\n".join(f"{day} June\nI rowed all day, and you would have laughed!" for day in range(3, 15))
LETTERS = ARTICLE + "\n\n".join(
    f"{day} May 1916\n\n{asked} {paragraph[:120]}\n\n{closing} Otto"
    for day, (closing, asked, paragraph) in enumerate(
        [
            ("Your", "Dear Ann, do you still sing?", PARAGRAPHS[0]),
            ("Love,", "Ann! Your cake came, and I thank you.", PARAGRAPHS[1]),
            ("Yours truly,", "My dear sister, you ask whether I pray.", PARAGRAPHS[2]),
            ("As ever,", "Only a line tonight, since we march.", PARAGRAPHS[3]),
            ("Your brother", "Will you keep my boots for me?", PARAGRAPHS[4]),
            ("Ever yours,", "You ask me about the horse, and I have to tell you.", PARAGRAPHS[5]),
            ("In haste,", "What do you say to that?", PARAGRAPHS[0][120:]),
            ("Your tired", "I had no time, and you will not believe me.", PARAGRAPHS[1][120:]),
        ],
        3,
    )
)
KEPT = {
    "a diary": DIARY,
    "letters of a war": LETTERS,
    "the hours of a call": CALL,
    "what a query returned": QUERY,
    "one author's posts": OWN_POSTS,
    "a dialogue": DIALOGUE,
    "what a network's users wrote": SHOWN,
}


@pytest.mark.parametrize("kind", KEPT)
def test_what_recurs_and_is_no_thread_is_not_even_half_believed(kind: str) -> None:
    assert [one for one in find_threads(Document("d", KEPT[kind])) if one.score >= 0.5] == []


def test_the_lines_of_a_listing_are_no_names() -> None:
    assert [one for one in find_threads(Document("d", LISTING)) if one.score >= 0.9] == []


@pytest.mark.parametrize(
    "line",
    [
        "— Wilma Lind (@wilmalind) December 29, 2014",
        "Thu, May 22: 10:00 Mountain time (America)",
        "|  7 | 2015-01-22 15:12:42 |",
    ],
)
def test_these_lines_are_no_heads(line: str) -> None:
    (mark,) = marks(Document("d", f"{line}\n"))
    assert mark.kind == "prose"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("3 January 1916", "past"),
        ("12. September 1994", "past"),
        ("3 January 1996", "date"),
        ("12 مرداد 1398", "date"),
        ("3 January 1916, 14:25", "past"),
        ("Tue 4 Mar 1851, 6 am", "past"),
        ("Ann Lee, 9 May 1988 at 7:30 pm", "past"),
        ("3 January 2016, 14:25", "date"),
        ("December 31, 1969 at 7:00 pm", "date"),  # of comments that lost their dates
        ("1 January 1970 00:00", "date"),
    ],
)
def test_a_day_before_there_were_comments_heads_none(line: str, kind: str) -> None:
    (mark,) = marks(Document("d", f"{line}\n"))
    assert mark.kind == kind


def test_a_day_of_long_ago_that_recurs_makes_no_course() -> None:
    document = Document("d", LETTERS)
    days = {mark.line for mark in marks(document) if mark.kind == "past"}
    assert len(days) == 8
    assert [one for one in courses(marks(document), document) if days & {head.line for head in one.heads}] == []


def test_somebody_of_a_network_who_comments_is_a_head() -> None:
    (mark,) = marks(Document("d", "Wilma Lind (@wilmalind) December 29, 2014 at 9:15 pm\n"))
    assert mark.author.startswith("Wilma Lind")


@pytest.mark.parametrize(("belief", "taken"), [(0.92, False), (0.96, True)])
def test_a_thread_that_nothing_shows_has_to_be_surer(belief: float, taken: bool) -> None:
    talk = "You will love this one.\n\nI did, too.\n\nWho has seen it?\n\nTell us more!\n\nI would not go again."
    document = Document("d", ARTICLE + talk)
    begin = ARTICLE.count("\n")
    told = [
        Segment(
            line.start, line.next, Label("comment" if n >= begin else "article", belief if n >= begin else 0.0, 0.0)
        )
        for n, line in enumerate(document.lines)
        if line.end > line.start
    ]
    document.memo[memo_key()] = Segmentation(lambda: told, talk=belief)
    spans = [span for span in Comments()(document) if span.code == "any.comments.thread"]
    assert [span.score >= 0.9 for span in spans] == [taken]


CLOSING = {
    "an author's farewell": "I have sailed here for thirty years, and you can too. Drop me a line in the comments below, and fair winds!",
    "the last step of a recipe": "Bake it for twenty minutes, longer if you like it crisp, and serve it warm.",
}
ENDING = "The first comment of a reader starts here."


@pytest.mark.parametrize("kind", CLOSING)
def test_how_an_article_ends_is_in_no_thread(kind: str) -> None:
    talk = [ENDING, *["I tried it, thank you so much! What would you do with an older boat?"] * 20]
    text = ARTICLE + "\n\n".join([CLOSING[kind], *talk])
    document = Document("d", text)
    begin = ARTICLE.count("\n")
    told = [
        Segment(line.start, line.next, Label("comment" if n >= begin else "article", 0.97 if n >= begin else 0.0, 0.0))
        for n, line in enumerate(document.lines)
        if line.end > line.start
    ]
    document.memo[memo_key()] = Segmentation(lambda: told, talk=0.97)
    sure = [span for span in Comments()(document) if span.code == "any.comments.thread" and span.score >= 0.9]
    assert [span.start for span in sure] == [text.index(ENDING)]


@pytest.mark.parametrize(("foot", "doubted"), [("Posted in Boats | 7 Comments »", True), ("Sailed for 7 hours", False)])
def test_paragraphs_on_a_page_of_several_posts_are_no_boilerplate(foot: str, doubted: bool) -> None:
    text = "\n\n".join(f"{paragraph}\n\n{foot}" for paragraph in PARAGRAPHS)
    document = Document("d", text)
    lines = [line for line in document.lines if line.end > line.start]
    told = [
        Segment(line.start, line.next, Label("article" if n < 4 else "boilerplate", 0.0, 0.0 if n < 4 else 0.96))
        for n, line in enumerate(lines)
    ]
    document.memo[memo_key()] = Segmentation(lambda: told, waste=0.96)
    scores = [span.score for span in Residue()(document) if span.end - span.start > 130]
    assert len(scores) == len(PARAGRAPHS) - 2
    assert all((score < 0.9) is doubted for score in scores)


FRONT = """A whale

We thought that it was an upturned boat. It was off Skaw, in the sound, and it let out a breath.

{counter}

The bus shelter

Visitors ask about it, so: yes, it has a sofa, and each year it's done up in a colour. I sat in it for an hour.

{counter}

The ferry

Mine was the last car on, again, and they had kept a place for me, as they do for everybody who lives there.

{counter}
"""


@pytest.mark.parametrize("counter", ["3 comments", "Comments (0)", "12 Comments", "Leave a comment"])
def test_posts_whose_feet_count_their_comments_stay(counter: str) -> None:
    left = clean(FRONT.replace("{counter}", counter)).text
    for words in ("upturned boat", "The bus shelter", "a sofa", "The ferry", "the last car on"):
        assert words in left


@pytest.mark.parametrize("heading", ["Discussion", "3 comments", "Comments"])
def test_what_stands_below_a_heading_and_speaks_to_nobody_stays(heading: str) -> None:
    story = "The river rose on Monday, and the mill stood in water to its sills. " * 3
    below = (
        "The sentences get shorter until there is one of four words, and then comes a proverb. It ends each chapter."
    )
    assert below in clean(f"{story}\n\n{heading}\n\n{below}\n").text


POST = """Le banc de la poste compte trois places et quatre habitués. Le quatrième reste debout et commente. {prose}

2 commentaires

Josette

6 octobre 2013 à 11:15

Le quatrième, c'est mon mari !

Répondre

Alain B.

6 octobre 2013 à 17:50

Chez nous ils ont enlevé le banc, et la poste avec.

Répondre

La boîte aux lettres du cimetière

29 septembre 2013

Il y a une boîte aux lettres à l'entrée du cimetière de Sarlat. Personne ne sait pour qui. La levée a lieu à neuf heures.

Le facteur y trouve une vingtaine de lettres par an. Elles ne portent pas d'adresse, quelquefois un prénom, et il les garde.
"""


def test_a_text_below_a_thread_stays() -> None:
    """The front of a blog: post, comments, next post."""
    left = clean(POST.replace("{prose}", "Il pleut depuis trois jours sur la place. " * 4)).text
    assert "c'est mon mari" not in left and "enlevé le banc" not in left
    assert "La boîte aux lettres" in left and "Le facteur y trouve" in left


BODY = "Moi, je me souviens du banc et de vous, il y a dix ans déjà. " * 3


@pytest.mark.parametrize(
    "last",
    [
        "Ann\n\n7 octobre 2013 à 9:15\n\n{body}\n\n{body}\n",  # its head tells the time of day
        "Ann\n\n7 octobre 2013 à 9:15\n\nRépondre\n\n{body}\n\n{body}\n",  # a button between head and text
        "Ann a écrit :\n\n{body}\n\n{body}\n",  # somebody says it
    ],
)
def test_a_last_comment_of_some_paragraphs_is_no_text_below_its_thread(last: str) -> None:
    text = POST.replace("{prose}", "Il pleut depuis trois jours sur la place. " * 4)
    text = text[: text.index("La boîte")] + last.replace("{body}", BODY)
    assert "je me souviens" not in clean(text).text


HEAD, SAID, PRESSED = Mark(1, "date", "", 20, exact=True), Mark(2, "prose", "", 90), Mark(3, "button", "", 5)
NEXT = [Mark(line, "prose", "", 150) for line in (5, 6)]


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ([HEAD, SAID, PRESSED, *NEXT], 3),
        ([SAID, SAID, PRESSED, *NEXT], None),  # no head tells the time of day
        ([HEAD, SAID, PRESSED, HEAD._replace(line=4), *NEXT], None),  # one more comment
        ([HEAD, SAID, PRESSED, Mark(4, "form-heading", "", 15), *NEXT], None),  # the form, and what is told of it
        ([SAID, HEAD, PRESSED, *NEXT], None),  # the button stands above what is said
        ([HEAD, SAID, PRESSED, NEXT[0]], None),  # a line
    ],
)
def test_a_text_is_the_next_one_below_the_last_button_only(inside: list[Mark], line: int | None) -> None:
    assert _last_button(inside) == line


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("Comments are closed, and the council has moved on.", False),
        ("Kommentarfunktion geschlossen, und der Rat ging heim.", False),
        ("Comments are closed, but trackbacks and pingbacks are open.", True),
        ("Comments are closed.", True),
    ],
)
def test_a_sentence_that_begins_like_a_notice_about_comments_stays(line: str, goes: bool) -> None:
    text = f"{ARTICLE}{line}\n\n{PARAGRAPHS[0]}\n"
    assert (line not in clean(text).text) is goes
