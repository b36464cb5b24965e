"""Parquet that somebody else wrote, as Polars, DuckDB, fastparquet and Spark do: nothing but texts becomes another."""

import io
import json
import struct
from collections.abc import Callable
from typing import Any

import pytest

from cleaner.formats import FORMATS, InputError, Options
from cleaner.formats.footer import Footer, place_of, sealed
from cleaner.formats.thrift import (
    BINARY,
    BYTE,
    DOUBLE,
    I16,
    I32,
    I64,
    LIST,
    MAP,
    STRUCT,
    TRUE,
    Field,
    Listed,
    Mapped,
    Struct,
    dump,
    parse,
)
from tests.project import RAW, Project

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

SCHEMA, KEY_VALUES, VERSION = 2, 5, 1  # fields of what a file tells of itself
CONVERTED, LOGICAL = 6, 10  # fields of an element of its schema
INTERVAL = 21
SIGNED_128 = Field(STRUCT, {10: Field(STRUCT, {1: Field(BYTE, b"\x80"), 2: Field(TRUE, True)})})
TEXTS = [RAW.decode(), "It rained.", None, RAW.decode()]
METADATA = {"made by": "somebody", "pandas": json.dumps({"columns": []}), "huggingface": "{}"}


def table() -> Any:
    """Four rows with columns that Arrow, where it writes them itself, writes otherwise."""
    return pa.table(
        {
            "text": TEXTS,
            "u32": pa.array([1, 2, None, 2**32 - 1], pa.uint32()),
            "ns": pa.array([1, 2, None, 3], pa.timestamp("ns")),
            "time": pa.array([1, 2, None, 3], pa.time64("us")),
            "for how long": pa.array([b"a" * 12] * 4, pa.binary(12)),
            "huge": pa.array([b"b" * 16] * 4, pa.binary(16)),
            "list": pa.array([[1], [], None, [2]], pa.list_(pa.field("array", pa.int32()))),
            "n": pa.array(range(4), pa.int32()),
        }
    )


def theirs(change: Callable[[Struct, dict[str, Struct]], object] = lambda *_: None, **how: Any) -> bytes:
    """A file of the table as others write it, in which `change` may change what it tells, of its columns by name."""
    sink = io.BytesIO()
    options = {"store_schema": False, "row_group_size": 3, "use_compliant_nested_type": False, **how}
    with pq.ParquetWriter(
        sink, table().schema, **{k: v for k, v in options.items() if k != "row_group_size"}
    ) as writer:
        writer.write_table(table(), row_group_size=options["row_group_size"])
        writer.add_key_value_metadata(METADATA)
    footer = Footer(sink)
    footer.told[VERSION] = Field(I32, 1)
    elements = footer.told[SCHEMA].value.values
    elements[0][4] = Field(BINARY, b"root")
    change(footer.told, {element[4].value.decode(): element for element in elements})
    return sink.getvalue()[: footer.start] + sealed(footer.told)


def an_interval(_: Struct, columns: dict[str, Struct]) -> None:
    columns["for how long"][CONVERTED] = Field(I32, INTERVAL)


def a_huge_number(_: Struct, columns: dict[str, Struct]) -> None:
    columns["huge"][LOGICAL] = SIGNED_128


def an_annotated_number(_: Struct, columns: dict[str, Struct]) -> None:
    columns["n"][CONVERTED] = Field(I32, 17)  # as DuckDB has it, though it says nothing


def a_time_of_a_zone(_: Struct, columns: dict[str, Struct]) -> None:
    columns["time"][LOGICAL].value[7].value[1] = Field(TRUE, True)


def besides_texts(raw: bytes, first: int = 1) -> list[Any]:
    """Everything that a file tells of its columns and itself, and the bytes of all columns from the `first` on."""
    footer = Footer(io.BytesIO(raw))
    chunks = [chunk for group in footer.groups for chunk in footer.chunks(group)[first:]]
    places = [place_of(chunk) for chunk in chunks]
    told = [footer.told[number] for number in sorted(footer.told) if number != 4]
    return [told, [group[3] for group in footer.groups], [raw[at : at + size] for at, size in places]]


@pytest.mark.parametrize("change", [lambda *_: None, an_interval, a_huge_number, an_annotated_number, a_time_of_a_zone])
def test_all_but_the_texts_stays_as_it_was(project: Project, change: Callable[..., object]) -> None:
    raw = project.write("seeds/s.parquet", theirs(change)).read_bytes()
    assert project.cleaner("clean").err.startswith("3 documents: 2 removals")
    assert project.cleaner("verify").err == "1 output proven\n"
    assert project.cleaner("restore", "-o", "raw").code == 0
    for name, texts in (("raw/s.parquet", TEXTS), ("cleaned/s.parquet", None)):
        after = project.read(name)
        assert besides_texts(after) == besides_texts(raw)
        if change is not a_huge_number:  # which pyarrow does not read
            opened = pq.ParquetFile(project.folder / name)
            assert opened.schema.equals(pq.ParquetFile(project.folder / "seeds/s.parquet").schema)
            assert opened.metadata.metadata == {key.encode(): value.encode() for key, value in METADATA.items()}
            found = opened.read()
            assert found.drop_columns("text").equals(
                pq.read_table(project.folder / "seeds/s.parquet").drop_columns("text")
            )
            assert texts is None or found["text"].to_pylist() == texts


def test_texts_of_which_none_changes_stay_the_same_to_the_byte(project: Project) -> None:
    rows = table().set_column(0, "text", pa.array(["It rained.", "", None, "So much."]))
    path = project.folder / "seeds/s.parquet"
    path.parent.mkdir()
    pq.write_table(rows, path, row_group_size=3)
    project.cleaner("clean")
    assert besides_texts(project.read("cleaned/s.parquet"), 0) == besides_texts(path.read_bytes(), 0)


