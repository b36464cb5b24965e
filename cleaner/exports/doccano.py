"""Doccano: sequence labels, a document a line, in the UTF-16 units that its page counts."""

import json
from collections.abc import Iterable, Iterator

from cleaner.exports.utf16 import Utf16
from cleaner.log.logged import LoggedDocument


def parts(documents: Iterable[LoggedDocument]) -> Iterator[tuple[str, bytes]]:
    """{"text", "label": [[start, end, filter]]} lines; an emoji counts two, as it does in a browser."""
    for document in documents:
        units = Utf16(document.text)
        labels = [[units.at(one.start), units.at(one.end), one.filter] for one in document.removals]
        record = {"id": document.id, "text": document.text, "label": labels}
        yield "doccano.jsonl", json.dumps(record, ensure_ascii=False).encode() + b"\n"
