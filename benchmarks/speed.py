"""How fast it is, beside `bytes.count` and beside other tools: prints the tables of benchmarks/README.md.

    python -m benchmarks.speed [--size MB] [--rounds N] [SECTION ...]

Contestants take turns, each in a process of its own on one core; CPU time is compared, never the clock, but for two
processes; ratios are made within a round, and their median is printed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.corpora import adversaries, corpus
from benchmarks.peers import COMMANDS, MEGABYTE, PEERS, ROOT, Run, environment, run
from benchmarks.programs import (
    BARE,
    CLEANER,
    FILES,
    Spent,
    all_cores,
    clean,
    rules_only,
    shard,
    small_files,
    spend,
)
from cleaner.run.shards import PIECE

SHARES = (0.01, 0.05, 0.30)
COUNTS = (50, 500, 5_000)
RULES, SHARE = 500, 0.05  # where goals are set
PATIENCE = 60.0  # seconds for an adversarial document
STARTS = 15  # a start takes so little that it is done more often than anything else
OURS = {"rules": f"cleaner, {RULES} rules", "everything": "cleaner, everything, log included"}
MARKS = {"bytes.count": '`bytes.count(b"\\n")`', "str.split": "`str.split`"}


class Wanted(NamedTuple):
    """Where corpora and environments are kept, how large a corpus is (bytes), and how often all is done."""

    cache: Path
    size: int
    rounds: int
    shard: int  # bytes

    def corpus(self, share: float, count: int = RULES) -> Path:
        """The corpus of that share of removable lines, for that many rules."""
        return corpus(self.cache / "corpora", self.size, share, count)


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a table in Markdown."""
    print(f"\n### {title}\n")
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(row) + " |")
    sys.stdout.flush()


