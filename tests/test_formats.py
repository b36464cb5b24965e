"""Formats: what goes in comes back, to the byte, and only the text is ever touched."""

import gzip
import io
import json
import os
import subprocess
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.document import Document, Span
from cleaner.formats import FORMATS, Options, format_of, jsonl
from cleaner.formats import jsonl as jsonl_format
from cleaner.formats.record import Format, Part
from cleaner.formats.text import decode
from cleaner.log.entries import document_records
from cleaner.pipeline import Pipeline
from tests.project import CLEANED, RAW, Project


def every_x(document: Document) -> Iterable[Span]:
    """Asks for each x and each square bracket."""
    for at, char in enumerate(document.text):
        if char in "x[]":
            yield Span(at, at + 1, "en.test.x", "is an x")


PIPELINE = Pipeline([every_x], max_share=1.0)


def there_and_back(form: Format, raw: bytes) -> tuple[bytes, bytes]:
    """The output of a cleaning in memory, and what the log makes of it again."""
    output = b""
    described = []
    for record in form.read(io.BytesIO(raw), "a", Options()):
        if record.document is None:
            output += form.through(record)
            continue
        cleaned = PIPELINE(record.document)
        written = form.cut(record, cleaned)
        records = list(document_records(cleaned, "a", record.encoded, written.text))
        if written.extra is not None:
            form.note(written, records)
        output += written.line
        head, *rest = [json.loads(json.dumps(one)) for one in records]
        described.append((head, [one for one in rest if one["type"] == "removal"]))
    return output, b"".join(form.restore(io.BytesIO(output), iter(described), Options()))


chars = st.sampled_from(list('axx[]é😀\u2028\x7f \n\r"\\/<\t\x01')) | st.characters(exclude_categories=["Cs"])
texts = st.text(chars, max_size=30)
ends = st.sampled_from(["\n", "\r\n", "\n\n", " \n"])


def own_escapes(text: str) -> str:
    """JSON as PHP and Java write it: slashes, angle brackets and everything odd escaped."""
    return json.dumps(text).replace("/", "\\/").replace("<", "\\u003C").replace("x", "\\u0078")


WRITERS = {
    "utf-8": lambda text: json.dumps(text, ensure_ascii=False),
    "ascii": json.dumps,
    "own": own_escapes,
}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(texts, st.sampled_from(list(WRITERS)), ends), max_size=5), st.booleans())
def test_json_lines_come_back_to_the_byte_however_they_are_escaped(
    rows: list[tuple[str, str, str]], mark: bool
) -> None:
    raw = b"\xef\xbb\xbf" * mark
    for number, (text, writer, end) in enumerate(rows):
        raw += f'{{ "n":{number}.0, "text" : {WRITERS[writer](text)},"z":"x"}}{end}'.encode()
    output, again = there_and_back(FORMATS["jsonl"], raw)
    assert again == raw
    kept = [json.loads(line)["text"] for line in output.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    assert kept == [text.translate(dict.fromkeys(map(ord, "x[]"))) for text, _, _ in rows]


@settings(max_examples=300, deadline=None)
@given(texts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_texts_come_back_to_the_byte_in_every_encoding_that_is_found(text: str, codec: str) -> None:
    raw = text.encode(codec)
    if codec in ("utf-8", "utf-8-sig") and sum(byte < 32 and byte not in b"\t\n\v\f\r\b\x1b" for byte in raw) * 4 > len(
        raw
    ):
        return  # taken for UTF-16 without a mark, and refused
    if codec == "utf-16" and text.startswith("\0"):
        return  # its mark with a NUL after it is that of UTF-32
    output, again = there_and_back(FORMATS["text"], raw)
    assert again == raw
    cleaned = text.translate(dict.fromkeys(map(ord, "x[]")))
    assert output == cleaned.encode(codec) or (codec == "utf-8" and text.startswith("\ufeff"))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_an_untouched_input_back(name: str) -> None:
    raw = {"text": b"nothing\r\n\x00 here\x0c\xe2\x80\xa8\r", "jsonl": b'{"text": "nothing"}\r\n\n {"text":null}'}
    raw["wet"] = b"WARC/1.0\r\nwarc-type:conversion\r\nContent-Length:  2 \r\n\r\n\r\n\r\n\r\n"
    raw["parquet"] = a_table() if name == "parquet" else b""
    assert there_and_back(FORMATS[name], raw[name]) == (raw[name], raw[name])


def a_table() -> bytes:
    """A table of the version of pyarrow that is at work, which alone writes it to the byte again."""
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"text": ["nothing", None]}), sink := io.BytesIO())
    return sink.getvalue()


