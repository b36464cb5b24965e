"""A function for Spark's `DataFrame.mapInPandas`.

>>> from cleaner.adapters.spark import clean_frames, with_removals        # doctest: +SKIP
>>> frame.mapInPandas(clean_frames, with_removals(frame.schema))          # doctest: +SKIP
"""

from collections.abc import Iterator
from typing import Any

from cleaner.adapters.batch import ID, REMOVALS, TEXT, clean_texts, needed


def clean_frames(frames: Iterator[Any]) -> Iterator[Any]:
    """pandas frames with the column `text` cleaned and a column `removals` more.

    For other columns or settings wrap `clean_texts` the same way: mapInPandas passes no arguments on.
    """
    for frame in frames:
        needed(TEXT, frame.columns, "renaming it")
        missing = frame[TEXT].isna()  # None, NaN, NaT or NA
        texts = [None if gone else text for text, gone in zip(frame[TEXT], missing, strict=True)]
        done = clean_texts(texts, frame[ID].tolist() if ID in frame else None)
        yield frame.assign(**{TEXT: done.texts, REMOVALS: done.removals})


def with_removals(schema: Any) -> Any:
    """The schema of a frame that `clean_frames` made of one with this schema."""
    from pyspark.sql.types import StringType, StructField, StructType

    return StructType([*schema.fields, StructField(REMOVALS, StringType())])
