"""Logs that were cut off, edited or mangled: every command says so in one line, and nothing wrong is written."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from cleaner.git.proven import Seeds, made_by
from cleaner.log import LogError, LogWriter
from cleaner.log.seal import Sealed
from cleaner.review.decisions import Decisions
from tests.project import RAW, Project, resealed

LOG = "cleaned/a.txt.removals.jsonl"
DEEP = b"[" * 100_000

MANGLED: dict[str, Callable[[bytes], bytes]] = {
    "nested without end": lambda log: log.replace(b"\n", b"\n" + DEEP + b"\n", 1),
    "nested": lambda log: log.replace(b"\n", b"\n" + DEEP + b"]" * len(DEEP) + b"\n", 1),
    "no last line end": lambda log: log[:-1],
    "cut off within a line": lambda log: log[: len(log) // 2],
    "a line is gone": lambda log: b"".join(log.splitlines(keepends=True)[::2]),
    "a line stands twice": lambda log: log + log.splitlines(keepends=True)[-1],
    "other line ends": lambda log: log.replace(b"\n", b"\r\n"),
    "another encoding": lambda log: log.decode().encode("utf-16"),
    "an endless number": lambda log: log.replace(b'"start":', b'"start":' + b"9" * 5000, 1),
    "nothing": lambda log: b"",
}


@pytest.mark.parametrize("mangle", MANGLED.values(), ids=MANGLED)
def test_a_mangled_log_is_named_everywhere_and_made_anew(project: Project, mangle: Callable[[bytes], bytes]) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    log = project.read(LOG)
    project.write(LOG, mangle(log))
    ended = project.cleaner("verify")
    assert (ended.code, ended.err) == (4, "0 outputs proven, 1 wrong\n")
    assert ended.out.decode().startswith(f"{LOG}:")
    assert ended.out.count(b"\n") == 1
    for command in (["restore", "-o", "raw"], ["restore"], ["diff", "cleaned"], ["why", "cleaned/a.txt:1"], ["report"]):
        ended = project.cleaner(*command)
        assert (ended.code, LOG in ended.err, "Traceback" in ended.err) == (4, True, False), command
    assert project.files("raw") == {}
    assert project.cleaner("check").code == 1
    assert project.cleaner("clean").code == 0
    assert project.read(LOG) == log


@pytest.mark.parametrize(
    ("mangle", "holds"),
    [
        (lambda log: log, True),
        (lambda log: log.replace(b"first", b"third"), False),
        (lambda log: log.replace(b'"log"', b'"lag"'), False),
        (lambda log: log[:-1], False),
        (lambda log: log[: log.index(b'{"type":"end"')], False),
        (lambda log: log + log.split(b"\n")[-2] + b"\n", False),
        (lambda log: log + b"[1]\n", False),
        (lambda log: log + DEEP + b"\n", False),
        (lambda log: b"", False),
    ],
)
def test_a_seal_holds_for_the_lines_that_it_was_made_for(mangle: Callable[[bytes], bytes], holds: bool) -> None:
    handle = BytesIO()
    writer = LogWriter(handle, {"type": "log"})
    writer.write([{"type": "document", "document": "first"}, {"type": "later", "text": '{"type":"shard"'}])
    writer.close()
    sealed = Sealed(BytesIO(mangle(handle.getvalue())))
    described = list(sealed.described())
    assert sealed.holds == holds
    if holds:
        assert (sealed.first, described) == (b'{"type":"log"}\n', [{"type": "document", "document": "first"}])


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_staged_log_that_is_nested_without_end_is_no_bug_of_ours(place: int) -> None:
    lines = [b'{"type":"log"}', b'{"type":"document"}', b'{"type":"end"}', b""]
    lines[place] = b'{"type":"document","more":' + DEEP
    with pytest.raises(LogError):
        made_by(b"\n".join(lines), RAW, RAW, "a.txt", Seeds("seeds", ("/seeds",)), Decisions())


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("literal", lambda records: records[2].pop("literal")),
        ("escapes", lambda records: records[1].update(escapes="utf-8")),
    ],
)
def test_a_shards_log_that_lost_an_escape_does_not_hold_up_the_others(
    project: Project, field: str, change: Callable[[list[dict[str, object]]], object]
) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/s.jsonl", b'{"text": "Not\\u0069ce: this goes.\\nR\\u0061in."}\n')
    project.cleaner("clean")
    log = project.read("cleaned/s.jsonl.removals.jsonl")
    assert field.encode() in log
    project.write("cleaned/s.jsonl.removals.jsonl", resealed(log, change))
    ended = project.cleaner("verify")
    assert (ended.code, ended.err) == (4, "1 output proven, 1 wrong\n")
    assert ended.out.startswith(b"cleaned/s.jsonl: ")


def test_a_shard_is_not_restored_by_a_log_with_a_damaged_end(project: Project) -> None:
    project.write("seeds/s.jsonl", json.dumps({"text": RAW.decode()}).encode() + b"\n")
    project.cleaner("clean")
    log = project.read("cleaned/s.jsonl.removals.jsonl")
    project.write("cleaned/s.jsonl.removals.jsonl", log.replace(b'"documents":1', b'"documents":2'))
    assert project.cleaner("restore", "-o", "raw").code == 4
    assert project.files("raw") == {}


def test_a_log_that_describes_nothing_explains_no_line(project: Project) -> None:
    project.write("seeds/a.txt", b"Rain.\n")
    project.cleaner("clean")

    def empty(records: list[dict[str, object]]) -> None:
        records[1]["type"] = "later"

    *above, end = resealed(project.read(LOG), empty).splitlines(keepends=True)
    project.write(LOG, b"".join([*above, end.replace(b'"documents":1', b'"documents":0')]))
    ended = project.cleaner("why", "cleaned/a.txt:1")
    assert (ended.code, ended.err) == (4, f"Error: {LOG}: describes 0 documents, not one; clean again\n")


def test_an_output_that_is_named_twice_is_proven_once(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    for outputs in (["cleaned", "cleaned"], ["cleaned", "cleaned/a.txt"], ["cleaned", project.folder / "cleaned"]):
        assert project.cleaner("verify", *outputs).err == "1 output proven\n"


ODD: dict[str, Callable[[Path], object]] = {
    "a folder": lambda log: log.mkdir(),
    "a link to nothing": lambda log: log.symlink_to("nowhere"),
    "a link to itself": lambda log: log.symlink_to(log.name),
    "a log of nothing": lambda log: log.with_name(".removals.jsonl").write_bytes(b""),
}


@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_what_is_no_log_is_counted_once_and_holds_up_no_other(project: Project, make: Callable[[Path], object]) -> None:
    for name in ("a.txt", "b.txt"):
        project.write(f"seeds/{name}", RAW)
    project.cleaner("clean")
    (project.folder / LOG).unlink()
    make(project.folder / LOG)
    ended = project.cleaner("verify")
    told = ended.out.decode().splitlines()
    assert (ended.code, ended.err) == (4, f"1 output proven, {len(told)} wrong\n")
    assert sum(line.startswith("cleaned/a.txt: ") for line in told) == 1
    for command in (["restore", "-o", "raw"], ["report"], ["stats"], ["diff", "cleaned"], ["prune"], ["check"]):
        ended = project.cleaner(*command)
        assert (ended.code == 70, "Traceback" in ended.err) == (False, False), command


def test_links_in_a_circle_are_told_and_no_bug_of_ours(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    (project.folder / "round").symlink_to("round")
    for command in (["report", "-o"], ["restore", "-o"], ["log", "export", "--to", "brat", "-o"], ["clean", "-o"]):
        ended = project.cleaner(*command, "round")
        assert ended.code == 2, command
        assert ended.err.startswith("Error: round: its links go round in a circle; name another")
        assert ended.err.count("\n") == 1


def _moved(entry: dict[str, object], by: int) -> None:
    entry.update(start=int(str(entry["start"])) + by, end=int(str(entry["end"])) + by)
    for span in entry["spans"]:  # type: ignore[attr-defined]
        span.update(start=span["start"] + by, end=span["end"] + by)


ENTRIES: dict[str, Callable[[dict[str, object]], object]] = {
    "first byte": lambda entry: entry.update(byte_start=int(str(entry["byte_start"])) + 1),
    "last byte": lambda entry: entry.update(byte_end=int(str(entry["byte_end"])) - 1),
    "first line": lambda entry: entry.update(line_start=1),
    "a line above all": lambda entry: entry.update(line_start=-5),
    "last line": lambda entry: entry.update(line_end=99),
    "id": lambda entry: entry.update(id="zzz"),
    "filter": lambda entry: entry.update(filter="../x"),
    "code": lambda entry: entry.update(code="en.test.other"),
    "no span": lambda entry: entry.update(spans=[]),
    "a span elsewhere": lambda entry: entry["spans"][0].update(end=10**9),  # type: ignore[index]
    "behind the end": lambda entry: _moved(entry, 1),
}


@pytest.mark.parametrize("change", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("name", ["a.txt", "own.jsonl"])
def test_what_a_log_tells_of_a_removal_is_proven_as_well(
    project: Project, name: str, change: Callable[[dict[str, object]], object]
) -> None:
    """Whoever edited a log and sealed it anew had it proven, and a record with escapes of its own was a bug of ours."""
    raw = "Ännu en rad.\n\nNotice: this goes.\n"
    escaped = json.dumps(raw, ensure_ascii=False).replace("r", "\\u0072")
    project.write(f"seeds/{name}", raw.encode() if name == "a.txt" else b'{"text":%b}\n' % escaped.encode())
    project.cleaner("clean")
    assert project.cleaner("verify").code == 0
    log = f"cleaned/{name}.removals.jsonl"
    project.write(log, resealed(project.read(log), lambda records: change(records[2])))
    ended = project.cleaner("verify")
    assert (ended.code, ended.err) == (4, "0 outputs proven, 1 wrong\n")
    assert ended.out.decode().startswith(("cleaned/",))
    assert ended.out.count(b"\n") == 1
    for command in (["log", "export", "--to", "patch"], ["report", "-o", "report.html"]):
        assert project.cleaner(*command).code == 4, command


@pytest.mark.parametrize("name", ["a.txt", "own.jsonl"])
@pytest.mark.parametrize(("kind", "form"), [("candidate", "full"), ("candidate", "hash"), ("removal", "hash")])
def test_what_a_log_quotes_is_proven_of_what_was_left_in_as_well(
    project: Project, name: str, kind: str, form: str
) -> None:
    """No restored byte comes of a candidate's text, nor of a hash: `log show` told what nobody had written."""
    text = "Ännu en rad.\n\nNotice: this goes.\n"
    project.write(f"seeds/{name}", text.encode() if name == "a.txt" else json.dumps({"text": text}).encode() + b"\n")
    project.cleaner("clean", "--log-text", form)
    log = f"cleaned/{name}.removals.jsonl"
    if kind == "candidate":
        found = json.loads(project.read(log).splitlines()[2])
        project.write(".cleaner/decisions.jsonl", json.dumps({"decision": "keep", "id": found["id"]}).encode() + b"\n")
        project.cleaner("clean", "--log-text", form)
    assert project.cleaner("verify").code == 0

    def edit(records: list[dict[str, object]]) -> None:
        assert records[2]["type"] == kind
        told = "text" if form == "full" else "text_sha256"
        records[2][told] = str(records[2][told])[::-1]

    project.write(log, resealed(project.read(log), edit))
    ended = project.cleaner("verify")
    assert (ended.code, ended.err, ended.out.count(b"\n")) == (4, "0 outputs proven, 1 wrong\n", 1)
    assert b"is another text than its log has" in ended.out


def test_what_a_log_tells_of_a_text_is_proven_as_well(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    project.write(LOG, resealed(project.read(LOG), lambda records: records[1].update(bytes=10**9)))
    told = b"cleaned/a.txt: has 48 bytes, not 1,000,000,000; delete the log, then clean again\n"
    assert project.cleaner("verify").out == told


def test_a_raw_shard_that_is_larger_than_is_read_by_now_is_no_bug(project: Project) -> None:
    """Of a log that keeps hashes only, removals are proven by it."""
    project.write("seeds/s.jsonl", b'{"text":"It rained.\\n\\nNotice: this goes.\\n"}\n')
    project.write("cleaner.toml", project.read("cleaner.toml") + b'log-text = "hash"\n')
    assert project.cleaner("clean").code == 0
    assert project.cleaner("verify").code == 0
    project.write("cleaner.toml", project.read("cleaner.toml") + b"max-bytes = 40\n")
    ended = project.cleaner("verify")
    assert (ended.code, b"longer than 40 bytes; raise --max-bytes" in ended.out, ended.out.count(b"\n")) == (4, True, 1)
