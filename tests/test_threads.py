"""Promises about comment threads: each system's threads go whole, and what only looks like one stays."""

import time
from pathlib import Path

import pytest

from cleaner.document import Document
from cleaner.threads import find_threads, split

SEEDS = Path(__file__).parent.parent / "seeds"

ARTICLE = """The old bridge over the river was closed on Monday

The council closed the bridge after inspectors found cracks in two of its arches. The bridge was built
in 1887, and nobody has repaired it since the war, although the engineers asked for money every year.

Drivers now have to take the road through the village, which adds half an hour to the way to work. The
school bus does not run at all, and the shops in the high street say that they have lost half of their
customers. The council promised to open a ferry before the end of the month, but it has not found a boat.

"We knew that this would come," said the mayor, who has lived beside the bridge for sixty years. "It was
a good bridge, and it will be one again. Until then people will have to be patient and to drive slowly."

Engineers will look at the other arches next week. They think that the repair will take about two years
and cost four million, half of which the state would pay. The rest has to come from the town itself, and
there the money has been short since the paper mill closed. A first meeting of citizens is on Thursday.
"""

WORDPRESS = """3 Comments

Margaret Hill says:
March 3, 2012 at 4:05 pm

I walked over that bridge every day for ten years and never saw a crack.

Reply

tomtom says:
March 3, 2012 at 5:40 pm

They have known since 2005! My uncle worked for the council, they just did not want to pay.

Reply

Margaret Hill says:
March 4, 2012 at 9:12 am

That would not surprise me at all.

Reply

Leave a Reply Cancel reply

Your email address will not be published. Required fields are marked *

Comment

Name *

Email *

Website

Save my name, email, and website in this browser for the next time I comment.
"""

WORDPRESS_SPANISH = """2 comentarios en «El puente»

María José dice:
3 de marzo de 2012 a las 16:05

Pasé por ese puente todos los días y nunca vi una grieta.

Responder

Ramón dice:
4 de marzo de 2012 a las 9:12

Lo sabían desde hace años, y nadie hizo nada.

Responder

Deja una respuesta Cancelar la respuesta

Tu dirección de correo electrónico no será publicada. Los campos obligatorios están marcados con *
"""

WORDPRESS_GERMAN = """2 Gedanken zu „Die Brücke“

  1. Sabine Krüger sagt:
    3. März 2012 um 16:05 Uhr

    Ich bin jeden Tag über die Brücke gegangen und habe nie einen Riss gesehen.

    Antworten

  2. Horst sagt:
    4. März 2012 um 9:12 Uhr

    Das wissen die doch seit Jahren, nur zahlen wollte keiner.

    Antworten

Schreibe einen Kommentar Antworten abbrechen

Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert
"""

WORDPRESS_RUSSIAN = """2 комментария

Иван Петров говорит:
3 марта 2012 в 16:05

Я ходил по этому мосту каждый день и ни разу не видел трещины.

Ответить

Ольга говорит:
4 марта 2012 в 9:12

Об этом знали давно, просто никто не хотел платить.

Ответить

Добавить комментарий Отменить ответ

Ваш адрес email не будет опубликован. Обязательные поля помечены *
"""

WORDPRESS_JAPANESE = """コメント (2)

田中 より:
2012年3月3日 4:05 PM

毎日この橋を渡っていましたが、ひびを見たことはありません。

返信

さくら より:
2012年3月4日 9:12 AM

何年も前から知られていたのに、誰も払いたくなかっただけです。

返信

コメントを残す コメントをキャンセル

メールアドレスが公開されることはありません。 が付いている欄は必須項目です
"""

WORDPRESS_FRENCH = """3 commentaires

Claire Dubois dit :
3 mars 2012 à 16 h 05 min

Je suis passée sur ce pont tous les jours sans jamais voir une fissure.

Répondre

Luc dit :
4 mars 2012 à 9 h 12 min

Ils le savent depuis des années, personne ne voulait payer.

Répondre

Claire Dubois dit :
4 mars 2012 à 10 h 30 min

Cela ne m'étonnerait pas.

Répondre
"""

