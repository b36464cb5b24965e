"""What the page shows: totals over every document, and as many documents as a browser holds with ease.

One pass over the logged documents, in bounded memory: totals and charts count all of them; of the texts a
sample stays when there are too many, the same one for the same corpus, with documents for every rule.
"""

import hashlib
import heapq
from collections.abc import Iterable
from typing import Any, NamedTuple

from cleaner.exports.utf16 import Utf16
from cleaner.log.logged import Kind, LoggedDocument
from cleaner.report.totals import Tally, Totals

_KINDS: tuple[Kind, ...] = ("removal", "candidate", "near miss")
_TOP = 20


class Limits(NamedTuple):
    """How much one page holds: documents, entries, characters in all and of one document; documents a rule
    is sure of."""

    documents: int = 5_000
    entries: int = 20_000
    characters: int = 60_000_000
    document_characters: int = 1_000_000
    per_rule: int = 5


LIMITS = Limits()


class _Sample:
    """Keeps the documents that the page will show: some for every rule, the heaviest losers, then any."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._heaps: dict[str, list[tuple[Any, str, LoggedDocument]]] = {}

    def offer(self, document: LoggedDocument) -> None:
        entries = (*document.removals, *document.candidates)
        lot = int.from_bytes(hashlib.blake2b(document.id.encode(), digest_size=8).digest(), "big")
        removed = sum(one.end - one.start for one in document.removals)
        self._push("heaviest", _TOP, removed, document)
        # a document in which something happened comes before one in which nothing did
        self._push("any", self._limits.documents, (bool(entries), -lot), document)
        for code in {one.code for one in entries}:
            self._push(f"rule {code}", self._limits.per_rule, -lot, document)

    def _push(self, heap: str, size: int, rank: Any, document: LoggedDocument) -> None:
        entries = self._heaps.setdefault(heap, [])
        entry = (rank, f"{document.shard}\0{document.id}", document)
        (heapq.heappush if len(entries) < size else heapq.heappushpop)(entries, entry)

    def chosen(self) -> list[LoggedDocument]:
        """The documents within all limits, in the order of their names."""
        found: dict[tuple[str, str], LoggedDocument] = {}
        characters = entries = 0
        for heap in sorted(self._heaps, key=lambda name: (name == "any", name)):
            for _, _, document in sorted(self._heaps[heap], key=lambda entry: entry[:2], reverse=True):
                key = (document.shard, document.id)
                size = min(len(document.text), self._limits.document_characters)
                more = len(document.removals) + len(document.candidates)
                fits = (
                    len(found) < self._limits.documents
                    and characters + size <= self._limits.characters
                    and entries + more <= self._limits.entries
                )
                if key not in found and fits:
                    found[key] = document
                    characters += size
                    entries += more
        return [found[key] for key in sorted(found)]


def gather(
    documents: Iterable[LoggedDocument], decisions: Iterable[dict[str, object]] = (), limits: Limits = LIMITS
) -> dict[str, Any]:
    """The page's model, ready for JSON. Offsets in it are UTF-16 units, as the page's script counts."""
    totals, sample = Totals(), _Sample(limits)
    for document in documents:
        entries_of = (*document.removals, *document.candidates)
        totals.count(entries_of, len(document.raw), len(document.text))
        sample.offer(document)
    totals.rules = dict(sorted(totals.rules.items()))
    rules = {code: (index, tally) for index, (code, tally) in enumerate(totals.rules.items())}
    names: dict[str, int] = {}
    shown: list[dict[str, Any]] = []
    entries: list[list[Any]] = []
    for document in sample.chosen():
        entries.extend(_entries(document, len(shown), rules, names, limits))
        shown.append(_document(document, limits))
    records = list(decisions)
    everything = totals.removals + totals.candidates + totals.near_misses
    return {
        "totals": {
            "documents": totals.documents,
            "changed": totals.changed,
            "removals": totals.removals,
            "candidates": totals.candidates,
            "nearMisses": totals.near_misses,
            "characters": totals.characters,
            "removed": totals.removed,
        },
        "sampled": len(shown) < totals.documents or len(entries) < everything,
        "filters": [_row(name, tally) for name, tally in sorted(totals.filters.items())],
        "rules": [_row(code, tally) for code, tally in totals.rules.items()],
        "names": list(names),
        "positions": totals.positions,
        "documents": shown,
        "entries": entries,
        "decisions": records,
        "fingerprint": _fingerprint([one["id"] for one in shown], [row[2] for row in entries], records),
    }


def _fingerprint(*parts: object) -> str:
    """Names this page's content: the browser keeps a reader's marks under it."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


def _row(name: str, tally: Tally) -> dict[str, Any]:
    row = {
        "name": name,
        "removals": tally.removals,
        "characters": tally.characters,
        "documents": tally.documents,
        "others": tally.others,
    }
    return row | ({"filter": tally.filter, "reason": tally.reason} if tally.filter else {})


def _document(document: LoggedDocument, limits: Limits) -> dict[str, Any]:
    removed = sum(one.end - one.start for one in document.removals)
    return {
        "id": document.id,
        "source": document.source,
        "shard": document.shard,
        "characters": len(document.text),
        "removed": removed,
        "text": document.text[: limits.document_characters],
    }


def _entries(
    document: LoggedDocument, place: int, rules: dict[str, tuple[int, Tally]], names: dict[str, int], limits: Limits
) -> Iterable[list[Any]]:
    """Rows of document, kind, id, rule, score, start, end, first and last line, note, other rules that asked for it
    and its own reason (-1: the rule's); no keys and each name once, for size."""
    units = Utf16(document.text)
    for one in sorted((*document.removals, *document.candidates), key=lambda one: (one.start, one.end)):
        if one.end <= limits.document_characters:
            others = dict.fromkeys(span.code for span in one.spans if span.code != one.code)
            yield [
                place,
                _KINDS.index(one.kind),
                one.id,
                rules[one.code][0],
                round(one.score, 4),
                units.at(one.start),
                units.at(one.end),
                one.line_start,
                one.line_end,
                one.note,
                [names.setdefault(code, len(names)) for code in others],
                -1 if rules[one.code][1].reason else names.setdefault(one.reason, len(names)),
            ]
