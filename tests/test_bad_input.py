"""Each bad input gets one clear line, `FILE: place: what, cure`, and the right exit code; all else is done."""

import bz2
import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner.machine import files
from cleaner.rules import Rule
from cleaner.run.inputs import takes_for_the_same
from tests.project import CLEANED, RAW, Project

GOOD = b'{"id": "a", "text": "It rained."}\n'
CASES: dict[str, tuple[str, bytes, str]] = {
    "undecodable": ("x.txt", b"caf\xe9 au lait", "byte 3: not utf-8 (invalid continuation byte); name its --encoding"),
    "undecodable after a mark": ("x.txt", b"\xef\xbb\xbfa\xff", "byte 4: not utf-8 (invalid start byte); convert it"),
    "half a UTF-16 character": ("x.txt", b"\xff\xfea", "byte 2: not utf-16-le (truncated data); convert it"),
    "a lone surrogate in UTF-16": ("x.txt", b"\xff\xfe\x00\xd8a\x00", "byte 2: not utf-16-le"),
    "binary": ("x.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "byte 0: binary, not utf-8: exclude it"),
    "a packed text": ("x.txt.gz", gzip.compress(b"A text."), "byte 0: packed (gzip); unpack it, or let its name say"),
    "a shard in a packing that is not read": ("x.jsonl.bz2", bz2.compress(GOOD), "byte 0: packed (bzip2); unpack it"),
    "a table under another name": (
        "x.pq",
        b"PAR1\x15\x04\xff",
        "byte 0: a Parquet file; let its name end with .parquet",
    ),
    "records under another name": (
        "x.wet",
        b"WARC/1.0\r\nA: b\r\n",
        "byte 0: WARC records; let its name end with .warc",
    ),
    "UTF-16 without a mark": ("x.txt", "A plain text.".encode("utf-16-le"), "byte 1: too many control characters"),
    "Cyrillic UTF-16 without a mark": ("x.txt", "Дождь шёл весь май.".encode("utf-16-le"), "byte 0: too many control"),
    "a log": ("x.txt.removals.jsonl", b"{}\n", "is named like a removals log"),
    "no JSON": ("x.jsonl", GOOD + b"{oops}\n", "line 2: malformed JSON at column 2 (Expecting property name"),
    "no value": ("x.jsonl", GOOD + b'{"text": }\n', "line 2: malformed JSON at column 10 (expecting a value)"),
    "no end": ("x.jsonl", GOOD + b'{"text": "a"', "line 2: malformed JSON at column 13 (Expecting ',' delimiter)"),
    "more after the end": ("x.jsonl", b'{"text": "a"} {}\n', "line 1: malformed JSON at column 15 (Extra data)"),
    "a bare control": ("x.jsonl", b'{"text": "a\tb"}\n', "line 1: malformed JSON at column 12 (Invalid control"),
    "no object": ("x.jsonl", GOOD + b'["text"]\n', "line 2: is no JSON object"),
    "no text": ("x.jsonl", GOOD + b'{"id": "b", "body": ""}\n', "line 2: has no field 'text'; name the one with"),
    "a text that is none": ("x.jsonl", b'{"text": ["a"]}\n', "line 1: 'text' is no text"),
    "two texts": ("x.jsonl", b'{"text": "a", "text": "b"}\n', "line 1: 'text' stands twice"),
    "an id that is none": ("x.jsonl", b'{"id": {}, "text": "b"}\n', "line 1: 'id' is no name"),
    "an id twice": (
        "x.jsonl",
        b"\n" + 2 * GOOD + b'{"id": "a", "text": "Another text."}\n',
        "lines 2 and 4: the id 'a' stands twice; name a field that differs with --id-field",
    ),
    "half a character": ("x.jsonl", b'{"text": "\\ud83d"}\n', "line 1: holds half a character"),
    "too deep": ("x.jsonl", b'{"x": ' + b"[" * 99999 + b"]" * 99999 + b"}\n", "line 1: nested too deeply"),
    "not UTF-8": ("x.jsonl", GOOD + b'{"text": "\xff"}\n', "line 2: not UTF-8 at byte 10 of the line"),
    "a number beyond all measure": (
        "x.jsonl",
        b'{"text": "a", "n": ' + b"9" * 5000 + b"}\n",
        "line 1: holds a number of more than 4,300 digits; make it a text, or delete the line",
    ),
    "packed without saying so": ("x.jsonl", gzip.compress(GOOD), "line 1: is packed; let its name end with .gz"),
    "packed twice": (
        "x.jsonl.gz",
        gzip.compress(gzip.compress(GOOD)),
        "line 1: is packed; let its name end with .gz, or unpack it if it does",
    ),
    "nothing of a stream": ("x.jsonl.gz", b"", "cut off: its compressed stream has no end; fetch it again"),
    "cut off": ("x.jsonl.gz", gzip.compress(GOOD)[:-9], "cut off: its compressed stream has no end"),
    "not gzip": ("x.jsonl.gz", GOOD, "damaged gzip stream"),
    "damaged gzip": ("x.jsonl.gz", gzip.compress(GOOD)[:-8] + b"\0" * 8, "damaged gzip stream (CRC check failed"),
    "files that were joined": (
        "x.jsonl",
        GOOD + b"\xef\xbb\xbf" + GOOD,
        "line 2: begins with a byte-order mark, as where files were joined; delete the mark",
    ),
    "damaged Zstandard": ("x.jsonl.zst", GOOD, "damaged Zstandard stream"),
}


@pytest.mark.parametrize(("name", "raw", "words"), CASES.values(), ids=list(CASES))
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_file_is_refused_in_one_line_and_the_others_are_done(
    project: Project, name: str, raw: bytes, words: str, jobs: int
) -> None:
    if name.endswith(".zst"):
        pytest.importorskip("backports.zstd")
    project.write(f"seeds/{name}", raw)
    project.write("seeds/a.txt", RAW)
    project.write("seeds/z.txt", RAW)
    ended = project.cleaner("clean", "-j", jobs)
    assert ended.code == 3
    refused, closing = ended.err.rstrip("\n").split("\n")
    assert refused.startswith(f"seeds/{name}: {words}")
    assert closing.endswith("; 1 input refused")
    assert set(project.files()) == {"a.txt", "a.txt.removals.jsonl", "z.txt", "z.txt.removals.jsonl"}
    assert project.read("cleaned/z.txt") == CLEANED
    assert project.cleaner("check").code == 3


@pytest.mark.parametrize(("jobs", "begins"), [(1, "^"), (2, "^"), (1, "")], ids=["1", "2", "anywhere on a line"])
def test_a_rule_that_takes_too_long_is_named_and_the_other_files_are_done(
    project: Project, monkeypatch: pytest.MonkeyPatch, jobs: int, begins: str
) -> None:
    made = Rule.__init__

    def hasty(rule: Rule, *arguments: Any, **named: Any) -> None:
        made(rule, *arguments, **named)
        rule.timeout = rule.timeout and 0.05

    monkeypatch.setattr(Rule, "__init__", hasty)
    slow = """
[[rule]]
code = "en.test.slow"
reason = "is slow"
keywords = ["ending"]
pattern = 'BEGINS(?:a{1,40}){1,40}[!?] ending$'
removes = ["aaa! ending"]
keeps = ["aaa. ending"]
"""
    project.write("rules.toml", project.read("rules.toml") + slow.replace("BEGINS", begins).encode())
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b.txt", RAW + b"a" * 300 + b". ending\n")
    project.write("seeds/c.txt", RAW)
    project.write("seeds/d.jsonl", json.dumps({"id": "x", "text": "b\n" + "a" * 300 + ". ending"}).encode() + b"\n")
    ended = project.cleaner("clean", "-j", jobs)
    assert ended.code == 3
    cure = "; simplify its pattern, or leave it out with --ignore"
    assert ended.err.split("\n")[:-2] == [
        f"seeds/b.txt: rule en.test.slow took more than 0.05 s on line 6 of b.txt{cure}",
        f"seeds/d.jsonl: rule en.test.slow took more than 0.05 s on line 2 of x{cure}",
    ]
    assert set(project.files()) == {"a.txt", "a.txt.removals.jsonl", "c.txt", "c.txt.removals.jsonl"}
    ended = project.cleaner("why", "seeds/b.txt:6")
    assert (ended.code, "rule en.test.slow took more than 0.05 s" in ended.err) == (3, True)
    ended = project.cleaner("clean", "-", stdin=b"a" * 300 + b". ending")
    assert (ended.code, ended.err.startswith("-: rule en.test.slow took more")) == (3, True)
    ended = project.cleaner("rules", "test", "--on", "seeds/b.txt", "en.test.slow")
    assert (ended.code, ended.err.startswith("Error: rule en.test.slow took more")) == (2, True)
    project.write("rules.toml", project.read("rules.toml").replace(b"aaa. ending", b"a" * 300 + b". ending"))
    ended = project.cleaner("rules", "test", "en.test")
    assert ended.out == b"en.test.slow: takes more than 0.05 s on an example; simplify its pattern\n"
    assert (ended.code, ended.err.split("\n")[-2]) == (1, "3 rules tested, 1 example failed")


def test_a_text_about_records_is_no_file_of_them(project: Project) -> None:
    project.write("seeds/a.txt", b"WARC/1.0 was published in 2009.\nIt rained.\n")
    assert project.cleaner("clean").code == 0


@pytest.mark.parametrize(
    "command", [["why", "seeds/a.txt:1"], ["diff", "seeds/a.txt"], ["diff", "seeds/a.txt", "b.txt"]]
)
def test_of_a_named_input_that_is_refused_one_line_says_all(project: Project, command: list[str]) -> None:
    project.write("seeds/a.txt", b"Rain.\xc3(")
    project.write("b.txt", RAW)
    ended = project.cleaner(*command)
    assert ended.code == 3
    assert ended.err == (
        "seeds/a.txt: byte 5: not utf-8 (invalid continuation byte); name its --encoding or convert it\n"
    )


def test_a_refused_input_leaves_an_earlier_output_alone(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    before = project.files()
    project.write("seeds/a.txt", b"\xff")
    assert project.cleaner("clean").code == 3
    assert project.files() == before


@pytest.mark.parametrize("name", ["x.txt", "x.jsonl"])
def test_what_is_too_large_is_refused(project: Project, name: str) -> None:
    text = b"It rained.\n" * 100
    project.write(f"seeds/{name}", text if name.endswith("txt") else json.dumps({"text": text.decode()}).encode())
    ended = project.cleaner("clean", "--max-bytes", 1000)
    assert ended.code == 3
    assert "than 1,000 bytes; raise --max-bytes" in ended.err
    assert project.cleaner("clean", "--max-bytes", 2000).code == 0


def test_a_line_of_five_megabytes_is_cleaned(project: Project) -> None:
    project.write("seeds/a.txt", b"word " * 1_000_000 + b"\n\nNotice: this goes.\n")
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/a.txt") == b"word " * 1_000_000 + b"\n\n"


def test_an_empty_file_is_a_text_like_any_other(project: Project) -> None:
    project.write("seeds/a.txt", b"")
    project.write("seeds/b.jsonl", b"")
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/a.txt") == b""
    assert project.read("cleaned/b.jsonl") == b""
    assert project.cleaner("verify").code == 0


def test_what_unpacks_beyond_all_measure_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.formats.compressed.ALLOWANCE", 1000)
    rows = b"".join(b'{"id": "%d", "text": "%s"}\n' % (n, b"a" * 90_000) for n in range(30))
    project.write("seeds/x.jsonl.gz", gzip.compress(rows))
    ended = project.cleaner("clean")
    assert ended.code == 3
    assert "seeds/x.jsonl.gz: unpacks to more than 200 times its size" in ended.err
    assert project.files() == {}


@pytest.mark.parametrize("suffix", ["gz", "zst", "GZ"])
def test_a_shard_without_a_line_is_packed_all_the_same(project: Project, suffix: str) -> None:
    for name, rows in (("none", b""), ("one", GOOD)):
        project.write(f"plain/{name}.jsonl", rows)
        packing: Any = gzip if suffix.lower() == "gz" else pytest.importorskip("backports.zstd")
        project.write(f"seeds/{name}.jsonl.{suffix}", packing.compress(rows))
    assert project.cleaner("clean").code == 0
    assert project.cleaner("verify").code == 0
    assert project.cleaner("restore", "-o", "raw").code == 0
    assert packing.decompress(project.read(f"raw/none.jsonl.{suffix}")) == b""
    assert packing.decompress(project.read(f"raw/one.jsonl.{suffix}")) == GOOD


@pytest.mark.parametrize("command", ["restore", "diff", "report"])
def test_a_cleaned_shard_that_is_cut_off_is_named(project: Project, command: str) -> None:
    project.write("seeds/x.jsonl.gz", gzip.compress(json.dumps({"text": RAW.decode()}).encode() + b"\n"))
    project.cleaner("clean")
    project.write("cleaned/x.jsonl.gz", project.read("cleaned/x.jsonl.gz")[:-9])
    ended = project.cleaner(command, "cleaned", *(("-o", "raw") if command == "restore" else ()))
    assert ended.code == (4 if command == "restore" else 3)
    assert "cleaned/x.jsonl.gz: cut off: its compressed stream has no end" in ended.err
    assert not (project.folder / "raw/x.jsonl.gz").exists()


def link(path: Path, to: Path) -> None:
    path.symlink_to(to)


PLACES: dict[str, tuple[Callable[[Project], object], str]] = {
    "a link out of the folder": (
        lambda project: link(project.folder / "seeds/x", project.write("outside.txt", RAW)),
        "seeds/x: is a symbolic link out of the folder",
    ),
    "a folder out of the folder": (
        lambda project: link(project.folder / "seeds/x", project.write("outside/a.txt", RAW).parent),
        "seeds/x: is a symbolic link out of the folder",
    ),
    "a link to nothing": (
        lambda project: link(project.folder / "seeds/x", Path("nowhere")),
        "seeds/x: is a symbolic link to nothing",
    ),
    "a pipe": (lambda project: os.mkfifo(project.folder / "seeds/x"), "seeds/x: is no regular file"),
    "a directory in the way": (
        lambda project: (project.write("seeds/x", RAW), project.write("cleaned/x/y", RAW)),
        "seeds/x: a directory is in the way at cleaned/x; move it",
    ),
    "a directory in the log's way": (
        lambda project: (project.write("seeds/x", RAW), project.write("cleaned/x.removals.jsonl/y", RAW)),
        "seeds/x: a directory is in the way at cleaned/x.removals.jsonl; move it",
    ),
    "a directory that the same run makes in the log's way": (
        lambda project: (project.write("seeds/x", RAW), project.write("seeds/x.removals.jsonl/y", RAW)),
        "seeds/x: a directory is in the way at cleaned/x.removals.jsonl; move it",
    ),
    "a file in the way": (
        lambda project: (project.write("seeds/x/y", RAW), project.write("cleaned/x", b"")),
        "seeds/x/y: a file is in the way at cleaned/x; move it",
    ),
    "a name too long for a log": (
        lambda project: project.write(f"seeds/{'x' * 250}", RAW),
        f"seeds/{'x' * 250}: file name too long, counting the .removals.jsonl of its log; shorten it",
    ),
    "links that go round in a circle": (
        lambda project: link(project.folder / "seeds/x", Path("x")),
        "seeds/x: is a symbolic link to nothing; delete or exclude it",
    ),
    "folders in folders without end": (
        lambda project: project.write(f"seeds/{'x/' * 600}a.txt", RAW),
        f"seeds/{'x/' * 500}x: lies more than 500 folders deep; move it up or exclude it",
    ),
}


@pytest.mark.parametrize(("make", "words"), PLACES.values(), ids=list(PLACES))
def test_what_is_no_input_or_has_no_place_is_refused(
    project: Project, make: Callable[[Project], object], words: str
) -> None:
    project.write("seeds/a.txt", RAW)
    make(project)
    ended = project.cleaner("clean")
    assert ended.code == 3
    refused, _ = ended.err.rstrip("\n").split("\n")
    assert refused.startswith(words)
    assert project.read("cleaned/a.txt") == CLEANED


def test_a_name_that_cannot_be_a_files_holds_up_no_other_input(project: Project) -> None:
    """A list of inputs, made by another program, may hold anything."""
    project.write("seeds/a.txt", RAW)
    long = "x" * 300
    for command in ("clean", "check"):
        ended = project.cleaner(command, long, "seeds", "-o", "cleaned")
        assert ended.code == 3
        assert f"{long}: file name too long, counting the .removals.jsonl of its log; shorten it" in ended.err
        assert project.read("cleaned/a.txt") == CLEANED


@pytest.mark.parametrize("command", [["clean"], ["check"], ["clean", "-n"]], ids=" ".join)
def test_a_name_too_long_for_a_log_is_refused_before_its_folder_is_there(project: Project, command: list[str]) -> None:
    project.write("seeds/a.txt", RAW)
    long = f"seeds/deep/{'x' * 250}"
    project.write(long, RAW)
    ended = project.cleaner(*command, "-o", "new")
    assert ended.code == 3
    assert f"{long}: file name too long, counting the .removals.jsonl of its log; shorten it\n" in ended.err
    assert long.encode() not in ended.out


def test_a_path_that_cannot_be_holds_up_no_other_input(project: Project) -> None:
    """The configuration is sought near the inputs, and may not be looked for there."""
    project.write("seeds/a.txt", RAW)
    project.write("list", b"x/" * 3000 + b"y.txt\nseeds/a.txt\n")
    ended = project.cleaner("clean", "--files-from", "list")
    assert ended.code == 3
    assert "y.txt: file name too long" in ended.err
    assert project.read("cleaned/a.txt") == CLEANED


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_name_is_long_enough_when_its_log_has_a_place(project: Project, jobs: int) -> None:
    """A file grows beside its place, under a name that must not be too long where the last one is not."""
    project.write(f"seeds/{'x' * 240}", RAW)
    assert project.cleaner("check").code == 1
    assert project.cleaner("clean", "-j", jobs).code == 0
    assert project.files().keys() == {"x" * 240, "x" * 240 + ".removals.jsonl"}
    assert project.cleaner("verify").code == 0


def test_a_link_within_the_folder_is_an_input(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    link(project.folder / "seeds/b.txt", Path("a.txt"))
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/b.txt") == CLEANED
    assert (project.folder / "seeds/b.txt").is_symlink()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_refused(project: Project) -> None:
    project.write("seeds/x.txt", RAW).chmod(0)
    ended = project.cleaner("clean")
    assert ended.code == 3
    assert "seeds/x.txt: permission denied; change its permissions or exclude it" in ended.err


def test_an_unreadable_file_is_explained(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for root, who may read all: the system's answer is made up."""
    project.write("seeds/a.txt", RAW)
    project.write("seeds/x.txt", RAW)
    opened = os.open

    def refuse(path: Any, *arguments: Any, **more: Any) -> int:
        if Path(path) == Path("seeds/x.txt"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refuse)
    ended = project.cleaner("clean")
    assert ended.code == 3
    assert "seeds/x.txt: permission denied; change its permissions or exclude it" in ended.err
    assert project.read("cleaned/a.txt") == CLEANED


def test_an_output_folder_that_nobody_may_write_to_is_told_its_own_cure(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/a.txt", RAW)

    def refuse(path: Path, _: int) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(files, "anew", refuse)
    ended = project.cleaner("clean")
    assert ended.code == 3
    assert "seeds/a.txt: permission denied at cleaned; change its permissions\n" in ended.err


@pytest.mark.parametrize("command", ["clean", "check", "diff"])
def test_a_named_input_that_cannot_be_read_is_no_usage_error(
    project: Project, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """click itself would end everything with 2."""
    project.write("seeds/a.txt", RAW)
    project.write("seeds/x.txt", RAW)
    monkeypatch.setattr("os.access", lambda path, *_, **__: "x.txt" not in str(path))
    assert project.cleaner(command, "seeds/x.txt", "seeds/a.txt").code in (0, 1)


def test_an_input_that_is_not_there_is_refused(project: Project) -> None:
    project.write("a.txt", RAW)
    ended = project.cleaner("clean", "gone.txt", "a.txt")
    assert ended.code == 3
    assert "gone.txt: is not there (any more); check the name" in ended.err
    assert project.read("cleaned/a.txt") == CLEANED


def test_two_inputs_for_one_output_are_told_apart(project: Project) -> None:
    project.write("one/a.txt", RAW)
    project.write("two/a.txt", b"other\n")
    ended = project.cleaner("clean", "one", "two")
    assert ended.code == 3
    assert "two/a.txt: cleaned/a.txt is the output of one/a.txt; rename one" in ended.err
    assert project.read("cleaned/a.txt") == CLEANED


@pytest.mark.parametrize(
    "names", [("A.txt", "a.txt"), ("caf\u00e9.txt", "cafe\u0301.txt"), ("B/\u00c4.txt", "b/a\u0308.txt")]
)
def test_names_that_the_file_system_takes_for_the_same_are_told_apart(
    project: Project, monkeypatch: pytest.MonkeyPatch, names: tuple[str, str]
) -> None:
    """The second output would replace the first, as where seeds lie on another disk than what is cleaned."""
    one, two = sorted(names)
    project.write(f"seeds/{one}", RAW)
    project.write(f"seeds/{two}", b"other\n")
    assert project.cleaner("clean").code == 0
    monkeypatch.setattr("cleaner.run.inputs.takes_for_the_same", lambda _: True)
    ended = project.cleaner("clean", "-o", "out")
    assert ended.code == 3
    assert f"seeds/{two}: out/{two} is the output of seeds/{one}; rename one" in ended.err
    assert project.read(f"out/{one}") == CLEANED
    assert not (project.folder / f"out/{two}").exists()


def test_what_a_file_system_takes_for_the_same_is_seen_by_its_files(project: Project) -> None:
    project.write("x/Name.txt", b"")
    same = (project.folder / "x/nAME.TXT").exists()
    assert takes_for_the_same(project.folder / "x") is same
    assert takes_for_the_same(project.folder / "x/not/there") is same


@pytest.mark.parametrize("output", ["seeds/cleaned", "seeds", "."])
def test_an_output_inside_the_input_is_a_usage_error(project: Project, output: str) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("clean", "seeds" if output != "." else ".", "-o", output)
    assert ended.code == 2
    assert "lies inside the input" in ended.err
    assert ended.err.count("\n") == 1
    assert not (project.folder / "seeds/cleaned").exists()


def test_an_output_that_is_a_file_is_a_usage_error(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("clean", "seeds", "-o", project.write("file", b""))
    assert ended.code == 2
    assert "the output is a folder, and there is a file" in ended.err


def test_an_output_below_a_file_is_one_too(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("file", b"")
    ended = project.cleaner("clean", "seeds", "-o", "file/cleaned")
    assert ended.code == 2
    assert "file/cleaned: file is a file, and no folder can be below it; name another with -o" in ended.err


def test_a_file_is_never_its_own_output(project: Project) -> None:
    path = project.write("a.txt", RAW)
    ended = project.cleaner("clean", "a.txt", "-o", ".")
    assert ended.code == 3
    assert "a.txt: is its own output; choose another folder with -o" in ended.err
    assert path.read_bytes() == RAW


def test_seeds_are_never_written_to(project: Project) -> None:
    path = project.write("seeds/a.txt", RAW)
    path.chmod(0o444)
    stamp = path.stat().st_mtime_ns
    project.cleaner("clean")
    assert path.stat().st_mtime_ns == stamp
    assert [one.name for one in path.parent.iterdir()] == ["a.txt"]


def test_a_name_cannot_move_the_cursor(project: Project) -> None:
    project.write("seeds/evil\n\x1b[2J.txt", b"\xff")
    ended = project.cleaner("clean")
    assert ended.err.startswith("seeds/evil\\n\\x1b[2J.txt: byte 0")


@pytest.mark.skipif(os.name == "nt", reason="names are bytes on POSIX only")
def test_a_name_that_is_not_utf8_is_cleaned_and_logged(project: Project) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    project.write(f"seeds/{name}", RAW)
    assert project.cleaner("clean", "-v").code == 0
    assert project.read(f"cleaned/{name}") == CLEANED
    log = project.read(f"cleaned/{name}.removals.jsonl")
    assert json.loads(log.split(b"\n")[1])["document"] == "caf\\xe9.txt"
    assert "1 input up to date" in project.cleaner("clean").err


def test_a_rule_that_cannot_be_used_is_named_before_anything_is_done(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("rules.toml", project.read("rules.toml").replace(b".{0,80}$'''\nremoves", b".*$'''\nremoves"))
    ended = project.cleaner("clean")
    assert ended.code == 2
    assert "rules.toml:6: rule en.test.notice: '*' is unbounded" in ended.err
    assert not (project.folder / "cleaned/a.txt").exists()
