"""Logs read back beside their raw texts, for every command that shows removals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.log import SUFFIX, LogError, read_log, removals_of, restored, sha256
from cleaner.logged import LoggedDocument, LoggedRemoval, LoggedSpan

Record = dict[str, Any]

_KEPT = "a decision keeps it"
_UNSURE = "not sure enough for this profile"


def logs_below(paths: Iterable[Path]) -> list[Path]:
    """The logs that some paths mean: a log, an output with its log beside it, or all logs below a folder.

    Raises FileNotFoundError, with the path, where there is none.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            below = sorted(path.rglob(f"*{SUFFIX}"))
        elif path.name.endswith(SUFFIX):
            below = [path] if path.exists() else []
        else:
            beside = path.with_name(path.name + SUFFIX)
            below = [beside] if beside.exists() else []
        if not below:
            raise FileNotFoundError(path)
        found.extend(below)
    return list(dict.fromkeys(found))


def grouped(log: Path) -> Iterator[tuple[Record, list[Record]]]:
    """Each document record of a log with its removals and candidates. Raises LogError for a damaged log."""
    document: Record | None = None
    entries: list[Record] = []
    for record in read_log(log):
        if record["type"] in ("document", "end"):
            if document is not None:
                yield document, entries
            document, entries = record, []
        elif record["type"] in ("removal", "candidate"):
            entries.append(record)


def documents_of(log: Path) -> Iterator[LoggedDocument]:
    """The documents of one log with their raw texts, which come from output and log, or, where the log keeps
    hashes only, from the source. Raises LogError or OSError when neither can be had.
    """
    output = log.with_name(log.name.removesuffix(SUFFIX))
    for document, entries in grouped(log):
        raw = _raw(document, entries, output)
        yield logged(document, entries, raw, str(output))


def logged(
    document: Mapping[str, Any], entries: Sequence[Record], raw: bytes, output: str, shard: str = ""
) -> LoggedDocument:
    """A document's records and raw bytes as the nouns that everything here shows."""
    encoding = document["encoding"]
    text = raw.decode(encoding)
    if document["bom"]:
        text = text.removeprefix("\ufeff")
    removals = tuple(removal_of(one, document) for one in entries if one["type"] == "removal")
    candidates = tuple(removal_of(one, document) for one in entries if one["type"] == "candidate")
    return LoggedDocument(
        document["document"], document["source"], output, text, raw, encoding, removals, candidates, shard
    )


def _raw(document: Record, entries: list[Record], output: Path) -> bytes:
    if all("text" in one for one in entries):
        return restored(output.read_bytes(), document, removals_of(entries))
    raw = Path(document["source"]).read_bytes()
    if sha256(raw) != document["sha256"]:
        raise LogError(f"{document['source']}: changed since it was cleaned, and the log keeps hashes only")
    return raw


def removal_of(record: Record, document: Mapping[str, Any]) -> LoggedRemoval:
    """One removal or candidate of a log; `document` is the record of its document."""
    removed = record["type"] == "removal"
    note = "" if removed else str(document.get("refused") or (_KEPT if record["score"] >= 0.9 else _UNSURE))
    return LoggedRemoval(
        record["id"],
        record["filter"],
        record["code"],
        record["reason"],
        record["score"],
        record["start"],
        record["end"],
        record["byte_start"],
        record["byte_end"],
        record["line_start"],
        record["line_end"],
        tuple(
            LoggedSpan(one["start"], one["end"], one["code"], one["score"], one.get("reason", ""))
            for one in record["spans"]
        ),
        "removal" if removed else "candidate",
        note,
    )
