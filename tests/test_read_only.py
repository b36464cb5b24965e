"""Seeds are opened read-only, by every command, in every process: an audit hook stops whatever else is done to one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import RAW, Project

# What Python tells of each file that it opens, moves or changes; the hook is inherited by workers that are forked.
WATCHED = """
import os, sys

SEEDS = os.path.realpath("seeds") + os.sep
CHANGING = {"os.remove", "os.rename", "os.truncate", "os.utime", "os.chmod", "os.chown", "os.link", "os.setxattr"}
seen = []

def watch(event, given):
    if event != "open" and event not in CHANGING:
        return
    paths = [os.path.realpath(os.fsdecode(one)) for one in given if isinstance(one, (str, bytes, os.PathLike))]
    if not any(path.startswith(SEEDS) for path in paths[:2]):
        return
    if event == "open":
        path, mode, flags = given
        harmless = not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        seen.append(path)
        if harmless:
            return
    os.write(2, f"SEED TOUCHED: {event} {given}\\n".encode())
    os._exit(99)

sys.addaudithook(watch)
sys.argv = ["cleaner", *sys.argv[1:]]
from cleaner.cli import run
try:
    run()
finally:
    os.write(2, f"SEEDS READ: {len(seen)}\\n".encode())
"""

COMMANDS = [
    ["clean"],
    ["clean", "-j", "2"],
    ["check"],
    ["diff"],
    ["why", "seeds/a.txt:3"],
    ["verify"],
    ["restore", "cleaned", "-o", "raw"],
    ["report", "-o", "report.html"],
    ["stats"],
    ["prune"],
    ["clean", "seeds/a.txt", "-o", "elsewhere"],
    ["log", "export", "--to", "patch"],
]


def watched(project: Project, script: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=project.folder, env=environment, capture_output=True, check=False)


@pytest.fixture
def seeds(project: Project) -> dict[str, bytes]:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/deep/b.txt", b"Nothing goes.\n")
    project.write("seeds/s.jsonl", b'{"id":"x","text":"Notice: this goes.\\nIt rained."}\n')
    return project.files("seeds")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_opens_a_seed_to_write_or_changes_one(
    project: Project, seeds: dict[str, bytes], command: list[str]
) -> None:
    if command[0] != "clean":
        assert project.cleaner("clean").code == 0
    done = watched(project, WATCHED, *command)
    assert done.returncode in (0, 1), done.stderr
    assert b"SEEDS READ" in done.stderr
    assert project.files("seeds") == seeds


@pytest.mark.parametrize(
    "line", ["open('seeds/a.txt', 'ab')", "os.utime('seeds/a.txt')", "os.rename('seeds/a.txt', 'b')"]
)
def test_a_seed_that_is_touched_would_be_seen(project: Project, seeds: dict[str, bytes], line: str) -> None:
    touching = WATCHED.replace("    run()\n", f"    {line}\n")
    assert watched(project, touching).returncode == 99
