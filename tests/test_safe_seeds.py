"""Whatever lies about in the folders, and whoever else writes there: no raw text is written to, none is half read."""

import json
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from cleaner.formats import compressed
from cleaner.machine.opening import reading
from tests.project import CLEANED, RAW, Project

SHARD = json.dumps({"id": "a", "text": RAW.decode()}).encode() + b"\n"


@pytest.mark.parametrize("hard", [False, True])
@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_is_written_through_a_link_in_the_place_of_a_half_file(
    project: Project, monkeypatch: pytest.MonkeyPatch, jobs: int, hard: bool
) -> None:
    """A backup may have made links of what a killed run left."""
    monkeypatch.setattr("cleaner.run.shards.PIECE", 200)
    monkeypatch.setattr("cleaner.run.batches.BATCH_BYTES", 1)
    shard = b"".join(SHARD.replace(b'"a"', b'"%d"' % n) for n in range(20))
    seeds = {"a.txt": RAW, "big.jsonl": shard}
    (project.folder / "cleaned").mkdir()
    for name, raw in seeds.items():
        seed = project.write(f"seeds/{name}", raw)
        for beside in (f".{name}.part", f".{name}.part1", f".{name}.removals.jsonl.part"):
            left = project.folder / "cleaned" / beside
            if hard:
                os.link(seed, left)
            else:
                left.symlink_to(seed)
    assert project.cleaner("clean", "-j", jobs).code == 0
    assert project.files("seeds") == seeds
    assert project.read("cleaned/a.txt") == CLEANED
    assert project.cleaner("verify").code == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_swept_up_is_half_files_of_our_own_alone(project: Project, jobs: int) -> None:
    project.write("seeds/a.jsonl", SHARD)
    left = [f"cleaned/.a.jsonl{ending}" for ending in (".part", ".part7", ".removals.jsonl.part12")]
    others = [f"cleaned/.a.jsonl{ending}" for ending in (".part.txt.part", ".partition", ".part1a")]
    for name in (*left, *others):
        project.write(name, b"")
    assert project.cleaner("clean", "-j", jobs).code == 0
    assert [name for name in (*left, *others) if (project.folder / name).exists()] == others


def test_a_folder_in_the_place_of_a_half_file_is_named(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", RAW)
    project.write("cleaned/.a.txt.part/x", b"")
    ended = project.cleaner("clean")
    assert (ended.code, ended.err.split("\n")[0]) == (
        3,
        "seeds/a.txt: a directory is in the way at cleaned/.a.txt.part; move it",
    )
    assert project.read("cleaned/b.txt") == CLEANED


def test_a_raw_text_is_no_place_for_an_output(project: Project) -> None:
    """Input and output in the wrong order: what was cleaned would replace what it came from."""
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    project.write("cleaned/b.txt", RAW)
    for path in ("cleaned", "cleaned/a.txt"):
        ended = project.cleaner("clean", path, "-o", "seeds")
        assert ended.code == 3
        assert "cleaned/a.txt: seeds/a.txt is a raw text of the project; choose another folder with -o\n" in ended.err
    assert project.read("seeds/a.txt") == RAW
    assert not (project.folder / "seeds/a.txt.removals.jsonl").exists()


@pytest.mark.parametrize("end", [-10, 0])
def test_what_is_wrong_with_a_file_that_changes_is_that_it_changes(
    project: Project, monkeypatch: pytest.MonkeyPatch, end: int
) -> None:
    seed = project.write("seeds/a.jsonl", SHARD)

    def cut_short(path: Path) -> BinaryIO:
        if path == Path("seeds/a.jsonl"):
            os.truncate(seed, len(SHARD) + end)
            os.utime(seed, (1, 1))
        return reading(path)

    monkeypatch.setattr(compressed, "reading", cut_short)
    ended = project.cleaner("clean")
    assert (ended.code, ended.err.split("\n")[0]) == (3, "seeds/a.jsonl: changed while it was read; clean again")
    assert project.files() == {}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("name", ["README.md", "a.jsonl"])
def test_a_file_that_is_no_output_is_not_replaced_by_one(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str, jobs: int
) -> None:
    """A folder for outputs may hold other things, and be the wrong one."""
    monkeypatch.setattr("cleaner.run.shards.PIECE", 50)
    project.write(f"seeds/{name}", SHARD if name.endswith("jsonl") else RAW)
    project.write("seeds/z.txt", RAW)
    project.write(name, b'{"text": "My own."}\n')
    for command in ("check", "clean"):
        ended = project.cleaner(command, "seeds", "-o", ".", "-j", jobs)
        assert ended.code == 3
        told = f"seeds/{name}: {name} is there already, and has no log that says it is an output; move it"
        assert ended.err.split("\n")[0] == told
    assert project.read(name) == b'{"text": "My own."}\n'
    assert not (project.folder / f"{name}.removals.jsonl").exists()
    assert project.read("z.txt") == CLEANED


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_a_log_that_was_lost_is_written_again(project: Project, name: str) -> None:
    project.write(f"seeds/{name}", SHARD if name.endswith("jsonl") else RAW)
    project.cleaner("clean")
    before = project.files()
    (project.folder / f"cleaned/{name}.removals.jsonl").unlink()
    assert project.cleaner("check").code == 1
    assert project.cleaner("clean").code == 0
    assert project.files() == before


def test_what_another_run_has_half_written_is_not_put_in_place(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run on the folder in which the output lies is not kept out by the lock."""
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", RAW)
    half = project.folder / "cleaned/.a.txt.part"

    def meanwhile(files: object) -> None:
        half.unlink()
        half.write_bytes(b"ha")

    monkeypatch.setattr("cleaner.run.batches.sync", meanwhile)
    ended = project.cleaner("clean")
    told = "seeds/a.txt: cleaned/.a.txt.part is gone: somebody else moved it; clean again"
    assert (ended.code, ended.err.split("\n")[0]) == (3, told)
    assert not (project.folder / "cleaned/a.txt").exists()
    assert project.read("cleaned/b.txt") == CLEANED
    assert half.read_bytes() == b"ha"
