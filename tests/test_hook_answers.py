"""What the hooks answer, within this process, in real repositories: whatever folder they are called in, and of seeds
that are pointers, were moved, or lie in other repositories.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cleaner.git.proven import Seeds
from cleaner.machine.pointers import pointed
from tests.project import CLEANED, RAW, SETTINGS, Ended, Project

NOT_FETCHED = "a git-lfs pointer, not the text; git lfs pull, then clean again"
SHARDS = ("b.jsonl", "c.parquet", "d.warc.wet", "e.jsonl.gz")


def git(folder: Path, *arguments: object) -> str:
    """Git, which must succeed; what it answers."""
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *named, *map(str, arguments)], cwd=folder, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().strip()


def pointer(raw: bytes, *above: str) -> bytes:
    """What git-lfs puts into a file's place."""
    lines = ("version https://git-lfs.github.com/spec/v1", *above)
    return "\n".join((*lines, f"oid sha256:{hashlib.sha256(raw).hexdigest()}", f"size {len(raw)}", "")).encode()


@pytest.fixture
def repo(project: Project) -> Project:
    """The project as a repository."""
    git(project.folder, "init", "-q", "-b", "main")
    git(project.folder, "add", ".")
    return project


def stage(repo: Project, name: str, raw: bytes) -> None:
    """Puts bytes into the index under a name, whatever lies there on the disk."""
    done = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"], cwd=repo.folder, input=raw, stdout=subprocess.PIPE, check=True
    )
    git(repo.folder, "update-index", "--add", "--cacheinfo", f"100644,{done.stdout.decode().strip()},{name}")


def both(repo: Project, *files: str) -> tuple[Ended, Ended]:
    """What `hook fix` and `hook check` answer."""
    return repo.cleaner("hook", "fix", *files), repo.cleaner("hook", "check")


@pytest.fixture
def trees(project: Project) -> dict[str, tuple[Path, dict[str, str]]]:
    """Work trees of all kinds with a seed in `corpus`, each with the variables that git gives to a hook in it."""
    main, tree = project.folder / "main", project.folder / "linked"
    project.write("main/corpus/cleaner.toml", b"max-share = 0.8\n")
    git(project.folder, "init", "-q", "-b", "main", "main")
    git(main, "add", ".")
    git(main, "commit", "-qm", "x")
    git(main, "worktree", "add", "-q", tree)
    git(project.folder, "clone", "-q", "main", "inner")
    git(main, "submodule", "--quiet", "add", project.folder / "inner", "sub")
    git(project.folder, "init", "-q", "--separate-git-dir", "apart.git", "apart")
    git(project.folder / "apart", "config", "core.worktree", project.folder / "apart")
    project.write("apart/corpus/cleaner.toml", b"max-share = 0.8\n")
    (project.folder / "apart/.git").unlink()
    linked, sub, apart = main / ".git/worktrees/linked", main / ".git/modules/sub", project.folder / "apart.git"
    shutil.copytree(tree, project.folder / "moved")
    found = {
        "linked": (tree, {"GIT_DIR": str(linked), "GIT_INDEX_FILE": str(linked / "index")}),
        "moved": (project.folder / "moved", {"GIT_DIR": str(linked)}),
        "main": (main, {"GIT_DIR": str(main / ".git"), "GIT_INDEX_FILE": ".git/index"}),
        "named": (main, {"GIT_DIR": str(main / ".git"), "GIT_WORK_TREE": "."}),
        "whole": (main, {"GIT_DIR": str(main / ".git"), "GIT_WORK_TREE": str(main)}),
        "tree alone": (main, {"GIT_WORK_TREE": str(main)}),
        "submodule": (main / "sub", {"GIT_DIR": str(sub)}),
        "core.worktree": (project.folder / "apart", {"GIT_DIR": str(apart)}),
        "nothing": (main, {}),
    }
    for top, variables in found.values():
        project.write(str(top.relative_to(project.folder) / "corpus/seeds/a.txt"), RAW)
        subprocess.run(["git", "add", "corpus"], cwd=top, env={**os.environ, **variables}, check=True)
    return found


