"""Threads that show nothing but names: lone short lines that recur between paragraphs, from one place on until the end.

Taught by seed 001: no heading, no date, no button; names that recur, and where a name is missing, two blank lines.
"""

from collections import Counter
from collections.abc import Sequence

from cleaner.text.expressions import expression

from .grammar import Mark

_CODE = expression(
    r"[{};<>\\]|\w=\w|\(\)|\A[.\[/]|\](?:\Z|\()"
)  # what no reader has in a name, and a listing in most lines
_BEFORE = 800  # characters of article before such a thread


def named_thread(found: Sequence[Mark]) -> tuple[int, int, float, tuple[str, ...]] | None:
    """First line, last line, score and evidence of a thread of lone names; None when the document has none."""
    shorts = [i for i, mark in enumerate(found) if mark.kind == "short"]
    if len(shorts) < 6 or len(found) < 15:
        return None
    counts = Counter(found[i].text for i in shorts)
    again = [i for i in shorts if counts[found[i].text] >= 2 and _stands_alone(found, i)]
    if len(again) < 4 or max(counts.values()) < 3 or any(_CODE.search(found[i].text) for i in again):
        return None
    first = again[0]
    double = _double_blanks(found)
    inside = [i for i in double if i >= first]
    before = sum(mark.size for mark in found[:first] if mark.kind == "prose")
    if before < _BEFORE or len(inside) < len(double) or len(inside) < 3:
        return None
    names = len({found[i].text for i in again})
    evidence = (f"{len(again)} short lines that recur as names do", f"{len(inside)} pairs of blank lines, none before")
    return found[first].line, found[-1].line, 0.96 if len(inside) >= 5 and names >= 2 else 0.7, evidence


def _stands_alone(found: Sequence[Mark], at: int) -> bool:
    """Whether text follows, as it does after a name."""
    return at + 1 < len(found) and found[at + 1].kind == "prose"


def _double_blanks(found: Sequence[Mark]) -> list[int]:
    """The marks before which just two lines are blank."""
    return [i for i in range(1, len(found)) if found[i].line - found[i - 1].line == 3]
