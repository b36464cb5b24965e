"""A function for Ray Data's `map_batches`.

>>> from cleaner.adapters.ray import clean_table                          # doctest: +SKIP
>>> ray.data.read_parquet("seeds").map_batches(clean_table, batch_format="pyarrow")   # doctest: +SKIP
"""

from typing import Any

from cleaner.adapters.batch import ID, REMOVALS, TEXT, Settings, clean_texts, needed


def clean_table(table: Any, text: str = TEXT, id: str = ID, settings: Settings | None = None) -> Any:
    """A pyarrow table with its text column cleaned and a column of removals at its end."""
    import pyarrow as pa

    needed(text, table.column_names, "fn_kwargs={'text': …}")
    ids = table[id].to_pylist() if id in table.column_names else None
    done = clean_texts(table[text].to_pylist(), ids, settings)
    table = table.set_column(table.column_names.index(text), text, pa.array(done.texts, table[text].type))
    return table.append_column(REMOVALS, pa.array(done.removals, pa.string()))
