"""All rules in one pass over the bytes, by Hyperscan; the compiled patterns are kept on disk between runs."""

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from cleaner.matching.shape import UnscannableError, shape
from cleaner.matching.superset import superset
from cleaner.rules import Rule

FORMAT = 1  # counts up when the same rules compile to other patterns

Hit = tuple[int, int]


class Scan:
    """Where rules may match. `always` lists the rules that no scan can find; they are searched everywhere.

    Compiling takes seconds for hundreds of rules, so the result is kept in the user's cache folder; where that
    cannot be written, each process compiles anew. Raises ImportError where hyperscan is not installed.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        hyperscan: Any = import_module("hyperscan")
        self._hyperscan = hyperscan
        self.always: tuple[int, ...] = ()
        self._database: Any = None
        place = _place(rules, hyperscan.__version__)
        if not self._load(place):
            patterns = [_pattern(rule) for rule in rules]
            self._database = self._compiled(patterns)
            self.always = tuple(number for number, pattern in enumerate(patterns) if pattern is None)
            self._store(place)

    def hits(self, text: bytes) -> set[Hit]:
        """Each rule that may match with a byte of its match's last line: (rule, offset). Duplicates may be left out."""
        found: set[Hit] = set()
        if self._database is None:
            return found

        def hit(rule: int, _start: int, end: int, _flags: int, _context: object) -> None:
            found.add((rule, end - 1))

        try:
            self._database.scan(text, match_event_handler=hit)
        except self._hyperscan.ScratchInUseError:  # another thread is scanning
            self._database.scan(text, match_event_handler=hit, scratch=self._hyperscan.Scratch(self._database))
        return found

    def _compiled(self, patterns: list[bytes | None]) -> Any:
        numbered = [(number, pattern) for number, pattern in enumerate(patterns) if pattern is not None]
        if not numbered:
            return None
        hs = self._hyperscan
        database = hs.Database(mode=hs.HS_MODE_BLOCK)
        try:
            database.compile(
                expressions=[pattern for _, pattern in numbered],
                ids=[number for number, _ in numbered],
                elements=len(numbered),
                flags=[hs.HS_FLAG_CASELESS | hs.HS_FLAG_MULTILINE] * len(numbered),
            )
        except hs.error:
            if len(numbered) == 1:
                patterns[numbered[0][0]] = None
                return None
            for number, pattern in numbered:  # one that Hyperscan refuses must not cost the others
                if self._compiled([pattern]) is None:
                    patterns[number] = None
            return self._compiled(patterns)
        return database

    def _load(self, place: Path) -> bool:
        hs = self._hyperscan
        try:
            head, dump = place.read_bytes().split(b"\n", 1)
            self.always = tuple(json.loads(head)["always"])
            if dump:
                self._database = hs.loadb(dump, hs.HS_MODE_BLOCK)
                self._database.scratch = hs.Scratch(self._database)
        except (OSError, ValueError, KeyError, hs.error):
            return False
        return True

    def _store(self, place: Path) -> None:
        head = json.dumps({"always": self.always}).encode() + b"\n"
        dump = b"" if self._database is None else self._hyperscan.dumpb(self._database)
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place.parent, prefix=place.name)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(head + dump)
                Path(name).replace(place)
            except OSError:
                Path(name).unlink()


def _pattern(rule: Rule) -> bytes | None:
    try:
        return superset(shape(rule))
    except UnscannableError:
        return None


def _place(rules: Sequence[Rule], hyperscan_version: str) -> Path:
    """The file of these rules: another one for other patterns, versions or machines."""
    import regex

    digest = hashlib.sha256()
    known = (FORMAT, hyperscan_version, regex.__version__, sys.version_info[:3], sys.platform, os.name)
    digest.update(repr((known, os.uname().machine if hasattr(os, "uname") else "")).encode())
    for rule in rules:
        digest.update(rule.pattern.encode() + b"\0")
    return cache_folder() / f"{digest.hexdigest()[:32]}.scan"


def cache_folder() -> Path:
    """Where compiled rules are kept: CLEANER_CACHE, else the user's cache folder."""
    own = os.environ.get("CLEANER_CACHE")
    if own:
        return Path(own)
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "seedclean" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "seedclean"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "seedclean"
