"""What people name on the command line: filters, codes and options, as they know them from other tools."""

import json
import re
from pathlib import Path

import pytest

from cleaner import Config, clean
from cleaner.filters import CODES, FILTERS, RULES, residue
from cleaner.filters.about import CODED, REMOVES
from cleaner.filters.comments import spans
from cleaner.review import decisions
from tests.project import CLEANED, RAW, Project

README = Path(__file__).parents[1] / "README.md"
TWO = b"A first line.\n\nPlease donate via PayPal: x@example.org\n\nA last line.\n\nAll rights reserved.\n"


@pytest.fixture
def logged(project: Project) -> Project:
    project.write("cleaner.toml", b"")
    project.write("seeds/a.txt", TWO)
    assert project.cleaner("clean").code == 0
    return project


def shown(project: Project, *arguments: str) -> list[str]:
    """The filters of the removals that `log show` prints."""
    ended = project.cleaner("log", "show", "--format", "json", *arguments)
    assert (ended.code, ended.err) == (0, "")
    return [json.loads(line)["filter"] for line in ended.out.split(b"\n")[:-1]]


def test_the_log_is_shown_for_several_names_by_commas(logged: Project) -> None:
    assert shown(logged) == shown(logged, "--select", "donation,legal") == ["donation", "legal"]
    assert shown(logged, "--select", "legal, residue") == ["legal"]
    assert shown(logged, "--select", "en.legal", "--select", "sharing") == ["legal"]
    assert shown(logged, "--select", "default") == shown(logged, "--select", "all") == ["donation", "legal"]
    assert shown(logged, "--select", "any.residue,decision,comments") == []


def test_the_log_is_shown_whatever_the_configuration_selects(logged: Project) -> None:
    logged.write("cleaner.toml", b'select = ["sharing"]\n')
    assert shown(logged) == ["donation", "legal"]


def test_a_name_that_neither_log_nor_rules_know_is_told_with_a_suggestion(logged: Project) -> None:
    ended = logged.cleaner("log", "show", "--select", "donation,leagl")
    assert (ended.code, ended.out.count(b"\n")) == (2, 1)
    assert ended.err == "Error: --select: no filter or rule is named 'leagl'; did you mean 'legal'?\n"


