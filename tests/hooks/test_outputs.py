"""Whether the staged cleaned texts and logs are those of the staged seeds: stale, outdated, ignored, orphans."""

import json

import pytest

from tests.hooks.conftest import OUTPUTS, SEED, Repo

pytestmark = pytest.mark.hooks


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


def test_an_excluded_seed_that_was_cleaned_by_name_is_no_orphan(bare: Repo) -> None:
    bare.write("cleaner.toml", b'exclude = ["seeds/a.txt"]\n')
    bare.write("seeds/a.txt")
    bare.git("add", ".")
    assert bare.cleaner("hook", "fix", "seeds/a.txt").returncode == 1
    bare.git("add", ".")
    done = bare.cleaner("hook", "check")
    assert (done.returncode, done.stdout) == (0, "")


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


def test_a_seed_that_is_not_staged_has_to_be_too(bare: Repo) -> None:
    bare.write("seeds/a.txt")
    for verb in ("wrote", "is right"):
        done = bare.cleaner("hook", "fix", "seeds/a.txt")
        assert done.returncode == 1
        assert verb in done.stdout
        assert done.stdout.endswith("To stage: git add -- seeds/a.txt cleaned/a.txt cleaned/a.txt.removals.jsonl\n")


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


def test_of_a_seed_that_was_changed_since_it_was_staged_the_cure_cleans_what_is_staged(bare: Repo) -> None:
    for name in ("a", "b"):
        bare.write(f"seeds/{name}.txt")
    bare.git("add", "seeds")
    bare.write("seeds/a.txt", SEED + b"More was said on Wednesday.\n")
    told = bare.cleaner("hook", "check").stdout.split("\n")
    cures = [line.partition(": ")[2] for line in told if line.startswith("To fix")]
    assert len(cures) == 2 and cures[1].startswith("cleaner hook fix seeds/a.txt; git add -- ")
    for cure in cures:
        bare.run("sh", "-c", cure)
    done = bare.cleaner("hook", "check")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Wednesday" not in bare.git("show", ":cleaned/a.txt")