def test_a_table_whose_texts_change_is_no_longer_told_to_be_sorted_by_them(project: Project) -> None:
    rows = table().append_column("other", pa.array(["It rained."] * 4)).sort_by("n")
    orders = [pq.SortingColumn(7), pq.SortingColumn(0), pq.SortingColumn(1)]
    path = project.folder / "seeds/s.parquet"
    path.parent.mkdir()
    pq.write_table(rows, path, sorting_columns=orders)

    def sorted_by(name: str) -> list[int]:
        return [one.column_index for one in pq.ParquetFile(project.folder / name).metadata.row_group(0).sorting_columns]

    project.cleaner("clean")
    assert (sorted_by("seeds/s.parquet"), sorted_by("cleaned/s.parquet")) == ([7, 0, 1], [7])
    project.cleaner("clean", "-o", "other", "--text-field", "other")
    assert sorted_by("other/s.parquet") == [7, 0, 1]


def test_a_page_index_that_would_lead_astray_stays_behind(project: Project) -> None:
    project.write("seeds/s.parquet", theirs(write_page_index=True))
    project.cleaner("clean")
    before, after = (pq.ParquetFile(project.folder / f"{name}/s.parquet").metadata for name in ("seeds", "cleaned"))
    assert (before.row_group(0).column(1).has_offset_index, after.row_group(0).column(1).has_offset_index) == (
        True,
        False,
    )
    assert pq.read_table(project.folder / "cleaned/s.parquet").num_rows == 4


def elsewhere(told: Struct, _: object) -> None:
    told[4].value.values[0][1].value.values[0][1] = Field(BINARY, b"other.parquet")


def beyond(told: Struct, _: object) -> None:
    told[4].value.values[0][1].value.values[2][3].value[7] = Field(I64, 1 << 40)


def fewer(told: Struct, _: object) -> None:
    told[4].value.values[0][1].value.values.pop()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (elsewhere, "keeps its columns in other files; write it anew as one"),
        (beyond, "damaged Parquet file (a column stands beyond its end); fetch it again"),
        (fewer, "damaged Parquet file (what it tells of itself makes no sense); fetch it again"),
    ],
)
def test_what_cannot_be_copied_is_refused(project: Project, change: Callable[..., object], words: str) -> None:
    project.write("seeds/s.parquet", theirs(change))
    ended = project.cleaner("clean")
    assert (ended.code, ended.err.split("\n")[0]) == (3, f"seeds/s.parquet: {words}")
    assert project.files() == {}


@pytest.mark.parametrize(("flag", "what"), [("--text-field", "no text"), ("--id-field", "no name")])
def test_a_type_that_pyarrow_does_not_know_is_neither_text_nor_name(project: Project, flag: str, what: str) -> None:
    project.write("seeds/s.parquet", theirs(a_huge_number))
    ended = project.cleaner("clean", flag, "huge")
    assert ended.err.startswith(f"seeds/s.parquet: 'huge' is {what}; name another field with {flag}\n")


def test_texts_that_pyarrow_does_not_unpack_are_no_damage(project: Project) -> None:
    def in_lzo(told: Struct, _: object) -> None:
        told[4].value.values[0][1].value.values[0][3].value[4] = Field(I32, 3)

    project.write("seeds/s.parquet", theirs(in_lzo))
    ended = project.cleaner("clean")
    told = "seeds/s.parquet: its texts are written in a way that this pyarrow does not read ("
    assert (ended.code, ended.err.startswith(told)) == (3, True), ended.err


def test_a_damaged_end_is_refused_and_never_a_bug_of_ours() -> None:
    raw = theirs()
    start = Footer(io.BytesIO(raw)).start
    read, through = FORMATS["parquet"].read, FORMATS["parquet"].through
    refused = 0
    for place in range(start, len(raw), 5):
        changed = bytearray(raw)
        changed[place] ^= 1 << place % 8
        try:
            for record in read(io.BytesIO(bytes(changed)), "s", Options()):
                if record.document is None:
                    through(record)
                else:
                    record.form[0].changed[record.form[1]] = "Another."
        except InputError:
            refused += 1
    assert refused > 20


ALL: Struct = {
    1: Field(TRUE, True),
    2: Field(TRUE, False),
    3: Field(BYTE, b"\xff"),
    4: Field(I16, -3),
    90: Field(I32, 1 << 30),
    91: Field(I64, -(1 << 62)),
    92: Field(DOUBLE, struct.pack("<d", 1.5)),
    93: Field(BINARY, b"x" * 300),
    94: Field(LIST, Listed(I32, list(range(-10, 10)))),
    95: Field(LIST, Listed(TRUE, [True, False])),
    96: Field(MAP, Mapped((BINARY, I64), [(b"a", 1), (b"b", -1)])),
    97: Field(MAP, Mapped((0, 0), [])),
    98: Field(STRUCT, {1: Field(LIST, Listed(STRUCT, [{}, {7: Field(I64, 0)}]))}),
}


def test_what_thrift_tells_is_written_as_it_was_read() -> None:
    raw = dump(ALL)
    assert parse(raw) == ALL
    assert dump(parse(raw)) == raw


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "too early"),
        (dump(ALL)[:-1], "too early"),
        (b"\x18\xff\x01", "too early"),  # a text of 255 bytes
        (b"\x19\xfc\xff\xff\xff\xff\x07", "too early"),  # a list of two thousand million
        (b"\x1c" * 100, "nested too deeply"),
        (b"\x15" + b"\xff" * 20, "never ends"),
        (b"\x1e\x00", "unknown kind 14"),
    ],
)
def test_what_is_no_thrift_is_told(raw: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(raw)
