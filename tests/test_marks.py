"""What a single line is to a thread: a head with who and when, a heading that counts, a button, a form, or text."""

import pytest

from cleaner.document import Document
from cleaner.threads import heads, marks
from cleaner.threads.dates import find_stamp
from cleaner.threads.grammar import mark

HEADS = [
    ("Margaret Hill says:", "Margaret Hill", ""),
    ("Margaret Hill said...", "Margaret Hill", ""),
    ("Margaret Hill wrote on March 3, 2012:", "Margaret Hill", "March 3, 2012"),
    ("Posted by Margaret Hill at 4:05 PM on March 3, 2012", "Margaret Hill", "4:05 PM on March 3, 2012"),
    ("Comment by Margaret Hill — March 3, 2012 @ 4:05 pm", "Margaret Hill", "March 3, 2012 @ 4:05 pm"),
    ("Margaret Hill | March 3, 2012 | Reply", "Margaret Hill", "March 3, 2012"),
    ("**Margaret Hill** · 2 hours ago", "Margaret Hill", "2 hours ago"),
    ("12. Margaret Hill, 3rd March 2012 at 16:05", "Margaret Hill", "3rd March 2012 at 16:05"),
    ("Margaret Hill dice:", "Margaret Hill", ""),
    ("Publicado por María el 3 de marzo de 2012 a las 16:05", "María", "3 de marzo de 2012 a las 16:05"),
    ("Claire a écrit :", "Claire", ""),
    ("Rédigé par Claire le 3 mars 2012 à 16:05", "Claire", "3 mars 2012 à 16:05"),
    ("Sabine sagt:", "Sabine", ""),
    ("Am 3. März 2012 um 16:05 von Sabine", "Sabine", "3. März 2012 um 16:05"),
    ("João diz:", "João", ""),
    ("Giulia scrive:", "Giulia", ""),
    ("Marieke zegt:", "Marieke", ""),
    ("Иван Петров пишет:", "Иван Петров", ""),
    ("#3 написал: Иван Петров (3 марта 2012 16:05)", "Иван Петров", "3 марта 2012 16:05"),
    ("#3 María 03.mar.2012 | 16:05", "María", "03.mar.2012 | 16:05"),
    ("Agnieszka pisze:", "Agnieszka", ""),
    ("Mehmet dedi ki:", "Mehmet", ""),
    ("محمد يقول:", "محمد", ""),
    ("さくら より:", "さくら", ""),
    ("小明 说：", "小明", ""),
    ("小明 2012-03-03 16:05:22", "小明", "2012-03-03 16:05:22"),
    ("小明 说道：", "小明", ""),
    ("3楼 小明 发表于 2012-3-3 16:05", "小明", "2012-3-3 16:05"),
    ("网友 [小明] 2012-03-03 16:05:22 发表", "网友 [小明", "2012-03-03 16:05:22"),
    ("3 : さくら : 2012/03/03(土) 16:05:22.10 ID:aBc3Xy0", "さくら", "2012/03/03(土) 16:05:22.10"),
    ("Mette siger:", "Mette", ""),
    ("Odd sier:", "Odd", ""),
    ("Lennart skriver:", "Lennart", ""),
    ("Lennart sa...", "Lennart", ""),
    ("Pekka sanoo:", "Pekka", ""),
    ("Jana napsala:", "Jana", ""),
    ("Kovács Béla szerint:", "Kovács Béla", ""),
    ("Ionel spune:", "Ionel", ""),
    ("Μαρία λέει:", "Μαρία", ""),
    ("Тарас коментує:", "Тарас", ""),
    ("Иван каза:", "Иван", ""),
    ("Marko kaže:", "Marko", ""),
    ("Budi berkata:", "Budi", ""),
    ("Hùng viết:", "Hùng", ""),
    ("สมชาย พูดว่า:", "สมชาย", ""),
    ("रमेश कहते हैं:", "रमेश", ""),
    ("رضا گفت:", "رضا", ""),
    ("יוסי הגיב:", "יוסי", ""),
    ("홍길동 댓글:", "홍길동", ""),
    ("Andrei Popescu (28 septembrie 2018, 13:55)", "Andrei Popescu", "28 septembrie 2018, 13:55"),
    ("Lennart, 13:55, 28 maj 2018", "Lennart", "13:55, 28 maj 2018"),
    ("Nguyễn Văn A - 13:55 28/05/2018", "Nguyễn Văn A", "13:55 28/05/2018"),
    ("old_salt 8 hours ago | next [–]", "old_salt", "8 hours ago"),
    ("old_salt 7 hours ago | root | parent | next [–]", "old_salt", "7 hours ago"),
    ("Иван Петров 3 часа назад | родитель | следующий", "Иван Петров", "3 часа назад"),
    ("old_salt • 2 years ago • edited", "old_salt", "2 years ago"),
    ("Margaret Hill · 3 March 2012 16:05 · Like 3", "Margaret Hill", "3 March 2012 16:05"),
    ("Sabine · vor 2 Stunden (bearbeitet)", "Sabine", "vor 2 Stunden"),
    ("Claire, il y a 3 heures, modifié il y a 2 heures", "Claire", "il y a 3 heures"),
    (
        "by Ann Lee ( 117 ) on March 3, 2012 @09:40AM (#64309301) Homepage Journal",
        "Ann Lee ( 117",
        "March 3, 2012 @09:40AM",
    ),
    ("[-]old_salt 12 points 2 years ago (2 children)", "old_salt", "2 years ago"),
    ("[–]old_salt 341 points342 points343 points 2 years ago", "old_salt", "2 years ago"),
    (
        "[–]old_salt comment score below threshold-14 points-13 points-12 points 2 years ago (2 children)",
        "old_salt",
        "2 years ago",
    ),
    ("Comment Link Saturday, 3 March 2012 16:05 posted by Margaret Hill", "Margaret Hill", "3 March 2012 16:05"),
    ("Enlace al comentario 3 marzo 2012 16:05 publicado por María", "María", "3 marzo 2012 16:05"),
    ("Comment number 9. Posted by Margaret Hill", "Margaret Hill", ""),
    ("Kommentar Nr. 9: Sabine, 3. März 2012 um 16:05", "Sabine", "3. März 2012 um 16:05"),
]


