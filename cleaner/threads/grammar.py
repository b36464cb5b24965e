"""What a single line of a comment thread is: a heading, a head with its author and date, a button, a form.

Only short lines can be any of these, so a line is first asked cheap questions: a page of long
paragraphs costs a length comparison a line.
"""

import re
from functools import lru_cache
from itertools import islice
from typing import Any, Literal, NamedTuple

from cleaner.document import ZERO_WIDTH, Document, is_blank
from cleaner.text.expressions import Caseless, expression
from cleaner.text.markdown import fenced, touches
from cleaner.text.plain import fold

from . import words
from .authors import JOINED, POSTED, SAYS, author_of, is_name, is_prosaic
from .beside import apart, is_link, is_trifle
from .buttons import fold_key, heads_form, is_buttons, is_form, is_glued, is_liked, opens_and_cancels, opens_form
from .dates import find_stamp, without
from .titled import invites, is_titled

Kind = Literal[
    "count",
    "heading",
    "sure-heading",
    "form-heading",
    "form",
    "says",
    "quote",
    "posted",
    "dated",
    "date",
    "past",
    "button",
    "footer",
    "forum",
    "short",
    "prose",
]
HEADS: frozenset[Kind] = frozenset({"says", "quote", "posted", "dated"})
SURE_HEADINGS: frozenset[Kind] = frozenset({"count", "sure-heading"})  # of nothing but comments
HEADINGS: frozenset[Kind] = SURE_HEADINGS | {"heading"}
ANY_HEADING: frozenset[Kind] = HEADINGS | {"form-heading"}

WIDE = 64  # characters beyond which a line without a number and a colon at its end is nothing but text
NOTE = 90  # of a page's own notes
HEAD = 130  # of a head
LONG = 170  # of any line that is more than text
ENDLESS = 400  # of a line whose text is not even looked at
_KNOWN = 1 << 14  # short lines whose marks are remembered


class Mark(NamedTuple):
    """What a line is to a thread. `exact`: its date tells the time of day; `indent`: white space before it."""

    line: int
    kind: Kind
    text: str
    size: int
    indent: int = 0
    author: str = ""
    date: str = ""
    exact: bool = False
    number: int = 0  # of a heading, how many comments it announces; of another line, its number in a list


