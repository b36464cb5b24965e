"""A run: folders and shards, many processes, resuming, locking, dying."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from cleaner.config import Config
from cleaner.document import Document, Span
from cleaner.machine import files
from cleaner.machine.locks import Lock
from cleaner.machine.workers import Workers
from cleaner.pipeline import Pipeline
from cleaner.run.batches import clean_all
from cleaner.run.cleaning import Cleaner
from cleaner.run.inputs import Job
from tests.project import CLEANED, RAW, RULES, SETTINGS, Project


def shard(count: int, start: int = 0) -> bytes:
    rows = [{"id": f"d{n}", "text": RAW.decode() + f"Number {n}.", "n": n} for n in range(start, start + count)]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_a_folder_is_mirrored_with_a_log_beside_each_output(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/deep/er/b.txt", b"nothing to do\n")
    ended = project.cleaner("clean", "seeds", "-o", "cleaned")
    assert ended.code == 0
    assert ended.out == b""
    assert project.files() == {
        "a.txt": CLEANED,
        "a.txt.removals.jsonl": project.read("cleaned/a.txt.removals.jsonl"),
        "deep/er/b.txt": b"nothing to do\n",
        "deep/er/b.txt.removals.jsonl": project.read("cleaned/deep/er/b.txt.removals.jsonl"),
    }
    assert "2 documents: 1 removal, 20 of 62 characters (32.3 %) removed in" in ended.err


def test_a_part_of_the_input_folder_keeps_its_place_in_the_output_folder(project: Project) -> None:
    """Below the output folder itself its texts would replace those of others that have the same name."""
    for name in ("a.txt", "part/a.txt", "part/deep/b.txt"):
        project.write(f"seeds/{name}", name.encode() + b"\n" + RAW)
    (project.folder / "seeds/part/link.txt").symlink_to("../a.txt")
    project.cleaner("clean")
    done = project.files()
    assert "part/link.txt" in done
    for arguments in (["seeds/part"], ["seeds/part/", "-o", "cleaned"], ["seeds/../seeds/part", "-o", "cleaned/part"]):
        assert "3 inputs up to date" in project.cleaner("check", *arguments).err
        assert project.cleaner("clean", *arguments).code == 0
        assert project.files() == done
    shutil.rmtree(project.folder / "cleaned")
    project.cleaner("clean", "seeds/part", "seeds")
    assert project.files() == done


def test_another_output_folder_mirrors_a_part_of_the_input_folder_as_it_was_named(project: Project) -> None:
    project.write("seeds/part/deep/a.txt", RAW)
    project.cleaner("clean")
    assert project.cleaner("clean", "seeds/part", "-o", "out").code == 0
    log = project.read("cleaned/part/deep/a.txt.removals.jsonl")
    assert project.files("out") == {"deep/a.txt": CLEANED, "deep/a.txt.removals.jsonl": log}


def test_the_settings_of_a_site_hold_for_its_folder_alone(project: Project) -> None:
    project.write("cleaner.toml", f'{SETTINGS}[sites."example.org"]\nselect = ["legal"]\n'.encode())
    project.write("seeds/example.org/a.txt", RAW)
    project.cleaner("clean", "seeds/example.org", "-o", "out")
    assert project.read("out/a.txt") == RAW


def test_a_log_that_quotes_is_made_anew_where_it_must_not(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    assert b"this goes" in project.read("cleaned/a.txt.removals.jsonl")
    assert project.cleaner("check", "--log-text", "hash").code == 1
    project.cleaner("clean", "--log-text", "hash")
    assert b"this goes" not in project.read("cleaned/a.txt.removals.jsonl")


def test_without_arguments_the_configured_folders_are_meant(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/a.txt") == CLEANED


def test_what_is_done_and_matches_its_log_is_not_done_again(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/s.jsonl", shard(3))
    project.cleaner("clean")
    stamps = {path: path.stat().st_mtime_ns for path in (project.folder / "cleaned").iterdir()}
    ended = project.cleaner("clean")
    assert "2 inputs up to date" in ended.err
    assert {path: path.stat().st_mtime_ns for path in (project.folder / "cleaned").iterdir()} == stamps


@pytest.mark.parametrize(
    "change",
    [
        lambda project: project.write("seeds/a.txt", RAW + b"more\n"),
        lambda project: project.write("cleaned/a.txt", CLEANED + b"by hand\n"),
        lambda project: (project.folder / "cleaned/a.txt").unlink(),
        lambda project: (project.folder / "cleaned/a.txt.removals.jsonl").unlink(),
        lambda project: project.write(
            "cleaned/a.txt.removals.jsonl", project.read("cleaned/a.txt.removals.jsonl")[:-20]
        ),
        lambda project: project.write("cleaner.toml", project.read("cleaner.toml") + b"max-share = 0.8\n"),
        lambda project: project.write("rules.toml", project.read("rules.toml").replace(b"0,80", b"0,90")),
        lambda project: project.write(
            ".cleaner/decisions.jsonl",
            b'{"decision":"remove","document":"a.txt","exact":"A last line.","prefix":"","suffix":"\\n"}\n',
        ),
    ],
    ids=["raw text", "output edited", "output gone", "log gone", "log cut off", "setting", "rule", "decision"],
)
def test_whatever_changed_is_done_again(project: Project, change: object) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    change(project)  # type: ignore[operator]
    assert "1 document:" in project.cleaner("clean").err
    assert project.cleaner("verify").code == 0


@pytest.mark.parametrize("named", [{"document": "a.txt"}, {}])
def test_a_decision_is_heeded_and_so_is_its_taking_back(project: Project, named: dict[str, str]) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    removal = json.loads(project.read("cleaned/a.txt.removals.jsonl").split(b"\n")[2])
    keep = {"decision": "keep", "id": removal["id"], **named}
    project.write(".cleaner/decisions.jsonl", json.dumps(keep).encode())
    project.cleaner("clean")
    assert project.read("cleaned/a.txt") == RAW
    project.write("seeds/b.txt", RAW)
    project.cleaner("clean")
    project.write(".cleaner/decisions.jsonl", json.dumps({**keep, "document": ""}).encode())  # of any document
    project.cleaner("clean")
    assert project.read("cleaned/a.txt") == RAW
    ended = project.cleaner("check")
    assert (ended.code, ended.err[:27]) == (0, "0 documents: 0 removals, 0 ")
    (project.folder / ".cleaner/decisions.jsonl").unlink()
    project.cleaner("clean")
    assert project.read("cleaned/a.txt") == CLEANED


def test_what_was_cleaned_by_decisions_is_not_done_again(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", RAW)
    project.write("seeds/s.jsonl", shard(3))
    project.cleaner("clean")
    removal = json.loads(project.read("cleaned/a.txt.removals.jsonl").split(b"\n")[2])
    keep = {"decision": "keep", "id": removal["id"], "document": "a.txt"}
    right = {"decision": "remove", "id": "0123456789abcdef", "document": "b.txt"}
    mark = {"decision": "remove", "document": "a.txt", "exact": "A last line.", "suffix": "\n"}
    project.write(".cleaner/decisions.jsonl", b"".join(json.dumps(one).encode() + b"\n" for one in (keep, right, mark)))
    before = _stamps(project)
    assert "1 document:" in project.cleaner("clean").err, "what nobody decided otherwise about stays as it is"
    assert project.read("cleaned/a.txt") == RAW.removesuffix(b"A last line.\n") + b"\n"
    cleaned = _stamps(project)
    assert {name for name in before if before[name] != cleaned[name]} == {"a.txt", "a.txt.removals.jsonl"}
    assert "3 inputs up to date" in project.cleaner("clean").err
    assert _stamps(project) == cleaned


def _stamps(project: Project) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (project.folder / "cleaned").iterdir()}


def test_a_decision_about_a_copy_in_a_shard_is_about_it_alone(project: Project) -> None:
    project.write("seeds/s.jsonl", b'{"id":"one","text":"Once.\\nNotice: this goes.\\n"}\n' * 3)
    project.cleaner("clean")
    entries = [json.loads(one) for one in project.read("cleaned/s.jsonl.removals.jsonl").split(b"\n")[:-1]]
    [copy] = [one for one in entries if one["type"] == "removal" and one["document"] == "one#2"]
    keep = {"decision": "keep", "id": copy["id"], "document": "one#2"}
    project.write(".cleaner/decisions.jsonl", json.dumps(keep).encode())
    assert project.cleaner("check").code == 1
    project.cleaner("clean")
    kept = [b"Notice" in line for line in project.read("cleaned/s.jsonl").split(b"\n")[:-1]]
    assert kept == [False, True, False]
    assert project.cleaner("check").code == 0


def test_a_second_run_on_the_same_folder_is_turned_away(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    with Lock(project.folder / "cleaned"):
        ended = project.cleaner("clean")
    assert ended.code == 5
    assert "another run is writing here" in ended.err
    assert project.cleaner("clean").code == 0


class Deadly(Cleaner):
    """Dies on one text as if the kernel had killed what takes too much memory."""

    def pipeline(self, site: str = "") -> Pipeline:
        def fatal(document: Document) -> Iterator[Span]:
            if document.text == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            yield from ()

        return Pipeline([fatal])


@pytest.mark.skipif(sys.platform != "linux", reason="the deadly filter cannot be sent to a fresh process")
def test_a_dead_worker_costs_its_file_and_not_the_run(tmp_path: Path) -> None:
    jobs = []
    for number in range(9):
        source = tmp_path / f"{number}.txt"
        source.write_bytes(b"die" if number == 4 else b"live")
        jobs.append(Job(source, source.name, tmp_path / "out" / source.name, source.name))
    outcomes = list(clean_all(Deadly(Config()), jobs, 2))
    assert [one.job.shown for one in outcomes] == [job.shown for job in jobs]
    assert [one.status for one in outcomes] == ["written"] * 4 + ["refused"] + ["written"] * 4
    assert "SIGKILL" in outcomes[4].message
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")) == []


def test_workers_answer_in_the_order_of_the_tasks() -> None:
    def work(task: float) -> float:
        time.sleep(task)
        return task

    tasks = [0.05, 0.0, 0.02, 0.0, 0.01]
    with Workers(3, work, lambda task, how: -1.0) as workers:
        assert list(workers.in_order(tasks)) == tasks


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_interrupting_ends_everything_soon_and_leaves_nothing_half_done(
    tmp_path: Path, jobs: str, how: signal.Signals
) -> None:
    """A run that is stopped in its midst exits with 130 within two seconds; the next run finishes the work."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "cleaner.toml").write_bytes(SETTINGS.encode())
    (tmp_path / "rules.toml").write_bytes(RULES.encode())
    for number in range(4000):
        (tmp_path / "seeds" / f"{number:04}.txt").write_bytes(RAW * 50)
    if jobs != "1":  # the other process goes far ahead of this one
        (tmp_path / "seeds/0000.txt").write_bytes(RAW * 200_000)
    command = [sys.executable, "-m", "cleaner", "clean", "-j", jobs]
    running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True)
    until = time.monotonic() + 60
    while len(list(tmp_path.glob("cleaned/0*.txt"))) < (1 if jobs == "1" else 400) and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(running.pid, how)
    began = time.monotonic()
    _, err = running.communicate(timeout=60)
    assert running.returncode == 128 + how, err.decode()
    assert time.monotonic() - began < 2
    assert err.lstrip() == b"interrupted: what was done stays done; the same command goes on\n"
    assert [path.name for path in (tmp_path / "cleaned").iterdir() if path.name.startswith(".")] == []
    done = {path.name for path in (tmp_path / "cleaned").glob("*.txt")}
    assert {path.name.removesuffix(".removals.jsonl") for path in (tmp_path / "cleaned").glob("*.jsonl")} >= done


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
@pytest.mark.parametrize("texts", [1, 0])
def test_memory_is_bounded_by_the_largest_document_and_not_by_the_shard(project: Project, texts: int) -> None:
    """The peak of a 60 MB shard is that of a 6 MB one, and a little for the ids."""
    body = ("A plain line of an article that nothing touches.\n" * 200)[:-1]
    line = json.dumps({"text": body}).encode() + b"\n"
    made = line if texts else b'{"text": null}\n' * 100
    script = (
        "import re, sys\n"
        "from cleaner.cli.commands import main\n"
        "try: main(standalone_mode=False)\n"
        "except SystemExit: pass\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])"
    )
    peaks = []
    for name, count in (("small", 600), ("large", 6000)):
        project.write(f"{name}/s.jsonl", made * count)
        command = [sys.executable, "-c", script, "clean", name, "-o", f"{name}-out", "--select", "test"]
        done = subprocess.run(command, cwd=project.folder, capture_output=True, check=False)
        assert (project.folder / f"{name}-out/s.jsonl").stat().st_size == len(made) * count, done.stderr
        peaks.append(int(done.stdout))
    assert peaks[0] > 10_000  # KiB: it was measured
    assert peaks[1] - peaks[0] < 15_000


