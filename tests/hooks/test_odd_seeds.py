"""Seeds of every kind that git holds: odd names, links, other encodings, git-lfs, conflicts, files that became folders."""

import os
import sys

import pytest

from tests.hooks.conftest import ARTICLE, SEED, Repo

pytestmark = pytest.mark.hooks


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


@pytest.mark.parametrize("command", [["fix", "seeds/a.txt.removals.jsonl"], ["check"]])
def test_a_seed_that_is_named_like_a_log_is_refused(bare: Repo, command: list[str]) -> None:
    bare.write("seeds/a.txt.removals.jsonl", b'{"text": "It rained."}\n')
    bare.git("add", ".")
    done = bare.cleaner("hook", *command)
    assert done.returncode == 3
    assert done.stdout.startswith("seeds/a.txt.removals.jsonl: refused: is named like a removals log")


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
