"""Every situation that a team meets, with a real `git commit` through the real pre-commit."""

import json
import os
import sys
from pathlib import Path

import pytest

from cleaner.machine.locks import Lock
from tests.hooks.conftest import ARTICLE, HOOKS, SEED, Repo

pytestmark = pytest.mark.hooks

OUTPUTS = {"cleaned/a.txt", "cleaned/a.txt.removals.jsonl"}


def test_a_new_seed_is_cleaned_and_the_commit_waits_for_it(repo: Repo) -> None:
    repo.write("seeds/a.txt")
    repo.git("add", "seeds")
    before = repo.index()
    done = repo.commit()
    assert done.returncode == 1
    assert "seeds/a.txt: wrote cleaned/a.txt (-" in done.stdout
    assert "To stage: git add -- cleaned/a.txt cleaned/a.txt.removals.jsonl" in done.stdout
    assert repo.index() == before, "a hook must never stage"
    assert (repo.root / "cleaned/a.txt").read_bytes() == (ARTICLE * 4).encode()


def test_the_printed_command_makes_the_commit_pass(repo: Repo) -> None:
    repo.write("seeds/a.txt")
    repo.git("add", "seeds")
    told = repo.commit().stdout
    command = next(line for line in told.split("\n") if line.startswith("To stage: ")).removeprefix("To stage: ")
    assert repo.run("sh", "-c", command).returncode == 0
    assert repo.commit().returncode == 0
    assert repo.committed() >= {"seeds/a.txt", *OUTPUTS}


def test_right_on_disk_but_not_staged_still_fails(repo: Repo) -> None:
    repo.write("seeds/a.txt")
    repo.git("add", "seeds")
    repo.commit()
    done = repo.commit()
    assert done.returncode == 1
    assert "cleaned/a.txt is right but not staged" in done.stdout


def test_staged_and_right_is_silent(stocked: Repo) -> None:
    done = stocked.cleaner("hook", "check")
    assert (done.returncode, done.stdout) == (0, "")
    done = stocked.cleaner("hook", "fix", "seeds/a.txt")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_changed_seed_makes_its_outputs_stale(stocked: Repo) -> None:
    stocked.write("seeds/a.txt", SEED + b"More was said on Wednesday.\n")
    stocked.git("add", "seeds")
    assert "made from another version" in stocked.cleaner("hook", "check").stdout
    assert stocked.commit().returncode == 1
    stocked.git("add", "cleaned")
    assert stocked.commit().returncode == 0


def test_commit_all_picks_the_outputs_up_the_second_time(stocked: Repo) -> None:
    stocked.write("seeds/a.txt", SEED + b"More was said on Wednesday.\n")
    assert stocked.commit("-a").returncode == 1
    assert stocked.commit("-a").returncode == 0
    assert stocked.cleaner("hook", "check").returncode == 0


def test_commit_of_a_path_alone_is_told_what_is_missing(stocked: Repo) -> None:
    stocked.write("seeds/a.txt", SEED + b"More was said on Wednesday.\n")
    assert stocked.commit("--", "seeds/a.txt").returncode == 1
    assert stocked.commit("--", "seeds/a.txt", "cleaned").returncode == 0
    assert stocked.cleaner("hook", "check").returncode == 0


def test_partial_staging_cleans_what_is_staged_and_not_the_disk(repo: Repo) -> None:
    repo.write("seeds/a.txt")
    repo.git("add", "seeds")
    repo.write("seeds/a.txt", SEED + b"A later thought, not staged.\n")
    assert repo.commit().returncode == 1
    assert b"later thought" not in (repo.root / "cleaned/a.txt").read_bytes()
    repo.git("add", "cleaned")
    assert repo.commit().returncode == 0
    assert b"later thought" in (repo.root / "seeds/a.txt").read_bytes()


def test_what_is_only_announced_is_in_no_commit(repo: Repo) -> None:
    repo.write("seeds/a.txt")
    repo.write("seeds/empty.txt", b"")
    repo.git("add", "--intent-to-add", "seeds/a.txt")
    assert repo.cleaner("hook", "check").returncode == 0
    repo.git("add", "seeds/empty.txt")
    assert "seeds/empty.txt: missing" in repo.cleaner("hook", "check").stdout
    assert repo.cleaner("hook", "fix", "seeds/a.txt", "seeds/empty.txt").returncode == 1
    assert (repo.root / "cleaned/a.txt").read_bytes() == (ARTICLE * 4).encode()
    repo.git("add", "--intent-to-add", "cleaned/a.txt", "cleaned/a.txt.removals.jsonl")
    repo.git("add", "seeds", "cleaned/empty.txt", "cleaned/empty.txt.removals.jsonl")
    checked = repo.cleaner("hook", "check").stdout
    assert "seeds/a.txt: missing: cleaned/a.txt and cleaned/a.txt.removals.jsonl are not staged" in checked
    assert "empty" not in checked


def test_a_plain_hook_also_cleans_what_is_staged(bare: Repo) -> None:
    """Without pre-commit nobody puts the unstaged part aside."""
    bare.write("seeds/a.txt")
    bare.git("add", "seeds")
    bare.write("seeds/a.txt", b"Another text altogether.\n")
    assert bare.cleaner("hook", "fix", "seeds/a.txt").returncode == 1
    assert (bare.root / "cleaned/a.txt").read_bytes() == (ARTICLE * 4).encode()
    bare.git("add", "cleaned")
    assert bare.cleaner("hook", "check").returncode == 0


def test_amending_is_checked_too(stocked: Repo) -> None:
    stocked.write("seeds/b.txt")
    stocked.git("add", "seeds")
    assert stocked.commit("--amend").returncode == 1
    stocked.git("add", "cleaned")
    assert stocked.commit("--amend").returncode == 0


