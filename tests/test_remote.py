"""Addresses: what lies in a store is cleaned like a folder, whole or not at all, and no run opens a network here."""

import io
import sys
import tarfile
from typing import Any

import pytest

from cleaner.machine.locks import Lock
from tests.project import CLEANED, RAW, Project

fsspec = pytest.importorskip("fsspec")

ROWS = b'{"id": "a", "text": "It rained.\\n\\nNotice: this goes.\\n"}\n'


def put(store: Any, **files: bytes) -> None:
    for name, raw in files.items():
        store.pipe_file(f"/seeds/{name.replace('_', '.').replace('9', '/')}", raw)


def there(store: Any, below: str = "/cleaned") -> dict[str, bytes]:
    return {path.removeprefix(f"{below}/"): store.cat_file(path) for path in store.find(below)}


def test_a_folder_in_a_store_is_cleaned_to_a_folder_in_a_store(project: Project, store: Any) -> None:
    put(store, a_txt=RAW, deep9b_txt=RAW, s_jsonl=ROWS)
    ended = project.cleaner("clean", "memory://seeds", "-o", "memory://cleaned", "-v")
    assert ended.code == 0, ended.err
    found = there(store)
    assert [name for name in found if "removals" not in name] == ["a.txt", "deep/b.txt", "s.jsonl"]
    assert len(found) == 6
    assert found["deep/b.txt"] == CLEANED
    assert found["s.jsonl"] == b'{"id": "a", "text": "It rained.\\n\\n"}\n'
    assert "memory://seeds/a.txt: wrote memory://cleaned/a.txt (-20 characters, 1 removal)" in ended.err
    assert b'"source":"memory://seeds/a.txt"' in found["a.txt.removals.jsonl"]


def test_what_is_done_is_not_done_again(project: Project, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, a_txt=RAW, b_txt=RAW)
    project.cleaner("clean", "memory://seeds", "-o", "memory://cleaned")
    put(store, b_txt=RAW + b"More.\n")
    assert project.cleaner("check", "memory://seeds", "-o", "memory://cleaned").code == 1
    written: list[str] = []
    kept = type(store).put_file
    monkeypatch.setattr(type(store), "put_file", lambda self, a, b, **more: written.append(b) or kept(self, a, b))
    ended = project.cleaner("clean", "memory://seeds", "-o", "memory://cleaned")
    assert "1 input up to date" in ended.err
    assert written == ["/cleaned/b.txt.removals.jsonl", "/cleaned/b.txt"]  # the log before the output
    assert project.cleaner("check", "memory://seeds", "-o", "memory://cleaned").code == 0


def test_from_a_store_to_a_folder_and_back_to_the_raw_text(project: Project, store: Any) -> None:
    put(store, a_txt=RAW)
    assert project.cleaner("clean", "memory://seeds", "-o", "cleaned").code == 0
    assert project.read("cleaned/a.txt") == CLEANED
    assert project.cleaner("verify").code == 0
    assert project.cleaner("restore", "-o", "raw").code == 0
    assert project.read("raw/a.txt") == RAW


def test_from_a_folder_to_a_store(project: Project, store: Any) -> None:
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("clean", "seeds", "-o", "memory://cleaned").code == 0
    assert there(store)["a.txt"] == CLEANED
    assert not (project.folder / "memory:").exists()
    project.write("seeds/part/deep/b.txt", RAW)
    assert project.cleaner("clean", "seeds/part", "-o", "memory://part").code == 0
    assert set(there(store, "/part")) == {"deep/b.txt", "deep/b.txt.removals.jsonl"}


