"""Whole programs, measured from outside: seconds of CPU, seconds on the clock, and the most memory that they held."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import documents, made_of
from benchmarks.peers import MEGABYTE, ROOT
from benchmarks.rulesets import rules

BARE = (sys.executable, "-c", "pass")
CLEANER = (sys.executable, "-m", "cleaner")
FILES = 5_000


class Spent(NamedTuple):
    """What a program and all its processes took: seconds, and the bytes that the largest of them held."""

    cpu: float
    wall: float
    memory: int
    code: int


def spend(command: Sequence[str | Path], folder: Path) -> Spent:
    """Runs a program in `folder` and throws away what it prints; any exit code is an answer."""
    own = {**os.environ, "PYTHONPATH": str(ROOT)}
    own.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its modules compiled
    start = time.perf_counter()
    program = subprocess.Popen(
        command, cwd=folder, env=own, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(program.pid, 0)
    wall = time.perf_counter() - start
    program.returncode = os.waitstatus_to_exitcode(status)
    return Spent(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024, program.returncode)


@contextmanager
def all_cores() -> Iterator[None]:
    """Lifts the binding to one core, for what runs in several processes."""
    bound = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, bound)


def rules_only(folder: Path, count: int) -> Path:
    """A configuration of that many rules and no other filter."""
    path = folder / f"rules-{count}" / "cleaner.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    codes = ", ".join(f'"{rule.code}"' for rule in rules(count))
    path.write_text(f"select = [{codes}]\n", encoding="utf-8")
    return path


def clean(inputs: Sequence[str | Path], folder: Path, *flags: str | Path) -> Spent:
    """One run of `cleaner clean` on inputs, into a folder that was not there. Raises RuntimeError when it fails."""
    output = folder / "cleaned"
    shutil.rmtree(output, ignore_errors=True)
    spent = spend([*CLEANER, "clean", "--quiet", *inputs, "-o", output, *(flags or ["--isolated"])], folder)
    if spent.code:
        raise RuntimeError(f"cleaner clean ended with {spent.code}")
    return spent


def shard(folder: Path, corpus: Path, size: int) -> Path:
    """A shard of at least `size` bytes: the corpus again and again, each copy under ids of its own."""
    path = folder / f"shard-{made_of()}-{size}.jsonl"
    if not path.exists():
        draft = path.with_suffix(".draft")
        written = copy = 0
        with draft.open("wb") as target:
            while written < size:
                with corpus.open("rb") as source:
                    for line in source:
                        written += target.write(line.replace(b'{"id": "d', b'{"id": "c%d-' % copy, 1))
                        if written >= size:
                            break
                copy += 1
        draft.replace(path)
    return path


def small_files(folder: Path, share: float) -> Path:
    """A folder of five thousand texts of about 5 KB."""
    place = folder / f"files-{made_of()}-{share:g}"
    if not (place / "complete").exists():
        shutil.rmtree(place, ignore_errors=True)
        texts = documents(share, rules(500), 10 * FILES * MEGABYTE // 1000)
        for number, text in zip(range(FILES), texts, strict=False):
            path = place / "seeds" / f"{number // 100:02}" / f"{number:04}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        (place / "complete").touch()
    return place
