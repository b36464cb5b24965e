"""What a person said about removals: `keep` brings a text back at the next run, `remove` takes one away.

Decisions live in `.cleaner/decisions.jsonl`, one JSON object a line, and belong into version control. One
about a logged removal or candidate carries its id, which survives edits elsewhere in the document. One
about text that no rule named quotes it with its surroundings, and is found again by them.
"""

import hashlib
import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from cleaner.document import Document, Removal, Span
from cleaner.log.entries import possible_ids
from cleaner.machine.files import whole
from cleaner.machine.opening import reading
from cleaner.machine.system import in_words

Verdict = Literal["keep", "remove"]

FOLDER = ".cleaner"
FILE = Path(FOLDER, "decisions.jsonl")
FILTER = "decision"  # what they are a filter as
MARKED = f"{FILTER}.marked"
REASON = "was marked by hand"
_MERGED = (b"<<<<<<< ", b"=======", b">>>>>>> ", b"||||||| ")  # what git writes around lines that two people added
_CONTEXT = 64


class DecisionsError(ValueError):
    """A decisions file that cannot be read; the message names file, line and cure."""


class Decision(NamedTuple):
    """One verdict: on a logged removal or candidate by its `id`, or, without an id, on the text `exact`.

    To remove a candidate takes both: the id says which it is, the text what is to go.

    `start` (code points) only helps to choose among equal passages.
    """

    verdict: Verdict
    id: str = ""
    document: str = ""
    code: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 0

    @property
    def key(self) -> str:
        """What the decision is about: a later one with the same key replaces it."""
        return self.id or json.dumps([self.document, self.prefix, self.exact, self.suffix])


_OURS = {*Decision._fields, "decision", "drop"}


class Decisions:
    """All verdicts of a project, the last one on each removal or passage."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._by_key: dict[str, Decision] = {}
        self._named: dict[str, list[Decision]] | None = None
        self._all: str | None = None
        # Fields that nobody here knows, by key: a person's note must outlive the next mark.
        self.more: dict[str, dict[str, Any]] = dict(decisions.more) if isinstance(decisions, Decisions) else {}
        for decision in decisions:
            self.add(decision, self.more.get(decision.key))

    def __iter__(self) -> Iterator[Decision]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def add(self, decision: Decision, more: Mapping[str, Any] | None = None) -> None:
        """Takes a verdict in; it replaces an earlier one on the same thing. `more`: other fields of its line."""
        self._by_key[decision.key] = decision
        self.more.pop(decision.key, None)
        if more:
            self.more[decision.key] = dict(more)
        self._named = self._all = None

    def drop(self, key: str) -> None:
        """Forgets a verdict, if there is one."""
        self._by_key.pop(key, None)
        self._named = self._all = None

    def records(self) -> Iterator[dict[str, object]]:
        """The JSON object of each, other fields of its line included."""
        for decision in self:
            yield {**self.more.get(decision.key, {}), **record(decision)}

    def keeps(self, removal_id: str) -> bool:
        """Whether this removal must not happen."""
        found = self._by_key.get(removal_id)
        return found is not None and found.verdict == "keep"

    def removes(self, removal_id: str) -> bool:
        """Whether this candidate must become a removal."""
        found = self._by_key.get(removal_id)
        return found is not None and found.verdict == "remove"

    def keep(self, document: Document, removal: Removal) -> bool:
        """Whether a person wants this removal's text kept; what a Pipeline asks before it cuts."""
        named = (document.id, "")
        return any(map(self._on, named)) and any(
            found is not None and found.verdict == "keep" and found.document in named
            for found in map(self._by_key.get, possible_ids(document, removal))
        )

    def marked(self, document: Document) -> Iterator[Span]:
        """The passages of this document that a person marked for removal and that are still there."""
        for decision in self._on(document.id):
            place = find(document.text, decision) if decision.verdict == "remove" else None
            if place is not None:
                yield Span(*place, MARKED, REASON)

    def digest(self, document: str) -> str:
        """A SHA-256 of all that people decided about a document and that can change what is written of it; the log
        names it. Empty where there is nothing.
        """
        return _digest({*self._on(document), *self._on("")})

    def digest_of_file(self, name: str, shard: bool) -> str:
        """The same of a file; of a shard, whose documents only reading tells, of all decisions there are."""
        if not shard:
            return self.digest(name)
        if self._all is None:
            self._all = _digest(filter(_shapes, self))
        return self._all

    def _on(self, document: str) -> Sequence[Decision]:
        """The decisions that name a document and can change what is written of it; of "", those on any document.

        Written by hand, an id may come without its document: it holds the document's name anyway.
        """
        if self._named is None:
            self._named = {}
            for decision in filter(_shapes, self):
                self._named.setdefault(decision.document, []).append(decision)
        return self._named.get(document, ())


def _shapes(decision: Decision) -> bool:
    """Whether a decision can change what is written: that a removal is right changes nothing."""
    return decision.verdict == "keep" or bool(decision.exact and decision.document)


def _digest(decisions: Iterable[Decision]) -> str:
    told = sorted(json.dumps(one._replace(code="")) for one in decisions)  # the rule's code is for counting only
    return hashlib.sha256("\n".join(told).encode()).hexdigest() if told else ""


