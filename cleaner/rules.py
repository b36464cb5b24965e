"""Rules are data: a pattern with its code, its reason and its own examples, read from rulesets/.

A pattern is searched in the reader's view of the text (`cleaner.view`): one line break
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

from cleaner import cache as stored
from cleaner.document import Scope
from cleaner.files import at_rest, in_words, stamp
from cleaner.patterns import compiled
from cleaner.plain import fold

Safety = Literal["safe", "unsafe", "suggest"]

SCORES: dict[str, float] = {"safe": 0.98, "unsafe": 0.7, "suggest": 0.3}
TIMEOUT = 2.0  # seconds a single search of an own rule may take; watching the time costs as much as a search
MAX_REPEAT = 400
MAX_WRITTEN_OUT = 50_000  # characters

# What is read as one: a space, an escape, or a class, with what opens it and what is in it.
_ATOM = re.compile(r" |\\.|\[(\^?)(\]?)((?:\\.|[^\]\\])*)\]", re.DOTALL)
_PARTS = re.compile(r"\{(\d{1,9})(?:,\d*)?\}|\\.|.", re.DOTALL)
_TURN = re.compile(r"[()]|\|(\^(?![?*+{]))?")  # where alternatives begin and end, and whether they begin with a line

FORMAT = 2  # of what is kept of the shipped rules; counts up when that is written in another way
_FIELD, _RULE = "\0", "\1"  # what divides it: rules hold no such characters

RULESETS = Path(__file__).parent / "rulesets"
_CODE = re.compile(r"[\w-]+(?:\.[\w-]+){2,}")  # what a selection can name
_FIELDS = {"code", "reason", "pattern", "scope", "keywords", "safety", "removes", "keeps"}


class RuleError(ValueError):
    """A rule that cannot be used: the message names the file, the rule and the cure."""


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
        return tuple(fold(word).casefold() for word in self._keywords)

    @property
    def score(self) -> float:
        return SCORES[self.safety]

    @property
    def filter(self) -> str:
        """The filter a code belongs to: `en.donation.x` belongs to `donation`."""
        return self.code.split(".")[1]

    @cached_property
    def breaks(self) -> int:
        """How many line breaks of the view a match can run over: one for each space of the pattern."""
        return self.pattern.count(" ")

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
    wanted = None if languages is None else {"any", *languages}
    return [
        _Shipped(code, reason, pattern, keywords, cast("Scope", scope), cast("Safety", safety))
        for code, reason, pattern, keywords, scope, safety in _shipped().get(filter_name, ())
        if wanted is None or code.split(".", 1)[0] in wanted
    ]


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
    for entry in _read_once("rules", _needed).split(_RULE.encode()):  # few hold letters that make a string wide
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
    name = f"{what}-{FORMAT}-{shipped_digest()[:32]}"
    kept = stored.read(name)
    if kept is not None:
        return kept
    import tomllib

    tables = (tomllib.loads(Path(path).read_bytes().decode()) for path in _ruleset_files())
    found = taken([entry for table in tables for entry in table["rule"]]).encode()
    stored.write(name, found)
    return found


def raw_rules(path: Path) -> bytes:
    """The bytes of a file of rules. Raises RuleError where the system does not give them."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise RuleError(f"{path}: {in_words(error)}; check its name and permissions") from None


