"""Promises about courses: heads that look alike make a thread below an article, and none on a board or in a list."""

import pytest

from cleaner.document import Document
from cleaner.filters.comments import Comments
from cleaner.models import SHIPPED
from cleaner.segmentation import Label, Segment, Segmentation, memo_key
from cleaner.threads import find_threads, marks, split
from cleaner.threads.courses import FACTS, SORTS, courses
from cleaner.threads.edges import with_heads
from cleaner.threads.weigh import ONE_VOICE, load, scaled, weigh
from tests.article import ARTICLE, PARAGRAPHS

BODIES = [
    "I take that boat every morning. Three weeks without it and I can look for a new job, thanks a lot.",
    "Why does nobody ask what happened to the money from the lottery?",
    "@Wilma you are right, they promised us a new one in 2009 already!",
    "My father was the engineer on it. He told them about the pump years ago and they laughed at him.",
    "Can you still cross with a bicycle on the small one? Does anybody know?",
    "lol, the school roof leaks again by the way",
    "Thank you for writing about us, the big papers never do.",
    "Bruno, you can, I did it yesterday, but hold on to it :)",
]
NAMES = ["Wilma", "Bruno K", "lake_girl", "Harald", "Tove Lind", "Wilma", "old salt", "Harald"]
TIMES = ["9:12 AM", "9:40 AM", "10:05 AM", "11:31 AM", "1:02 PM", "3:47 PM", "6:20 PM", "9:58 PM"]


def thread(form: str, below: bool = False) -> str:
    """The bodies, each with a head of one form above or below it."""
    heads = (form.format(a=name, t=time, n=n) for n, (name, time) in enumerate(zip(NAMES, TIMES, strict=True), 1))
    pairs = zip(heads, BODIES, strict=True)
    return "\n\n".join(f"{body}\n\n{head}" if below else f"{head}\n\n{body}" for head, body in pairs) + "\n"


FORMS = {
    "by and on": "by {a} on Mar 3, 2012 {t} EST",
    "comment with a number": "Comment #{n} - Posted by: {a} at March 3, 2012 {t}",
    "date first": "Sat, 03/03/2012 - {t} | 26917{n} {a}",
    "name above date": "{a}\nMarch 3, 2012 · {t}",
    "name, date, time": "{a}\nMarch 3rd, 2012\n{t}",
    "date above name": "03.03.12 at {t}\n{a}",
    "glued": "{a}3 March 2012 {t}",
    "on such a day somebody said": "On March 3, 2012 at {t}, {a} said...",
    "somebody on such a day said": "{a} on March 3, 2012 at {t} said:",
    "submitted by": "Submitted by {a} (not verified) on Sat, 03/03/2012 - {t}.",
    "in Spanish": "#{n} {a} el 3 de marzo de 2012 a las {t}",
    "in Russian": "#{n} {a} (3 марта 2012 {t})",
    "in German": "{n}. {a} am 3. März 2012 um {t}",
}


def sure(text: str) -> list[tuple[int, int]]:
    """The first and the last line of the threads of which the grammar is sure."""
    return [(one.first, one.last) for one in find_threads(Document("d", text)) if one.score >= 0.9]


@pytest.mark.parametrize("form", FORMS)
def test_heads_of_one_form_below_an_article_are_a_thread(form: str) -> None:
    article = ARTICLE.count("\n")
    text = ARTICLE + thread(FORMS[form])
    assert sure(text) == [(article, text.count("\n") - 1)]


@pytest.mark.parametrize("form", FORMS)
def test_its_comments_have_their_authors_dates_and_bodies(form: str) -> None:
    document = Document("d", ARTICLE + thread(FORMS[form]))
    (found,) = find_threads(document)
    comments = split(document, found)
    assert [comment.author for comment in comments] == NAMES
    assert all("3" in comment.date and time in comment.date for comment, time in zip(comments, TIMES, strict=True))
    assert [document.content(comment.body_first) for comment in comments] == BODIES


def test_heads_below_their_comments_belong_to_what_stands_above_them() -> None:
    document = Document("d", ARTICLE + thread("Posted by: {a}  Mar 3, 2012 {t}", below=True))
    (found,) = find_threads(document)
    assert found.score >= 0.9
    comments = split(document, found)
    assert [comment.author for comment in comments] == NAMES
    assert [document.content(comment.body_first) for comment in comments[1:]] == BODIES[1:]
    assert comments[0].body_last < comments[0].body_first  # left above the thread, where it could be the article's


