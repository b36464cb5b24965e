"""Rulesets of any size to measure with: shipped rules, and when these run out, shipped rules about made-up names.

A varied rule is a shipped pattern behind a word that no language has, as a publisher's list of its own notices would
be. Their words are rare by construction, so thousands of them are found more cheaply than thousands of rules about
everyday words would be.
"""

import random
from functools import cache
from itertools import product

from cleaner.document import Document
from cleaner.rules import Rule, load_rules, shipped_filters
from cleaner.rules.view import View

CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"


@cache
def shipped() -> tuple[Rule, ...]:
    """Every rule of the package, in the order of the codes."""
    rules = [rule for name in shipped_filters() for rule in load_rules(name)]
    return tuple(sorted(rules, key=lambda rule: rule.code))


def rules(size: int) -> list[Rule]:
    """That many rules: shipped ones, evenly chosen, and varied ones when there are not enough."""
    known = shipped()
    if size <= len(known):
        return [known[place * len(known) // size] for place in range(size)]
    sources = _sources()
    words = made_up_words()
    varied = (_varied(sources[number % len(sources)], words[number], number) for number in range(size - len(known)))
    return [*known, *varied]


@cache
def made_up_words() -> list[str]:
    """All words of three syllables of one kind, shuffled the same way every time."""
    syllables = [first + second for first, second in product(CONSONANTS, VOWELS)]
    words = ["".join(three).capitalize() + "x" for three in product(syllables[::3], syllables[1::3], syllables[2::3])]
    random.Random("words").shuffle(words)
    return words


@cache
def _sources() -> list[Rule]:
    """The shipped rules of which a variation still removes some example."""
    return [rule for rule in shipped() if _places(rule)]


@cache
def _places(rule: Rule) -> tuple[str, ...]:
    """The examples that a variation removes with its word before them."""
    probe = _with_word(rule, "Bagavux", "probe", [f"Bagavux {text}" for text in rule.removes])
    found = []
    for text in rule.removes:
        view = View(Document("example", f"Bagavux {text}"))
        if any(True for line in range(len(view)) for _ in view.matches(probe, line)):
            found.append(text)
    return tuple(found)


def _varied(rule: Rule, word: str, number: int) -> Rule:
    return _with_word(rule, word, f"varied-{number}", [f"{word} {text}" for text in _places(rule)])


def _with_word(rule: Rule, word: str, name: str, removes: list[str]) -> Rule:
    opens, rest = ("^", rule.pattern[1:]) if rule.pattern.startswith("^") else ("", rule.pattern)
    language, filter_name, _ = rule.code.split(".", 2)
    return Rule(
        f"{language}.{filter_name}.{name}",
        rule.reason,
        f"{opens}{word} (?:{rest})",
        [word],
        removes,
        rule.keeps,
        rule.scope,
        rule.safety,
        timeout=None,
    )
