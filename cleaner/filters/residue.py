"""Boilerplate that no rule names, found by structure: lines around and inside the article that are no part of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice, pairwise

from cleaner.document import LEAST, Document, Filter, Span
from cleaner.filters import AFTER, BEFORE, INSIDE
from cleaner.filters.runs import runs
from cleaner.models import SHIPPED, Models
from cleaner.pipeline.profiles import AGGRESSIVE, JUST_BELOW_STANDARD, SAFE, STANDARD
from cleaner.segmentation import Segment, label_documents, segmentation
from cleaner.text.expressions import expression
from cleaner.text.markdown import outside
from cleaner.text.sentences import STOPS

_TALK = 0.2  # from here on a line may lie in a thread
_TITLE = 25  # characters of the shortest line above an article that may be one
_ABOVE = 6  # lines above an article among which its title is: a byline, a date and labels may stand between
# a fact is told as a reason if its mean over the run reaches this (the last: stays below it)
_WORDED, _LIKELY, _OUTSIDE = 0.15, 0.5, 0.3
_REMEMBERED = 1 << 12  # lines whose answer is kept: in the next round most of a text is looked at again
_BYLINE = 120  # characters that a line with a name and a date has at most
_POSTED = "posted|written|published|geschrieben|publié|écrit|publicado|escrito|pubblicato|scritto|geschreven"
_BY = expression(
    rf"[*_#>\s]*(?:(?:(?:(?:{_POSTED})\s)?(?:by|von|par|por|di|da|door|przez)|av|af|oleh|penulis|írta|tác\sgiả|автор|от|текст"
    r"|yazan|بقلم|نویسنده|作者|记者|文)[\s::]|[가-힣]{2,4}\s(?:기자|특파원)\b)",
    re.IGNORECASE,
)
_CALL = expression(r"(?<![\w./-])[+(]?\d[\d() /.-]{5,}\d")  # a number to call, which an article may tell
_FEW = 8  # a document of so few lines has no structure to judge by
_SENTENCE = 40  # characters
_PARAGRAPH = 130  # characters of a paragraph
_POSTS = expression(
    r"^\W{0,12}(?:posted|filed|published|tagged)\b[^\n]{0,160}\bcomments?\b", re.IGNORECASE | re.MULTILINE
)
_SEVERAL = 3  # posts, each with a count of its comments: a page with so many has no single article
_REFERENCE = expression(r"\[[^\]\n]{1,80}\]:\s?\S")  # "[1]: https://example.org", of Markdown
_NOTE = expression(r"[*_\s\\-]{0,4}[(\[](\d{1,2})\\?[)\]]\.?\s?\S")  # "(3) Mann, Town life, 1921", "[3] ..."
_FAR = expression(r"[\u0370-\u1cff\u2e80-\ud7ff\uf900-\ufaff]")  # letters of scripts from Greek on
_TELLS = 20  # characters of a sentence in such a script: one of Chinese says as much as two of Latin
_SEEN = 400  # characters of a line by which its script is told
_LEARNED = 400  # characters of a line, as those are at most of which the words of notices were learned
_SAYS = expression(r"[。！？，；।؟،]|[.!?…]$|\w, \w")  # marks of sentences, in such scripts too
_QUOTES = expression(r"(?:\A|:\s?)[\"“„«»‘「『][^\n]{20,}[\"”“»«’」』]\W?\Z")  # what somebody says or writes
_ENDS = (*STOPS, '"', "”", "»")


def build(models: Models = SHIPPED) -> Filter:
    """The filter of unnamed boilerplate, for the table of filters."""
    return Residue(models)


class Residue:
    """Yields the lines that the segmentation takes for boilerplate, outside of comment threads."""

    reads_short_forms = True

    def __init__(self, models: Models = SHIPPED) -> None:
        self._models = models

    def __call__(self, document: Document) -> Iterable[Span]:
        """A span for each line, so that a notice which a rule names keeps its name; the run is in the reason."""
        return outside(document, self._spans(document))

    def _spans(self, document: Document) -> Iterator[Span]:
        found = segmentation(document, self._models)
        least = document.memo.get(LEAST, AGGRESSIVE)
        if found.waste < max(least, AGGRESSIVE):
            return
        segments = found.segments
        article = [place for place, segment in enumerate(segments) if segment.label.kind == "article"]
        first, last = (article[0], article[-1]) if article else (len(segments), len(segments))
        scores = [0.0 if segment.label.kind == "comment" else segment.label.residue for segment in segments]
        doubts = _Doubts(document, segments, first, last)
        scores = [
            JUST_BELOW_STANDARD if score >= STANDARD and doubts.about(place) else score
            for place, score in enumerate(scores)
        ]
        if max(scores) >= STANDARD and _is_boards(document):
            scores = [min(score, JUST_BELOW_STANDARD) for score in scores]
        if max(scores) < least:
            return
        for begin, stop in runs(scores, AGGRESSIVE):
            if max(scores[begin:stop]) < least:
                continue
            code, place = (
                (BEFORE, "before") if stop <= first else (AFTER, "after") if begin > last else (INSIDE, "inside")
            )
            size = f"{stop - begin} {'line' if stop - begin == 1 else 'lines'}"
            edge = "at the end of the text" if stop == len(segments) else "at its start" if begin == 0 else ""
            reason = f"is no part of the article: {size} {place} it, {_why(segments[begin:stop], edge)}"
            for segment, score in zip(segments[begin:stop], scores[begin:stop], strict=True):
                yield Span(segment.start, segment.next, code, reason, score)

    def prepare(self, documents: Sequence[Document]) -> None:
        """Labels many documents at once."""
        label_documents(documents, self._models)


class _Doubts:
    """Lines that only the aggressive profile takes, however sure the segmentation is.

    `first`, `last`: the places where the article begins and ends.
    """

    def __init__(self, document: Document, segments: Sequence[Segment], first: int, last: int) -> None:
        self._document, self._segments, self._first, self._last = document, segments, first, last

    def about(self, place: int) -> bool:
        """Whether a line is one of them."""
        segment, text = self._segments[place], self._text(place)
        if segment.label.thread >= _TALK:
            return True  # heads and buttons of what may be a thread: without them posts read like one
        worded = segment.facts.get("notice", 0.0)
        if self._may_be_content(place, text, worded >= SAFE):
            return True
        if worded >= STANDARD:  # its words tell, in any script, among few lines
            return segment.facts.get("waste", 0.0) < _LIKELY and _may_be_told(text, worded)
        return self._reads_like_prose(place, text)

    def _text(self, place: int) -> str:
        return self._document.text[self._segments[place].start : self._segments[place].next].strip()

    def _may_be_content(self, place: int, text: str, is_worded: bool) -> bool:
        """Titles: the first line, and the one above the article, but for one that is surely worded like a notice.
        Bylines and datelines. Where links of a text in Markdown lead, and numbers in brackets."""
        if self._tells_who(place, text, is_worded) or (place in (0, self._title) and not is_worded):
            return True
        return bool(_REFERENCE.match(text)) or (_NOTE.match(text) is not None and place in self._notes)

    def _tells_who(self, place: int, text: str, is_worded: bool) -> bool:
        """Bylines and datelines, which belong to `metadata`, and that is off unless selected. Above the article a date
        shows one; elsewhere only how it begins, unless it is surely worded like a notice."""
        if len(text) > _BYLINE:
            return False
        return _is_byline(text) if place < self._first else not is_worded and _BY.match(text) is not None

    def _reads_like_prose(self, place: int, text: str) -> bool:
        """Lists and sentences in scripts of which too few labelled pages are; sentences among few lines, which have too
        little structure; paragraphs of one of several posts."""
        if _is_far(text):
            begin, end = self._telling
            return begin < place < end or _SAYS.search(text) is not None
        if len(self._segments) <= _FEW and len(text) >= _SENTENCE and text.endswith(_ENDS):
            return True
        return len(text) >= _PARAGRAPH and text.endswith(_ENDS) and _has_posts(self._document)

    @cached_property
    def _title(self) -> int | None:
        """The nearest line above the article that is long enough for a title, and no byline."""
        for place in range(self._first - 1, max(self._first - 1 - _ABOVE, -1), -1):
            text = self._text(place)
            if len(text) >= _TITLE and not _is_byline(text):
                return place
        return None

    @cached_property
    def _telling(self) -> tuple[int, int]:
        """The first and the last place of the article, long sentences in scripts other than Latin taken for its own."""
        texts = ((place, self._text(place)) for place in range(len(self._segments)))
        told = [place for place, text in texts if len(text) >= _TELLS and _is_far(text) and _SAYS.search(text)]
        return (min(self._first, told[0]), max(self._last, told[-1])) if told else (self._first, self._last)

    @cached_property
    def _notes(self) -> set[int]:
        """The places of an article's numbered notes: lines with a number in brackets, the next one above or below."""
        numbered = ((place, _NOTE.match(self._text(place))) for place in range(len(self._segments)))
        found = [(place, int(told[1])) for place, told in numbered if told]
        pairs = [(one, two) for (one, n), (two, m) in pairwise(found) if m == n + 1]
        return {place for pair in pairs for place in pair}


