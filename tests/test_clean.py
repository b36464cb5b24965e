"""`clean` and `check`: what a run writes or would write, what it passes over, and what it leaves whole."""

import json
import shutil
import subprocess

import pytest

from cleaner.pipeline import cut
from tests.project import CLEANED, RAW, Project


def test_check_tells_what_clean_would_write_and_writes_nothing(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("check")
    assert ended.code == 1
    assert ended.out == b"seeds/a.txt: missing: cleaned/a.txt is missing (-20 characters, 1 removal)\n"
    assert not (project.folder / "cleaned").exists()
    project.cleaner("clean")
    assert project.cleaner("check").code == 0
    project.write("cleaned/a.txt", CLEANED + b"by hand")
    ended = project.cleaner("check", "-j", 2)
    assert ended.code == 1
    assert ended.out == b"seeds/a.txt: stale: cleaned/a.txt is not what comes of it (-20 characters, 1 removal)\n"
    assert project.read("cleaned/a.txt") == CLEANED + b"by hand"


def test_a_dry_run_says_the_same_and_ends_with_0(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("clean", "--dry-run")
    assert ended.code == 0
    assert ended.out.startswith(b"seeds/a.txt: missing:")
    assert "would be removed" in ended.err
    assert not (project.folder / "cleaned").exists()


def test_a_dry_run_that_was_refused_an_input_says_so_in_its_exit_code(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", b"\xff")
    assert project.cleaner("clean", "--dry-run").code == 3


def test_a_log_that_was_made_from_another_folder_is_told_from_one_of_other_rules(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/a.txt", b"It rained.\n")  # which no rule cuts
    project.cleaner("clean", "--isolated")
    assert b"is not from these rules and settings" in project.cleaner("check").out
    monkeypatch.chdir(project.folder / "seeds")
    told = project.cleaner("check", "--isolated", ".", "-o", "../cleaned").out
    assert b"a.txt.removals.jsonl calls its input seeds/a.txt: it was cleaned from another folder" in told


def test_exclusion_follows_gitignore_and_spares_named_files_unless_forced(project: Project) -> None:
    for name in ("a.txt", "drafts/b.txt", "c.bak", "keep.bak"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean", "--exclude", "drafts/,*.bak", "--exclude", "!keep.bak")
    assert {name for name in project.files() if "removals" not in name} == {"a.txt", "keep.bak"}
    ended = project.cleaner("clean", "seeds/c.bak", "--exclude", "*.bak", "--force-exclude", "-v")
    assert ended.err.startswith("0 documents")
    assert project.cleaner("clean", "seeds/c.bak", "--exclude", "*.bak").code == 0
    assert "c.bak" in project.files()


@pytest.mark.parametrize(
    ("patterns", "kept"),
    [
        (["seeds/dir/", "!seeds/dir/keep.txt"], {"a.txt"}),
        (["dir", "!keep.txt"], {"a.txt"}),
        (["dir/ ", "!keep.txt"], {"a.txt"}),
        (["seeds/dir/*", "!seeds/dir/keep.txt"], {"a.txt", "dir/keep.txt"}),
        (["seeds/dir/**", "!seeds/dir/keep.txt"], {"a.txt", "dir/keep.txt"}),
        (["seeds/dir/**", "!seeds/dir/deep/", "!c.txt"], {"a.txt", "dir/deep/c.txt"}),
        (["*", "!*/", "!keep.txt"], {"dir/keep.txt"}),
        (["!/", "/"], {"a.txt", "dir/b.txt", "dir/keep.txt", "dir/deep/c.txt"}),
    ],
)
def test_a_walk_and_a_look_at_one_file_exclude_what_git_ignores(
    project: Project, patterns: list[str], kept: set[str]
) -> None:
    for name in ("a.txt", "dir/b.txt", "dir/keep.txt", "dir/deep/c.txt"):
        project.write(f"seeds/{name}", RAW)
    project.write("cleaner.toml", f"exclude = {json.dumps(patterns)}\n".encode() + project.read("cleaner.toml"))
    subprocess.run(["git", "init", "-q"], cwd=project.folder, check=True)
    project.write(".git/info/exclude", "\n".join(patterns).encode() + b"\n")
    asked = ["git", "ls-files", "--others", "--exclude-standard", "seeds"]
    done = subprocess.run(asked, cwd=project.folder, stdout=subprocess.PIPE, text=True, check=True)
    assert set(done.stdout.split()) == {f"seeds/{name}" for name in kept}
    project.cleaner("clean")
    assert {name for name in project.files() if "removals" not in name} == kept
    shutil.rmtree(project.folder / "cleaned")
    named = sorted((project.folder / "seeds").rglob("*.txt"))
    project.cleaner("clean", "--force-exclude", *(path.relative_to(project.folder) for path in named))
    assert {name for name in project.files() if "removals" not in name} == kept


def test_hidden_files_are_other_tools_business(project: Project) -> None:
    project.write("seeds/.DS_Store", b"\xff\x00")
    project.write("seeds/.git/HEAD", b"ref")
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("clean").code == 0
    assert set(project.files()) == {"a.txt", "a.txt.removals.jsonl"}


def test_a_document_that_would_lose_nearly_all_is_left_whole_aloud(project: Project) -> None:
    project.write("seeds/a.txt", b"Notice: this goes, and nearly all the rest.\nHm\n")
    ended = project.cleaner("clean")
    assert ended.code == 0
    assert ended.err.startswith("seeds/a.txt: would lose 95 % of what is not comments (limit 90 %), so it is")
    assert project.read("cleaned/a.txt") == project.read("seeds/a.txt")


def test_an_output_that_would_not_restore_is_never_written(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("seeds/a.txt", RAW)
    monkeypatch.setattr("cleaner.pipeline.cut", lambda text, removals: cut(text, removals).replace("first", "1st"))
    ended = project.cleaner("clean")
    assert ended.code == 70
    assert "cleaned text and log do not give the raw text back" in ended.err
    assert project.files() == {}
