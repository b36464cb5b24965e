"""Large shards: cleaned in pieces by several processes, put together again, and the names of copies in them."""

import gzip
import json
import os

import pytest

from cleaner.pipeline import Cleaned
from cleaner.run import cleaning, shards
from cleaner.run.cleaning import Cleaner
from cleaner.run.inputs import Job
from cleaner.run.outcome import Counts, Outcome
from tests.project import RAW, Project
from tests.test_run import shard


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "PIECE", 700)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("jobs", [2, 3])
def test_any_number_of_processes_gives_the_same_bytes(project: Project, jobs: int) -> None:
    for number in range(5):
        project.write(f"seeds/{number}.txt", RAW * (number + 1))
    project.write("seeds/big.jsonl", shard(60))
    nameless = b"\n".join(line.replace(b'"id"', b'"no"') for line in shard(60).split(b"\n"))
    project.write("seeds/nameless.jsonl", nameless.rstrip(b"\n"))
    project.write("seeds/packed.jsonl.gz", gzip.compress(shard(20)))
    assert project.cleaner("clean", "-o", "one").code == 0
    ended = project.cleaner("clean", "-o", "many", "-j", jobs)
    assert ended.code == 0
    assert project.files("many") == project.files("one")
    assert "145 documents" in ended.err
    assert project.cleaner("verify", "many").code == 0


@pytest.mark.usefixtures("small_pieces")
def test_a_large_shard_that_is_done_is_read_once_to_know_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("seeds/big.jsonl", shard(60))
    assert project.cleaner("clean", "-j", 2).code == 0
    (project.folder / "seeds/big.jsonl").touch()
    asked = project.folder / "asked"
    known = Cleaner.is_current

    def is_current(cleaner: Cleaner, job: Job) -> bool:
        with asked.open("a") as log:
            log.write(job.name)
        return known(cleaner, job)

    monkeypatch.setattr(Cleaner, "is_current", is_current)
    assert "up to date" in project.cleaner("clean", "-j", 2).err
    assert asked.read_text() == "big.jsonl"


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_shard_that_gives_way_to_another_meanwhile_is_refused(
    project: Project, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """One of the same size and time: its pieces were taken for those of the first, and the next run for done."""
    seed = project.write("seeds/big.jsonl", shard(60))
    before = seed.stat()

    def replace() -> None:
        other = project.write("other", shard(60).replace(b"A last", b"A next"))
        os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
        other.replace(seed)

    def add(merge: shards.Merge, cut: shards.Cut) -> Outcome | None:
        if cut.piece.number + 1 == cut.piece.total:  # all were read by now
            replace()
        return known_add(merge, cut)

    def note(cleaned: Cleaned) -> Counts:
        if cleaned.document.id == "d30" and jobs == 1:
            replace()
        return known_counts(cleaned)

    known_add, known_counts = shards.Merge.add, cleaning._counts
    monkeypatch.setattr(shards.Merge, "add", add)
    monkeypatch.setattr(cleaning, "_counts", note)
    ended = project.cleaner("clean", "-j", jobs)
    assert (ended.code, project.files()) == (3, {})
    assert "changed while it was read" in ended.err


@pytest.mark.usefixtures("small_pieces")
def test_a_bad_line_in_a_late_piece_is_named_by_its_number_in_the_file(project: Project) -> None:
    project.write("seeds/big.jsonl", shard(40) + b"{oops\n" + shard(20, 40))
    for jobs in (1, 2):
        ended = project.cleaner("clean", "-j", jobs)
        assert ended.code == 3
        assert "seeds/big.jsonl: line 41: malformed JSON" in ended.err
        assert project.files() == {}


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("ids", ["a#2 a a", "a a a#2", "a a a#2 a#2 a", "a a#2 a#3 a a#2#2 a"])
def test_a_name_that_was_made_for_a_copy_is_no_fault_of_who_has_it(project: Project, ids: str) -> None:
    """A piece gave a copy the name that another document has, and the shard was refused, but by one process it was not;
    and where that document came later, it was refused by any number.
    """
    texts = {"a": "Of one name.\n"}
    rows = [{"id": name, "text": RAW.decode() + texts.get(name, f"Of {name}.\n")} for name in ids.split()]
    between = [json.dumps({"id": f"f{n}", "text": RAW.decode()}).encode() + b"\n" for n in range(len(rows) * 20)]
    lines = [
        b"".join([*between[place * 20 : place * 20 + 20], json.dumps(row).encode() + b"\n"])
        for place, row in enumerate(rows)
    ]
    for near in (True, False):
        made = b"".join(json.dumps(row).encode() + b"\n" for row in rows) + between[0] if near else b"".join(lines)
        project.write("seeds/big.jsonl", made)
        assert project.cleaner("clean", "-o", f"one{near}").code == 0
        assert project.cleaner("clean", "-o", f"many{near}", "-j", 2).code == 0
        assert project.files(f"many{near}") == project.files(f"one{near}")
        assert project.cleaner("restore", f"many{near}", "-o", f"raw{near}").code == 0
        assert project.read(f"raw{near}/big.jsonl") == made


@pytest.mark.usefixtures("small_pieces")
def test_an_id_that_stands_twice_in_different_pieces_is_found(project: Project) -> None:
    project.write("seeds/big.jsonl", shard(40) + shard(1).replace(b"A first", b"Another"))
    ended = project.cleaner("clean", "-j", 2)
    assert ended.code == 3
    assert "seeds/big.jsonl: lines 1 and 41: the id 'd0' stands twice" in ended.err
    assert project.files() == {}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_copies_of_a_document_are_numbered_and_cleaned_alike(
    project: Project, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    monkeypatch.setattr(shards, "PIECE", 64)
    raw = (json.dumps({"id": "a", "text": RAW.decode()}) + "\n").encode() * 3
    project.write("x.jsonl", raw)
    assert project.cleaner("clean", "x.jsonl", "-o", "out", "-j", jobs).code == 0
    records = [json.loads(line) for line in project.read("out/x.jsonl.removals.jsonl").split(b"\n") if line]
    assert [one["document"] for one in records if one["type"] == "document"] == ["a", "a#2", "a#3"]
    assert project.cleaner("restore", "out", "-o", "raw").code == 0
    assert project.read("raw/x.jsonl") == raw


def test_a_copy_never_bears_the_name_of_another_document(project: Project) -> None:
    rows = [{"id": "a", "text": "1"}, {"id": "a#2", "text": "2"}, {"id": "a", "text": "1"}]
    project.write("x.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())
    assert project.cleaner("clean", "x.jsonl", "-o", "out").code == 0
    records = [json.loads(line) for line in project.read("out/x.jsonl.removals.jsonl").split(b"\n") if line]
    assert [one["document"] for one in records if one["type"] == "document"] == ["a", "a#2", "a#3"]


def test_pieces_that_a_killed_run_left_go_with_the_next(project: Project) -> None:
    project.write("x.jsonl", json.dumps({"text": RAW.decode()}).encode())
    for name in (".x.jsonl.part7", ".x.jsonl.removals.jsonl.part7", ".x.jsonl.part"):
        project.write(f"out/{name}", b"half")
    assert project.cleaner("clean", "x.jsonl", "-o", "out").code == 0
    assert project.files("out").keys() == {"x.jsonl", "x.jsonl.removals.jsonl"}
