"""A notice never takes the line before or after it: beyond a line break, a pattern has a word of its own.

A space of a pattern also stands for a line break, since scrapers break notices in two. What follows the break has to
be told from the next paragraph by a word; where only wildcards follow, `[ ]` keeps the match on its line.
"""

import pytest

from cleaner.document import Document
from cleaner.rules import Rule
from cleaner.rules.running_on import runs_on
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


@pytest.mark.slow
@EVERY_RULESET
def test_beyond_a_line_break_a_pattern_has_a_word_of_its_own(rules: list[Rule]) -> None:
    for rule in rules:
        assert not runs_on(rule.pattern, backwards=False), f"{rule.code}: write [ ] before the wildcards at its end"
        assert not runs_on(rule.pattern, backwards=True), f"{rule.code}: write [ ] after the wildcards at its start"


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
        (r"^follow (?>us|.{2,9})$", False, True),
        (r"^follow us .{1,9}+$", False, True),
        (r"^follow us \p{Lu}{1,9}$", False, False),  # nobody can say
    ],
)
def test_a_pattern_that_runs_on_is_told_from_one_that_does_not(pattern: str, backwards: bool, does: bool) -> None:
    assert runs_on(pattern, backwards) is does
