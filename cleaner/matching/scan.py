"""All rules in one pass over the bytes, by Hyperscan; what it compiles is kept between runs."""

import hashlib
import os
import sys
from collections.abc import Callable, Collection, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleaner.machine import cache
from cleaner.matching.index import Literals, Strings
from cleaner.matching.scanned import SPACE, UNUSUAL, scanned

if TYPE_CHECKING:
    from cleaner.matching.sought import Row

Hit = tuple[int, int]


class Scan:
    """Looks for literals, rows and whole patterns. Raises ImportError where hyperscan is not installed."""

    WHOLES = True

    def __init__(self, literals: Literals) -> None:
        self._hyperscan: Any = import_module("hyperscan")
        name, words, others, read = literals
        self._words = self._ready(name, lambda: [word.encode() for word in read().words], True) if words else None
        self._rows = self._ready(name, lambda: _patterns(read())) if others else None
        self._first_row = words
        # Spaces are found at once in nearly all texts that have any, and alone, nothing is looked for any more then.
        self._spaces = self._ready(UNUSUAL[SPACE], lambda: [UNUSUAL[SPACE]], once=True)
        self._unusual = self._ready(UNUSUAL[:SPACE], lambda: list(UNUSUAL[:SPACE]), once=True)

    def scanned(self, raw: bytes) -> tuple[bytes, Collection[str]]:
        """The bytes to look through for `raw`, and the signs that its lines may hold."""
        return scanned(raw, self._find_unusual)

    def hits(self, text: bytes) -> list[Hit]:
        """Each literal, row and whole pattern in a scanned text: its number, and the offset right after it."""
        found: list[Hit] = []
        first_row = self._first_row

        def hit(word: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found.append((word, end))

        def row_hit(row: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found.append((first_row + row, end))

        if self._words is not None:
            self._scan(self._words, text, hit)
        if self._rows is not None:
            self._scan(self._rows, text, row_hit)
        return found

    def _find_unusual(self, text: bytes) -> list[int]:
        found: list[int] = []
        self._scan(self._unusual, text, lambda number, *_: found.append(number))
        self._scan(self._spaces, text, lambda *_: found.append(SPACE))
        return found

    def _scan(self, database: Any, text: bytes, hit: Any) -> None:
        try:
            database.scan(text, match_event_handler=hit)
        except self._hyperscan.ScratchInUseError:  # another thread is scanning
            database.scan(text, match_event_handler=hit, scratch=self._hyperscan.Scratch(database))

    def _ready(self, of: object, spelled: Callable[[], list[bytes]], literal: bool = False, once: bool = False) -> Any:
        """The database of what `of` names: from the cache, else made. `once`: a hit of each does."""
        hs = self._hyperscan
        flag = hs.HS_FLAG_SINGLEMATCH if once else hs.HS_FLAG_CASELESS | (0 if literal else hs.HS_FLAG_MULTILINE)
        # A compiled database fits one version of Hyperscan and one kind of processor.
        machine = os.uname().machine if hasattr(os, "uname") else ""
        key = repr((hs.__version__, sys.platform, machine, flag, literal, cache.sources(__file__), of)).encode()
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
        try:
            database = self._compiled(patterns, flag, literal)
        except hs.error:  # what Hyperscan finds too large is looked for on every line
            patterns = [pattern if self._compiles(pattern, flag) else b"\\n" for pattern in patterns]
            database = self._compiled(patterns, flag, literal)
        cache.write(name, hs.dumpb(database))
        return database

    def _compiles(self, pattern: bytes, flag: int) -> bool:
        try:
            self._compiled([pattern], flag)
        except self._hyperscan.error:
            return False
        return True

    def _compiled(self, patterns: Sequence[bytes], flag: int, literal: bool = False) -> Any:
        hs = self._hyperscan
        database = hs.Database(mode=hs.HS_MODE_BLOCK)
        numbers, flags = list(range(len(patterns))), [flag] * len(patterns)
        database.compile(expressions=patterns, ids=numbers, elements=len(patterns), flags=flags, literal=literal)
        return database


def _patterns(strings: Strings) -> list[bytes]:
    return [*map(_spelled, strings.rows), *(whole.encode("latin-1") for whole in strings.wholes)]


def _spelled(row: "Row") -> bytes:
    """The pattern of a row: a literal of each set, and between them the rest of a line, or of more lines."""
    pattern = b""
    for breaks, words in row:
        if pattern:
            more = b"(?:\\n+[^\\n]*){0,%d}" % breaks if breaks else b""
            # The blank lines after a literal that ends its line count for no further line.
            pattern += b"\\n*[^\\n]*" + more
        # In a further set the line end that a literal begins with may be the one that the set before ended with.
        literals = [word.removeprefix("\n") if pattern else word for word in words]
        pattern += b"(?:" + b"|".join([b"".join(map(_byte, word.encode())) for word in literals]) + b")"
    return pattern


def _byte(byte: int) -> bytes:
    char = bytes([byte])
    return char if char.isalnum() and byte < 128 else b"\\x%02x" % byte