def test_everything_on_a_line_but_the_text_stays_as_it_was() -> None:
    raw = b'{"b":1e5, "text":"axb", "a":[ {"text":"x"} ] , "c":"\\u00e9\xc3\xa9"}\n'
    output, _ = there_and_back(FORMATS["jsonl"], raw)
    assert output == raw.replace(b"axb", b"ab")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.txt", "text"),
        ("a.md", "text"),
        ("a", "text"),
        ("jsonl", "text"),
        ("a.jsonl", "jsonl"),
        ("A.JSONL", "jsonl"),
        ("a.jsonl.gz", "jsonl"),
        ("a.ndjson.zst", "jsonl"),
        ("a.txt.gz", "text"),
        ("a.parquet", "parquet"),
        ("a.warc.wet.gz", "wet"),
    ],
)
def test_the_name_says_the_format(name: str, form: str) -> None:
    assert format_of(name) is FORMATS[form]


@given(st.lists(st.integers(0, 400), max_size=6), st.booleans())
@settings(max_examples=100, deadline=None)
def test_the_parts_of_a_shard_hold_each_line_once_and_know_its_number(cuts: list[int], final: bool) -> None:
    raw = b"\n".join(json.dumps({"text": "y" * (n % 7)}).encode() for n in range(20)) + b"\n" * final
    edges = sorted({0, len(raw), *(cut for cut in cuts if cut < len(raw))})
    found = []
    for start, stop in pairwise(edges):
        for record in jsonl_format.read(io.BytesIO(raw), "s", Options(), Part(start, stop)):
            assert record.document is not None
            found.append(record.document.id)
    assert found == [f"s:{n}" for n in range(1, 21)]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
def test_shards_are_cleaned_verified_and_restored(project: Project, suffix: str) -> None:
    if suffix.endswith("zst"):
        zstd = pytest.importorskip("backports.zstd")
    rows = b'{"id": 7, "text": "One.\\n\\nNotice: this goes.\\n"}\n{"text": "caf\\u00e9"}\n'
    packed = {".gz": gzip.compress, ".zst": lambda raw: zstd.compress(raw)}.get(f".{suffix.split('.')[-1]}", bytes)
    unpack = {".gz": gzip.decompress, ".zst": lambda raw: zstd.decompress(raw)}.get(f".{suffix.split('.')[-1]}", bytes)
    project.write(f"seeds/s{suffix}", packed(rows))
    assert project.cleaner("clean").code == 0
    assert unpack(project.read(f"cleaned/s{suffix}")) == rows.replace(b"Notice: this goes.\\n", b"")
    assert project.cleaner("verify").code == 0
    assert project.cleaner("restore", "-o", "raw").code == 0
    assert unpack(project.read(f"raw/s{suffix}")) == rows
    log = project.read(f"cleaned/s{suffix}.removals.jsonl").split(b"\n")
    ids = [json.loads(line).get("document") for line in log[1:-3]]
    assert ids == ["7", "7", f"s{suffix}:2"]