@pytest.mark.parametrize("last", ["Ha!", "❤", "first", "Ha!\n\nReply"])
@pytest.mark.parametrize("end", ['"I miss my garden," she says.', "But you can visit us on Sundays!"])
def test_a_last_comment_of_a_word_takes_no_paragraph_of_the_article(last: str, end: str) -> None:
    article = f"{ARTICLE}{end}\n\n"
    talk = thread(FORMS["by and on"]).replace(BODIES[-1], last)
    if "Reply" in last:
        talk = talk.replace("\n\nby ", "\n\nReply\n\nby ")
    (found,) = find_threads(Document("d", article + talk))
    assert found.first == article.count("\n")


LED = {
    "a picture's text, a name and an address": "Avatar for {a}\n{a}\n@x{n}@example.org\nMarch 3, 2012 · {t}",
    "the first letter of each name": "{i}\n{a}\nMarch 3, 2012 · {t}",
    "that letter, and a place": "{i}\n{a}\nFar Bank {n}\nMarch 3, 2012 · {t}",
    "each name twice": "{a}\n{a}\nMarch 3, 2012 · {t}",
    "an address and a bare name": "@x{n}\n{a} · March 3, 2012 {t}",
}


def led(form: str, first: int = 0) -> str:
    """The thread with heads of that form; only those from number `first` on have more than name and date."""
    heads = []
    for n, (name, time) in enumerate(zip(NAMES, TIMES, strict=True)):
        heads.append((form if n >= first else FORMS["name above date"]).format(a=name, t=time, n=n, i=name[0].upper()))
    return "\n\n".join(f"{head}\n\n{body}" for head, body in zip(heads, BODIES, strict=True)) + "\n"


@pytest.mark.parametrize("form", LED)
def test_what_leads_up_to_each_head_leads_up_to_the_first(form: str) -> None:
    text = ARTICLE + led(LED[form])
    assert sure(text) == [(ARTICLE.count("\n"), text.count("\n") - 1)]
    document = Document("d", text)
    assert [comment.author for comment in split(document, find_threads(document)[0])] == NAMES


@pytest.mark.parametrize("end", ["W", "Wilma", "Avatar of the river", "@wilma"])
def test_what_leads_up_to_no_other_head_stays(end: str) -> None:
    article = f"{ARTICLE}{end}\n"
    assert sure(article + thread(FORMS["name above date"])) == [
        (article.count("\n"), (article + thread("{a}\n{t}")).count("\n") - 1)
    ]


@pytest.mark.parametrize(("row", "found"), [("2\n1\n5", True), ("12\n0", True), ("2 boats\n1\n5 boats", False)])
def test_a_row_of_figures_below_each_comment_is_one_of_buttons(row: str, found: bool) -> None:
    said = [
        f"{name}\nMarch 3, 2012 · {time}\nThe boat leaves from the pier.\n{row}"
        for name, time in zip(NAMES, TIMES, strict=True)
    ][:5]
    scores = [one.score for one in find_threads(Document("d", ARTICLE + "\n\n".join(said) + "\n"))]
    assert (scores[:1] >= [0.9]) is found


@pytest.mark.parametrize(
    ("between", "above"),
    [
        ("", True),
        ("The council met again, and said nothing of the ferry. " * 9, False),  # a byline, and what it signs
    ],
)
def test_lines_that_end_comments_begin_with_the_heads_of_these(between: str, above: bool) -> None:
    ended = [f"{name}\nMarch {n}\n{body}\nShare" for n, (name, body) in enumerate(SPOKEN, 1)]
    ended[0] = ended[0].replace("March 1\n", f"March 1\n{between}\n")
    document = Document("d", ARTICLE + "\n\n".join(ended) + "\n")
    found = marks(document)
    some = list(courses(found, document))
    dated = next(one for one in some if one.sort == "dated" and len(one.heads) == len(ended))
    repeated = next(one for one in some if one.sort == "repeated")
    assert with_heads(repeated, some, found) == (dated if above else repeated)
    assert with_heads(repeated, [dated._replace(heads=dated.heads[1:])], found) == repeated


CLOSED_BY = {
    "a date and a button": "{a}\n{body}\n{d} March 2012 at {t}\nReply\n{n}\n",
    "buttons and a date": "{a}\n{body}\nFlag\nShare\nLike · Reply\n{d} March 2012 at {t}\n",
}


