"""Patterns of rules by Python's own `re`, which takes a third of the time of `regex`, where both say the same.

They do so of a plain text: of ASCII, where a letter has one other case, and digits and words are the same to both, and
of marks and symbols, which are neither to both. A pattern may name characters that no such text has, but none that
matches a letter of ASCII without regard to case. They do so of the letters of many scripts as well, those left out that
one of them has other cases of; but there `re` has to know all cases, and takes a little longer.
"""

import re
from collections.abc import Callable
from functools import cache

from cleaner.matching import scanned
from cleaner.matching.scanned import ODD_ASCII
from cleaner.rules import Rule, syntax
from cleaner.rules.patterns import compiled
from cleaner.rules.syntax import TOKEN, in_view, is_anchored
from cleaner.text import plain
from cleaner.text.expressions import derived

_WRITTEN = (__file__, scanned.__file__, syntax.__file__, plain.__file__)  # how a pattern is spelled for `re`
Match = Callable[[str, int, int], re.Match[str] | None]

# Marks and symbols that every version of Unicode takes for such, and that have no case.
MARKS = (
    "\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u2010-\u2027\u2030-\u203e\u2041-\u2053"
    "\u2055-\u205e\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff\u2600-\u26ff\u2701-\u2757\u2794-\u27bf\u3001-\u3003\u3008-\u3011"
)
# Letters that every version of Unicode takes for such, and both matchers for the same ones whatever their case: not the
# dotless i nor the dotted I, of which they do not say the same.
LETTERS = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u012f\u0132-\u017f\u0218-\u021b\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f"
    "\u0490-\u04f9\u05d0-\u05ea\u0621-\u064a\u0e01-\u0e2e\u1e80-\u1e85\u1ea0-\u1ef9\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fa5\uac00-\ud7a3"
)
PLAIN, LETTERED, OTHER = range(3)  # kinds of text: of ASCII and marks, of these and letters, and every other
_ALIKE = [re.compile(f"[\\x00-\\x7f{chars}]*") for chars in (MARKS, MARKS + LETTERS)]  # of each kind but the last
_OUTSIDE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)  # of syntax: escapes, and classes
# Escapes but of marks, a line feed and what `re` knows; classes with names; counts of mistakes, groups that are odd.
_ESCAPES = re.compile(r"\\[^\W_nbdwsBDWS]|\[:\^?\w+:\]")
_GROUPS = re.compile(r"\{(?!\d*,?\d*\})|\(\?(?!-?i?:|[=!>])")
_CASED = re.compile(r"\(\?-i:\[(?:\\.|[^\]\\])*\]")  # a class that no other case belongs to
_REPEATED = re.compile(r"[.\]\w)][*+{]")  # what may go on and on
_AHEAD = ("(?!", "(?=")
_AGAIN = re.compile(r"\)\{0,\d{2,}\}")  # ... a group
_COUNTED = re.compile(r"\{0,\d{2,}\}")  # not at all, or many times
_RANGES = re.compile(r"([^\[])-([^\x00-\x7f])|([^\x00-\x7f])-([^\]])")


def matching(rule: Rule, kind: int) -> tuple[Match | None, Match | None]:
    """What tells that the rule's pattern does not match from a given place in a text of some kind, and what matches
    there: each None where there is no such thing, the second where only `regex` can say.

    A rule that may match anywhere in a line, or whose time is watched, is left to `regex`.
    """
    if rule.timeout is not None:
        return None, None
    gate = match = None
    if kind != OTHER:
        flags = re.IGNORECASE | re.MULTILINE
        if kind == PLAIN:
            flags |= re.ASCII  # there is nothing that it leaves out
        gate, match = (made and made.match for made in derived(rule.pattern, flags, spelled, _WRITTEN))
    if match is None:  # nor is the lighter one for `re`
        light = lighter(rule.pattern)
        gate = None if light is None else compiled(in_view(light)).match
    return gate, match


def spelled(pattern: str) -> tuple[str | None, str | None]:
    """A rule's pattern and the lighter one for `re`, that one first; None where there is no lighter one, where `re` may
    find another thing, or where a match may begin anywhere."""
    seen, light = in_view(pattern), lighter(pattern)
    if not is_anchored(pattern) or not reads_alike(seen):
        return None, None
    return light and in_view(light), seen


def lighter(whole: str) -> str | None:
    """The pattern without the costly look-aheads that it begins with, and with any characters where it is choosy about
    some; None where there is nothing of the kind.

    It matches wherever the whole one does, and more: where it does not, as nearly everywhere, nobody need look ahead.
    """
    if not whole.startswith(_AHEAD, 1) or whole[0] != "^" or not is_anchored(whole):
        return None
    pattern, at = whole, 1
    while pattern.startswith(_AHEAD, at):
        end = _closing(pattern, at)
        if _REPEATED.search(pattern, at, end):
            pattern = pattern[:at] + pattern[end:]
        else:
            at = end
    pattern = _unchosen(pattern, at)
    return None if pattern == whole else pattern


def _unchosen(pattern: str, start: int) -> str:
    """The pattern with `.*` for each choice, from a place on, that may be made again and again within a line.

    `re` and `regex` make it once a character: "(?:[^:]|:[^ ]){0,300}" takes ten times as long as ".*".
    """
    if not _AGAIN.search(pattern, start):
        return pattern
    opened: list[int] = []
    chosen: list[tuple[int, int]] = []
    for token in TOKEN.finditer(pattern, start):
        if token[0] == "(":
            opened.append(token.start())
        elif token[0] == ")":
            at = opened.pop()
            counted = _COUNTED.match(pattern, token.end())
            if counted and pattern.startswith("(?:", at):
                inside = _OUTSIDE.sub("_", pattern[at : token.end()])
                if "|" in inside and " " not in inside:
                    chosen = [one for one in chosen if one[0] < at]  # with all that it holds
                    chosen.append((at, counted.end()))
    for first, stop in reversed(chosen):
        pattern = f"{pattern[:first]}.*{pattern[stop:]}"
    return pattern


def _closing(pattern: str, at: int) -> int:
    """The place after the group that opens at a place."""
    depth = 0
    for token in TOKEN.finditer(pattern, at):
        depth += (token[0] == "(") - (token[0] == ")")
        if depth == 0:
            return token.end()
    raise ValueError(f"a group of {pattern!r} has no end")  # which does not compile


def kind_of(text: str, start: int, end: int) -> int:
    """The kind of a part of a text: how much of `re` it may be asked of."""
    for kind, alike in enumerate(_ALIKE):
        if alike.fullmatch(text, start, end):
            return kind
    return OTHER


@cache
def reads_alike(pattern: str) -> bool:
    """Whether `re` surely reads a pattern as `regex` does, and finds the same in a text that is plain or of letters."""
    if _ESCAPES.search(pattern) or _GROUPS.search(_OUTSIDE.sub("", pattern)):
        return False
    caseless = _CASED.sub("", pattern)
    if not ODD_ASCII.keys().isdisjoint(caseless):
        return False
    for first, last in (tuple(filter(None, found)) for found in _RANGES.findall(caseless)):
        if first < "\x80" <= last or any(first <= odd <= last for odd in ODD_ASCII):
            return False
    return True
