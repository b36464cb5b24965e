"""What a log tells of its raw text: where it is, whether it ever was a file, and by which fields it is read."""

import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from cleaner.machine.files import printable_name
from cleaner.machine.printed import paths_named
from tests.project import CLEANED, RAW, SETTINGS, Project, resealed

ODD = os.fsdecode(b"\xff.txt")
BACKSLASH = "\\xff.txt"  # by its printed name the same
LOG = "cleaned/a.txt.removals.jsonl"

only_posix = pytest.mark.skipif(os.name == "nt", reason="names there are no bytes, and a backslash is no part of one")


@only_posix
@pytest.mark.parametrize("name", [ODD, BACKSLASH, f"deep/{BACKSLASH[:-4]}/{ODD}", f"\\xfe{ODD}"], ids=ascii)
def test_prune_finds_the_raw_text_by_the_name_that_its_log_prints(project: Project, name: str) -> None:
    for one in (name, "gone.txt"):
        project.write(f"in/{one}", RAW)
    project.cleaner("clean", "in", "-o", "out")
    (project.folder / "in/gone.txt").unlink()
    assert project.cleaner("prune", "out").out == b"out/gone.txt: its raw text is gone; deleted\n"
    assert set(project.files("out")) == {name, f"{name}.removals.jsonl"}
    (project.folder / "in" / name).unlink()
    assert project.cleaner("prune", "out", "--force").code == 0
    assert project.files("out") == {}


@only_posix
@pytest.mark.parametrize("name", [ODD, BACKSLASH], ids=ascii)
def test_verify_finds_a_changed_raw_text_whatever_its_name(project: Project, name: str) -> None:
    for one in (ODD, BACKSLASH):
        project.write(f"seeds/{one}", RAW)
    project.cleaner("clean")
    assert project.cleaner("verify").code == 0
    project.write(f"seeds/{name}", b"Another.\n")
    ended = project.cleaner("verify")
    assert (ended.code, ended.err) == (4, "1 output proven, 1 wrong\n")
    assert ended.out == b"seeds/\\xff.txt: changed since it was cleaned; clean again\n"


@only_posix
def test_a_log_of_hashes_finds_its_raw_text_whatever_its_name(project: Project) -> None:
    project.write(f"seeds/{ODD}", RAW)
    project.cleaner("clean", "--log-text", "hash")
    assert b"output and raw text are as logged" in project.cleaner("verify").out
    for command in (["report"], ["why", f"cleaned/{ODD}:1"], ["diff", "cleaned"]):
        assert project.cleaner(*command).code == 0


@only_posix
def test_the_way_back_from_a_printed_name_finds_all_that_are_printed_so(tmp_path: Path) -> None:
    for name in (ODD, BACKSLASH, "plain.txt", "\\x41"):
        (tmp_path / name).touch()
        assert tmp_path / name in paths_named(tmp_path, printable_name(name))
    assert len(paths_named(tmp_path, BACKSLASH)) == 2
    for name in ("gone.txt", "\\xfe.txt", "gone/\\xfe.txt"):
        assert paths_named(tmp_path, name) == [tmp_path / name]
    assert paths_named(Path("elsewhere"), f"{tmp_path}/plain.txt") == [tmp_path / "plain.txt"]
    assert tmp_path / ODD in paths_named(Path("elsewhere"), f"{tmp_path}/\\xff.txt")


def test_prune_spares_what_came_through_a_pipe(project: Project) -> None:
    """It never was a file: its output and log are all there is."""
    project.write("seeds/b.txt", RAW)
    project.cleaner("clean")
    ended = project.cleaner("clean", "-", "--stdin-name", "a.txt", "--log", LOG, stdin=RAW)
    project.write("cleaned/a.txt", ended.out)
    (project.folder / "seeds/b.txt").unlink()
    ended = project.cleaner("prune")
    assert (ended.code, ended.out) == (0, b"cleaned/b.txt: its raw text is gone; deleted\n")
    assert project.read("cleaned/a.txt") == CLEANED
    assert project.cleaner("restore", "cleaned/a.txt").out == RAW
    first = json.loads(project.read(LOG).split(b"\n")[0])
    assert first["piped"] is True


