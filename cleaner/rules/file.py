"""A file of rules: read and checked, with all that is wrong in it told at once, by line, rule and cure."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.rules import CODE, SCORES, Rule, RuleError, parts, raw_rules
from cleaner.rules.syntax import problem
from cleaner.text.misspelt import meant
from cleaner.text.tomlfile import TomlError, lines_of, read_toml

_LISTS = ("keywords", "removes", "keeps")
_NEEDED = {
    "code": '"en.donation.coffee"',
    "reason": '"asks for a coffee"',
    "pattern": "'''^Buy me a coffee'''",
    "keywords": '["coffee"]',
    "removes": '["Buy me a coffee"]',
    "keeps": '["They buy coffee."]',
}
_CHOICES = {"scope": ("match", "line", "paragraph"), "safety": tuple(SCORES)}
_KNOWN = f"; known: {', '.join((*_NEEDED, *_CHOICES))}"


class _Wrong(NamedTuple):
    """What is wrong with a rule, and the field that it is about."""

    field: str
    told: str


def read_rules(path: Path, prefix: str = "") -> list[Rule]:
    """The rules of one file; their codes begin with `prefix`. Raises RuleError with a line for each error."""
    table, text = _table(path)
    entries = table.get("rule", [])
    if set(table) - {"rule", "parts"} or not isinstance(entries, list) or not all(map(_is_table, entries)):
        raise RuleError(f"{path}:{_other(text)}: holds more than rules; each begins with [[rule]]")
    beside = parts.beside(path)
    shared, errors = _parts(beside) if beside != path and beside.is_file() else ({}, [])
    known, wrong_parts = _defined(path, table, text, shared)
    errors.extend(wrong_parts)
    rules: list[Rule] = []
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        wrong = list(_wrong(entry, prefix, known))
        code = entry.get("code")
        if isinstance(code, str) and code in seen:
            wrong.append(_Wrong("code", "stands twice; rename one"))
        seen.add(str(code))
        errors.extend(
            f"{_place(path, text, number, one.field)}: rule {_name(number, code)}: {one.told}" for one in wrong
        )
        if not wrong:
            rules.append(Rule(**entry | {"pattern": parts.written_out(entry["pattern"], known)}))
    if errors:
        raise RuleError("\n".join(errors))
    return rules


def _table(path: Path) -> tuple[dict[str, Any], str]:
    try:
        return read_toml(path, raw_rules(path))
    except TomlError as error:
        raise RuleError(str(error)) from None


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _parts(path: Path) -> tuple[dict[str, str], list[str]]:
    """The parts that a file shares with others in its folder, and what is wrong with them."""
    table, text = _table(path)
    if set(table) - {"parts"}:
        return {}, [f"{path}:1: holds more than parts; it begins with [parts], and rules go into files beside it"]
    return _defined(path, table, text, {})


def _defined(
    path: Path, table: Mapping[str, Any], text: str, shared: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """The parts of one file on top of the `shared` ones, and what is wrong with them."""
    told = table.get("parts", {})
    if not _is_table(told):
        return {**shared}, [f"{path}:{_line_of('parts', text)}: parts are a table; write [parts]"]
    known, wrong = parts.defined(told, shared)
    return known, [f"{path}:{_line_of(name, text)}: part {name!r}: {cause}" for name, cause in wrong]


def _line_of(key: str, text: str) -> int:
    """The first line that sets a key."""
    keys = ((number, line.partition("=")[0].strip(" \t\"'")) for number, line, inside in lines_of(text) if not inside)
    return next((number for number, found in keys if found == key), 1)


def place_of(path: Path, rules: list[Rule], rule: Rule) -> str:
    """`rules.toml:12: rule en.donation.coffee`, for what is wrong with a rule of a file only beside others."""
    text = raw_rules(path).decode("utf-8-sig")
    return f"{_place(path, text, rules.index(rule), 'code')}: rule {rule.code}"


def _name(number: int, code: object) -> str:
    return code if isinstance(code, str) and code else f"number {number + 1}"


def _wrong(entry: Mapping[str, Any], prefix: str, known: Mapping[str, str]) -> Iterator[_Wrong]:
    absent = [field for field in (*_NEEDED, *_CHOICES) if field not in entry]
    hints = ""
    for field in sorted(set(entry) - {*_NEEDED, *_CHOICES}):
        hint = meant(field, absent)
        hints += hint
        yield _Wrong(field, f"unknown field {field!r}{hint or _KNOWN}")
    for field, example in _NEEDED.items():
        if entry.get(field):
            yield from _wrong_kind(field, entry[field])
        elif repr(field) not in hints:  # else it is there, misspelt
            yield _Wrong(field, f"{field!r} is missing or empty; write {field} = {example}, say")
    for field, choices in _CHOICES.items():
        value = entry.get(field, choices[0])
        if value not in choices:
            named = f"{', '.join(choices[:-1])} or {choices[-1]}"
            yield _Wrong(field, f"{field} is {named}, not {value!r}{meant(str(value), choices)}")
    yield from _wrong_reason(entry.get("reason"))
    code, pattern = entry.get("code"), entry.get("pattern")
    if isinstance(code, str) and code and not (code.startswith(prefix) and CODE.fullmatch(code)):
        yield _Wrong("code", f"a code here reads {prefix or '<language>.<filter>.'}<name>")
    if isinstance(pattern, str) and pattern:
        try:
            unsound = problem(parts.written_out(pattern, known))
        except parts.PartError as error:
            unsound = str(error)
        if unsound:
            yield _Wrong("pattern", unsound)


def _wrong_reason(reason: object) -> Iterator[_Wrong]:
    if isinstance(reason, str) and not reason.isprintable():
        yield _Wrong("reason", f"'reason' is one line without controls, not {reason!r}")


def _wrong_kind(field: str, value: object) -> Iterator[_Wrong]:
    texts = value if field in _LISTS else [value]
    if not isinstance(texts, list) or not all(isinstance(one, str) and one for one in texts):
        kind = "a list of texts, none of them empty" if field in _LISTS else "a text"
        yield _Wrong(field, f"{field!r} is {kind}, not {value!r}")


def _place(path: Path, text: str, number: int, field: str) -> str:
    """The file with the line on which a field of a rule (from 0) stands, as near as a look at the text tells.

    Of a field that is not there it is the line of the code, of a rule without one its first.
    """
    lines: dict[str, int] = {}
    for line_number, line, inside in lines_of(text):
        if inside:
            continue
        key = line.strip()
        if key.startswith("[["):
            number -= 1
        if number < -1:
            break
        if number == -1:
            lines.setdefault(key.partition("=")[0].strip(" \t\"'"), line_number)
    place = lines.get(field) or lines.get("code") or min(lines.values(), default=0)
    return f"{path}:{place}" if place else str(path)


def _other(text: str) -> int:
    """The line on which something else than a rule or parts begins."""
    ours = False
    for number, line, inside in lines_of(text):
        key = line.strip()
        if inside or key.startswith("#"):
            continue
        if "".join(key.partition("#")[0].split()) in ("[[rule]]", '[["rule"]]', "[parts]"):
            ours = True
        elif key.startswith("[") or not ours:
            return number
    return 1
