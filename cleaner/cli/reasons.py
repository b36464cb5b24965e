"""Why a line went or stayed: everything that spoke about it, and what nearly did."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import click

from cleaner.cli.codes import Exit
from cleaner.cli.failure import Failure
from cleaner.cli.nearest import NearMiss, nearest
from cleaner.cli.reading import live
from cleaner.cli.shown import count
from cleaner.cli.terminal import visible, visible_name
from cleaner.config import Config
from cleaner.document import Document
from cleaner.filters.about import CODED
from cleaner.formats import format_of
from cleaner.log import SUFFIX, LogError
from cleaner.log.entries import Encoded
from cleaner.log.logged import LoggedDocument, LoggedRemoval
from cleaner.models import Models
from cleaner.run.cleaning import Cleaner
from cleaner.run.rereading import cleaned_now, documents_of, logs_below
from cleaner.segmentation import segmentation


class Reasons(NamedTuple):
    """All that is known about one line of a raw text; `line` counts from 1."""

    file: str
    line: int
    text: str
    removals: tuple[LoggedRemoval, ...]
    candidates: tuple[LoggedRemoval, ...]
    near: tuple[NearMiss, ...]
    features: tuple[tuple[str, str], ...]
    threshold: float
    rules: frozenset[str]


def reasons_for(path: Path, number: int, config: Config) -> Reasons:
    """What decided about line `number` of a raw or a cleaned text. Rules and model are those of now, not of the log.

    Raises Failure for a file of many documents or a line that is not there, LogError or OSError as reading does.
    """
    if not path.exists():
        raise Failure(f"{path}: is not there (any more); check the name", Exit.REFUSED)
    if path.name.endswith(SUFFIX):
        raise Failure(f"{path}: is a log; name the text beside it", Exit.USAGE)
    if format_of(path.name).shard:
        raise Failure(f"{path}: holds many documents; write the one you ask about to a text file", Exit.USAGE)
    document, number = _raw_line(path, number, config)
    raw = Document(document.id, document.text)
    lines = raw.lines
    if number > len(lines):
        raise Failure(f"{path}: has {count(len(lines), 'line')}, not {number:,}", Exit.USAGE)
    line = lines[number - 1]
    text = document.text[line.start : line.end]

    def here(one: LoggedRemoval) -> bool:
        return one.start < max(line.next, line.start + 1) and line.start < one.end

    own = config.site(Cleaner(config).site(raw))
    removals = tuple(filter(here, document.removals))
    near = () if removals else tuple(nearest(own.rules, text))
    features = _features(raw, number - 1, own.models)
    candidates = tuple(filter(here, document.candidates))
    rules = frozenset(rule.code for rule in own.rules)
    return Reasons(document.source, number, text, removals, candidates, near, features, own.threshold, rules)


def _raw_line(path: Path, number: int, config: Config) -> tuple[LoggedDocument, int]:
    """The raw document, cleaned now, and the raw line; a line of a cleaned text is found again in its raw text."""
    try:
        (log,) = logs_below([path])
    except FileNotFoundError:
        document = next(live(path, config), None)
        if document is None:
            raise Failure(f"{path}: is excluded by the configuration", Exit.USAGE) from None
        return document, number
    documents = list(documents_of(log, config))
    if len(documents) != 1:
        raise LogError(f"{log}: describes {count(len(documents), 'document')}, not one; clean again")
    (logged,) = documents
    kept = Document("", "".join(logged.text[start:end] for start, end in logged.kept())).lines
    if number > len(kept):
        raise Failure(f"{path}: has {count(len(kept), 'line')}, not {number:,}", Exit.USAGE)
    offset = kept[number - 1].start
    for removal in logged.removals:
        if removal.start > offset:
            break
        offset += removal.end - removal.start
    raw = Document(logged.id, logged.text)
    encoded = Encoded.of(logged.raw, logged.encoding)
    return cleaned_now(raw, encoded, Cleaner(config), logged.source), raw.line_at(offset) + 1


def _features(document: Document, index: int, models: Models) -> tuple[tuple[str, str], ...]:
    """What the segmentation takes the line for, how surely, and the facts that decided; nothing where it was spared."""
    offset = document.lines[index].start
    for segment in segmentation(document, models).segments:
        if segment.start <= offset < segment.next:
            label = segment.label
            told = [
                ("taken for", label.kind),
                ("in a comment thread", f"{label.thread:.3g}"),
                ("boilerplate", f"{label.residue:.3g}"),
            ]
            return (*told, *((name.replace("_", " "), f"{value:g}") for name, value in sorted(segment.facts.items())))
    return ()


def as_json(found: Reasons) -> str:
    """One JSON object."""

    def entry(one: LoggedRemoval) -> dict[str, Any]:
        fields = one._asdict()
        fields["spans"] = [span._asdict() for span in one.spans]
        return fields

    return json.dumps(
        {
            "file": found.file,
            "line": found.line,
            "text": found.text,
            "removed": bool(found.removals),
            "removals": [entry(one) for one in found.removals],
            "candidates": [entry(one) for one in found.candidates],
            "near_misses": [
                {
                    "code": one.rule.code,
                    "keyword": one.keyword,
                    "likeness": round(one.likeness, 3),
                    "example": one.example,
                }
                for one in found.near
            ],
            "features": dict(found.features),
        },
        ensure_ascii=False,
        indent=2,
    )


def as_text(found: Reasons) -> str:
    """What a person reads, coloured."""
    verdict = click.style("removed", fg="red") if found.removals else click.style("kept", fg="green")
    out = [f"{click.style(f'{visible_name(found.file)}:{found.line}', bold=True)}: {verdict}"]
    if found.text.strip():
        out.append(f"  {_short(found.text)}")
    for one in found.removals:
        out.extend(_entry(one, f"cut by {one.code}", found))
    for one in found.candidates:
        what = "only suggested by" if one.kept == "unsure" else "asked for by"
        out.extend(_entry(one, f"{what} {one.code}", found))
    if not found.removals:
        out.extend(_nearest(found))
    if found.features:
        out += ["", "The line as the segmentation sees it:"]
        out += [f"  {name}: {value}" for name, value in found.features]
    return "\n".join(out)


def _entry(one: LoggedRemoval, what: str, found: Reasons) -> list[str]:
    lines = f"line {one.line_start}" if one.line_start == one.line_end else f"lines {one.line_start}-{one.line_end}"
    out = ["", f"{click.style(what, fg='cyan')}, score {one.score:g}: {visible(one.reason)}"]
    out.append(f"  {lines}, {one.end - one.start:,} characters, id {one.id}")
    if one.note:
        threshold = f" (threshold {found.threshold:g})" if one.kept == "unsure" else ""
        out.append(f"  left in: {visible(one.note)}{threshold}")
    others = dict.fromkeys(f"{span.code} ({span.score:g})" for span in one.spans if span.code != one.code)
    if others:
        out.append(f"  also asked for by {', '.join(others)}")
    shown = one.code in found.rules or any(one.code == other.code for other in CODED)
    out.append(f"  more: cleaner rules show {one.code}" if shown else f"  by the filter {one.filter}")
    return out


def _nearest(found: Reasons) -> list[str]:
    if not found.text.strip():
        return ["", "The line is blank."]
    if not found.near:
        return ["", "No rule comes near: none has one of its keywords on this line without matching."]
    out = ["", "Rules that came near (a keyword is there, the pattern does not match):"]
    for miss in found.near:
        code = click.style(miss.rule.code, fg="cyan")
        out += [f"  {code}: {miss.keyword!r}, {miss.likeness:.0%} like {_short(miss.example)}"]
    return out


def _short(text: str) -> str:
    return visible(text[:120] + ("…" if len(text) > 120 else ""))
