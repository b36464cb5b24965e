"""A rule's pattern as a tree of character sets, freed of what a byte scan cannot follow.

The tree matches at least where the pattern matches: look-arounds and word edges are dropped, counts may be
widened later. Everything that finds candidates without running the exact pattern is derived from it.
"""

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from cleaner.matching.scanned import ODD_ASCII, ODD_LETTERS
from cleaner.rules import Rule
from cleaner.rules.syntax import in_view

_ESCAPE = re.compile(r"\\.|\[\^?\]?[^\[\]]*\](?!\])")  # and classes
_FOREIGN = re.compile(r"\{(?!\d*,?\d*\})")
_POSIX = re.compile(r"\[:\^?\w+:\]")
_ASCII = [chr(code) for code in range(128)]
_IN_CATEGORY: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
}
_NOT_IN_CATEGORY: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT,
    op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE,
    op.CATEGORY_NOT_WORD: op.CATEGORY_WORD,
}


class UnscannableError(ValueError):
    """A pattern that only the exact matcher understands; its rule is searched in every line."""


class Chars(NamedTuple):
    """`low` to `high` (None: without end) characters of a set, closed under case.

    `ascii` holds its ASCII members; `others` the non-ASCII ones, None when there may be any.
    """

    ascii: frozenset[str]
    others: frozenset[str] | None = frozenset()
    low: int = 1
    high: int | None = 1

    @property
    def crosses(self) -> bool:
        """Whether a line break can stand here."""
        return "\n" in self.ascii


class Edge(NamedTuple):
    """The start or the end of a line."""

    start: bool


class Ahead(NamedTuple):
    """What must follow, or must not, but is not part of the match."""

    part: "Shape"
    wanted: bool


class Loop(NamedTuple):
    """A part, `low` to `high` (None: without end) times."""

    part: "Shape"
    low: int
    high: int | None = None


class Choice(NamedTuple):
    """One of several parts."""

    branches: "tuple[Shape, ...]"


class Row(NamedTuple):
    """Parts one after the other."""

    parts: "tuple[Shape, ...]"


Shape = Chars | Edge | Ahead | Loop | Choice | Row
NOTHING = Row(())


def row(part: Shape) -> tuple[Shape, ...]:
    """The part's parts, rows within rows unrolled."""
    return tuple(inner for piece in part.parts for inner in row(piece)) if isinstance(part, Row) else (part,)


def shape(rule: Rule) -> Shape:
    """The tree of a rule's pattern. Raises UnscannableError for syntax that is not sure to mean the same here."""
    pattern = in_view(rule.pattern)
    try:
        with warnings.catch_warnings(action="ignore"):
            parsed = _parser.parse(pattern, re.IGNORECASE | re.MULTILINE)
    except (re.error, OverflowError, RecursionError) as error:
        raise UnscannableError(str(error)) from None
    # What `regex` reads differently from `re`: fuzzy counts, POSIX classes and flags that change `.` or the case.
    strange = parsed.state.flags & ~(re.IGNORECASE | re.MULTILINE | re.UNICODE | re.VERBOSE)
    if strange or _POSIX.search(pattern) or _FOREIGN.search(_ESCAPE.sub("", pattern)):
        raise UnscannableError("flags or classes of one matcher only")
    return _row(parsed)


def _row(parsed: Iterable[tuple[Any, Any]]) -> Shape:
    parts: list[Shape] = []
    for name, value in parsed:
        part = _part(name, value)
        if isinstance(part, Row):
            parts.extend(part.parts)
        else:
            parts.append(part)
    return parts[0] if len(parts) == 1 else Row(tuple(parts))


