"""A function for Spark's `DataFrame.mapInPandas`.

>>> from cleaner.adapters.spark import clean_frames, with_removals        # doctest: +SKIP
>>> frame.mapInPandas(clean_frames, with_removals(frame.schema))          # doctest: +SKIP
"""

from collections.abc import Iterator
from typing import Any

from cleaner.adapters.batch import REMOVALS
from cleaner.adapters.tables import clean_frame


def clean_frames(frames: Iterator[Any]) -> Iterator[Any]:
    """pandas frames with the column `text` cleaned and a column `removals` more.

    For other columns or settings wrap `cleaner.adapters.tables.clean_frame` the same way: mapInPandas passes no
    arguments on.
    """
    yield from map(clean_frame, frames)


def with_removals(schema: Any) -> Any:
    """The schema of a frame that `clean_frames` made of one with this schema."""
    from pyspark.sql.types import StringType, StructField, StructType

    return StructType([*schema.fields, StructField(REMOVALS, StringType())])
