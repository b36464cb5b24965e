"""Standard streams that take nothing more: what is wrong is told of them, and talk that nobody hears undoes nothing."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.project import CLEANED, RAW, Project

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")


def ended(project: Project, *arguments: str, full: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    with Path("/dev/full").open("wb") as device:
        given: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, full: device}
        command = [sys.executable, "-m", "cleaner", *arguments]
        return subprocess.run(
            command, cwd=project.folder, input=RAW, check=False, env={**os.environ, **environment}, **given
        )


COMMANDS = [
    "--help",
    "stats",
    "log show",
    "log export --to sarif",
    "diff",
    "check -o new",
    "restore cleaned/a.txt",
    "clean -",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_error_of_standard_output_names_it_and_no_folder_as_the_cure(project: Project, command: str) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    told = b"Error: standard output: no space left on device; make room\n"
    for environment in ({"PYTHONUNBUFFERED": ""}, {"PYTHONUNBUFFERED": "1"}):
        done = ended(project, *command.split(), full="stdout", **environment)
        assert (done.returncode, done.stderr) == (3, told)


def test_talk_that_nobody_hears_changes_no_exit_code(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    expected = [
        ("check", 1),
        ("clean -v --progress always", 0),
        ("clean -v", 0),
        ("check", 0),
        ("nonsense", 2),
        ("clean -", 0),
    ]
    for command, code in expected:
        done = ended(project, *command.split(), full="stderr")
        assert done.returncode == code, command
    assert project.read("cleaned/a.txt") == done.stdout == CLEANED
    project.write("seeds/b.txt", b"\xff")
    assert ended(project, "clean", full="stderr").returncode == 3


def test_a_reader_of_talk_that_has_gone_ends_the_run(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    command = [sys.executable, "-m", "cleaner", "clean"]
    for unbuffered in ("", "1"):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as gone:
            environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
            done = subprocess.run(command, cwd=project.folder, stderr=gone, check=False, env=environment)
        assert done.returncode == 141
