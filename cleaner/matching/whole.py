r"""A way of a rule as one pattern for Hyperscan, for where no literal tells enough: "^May \d{1,2}, \d{4}$".

The pattern is searched in scanned bytes, and matches at least where the rule does. What `scanned` may have taken away
is optional in it, a letter has all forms that a scanned text may show, nothing bounds how often a part is
repeated, and look-aheads are dropped. What lies at either end and may match nothing, or anything, is left out, and so
is the end of the line.
"""

from collections.abc import Sequence

from cleaner.matching.reach import inside, may_be_empty, sure
from cleaner.matching.shape import Ahead, Chars, Choice, Edge, Loop, Row, Shape
from cleaner.matching.strings import forms_of
from cleaner.matching.typographic import TYPOGRAPHIC

LONGEST = 1800  # bytes of a pattern: longer ones take long to compile
MOST_REPEATED = 500  # bytes of it that may repeat: more take seconds
MOST_COUNTED = 8  # characters that must stand one after the other: further ones tell little
_FEW = 2  # forms of a character outside of ASCII that are spelled out
_ANY = 90  # members of ASCII: a part that may be nearly anything
_SPACE = frozenset(" \n")
_ODD = frozenset("iks")  # letters as which odd ones are scanned


def whole(parts: Sequence[Shape]) -> bytes | None:
    """The pattern; None when it would be too long, look for a line's start or end inside, or for nothing sure."""
    kept = _trimmed(parts)
    opened = kept[:1] == [Edge(start=True)]
    if not any(map(sure, kept)) or any(map(_has_edge, kept[opened:])):
        return None
    pattern = _row(kept)
    return pattern if len(pattern) <= LONGEST and sum(map(_repeated, kept)) <= MOST_REPEATED else None


def _trimmed(parts: Sequence[Shape]) -> list[Shape]:
    """The parts from the first to the last that is not empty in each match; with the line's start, not with its end.

    Hyperscan 0.9 misses some that are bound to a line's end: `[a-f]{3}(?:\\xef\\xbc\\x9a|:)$` it finds in "cab:", but
    not once a few letters stand before that. Without the end it finds them all.
    """
    kept: list[Shape] = [part for part in parts if not isinstance(part, Ahead)]
    opened = kept[:1] == [Edge(start=True)]
    last = next((at for at in range(len(kept), 0, -1) if not may_be_empty(kept[at - 1])), 0)
    kept = kept[:last]
    first = next((at for at, part in enumerate(kept) if not may_be_empty(part)), len(kept))
    return kept if opened and not any(map(_may_be_anything, kept[:first])) else kept[first:]


def _row(parts: Sequence[Shape]) -> bytes:
    spelled = []
    for at, part in enumerate(parts):
        # A space is surely scanned between two characters that are; elsewhere it may be gone.
        between = 0 < at < len(parts) - 1 and _ends_surely(parts[at - 1]) and _begins_surely(parts[at + 1])
        spelled.append(_part(part, between))
    return b"".join(spelled)


def _part(part: Shape, between: bool = False) -> bytes:
    if isinstance(part, Chars):
        return _chars(part, between)
    if isinstance(part, Edge):
        return b"^"  # the end of a line is in no pattern
    if isinstance(part, Loop):
        return b"(?:" + _part(part.part) + (b")+" if part.low else b")*")
    if isinstance(part, Choice):
        branches = list(dict.fromkeys(map(_part, part.branches)))
        return b"(?:" + b"|".join(filter(None, branches)) + (b")?" if b"" in branches else b")")
    return _row(part.parts) if isinstance(part, Row) else b""


def _chars(part: Chars, between: bool) -> bytes:
    if part.ascii <= _SPACE and part.others == frozenset():
        one = b"[ \\n]" if "\n" in part.ascii else b" "
        return one + (b"+" if between and part.low else b"*")
    low = min(part.low, MOST_COUNTED) if sure(part) else 0
    few = forms_of(part)
    wide = [form for form in few or () if form >= "\x80"]
    if few is None or len(wide) > _FEW:
        return _class(part) + _times(low)
    choices = [form.encode() for form in sorted(wide)]
    if narrow := sorted(few.difference(wide)):
        choices.append(_byte(narrow[0]) if len(narrow) == 1 else b"[" + b"".join(map(_byte, narrow)) + b"]")
    if len(choices) == 1 and (not wide or low == part.high == 1):
        one = choices[0]
    else:
        one = b"(?:" + b"|".join(choices) + b")"
    if part.high == 1:
        return one if low else one + b"?"
    return one + _times(low)


def _times(low: int) -> bytes:
    """What says that something stands there `low` times or more."""
    return b"{%d,}" % low if low > 1 else b"+" if low else b"*"


def _class(part: Chars) -> bytes:
    """The bytes of which the characters of a set are made in a scanned text."""
    wide = part.others is None or bool(part.others) or any(char in TYPOGRAPHIC for char in part.ascii)
    members = part.ascii | _ODD if part.others is None or part.others else part.ascii
    missing = [chr(code) for code in range(128) if chr(code) not in members]
    if wide and len(missing) < len(members):
        return b"[^" + b"".join(map(_byte, missing)) + b"]" if missing else b"[\\x00-\\xff]"
    return b"[" + b"".join(map(_byte, sorted(members))) + (b"\\x80-\\xff]" if wide else b"]")


def _repeated(part: Shape) -> int:
    """How many bytes of a part's pattern repeat as a whole."""
    if isinstance(part, Loop | Ahead):
        return len(_part(part))
    return sum(map(_repeated, inside(part)))


def _byte(char: str) -> bytes:
    return char.encode() if char.isalnum() else b"\\x%02x" % ord(char)


def _begins_surely(part: Shape) -> bool:
    """Whether every match of a part begins with a character that is scanned, and no space."""
    if isinstance(part, Row):
        return bool(part.parts) and _begins_surely(part.parts[0])
    return sure(part) and all(map(_begins_surely, inside(part)))


def _ends_surely(part: Shape) -> bool:
    """Whether every match of a part ends with such a character."""
    if isinstance(part, Row):
        return bool(part.parts) and _ends_surely(part.parts[-1])
    return sure(part) and all(map(_ends_surely, inside(part)))


def _may_be_anything(part: Shape) -> bool:
    if isinstance(part, Chars):
        return part.others is None and len(part.ascii) >= _ANY
    return not isinstance(part, Ahead) and any(map(_may_be_anything, inside(part)))


def _has_edge(part: Shape) -> bool:
    return isinstance(part, Edge) or (not isinstance(part, Ahead) and any(map(_has_edge, inside(part))))
