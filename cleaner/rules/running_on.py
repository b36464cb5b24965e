"""Whether a match may end, or begin, in a line of which its pattern knows no word.

A space of a pattern also stands for a line break, since scrapers break notices in two. What follows the break has to
be told from the next paragraph by a word: where only wildcards follow, the paragraph goes with the notice.
"""

import re
import warnings
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from cleaner.rules.syntax import in_view

_WORD = 0  # no break yet, or a word of the pattern since
_BREAK, _MARKS, _WILD = 1, 2, 3  # what may have matched since the break: nothing, marks and digits, anything
_ROUNDS = 3  # after which one more changes nothing more
_FEW = 8  # letters of a set that still says something
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def runs_on(pattern: str, backwards: bool) -> bool:
    """Whether a match of the pattern may end, or begin if `backwards`, in a line of which it knows no word.

    Of what only `regex` can read, nothing is said: False.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            parsed = _parser.parse(in_view(pattern), re.IGNORECASE | re.MULTILINE)
    except (re.error, OverflowError, RecursionError):
        return False
    return not {_MARKS, _WILD}.isdisjoint(_beyond(parsed, {_WORD}, backwards))


def _beyond(parts: Iterable[tuple[Any, Any]], states: set[int], backwards: bool) -> set[int]:
    """What may have matched since a line break, after all of `parts`, from right to left if `backwards`."""
    for name, value in reversed(list(parts)) if backwards else parts:
        states = _after(name, value, states, backwards)
    return states


def _after(name: Any, value: Any, states: set[int], backwards: bool) -> set[int]:
    if name in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
        return _after_character(value if name is op.IN else [(name, value)], states)
    if name is op.BRANCH:
        return set().union(*(_beyond(branch, states, backwards) for branch in value[1]))
    if name in (op.SUBPATTERN, op.ATOMIC_GROUP):
        return _beyond(value[3] if name is op.SUBPATTERN else value, states, backwards)
    if name in _REPEATS:
        low, high, part = value
        for _ in range(min(low, _ROUNDS)):
            states = _beyond(part, states, backwards)
        for _ in range(min(high - low, _ROUNDS)):
            states = states | _beyond(part, states, backwards)
        return states
    if name is op.AT and value is (op.AT_BEGINNING if backwards else op.AT_END):
        return {_WORD if state == _MARKS else state for state in states}  # a line of marks alone is no prose
    return states  # what looks around takes nothing


def _after_character(members: list[tuple[Any, Any]], states: set[int]) -> set[int]:
    if (op.LITERAL, ord("\n")) in members and members[0][0] is not op.NEGATE:
        return states | {_BREAK}
    letters = _letters(members)
    if letters is None:
        return {_WILD if state else _WORD for state in states}
    return {_WORD} if letters else {_MARKS if state == _BREAK else state for state in states}


def _letters(members: list[tuple[Any, Any]]) -> int | None:
    """How many letters a set of characters has; None if so many that it says nothing."""
    letters = 0
    for name, value in members:
        if name is op.LITERAL:
            letters += chr(value).isalpha()
        elif name is op.RANGE:
            letters += sum(chr(code).isalpha() for code in range(value[0], value[1] + 1))
        elif value is not op.CATEGORY_DIGIT:
            return None
    return letters if letters <= _FEW else None
