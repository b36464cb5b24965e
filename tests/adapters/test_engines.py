"""Each adapter on its real engine: the result is that of one process, and the raw texts come back."""

import json
import sys
from pathlib import Path

import pytest

from cleaner.adapters.batch import clean_texts
from cleaner.config import ConfigError
from tests.adapters.texts import ROWS, TABLE, check


def test_a_batch_keeps_order_and_missing_texts() -> None:
    done = clean_texts(["All day it rained.\n", None, "It rained.\n\nAll rights reserved.\n"])
    assert done.texts == ["All day it rained.\n", None, "It rained.\n\n"]
    assert done.removals[1] is None


def test_settings_that_do_not_exist_are_named() -> None:
    with pytest.raises(ConfigError, match="profil"):
        clean_texts(["x"], settings={"profil": "safe"})


@pytest.mark.adapters
def test_datatrove_runs_the_step_with_its_local_executor(tmp_path: Path) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from cleaner.adapters.datatrove import Clean

    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for shard in range(2):
        lines = [json.dumps(row) for row in ROWS[shard::2]]
        (seeds / f"{shard}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    LocalPipelineExecutor(
        [JsonlReader(str(seeds)), Clean(batch_size=3), JsonlWriter(str(tmp_path / "out"), compression=None)],
        tasks=2,
        workers=1,
        logging_dir=str(tmp_path / "logs"),
    ).run()
    lines = b"".join(path.read_bytes() for path in (tmp_path / "out").glob("*.jsonl"))
    written = [json.loads(line) for line in lines.split(b"\n") if line]
    check([{"id": row["id"], "text": row["text"], **row["metadata"]} for row in written], ROWS)


@pytest.mark.adapters
def test_a_hugging_face_data_set_is_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    import datasets

    from cleaner.adapters.huggingface import clean_examples

    data = datasets.Dataset.from_list(TABLE).map(clean_examples, batched=True, batch_size=7)
    check(data.to_list(), TABLE)


@pytest.mark.engines
@pytest.mark.filterwarnings("default")  # their own warnings about each other are not ours to mend
def test_ray_data_maps_batches() -> None:
    ray = pytest.importorskip("ray")
    import pyarrow as pa

    from cleaner.adapters.ray import clean_table

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        done = ray.data.from_arrow(pa.Table.from_pylist(TABLE)).map_batches(clean_table, batch_format="pyarrow")
        check(done.take_all(), TABLE)
    finally:
        ray.shutdown()


@pytest.mark.engines
@pytest.mark.filterwarnings("default")  # their own warnings about each other are not ours to mend
def test_spark_maps_in_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    sql = pytest.importorskip("pyspark.sql")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)  # else its workers are the system's python

    from cleaner.adapters.spark import clean_frames, with_removals

    spark = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        frame = spark.createDataFrame(TABLE)
        done = frame.mapInPandas(clean_frames, with_removals(frame.schema)).collect()
        check([row.asDict() for row in done], TABLE)
    finally:
        spark.stop()
