"""What is in an output's place is complete, proven and durable, and its log was there before it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from cleaner.formats import FORMATS, InputError
from cleaner.machine.files import whole
from cleaner.run import shards
from cleaner.run.cleaning import Cleaner
from tests.project import RAW, Project

ROWS = b"".join(
    json.dumps({"id": f"d{number}", "text": f"{RAW.decode()}Number {number}."}).encode() + b"\n" for number in range(40)
)


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, str]]:
    """What this process makes durable and renames: the kind, the file's inode, and where a renamed one went."""
    seen: list[tuple[str, int, str]] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        seen.append(("sync", os.fstat(descriptor).st_ino, ""))
        fsync(descriptor)

    def noted_replace(source: Any, target: Any, **given: Any) -> None:
        seen.append(("rename", os.stat(source).st_ino, Path(target).name))
        replace(source, target, **given)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    return seen


def check(events: list[tuple[str, int, str]], *outputs: str) -> None:
    renamed = [(name, number) for number, (kind, _, name) in enumerate(events) if kind == "rename"]
    places = dict(renamed)
    for name in outputs:
        assert places[f"{name}.removals.jsonl"] < places[name], f"the log of {name} comes first"
        for path in (name, f"{name}.removals.jsonl"):
            inode = events[places[path]][1]
            assert ("sync", inode, "") in events[: places[path]], f"{path} is durable before it is in place"


def test_texts_and_shards_are_durable_before_they_are_in_place_and_logs_come_first(
    project: Project, events: list[tuple[str, int, str]]
) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", RAW)
    project.write("seeds/s.jsonl", ROWS)
    assert project.cleaner("clean").code == 0
    check(events, "a.txt", "b.txt", "s.jsonl")


def test_so_is_a_shard_that_was_cleaned_in_pieces(
    project: Project, events: list[tuple[str, int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "PIECE", 700)
    project.write("seeds/s.jsonl", ROWS)
    assert project.cleaner("clean", "-j", "2").code == 0
    check(events, "s.jsonl")


def test_a_restored_text_and_any_single_file_are_durable_before_they_are_in_place(
    project: Project, events: list[tuple[str, int, str]]
) -> None:
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("clean").code == 0
    events.clear()
    assert project.cleaner("restore", "cleaned", "-o", "raw").code == 0
    with whole(project.folder / "one") as handle:
        handle.write(b"one")
    assert [(kind, name) for kind, _, name in events if kind == "sync" or name in ("a.txt", "one")] == [
        ("sync", ""),
        ("rename", "a.txt"),
        ("sync", ""),
        ("rename", "one"),
    ]


@pytest.mark.parametrize(("name", "raw"), [("a.txt", RAW), ("s.jsonl", ROWS)], ids=["text", "shard"])
def test_what_would_not_give_the_raw_bytes_back_is_a_bug_and_is_not_written(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str, raw: bytes
) -> None:
    """A cut that takes one character too many: nobody logged that one."""
    module = __import__(FORMATS["jsonl" if name.endswith("jsonl") else "text"].module, fromlist=["cut"])
    right = module.cut

    def cut(record: Any, cleaned: Any) -> Any:
        written = right(record, cleaned)
        return written._replace(line=written.line[:-1], text=written.text[:-1]) if cleaned.removals else written

    monkeypatch.setattr(module, "cut", cut)
    project.write(f"seeds/{name}", raw)
    ended = project.cleaner("clean")
    assert ended.code == 70
    assert "do not give the raw text back" in ended.err
    assert not (project.folder / "cleaned").exists() or project.files() == {}


@pytest.mark.parametrize("wrong", [False, True], ids=["otherwise right", "and seems wrong"])
def test_a_seed_that_changes_while_it_is_read_is_refused(
    project: Project, monkeypatch: pytest.MonkeyPatch, wrong: bool
) -> None:
    """Also where half of a new text and half of the old one look like something else that is wrong."""
    path = project.write("seeds/a.txt", RAW)
    pump = Cleaner.pump

    def changing(self: Cleaner, *given: Any) -> Any:
        done = pump(self, *given)
        path.write_bytes(RAW + b"More.\n")
        if wrong:
            raise InputError("not utf-8")
        return done

    monkeypatch.setattr(Cleaner, "pump", changing)
    ended = project.cleaner("clean")
    assert (ended.code, "changed while it was read" in ended.err) == (3, True)
    assert project.files() == {}
