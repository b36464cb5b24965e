"""Rules are data: a pattern with its code, its reason and its own examples, read from rulesets/.

A pattern is searched in the reader's view of the text (`cleaner.view`): one line break
stands for any number of blank lines, so a notice that a scraper broke in two still matches.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from cleaner import cache as stored
from cleaner.document import Scope
from cleaner.plain import fold

Safety = Literal["safe", "unsafe", "suggest"]

SCORES: dict[str, float] = {"safe": 0.98, "unsafe": 0.7, "suggest": 0.3}
TIMEOUT = 2.0  # seconds a single search of an own rule may take; watching the time costs as much as a search
MAX_REPEAT = 400

RULESETS = Path(__file__).parent / "rulesets"
_FIELDS = {"code", "reason", "pattern", "scope", "keywords", "safety", "removes", "keeps"}


class RuleError(ValueError):
    """A rule that cannot be used: the message names the file, the rule and the cure."""


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
        self.removes = tuple(removes)
        self.keeps = tuple(keeps)
        self.timeout = timeout

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
        return _spaces(self.pattern)

    @cached_property
    def anchored(self) -> bool:
        """Whether a match can begin at the start of a line only."""
        depth, before = 0, "|"
        for token, in_class in _tokens(self.pattern):
            if (before == "|" and token != "^") or (before == "^" and token in ("?", "*", "+", "{")):
                return False
            before = token if depth == 0 and not in_class and token in ("|", "^") else ""
            if not in_class:
                depth += (token == "(") - (token == ")")
        return before != "|"

    @cached_property
    def expression(self) -> Any:
        """The compiled pattern, to be searched in a view."""
        import regex

        return regex.compile(in_view(self.pattern), regex.IGNORECASE | regex.MULTILINE | regex.VERSION0)


def load_rules(filter_name: str, languages: Iterable[str] | None = None) -> list[Rule]:
    """The shipped rules of one filter, in the named languages (all by default, `any` always), sorted by code."""
    wanted = None if languages is None else {"any", *languages}
    return [
        Rule(**entry, timeout=None)  # they are linear, by a test over all of them
        for entry in _shipped()
        if entry["code"].split(".")[1] == filter_name and (wanted is None or entry["code"].split(".")[0] in wanted)
    ]


def shipped_filters() -> list[str]:
    """The names of the filters that rules ship for."""
    return sorted({str(entry["code"]).split(".")[1] for entry in _shipped()})


@cache
def _rulesets() -> tuple[str, list[bytes]]:
    """A digest of all shipped rulesets, and what is in them."""
    files = {path.relative_to(RULESETS).as_posix(): path.read_bytes() for path in sorted(RULESETS.glob("*/*.toml"))}
    digest = hashlib.sha256()
    for name, raw in files.items():
        digest.update(b"%d %d " % (len(name), len(raw)) + name.encode() + raw)
    return digest.hexdigest(), list(files.values())


def shipped_digest() -> str:
    """A digest of all shipped rulesets."""
    return _rulesets()[0]


@cache
def _shipped() -> list[dict[str, Any]]:
    """The fields of every shipped rule, sorted by code. Parsing their TOML takes a hundred times longer than a scan."""
    digest, files = _rulesets()
    name = f"rules-{digest[:32]}.json"
    kept = stored.read(name)
    if kept is not None:
        try:
            entries: list[dict[str, Any]] = json.loads(kept)
            return entries
        except ValueError:
            pass  # a damaged entry is made again
    entries = [entry for raw in files for entry in tomllib.loads(raw.decode())["rule"]]
    entries.sort(key=lambda entry: str(entry["code"]))
    stored.write(name, json.dumps(entries).encode())
    return entries


def read_rules(path: Path, prefix: str = "") -> list[Rule]:
    """The rules of one file; their codes begin with `prefix`. Raises RuleError with file, rule and cure."""
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: {error}") from None
    rules: list[Rule] = []
    seen: set[str] = set()
    entries = table.get("rule", [])
    if set(table) - {"rule"} or not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise RuleError(f"{path}: holds more than rules; each begins with [[rule]]")
    for number, entry in enumerate(entries, 1):
        rule = _rule(path, number, entry)
        if not rule.code.startswith(prefix) or rule.code.count(".") < 2:
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


def _spaces(pattern: str) -> int:
    return sum(token in (" ", "\\ ") for token, _ in _tokens(pattern))


def in_view(pattern: str) -> str:
    """The pattern as it is searched: typographic marks folded, a space also a line break, no class crosses a line."""
    out: list[str] = []
    for token, in_class in _tokens(fold(pattern)):
        if token in (" ", "\\ "):
            out.append(" " if in_class else "[ \\n]")
        elif in_class and token == "^" and out[-1] == "[":
            out.append("^\\n")
        else:
            out.append(token)
    return "".join(out)


def _unsafe_pattern(pattern: str) -> str | None:
    """Why a pattern may cost more than linear time, or mean another thing in a view; None if it is sound."""
    import re

    previous = ""
    outside = ""
    for token, in_class in _tokens(pattern):
        if token in ("\\s", "\\S") and in_class:
            return "\\s and \\S do not go into a class; list what you mean"
        if token in ("\\s", "\\W", "\\D", "\\n", "\\r", "\\Z", "\\A"):
            return f"{token} is not for a view; write a space, a class, ^ or $"
        if len(token) == 2 and token[1].isdigit():
            return "a back-reference may cost more than linear time; spell the pattern out"
        if not in_class and token in ("*", "+") and previous != "(":
            return f"{token!r} is unbounded; write {{0,80}} or so, at most {MAX_REPEAT}"
        outside += "_" if in_class else token
        previous = token
    for low, high in re.findall(r"\{(\d*),(\d*)\}", outside):
        if not high:
            return f"{{{low},}} is unbounded; name an upper bound, at most {MAX_REPEAT}"
        if int(high) > MAX_REPEAT:
            return f"{{{low},{high}}} repeats too often; at most {MAX_REPEAT}"
    if re.search(r"\(\?<[=!]", outside):
        return "look-behind is not supported; match what stands before and use scope"
    try:
        import regex

        regex.compile(in_view(pattern), regex.IGNORECASE | regex.MULTILINE | regex.VERSION0)
    except regex.error as error:
        return f"the pattern does not compile: {error}"
    return None


def fingerprint(rules: Iterable[Rule]) -> str:
    """`sha256:…` over all that decides what the rules do; the log names it."""
    digest = hashlib.sha256()
    for rule in sorted(rules, key=lambda rule: rule.code):
        digest.update(repr((rule.code, rule.pattern, rule.scope, rule.safety, rule.keywords)).encode())
    return f"sha256:{digest.hexdigest()}"