@pytest.mark.parametrize(("line", "author", "date"), HEADS)
def test_a_head_tells_who_and_when(line: str, author: str, date: str) -> None:
    (head,) = heads(Document("d", f"{line}\n\nI never saw a crack in it.\n"))
    assert (head.author, head.date) == (author, date)


DATES = (
    "March 3, 2012 at 4:05 pm|Mar 3rd, 2012|03/03/2012|2012-03-03 16:05|2 hours ago|a month ago|just now"
    "|Yesterday at 4:05 PM|3 de marzo de 2012|hace 2 horas|hace un mes|3 mars 2012 à 16h05"
    "|il y a 2 heures|il y a un mois|3. März 2012 um 16:05 Uhr|vor 2 Stunden|3 de março de 2012 às 16:05"
    "|há 2 horas|3 marzo 2012 alle 16:05|2 ore fa|3 maart 2012 om 16:05|2 uur geleden"
    "|3 марта 2012 в 16:05|3 часа назад|3 Mart 2012, 16:05|2 saat önce|3 marca 2012 o 16:05"
    "|2 godziny temu|2012年3月3日 16:05|3小时前|3時間前|3시간 전|5h|06.11.2023, 13.47 Uhr|March 3, 2012 4:05:22 PM"
    "|3 березня 2012|2 години тому|3. marts 2012 kl. 16:05|for 2 timer siden|för en vecka sedan|3. maaliskuuta 2012 klo 16.05"
    "|2 tuntia sitten|3. března 2012 v 16:05|před 2 hodinami|před týdnem|2012. március 3. 16:05|2012.03.03. 16:05|2 órája"
    "|3 martie 2012 la 16:05|acum 3 zile|3 Μαρτίου 2012 στις 4:05 μ.μ.|πριν από 2 ώρες|3 март 2012 в 16:05|преди 2 часа"
    "|prije 3 dana|3 Maret 2012 pukul 16.05|2 jam yang lalu|3 tháng 3, 2012 lúc 16:05|2 giờ trước|3 มีนาคม 2012 เวลา 16:05"
    "|2 ชั่วโมงที่แล้ว|3 मार्च 2012 को 16:05 बजे|2 घंटे पहले|3 במרץ 2012 בשעה 16:05|לפני שעתיים|3 مارس، 2012 الساعة 4:05 م"
    "|منذ 3 أيام|منذ ساعتين|۲۵ آذر ۱۳۹۸ در ۱۴:۴۰|۲ ساعت پیش|هفته پیش|2012년 3월 3일 4:05 오후|어제 16:05|昨天 16:05"
    "|2012/03/03(土) 16:05:22|2012 m. kovo 3 d. 16:05|eilen klo 16:05|igår 16:05"
).split("|")


