"""`hook fix` and `hook check` as hooks call them: without click, and with the same result."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.cli.committing import straight
from tests.project import RAW, Project


@pytest.mark.parametrize(
    "line",
    [
        *("", "mend a", "fix -n.txt", "fix -- a", "fix --strict a", "fix --format github a", "fix --config c.toml a"),
        *("check a", "check --help", "check --config c.toml", "check --strict --config c.toml"),
    ],
)
def test_what_no_hook_is_called_by_is_left_to_click(line: str) -> None:
    assert straight(line.split()) is None


@pytest.mark.parametrize(
    "line",
    ["fix", "fix --force-exclude seeds/a.txt", "check", "check --strict", "check --config cleaner.toml --format text"],
)
def test_a_hook_says_and_returns_the_same_with_and_without_click(
    project: Project, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def called() -> list[object]:
        ended = [project.cleaner("hook", *line.split())]  # outside of a repository
        subprocess.run(["git", "init", "-q"], cwd=project.folder, check=True)
        project.write("seeds/a.txt", RAW)
        subprocess.run(["git", "add", "seeds"], cwd=project.folder, check=True)
        ended += [project.cleaner("hook", *line.split()) for _ in range(2)]
        for made in (".git", "seeds", "cleaned"):
            shutil.rmtree(project.folder / made, ignore_errors=True)
        return ended

    straightly = called()
    monkeypatch.setattr("cleaner.cli.committing.straight", lambda _: None)
    assert straightly == called()
    assert straightly[0].code == 2 and straightly[1].code == int(line != "fix")


def test_hooks_do_without_click(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv = ['cleaner', 'hook', 'check']\n"
        "from cleaner.cli import run\n"
        "try: run()\n"
        "except SystemExit as end: print(end.code, sorted({'click', 'numpy', 'regex', 'hyperscan'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "2 []\n"
