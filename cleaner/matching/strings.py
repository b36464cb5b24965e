r"""What every match of a pattern begins with: a finite set of strings, as they stand in the scanned text.

They are in lower case; "\n" in them is an end of a line, at their start or at their end.
"""

from collections.abc import Collection, Sequence
from functools import cache

from cleaner.document import ZERO_WIDTH
from cleaner.matching.scanned import DELETED, LEADING, ODD_LETTERS
from cleaner.matching.shape import Ahead, Chars, Choice, Edge, Loop, Shape
from cleaner.matching.typographic import TYPOGRAPHIC

_FORMS = 10  # of one character, as a dash or a space has: more of them end a string
_FEW_FORMS = 2  # of one character, as a colon has: more of them end a string that is long enough
_LONG_ENOUGH = 6  # characters
_FEW_MORE = 2  # repeats of one character up to which each number of them is spelled out
_LONGEST = 12  # repeats of one character that are spelled out
_UNUSUAL = frozenset(" \n" + DELETED + LEADING)
_SURELY_TOO_MANY = 3  # times as many as wanted, if no two of them were alike
_SIGMAS = frozenset("σς")  # a capital one becomes either of them, by where it stands in its word
_BEGUN = "\0"  # before a string that does not begin its line

Strings = frozenset[str]


def beginnings(parts: Sequence[Shape], length: int, most: int, begun: bool = False) -> tuple[Strings, int]:
    """The strings of `length` characters or fewer that a match of a row begins with, and how many parts they go into.

    They are about `most` at most; if they are one empty string, a match may begin with anything.
    `begun`: something that is scanned stands before them on their line.
    """
    walk = _Walk(length, most)
    done: Strings = frozenset()
    start = _BEGUN if begun else ""
    open_: Strings = frozenset([start])
    into = 0
    for part in parts:
        try:
            longer, ended = walk.extended(open_, part)
        except _TooManyError:
            break
        if start in ended:
            return frozenset([""]), 0
        if len(done | longer | ended) > most:
            break
        done |= ended
        open_ = longer
        into += 1
        if not open_:
            break
    return frozenset(string.removeprefix(_BEGUN) for string in done | open_), into


def shortest(words: Collection[str]) -> tuple[str, ...]:
    """The strings without those that hold another one."""
    kept: list[str] = []
    for word in sorted(words, key=len):
        if not any(map(word.__contains__, kept)):
            kept.append(word)
    return tuple(sorted(kept))


class _TooManyError(Exception):
    pass


class _Walk:
    def __init__(self, length: int, most: int) -> None:
        self._length = length
        self._most = most

    def extended(self, open_: Strings, part: Shape) -> tuple[Strings, Strings]:
        """The strings with what the part adds to them: those that can grow further, and those that cannot."""
        ended: Strings = frozenset([string for string in open_ if len(string) >= self._length])
        longer, more = self._longer(open_ - ended if ended else open_, part)
        return longer, ended | more

    def _longer(self, open_: Strings, part: Shape) -> tuple[Strings, Strings]:
        """The same for strings that are short enough."""
        if not open_ or isinstance(part, Ahead):
            return open_, frozenset()
        if isinstance(part, Edge):
            if part.start:
                return frozenset(string or "\n" for string in open_), frozenset()  # after a break it says nothing new
            return frozenset(), frozenset(string + "\n" for string in open_)
        if isinstance(part, Chars):
            return _with_chars(open_, part)
        if isinstance(part, Loop):
            once, more = self.extended(open_, part.part)
            return (frozenset() if part.low else open_), once | more
        longer: Strings = frozenset()
        ended: Strings = frozenset()
        if isinstance(part, Choice):
            if len(open_) * len(part.branches) > _SURELY_TOO_MANY * self._most:
                raise _TooManyError
            for branch in part.branches:
                more, stopped = self.extended(open_, branch)
                longer |= more
                ended |= stopped
                if len(longer) + len(ended) > 2 * self._most:
                    raise _TooManyError
            return longer, ended
        for piece in part.parts:
            open_, stopped = self.extended(open_, piece)
            ended |= stopped
            if not open_:
                break
        return open_, ended


def _with_chars(open_: Strings, part: Chars) -> tuple[Strings, Strings]:
    forms = forms_of(part)
    if forms is None:
        return frozenset(), open_
    if len(forms) == part.low == part.high == 1 and _UNUSUAL.isdisjoint(forms):  # nearly all are so
        (form,) = forms
        return frozenset([string + form for string in open_]), frozenset()
    longer: set[str] = set()
    ended: set[str] = set()
    if len(forms) > _FEW_FORMS:
        ended = {string for string in open_ if len(string) >= _LONG_ENOUGH}
    for string in open_ - ended:
        grown = {string}
        for _ in range(min(part.low, _LONGEST)):
            grown = {after for one in grown for form in forms for after in _appended(one, form)}
        if part.low == part.high:
            longer |= grown
        elif part.high is not None and part.high <= _FEW_MORE:
            longer |= grown
            for _ in range(part.high - part.low):
                grown = {after for one in grown for form in forms for after in _appended(one, form)}
                longer |= grown
        else:
            ended |= grown
    # After a line break come line ends and list marks in any number.
    broken = {string for string in longer if len(string) > 1 and string.endswith("\n")}
    return frozenset(longer - broken), frozenset(ended | broken)


def _appended(string: str, form: str) -> tuple[str, ...]:
    if string.endswith("\n") and len(string) > 1:
        return (string,)
    if form in DELETED or (form in LEADING and string in ("", "\n")):
        return (string,)
    if form in " \n" and (string in ("", "\n") or string.endswith(" ")):
        return (string,) if form == " " or string in ("", "\n") else (string, string[:-1] + "\n")
    return (string + form,)


@cache
def forms_of(part: Chars) -> frozenset[str] | None:
    """The characters that the part may stand for in a scanned text, in lower case; None if there are too many."""
    if part.others is None:
        return None
    forms: set[str] = set()
    for char in part.ascii | part.others:
        forms |= {ODD_LETTERS.get(form, form) for form in (char.lower(), *TYPOGRAPHIC.get(char, ()))}
    forms -= set(ZERO_WIDTH)
    if not forms.isdisjoint(_SIGMAS):
        forms |= _SIGMAS
    unsure = any(len(form) > 1 for form in forms)
    return None if unsure or not forms or len(forms) > _FORMS else frozenset(forms)
