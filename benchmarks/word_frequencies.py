"""How often words stand in web text, for `cleaner/matching/frequencies.txt`.

    python -m benchmarks.word_frequencies ../shared/bench > cleaner/matching/frequencies.txt

Counted in the texts of train/ (mostly English, some Chinese) and, with a weight of a quarter, in the parallel sentences
of keep/pud. Only counts of words go into the file; it decides how fast rules are found, never what they find.
"""

import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+")
RAREST = 17.0  # bits: rarer words are all taken for equally rare


def texts(files: list[Path]) -> Iterator[str]:
    """The lines of labelled files."""
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as opened:
            for row in opened:
                yield from (text for text, _ in json.loads(row)["lines"])


def chances(files: list[Path]) -> dict[str, float]:
    """How often each word begins at a byte."""
    counts: Counter[str] = Counter()
    size = 0
    for text in texts(files):
        size += len(text.encode()) + 1
        counts.update(WORD.findall(text.lower()))
    return {word: count / size for word, count in counts.items()}


def main(bench: Path) -> None:
    """Prints the words and their bits."""
    web = chances(sorted((bench / "train").glob("*.resid.resiliparse.txt.jsonl.gz")))
    other = chances([bench / "keep" / "pud.jsonl.gz"])
    for word in sorted(web.keys() | other.keys()):
        chance = 0.8 * web.get(word, 0.0) + 0.2 * other.get(word, 0.0)
        if chance >= 2.0**-RAREST:
            sys.stdout.write(f"{word} {-math.log2(chance):.1f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
