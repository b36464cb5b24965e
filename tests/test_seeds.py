"""The five seeds: `cleaned/` is what a fresh run makes, byte for byte, and loses no line of an article."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.document import LEAST, Document, Filter
from cleaner.filters import comments, residue

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "cleaner", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("jobs", "environment"),
    [
        ("1", {}),
        ("2", {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}),
        ("1", {"PYTHONHASHSEED": "8", "TZ": "America/Lima", "LC_ALL": "tr_TR.UTF-8"}),
    ],
)
def test_a_fresh_run_makes_the_committed_corpus(tmp_path: Path, jobs: str, environment: dict[str, str]) -> None:
    done = run("clean", "seeds", "-o", str(tmp_path), "-j", jobs, **environment)
    assert done.returncode == 0, done.stderr
    assert files(tmp_path) == files(ROOT / "cleaned")


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