def test_a_rule_that_is_gone_is_found_in_the_log_that_names_it(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    assert project.cleaner("clean").code == 0
    project.write("cleaner.toml", b"")
    assert shown(project, "--select", "en.test.notice") == ["test"]


@pytest.mark.parametrize("word", ["any.residue.aftr", "residue.after", "any.comments.threat"])
def test_a_code_that_no_code_gives_is_told_with_a_suggestion(project: Project, word: str) -> None:
    """Whatever began like the codes of such a filter was taken, and removed nothing."""
    ended = project.cleaner("clean", "-", "--ignore", word, stdin=RAW)
    assert (ended.code, f"--ignore: no filter or rule is named {word!r}; did you mean" in ended.err) == (2, True)


def test_a_code_that_code_gives_selects_what_has_it() -> None:
    """Selecting one removed nothing at all."""
    assert list(Config({"select": ["any.residue.after"]}).filters()) == ["residue"]
    assert list(Config({"select": ["any.comments"], "ignore": ["any.comments.thread"]}).filters()) == ["comments"]
    assert "residue" not in Config({"ignore": ["any.residue"]}).filters()
    assert Config({"select": ["any"]}).uses_code()
    thread = "\n".join(f"{name} says:\nMay {day}, 2021 at 10:1{day} am\n\nI agree.\n\nReply\n" for day, name in PEOPLE)
    text = f"{ARTICLE}\n4 Comments\n\n{thread}"
    codes = {span.code for one in clean(text, {"select": ["any.comments.comment"]}).removals for span in one.spans}
    assert codes == {"any.comments.comment"}


PEOPLE = list(enumerate(("Anna", "Bert", "Carla", "Dirk"), 1))
ARTICLE = "The river rose by a hand's breadth, and the millers opened the sluices before dawn.\n" * 6


def test_the_table_of_codes_is_that_of_the_code() -> None:
    given = {
        "comments": (spans.THREAD, spans.COMMENT, spans.FORM),
        "residue": (residue.BEFORE, residue.INSIDE, residue.AFTER),
    }
    assert given == CODES
    assert set(CODES) == {name for name, parts in FILTERS.items() if set(parts) - {RULES}}
    assert {one.code for one in CODED} == {decisions.MARKED, *(code for codes in CODES.values() for code in codes)}


def test_the_filters_are_listed_with_what_each_removes(project: Project) -> None:
    lines = project.cleaner("rules", "filters").out.decode().split("\n")
    assert [line.split()[0] for line in lines[1:13]] == [*FILTERS, "test"]
    assert [line.split()[1] for line in lines[1:13]] == [*["no"] * len(FILTERS), "yes"]
    assert any(line.startswith("any.residue.after ") for line in lines[13:])
    records = [
        json.loads(line) for line in project.cleaner("rules", "filters", "--format", "json").out.split(b"\n")[:-1]
    ]
    assert {one["filter"]: one["removes"] for one in records} == {**REMOVES, "test": "what rules of your own name"}
    assert records[-1]["rules"] == 2
    assert {one["filter"]: tuple(one["codes"]) for one in records if one["codes"]} == CODES


def test_the_readme_says_the_same_of_each_filter() -> None:
    rows = dict(re.findall(r"(?m)^\| `(\w+)` \| ([^|;]*(?:; each[^|;]*)?)", README.read_text("utf-8")))
    assert {name: told.strip() for name, told in rows.items()} == REMOVES


@pytest.mark.parametrize("one", CODED, ids=[one.code for one in CODED])
def test_a_code_without_a_rule_is_shown(project: Project, one: tuple[str, ...]) -> None:
    code, filter_name, reason, found_by = one
    page = project.cleaner("rules", "show", code)
    assert (page.code, page.err) == (0, "")
    assert all(words in page.out.decode() for words in (code, f"removed because it {reason}", found_by, filter_name))
    record = json.loads(project.cleaner("rules", "show", code, "--format", "json").out)
    assert (record["code"], record["filter"], record["reason"], record["pattern"]) == (code, filter_name, reason, None)


def test_codes_without_a_rule_are_listed_where_they_are_named(project: Project) -> None:
    ended = project.cleaner("rules", "list", "residue", "--select", "default")
    assert (ended.code, ended.err) == (0, "0 rules and 3 codes without a rule\n")
    assert [line.split()[0] for line in ended.out.decode().split("\n")[1:-1]] == list(CODES["residue"])
    ended = project.cleaner("rules", "list", "residue", "--ignore", "residue")
    assert (ended.code, "not all of residue are selected" in ended.err) == (2, True)
    ended = project.cleaner("rules", "test", "residue", "--select", "all")
    assert (ended.code, "comes from code and no rule, and has no examples to test" in ended.err) == (2, True)
    assert "no rule is named 'residu'; did you mean 'residue'?" in project.cleaner("rules", "show", "residu").err


def test_a_text_in_another_encoding_is_looked_at_as_it_is_cleaned(project: Project) -> None:
    raw = "Ein Café.\n\nNotice: this goes.\n".encode("latin-1")
    project.write("seeds/a.txt", raw)
    latin = ("--encoding", "latin-1")
    assert project.cleaner("diff", "seeds").code == 3
    assert b"-Notice: this goes." in project.cleaner("diff", "seeds", *latin).out
    assert b"removed" in project.cleaner("why", "seeds/a.txt:3", *latin).out
    ended = project.cleaner("rules", "compare", ".", ".", "seeds", *latin)
    assert (ended.code, ended.out.split(b",")[0]) == (0, b"1 document")


@pytest.mark.parametrize(
    "command",
    [["diff"], ["rules", "compare", ".", "."], ["report", "-o", "r.html"], ["log", "export", "--to", "web-annotation"]],
)
def test_a_shard_with_other_fields_is_looked_at_as_it_is_cleaned(project: Project, command: list[str]) -> None:
    row = {"body": RAW.decode(), "name": "one"}
    project.write("seeds/s.jsonl", json.dumps(row).encode() + b"\n")
    fields = ("--text-field", "body", "--id-field", "name")
    assert project.cleaner("clean", *fields).code == 0
    of_raw = command[0] in ("diff", "rules")
    place = "seeds/s.jsonl" if of_raw else "cleaned/s.jsonl"
    assert project.cleaner(*command, place).code == (3 if of_raw else 0)  # of outputs the log tells
    ended = project.cleaner(*command, place, *fields)
    assert ended.code == 0


def test_the_options_of_other_tools_are_known(project: Project) -> None:
    assert project.cleaner("-V").out == project.cleaner("--version").out != b""
    row = json.dumps({"text": RAW.decode()}).encode() + b"\n"
    ended = project.cleaner("clean", "-", "--stdin-filename", "x.jsonl", stdin=row)
    assert json.loads(ended.out)["text"].encode() == CLEANED
    assert project.cleaner("check", "-", "--stdin-filename", "x.jsonl", stdin=row).code == 1


@pytest.mark.parametrize("command", ["clean", "check"])
def test_quiet_and_verbose_are_not_asked_for_together(project: Project, command: str) -> None:
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner(command, "-q", "-v")
    assert (ended.code, "-q tells errors only, and -v of each input: leave one of them out" in ended.err) == (2, True)
    assert not (project.folder / "cleaned").exists()


def test_the_threshold_that_holds_is_told_to_programs_too(project: Project) -> None:
    told = json.loads(project.cleaner("config", "show", "--profile", "safe", "--format", "json").out)
    assert told["threshold"] == {"value": 0.95, "source": "profile"}
    told = json.loads(project.cleaner("config", "show", "--format", "json", str(project.folder)).out)
    assert told["threshold"] == {"value": 0.9, "source": "profile"}
    project.write("cleaner.toml", b"threshold = 0.7\n")
    told = json.loads(project.cleaner("config", "show", "--format", "json").out)
    assert (told["threshold"]["value"], told["threshold"]["source"].endswith("cleaner.toml")) == (0.7, True)
