"""All rules in one pass over the bytes, by Hyperscan; what it compiles is kept between runs."""

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from cleaner import cache
from cleaner.matching.scanned import LOWERED, ODD_LETTERS, UNUSUAL, scanned
from cleaner.matching.shape import variants

Hit = tuple[int, int]
FORMAT = 1  # counts up when the same words are spelled in another way


class Scan:
    """Looks for literals. Raises ImportError where hyperscan is not installed."""

    def __init__(self, words: Sequence[str]) -> None:
        hs: Any = import_module("hyperscan")
        self._hyperscan = hs
        self._words = self._ready(words, lambda: [*map(_pattern, words)], hs.HS_FLAG_CASELESS) if words else None
        self._unusual = self._ready(UNUSUAL, lambda: [UNUSUAL], hs.HS_FLAG_SINGLEMATCH)

    def scanned(self, raw: bytes) -> bytes:
        """The bytes to look through for `raw`."""
        return scanned(raw, self._is_unusual)

    def hits(self, text: bytes) -> list[Hit]:
        """Each literal in a scanned text: its number, and the offset right after it."""
        found: list[Hit] = []

        def hit(word: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found.append((word, end))

        if self._words is not None:
            self._scan(self._words, text, hit)
        return found

    def _is_unusual(self, text: bytes) -> bool:
        found: list[int] = []
        self._scan(self._unusual, text, lambda *_: found.append(1))
        return bool(found)

    def _scan(self, database: Any, text: bytes, hit: Any) -> None:
        try:
            database.scan(text, match_event_handler=hit)
        except self._hyperscan.ScratchInUseError:  # another thread is scanning
            database.scan(text, match_event_handler=hit, scratch=self._hyperscan.Scratch(database))

    def _ready(self, made_of: object, spelled: Callable[[], list[bytes]], flag: int) -> Any:
        """The database: from the cache, else made, for which alone the patterns get spelled."""
        hs = self._hyperscan
        # A compiled database fits one version of Hyperscan and one kind of processor.
        machine = os.uname().machine if hasattr(os, "uname") else ""
        key = repr((hs.__version__, sys.platform, machine, flag, FORMAT, made_of)).encode()
        name = f"scan-{hashlib.sha256(key).hexdigest()[:32]}.hs"
        kept = cache.read(name)
        if kept:
            try:
                database = hs.loadb(kept, hs.HS_MODE_BLOCK)
                database.scratch = hs.Scratch(database)
                return database
            except hs.error:
                pass  # damaged, or of another processor
        patterns = spelled()
        database = hs.Database(mode=hs.HS_MODE_BLOCK)
        numbers, flags = list(range(len(patterns))), [flag] * len(patterns)
        database.compile(expressions=patterns, ids=numbers, elements=len(patterns), flags=flags)
        cache.write(name, hs.dumpb(database))
        return database


def _pattern(word: str) -> bytes:
    """A literal in any case."""
    return b"".join(map(_char, word))


def _char(char: str) -> bytes:
    """A character. Hyperscan, left to itself, knows case in ASCII only: other letters are given with both."""
    if char < "\x80" or ord(char) in LOWERED:
        return _escaped(char)
    forms = sorted(variants(char) - set(ODD_LETTERS))
    return _escaped(char) if len(forms) == 1 else b"(?:" + b"|".join(map(_escaped, forms)) + b")"


def _escaped(char: str) -> bytes:
    return char.encode() if char.isalnum() and char < "\x80" else b"".join(b"\\x%02x" % byte for byte in char.encode())
