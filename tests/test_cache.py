"""What is kept between runs: damage to it costs time, and changes nothing."""

import os
import time
from pathlib import Path

import pytest

from cleaner.machine import cache


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_an_entry_comes_back_as_it_was_kept(folder: Path) -> None:
    assert cache.read("rules-x.json") is None
    cache.write("rules-x.json", b"{}")
    assert cache.read("rules-x.json") == b"{}"
    assert [path.name for path in folder.iterdir()] == ["rules-x.json"]


def test_an_entry_that_was_damaged_is_none(folder: Path) -> None:
    """A letter of a rule that changed is JSON all the same, and another rule."""
    cache.write("rules-x.json", b'{"pattern": "^Copyright"}')
    path = folder / "rules-x.json"
    raw = path.read_bytes()
    for damaged in (raw.replace(b"C", b"K"), raw[:-1], raw + b" ", raw[:3], b"", b'{"pattern": "^Copyright"}'):
        path.write_bytes(damaged)
        assert cache.read("rules-x.json") is None


def test_a_folder_in_an_entrys_place_is_none(folder: Path) -> None:
    (folder / "rules-x.json").mkdir(parents=True)
    assert cache.read("rules-x.json") is None
    cache.write("rules-x.json", b"{}")
    assert [path.name for path in folder.iterdir()] == ["rules-x.json"]


def test_what_a_killed_run_left_is_written_over(folder: Path) -> None:
    cache.write("rules-x.json", b"{}")
    (folder / "rules-x.json").rename(folder / ".rules-x.json.part")
    cache.write("rules-x.json", b"[]")
    assert cache.read("rules-x.json") == b"[]"
    assert [path.name for path in folder.iterdir()] == ["rules-x.json"]


def test_what_nobody_read_for_a_month_goes_when_rules_change(folder: Path) -> None:
    """It was kept for good: every change of a rule left some megabytes."""
    hashed = "0123456789abcdef" * 2
    names = (f"scan-{hashed}.hs", f"rules-2-{hashed}", f"rules-{hashed}-{hashed}", f"pattern-{hashed}", "notes-of-mine")
    for name in names:
        cache.write(name, b"{}")
    for name in names[1:]:
        os.utime(folder / name, (0, 0))
    os.utime(folder / names[3], (time.time(), 0))  # made long ago, and read
    cache.write(names[1], b"{}")
    os.utime(folder / names[1], (0, 0))
    assert len(list(folder.iterdir())) == len(names)
    cache.write(names[0], b"{}")
    assert {path.name for path in folder.iterdir()} == {names[0], names[3], names[4]}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
@pytest.mark.parametrize("name", ["rules-x.json", "scan-x"])
def test_a_pipe_in_an_entrys_place_is_none_and_nobody_waits_for_it(folder: Path, name: str) -> None:
    folder.mkdir(parents=True)
    os.mkfifo(folder / name)
    assert cache.read(name) is None
    cache.write(name, b"{}")
    assert cache.read(name) == b"{}"
