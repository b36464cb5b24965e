"""Near misses: lines that stayed although a rule came near them.

A rule comes near a line that holds one of its keywords and reads like one of its examples, while its
pattern does not match. That is what a reader of `why` wants to know, and where a rule may be too narrow.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from cleaner.document import Document
from cleaner.log.logged import LoggedDocument, LoggedRemoval
from cleaner.rules import Rule
from cleaner.text.plain import plain

_LONGEST = 300
_FAR = 0.4  # any two sentences of one language are as alike as this
_ALIKE = 0.55
_PER_DOCUMENT = 10


class NearMiss(NamedTuple):
    """A rule that nearly spoke: which of its keywords is there, and the example that the line is most like."""

    rule: Rule
    keyword: str
    example: str
    likeness: float


def nearest(rules: Iterable[Rule], line: str, count: int = 3, least: float = _FAR) -> list[NearMiss]:
    """The rules that come nearest to a line (its content, no line end) without matching it; best first.

    Those less alike than `least` (0 to 1) are left out.
    """
    text = plain(line).text[:_LONGEST]
    folded = text.casefold()
    found = []
    for rule in rules:
        keyword = next((word for word in rule.keywords if word in folded), "")
        if keyword:
            example, likeness = _most_alike(rule.removes, folded, least)
            if example and not _matches(rule, text):
                found.append(NearMiss(rule, keyword, example, likeness))
    return sorted(found, key=lambda one: (-one.likeness, -len(one.keyword), one.rule.code))[:count]


def _matches(rule: Rule, text: str) -> bool:
    try:
        return rule.expression.search(text, timeout=rule.timeout) is not None
    except TimeoutError:  # a run refuses such a text, naming the rule
        return False


def _most_alike(examples: Sequence[str], folded: str, least: float) -> tuple[str, float]:
    """The example most like a line, and how much; none when all are less like it than `least`."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(folded)
    best, likeness = "", least
    for example in examples:
        matcher.set_seq1(plain(example[:_LONGEST]).text.casefold())
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            if ratio > likeness:
                best, likeness = example, ratio
    return best, likeness


def with_near_misses(documents: Iterable[LoggedDocument], rules: Sequence[Rule]) -> Iterator[LoggedDocument]:
    """The documents with the ten nearest misses of each beside their candidates."""
    words = {word for rule in rules for word in rule.keywords}
    for logged in documents:
        folded = logged.text.casefold()
        here = {word for word in words if word in folded}
        likely = [rule for rule in rules if not here.isdisjoint(rule.keywords)]
        misses = sorted(_misses(logged, likely), key=lambda one: -one.score)[:_PER_DOCUMENT]
        yield logged._replace(candidates=tuple(sorted([*logged.candidates, *misses], key=lambda one: one.start)))


def _misses(logged: LoggedDocument, rules: Sequence[Rule]) -> Iterator[LoggedRemoval]:
    document = Document(logged.id, logged.text)
    taken = deque(sorted((one.start, one.end) for one in (*logged.removals, *logged.candidates)))
    at = size = 0
    for number, line in enumerate(document.lines):
        size += len(logged.text[at : line.start].encode(logged.encoding))
        at = line.start
        short = 0 < line.end - line.start <= _LONGEST
        while taken and taken[0][1] <= line.start:
            taken.popleft()
        if not short or (taken and taken[0][0] < line.end):
            continue
        content = document.content(number)
        for miss in nearest(rules, content, 1, _ALIKE):
            note = f"has {miss.keyword!r} and is {miss.likeness:.0%} like an example, but does not match"
            yield LoggedRemoval(
                "",
                miss.rule.filter,
                miss.rule.code,
                miss.rule.reason,
                round(miss.likeness, 4),
                line.start,
                line.end,
                size,
                size + len(content.encode(logged.encoding)),
                number + 1,
                number + 1,
                (),
                "near miss",
                note,
            )
