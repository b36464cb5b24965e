"""WET: the text of each conversion record is cleaned, and the records around it stay as they were."""

import gzip
import io
import json
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.formats import FORMATS
from tests.project import Project
from tests.test_formats import texts, there_and_back

RAIN = "All day it rained on the town and the hills behind it – and nobody went out."
TEXTS = [f"{RAIN}\n\nNotice: this goes.\n", "", RAIN, f"Notice: this goes.\r\n{RAIN}"]
CLEAN = [text.replace("Notice: this goes.\n", "").replace("Notice: this goes.\r\n", "") for text in TEXTS]
NAMES = [f"<urn:uuid:00000000-0000-4000-8000-00000000000{n}>" for n in range(9)]


def record(name: str, block: bytes, kind: str = "conversion", more: str = "") -> bytes:
    """A record as Common Crawl writes it, but for its digests."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://example.org/{name[-3]}\r\n"
        f"WARC-Date: 2020-01-01T00:00:00Z\r\nWARC-Record-ID: {name}\r\n{more}"
        f"Content-Type: text/plain\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


RECORDS = [record(NAMES[8], b"Software-Info: x\r\n", "warcinfo"), *map(record, NAMES, (one.encode() for one in TEXTS))]
RAW = b"".join(RECORDS)


def written_by_warcio(packed: bool) -> bytes:
    """The same texts with digests, from another writer."""
    pytest.importorskip("warcio")
    from warcio.warcwriter import WARCWriter

    sink = io.BytesIO()
    writer = WARCWriter(sink, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a", {"software": "x"}))
    for name, text in zip(NAMES, TEXTS, strict=False):
        writer.write_record(
            writer.create_warc_record(
                "http://example.org/",
                "conversion",
                payload=io.BytesIO(text.encode()),
                warc_content_type="text/plain",
                warc_headers_dict={"WARC-Record-ID": name, "WARC-Date": "2020-01-01T00:00:00Z"},
            )
        )
    return sink.getvalue()


def read_by_warcio(raw: bytes) -> list[tuple[str, str, str]]:
    """Type, name and text of each record, digests checked."""
    from warcio.archiveiterator import ArchiveIterator

    found = []
    for one in ArchiveIterator(io.BytesIO(raw), check_digests="raise"):
        headers = one.rec_headers
        text = one.content_stream().read().decode()
        found.append((headers["WARC-Type"], headers["WARC-Record-ID"], text))
    return found


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio leaves its buffers open
@pytest.mark.parametrize("packed", [False, True])
def test_another_reader_finds_the_cleaned_texts_and_right_digests(project: Project, packed: bool) -> None:
    name = "s.warc.wet.gz" if packed else "s.warc.wet"
    raw = written_by_warcio(packed)
    project.write(f"seeds/{name}", raw)
    assert project.cleaner("clean").code == 0
    output = project.read(f"cleaned/{name}")
    (kind, *_), *conversions = read_by_warcio(output)
    assert kind == "warcinfo"
    assert conversions == [("conversion", *one) for one in zip(NAMES, CLEAN, strict=False)]
    assert project.cleaner("verify").code == 0
    assert project.cleaner("restore", "-o", "raw").code == 0
    again = project.read(f"raw/{name}")
    assert read_by_warcio(again) == read_by_warcio(raw)
    if packed:
        assert gzip.decompress(again) == gzip.decompress(raw)
    else:
        assert again == raw
    assert "1 input up to date" in project.cleaner("clean").err


def test_each_record_is_packed_by_itself(project: Project) -> None:
    """As the format wants it: an index of a WET file says at which byte a record's own gzip stream begins."""
    project.write("seeds/s.warc.wet.gz", gzip.compress(RAW))
    project.cleaner("clean")
    left = project.read("cleaned/s.warc.wet.gz")
    heads = []
    while left:
        unpacker = zlib.decompressobj(wbits=31)
        heads.append(unpacker.decompress(left)[:10])
        left = unpacker.unused_data
    assert heads == [b"WARC/1.0\r\n"] * len(RECORDS)


def test_documents_are_named_by_their_records(project: Project) -> None:
    nameless = RAW.replace(b"WARC-Record-ID: " + NAMES[0].encode() + b"\r\n", b"")
    project.write("seeds/s.warc.wet", nameless)
    assert project.cleaner("clean").code == 0
    log = [json.loads(line) for line in project.read("cleaned/s.warc.wet.removals.jsonl").split(b"\n")[:-1]]
    named = [one["document"] for one in log if one["type"] == "document"]
    assert named == ["http://example.org/0", *NAMES[1:4]]


def test_settings_for_a_site_hold_for_its_pages(project: Project) -> None:
    project.write("cleaner.toml", project.read("cleaner.toml") + b'[sites."example.org"]\nignore = ["test"]\n')
    project.write("seeds/s.warc.wet", RAW)
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/s.warc.wet") == RAW


