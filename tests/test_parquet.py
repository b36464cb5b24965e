"""Parquet: the text is cleaned, and everything else about the table stays as it was."""

import base64
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner.formats import FORMATS, InputError, Options
from tests.project import Project
from tests.test_formats import there_and_back

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

RAIN = "All day it rained on the town and the hills behind it, and nobody went out."
TEXTS = [f"{RAIN}\n\nNotice: this goes.\n", None, RAIN, "", f"Notice: this goes.\n{RAIN} é😀"] * 3
CLEAN = [text and text.replace("Notice: this goes.\n", "") for text in TEXTS]


def table(kind: Any = None, **more: Any) -> Any:
    """Fifteen rows with columns of several kinds, and metadata on the table and on a field."""
    columns = {
        "n": pa.array(range(15), pa.int16()),
        "text": pa.array(TEXTS, pa.string()).cast(kind or pa.string()),
        "when": pa.array([None, *range(14)], pa.timestamp("us", tz="UTC")),
        "tags": pa.array([[{"a": 1.5}], [], None] * 5),
        "kind": pa.array(["x", "y", None] * 5).dictionary_encode(),
        **more,
    }
    made = pa.table(columns)
    fields = [field.with_metadata({"unit": "day"}) if field.name == "n" else field for field in made.schema]
    return pa.table(made.columns, pa.schema(fields, {"made by": "a test"}))


def raw_of(rows: Any, **how: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(rows, sink, **{"row_group_size": 4, **how})
    return sink.getvalue()


def shape(path: Path) -> list[Any]:
    """What a file says about itself: rows, codecs and encodings of each column of each row group."""
    meta = pq.ParquetFile(path).metadata
    groups = [meta.row_group(n) for n in range(meta.num_row_groups)]
    chunks = [(group, group.column(n)) for group in groups for n in range(meta.num_columns)]
    found = [(g.num_rows, one.compression, one.has_dictionary_page, one.is_stats_set) for g, one in chunks]
    return [meta.format_version, pq.read_schema(path), *found]


@pytest.mark.parametrize(
    "how",
    [
        {"compression": "zstd"},
        {"compression": "none", "use_dictionary": False, "write_statistics": False},
        {"compression": {"text": "gzip", "n": "snappy"}, "version": "1.0"},
        {"row_group_size": 100, "store_schema": False},
        {"use_deprecated_int96_timestamps": True},
        {"use_compliant_nested_type": False},
    ],
    ids=str,
)
def test_a_table_is_cleaned_verified_and_restored(project: Project, how: dict[str, Any]) -> None:
    path = project.write("seeds/s.parquet", raw_of(table(), **how))
    assert project.cleaner("clean").code == 0
    before, after = pq.read_table(path), pq.read_table(project.folder / "cleaned/s.parquet")
    assert after.column("text").to_pylist() == CLEAN
    assert after.drop_columns("text").equals(before.drop_columns("text"), check_metadata=True)
    assert shape(project.folder / "cleaned/s.parquet") == shape(path)
    assert project.cleaner("verify").code == 0
    assert project.cleaner("restore", "-o", "raw").code == 0
    assert pq.read_table(project.folder / "raw/s.parquet").equals(before, check_metadata=True)
    assert shape(project.folder / "raw/s.parquet") == shape(path)
    assert "1 input up to date" in project.cleaner("clean").err


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.string())], ids=str)
def test_every_kind_of_text_stays_what_it_is(kind: Any) -> None:
    rows = table(kind)
    raw = raw_of(rows)
    output, again = (pq.read_table(io.BytesIO(one)) for one in there_and_back(FORMATS["parquet"], raw))
    before = pq.read_table(io.BytesIO(raw))
    assert output.schema.equals(before.schema, check_metadata=True)
    assert again.schema.equals(before.schema, check_metadata=True)
    assert again.to_pylist() == before.to_pylist()