COUNTS = (
    "3 kommentarer til „Broen“|3 svar på ”Bron”|3 kommenttia artikkeliin ”Silta”|3 komentářů: „Most“|3 komentarze do „Most”"
    "|“Híd” bejegyzéshez 3 hozzászólás|3 comentarii la „Podul”|3 σκέψεις για το “Γέφυρα”|3 коментара за „Мост“|3 коментарі до “Міст”"
    "|3 komentara na “Most”|3 tanggapan untuk “Jembatan”|3 bình luận về “Cầu”|Ý kiến (3)|3 ความคิดเห็น|“पुल” पर 3 विचार"
    "|3 תגובות בנושא “גשר”|3 دیدگاه دربارهٔ «پل»|نظرات (۳)|3 تعليقات على “الجسر”|“Köprü” üzerine 3 yorum|「橋」への3件のフィードバック"
    "|コメント3件|댓글 3개|“다리”에 대한 3개의 댓글|《桥》有3条评论|3 comentários sobre “A ponte”|3 gedachten over “De brug”"
).split("|")


BUTTONS = (
    "Besvar|Svara|Vastaa|Odpovědět|Válasz erre|Răspunde|Απάντηση|Отговор|Odgovori|Balas|Trả lời|ตอบกลับ|उत्तर दें|הגב|پاسخ"
    "|返信する|답글쓰기|Synes godt om · Besvar|Vind ik leuk · Beantwoorden|Lubię to! · Odpowiedz|ถูกใจ · ตอบกลับ|좋아요 · 답글 달기"
    "|SvaraRadera|ΑπάντησηΔιαγραφή|Thích12Trả lờiChia sẻ|顶[3] 回复 收藏 复制"
    "|View 3 replies|3 more replies|Click to rate|Voir 3 réponses|Ver las 3 respuestas|Mostrar 3 respostas|Vedi altre 3 risposte"
    "|Alle 3 Antworten anzeigen|Leserempfehlung 3|Toon 3 reacties|Visa 3 svar|Pokaż 3 odpowiedzi|Показать 3 ответа|Показати 3 відповіді"
    "|Like (31)|Recommend 246|412 Recommend|1,204 recommends|Recommander (25)|J'aime 12|Gefällt mir (3)|Нравится 31|赞(12)|いいね 3|공감 12"
    "|1.2k Recommend|Liked by 3 people|Liked by Tom Verrall|5 Personen gefällt das|A 3 personas les gusta esto|3人がいいねしました"
    "|1 reply by Tom Verrall|1 of 3 replies|See all responses|Показать ещё 3 ответа|Alle Antworten anzeigen|Voir toutes les réponses"
    "|답글2|返信 3|permalinksaveparentreportgive awardreply|permalinkembedsavereportreply|antwortenteilenmelden"
    "|3 yanıtı göster|查看全部3条回复|返信3件|3件の返信を表示|답글 3개 더 보기|عرض الردود|Verstoß melden|Zaloguj się, aby odpowiedzieć"
).split("|")


