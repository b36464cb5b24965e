"""What the system does not let us read or write: said with its place, in the right exit code, and never opened up."""

import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.project import CLEANED, RAW, Project


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_an_output_that_is_replaced_keeps_its_permissions(project: Project, mode: int) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    places = [project.folder / "cleaned" / name for name in ("a.txt", "a.txt.removals.jsonl")]
    for place in places:
        place.chmod(mode)
    project.write("seeds/a.txt", RAW + b"More.\n")
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/a.txt") == CLEANED + b"More.\n"
    assert [stat.S_IMODE(place.stat().st_mode) for place in places] == [mode, mode]


def test_an_output_that_nobody_may_read_can_be_read_once_it_is_made_anew(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    place = project.folder / "cleaned/a.txt"
    place.write_bytes(b"")
    place.chmod(0)
    project.cleaner("clean")
    assert stat.S_IMODE(place.stat().st_mode) == 0o400


@pytest.mark.parametrize("name", ["rules.toml", "pyproject.toml", "cleaner.toml", ".cleaner/decisions.jsonl"])
def test_settings_that_cannot_be_read_are_an_error_of_configuration(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nothing is cleaned by what is left of them, so nothing is done, and 3 would say that some of it is."""
    project.write("seeds/a.txt", RAW)
    if name == "pyproject.toml":
        (project.folder / "cleaner.toml").unlink()
    locked = project.write(name, b"" if name.endswith("toml") else b"\n").resolve()
    reads, opens = Path.read_bytes, os.open

    def refuse(path: str | Path) -> None:
        if Path(path).resolve() == locked:
            raise PermissionError(13, "Permission denied", str(path))

    def read(path: Path) -> bytes:
        refuse(path)
        return reads(path)

    def open_(path: str | Path, *arguments: Any, **more: Any) -> int:
        refuse(path)
        return opens(path, *arguments, **more)

    monkeypatch.setattr(Path, "read_bytes", read)
    monkeypatch.setattr(os, "open", open_)
    for command in (["clean"], ["check"], ["why", "seeds/a.txt:1"], ["diff"]):
        ended = project.cleaner(*command)
        assert ended.code == 2, command
        assert f"{name}: " in ended.err
        assert "permission denied" in ended.err.lower()
        assert ended.err.count("\n") == 1
    assert project.files() == {}


def test_one_output_that_cannot_be_deleted_holds_up_no_other(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean")
    for name in ("a.txt", "b.txt"):
        (project.folder / "seeds" / name).unlink()
    unlinks = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        unlinks(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    ended = project.cleaner("prune", "--force")
    assert ended.code == 4
    assert "cleaned/a.txt: stays: permission denied; change its permissions" in ended.err
    assert sorted(project.files()) == ["a.txt", "a.txt.removals.jsonl"]


def test_the_cure_for_a_repository_of_somebody_elses_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q"], check=True, cwd=project.folder)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    ended = project.cleaner("hook", "check")
    assert ended.code == 2
    assert ended.err.startswith("Error: fatal: detected dubious ownership in repository at ")
    assert "; git config --global --add safe.directory " in ended.err
    assert ended.err.count("\n") == 1
