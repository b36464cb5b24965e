"""A quick look whether a text may hold comments: most hold none, and are spared the grammar, which takes longer to
import than to label a document.
"""

import re
from itertools import islice

from cleaner.document import Document
from cleaner.text.expressions import expression

_TIMES = 3  # so many short lines tell a time of day or "2 hours ago"
_BUTTONS = 2  # so many lines are reply buttons
_SHORT = 110  # characters of a line that may be a head
_TIME = expression(
    r"\d[:h]\d\d|\d \S{1,9} (?:ago|назад|тому|temu|önce|geleden|fa|atrás|siden|sedan|sitten|lalu|trước|tagasi|पहले"
    r"|پیش|قبل)(?!\w)"
    r"|(?<!\w)(?:vor|hace|há|il y a|acum|před|pred|преди|пре|לפני|قبل|منذ|πριν|πριν από) \d|\d (?:órája|napja|hete)\b"
    r"|[\d秒分时時间間钟鐘天日周週月年]前|[초분간일주월년] ?전(?!\w)"
)
_TIMED = expression(r"[\d前전]")  # no time is told without one of these: most lines need not be looked through for it
# Words of comment systems in languages of which the segmentation saw little: there it misses threads. The grammar has
# all such words, but for a page without a thread it takes too long to import.
_REPLY = frozenset(
    "beantwoorden|reageer|odpowiedz|ответить|відповісти|yanıtla|cevapla|الرد|رد|پاسخ|پاسخ دادن|απάντηση"
    "|odpovědět|odpovedať|válasz|válasz erre|svara|svar|besvar|vastaa|răspunde|balas|trả lời|ตอบกลับ"
    "|उत्तर दें|जवाब दें|הגב|הגב לתגובה|השב|отговор|одговори|odgovori|respon|vasta|atsakyti|atbildēt|返信"
    "|回复|回覆|답글|답글 달기|답글쓰기".split("|")
)
_HEADINGS = frozenset(
    "kommentarer|kommentit|kommenttia|komentáře|komentářů|komentáre|komentarze|komentarzy|hozzászólások"
    "|hozzászólás|megjegyzés|comentarii|σχόλια|коментарі|коментарів|коментари|коментара|komentari"
    "|komentara|komentar|yorum|yorumlar|bình luận|ý kiến|التعليقات|تعليقات|تعليق|دیدگاه|دیدگاه ها"
    "|دیدگاه‌ها|نظرات|نظر|टिप्पणियाँ|टिप्पणियां|कॉमेंट्स|תגובות|תגובה|ความคิดเห็น|ความเห็น|댓글|コメント"
    "|のコメント|의 댓글|评论|評論|留言|回复|回覆|回应|回應|全部评论|全部回复|全部回应"
    "|网友评论|網友評論|読者の声|みんなのコメント|독자 의견|отзывы читателей|відгуки читачів"
    "|okur yorumları|komentar pembaca".split("|")
)
_BESIDE = " \t\r()[]*#·|•:.-–—条條则則件個个개0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_WORDS = 30  # characters, at most, of a line that may be a button or a heading
_CARD = expression(r"[:：]\s?\d[\d.,']{0,9}\r?$", re.MULTILINE)  # "Posts: 1,204"
_FLOOR = expression(r"^#?\d{1,4}\s?[樓楼층]\r?$", re.MULTILINE)  # "3樓"
_CARDS = 3  # such lines, of which each card of a board's member has one
# "... have backups. – Max Mar 26, 2019 at 16:47"; or with the word "Commented" for the dash, with a name or without.
_SIGNED = expression(
    r"(?:[–—] ?[^\s–—][^\n–—]{1,60}|(?:Comm?ent\w{1,4}|コメント済み) .{5,40})(?:\d:\d\d|ago)\s*$"
    r"|[)）].{6,50}\([A-Z]{2,5}\)\s*$",  # "--Max (talk) 16:47, 26 March 2019 (UTC)"
    re.MULTILINE,
)
_CLOCK, _AGO = expression(r"(?::\d\d|\d \([A-Z]{2,5}\))\s*$", re.MULTILINE), expression(r"ago\s*$", re.MULTILINE)


def shows_heads(text: str) -> bool:
    """Whether short lines tell times of day as the heads of comments do, are buttons to reply by, or headings."""
    lines = text.split("\n" if "\n" in text else "\r")
    short = "\n".join([line for line in lines if 2 < len(line) <= _SHORT and _TIMED.search(line)])
    if len(_TIME.findall(short)) >= _TIMES or may_be_signed(text):
        return True
    told = [line.rpartition("·")[2].strip(_BESIDE).lower() for line in lines if 1 < len(line) <= _WORDS]
    return sum(map(_REPLY.__contains__, told)) >= _BUTTONS or not _HEADINGS.isdisjoint(told)


def shows_cards(document: Document) -> bool:
    """Whether posts with the cards of a board's members stand below an article. The segmentation knows them from
    boards, where they are content.
    """
    text = document.text
    told = sum(1 for _ in islice(_CARD.finditer(text), _CARDS))
    if any(floor in text for floor in "樓楼층"):
        told += sum(1 for _ in islice(_FLOOR.finditer(text), _CARDS))
    if told < _CARDS:
        return False
    from cleaner.threads import carded_thread, cards, marks

    found = marks(document)
    return carded_thread(cards(found, document), found, document) is not None


def may_be_signed(text: str) -> bool:
    """Whether a line may end as comments do that are signed where they end."""
    ended = _CLOCK.search(text) or _AGO.search(text)  # these two take a tenth of the time
    return ended is not None and _SIGNED.search(text) is not None