def test_a_merge_of_two_branches_with_seeds_passes(stocked: Repo) -> None:
    for branch, name in (("one", "b"), ("two", "c")):
        stocked.git("checkout", "-q", "-b", branch, "main")
        stocked.write(f"seeds/{name}.txt")
        stocked.git("add", "seeds")
        stocked.commit()
        stocked.git("add", "cleaned")
        assert stocked.commit().returncode == 0
    stocked.git("merge", "-q", "--no-ff", "-m", "merge", "one")
    assert {"seeds/b.txt", "seeds/c.txt", "cleaned/b.txt", "cleaned/c.txt"} <= stocked.committed()
    assert stocked.cleaner("hook", "check").returncode == 0


def test_a_rebase_goes_through(stocked: Repo) -> None:
    stocked.git("checkout", "-q", "-b", "work")
    stocked.write("seeds/b.txt")
    stocked.git("add", "seeds")
    stocked.commit()
    stocked.git("add", "cleaned")
    assert stocked.commit().returncode == 0
    stocked.git("checkout", "-q", "main")
    stocked.write("README.md", b"other\n")
    assert stocked.commit("-a").returncode == 0
    stocked.git("checkout", "-q", "work")
    stocked.git("rebase", "-q", "main")
    assert stocked.cleaner("hook", "check").returncode == 0


def test_a_renamed_seed_needs_new_outputs_and_leaves_orphans(stocked: Repo) -> None:
    stocked.git("mv", "seeds/a.txt", "seeds/b.txt")
    done = stocked.commit()
    assert done.returncode == 1
    assert "seeds/b.txt: wrote cleaned/b.txt" in done.stdout
    assert "cleaned/a.txt: orphan" in done.stdout
    assert "cleaner prune cleaned && git add -u -- cleaned" in done.stdout
    assert stocked.cleaner("prune", "cleaned").returncode == 0
    stocked.git("add", "-A", "cleaned")
    assert stocked.commit().returncode == 0
    assert not OUTPUTS & stocked.committed()


def test_outputs_renamed_along_with_their_seed_are_made_anew(stocked: Repo) -> None:
    """The log names its raw text: `verify` would find it wrong, though all three fit one another."""
    assert stocked.cleaner("hook", "check").returncode == 0
    for name in ("seeds/a.txt", *sorted(OUTPUTS)):
        stocked.git("mv", name, name.replace("a.txt", "b é\n.txt"))
    done = stocked.cleaner("hook", "check")
    assert done.returncode == 1
    assert "stale: its log is that of seeds/a.txt" in done.stdout
    assert stocked.cleaner("hook", "fix", "seeds/b é\n.txt").returncode == 1
    stocked.git("add", "cleaned")
    for _ in range(2):
        assert stocked.cleaner("hook", "check").returncode == 0
    assert stocked.cleaner("verify").returncode == 0


def test_a_deleted_seed_leaves_orphans(stocked: Repo) -> None:
    stocked.git("rm", "-q", "seeds/a.txt")
    done = stocked.commit()
    assert done.returncode == 1
    assert "cleaned/a.txt: orphan" in done.stdout
    stocked.git("rm", "-q", "-r", "cleaned")
    assert stocked.commit().returncode == 0


def test_a_cleaned_file_edited_by_hand_is_stale(stocked: Repo) -> None:
    stocked.write("cleaned/a.txt", b"nicer\n")
    stocked.git("add", "cleaned")
    done = stocked.commit()
    assert done.returncode == 1
    assert "seeds/a.txt: stale" in done.stdout


def test_a_log_edited_by_hand_is_stale(stocked: Repo) -> None:
    log = stocked.root / "cleaned/a.txt.removals.jsonl"
    log.write_bytes(log.read_bytes().replace(b"reserved", b"RESERVED"))
    stocked.git("add", "cleaned")
    assert "its log was changed by hand" in stocked.commit().stdout


def test_a_seed_that_cannot_be_decoded_is_refused_aloud(repo: Repo) -> None:
    repo.write("seeds/bad.txt", b"Caf\xe9\n")
    repo.write("seeds/good.txt")
    repo.git("add", "seeds")
    done = repo.commit()
    assert done.returncode == 1
    assert "- exit code: 3" in done.stdout
    assert "seeds/bad.txt: refused: byte 3" in done.stdout
    assert not (repo.root / "cleaned/bad.txt").exists()
    assert (repo.root / "cleaned/good.txt").exists(), "the others are done"