def _may_be_told(text: str, worded: float) -> bool:
    """Whether an article may say what is worded like a notice: it quotes it, or it is longer than what was learned of;
    or its words are not so sure, and there is a number to call."""
    if len(text) > _LEARNED or _QUOTES.search(text):
        return True
    return worded < SAFE and _CALL.search(text) is not None


def _has_posts(document: Document) -> bool:
    """Whether a page shows several posts of a blog, one below the other."""
    known = document.memo.get("posts")
    if known is None:
        known = document.memo["posts"] = sum(1 for _ in islice(_POSTS.finditer(document.text), _SEVERAL)) == _SEVERAL
    return bool(known)


def _is_boards(document: Document) -> bool:
    """Whether the page is a board's. Its furniture stays: by that the filter of comments knows that the posts must
    stay.
    """
    from cleaner.threads import has_board_marks

    return has_board_marks(document)


def _is_far(text: str) -> bool:
    """Whether most letters are of a script other than Latin."""
    begun = text[:_SEEN]
    letters = sum(map(str.isalpha, begun))
    return letters > 0 and len(_FAR.findall(begun)) * 2 > letters


def _is_byline(text: str) -> bool:
    return _remembered(text) if len(text) <= _BYLINE else _shows_date(text)


@lru_cache(maxsize=_REMEMBERED)
def _remembered(text: str) -> bool:
    return _shows_date(text)


def _shows_date(text: str) -> bool:
    """Whether a line begins as bylines do, or shows a date."""
    from cleaner.threads.dates import find_stamp  # takes longer to import than most documents need it

    return bool(_BY.match(text) or find_stamp(text))


def _why(segments: Sequence[Segment], edge: str) -> str:
    """The strongest facts in plain words; `edge`: that the run is the first or the last of the text."""
    words = [edge] if edge else []
    told = [segment.facts for segment in segments]
    for name, least, word in (
        ("notice", _LIKELY, "worded like a notice"),
        ("below_article", _LIKELY, "below its last paragraph"),
        ("votes", _WORDED, "worded like boilerplate of other sites"),
        ("near_3_before", _LIKELY, "among lines like it"),
        ("document_boilerplate", _LIKELY, "on a page full of such lines"),
    ):
        if sum(facts.get(name, 0.0) for facts in told) >= least * len(told):
            words.append(word)
    if sum(facts.get("in_article", 1.0) for facts in told) < _OUTSIDE * len(told):
        words.append("outside of the running prose")
    return ", ".join(words) or "placed like boilerplate"
