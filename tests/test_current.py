"""What was found done is known without reading it, and nothing that changed is ever taken for done."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.machine import files
from cleaner.run import batches, cleaning
from tests.project import RAW, Project


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of inputs whose files were read to find out whether they are done."""
    seen: list[str] = []
    real = cleaning.Cleaner.is_current

    def spy(self: cleaning.Cleaner, job: cleaning.Job) -> bool:
        seen.append(job.name)
        return real(self, job)

    monkeypatch.setattr(cleaning.Cleaner, "is_current", spy)
    return seen


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a moment ago count as files that have lain still: a test has no time to wait."""
    monkeypatch.setattr(files, "REST", -(10**13))


@pytest.fixture
def done(project: Project, reads: list[str], old: None) -> Project:
    """Two inputs, cleaned, found done once and so known."""
    project.write("seeds/a.txt", RAW)
    project.write("seeds/deep/b.txt", RAW + b"More.\n")
    assert project.cleaner("clean").code == 0
    assert project.cleaner("check").code == 0
    reads.clear()
    return project


@pytest.mark.parametrize("arguments", [("check",), ("clean",), ("check", "-j2"), ("clean", "-j2"), ("clean", "-n")])
def test_what_is_known_is_not_read(done: Project, reads: list[str], arguments: tuple[str, ...]) -> None:
    ended = done.cleaner(*arguments)
    assert (ended.code, reads) == (0, [])
    assert "2 inputs up to date" in ended.err


def test_found_by_several_processes_it_is_known_to_the_next_run(project: Project, reads: list[str], old: None) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean", "-j2")
    project.cleaner("check", "-j2")
    reads.clear()
    assert (project.cleaner("check").code, reads) == (0, [])


def _same_size_and_time(path: Path) -> None:
    """Another content of the same length, and the time of writing put back: what is left is when the file changed."""
    before = path.stat()
    raw = path.read_bytes()
    path.write_bytes(raw[:-2] + bytes([raw[-2] ^ 1]) + raw[-1:])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def _swapped(path: Path) -> None:
    """Another file of the same length put in its place, with its times."""
    before = path.stat()
    other = path.with_name("other")
    raw = path.read_bytes()
    other.write_bytes(raw[:-2] + bytes([raw[-2] ^ 1]) + raw[-1:])
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def _gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("change", [_same_size_and_time, _swapped, _gone])
@pytest.mark.parametrize("name", ["seeds/a.txt", "cleaned/a.txt", "cleaned/a.txt.removals.jsonl"])
def test_whatever_changes_is_seen(done: Project, name: str, change: Callable[[Path], None]) -> None:
    if change is _gone and name.startswith("seeds"):
        pytest.skip("then there is no input")
    change(done.folder / name)
    ended = done.cleaner("check")
    assert ended.code == 1
    assert b"seeds/a.txt: " in ended.out and b"b.txt" not in ended.out
    assert done.cleaner("clean").code == 0
    assert done.cleaner("check").code == 0


@pytest.mark.parametrize(
    "setting", ["select = ['legal']", 'profile = "aggressive"', "threshold = 0.2", 'log-text = "hash"']
)
def test_other_settings_know_nothing(done: Project, reads: list[str], setting: str) -> None:
    own = (
        b'extend-rules = ["rules.toml"]\n'
        if "select" in setting
        else b'extend-rules = ["rules.toml"]\nselect = ["test"]\n'
    )
    done.write("cleaner.toml", own + setting.encode())
    done.cleaner("check")
    assert sorted(set(reads)) == ["a.txt", "deep/b.txt"]


def test_other_rules_know_nothing(done: Project, reads: list[str]) -> None:
    done.write("rules.toml", done.read("rules.toml").replace(b"{0,80}", b"{0,81}"))
    assert done.cleaner("check").code == 1
    assert sorted(set(reads)) == ["a.txt", "deep/b.txt"]


def test_a_decision_is_heeded_whatever_is_known(done: Project) -> None:
    name = '{"decision":"keep","document":"a.txt","id":"0123456789abcdef"}\n'
    done.write(".cleaner/decisions.jsonl", name.encode())
    ended = done.cleaner("check")
    assert ended.code == 1 and b"seeds/a.txt: stale" in ended.out and b"b.txt" not in ended.out
    assert b"is from other decisions" in ended.out
    done.cleaner("clean")
    assert done.cleaner("check").code == 0
    log = done.read("cleaned/a.txt.removals.jsonl").split(b'"id":"')[1][:16].decode()
    done.write(".cleaner/decisions.jsonl", name.replace("0123456789abcdef", log).encode())
    ended = done.cleaner("check")
    assert ended.code == 1 and b"seeds/a.txt: stale" in ended.out


def test_nothing_is_believed_of_a_file_that_was_just_touched(project: Project, reads: list[str]) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    for _ in range(2):
        reads.clear()
        assert project.cleaner("check").code == 0
        assert reads == ["a.txt"]


def test_a_damaged_memory_costs_time_only(done: Project, own_cache: Path, reads: list[str]) -> None:
    [kept] = own_cache.glob("current-*")
    for raw in (b"", b"x", kept.read_bytes()[:-1], bytes(len(kept.read_bytes()))):
        kept.write_bytes(raw)
        assert done.cleaner("check").code == 0
    reads.clear()
    assert (done.cleaner("check").code, reads) == (0, [])


def test_verify_reads_whatever_is_known(done: Project) -> None:
    _same_size_and_time(done.folder / "cleaned/a.txt")
    assert done.cleaner("verify").code == 4


def test_two_output_folders_do_not_know_of_each_other(done: Project, reads: list[str]) -> None:
    assert done.cleaner("check", "-o", "elsewhere").code == 1
    assert sorted(set(reads)) == ["a.txt", "deep/b.txt"]


def _written(path: Path, pause: float, ahead: int = 0) -> files.Replacing:
    with files.Replacing(path) as file:
        file.handle.write(b"one")
        file.handle.flush()
        time.sleep(pause)
        if ahead:
            now = time.time_ns() + ahead
            os.utime(file.beside, ns=(now, now))
        file.commit()
    return file


def test_what_was_written_is_stamped_where_any_later_change_shows(tmp_path: Path) -> None:
    path = tmp_path / "a"
    file = _written(path, 0.1)
    assert file.stamp == files.stamp(path.stat())
    path.write_bytes(b"two")
    assert files.stamp(path.stat()) != file.stamp


def test_what_was_not_written_before_it_was_renamed_is_not_stamped(tmp_path: Path) -> None:
    assert _written(tmp_path / "a", 0, ahead=10**12).stamp is None


def test_what_was_just_cleaned_is_known(
    project: Project, reads: list[str], old: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/a.txt", RAW)
    real = batches.sync
    monkeypatch.setattr(batches, "sync", lambda all_: (real(all_), time.sleep(0.1)))  # a disk that takes its time
    project.cleaner("clean")
    reads.clear()
    assert (project.cleaner("check").code, reads) == (0, [])
    _same_size_and_time(project.folder / "cleaned/a.txt")
    assert project.cleaner("check").code == 1


def test_what_was_cleaned_by_decisions_is_known_until_there_are_others(
    project: Project, reads: list[str], old: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/a.txt", RAW)
    project.write(".cleaner/decisions.jsonl", b'{"decision":"keep","document":"a.txt","id":"0123456789abcdef"}\n')
    real = batches.sync
    monkeypatch.setattr(batches, "sync", lambda all_: (real(all_), time.sleep(0.1)))
    project.cleaner("clean")
    reads.clear()
    assert (project.cleaner("check").code, reads) == (0, [])
    project.write(".cleaner/decisions.jsonl", b"")
    assert (project.cleaner("check").code, reads) == (1, ["a.txt"])


def test_of_a_shard_other_decisions_are_looked_up_in_its_log(
    project: Project, reads: list[str], old: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/s.jsonl", b'{"id":"one","text":"Notice: this goes."}\n')
    project.cleaner("clean")
    project.cleaner("check")
    reads.clear()
    project.write(".cleaner/decisions.jsonl", b'{"decision":"keep","document":"a.txt","id":"0123456789abcdef"}\n')
    for read in (["s.jsonl"], []):  # found right once more, it is known
        reads.clear()
        assert (project.cleaner("check").code, reads) == (0, read)
    project.write(".cleaner/decisions.jsonl", b'{"decision":"keep","document":"one","id":"0123456789abcdef"}\n')
    assert project.cleaner("check").code == 1
