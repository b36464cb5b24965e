"""The hooks as a stranger gets them: built from this repository by pre-commit, and by prek."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hooks.conftest import ROOT, Repo

pytestmark = pytest.mark.hooks


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This work tree's package and hook file as one commit of a repository of its own."""
    place = tmp_path_factory.mktemp("published")
    for name in ("cleaner", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place / name)
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    for command in (
        ["git", "init", "-q"],
        ["git", "add", "."],
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "1"],
    ):
        subprocess.run(command, cwd=place, env=environment, check=True)
    return place


def test_try_repo_builds_the_hook_and_runs_it(bare: Repo, published: Path) -> None:
    bare.write("seeds/a.txt")
    bare.git("add", "seeds")
    done = bare.run("pre-commit", "try-repo", str(published), "corpus-clean", "--all-files")
    assert "wrote cleaned/a.txt" in done.stdout, done.stdout[-3000:]
    bare.git("add", "cleaned")
    done = bare.run("pre-commit", "try-repo", str(published), "--all-files")
    assert done.returncode == 0, done.stdout[-3000:]


def test_prek_runs_the_same_hooks(repo: Repo) -> None:
    repo.write("seeds/a.txt")
    repo.git("add", "seeds")
    done = repo.run("prek", "run", "corpus-clean")
    assert done.returncode == 1, done.stdout
    assert "wrote cleaned/a.txt" in done.stdout
    repo.git("add", "cleaned")
    done = repo.run("prek", "run")
    assert done.returncode == 0, done.stdout
