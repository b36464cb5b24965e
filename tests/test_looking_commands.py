"""The looking commands, from raw files through a real run to what they print, with their exit codes."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import termios
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleaner.cli.compare import compare
from cleaner.cli.log import log
from cleaner.cli.looking import diff, report, stats, why
from cleaner.config import load
from cleaner.document import Document
from cleaner.exports import EXPORTS
from cleaner.review.decisions import FILE, Decision, Decisions, quote, save
from cleaner.review.decisions import load as load_decisions
from cleaner.run.batches import clean_all
from cleaner.run.cleaning import Cleaner
from cleaner.run.inputs import jobs_of

ARTICLE = "Rain fell on the town all day, and the river rose.\n\n"
NOTICE = "Zebra crossing ahead\n"
RULE = """
[[rule]]
code = "en.navigation.test-rule"
reason = "a rule of this test"
keywords = ["zebra crossing"]
pattern = '''^Zebra crossing ahead$'''
removes = ["Zebra crossing ahead"]
keeps = ["The zebra crossing ahead was closed on Monday."]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three texts and a shard, cleaned."""
    monkeypatch.chdir(tmp_path)
    seeds = Path("seeds")
    seeds.mkdir()
    (seeds / "a.txt").write_bytes((ARTICLE + NOTICE).encode())
    (seeds / "b.txt").write_bytes(("Ein 🎉 Fest.\r\n\r\n" + NOTICE.replace("\n", "\r\n")).encode())
    (seeds / "c.txt").write_bytes(ARTICLE.encode())
    lines = [{"id": f"r{number}", "text": ARTICLE + NOTICE} for number in range(3)]
    (seeds / "d.jsonl").write_bytes("".join(json.dumps(line) + "\n" for line in lines).encode())
    (tmp_path / "own.toml").write_bytes(RULE.encode())
    # only a rule of our own: the shipped ones and the model may change what they think of such short texts
    (tmp_path / "cleaner.toml").write_bytes(b'extend-rules = ["own.toml"]\nselect = ["en.navigation.test-rule"]\n')
    clean()
    return tmp_path


def clean() -> None:
    config = load()
    for outcome in clean_all(Cleaner(config), jobs_of([Path("seeds")], config, Path("cleaned"))):
        assert outcome.status in ("written", "current"), outcome.message


def run(command: object, *arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(command, arguments)  # type: ignore[arg-type]
    assert result.exit_code == code, (result.output, result.exception)
    return result


def test_stats_counts_what_the_logs_hold(project: Path) -> None:
    found = json.loads(run(stats, "--format", "json").stdout)
    assert (found["documents"], found["changed"], found["removals"]) == (6, 5, 5)
    assert found["filters"]["navigation"]["removals"] == 5
    assert sum(found["positions"]) == found["removed_bytes"]
    text = run(stats).stdout
    assert "6 documents, 5 of them changed; 5 removals" in text and "navigation" in text
    assert "\x1b" not in text


def test_stats_tells_each_rules_precision_from_decisions(project: Path) -> None:
    entries = [json.loads(line) for line in run(log, "show", "--format", "json").stdout.split("\n")[:-1]]
    marks = [
        Decision("keep" if number else "remove", id=one["id"], document=one["document"], code=one["code"])
        for number, one in enumerate(entries[:2])
    ]
    save(FILE, Decisions(marks))
    found = json.loads(run(stats, "--format", "json", "--decisions").stdout)["decisions"]
    assert found[entries[0]["code"]]["judged"] == 2 and found[entries[0]["code"]]["right"] == 1
    assert "50%" in run(stats, "--decisions").stdout


def test_a_decision_counts_at_the_next_clean(project: Path) -> None:
    (entry,) = [
        json.loads(line) for line in run(log, "show", "cleaned/a.txt", "--format", "json").stdout.split("\n")[:-1]
    ]
    save(FILE, Decisions([Decision("keep", id=entry["id"], document="a.txt", code=entry["code"])]))
    clean()
    assert Path("cleaned/a.txt").read_bytes() == Path("seeds/a.txt").read_bytes()
    assert Path("cleaned/b.txt").read_bytes() != Path("seeds/b.txt").read_bytes()
    shown = run(log, "show", "cleaned/a.txt", "--candidates").stdout
    assert "(left in: a decision keeps it)" in shown
    assert "kept" in run(why, "seeds/a.txt:3").stdout and "a decision keeps it" in run(why, "seeds/a.txt:3").stdout


def test_a_decision_taken_back_no_longer_counts(project: Path) -> None:
    (entry,) = [
        json.loads(line) for line in run(log, "show", "cleaned/a.txt", "--format", "json").stdout.split("\n")[:-1]
    ]
    before = Path("cleaned/a.txt").read_bytes()
    save(FILE, Decisions([Decision("keep", id=entry["id"], document="a.txt", code=entry["code"])]))
    clean()
    save(FILE, Decisions())
    clean()
    assert Path("cleaned/a.txt").read_bytes() == before


def test_a_passage_marked_by_hand_goes_at_the_next_clean(project: Path) -> None:
    text = Document("a.txt", Path("seeds/a.txt").read_text())
    start = text.text.index("and the river")
    save(FILE, Decisions([quote(text, start, start + 18)]))
    clean()
    assert b"river" not in Path("cleaned/a.txt").read_bytes()
    assert "decision.marked" in run(log, "show", "--select", "decision").stdout
    assert "cut by decision.marked" in run(why, "seeds/a.txt:1").stdout


def on_a_terminal(arguments: list[str], columns: int, **environment: str) -> str:
    """What a command prints to a terminal so wide."""
    leader, follower = os.openpty()
    termios.tcsetwinsize(follower, (24, columns))
    given = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
    given["PYTHONPATH"] = os.environ.get("PYTHONPATH", "")  # the same code as here
    command = [sys.executable, "-m", "cleaner", *arguments]
    with subprocess.Popen(command, stdin=follower, stdout=follower, stderr=subprocess.PIPE, env=given) as child:
        os.close(follower)
        printed = b""
        with contextlib.suppress(OSError):  # Linux: the terminal is gone once the child has ended
            while part := os.read(leader, 65536):
                printed += part
    os.close(leader)
    assert child.returncode == 0
    return printed.decode()


def test_on_a_terminal_a_diff_goes_through_the_pager_in_colour(project: Path) -> None:
    pager = project / "pager"
    pager.write_text('#!/bin/sh\nread first\necho "paged: $first"\ncat\n')
    pager.chmod(0o755)
    paged = on_a_terminal(["diff", "seeds/a.txt"], 100, PAGER=str(pager))
    assert "paged: " in paged and "\x1b[31m-Zebra crossing ahead" in paged and "│" not in paged
    assert "│" in on_a_terminal(["diff", "seeds/a.txt"], 170, PAGER="cat"), "two columns where there is room"
    assert "│" not in on_a_terminal(["diff", "seeds/a.txt", "--unified"], 170, PAGER="cat")
    assert "\x1b" not in on_a_terminal(["diff", "seeds/a.txt"], 100, PAGER="cat", NO_COLOR="1")
    assert "-Zebra crossing ahead" in on_a_terminal(["diff", "seeds/a.txt"], 100, PAGER="'"), "nobody closes its quote"
    less = project / "bin/less"
    less.parent.mkdir()
    less.write_bytes(b"#!/bin/sh\necho paged\n")
    less.chmod(0o755)
    for none in ("", " "):
        shown = on_a_terminal(["diff", "seeds/a.txt"], 100, PAGER=none, PATH=f"{less.parent}:{os.environ['PATH']}")
        assert "-Zebra crossing ahead" in shown and "paged" not in shown, "an empty one asks for none"
    assert "\x1b[1m" in on_a_terminal(["stats"], 100) and "█" in on_a_terminal(["stats"], 100)
    assert "█" not in on_a_terminal(["stats"], 100, LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")


def test_log_show_prints_a_line_a_removal(project: Path) -> None:
    lines = run(log, "show").stdout.split("\n")[:-1]
    assert len(lines) == 5
    assert lines[0].startswith("a.txt:3: ") and lines[0].endswith("Zebra crossing ahead")
    assert run(log, "show", "--select", "donation").stdout == ""
    assert len(run(log, "show", "--select", "navigation", "cleaned/a.txt").stdout.split("\n")) == 2


@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_every_export_is_written(project: Path, kind: str) -> None:
    form = EXPORTS[kind]
    run(log, "export", "--to", kind, "-o", "out")
    assert Path("out").is_file() == bool(form.file)
    if form.file:
        assert run(log, "export", "--to", kind).stdout_bytes == Path("out").read_bytes()
    else:
        run(log, "export", "--to", kind, code=2)
        assert any(Path("out").rglob("*"))


@pytest.mark.parametrize("folder", ["seeds", "cleaned", "seeds/below", "./cleaned/"])
def test_an_export_does_not_write_over_the_corpus(project: Path, folder: str) -> None:
    """Its texts bear the names of the seeds."""
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    told = run(log, "export", "--to", "brat", "-o", folder, code=2)
    assert "texts of the corpus lie in" in told.stderr
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def test_an_exported_patch_undoes_the_cleaning(project: Path) -> None:
    """All but the shard's, whose records are no files of their own."""
    run(log, "export", "--to", "patch", "-o", "undo.patch")
    subprocess.run(["git", "apply", "-R", "undo.patch"], check=True, env={**os.environ, "GIT_CEILING_DIRECTORIES": "/"})
    for name in ("a.txt", "b.txt"):
        assert Path("cleaned", name).read_bytes() == Path("seeds", name).read_bytes()


