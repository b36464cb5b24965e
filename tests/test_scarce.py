"""Where the system is short of something, what can be done is done, and what cannot is told with its cure."""

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner.machine import workers
from tests.project import CLEANED, RAW, Project

resource = pytest.importorskip("resource")


@pytest.fixture
def corpus(project: Project) -> Project:
    for number in range(40):
        project.write(f"seeds/{number:02}.txt", RAW)
    return project


def all_done(project: Project) -> bool:
    return [raw for name, raw in project.files().items() if name.endswith(".txt")] == [CLEANED] * 40


@pytest.mark.parametrize("jobs", [1, 2])
def test_few_open_files_are_enough(corpus: Project, jobs: int) -> None:
    """A batch of small texts stands open together: it is cut short where so many are not allowed."""
    assert corpus.cleaner("clean", "-n").code == 0
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Path(os.devnull).open() as last:
        used = last.fileno()
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 20, before[1]))
    try:
        ended = corpus.cleaner("clean", "-j", jobs)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert (ended.code, ended.err.count("\n")) == (0, 1)
    assert all_done(corpus)


def test_without_threads_files_are_made_durable_one_after_another(
    corpus: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    ended = corpus.cleaner("clean")
    assert (ended.code, ended.err.count("\n")) == (0, 1)
    assert all_done(corpus)


@pytest.mark.parametrize("allowed", [0, 1])
def test_one_process_does_what_several_should(corpus: Project, monkeypatch: pytest.MonkeyPatch, allowed: int) -> None:
    made = workers._Worker.__init__
    left = [allowed]

    def make(self: Any, work: Callable[..., object]) -> None:
        if not left[0]:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        left[0] -= 1
        made(self, work)

    monkeypatch.setattr(workers._Worker, "__init__", make)
    ended = corpus.cleaner("clean", "-j", 3)
    if allowed:
        assert (ended.code, ended.err.count("\n")) == (0, 1)
        assert all_done(corpus)
    else:
        assert ended.code == 3
        told = "Error: cleaner: resource temporarily unavailable; ask for fewer processes with -j\n"
        assert ended.err == told


def test_a_worker_that_fails_says_nothing_and_its_task_is_answered() -> None:
    """Its inputs are done again by the parent, which tells what is to be told."""
    script = """
from cleaner.machine.workers import Workers
def work(task):
    raise MemoryError
with Workers(2, work, lambda task, how: f"{task} {how}") as workers:
    print(list(workers.in_order([1, 2, 3])))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("['1 exit 1', '2 exit 1', '3 exit 1']\n", "")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no space left on device; make room, or name another folder with -o"),
        (errno.EFBIG, "file too large; raise the limit on the size of files (ulimit -f)"),
        (errno.EROFS, "read-only file system; name another folder with -o"),
        (errno.EIO, "input/output error; look after the disk, or the network to it, and run it again"),
    ],
)
def test_what_the_system_refuses_is_told_with_its_cure(
    project: Project, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    project.write("seeds/a.txt", RAW)

    def fsync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    ended = project.cleaner("clean")
    assert (ended.code, ended.err.split("\n")[0]) == (3, f"seeds/a.txt: {words}")
    assert project.files() == {}
