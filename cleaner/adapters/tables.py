"""Tables of pyarrow and frames of pandas with their texts cleaned, for engines that hand on these."""

from typing import Any

from cleaner.adapters.batch import ID, REMOVALS, TEXT, Settings, clean_texts, needed


def clean_table(table: Any, text: str = TEXT, id: str = ID, settings: Settings | None = None) -> Any:
    """A pyarrow table with its text column cleaned and a column of removals at its end."""
    import pyarrow as pa

    needed(text, table.column_names, "fn_kwargs={'text': …}")
    ids = table[id].to_pylist() if id in table.column_names else None
    done = clean_texts(table[text].to_pylist(), ids, settings)
    field = table.schema.field(text)
    table = table.set_column(table.column_names.index(text), field, pa.array(done.texts, field.type))
    return table.append_column(REMOVALS, pa.array(done.removals, pa.string()))


def clean_frame(frame: Any, text: str = TEXT, id: str = ID, settings: Settings | None = None) -> Any:
    """A pandas frame with its text column cleaned and a column of removals more."""
    needed(text, frame.columns, "renaming it")
    missing = frame[text].isna()  # None, NaN, NaT or NA
    texts = [None if gone else one for one, gone in zip(frame[text], missing, strict=True)]
    done = clean_texts(texts, frame[id].tolist() if id in frame else None, settings)
    return frame.assign(**{text: done.texts, REMOVALS: done.removals})
