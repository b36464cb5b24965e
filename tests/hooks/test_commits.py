"""What a commit is told, with a real `git commit` through the real pre-commit: waiting, staging, amending, merging, many."""

import pytest

from tests.hooks.conftest import ARTICLE, HOOKS, OUTPUTS, SEED, Repo

pytestmark = pytest.mark.hooks


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
