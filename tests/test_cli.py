"""The command line: streams, exit codes, colours, and what each command says."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner.cli import _failed
from cleaner.cli.asking import told
from cleaner.cli.commands import COMMANDS
from cleaner.cli.committing import straight
from cleaner.cli.failure import Failure
from cleaner.config.file import ConfigError
from cleaner.exports import EXPORTS
from cleaner.formats import InputError
from cleaner.log import SUFFIX, LogError
from cleaner.machine.locks import LockedError
from cleaner.pipeline import cut
from cleaner.rules import RuleError
from cleaner.run.inputs import PlaceError
from tests.project import CLEANED, RAW, SETTINGS, Project, resealed


def test_help_names_every_command_and_every_command_has_help(project: Project) -> None:
    shown = project.cleaner("--help").out.decode()
    for name in COMMANDS:
        assert f"  {name} " in shown
        ended = project.cleaner(name, "--help")
        assert ended.code == 0
        assert ended.out.startswith(f"Usage: cleaner {name}".encode())


@pytest.mark.parametrize("path", [[], *([name] for name in COMMANDS)])
def test_help_says_something_of_each_command_and_option_to_its_end(project: Project, path: list[str]) -> None:
    shown = project.cleaner(*path, "--help").out.decode()
    assert "..." not in shown.split("\n", 1)[1], shown
    for name in re.findall(r"(?m)^  (\w+)  ", shown.partition("Commands:")[2]) if path else ():
        test_help_says_something_of_each_command_and_option_to_its_end(project, [*path, name])
    options = re.findall(r"(?m)^  (-.*(?:\n {20,}.*)?)", shown.partition("Options:")[2])
    assert options and all(re.search(r"(  |\n)[A-Z]", option) for option in options), shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cleen"], "no command is named 'cleen'; did you mean 'clean'?"),
        (["clean", "--nonsense"], "No such option"),
        (["clean", "a.txt", "--profile", "saef"], "is safe, standard or aggressive, not 'saef'; did you mean 'safe'?"),
        (["clean", "a.txt", "-j", "many"], "is a whole number, 0 or more, not 'many'"),
        (["clean", "a.txt", "--encoding", "utf-99"], "names no text codec"),
        (["clean", "a.txt", "--config", "gone.toml"], "gone.toml: cannot be read: No such file or directory"),
        (["clean", "a.txt", "-"], "- is the only input, or none"),
        (["clean", "-", "-o", "x"], "--output is for files: standard input becomes standard output"),
        (["clean", "-", "--format", "json"], "--format is for files"),
        (["check", "-", "--format", "github"], "--format is for files"),
        (["clean", "a.txt", "--log", "x"], "--log is for standard input; a file's log stands beside its output"),
        (["clean", "a.txt", "-o", ""], "is an empty name; write . for the working folder"),
        (["clean", ""], "is an empty name"),
        (["hook", "fix", ""], "is an empty name"),
        (["restore", "-o", ""], "is an empty name"),
        (["clean", "a.txt", "-o", "circle/x"], "circle/x: its links go round in a circle; name another with -o"),
        (["clean"], "no folder seeds: name inputs, or set `input`"),
        (["verify", "gone.txt"], "gone.txt: no such output"),
        (["verify", os.devnull], f"{os.devnull}: no such output"),
        (["restore", os.devnull, "-o", "x"], f"{os.devnull}: no such output"),
        (["rules", "show", "en.test.notic"], "no rule is named 'en.test.notic'; did you mean 'en.test.notice'?"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_meant(project: Project, arguments: list[str], words: str) -> None:
    (project.folder / "circle").symlink_to("circle")
    project.write("a.txt", RAW)
    ended = project.cleaner(*arguments)
    assert ended.code == 2
    assert words in ended.err
    assert ended.out == b""


def test_check_tells_what_clean_would_write_and_writes_nothing(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("check")
    assert ended.code == 1
    assert ended.out == b"seeds/a.txt: missing: cleaned/a.txt is missing (-20 characters, 1 removal)\n"
    assert not (project.folder / "cleaned").exists()
    project.cleaner("clean")
    assert project.cleaner("check").code == 0
    project.write("cleaned/a.txt", CLEANED + b"by hand")
    ended = project.cleaner("check", "-j", 2)
    assert ended.code == 1
    assert ended.out == b"seeds/a.txt: stale: cleaned/a.txt is not what comes of it (-20 characters, 1 removal)\n"
    assert project.read("cleaned/a.txt") == CLEANED + b"by hand"


def test_a_dry_run_says_the_same_and_ends_with_0(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("clean", "--dry-run")
    assert ended.code == 0
    assert ended.out.startswith(b"seeds/a.txt: missing:")
    assert "would be removed" in ended.err
    assert not (project.folder / "cleaned").exists()


def test_a_dry_run_that_was_refused_an_input_says_so_in_its_exit_code(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", b"\xff")
    assert project.cleaner("clean", "--dry-run").code == 3


def test_a_log_that_was_made_from_another_folder_is_told_from_one_of_other_rules(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/a.txt", b"It rained.\n")  # which no rule cuts
    project.cleaner("clean", "--isolated")
    assert b"is not from these rules and settings" in project.cleaner("check").out
    monkeypatch.chdir(project.folder / "seeds")
    told = project.cleaner("check", "--isolated", ".", "-o", "../cleaned").out
    assert b"a.txt.removals.jsonl calls its input seeds/a.txt: it was cleaned from another folder" in told


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


def test_prune_deletes_what_has_no_raw_text_any_more(project: Project) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean")
    (project.folder / "seeds/a.txt").unlink()
    (project.folder / "seeds/b.txt").unlink()
    project.write("cleaned/b.txt", b"by hand")
    ended = project.cleaner("prune", "--dry-run")
    assert b"cleaned/a.txt: its raw text is gone; would be deleted\n" in ended.out
    assert "cleaned/b.txt: was changed after it was written" in ended.err
    assert len(project.files()) == 6
    assert project.cleaner("prune").code == 4
    assert set(project.files()) == {"b.txt", "b.txt.removals.jsonl", "c.txt", "c.txt.removals.jsonl"}
    assert project.cleaner("prune", "--force").code == 0
    assert set(project.files()) == {"c.txt", "c.txt.removals.jsonl"}


def test_prune_spares_what_nobody_can_tell_whether_its_raw_text_is_there(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may not be looked into is not an empty one."""
    for name in ("a", "b", "locked/c"):
        project.write(f"seeds/{name}.txt", RAW)
    project.cleaner("clean")
    (project.folder / "seeds/b.txt").unlink()
    stat = os.stat

    def refused(path: Any, **more: Any) -> os.stat_result:
        if os.fspath(path) == "seeds/locked/c.txt":
            raise PermissionError(13, "Permission denied", "seeds/locked/c.txt")
        return stat(path, **more)

    monkeypatch.setattr(os, "stat", refused)
    ended = project.cleaner("prune")
    assert ended.code == 4
    assert "cleaned/locked/c.txt: stays: seeds/locked/c.txt: permission denied; change its permissions" in ended.err
    assert ended.out == b"cleaned/b.txt: its raw text is gone; deleted\n"
    assert set(project.files()) == {f"{name}.txt{end}" for name in ("a", "locked/c") for end in ("", SUFFIX)}


