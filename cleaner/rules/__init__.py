"""Rules are data: a pattern with its code, its reason and its own examples, read from rulesets/.

A pattern is searched in the reader's view of the text (`cleaner.rules.view`): one line break
stands for any number of blank lines, so a notice that a scraper broke in two still matches.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from time import time_ns
from typing import Any, Literal, cast

from cleaner.document import Scope
from cleaner.machine import cache as stored
from cleaner.machine.files import at_rest, stamp
from cleaner.machine.system import in_words
from cleaner.pipeline.composed import short_form
from cleaner.rules.patterns import compiled
from cleaner.rules.syntax import breaks, in_view, is_anchored
from cleaner.text.plain import fold

Safety = Literal["safe", "unsafe", "suggest"]

SCORES: dict[str, float] = {"safe": 0.98, "unsafe": 0.7, "suggest": 0.3}
TIMEOUT = 2.0  # seconds a single search of an own rule may take; watching the time costs as much as a search

_FIELD, _RULE = "\0", "\1"  # between its fields and its rules: no rule holds such characters

RULESETS = Path(__file__).parents[1] / "rulesets"
CODE = re.compile(r"[\w-]+(?:\.[\w-]+){2,}")  # what a selection can name


class RuleError(ValueError):
    """Rules that cannot be used: each line of the message names file, line, rule and cure."""


class SlowRuleError(RuleError):
    """A search of an own rule that took too long; the message names rule and document."""


class Rule:
    """One pattern as data. `expression` compiles on first need: most runs touch few rules."""

    def __init__(
        self,
        code: str,
        reason: str,
        pattern: str,
        keywords: Sequence[str],
        removes: Sequence[str],
        keeps: Sequence[str],
        scope: Scope = "line",
        safety: Safety = "safe",
        timeout: float | None = TIMEOUT,
    ) -> None:
        self.code = code
        self.reason = reason
        self.pattern = pattern
        self.scope: Scope = scope
        self._keywords = tuple(keywords)
        self.safety: Safety = safety
        self._examples = tuple(removes), tuple(keeps)
        self.timeout = timeout

    @property
    def removes(self) -> tuple[str, ...]:
        """Examples of what it removes."""
        return self._examples[0]

    @property
    def keeps(self) -> tuple[str, ...]:
        """Examples of what it must keep."""
        return self._examples[1]

    @cached_property
    def keywords(self) -> tuple[str, ...]:
        """Words of which a match holds one, folded."""
        return tuple(fold(short_form(word)).casefold() for word in self._keywords)

    @property
    def score(self) -> float:
        """The score of what it finds, by its safety."""
        return SCORES[self.safety]

    @property
    def filter(self) -> str:
        """The filter a code belongs to: `en.donation.x` belongs to `donation`."""
        return self.code.split(".")[1]

    @cached_property
    def breaks(self) -> int:
        """How many line breaks of the view a match can run over: one for each space of the pattern."""
        return breaks(self.pattern)

    @cached_property
    def anchored(self) -> bool:
        """Whether a match can begin at the start of a line only."""
        return is_anchored(self.pattern)

    @cached_property
    def expression(self) -> Any:
        """The compiled pattern, to be searched in a view."""
        return compiled(in_view(self.pattern))


class _Shipped(Rule):
    """A rule that ships with the package. It is linear, by a test; its examples are read when somebody asks."""

    def __init__(self, code: str, reason: str, pattern: str, keywords: str, scope: Scope, safety: Safety) -> None:
        super().__init__(code, reason, pattern, keywords.split(" "), (), (), scope, safety, timeout=None)

    @property
    def removes(self) -> tuple[str, ...]:
        return tuple(_examples()[self.code][0])

    @property
    def keeps(self) -> tuple[str, ...]:
        return tuple(_examples()[self.code][1])


def load_rules(filter_name: str, languages: Iterable[str] | None = None) -> list[Rule]:
    """The shipped rules of one filter, in the named languages (all by default, `any` always), sorted by code."""
    rules = _made(filter_name)
    if languages is None:
        return list(rules)
    wanted = {"any", *languages}
    return [rule for rule in rules if rule.code.split(".", 1)[0] in wanted]


@cache
def _made(filter_name: str) -> tuple[Rule, ...]:
    """The shipped rules of one filter: each is made once, for every configuration, as are those of many sites."""
    return tuple(
        _Shipped(code, reason, pattern, keywords, cast("Scope", scope), cast("Safety", safety))
        for code, reason, pattern, keywords, scope, safety in _shipped().get(filter_name, ())
    )


def shipped_filters() -> list[str]:
    """The names of the filters that rules ship for."""
    return sorted(_shipped())


def _ruleset_files() -> list[str]:
    folders = (entry.path for entry in os.scandir(RULESETS) if entry.is_dir())
    return sorted(entry.path for folder in folders for entry in os.scandir(folder) if entry.name.endswith(".toml"))


@cache
def shipped_digest() -> str:
    """A digest of all shipped rulesets. Where no file changed since it was made, none is read."""
    now = time_ns()
    files = _ruleset_files()
    stamps = [stamp(os.stat(path)) for path in files]
    name = f"rulesets-{hashlib.sha256(repr((files, stamps)).encode()).hexdigest()[:32]}"
    kept = stored.read(name) or b""
    if len(kept) == 64:
        return kept.decode()
    digest = hashlib.sha256()
    for path in files:
        raw = Path(path).read_bytes()
        short = os.path.relpath(path, RULESETS).replace(os.sep, "/").encode()
        digest.update(b"by filter %d %d " % (len(short), len(raw)) + short + raw)
    if all(at_rest(one, now) for one in stamps):
        stored.write(name, digest.hexdigest().encode())
    return digest.hexdigest()


@cache
def _shipped() -> dict[str, list[list[str]]]:
    """What a run needs of every shipped rule, by filter and sorted by code: the arguments of `_Shipped`.

    It is kept as one string, which is split ten times as quickly as JSON is read.
    """
    found: dict[str, list[list[str]]] = {}
    # rule by rule: with one wide letter in it, all of a decoded string takes more memory
    for entry in _read_once("rules", _needed).split(_RULE.encode()):
        fields = entry.decode().split(_FIELD)
        found.setdefault(fields[0].split(".")[1], []).append(fields)
    return found


@cache
def _examples() -> dict[str, list[list[str]]]:
    """What every shipped rule removes and keeps, by code."""
    kept = _read_once(
        "examples", lambda rules: json.dumps({one["code"]: [one["removes"], one["keeps"]] for one in rules})
    )
    examples: dict[str, list[list[str]]] = json.loads(kept)
    return examples


def _needed(entries: list[dict[str, Any]]) -> str:
    rows = []
    for entry in sorted(entries, key=lambda entry: str(entry["code"])):
        how = entry.get("scope", "line"), entry.get("safety", "safe")
        rows.append(_FIELD.join([entry["code"], entry["reason"], entry["pattern"], " ".join(entry["keywords"]), *how]))
    return _RULE.join(rows)


def _read_once(what: str, taken: Callable[[list[dict[str, Any]]], str]) -> bytes:
    """What is taken of all shipped rules: from the cache, since to parse TOML takes a hundred times as long."""
    name = f"{what}-{stored.sources(__file__, str(Path(__file__).with_name('parts.py')))}-{shipped_digest()[:32]}"
    kept = stored.read(name)
    if kept is not None:
        return kept
    found = taken(list(_entries())).encode()
    stored.write(name, found)
    return found


def _entries() -> Iterator[dict[str, Any]]:
    """Every shipped rule as its file tells it, but with the parts of its pattern written out."""
    import tomllib

    from cleaner.rules import parts

    tables = {path: tomllib.loads(Path(path).read_bytes().decode()) for path in _ruleset_files()}
    for path, table in tables.items():
        shared = tables.get(str(parts.beside(Path(path))), {})
        known = parts.defined(table.get("parts", {}), parts.defined(shared.get("parts", {}), {})[0])[0]
        for entry in table.get("rule", ()):
            yield entry | {"pattern": parts.written_out(entry["pattern"], known)}


def raw_rules(path: Path) -> bytes:
    """The bytes of a file of rules. Raises RuleError where the system does not give them."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise RuleError(f"{path}: {in_words(error)}; check its name and permissions") from None


def fingerprint(rules: Iterable[Rule]) -> str:
    """`sha256:…` over all that decides what the rules do and what the log tells of it; the log names it."""
    digest = hashlib.sha256()
    for rule in sorted(rules, key=lambda rule: rule.code):
        digest.update(repr((rule.code, rule.reason, rule.pattern, rule.scope, rule.safety)).encode())
    return f"sha256:{digest.hexdigest()}"
