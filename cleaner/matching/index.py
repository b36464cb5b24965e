"""The literals of many rules together, each once, with the rules that it points to."""

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import cache
from cleaner.matching.joint import ANYWHERE, Joint, joint
from cleaner.matching.needles import needles
from cleaner.matching.rarity import Rarity
from cleaner.matching.shape import UnscannableError, shape
from cleaner.rules import Rule


class Index(NamedTuple):
    """`rules[n]` are the places of the rules that `words[n]` points to; `always`, of those without any literal."""

    words: tuple[str, ...]
    rules: tuple[tuple[int, ...], ...]
    always: tuple[int, ...]
    joints: tuple[Joint, ...]


def index(rules: Sequence[Rule]) -> Index:
    """The index of these rules: from the cache, else made at some milliseconds a rule."""
    import regex

    digest = hashlib.sha256(repr((regex.__version__, sys.version_info[:3])).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):  # whoever changes how literals are found gets new ones
        digest.update(module.read_bytes())
    for rule in rules:
        digest.update(repr((rule.pattern, rule.removes, rule.keeps)).encode())
    name = f"words-{digest.hexdigest()[:32]}.json"
    try:
        words, places, always, joints = json.loads(cache.read(name) or b"null")
        return Index(tuple(words), tuple(map(tuple, places)), tuple(always), tuple(Joint(*one) for one in joints))
    except (TypeError, ValueError):
        made = _made(rules)
        cache.write(name, json.dumps(made).encode())
        return made


def _made(rules: Sequence[Rule]) -> Index:
    places: dict[str, list[int]] = {}
    always: list[int] = []
    joints: list[Joint] = []
    rarity = Rarity(text for rule in rules for text in (*rule.removes, *rule.keeps))
    for number, rule in enumerate(rules):
        try:
            tree = shape(rule)
            joints.append(joint(tree))
            found = needles(tree, rarity)
        except UnscannableError:
            joints.append(ANYWHERE)
            found = None
        if found is None:
            always.append(number)
        else:
            for word in found.words:
                places.setdefault(word, []).append(number)
    return Index(tuple(places), tuple(map(tuple, places.values())), tuple(always), tuple(joints))
