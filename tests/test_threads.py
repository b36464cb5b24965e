"""Promises about comment threads: each system's threads go whole, and what only looks like one stays."""

import time

import pytest

from cleaner.document import Document
from cleaner.threads import find_threads, heads, split

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
