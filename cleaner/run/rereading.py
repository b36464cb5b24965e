"""Documents of logs read back beside their raw texts, as every command, export and report shows them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.config import Config
from cleaner.document import Document, Removal, Span, filter_of
from cleaner.formats import InputError, Options, format_of
from cleaner.formats.compressed import unpacked
from cleaner.log import LogError, raw_text, removals_of, restored
from cleaner.log.entries import Encoded, LogRecord, document_records, placed, sha256
from cleaner.log.logged import LoggedDocument, LoggedRemoval, LoggedSpan
from cleaner.machine.opening import reading
from cleaner.run.cleaning import Cleaner
from cleaner.run.restoring import groups, logs_at, options_of, output_of, source_of

_NOTES = {"decision": "a decision keeps it", "unsure": "not sure enough to be removed"}
_UNTOLD = "its log is too old to say why; clean again"


def logs_below(paths: Iterable[Path]) -> list[Path]:
    """The logs that some paths mean: a log, an output with its log beside it, or all logs below a folder.

    Raises FileNotFoundError, with the path, where there is none, and OSError for a folder that cannot be listed.
    """
    found: list[Path] = []
    for path in paths:
        logs = logs_at(path, _refuse)
        if not logs:
            raise FileNotFoundError(path)
        found.extend(logs)
    return list(dict.fromkeys(found))


def _refuse(error: OSError) -> None:
    raise error


def grouped(log: Path) -> Iterator[tuple[LogRecord, list[LogRecord]]]:
    """Each document record of a log with its removals and candidates. Raises LogError for a damaged log."""
    for described, entries in groups(log, ("removal", "candidate")):
        if described["type"] == "document":
            yield described, entries


def documents_of(log: Path, config: Config) -> Iterator[LoggedDocument]:
    """The documents of one log with their raw texts, which come from output and log.

    Where the log keeps hashes only, they come from the source, which is looked for in the configuration's folder.
    Raises LogError, InputError or OSError when neither can be had, and LogError where they are not what the log tells
    of them: whoever shows or exports them counts on its offsets.
    """
    output = output_of(log)
    found = _of_shard(log, output, config) if format_of(output.name).shard else _of_text(log, output, config)
    for described, entries, document in found:
        if wrong := mistold(described, entries, document):
            raise LogError(f"{document.output}: {wrong}; clean again")
        yield document


def _of_text(log: Path, output: Path, config: Config) -> Iterator[tuple[LogRecord, list[LogRecord], LoggedDocument]]:
    for document, entries in grouped(log):
        if all("text" in one for one in entries):
            try:
                raw = restored(_raw(output), document, removals_of(entries))
            except LogError as error:
                told = str(error).removeprefix(f"{document['document']}: ")
                raise LogError(f"{output}: {told}") from None
        else:
            raw = _unchanged(_raw(_source(document, output, config)), document)
        yield document, entries, logged(document, entries, raw, str(output))


def _of_shard(log: Path, output: Path, config: Config) -> Iterator[tuple[LogRecord, list[LogRecord], LoggedDocument]]:
    hashed = _is_hashed(log)
    options = options_of(log, Cleaner(config).options)
    texts: Iterator[str] | None = None
    for document, entries in grouped(log):
        if texts is None:
            texts = _texts(_source(document, output, config) if hashed else output, options)
        text = next(texts, None)
        if text is None:
            raise LogError(f"{output}: holds fewer documents than its log; clean again")
        if hashed:
            raw = _unchanged(text.encode(), document)
        else:
            raw = raw_text(text, document, removals_of(entries)).encode()
            if sha256(raw) != document["sha256"]:
                raise LogError(f"{output}: {document['document']} was changed after it was written; clean again")
        yield document, entries, logged(document, entries, raw, f"{output}/{document['document']}", document["source"])


def _raw(path: Path) -> bytes:
    with reading(path) as handle:
        return handle.read()


def _source(document: LogRecord, output: Path, config: Config) -> Path:
    """The raw file that a log of hashes needs. Raises InputError where it is gone."""
    path = source_of(document, output, config.root)
    if not path.is_file():
        raise InputError(f"is gone, and the log of {output} keeps hashes only; put it back", str(path))
    return path


def _texts(path: Path, options: Options) -> Iterator[str]:
    """The texts of a shard's records, in their order."""
    try:
        with unpacked(path) as handle:
            for record in format_of(path.name).read(handle, path.name, options):
                if record.document is not None:
                    yield record.document.text
    except InputError as error:
        raise InputError(str(error), str(path)) from None


