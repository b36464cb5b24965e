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
    """A pandas frame with its text column cleaned, its type kept, and a column of removals more.

    Cleaned texts are no categories: a column of these becomes one of what they are.
    """
    import pandas as pd

    needed(text, frame.columns, "renaming it")
    done = clean_texts(_values(frame[text]), _values(frame[id]) if id in frame else None, settings)
    kind = frame[text].dtype
    if isinstance(kind, pd.CategoricalDtype):
        kind = kind.categories.dtype
    texts = pd.Series(done.texts, frame.index, kind)
    return frame.assign(**{text: texts, REMOVALS: pd.Series(done.removals, frame.index, object)})


def _values(column: Any) -> list[Any]:
    """What a column of pandas holds, with None for all that stands for nothing there: None, NaN, NaT or NA."""
    return [None if gone else one for one, gone in zip(column.tolist(), column.isna(), strict=True)]
