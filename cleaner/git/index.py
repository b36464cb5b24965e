"""What a commit would hold: git's index, read and never written.

The hooks compare with the index and not with the disk, because a right file that is not staged is missing from
the commit all the same.
"""

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cleaner.machine.opening import reading

# The blob of a file of no bytes, by SHA-1 and by SHA-256. What `git add -N` only announces is listed with it as well.
_EMPTY = frozenset(
    ("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813")
)


class GitError(Exception):
    """Git could not answer; the message is git's own."""


def _told(errors: str) -> str:
    """The first line of git's message; for a repository of somebody else's also the cure, which stands further down."""
    first, *more = errors.strip().split("\n")
    return "; ".join([first, *(line.strip() for line in more if "safe.directory" in line)])


class Staged(NamedTuple):
    """The blob ids of regular files by path; symbolic links, submodules, and paths in conflict, which no commit has."""

    blobs: dict[str, str]
    links: list[str]
    modules: list[str]
    disputed: set[str]


class Index:
    """The staged files of the repository that holds `folder`. Paths are relative to its root, with forward slashes.

    Raises GitError outside of a work tree.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = _environment()
        asked = ("rev-parse", "--show-toplevel", "--git-path", "cleaner-proofs")
        # a GIT_DIR is meant for where we are, and its work tree, if nothing else tells that, begins there
        here = Path.cwd() if "GIT_DIR" in (self._environment or ()) else None
        answer = self._git(*asked, folder=here).split(b"\n")
        self.root = Path(os.fsdecode(answer[0]))
        if self._environment:
            self.root = _top(self.root, folder, self._environment)
            self._environment["GIT_WORK_TREE"] = str(self.root)
        self.proofs = Path(os.path.realpath(folder / os.fsdecode(answer[1])))

    def _git(self, *arguments: str, standard_input: bytes | None = None, folder: Path | None = None) -> bytes:
        done = self._run(arguments, standard_input, subprocess.DEVNULL, folder)
        if done.returncode:  # asked again, now for the message: to read both streams takes longer than to list a corpus
            done = self._run(arguments, standard_input, subprocess.PIPE, folder)
        if done.returncode:
            raise GitError(_told(done.stderr.decode("utf-8", "replace")))
        return done.stdout

    def _run(
        self, arguments: Sequence[str], standard_input: bytes | None, errors: int, folder: Path | None
    ) -> "subprocess.CompletedProcess[bytes]":
        try:
            return subprocess.run(
                ["git", *arguments],
                cwd=folder or self._folder,
                env=self._environment,
                input=standard_input,
                stdout=subprocess.PIPE,
                stderr=errors,
                check=False,
            )
        except OSError as error:
            raise GitError(f"git does not run: {error.strerror}") from None

    def staged(self, *folders: str) -> Staged:
        """All that is staged below the folders, but of submodules only where they are.

        A file that `git add -N` announced is in no commit yet, either.
        """
        below = [str(self.root / one) for one in folders]
        listing = self._git("--literal-pathspecs", "ls-files", "-s", "-z", "--full-name", "--", *below)
        # mode, blob id, stage, all as long in each line; a path in conflict has stages 1 to 3 and is in no commit yet
        size = max(listing.find(b"\t"), 2)
        lines = os.fsdecode(listing).split("\0")
        blobs: dict[str, str] = {}
        links: list[str] = []
        modules: list[str] = []
        disputed: set[str] = set()
        for line in lines:
            if line[size - 2 : size] == " 0":
                if line.startswith("100"):
                    blobs[line[size + 1 :]] = line[7 : size - 2]
                elif line.startswith("12"):
                    links.append(line[size + 1 :])
                else:
                    modules.append(line[size + 1 :])
            elif line:
                disputed.add(line[size + 1 :])
        if not _EMPTY.isdisjoint(blobs.values()):
            blobs = {path: blob for path, blob in blobs.items() if blob not in _EMPTY or path not in self._announced}
        return Staged(blobs, links, modules, disputed)

    def left_out(self) -> frozenset[str]:
        """The absolute paths of files that a sparse checkout leaves out of the work tree."""
        listing = self._git("-C", str(self.root), "ls-files", "-t", "-z")
        root = os.path.realpath(self.root)
        lines = os.fsdecode(listing).split("\0")
        return frozenset(f"{root}/{line[2:]}" for line in lines if line.startswith("S "))

    def is_in_module(self, folder: str) -> bool:
        """Whether a folder lies in a submodule, at whatever depth."""
        above = [parent.as_posix() for parent in PurePosixPath(folder).parents][:-1]
        return bool(above) and not set(above).isdisjoint(self.staged(*above).modules)

    @cached_property
    def _announced(self) -> frozenset[str]:
        """What stands in the index without its content: to `git diff`, the only new files."""
        asked = ("diff", "--no-ext-diff", "--no-relative", "--no-renames", "--ignore-submodules")
        listing = self._git("-C", str(self.root), *asked, "--diff-filter=A", "--name-only", "-z")
        return frozenset(os.fsdecode(listing).split("\0"))

    def ignored(self, paths: Iterable[str]) -> list[str]:
        """Those of the paths that .gitignore keeps out of the index."""
        names = b"".join(os.fsencode(path) + b"\0" for path in paths)
        try:
            listing = self._git("-C", str(self.root), "check-ignore", "-z", "--stdin", standard_input=names)
        except GitError:
            return []  # git ends with 1 where none is ignored; of what else went wrong the next command tells
        return [path for path in os.fsdecode(listing).split("\0") if path]

    def attributes(self, paths: Iterable[str], names: Sequence[str]) -> dict[str, set[str]]:
        """Which of some attributes are set for each path, be it to a value. Raises GitError."""
        found: dict[str, set[str]] = {path: set() for path in paths}
        asked = b"".join(os.fsencode(path) + b"\0" for path in found)
        listing = self._git("-C", str(self.root), "check-attr", "-z", "--stdin", *names, standard_input=asked)
        told = os.fsdecode(listing).split("\0")
        for path, name, value in zip(told[::3], told[1::3], told[2::3], strict=False):
            if value not in ("unspecified", "unset"):
                found[path].add(name)
        return found

    def would_be(self, paths: Iterable[str]) -> dict[str, str]:
        """The blob ids that `git add` would give to files as they lie on the disk. Raises GitError."""
        # one name a line: what git would read otherwise is left out
        names = [path for path in paths if "\n" not in path and not path.startswith('"')]
        asked = b"".join(os.fsencode(path) + b"\n" for path in names)
        listing = self._git("-C", str(self.root), "hash-object", "--stdin-paths", standard_input=asked)
        return dict(zip(names, listing.decode("ascii").split("\n"), strict=False))

    def size(self, blob: str) -> int:
        """How many bytes a blob has. Raises GitError for one that is not there."""
        return int(self._git("cat-file", "-s", blob))

    def contents(self, ids: Iterable[str]) -> Iterator[bytes]:
        """The bytes of each blob, in order, one at a time. Raises GitError for a blob that is not there."""
        wanted = list(ids)
        if not wanted:
            return
        with subprocess.Popen(
            ["git", "cat-file", "--batch"],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as batch:
            assert batch.stdin is not None and batch.stdout is not None
            # A few at a time: both pipes are finite, and a writer that waits for a reader that waits is stuck.
            for at in range(0, len(wanted), 64):
                some = wanted[at : at + 64]
                batch.stdin.write("".join(f"{name}\n" for name in some).encode())
                batch.stdin.flush()
                for name in some:
                    head = batch.stdout.readline().split()
                    if len(head) != 3:
                        raise GitError(f"object {name} is missing or damaged; git fsck tells more")
                    data = batch.stdout.read(int(head[2]))
                    batch.stdout.read(1)
                    yield data
            batch.stdin.close()


def blob_id(raw: bytes, like: str) -> str:
    """The id that git gives to bytes, in the hash of the repository that `like` comes from."""
    digest = hashlib.new("sha1" if len(like) == 40 else "sha256", b"blob %d\0" % len(raw), usedforsecurity=False)
    digest.update(raw)
    return digest.hexdigest()


def _environment() -> dict[str, str] | None:
    """Git's variables as they are meant in the working folder, for git that is run in another; None: as they are."""
    given = {name: os.environ[name] for name in ("GIT_DIR", "GIT_WORK_TREE") if os.environ.get(name)}
    return {**os.environ, **{name: os.path.abspath(path) for name, path in given.items()}} if given else None


def _top(told: Path, folder: Path, environment: Mapping[str, str]) -> Path:
    """The top of the work tree that a folder lies in, where variables tell git of it: `told`, unless that is a guess.

    In a linked worktree, and after `git --git-dir`, git tells hooks its GIT_DIR alone; after `git --work-tree` it calls
    the work tree `.`. Once a hook has changed its folder, that one passes for the top: below it the index would be
    found to hold no seed, and every commit would pass.
    """
    here, git_dir = Path.cwd(), environment.get("GIT_DIR")
    if git_dir is None or os.environ.get("GIT_WORK_TREE", ".") != "." or not _is_same(told, here):
        return told  # what `core.worktree` says is no guess, either
    below = Path(os.path.abspath(folder))
    tops = (below, *below.parents, here, *here.parents)
    return next((top for top in tops if _is_same(_led_to(top / ".git"), git_dir)), told)


def _led_to(path: Path) -> Path:
    """What a `.git` stands for: itself, or the folder that it names, as those of worktrees and submodules do."""
    try:
        with reading(path) as handle:
            name = handle.read(1 << 16).removeprefix(b"gitdir:").strip()
    except OSError:  # a folder
        return path
    return path.parent / os.fsdecode(name)


def _is_same(one: Path, other: str | Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
