"""Dolma: a folder that `dolma -c mixer.json mix` turns into our cleaned text.

Documents and attributes are gzipped JSON lines with the same names and the same order, as dolma pairs
them by line. An attribute a filter lets the user mix only some filters' removals.
"""

import json
import zlib
from collections.abc import Iterable, Iterator

from cleaner.log.logged import LoggedDocument

_SHARD = "cleaner.jsonl.gz"


def parts(documents: Iterable[LoggedDocument]) -> Iterator[tuple[str, bytes]]:
    """documents/, attributes/ and mixer.json. Offsets are code points, which dolma's mixer counts too."""
    # wbits 31 is gzip without a clock in its header: the same log gives the same bytes
    texts, spans = zlib.compressobj(6, wbits=31), zlib.compressobj(6, wbits=31)
    filters: set[str] = set()
    for document in documents:
        attributes: dict[str, list[tuple[int, int, float]]] = {}
        for removal in document.removals:
            found = attributes.setdefault(_attribute(removal.filter), [])
            found.append((removal.start, removal.end, removal.score))
        filters.update(attributes)
        record: dict[str, object] = {"id": document.id, "text": document.text, "source": document.source}
        yield f"documents/{_SHARD}", texts.compress(_line(record))
        record = {"id": document.id, "attributes": attributes}
        yield f"attributes/cleaner/{_SHARD}", spans.compress(_line(record))
    yield f"documents/{_SHARD}", texts.flush()
    yield f"attributes/cleaner/{_SHARD}", spans.flush()
    yield "mixer.json", json.dumps(_mixer(sorted(filters)), indent=2).encode() + b"\n"


def _attribute(filter_name: str) -> str:
    return f"cleaner__{filter_name}__removal"


def _line(record: object) -> bytes:
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _mixer(attributes: list[str]) -> dict[str, object]:
    stream: dict[str, object] = {
        "name": "cleaned",
        "documents": [f"documents/{_SHARD}"],
        "attributes": ["cleaner"],
        "output": {"path": "cleaned", "max_size_in_bytes": 1 << 31},
        "span_replacement": [
            {"span": f"$.attributes.{name}", "min_score": 0.0, "replacement": "", "syntax": "jsonpath"}
            for name in attributes
        ],
    }
    # dolma refuses a stream that neither replaces nor filters
    if not attributes:
        stream["filter"] = {"include": ["$.id"], "exclude": [], "syntax": "jsonpath"}
    return {"streams": [stream], "processes": 1}