BLOGGER = """3 comments:

  1. I walked over that bridge every day for ten years and never saw a crack.

    ReplyDelete

  2. They have known since 2005! My uncle worked for the council.

    ReplyDelete

  3. That would not surprise me at all, to be honest.

    ReplyDelete

Post a Comment

Subscribe to: Post Comments (Atom)
"""

BLOGGER_OLD = """Anonymous said...

I walked over that bridge every day for ten years and never saw a crack.

3:05 PM

tomtom said...

They have known since 2005! My uncle worked for the council.

5:40 PM

Jenny said...

That would not surprise me at all, to be honest.

9:12 AM

Post a Comment
"""

DISQUS = """Join the discussion…

Margaret Hill • 2 years ago

I walked over that bridge every day for ten years and never saw a crack.

Reply • Share ›

tomtom • 2 years ago

They have known since 2005! My uncle worked for the council.

Reply • Share ›

riverman_44 • a year ago

The ferry was cheaper anyway lol

Reply • Share ›

comments powered by Disqus
"""

WPDISCUZ = """2 Comments

Margaret Hill
Guest
3 hours ago

I walked over that bridge every day for ten years and never saw a crack.

Reply

tomtom
Guest
2 hours ago

They have known since 2005! My uncle worked for the council.

Reply

Would love your thoughts, please comment.x
"""

FACEBOOK = """2 comments

Sort by Oldest

Margaret Hill
I walked over that bridge every day for ten years and never saw a crack.
Like · Reply · 3 · March 3, 2012 4:05pm

Tom Baker
They have known since 2005! My uncle worked for the council.
Like · Reply · March 3, 2012 5:40pm
"""

LIVEFYRE = """MargaretHill Mar 3, 2012 3:58 pm

I walked over that bridge every day for ten years and never saw a crack.

tomtom Mar 3, 2012 4:05 pm

They have known since 2005! My uncle worked for the council.

riverman44 Mar 3, 2012 5:40 pm

The ferry was cheaper anyway lol

jenny_b Mar 3, 2012 6:01 pm

Two years?! We need that bridge NOW.

oldtimer Mar 4, 2012 9:12 am

It will cost ten million in the end, mark my words.

Powered by Livefyre
"""

VBULLETIN = """Comments (3)

Margaret Hill
03-03-2012, 04:05 PM
I walked over that bridge every day for ten years and never saw a crack.
Reply With Quote

tomtom
03-03-2012, 05:40 PM
They have known since 2005! My uncle worked for the council.
Reply With Quote

riverman_44
03-04-2012, 09:12 AM
The ferry was cheaper anyway lol
Reply With Quote
"""

POSTED_BY = """Posted by Margaret Hill on March 3, 2012 at 04:05 PM

I walked over that bridge every day for ten years and never saw a crack.

Posted by tomtom on March 3, 2012 at 05:40 PM

They have known since 2005! My uncle worked for the council.

Posted by riverman on March 4, 2012 at 09:12 AM

The ferry was cheaper anyway lol

Posted by Jenny on March 4, 2012 at 10:01 AM

Two years?! We need that bridge NOW.
"""

SUBSTACK = """Discussion about this post

I walked over that bridge every day for ten years and never saw a crack.

Expand full comment

They have known since 2005! My uncle worked for the council.

Expand full comment

12 more comments...
"""

NETEASE = """网友评论

北方的狼 2024-05-13 09:58:13

这座桥我走了十年，从来没有看到过裂缝。

回复

小明 2024-05-13 10:29:57

早就知道了，只是没有人愿意出钱。

回复
"""