@pytest.mark.parametrize(
    "kind", ["linked", "moved", "main", "named", "whole", "tree alone", "submodule", "core.worktree", "nothing"]
)
def test_a_hook_that_changes_its_folder_finds_the_same_seeds(
    project: Project,
    trees: dict[str, tuple[Path, dict[str, str]]],
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Told its GIT_DIR alone, git takes any folder for the top: no seed was found, and every commit passed."""
    top, variables = trees[kind]
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for folder, config in (
        (top, top / "corpus/cleaner.toml"),
        (top / "corpus", None),
        (top / "corpus/seeds", None),
        (top.parent, top / "corpus/cleaner.toml"),
    ):
        if folder == top.parent and "GIT_DIR" not in variables:
            continue  # git itself finds no repository there
        monkeypatch.chdir(folder)
        ended = project.cleaner("hook", "check", *(("--config", config) if config else ()))
        assert (ended.code, ended.err) == (1, "")
        assert ended.out.startswith(b"corpus/seeds/a.txt: missing: corpus/cleaned/a.txt and "), folder


def test_a_repository_without_a_work_tree_is_no_corpus(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    git(project.folder, "init", "-q", "--bare", "bare.git")
    monkeypatch.setenv("GIT_DIR", str(project.folder / "bare.git"))
    ended = project.cleaner("hook", "check")
    assert ended.code == 2
    assert "this operation must be run in a work tree" in ended.err


@pytest.mark.parametrize("name", ["a.txt", *SHARDS])
def test_a_pointer_of_git_lfs_is_refused_and_not_cleaned(repo: Project, name: str) -> None:
    repo.write(f"cleaned/{name}", CLEANED)
    repo.write(f"cleaned/{name}.removals.jsonl", b"{}\n")
    repo.write(f"seeds/{name}", pointer(RAW))
    for command in ("clean", "check"):
        ended = repo.cleaner(command)
        assert ended.code == 3
        assert ended.err.startswith(f"seeds/{name}: byte 0: {NOT_FETCHED}\n")
    assert repo.read(f"cleaned/{name}") == CLEANED
    git(repo.folder, "add", "seeds")
    for ended in both(repo, f"seeds/{name}"):
        assert (ended.code, ended.out.decode()) == (3, f"seeds/{name}: refused: {NOT_FETCHED}\n")


@pytest.mark.parametrize(
    ("raw", "is_one"),
    [
        (pointer(RAW), True),
        (pointer(RAW).replace(b"\n", b"\r\n"), True),
        (pointer(RAW).rstrip(b"\n"), True),
        (pointer(b"", f"ext-0-case sha256:{hashlib.sha256(RAW).hexdigest()}", f"ext-1-b sha256:{'0' * 64}"), True),
        (b"So it says:\n\n" + pointer(RAW), False),
        (pointer(RAW) + b"That is what lies there.\n", False),
        (pointer(RAW).replace(b"v1", b"v2"), False),
        (pointer(RAW).replace(b"size ", b"size " + b"1" * 1000), False),
        (b"", False),
    ],
)
def test_a_text_that_quotes_a_pointer_is_none(raw: bytes, is_one: bool) -> None:
    assert pointed(raw) == (hashlib.sha256(RAW).hexdigest() if is_one else "")


def test_a_text_that_quotes_a_pointer_is_cleaned(repo: Project) -> None:
    repo.write("seeds/a.txt", b"So it says:\n\n" + pointer(RAW) + RAW)
    assert repo.cleaner("clean").code == 0
    assert repo.read("cleaned/a.txt").endswith(CLEANED)


@pytest.mark.parametrize("name", ["a.txt", "b.jsonl"])
def test_of_a_seed_that_git_lfs_keeps_both_hooks_say_the_same(repo: Project, name: str) -> None:
    raw = RAW if name == "a.txt" else b'{"id": "x", "text": "It rained.\\n\\nNotice: this goes.\\n\\nIt stopped."}\n'
    seed, output = f"seeds/{name}", f"cleaned/{name}"
    repo.write(seed, raw)
    stage(repo, seed, pointer(raw))
    ended = repo.cleaner("hook", "check")
    assert (ended.code, b"missing" in ended.out) == (1, True), "the text can be cleaned"
    assert repo.cleaner("hook", "fix", seed).code == 1
    git(repo.folder, "add", "cleaned")
    assert [ended.code for ended in both(repo, seed)] == [0, 0]
    repo.write(seed, pointer(raw))  # as in another clone, where nobody fetched it: all is there and right
    (repo.folder / ".git/cleaner-proofs").unlink()
    assert [ended.code for ended in both(repo, seed)] == [0, 0]
    repo.write(output, b"by hand")
    git(repo.folder, "add", output)
    told = f"{seed}: refused: {NOT_FETCHED}\n"
    assert [(ended.code, ended.out.decode()) for ended in both(repo, seed)] == [(3, told)] * 2
    repo.write(seed, raw + b"\n")
    kept = "git-lfs keeps it, and what is staged is not on the disk; add it, or git lfs checkout"
    told = f"{seed}: refused: {kept}\n"
    assert [(ended.code, ended.out.decode()) for ended in both(repo, seed)] == [(3, told)] * 2


def test_of_a_log_that_git_lfs_keeps_both_hooks_say_the_same(repo: Project) -> None:
    repo.write("seeds/a.txt", RAW)
    repo.cleaner("clean")
    git(repo.folder, "add", "seeds", "cleaned")
    stage(repo, "cleaned/a.txt.removals.jsonl", pointer(repo.read("cleaned/a.txt.removals.jsonl")))
    cure = "put `*.removals.jsonl -filter` into .gitattributes"
    told = f"seeds/a.txt: stale: git-lfs keeps its log, so it cannot be read here; {cure}\n"
    fixed, checked = both(repo, "seeds/a.txt")
    assert (fixed.code, fixed.out.decode()) == (1, told)
    assert (checked.code, checked.out.decode().startswith(told)) == (1, True)


def test_of_a_seed_that_can_no_longer_be_read_both_hooks_say_the_same(repo: Project) -> None:
    repo.write("seeds/a.txt", RAW)
    repo.cleaner("clean")
    repo.write("seeds/a.txt", b"Caf\xe9\n")
    git(repo.folder, "add", "seeds", "cleaned")
    fixed, checked = both(repo, "seeds/a.txt")
    assert fixed == checked
    assert (checked.code, checked.out.startswith(b"seeds/a.txt: refused: byte 3: not utf-8")) == (3, True)


@pytest.mark.parametrize("name", ["a.txt", "b.jsonl"])
@pytest.mark.parametrize("folders", [("x", ""), ("", "x"), ("seeds", ""), ("x/y", "y")])
def test_outputs_that_were_moved_along_with_their_seed_are_made_anew(
    repo: Project, name: str, folders: tuple[str, str]
) -> None:
    raw = RAW if name == "a.txt" else b'{"text": "It rained."}\n'
    old, new = (Path(folder, name) for folder in folders)
    repo.write(f"seeds/{old}", raw)
    repo.cleaner("clean")
    git(repo.folder, "add", "seeds", "cleaned")
    assert repo.cleaner("hook", "check").code == 0
    for path in ("seeds/{}", "cleaned/{}", "cleaned/{}.removals.jsonl"):
        source, target = path.format(old), path.format(new)
        (repo.folder / target).parent.mkdir(parents=True, exist_ok=True)
        git(repo.folder, "mv", source, target)
    checked = repo.cleaner("hook", "check")
    assert checked.code == repo.cleaner("check").code == 1
    assert checked.out.startswith(f"seeds/{new}: stale: its log is that of seeds/{old}\n".encode())
    assert repo.cleaner("hook", "fix", f"seeds/{new}").code == 1
    git(repo.folder, "add", "cleaned")
    assert [repo.cleaner(*command).code for command in (("hook", "check"), ("check",))] == [0, 0]


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("seeds/a/b.txt", True),
        ("a/b.txt", True),  # cleaned within the folder
        ("../seeds/a/b.txt", True),
        ("../../corpus/seeds/a/b.txt", True),
        ("../a/b.txt", True),
        ("clone/corpus/seeds/a/b.txt", True),
        ("/elsewhere/corpus/seeds/a/b.txt", True),  # another clone
        ("/elsewhere/seeds/a/b.txt", False),
        ("seeds/c/a/b.txt", False),
        ("seeds/seeds/a/b.txt", False),
        ("../seeds/c/a/b.txt", False),
        ("b.txt", False),
        ("seeds/ca/b.txt", False),
    ],
)
def test_a_log_may_call_a_seed_as_it_is_seen_from_anywhere(source: str, holds: bool) -> None:
    seeds = Seeds("corpus/seeds", ("/home/clone/corpus/seeds",))
    assert seeds.hold(source, "a/b.txt") == holds


def test_the_cure_helps_in_another_folder_where_no_configuration_is(
    repo: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There a log calls its seed as it is seen from that folder."""
    (repo.folder / "cleaner.toml").unlink()
    repo.write("seeds/x/a.txt", b"It rained.\n")
    repo.write("notes/a.txt", b"")
    git(repo.folder, "add", "seeds")
    monkeypatch.chdir(repo.folder / "notes")
    told = repo.cleaner("hook", "check").out.decode()
    assert "To fix: cleaner clean ../seeds -o ../cleaned && git add -- ../cleaned\n" in told
    assert repo.cleaner("clean", "../seeds", "-o", "../cleaned").code == 0
    git(repo.folder, "add", "cleaned")
    assert repo.cleaner("hook", "check") == Ended(0, b"", "")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('input = "."', "cleaned: the output lies inside the input .; name one outside of it"),
        ('output = "seeds/cleaned"', "seeds/cleaned: the output lies inside the input seeds; name one outside of it"),
        ('output = "rules.toml"', "rules.toml: the output is a folder, and there is a file; name another"),
    ],
)
def test_the_hooks_refuse_the_places_that_clean_refuses(repo: Project, settings: str, told: str) -> None:
    repo.write("cleaner.toml", f"{settings}\n{SETTINGS}".encode())
    repo.write("seeds/a.txt", RAW)
    git(repo.folder, "add", ".")
    assert repo.cleaner("clean") == Ended(2, b"", f"Error: {told} with -o\n")
    for ended in both(repo, "seeds/a.txt"):
        assert ended == Ended(2, b"", f"Error: {told} as `output` in the configuration\n")
    assert not (repo.folder / "cleaned").exists()