FORMS = (
    "Legg igjen en kommentar Avbryt svar|Napsat komentář Zrušit odpověď na komentář|Vélemény, hozzászólás? Válasz megszakítása"
    "|Lasă un răspuns Anulează răspunsul|Tinggalkan Balasan Batalkan balasan|Để lại một bình luận Hủy|ใส่ความเห็น ยกเลิกการตอบ"
    "|Αφήστε μια απάντηση|टिप्पणी लिखें|כתיבת תגובה לבטל|Залишити відповідь Скасувати відповідь|发表回复 取消回复"
).split("|")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        *((line, "count") for line in COUNTS),
        *((line, "button") for line in BUTTONS),
        *((line, "form-heading") for line in FORMS),
    ],
)
def test_a_line_says_what_it_is_in_many_languages(line: str, kind: str) -> None:
    assert mark(0, line).kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "Bake for 45 min",
        "Like 3 of the others",
        "1,204 likes",
        "412 recommendations for the county",
        "Recommend 246 more of them",
        "Liked by many and read by few",
        "1 reply by the minister, who said no more",
        "3 of 7 replies came late",
        "See all response options",
        "Comment number 9. The bridge was built in 1887",
        "recommendthis",
        "replysharks and others",
        "The top seed has 341 points",
        "Alle 3 Antworten sind falsch",
        "Voir 3 films en une semaine",
        "See 12 comments on the new plan",
        "3 comments on the draft came from Lisbon.",
        "Top 10 des restaurants",
        "Comments may also be added to client queries:",
        "Statsministeren er enig",
        "Svar fra ministeren",
        "Reply to my critics",
        "Ý kiến của chuyên gia",
        "3 personer døde på mandag",
        "Publicerad 3 mars 2012 kl. 16:05",
        "Cập nhật 03/03/2012 16:05",
        "منتشر شده در ۲۵ آذر ۱۳۹۸",
    ],
)
def test_a_line_of_an_article_is_nothing_else(line: str) -> None:
    found = mark(0, line)
    assert found.kind in ("short", "prose") or (found.kind == "date" and not found.author)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("1 hour ago | prev | next [–]", "1 hour ago"),
        ("2 years ago (edited)", "2 years ago"),
        ("3mo ago • Edited 3mo ago", "3mo ago"),
        ("Mar 20Edited", "Mar 20"),
        ("3 марта 2012 (отредактировано)", "3 марта 2012"),
        ("2012/03/03 リンク Add Star", "2012/03/03"),
        ("24-5-18 09:12 来自上海", "24-5-18 09:12"),
        ("3 Mar 2012, 16:05 Permalink", "3 Mar 2012, 16:05"),
        ("3 Mar 2012 7.14", "3 Mar 2012 7.14"),
        ("3. März 2012, 16.05", "3. März 2012, 16.05"),
    ],
)
def test_what_stands_behind_a_date_and_names_nobody(line: str, date: str) -> None:
    found = mark(0, line)
    assert (found.kind, found.author, found.date) == ("date", "", date)


@pytest.mark.parametrize("line", ["3 May 7.14", "3 Mar 2012 7.14 m", "3 Mar 2012 7.74", "3 Mar 2012 71.40"])
def test_a_number_behind_a_date_is_no_time(line: str) -> None:
    stamp = find_stamp(line)
    assert stamp is not None and not stamp.exact


@pytest.mark.parametrize("date", DATES)
def test_a_date_below_a_name_makes_a_head(date: str) -> None:
    (head,) = heads(Document("d", f"Margaret Hill\n{date}\n\nI never saw a crack in it.\n"))
    assert (head.author, head.date) == ("Margaret Hill", date)


@pytest.mark.parametrize(
    "line",
    [
        "On March 3, 2012, the bridge was closed.",
        "The minister said:",
        "He wrote:",
        "This is what she says:",
        "HAMLET.",
        "Updated March 3, 2012",
        "Published: 3 March 2012, 16:05",
        "20 min",
        "350W",
        "12:30",
        "3 comments were removed from the page.",
        "The ferry left at 4:05 pm and came back at 6:10 pm.",
        "船长当然心疼，他说：",
        "据一位站在桥边的人事后回忆说：",
        "她很严肃地说道：",
        "<figcaption>The old bridge</figcaption>",
        "The film of March 3, 2012 edited for television",
        "A walk along the pier, 3 March 2012 | next",
        "Diese Seite wurde zuletzt am 29. März 2012 um 13:22 Uhr geändert.",
        "Cette page a été le 3 mars 2012 à 16h05 modifiée",
        "by Margaret Hill 3 months ago 12 comments",
        "By Margaret Hill Date 3 March 2012 16:05 Upvotes 3",
        "Margaret Hill, 3 March 2012, edited by Ann Lee",
        "Publié le 3 mars 2012 à 16h05, modifié le 4 mars 2012 à 9h12",
    ],
)
def test_a_line_of_an_article_is_no_head(line: str) -> None:
    assert not [head for head in heads(Document("d", f"{line}\n\nThe rest of the article.\n")) if head.author]


@pytest.mark.parametrize(
    "heading",
    [
        "One thought on “Old mill to become a library”",
        "Eine Antwort zu „Die alte Mühle“",
        "1 réflexion au sujet de « Le moulin »",
        "Un pensiero su “Il mulino”",
        "Eén reactie op “De molen”",
        "Jedna odpowiedź do „Młyn”",
        "Ett svar på ”Kvarnen”",
        "1 komentář u „Mlýn“",
        "“Değirmen” üzerine bir düşünce",
        "Ένα σχόλιο στο “Μύλος”",
        "تعليق واحد على “الطاحونة”",
        "《磨坊》有一个想法",
    ],
)
def test_one_comment_is_counted_in_words(heading: str) -> None:
    assert mark(0, heading).kind == "count"
    assert mark(0, heading).number == 1