THREADS = {
    "wordpress": (WORDPRESS, ["Margaret Hill", "tomtom", "Margaret Hill"]),
    "wordpress in Spanish": (WORDPRESS_SPANISH, ["María José", "Ramón"]),
    "wordpress in German": (WORDPRESS_GERMAN, ["Sabine Krüger", "Horst"]),
    "wordpress in Russian": (WORDPRESS_RUSSIAN, ["Иван Петров", "Ольга"]),
    "wordpress in Japanese": (WORDPRESS_JAPANESE, ["田中", "さくら"]),
    "wordpress in French": (WORDPRESS_FRENCH, ["Claire Dubois", "Luc", "Claire Dubois"]),
    "blogger": (BLOGGER, ["", "", ""]),
    "blogger of old": (BLOGGER_OLD, ["Anonymous", "tomtom", "Jenny"]),
    "disqus": (DISQUS, ["Margaret Hill", "tomtom", "riverman_44"]),
    "wpdiscuz": (WPDISCUZ, ["Margaret Hill", "tomtom"]),
    "facebook": (FACEBOOK, ["Margaret Hill", "Tom Baker"]),
    "livefyre": (LIVEFYRE, ["MargaretHill", "tomtom", "riverman44", "jenny_b", "oldtimer"]),
    "vbulletin": (VBULLETIN, ["Margaret Hill", "tomtom", "riverman_44"]),
    "posted by": (POSTED_BY, ["Margaret Hill", "tomtom", "riverman", "Jenny"]),
    "substack": (SUBSTACK, ["", ""]),
    "netease": (NETEASE, ["北方的狼", "小明"]),
}


def cleaned(text: str, threshold: float = 0.9) -> str:
    """The text without the threads that the grammar is sure enough of."""
    document = Document("d", text)
    for thread in reversed(find_threads(document)):
        if thread.score >= threshold:
            lines = document.lines
            start, end = document.widen(lines[thread.first].start, lines[thread.last].end, "line")
            text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize("system", THREADS)
def test_a_thread_goes_whole_and_the_article_stays(system: str) -> None:
    thread, _ = THREADS[system]
    assert cleaned(ARTICLE + "\n" + thread) == ARTICLE + "\n"


@pytest.mark.parametrize("system", THREADS)
def test_a_thread_is_split_into_its_comments(system: str) -> None:
    thread, authors = THREADS[system]
    document = Document("d", ARTICLE + "\n" + thread)
    (found,) = find_threads(document)
    assert [comment.author for comment in split(document, found)] == authors


@pytest.mark.parametrize("system", THREADS)
def test_a_cleaned_page_is_clean(system: str) -> None:
    assert cleaned(ARTICLE) == ARTICLE
    once = cleaned(ARTICLE + "\n" + THREADS[system][0])
    assert cleaned(once) == once


PLAY = ARTICLE + "\nACT I\n\n" + "\n".join(
    f"{who}\n  {line}\n"
    for who, line in [
        ("HAMLET.", "Whither wilt thou lead me? Speak, I'll go no further."),
        ("GHOST.", "Mark me."),
        ("HAMLET.", "I will."),
        ("GHOST.", "My hour is almost come, when I to sulphurous and tormenting flames must render up myself."),
        ("HAMLET.", "Alas, poor ghost!"),
        ("GHOST.", "Pity me not, but lend thy serious hearing to what I shall unfold."),
    ]
    * 4
)  # fmt: skip

INTERVIEW = ARTICLE + "\n" + "\n\n".join(
    f"{who}\n{line}"
    for who, line in [
        ("Anna Berg", "When did you begin to draw bridges?"),
        ("Tom Hill", "As a boy. My father was an engineer, and he took me to every bridge that he built."),
        ("Anna Berg", "And which one do you like best?"),
        ("Tom Hill", "The small one behind our house. Nobody knows it, and it is two hundred years old."),
    ]
    * 4
)  # fmt: skip

QUESTIONS = ARTICLE + "\n" + "\n\n".join(
    f"Q: {question}\n\nA: {answer}"
    for question, answer in [
        ("What did the inspectors find?", "They found cracks in two arches of the bridge."),
        ("Who pays for it?", "The state pays one half and the town the other one."),
    ]
    * 5
)  # fmt: skip

