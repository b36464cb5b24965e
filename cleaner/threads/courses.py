"""Courses: heads of one make that recur to a text's end, and facts about the whole that tell a thread from a board.

A list of news has dates as well, a board has heads, a play has names. What tells readers' comments apart is
what stands above the first head, how regular the heads come, and how differently both sides speak.
`weigh` holds the facts against weights that were fitted.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from math import log, log1p
from typing import Literal, NamedTuple

from cleaner.document import Document
from cleaner.text.expressions import Caseless, expression

from . import words
from .buttons import fold_key
from .grammar import ANY_HEADING, HEADINGS, Kind, Mark
from .heads import Head, heads_among

Sort = Literal["dated", "lone", "counted", "headed", "repeated"]
SORTS: tuple[Sort, ...] = ("dated", "lone", "counted", "headed", "repeated")


class Course(NamedTuple):
    """What recurs from index `first` to `last` of a document's marks; `facts`: one per FACTS.

    Of the sort `dated`: heads with dates or "says"; `lone`: names on lines of their own; `counted`: the lines below a
    heading that counts the comments; `headed`: those below any other one; `repeated`: one short line between texts.
    """

    sort: Sort
    first: int
    last: int
    heads: tuple[Head, ...]
    below: bool  # each head stands below its comment
    opening: bool  # no text stands above the first head, and as much below it as below the others: a talk from the top
    facts: tuple[float, ...]


FACTS: tuple[str, ...] = (
    "heads", "exact", "authored", "distinct", "says", "posted", "name_date", "date", "one_make",
    "before", "before_lines", "longer_above", "long_above", "heads_above", "same_above", "first_line", "asks",
    "heading", "buttons", "forms", "board", "board_above",
    "bodied", "body", "longest", "far", "shorts", "share", "below",
    "talk", "talk_above", "answers", "headings", "capitals", "plain_names", "words_each", "pairs",
    "announced", "of_announced", "pressed",
)  # fmt: skip
_TOP = 5  # lines at the beginning whose heads are the article's own
_FORMS: tuple[Kind, ...] = ("form", "form-heading")
_HEADED = 2  # only so many last headings of comments are looked at
# characters of a line that may recur; up to which all of it has to; of a longer one, the first ones
_REPEATED, _WHOLE, _SAME = 60, 24, 11
_BEFORE = 250  # characters of prose above a talk that begins with the text
_TALKING = 5  # heads that make a talk
_EMPTY = 15  # characters below the last head that are no comment
_FEWEST = 3  # heads that make a course
_MAKES = 4  # makes of heads that are looked at, the commonest first
_OPENINGS = 3  # lone short lines at the beginning that may be headings of the article
_BYLINES = 1  # heads of the same make that may belong to the article above
_SOME = 80  # lines on either side that are asked whether they talk
_PIECE = 300  # characters of a line that are
_LONG = 250  # characters of a paragraph as articles have them
_FAR = 2500  # characters after which a head no longer explains the text
_ASKED = 200  # words asked for, one by one; from then on all words are gathered
_NAMES = 4  # lone names that make a course
_DIGITS = expression(r"\d+")
_DAYS = expression(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b")
_SPACES = expression(r"\s+")
_SPEECH = expression(r"\A\w[^:]{1,24}: ?\S.{0,50}[.!?,]\Z")  # "Abbott: Yes.", said again and again
_WORDS = expression(r"[^\W\d_]+")
_LETTER = expression(r"[^\W\d_]")
_TALK = Caseless(
    r"""[!?！？؟]|(?<!\w)@\w|[:;]-?[)(dp]|\b(?:i|i'[mvdl]\w{0,2}|me|my|you|your?s?|you're|thanks?|thank|lol|haha|please|congrats|agree
    |ich|du|mir|mein|dein|danke|yo|tu|gracias|je|merci|vous|moi|eu|você|obrigado|io|grazie|ti|я|ты|вы|мне|спасибо|ik|jij|bedankt
    |dzięki|ben|sen|teşekkürler|أنا|شكرا|jag|mig|min|tack|jeg|meg|takk|tak|minä|minun|kiitos|díky|mně|jsem|ďakujem|som|én|nekem|köszönöm
    |eu|mie|mulțumesc|multumesc|εγώ|εμείς|εσύ|εσείς|μου|μας|σου|σας|συμφωνώ|μπράβο|ευχαριστώ|мен|ти|ви|ми|мій|дякую|згоден|благодаря|hvala|tôi|mình|bạn|cảm|saya|aku|anda|kamu|terima
    |ผม|คุณ|मैं|मेरे|आप|धन्यवाद|אני|שלי|אתה|תודה|من|ما|شما|ممنون|موافقم|انت|أنت|انا|نحن|هل|يا|شكراً|والله|nie|nem)(?!\w)|[我你您]|谢谢|楼主|です|ます|[吗吧呢啊]|ครับ|ค่ะ|คะ|นะ|ไหม|[\u0370-\u03ff];
    |[ㅋㅎ]{2}|네요|어요|아요|죠|[よねな][。!！\s]|[wｗ]{2}\Z""",
    re.VERBOSE,
)
_VERSION = expression(r"\d\.\d|\A\W*\d+\W*\Z|\s\d")
_PARTICLES = frozenset("de da di do du van von der den la le el al bin ibn the of ter zu y e".split())


def courses(found: Sequence[Mark], document: Document) -> Iterator[Course]:
    """The courses of a document: of each make of dated heads and of all together, and of the other sorts."""
    here = heads_among(found)
    sides = _Sides(found, document, here)
    if len(here) >= _FEWEST:
        makes: dict[str, list[Head]] = defaultdict(list)
        for head in here:
            makes[sides.make(head)].append(head)
        some = [group for group in makes.values() if len(group) >= _FEWEST and (group[0].exact or group[0].author)]
        some = sorted(some, key=len, reverse=True)[:_MAKES]
        authored = [head for head in here if head.kind != "date"]
        if len(makes) > 1 and len(authored) >= _FEWEST:
            some.append(authored)
        for group in some:
            if sides.heads_above(group[0]) <= len(group) / 2:  # else it is a piece of something longer
                yield from _variants(sides, "dated", group)
    for recurring in (sides.names(), sides.repeated()):
        if len(recurring) >= _NAMES:
            yield from _variants(sides, "lone" if recurring[0].author else "repeated", recurring)
    headings = [index for index, mark in enumerate(found) if mark.kind in HEADINGS]
    for heading in headings[-_HEADED:]:
        group = [Head(mark.line, "line", "", "", mark.line) for mark in found[heading + 1 :] if mark.kind == "prose"]
        if group and sides.prose[heading] >= _BEFORE:  # else an article's head counts its comments
            sort: Sort = "counted" if found[heading].kind == "count" else "headed"
            yield _course(sides, sort, group, 0, found[heading])


class _Sides:
    """A document's marks with what is asked of them again and again."""

    def __init__(self, found: Sequence[Mark], document: Document, here: Sequence[Head]) -> None:
        self.found, self.document, self.here = found, document, here
        self.place = {mark.line: index for index, mark in enumerate(found)}
        sizes = [mark.size if mark.kind == "prose" else 0 for mark in found]
        self.prose = [0, *accumulate(sizes)]
        self.long = [0, *accumulate(size if size >= _LONG else 0 for size in sizes)]
        self.text = [0, *accumulate(mark.size if mark.kind in ("prose", "short") else 0 for mark in found)]
        self.of: dict[Kind, list[int]] = defaultdict(list)  # the marks of each kind, in order
        for index, mark in enumerate(found):
            self.of[mark.kind].append(index)
        self.places = sorted(self.place[head.line] for head in here)
        self.taken = frozenset(line for head in here for line in range(head.line, head.last + 1))
        self._named_above = sorted(head.line for head in here if head.kind != "date" and self.place[head.line] >= _TOP)
        self._known: dict[str, bool] = {}
        self._talks: dict[int, bool] = {}

    def within(self, kind: Kind, first: int, stop: int) -> list[int]:
        """The marks of a kind among those from index `first` to before `stop`."""
        some = self.of[kind]
        return some[bisect_left(some, first) : bisect_left(some, stop)]

    def heads_within(self, first: int, stop: int) -> int:
        """How many heads begin there."""
        return max(bisect_left(self.places, stop) - bisect_left(self.places, first), 0)

    def make(self, head: Head) -> str:
        """How a head is made: its lines without name, date and numbers."""
        parts = []
        for line in range(head.line, head.last + 1):
            index = self.place.get(line)
            if index is None:
                continue
            mark = self.found[index]
            text = mark.text
            if mark.date:
                text = text.replace(mark.date, "\0", 1)
            if head.author:
                text = text.replace(head.author, "\1", 1)
            text = _DAYS.sub("", _DIGITS.sub("0", text.lower()))
            kept = [part for part in re.split(r"[|·•,;–—-]", text) if fold_key(part) not in words.BUTTONS]
            parts.append(_SPACES.sub(" ", " ".join(kept)).strip()[:40])
        return f"{head.exact}{'/'.join(parts)}"

    def raw(self, mark: Mark) -> str:
        """The beginning of a mark's line as it stands in the text."""
        start = self.document.lines[mark.line].start
        return self.document.text[start : min(start + _PIECE, self.document.lines[mark.line].end)]

    def talks(self, mark: Mark) -> bool:
        """Whether a line speaks to somebody, or of who speaks; each is asked once, for many courses share it."""
        told = self._talks.get(mark.line)
        if told is None:
            told = self._talks[mark.line] = talks(self.raw(mark))
        return told

    def known(self, word: str) -> bool:
        """Whether the document also has the word in small letters: alone, such a word is hardly a name."""
        told = self._known.get(word)
        if told is None:
            asked = word[:1].islower() and _WORDS.fullmatch(word) is not None
            told = self._known[word] = asked and (
                self._stands(word) if len(self._known) < _ASKED else word in self._written
            )
        return told

    @cached_property
    def _long_lines(self) -> str:
        """The lines that are longer than names, one after another."""
        text = self.document.text
        lines = [text[line.start : line.end] for line in self.document.lines if line.end - line.start > 60]
        return "\n".join(["", *lines, ""])

    @cached_property
    def _written(self) -> frozenset[str]:
        """All words of long lines. Made once many words were asked for: a few are found quicker by searching."""
        return frozenset(_WORDS.findall(self._long_lines))

    def _stands(self, word: str) -> bool:
        """Whether a word stands in a long line, with no letter beside it."""
        text = self._long_lines
        at = text.find(word)
        while at >= 0:
            if not (_LETTER.match(text, at - 1) or _LETTER.match(text, at + len(word))):
                return True
            at = text.find(word, at + 1)
        return False

    def named(self, mark: Mark) -> bool:
        """Whether a short line is written like a name: with capitals, and not only in words that the text uses."""
        tokens = mark.text.split()
        if not 0 < len(tokens) <= 3 or mark.text[-1] in ":;," or not any(map(str.isalpha, mark.text)):
            return False
        if _VERSION.search(mark.text):
            return False
        if len(tokens) == 1:
            return not self.known(tokens[0].strip("().").lower())
        written = [token for token in tokens if token.lower() not in _PARTICLES]
        capital = all(not token[0].islower() or any(map(str.isdigit, token)) for token in written)
        return capital and not all(self.known(token.lower()) for token in written)

    def heads_above(self, head: Head) -> int:
        """How many heads with names stand above one, those at the text's beginning aside."""
        return bisect_left(self._named_above, head.line)

    def repeated(self) -> list[Head]:
        """The short line that recurs most often with text between."""
        places: dict[str, list[int]] = defaultdict(list)
        for index, mark in enumerate(self.found):
            if not 3 < len(mark.text) <= _REPEATED or _SPEECH.search(mark.text):
                continue
            if mark.kind not in ("says", "quote", "dated", "date", "past"):
                key = _DIGITS.sub("0", mark.text)
                places[key if len(key) <= _WHOLE else key[:_SAME]].append(index)
        best: list[int] = []
        for some in places.values():
            if len(some) > max(len(best), _NAMES - 1):
                between = sum(self.text[two] > self.text[one + 1] for one, two in pairwise(some))
                best = some if between >= 0.8 * (len(some) - 1) else best
        marks = [self.found[index] for index in best]
        return [Head(mark.line, "repeated", "", "", mark.line, mark.indent) for mark in marks]

    def names(self) -> list[Head]:
        """Lone names above paragraphs, from where they come thickest until the end."""
        found, best, total, start = self.found, 0.0, 0.0, len(self.found)
        heads: list[Head] = []
        for index in range(len(found) - 2, -1, -1):
            mark = found[index]
            if mark.kind == "short":
                followed = found[index + 1].kind == "prose"
                if followed and self.named(mark):
                    total += 1
                    heads.append(Head(mark.line, "name", mark.text, "", mark.line, mark.indent))
                else:
                    total -= 0.7 if followed else 0.3
            else:
                total -= max(mark.size - 1500, 0) / 1500 if mark.kind == "prose" else 0
            if total > best:
                best, start = total, index
        if best < _NAMES / 2:
            return []
        line = found[start].line
        return [head for head in reversed(heads) if head.line >= line]


