"""How a command ends that cannot go on: the exit code of each error, our own bugs, streams that are closed or full."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner.cli import _failed
from cleaner.cli.asking import told
from cleaner.cli.failure import Failure
from cleaner.config.file import ConfigError
from cleaner.formats import InputError
from cleaner.log import LogError
from cleaner.machine.locks import LockedError
from cleaner.rules import RuleError
from cleaner.run.inputs import PlaceError
from tests.project import CLEANED, RAW, Project


def test_a_working_folder_that_is_gone_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def getcwd() -> str:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(os, "getcwd", getcwd)
    for command in ("clean", "verify"):
        ended = project.cleaner(command)
        assert ended.code == 3
        assert ended.err == "Error: the working folder is gone; change to one that is there\n"


def test_a_file_that_cannot_be_made_is_named_as_it_was_asked_for(project: Project) -> None:
    """It grows under another name beside its place, which tells nobody anything."""
    ended = project.cleaner("clean", "-", "--log", "gone/x.jsonl", stdin=RAW)
    assert (ended.code, ended.err) == (3, f"Error: {project.folder}/gone/x.jsonl: no such file or directory\n")


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


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(project: Project, closed: str) -> None:
    """As daemons and some schedulers start a program. But a text that would go nowhere is not cleaned, nor logged."""
    project.write("seeds/a.txt", RAW)
    for arguments in ("clean -v", "stats", "clean - --log l.jsonl", "clean - --dry-run", "verify"):
        command = f'"{sys.executable}" -m cleaner {arguments} {closed}'
        done = subprocess.run(command, shell=True, cwd=project.folder, stdin=subprocess.DEVNULL, check=False)
        lost = arguments.startswith("clean - --log") and ">&-" in closed.replace("2>&-", "")
        assert done.returncode == (3 if lost else 0), arguments
        if "--log" in arguments:
            assert (project.folder / "l.jsonl").exists() is not lost
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
    assert done.returncode == (3 if stream == "stdout" else 1)
