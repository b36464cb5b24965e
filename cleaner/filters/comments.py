"""Readers' comments below an article: the thread goes as a whole, and each comment in it is named in the log."""

import re
from collections.abc import Iterable, Sequence

from cleaner.document import Document, Filter, Span
from cleaner.segmentation import label_documents, segmentation

_SOME = 0.02  # the grammar is slow: it is asked where the segmentation sees the least sign of a thread
_TIMES = 3  # ... or where so many short lines tell a time of day, or how long ago something was
_BUTTONS = 2  # ... or where so many lines are a button to reply by
_SHORT = 110  # characters of a line that may be a head
_TIME = re.compile(
    r"\d[:h]\d\d|\d \S{1,9} (?:ago|назад|тому|temu|önce|geleden|fa|atrás|siden|sedan|sitten|lalu|trước|tagasi|पहले"
    r"|پیش|قبل)(?!\w)"
    r"|(?<!\w)(?:vor|hace|há|il y a|acum|před|pred|преди|пре|לפני|قبل|منذ|πριν|πριν από) \d|\d (?:órája|napja|hete)\b"
    r"|[\d秒分时時间間钟鐘天日周週月年]前|[초분간일주월년] ?전(?!\w)"
)
# "Reply" on a line of its own, in languages that the segmentation has seen little of: it hardly knows it there.
_REPLY = re.compile(
    r"^\W{0,4}(?:\d{1,4}\W{1,3}|[^\d\n]{1,30}[·|•]\s?)?(?:beantwoorden|reageer|odpowiedz"
    r"|ответить|відповісти|yanıtla|cevapla|الرد|رد|پاسخ(?: دادن)?|απάντηση|odpovědět|odpovedať|válasz(?: erre)?|svara"
    r"|svar|besvar|vastaa|răspunde|balas|trả lời|ตอบกลับ|उत्तर दें|जवाब दें|הגב(?: לתגובה)?|השב|отговор|одговори|odgovori"
    r"|respon|vasta|atsakyti|atbildēt|返信|回复|回覆|답글(?: 달기|쓰기)?|응답)\W{0,6}\d{0,4}$",
    re.IGNORECASE | re.MULTILINE,
)
# A heading of comments in such languages: their word with a number, or alone.
_COMMENTS = (
    "kommentarer|kommentti|kommentit|koment[aá]|коментар|yorum|تعليق|دیدگاه|نظرات|σχόλι|hozzászól|comentarii"
    "|bình luận|टिप्पणि|कॉमेंट"
    "|תגובות|תגובה|ความคิดเห็น|ความเห็น|コメント|댓글"
)
_LONE = (
    "kommentarer|kommentit|komentáře|komentáre|hozzászólások|comentarii|σχόλια|коментарі|коментари|komentari|komentar|التعليقات"
    "|تعليقات|دیدگاه ?ها|نظرات|bình luận|टिप्पणियाँ|टिप्पणियां|कॉमेंट्स|תגובות|ความคิดเห็น|댓글|コメント"
)
_HEADING = re.compile(
    rf"^[^\w\n]{{0,4}}(?:\d[\d.,]{{0,6}}[^\w\n]{{0,2}}(?:件の|개의 |条|則)?(?:{_COMMENTS})"
    rf"|(?:{_COMMENTS})[^\W\d]{{0,6}}\W{{0,4}}\d|(?:{_LONE})\W{{0,3}}$)",
    re.IGNORECASE | re.MULTILINE,
)


def build() -> Filter:
    """The filter of comment threads, for the table of filters."""
    return Comments()


class Comments:
    """Yields the stretches of a document that are comment threads, and the single comments in them."""

    def __call__(self, document: Document) -> Iterable[Span]:
        """A span for each thread; where part of it is surer, one for that; and one for each comment in it."""
        labelled = segmentation(document)
        if labelled.talk < _SOME and not _shows_heads(document.text):
            return ()
        # Takes longer to import than to label a document, and most have no thread.
        from cleaner.filters.thread_spans import thread_spans

        return thread_spans(document, labelled.segments)

    def prepare(self, documents: Sequence[Document]) -> None:
        """Labels many documents at once."""
        label_documents(documents)


def _shows_heads(text: str) -> bool:
    """Whether short lines tell times of day as the heads of comments do, are buttons to reply by, or headings."""
    lines = text.split("\n" if "\n" in text else "\r")
    short = "\n".join([line for line in lines if 2 < len(line) <= _SHORT])
    return (
        len(_TIME.findall(short)) >= _TIMES
        or len(_REPLY.findall(short)) >= _BUTTONS
        or _HEADING.search(short) is not None
    )
