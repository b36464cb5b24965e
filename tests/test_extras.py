"""An extra that is not installed is no fault of the corpus: it is told alike everywhere, with the line that installs it."""

import sys
from pathlib import Path

import pytest

from tests.project import RAW, Project
from tests.test_parquet import raw_of, table

NEEDS = {
    "s.jsonl.zst": "needs Zstandard: pip install 'seedclean[zstd]'",
    "s.parquet": "needs pyarrow: pip install 'seedclean[parquet]'",
}


@pytest.fixture(params=list(NEEDS))
def shard(request: pytest.FixtureRequest, project: Project, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a shard that was cleaned where the extra for it was installed; here it is not."""
    name = str(request.param)
    if name.endswith("zst"):
        zstd = pytest.importorskip("backports.zstd")
        project.write(f"seeds/{name}", zstd.compress(b'{"text": "Notice: this goes.\\n\\nA line.\\n"}\n'))
    else:
        project.write(f"seeds/{name}", raw_of(table()))
    assert project.cleaner("clean").code == 0
    for module in ("pyarrow", "backports", "compression"):
        monkeypatch.setitem(sys.modules, module, None)
    return name


def test_cleaning_refuses_the_shard(project: Project, shard: str) -> None:
    ended = project.cleaner("clean", "seeds", "-o", "elsewhere")
    assert (ended.code, ended.err.split("\n")[0]) == (3, f"seeds/{shard}: {NEEDS[shard]}")


def test_verifying_sounds_no_alarm(project: Project, shard: str) -> None:
    ended = project.cleaner("verify")
    assert (ended.code, ended.out.decode()) == (3, f"cleaned/{shard}: {NEEDS[shard]}\n")
    assert ended.err == "0 outputs proven, 1 unread\n"


def test_verifying_sounds_the_alarm_where_something_else_disagrees(project: Project, shard: str) -> None:
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("clean", "seeds/a.txt").code == 0
    project.write("cleaned/a.txt", b"changed")
    ended = project.cleaner("verify")
    assert (ended.code, ended.err) == (4, "0 outputs proven, 1 wrong, 1 unread\n")


def test_restoring_to_a_folder_names_the_cure(project: Project, shard: str) -> None:
    ended = project.cleaner("restore", "-o", "raw")
    assert (ended.code, ended.err.split("\n")[0]) == (3, f"cleaned/{shard}: {NEEDS[shard]}")
    assert project.files("raw") == {}


def test_restoring_to_a_pipe_names_the_cure(project: Project, shard: str) -> None:
    ended = project.cleaner("restore", f"cleaned/{shard}")
    assert (ended.code, ended.out, ended.err) == (3, b"", f"Error: cleaned/{shard}: {NEEDS[shard]}\n")


@pytest.mark.parametrize("command", [["diff"], ["log", "export", "--to", "web-annotation"], ["report"]])
def test_looking_names_the_cure(project: Project, shard: str, command: list[str]) -> None:
    ended = project.cleaner(*command, Path("cleaned") / shard)
    assert (ended.code, ended.err) == (3, f"Error: cleaned/{shard}: {NEEDS[shard]}\n")