def test_a_working_folder_that_is_gone_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def getcwd() -> str:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "getcwd", getcwd)
    for command in ("clean", "verify"):
        ended = project.cleaner(command)
        assert ended.code == 3
        assert ended.err == "Error: the working folder is gone; change to one that is there\n"


def test_a_line_feed_in_a_name_begins_no_line(project: Project) -> None:
    project.write("seeds/a\nb.txt", RAW)
    project.cleaner("clean")
    assert project.cleaner("log", "show").out.startswith("a\u240ab.txt:3-4: ".encode())
    for name in ("seeds/a\nb.txt", "cleaned/a\nb.txt"):
        assert project.cleaner("why", f"{name}:1").out.startswith("seeds/a\u240ab.txt:1: kept\n".encode())


def test_an_output_is_not_taken_for_its_own_raw_text(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen from its own folder, it stands where the log, made from another folder, names the raw text."""
    project.write("a.txt", RAW)
    project.cleaner("clean", "a.txt", "-o", "out")
    (project.folder / "out/cleaner.toml").touch()
    monkeypatch.chdir(project.folder / "out")
    ended = project.cleaner("verify", "a.txt")
    assert (ended.code, ended.out, ended.err) == (0, b"", "1 output proven\n")
    assert project.cleaner("prune", "-n", "a.txt").out == b""  # where its raw text is, nobody knows


def git(*arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def test_prune_spares_what_a_sparse_checkout_leaves_out(project: Project) -> None:
    for name in ("a.txt", "part/b.txt", "part/c.txt", "d.txt"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "x")
    git("sparse-checkout", "set", "--no-cone", "/*", "!/seeds/part/")
    assert not (project.folder / "seeds/part").exists()
    (project.folder / "seeds/d.txt").unlink()
    ended = project.cleaner("prune")
    assert (ended.code, ended.out) == (0, b"cleaned/d.txt: its raw text is gone; deleted\n")
    git("rm", "-q", "--cached", "--sparse", "seeds/part/c.txt")
    assert project.cleaner("prune").out == b"cleaned/part/c.txt: its raw text is gone; deleted\n"
    assert (project.folder / "cleaned/part/b.txt").exists()


def test_prune_spares_what_a_link_stands_for_that_leads_nowhere_just_now(project: Project) -> None:
    """So git-annex leaves what it has elsewhere."""
    for name in ("a.txt", "b.txt"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean")
    (project.folder / "seeds/a.txt").unlink()
    (project.folder / "seeds/a.txt").symlink_to("../.git/annex/objects/a")
    ended = project.cleaner("prune")
    assert (ended.code, ended.out) == (0, b"")


def test_prune_leaves_alone_what_is_not_its_own_and_goes_on(project: Project) -> None:
    for name in "abc":
        project.write(f"seeds/{name}/{name}.txt", RAW)
    project.cleaner("clean")
    for name in ("other.txt", "other.txt.removals.jsonl", "b/other"):
        project.write(f"cleaned/{name}", b"{}\n")
    for name in "ab":
        (project.folder / f"seeds/{name}/{name}.txt").unlink()
    ended = project.cleaner("prune")
    assert ended.code == 4
    assert "cleaned/other.txt.removals.jsonl:1: not a record of a removals log" in ended.err
    assert ended.err.endswith("2 outputs deleted\n")
    assert project.files().keys() == {
        "other.txt",
        "other.txt.removals.jsonl",
        "b/other",
        "c/c.txt",
        "c/c.txt.removals.jsonl",
    }
    assert not (project.folder / "cleaned/a").exists()


def test_prune_spares_what_was_cleaned_from_another_folder(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its log names the raw text from there."""
    for name in "ab":
        project.write(f"seeds/{name}.txt", RAW)
    project.cleaner("clean")
    monkeypatch.chdir(project.folder / "seeds")
    project.cleaner("clean", "--isolated", "a.txt", "-o", "../cleaned")
    monkeypatch.chdir(project.folder)
    assert b'"source":"a.txt"' in project.read("cleaned/a.txt.removals.jsonl")
    ended = project.cleaner("prune")
    assert (ended.code, ended.err) == (0, "0 outputs deleted\n")


def test_prune_does_not_empty_a_corpus_because_it_stands_in_the_wrong_folder(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    (project.folder / "seeds/a.txt").unlink()
    ended = project.cleaner("prune")
    assert ended.code == 2
    assert "not one raw text is there: is this the right folder?" in ended.err
    assert len(project.files()) == 2


def test_json_goes_to_stdout_a_line_for_each_input(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", b"\xff")
    ended = project.cleaner("clean", "--format", "json", "-q")
    first, second = [json.loads(line) for line in ended.out.split(b"\n")[:-1]]
    assert first["source"] == "seeds/a.txt"
    assert (first["status"], first["removals"], first["removed_chars"]) == ("written", 1, 20)
    assert second["status"] == "refused"
    assert second["message"].startswith("byte 0: not utf-8")


def test_annotations_for_github_are_escaped(project: Project) -> None:
    project.write("seeds/a,b:c%.txt", RAW)
    ended = project.cleaner("check", "--format", "github")
    assert ended.code == 1
    assert ended.out.startswith(b"::error file=seeds/a%2Cb%3Ac%25.txt,title=cleaner missing::cleaned/a,b:c%25.txt is")


def test_sarif_tells_of_removals(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    for command in ("check", "clean"):
        told = json.loads(project.cleaner(command, "--format", "sarif").out)
        [result] = told["runs"][0]["results"]
        assert result["ruleId"] == "en.test.notice"


def test_a_line_for_each_input_only_if_asked_for(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("clean", "-v")
    assert ended.err.startswith("seeds/a.txt: wrote cleaned/a.txt (-20 characters, 1 removal)\n1 document: 1 removal")
    assert "seeds/a.txt: up to date\n" in project.cleaner("clean", "-v").err
    assert project.cleaner("clean", "-q").err == ""


def test_inputs_can_be_listed_in_a_file_or_on_stdin(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b\nc.txt", RAW)
    assert project.cleaner("clean", "--files-from", "-", "-0", stdin=b"seeds/a.txt\0seeds/b\nc.txt\0").code == 0
    assert set(project.files()) >= {"a.txt", "b\nc.txt"}
    project.write("list", b"seeds/a.txt\r\n")
    assert "1 input up to date" in project.cleaner("clean", "--files-from", "list").err


def test_an_empty_list_means_nothing_and_not_everything(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("clean", "--files-from", "-").code == 0
    assert project.files() == {}


def test_a_list_of_the_other_kind_is_a_usage_error(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("clean", "--files-from", "-", stdin=b"seeds/a.txt\0")
    assert ended.code == 2
    assert "-: names are separated by NUL there; add -0" in ended.err


def test_a_list_may_begin_with_a_mark_of_its_encoding_and_utf_16_is_told_with_the_cure(project: Project) -> None:
    """Editors of Windows write the one, its shell the other."""
    project.write("seeds/a.txt", RAW)
    project.write("list", "seeds/a.txt\r\n".encode("utf-8-sig"))
    assert project.cleaner("clean", "--files-from", "list").code == 0
    assert set(project.files()) == {"a.txt", "a.txt.removals.jsonl"}
    project.write("nul", "seeds/a.txt\0".encode("utf-8-sig"))
    assert project.cleaner("check", "--files-from", "nul", "-0").code == 0
    for encoding in ("utf-16-le", "utf-16-be"):
        project.write("list", "\ufeffseeds/a.txt\r\n".encode(encoding))
        for more in ([], ["-0"]):
            ended = project.cleaner("clean", "--files-from", "list", *more)
            assert ended.code == 2
            assert "list: is UTF-16; save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)" in ended.err


def test_exclusion_follows_gitignore_and_spares_named_files_unless_forced(project: Project) -> None:
    for name in ("a.txt", "drafts/b.txt", "c.bak", "keep.bak"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean", "--exclude", "drafts/,*.bak", "--exclude", "!keep.bak")
    assert {name for name in project.files() if "removals" not in name} == {"a.txt", "keep.bak"}
    ended = project.cleaner("clean", "seeds/c.bak", "--exclude", "*.bak", "--force-exclude", "-v")
    assert ended.err.startswith("0 documents")
    assert project.cleaner("clean", "seeds/c.bak", "--exclude", "*.bak").code == 0
    assert "c.bak" in project.files()


def test_hidden_files_are_other_tools_business(project: Project) -> None:
    project.write("seeds/.DS_Store", b"\xff\x00")
    project.write("seeds/.git/HEAD", b"ref")
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("clean").code == 0
    assert set(project.files()) == {"a.txt", "a.txt.removals.jsonl"}


def test_a_document_that_would_lose_nearly_all_is_left_whole_aloud(project: Project) -> None:
    project.write("seeds/a.txt", b"Notice: this goes, and nearly all the rest.\nHm\n")
    ended = project.cleaner("clean")
    assert ended.code == 0
    assert ended.err.startswith("seeds/a.txt: would lose 95 % of what is not comments (limit 90 %), so it is")
    assert project.read("cleaned/a.txt") == project.read("seeds/a.txt")


def test_colour_only_where_it_is_wanted(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("seeds/a.txt", b"\xff")
    assert "\x1b[" not in project.cleaner("clean").err
    assert "\x1b[31m" in project.cleaner("clean", "--color", "always").err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[31m" in project.cleaner("clean", "--progress", "never").err
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[" not in project.cleaner("clean", "--progress", "never").err
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in project.cleaner("clean", "--progress", "never").err
    assert "\x1b[31m" in project.cleaner("clean", "--progress", "never", "--color", "always").err


def test_progress_is_shown_on_a_terminal_alone_and_not_under_pre_commit(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/a.txt", RAW)
    monkeypatch.setattr("cleaner.cli.progress.time.monotonic", iter(range(1000)).__next__)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\r" in project.cleaner("check").err
    for name, value in (("PRE_COMMIT", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as other:
            other.setenv(name, value)
            assert "\r" not in project.cleaner("check").err


def test_progress_appears_on_request_and_is_wiped_away(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.cli.progress.time.monotonic", iter(range(1000)).__next__)
    for number in range(3):
        project.write(f"seeds/{number}.txt", RAW)
    ended = project.cleaner("clean", "--progress", "always")
    assert "\r 33%  1 files" in ended.err
    assert ended.err.rsplit("\r", 1)[1].startswith("\x1b[K")
    assert "\r" not in project.cleaner("clean").err


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_progress_stays_on_one_row_of_a_narrow_terminal(project: Project) -> None:
    for number in range(40):
        project.write(f"seeds/{number}.txt", RAW)
    leader, follower = os.openpty()
    termios.tcsetwinsize(follower, (24, 12))
    script = "import cleaner.cli.progress as p; p._EVERY = -1.0\nfrom cleaner import cli\ncli.run()"
    script = f"import time; began = time.monotonic; time.monotonic = lambda: began() * 1000\n{script}"
    command = [sys.executable, "-c", script, "clean"]
    with subprocess.Popen(command, cwd=project.folder, stderr=follower) as running:
        assert running.wait(60) == 0
    os.close(follower)
    told = os.read(leader, 100_000).decode().split("\r")
    rows = [row.removesuffix("\x1b[K") for row in told if "%" in row and "(" not in row]
    assert rows
    assert max(map(len, rows)) <= 11


def test_rules_are_listed_shown_and_tested(project: Project) -> None:
    listed = project.cleaner("rules", "list", "test", "--format", "json").out
    assert [json.loads(line)["code"] for line in listed.split(b"\n")[:-1]] == ["en.test.notice", "en.test.unsafe"]
    shown = project.cleaner("rules", "show", "en.test.notice").out.decode()
    for words in ("removed because it is the notice of these tests", "Notice: this goes.", "She took no notice"):
        assert words in shown
    assert project.cleaner("rules", "test", "test").code == 0
    assert "not all of legal are selected; add --select all" in project.cleaner("rules", "list", "legal").err
    assert "no rule is named 'legall'" in project.cleaner("rules", "test", "legall").err
    project.write("a.txt", RAW)
    assert b"a.txt:3: en.test.notice safe Notice: this goes." in project.cleaner("rules", "test", "--on", "a.txt").out


def test_rules_are_tried_on_texts_only(project: Project) -> None:
    """It was called a bug of ours."""
    project.write("a.bin", b"It rained.\0\xff")
    ended = project.cleaner("rules", "test", "--on", "a.bin")
    assert (ended.code, "Error: a.bin: byte 11: binary" in ended.err) == (3, True)


def test_a_file_that_cannot_be_made_is_named_as_it_was_asked_for(project: Project) -> None:
    """It grows under another name beside its place, which tells nobody anything."""
    ended = project.cleaner("clean", "-", "--log", "gone/x.jsonl", stdin=RAW)
    assert (ended.code, ended.err) == (3, f"Error: {project.folder}/gone/x.jsonl: no such file or directory\n")


def test_the_rules_of_a_file_are_tested(project: Project) -> None:
    """As CONTRIBUTING says; the file need not be in use."""
    project.write("cleaner.toml", b"")
    assert project.cleaner("rules", "test", "rules.toml").err == "2 rules tested, 0 examples failed\n"
    project.write("rules.toml", project.read("rules.toml").replace(b"took no notice: it", b"took.\\nNotice: it"))
    assert project.cleaner("rules", "test", "rules.toml", "sharing").code == 1
    assert "gone.toml: no such file" in project.cleaner("rules", "test", "gone.toml").err


def test_a_rule_whose_examples_do_not_hold_fails_its_test(project: Project) -> None:
    rules = project.read("rules.toml").replace(b"She took no notice: it rained.", b"Notice: but keep this.")
    project.write("rules.toml", rules.replace(b"Perhaps: this goes.", b"Perhaps this goes."))
    ended = project.cleaner("rules", "test")
    assert ended.code == 1
    assert ended.out.decode().split("\n")[:-1] == [
        "en.test.notice: makes '' of 'Notice: but keep this.', which it keeps",
        "en.test.unsafe: does not match 'Perhaps this goes.', which it removes",
    ]
    assert "2 rules tested, 2 examples failed" in ended.err


def test_our_own_bugs_end_with_70_and_leave_the_rest_done(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise AssertionError("a bug")

    project.write("seeds/a.txt", RAW)
    for name in ("s", "t"):
        project.write(f"seeds/{name}.jsonl", b'{"text": "Notice: this goes.\\nIt rained in the north."}\n')
    monkeypatch.setattr("cleaner.formats.jsonl.escapes", broken)
    ended = project.cleaner("clean")
    assert ended.code == 70
    assert "seeds/s.jsonl: Traceback" in ended.err
    assert "seeds/t.jsonl: AssertionError: a bug\n" in ended.err  # one traceback is enough
    assert set(project.files()) == {"a.txt", "a.txt.removals.jsonl"}


def test_an_output_that_would_not_restore_is_never_written(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("seeds/a.txt", RAW)
    monkeypatch.setattr("cleaner.pipeline.cut", lambda text, removals: cut(text, removals).replace("first", "1st"))
    ended = project.cleaner("clean")
    assert ended.code == 70
    assert "cleaned text and log do not give the raw text back" in ended.err
    assert project.files() == {}


def test_an_error_that_nobody_expected_is_called_a_bug(capsys: pytest.CaptureFixture[str]) -> None:
    assert _failed(ValueError("oops")) == 70
    assert "This is a bug of cleaner." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [(LockedError, 5), (LogError, 4), (InputError, 3), (PlaceError, 2), (ConfigError, 2), (RuleError, 2), (OSError, 3)],
)
def test_an_error_has_one_exit_code_wherever_it_is_met(
    capsys: pytest.CaptureFixture[str], error: type[Exception], code: int
) -> None:
    assert _failed(error("it is so")) == code
    assert "it is so" in capsys.readouterr().err
    with pytest.raises(Failure, match="it is so") as raised, told():
        raise error("it is so")
    assert raised.value.exit_code == code


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_reader_that_leaves_early_is_no_error_of_ours(tmp_path: Path) -> None:
    """click would end with 1, which means "would change", and print a complaint."""
    rows = b"".join(json.dumps({"text": "It rained. " * 50}).encode() + b"\n" for _ in range(3000))
    (tmp_path / "s.jsonl").write_bytes(rows)
    command = f"{sys.executable} -m cleaner clean - --stdin-name s.jsonl < s.jsonl | head -c 10 > /dev/null"
    done = subprocess.run(
        ["bash", "-c", f"{command}; echo ${{PIPESTATUS[0]}}"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.stdout == b"141\n"
    assert done.stderr == b""


@pytest.mark.parametrize(
    "line",
    [
        *("", "mend a", "fix -n.txt", "fix -- a", "fix --strict a", "fix --format github a", "fix --config c.toml a"),
        *("check a", "check --help", "check --config c.toml", "check --strict --config c.toml"),
    ],
)
def test_what_no_hook_is_called_by_is_left_to_click(line: str) -> None:
    assert straight(line.split()) is None


@pytest.mark.parametrize(
    "line",
    ["fix", "fix --force-exclude seeds/a.txt", "check", "check --strict", "check --config cleaner.toml --format text"],
)
def test_a_hook_says_and_returns_the_same_with_and_without_click(
    project: Project, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def called() -> list[object]:
        ended = [project.cleaner("hook", *line.split())]  # outside of a repository
        subprocess.run(["git", "init", "-q"], cwd=project.folder, check=True)
        project.write("seeds/a.txt", RAW)
        subprocess.run(["git", "add", "seeds"], cwd=project.folder, check=True)
        ended += [project.cleaner("hook", *line.split()) for _ in range(2)]
        for made in (".git", "seeds", "cleaned"):
            shutil.rmtree(project.folder / made, ignore_errors=True)
        return ended

    straightly = called()
    monkeypatch.setattr("cleaner.cli.committing.straight", lambda _: None)
    assert straightly == called()
    assert straightly[0].code == 2 and straightly[1].code == int(line != "fix")


def test_hooks_do_without_click(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv = ['cleaner', 'hook', 'check']\n"
        "from cleaner.cli import run\n"
        "try: run()\n"
        "except SystemExit as end: print(end.code, sorted({'click', 'numpy', 'regex', 'hyperscan'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "2 []\n"


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(project: Project, closed: str) -> None:
    """As daemons and some schedulers start a program."""
    project.write("seeds/a.txt", RAW)
    for arguments in ("clean -v", "stats", "clean -", "verify"):
        command = f'"{sys.executable}" -m cleaner {arguments} {closed}'
        done = subprocess.run(command, shell=True, cwd=project.folder, stdin=subprocess.DEVNULL, check=False)
        assert done.returncode == 0, arguments
    assert project.read("cleaned/a.txt") == CLEANED


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes, whatever the locale")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_stream_that_takes_nothing_more_is_not_told_as_a_change(project: Project, stream: str) -> None:
    project.write("seeds/a.txt", RAW)
    with Path("/dev/full").open("wb") as full:
        given: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: full}
        command = [sys.executable, "-m", "cleaner", "check"]
        done = subprocess.run(command, cwd=project.folder, check=False, **given)
    assert done.returncode == 3


def test_a_name_that_is_not_utf8_stands_in_no_commands_way(project: Project) -> None:
    name = os.fsdecode(b"b\xff.txt")
    try:
        project.write(f"seeds/{name}", RAW)
    except OSError:
        pytest.skip("this file system wants UTF-8")
    project.cleaner("clean")
    commands = [["export", "--to", kind, "-o", f"exported/{kind}"] for kind in EXPORTS]
    for command in (*(["log", *one] for one in commands), ["report", f"cleaned/{name}"], ["report", "--title", name]):
        assert project.cleaner(*command).code == 0, command
    assert b'"a/cleaned/b\\377.txt"' in project.read("exported/patch")
    ended = project.cleaner("clean", "-", "--stdin-name", name, "--log", "log.jsonl", stdin=RAW)
    assert (ended.code, ended.out) == (0, CLEANED)
    assert rb'"document":"b\\xff.txt"' in project.read("log.jsonl")
    command = [sys.executable, "-m", "cleaner", "why", f"seeds/{name}:99"]
    done = subprocess.run(command, cwd=project.folder, capture_output=True, check=False)
    assert rb"Error: seeds/b\xff.txt: has 5 lines, not 99" in done.stderr


def test_a_name_is_told_alike_in_every_locale(project: Project) -> None:
    project.write("seeds/\u00fc.txt", RAW)
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "cleaner", "clean", "-v"]
    done = subprocess.run(command, cwd=project.folder, env=environment, capture_output=True, check=False)
    assert re.match(rb"seeds/(.+)\.txt: wrote cleaned/\1\.txt \(", done.stderr), done.stderr


@pytest.mark.parametrize(
    ("raw", "words", "code"),
    [
        (b'{"x": 1}\n', "pack.jsonl: line 1: holds no document", 3),
        (b'{"id": "a", "lines": []}\nnonsense\n', "pack.jsonl: line 2: holds no document", 3),
        (b"\xff", "pack.jsonl: line 1: holds no document", 3),
        (b"5\n", "pack.jsonl: line 1: holds no document", 3),
    ],
)
def test_a_pack_that_is_none_is_named(project: Project, raw: bytes, words: str, code: int) -> None:
    project.write("packs/pack.jsonl", raw)
    ended = project.cleaner("eval", "packs")
    assert ended.code == code
    assert words in ended.err


def test_folders_without_packs_and_models_that_are_none_are_named(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("eval", "seeds").code == 2
    project.write("packs/pack.jsonl", b'{"id": "a", "lines": [["It rained.", "article"]]}\n')
    ended = project.cleaner("eval", "packs", "--model", "seeds/a.txt")
    assert ended.code == 3
    assert "seeds/a.txt" in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["clean", "-0"], "-0 is for a list: name it with --files-from"),
        (["clean", "--files-from", "gone"], "gone: no such file or directory; --files-from takes a file of names"),
        (["check", "--files-from", "seeds"], "seeds: is a directory; --files-from takes a file of names"),
        (["clean", "--stdin-name", "a.jsonl"], "--stdin-name is for standard input, which - names"),
        (["clean", "--isolated", "--config", "cleaner.toml"], "--isolated reads no configuration file"),
        (["why", "seeds/a.txt:1", "--isolated", "--config", "cleaner.toml"], "--isolated reads no configuration file"),
        (["clean", "--select", ""], "'--select': names nothing; leave it out for all filters"),
        (["log", "export", "--to", "brat", "-o", "-"], "--to brat makes several files: name a folder with -o"),
        (["restore", "-o", "cleaner.toml"], "cleaner.toml: is a file; -o names a folder, and > writes one raw text"),
        (["check", "--select", ","], "'--select': names nothing; leave it out for all filters"),
    ],
)
def test_options_that_would_be_passed_over_are_mistakes(project: Project, arguments: list[str], words: str) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    before = project.files("")
    ended = project.cleaner(*arguments)
    assert ended.code == 2
    assert words in ended.err
    assert project.files("") == before


@pytest.mark.parametrize("file", ["seeds/a.txt", "cleaned/a.txt", "cleaned/a.txt.removals.jsonl", "link"])
def test_no_text_of_the_corpus_is_written_over_by_what_tells_of_it(project: Project, file: str) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    (project.folder / "link").symlink_to("seeds/a.txt")
    before = project.files("")
    for command in (["report", "-o"], ["log", "export", "--to", "sarif", "-o"], ["clean", "-", "--log"]):
        ended = project.cleaner(*command, file, stdin=RAW)
        assert (ended.code, project.files("")) == (2, before), command
        assert f"{file}: is there already, and texts of the corpus lie there; name another file" in ended.err


def test_a_report_on_a_corpus_without_folders_is_written_anew(project: Project) -> None:
    project.write("cleaner.toml", SETTINGS.encode() + b'input = "."\noutput = "../cleaned"\n')
    project.write("a.txt", RAW)
    assert project.cleaner("clean").code == 0
    for _ in range(2):
        assert project.cleaner("report").code == 0
