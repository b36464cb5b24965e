"""`verify` and `restore`: what is proven, what comes back, and what is told of a log that gives nothing back."""

import hashlib
import json
import os
from collections.abc import Callable
from typing import Any

import pytest

from tests.project import CLEANED, RAW, Project, resealed


def test_a_folder_that_cannot_be_listed_is_told_and_proves_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b/b.txt"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean")
    (project.folder / "seeds/a.txt").unlink()
    listed = os.scandir

    def scandir(path: Any = ".") -> Any:
        if os.fspath(path) == "cleaned/b":
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    told = "cleaned/b: permission denied; change its permissions or exclude it\n"
    ended = project.cleaner("verify")
    assert (ended.code, ended.out.decode(), ended.err) == (4, told, "1 output proven, 1 wrong\n")
    ended = project.cleaner("restore", "-o", "raw")
    assert (ended.code, ended.err) == (3, f"{told}not all raw texts could be restored\n")
    assert project.files("raw") == {"a.txt": RAW}
    for command in (["stats"], ["log", "show"], ["report"], ["log", "export", "--to", "patch"]):
        ended = project.cleaner(*command)
        assert (ended.code, ended.err) == (3, "Error: cleaned/b: permission denied; change its permissions\n")
    ended = project.cleaner("prune", "--force")
    assert (ended.code, ended.err) == (4, f"{told}1 output deleted\n")


def test_verify_proves_and_names_what_disagrees(project: Project) -> None:
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        project.write(f"seeds/{name}", RAW)
    project.write("seeds/s.jsonl", b'{"text": "Notice: this goes.\\nIt rained in the north."}\n')
    project.cleaner("clean")
    ended = project.cleaner("verify")
    assert (ended.code, ended.out, ended.err) == (0, b"", "5 outputs proven\n")
    project.write("cleaned/a.txt", CLEANED + b"by hand")
    project.write("seeds/b.txt", RAW + b"more")
    log = project.read("cleaned/c.txt.removals.jsonl")
    project.write("cleaned/c.txt.removals.jsonl", log.replace(b"this goes", b"this went"))
    (project.folder / "cleaned/d.txt.removals.jsonl").unlink()
    project.write("cleaned/s.jsonl", project.read("cleaned/s.jsonl").replace(b"north", b"south"))
    ended = project.cleaner("verify")
    assert ended.code == 4
    assert ended.out.decode().split("\n")[:-1] == [
        "cleaned/a.txt: was changed after it was written; clean again",
        "seeds/b.txt: changed since it was cleaned; clean again",
        "cleaned/c.txt.removals.jsonl:4: the log was changed after it was written; clean again",
        "cleaned/s.jsonl: was changed after it was written; clean again",
        "cleaned/d.txt: has no log beside it; move it, or clean again",
    ]
    assert ended.err == "0 outputs proven, 5 wrong\n"