@pytest.mark.parametrize("name", ["s.jsonl", "s.warc.wet", "s.parquet"])
def test_a_shard_that_came_through_a_pipe_is_proven_and_comes_back(project: Project, name: str) -> None:
    raw = records() if name == "s.jsonl" else _table() if name == "s.parquet" else _page()
    log = f"cleaned/{name}.removals.jsonl"
    (project.folder / "cleaned").mkdir()
    flags = [] if name.endswith("wet") else ["--text-field", "body"]
    ended = project.cleaner("clean", "-", "--stdin-name", name, "--log", log, *flags, stdin=raw)
    assert len(ended.out) != len(raw)
    project.write(f"cleaned/{name}", ended.out)
    assert project.cleaner("verify").err == "1 output proven\n"
    told = json.loads(project.read(log).split(b"\n")[-3])
    assert (told["sha256"], told["bytes"]) == (hashlib.sha256(raw).hexdigest(), len(raw))
    back = project.cleaner("restore", f"cleaned/{name}").out
    assert back == raw if name != "s.parquet" else b"Notice: this goes." in back
    assert project.cleaner("prune", "--force").out == b""


def _page() -> bytes:
    head = b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:a>\r\n"
    return head + b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(RAW), RAW)


def _table() -> bytes:
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    sink = io.BytesIO()
    parquet.write_table(pa.table({"text": ["A summary."], "body": [RAW.decode()]}), sink, compression="none")
    return sink.getvalue()


def records(**more: Any) -> bytes:
    line = {"key": "k1", "text": "A summary.", "body": RAW.decode(), **more}
    return json.dumps(line).encode() + b"\n"


@pytest.mark.parametrize("flags", [["--text-field", "body", "--id-field", "key"], []], ids=str)
@pytest.mark.parametrize("log_text", ["full", "hash"])
def test_an_output_is_read_by_the_fields_that_it_was_cleaned_by(
    project: Project, flags: list[str], log_text: str
) -> None:
    raw = project.write("seeds/s.jsonl", records(**({} if flags else {"body": "Notice: no.", "text": RAW.decode()})))
    project.cleaner("clean", *flags, "--log-text", log_text)
    others = [] if flags else ["--text-field", "body"]  # whatever is said by then
    assert project.cleaner("verify", *others).code == 0
    for command in (["diff", "cleaned"], ["log", "export", "--to", "doccano"], ["report"]):
        assert project.cleaner(*command).code == 0, command
    if log_text == "full":
        assert project.cleaner("restore", "cleaned/s.jsonl", *others).out == raw.read_bytes()


def test_a_table_is_read_by_the_field_that_it_was_cleaned_by(project: Project) -> None:
    path = project.write("seeds/s.parquet", _table())
    parquet = pytest.importorskip("pyarrow.parquet")
    project.cleaner("clean", "--text-field", "body")
    assert project.cleaner("verify").err == "1 output proven\n"
    assert project.cleaner("restore", "-o", "raw").code == 0
    assert parquet.read_table(project.folder / "raw/s.parquet").equals(parquet.read_table(path))
    assert project.cleaner("report").code == 0


def test_a_log_that_names_no_fields_is_read_as_the_configuration_says_and_made_anew(project: Project) -> None:
    project.write("seeds/s.jsonl", records())
    flags = ["--text-field", "body"]
    project.cleaner("clean", *flags)
    name = "cleaned/s.jsonl.removals.jsonl"
    log = project.read(name)

    def older(records: list[dict[str, Any]]) -> None:
        for field in ("text_field", "id_field"):
            del records[-1][field]

    project.write(name, resealed(log, older))
    assert project.cleaner("verify", *flags).code == 0
    assert project.cleaner("verify").code == 4
    project.cleaner("clean", *flags)
    assert project.read(name) == log


