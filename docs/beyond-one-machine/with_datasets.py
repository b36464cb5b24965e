"""JSON lines below one folder, cleaned to Parquet by Hugging Face datasets: with_datasets.py SEEDS CLEANED.PARQUET."""

import sys

import datasets

from cleaner.adapters.huggingface import clean_examples

if __name__ == "__main__":
    seeds, cleaned = sys.argv[1:]
    rows = datasets.load_dataset("json", data_dir=seeds, split="train")
    rows.map(clean_examples, batched=True, num_proc=2).to_parquet(cleaned)