def test_restore_gives_raw_texts_back_and_overwrites_nothing_that_differs(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/deep/b.txt", b"\xef\xbb\xbf" + RAW.replace(b"\n", b"\r\n"))
    project.cleaner("clean")
    assert project.cleaner("restore", "-o", "raw").code == 0
    assert project.files("raw") == project.files("seeds")
    assert project.cleaner("restore", "cleaned/a.txt").out == RAW
    ended = project.cleaner("restore", "-o", "cleaned/", "--force")
    assert (ended.code, "raw texts would replace the outputs that they come from" in ended.err) == (2, True)
    assert project.read("cleaned/a.txt") == CLEANED
    project.write("raw/a.txt", b"mine")
    ended = project.cleaner("restore", "-o", "raw")
    assert ended.code == 3
    assert "raw/a.txt: is there and differs; --force overwrites it" in ended.err
    assert project.read("raw/a.txt") == b"mine"
    assert project.cleaner("restore", "-o", "raw", "--force").code == 0
    assert project.files("raw") == project.files("seeds")


def test_restore_writes_no_raw_text_over_another_that_it_has_just_written(project: Project) -> None:
    project.write("seeds/a/x.txt", RAW)
    project.write("seeds/b/x.txt", b"Before.\n" + RAW)
    project.cleaner("clean")
    for places in (("cleaned/a", "cleaned/b"), ("cleaned/a/x.txt", "cleaned/b/x.txt")):
        ended = project.cleaner("restore", "--force", *places, "-o", "raw")
        assert ended.code == 3
        what = "raw/x.txt is the place of cleaned/a/x.txt too; restore each to a folder of its own"
        assert f"cleaned/b/x.txt: {what}" in ended.err
        assert project.files("raw") == {"x.txt": RAW}
    assert project.cleaner("restore", "cleaned", "cleaned/a/x.txt", project.folder / "cleaned", "-o", "raw2").code == 0


def test_a_log_of_hashes_proves_what_it_can_and_restores_nothing(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean", "--log-text", "hash")
    assert b"this goes" not in project.read("cleaned/a.txt.removals.jsonl")
    ended = project.cleaner("verify")
    assert ended.code == 0
    assert ended.out == b"cleaned/a.txt: its log keeps hashes only: output and raw text are as logged\n"
    assert project.cleaner("restore", "-o", "raw").code == 4
    assert project.files("raw") == {}
    (project.folder / "seeds/a.txt").unlink()
    ended = project.cleaner("report")
    assert ended.code == 3
    assert "seeds/a.txt: is gone, and the log of cleaned/a.txt keeps hashes only; put it back" in ended.err


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda records: records[2].update(start="x"), "3: a removal without a right 'start'"),
        (lambda records: records[2].pop("end"), "3: a removal without a right 'end'"),
        (lambda records: records[2].update(text=None), "3: its text does not fill the range from 15 to 35"),
        (lambda records: records[2].update(byte_end=99), "3: ends at byte 99 of 48"),
        (lambda records: records[2].update(byte_start=-1), "3: its text does not fill the range from 15 to 35"),
        (lambda records: records[2]["spans"][0].update(code=None), "3: a removal without right 'spans'"),
        (lambda records: records[1].update(headers=5), "2: a document without a right 'headers'"),
        (lambda records: records[1].update(headers=[5]), "2: a document without right 'headers'"),
        (lambda records: records[1].update(encoding="rot13"), "2: 'rot13' is no encoding"),
        (lambda records: records[2].update(text=5), "3: its text does not fill the range from 15 to 35"),
        (lambda records: records[2].update(spans=[5]), "3: a removal without right 'spans'"),
        (lambda records: records.insert(3, records[2]), "4: begins before the removal above it ends"),
        (lambda records: records[1].pop("sha256"), "2: a document without a right 'sha256'"),
        (lambda records: records[1].update(encoding="klingon"), "2: 'klingon' is no encoding"),
        (lambda records: records.pop(1), "2: the document above it is not 'a.txt'"),
        (lambda records: records.pop(2), "3: the log was changed after it was written"),
        (lambda records: records[2].update(document="b.txt"), "3: the document above it is not 'b.txt'"),
        (lambda records: records[2].update(score=float("nan")), "3: a removal without a right 'score'"),
        (lambda records: records[2]["spans"][0].update(score=9), "3: a removal without right 'spans'"),
        (lambda records: records[1].update(headers=["\u0100"]), "2: a document without right 'headers'"),
        (lambda records: records[1].update(source="seeds/b.txt"), " is the log of seeds/b.txt, not of this"),
    ],
)
def test_a_sealed_log_that_makes_no_sense_is_no_bug_of_ours(
    project: Project, change: Callable[[list[Any]], object], words: str
) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    project.write("cleaned/a.txt.removals.jsonl", resealed(project.read("cleaned/a.txt.removals.jsonl"), change))
    ended = project.cleaner("verify")
    assert ended.code == 4
    assert ended.out.decode().startswith(f"cleaned/a.txt.removals.jsonl:{words}")
    ended = project.cleaner("restore", "-o", "raw")
    assert ended.code == 4
    assert f"cleaned/a.txt.removals.jsonl:{words}" in ended.err
    assert not (project.folder / "raw/a.txt").exists()


