"""Regular expressions of the standard library, compiled when first asked, and kept compiled in the cache.

Compiling those that read threads takes 20 ms, more than all else that is done with a page. What is kept are the
numbers that `re` itself turns a pattern into; any other version of Python makes its own.
"""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple, cast

from cleaner.machine import cache

_SHORT = 150  # characters of a pattern that is compiled as quickly as it is read


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, but compiled when something is first asked of it."""
    return cast("re.Pattern[str]", _Expression(pattern, int(flags)))


class _Expression:
    """Stands for a pattern, and takes over its methods once it is asked for one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._asked = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _compiled(*self._asked)
        for method in ("match", "search", "fullmatch", "findall", "finditer", "sub", "split"):
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


# Letters for which to ignore case and to search in lower case differ, and the sigma, whose lower case depends on its
# neighbours.
_ODD = expression(
    "[\u00b5\u0130\u0131\u017f\u0345\u0390\u03a3\u03b0\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f5\u1c80-\u1c88"
    "\u1e9b\u1fbe\u1fd3\u1fe3\ufb05\ufb06]"
)
_PLAIN = (("\u0131", "i"), ("\u017f", "s"), ("\u03c2", "\u03c3"))
_WIDE = re.compile("[^\x00-\x7f]+")


class Caseless:
    """A pattern that ignores case; its own ASCII letters are written in lower case.

    Where both give the same, it is searched in the lower-cased text, which is several times as quick as to ignore case.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._any = expression(pattern, flags | re.IGNORECASE)
        small = _WIDE.sub(lambda found: found[0].lower(), pattern)
        for letter, plain in _PLAIN:
            small = small.replace(letter, plain)
        self._small = expression(small, flags)

    def fitting(self, text: str) -> tuple[re.Pattern[str], str]:
        """The pattern to search with, and the text to search: as it is, or in lower case. Offsets fit both."""
        if text.isascii() or not _ODD.search(text):
            return self._small, text.lower()
        return self._any, text

    def is_in(self, text: str) -> bool:
        """Whether it stands anywhere in a text."""
        pattern, text = self.fitting(text)
        return pattern.search(text) is not None

    def begins(self, text: str) -> bool:
        """Whether a text begins with it."""
        pattern, text = self.fitting(text)
        return pattern.match(text) is not None


def derived(
    source: str, flags: int, spell: Callable[[str], Sequence[str | None]], by: Sequence[str] = ()
) -> list[re.Pattern[str] | None]:
    """The patterns that `spell` makes of a source, compiled; None for each that there is none of. They are kept, until
    a file changes among `by`: those in which it is written how `spell` spells.
    """
    told = f"{cache.sources(__file__, *by)} {sys.version} {sys.byteorder} {flags} {spell.__qualname__} {source}"
    name = f"expression-{hashlib.sha256(told.encode()).hexdigest()[:32]}"
    try:
        kept = cache.read(name)
        if kept is not None:
            return [numbers and _made(source, numbers) for numbers in _opened(kept)]
        found = [None if pattern is None else _numbers(pattern, flags) for pattern in spell(source)]
        made = [numbers and _made(source, numbers) for numbers in found]
    except (ImportError, AttributeError, TypeError):  # a Python that compiles in another way
        return [None if pattern is None else re.compile(pattern, flags) for pattern in spell(source)]
    cache.write(name, _entry(found))
    return made


def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    # Long patterns, and letters outside ASCII in a class, take `re` long to compile: these are kept.
    if len(pattern) < _SHORT and pattern.isascii() and "\\u" not in pattern:
        return re.compile(pattern, flags)
    [made] = derived(pattern, flags, _as_it_is)
    assert made is not None
    return made


def _as_it_is(pattern: str) -> Sequence[str]:
    return [pattern]


class _Numbers(NamedTuple):
    """What `re` makes of a pattern."""

    code: Sequence[int]
    flags: int
    groups: int
    names: dict[str, int]  # of groups


def _numbers(pattern: str, flags: int) -> _Numbers:
    parsed = import_module("re._parser").parse(pattern, flags)
    code = import_module("re._compiler")._code(parsed, flags)  # noqa: SLF001 - nothing public gives it
    state = parsed.state
    return _Numbers(code, flags | state.flags, state.groups - 1, state.groupdict)


def _made(pattern: str, numbers: _Numbers) -> re.Pattern[str]:
    """The pattern of these numbers; `_sre` checks them."""
    code, flags, groups, names = numbers
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    made: re.Pattern[str] = import_module("_sre").compile(pattern, flags, code, groups, names, tuple(by_number))
    return made


def _entry(found: Sequence[_Numbers | None]) -> bytes:
    """A line of JSON, then the codes, of four bytes a number."""
    head = [numbers and [len(numbers.code), *numbers[1:]] for numbers in found]
    code = (one.to_bytes(4, sys.byteorder) for numbers in found if numbers for one in numbers.code)
    return json.dumps(head).encode() + b"\n" + b"".join(code)


def _opened(entry: bytes) -> list[_Numbers | None]:
    head, _, rest = entry.partition(b"\n")
    codes = memoryview(rest).cast("I").tolist()
    found: list[_Numbers | None] = []
    at = 0
    for told in json.loads(head):
        if told is None:
            found.append(None)
            continue
        size, *others = told
        found.append(_Numbers(codes[at : at + size], *others))
        at += size
    return found
