"""A function for `datasets.Dataset.map(..., batched=True)`.

>>> from cleaner.adapters.huggingface import clean_examples               # doctest: +SKIP
>>> dataset.map(clean_examples, batched=True, num_proc=4)                 # doctest: +SKIP
"""

import hashlib
from typing import Any

from cleaner import __version__
from cleaner.adapters.batch import ID, REMOVALS, TEXT, Settings, clean_texts, needed
from cleaner.adapters.tables import clean_frame, clean_table
from cleaner.config import Config
from cleaner.config.fingerprints import ruleset


class _CleanExamples:
    """Cleans the texts of a batch.

    `datasets` keeps what a function gave and gives it again, where the pickled function and what it is called with are
    the same. So rules and models are in the pickle; own rules are not, and `fn_kwargs` has only the names of their
    files: after a change in these, call `map` with `load_from_cache_file=False`.
    """

    def __call__(self, examples: Any, text: str = TEXT, id: str = ID, settings: Settings | None = None) -> Any:
        """The columns that change: texts, and their removals. Give other column names and settings by `fn_kwargs`.

        Of a data set in the format "arrow" or "pandas" a batch is a table, and what is given for it the whole table.
        """
        if hasattr(examples, "column_names"):
            return clean_table(examples, text, id, settings)
        if hasattr(examples, "assign"):
            return clean_frame(examples, text, id, settings)
        needed(text, examples, "fn_kwargs={'text': …}")
        done = clean_texts(examples[text], examples.get(id), settings)
        return {text: done.texts, REMOVALS: done.removals}

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_by, (hashlib.sha256(f"{__version__} {ruleset(Config())}".encode()).hexdigest(),)


def _made_by(_rules: str) -> _CleanExamples:
    """The same function, whatever the rules were where it was pickled: those of here are what it can use."""
    return clean_examples


clean_examples = _CleanExamples()
