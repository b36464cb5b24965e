"""Each adapter where it belongs, in the real thing: the result is that of one process, and the raw texts come back."""

import json
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner.adapters.batch import clean_texts, restore_text
from cleaner.config.file import ConfigError
from cleaner.log import LogError
from tests.adapters.texts import ROWS, TABLE, check


def test_a_batch_keeps_order_and_missing_texts() -> None:
    done = clean_texts(["All day it rained.\n", None, "It rained.\n\nAll rights reserved.\n"])
    assert done.texts == ["All day it rained.\n", None, "It rained.\n\n"]
    assert done.removals[1] is None


def test_settings_that_do_not_exist_are_named() -> None:
    with pytest.raises(ConfigError, match="profil"):
        clean_texts(["x"], settings={"profil": "safe"})


@pytest.mark.parametrize(
    ("texts", "words"),
    [(["a", 5], "y: a text is a str or None, not int"), (["a", "b\ud800"], "y: holds half a character")],
)
def test_what_is_no_text_is_named(texts: list[Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        clean_texts(texts, ["x", "y"])


def test_names_and_settings_that_cannot_be_are_told_before_anything_is_cleaned() -> None:
    with pytest.raises(ValueError, match="there are 2 texts and 1 ids"):
        clean_texts(["a", "b"], ["x"])
    with pytest.raises(ValueError, match=r"\\ud800: holds half a character"):
        clean_texts(["a"], ["\ud800"])
    with pytest.raises(TypeError, match="settings are a mapping"):
        clean_texts(["a"], settings="safe")  # type: ignore[arg-type]


def test_a_missing_name_is_the_place_in_the_batch() -> None:
    done = clean_texts(["It rained.\n"] * 2, ["x", None])
    assert [json.loads(column or "")[0]["document"] for column in done.removals] == ["x", "1"]


def test_settings_that_would_not_be_heeded_are_refused() -> None:
    with pytest.raises(ConfigError, match="sites: are for files and shards"):
        clean_texts(["x"], settings={"sites": {"example.org": {"profile": "safe"}}})


def test_what_is_no_list_of_texts_is_refused_and_not_taken_apart() -> None:
    with pytest.raises(TypeError, match="with datasets, call map with batched=True"):
        clean_texts("It rained.")
    with pytest.raises(ConfigError, match="log-text: the removals hold what was cut"):
        clean_texts(["x"], settings={"log-text": "hash"})


@pytest.mark.adapters
def test_a_frame_whose_texts_are_none_is_refused_and_what_is_missing_stays_so() -> None:
    import pandas as pd

    from cleaner.adapters.spark import clean_frames

    for wrong in (b"It rained.", 2024):
        with pytest.raises(ValueError, match="a: a text is a str or None, not"):
            next(clean_frames(iter([pd.DataFrame({"id": ["a"], "text": [wrong]})])))
    frame = pd.DataFrame({"id": ["a", "b", "c"], "text": ["It rained.\n", None, float("nan")]})
    done = next(clean_frames(iter([frame])))
    assert done["text"].isna().tolist() == [False, True, True] and done["removals"].isna().tolist() == [
        False,
        True,
        True,
    ]


def test_a_function_for_datasets_is_another_one_once_rules_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else `map` gives again what other rules gave."""
    from cleaner.adapters import huggingface

    one = pickle.dumps(huggingface.clean_examples)
    assert pickle.dumps(huggingface.clean_examples) == one
    assert pickle.loads(one) is huggingface.clean_examples  # noqa: S301 - our own
    monkeypatch.setattr(huggingface, "ruleset", lambda _: "sha256:other")
    assert pickle.dumps(huggingface.clean_examples) != one


@pytest.mark.adapters
def test_a_frame_keeps_the_type_of_its_texts_and_counts_those_without_a_name() -> None:
    """A missing id was called "nan", and texts of a type of their own came back as objects."""
    import pandas as pd
    import pyarrow as pa

    from cleaner.adapters.tables import clean_frame

    raw = "It rained.\n\nAll rights reserved.\n"
    frame = pd.DataFrame({"id": pd.array([7, None], "Int64"), "text": [raw, raw]}, index=[5, 5])
    for kind in ("object", "string", pd.ArrowDtype(pa.large_string())):
        done = clean_frame(frame.astype({"text": kind}))
        assert (done["text"].dtype, done["text"].tolist()) == (kind, ["It rained.\n\n"] * 2)
        assert [json.loads(one)[0]["document"] for one in done["removals"]] == ["7", "1"]
    assert clean_frame(frame.astype({"text": "category"}))["text"].tolist() == ["It rained.\n\n"] * 2
    assert clean_frame(frame.astype({"text": "string"}).iloc[:0])["text"].dtype == "string"


@pytest.mark.parametrize("removals", ["nonsense", "{}", "[]", "[5]", '[{"encoding": "klingon"}]', "[" * 100_000])
def test_removals_that_are_none_give_no_text_back(removals: str) -> None:
    with pytest.raises(LogError):
        restore_text("It rained.\n", removals)


def test_a_table_without_its_column_or_with_one_that_would_be_lost_is_refused() -> None:
    pa = pytest.importorskip("pyarrow")
    from cleaner.adapters.huggingface import clean_examples
    from cleaner.adapters.ray import clean_table

    table = pa.table({"body": ["It rained."], "removals": ["mine"]})
    for call in (clean_table, lambda table: clean_examples(table.to_pydict())):
        with pytest.raises(ValueError, match="there is no column 'text', but body, removals; name the one"):
            call(table)
    with pytest.raises(ValueError, match="there is a column 'removals' already, which would be lost"):
        clean_table(table, text="body")
    assert clean_table(table.select(["body"]).slice(0, 0), text="body").num_rows == 0
    field = pa.field("text", pa.large_string(), nullable=False, metadata={"from": "a crawl"})
    cleaned = clean_table(pa.table({"text": ["It rained."]}, schema=pa.schema([field])))
    assert cleaned.schema.field("text").equals(field, check_metadata=True)


@pytest.mark.adapters
def test_datatrove_passes_over_what_has_no_text_and_loses_no_document() -> None:
    from datatrove.data import Document

    from cleaner.adapters.datatrove import Clean

    given = [Document(text=None, id="a"), Document(text="It rained.\n\nAll rights reserved.\n", id="b")]
    assert [one.text for one in Clean().run(iter(given))] == [None, "It rained.\n\n"]
    with pytest.raises(ValueError, match="b: has 'removals' already, which would be lost"):
        list(Clean().run(iter(given[1:])))
    with pytest.raises(ValueError, match="batch_size is a whole number, 1 or more, not 0"):
        Clean(batch_size=0)


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

    for form in (None, "arrow", "pandas"):
        data = datasets.Dataset.from_list(TABLE).with_format(form).map(clean_examples, batched=True, batch_size=7)
        check(data.with_format(None).to_list(), TABLE)


@pytest.mark.clusters
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


@pytest.mark.clusters
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