def test_a_worktree_has_its_own_index(stocked: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("worktree") / "w"
    stocked.git("worktree", "add", "-q", str(other))
    tree = Repo(other, other.parent)
    tree.write("seeds/b.txt")
    tree.git("add", "seeds")
    assert tree.commit().returncode == 1
    tree.git("add", "cleaned")
    assert tree.commit().returncode == 0
    assert stocked.cleaner("hook", "check").returncode == 0


def test_a_plain_hook_in_a_worktree_finds_a_corpus_below_the_root(
    bare: Repo, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """There git tells the hook its GIT_DIR, with which any folder passes for the top of the work tree."""
    bare.write("corpus/cleaner.toml", b"max-share = 0.8\n")
    bare.git("add", "corpus")
    bare.git("commit", "-qm", "a configuration")
    hook = bare.write(
        ".git/hooks/pre-commit",
        f"#!/bin/sh\n{sys.executable} -m cleaner hook check --config corpus/cleaner.toml".encode(),
    )
    hook.chmod(0o755)
    other = tmp_path_factory.mktemp("other") / "tree"
    bare.git("worktree", "add", "-q", str(other))
    tree = Repo(other, other)
    tree.environment = bare.environment
    tree.write("corpus/seeds/a.txt")
    tree.git("add", "corpus")
    done = tree.commit()
    assert done.returncode == 1
    assert "corpus/seeds/a.txt: missing: " in done.stdout


def test_a_submodule_among_the_seeds_is_left_alone(stocked: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    inner = Repo(tmp_path_factory.mktemp("inner"), stocked.root.parent)
    inner.git("init", "-q", "-b", "main")
    inner.write("x.txt", b"text\n")
    inner.git("add", ".")
    inner.git("commit", "-qm", "x")
    stocked.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "seeds/inner")
    done = stocked.commit()
    assert done.returncode == 0, done.stdout
    told = stocked.cleaner("hook", "fix", "seeds/inner", "seeds/a.txt")
    assert (told.returncode, told.stdout) == (0, "")
    stocked.cleaner("clean")
    stocked.git("add", "cleaned")
    assert "cleaned/inner/x.txt" in stocked.index()
    told = stocked.cleaner("hook", "check")
    assert (told.returncode, told.stdout) == (0, "")
    stocked.git("rm", "-q", "seeds/a.txt")
    assert stocked.cleaner("hook", "check").stdout.count("orphan") == 2


def test_seeds_that_are_a_submodule_are_left_alone(bare: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    inner = Repo(tmp_path_factory.mktemp("inner"), bare.root.parent)
    inner.git("init", "-q", "-b", "main")
    inner.write("x.txt")
    inner.git("add", ".")
    inner.git("commit", "-qm", "x")
    bare.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "seeds")
    bare.cleaner("clean")
    bare.git("add", "cleaned")
    told = bare.cleaner("hook", "check")
    assert (told.returncode, told.stdout) == (0, "")


def test_seeds_deep_in_a_submodule_are_left_alone(bare: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    inner = Repo(tmp_path_factory.mktemp("inner"), bare.root.parent)
    inner.git("init", "-q", "-b", "main")
    inner.write("texts/of/2024/x.txt")
    inner.git("add", ".")
    inner.git("commit", "-qm", "x")
    bare.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "data")
    bare.write("cleaner.toml", b'input = "data/texts/of"\n')
    bare.cleaner("clean")
    bare.git("add", "cleaned")
    assert "cleaned/2024/x.txt" in bare.index()
    told = bare.cleaner("hook", "check")
    assert (told.returncode, told.stdout) == (0, "")
    bare.git("rm", "-qf", "data")
    assert bare.cleaner("hook", "check").stdout.count("orphan: its seed is gone") == 2


def test_skip_skips(repo: Repo) -> None:
    repo.write("seeds/a.txt")
    repo.git("add", "seeds")
    assert repo.commit(env={"SKIP": "corpus-clean,corpus-clean-check"}).returncode == 0
    assert repo.cleaner("hook", "check").returncode == 1


@pytest.mark.parametrize(
    "name", ["with space.txt", "quo'te\".txt", "line\nfeed.txt", "-n.txt", "😀é.txt", "a,b:%c.txt"]
)
def test_awkward_names_go_all_the_way(repo: Repo, name: str) -> None:
    repo.write(f"seeds/{name}")
    repo.git("add", "seeds")
    told = repo.commit()
    assert told.returncode == 1
    command = next(line for line in told.stdout.split("\n") if line.startswith("To stage: "))
    done = repo.run("bash", "-c", command.removeprefix("To stage: "))
    assert done.returncode == 0, done.stdout
    done = repo.commit()
    assert done.returncode == 0, done.stdout
    assert f"cleaned/{name}" in repo.committed()


def test_a_name_that_is_not_utf8(bare: Repo) -> None:
    """pre-commit itself cannot pass such a name on; a plain git hook can."""
    name = os.fsdecode(b"seeds/caf\xe9.txt")
    bare.write(name)
    bare.git("add", "seeds")
    assert bare.cleaner("hook", "fix", name).returncode == 1
    bare.git("add", "cleaned")
    assert bare.cleaner("hook", "fix", name).returncode == 0
    done = bare.cleaner("hook", "check")
    assert done.returncode == 0, done.stdout


def test_a_name_cannot_move_the_cursor(bare: Repo) -> None:
    for name in ("line\nfeed.txt", "esc\x1b[2J.txt", "\u202eturned.txt"):
        bare.write(f"seeds/{name}", name.encode() + SEED)
    bare.git("add", "seeds")
    told = bare.run(
        "sh", "-c", f"git diff --cached --name-only -z | xargs -0 {sys.executable} -m cleaner hook fix"
    ).stdout
    assert all(line.isprintable() for line in told.split("\n")), told
    assert len(told.split("\n")) == 3 + 1 + 1
    assert r": wrote cleaned/line\nfeed.txt (-" in told


def test_autocrlf_cleans_what_git_stores(repo: Repo) -> None:
    repo.git("config", "core.autocrlf", "true")
    repo.write("seeds/a.txt", SEED.replace(b"\n", b"\r\n"))
    repo.run("git", "add", "seeds")
    done = repo.commit()
    assert done.returncode == 1
    assert ".gitattributes" in done.stdout
    repo.run("git", "add", "cleaned")
    done = repo.commit()
    assert done.returncode == 0, done.stdout
    assert repo.cleaner("hook", "check").returncode == 0


def test_a_seed_that_git_lfs_keeps_is_cleaned_and_not_its_pointer(bare: Repo) -> None:
    """A filter that does what git-lfs does: git stores a pointer, and the text lies on the disk."""
    clean = (
        "import hashlib, sys; raw = sys.stdin.buffer.read(); print('version https://git-lfs.github.com/spec/v1\\n"
        "oid sha256:' + hashlib.sha256(raw).hexdigest() + '\\nsize', len(raw))"
    )
    bare.git("config", "filter.lfs.clean", f'{sys.executable} -c "{clean}"')
    bare.write(".gitattributes", b"*.txt filter=lfs -text\n")
    bare.write("seeds/a.txt")
    bare.git("add", "seeds")
    assert bare.git("cat-file", "blob", ":seeds/a.txt").startswith("version https://git-lfs")
    assert "seeds/a.txt: wrote cleaned/a.txt (-" in bare.cleaner("hook", "fix", "seeds/a.txt").stdout
    assert (bare.root / "cleaned/a.txt").read_bytes() == (ARTICLE * 4).encode()
    bare.git("add", "cleaned")
    for command in (["fix", "seeds/a.txt"], ["check"]):
        done = bare.cleaner("hook", *command)
        assert (done.returncode, done.stdout) == (0, "")
    (bare.root / ".git/cleaner-proofs").unlink()
    assert bare.cleaner("check").returncode == 0
    bare.write("seeds/a.txt", SEED + b"More.\n")
    done = bare.cleaner("hook", "fix", "seeds/a.txt")
    assert (done.returncode, done.stdout) == (0, "")
    (bare.root / ".git/cleaner-proofs").unlink(missing_ok=True)
    bare.git("rm", "-q", "--cached", "cleaned/a.txt")
    done = bare.cleaner("hook", "fix", "seeds/a.txt")
    assert (done.returncode, done.stdout) == (
        3,
        "seeds/a.txt: refused: git-lfs keeps it, and what is staged is not on the disk; add it, or git lfs checkout\n",
    )
    bare.write(".gitattributes", b"* filter=lfs -text\n")
    bare.write("seeds/a.txt")
    bare.git("add", "seeds", "cleaned/a.txt")
    bare.git("add", "--renormalize", "cleaned")
    done = bare.cleaner("hook", "check")
    assert done.returncode == 1
    assert (
        "seeds/a.txt: stale: git-lfs keeps its log, so it cannot be read here; put `*.removals.jsonl -filter"
        in done.stdout
    )


def test_outputs_that_git_ignores_are_named_with_the_cure(repo: Repo) -> None:
    repo.write(".gitignore", b"cleaned/\n")
    repo.write("seeds/a.txt")
    repo.git("add", "seeds", ".gitignore")
    done = repo.commit()
    assert done.returncode == 1
    assert "take cleaned/ out of .gitignore" in done.stdout


def test_other_rules_since_are_a_warning_and_an_error_when_strict(stocked: Repo) -> None:
    stocked.write("cleaner.toml", b'profile = "safe"\n')
    stocked.git("add", ".")
    done = stocked.commit()
    assert done.returncode == 0, done.stdout
    assert "warning: 1 cleaned by other rules" in stocked.cleaner("hook", "check").stdout
    assert stocked.cleaner("hook", "check", "--strict").returncode == 1


def _decided(repo: Repo, log: str, document: str) -> None:
    """A decision to keep the first removal of a log's document, written down as a review does."""
    lines = [json.loads(line) for line in (repo.root / log).read_bytes().split(b"\n")[:-1]]
    kept = next(line["id"] for line in lines if line["type"] == "removal" and line["document"] == document)
    decision = {"decision": "keep", "document": document, "id": kept}
    repo.write(".cleaner/decisions.jsonl", json.dumps(decision).encode() + b"\n")


def test_a_decision_since_is_a_warning_and_an_error_when_strict_until_it_is_heeded(stocked: Repo) -> None:
    assert stocked.cleaner("hook", "check", "--strict").returncode == 0
    _decided(stocked, "cleaned/a.txt.removals.jsonl", "a.txt")
    assert "warning: 1 cleaned by other rules" in stocked.cleaner("hook", "check").stdout
    assert stocked.cleaner("hook", "check", "--strict").returncode == 1
    assert stocked.cleaner("hook", "fix", "seeds/a.txt").returncode == 1
    assert b"Share this" in (stocked.root / "cleaned/a.txt").read_bytes()
    stocked.git("add", ".")
    done = stocked.cleaner("hook", "check", "--strict")
    assert (done.returncode, done.stdout) == (0, "")
    (stocked.root / ".cleaner/decisions.jsonl").unlink()
    assert stocked.cleaner("hook", "check", "--strict").returncode == 1
    assert stocked.cleaner("hook", "fix", "seeds/a.txt").returncode == 1
    assert b"Share this" not in (stocked.root / "cleaned/a.txt").read_bytes()


def test_a_shard_has_to_heed_the_decisions_about_its_documents_only(bare: Repo) -> None:
    bare.write("seeds/s.jsonl", json.dumps({"id": "one", "text": SEED.decode()}).encode() + b"\n")
    bare.git("add", ".")
    bare.cleaner("clean", "seeds", "-o", "cleaned")
    bare.git("add", ".")
    for _ in range(2):  # proven, and known to be
        assert bare.cleaner("hook", "check", "--strict").returncode == 0
    bare.write(".cleaner/decisions.jsonl", b'{"decision":"keep","document":"two","id":"0123456789abcdef"}\n')
    assert bare.cleaner("hook", "check", "--strict").returncode == 0
    _decided(bare, "cleaned/s.jsonl.removals.jsonl", "one")
    assert bare.cleaner("hook", "check", "--strict").returncode == 1
    assert bare.cleaner("hook", "fix", "seeds/s.jsonl").returncode == 1
    bare.git("add", ".")
    assert bare.cleaner("hook", "check", "--strict").returncode == 0


def test_a_staged_seed_is_cleaned_anew_when_the_configuration_changed(stocked: Repo) -> None:
    stocked.write("cleaner.toml", b'select = ["donation"]\n')
    done = stocked.cleaner("hook", "fix", "seeds/a.txt")
    assert done.returncode == 1
    assert (stocked.root / "cleaned/a.txt").read_bytes() == SEED


def test_three_thousand_staged_seeds(bare: Repo) -> None:
    for number in range(3000):
        bare.write(f"seeds/{number:04}-a-rather-long-name-so-that-the-command-line-must-be-split.txt")
    bare.write(".pre-commit-config.yaml", HOOKS.encode())
    bare.git("add", ".")
    done = bare.run("pre-commit", "run", "corpus-clean")
    assert done.returncode == 1, done.stdout[-2000:]
    assert done.stdout.count(": wrote ") == 3000
    bare.git("add", "cleaned")
    done = bare.run("pre-commit", "run")
    assert done.returncode == 0, done.stdout[-2000:]


def test_github_annotations(repo: Repo) -> None:
    repo.write("seeds/a.txt")
    repo.git("add", "seeds")
    done = repo.cleaner("hook", "check", "--format", "github")
    assert done.stdout.startswith("::error file=seeds/a.txt::missing: cleaned/a.txt")
    repo.cleaner("clean")
    repo.git("add", "cleaned")
    repo.write("cleaner.toml", b'profile = "safe"\n')
    for strict, level in (["--strict"], "error"), ([], "warning"):
        done = repo.cleaner("hook", "check", *strict, "--format", "github")
        assert done.stdout.startswith(f"::{level} file=seeds/a.txt::cleaned by other rules, ")


def test_lines_are_sorted_and_one_a_file(repo: Repo) -> None:
    for name in "cab":
        repo.write(f"seeds/{name}.txt")
    repo.git("add", "seeds")
    lines = repo.cleaner("hook", "fix", "seeds/c.txt", "seeds/a.txt", "seeds/b.txt").stdout.split("\n")
    assert [line.split(":")[0] for line in lines[:3]] == ["seeds/a.txt", "seeds/b.txt", "seeds/c.txt"]


def test_outside_of_a_repository_one_line_says_so(tmp_path: Path) -> None:
    lonely = Repo(tmp_path, tmp_path)
    done = lonely.run(sys.executable, "-m", "cleaner", "hook", "check", env={"GIT_CEILING_DIRECTORIES": "/"})
    assert done.returncode == 2
    assert "not a git repository" in done.stdout


@pytest.mark.parametrize(
    ("path", "raw", "words"),
    [
        ("cleaner.toml", b'languages = ["xx"]\n', "cleaner.toml:1: languages: no rules are in 'xx'\n"),
        (".cleaner/decisions.jsonl", b"nonsense\n", "decisions.jsonl:1: "),
    ],
)
def test_what_is_wrong_for_all_seeds_is_told_once(bare: Repo, path: str, raw: bytes, words: str) -> None:
    bare.write(path, raw)
    for name in ("seeds/a.txt", "seeds/b.txt"):
        bare.write(name)
    bare.git("add", "seeds")
    done = bare.cleaner("hook", "fix", "seeds/a.txt", "seeds/b.txt")
    assert done.returncode == 2
    assert words in done.stdout
    assert done.stdout.count("\n") == 1


def test_a_hidden_seed_is_passed_over_by_both_hooks(repo: Repo) -> None:
    """What one hook makes and the other calls an orphan could never be committed."""
    repo.write("seeds/.draft.txt")
    repo.write("seeds/.drafts/a.txt")
    repo.git("add", "-f", "seeds")
    done = repo.commit()
    assert done.returncode == 0, done.stdout
    assert not (repo.root / "cleaned").exists()
    told = repo.cleaner("hook", "fix", "seeds/.draft.txt", "seeds/.drafts/a.txt").stdout
    assert told.startswith("warning: seeds/.draft.txt and 1 more: hidden, and so no seed; give it a name without a dot")


def test_both_hooks_refuse_a_link_among_the_seeds(bare: Repo) -> None:
    """Git keeps where it leads, which is no text; a run cleans what it leads to, so that is no orphan either."""
    bare.write("seeds/a.txt")
    bare.write("seeds/deep/e.txt")
    links = {"b.txt": "a.txt", "c.txt": "nothing", "d": "deep", "f.txt": "/etc/hostname", "g": "."}
    for name, to in links.items():
        (bare.root / "seeds" / name).symlink_to(to)
    bare.cleaner("clean")
    bare.git("add", "seeds", "cleaned")
    again = "a symbolic link to seeds/{}, which is cleaned itself; delete or exclude it"
    no_text = "a symbolic link holds no text; put the file itself here, or exclude it"
    cures = [again.format("a.txt"), no_text, again.format("deep"), no_text, no_text]
    told = "".join(f"seeds/{name}: refused: {cure}\n" for name, cure in zip(links, cures, strict=True))
    for command in (["check"], ["fix", "seeds"], ["fix", "seeds/a.txt", *(f"seeds/{name}" for name in links)]):
        done = bare.cleaner("hook", *command)
        assert (done.returncode, done.stdout) == (3, told)
    bare.write("cleaner.toml", b'exclude = ["seeds/[bcf].txt", "seeds/[dg]"]\n')
    bare.cleaner("clean")
    bare.git("add", ".")
    for command in (["hook", "check"], ["check"], ["verify"]):  # what the hook says to do, `clean` heeds
        assert bare.cleaner(*command).returncode == 0


def test_an_output_that_became_a_link_can_be_put_right(bare: Repo) -> None:
    bare.write("seeds/a.txt")
    bare.cleaner("clean")
    output = bare.root / "cleaned/a.txt"
    output.rename(bare.root / "elsewhere.txt")
    output.symlink_to("../elsewhere.txt")
    bare.git("add", ".")
    told = bare.cleaner("hook", "check")
    assert told.returncode == 1
    assert "seeds/a.txt: missing: cleaned/a.txt is a symbolic link; delete it\n" in told.stdout
    output.unlink()
    bare.cleaner("clean", "seeds", "-o", "cleaned")
    bare.git("add", "--", "cleaned")
    assert bare.cleaner("hook", "check").returncode == 0


def test_what_is_staged_counts_where_a_link_took_its_place_on_the_disk(bare: Repo) -> None:
    bare.write("seeds/a.txt")
    bare.git("add", "seeds")
    (bare.root / "seeds/a.txt").unlink()
    (bare.root / "seeds/a.txt").symlink_to("/etc/hostname")
    assert "seeds/a.txt: wrote cleaned/a.txt" in bare.cleaner("hook", "fix", "seeds/a.txt").stdout
    bare.git("add", "cleaned")
    assert bare.cleaner("hook", "check").returncode == 0


def test_an_excluded_seed_that_was_cleaned_by_name_is_no_orphan(bare: Repo) -> None:
    bare.write("cleaner.toml", b'exclude = ["seeds/a.txt"]\n')
    bare.write("seeds/a.txt")
    bare.git("add", ".")
    assert bare.cleaner("hook", "fix", "seeds/a.txt").returncode == 1
    bare.git("add", ".")
    done = bare.cleaner("hook", "check")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("command", [["fix", "seeds/a.txt.removals.jsonl"], ["check"]])
def test_a_seed_that_is_named_like_a_log_is_refused(bare: Repo, command: list[str]) -> None:
    bare.write("seeds/a.txt.removals.jsonl", b'{"text": "It rained."}\n')
    bare.git("add", ".")
    done = bare.cleaner("hook", *command)
    assert done.returncode == 3
    assert done.stdout.startswith("seeds/a.txt.removals.jsonl: refused: is named like a removals log")


def test_from_a_folder_below_the_same_seeds_are_checked(bare: Repo) -> None:
    bare.write("seeds/a.txt")
    bare.git("add", "seeds")
    bare.root /= "seeds"
    done = bare.cleaner("hook", "check")
    assert done.returncode == 1
    assert "seeds/a.txt: missing: cleaned/a.txt and cleaned/a.txt.removals.jsonl are not staged" in done.stdout
    assert "To stage: git add -- ../cleaned/a.txt" in bare.cleaner("hook", "fix", "a.txt").stdout


def test_a_log_is_the_same_wherever_the_hook_is_called(bare: Repo) -> None:
    bare.write("corpus/cleaner.toml", b"max-share = 0.8\n")
    bare.write("corpus/seeds/deep/a.txt")
    bare.git("add", "corpus")
    deep = str(bare.root / "corpus/seeds/deep")
    logs = []
    for folder, name in ((deep, "a.txt"), (str(bare.root), "corpus/seeds/deep/a.txt")):
        script = f"import os; os.chdir({folder!r}); from cleaner import cli; cli.run()"
        config = ["--config", str(bare.root / "corpus/cleaner.toml")]
        assert bare.run(sys.executable, "-c", script, "hook", "fix", name, *config).returncode == 1
        log = bare.root / "corpus/cleaned/deep/a.txt.removals.jsonl"
        logs.append(log.read_bytes())
        log.unlink()
    bare.run(
        sys.executable, "-c", f"import os; os.chdir({deep!r}); from cleaner import cli; cli.run()", "clean", "a.txt"
    )
    assert logs == [log.read_bytes()] * 2
    assert b'"source":"seeds/deep/a.txt"' in logs[0]


def test_a_corpus_below_the_root_is_found_by_its_configuration(bare: Repo) -> None:
    bare.write("data/cleaner.toml", b"")
    bare.write("data/seeds/a.txt")
    bare.git("add", ".")
    done = bare.cleaner("hook", "fix", "--config", "data/cleaner.toml", "data/seeds/a.txt")
    assert "To stage: git add -- data/cleaned/a.txt" in done.stdout
    assert bare.cleaner("hook", "check", "--config", "data/cleaner.toml").returncode == 1
    bare.git("add", ".")
    assert bare.cleaner("hook", "check", "--config", "data/cleaner.toml").returncode == 0


def test_a_folder_that_became_a_file_can_be_committed(bare: Repo) -> None:
    bare.write("seeds/a/b.txt")
    bare.git("add", ".")
    bare.cleaner("hook", "fix", "seeds/a/b.txt")
    bare.git("add", ".")
    bare.git("commit", "-qm", "a folder")
    bare.git("rm", "-qr", "seeds/a")
    bare.write("seeds/a")
    bare.git("add", ".")
    assert bare.cleaner("prune", "--force", "cleaned").returncode == 0
    assert "wrote cleaned/a" in bare.cleaner("hook", "fix", "seeds/a").stdout
    bare.git("add", ".")
    assert bare.cleaner("hook", "check").returncode == 0


def test_a_file_that_became_a_folder_can_be_committed(bare: Repo) -> None:
    for name in "ab":
        bare.write(f"seeds/{name}")
    bare.cleaner("clean")
    bare.git("add", ".")
    bare.git("commit", "-qm", "a file")
    bare.git("rm", "-q", "seeds/a")
    bare.write("seeds/a/c.txt")
    bare.git("add", ".")
    assert "cleaned/a: orphan: its seed is gone\n" in bare.cleaner("hook", "check").stdout
    assert bare.cleaner("prune", "cleaned").stdout.startswith("cleaned/a: its raw text is gone; deleted\n")
    assert "wrote cleaned/a/c.txt" in bare.cleaner("hook", "fix", "seeds").stdout
    bare.git("add", ".")
    done = bare.cleaner("hook", "check")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_hook_stays_out_while_a_run_writes_to_the_outputs(bare: Repo) -> None:
    """Both grow a file under the same name beside its place: half of one could end up as the other's."""
    bare.write("seeds/a.txt")
    bare.git("add", "seeds")
    with Lock(bare.root / "cleaned"):
        done = bare.cleaner("hook", "fix", "seeds/a.txt")
        assert done.returncode == 5
        assert "cleaned: another run is writing here; wait for it" in done.stdout
    assert bare.cleaner("hook", "fix", "seeds/a.txt").returncode == 1
    bare.git("add", ".")
    with Lock(bare.root / "cleaned"):  # with nothing to do it need not wait
        assert bare.cleaner("hook", "fix", "seeds/a.txt").returncode == 0


def test_a_seed_that_cannot_be_read_holds_up_no_other(bare: Repo) -> None:
    """The system's answer is made up: the root user may read all. What is staged is had from git."""
    bare.write("seeds/a.txt")
    bare.write("seeds/b.txt")
    bare.git("add", "seeds/b.txt")
    script = (
        "import pathlib\n"
        "read = pathlib.Path.read_bytes\n"
        "def deny(self):\n"
        "    if self.parent.name == 'seeds': raise PermissionError(13, 'Permission denied', str(self))\n"
        "    return read(self)\n"
        "pathlib.Path.read_bytes = deny\n"
        "from cleaner import cli\n"
        "cli.run()\n"
    )
    done = bare.run(sys.executable, "-c", script, "hook", "fix", "seeds/a.txt", "seeds/b.txt")
    assert done.returncode == 3
    assert "seeds/a.txt: refused: permission denied; change its permissions" in done.stdout
    assert "seeds/b.txt: wrote cleaned/b.txt" in done.stdout


def test_what_stands_beside_a_seed_in_conflict_is_no_orphan(stocked: Repo) -> None:
    stocked.git("checkout", "-q", "-b", "work")
    for branch, words in (("work", b"One. "), ("main", b"Two. ")):
        stocked.git("checkout", "-q", branch)
        stocked.write("seeds/a.txt", words + SEED)
        stocked.git("add", "seeds")
        stocked.commit()
        stocked.git("add", "cleaned")
        assert stocked.commit().returncode == 0
    assert stocked.run("git", "merge", "work").returncode == 1
    stocked.git("checkout", "--theirs", "--", "cleaned")
    stocked.git("add", "cleaned")
    checked = stocked.cleaner("hook", "check")
    told = "seeds/a.txt: refused: is in conflict; resolve it, then git add it\n"
    assert (checked.returncode, checked.stdout) == (3, told)


def test_a_seed_in_conflict_is_no_text_yet(stocked: Repo) -> None:
    stocked.git("checkout", "-q", "-b", "work")
    for branch, words in (("work", b"One. "), ("main", b"Two. ")):
        stocked.git("checkout", "-q", branch)
        stocked.write("seeds/a.txt", words + SEED)
        stocked.cleaner("clean")
        stocked.git("add", ".")
        stocked.git("commit", "-qm", branch)
    assert stocked.run("git", "merge", "work").returncode == 1
    before = (stocked.root / "cleaned/a.txt").read_bytes()
    for command in (["check"], ["fix", "seeds/a.txt"], ["fix", "seeds"]):
        done = stocked.cleaner("hook", *command)
        told = "seeds/a.txt: refused: is in conflict; resolve it, then git add it\n"
        assert (done.returncode, done.stdout) == (3, told)
    assert (stocked.root / "cleaned/a.txt").read_bytes() == before
    stocked.write("seeds/a.txt", b"One and two. " + SEED)
    stocked.git("add", "seeds")
    assert stocked.cleaner("hook", "fix", "seeds/a.txt").returncode == 1
    stocked.git("add", "cleaned")
    assert stocked.commit().returncode == 0


@pytest.mark.parametrize("ignored", [False, True])
def test_outputs_of_a_seed_that_is_not_staged_are_told_so(bare: Repo, ignored: bool) -> None:
    """To delete them would be no cure: `prune` sees the seed on the disk."""
    bare.write("seeds/a.txt")
    bare.cleaner("clean")
    bare.git("add", "cleaned")
    if ignored:
        bare.write(".gitignore", b"a.txt\n")
    told = bare.cleaner("hook", "check").stdout.split("\n")
    why = "orphan: its seed is not staged; git add it, or git rm --cached this"
    assert told[:2] == [f"{path}: {why}" for path in sorted(OUTPUTS)]
    ignores = "git ignores seeds/a.txt: take it out of .gitignore, else no commit can hold it"
    assert told[2:] == [ignores] * ignored + ["To fix: git add -- seeds/a.txt", ""]
    fixed = bare.cleaner("hook", "fix", "seeds/a.txt")
    assert fixed.returncode == 1
    assert fixed.stdout.startswith("seeds/a.txt: is not staged, as its cleaned text is\n")
    assert fixed.stdout.endswith("To stage: git add -- seeds/a.txt\n")
    (bare.root / ".gitignore").unlink(missing_ok=True)
    bare.git("add", "--", "seeds/a.txt")
    for command in (["check"], ["fix", "seeds"]):
        done = bare.cleaner("hook", *command)
        assert (done.returncode, done.stdout) == (0, "")
    bare.git("rm", "-q", "--cached", "seeds/a.txt")
    assert "To fix: git add -- seeds/a.txt\n" in bare.cleaner("hook", "check").stdout


def test_outputs_of_a_repository_among_the_seeds_need_that_staged(bare: Repo) -> None:
    inner = Repo(bare.root / "seeds/inner", bare.root.parent)
    for name in ("x", "deep/y"):
        inner.write(f"{name}.txt")
    inner.git("init", "-q", "-b", "main")
    inner.git("add", ".")
    inner.git("commit", "-qm", "x")
    bare.cleaner("clean")
    bare.git("add", "cleaned")
    assert bare.cleaner("hook", "check").stdout.endswith("To fix: git add -- seeds/inner\n")
    fixed = bare.cleaner("hook", "fix", "seeds/inner/deep/y.txt").stdout
    assert fixed.endswith("To stage: git add -- seeds/inner\n")
    bare.git("add", "--", "seeds/inner")
    for command in (["check"], ["fix", "seeds/inner/x.txt"], ["fix", "seeds/inner"]):
        done = bare.cleaner("hook", *command)
        assert (done.returncode, done.stdout) == (0, "")


def test_a_hidden_seed_that_was_cleaned_by_name_leaves_no_orphan(bare: Repo) -> None:
    bare.write("seeds/.a.txt")
    bare.cleaner("clean", "seeds/.a.txt")
    bare.git("add", ".")
    assert "cleaned/.a.txt" in bare.index()
    done = bare.cleaner("hook", "check")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_folder_means_the_staged_seeds_in_it(bare: Repo) -> None:
    bare.write("cleaner.toml", b'exclude = ["seeds/not.txt"]\n')
    for name in ("a.txt", "deep/b.txt", "deep/c.txt", "not.txt"):
        bare.write(f"seeds/{name}")
    bare.git("add", "seeds/a.txt", "seeds/deep/b.txt", "seeds/not.txt")
    for folder, names in (
        ("seeds/deep", ["deep/b.txt"]),
        ("seeds", ["a.txt", "deep/b.txt"]),
        (".", ["a.txt", "deep/b.txt"]),
    ):
        done = bare.cleaner("hook", "fix", folder)
        assert done.returncode == 1
        assert [line.split(": ")[0] for line in done.stdout.split("\n")[:-2]] == [f"seeds/{name}" for name in names]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["seeds/no.txt"], "seeds/no.txt: nothing is staged by that name"),
        (["seeds/no.txt", "seeds/a.txt", "seeds/n.txt"], "seeds/n.txt and 1 more: nothing is staged by that name"),
        (["seeds/empty"], "seeds/empty: nothing is staged by that name"),
        (["/etc/passwd"], "/etc/passwd: not in seeds, where the seeds are"),
        (["README.md", "cleaned"], "README.md and 1 more: not in seeds, where the seeds are"),
        (["README.md", "seeds/a.txt"], ""),
        (["seeds/not.txt", "--force-exclude"], ""),
        ([], ""),
    ],
)
def test_a_name_that_no_seed_has_is_told(stocked: Repo, names: list[str], told: str) -> None:
    """But it stops no commit: hooks hand on what they like, deleted files too."""
    stocked.write("cleaner.toml", b'exclude = ["seeds/not.txt"]\n')
    (stocked.root / "seeds/empty").mkdir()
    stocked.cleaner("clean")
    stocked.git("add", ".")
    done = stocked.cleaner("hook", "fix", *names)
    assert (done.returncode, done.stdout) == (0, f"warning: {told}\n" if told else "")