def test_diff_of_raw_texts_is_a_patch_that_cleans_them(project: Path) -> None:
    odd = os.fsdecode(b"caf\xe9 \\xe9.txt")
    Path("seeds", odd).write_bytes((ARTICLE + NOTICE).encode())
    clean()
    patch = run(diff, "seeds").stdout_bytes
    subprocess.run(["git", "apply"], input=patch, check=True, env={**os.environ, "GIT_CEILING_DIRECTORIES": "/"})
    for name in ("a.txt", "b.txt", odd):
        assert Path("seeds", name).read_bytes() == Path("cleaned", name).read_bytes()


def test_diff_tells_of_a_file_once_that_is_named_twice(project: Path) -> None:
    for folder in ("seeds", "cleaned"):
        once = run(diff, folder).stdout
        named = f"{folder}/a.txt"
        assert once.count("+++ ") > 1 and run(diff, folder, named, f"./{named}").stdout == once


def test_diff_is_coloured_where_asked_and_plain_in_a_pipe(project: Path) -> None:
    assert "\x1b[31m-Zebra crossing ahead" in run(diff, "cleaned", "--color", "always").stdout
    assert "\x1b" not in run(diff, "cleaned").stdout
    wide = run(diff, "cleaned/a.txt", "--side-by-side", "--color", "never").stdout
    assert "│" in wide and "\x1b" not in wide
    assert run(diff, "seeds/c.txt").stdout == ""