def test_an_interruption_that_was_swallowed_is_heeded_all_the_same(project: Project) -> None:
    """Python swallows exceptions where an object dies; ^C may come just then."""
    project.write("seeds/a.txt", RAW)
    script = (
        "import signal, sys\n"
        "from cleaner.run import cleaning; from cleaner import cli\n"
        "class Dying:\n"
        "    def __del__(self): signal.raise_signal(signal.SIGINT)\n"
        "prepared = cleaning.Cleaner.pipeline\n"
        "def pipeline(self, site=''):\n"
        "    Dying()\n"
        "    return prepared(self, site)\n"
        "cleaning.Cleaner.pipeline = pipeline\n"
        "cli.run()\n"
    )
    command = [sys.executable, "-c", script, "clean"]
    done = subprocess.run(command, cwd=project.folder, capture_output=True, check=False)
    assert done.returncode == 130, done.stderr
    assert project.files() == {}


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes stands for a full disk")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_disk_that_is_full_leaves_no_half_file(project: Project, jobs: str) -> None:
    """What is held back is written when a file is closed, so that closing fails too."""
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", RAW * 4000)
    project.cleaner("clean", "seeds/a.txt")
    script = (
        "import resource\nfrom cleaner import cli\nresource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\ncli.run()\n"
    )
    for arguments, name in (["clean", "-j", jobs], "seeds/b.txt"), (["report"], "report.html"):
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(command, cwd=project.folder, capture_output=True, check=False)
        assert done.returncode == 3, done.stderr
        assert f"{name}: file too large" in done.stderr.decode()
    assert project.files().keys() == {"a.txt", "a.txt.removals.jsonl"}
    assert not list(project.folder.glob("*report*"))


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes stands for a full disk")
@pytest.mark.parametrize("room", [0, 700])
def test_an_export_or_a_first_configuration_on_a_full_disk_leaves_what_was_there(project: Project, room: int) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", RAW * 40)
    project.cleaner("clean")
    project.write("brat/a.txt", b"of an older export")
    script = (
        f"import resource\nfrom cleaner import cli\nresource.setrlimit(resource.RLIMIT_FSIZE, ({room},) * 2)\ncli.run()"
    )
    told = []
    for arguments in (["log", "export", "--to", "brat", "-o", "brat"], ["config", "init", "brat"]):
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(command, cwd=project.folder, capture_output=True, check=False)
        assert done.returncode == 3, done.stderr
        told.append(done.stderr.decode())
    assert re.fullmatch("Error: brat/(a|b).(txt|ann): file too large; raise the limit .*\n", told[0])
    assert re.fullmatch("Error: brat/cleaner.toml: file too large; raise the limit .*\n", told[1])
    assert project.files("brat") == {"a.txt": b"of an older export"}


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes stands for a full disk")
def test_a_large_shard_on_a_full_disk_is_refused_and_the_other_inputs_are_too(project: Project) -> None:
    """Not even the first line of its log has room, and closing what holds that line back fails again."""
    lines = [json.dumps({"id": number, "text": f"It rained. {'x' * 900}"}) for number in range(3300)]
    project.write("seeds/a.jsonl", "\n".join(lines).encode())
    project.write("seeds/z.txt", RAW)
    script = "import resource\nfrom cleaner import cli\nresource.setrlimit(resource.RLIMIT_FSIZE, (9, 9))\ncli.run()\n"
    command = [sys.executable, "-c", script, "clean", "-j", "2"]
    done = subprocess.run(command, cwd=project.folder, capture_output=True, check=False)
    assert done.returncode == 3
    for name in (b"seeds/a.jsonl", b"seeds/z.txt"):
        assert name + b": file too large" in done.stderr
    assert project.files() == {}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_the_lock_of_a_killed_run_is_free_at_once(project: Project) -> None:
    """Its workers share the lock; were they to live on, the next run would be turned away."""
    project.write("seeds/a.txt", RAW)
    script = (
        "import time\n"
        "from cleaner.run import cleaning; from cleaner import cli\n"
        "cleaning.Cleaner.stream = lambda *_: (print('at work', flush=True), time.sleep(60))\n"
        "cli.run()\n"
    )
    command = [sys.executable, "-c", script, "clean", "-j", "2"]
    with subprocess.Popen(command, cwd=project.folder, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"at work\n"
        running.kill()
        running.wait()
    until = time.monotonic() + 5
    while (code := project.cleaner("clean").code) == 5 and time.monotonic() < until:
        time.sleep(0.05)
    assert code == 0


def test_an_output_folder_that_vanishes_is_not_taken_for_a_missing_seed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/a.txt", RAW)
    synced = files.sync

    def gone(written: Sequence[files.Replacing]) -> None:
        synced(written)
        shutil.rmtree("cleaned")

    monkeypatch.setattr("cleaner.run.batches.sync", gone)
    ended = project.cleaner("clean")
    assert ended.code == 3
    assert "seeds/a.txt: cleaned/.a.txt.removals.jsonl.part is gone: somebody else moved it" in ended.err