def talks(text: str) -> bool:
    """Whether a text speaks to somebody, or of who speaks, where it begins."""
    return _TALK.is_in(text[:_PIECE])


def _variants(sides: _Sides, sort: Sort, group: list[Head]) -> Iterator[Course]:
    """The course of some heads; and one without the first heads, if much text follows these as it follows a byline."""
    usual = median(_gaps(sides, group))
    yield _course(sides, sort, group, 0)
    lone = sort == "lone"
    for dropped in range(1, (_OPENINGS if lone else _BYLINES) + 1):
        if len(group) - dropped < (_NAMES if lone else _FEWEST):
            return
        gaps = _gaps(sides, group[dropped - 1 :])
        if lone or gaps[0] > max(2.5 * usual, 600):
            yield _course(sides, sort, group[dropped:], dropped)


def median(values: Sequence[int]) -> float:
    """The median. To import `statistics` takes longer than to read a page."""
    ranked = sorted(values)
    middle = len(ranked) // 2
    return ranked[middle] if len(ranked) % 2 else (ranked[middle - 1] + ranked[middle]) / 2


def _gaps(sides: _Sides, group: Sequence[Head]) -> list[int]:
    """How much text stands between each head and the next."""
    text, place = sides.text, sides.place
    return [text[place[two.line]] - text[place[one.last] + 1] for one, two in pairwise(group)]


