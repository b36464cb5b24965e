"""JSON lines below one folder, cleaned to Parquet by Ray Data, wherever Ray runs: with_ray.py SEEDS CLEANED."""

import sys

import ray

from cleaner.adapters.ray import clean_table

if __name__ == "__main__":
    seeds, cleaned = sys.argv[1:]
    ray.data.read_json(seeds).map_batches(clean_table, batch_format="pyarrow").write_parquet(cleaned)
