"""Label Studio: a task a document, our removals as predictions that an annotator accepts or corrects."""

import json
from collections.abc import Iterable, Iterator

from cleaner.log.logged import LoggedDocument

_FILE = "tasks.json"


def parts(documents: Iterable[LoggedDocument]) -> Iterator[tuple[str, bytes]]:
    """One JSON array of tasks. Offsets are code points: Label Studio stores those since its version 1.3."""
    yield _FILE, b"["
    comma = b"\n"
    for document in documents:
        yield _FILE, comma + json.dumps(_task(document), ensure_ascii=False).encode()
        comma = b",\n"
    yield _FILE, b"\n]\n"


def _task(document: LoggedDocument) -> dict[str, object]:
    results = [
        {
            "id": removal.id,
            "type": "labels",
            "from_name": "label",
            "to_name": "text",
            "score": removal.score,
            "value": {
                "start": removal.start,
                "end": removal.end,
                "text": document.removed(removal),
                "labels": [removal.filter],
            },
            "meta": {"text": [f"{removal.code}: {removal.reason}"]},
        }
        for removal in document.removals
    ]
    return {
        "data": {"text": document.text, "document": document.id, "source": document.source},
        "predictions": [{"model_version": "cleaner", "result": results}],
    }