def _course(sides: _Sides, sort: Sort, group: Sequence[Head], dropped: int, heading: Mark | None = None) -> Course:
    lone = sort == "lone"
    found, text, prose = sides.found, sides.text, sides.prose
    at = [sides.place[head.line] for head in group]
    after = [sides.place[head.last] + 1 for head in group]
    first = at[0] if heading is None else sides.place[heading.line]
    stop = text_end(found, after[-1])
    bodies = [text[end] - text[start] for start, end in zip(after, [*at[1:], stop], strict=True)]
    told_above, told = sides.within("prose", 0, first), sides.within("prose", first, stop)
    own = {head.line for head in group}
    shorts = [
        mark
        for mark in map(found.__getitem__, sides.within("short", first, stop))
        if mark.line not in sides.taken and mark.line not in own
    ]
    count = len(group)
    authors = [head.author for head in group if head.author]
    within = sides.heads_within(first, stop) if sort == "dated" else count
    size = max(text[stop] - text[first], 1)
    below = bodies[-1] < _EMPTY and first > 0 and sort in ("dated", "repeated")
    facts = (
        log(count),
        sum(head.exact for head in group) / count,
        len(authors) / count,
        len(set(authors)) / count,
        sum(head.kind in ("says", "quote") for head in group) / count,
        sum(head.kind == "posted" for head in group) / count,
        sum(head.kind == "name-date" for head in group) / count,
        sum(head.kind == "date" for head in group) / count,
        count / max(within, 1),
        log1p(prose[first]),
        log1p(len(told_above)),
        log1p(prose[first] / max(len(told_above), 1)) - log1p((prose[stop] - prose[first]) / max(len(told), 1)),
        sides.long[first] / max(prose[first], 1),
        log1p(sides.heads_within(_TOP, first)),
        float(dropped),
        log1p(found[0].size) if first else 0.0,
        any(sides.raw(mark).rstrip().endswith(("?", "？")) for mark in found[: min(first, 3)]),
        any(mark.kind in ANY_HEADING for mark in found[max(first - 4, 0) : first]),
        min(len(sides.within("button", first, stop)) / count, 1.5),
        min(sum(len(sides.within(kind, first, len(found))) for kind in _FORMS), 4),
        min(len(sides.of["forum"]) / count, 2.0),
        log1p(len(sides.within("forum", 0, first))),
        sum(body > 0 for body in bodies) / count,
        log1p(median(bodies)),
        log1p(max(bodies)),
        sum(max(body - _FAR, 0) for body in bodies) / size,
        log1p(len(shorts) / count),
        (prose[stop] - prose[first]) / max(prose[-1], 1),
        below,
        _talk(sides, told),
        _talk(sides, told_above),
        _answers(sides, group, after),
        log1p(len([mark for mark in shorts if not sides.named(mark)]) / count) if lone else 0.0,
        sum(author.isupper() for author in authors) / count if lone else 0.0,
        sum(" " not in author for author in authors) / count if lone else 0.0,
        sum(len(author.split()) for author in authors) / count if lone else 0.0,
        sum(found[i].line - found[i - 1].line == 3 for i in range(first + 1, stop)) / count if lone else 0.0,
        log1p(heading.number) if heading else 0.0,
        log((count + 1) / (heading.number + 1)) if heading and heading.number else 0.0,
        sum(found[index].kind == "button" for index in at) / count,
    )
    opening = sort in ("dated", "lone") and dropped == 0 and prose[first] < _BEFORE and count >= _TALKING
    opening = opening and heading is None and bodies[0] <= max(1.5 * median(bodies), 300)
    return Course(sort, first, max(stop - 1, after[-1] - 1), tuple(group), below, opening, tuple(map(float, facts)))


def text_end(found: Sequence[Mark], start: int) -> int:
    """Where, from a mark on, the last comment's text ends: at the page's footer, or a run of short lines."""
    shorts = 0
    for index in range(start, len(found)):
        mark = found[index]
        if mark.kind in ("footer", "forum"):
            return index - shorts
        shorts = shorts + 1 if mark.kind == "short" else 0
        if shorts == 4:
            return index - 3
    return len(found)


def _talk(sides: _Sides, told: Sequence[int]) -> float:
    """How many of some marks speak to somebody, or of who speaks."""
    step = max(len(told) // _SOME, 1)
    some = told[::step]
    return sum(sides.talks(sides.found[index]) for index in some) / max(len(some), 1)


def _answers(sides: _Sides, group: Sequence[Head], after: Sequence[int]) -> float:
    """How many comments begin with the name of somebody who has spoken before."""
    seen: set[str] = set()
    answers = 0
    for head, start in zip(group, after, strict=True):
        opening = sides.raw(sides.found[start])[:60].lower() if start < len(sides.found) else ""
        answers += any(word in seen for word in _WORDS.findall(opening)[:4])
        seen.update(word for word in _WORDS.findall(head.author.lower())[:1] if len(word) > 2)
    return answers / len(group)
