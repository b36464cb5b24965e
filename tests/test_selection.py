"""Which filters and rules are chosen: by profile, selection, site, and files of own rules."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.config import Config, load
from cleaner.config.file import ConfigError
from cleaner.config.selection import ALL, DEFAULT, Selection
from cleaner.filters import FILTERS, OFF_BY_DEFAULT
from cleaner.pipeline.profiles import PROFILES
from cleaner.rules import SCORES
from tests.project import CLEANED, RAW, Project
from tests.shipped import RULES


def prefixes(code: str) -> list[str]:
    parts = code.split(".")
    return [".".join(parts[:size]) for size in range(1, len(parts) + 1)]


def test_every_profile_sits_between_the_scores_of_the_safeties() -> None:
    """Safe rules go always, unsafe ones only where one asks for it, suggestions never."""
    assert SCORES["suggest"] < PROFILES["aggressive"] <= SCORES["unsafe"] < PROFILES["standard"]
    assert PROFILES["standard"] < PROFILES["safe"] <= SCORES["safe"]


def test_an_unsafe_rule_removes_in_the_aggressive_profile_only(project: Project) -> None:
    project.write("seeds/a.txt", b"It rained.\n\nPerhaps: this goes.\n")
    project.cleaner("clean")
    assert project.read("cleaned/a.txt") == b"It rained.\n\nPerhaps: this goes.\n"
    assert b'"type":"candidate"' in project.read("cleaned/a.txt.removals.jsonl")
    project.cleaner("clean", "--profile", "aggressive")
    assert project.read("cleaned/a.txt") == b"It rained.\n\n"


@pytest.mark.parametrize(
    ("select", "ignore", "removed"),
    [
        (["test"], [], True),
        (["en.test"], [], True),
        (["en.test.notice"], [], True),
        (["en"], [], True),
        (["all"], [], True),
        (["default"], [], True),
        (["donation"], [], False),
        (["en.test.unsafe"], [], False),
        (["default"], ["test"], False),
        (["default"], ["en.test.notice"], False),
        (["default"], ["en.test.unsafe"], True),
        (["en.test.notice"], ["test"], True),
        (["test"], ["en.test"], False),
    ],
)
def test_filters_and_code_prefixes_are_selected_and_ignored(
    project: Project, select: list[str], ignore: list[str], removed: bool
) -> None:
    config = load(project.folder, {"select": select, "ignore": ignore}, environment={})
    assert ("en.test.notice" in {rule.code for rule in config.rules}) == removed


WORDS = st.sampled_from([DEFAULT, ALL, *(code for rule in RULES[::80] for code in prefixes(rule.code)), *FILTERS])


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(WORDS, max_size=4))
def test_of_all_rules_those_are_chosen_that_are_when_asked_one_by_one(select: list[str], ignore: list[str]) -> None:
    selection = Selection(select, ignore)
    some = RULES[::8]
    asked = [rule for rule in some if selection.chooses(rule.code, rule.filter)]
    assert selection.of_rules(some) == asked


def test_a_selection_that_names_nothing_is_an_error_with_a_suggestion(project: Project) -> None:
    config = load(project.folder, {"select": ["donatoin"], "ignore": ["en.test.notic"]}, environment={})
    with pytest.raises(ConfigError) as caught:
        config.pipeline()
    assert str(caught.value).split("\n") == [
        "--select: no filter or rule is named 'donatoin'; did you mean 'donation'?",
        "--ignore: no filter or rule is named 'en.test.notic'; did you mean 'en.test.notice'?",
    ]


def test_a_selection_that_names_nothing_is_told_with_its_line_that_of_a_site_too(project: Project) -> None:
    """Found only when the site's first document came, it was called a bug, and the others were done."""
    project.write("seeds/b.txt", RAW)
    project.write("seeds/example.org/a.txt", RAW)
    text = (
        project.read("cleaner.toml").decode().replace("test", "tst")
        + '\n[sites."example.org"]\nprofile = "safe"\nignore = ["donatoin"]\n'
    )
    project.write("cleaner.toml", text.encode())
    for _ in range(2):
        ended = project.cleaner("clean")
        assert (ended.code, project.files()) == (2, {})
        assert ended.err.replace(f"{project.folder}/", "").split("\n") == [
            "Error: cleaner.toml:2: select: no filter or rule is named 'tst'; did you mean 'test'?",
            "cleaner.toml:6: sites.example.org.ignore: no filter or rule is named 'donatoin'; did you mean 'donation'?",
            "",
        ]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("", "unacceptable pattern: ''"),
        ("a**", "invalid pattern: '**' can only be an entire path component"),
        ("own", "'own' is a folder; name what is in it: 'own/*.toml'"),
        (".", "'.' is a folder; name what is in it: './*.toml'"),
        ("./", "'./' is a folder; name what is in it: './*.toml'"),
        ("..", "'..' is a folder; name what is in it: '../*.toml'"),
        ("/", "'/' is a folder; name what is in it: '/*.toml'"),
        ("/nowhere/*.toml", "no file matches '/nowhere/*.toml' below /"),
    ],
)
def test_patterns_that_name_no_rules_are_told_with_the_cure(project: Project, pattern: str, words: str) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("own/rules.toml", project.read("rules.toml"))
    project.write("cleaner.toml", f'extend-rules = ["{pattern}"]\n'.encode())
    ended = project.cleaner("clean")
    assert ended.code == 2
    assert f"cleaner.toml:1: extend-rules: {words}" in ended.err


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en.residue.notice", "'residue' takes no rules; choose another filter"),
        ("en.all.notice", "'all' takes no rules"),
        ("en.decision.notice", "'decision' takes no rules"),
        ("en.te st.notice", "a code here reads <language>.<filter>.<name>"),
        ("en..notice", "a code here reads <language>.<filter>.<name>"),
        ("en.test.", "a code here reads <language>.<filter>.<name>"),
    ],
)
def test_a_code_that_no_run_would_heed_is_refused(project: Project, code: str, words: str) -> None:
    """Such a rule was listed and passed its test, and removed nothing."""
    project.write("seeds/a.txt", RAW)
    project.write("rules.toml", project.read("rules.toml").replace(b"en.test.notice", code.encode()))
    ended = project.cleaner("clean")
    assert (ended.code, f"rules.toml:3: rule {code}: {words}" in ended.err) == (2, True)