SAID = ARTICLE + "\n" + "\n\n".join(
    f"{who} said:\n\n“{line}”"
    for who, line in [
        ("The minister", "We shall mend it."),
        ("He", "It is a matter of money, as everything is in this town, and of time."),
        ("She", "I do not believe a word of it."),
    ]
    * 3
)  # fmt: skip

TIMELINE = (
    ARTICLE
    + "\nThe bridge through the years\n\n"
    + "\n\n".join(
        f"March {day}, 19{year}\n\nThe bridge was closed for a week because of a flood, and the ferry ran again."
        for day, year in [(3, 12), (9, 24), (14, 36), (20, 47), (2, 58), (11, 69), (28, 71)]
    )
)

RECIPE = (
    ARTICLE
    + "\nBridge builders' bread\n\nPrep Time\n\n20 min\n\nCook Time\n\n1 hour\n\n"
    + "\n\n".join(
        ["Ingredients", "500 g of flour", "1 tsp salt", "Method", "Mix all of it and let it rest for an hour.", "Notes"]
        * 3
    )
)

LETTERS = (
    ARTICLE
    + "\nLetters to the editor\n\n"
    + "\n\n".join(
        f"{body}\n\n{name}\n{place}"
        for body, name, place in [
            ("Sir, your report on the bridge forgot the men who built it.", "Margaret Hill", "Little Hampton"),
            ("Sir, I read with joy that the ferry will come back to our river.", "Thomas Baker", "Upper Mill"),
            ("Sir, two years are a long time for two arches.", "J. P. Moore", "Bridge End"),
        ]
    )
)

ABOUT_COMMENTS = (
    ARTICLE
    + """
Why newspapers close their comments

Comments are closed on most articles of the paper since May. In the past, 1,200 comments came in every day,
and three people read all of them. One reader says: "I miss the talk below the article." Others replied that
they had never read it. "Leave a reply" was the most used button of the whole page, the editor said.

Leave a comment below an article, and somebody will be angry: that is what the editors learned.
"""
)

FORUM = """Which bridge do you like best?

ironbridge
Senior Member
Join Date: Mar 2009
Posts: 1,204

03-03-2012, 04:05 PM

I have been to forty bridges so far, and I want to see more. Which ones would you go to see in the north?

tomtom
Junior Member
Join Date: Apr 2011
Posts: 12

03-03-2012, 05:40 PM

Go and see the old one at the mill. It has been closed for years, but you can look at it from the path.

ironbridge
Senior Member
Join Date: Mar 2009
Posts: 1,204

03-04-2012, 09:12 AM

Thank you, I shall do that in May, when the path is dry again and the days are long enough for it.
"""

ANSWERS = (
    ARTICLE.replace("Monday", "Monday?")
    + """
2 Answers

Sorted by: Highest score

The cracks come from frost, which opens the joints a little more every year until the mortar falls out.

answered Mar 3, 2012 at 16:05

Tom Hill

Add a comment

It is the lorries. The arches were built for carts, and nobody has ever counted what drives over them now.

answered Mar 4, 2012 at 9:12

Anna Berg

Add a comment

Your Answer
"""
)

NEWS_LIST = (
    ARTICLE
    + "\n"
    + "\n\n".join(
        f"{title}\n\nMarch {day}, 2012\n\n{n} comments"
        for title, day, n in [
            ("Ferry comes back to the river", 3, 2),
            ("Council looks for a boat", 5, 14),
            ("Paper mill sold", 9, 0),
            ("School bus runs again", 12, 7),
            ("Citizens meet on Thursday", 14, 3),
        ]
    )
)

NAMES = (
    ARTICLE
    + "\nThey signed the letter\n\n"
    + "\n".join(
        f"{first} {last}" for first in ("Anna", "Tom", "Mary", "John") for last in ("Berg", "Hill", "Moore", "Baker")
    )
)