fields = st.sampled_from(
    [
        "X: y\r\n",
        "X:\r\n folded\r\n",
        "WARC-Block-Digest: sha1:OLD\r\n",
        "warc-block-digest:md5:00  \r\n",
        "WARC-Block-Digest: blake3:x\r\n",
        f"WARC-Payload-Digest: sha256:{'0' * 64}\r\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(texts, st.lists(fields, max_size=3), st.booleans()), min_size=1, max_size=4))
def test_files_come_back_to_the_byte_whatever_their_headers(rows: list[tuple[str, list[str], bool]]) -> None:
    raw = b""
    for number, (text, more, conversion) in enumerate(rows):
        raw += record(NAMES[number], text.encode(), "conversion" if conversion else "resource", "".join(more))
    output, again = there_and_back(FORMATS["wet"], raw)
    assert again == raw
    cut = [text.translate(dict.fromkeys(map(ord, "x[]"))) if conversion else text for text, _, conversion in rows]
    assert output.count(b"WARC/1.0\r\n") == len(rows)
    for text in cut:
        assert f"Content-Length: {len(text.encode())}\r\n\r\n{text}\r\n\r\n".encode() in output


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "no WARC": (lambda: b"It rained.\n", "record 1: begins with no WARC/1.0"),
    "cut in its headers": (lambda: RAW + RAW[:50], "record 6: cut off in its headers"),
    "cut in its version": (lambda: RAW + RAW[:5], "record 6: cut off in its headers"),
    "cut in its text": (lambda: RAW[:-20], "record 5: cut off: the file ends within it"),
    "cut in its end": (lambda: RAW[:-2], "record 5: cut off: the file ends within it"),
    "no length": (lambda: RAW.replace(b"Content-Length: 0", b"Length: 0"), "record 3: has no Content-Length"),
    "no number": (lambda: RAW.replace(b"Content-Length: 0", b"Content-Length: -1"), "record 3: has no Content-Length"),
    "a wrong length": (lambda: RAW.replace(b"Content-Length: 0", b"Content-Length: 9"), "record 3: does not end where"),
    "a vast length": (lambda: RAW.replace(b"Content-Length: 0", b"Content-Length: 9" + b"0" * 12), "record 3: longer"),
    "headers without end": (lambda: b"WARC/1.0\r\n" + b"a: b\r\n" * 200_000, "record 1: more than 1,048,576 bytes of"),
    "not UTF-8": (lambda: record(NAMES[0], b"caf\xe9"), "record 1: not UTF-8 at byte 3 of its text"),
    "an id twice": (
        lambda: RECORDS[1] + record(NAMES[0], b"Another text."),
        f"records 1 and 2: the id '{NAMES[0]}' stands twice; give each record",
    ),
    "nothing at all": (lambda: b"", "is empty, as a download leaves it that came to nothing; fetch it again"),
}


@pytest.mark.parametrize(("make", "words"), CASES.values(), ids=list(CASES))
@pytest.mark.parametrize("packed", [False, True])
def test_a_bad_file_is_refused_in_one_line(
    project: Project, make: Callable[[], bytes], words: str, packed: bool
) -> None:
    name = "s.warc.wet.gz" if packed else "s.warc.wet"
    project.write(f"seeds/{name}", gzip.compress(make()) if packed else make())
    ended = project.cleaner("clean")
    refused, _ = ended.err.rstrip("\n").split("\n")
    assert (ended.code, refused.startswith(f"seeds/{name}: {words}")) == (3, True), refused
    assert project.files() == {}


def test_a_stream_that_is_cut_off_is_refused(project: Project) -> None:
    packed = b"".join(gzip.compress(one) for one in RECORDS)
    project.write("seeds/s.warc.wet.gz", packed[:-30])
    ended = project.cleaner("clean")
    assert ended.code == 3
    assert "seeds/s.warc.wet.gz: cut off: its compressed stream has no end; fetch it again" in ended.err
    assert project.files() == {}


def test_what_unpacks_beyond_all_measure_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.formats.compressed.ALLOWANCE", 1000)
    project.write("seeds/s.warc.wet.gz", gzip.compress(record(NAMES[0], b"a" * 3_000_000)))
    ended = project.cleaner("clean")
    assert ended.code == 3
    assert "seeds/s.warc.wet.gz: unpacks to more than 200 times its size" in ended.err


def change_output(project: Project, raw: bytes) -> Any:
    project.write("seeds/s.warc.wet", RAW)
    project.cleaner("clean")
    project.write("cleaned/s.warc.wet", raw)
    return project.cleaner("restore", "-o", "raw")


def test_a_changed_output_gives_nothing_back(project: Project) -> None:
    output = RAW.replace(b"Notice: this goes.", b"Noise: this stays.")
    ended = change_output(project, output)
    assert ended.code == 4
    assert "do not give the raw" in ended.err
    ended = change_output(project, RECORDS[0])
    assert ended.code == 4
    assert "holds fewer documents than its log" in ended.err
    assert project.files("raw") == {}
