"""A store gets each file under its own name, and whole or not at all; an address of this machine is a path."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.project import CLEANED, RAW, Project

fsspec = pytest.importorskip("fsspec")

from fsspec.implementations.local import LocalFileSystem  # noqa: E402 - there is none without the above


class Disk(LocalFileSystem):  # type: ignore[misc]
    """A store of files that grow in their places, as sftp has them: `room` is how many bytes go into each."""

    protocol = "disk"
    room = 1 << 20
    replaces = True

    def put_file(self, path1: str, path2: str, callback: object = None, **_: object) -> None:
        raw = Path(path1).read_bytes()
        Path(path2).write_bytes(raw[: self.room])
        if len(raw) > self.room:
            raise OSError(28, "No space left on device")

    def mv(self, path1: str, path2: str, **_: object) -> None:
        if os.path.lexists(path2) and not self.replaces:
            raise FileExistsError(path2)
        Path(path1).replace(path2)


@pytest.fixture
def disk() -> Iterator[type[Disk]]:
    """A store of files, from the working folder on."""
    fsspec.register_implementation("disk", Disk, clobber=True)
    yield Disk
    Disk.clear_instance_cache()


@pytest.mark.skipif(sys.platform == "win32", reason="no name has a colon there")
@pytest.mark.parametrize("names", [("z::a.txt", "z::b.txt"), ("d/z::gs:/b.txt", "d/z::gs:/c.txt")])
def test_two_names_with_colons_are_two_outputs_in_a_store(project: Project, store: Any, names: tuple[str, ...]) -> None:
    """To fsspec `::` begins the next store of a chain, and what came after it was dropped."""
    for number, name in enumerate(names):
        project.write(f"seeds/{name}", b"%d\n\n" % number + RAW)
    assert project.cleaner("clean", "seeds", "-o", "memory://cleaned").code == 0
    expected = {f"/cleaned/{name}": b"%d\n\n" % number + CLEANED for number, name in enumerate(names)}
    assert {path: store.cat_file(path) for path in store.find("/cleaned") if "removals" not in path} == expected
    assert len(store.find("/cleaned")) == 4
    assert project.cleaner("clean", "memory://cleaned", "-o", "again").code == 0
    assert set(project.files("again")) == {f"{name}{end}" for name in names for end in ("", ".removals.jsonl")}


def test_a_file_with_colons_in_its_name_has_an_address(project: Project, store: Any) -> None:
    store.pipe_file("/seeds/z::a.txt", RAW)
    ended = project.cleaner("clean", "memory://seeds/z::a.txt", "-o", "memory://cleaned")
    assert ended.code == 0, ended.err
    assert store.cat_file("/cleaned/z::a.txt") == CLEANED


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_lies_in_an_archive_is_cleaned_under_its_own_names(project: Project, jobs: int) -> None:
    with ZipFile(project.folder / "a.zip", "w") as archive:
        archive.writestr("a.txt", RAW)
        archive.writestr("deep/b.txt", RAW)
    ended = project.cleaner("clean", f"zip://::file://{project.folder}/a.zip", "-o", "cleaned", "-v", "-j", jobs)
    assert ended.code == 0, ended.err
    assert f"zip://deep/b.txt::file://{project.folder}/a.zip: wrote cleaned/deep/b.txt" in ended.err
    assert project.read("cleaned/a.txt") == project.read("cleaned/deep/b.txt") == CLEANED


def test_a_store_of_files_that_is_full_keeps_what_it_had(
    project: Project, disk: type[Disk], monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/a.txt", RAW)
    there = "disk://there"
    assert project.cleaner("clean", "seeds", "-o", there).code == 0
    before = project.files("there")
    assert before["a.txt"] == CLEANED
    project.write("seeds/a.txt", RAW * 2)
    monkeypatch.setattr(disk, "room", 20)
    assert project.cleaner("clean", "seeds", "-o", there).code == 3
    assert project.files("there") == before


@pytest.mark.parametrize("replaces", [True, False])
def test_a_store_of_files_gets_a_new_file_and_no_old_one_is_written_to(
    project: Project, disk: type[Disk], monkeypatch: pytest.MonkeyPatch, replaces: bool
) -> None:
    """What is there may be linked to by a backup."""
    monkeypatch.setattr(disk, "replaces", replaces)
    project.write("seeds/a.txt", RAW)
    there = "disk://there"
    project.cleaner("clean", "seeds", "-o", there)
    os.link(project.folder / "there/a.txt", project.folder / "backup")
    project.write("seeds/a.txt", RAW * 2)
    assert project.cleaner("clean", "seeds", "-o", there).code == 0
    assert project.read("there/a.txt") == CLEANED * 2
    assert project.read("backup") == CLEANED
    assert set(project.files("there")) == {"a.txt", "a.txt.removals.jsonl"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no name has such bytes")
def test_a_name_that_is_not_utf_8_goes_to_a_store_as_logs_write_it(project: Project, store: Any) -> None:
    (project.folder / "seeds").mkdir()
    (project.folder / os.fsdecode(b"seeds/\xff.txt")).write_bytes(RAW)
    ended = project.cleaner("clean", "seeds", "-o", "memory://cleaned", "-v")
    assert ended.code == 0
    assert ended.err.startswith("seeds/\\xff.txt: wrote memory://cleaned/\\xff.txt (-20 characters, 1 removal)\n")
    assert set(store.find("/cleaned")) == {"/cleaned/\\xff.txt", "/cleaned/\\xff.txt.removals.jsonl"}


@pytest.mark.parametrize("scheme", ["file://", "local://", "file:", "file://localhost", "FILE://"])
def test_an_address_of_this_machine_is_the_path(project: Project, scheme: str) -> None:
    for name in ("a.txt", "z::a.txt", "z::b.txt", os.fsdecode(b"\xff.txt")):
        project.write(f"seeds/{name}", RAW)
    assert project.cleaner("clean", "seeds", "-o", "cleaned").code == 0
    ended = project.cleaner("clean", f"{scheme}{project.folder}/seeds", "-o", f"{scheme}{project.folder}/there")
    assert ended.code == 0, ended.err
    assert project.files("there") == project.files("cleaned")
    assert project.cleaner("verify", f"{scheme}{project.folder}/there").code == 0
    listed = project.write("list", f"{scheme}{project.folder}/seeds\n".encode())
    assert "4 inputs up to date" in project.cleaner("clean", "--files-from", listed).err


def test_a_configured_output_by_an_address_of_this_machine_is_the_path(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    own = f'output = "file://{project.folder}/own"\n'
    project.write("cleaner.toml", own.encode() + project.read("cleaner.toml"))
    assert project.cleaner("clean").code == 0
    assert set(project.files("own")) == {"a.txt", "a.txt.removals.jsonl"}
    assert not (project.folder / "file:").exists()


def test_a_configured_address_means_the_same_wherever_somebody_stands(project: Project, store: Any) -> None:
    """Beside the configuration it was a store, and in a folder below a folder named like one."""
    project.write("seeds/a.txt", RAW)
    project.write("below/b.txt", RAW)
    project.write("cleaner.toml", b'output = "memory://out"\n' + project.read("cleaner.toml"))
    assert project.cleaner("clean").code == 0
    assert set(store.find("/out")) == {"/out/a.txt", "/out/a.txt.removals.jsonl"}
    os.chdir("below")
    assert project.cleaner("clean", "b.txt").code == 0
    assert not list(project.folder.rglob("memory*"))
    for command in (["verify"], ["stats"], ["prune"], ["hook", "check"]):
        ended = project.cleaner(*command)
        told = "cleaner.toml:1: output: memory://out is an address, which only clean and check take; name a folder"
        assert (ended.code, told in ended.err) == (2, True)


def test_an_output_by_an_address_of_this_machine_replaces_a_link_and_not_what_it_leads_to(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", CLEANED)
    (project.folder / "there").mkdir()
    (project.folder / "there/a.txt").symlink_to("../seeds/b.txt")
    project.write("there/a.txt.removals.jsonl", b"an older log\n")
    assert project.cleaner("clean", "seeds", "-o", f"file://{project.folder}/there").code == 0
    assert project.read("seeds/b.txt") == CLEANED
    assert not (project.folder / "there/a.txt").is_symlink()
    assert project.read("there/a.txt") == CLEANED


def test_what_is_excluded_or_a_link_out_of_the_folder_is_so_by_address_as_well(project: Project) -> None:
    project.write("cleaner.toml", project.read("cleaner.toml") + b'exclude = ["seeds/tmp/"]\n')
    project.write("seeds/tmp/a.txt", RAW)
    project.write("elsewhere.txt", RAW)
    project.write("seeds/b.txt", RAW)
    (project.folder / "seeds/c.txt").symlink_to("../elsewhere.txt")
    ended = project.cleaner("clean", f"file://{project.folder}/seeds", "-v")
    assert ended.code == 3
    assert "seeds/c.txt: is a symbolic link out of the folder" in ended.err
    assert set(project.files()) == {"b.txt", "b.txt.removals.jsonl"}


@pytest.mark.parametrize("address", ["file://there", "local://there/x"])
def test_an_address_of_this_machine_that_begins_with_no_folder_is_told(project: Project, address: str) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("clean", "seeds", "-o", address)
    assert ended.code == 2
    assert f"{address} names no whole path; write {address[:5].strip(':')}" in ended.err
    ended = project.cleaner("clean", "--files-from", project.write("list", address.encode()))
    assert (ended.code, f"{address} names no whole path" in ended.err) == (2, True)
    assert not (project.folder / "there").exists()


@pytest.mark.parametrize("output", ["gone", "gone/below"])
def test_an_output_at_a_link_that_leads_nowhere_is_told_with_the_cure(project: Project, output: str) -> None:
    project.write("seeds/a.txt", RAW)
    (project.folder / "gone").symlink_to("nowhere")
    for command in ("clean", "check"):
        ended = project.cleaner(command, "-o", output)
        told = "Error: gone: is a symbolic link to nothing; delete it, or name another folder with -o\n"
        assert (ended.code, ended.err) == (2, told)


def test_what_comes_from_an_archive_is_proven_and_comes_back(project: Project) -> None:
    """The log was said to be that of the archive, and not of this."""
    with ZipFile("texts.zip", "w") as archive:
        archive.writestr("a.txt", RAW)
        archive.writestr("below/b.txt", RAW)
    assert project.cleaner("clean", f"zip://::file://{project.folder}/texts.zip", "-o", "out").code == 0
    assert project.cleaner("verify", "out").err == "2 outputs proven\n"
    assert project.cleaner("restore", "out", "-o", "raw").code == 0
    assert project.files("raw") == {"a.txt": RAW, "below/b.txt": RAW}
