"""A small project to run the command in: one rule of its own, so that no change of the shipped rules matters."""

import hashlib
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cleaner.cli import _code
from cleaner.log.entries import dump

RULES = """
[[rule]]
code = "en.test.notice"
reason = "is the notice of these tests"
keywords = ["notice"]
pattern = '''^Notice: .{0,80}$'''
removes = ["Notice: this goes."]
keeps = ["She took no notice: it rained."]

[[rule]]
code = "en.test.unsafe"
reason = "is the unsafe notice of these tests"
keywords = ["perhaps"]
pattern = '''^Perhaps: .{0,80}$'''
safety = "unsafe"
removes = ["Perhaps: this goes."]
keeps = ["It will perhaps: rain."]
"""
SETTINGS = 'extend-rules = ["rules.toml"]\nselect = ["test"]\n'

RAW = b"A first line.\n\nNotice: this goes.\n\nA last line.\n"
CLEANED = b"A first line.\n\nA last line.\n"


class Ended(NamedTuple):
    code: int
    out: bytes
    err: str


class Project:
    """A folder with a configuration, in which `cleaner(...)` runs the command within this process."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[bytes]) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        self._capture = capture
        self.write("cleaner.toml", SETTINGS.encode())
        self.write("rules.toml", RULES.encode())
        monkeypatch.chdir(folder)

    def write(self, name: str, raw: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        return path

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def files(self, below: str = "cleaned") -> dict[str, bytes]:
        top = self.folder / below
        return {str(path.relative_to(top)): path.read_bytes() for path in sorted(top.rglob("*")) if path.is_file()}

    def cleaner(self, *arguments: object, stdin: bytes = b"") -> Ended:
        self._capture.readouterr()
        self._monkeypatch.setattr(sys, "argv", ["cleaner", *map(str, arguments)])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = _code()
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = self._capture.readouterr()
        return Ended(code, out, err.decode())


def resealed(raw: bytes, change: Callable[[list[Any]], object]) -> bytes:
    """A log that somebody changed who knows how to seal it."""
    *records, end = [json.loads(line) for line in raw.split(b"\n")[:-1]]
    change(records)
    above = b"".join(map(dump, records))
    return above + dump({**end, "sha256": hashlib.sha256(above).hexdigest()})
