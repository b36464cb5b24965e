"""Texts in, cleaned texts and their removals out: the one function that every adapter calls."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from cleaner.config import Config, ConfigError
from cleaner.document import Document
from cleaner.log import Encoded, document_records, removals_of, restored
from cleaner.pipeline import Cleaned, Pipeline
from cleaner.settings import check_table

TEXT, ID, REMOVALS = "text", "id", "removals"

Settings = Mapping[str, Any]  # as in cleaner.toml: {"profile": "safe", "ignore": ["navigation"]}


class Batch(NamedTuple):
    """Cleaned texts, and for each the JSON text of its removals."""

    texts: list[str | None]
    removals: list[str | None]


def clean_texts(
    texts: Sequence[str | None], ids: Iterable[Any] | None = None, settings: Settings | None = None
) -> Batch:
    """Cleans texts; `ids` name them in the removals (their place in the batch by default). None stays None.

    The filters are built once in a process for each `settings`. Raises ConfigError for settings that do not exist.
    """
    names = list(ids) if ids is not None else list(range(len(texts)))
    documents = [Document(str(name), text) for name, text in zip(names, texts, strict=True) if text is not None]
    done = _pipeline(json.dumps(settings or {}, sort_keys=True)).many(documents)
    batch = Batch([], [])
    for text in texts:
        cleaned = next(done) if text is not None else None
        batch.texts.append(cleaned.text if cleaned else None)
        batch.removals.append(_column(cleaned) if cleaned else None)
    return batch


def _column(cleaned: Cleaned) -> str:
    raw = Encoded.of(cleaned.document.text.encode())
    return json.dumps(list(document_records(cleaned, "", raw, cleaned.text.encode())), ensure_ascii=False)


def restore_text(text: str, removals: str) -> str:
    """The raw text again. Raises LogError when text and removals do not belong together."""
    document, *entries = json.loads(removals)
    return restored(text.encode(), document, removals_of(entries)).decode()


@cache
def _pipeline(settings: str) -> Pipeline:
    table = json.loads(settings)
    errors = [f"{'.'.join(place)}: {wrong}" for place, wrong in check_table(table)]
    if errors:
        raise ConfigError("\n".join(errors))
    return Config(table).pipeline()
