"""The scripts in docs/beyond-one-machine do what they say."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.adapters.texts import ROWS, check

EXAMPLES = Path(__file__).parents[2] / "docs" / "beyond-one-machine"


def run(name: str, folder: Path, cleaned: str) -> Path:
    """Runs an example over two files, in a process and a folder of its own."""
    seeds = folder / "seeds"
    seeds.mkdir()
    for shard in range(2):
        lines = "".join(json.dumps(row) + "\n" for row in ROWS[shard::2])
        (seeds / f"{shard}.jsonl").write_text(lines, "utf-8")
    settings = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "hf"), "PYSPARK_PYTHON": sys.executable}
    # the package as it stands in this checkout, in the workers too
    settings["PYTHONPATH"] = str(EXAMPLES.parents[1])
    script = [sys.executable, str(EXAMPLES / name), str(seeds), str(folder / cleaned)]
    subprocess.run(script, cwd=folder, env=settings, check=True, capture_output=True, timeout=300)
    return folder / cleaned


def rows_of(path: Path) -> list[dict[str, Any]]:
    pq = pytest.importorskip("pyarrow.parquet")
    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


@pytest.mark.adapters
def test_the_example_with_datatrove(tmp_path: Path) -> None:
    pytest.importorskip("datatrove")
    cleaned = run("with_datatrove.py", tmp_path, "cleaned")
    lines = b"".join(path.read_bytes() for path in cleaned.glob("*.jsonl"))
    written = [json.loads(line) for line in lines.split(b"\n") if line]
    check([{"id": row["id"], "text": row["text"], **row["metadata"]} for row in written], ROWS)


@pytest.mark.adapters
def test_the_example_with_datasets(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    check(rows_of(run("with_datasets.py", tmp_path, "cleaned.parquet")), ROWS)


@pytest.mark.clusters
def test_the_example_with_ray(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    check(rows_of(run("with_ray.py", tmp_path, "cleaned")), ROWS)


@pytest.mark.clusters
def test_the_example_with_spark(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    check(rows_of(run("with_spark.py", tmp_path, "cleaned")), ROWS)