@pytest.mark.parametrize(
    "line",
    [
        "One reply to “What is art?” is a closed door.",
        "One thought on the crisis",
        "Ett svar på krisen",
        "Un răspuns la criză",
        "Eine Antwort",
    ],
)
def test_an_answer_to_something_counts_no_comments(line: str) -> None:
    assert mark(0, line).kind in ("short", "prose")


def test_a_sentence_with_a_date_is_no_head() -> None:
    assert mark(0, "The library opens on 5 May 2012 at 9:00.").kind == "prose"
    assert mark(0, "The Dude on 5 May 2012 at 9:00").author == "The Dude"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Results and discussion", "short"),
        ("Comment and analysis", "short"),
        ("Comments and discussion", "short"),
        ("Comments and opinions are welcome", "short"),
        ("Comentarios - 8", "count"),
        ("全部回应 9 条", "count"),
        ("3 Comments - powered by utteranc.es", "count"),
        ("4 comments · 3 replies – powered by giscus", "count"),
        ("Toutes les contributions (34)", "count"),
        ("すべてのコメント 28", "count"),
        ("3 comments - a summary", "short"),
        ("Contributions", "short"),
        ("You must log in or register to comment.", "form"),
        ("Zaloguj się, aby komentować", "form"),
        ("You must log in or perish.", "prose"),
        ("Last reply: 3 Sep 2022 10.17", "button"),
        ("Letzte Antwort: 3. März 2012 um 16:05", "button"),
        ("Last reply of the minister, 3 Sep 2022", "dated"),
        ("↑ ↓ ↩ ⚑", "button"),
        ("↑ Ann wrote", "forum"),
        ("Subscribed.", "prose"),
        ("Continue Discussion 9 replies", "heading"),
        ("Start a discussion at forum.example.org", "heading"),
        ("Poursuivre la discussion", "heading"),
        ("继续讨论", "heading"),
        ("Continue the discussion of 1912", "short"),
        ("Start a conversation with a stranger", "short"),
        ("Subscribe to our newsletter", "footer"),
    ],
)
def test_a_line_that_may_head_comments(line: str, kind: str) -> None:
    (mark,) = marks(Document("d", f"{line}\n"))
    assert mark.kind == kind


@pytest.mark.parametrize("guest", ["Invitado", "Visitante", "Ziyaretçi", "Gast", "访客", "Гость"])
def test_the_name_above_what_stands_for_one_is_the_author(guest: str) -> None:
    comments = "".join(
        f"{name}\n{guest}\n{day} Mar 2012 16:05\nNo estoy de acuerdo.\n\n" for day, name in enumerate(("Ana", "Luz"), 3)
    )
    assert [head.author for head in heads(Document("d", comments))] == ["Ana", "Luz"]


@pytest.mark.parametrize(
    "between",
    [
        ["7 points", "12 points", "1 point"],
        ["English\n42·", "English\n-6·", "English\n3·"],
        ["moderator\n7 points", "12 points", "OP\n1 point"],
        ["댓글모음"] * 3,
    ],
)
def test_points_and_badges_above_each_date_are_no_author(between: list[str]) -> None:
    comments = "".join(
        f"{name}\n{badge}\n{day} Mar 2012 16:05\nI never saw a crack in it.\n\n"
        for day, (name, badge) in enumerate(zip(("Ann", "old_salt", "Omar"), between, strict=True), 3)
    )
    assert [head.author for head in heads(Document("d", comments))] == ["Ann", "old_salt", "Omar"]


def test_a_name_above_each_date_is_no_badge() -> None:
    comments = "".join(f"Ann Hill\n{day} Mar 2012 16:05\nI never saw a crack in it.\n\n" for day in (3, 4, 5))
    assert [head.author for head in heads(Document("d", comments))] == ["Ann Hill"] * 3
    listed = "".join(f"Ann Hill {day}\nFollow\nMar {day}\nA post about its arches.\n\n" for day in (3, 4, 5))
    assert {head.author for head in heads(Document("d", listed))} == {"Follow"}
    results = "".join(f"Lake Run\n{day} km\n{day} Mar 2012\nThe course was dry.\n\n" for day in (3, 4, 5))
    assert [head.author for head in heads(Document("d", results))] == ["3 km", "4 km", "5 km"]