def test_why_explains_a_cut_line(project: Path) -> None:
    text = run(why, "seeds/a.txt:3").stdout
    assert "seeds/a.txt:3: removed" in text and "cut by " in text and "score" in text
    found = json.loads(run(why, "seeds/a.txt:3", "--format", "json").stdout)
    assert found["removed"] and found["removals"][0]["filter"] == "navigation"


def test_why_explains_a_kept_line_by_the_rule_that_came_near(project: Path) -> None:
    (project / "seeds/a.txt").write_bytes(b"Zebra crossing ahead now\n" + ARTICLE.encode())
    text = run(why, "seeds/a.txt:1").stdout
    assert "kept" in text and "en.navigation.test-rule" in text and "'zebra crossing'" in text
    assert "No rule comes near" in run(why, "seeds/a.txt:2").stdout or "blank" in run(why, "seeds/a.txt:3").stdout


def test_why_finds_a_cleaned_line_in_its_raw_text(project: Path) -> None:
    (project / "seeds/a.txt").write_bytes((NOTICE + "\n" + ARTICLE).encode())
    clean()
    text = run(why, "cleaned/a.txt:1").stdout
    assert "seeds/a.txt:3: kept" in text and "Rain fell" in text


@pytest.mark.parametrize(
    ("place", "code"),
    [("seeds/a.txt", 2), ("seeds/a.txt:0", 2), ("seeds/a.txt:99", 2), ("none.txt:1", 3), ("seeds/d.jsonl:1", 2)],
)
def test_why_refuses_what_is_no_line(project: Path, place: str, code: int) -> None:
    assert run(why, place, code=code).stderr.strip().split("\n")[-1].startswith("Error: ")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("none.txt:1", "Error: none.txt: is not there (any more); check the name\n"),
        ("cleaned/a.txt.removals.jsonl:1", "Error: cleaned/a.txt.removals.jsonl: is a log; name the text beside it\n"),
        ("one.txt:2", "Error: one.txt: has 1 line, not 2\n"),
    ],
)
def test_why_says_in_one_line_what_is_wrong(project: Path, place: str, told: str) -> None:
    Path("one.txt").write_bytes(b"It rained.\n")
    result = CliRunner().invoke(why, [place])
    assert result.output == told