VERSE = "\n\n\n".join(
    "The bridge is down,\nthe bridge is down,\nand none shall cross the river.\n\nSay, who goes there?"
    for _ in range(12)
)

KEPT = {
    "a play": PLAY,
    "an interview": INTERVIEW,
    "questions and answers of an article": QUESTIONS,
    "quotations in an article": SAID,
    "a timeline": TIMELINE,
    "a recipe": RECIPE,
    "letters to the editor": LETTERS,
    "an article about comments": ABOUT_COMMENTS,
    "a forum": FORUM,
    "a page of questions": ANSWERS,
    "a list of news": NEWS_LIST,
    "a list of names": NAMES,
    "verse": VERSE,
}


@pytest.mark.parametrize("kind", KEPT)
def test_what_only_looks_like_a_thread_stays(kind: str) -> None:
    assert cleaned(KEPT[kind]) == KEPT[kind]


def test_the_seed_without_any_head_loses_its_thread() -> None:
    text = (SEEDS / "001_53bbcfaf76d1e0b2.txt").read_bytes().decode()
    document = Document("001", text)
    (thread,) = find_threads(document)
    assert document.content(thread.first) == "Zionism = EVIL"
    assert document.content(thread.first - 2).startswith("A strong Putin offered his hand")
    assert thread.last == len(document.lines) - 1
    assert thread.score >= 0.95
    names = {comment.author for comment in split(document, thread)}
    assert {"Zionism = EVIL", "Assad must stay", "klove and light", "Brother Ma"} <= names
    assert {"The Objective", "Christian S", "peter mcloughlin"} <= names  # who speak once


def test_names_that_recur_and_pairs_of_blank_lines_are_a_thread() -> None:
    talk = [
        ("lobo gris", "Nadie va a pagar eso, ya lo veréis."),
        ("Pepa", "Pues mi abuelo lo cruzaba en burro y no se quejaba"),
        ("lobo gris", "¡Tu abuelo no pesaba cuarenta toneladas!"),
        ("", "Buen artículo, gracias."),
        ("lobo gris", "De nada."),
        ("Pepa", "Jajaja"),
        ("", "Que pongan la barca de una vez, que el pueblo se muere."),
        ("", "El alcalde lo sabía desde 2005."),
        ("Pepa", "Y los de antes también, no te creas."),
        ("", "Así es este país."),
        ("", "Yo lo vi venir."),
    ]
    thread = "\n\n".join(f"{name}\n\n{text}" if name else f"\n{text}" for name, text in talk) + "\n"
    assert cleaned(ARTICLE + "\n" + thread) == ARTICLE + "\n"
    document = Document("d", ARTICLE + "\n" + thread)
    (found,) = find_threads(document)
    authors = [comment.author for comment in split(document, found)]
    assert authors == [name for name, _ in talk]


def test_an_article_that_a_reader_pastes_goes_with_the_thread() -> None:
    pasted = WORDPRESS.replace("That would not surprise me at all.", "Read this, from the Daily:\n\n" + ARTICLE)
    assert cleaned(ARTICLE + "\n" + pasted) == ARTICLE + "\n"


def test_the_footer_of_the_page_is_left_to_other_filters() -> None:
    footer = "Related articles\n\nFerry comes back to the river\n\nCopyright 2012 The Daily\n"
    assert cleaned(ARTICLE + "\n" + WORDPRESS + "\n" + footer) == ARTICLE + "\n" + footer


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    page = (ARTICLE + "\n" + WORDPRESS).replace("\n", end)
    assert cleaned(page) == (ARTICLE + "\n").replace("\n", end)