def test_rules_lie_where_an_absolute_pattern_says(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    text = f'extend-rules = ["{project.folder}/ru*.toml"]\nselect = ["test"]\n'
    project.write("cleaner.toml", text.encode())
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/a.txt") == CLEANED


def test_a_file_that_two_patterns_name_is_read_once(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("cleaner.toml", b'extend-rules = ["rules.toml", "*rules.toml"]\n')
    assert project.cleaner("clean").code == 0
    project.write("more_rules.toml", project.read("rules.toml"))
    assert project.cleaner("clean").err == (
        "Error: more_rules.toml:3: rule en.test.notice: its code is already taken by rules.toml; choose another\n"
        "more_rules.toml:11: rule en.test.unsafe: its code is already taken by rules.toml; choose another\n"
    )
    project.write("more_rules.toml", project.read("rules.toml").replace(b"en.test.notice", b"any.legal.copyright-year"))
    assert "any.legal.copyright-year: its code is already taken by a shipped rule" in project.cleaner("clean").err


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "gone_module:build",
            "cannot be made by 'gone_module:build': ModuleNotFoundError: No module named 'gone_module'",
        ),
        ("cleaner.config.settings:gone", "cannot be made by 'cleaner.config.settings:gone': AttributeError: module"),
        ("os:getpid", "is none: 'os:getpid' made "),
    ],
)
def test_a_filter_of_another_package_that_is_none_is_told_in_a_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, path: str, words: str
) -> None:
    """It is no bug of ours, and the run ended as if it were one."""
    monkeypatch.setattr("cleaner.config.selection.outside", lambda: {"other": path})
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("clean", "--select", "other")
    assert (ended.code, ended.err.startswith(f"Error: the filter 'other' of another package {words}")) == (2, True)


