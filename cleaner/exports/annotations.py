"""W3C Web Annotations: each removal as a note on the raw text, found again by position and by quotation."""

import json
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from cleaner.exports.names import address
from cleaner.log.logged import LoggedDocument, LoggedRemoval

_CONTEXT = 32


def parts(documents: Iterable[LoggedDocument]) -> Iterator[tuple[str, bytes]]:
    """One annotation a line. Positions are code points, as the Web Annotation Data Model counts them."""
    for document in documents:
        for removal in document.removals:
            record = json.dumps(_annotation(document, removal), ensure_ascii=False)
            yield "annotations.jsonl", record.encode() + b"\n"


def _annotation(document: LoggedDocument, removal: LoggedRemoval) -> dict[str, object]:
    text, start, end = document.text, removal.start, removal.end
    name = f"{document.shard}#{document.id}" if document.shard else document.id
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:cleaner:removal:{quote(name, safe='')}:{removal.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": removal.code},
            {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": removal.reason},
        ],
        "target": {
            "source": address(document),
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[start:end],
                    "prefix": text[max(start - _CONTEXT, 0) : start],
                    "suffix": text[end : end + _CONTEXT],
                },
            ],
        },
    }
