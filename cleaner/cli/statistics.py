"""What `stats` prints: a table with bars, or one JSON object, of the logs below some paths."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from cleaner.cli.shown import count, one_line
from cleaner.cli.table import bar, sparkline, table
from cleaner.report.totals import Tally, Totals
from cleaner.review.precision import Precision
from cleaner.run.rereading import grouped, removal_of

_BAR = 24


def totals_of(logs: Iterable[Path]) -> Totals:
    """Everything the logs record, added up. Reads logs only. Raises LogError for a damaged one."""
    totals = Totals()
    for log in logs:
        for document, entries in grouped(log):
            totals.count([removal_of(one, document) for one in entries], document["bytes"])
    return totals


def as_json(totals: Totals, judged: Mapping[str, Precision] | None = None) -> str:
    """One JSON object. Shares are of bytes, since a log does not tell how many characters stayed."""

    def row(tally: Tally) -> dict[str, int]:
        return {
            "removals": tally.removals,
            "characters": tally.characters,
            "documents": tally.documents,
            "candidates": tally.others,
        }

    found: dict[str, object] = {
        "documents": totals.documents,
        "changed": totals.changed,
        "removals": totals.removals,
        "candidates": totals.candidates,
        "removed_chars": totals.removed,
        "removed_bytes": totals.removed_size,
        "bytes": totals.size,
        "filters": {name: row(tally) for name, tally in sorted(totals.filters.items())},
        "rules": {code: {"filter": tally.filter, **row(tally)} for code, tally in sorted(totals.rules.items())},
        "positions": totals.positions,
    }
    if judged is not None:
        found["decisions"] = {code: one._asdict() for code, one in judged.items()}
    return json.dumps(found, indent=2, ensure_ascii=False)


def as_table(totals: Totals, plain: bool = False) -> str:
    """What a person reads: the sums, filters and rules with bars, and where in documents removals fall."""
    share = f"{totals.removed_size / totals.size:.1%}" if totals.size else "0 %"
    head = (
        f"{count(totals.documents, 'document')}, {totals.changed:,} of them changed; "
        f"{count(totals.removals, 'removal')}, {count(totals.removed, 'character')}, {share} of the bytes; "
        f"{count(totals.candidates, 'candidate')} left in"
    )
    if not totals.rules:
        return head
    places = sparkline(totals.positions, plain)
    return "\n\n".join(
        [
            head,
            _rows("Filter", totals.filters, plain),
            _rows("Rule", totals.rules, plain),
            f"Where in documents: beginning [{places}] end",
        ]
    )


def _rows(head: str, tallies: Mapping[str, Tally], plain: bool) -> str:
    most = max(tally.characters for tally in tallies.values())
    ranked = sorted(tallies.items(), key=lambda item: (-item[1].characters, -item[1].others, item[0]))
    return table(
        [head, ">Removals", ">Characters", ">Documents", ">Left in", ""],
        [
            [
                name,
                f"{tally.removals:,}",
                f"{tally.characters:,}",
                f"{tally.documents:,}",
                f"{tally.others:,}",
                bar(tally.characters, most, _BAR, plain),
            ]
            for name, tally in ranked
        ],
    )


def judged_table(judged: Mapping[str, Precision]) -> str:
    """Each rule's precision where a person looked: a share, and the interval that it lies in."""
    if not judged:
        return "No decisions on logged removals yet: cleaner review makes some."
    return table(
        ["Rule", ">Right", ">Judged", ">Precision", "95 % interval"],
        [
            [
                one_line(code),
                f"{one.right:,}",
                f"{one.judged:,}",
                f"{one.right / one.judged:.0%}",
                f"{one.low:.0%} to {one.high:.0%}",
            ]
            for code, one in judged.items()
        ],
    )