def test_one_address_of_a_file_is_that_file(project: Project, store: Any) -> None:
    put(store, a_txt=RAW, b_txt=RAW)
    assert project.cleaner("clean", "memory://seeds/a.txt", "-o", "memory://cleaned").code == 0
    assert set(there(store)) == {"a.txt", "a.txt.removals.jsonl"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_by_address_are_cleaned_in_several_processes(project: Project, jobs: int) -> None:
    for number in range(5):
        project.write(f"seeds/{number}.txt", RAW)
    ended = project.cleaner(
        "clean", f"file://{project.folder}/seeds", "-o", f"file://{project.folder}/there", "-j", jobs
    )
    assert ended.code == 0, ended.err
    assert [project.read(f"there/{number}.txt") for number in range(5)] == [CLEANED] * 5
    assert len(project.files("there")) == 10


def test_a_table_is_read_from_a_store(project: Project, store: Any) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"text": ["It rained.\n\nNotice: this goes.\n"], "n": [1]}), sink := io.BytesIO())
    put(store, s_parquet=sink.getvalue())
    assert project.cleaner("clean", "memory://seeds", "-o", "memory://cleaned").code == 0
    assert pq.read_table(io.BytesIO(there(store)["s.parquet"])).to_pylist() == [{"text": "It rained.\n\n", "n": 1}]


def test_a_bad_file_is_refused_and_the_others_are_done(project: Project, store: Any) -> None:
    put(store, a_txt=b"\xff", b_txt=RAW)
    ended = project.cleaner("clean", "memory://seeds", "-o", "memory://cleaned")
    assert ended.code == 3
    assert ended.err.startswith("memory://seeds/a.txt: byte 0: not utf-8")
    assert set(there(store)) == {"b.txt", "b.txt.removals.jsonl"}


def test_a_store_that_fails_midway_leaves_no_output_without_a_log(
    project: Project, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, a_txt=RAW, b_txt=RAW)
    kept = type(store).put_file

    def fails(self: Any, local: str, place: str, **more: Any) -> None:
        if place == "/cleaned/a.txt":
            raise RuntimeError("SlowDown:\nreduce your rate")
        kept(self, local, place, **more)

    monkeypatch.setattr(type(store), "put_file", fails)
    ended = project.cleaner("clean", "memory://seeds", "-o", "memory://cleaned")
    assert ended.code == 3
    assert ended.err.startswith("memory://seeds/a.txt: its store says no: SlowDown: reduce your rate\n")
    assert set(there(store)) == {"a.txt.removals.jsonl", "b.txt", "b.txt.removals.jsonl"}


def test_an_object_of_somebody_elses_in_an_outputs_place_stays(project: Project, store: Any) -> None:
    put(store, a_txt=RAW, b_txt=RAW)
    store.pipe_file("/cleaned/a.txt", b"my notes\n")
    store.pipe_file("/cleaned/b.txt", CLEANED)  # what would be written is there already: it needs its log alone
    ended = project.cleaner("clean", "memory://seeds", "-o", "memory://cleaned")
    assert ended.code == 3
    why = "memory://cleaned/a.txt is there already, and has no log that says it is an output; move it"
    assert ended.err.startswith(f"memory://seeds/a.txt: {why}\n")
    assert there(store)["a.txt"] == b"my notes\n"
    assert set(there(store)) == {"a.txt", "b.txt", "b.txt.removals.jsonl"}


def test_outputs_of_texts_in_a_store_are_not_pruned(project: Project, store: Any) -> None:
    put(store, a_txt=RAW)
    project.write("seeds/c.txt", RAW)
    project.cleaner("clean", "memory://seeds", "-o", "cleaned")
    project.cleaner("clean")
    (project.folder / "seeds/c.txt").unlink()
    assert project.cleaner("prune").code == 0
    assert set(project.files()) == {"a.txt", "a.txt.removals.jsonl"}


