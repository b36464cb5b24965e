"""Nothing waits for a pipe that stands where a file should: it is named in one line, with its cure."""

import os
import signal
import subprocess
from collections.abc import Iterator

import pytest

from tests.project import CLEANED, RAW, Project

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX has pipes with names")

OUTPUT, LOG = "cleaned/a.txt", "cleaned/a.txt.removals.jsonl"


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    """What waits for a pipe is woken, and fails."""

    def woken(*_: object) -> None:
        raise AssertionError("waited for a pipe")

    before = signal.signal(signal.SIGALRM, woken)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def in_place(project: Project, name: str) -> None:
    """A pipe where a run put a file."""
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", RAW)
    assert project.cleaner("clean").code == 0
    (project.folder / name).unlink()
    os.mkfifo(project.folder / name)


@pytest.mark.parametrize("name", [OUTPUT, LOG])
@pytest.mark.parametrize(
    ("command", "code"), [("verify", 4), ("restore cleaned -o raw", 3), ("clean", 3), ("check", 3), ("clean -n", 3)]
)
def test_a_pipe_in_an_outputs_or_a_logs_place_is_named_and_the_rest_is_done(
    project: Project, name: str, command: str, code: int
) -> None:
    in_place(project, name)
    ended = project.cleaner(*command.split())
    assert ended.code == code
    named, *closing = (ended.out.decode() + ended.err).rstrip("\n").split("\n")
    assert named.endswith("is no regular file; move it")
    assert name in named
    assert len(closing) == 1
    if command.startswith("restore"):
        assert project.files("raw") == {"b.txt": RAW}
    assert project.read("cleaned/b.txt") == CLEANED
    assert (project.folder / name).is_fifo()


@pytest.mark.parametrize("name", [OUTPUT, LOG])
@pytest.mark.parametrize(
    "command",
    [
        "report",
        "stats",
        "diff cleaned",
        "why cleaned/a.txt:1",
        "log show",
        "log export --to sarif",
        "restore cleaned/a.txt",
    ],
)
def test_what_shows_removals_names_the_pipe(project: Project, name: str, command: str) -> None:
    in_place(project, name)
    ended = project.cleaner(*command.split())
    if name == OUTPUT and command in ("stats", "log show"):  # which read logs alone
        assert ended.code == 0
        return
    assert ended.code == 3
    assert ended.err == f"Error: {name}: is no regular file; move it\n"


def test_prune_leaves_a_pipe_and_deletes_the_rest(project: Project) -> None:
    in_place(project, OUTPUT)
    project.write("seeds/c.txt", RAW)
    project.cleaner("clean", "seeds/c.txt")
    for seed in ("a.txt", "b.txt"):
        (project.folder / "seeds" / seed).unlink()
    ended = project.cleaner("prune")
    assert ended.code == 4
    assert f"{OUTPUT}: stays: is no regular file; move it\n" in ended.err
    assert not (project.folder / "cleaned/b.txt").exists()


def test_decisions_that_are_a_pipe_are_named(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    (project.folder / ".cleaner").mkdir()
    os.mkfifo(project.folder / ".cleaner/decisions.jsonl")
    ended = project.cleaner("clean")
    assert ended.code == 2
    assert ".cleaner/decisions.jsonl: is no regular file;" in ended.err


def test_a_socket_is_no_file_either(project: Project) -> None:
    import socket

    in_place(project, OUTPUT)
    (project.folder / OUTPUT).unlink()
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(OUTPUT)
        ended = project.cleaner("verify")
    assert (ended.code, ended.out) == (4, f"{OUTPUT}: is no regular file; move it\n".encode())


def test_the_hooks_wait_for_no_pipe(project: Project) -> None:
    """What they proved is kept beside git's index; that costs time only where it cannot be read."""
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    os.mkfifo(project.folder / ".git/cleaner-proofs")
    ended = project.cleaner("hook", "check")
    assert (ended.code, ended.out, ended.err) == (0, b"", "")
    os.mkfifo(project.folder / "seeds/pipe")
    ended = project.cleaner("hook", "fix", "seeds/pipe")
    assert (ended.code, ended.out) == (3, b"seeds/pipe: refused: is no regular file; move it\n")