def find(text: str, decision: Decision) -> tuple[int, int] | None:
    """Where a quoted passage stands now: of equal passages the one whose surroundings agree most, then the
    nearest to where it stood. None when neither what stood before it nor what stood after it is there whole:
    a word marked in a menu must not be cut from a sentence, nor its double once it is gone. Never splits a CRLF.
    """
    best: tuple[int, int] | None = None
    chosen = -1
    at = text.find(decision.exact)
    while at >= 0:
        end = at + len(decision.exact)
        before = _common_start(text[max(at - _CONTEXT, 0) : at][::-1], decision.prefix[::-1])
        after = _common_start(text[end : end + _CONTEXT], decision.suffix)
        rank = (before + after, -abs(at - decision.start))
        if _agrees(before, after, decision) and (best is None or rank > best):
            best, chosen = rank, at
        at = text.find(decision.exact, at + 1)
    if best is None:
        return None
    start, end = chosen, chosen + len(decision.exact)
    if text[end - 1 : end + 1] == "\r\n":
        end += 1
    if start and text[start - 1 : start + 1] == "\r\n":
        start += 1
    return (start, end) if start < end else None


def _agrees(before: int, after: int, decision: Decision) -> bool:
    """Whether one side of the passage is whole; a side that was empty says nothing."""
    sides = [(before, len(decision.prefix)), (after, len(decision.suffix))]
    told = [found == size for found, size in sides if size]
    return not told or any(told)


def quote(document: Document, start: int, end: int) -> Decision:
    """A `remove` decision on a passage (code points), with enough around it to find it after edits."""
    text = document.text
    return Decision(
        "remove",
        document=document.id,
        code=MARKED,
        exact=text[start:end],
        prefix=text[max(start - _CONTEXT, 0) : start],
        suffix=text[end : end + _CONTEXT],
        start=start,
    )


def load(path: Path) -> Decisions:
    """Reads a decisions file; one that is not there holds none.

    Raises DecisionsError for a line that is not a decision, and when the file cannot be read: it may hold some.
    """
    try:
        with reading(path) as handle:
            raw = handle.read()
    except FileNotFoundError:
        if path.is_symlink():
            told = "a link that leads nowhere; bring back what it leads to, or delete it"
            raise DecisionsError(f"{path}: {told}") from None
        return Decisions()
    except OSError as error:
        told = in_words(error)
        raise DecisionsError(f"{path}: {told}; change its permissions, or move it") from None
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise DecisionsError(f"{path}: is UTF-16; save it as UTF-8")
    found = Decisions()
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.strip():
            if line.startswith(_MERGED):
                raise DecisionsError(
                    f"{path}:{number}: a merge left its mark; keep the lines of both sides, without it"
                )
            try:
                value = json.loads(line)
                decision = parse(value)
                found.add(decision, {name: value[name] for name in value if name not in _OURS})
            except json.JSONDecodeError as error:
                what = f"not JSON at column {error.colno} ({error.msg})"
                raise DecisionsError(f"{path}:{number}: {what}; correct or delete this line") from None
            except (ValueError, RecursionError) as error:
                raise DecisionsError(f"{path}:{number}: {error}; correct or delete this line") from None
    return found


def save(path: Path, decisions: Decisions) -> None:
    """Writes all decisions, sorted, by an atomic rename: a reader never sees half a file.

    A file that is there keeps its permissions, and a link leads to the new one.
    """
    lines = sorted(map(_line, decisions.records()))
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as handle:
        handle.write("".join(f"{line}\n" for line in lines).encode())


def _line(fields: dict[str, object]) -> str:
    line = json.dumps(fields, ensure_ascii=False, sort_keys=True)
    half = any("\ud800" <= character <= "\udfff" for character in line)  # of a character, in somebody's note
    return json.dumps(fields, sort_keys=True) if half else line


def parse(value: object) -> Decision:
    """A decision from its JSON object; unknown fields are passed over. Raises ValueError with the reason."""
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    verdict: Any = value.get("decision")
    if verdict not in ("keep", "remove"):
        raise ValueError('"decision" must be "keep" or "remove"')
    fields: dict[str, Any] = {}
    for name, default in Decision._field_defaults.items():
        given = value.get(name, default)
        if type(given) is not type(default):
            raise ValueError(f'"{name}" must be {"text" if isinstance(default, str) else "a whole number"}')
        fields[name] = given
    decision = Decision(verdict, **fields)
    _refuse_surrogates(decision)
    if not decision.id and not (decision.verdict == "remove" and decision.exact and decision.document):
        raise ValueError('needs the "id" of a removal, or "remove" with the "document" and the "exact" text')
    return decision


def record(decision: Decision) -> dict[str, object]:
    """The JSON object of a decision, empty fields left out."""
    fields: dict[str, object] = {"decision": decision.verdict}
    fields.update((name, value) for name, value in decision._asdict().items() if value and name != "verdict")
    return fields


def _refuse_surrogates(decision: Decision) -> None:
    # JSON can spell half a character; no document holds one and no file can
    try:
        "".join(part for part in decision if isinstance(part, str)).encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a character (a lone surrogate)") from None


def _common_start(one: str, other: str) -> int:
    """How many characters two texts share from their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
