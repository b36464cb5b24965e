"""What a run says of its inputs, to people, to programs and on a terminal, whatever their names are."""

import json
import os
import re
import subprocess
import sys
import termios

import pytest

from cleaner.exports import EXPORTS
from tests.project import CLEANED, RAW, Project


def test_a_line_feed_in_a_name_begins_no_line(project: Project) -> None:
    project.write("seeds/a\nb.txt", RAW)
    project.cleaner("clean")
    assert project.cleaner("log", "show").out.startswith("a\u240ab.txt:3-4: ".encode())
    for name in ("seeds/a\nb.txt", "cleaned/a\nb.txt"):
        assert project.cleaner("why", f"{name}:1").out.startswith("seeds/a\u240ab.txt:1: kept\n".encode())


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


@pytest.mark.parametrize("absolute", [True, False])
def test_a_patch_is_applied_wherever_it_was_made(
    project: Project, monkeypatch: pytest.MonkeyPatch, absolute: bool
) -> None:
    """git takes no path that leads out of the folder where it applies a patch: `../cleaned/a.txt` was refused."""
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    monkeypatch.chdir(project.folder / "seeds")
    outputs = project.folder / "cleaned" if absolute else "../cleaned"
    patch = project.cleaner("log", "export", outputs, "--to", "patch").out
    subprocess.run(["git", "apply", "-R"], cwd=project.folder, input=patch, check=True)
    assert project.read("cleaned/a.txt") == RAW