@pytest.mark.parametrize("name", ["s.jsonl.gz", "s.warc.wet.gz"])
def test_no_clock_and_no_name_go_into_a_packed_shard(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if "wet" in name:
        text = b"Notice: this goes.\nIt rained."
        head = b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Length: %d\r\n\r\n"
        raw = head % len(text) + text + b"\r\n\r\n"
    else:
        raw = b'{"id": "a", "text": "Notice: this goes."}\n'
    project.write(f"seeds/{name}", gzip.compress(raw, mtime=1))
    packed = []
    for now in (1_000_000_000, 2_000_000_000):
        monkeypatch.setattr("time.time", lambda now=now: now)
        assert project.cleaner("clean", "-o", f"at-{now}").code == 0
        packed.append(project.files(f"at-{now}"))
    assert packed[0] == packed[1]
    flags, clock = packed[0][name][3], packed[0][name][4:8]
    assert (flags, clock) == (0, bytes(4))


def test_the_fields_of_text_and_name_can_be_chosen(project: Project) -> None:
    project.write("seeds/s.jsonl", b'{"url": "u", "body": "Notice: this goes.\\nIt rained."}\n')
    assert project.cleaner("clean", "--text-field", "body", "--id-field", "url", "--log-text", "hash").code == 0
    assert project.read("cleaned/s.jsonl") == b'{"url": "u", "body": "It rained."}\n'
    log = [json.loads(line) for line in project.read("cleaned/s.jsonl.removals.jsonl").split(b"\n")[:-1]]
    assert [line.get("document") for line in log] == [None, "u", "u", None, None]
    assert b"this goes" not in project.read("cleaned/s.jsonl.removals.jsonl")


def test_a_pipe_takes_text_and_gives_text(project: Project) -> None:
    ended = project.cleaner("clean", "-", "--log", "a.removals.jsonl", stdin=RAW)
    assert (ended.code, ended.out, ended.err) == (0, CLEANED, "")
    assert project.read("a.removals.jsonl").count(b'"type":"removal"') == 1
    assert project.cleaner("check", "-", stdin=RAW).code == 1
    assert project.cleaner("check", "-", stdin=CLEANED).code == 0
    ended = project.cleaner("clean", "-", stdin=b"\xff")
    assert (ended.code, ended.out) == (3, b"")


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_log_or_a_report_can_go_to_a_pipe(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    os.mkfifo(project.folder / "pipe")
    for command in (
        ["clean", "-", "--log", "pipe"],
        ["report", "-o", "pipe"],
        ["log", "export", "--to", "patch", "-o", "pipe"],
    ):
        reader = subprocess.Popen(["cat", "pipe"], cwd=project.folder, stdout=subprocess.PIPE)
        assert project.cleaner(*command, stdin=RAW).code == 0
        assert b"this goes" in reader.communicate(timeout=60)[0]
        assert (project.folder / "pipe").is_fifo()


def test_a_refused_pipe_leaves_no_log(project: Project) -> None:
    assert project.cleaner("clean", "-", "--log", "a.log", stdin=b"\xff").code == 3
    assert not (project.folder / "a.log").exists()


def test_a_pipe_takes_the_format_that_it_is_told(project: Project) -> None:
    raw = b'{"text": "Notice: this goes.\\nIt rained."}\n'
    ended = project.cleaner("clean", "-", "--stdin-name", "x.jsonl", stdin=raw)
    assert (ended.code, ended.out) == (0, b'{"text": "It rained."}\n')


def test_an_id_that_stands_twice_in_a_pipe_is_placed(project: Project) -> None:
    """A pipe can be read but once, so that nobody could look for the first of the two afterwards."""
    lines = [b"", b'{"id": "a", "text": "one"}', b'{"id": "b", "text": "one"}', b'{"id": "a", "text": "one"}']
    raw = b"\n".join([*lines, b'{"id": "a", "text": "two"}\n'])
    for command in ("clean", "check"):
        ended = project.cleaner(command, "-", "--stdin-name", "x.jsonl", stdin=raw)
        assert ended.code == 3
        assert ended.err.startswith("x.jsonl: lines 2 and 5: the id 'a' stands twice; name a field that differs")


def test_a_pipe_takes_no_packed_shard(project: Project) -> None:
    ended = project.cleaner("clean", "-", "--stdin-name", "x.jsonl.gz", stdin=gzip.compress(b'{"text": "a"}\n'))
    assert ended.code == 3
    assert ended.err.startswith("x.jsonl.gz: a pipe takes a shard unpacked; put gzip -dc or zstd -dc before")


def test_an_encoding_is_used_where_no_mark_says_another(project: Project) -> None:
    project.write("seeds/a.txt", "café\n\nNotice: this goes.\n".encode("cp1252"))
    project.write("seeds/b.txt", "café\n".encode("utf-8-sig"))
    assert project.cleaner("clean", "--encoding", "cp1252").code == 0
    assert project.read("cleaned/a.txt") == "café\n\n".encode("cp1252")
    assert project.read("cleaned/b.txt") == "café\n".encode("utf-8-sig")
    assert project.cleaner("verify").code == 0
    assert project.cleaner("restore", "-o", "raw").code == 0
    assert project.read("raw/a.txt") == project.read("seeds/a.txt")


def test_a_codec_that_does_not_give_the_bytes_back_is_refused() -> None:
    with pytest.raises(ValueError, match="does not come back the same"):
        decode(b"+AGE-", "utf-7")


def test_line_ends_and_the_final_newline_stay(project: Project) -> None:
    project.write("seeds/a.txt", b"a\r\n\r\nNotice: this goes.\r\n\r\nb\rc\x0bd\xc2\x85e\xe2\x80\xa8f")
    project.cleaner("clean")
    assert project.read("cleaned/a.txt") == b"a\r\n\r\nb\rc\x0bd\xc2\x85e\xe2\x80\xa8f"


NESTED = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", "text", '"text":', "{", "\\", '\\"text', "é\u2028"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "text", "id", "{"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(["a", "text", "id", "tex", "{", '"text"']), NESTED, max_size=4),
    st.booleans(),
    st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " :  ")]),
    st.booleans(),
)
def test_the_quick_way_to_read_a_line_reads_what_the_slow_one_reads(
    record: dict[str, object], ascii_only: bool, separators: tuple[str, str], escaped: bool
) -> None:
    line = json.dumps(record, ensure_ascii=ascii_only, separators=separators) + "\n"
    if escaped:
        line = line.replace('"text"', '"te\\u0078t"', 1)
    quick = jsonl._apart(line, "text")
    assert quick is None or quick == jsonl._scan(line, "text")


@pytest.mark.parametrize(
    "line",
    [
        '{"te\\u0078t":"a","meta":{"text":"a"}}',
        '{"te\\u0078t":"","meta":{"text":"b"}}',
        '{"meta":{"text":"b"},"te\\u0078t":""}',
        '{"text":"a","te\\u0078t":"b"}',
        '{"text":"a","te\\u0078t":""}',
        '{"text":"a","text":"b"}',
        '["text",{"text":"a"}]',
        '{"text":"a"} x',
        '{"text":"a\n"}',
        '{"type":"text","a":1}',
        '{"text":null}',
        '{"text":"a"',
        '{"text":"a',
        '{"text"}',
    ],
)
def test_a_line_that_might_be_misread_reads_alike_either_way(line: str) -> None:
    quick = jsonl._apart(line, "text")
    if quick is not None:
        assert quick == jsonl._scan(line, "text")


def test_most_lines_are_read_quickly() -> None:
    for line in (b'{"id": "1", "text": "a \\"text\\" b"}\n', b'{"text":"a","meta":{"url":"x"}}', b'{ "text" : "" }'):
        assert jsonl._apart(line.decode(), "text") == jsonl._scan(line.decode(), "text")