def test_a_seed_that_is_not_staged_has_to_be_too(bare: Repo) -> None:
    bare.write("seeds/a.txt")
    for verb in ("wrote", "is right"):
        done = bare.cleaner("hook", "fix", "seeds/a.txt")
        assert done.returncode == 1
        assert verb in done.stdout
        assert done.stdout.endswith("To stage: git add -- seeds/a.txt cleaned/a.txt cleaned/a.txt.removals.jsonl\n")


@pytest.mark.parametrize("command", [["check"], ["fix", "seeds"]])
def test_a_refusal_names_settings_and_not_the_options_of_other_commands(bare: Repo, command: list[str]) -> None:
    bare.write("cleaner.toml", b"max-bytes = 500\n")
    bare.write("seeds/a.txt", b"Caf\xe9\n")
    bare.write("seeds/b.txt", SEED * 2)
    bare.git("add", "seeds")
    done = bare.cleaner("hook", *command)
    assert done.returncode == 3
    assert "name its `encoding` in the configuration or convert it\n" in done.stdout
    assert "seeds/b.txt: refused: larger than 500 bytes; raise `max-bytes` in the configuration" in done.stdout
    bare.write("cleaner.toml", b"encoding = 'cp1252'\n")
    assert "refused" not in bare.cleaner("hook", *command).stdout


def test_outputs_in_a_folder_that_was_renamed_along_are_made_anew(bare: Repo) -> None:
    """Else the log would name a seed that is not there, and call its document so, by which decisions find it."""
    bare.write("seeds/one/a.txt")
    bare.cleaner("clean", "seeds", "-o", "cleaned")
    bare.git("add", ".")
    assert bare.cleaner("hook", "check").returncode == 0
    for folder in ("seeds", "cleaned"):
        bare.git("mv", f"{folder}/one", f"{folder}/two")
    checked = bare.cleaner("hook", "check")
    assert checked.returncode == 1
    assert "seeds/two/a.txt: stale: its log is that of seeds/one/a.txt\n" in checked.stdout
    assert bare.cleaner("hook", "fix", "seeds/two/a.txt").returncode == 1
    bare.git("add", "cleaned")
    assert bare.cleaner("hook", "check").returncode == 0
