"""Parts of patterns that rules share by name: `(?&reported)` stands, to the letter, for what `[parts]` says of it.

A file of rules has parts of its own in its table `[parts]`, and those of the file `parts.toml` beside it; its own go
first. A part is one group, so that it means the same wherever it stands, and may use parts that stand above it.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cleaner.rules.syntax import CLASS, ESCAPE
from cleaner.text.misspelt import meant

FILE = "parts.toml"
NAME = re.compile(r"[a-z][a-z\d]*(?:-[a-z\d]+)*")
_USE = re.compile(rf"\(\?&([^()]*)\)|{ESCAPE}|{CLASS}", re.DOTALL)
_GROUP = re.compile(rf"[()]|{ESCAPE}|{CLASS}", re.DOTALL)


class PartError(ValueError):
    """A part that is not there, or is none; the message says what to do."""


def written_out(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with every part that it names written out. Raises PartError for one that nobody defines."""
    if "(?&" not in pattern:
        return pattern

    def told(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return found[0]
        if name not in parts:
            raise PartError(f"no part is called {name!r}{meant(name, parts) or '; define it above, in [parts]'}")
        return parts[name]

    return _USE.sub(told, pattern)


def defined(table: Mapping[str, Any], shared: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The parts of a table, written out with those above them and the `shared` ones; and what is wrong, by name."""
    known = dict(shared)
    wrong: list[tuple[str, str]] = []
    for name, text in table.items():
        try:
            known[name] = _part(name, text, known)
        except PartError as error:
            wrong.append((name, str(error)))
            known.setdefault(name, "(?:)")  # told once, and not of each rule that uses it
    return known, wrong


def _part(name: str, text: object, known: Mapping[str, str]) -> str:
    if not NAME.fullmatch(name):
        raise PartError("its name is small letters, digits and single hyphens between them")
    if not isinstance(text, str):
        raise PartError(f"a part is a text, not {text!r}")
    told = written_out(text, known)
    if not _is_group(told):
        raise PartError("a part is one group; put it between (?: and )")
    return told


def _is_group(pattern: str) -> bool:
    """Whether it is one group from its first character to its last."""
    return pattern.startswith("(") and next(_closings(pattern), 0) == len(pattern)


def _closings(pattern: str) -> Iterator[int]:
    """Where each group ends that is in no other one."""
    depth = 0
    for found in _GROUP.finditer(pattern):
        if found[0] == "(":
            depth += 1
        elif found[0] == ")":
            depth -= 1
            if not depth:
                yield found.end()


def beside(path: Path) -> Path:
    """Where the parts are that a file of rules shares with those in its folder, if there are any."""
    return path.with_name(FILE)