def _is_hashed(log: Path) -> bool:
    # unescaped quotes: this cannot stand inside of a text
    with reading(log) as handle:
        return any(b'"text_sha256":"' in line for line in handle)


def _unchanged(raw: bytes, document: Mapping[str, Any]) -> bytes:
    if sha256(raw) != document["sha256"]:
        raise LogError(f"{document['source']}: not what it was when {document['document']} was cleaned; clean again")
    return raw


def mistold(described: LogRecord, records: Iterable[LogRecord], document: LoggedDocument) -> str:
    """What a log tells of a document that is not so: its size, or the text, the place, the lines or the id of a removal
    or candidate. Empty where all is so. A seal proves only that nobody changed the log who could not seal it anew.
    """
    if described["bytes"] != len(document.raw):
        return f"has {len(document.raw):,} bytes, not {described['bytes']:,}"
    for record in records:
        if not _quotes(record, document.text[record["start"] : record["end"]]):
            return f"the {record['type']} {record['id']} is another text than its log has"
    text = Document(document.id, document.text)
    entries = (*document.removals, *document.candidates)
    try:
        bom = "\ufeff".encode(document.encoding) if described["bom"] else b""
        there = list(placed(text, [_removal(one, document) for one in entries], Encoded(document.encoding, bom)))
    except UnicodeError:
        return f"{document.encoding} cannot hold it"
    for one, (id_, *places) in zip(entries, there, strict=True):
        if [one.byte_start, one.byte_end, one.line_start, one.line_end] != places:
            return f"the {one.kind} {one.id} is not at the bytes or on the lines that its log has"
        if (one.id, one.filter) != (id_, filter_of(one.code)) or one.code != one.spans[0].code:
            return f"the {one.kind} {one.id} has another id or code than what was found there"
    return ""


def _removal(one: LoggedRemoval, document: LoggedDocument) -> Removal:
    spans = (Span(start, end, code, reason, score) for start, end, code, score, reason in one.spans)
    return Removal(one.start, one.end, document.removed(one), tuple(spans))


def cleaned_now(
    document: Document, encoded: Encoded, cleaner: Cleaner, shown: str, shard: bool = False, file: str = ""
) -> LoggedDocument:
    """A document as its log would tell of it, were it cleaned now; `shown` names its file, and `file` does so with its
    real bytes where that is another name.
    """
    (cleaned,) = cleaner.many(iter([document]))
    described, *entries = document_records(cleaned, shown, encoded, b"")
    raw = encoded.bom + document.text.encode(encoded.encoding)
    output = file or shown
    return logged(described, entries, raw, f"{output}/{document.id}" if shard else output, shown if shard else "")


def logged(
    document: Mapping[str, Any], entries: Sequence[LogRecord], raw: bytes, output: str, shard: str = ""
) -> LoggedDocument:
    """A document's records and raw bytes as the nouns that everything here shows."""
    encoding = document["encoding"]
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        raise LogError(f"{document['source']}: is not {encoding}, as the log of {output} has it; clean again") from None
    if document["bom"]:
        text = text.removeprefix("\ufeff")
    removals = tuple(removal_of(one, document) for one in entries if one["type"] == "removal")
    candidates = tuple(removal_of(one, document) for one in entries if one["type"] == "candidate")
    return LoggedDocument(
        document["document"], document["source"], output, text, raw, encoding, removals, candidates, shard
    )


def _quotes(record: LogRecord, text: str) -> bool:
    """Whether an entry tells its text, or the hash of it, as it is: nothing else proves that of what was left in."""
    if "text" in record:
        return bool(record["text"] == text)
    return record.get("text_sha256") in (None, sha256(text.encode("utf-8", "surrogatepass")))


def removal_of(record: LogRecord, document: Mapping[str, Any]) -> LoggedRemoval:
    """One removal or candidate of a log; `document` is the record of its document."""
    removed = record["type"] == "removal"
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
        "" if removed else left_in(record, document),
        "" if removed else record.get("kept", ""),
    )


def left_in(candidate: LogRecord, document: Mapping[str, Any]) -> str:
    """Why a candidate was left in, in words; `document` is the record of its document."""
    kept = candidate.get("kept", "")
    if kept in _NOTES:
        return _NOTES[kept]
    refused = document.get("refused")
    if refused and kept in ("guard", ""):
        return f"the document {refused}, so it is left whole"
    return str(kept) or _UNTOLD  # a cause that a later version knows
