"""A function for `datasets.Dataset.map(..., batched=True)`.

>>> from cleaner.adapters.huggingface import clean_examples               # doctest: +SKIP
>>> dataset.map(clean_examples, batched=True, num_proc=4)                 # doctest: +SKIP
"""

from collections.abc import Mapping
from typing import Any

from cleaner.adapters.batch import ID, REMOVALS, TEXT, Settings, clean_texts, needed


def clean_examples(
    examples: Mapping[str, list[Any]], text: str = TEXT, id: str = ID, settings: Settings | None = None
) -> dict[str, list[str | None]]:
    """The columns that change: the texts, and their removals. Give other column names and settings by `fn_kwargs`."""
    needed(text, examples, "fn_kwargs={'text': …}")
    done = clean_texts(examples[text], examples.get(id), settings)
    return {text: done.texts, REMOVALS: done.removals}