@pytest.mark.parametrize("is_all", [False, True], ids=["among the seeds", "deep in it all seeds"])
def test_outputs_of_seeds_in_a_submodule_are_compared_with_their_logs(repo: Project, is_all: bool) -> None:
    inner = repo.folder / "inner"
    repo.write("inner/deep/b.txt", RAW)
    git(repo.folder, "init", "-q", "inner")
    git(inner, "add", ".")
    git(inner, "commit", "-qm", "x")
    git(repo.folder, "submodule", "--quiet", "add", inner, "data" if is_all else "seeds/sub")
    if is_all:
        repo.write("cleaner.toml", f'input = "data/deep"\n{SETTINGS}'.encode())
    seed, output = (
        ("data/deep/b.txt", "cleaned/b.txt") if is_all else ("seeds/sub/deep/b.txt", "cleaned/sub/deep/b.txt")
    )
    assert repo.cleaner("clean").code == 0
    git(repo.folder, "add", "cleaned")
    for _ in range(2):
        assert repo.cleaner("hook", "check") == Ended(0, b"", "")
    repo.write(output, b"by hand")
    git(repo.folder, "add", "cleaned")
    checked = repo.cleaner("hook", "check")
    assert checked.code == 1
    told = f"{seed}: stale: its cleaned text is not the one that its log describes\nTo fix: cleaner clean "
    assert checked.out.decode().startswith(told)
    assert repo.cleaner("clean").code == 0
    git(repo.folder, "add", "cleaned")
    assert repo.cleaner("hook", "check").code == 0
    settings = f'exclude = ["{seed}"]\n'.encode() + repo.read("cleaner.toml")
    repo.write(output, b"by hand")
    git(repo.folder, "add", "cleaned")
    repo.write("cleaner.toml", settings)
    assert repo.cleaner("hook", "check").code == 0


def test_what_lies_below_an_excluded_folder_stays_excluded(repo: Project) -> None:
    """As in git, and as in a walk, which never comes there: else each commit would miss what no run makes."""
    exclude = b'exclude = ["seeds/dir/", "!seeds/dir/keep.txt"]\n'
    repo.write("cleaner.toml", exclude + SETTINGS.encode())
    repo.write("seeds/a.txt", RAW)
    repo.write("seeds/dir/keep.txt", RAW)
    repo.cleaner("clean")
    git(repo.folder, "add", ".")
    assert "cleaned/dir" not in git(repo.folder, "ls-files")
    assert repo.cleaner("hook", "check") == Ended(0, b"", "")
    assert repo.cleaner("hook", "fix", "--force-exclude", "seeds/dir/keep.txt") == Ended(0, b"", "")
    assert repo.cleaner("clean", "--force-exclude", "seeds/dir/keep.txt").code == 0
    assert not (repo.folder / "cleaned/dir").exists()