def test_half_a_character_in_a_log_is_no_bug_of_ours(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    log = project.read("cleaned/a.txt.removals.jsonl").replace(b"is the notice of these tests", b"\\ud800", 1)
    *above, end = log.split(b"\n")[:-1]
    sealed = hashlib.sha256(b"".join(line + b"\n" for line in above)).hexdigest()
    log = b"\n".join([*above, json.dumps({**json.loads(end), "sha256": sealed}).encode(), b""])
    project.write("cleaned/a.txt.removals.jsonl", log)
    for command in ("stats", "report"):
        ended = project.cleaner(command)
        assert (ended.code, ended.err) == (4, "Error: cleaned/a.txt.removals.jsonl:3: not a JSON line; clean again\n")


@pytest.mark.parametrize("encoding", ["ascii", "utf-16-le"])
def test_an_encoding_that_cannot_be_is_no_bug_of_ours(project: Project, encoding: str) -> None:
    project.write("seeds/a.txt", RAW.replace(b"this goes", "this göes".encode()))
    project.write("seeds/s.jsonl", b'{"text": "Notice: this goes.\\nRain."}\n')
    project.cleaner("clean")
    for name in ("a.txt", "s.jsonl"):
        log = f"cleaned/{name}.removals.jsonl"
        project.write(log, resealed(project.read(log), lambda records: records[1].update(encoding=encoding, bom=True)))
    for command in ("verify", "report", "diff"):
        assert project.cleaner(command, "cleaned").code == 4, command


@pytest.mark.parametrize("line", [b"[1]\n", b"5\n", b'{"type":"document"}\n{"type":"end"}\n'])
def test_what_somebody_put_behind_a_log_is_cleaned_away(project: Project, line: bytes) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    log = project.read("cleaned/a.txt.removals.jsonl")
    project.write("cleaned/a.txt.removals.jsonl", log + line)
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/a.txt.removals.jsonl") == log


def test_what_a_later_version_logs_is_passed_over(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")

    def extend(records: list[Any]) -> None:
        records.insert(2, {"type": "later", "what": 1})
        records[1]["later"] = records[3]["later"] = {}

    project.write("cleaned/a.txt.removals.jsonl", resealed(project.read("cleaned/a.txt.removals.jsonl"), extend))
    for command in (["verify"], ["report"], ["log", "show"], ["restore", "-o", "raw"]):
        assert project.cleaner(*command).code == 0, command
    assert project.read("raw/a.txt") == RAW


def test_logs_that_changed_places_give_no_raw_text(project: Project) -> None:
    """Where two cleaned texts are equal, only the log says which raw text was which."""
    for name, notice in (("a", b"this goes"), ("b", b"that goes")):
        project.write(f"seeds/{name}.txt", RAW.replace(b"this goes", notice))
    project.cleaner("clean")
    logs = [project.read(f"cleaned/{name}.txt.removals.jsonl") for name in "ba"]
    for name, log in zip("ab", logs, strict=True):
        project.write(f"cleaned/{name}.txt.removals.jsonl", log)
    assert project.cleaner("verify").code == 4
    assert project.cleaner("restore", "-o", "raw").code == 4
    assert project.files("raw") == {}


@pytest.mark.parametrize("named", ["cleaned", "cleaned/b.txt"])
def test_an_output_without_its_log_is_told_alike_by_itself_and_in_its_folder(project: Project, named: str) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    project.write("cleaned/b.txt", RAW)
    told = "cleaned/b.txt: has no log beside it; move it, or clean again\n"
    ended = project.cleaner("verify", named)
    assert (ended.code, ended.out.decode()) == (4, told)
    ended = project.cleaner("restore", named, "-o", "raw")
    assert (ended.code, ended.err) == (4, f"{told}not all raw texts could be restored\n")
    assert project.files("raw") == ({"a.txt": RAW} if named == "cleaned" else {})
    ended = project.cleaner("restore", "cleaned/b.txt")
    assert (ended.code, ended.out, ended.err) == (4, b"", told)


def test_a_log_that_belongs_to_nothing_holds_up_no_other(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    project.write("cleaned/.removals.jsonl", project.read("cleaned/a.txt.removals.jsonl"))
    told = "cleaned/.removals.jsonl: is named like the log of a text without a name; move it\n"
    assert project.cleaner("verify").out.decode() == told
    ended = project.cleaner("restore", "-o", "raw")
    assert (ended.code, ended.err.split("\n")[0] + "\n") == (4, told)
    assert project.files("raw") == {"a.txt": RAW}
    assert project.cleaner("prune").code == 4
