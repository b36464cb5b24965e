"""`prune`: what has no raw text any more goes, and nothing else does."""

import os
import subprocess
from typing import Any

import pytest

from cleaner.log import SUFFIX
from tests.project import RAW, Project


def test_prune_deletes_what_has_no_raw_text_any_more(project: Project) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean")
    (project.folder / "seeds/a.txt").unlink()
    (project.folder / "seeds/b.txt").unlink()
    project.write("cleaned/b.txt", b"by hand")
    ended = project.cleaner("prune", "--dry-run")
    assert b"cleaned/a.txt: its raw text is gone; would be deleted\n" in ended.out
    assert "cleaned/b.txt: was changed after it was written" in ended.err
    assert len(project.files()) == 6
    assert project.cleaner("prune").code == 4
    assert set(project.files()) == {"b.txt", "b.txt.removals.jsonl", "c.txt", "c.txt.removals.jsonl"}
    assert project.cleaner("prune", "--force").code == 0
    assert set(project.files()) == {"c.txt", "c.txt.removals.jsonl"}


def test_prune_spares_what_nobody_can_tell_whether_its_raw_text_is_there(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may not be looked into is not an empty one."""
    for name in ("a", "b", "locked/c"):
        project.write(f"seeds/{name}.txt", RAW)
    project.cleaner("clean")
    (project.folder / "seeds/b.txt").unlink()
    stat = os.stat

    def refused(path: Any, **more: Any) -> os.stat_result:
        if os.fspath(path) == "seeds/locked/c.txt":
            raise PermissionError(13, "Permission denied", "seeds/locked/c.txt")
        return stat(path, **more)

    monkeypatch.setattr(os, "stat", refused)
    ended = project.cleaner("prune")
    assert ended.code == 4
    assert "cleaned/locked/c.txt: stays: seeds/locked/c.txt: permission denied; change its permissions" in ended.err
    assert ended.out == b"cleaned/b.txt: its raw text is gone; deleted\n"
    assert set(project.files()) == {f"{name}.txt{end}" for name in ("a", "locked/c") for end in ("", SUFFIX)}


def test_an_output_is_not_taken_for_its_own_raw_text(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen from its own folder, it stands where the log, made from another folder, names the raw text."""
    project.write("a.txt", RAW)
    project.cleaner("clean", "a.txt", "-o", "out")
    (project.folder / "out/cleaner.toml").touch()
    monkeypatch.chdir(project.folder / "out")
    ended = project.cleaner("verify", "a.txt")
    assert (ended.code, ended.out, ended.err) == (0, b"", "1 output proven\n")
    assert project.cleaner("prune", "-n", "a.txt").out == b""  # where its raw text is, nobody knows


def git(*arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def test_prune_spares_what_a_sparse_checkout_leaves_out(project: Project) -> None:
    for name in ("a.txt", "part/b.txt", "part/c.txt", "d.txt"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "x")
    git("sparse-checkout", "set", "--no-cone", "/*", "!/seeds/part/")
    assert not (project.folder / "seeds/part").exists()
    (project.folder / "seeds/d.txt").unlink()
    ended = project.cleaner("prune")
    assert (ended.code, ended.out) == (0, b"cleaned/d.txt: its raw text is gone; deleted\n")
    git("rm", "-q", "--cached", "--sparse", "seeds/part/c.txt")
    assert project.cleaner("prune").out == b"cleaned/part/c.txt: its raw text is gone; deleted\n"
    assert (project.folder / "cleaned/part/b.txt").exists()


def test_prune_spares_what_a_link_stands_for_that_leads_nowhere_just_now(project: Project) -> None:
    """So git-annex leaves what it has elsewhere."""
    for name in ("a.txt", "b.txt"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean")
    (project.folder / "seeds/a.txt").unlink()
    (project.folder / "seeds/a.txt").symlink_to("../.git/annex/objects/a")
    ended = project.cleaner("prune")
    assert (ended.code, ended.out) == (0, b"")


def test_prune_leaves_alone_what_is_not_its_own_and_goes_on(project: Project) -> None:
    for name in "abc":
        project.write(f"seeds/{name}/{name}.txt", RAW)
    project.cleaner("clean")
    for name in ("other.txt", "other.txt.removals.jsonl", "b/other"):
        project.write(f"cleaned/{name}", b"{}\n")
    for name in "ab":
        (project.folder / f"seeds/{name}/{name}.txt").unlink()
    ended = project.cleaner("prune")
    assert ended.code == 4
    assert "cleaned/other.txt.removals.jsonl:1: not a record of a removals log" in ended.err
    assert ended.err.endswith("2 outputs deleted\n")
    assert project.files().keys() == {
        "other.txt",
        "other.txt.removals.jsonl",
        "b/other",
        "c/c.txt",
        "c/c.txt.removals.jsonl",
    }
    assert not (project.folder / "cleaned/a").exists()


def test_prune_spares_what_was_cleaned_from_another_folder(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its log names the raw text from there."""
    for name in "ab":
        project.write(f"seeds/{name}.txt", RAW)
    project.cleaner("clean")
    monkeypatch.chdir(project.folder / "seeds")
    project.cleaner("clean", "--isolated", "a.txt", "-o", "../cleaned")
    monkeypatch.chdir(project.folder)
    assert b'"source":"a.txt"' in project.read("cleaned/a.txt.removals.jsonl")
    ended = project.cleaner("prune")
    assert (ended.code, ended.err) == (0, "0 outputs deleted\n")


def test_another_corpus_is_looked_at_from_its_own_folder(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a corpus that shares one name with it, all others passed for gone, and the one for changed."""
    for name in "ab":
        project.write(f"other/seeds/{name}.txt", RAW + name.encode())
    (project.folder / "other/cleaner.toml").write_bytes(b"")
    monkeypatch.chdir(project.folder / "other")
    project.cleaner("clean")
    (project.folder / "other/cleaner.toml").unlink()
    monkeypatch.chdir(project.folder)
    project.write("here/seeds/a.txt", RAW)
    (project.folder / "cleaner.toml").unlink()
    monkeypatch.chdir(project.folder / "here")
    assert project.cleaner("prune", "../other/cleaned").err == "0 outputs deleted\n"
    assert project.cleaner("verify", "../other/cleaned").code == 0
    project.write("other/seeds/a.txt", RAW)
    assert project.cleaner("verify", "../other/cleaned").code == 4


def test_prune_does_not_empty_a_corpus_because_it_stands_in_the_wrong_folder(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    (project.folder / "seeds/a.txt").unlink()
    ended = project.cleaner("prune")
    assert ended.code == 2
    assert "not one raw text is there: is this the right folder?" in ended.err
    assert len(project.files()) == 2