@pytest.mark.parametrize(
    "command",
    [
        ["verify", "memory://out"],
        ["restore", "cleaned", "-o", "memory://raw"],
        ["report", "-o", "memory://report.html"],
        ["log", "export", "--to", "sarif", "-o", "memory://x.sarif"],
        ["diff", "memory://raw"],
    ],
)
def test_a_command_that_takes_no_address_says_so_and_makes_no_folder_of_its_name(
    project: Project, command: list[str]
) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    ended = project.cleaner(*command)
    assert ended.code == 2
    assert f"{command[-1]} is an address, which only clean and check take" in ended.err
    assert not (project.folder / "memory:").exists()
    project.write("memory:/raw/a.txt", RAW)
    assert project.cleaner("diff", "memory:/raw").code == 0


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("memory://nowhere", "memory://nowhere: nothing is there; check the name"),
        ("nosuch://x", "nosuch://x: is no address that fsspec knows"),
        ("gs://x", "gs://x: Please install gcsfs"),
    ],
)
def test_an_address_that_cannot_be_read_is_told_in_a_line(
    project: Project, store: Any, monkeypatch: pytest.MonkeyPatch, address: str, words: str
) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    ended = project.cleaner("clean", address, "-o", "cleaned")
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert ended.err.startswith(f"Error: {words}")


def test_without_fsspec_the_cure_is_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    ended = project.cleaner("clean", "s3://bucket/seeds", "-o", "cleaned")
    assert (ended.code, ended.err) == (2, "Error: s3://bucket/seeds: needs fsspec: pip install 'seedclean[fs]'\n")


@pytest.mark.parametrize("output", ["memory://seeds", "memory://seeds/cleaned", "memory:///seeds/"])
def test_an_output_inside_the_input_is_a_usage_error_in_a_store_as_well(
    project: Project, store: Any, output: str
) -> None:
    """It would replace what it came from."""
    put(store, a_txt=RAW)
    for command in ("clean", "check"):
        ended = project.cleaner(command, "memory://seeds", "-o", output)
        assert ended.code == 2
        assert ended.err.endswith("the output lies inside the input memory://seeds; name one outside of it with -o\n")
    assert there(store, "/seeds") == {"a.txt": RAW}


def test_a_file_in_a_store_is_never_its_own_output(project: Project, store: Any) -> None:
    put(store, a_txt=RAW)
    store.pipe_file("/more/b.txt", RAW)
    ended = project.cleaner("clean", "memory://seeds/a.txt", "memory://more", "-o", "memory://seeds")
    assert ended.code == 3
    told = "memory://seeds/a.txt: is its own output; choose another folder with -o"
    assert ended.err.split("\n")[0] == told
    assert store.cat_file("/seeds/a.txt") == RAW
    assert store.cat_file("/seeds/b.txt") == CLEANED


def test_an_address_of_this_machine_and_a_path_are_the_same_place(project: Project) -> None:
    seeds = project.write("seeds/a.txt", RAW).parent
    address = seeds.as_uri()
    for one, other in ((address, address), (address, "seeds"), ("seeds", address), (address, "seeds/x")):
        ended = project.cleaner("clean", one, "-o", other)
        assert ended.code == 2
        assert "lies inside the input" in ended.err
    for one, other in ((f"{address}/a.txt", "seeds"), ("seeds/a.txt", address)):
        ended = project.cleaner("clean", one, "-o", other)
        assert ended.code == 3
        assert "seeds/a.txt: is its own output; choose another folder with -o" in ended.err
    assert project.files("seeds") == {"a.txt": RAW}


def test_names_in_an_archive_that_begin_with_a_dot_and_a_slash_are_no_hidden_ones(project: Project) -> None:
    folder = project.write("in/deep/a.txt", RAW).parents[1]
    project.write("in/.hidden.txt", RAW)
    with tarfile.open(project.folder / "t.tar", "w") as archive:
        archive.add(folder, ".")
    ended = project.cleaner("clean", f"tar://::file://{project.folder}/t.tar", "-o", "out")
    assert ended.code == 0, ended.err
    assert [name for name in project.files("out") if "removals" not in name] == ["deep/a.txt"]


def test_a_run_from_a_store_waits_for_nobody_who_writes_to_the_same_folder(project: Project, store: Any) -> None:
    put(store, a_txt=RAW)
    with Lock(project.folder / "out"):
        ended = project.cleaner("clean", "memory://seeds", "-o", "out")
    assert (ended.code, "another run is writing here" in ended.err, project.files("out")) == (5, True, {})
