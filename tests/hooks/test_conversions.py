"""Where git's attributes make other bytes of a file, hook and `clean` undid each other, each by the other's advice."""

import re

import pytest

from tests.hooks.conftest import SEED, Repo

pytestmark = pytest.mark.hooks

PATHS = ["seeds/a.txt", "seeds/b.txt"]


def follow(repo: Repo, told: str) -> None:
    """Does what the hook says."""
    for cure, command in set(re.findall("put `(.*)` into .gitattributes, then git (.*)", told)):
        repo.write(".gitattributes", (repo.root / ".gitattributes").read_bytes() + cure.encode() + b"\n")
        repo.git(*command.split())
    repo.run("sh", "-c", told.split("To fix: ")[1])


@pytest.mark.parametrize(
    ("attributes", "raw", "what"),
    [
        ("seeds/* working-tree-encoding=UTF-16LE-BOM text", SEED.decode().encode("utf-16"), "encoding"),
        ("*.txt ident", b"Version $Id$\n\n" + SEED, "$Id$"),
        ("seeds/* text eol=crlf", SEED.replace(b"\n", b"\r\n"), "line ends"),
        ("seeds/* text eol=crlf ident", SEED.replace(b"\n", b"\r\n") + b"$Id$\r\n", "$Id$ and its line ends"),
    ],
)
def test_a_conversion_is_told_with_the_cure_that_ends_it(bare: Repo, attributes: str, raw: bytes, what: str) -> None:
    bare.write(".gitattributes", f"{attributes}\n".encode())
    for path in PATHS:
        bare.write(path, raw)
    bare.git("add", ".")
    for path in PATHS:
        (bare.root / path).unlink()
    bare.git("checkout", "seeds")
    fixed = bare.cleaner("hook", "fix", *PATHS)
    assert fixed.returncode == 1
    bare.git("add", "cleaned")
    assert bare.cleaner("clean").returncode == 0
    bare.git("add", "cleaned")
    checked = bare.cleaner("hook", "check")
    assert checked.returncode == 1
    for done in (fixed, checked):
        for path in PATHS:
            assert f"{path}: git changes its {what}; put `seeds/** -" in done.stdout
    assert ("put `cleaned/** -" in checked.stdout) == attributes.startswith("*")
    follow(bare, checked.stdout)
    for command in (["hook", "check"], ["hook", "fix", *PATHS], ["check"]):
        done = bare.cleaner(*command)
        assert done.returncode == 0, done.stdout


def test_a_text_that_a_person_changed_is_not_put_down_to_git(bare: Repo) -> None:
    bare.write(".gitattributes", b"*.txt ident text eol=crlf\n")
    bare.write("seeds/a.txt", b"$Id$\r\n\r\n" + SEED)
    bare.git("add", ".")
    bare.write("seeds/a.txt", b"$Id$\r\n\r\nMore.\r\n\r\n" + SEED)
    assert "git changes" not in bare.cleaner("hook", "fix", "seeds/a.txt").stdout
