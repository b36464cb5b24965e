"""Measures the whole program on samples of labelled packs, and keeps `tests/gold/floors.toml`.

python -m tests.floors [--lower] ../shared/bench    measure all packs of the file; write better figures into it
"""

import sys
import tomllib
import zlib
from functools import lru_cache
from pathlib import Path

from cleaner.config import Config
from cleaner.document import Document
from cleaner.fitting.gold import Gold, read_pack
from cleaner.fitting.measure import Figures, score

GOLD = Path(__file__).parent / "gold"  # with packs of our own, written blind
FLOORS = GOLD / "floors.toml"
OWN = "blind."  # what their names begin with
SLACK = 0.002  # figures move a little with every rule
SAMPLE = 60  # documents of a pack
CHARS = 400_000  # and at most so much text


@lru_cache
def measure(pack: Path) -> dict[str, float]:
    """The figures of the standard profile on a fixed sample of a pack; those that do not apply are left out."""
    golds = sorted(read_pack(pack), key=lambda gold: zlib.crc32(gold.id.encode()))[:SAMPLE]
    size = 0
    some: list[Gold] = []
    for gold in golds:
        size += len(gold.text())
        if some and size > CHARS:
            break
        some.append(gold)
    documents = [Document(gold.id, gold.text()) for gold in some]
    pairs = []
    for gold, cleaned in zip(some, Config().pipeline().many(documents), strict=True):
        cuts = [(one.start, one.end, one.widest.filter == "comments") for one in cleaned.removals]
        pairs.append((gold, cuts))
    return as_table(score(pairs))


def as_table(figures: Figures) -> dict[str, float]:
    """The figures that are checked, by name."""
    wanted = ("keep", "comments", "boilerplate", "lost", "hurt")
    found = figures._asdict()
    return {name: round(found[name], 3) for name in wanted if found[name] is not None}


def main(arguments: list[str]) -> int:
    """Measures and rewrites the floors; returns 1 when a figure is worse and `--lower` was not said."""
    lower = "--lower" in arguments
    (bench,) = (Path(argument) for argument in arguments if argument != "--lower")
    kept = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    worse = False
    for pack, floors in kept["packs"].items():
        reached = measure((GOLD if pack.startswith(OWN) else bench) / pack)
        for name in set(floors) - set(reached) if lower else ():
            del floors[name]  # nothing was cut that it could measure
        for name, value in reached.items():
            old = floors.get(name)
            better = old is None or (value < old if name in ("lost", "hurt") else value > old)
            if better or lower:
                floors[name] = value
            elif abs(value - old) > (SLACK * 100 if name in ("lost", "hurt") else SLACK):
                print(f"{pack}: {name} is {value}, its floor {old}")
                worse = True
        print(pack, floors)
    head = FLOORS.read_text(encoding="utf-8").split("[packs")[0].split("[[unmet")[0]
    FLOORS.write_text(head + _dump(kept), encoding="utf-8")
    return int(worse)


def _dump(kept: dict[str, dict[str, dict[str, float]]]) -> str:
    out = []
    for goal in kept["unmet"]:
        rows = [f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in goal.items()]  # type: ignore[attr-defined]
        out.append("\n".join(["[[unmet]]", *rows]))
    for pack, floors in kept["packs"].items():
        out.append("\n".join([f'[packs."{pack}"]', *(f"{name} = {value}" for name, value in floors.items())]))
    return "\n\n".join(out) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
