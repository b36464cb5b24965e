"""What the commands that show removals print: the truth about the log, safe for a terminal, aligned."""

import re
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.cli.difference import side_by_side, unified
from cleaner.cli.table import bar, sparkline, table
from cleaner.cli.terminal import cells, visible
from cleaner.config import Config
from cleaner.document import Document, Span
from cleaner.log import SUFFIX, LogError, LogWriter, header
from cleaner.log.entries import Encoded, document_records
from cleaner.log.logged import LoggedDocument
from cleaner.pipeline import Pipeline
from cleaner.run.rereading import documents_of, logs_below

RAW = "Ein 🎉 Fest.\r\nBitte spenden 👍\r\nMehr 漢字 Text.\r\nTeilen auf Facebook\r\nEnde.\r\n"


def donations(document: Document) -> list[Span]:
    """A filter for these tests: lines with "spenden", and the words "auf Facebook" with less certainty."""
    found = []
    for line in document.lines:
        content = document.text[line.start : line.end]
        if "spenden" in content:
            found.append(Span(line.start, line.next, "de.donation.please", "asks for money", 0.98))
        if "auf Facebook" in content:
            start = line.start + content.index("auf Facebook")
            found.append(Span(start, start + 12, "de.sharing.on", "asks to share", 0.5))
    return found


def write(
    folder: Path, name: str, raw: bytes, encoding: str = "utf-8", mark: bytes = b"", hashed: bool = False
) -> Path:
    """An output and its log, made as a run makes them; the raw file beside, in `seeds`."""
    source = folder / "seeds" / name
    output = folder / "cleaned" / name
    for path in (source, output):
        path.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(raw)
    cleaned = Pipeline([donations])(Document(name, raw[len(mark) :].decode(encoding)))
    output.write_bytes(mark + cleaned.text.encode(encoding))
    with output.with_name(name + SUFFIX).open("wb") as handle:
        log = LogWriter(handle, header("0", "sha256:0", "sha256:0"))
        encoded = Encoded.of(raw, encoding, mark)
        log.write(document_records(cleaned, str(source), encoded, output.read_bytes(), hash_text=hashed))
        log.close()
    return output


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")],
)
@pytest.mark.parametrize("hashed", [False, True])
def test_a_log_gives_its_document_back(tmp_path: Path, encoding: str, mark: bytes, hashed: bool) -> None:
    raw = mark + RAW.encode(encoding)
    output = write(tmp_path, "a.txt", raw, encoding, mark, hashed)
    (log,) = logs_below([output])
    (document,) = documents_of(log, Config())
    assert (document.text, document.raw) == (RAW, raw)
    (removal,), (candidate,) = document.removals, document.candidates
    assert document.removed(removal) == "Bitte spenden 👍\r\n"
    assert raw[removal.byte_start : removal.byte_end].decode(encoding) == "Bitte spenden 👍\r\n"
    assert (removal.filter, removal.line_start, removal.spans[0].code) == ("donation", 2, "de.donation.please")
    assert (document.removed(candidate), candidate.kind) == ("auf Facebook", "candidate")
    assert mark + "".join(RAW[start:end] for start, end in document.kept()).encode(encoding) == output.read_bytes()


def test_logs_are_found_by_folder_by_output_and_by_themselves(tmp_path: Path) -> None:
    one, two = write(tmp_path, "a.txt", b"x\n"), write(tmp_path, "b.txt", b"y\n")
    first, second = (path.with_name(path.name + SUFFIX) for path in (one, two))
    assert logs_below([tmp_path]) == [first, second]
    assert logs_below([second, one, one]) == [second, first]
    with pytest.raises(FileNotFoundError):
        logs_below([tmp_path / "none.txt"])


def test_a_hashed_log_of_a_changed_source_is_refused(tmp_path: Path) -> None:
    output = write(tmp_path, "a.txt", RAW.encode(), hashed=True)
    (tmp_path / "seeds/a.txt").write_bytes(b"something else")
    with pytest.raises(LogError, match="not what it was"):
        list(documents_of(logs_below([output])[0], Config()))


def document(folder: Path, raw: bytes = RAW.encode()) -> LoggedDocument:
    (found,) = documents_of(logs_below([write(folder, "a.txt", raw)])[0], Config())
    return found


def test_a_diff_shows_what_went_and_names_the_rule(tmp_path: Path) -> None:
    lines = click.unstyle("".join(unified(document(tmp_path)))).split("\n")
    assert lines[0].endswith("a.txt: 1 removal, 17 characters")
    assert lines[1] == "@@ -1,5 +1,4 @@"
    assert lines[lines.index("-Bitte spenden 👍") - 1] == "~ de.donation.please 0.98: asks for money"
    assert [line for line in lines if line.startswith("+")] == []


def test_side_by_side_keeps_to_its_width_and_says_what_colour_says(tmp_path: Path) -> None:
    raw = ("Wort 漢字 🎉 " * 60 + "\nBitte spenden " + "sehr " * 80 + "\nEnde.\n").encode()
    rows = click.unstyle("".join(side_by_side(document(tmp_path, raw), 164))).split("\n")[2:-1]
    assert all(cells(row) <= 164 for row in rows)
    assert len({cells(row[: row.index("│")]) for row in rows}) == 1, "the middle line is straight"
    (cut,) = [row for row in rows if "Bitte" in row]
    assert re.match(r"2 - Bitte spenden", cut) and cut.split("│")[1].strip() == ""
    rows = [row for row in rows if not row.lstrip().startswith("~")]
    left = "".join(row.split("│")[0][4:].strip() for row in rows).replace(" ", "")
    assert left == raw.decode().replace("\n", "").replace(" ", "")


def test_hostile_text_cannot_command_the_terminal(tmp_path: Path) -> None:
    raw = "a\x1b]0;pwned\x07\u202eb\x9b31m\rc\u2028\nBitte spenden \x1b[2J\n".encode()
    for text in ("".join(unified(document(tmp_path, raw))), "".join(side_by_side(document(tmp_path, raw), 164))):
        plain = click.unstyle(text)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]", plain)
        assert "␛]0;pwned␇<U+202E>b<U+009B>31m␍c<U+2028>" in plain


@given(st.text())
def test_visible_text_holds_no_control(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", visible(text).replace("\n", ""))


@given(st.lists(st.tuples(st.text("a漢🎉e\u0301", max_size=8), st.integers(0, 10**7).map(str)), min_size=1, max_size=5))
def test_a_tables_columns_are_straight(rows: list[tuple[str, str]]) -> None:
    lines = click.unstyle(table(["Name", ">Count"], rows)).split("\n")
    width = max(cells(name) for name, _ in [("Name", ""), *rows]) + 2 + max(5, *(len(count) for _, count in rows))
    assert {cells(line) for line in lines} == {width}


@given(st.floats(0, 1000), st.floats(1, 1000))
def test_a_bar_is_as_long_as_its_value(value: float, most: float) -> None:
    value = min(value, most)
    drawn = bar(value, most, 20)
    assert len(drawn) <= 20
    assert bool(drawn) == (value > 0)
    assert bar(most, most, 20) == "█" * 20
    assert set(bar(value, most, 20, plain=True)) <= {"#"}


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_a_sparkline_has_a_cell_a_value_and_shows_every_one(values: list[int]) -> None:
    drawn = sparkline(values)
    assert len(drawn) == len(values)
    assert [sign == " " for sign in drawn] == [value == 0 for value in values]
    assert sparkline(values, plain=True).isascii()
    if max(values):
        assert drawn[values.index(max(values))] == "█"
