"""Patterns of rules, compiled: what `regex` made of one is kept in the cache, since making it again takes milliseconds.

A single page asks for thirty patterns: compiling them would take longer than all else that is done with it. What is
kept are the arguments that `regex` itself pickles a pattern by, and with them not even its parser is imported.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any, NamedTuple

from cleaner.machine import cache as stored

_COUNT = 11  # arguments in a pattern's pickle today; with any other number nothing is kept
_PART = "regex._regex"  # the part of `regex` that compiles and searches, without its parser


class _Maker(NamedTuple):
    """`make` builds a pattern from the arguments in its pickle; `name` tells this build of `regex` from all others."""

    make: Callable[..., Any]
    name: str


def compiled(pattern: str) -> Any:
    """A pattern, to be searched in a view: case is ignored, and `^` and `$` match at each line.

    Raises `regex.error` for one that is wrong.
    """
    maker = _maker()
    if maker is None:
        return _compile(pattern)
    name = f"pattern-{hashlib.sha256(f'{stored.sources(__file__)} {maker.name} {pattern}'.encode()).hexdigest()[:32]}"
    kept = stored.read(name)
    if kept is not None:
        arguments = _arguments(kept)
        if arguments[0] == pattern:
            return maker.make(*arguments)
    made = _compile(pattern)
    entry = _entry(made)
    if entry is not None:
        stored.write(name, entry)
    return made


def _compile(pattern: str) -> Any:
    import regex

    return regex.compile(pattern, regex.IGNORECASE | regex.MULTILINE | regex.VERSION0)


def _entry(made: Any) -> bytes | None:
    """The entry of a pattern; None for what cannot be kept."""
    from copyreg import dispatch_table

    reduced = dispatch_table[type(made)](made)
    assert isinstance(reduced, tuple)
    arguments = reduced[1]
    if len(arguments) != _COUNT or any(isinstance(one, dict) and one for one in arguments):
        return None  # groups with names: no rule needs one, and JSON does not give numbers as keys back
    return json.dumps([one.decode("latin-1") if isinstance(one, bytes) else one for one in arguments]).encode()


def _arguments(entry: bytes) -> list[Any]:
    """The arguments in an entry, which the cache has found undamaged: they end in machine code of a kind."""
    text, flags, code, groups, names, lists, listed, at, wanted, wanted_flags, count = json.loads(entry)
    # JSON knows neither bytes nor tuples
    return [text, flags, code.encode("latin-1"), groups, names, lists, listed, at, tuple(wanted), wanted_flags, count]


@cache
def _maker() -> _Maker | None:
    """What builds patterns from kept arguments; None where that part of `regex` is no file of its own."""
    try:
        parent = PathFinder.find_spec("regex")
        spec = parent and PathFinder.find_spec(_PART, parent.submodule_search_locations)
        if not spec or not spec.origin or not spec.loader:
            return None
        module = sys.modules.get(_PART)
        if module is None:
            module = module_from_spec(spec)
            spec.loader.exec_module(module)
            sys.modules.pop(_PART, None)  # `import regex` must find everything as it left it
        # What is kept fits one build. Its version stands in the parser alone, so its file says which one it is.
        found = os.stat(spec.origin)
        return _Maker(module.compile, f"{spec.origin} {found.st_size} {found.st_mtime_ns} {module.MAGIC}")
    except (ImportError, OSError, AttributeError):
        return None