def test_what_clean_passes_for_done_is_told_another_cure(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    log = project.read(LOG)
    project.write(LOG, resealed(log, lambda records: records[2].update(text="Notice: that goes.\n\n")))
    told = b"cleaned/a.txt: cleaned text and log do not give the raw text back; delete the log, then clean again\n"
    assert project.cleaner("verify").out == told
    assert "1 input up to date" in project.cleaner("clean").err
    (project.folder / LOG).unlink()
    assert project.cleaner("clean").code == 0
    assert project.read(LOG) == log
    project.write("cleaned/a.txt", b"by hand")
    assert project.cleaner("verify").out == b"cleaned/a.txt: was changed after it was written; clean again\n"


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("cleaner.toml", f'{SETTINGS}profile = "safe"\n'.encode(), 1),
        (".cleaner/decisions.jsonl", b'{"decision":"keep","document":"a.txt","id":"0123456789abcdef"}\n', 1),
        ("rules.toml", b"none", 2),
    ],
)
def test_what_clean_makes_anew_for_other_reasons_is_told_its_own_cure(
    project: Project, name: str, raw: bytes, code: int
) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    project.write(LOG, resealed(project.read(LOG), lambda records: records[2].update(text="Notice: that goes.\n\n")))
    project.write(name, raw)
    told = b"cleaned/a.txt: cleaned text and log do not give the raw text back; clean again\n"
    assert project.cleaner("verify").out == told
    assert project.cleaner("check").code == code
    if code == 1:
        project.cleaner("clean")
        assert project.cleaner("verify").code == 0


def test_a_log_by_which_a_text_has_another_name_is_made_anew(project: Project) -> None:
    """By its name settings of a site and decisions are chosen."""
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    log = project.read(LOG)

    def renamed(records: list[dict[str, Any]]) -> None:
        for record in records[1:]:
            record["document"] = "b.txt"

    project.write(LOG, resealed(log, renamed))
    assert project.cleaner("check").code == 1
    project.cleaner("clean")
    assert project.read(LOG) == log


@pytest.mark.parametrize("output", ["a.txt", "s.jsonl"])
def test_an_output_that_was_moved_with_its_log_is_told_a_cure_that_helps(project: Project, output: str) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/s.jsonl", records())
    project.cleaner("clean")
    moved = f"moved{Path(output).suffix}"
    for ending in ("", ".removals.jsonl"):
        (project.folder / f"cleaned/{output}{ending}").rename(project.folder / f"cleaned/{moved}{ending}")
    log = f"cleaned/{moved}.removals.jsonl"
    told = f"{log}: is the log of seeds/{output}, not of this; move text and log back, or delete both and clean again\n"
    assert project.cleaner("verify").out.decode() == told
    assert told in project.cleaner("restore", "-o", "raw").err
    project.write(f"seeds/{output}", project.read(f"seeds/{output}") + b"\n")
    assert project.cleaner("verify").out.decode() == told, "whatever else changed since"
    for ending in ("", ".removals.jsonl"):
        (project.folder / f"cleaned/{moved}{ending}").unlink()
    project.cleaner("clean")
    assert project.cleaner("verify").code == 0


@pytest.mark.parametrize("command", [["prune"], ["verify"], ["report"], ["restore", "-o", "raw"]], ids=" ".join)
def test_a_source_that_no_path_can_be_is_told_in_a_line(project: Project, command: list[str]) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    project.write(LOG, resealed(project.read(LOG), lambda records: records[1].update(source="a\0.txt")))
    ended = project.cleaner(*command)
    assert ended.code == 4
    assert f"{LOG}:2: a document without a right 'source'; clean again" in ended.out.decode() + ended.err
    assert "Traceback" not in ended.err