def test_own_rules_that_match_no_file_are_an_error(project: Project) -> None:
    project.write("cleaner.toml", b'extend-rules = ["nowhere/*.toml"]\n')
    project.write("a.txt", RAW)
    ended = project.cleaner("clean", "a.txt")
    assert ended.code == 2
    assert "extend-rules: no file matches 'nowhere/*.toml'" in ended.err


def test_metadata_is_the_only_filter_that_is_off() -> None:
    assert set(FILTERS) - set(Config().filters()) == OFF_BY_DEFAULT == {"metadata"}
    both = Config({"select": ["default", "metadata"]})
    assert set(both.filters()) == set(FILTERS)


@pytest.mark.parametrize(
    ("site", "url"),
    [
        ("Example.NET", "https://example.net/a"),
        ("example.org", "http://news.EXAMPLE.org.:80/"),
        ("example.org", "http://example.org#x"),
        ("example.org", "//ann:pass@example.org/x"),
        ("bücher.de", "http://xn--bcher-kva.de/"),
        ("xn--bcher-kva.de", "http://www.Bücher.de/"),
    ],
)
def test_a_host_belongs_to_its_site_however_either_is_spelt(project: Project, site: str, url: str) -> None:
    project.write("cleaner.toml", project.read("cleaner.toml") + f'[sites."{site}"]\nignore = ["test"]\n'.encode())
    project.write("seeds/s.jsonl", json.dumps({"url": url, "text": RAW.decode()}).encode() + b"\n")
    assert project.cleaner("clean").code == 0
    assert json.loads(project.read("cleaned/s.jsonl"))["text"].encode() == RAW


@pytest.mark.parametrize(
    "url", ["a note", "http://[x/", "", None, 3, "https:///example.org", "http://example.com/example.org"]
)
def test_what_is_no_address_of_a_site_is_not_cleaned_as_its(project: Project, url: object) -> None:
    project.write("cleaner.toml", project.read("cleaner.toml") + b'[sites."example.org"]\nignore = ["test"]\n')
    project.write("seeds/s.jsonl", json.dumps({"url": url, "text": RAW.decode()}).encode() + b"\n")
    project.cleaner("clean")
    assert json.loads(project.read("cleaned/s.jsonl"))["text"].encode() == CLEANED


def test_a_file_is_no_site(project: Project) -> None:
    """`txt` was the site of each text beside the folders."""
    project.write("cleaner.toml", project.read("cleaner.toml") + b'[sites.txt]\nignore = ["test"]\n')
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    assert project.read("cleaned/a.txt") == CLEANED


def test_flags_and_variables_win_over_a_site(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("cleaner.toml", project.read("cleaner.toml") + b'[sites."example.org"]\nselect = ["legal"]\n')
    project.write("seeds/example.org/a.txt", RAW)
    project.cleaner("clean", "-o", "site")
    project.cleaner("clean", "-o", "flag", "--select", "test")
    monkeypatch.setenv("CLEANER_SELECT", "test")
    project.cleaner("clean", "-o", "variable")
    assert project.read("site/example.org/a.txt") == RAW
    assert project.read("flag/example.org/a.txt") == project.read("variable/example.org/a.txt") == CLEANED


def test_a_site_has_settings_of_its_own(project: Project) -> None:
    text = project.read("cleaner.toml") + b'[sites."example.org"]\nignore = ["test"]\n'
    project.write("cleaner.toml", text)
    project.write("seeds/example.org/a.txt", RAW)
    project.write("seeds/b.txt", RAW)
    rows = [
        {"url": "https://news.Example.org:443/x", "text": RAW.decode()},
        {"url": "https://example.com/x?example.org", "text": RAW.decode()},
    ]
    project.write("seeds/s.jsonl", b"".join(json.dumps(row).encode() + b"\n" for row in rows))
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/example.org/a.txt") == RAW
    assert project.read("cleaned/b.txt") == CLEANED
    texts = [json.loads(line)["text"].encode() for line in project.read("cleaned/s.jsonl").split(b"\n")[:-1]]
    assert texts == [RAW, CLEANED]