def test_a_folder_without_a_log_is_told_from_one_that_is_not_there(project: Path) -> None:
    Path("empty").mkdir()
    assert "empty: no log is in it; run cleaner clean first" in run(stats, "empty", code=2).stderr
    assert "nowhere: no such file, or no log beside it" in run(stats, "nowhere", code=2).stderr


def test_one_document_is_counted_as_one(project: Path) -> None:
    assert run(stats, "cleaned/a.txt").stdout.startswith("1 document, 1 of them changed; 1 removal, ")


def test_report_writes_a_page_and_says_what_is_on_it(project: Path) -> None:
    result = run(report, "-o", "out/page.html", "--near-misses")
    assert "6 documents, 5 removals" in result.stderr
    page = Path("out/page.html").read_bytes()
    assert page.startswith(b"<!doctype html>") and b"Zebra crossing ahead" in page
    assert run(report, "-o", "-", "--near-misses").stdout_bytes == page
    assert "a sample" in run(report, "--documents", "2").stderr


def test_review_serves_saves_and_ends_on_an_interrupt(project: Path) -> None:
    command = [sys.executable, "-m", "cleaner", "review", "--no-browser"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert server.stdout is not None
    address = server.stdout.readline().decode().strip()
    with urllib.request.urlopen(address) as answer:
        assert b"Zebra crossing ahead" in answer.read()
    mark = json.dumps({"decision": "keep", "id": "5f3a", "document": "a.txt"}).encode()
    headers = {"Content-Type": "application/json", "Origin": address.rsplit("/", 2)[0]}
    request = urllib.request.Request(f"{address}decisions", mark, headers)
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 204
    assert load_decisions(FILE).keeps("5f3a")
    with urllib.request.urlopen(address) as answer:
        assert b"5f3a" in answer.read(), "a reload shows what was saved"
    server.send_signal(signal.SIGINT)
    _, told = server.communicate(timeout=20)
    assert server.returncode == 0
    assert b"1 decision in .cleaner/decisions.jsonl" in told


def test_compare_shows_what_a_new_rule_cuts_and_a_missing_one_spares(project: Path) -> None:
    (project / "cleaner.toml").write_bytes(b'extend-rules = ["own.toml"]\nselect = ["en.navigation"]\n')
    new = RULE.replace("test-rule", "other-rule").replace("Zebra", "Pelican").replace("zebra", "pelican")
    (project / "new.toml").write_bytes(new.encode())
    (project / "seeds/a.txt").write_bytes(b"Pelican crossing ahead\n" + ARTICLE.encode() + NOTICE.encode())
    found = json.loads(run(compare, ".", "new.toml", "seeds/a.txt", "--format", "json").stdout)
    assert [(one["rule"], one["line"], one["text"]) for one in found["cut"]] == [
        ("en.navigation.other-rule", 1, "Pelican crossing ahead")
    ]
    assert found["spared"] == []
    (project / "rulesets/en").mkdir(parents=True)
    (project / "rulesets/en/navigation.toml").write_bytes(new.encode())
    text = run(compare, ".", "rulesets").stdout
    assert "Newly cut: 1 passages" in text and "Spared: 5 passages" in text
    assert "b.txt:3: Zebra crossing ahead" in text
    run(compare, "no-such-revision", ".", code=2)
    run(compare, "--", "-x", ".", code=2)


def test_compare_of_an_installed_copy_takes_revisions_of_the_clone_that_it_stands_in(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Around site-packages there is no repository, or one that does not know it."""
    copy = project / "site/cleaner/rulesets"
    copy.mkdir(parents=True)
    monkeypatch.setattr("cleaner.cli.compare.RULESETS", copy)
    (project / "cleaner/rulesets/en").mkdir(parents=True)
    (project / "cleaner/rulesets/en/navigation.toml").write_bytes(RULE.replace("test-rule", "old-rule").encode())
    (project / "cleaner.toml").write_bytes(b'extend-rules = ["own.toml"]\nselect = ["en.navigation"]\n')
    name = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org"]
    for command in (["git", "init", "-q"], ["git", "add", "cleaner"], [*name, "commit", "-q", "-m", "rules"]):
        subprocess.run(command, check=True)
    monkeypatch.chdir(project / "seeds")
    found = json.loads(run(compare, "HEAD", "../own.toml", "a.txt", "--format", "json").stdout)
    assert (found["documents"], found["changed"]) == (1, 0)
    looked = f"(looked in {copy.parent}: not a valid object name: HEAD~9; {project}: not a valid object name: HEAD~9)"
    told = run(compare, "HEAD~9", ".", "a.txt", code=2).stderr
    assert told == f"Error: HEAD~9: neither a folder, a file nor a git revision with rulesets {looked}\n"


def test_a_log_that_does_not_fit_is_an_integrity_error(project: Path) -> None:
    Path("cleaned/a.txt").write_bytes(b"edited by hand\n")
    words = "a.txt: cleaned text and log do not give the raw text back; clean again\n"
    assert run(report, code=4).stderr == f"Error: cleaned/{words}"
    assert "no such file" in run(stats, "nowhere", code=2).stderr
    FILE.parent.mkdir()
    FILE.write_bytes(b"nonsense\n")
    assert "decisions.jsonl:1" in run(stats, "--decisions", code=2).stderr


@pytest.mark.parametrize(
    ("command", "arguments", "code", "words"),
    [
        (diff, ["gone.txt", "seeds/a.txt"], 3, "gone.txt: is not there (any more)"),
        (compare, [".", ".", "gone.txt"], 3, "gone.txt: is not there (any more)"),
        (why, ["gone.txt:1"], 3, "gone.txt: is not there (any more)"),
        (why, ["seeds:1"], 2, "seeds is a folder; name one file in it"),
    ],
)
def test_what_cannot_be_read_is_told_once_and_in_the_exit_code(
    project: Path, command: object, arguments: list[str], code: int, words: str
) -> None:
    told = run(command, *arguments, code=code)
    assert told.output.count(words) == 1
    assert ("Zebra" in told.stdout) == (command is diff)  # the rest is shown


@pytest.mark.parametrize("command", [diff, compare])
def test_without_paths_and_without_the_configured_folder_nothing_is_there_to_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: object
) -> None:
    monkeypatch.chdir(tmp_path)
    told = run(command, *([".", "."] if command is compare else []), code=2)
    assert "no folder seeds: name inputs" in told.output


def test_a_document_of_a_cleaned_shard_is_named_in_the_diff(project: Path) -> None:
    told = (
        "# cleaned/d.jsonl/r1: a record of a shard, which git cannot patch\n# @@ -1,3 +1,2 @@ en.navigation.test-rule\n"
    )
    assert told in run(diff, "cleaned/d.jsonl").stdout