_TRIM = f" \t\r\f\v\u00a0\u3000*_•·#>|\\-–—+~`{ZERO_WIDTH}"
_HIDDEN = frozenset(f" \t\u00a0{ZERO_WIDTH}")
_NUMBERED = expression(r"(?:#\d{1,5}[.):]?|\d{1,4}(?:\.\d{1,3}){0,3}[.):]|\[\d{1,4}\])\s{1,4}(?=\S)")
_COUNTED = expression(
    r"(?:comment|kommentar|comentario|comentário|commentaire|commento|reactie|komentarz|комментарий|коментар|kommentti|komentář"
    r"|yorum|reply|post|beitrag)\s(?:(?:number|nummer|no\.?|nr\.?|n[°º]\.?|número|numéro|numero|номер|№)\s?)?#?\d{1,5}"
    r"(?:\s?[-–—:|]|\.)\s",
    re.IGNORECASE,
)
_TELLS_WHOM = expression(
    r"(?:in\s)?(?:reply|response|antwort|respuesta|réponse)\s(?:to|auf|an|a|à)\s\S.{0,50}", re.IGNORECASE
)
_ROLED = expression(
    r"(?P<author>[^·|•]{2,40}?)\s?[·|•]\s?(?:top\scommenter|top\sfan|works\sat|(?:owner|student|professor|manager|editor|writer)\sat"
    r"|subscribe\b|follow\b|friends\swith|university\sof).{0,80}",
    re.IGNORECASE,
)
_LISTED = expression(r"[\s#*-]{0,20}(\d{1,4})[.)]\s{1,4}\S")
_DIGITS = expression(r"\d[\d.,]{0,8}")
_DIGIT = expression(r"[0-9]")
REPLIES = expression(
    r"(?:replies|antworten|respuestas|respostas|réponses|risposte|odpowiedzi|svar|回复|回覆|ردود)\)?\Z"
)
# How news introduces what somebody said, too: alone, such a line hardly tells a comment.
_QUOTES = expression(
    r"(?<!\w)(?:said|wrote|added|adds|answered|schrieb|dijo|escribió|disse|escreveu|(?:a\s)?écrit|a\sdit|(?:ha\s)?scritto"
    r"|schreef|zei|написал[а]?|сказал[а]?|ответил[а]?|napisał[a]?|powiedział[a]?|skrev|sagde|sa|sade|kirjoitti|sanoi|napsala?"
    r"|řekla?|napísala?|povedala?|írta|mondta|a\s(?:spus|scris|zis)|είπε|έγραψε|каза|написа|рекао|rekao|napisala?o?"
    r"|написа(?:в|ла)|сказа(?:в|ла)|mengatakan|menulis|berkata|nói|viết|گفت|گفته|نوشت|می‌گوید|אמרה?|כתבה?|قالت?|كتبت?|rašė|sakė"
    r"|teica|ütles|kirjutas|dedi|yazdı|(?:ने\s)?कहा|ने\sलिखा|कहते\sहैं|कहती\sहैं|กล่าวว่า|บอกว่า|เขียนว่า)\s?:\Z"
    r"|(?:说|說|写道|寫道|提到)\s?:\Z",
    re.IGNORECASE,
)
_SAID_CJK = expression(r"(?:[说說]道?|写道|寫道|提到)\s?:?\Z")
# A Chinese sentence up to its verb of saying, where a name would be alone: "after work she quietly" (said).
_SENTENCE_CJK = expression(
    r"[,、。;!?]|[他她它我们們谁誰地着著又也却卻曾还還并並再就都才后後中时時者]\Z|\A(?:据|據|在|对|對|当|當|有|从|從|而|但|后来|後來)"
    r"|(?:回忆|回憶|分析|解释|解釋|介绍|介紹|告诉|告訴|强调|強調|补充|補充|评论|表示|笑着|接着|感叹|感慨|坦言|直言|所)\Z"
)
_MORE = expression(words.MORE, re.IGNORECASE | re.VERBOSE)
_LINK = expression(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,400}(?:\s\"[^\"]{0,100}\")?\)")
# What joins a count of comments with what they are about.
_OF = (
    r"to|on|for|about|so\sfar|a|à|en|de|sur|sobre|zu|auf|su|sull[ao]|sul|per|em|op|over|do|k|ke|o|til|till|på|om|la|na|para|despre|pentru"
    r"|к|на|до|про|за|о|в|για|στο|στη|pada|untuk|cho|về|ad|artikkeliin|aiheesta|על|בנושא|در|درباره|دربارهٔ|برای|على|حول"
)
_COUNT = expression(
    rf"""(?:\(?\d(?:[\d.,\s]{{0,7}}\d)?\+?|one|no|un|une|uno|una|um|uma|ein|eine|een|jeden|один)
      \s?(?P<noun>(?:new\s|neue\s)?(?:{words.NOUNS}))\)?
      (?P<rest>\s?[:.]?|:\s["'«].{{1,150}}|\s?[»>|↓]{{1,2}}.{{0,80}}|\s(?:{_OF})\b.{{0,150}}
        |\s?[/|].{{0,60}}|\s?[·•]\s?\d{{1,5}}\s(?:{words.NOUNS})(?:\s?-\spowered\sby\s.{{1,40}})?|\s?-\spowered\sby\s.{{1,40}})\Z
    | (?:{words.NOUNS})\s?[:(\[–—|·-]\s?\d[\d.,]{{0,7}}\s?[)\]]?:?\Z
    | (?:comments|comentarios|comentários|commentaires|kommentare|reacties)\s\d{{1,5}}\Z
    | [共有全部所有\s(]{{0,6}}\d{{1,7}}\s?{words.NOUNS_CJK}.{{0,12}}\Z
    | [共有全部所最新\s]{{0,4}}{words.NOUNS_CJK}\s?[(:]?\s?\d{{1,7}}\s?[)条條则則件개]?:?\Z
    | (?:this\s\w{{1,12}}|dieser\s\w{{1,12}}|there\s(?:is|are)|showing)
      \s(?:has|hat|got|currently|already)?\s?\d.{{0,30}}\s(?:{words.NOUNS})\b.{{0,20}}\Z
    | \{{\s?\d{{1,5}}\s(?:{words.NOUNS})\s?\}}\Z
    | \{{?\s?\d{{1,5}}\scomments?…?\.{{0,3}}\sread\s(?:it|them)\sbelow.{{0,20}}\Z
    | (?:liczba|nombre|anzahl|número|numero)\s(?:de|di|der)?\s?(?:{words.NOUNS})\s?:\s?\d{{1,5}}\Z
    | ["'].{{1,150}}["']\s(?:has|have)\s\d{{1,5}}\s(?:comments?|responses?)\Z
    | ["'«「《].{{1,150}}["'»」》]\s?[^\W\d]{{0,14}}(?:\s[^\W\d]{{1,8}})?\s?\d{{1,5}}\s?
      (?:(?:{words.NOUNS})|{words.NOUNS_CJK}):?\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_TOLD = expression(r"[^\W\d_]\s[^\"'«»“”]{12,}[^\W\d_]{3}\.\Z")  # what a count is of, when a sentence says it
_SAID = Caseless(rf"\b(?:{words.SAYS})\b|{words.SAYS_CJK}", re.VERBOSE)
_FOOTER = Caseless(words.FOOTERS, re.VERBOSE)
_FORUM = Caseless(words.FORUMS, re.VERBOSE)
_SPEAKS = Caseless(r"\d|[:…\"'»“”]\Z|\.\.\.\Z|\A(?:one|no|ein|une?|uno|una|um|uma|een|jeden|один|by|posted)\s")
_COUNTS = expression(r"\d|\A(?:one|no|une?|uno|una|uma?|eine?|een|jeden|один)\s")
_PLAYER = expression(r"[0:]+")  # "00:00": how long something has been playing
_ONES = expression(r"[^\W\d]{1,8}\s[^\W\d]{3,20}(?:\s[^\W\d]{1,16}){1,3}\s?[\"'«„]")
# A year before there were comments: letters, diaries and chronicles have it. Persian and Arabic years are below 1500.
_OLD = expression(r"(?<!\d)1(?:[5-8]\d\d|9(?:[0-8]\d|9[0-4]))(?!\d)")
_LOST = expression(r"(?<!\d)19(?:69|70)(?!\d)")  # with a time: of comments that lost their dates when they were moved
_SENTENCE = expression(r"(?<!\bm)(?<!\.m)\.\Z", re.IGNORECASE)  # a full stop that ends no "p.m."
_SAYING = frozenset("said|says|wrote|writes|sagt|schrieb|dice|dijo|dit|a dit|a écrit|disse|scrive".split("|"))
_EMBEDDED = expression(  # "— Ann (@ann) March 3, 2012": how an article shows what somebody wrote on a network
    r"[^()]{0,50}\(@\w{1,20}\)\s?[-–—|·•,]?\s?(?:\d{1,2}\.?\s)?[^\W\d]{3,12}\.?(?:\s\d{1,2})?,?\s\d{4}\Z"
)
_TRACKED = expression(r"(?:tracked|pinged)\s(?:on|at)\s", re.IGNORECASE)
_DENSE = expression(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def bare(text: str) -> str:
    """A line without the marks of Markdown and lists at its edges."""
    text = text.strip(_TRIM)
    if "](" in text:
        text = _LINK.sub(r"\1", text).strip(_TRIM)
    return text.replace("**", "") if "**" in text else text


def _dated(line: int, text: str, named: str, size: int, indent: int) -> Mark | None:
    """The mark of a line that shows a date and little else: a head, or the date below a name."""
    stamp = find_stamp(text)
    if stamp is None:
        return None
    if stamp.start >= len(text) - len(named) > 0:  # "9. Dezember" is a date, "9. Ann, May 1" numbers a comment
        stamp = stamp._replace(start=stamp.start - len(text) + len(named), end=stamp.end - len(text) + len(named))
        text = named
    before, after = without(text, stamp)
    if not stamp.day and (before or after or _PLAYER.fullmatch(text)):
        return None
    if before.count(" ") > 2 and not any(map(str.isdigit, text[stamp.start : stamp.end])):
        return None  # "more than I did yesterday"
    date = text[stamp.start : stamp.end].strip()
    if _OLD.search(date) and not (stamp.exact and _LOST.search(date)):
        return Mark(line, "past", text, size, indent)
    if JOINED.fullmatch(" " + before) or is_link(fold_key(before)):
        before = ""
    joined = bool(before) and text[stamp.end : stamp.end + 2].strip().isalpha()  # "it was on 3 May 2012 edited"
    quoted, beside = _beside(before, after, stamp.exact, joined)
    if quoted or beside is None:
        return Mark(line, "forum", text, size, indent) if quoted else None
    before = beside
    exact = stamp.exact
    key = fold_key(before)
    if before and (is_buttons(key) or key in words.LAST_ANSWERS):  # "Like · Reply · March 3" ends a comment
        return Mark(line, "button", text, size, indent, "", date, exact)
    numbers = not any(map(str.isalpha, before))  # at most the number of a comment
    if numbers or key in words.NOT_NAMES:
        return Mark(line, "date", text, size, indent, "", date, exact)
    author = author_of(before)
    if not author or (is_prosaic(author) and not (exact and stamp.day)):
        return None
    if is_prosaic(author) and _SENTENCE.search(text):  # "The library opens on 5 May 2012 at 9:00."
        return None
    kind: Kind = "posted" if POSTED.match(before) and len(before) > len(author) else "dated"
    return Mark(line, "says" if SAYS.fullmatch(before) else kind, text, size, indent, author, date, exact)


def _beside(before: str, after: str, exact: bool, joined: bool) -> tuple[bool, str | None]:
    """Whether a line quotes another post; and what names the author on either side of a date, None for no head."""
    if not after or _TELLS_WHOM.fullmatch(after) or is_trifle(after, joined=joined):
        return False, before
    said = SAYS.fullmatch(after) if not before else None
    if said and exact and not after.endswith(("...", "…")):  # "3 hours ago, Ann said:"
        return True, None
    if before and after.rstrip(": ").lower() in _SAYING:  # "Ann on March 3, 2012 said:"
        return False, f"{JOINED.sub('', before)} says"
    told = not before and len(after) <= 40 and (is_name(after) or said)
    return False, after if told else None


def _says(line: int, text: str, size: int, indent: int) -> Mark | None:
    """The mark of "Ann says:"; None for prose that ends so ("The minister said:")."""
    if not text.endswith((":", "…", "...", "says", "より", "コメント", "说", "說", "道")):
        return None
    found = SAYS.fullmatch(text)
    if (
        found is None
        or not re.fullmatch(r"(?:\s?to\s\S.{0,40}?)?\s*", found["rest"])
        or not (found["mark"] or text.lower().endswith((" says", "より", "さんのコメント", "说道", "說道")))
    ):
        return None
    author = found["author"].strip(" ,*_@")
    spoken = author.lower().split() or [""]
    if not is_name(author) or spoken[0] in words.NOT_AUTHORS or spoken[-1] in words.AUXILIARIES:
        return None
    if _SAID_CJK.search(text) and _SENTENCE_CJK.search(author):
        return None
    return Mark(line, "quote" if _QUOTES.search(text) else "says", text, size, indent, author)


def mark(line: int, content: str) -> Mark:
    """What line number `line` is, from its text alone."""
    return Mark(line, *_told(content)) if len(content) <= HEAD else _mark(line, content)


@lru_cache(maxsize=_KNOWN)
def _told(content: str) -> tuple[Any, ...]:
    """All but the number of a short line: buttons and names recur, and what stays of a text is looked at again."""
    return _mark(0, content)[1:]


def _mark(line: int, content: str) -> Mark:
    text = bare(content)
    size = _size(content)
    if len(text) > LONG or (len(text) > WIDE and not _SPEAKS.is_in(text)):
        kind: Kind = "form" if opens_form(text) else "prose"
        number = _number(content) if text[:1].isdigit() else 0
        return Mark(line, kind, text, size, number=number)
    indent = len(content) - len(content.lstrip()) if content[:1].isspace() else 0
    text = fold(text)
    if content.lstrip()[:1] == ">":  # whoever is quoted wrote elsewhere
        return Mark(line, "prose", text, size, indent)
    key = fold_key(text)
    found = (
        _phrase(line, text, key, size, indent)
        or _head(line, text, size, indent)
        or _other(line, text, key, size, indent)
    )
    if found.kind == "date" and content.lstrip()[:1] == "|" == content.rstrip()[-1:]:  # a table's row
        return Mark(line, "prose", text, size, indent)
    if found.kind == "count":
        digits = None if _ONES.match(key) else _DIGITS.search(text)  # not those of a title
        return found._replace(number=int(re.sub(r"\D", "", digits[0])) if digits else 1)
    return found._replace(number=_number(content)) if text[:1].isdigit() else found


def _size(content: str) -> int:
    """How much a line says, in characters; one of Chinese, Japanese or Korean says as much as two of others."""
    return len(content) if content.isascii() else len(content) + sum(map(len, _DENSE.findall(content)))


def forum_lines(document: Document) -> list[int]:
    """The lines that are marks of a board; none where not even two look like one, which most texts tell soon."""
    if "marks" in document.memo:
        return [one.line for one in marks(document) if one.kind == "forum"]
    contents = [document.text[line.start : line.end] for line in document.lines]
    if sum(islice((True for content in contents if _looks_like_forum(content)), 2)) < 2:
        return []
    may_be = ((index, content) for index, content in enumerate(contents) if _may_be_forum(content))
    return [index for index, content in may_be if mark(index, content).kind == "forum"]


def _looks_like_forum(content: str) -> bool:
    """Whether a line looks like a mark of a board at first sight."""
    text = fold(bare(content)) if len(content) < ENDLESS else ""
    if "↑" in text or (len(text) <= NOTE and _FORUM.begins(text)):
        return True
    # as in "3 hours ago, Ann said:", which quotes another post
    return len(text) <= HEAD and _has_digit(text) and _SAID.is_in(text)


def _may_be_forum(content: str) -> bool:
    """A quick test whether `mark` may find a line to be a mark of a board: it misses none."""
    text = fold(bare(content)) if len(content) <= ENDLESS else ""
    return "↑" in text or (len(text) <= HEAD and (_FORUM.begins(text) or _SAID.is_in(text)))


def _has_digit(text: str) -> bool:
    if text.isascii():
        return _DIGIT.search(text) is not None  # several times as quick as asking each character
    return any(map(str.isdigit, text))


def _ends_sentence(text: str) -> bool:
    """Whether a line is the last one of a wrapped sentence."""
    return text[:1].islower() and text.endswith(".")


def _number(content: str) -> int:
    listed = _LISTED.match(content)
    return int(listed[1]) if listed else 0


def _phrase(line: int, text: str, key: str, size: int, indent: int) -> Mark | None:
    """The mark of a line whose words say what it is: a heading, a form, a button."""
    words_only = key.strip("0123456789 ()").rstrip("-–—:|· ")
    kind: Kind | None = None
    if words_only in words.FORM_HEADINGS or opens_and_cancels(words_only):
        kind = "form-heading"
    elif words_only in words.SURE_HEADINGS:
        kind = "sure-heading"
    elif (words_only in words.HEADINGS or heads_form(words_only)) and not _ends_sentence(text):
        # a board counts replies below each topic
        kind = "count" if words_only != key and _DIGITS.search(key) and not REPLIES.search(key) else "heading"
    elif is_form(key, notice=len(key) <= WIDE):
        kind = "form"
    elif _COUNTS.search(key):
        if _MORE.match(text):
            kind = "button"
        elif (counted := _COUNT.match(key)) and not (counted["rest"] and _TOLD.search(text)):
            kind = "heading" if REPLIES.search(key) else "count"
    if kind is None:
        kind = "count" if is_titled(key) else "heading" if invites(key) else None
    if kind is None and not key[:1].isdigit() and (is_buttons(key) or is_glued(text) or is_liked(text)):
        kind = "button"
    return Mark(line, kind, text, size, indent) if kind else None


def _head(line: int, text: str, size: int, indent: int) -> Mark | None:
    """The mark of a line that says who wrote what follows, or when."""
    if len(text) > HEAD:
        return None
    if _TRACKED.match(text) or _EMBEDDED.match(text):  # a page elsewhere that points here: no reader's word
        return Mark(line, "prose", text, size, indent)
    if "↑" in text:  # a board's quotation points to what it quotes; arrows alone are buttons to vote with
        return Mark(line, "forum" if any(map(str.isalnum, text)) else "button", text, size, indent)
    counted = _COUNTED.match(text)
    if counted:
        text = text[counted.end() :]
    text = apart(text)
    numbered = _NUMBERED.match(text)
    named = text[numbered.end() :] if numbered else text
    found = _dated(line, text, named, size, indent) or _says(line, named, size, indent)
    if found:
        return found
    roled = _ROLED.fullmatch(named)
    if roled and is_name(roled["author"]):
        return Mark(line, "posted", text, size, indent, roled["author"].strip())
    posted = POSTED.match(named)
    if posted and posted.end() > 6 and " " in posted[0].strip() and is_name(named[posted.end() :]):
        return Mark(line, "posted", text, size, indent, named[posted.end() :])
    return None


def _other(line: int, text: str, key: str, size: int, indent: int) -> Mark:
    if key[:1].isdigit() and is_buttons(key):
        return Mark(line, "button", text, size, indent)
    if len(text) <= NOTE and _FOOTER.begins(text):
        return Mark(line, "footer", text, size, indent)
    if len(text) <= NOTE and _FORUM.begins(text):
        return Mark(line, "forum", text, size, indent)
    numbered = _NUMBERED.match(text)
    named = text[numbered.end() :] if numbered else text
    if is_name(named, None if numbered else key):
        return Mark(line, "short", named, size, indent, named)
    return Mark(line, "prose", text, size, indent)


def marks(document: Document) -> list[Mark]:
    """The mark of each line that is not blank, in order.

    Kept in the document's memo: all that look for threads share them.
    """
    known = document.memo.get("marks")
    if known is None:
        known = document.memo["marks"] = _marks(document)
    return list(known)


def _marks(document: Document) -> list[Mark]:
    out: list[Mark] = []
    text = document.text
    code = fenced(document)
    for index, line in enumerate(document.lines):
        if line.end - line.start > ENDLESS:
            out.append(Mark(index, "prose", "", line.end - line.start))
            continue
        content = text[line.start : line.end]
        if not content or content.isspace() or (content[0] in _HIDDEN and is_blank(content)):
            continue
        if code and touches(code, line):
            out.append(Mark(index, "prose", "", _size(content)))
            continue
        out.append(mark(index, content))
    return out
