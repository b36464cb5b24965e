"""Texts in, cleaned texts and their removals out: the one function that every adapter calls."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cleaner.config.file import ConfigError
from cleaner.config.mapped import pipeline_of
from cleaner.document import Document
from cleaner.log import LogError, removals_of, restored
from cleaner.log.entries import Encoded, document_records
from cleaner.pipeline import Cleaned

TEXT, ID, REMOVALS = "text", "id", "removals"

Settings = Mapping[str, Any]  # as in cleaner.toml: {"profile": "safe", "ignore": ["navigation"]}


class Batch(NamedTuple):
    """Cleaned texts, and for each the JSON text of its removals."""

    texts: list[str | None]
    removals: list[str | None]


def clean_texts(
    texts: Sequence[str | None], ids: Iterable[Any] | None = None, settings: Settings | None = None
) -> Batch:
    """Cleans texts; `ids` name them in the removals (their place in the batch where there is none). None stays None.

    The filters are built once in a process for each `settings`. Raises ConfigError for an unknown setting, or one that
    a column of removals cannot heed; TypeError for one text where several belong, or settings that are none; and
    ValueError for another number of ids than of texts, and, with the name, for a value that is no text, or half a
    character (a lone surrogate) in a text or name.
    """
    if isinstance(texts, str):
        raise TypeError("several texts belong here, in a list; with datasets, call map with batched=True")
    if not isinstance(settings, Mapping | None):
        raise TypeError(f"settings are a mapping, as in cleaner.toml, not {type(settings).__name__}")
    if (settings or {}).get("log-text") == "hash":
        raise ConfigError("log-text: the removals hold what was cut, or restore_text could not put it back")
    ids = None if ids is None else list(ids)
    if ids is not None and len(ids) != len(texts):
        raise ValueError(
            f"there are {len(texts)} texts and {len(ids)} ids; give one for each, None where there is none"
        )
    names = [place if name is None else name for place, name in enumerate([None] * len(texts) if ids is None else ids)]
    documents = [_document(str(name), text) for name, text in zip(names, texts, strict=True) if text is not None]
    done = pipeline_of(settings or {}).many(documents)
    batch = Batch([], [])
    for text in texts:
        cleaned = next(done) if text is not None else None
        batch.texts.append(cleaned.text if cleaned else None)
        batch.removals.append(_column(cleaned) if cleaned else None)
    return batch


def needed(column: str, there: Iterable[str], how: str) -> None:
    """Raises ValueError when a table has no column of texts, or has a column of removals already, which would be lost.

    `how` tells how to name another column.
    """
    names = list(there)
    if column not in names:
        raise ValueError(f"there is no column {column!r}, but {', '.join(names)}; name the one with the text by {how}")
    if REMOVALS in names:
        raise ValueError(f"there is a column {REMOVALS!r} already, which would be lost; rename it")


def _document(name: str, text: object) -> Document:
    if not isinstance(text, str):
        raise ValueError(f"{name}: a text is a str or None, not {type(text).__name__}")
    try:
        f"{name}{text}".encode()
    except UnicodeEncodeError:
        shown = name.encode("utf-8", "backslashreplace").decode()
        raise ValueError(f"{shown}: holds half a character (a lone surrogate); correct it first") from None
    return Document(name, text)


def _column(cleaned: Cleaned) -> str:
    raw = Encoded.of(cleaned.document.text.encode())
    return json.dumps(list(document_records(cleaned, "", raw, cleaned.text.encode())), ensure_ascii=False)


def restore_text(text: str, removals: str) -> str:
    """The raw text again. Raises LogError when text and removals do not belong together."""
    try:
        document, *entries = json.loads(removals)
        return restored(text.encode(), document, removals_of(entries)).decode()
    except LogError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise LogError("the removals are not those that cleaning gave") from None
