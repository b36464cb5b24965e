"""JSON lines below one folder, cleaned to Parquet by Spark: spark-submit with_spark.py SEEDS CLEANED."""

import sys

from pyspark.sql import SparkSession

from cleaner.adapters.spark import clean_frames, with_removals

if __name__ == "__main__":
    seeds, cleaned = sys.argv[1:]
    frame = SparkSession.builder.getOrCreate().read.json(seeds)
    frame.mapInPandas(clean_frames, with_removals(frame.schema)).write.parquet(cleaned)
