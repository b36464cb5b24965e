"""The five seeds: `cleaned/` is what a fresh run makes, byte for byte, whatever runs it, and loses no line of an article."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from cleaner.document import LEAST, Document, Filter
from cleaner.filters import comments, residue
from cleaner.run import batches as cleaner_run
from cleaner.run.batches import Batch
from tests.project import Project

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def run(*arguments: str, folder: Path = ROOT, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cleaner", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_fresh_run_makes_the_committed_corpus(tmp_path: Path) -> None:
    done = run("clean", "seeds", "-o", str(tmp_path), "-j", "1")
    assert done.returncode == 0, done.stderr
    assert files(tmp_path) == files(ROOT / "cleaned")


def test_cleaning_the_committed_corpus_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "once").mkdir()
    for seed in SEEDS:
        (tmp_path / "once" / seed.name).write_bytes((ROOT / "cleaned" / seed.name).read_bytes())
    assert run("clean", "once", "-o", "twice", folder=tmp_path).returncode == 0
    texts = {name: raw for name, raw in files(tmp_path / "twice").items() if name.endswith(".txt")}
    assert texts == files(tmp_path / "once")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of the seeds and many small texts, more than one batch holds, some under names that are not ASCII.

    Below `expected` is what one process makes of them in the locale that the tests run in.
    """
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "seeds").mkdir()
    for seed in SEEDS:
        (folder / "seeds" / seed.name).write_bytes(seed.read_bytes())
    for number in range(3 * cleaner_run.BATCH):
        name = f"{number:03}{'ığİ' if number % 8 == 0 else ''}.txt"
        text = f"I/İ/ı: text {number}.\n\nThe original source of this article is İstanbul {number}\n\n© 20{number:02} Ülkü\n"
        (folder / "seeds" / name).write_bytes(text.encode())
    done = run("clean", "seeds", "-o", "expected", "-j", "1", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder


# Without coercion, Python reads and writes ASCII in this locale, and every name is bytes that it does not know.
ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
# Its alphabet is not UTF-8, and its small I is another letter.
TURKISH = {"LC_ALL": "tr_TR.ISO-8859-9", "PYTHONUTF8": "0"}


@pytest.mark.parametrize(
    ("jobs", "environment"),
    [
        ("2", {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}),
        ("1", {"PYTHONHASHSEED": "8", "TZ": "America/Lima", **ASCII}),
        pytest.param("2", TURKISH, marks=pytest.mark.locales),
    ],
    ids=["Tokyo", "ASCII", "Turkish"],
)
def test_processes_hash_seed_time_zone_and_locale_change_no_byte(
    mixed: Path, tmp_path: Path, jobs: str, environment: dict[str, str]
) -> None:
    known = "import locale, sys; locale.setlocale(locale.LC_ALL, ''); print(sys.getfilesystemencoding())"
    told = subprocess.run(
        [sys.executable, "-c", known], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if told.returncode != 0:
        pytest.skip(f"this system has no locale {environment['LC_ALL']}: localedef -i tr_TR -f ISO-8859-9 makes it")
    assert ("utf" not in told.stdout) == ("PYTHONUTF8" in environment)
    done = run("clean", "seeds", "-o", str(tmp_path), "-j", jobs, folder=mixed, **environment)
    assert done.returncode == 0, done.stderr
    assert files(tmp_path) == files(mixed / "expected")


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.skipif(sys.platform != "linux", reason="what is changed here is not changed in a fresh process")
def test_two_processes_that_share_the_work_change_no_byte(
    mixed: Path, tmp_path: Path, size: int, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch a process: in the five seeds, or in a few small texts, there is but one."""
    pids = tmp_path / "pids"
    pids.mkdir()
    batch_of_one = cleaner_run.clean_batch

    def clean_batch(cleaner: cleaner_run.Cleaner, batch: Batch) -> list[cleaner_run.Outcome]:
        (pids / str(os.getpid())).touch()
        return batch_of_one(cleaner, batch)

    monkeypatch.setattr(cleaner_run, "clean_batch", clean_batch)
    monkeypatch.setattr(cleaner_run, "BATCH", size)
    monkeypatch.chdir(mixed)
    assert project.cleaner("clean", "seeds", "-o", tmp_path / "out", "-j", "2").code == 0
    assert len(list(pids.iterdir())) == 2
    assert not (pids / str(os.getpid())).exists()
    assert files(tmp_path / "out") == files(mixed / "expected")


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_files_are_named_changes_no_byte(
    mixed: Path, tmp_path: Path, seed: int, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mixed)
    names = sorted(str(path.relative_to(mixed)) for path in (mixed / "seeds").iterdir())
    Random(seed).shuffle(names)
    assert project.cleaner("clean", *names, "-o", tmp_path / "out").code == 0
    assert files(tmp_path / "out") == files(mixed / "expected")


def test_the_order_in_which_the_system_lists_a_folder_changes_nothing(
    mixed: Path, tmp_path: Path, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even the order in which a run tells of its inputs."""
    scandir = os.scandir

    class Listed(ExitStack):
        turned = False

        def __init__(self, folder: str = ".") -> None:
            super().__init__()
            with scandir(folder) as found:
                self._entries = iter(sorted(found, key=lambda entry: entry.name, reverse=self.turned))

        def __iter__(self) -> Iterator["os.DirEntry[str]"]:
            return self._entries

        def __next__(self) -> "os.DirEntry[str]":
            return next(self._entries)

    monkeypatch.setattr(os, "scandir", Listed)
    monkeypatch.chdir(mixed)
    told = []
    for turned in (False, True):
        monkeypatch.setattr(Listed, "turned", turned)
        ended = project.cleaner("check", "seeds", "-o", tmp_path / "out", "--format", "json")
        told.append(ended.out)
    assert told[0] == told[1]
    assert len(told[0].split(b"\n")) > len(SEEDS)
    assert project.cleaner("clean", "seeds", "-o", tmp_path / "out").code == 0
    assert files(tmp_path / "out") == files(mixed / "expected")


def test_the_committed_corpus_gives_the_seeds_back(tmp_path: Path) -> None:
    assert run("verify", "cleaned").returncode == 0
    assert run("restore", "cleaned", "-o", str(tmp_path)).returncode == 0
    assert files(tmp_path) == files(ROOT / "seeds")


@pytest.mark.parametrize("name", ["003_9078e29ba4fb65d8.txt", "004_14f689f0e3188ad1.txt"])
def test_a_seed_without_notices_comes_out_as_it_went_in(name: str) -> None:
    assert (ROOT / "cleaned" / name).read_bytes() == (ROOT / "seeds" / name).read_bytes()
    log = (ROOT / "cleaned" / f"{name}.removals.jsonl").read_text("utf-8")
    assert [json.loads(line)["type"] for line in log.splitlines() if '"removal"' in line] == []


@pytest.mark.shared
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name[:3])
def test_every_line_goes_or_stays_as_its_label_says(seed: Path, shared: Path) -> None:
    labelled = {}
    for line in (shared / "bench/measure/seeds.jsonl").read_bytes().split(b"\n"):
        if line:
            record = json.loads(line)
            labelled[record["id"]] = record["lines"]
    kept = (ROOT / "cleaned" / seed.name).read_text("utf-8")
    for line, label in labelled[seed.name]:
        if label == "content":
            assert line in kept
    log = (ROOT / "cleaned" / f"{seed.name}.removals.jsonl").read_bytes().split(b"\n")
    records = [json.loads(line) for line in log if line]
    removed = "".join(record["text"] for record in records if record["type"] == "removal")
    for line, label in labelled[seed.name]:
        if label in ("boilerplate", "comment"):
            assert line in removed


@pytest.mark.parametrize("filter_", [comments.build(), residue.build()], ids=["comments", "residue"])
def test_asked_for_what_is_removed_alone_a_filter_leaves_out_nothing_of_that(filter_: Filter) -> None:
    for path in SEEDS:
        text = path.read_bytes().decode()
        everything = list(filter_(Document(path.name, text)))
        for least in (0.9, 0.95, 1.0):
            document = Document(path.name, text)
            document.memo[LEAST] = least
            asked = [span for span in filter_(document) if span.score >= least]
            assert asked == [span for span in everything if span.score >= least]