def read_rules(path: Path, prefix: str = "") -> list[Rule]:
    """The rules of one file; their codes begin with `prefix`. Raises RuleError with file, rule and cure."""
    import tomllib

    try:
        table = tomllib.loads(raw_rules(path).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: {error}") from None
    rules: list[Rule] = []
    seen: set[str] = set()
    entries = table.get("rule", [])
    if set(table) - {"rule"} or not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise RuleError(f"{path}: holds more than rules; each begins with [[rule]]")
    for number, entry in enumerate(entries, 1):
        rule = _rule(path, number, entry)
        if not rule.code.startswith(prefix) or not _CODE.fullmatch(rule.code):
            raise RuleError(f"{path}: rule {rule.code}: a code here reads {prefix or '<language>.<filter>.'}<name>")
        if rule.code in seen:
            raise RuleError(f"{path}: rule {rule.code} stands twice; rename one")
        seen.add(rule.code)
        rules.append(rule)
    return rules


_LISTS = ("keywords", "removes", "keeps")


def _rule(path: Path, number: int, entry: dict[str, Any]) -> Rule:
    name = entry.get("code", f"number {number}")
    unknown = set(entry) - _FIELDS
    if unknown:
        raise RuleError(f"{path}: rule {name}: unknown field {min(unknown)!r}; known: {', '.join(sorted(_FIELDS))}")
    for field in ("code", "reason", "pattern", "keywords", "removes", "keeps"):
        if not entry.get(field):
            raise RuleError(f"{path}: rule {name}: {field!r} is missing or empty")
        texts = entry[field] if field in _LISTS else [entry[field]]
        if not isinstance(texts, list) or not all(isinstance(one, str) and one for one in texts):
            raise RuleError(f"{path}: rule {name}: {field!r} is {'a list of texts' if field in _LISTS else 'a text'}")
    if entry.get("scope", "line") not in ("match", "line", "paragraph"):
        raise RuleError(f"{path}: rule {name}: scope is match, line or paragraph, not {entry['scope']!r}")
    if str(entry.get("safety", "safe")) not in SCORES:
        raise RuleError(f"{path}: rule {name}: safety is {', '.join(SCORES)}, not {entry['safety']!r}")
    problem = _unsafe_pattern(entry["pattern"])
    if problem:
        raise RuleError(f"{path}: rule {name}: {problem}")
    return Rule(**entry)


def _tokens(pattern: str) -> Iterator[tuple[str, bool]]:
    """The pattern's atoms, each with whether it stands inside a character class."""
    at, in_class = 0, False
    while at < len(pattern):
        size = 2 if pattern[at] == "\\" else 1
        token = pattern[at : at + size]
        if in_class and token == "]":
            in_class = False
        yield token, in_class
        if not in_class and token == "[":
            in_class = True
            if pattern[at + 1 : at + 2] == "^":
                yield "^", True
                at += 1
            if pattern[at + 1 : at + 2] == "]":
                yield "\\]", True
                at += 1
        at += size


def is_anchored(pattern: str) -> bool:
    """Whether a match of a pattern can begin at the start of a line only."""
    depth = 0
    for turn in _TURN.finditer(f"|{_ATOM.sub('_', pattern)}"):
        if depth == 0 and turn[0] == "|":
            return False
        depth += (turn[0] == "(") - (turn[0] == ")")
    return True


def in_view(pattern: str) -> str:
    """The pattern as it is searched: typographic marks folded, a space also a line break, no class crosses a line."""
    return _ATOM.sub(_respelled, fold(pattern))


def _respelled(found: re.Match[str]) -> str:
    atom = found[0]
    if atom[-1] == " ":
        return "[ \\n]"
    if atom[0] != "[":
        return atom
    opened = ("[^\\n" if found[1] else "[") + ("\\]" if found[2] else "")
    body = _ATOM.sub(lambda atom: " " if atom[0] == "\\ " else atom[0], found[3])
    return f"{opened}{body}]"


def _unsafe_pattern(pattern: str) -> str | None:
    """Why a pattern may cost more than linear time, or mean another thing in a view; None if it is sound."""
    previous = ""
    outside = ""
    for token, in_class in _tokens(pattern):
        if token in ("\\s", "\\S") and in_class:
            return "\\s and \\S do not go into a class; list what you mean"
        if token in ("\\s", "\\W", "\\D", "\\n", "\\r", "\\Z", "\\A"):
            return f"{token} is not for a view; write a space, a class, ^ or $"
        if token in ("\\K", "\\G"):
            return f"{token} is not supported; match what stands before and use scope"
        if len(token) == 2 and (token[1].isdigit() or token == "\\g"):
            return "a back-reference may cost more than linear time; spell the pattern out"
        if not in_class and token in ("*", "+") and previous != "(":
            return f"{token!r} is unbounded; write {{0,80}} or so, at most {MAX_REPEAT}"
        outside += "_" if in_class else token
        previous = token
    return _unsafe_outside(outside) or _does_not_compile(pattern)


def _unsafe_outside(outside: str) -> str | None:
    """The same of what stands outside of classes, of which each is one character here."""
    for low, high in re.findall(r"\{(\d*),(\d*)\}", outside):
        if not high:
            return f"{{{low},}} is unbounded; name an upper bound, at most {MAX_REPEAT}"
        if len(high) > 9 or int(high) > MAX_REPEAT:
            return f"{{{low},{high}}} repeats too often; at most {MAX_REPEAT}"
    if _written_out(outside) > MAX_WRITTEN_OUT:
        return f"its repeats make more than {MAX_WRITTEN_OUT:,} characters together; take smaller counts"
    if re.search(r"\(\?(?:R\)|[+-]?\d|&|P>|P=)", outside):
        return "a group that stands for another may cost more than linear time; spell the pattern out"
    if re.search(r"\(\?<[=!]", outside):
        return "look-behind is not supported; match what stands before and use scope"
    flags = re.search(r"\(\?(?:[a-zA-Z01]*L|[a-zA-Z01]*-[a-zA-Z]*m)", outside)
    if flags:  # one hangs on the locale; without the other ^ would mean the start of what is searched
        return f"{flags[0]} is not for a view; leave out L and -m"
    return None


def _does_not_compile(pattern: str) -> str | None:
    import regex

    try:
        compiled(in_view(pattern))
    except (regex.error, ValueError) as error:  # the second for flags that go with no others
        return f"the pattern does not compile: {error}"
    except RecursionError:
        return "the pattern is nested too deeply; spell it out"
    return None


def _written_out(pattern: str) -> int:
    """How many characters a pattern, classes as one each, comes to once what must be repeated is written out.

    `regex` does write it out: a few counts within counts would take all memory there is.
    """
    sizes = [[0]]  # of each open group, those of its parts
    for part in _PARTS.finditer(pattern):
        if part[0] == "(":
            sizes.append([0])
        elif part[0] == ")" and len(sizes) > 1:
            closed = sum(sizes.pop())
            sizes[-1].append(closed)
        elif part[1]:
            sizes[-1][-1] *= max(int(part[1]), 1)
        else:
            sizes[-1].append(1)
    return sum(map(sum, sizes))


def fingerprint(rules: Iterable[Rule]) -> str:
    """`sha256:…` over all that decides what the rules do; the log names it."""
    digest = hashlib.sha256()
    for rule in sorted(rules, key=lambda rule: rule.code):
        digest.update(repr((rule.code, rule.pattern, rule.scope, rule.safety, rule.keywords)).encode())
    return f"sha256:{digest.hexdigest()}"