def test_rows_are_named_by_their_id_or_their_place() -> None:
    ids = pa.array([None if n == 2 else f"page {n}" for n in range(15)])
    read = FORMATS["parquet"].read
    named = [one.document.id for one in read(io.BytesIO(raw_of(table(id=ids))), "s", Options()) if one.document]
    assert named[:4] == ["page 0", "s:3", "page 3", "page 4"]
    numbered = [one.document.id for one in read(io.BytesIO(raw_of(table())), "s", Options()) if one.document]
    assert numbered[:4] == ["s:1", "s:3", "s:4", "s:5"]
    numbers = read(io.BytesIO(raw_of(table(id=pa.array(range(15))))), "s", Options(id_field="n"))
    assert next(one.document.id for one in numbers if one.document) == "0"


def test_a_table_without_rows_stays_one(project: Project) -> None:
    path = project.write("seeds/s.parquet", raw_of(table().slice(0, 0)))
    assert project.cleaner("clean").code == 0
    after = pq.read_table(project.folder / "cleaned/s.parquet")
    assert after.equals(pq.read_table(path), check_metadata=True)
    assert project.cleaner("verify").code == 0


@pytest.mark.parametrize("how", [{}, {"store_schema": False}], ids=str)
def test_a_column_without_any_text_needs_no_type(project: Project, how: dict[str, Any]) -> None:
    """A writer that sees only nulls, as of a part of a table, gives them the type null."""
    path = project.write("seeds/s.parquet", raw_of(table().set_column(1, "text", pa.nulls(15)), **how))
    assert pq.read_schema(path).field("text").type == pa.null()
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/s.parquet") == path.read_bytes()
    assert project.cleaner("verify").code == 0
    assert project.cleaner("restore", "-o", "raw").code == 0
    assert project.read("raw/s.parquet") == path.read_bytes()


def test_one_row_group_is_held_at_a_time() -> None:
    raw = raw_of(table(), row_group_size=1)
    records = FORMATS["parquet"].read(io.BytesIO(raw), "s", Options())
    ends = [record.document is None for record in records]
    expected = [end for text in TEXTS for end in ([True] if text is None else [False, True])]
    assert ends == [*expected, True]  # a row group is written after its last row, the file is ended after all


def change_output(project: Project) -> None:
    path = project.folder / "cleaned/s.parquet"
    rows = pq.read_table(path)
    texts = ["Other.", *rows.column("text").to_pylist()[1:]]
    pq.write_table(rows.set_column(1, "text", pa.array(texts)), path)


def test_a_changed_output_is_found(project: Project) -> None:
    project.write("seeds/s.parquet", raw_of(table()))
    project.cleaner("clean")
    change_output(project)
    ended = project.cleaner("verify")
    assert ended.code == 4
    assert "cleaned/s.parquet: was changed after it was written" in ended.out.decode()
    ended = project.cleaner("restore", "-o", "raw")
    assert ended.code == 4
    assert "cleaned text and log do not give the raw text back" in ended.err
    assert project.files("raw") == {}


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "damaged Parquet file"),
    "no Parquet": (lambda: b'{"text": "a"}\n' * 9, "damaged Parquet file (Parquet magic bytes not found in footer"),
    "cut off": (lambda: raw_of(table())[:-20], "damaged Parquet file"),
    "cut in its rows": (lambda: raw_of(table())[:400] + raw_of(table())[500:], "damaged Parquet file"),
    "a page that was damaged": (lambda: flipped(), "damaged Parquet file"),
    "no column of that name": (
        lambda: raw_of(table().rename_columns(["n", "body", "when", "tags", "kind"])),
        "has no column 'text', but n, body, when, tags, kind; name the one with the text by --text-field",
    ),
    "two columns of that name": (
        lambda: raw_of(table().rename_columns(["text", "text", "when", "tags", "kind"])),
        "'text' stands twice; name another field with --text-field",
    ),
    "a column of numbers": (
        lambda: raw_of(table().rename_columns(["text", "body", "when", "tags", "kind"])),
        "'text' is no text; name another field with --text-field",
    ),
    "ids that are none": (lambda: raw_of(table(id=pa.array([1.5] * 15))), "'id' is no name; name another field"),
    "an id twice": (
        lambda: raw_of(pa.table({"text": ["one", None, "one", "two"], "id": ["a"] * 4}), row_group_size=2),
        "rows 1 and 4: the id 'a' stands twice; name a field that differs with --id-field",
    ),
    "an encrypted footer": (lambda: encrypted(True), "is encrypted; write it anew without that"),
    "an encrypted column": (lambda: encrypted(False), "is encrypted; write it anew without that"),
    "no column at all": (lambda: raw_of(pa.table({})), "has no column 'text' and no other; name the one"),
    "not UTF-8": (lambda: raw_of(broken("text")), "row group 1: not UTF-8 at byte 1 of a text; convert it"),
    "an id that is not UTF-8": (lambda: raw_of(broken("id")), "row group 1: not UTF-8 at byte 1 of an id; convert it"),
}