def test_a_comment_has_an_author_a_date_a_body_and_a_depth() -> None:
    thread = """2 Comments

  * Margaret Hill says:
    March 3, 2012 at 4:05 pm

    I never saw a crack.

    Nor did my sister.

    Reply

      * tomtom says:
        March 3, 2012 at 5:40 pm

        They have known since 2005!

        Reply
"""
    document = Document("d", ARTICLE + "\n" + thread)
    (found,) = find_threads(document)
    first, second = split(document, found)
    assert (first.author, first.date, first.depth) == ("Margaret Hill", "March 3, 2012 at 4:05 pm", 0)
    assert (second.author, second.date, second.depth) == ("tomtom", "March 3, 2012 at 5:40 pm", 1)
    assert document.content(first.body_first).strip() == "I never saw a crack."
    assert document.content(first.body_last).strip() == "Nor did my sister."
    assert first.last < second.first
    assert document.content(second.body_first) == document.content(second.body_last)


def test_a_form_without_comments_is_called_a_form() -> None:
    form = WORDPRESS[WORDPRESS.index("Leave a Reply") :]
    (thread,) = find_threads(Document("d", ARTICLE + "\n" + form))
    assert thread.form_only
    assert cleaned(ARTICLE + "\n" + form) == ARTICLE + "\n"


def test_evidence_is_named_in_words() -> None:
    (thread,) = find_threads(Document("d", ARTICLE + "\n" + WORDPRESS))
    assert '3 heads like "Ann says:"' in thread.evidence
    assert "3 reply buttons" in thread.evidence


CUES = [
    "Reply",
    "Ann says:",
    "Ann",
    "March 3, 2012 at 4:05 pm",
    "12 Comments",
    "Leave a Reply",
    "x" * 60,
    "1 2 3 4 5 6 7 8 9",
    "",
    "3" * 150,
]


@pytest.mark.slow
@pytest.mark.parametrize("cue", [*CUES, " ".join(["says", "at"] * 30), "a" * 400, ": " * 60, "1:1" * 40, "mar 3 " * 25])
def test_time_grows_with_the_number_of_lines_and_not_faster(cue: str) -> None:
    def seconds(lines: int) -> float:
        document = Document("d", ARTICLE + f"{cue}\n" * lines + "\n\n\ncomments\n")
        began = time.process_time()
        for thread in find_threads(document):
            split(document, thread)
        return time.process_time() - began

    seconds(100)
    small, large = (min(seconds(lines) for _ in range(2)) for lines in (1_000, 10_000))
    assert large < 50 * small + 0.2  # a quadratic one would take a hundred times as long


def test_a_line_of_a_megabyte_costs_next_to_nothing() -> None:
    for piece in ("Ann says: ", "March 3, 2012 ", " ", "Reply ", "[a](", "1."):
        document = Document("d", ARTICLE + piece * (1_000_000 // len(piece)) + "\n\ncomments\n")
        began = time.process_time()
        find_threads(document)
        assert time.process_time() - began < 5


def test_a_byline_right_above_the_first_comment_stays_with_the_article() -> None:
    byline = "Jane Miller | 5 March 2012 | 10:15\n\n"
    assert cleaned(f"{ARTICLE}\n{byline}{POSTED_BY}") == f"{ARTICLE}\n{byline}"


SIGNED = "\n\n".join(
    f"{body}\n\nPosted by {name} on May {day}, 2012 at 3:14 pm"
    for day, (name, body) in enumerate(
        {
            "Hetty": "Finally! My kids have been walking past that bridge for years.",
            "Rolf": "Nine million, and they still have no money for the bus.",
            "Ines K": "Does anyone know whether the road stays open during the works?",
            "Omar": "I worked there in the seventies and would not have missed it.",
            "Jenny": "A tunnel would have been the better choice, if you ask me.",
        }.items(),
        start=5,
    )
)


def test_the_first_comment_goes_where_heads_stand_below_comments() -> None:
    assert cleaned(f"{ARTICLE}\n{SIGNED}\n") == f"{ARTICLE}\n"


def test_the_last_paragraph_stays_above_heads_whose_last_comment_is_missing() -> None:
    plain = "The council will vote on the costs in autumn, and the engineers expect the work to take two years."
    cut = SIGNED.partition("\n\n")[2]
    assert plain in cleaned(f"{ARTICLE}\n{plain}\n\n{cut}\n")
