"""Help, and mistakes on the command line: each is told with what is meant, before anything is done."""

import os
import re
import signal
from pathlib import Path

import pytest

from cleaner.cli.codes import Exit
from cleaner.cli.commands import COMMANDS
from tests.project import RAW, SETTINGS, Project
from tests.shipped import RULES

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_help_names_every_command_and_every_command_has_help(project: Project) -> None:
    shown = project.cleaner("--help").out.decode()
    for name in COMMANDS:
        assert f"  {name} " in shown
        ended = project.cleaner(name, "--help")
        assert ended.code == 0
        assert ended.out.startswith(f"Usage: cleaner {name}".encode())


@pytest.mark.parametrize("path", [[], *([name] for name in COMMANDS)])
def test_help_says_something_of_each_command_and_option_to_its_end(project: Project, path: list[str]) -> None:
    shown = project.cleaner(*path, "--help").out.decode()
    assert "..." not in shown.split("\n", 1)[1], shown
    for name in re.findall(r"(?m)^  (\w+)  ", shown.partition("Commands:")[2]) if path else ():
        test_help_says_something_of_each_command_and_option_to_its_end(project, [*path, name])
    options = re.findall(r"(?m)^  (-.*(?:\n {20,}.*)?)", shown.partition("Options:")[2])
    assert options and all(re.search(r"(  |\n)[A-Z]", option) for option in options), shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cleen"], "no command is named 'cleen'; did you mean 'clean'?"),
        (["clean", "--nonsense"], "No such option"),
        (["clean", "a.txt", "--profile", "saef"], "is safe, standard or aggressive, not 'saef'; did you mean 'safe'?"),
        (["clean", "a.txt", "-j", "many"], "is a whole number, 0 or more, not 'many'"),
        (["clean", "a.txt", "--encoding", "utf-99"], "names no text codec"),
        (["clean", "a.txt", "--config", "gone.toml"], "gone.toml: cannot be read: No such file or directory"),
        (["clean", "a.txt", "-"], "- is the only input, or none"),
        (["clean", "-", "-o", "x"], "--output is for files: standard input becomes standard output"),
        (["clean", "-", "--format", "json"], "--format is for files"),
        (["check", "-", "--format", "github"], "--format is for files"),
        (["clean", "a.txt", "--log", "x"], "--log is for standard input; a file's log stands beside its output"),
        (["clean", "a.txt", "-o", ""], "is an empty name; write . for the working folder"),
        (["clean", ""], "is an empty name"),
        (["hook", "fix", ""], "is an empty name"),
        (["restore", "-o", ""], "is an empty name"),
        (["clean", "a.txt", "-o", "circle/x"], "circle/x: its links go round in a circle; name another with -o"),
        (["clean"], "no folder seeds: name inputs, or set `input`"),
        (["verify", "gone.txt"], "gone.txt: no such output"),
        (["verify", os.devnull], f"{os.devnull}: no such output"),
        (["restore", os.devnull, "-o", "x"], f"{os.devnull}: no such output"),
        (["rules", "show", "en.test.notic"], "no rule is named 'en.test.notic'; did you mean 'en.test.notice'?"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_meant(project: Project, arguments: list[str], words: str) -> None:
    (project.folder / "circle").symlink_to("circle")
    project.write("a.txt", RAW)
    ended = project.cleaner(*arguments)
    assert ended.code == 2
    assert words in ended.err
    assert ended.out == b""


def test_inputs_can_be_listed_in_a_file_or_on_stdin(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("seeds/b\nc.txt", RAW)
    assert project.cleaner("clean", "--files-from", "-", "-0", stdin=b"seeds/a.txt\0seeds/b\nc.txt\0").code == 0
    assert set(project.files()) >= {"a.txt", "b\nc.txt"}
    project.write("list", b"seeds/a.txt\r\n")
    assert "1 input up to date" in project.cleaner("clean", "--files-from", "list").err


def test_an_empty_list_means_nothing_and_not_everything(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("clean", "--files-from", "-").code == 0
    assert project.files() == {}


def test_a_list_of_the_other_kind_is_a_usage_error(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("clean", "--files-from", "-", stdin=b"seeds/a.txt\0")
    assert ended.code == 2
    assert "-: names are separated by NUL there; add -0" in ended.err


def test_a_list_may_begin_with_a_mark_of_its_encoding_and_utf_16_is_told_with_the_cure(project: Project) -> None:
    """Editors of Windows write the one, its shell the other."""
    project.write("seeds/a.txt", RAW)
    project.write("list", "seeds/a.txt\r\n".encode("utf-8-sig"))
    assert project.cleaner("clean", "--files-from", "list").code == 0
    assert set(project.files()) == {"a.txt", "a.txt.removals.jsonl"}
    project.write("nul", "seeds/a.txt\0".encode("utf-8-sig"))
    assert project.cleaner("check", "--files-from", "nul", "-0").code == 0
    for encoding in ("utf-16-le", "utf-16-be"):
        project.write("list", "\ufeffseeds/a.txt\r\n".encode(encoding))
        for more in ([], ["-0"]):
            ended = project.cleaner("clean", "--files-from", "list", *more)
            assert ended.code == 2
            assert "list: is UTF-16; save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)" in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["clean", "-0"], "-0 is for a list: name it with --files-from"),
        (["clean", "--files-from", "gone"], "gone: no such file or directory; --files-from takes a file of names"),
        (["check", "--files-from", "seeds"], "seeds: is a directory; --files-from takes a file of names"),
        (["clean", "--stdin-name", "a.jsonl"], "--stdin-name is for standard input, which - names"),
        (["clean", "--isolated", "--config", "cleaner.toml"], "--isolated reads no configuration file"),
        (["why", "seeds/a.txt:1", "--isolated", "--config", "cleaner.toml"], "--isolated reads no configuration file"),
        (["clean", "--select", ""], "'--select': names nothing; leave it out for all filters"),
        (["log", "export", "--to", "brat", "-o", "-"], "--to brat makes several files: name a folder with -o"),
        (["restore", "-o", "cleaner.toml"], "cleaner.toml: is a file; -o names a folder, and > writes one raw text"),
        (["check", "--select", ","], "'--select': names nothing; leave it out for all filters"),
    ],
)
def test_options_that_would_be_passed_over_are_mistakes(project: Project, arguments: list[str], words: str) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    before = project.files("")
    ended = project.cleaner(*arguments)
    assert ended.code == 2
    assert words in ended.err
    assert project.files("") == before


@pytest.mark.parametrize("file", ["seeds/a.txt", "cleaned/a.txt", "cleaned/a.txt.removals.jsonl", "link"])
def test_no_text_of_the_corpus_is_written_over_by_what_tells_of_it(project: Project, file: str) -> None:
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    (project.folder / "link").symlink_to("seeds/a.txt")
    before = project.files("")
    for command in (["report", "-o"], ["log", "export", "--to", "sarif", "-o"], ["clean", "-", "--log"]):
        ended = project.cleaner(*command, file, stdin=RAW)
        assert (ended.code, project.files("")) == (2, before), command
        assert f"{file}: is there already, and texts of the corpus lie there; name another file" in ended.err


def test_a_report_on_a_corpus_without_folders_is_written_anew(project: Project) -> None:
    project.write("cleaner.toml", SETTINGS.encode() + b'input = "."\noutput = "../cleaned"\n')
    project.write("a.txt", RAW)
    assert project.cleaner("clean").code == 0
    for _ in range(2):
        assert project.cleaner("report").code == 0


def test_the_readme_names_every_command_and_no_other() -> None:
    shown = set(re.findall(r"(?m)^(?:[^`#\n]*\| )?cleaner ([a-z-]+)", README))
    assert shown <= set(COMMANDS)
    assert set(COMMANDS) <= shown | set(re.findall(r"`(?:cleaner )?([a-z-]+)", README))


def test_readme_and_help_name_every_exit_code(project: Project) -> None:
    told = README[README.index("Exit codes: ") :].split("\n\n")[0], project.cleaner("--help").out.decode()
    stopped = {128 + one for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    for text in told:
        codes = {int(code) for code in re.findall(r"\b\d+\b", text[text.index("Exit codes:") :].split("\n\n")[0])}
        assert codes == {*Exit, *stopped}


def test_the_readme_counts_the_rules() -> None:
    assert f"{len(RULES):,} of them in" in README


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("cleaner clean --profile s", [b"plain,safe", b"plain,standard"]),
        ("cleaner check --log-text f", [b"plain,full"]),
        ("cleaner clean --format j", [b"plain,json"]),
        ("cleaner clean --select d", []),
    ],
)
def test_a_shell_is_offered_what_an_option_may_be(
    project: Project, monkeypatch: pytest.MonkeyPatch, words: str, offered: list[bytes]
) -> None:
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", "3")
    monkeypatch.setenv("_CLEANER_COMPLETE", "bash_complete")
    assert project.cleaner().out.split() == offered
