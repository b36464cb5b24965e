"""A function for Ray Data's `map_batches`.

>>> from cleaner.adapters.ray import clean_table                          # doctest: +SKIP
>>> ray.data.read_parquet("seeds").map_batches(clean_table, batch_format="pyarrow")   # doctest: +SKIP
"""

from cleaner.adapters.tables import clean_table

__all__ = ["clean_table"]
