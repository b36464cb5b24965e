"""A notice never takes the line before or after it: beyond a line break, a pattern has a word of its own.

A space of a pattern also stands for a line break, since scrapers break notices in two. What follows the break has to
be told from the next paragraph by a word; where only wildcards follow, `[ ]` keeps the match on its line.
"""

import re
import warnings
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from cleaner.document import Document
from cleaner.rules import Rule
from cleaner.rules.syntax import in_view
from cleaner.rules.view import brute_force
from tests.shipped import IN_FILE, NAMES

EVERY_RULESET = pytest.mark.parametrize("rules", IN_FILE.values(), ids=NAMES)


# No word of theirs is a word of a pattern, so that only wildcards can take them.
PARAGRAPHS = [
    "Vlorbex quimpt oxdrel zuffnik, prandoz ghilm wexby tuorn.",
    "Vlorbex quimpt",
    "vlorbex quimpt oxdrel; zuffnik prandoz",
    "(Vlorbex quimpt, oxdrel.)",
    '"Vlorbex quimpt oxdrel!" zuffnik prandoz.',
    "7304 vlorbex quimpt oxdrel.",
    "龘靐齉爩鱻麤龗灪，籱龖厵滟爨癵驫。",
]


def cuts(example: str) -> set[str]:
    """The example without its last words, and without its first ones; of one without spaces, its characters."""
    words = example.split(" ")
    found = {" ".join(words[:end]) for end in range(1, len(words) + 1)}
    found |= {" ".join(words[start:]) for start in range(len(words))}
    if len(words) < 4 and not example.isascii():
        found |= {example[:end] for end in range(1, len(example))}
    found.add(example.rstrip(".!?:»…。："))
    return {cut for cut in found if cut.strip()}


@pytest.mark.slow  # all rulesets together; what the patterns' structure says is checked in all of them below
@EVERY_RULESET
def test_a_notice_never_takes_the_line_before_or_after_it(rules: list[Rule]) -> None:
    for rule in rules:
        if not rule.breaks:
            continue
        for notice in {cut for example in rule.removes for cut in cuts(example)}:
            for paragraph in PARAGRAPHS:
                text = f"{paragraph}\n\n{notice}\n\n{paragraph}"
                start = len(paragraph) + 2
                for span in brute_force([rule], Document("example", text)):
                    taken = text[span.start : span.end]
                    assert span.start >= start, f"{rule.code} takes the line before {notice!r}: {taken!r}"
                    assert not text[start + len(notice) : span.end].strip(), f"{rule.code} runs on: {taken!r}"


WORD = 0  # no break yet, or a word of the pattern since
BREAK, MARKS, WILD = 1, 2, 3  # what may have matched since the break: nothing, marks and digits, anything


def beyond(parts: Iterable[tuple[Any, Any]], states: set[int], backwards: bool) -> set[int]:
    """What may have matched since a line break, after all of `parts`, from right to left if `backwards`."""
    for name, value in reversed(list(parts)) if backwards else parts:
        states = _after(name, value, states, backwards)
    return states


def _after(name: Any, value: Any, states: set[int], backwards: bool) -> set[int]:
    if name in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
        return _after_character(value if name is op.IN else [(name, value)], states)
    if name is op.BRANCH:
        return set().union(*(beyond(branch, states, backwards) for branch in value[1]))
    if name is op.SUBPATTERN:
        return beyond(value[3], states, backwards)
    if name in (op.MAX_REPEAT, op.MIN_REPEAT):
        low, high, part = value
        for _ in range(min(low, BREAK + MARKS)):  # more rounds change nothing more
            states = beyond(part, states, backwards)
        for _ in range(min(high - low, BREAK + MARKS)):
            states = states | beyond(part, states, backwards)
        return states
    if name is op.AT and value is (op.AT_BEGINNING if backwards else op.AT_END):
        return {WORD if state == MARKS else state for state in states}  # a line of marks alone is no prose
    assert name in (op.AT, op.ASSERT, op.ASSERT_NOT), f"{name} is new here"
    return states


def _after_character(members: list[tuple[Any, Any]], states: set[int]) -> set[int]:
    if (op.LITERAL, ord("\n")) in members and members[0][0] is not op.NEGATE:
        return states | {BREAK}
    letters = _letters(members)
    if letters is None:
        return {WILD if state else WORD for state in states}
    return {WORD} if letters else {MARKS if state == BREAK else state for state in states}


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
    return letters if letters <= 8 else None


def reaches(pattern: str, backwards: bool) -> bool:
    """Whether a match of the pattern may end, or begin, in a line of which it knows no word."""
    with warnings.catch_warnings(action="ignore"):
        parsed = _parser.parse(in_view(pattern), re.IGNORECASE | re.MULTILINE)
    return not {MARKS, WILD}.isdisjoint(beyond(parsed, {WORD}, backwards))


@EVERY_RULESET
def test_beyond_a_line_break_a_pattern_has_a_word_of_its_own(rules: list[Rule]) -> None:
    for rule in rules:
        assert not reaches(rule.pattern, backwards=False), f"{rule.code}: write [ ] before the wildcards at its end"
        assert not reaches(rule.pattern, backwards=True), f"{rule.code}: write [ ] after the wildcards at its start"


@pytest.mark.parametrize(
    ("pattern", "backwards", "does"),
    [
        ("^Follow us on .{0,140}$", False, True),
        ("^Follow us on[ ].{0,140}$", False, False),
        ("^Follow us on .{0,140} now$", False, False),
        ("^Follow us(?: on (?:Example|.{2,20}))?$", False, True),
        ("^Follow us ?[.!]{0,3}$", False, False),
        ("^Follow us ?[.!]{0,3}", False, True),
        ("^.{0,140} follow us$", True, True),
        ("^.{0,140}[ ]follow us$", True, False),
        (r"^(?:\d{1,3} )?follow us$", True, False),
    ],
)
def test_a_pattern_that_runs_on_is_told_from_one_that_does_not(pattern: str, backwards: bool, does: bool) -> None:
    assert reaches(pattern, backwards) is does
