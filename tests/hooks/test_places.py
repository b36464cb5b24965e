"""Where the hooks are called: worktrees, submodules, folders below, beside a run."""

import sys
from pathlib import Path

import pytest

from cleaner.machine.locks import Lock
from tests.hooks.conftest import SEED, Repo

pytestmark = pytest.mark.hooks


def another(tmp_path_factory: pytest.TempPathFactory, beside: Repo, path: str, raw: bytes = SEED) -> Repo:
    """A repository elsewhere with one file committed."""
    made = Repo(tmp_path_factory.mktemp("inner"), beside.root.parent)
    made.git("init", "-q", "-b", "main")
    made.write(path, raw)
    made.git("add", ".")
    made.git("commit", "-qm", "x")
    return made


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


@pytest.mark.parametrize(
    "hook", ["{} hook check --config corpus/cleaner.toml", "cd corpus && {} hook check"], ids=["named", "changed to"]
)
def test_a_plain_hook_in_a_worktree_finds_a_corpus_below_the_root(
    bare: Repo, tmp_path_factory: pytest.TempPathFactory, hook: str
) -> None:
    """There git tells the hook its GIT_DIR, with which any folder passes for the top of the work tree."""
    bare.write("corpus/cleaner.toml", b"max-share = 0.8\n")
    bare.git("add", "corpus")
    bare.git("commit", "-qm", "a configuration")
    script = f"#!/bin/sh\n{hook.format(f'{sys.executable} -m cleaner')}\n"
    bare.write(".git/hooks/pre-commit", script.encode()).chmod(0o755)
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
    inner = another(tmp_path_factory, stocked, "x.txt", b"text\n")
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
    inner = another(tmp_path_factory, bare, "x.txt")
    bare.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "seeds")
    bare.cleaner("clean")
    bare.git("add", "cleaned")
    told = bare.cleaner("hook", "check")
    assert (told.returncode, told.stdout) == (0, "")


def test_seeds_deep_in_a_submodule_are_left_alone(bare: Repo, tmp_path_factory: pytest.TempPathFactory) -> None:
    inner = another(tmp_path_factory, bare, "texts/of/2024/x.txt")
    bare.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "data")
    bare.write("cleaner.toml", b'input = "data/texts/of"\n')
    bare.cleaner("clean")
    bare.git("add", "cleaned")
    assert "cleaned/2024/x.txt" in bare.index()
    told = bare.cleaner("hook", "check")
    assert (told.returncode, told.stdout) == (0, "")
    bare.git("rm", "-qf", "data")
    assert bare.cleaner("hook", "check").stdout.count("orphan: its seed is gone") == 2


def test_what_was_proven_in_one_folder_is_not_in_another(bare: Repo) -> None:
    """The hook passed here, and failed in CI, where nothing was proven yet."""
    bare.write("seeds/a.txt")
    bare.cleaner("clean")
    bare.git("add", ".")
    assert bare.cleaner("hook", "check").returncode == 0
    bare.git("mv", "seeds", "raw")
    bare.write("cleaner.toml", b'input = "raw"\n')
    bare.git("add", ".")
    told = bare.cleaner("hook", "check")
    assert (told.returncode, "raw/a.txt: stale: its log is that of seeds/a.txt" in told.stdout) == (1, True)


def test_skip_skips(repo: Repo) -> None:
    repo.write("seeds/a.txt")
    repo.git("add", "seeds")
    assert repo.commit(env={"SKIP": "corpus-clean,corpus-clean-check"}).returncode == 0
    assert repo.cleaner("hook", "check").returncode == 1


def test_outside_of_a_repository_one_line_says_so(tmp_path: Path) -> None:
    lonely = Repo(tmp_path, tmp_path)
    done = lonely.run(sys.executable, "-m", "cleaner", "hook", "check", env={"GIT_CEILING_DIRECTORIES": "/"})
    assert done.returncode == 2
    assert "not a git repository" in done.stdout


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


@pytest.mark.parametrize("named", ["seeds", "seeds/a.txt"])
def test_a_whole_path_may_lead_through_a_link_to_the_root(bare: Repo, tmp_path: Path, named: str) -> None:
    bare.write("seeds/a.txt")
    bare.git("add", ".")
    (tmp_path / "link").symlink_to(bare.root)
    told = bare.cleaner("hook", "fix", str(tmp_path / "link" / named)).stdout
    assert told.startswith("seeds/a.txt: wrote cleaned/a.txt")


def test_a_configuration_may_be_named_through_a_link_to_the_root(bare: Repo, tmp_path: Path) -> None:
    """Only what it says itself names the seeds: the way to it is nobody's business, least of all the log's."""
    bare.write("texts/a.txt")
    bare.write("cleaner.toml", b"")
    (bare.root / "seeds").symlink_to("texts")
    bare.git("add", ".")
    (tmp_path / "link").symlink_to(bare.root)
    told = bare.cleaner("hook", "fix", "--config", str(tmp_path / "link" / "cleaner.toml"), "seeds").stdout
    assert "texts/a.txt: wrote cleaned/a.txt" in told
    assert b'"source":"seeds/a.txt"' in (bare.root / "cleaned/a.txt.removals.jsonl").read_bytes()
    bare.git("add", "cleaned")
    for command in (["hook", "check", "--strict"], ["check"], ["verify"]):
        done = bare.cleaner(*command)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("named", ["seeds", "seeds/a.txt", "texts/a.txt"])
def test_seeds_that_a_link_leads_to_are_known_by_both_names(bare: Repo, named: str) -> None:
    """Git lists where they lie; exclusions and logs know them by the name that the configuration has for them."""
    bare.write("texts/a.txt")
    bare.write("texts/b.txt")
    bare.write("cleaner.toml", b'exclude = ["seeds/b.txt"]\n')
    (bare.root / "seeds").symlink_to("texts")
    bare.git("add", ".")
    told = bare.cleaner("hook", "check").stdout
    assert "To fix: cleaner clean seeds -o cleaned && git add -- cleaned\n" in told
    assert "b.txt" not in told
    assert "texts/a.txt: wrote cleaned/a.txt" in bare.cleaner("hook", "fix", "--force-exclude", named).stdout
    bare.git("add", "cleaned")
    for command in (["hook", "fix", named], ["hook", "check", "--strict"], ["check"], ["verify"]):
        done = bare.cleaner(*command)
        assert done.returncode == 0, done.stdout


def test_a_corpus_below_the_root_is_found_by_its_configuration(bare: Repo) -> None:
    bare.write("data/cleaner.toml", b"")
    bare.write("data/seeds/a.txt")
    bare.git("add", ".")
    done = bare.cleaner("hook", "fix", "--config", "data/cleaner.toml", "data/seeds/a.txt")
    assert "To stage: git add -- data/cleaned/a.txt" in done.stdout
    assert bare.cleaner("hook", "check", "--config", "data/cleaner.toml").returncode == 1
    bare.git("add", ".")
    assert bare.cleaner("hook", "check", "--config", "data/cleaner.toml").returncode == 0


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
