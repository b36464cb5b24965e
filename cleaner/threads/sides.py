"""The sides of a document that a thread could part: its marks, with what is asked of them again and again."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from cleaner.document import Document
from cleaner.text.expressions import Caseless, expression

from . import words
from .buttons import fold_key
from .grammar import Kind, Mark
from .heads import Head

TOP = 5  # lines at the beginning whose heads are the article's own
NAMES = 4  # lone names that make a course
# characters of a line that may recur; up to which all of it has to; of a longer one, the first ones
_REPEATED, _WHOLE, _SAME = 60, 24, 11
_PIECE = 300  # characters of a line that are asked whether it talks
_LONG = 250  # characters of a paragraph as articles have them
_ASKED = 200  # words asked for, one by one; from then on all words are gathered
_DIGITS = expression(r"\d+")
_DAYS = expression(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b")
_SPACES = expression(r"\s+")
_SPEECH = expression(r"\A\w[^:]{1,24}: ?\S.{0,50}[.!?,]\Z")  # "Abbott: Yes.", said again and again
WORDS = expression(r"[^\W\d_]+")
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


class Sides:
    """A document's marks, with sums over them by index: of text, prose, long paragraphs."""

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
        self._named_above = sorted(head.line for head in here if head.kind != "date" and self.place[head.line] >= TOP)
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
            asked = word[:1].islower() and WORDS.fullmatch(word) is not None
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
        return frozenset(WORDS.findall(self._long_lines))

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
            if len(some) > max(len(best), NAMES - 1):
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
        if best < NAMES / 2:
            return []
        line = found[start].line
        return [head for head in reversed(heads) if head.line >= line]


def talks(text: str) -> bool:
    """Whether a text speaks to somebody, or of who speaks, where it begins."""
    return _TALK.is_in(text[:_PIECE])