def _part(name: Any, value: Any) -> Shape:
    if name in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
        return _chars(name, value)
    if name is op.BRANCH:
        return Choice(tuple(_row(branch) for branch in value[1]))
    if name is op.SUBPATTERN:
        if value[1] & re.DOTALL:
            raise UnscannableError("a dot that crosses lines")
        return _row(value[3])
    if name is op.ATOMIC_GROUP:
        return _row(value)
    if name in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _repeat(value[0], None if value[1] is op.MAXREPEAT else int(value[1]), _row(value[2]))
    if name is op.AT and value is op.AT_BEGINNING:
        return Edge(start=True)
    if name is op.AT and value is op.AT_END:
        return Edge(start=False)
    if name in (op.ASSERT, op.ASSERT_NOT) and value[0] > 0:
        return Ahead(_row(value[1]), wanted=name is op.ASSERT)
    if name is op.AT:
        return NOTHING
    raise UnscannableError(str(name))


def _repeat(low: int, high: int | None, part: Shape) -> Shape:
    if high == 0:
        return NOTHING
    if isinstance(part, Chars) and part.low == part.high == 1:
        return part._replace(low=low, high=high)
    if low == high == 1:
        return part
    return Choice((part, NOTHING)) if high == 1 else Loop(part, low, high)


def _chars(name: Any, value: Any) -> Chars:
    if name is op.ANY:
        return Chars(frozenset(_ASCII) - {"\n"}, None)
    if name is op.LITERAL:
        return _letter(chr(value))
    items = [(op.NEGATE, None), (op.LITERAL, value)] if name is op.NOT_LITERAL else value
    if items and items[0][0] is op.NEGATE:
        inside = {char for item in items[1:] for char in _ascii_of(item)}
        return Chars(frozenset(_ASCII) - _closed(inside).ascii, None)
    if all(item[0] is op.LITERAL for item in items):
        return _closed({chr(code) for _, code in items})
    found = _closed({char for item in items for char in _ascii_of(item)})
    if items == [(op.CATEGORY, op.CATEGORY_DIGIT)]:
        return found._replace(others=digits())
    wide = any(item[0] is op.CATEGORY or (item[0] is op.RANGE and item[1][1] > 127) for item in items)
    others = any(item[0] is op.LITERAL and item[1] > 127 for item in items)
    return found._replace(others=None) if wide or others else found


@cache
def _letter(char: str) -> Chars:
    return _closed({char})


def _ascii_of(item: tuple[Any, Any]) -> set[str]:
    name, value = item
    if name is op.LITERAL:
        return {chr(value)} if value < 128 else set()
    if name is op.RANGE:
        return {chr(code) for code in range(value[0], min(value[1], 127) + 1)}
    if value in _IN_CATEGORY:
        return {char for char in _ASCII if _IN_CATEGORY[value](char)}
    inside = _IN_CATEGORY[_NOT_IN_CATEGORY[value]]
    return {char for char in _ASCII if not inside(char)}


def _closed(chars: set[str]) -> Chars:
    """The set with all that the exact matcher takes for the same letters."""
    ascii_ = {other for char in chars if char < "\x80" for other in (char.lower(), char.upper())}
    others = {other for char in chars if char >= "\x80" for other in variants(char)}
    for char in others:
        if (plain := ODD_ASCII.get(char, char)) < "\x80":
            ascii_ |= {plain.lower(), plain.upper()}
    others = {char for char in others if char >= "\x80" and char not in ODD_LETTERS}
    return Chars(frozenset(ascii_), frozenset(others))


@cache
def variants(char: str) -> frozenset[str]:
    """Every character that a pattern's `char`, not ASCII, matches without regard to case, `char` included."""
    import regex

    if unicodedata.category(char) == "Lo":
        return frozenset(char)
    return frozenset((char, *regex.findall(regex.escape(char), _cased(), regex.IGNORECASE)))


@cache
def digits() -> frozenset[str]:
    """Every digit that is not ASCII."""
    import regex

    return frozenset(regex.findall(r"[^\x00-\x7f]", "".join(regex.findall(r"\d", _cased()))))


@cache
def _cased() -> str:
    """Every character that may have a second case: not the ideographs, syllables and private ones, which are most."""
    import regex

    everything = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    return "".join(regex.findall(r"[^\p{Lo}\p{Co}]", everything))