def said(number: float) -> str:
    """Three digits, as many as are worth saying."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def matcher(wanted: Wanted) -> None:
    """Rules only, in memory: shares of removable lines by numbers of rules, and a corpus that is all clean."""
    cells = [(share, count) for share in SHARES for count in COUNTS] + [(0.0, count) for count in COUNTS]
    runs: dict[tuple[float, int], list[tuple[Run, Run]]] = {cell: [] for cell in cells}
    for _ in range(wanted.rounds):
        for share, count in cells:
            path = wanted.corpus(share, count)
            mark, ours = run(wanted.cache, "bytes.count", path), run(wanted.cache, "rules", path, count)
            assert mark and ours
            runs[share, count].append((mark, ours))
    rows = []
    for share in (0.0, *SHARES):
        row = [f"{share:.0%}" if share else "none, no threads"]
        for count in COUNTS:
            pairs = runs[share, count]
            speed = median(ours.speed for _, ours in pairs)
            ratio = median(ours.speed / mark.speed for mark, ours in pairs)
            row.append(f"{said(speed)} MB/s = {ratio:.4f}")
        rows.append(row)
    title = 'Rules only, bytes in and spans out: MB/s, and as a share of `bytes.count(b"\\n")`'
    table(title, ["lines removable", *(f"{count:,} rules" for count in COUNTS)], rows)


def adversarial(wanted: Wanted) -> None:
    """Documents made to be slow; each once, since what matters is whether they end."""
    rows = []
    for name, path in adversaries(wanted.cache / "corpora").items():
        row = [name]
        for contestant in OURS:
            done = run(wanted.cache, contestant, path, patience=PATIENCE)
            row.append(f"{said(done.seconds)} s, {said(done.speed)} MB/s" if done else f"not within {PATIENCE:.0f} s")
        rows.append(row)
    table("Adversarial documents, cold", ["document", *OURS.values()], rows)


def peers(wanted: Wanted) -> None:
    """Ours, the marks and the peers, taking turns."""
    path = wanted.corpus(SHARE)
    titles = {**MARKS, **OURS, **{name: peer.title for name, peer in PEERS.items()}}
    rounds: list[dict[str, Run]] = []
    for number in range(wanted.rounds):
        names = list(titles)
        names = names[number:] + names[:number]  # nobody always goes first
        done = {name: run(wanted.cache, name, path) for name in names}
        rounds.append({name: one for name, one in done.items() if one})
    rows = []
    for name, title in titles.items():
        peer = PEERS.get(name)
        ratios = [(name, "bytes.count"), ("rules", name), ("everything", name)]
        sliced = peer is not None and peer.megabytes is not None and peer.megabytes * MEGABYTE < wanted.size
        rows.append(
            [
                title + (f" (first {peer.megabytes} MB)" if peer and sliced else ""),
                said(median(one[name].speed for one in rounds)),
                *(said(median(one[left].speed / one[right].speed for one in rounds)) for left, right in ratios),
            ]
        )
    title = f"Beside others: {SHARE:.0%} of lines removable, {RULES} rules, {wanted.size // MEGABYTE} MB"
    table(title, ["", "MB/s", "of `bytes.count`", "rules only is … times", "everything is … times"], rows)


def jsonl(wanted: Wanted) -> None:
    """From a JSONL file to a JSONL file and its log: whole processes, and pieces enough for two of them."""
    path = shard(wanted.cache / "corpora", wanted.corpus(SHARE), max(wanted.size, 4 * PIECE))
    config = rules_only(wanted.cache, RULES)
    kinds: dict[str, tuple[str, ...]] = {"rules only": ("--config", str(config)), "everything": ("--isolated",)}
    spent: dict[tuple[str, int], list[Spent]] = {(kind, jobs): [] for kind in kinds for jobs in (1, 2)}
    marks = []
    with tempfile.TemporaryDirectory(dir=wanted.cache) as folder:
        for _ in range(wanted.rounds):
            mark = run(wanted.cache, "bytes.count", path)
            assert mark
            marks.append(mark.speed)
            with all_cores():
                for kind, jobs in spent:
                    spent[kind, jobs].append(clean([path], Path(folder), *kinds[kind], f"-j{jobs}"))
    rows = []
    size = path.stat().st_size / MEGABYTE
    for kind in kinds:
        one, two = spent[kind, 1], spent[kind, 2]
        rows.append(
            [
                kind,
                said(median(size / each.cpu for each in one)),
                said(median(size / each.cpu / mark * 1600 for each, mark in zip(one, marks, strict=True))),
                said(median(size / each.wall for each in one)),
                said(median(size / each.wall for each in two)),
                f"{median(a.wall / b.wall for a, b in zip(one, two, strict=True)):.2f}",
                f"{median(b.cpu / a.cpu for a, b in zip(one, two, strict=True)):.2f}",
                *(f"{max(each.memory for each in some) / MEGABYTE:.0f} MB" for some in (one, two)),
            ]
        )
    head = ["", "-j1, MB a second of CPU", "where `bytes.count` gives 1,600", "-j1, MB/s on the clock", "-j2"]
    head += ["-j2 is … times -j1", "its CPU, times", "memory -j1", "-j2, largest process"]
    table(f"JSONL to JSONL with log, whole process, {size:.0f} MB", head, rows)


def files(wanted: Wanted) -> None:
    """Five thousand small files: cleaned, checked, and read by two hooks that many use."""
    place = small_files(wanted.cache / "corpora", SHARE)
    names = [str(path.relative_to(place)) for path in sorted(place.glob("seeds/*/*.txt"))]
    output = place / "cleaned"
    flags = ("--quiet", "--isolated", "seeds", "-o", str(output))
    fixer, speller = (environment(wanted.cache, name) for name in COMMANDS)
    spent: list[dict[str, Spent]] = []
    for _ in range(wanted.rounds):
        shutil.rmtree(output, ignore_errors=True)
        spent.append(
            {
                "`cleaner check`, nothing cleaned yet": spend([*CLEANER, "check", *flags], place),
                "`cleaner clean`": clean(["seeds"], place),
                "`cleaner check`, all current": spend([*CLEANER, "check", *flags], place),
                "`cleaner check`, once more": spend([*CLEANER, "check", *flags], place),
                "`cleaner clean` again": spend([*CLEANER, "clean", *flags], place),
                COMMANDS["end-of-file-fixer"].title: spend([str(fixer / "end-of-file-fixer"), *names], place),
                COMMANDS["codespell"].title: spend([str(speller / "codespell"), *names], place),
            }
        )
    marks = [COMMANDS[name].title for name in COMMANDS]
    rows = []
    for name in spent[0]:
        times = [said(median(one[name].cpu / one[mark].cpu for one in spent)) for mark in marks]
        cost = [median(one[name].cpu for one in spent), median(one[name].wall for one in spent)]
        rows.append([name, *(f"{seconds:.2f}" for seconds in cost), *times, str(spent[0][name].code)])
    head = ["", "s of CPU", "s on the clock", "times end-of-file-fixer", "times codespell", "exit code"]
    table(f"{FILES:,} files of 5 KB", head, rows)


def seed(wanted: Wanted) -> None:
    """One seed, over a bare interpreter."""
    place = small_files(wanted.cache / "corpora", SHARE)
    one = min(place.glob("seeds/*/*.txt"))
    spent: dict[str, list[Spent]] = {"clean": [], "check": [], "version": [], "bare": []}
    with tempfile.TemporaryDirectory(dir=wanted.cache) as folder:
        output = Path(folder, "cleaned")
        for _ in range(STARTS):
            spent["bare"].append(spend(BARE, place))
            spent["clean"].append(clean([one], Path(folder)))
            spent["check"].append(spend([*CLEANER, "check", "-q", "--isolated", one, "-o", output], Path(folder)))
            spent["version"].append(spend([*CLEANER, "--version"], place))
    rows = []
    titles = {"clean": "`cleaner clean SEED`, all filters", "check": "`cleaner check SEED`, current"}
    for name, title in {**titles, "version": "`cleaner --version`"}.items():
        over = [(each.cpu - bare.cpu) * 1000 for each, bare in zip(spent[name], spent["bare"], strict=True)]
        rows.append([title, said(median(over)), said(min(over))])
    bare = [each.cpu * 1000 for each in spent["bare"]]
    rows.append(["`python -c pass`, itself", said(median(bare)), said(min(bare))])
    size = one.stat().st_size
    table(f"One seed of {size:,} bytes, over a bare interpreter", ["", "ms of CPU, median", "least"], rows)


def memory(wanted: Wanted) -> None:
    """A large shard: the most memory that any one process held."""
    path = shard(wanted.cache / "corpora", wanted.corpus(SHARE), wanted.shard)
    kinds = {"rules only": ("--config", str(rules_only(wanted.cache, RULES))), "everything": ("--isolated",)}
    rows = []
    with tempfile.TemporaryDirectory(dir=wanted.cache) as folder:
        for kind, flags in kinds.items():
            spent = clean([path], Path(folder), *flags, "-j1")
            rows.append([kind, f"{spent.memory / MEGABYTE:.0f} MB", f"{spent.cpu:.0f}"])
    table(f"A shard of {path.stat().st_size / MEGABYTE:,.0f} MB, -j1", ["", "most memory held", "s of CPU"], rows)


def profile(wanted: Wanted) -> None:
    """Where the matcher's time goes."""
    path = wanted.corpus(SHARE)
    command = [sys.executable, "-m", "benchmarks.contestants", "rules", str(path), "--profile"]
    limit = ["--rules", str(RULES), "--bytes", str(10 * MEGABYTE)]
    done = subprocess.run([*command, *limit], cwd=ROOT, capture_output=True, text=True, check=True)
    print(f"\n### Profile of the matcher: {RULES} rules, first 10 MB, {SHARE:.0%} of lines removable\n")
    lines = (line.rstrip() for line in done.stdout.splitlines())
    print("```", *filter(None, lines), "```", sep="\n")


SECTIONS: dict[str, Callable[[Wanted], None]] = {
    "matcher": matcher,
    "adversarial": adversarial,
    "peers": peers,
    "jsonl": jsonl,
    "files": files,
    "seed": seed,
    "memory": memory,
    "profile": profile,
}


def main() -> None:
    """Measures, and prints tables in Markdown."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)}; default: all")
    parser.add_argument("--size", type=int, default=150, help="megabytes of a corpus (default 150)")
    parser.add_argument("--rounds", type=int, default=5, help="how often all is done (default 5)")
    parser.add_argument("--shard", type=int, default=1000, help="megabytes of the shard for `memory` (default 1000)")
    parser.add_argument("--cache", type=Path, default=Path("~/.cache/cleaner-benchmarks").expanduser())
    given = parser.parse_args()
    for name in given.sections:
        if name not in SECTIONS:
            parser.error(f"no section is named {name!r}; there are {', '.join(SECTIONS)}")
    given.cache.mkdir(parents=True, exist_ok=True)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    wanted = Wanted(given.cache, given.size * MEGABYTE, given.rounds, given.shard * MEGABYTE)
    for name in given.sections or SECTIONS:
        SECTIONS[name](wanted)


if __name__ == "__main__":
    main()