def encrypted(footer: bool) -> bytes:
    """A table of which a column needs a key, and, if so wanted, what tells of its columns needs one, too."""
    encryption = pytest.importorskip("pyarrow.parquet.encryption")

    class Keys(encryption.KmsClient):  # type: ignore[misc]
        def __init__(self, _: object) -> None:
            super().__init__()

        def wrap_key(self, key: bytes, _: str) -> bytes:
            return base64.b64encode(key)

    properties = encryption.CryptoFactory(Keys).file_encryption_properties(
        encryption.KmsConnectionConfig(),
        encryption.EncryptionConfiguration(footer_key="f", column_keys={"c": ["text"]}, plaintext_footer=not footer),
    )
    return raw_of(table(), encryption_properties=properties)


def flipped() -> bytes:
    raw = bytearray(raw_of(table(), write_page_checksum=True, compression="none"))
    at = raw.index(b"nobody went out")
    raw[at] ^= 1
    return bytes(raw)


def broken(column: str) -> Any:
    texts = pa.array([b"a\xff"] * 15, pa.binary()).view(pa.string())
    return table().drop_columns([column]).append_column(column, texts) if column == "text" else table(**{column: texts})


@pytest.mark.parametrize("twice", [False, True])
def test_addresses_that_nobody_can_read_stand_in_no_texts_way(project: Project, twice: bool) -> None:
    """Damaged ones, or two columns of them: the address only chooses a site, and there is none here."""
    rows = broken("url")
    project.write("seeds/s.parquet", raw_of(rows.append_column("url", rows["url"]) if twice else rows))
    assert project.cleaner("clean").code == 0
    assert pq.read_table(project.folder / "cleaned/s.parquet", columns=["text"])["text"].to_pylist() == CLEAN


@pytest.mark.parametrize(("make", "words"), CASES.values(), ids=list(CASES))
def test_a_bad_file_is_refused_in_one_line(project: Project, make: Callable[[], bytes], words: str) -> None:
    project.write("seeds/s.parquet", make())
    ended = project.cleaner("clean")
    refused, _ = ended.err.rstrip("\n").split("\n")
    assert (ended.code, refused.startswith(f"seeds/s.parquet: {words}")) == (3, True), refused
    assert project.files() == {}


def test_what_unpacks_beyond_all_measure_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dictionary of one long text and a million rows that name it."""
    monkeypatch.setattr("cleaner.formats.compressed.ALLOWANCE", 1000)
    bomb = pa.table({"text": pa.array(["a" * 10_000] * 20_000)})
    path = project.write("seeds/s.parquet", raw_of(bomb, row_group_size=20_000))
    assert path.stat().st_size < 10_000
    ended = project.cleaner("clean")
    assert ended.code == 3
    assert "seeds/s.parquet: unpacks to more than" in ended.err
    assert project.files() == {}


def test_what_is_too_long_is_refused(project: Project) -> None:
    project.write("seeds/s.parquet", raw_of(table()))
    ended = project.cleaner("clean", "--max-bytes", 50)
    assert ended.code == 3
    assert "seeds/s.parquet: row 1: longer than 50 bytes; raise --max-bytes" in ended.err


def test_a_pipe_is_refused() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with pytest.raises(InputError, match="begins at its end, which a pipe does not have; name a file"):
        next(FORMATS["parquet"].read(Pipe(raw_of(table())), "s", Options()))


def test_without_pyarrow_the_cure_is_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("seeds/s.parquet", raw_of(table()))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ended = project.cleaner("clean")
    assert ended.code == 3
    assert "seeds/s.parquet: needs pyarrow: pip install 'seedclean[parquet]'" in ended.err
