"""Real repositories, real git, real pre-commit. No network, no home folder, nothing of the developer's git."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTICE = "Share this:\n\nAll rights reserved.\n"
ARTICLE = "The council met on Tuesday and agreed on nothing of substance, said its chair after the session.\n\n"
OUTPUTS = {"cleaned/a.txt", "cleaned/a.txt.removals.jsonl"}
SEED = (ARTICLE * 4 + NOTICE).encode()

HOOKS = f"""\
repos:
- repo: local
  hooks:
  - id: corpus-clean
    name: clean new seeds
    entry: {sys.executable} -m cleaner hook fix --force-exclude
    language: system
    files: ^seeds/
    require_serial: true
  - id: corpus-clean-check
    name: cleaned corpus matches its seeds
    entry: {sys.executable} -m cleaner hook check
    language: system
    pass_filenames: false
    always_run: true
    require_serial: true
"""


class Repo:
    """A repository in a folder of its own."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root = root
        scripts = str(Path(sys.executable).parent)
        self.environment = {
            **{
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("GIT_", "PRE_COMMIT", "CLEANER_"))
            },
            "HOME": str(home),
            "XDG_CACHE_HOME": str(Path(tempfile.gettempdir(), "cleaner-hook-tests")),  # rules parsed once for all tests
            "PRE_COMMIT_HOME": str(home / "pre-commit"),
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
        }

    def run(self, *command: str, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
        """A command in the repository; its output and errors together in stdout."""
        return subprocess.run(
            command,
            cwd=self.root,
            env={**self.environment, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="surrogateescape",
            check=False,
        )

    def git(self, *arguments: str) -> str:
        """Git, which must succeed."""
        done = self.run("git", *arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def cleaner(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """The command under test."""
        return self.run(sys.executable, "-m", "cleaner", *arguments)

    def write(self, path: str, raw: bytes = SEED) -> Path:
        """A file of the work tree."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(raw)
        return place

    def commit(self, *arguments: str, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
        """`git commit`, hooks and all."""
        return self.run("git", "commit", "-m", "test", *arguments, env=env)

    def committed(self) -> set[str]:
        """The paths of the last commit's tree."""
        return set(filter(None, self.git("ls-tree", "-r", "--name-only", "-z", "HEAD").split("\0")))

    def index(self) -> str:
        """What is staged, to the blob."""
        return self.git("ls-files", "-s")


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Repo]:
    """A repository without hooks."""
    root, home = tmp_path / "repo", tmp_path / "home"
    root.mkdir()
    home.mkdir()
    repo = Repo(root, home)
    repo.git("init", "-q", "-b", "main")
    repo.write("README.md", b"a corpus\n")
    repo.git("add", ".")
    repo.git("commit", "-qm", "begin")
    yield repo
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def repo(bare: Repo) -> Repo:
    """A repository with both hooks installed by pre-commit."""
    bare.write(".pre-commit-config.yaml", HOOKS.encode())
    done = bare.run("pre-commit", "install")
    assert done.returncode == 0, done.stdout
    bare.git("add", ".")
    bare.git("commit", "-qm", "hooks")
    return bare


@pytest.fixture
def stocked(repo: Repo) -> Repo:
    """A repository with one seed and its outputs committed."""
    repo.write("seeds/a.txt")
    repo.git("add", "seeds")
    assert repo.commit().returncode == 1
    repo.git("add", "cleaned")
    done = repo.commit()
    assert done.returncode == 0, done.stdout
    return repo