@pytest.mark.parametrize("form", CLOSED_BY)
@pytest.mark.parametrize("end", ["", "Outlook\nThe boat will sail again in the spring."])
def test_dates_that_end_comments_leave_the_first_to_its_thread(form: str, end: str) -> None:
    said = [
        CLOSED_BY[form].format(a=name, body=body, t=time, d=3 + n // 3, n=n)
        for n, ((name, body), time) in enumerate(zip(SPOKEN, TIMES, strict=True))
    ]
    article = f"{ARTICLE}{end}\n\n"
    (found,) = find_threads(Document("d", article + "\n".join(said) + "\nLoad more comments\n"))
    assert found.first == article.count("\n")


def test_dates_that_begin_comments_take_no_end_of_the_article() -> None:
    said = [
        f"{3 + n // 3} March 2012 at {time}\n{name}\n{body}\nLike · Reply\n"
        for n, ((name, body), time) in enumerate(zip(SPOKEN, TIMES, strict=True))
    ]
    article = f"{ARTICLE}Outlook\nThe boat will sail again in the spring.\nLike · Reply\n"
    (found,) = find_threads(Document("d", article + "".join(said)))
    assert found.first == article.count("\n")


def test_the_byline_of_the_article_is_no_head_of_its_thread() -> None:
    byline = "Ferry stands still\n\nSven Holm\nMarch 2, 2012 · 7:17 PM\n\n"
    text = ARTICLE.replace("Ferry stands still\n\n", byline) + thread(FORMS["name above date"])
    (found,) = find_threads(Document("d", text))
    assert found.first == text[: text.index("Wilma")].count("\n")


def test_lines_below_a_heading_that_counts_them_are_a_thread() -> None:
    text = ARTICLE + "8 comments\n\n" + "\n\n".join(BODIES) + "\n"
    assert sure(text) == [(ARTICLE.count("\n"), text.count("\n") - 1)]


def test_times_of_day_open_the_gate_where_the_segmentation_sees_nothing() -> None:
    def asked(text: str) -> list[str]:
        document = Document("d", text)
        quiet = [Segment(line.start, line.next, Label("article", 0.0, 0.0)) for line in document.lines]
        document.memo[memo_key()] = Segmentation(lambda: quiet)
        return [span.code for span in Comments()(document)]

    codes = asked(ARTICLE + thread(FORMS["name above date"]))
    assert codes.count("any.comments.thread") >= 1
    assert asked(ARTICLE) == []
    for talk in FEW.values():
        assert "any.comments.thread" in asked(ARTICLE + talk)


FEW = {
    "Greek": "1 σχόλιο\n\nΜαρία\n3 Μαρτίου 2012 στις 16:05\nΣυμφωνώ.\nΑπάντηση\n\nΣχόλια (1)\nΓιάννης λέει:\nΟχι.\nΑπάντηση\n",
    "Finnish": "Kommentit\n\nPekka\n3.3.2012 klo 16:05\nHieno juttu!\n",
    "Persian": "۱ دیدگاه\n\nرضا گفت:\n۲۵ آذر ۱۳۹۸ در ۱۴:۴۰\nممنون\nپاسخ\n",
    "Thai": "ความคิดเห็น\n\nสมชาย\n3 มีนาคม 2555 เวลา 16:05\nขอบคุณครับ\n",
    "Norwegian": "Odd sier:\n3. mars 2012 kl. 16:05\nTull\nSvar\n\nKari sier:\n4. mars 2012 kl. 9:12\nHelt enig.\nSvar\n",
}
CLOSED = "".join(
    f"{name}\n{body}\nLike · Reply · {n} h\n"
    for n, (name, body) in enumerate(zip(["Ann", "T. Hill", "Omar", "Ines"], BODIES[:4], strict=True), 2)
)


def test_names_with_what_closes_a_comment_below_each_are_a_thread() -> None:
    (found,) = find_threads(Document("d", ARTICLE + CLOSED))
    assert found.first == ARTICLE.count("\n")
    assert found.score >= 0.93
    (found,) = find_threads(Document("d", ARTICLE + CLOSED.replace("Like · Reply · ", "It took ")))
    assert found.score < 0.9


def test_one_comment_between_its_button_and_the_form_is_a_thread() -> None:
    one = "Ann Hill says:\nMarch 3, 2012 at 4:05 pm\nI never saw a crack.\nReply\nLeave a Reply\n"
    (found,) = find_threads(Document("d", ARTICLE + one))
    assert (found.first, found.score) == (ARTICLE.count("\n"), 0.92)


def test_a_character_of_chinese_says_as_much_as_two_of_others() -> None:
    latin, chinese = marks(Document("d", "a bridge\n老桥在河上\n"))
    assert (latin.size, chinese.size) == (8, 10)


def test_a_past_tense_tells_a_comment_with_a_time_of_day() -> None:
    said = "Pekka kirjoitti:\n3.3.2012 klo 16:05\nHieno juttu!\nVastaa\nVastaa Peruuta vastaus\n"
    (found,) = find_threads(Document("d", ARTICLE + said))
    assert (found.first, found.score) == (ARTICLE.count("\n"), 0.92)
    assert not [
        one
        for one in find_threads(Document("d", ARTICLE + said.replace("3.3.2012 klo 16:05\n", "")))
        if one.score > 0.9
    ]


CROWD = [
    f"{first} {last}" for first in ("Ada", "Nils", "Tova", "Per") for last in ("Lund", "Berg", "Dahl", "Moe", "Vik")
]


def talk(names: list[str], answers: bool) -> str:
    """Sixty remarks below names alone; in every third one somebody who has spoken is addressed."""
    pieces = []
    for n in range(60):
        name, body = (
            names[(n * 7) % len(names)],
            BODIES[n % len(BODIES)].replace("@Wilma you", "You").replace("Bruno, you", "You"),
        )
        earlier = names[((n - 1) * 7) % len(names)].split()[0]
        pieces += [name, f"{earlier}, {body}" if answers and n and n % 3 == 0 else body]
    return "\n\n".join(pieces) + "\n"


def test_a_crowd_of_names_that_answer_one_another_is_a_thread() -> None:
    crowd = [*CROWD, *(f"{name} {n}" for n, name in enumerate(["ferryman", "seal", "gull", "pilot", "oar"] * 4))]
    crowd = [name.replace(" ", "_") if name[0].islower() else name for name in crowd]
    text = ARTICLE + talk(crowd, answers=True)
    assert sure(text) == [(ARTICLE.count("\n"), text.count("\n") - 1)]


@pytest.mark.parametrize(("names", "answers"), [(CROWD[:4], True), (CROWD, False)], ids=["a play", "nobody answers"])
def test_names_that_are_no_crowd_stay(names: list[str], answers: bool) -> None:
    assert sure(ARTICLE + talk(names, answers)) == []


BOARD = "Does the ferry run in winter?\n\n" + thread(FORMS["name above date"])
LONG_OPENING = "Which engine for an old ferry?\n\nSven Holm\nMarch 2, 2012 · 7:17 PM\n\n" + (
    "Hi all, I have an old ferry and I am looking for an engine. My budget is small. What would you take, and why?\n\n"
    + thread(FORMS["name above date"])
)
DIGEST = "News of the week\n\n" + "\n\n".join(
    f"{paper}, March {day}, 2012, {time}\n\n{paragraph}\n\n{paragraph.replace('ferry', 'boat')}"
    for paper, day, time, paragraph in zip(
        ["Lake Post", "The Herald", "Dairy News", "Lake Post", "The Herald", "Coast Daily"],
        range(1, 7),
        TIMES,
        PARAGRAPHS,
        strict=False,
    )
)
DEADLINES = ARTICLE + "\n\n".join(
    f"Call {n}\n\nMarch {n}th\n\nAward: up to 50,000 kroner for one year." for n in range(4, 12)
)
OFFERS = ARTICLE + "\n\n".join(
    f"EUR {n}.72 delivery Wed, Mar {n}\n\nRope for small boats, twenty metres, white with a red thread"
    for n in range(11, 20)
)
DIARY = "Diary of a ferry\n\n" + "\n\n".join(
    f"March {day}, 2012\n\n{paragraph}" for day, paragraph in enumerate([*PARAGRAPHS, *PARAGRAPHS], 3)
)
LOG = ARTICLE + "\n".join(
    f"2005-12-30 18:{n}:33 install hello 1.3.{n} 2.1.1-4\nThe line above says what was installed."
    for n in range(10, 18)
)
SUBHEADS = ARTICLE + "\n\n".join(
    f"{head}\n\n{paragraph}"
    for head, paragraph in zip(["Engine", "Hull", "Crew", "Price", "Outlook"], PARAGRAPHS, strict=False)
)
SPEAKERS = "The council meets\n\n" + "\n\n".join(
    f"{name}\n\n{paragraph}" for name, paragraph in zip(["Ms Lind", "Mr Holm"] * 3, PARAGRAPHS, strict=False)
)
POEM = ARTICLE + "\n".join(["I need you more, more than yesterday,", "I need you more than words can say,"] * 6)
COUNTED_ABOVE = "Ferry stands still\n\n8 comments\n\n" + "\n\n".join(PARAGRAPHS) + "\n"

KEPT = {
    "a board": BOARD,
    "a board whose first post asks": LONG_OPENING,
    "a digest of papers": DIGEST,
    "deadlines": DEADLINES,
    "a shop's offers": OFFERS,
    "a diary": DIARY,
    "a log": LOG,
    "subheads of a word": SUBHEADS,
    "a talk of two": SPEAKERS,
    "a poem": POEM,
    "an article below the number of its comments": COUNTED_ABOVE,
}


@pytest.mark.parametrize("kind", KEPT)
def test_heads_of_one_form_that_are_no_thread_stay(kind: str) -> None:
    assert sure(KEPT[kind]) == []


@pytest.mark.parametrize(
    "line",
    [
        "EUR 9.72 delivery Wed, Mar 25, 2020 10:15",
        "I need you more, more than yesterday,",
        "Tracked on Mar 2, 2012 8:49:51 AM",
        "Joined Apr 24, 2019 2:19 am",
        "November 9th & 10th",
    ],
)
def test_what_stands_beside_a_date_and_is_no_name(line: str) -> None:
    document = Document("d", f"{line}\n\nThe rest of it.\n")
    assert not [mark for mark in marks(document) if mark.author and mark.kind != "short"]


def test_weights_are_of_the_facts_that_are_measured() -> None:
    weights = load(SHIPPED.threads)
    assert set(weights) == set(SORTS)
    for one in weights.values():
        assert len(one.center) == len(one.spread) == len(FACTS)
        assert all(len(row) == len(FACTS) for row in one.inner)
        assert [score for _, score in one.scale] == [0.0, 0.1, 0.5, 0.9, 0.95, 0.99]
        values = [value for value, _ in one.scale]
        assert values == sorted(set(values))


def test_a_score_rises_with_what_comes_out() -> None:
    scale = [(-2.0, 0.0), (0.0, 0.5), (2.0, 0.9)]
    scores = [scaled(out, scale) for out in (-9.0, -1.0, 0.0, 1.0, 9.0)]
    assert scores == [0.0, 0.25, 0.5, 0.7, 0.9]


def test_more_heads_make_it_surer() -> None:
    def score(count: int) -> float:
        pieces = thread(FORMS["by and on"]).split("\n\n")[: 2 * count]
        document = Document("d", ARTICLE + "\n\n".join(pieces) + "\n")
        return max(weigh(one, load(SHIPPED.threads)) for one in courses(marks(document), document))

    assert score(8) >= score(3) > 0


def test_heads_of_one_author_are_his_own_posts() -> None:
    one = (f"Wilma on March {n}, 2012 at 4:0{n} PM\n\n{body}" for n, body in enumerate(BODIES, 1))
    assert dated(ARTICLE + "\n\n".join(one)) == ONE_VOICE
    everybody = (f"{name} on March {n}, 2012 at 4:0{n} PM\n\n{body}" for n, (name, body) in enumerate(SPOKEN, 1))
    assert dated(ARTICLE + "\n\n".join(everybody)) >= 0.9


def test_a_rank_above_each_date_is_no_author() -> None:
    ranked = (f"Old hand\n\nMar {n}, 2021 4:0{n} PM\n\n{body}" for n, body in enumerate(BODIES, 1))
    assert dated(ARTICLE + "\n\n".join(ranked)) > ONE_VOICE


SPOKEN = tuple(zip(NAMES, BODIES, strict=True))


def dated(text: str) -> float:
    """The score of the likeliest course of heads with dates."""
    document = Document("d", text)
    return max(weigh(one, load(SHIPPED.threads)) for one in courses(marks(document), document) if one.sort == "dated")
