"""spaCy: a Doc in JSON a line, tokens included, so that every span lies on token borders.

spaCy keeps white space as tokens that cannot be split, and warns about spans with white space at an edge.
So a span here is the removal without it; a removal of nothing but white space has none.
"""

import json
import re
from collections.abc import Iterable, Iterator

from cleaner.log.logged import LoggedDocument

_WORD = re.compile(r"\w+|[^\w\s]")
_GROUP = "cleaner"


def parts(documents: Iterable[LoggedDocument]) -> Iterator[tuple[str, bytes]]:
    """Lines for `Doc(vocab).from_json`; in doc.spans["cleaner"] the label is the filter, kb_id the rule."""
    for document in documents:
        text = document.text
        spans: list[dict[str, object]] = []
        borders: set[int] = set()
        for removal in document.removals:
            words = document.removed(removal)
            start = removal.end - len(words.lstrip())
            end = removal.start + len(words.rstrip())
            if start < end:
                spans.append({"start": start, "end": end, "label": removal.filter, "kb_id": removal.code})
                borders.update((start, end))
        tokens = [
            {"id": number, "start": start, "end": end}
            for number, (start, end) in enumerate(_tokens(text, sorted(borders)))
        ]
        record = {"text": text, "tokens": tokens, "spans": {_GROUP: spans}}
        yield "docs.jsonl", json.dumps(record, ensure_ascii=False).encode() + b"\n"


def _tokens(text: str, borders: list[int]) -> Iterator[tuple[int, int]]:
    """Words, and between them white space less the one blank that spaCy hangs on the word before."""
    at = 0
    for start, end in _words(text, borders):
        if start > at:
            yield at, start
        yield start, end
        at = end + 1 if text[end : end + 1] == " " else end
    if at < len(text):
        yield at, len(text)


def _words(text: str, borders: list[int]) -> Iterator[tuple[int, int]]:
    pending = iter(borders)
    border = next(pending, len(text))
    for word in _WORD.finditer(text):
        start, end = word.span()
        while border <= start:
            border = next(pending, len(text) + 1)
        while start < border < end:
            yield start, border
            start = border
            border = next(pending, len(text) + 1)
        yield start, end
