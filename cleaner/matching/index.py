"""What is looked for in the place of many rules: each literal once, with the rules that it points to."""

import gzip
import hashlib
import json
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.machine import cache as stored
from cleaner.matching.lines import Joint
from cleaner.rules import Rule, load_rules, shipped_filters

if TYPE_CHECKING:
    from cleaner.matching.sought import Row, Sought

BETWEEN = "\0"  # in one string that holds many: to read thousands of strings takes milliseconds
SPELLED = ("text/plain.py", "rules/syntax.py")  # how a view and a pattern are
PREPARED = Path(__file__).with_name("prepared.json.gz")  # what is sought for the shipped rules, by `prepare`


class Strings(NamedTuple):
    """What is looked for: literals; rows, of one literal of each set in order; whole patterns, in Hyperscan's words."""

    words: Sequence[str]
    rows: "Sequence[Row]" = ()
    wholes: Sequence[str] = ()


class Literals(NamedTuple):
    """Strings under a name that is theirs alone, numbered one after another: `words` literals, then `others`.

    There are tens of thousands, and what was once made of them needs none: `read` gives them when asked.
    """

    name: str
    words: int
    others: int
    read: Callable[[], Strings]


class Index(NamedTuple):
    """Every rule's ways to match, numbered: `of[n]` is the place of the rule of way n, `joints[joint[n]]` its joint.

    String n of `literals` points to the ways `pointed[group[n]]`; the first `starts` of them are beginnings of lines.
    A way has literals, or a row of sets of which one literal each is needed, or a whole pattern instead. Of a way that
    needs literals and a start, the starts are in `heads`, in one string: only where the literals are found are they
    looked at.
    A match of way n begins `before[n]` line ends and `reach[n]` characters at most before the end of what is found
    last, and runs over `over[n]` line ends at most. The rules `always` need nothing that can be looked for; a
    match of the rules `loose` may begin anywhere in a line.
    """

    of: Sequence[int]
    joint: Sequence[int]
    joints: Sequence[Joint]
    heads: Sequence[tuple[int, str]]
    before: Sequence[int]
    reach: Sequence[int]
    over: Sequence[int]
    always: Sequence[int]
    loose: Sequence[int]
    starts: int
    pointed: Sequence[Sequence[int]]
    group: Sequence[int]
    literals: Literals


def index(rules: Sequence[Rule], wholes: bool = True) -> Index:
    """The index of these rules: from the cache, else put together; a rule that is not shipped takes milliseconds.

    `wholes`: whether what looks for it can look for whole patterns.
    """
    digest = hashlib.sha256(f"{_maker()} {sys.byteorder}".encode())
    for rule in rules:
        digest.update(rule.pattern.encode() + b"\0")
    name = f"{'index' if wholes else 'words'}-{digest.hexdigest()[:32]}"
    kept = _read(name, rules, wholes)
    return _write(name, *_together(rules, wholes)) if kept is None else kept


def _read(name: str, rules: Sequence[Rule], wholes: bool) -> Index | None:
    """What the cache holds: a line of JSON, then the groups as numbers of four bytes each."""

    def strings() -> Strings:
        try:
            return Strings(*json.loads(stored.read(f"{name}.strings") or b"null"))
        except (TypeError, ValueError):
            made, found = _together(rules, wholes)
            _write(name, made, found)
            return found

    try:
        told, _, groups = (stored.read(name) or b"").partition(b"\n")
        *parts, words, others = json.loads(told)
        made = Index._make([*parts, memoryview(groups).cast("I"), Literals(name, words, others, strings)])
        return made._replace(joints=[Joint(*one) for one in made.joints])
    except (TypeError, ValueError):
        return None


def _write(name: str, made: Index, strings: Strings) -> Index:
    """Keeps an index, and gives it its name."""
    *parts, group, literals = made
    told = json.dumps([*parts, literals.words, literals.others]).encode()
    stored.write(f"{name}.strings", json.dumps(strings).encode())
    stored.write(name, told + b"\n" + array("I", group).tobytes())
    return made._replace(literals=literals._replace(name=name))


def prepare(path: Path = PREPARED) -> None:
    """Writes what is sought for the shipped rules, so that the first run on a machine need not find it out.

    What is known of a rule already is kept, unless the code has changed since: then it takes minutes.
    """
    rules = [rule for name in shipped_filters() for rule in load_rules(name)]
    found = dict(zip(map(key, rules), _sought(rules), strict=True))
    entries = {"maker": _maker(), "sought": dict(sorted(found.items()))}
    path.write_bytes(gzip.compress(json.dumps(entries, ensure_ascii=False).encode(), mtime=0))


def prepared() -> "Mapping[str, Sequence[Sought]]":
    """What was found out before, by key of the rule; nothing when the code has changed since."""
    from cleaner.matching.sought import Sought

    try:
        entries: dict[str, Any] = json.loads(gzip.decompress(PREPARED.read_bytes()))
    except (OSError, ValueError):
        return {}
    if entries["maker"] != _maker():
        return {}
    return {name: [Sought(*one) for one in sought] for name, sought in entries["sought"].items()}


def _sought(rules: Sequence[Rule]) -> "list[Sequence[Sought]]":
    from cleaner.matching.sought import seek

    known = prepared()
    return [known[name] if (name := key(rule)) in known else seek(rule) for rule in rules]


def key(rule: Rule) -> str:
    """What a rule's entry is found by."""
    return hashlib.sha256(rule.pattern.encode()).hexdigest()[:16]


@cache
def _maker() -> str:
    """A digest of all that decides what is sought: this package, and how patterns and views are spelled.

    A later `regex` may know more letters with two cases; it matters to patterns that name such a letter.
    """
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for part in (*sorted(here.glob("*.*")), *(here.parent / name for name in SPELLED)):
        if part != PREPARED:
            digest.update(part.read_bytes())
    return digest.hexdigest()[:32]


def _together(rules: Sequence[Rule], wholes: bool) -> tuple[Index, Strings]:
    joints: dict[Joint, int] = {}
    words: dict[str, list[int]] = {}
    begun: dict[str, list[int]] = {}
    of, joint, rows, patterns, heads, before, reach, over, always = [list[Any]() for _ in range(9)]
    for number, sought in enumerate(_sought(rules)):
        if not sought:
            always.append(number)
        for starts, sets, ends_before, length, ends_over, where, whole in sought:
            way = len(of)
            of.append(number)
            joint.append(joints.setdefault(Joint(*where), len(joints)))
            reach.append(length)
            over.append(ends_over)
            if whole and wholes:  # it may be found anywhere in a match
                before.append(ends_over)
                patterns.append((way, whole))
                continue
            before.append(ends_before)
            for word in () if sets else starts:
                begun.setdefault(word, []).append(way)
            for word in sets[0][1] if len(sets) == 1 else ():
                words.setdefault(word, []).append(way)
            if len(sets) > 1:
                rows.append((way, sets))
            if starts and sets:
                heads.append((way, BETWEEN.join(starts)))
    strings = Strings([*begun, *words], [row for _, row in rows], [whole for _, whole in patterns])
    others = (*rows, *patterns)
    pointed: dict[tuple[int, ...], int] = {}
    ways = (*map(tuple, begun.values()), *map(tuple, words.values()), *((way,) for way, _ in others))
    group = [pointed.setdefault(one, len(pointed)) for one in ways]
    literals = Literals("", len(strings.words), len(others), lambda: strings)
    loose = [number for number, rule in enumerate(rules) if not rule.anchored]
    parts = (of, joint, list(joints), heads, before, reach, over, always, loose)
    return Index(*parts, len(begun), list(pointed), group, literals), strings
