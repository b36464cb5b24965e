"""The configuration: where it is found, what wins, and that nothing wrong in it goes unnoticed."""

import errno
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cleaner import _pipeline, clean
from cleaner.config import Config, load
from cleaner.config.file import ConfigError, find
from cleaner.config.settings import SETTINGS, schema
from cleaner.filters import FILTERS, OFF_BY_DEFAULT
from cleaner.pipeline.profiles import PROFILES
from cleaner.rules import SCORES
from tests.project import CLEANED, RAW, Project


def errors(folder: Path, text: str, name: str = "cleaner.toml") -> list[str]:
    (folder / name).write_bytes(text.encode())
    with pytest.raises(ConfigError) as caught:
        load(folder, environment={})
    return [line.replace(f"{folder}/", "") for line in str(caught.value).split("\n")]


def test_all_errors_come_at_once_each_with_line_key_and_cure(tmp_path: Path) -> None:
    text = (
        'profil = "safe"\nprofile = "saef"\n\nselect = "donation"\nmax-share = 2\nmax-bytes = "many"\n'
        'encoding = "utf-99"\njobs = true\n[sites."example.org"]\nignor = []\nthreshold = -1\n'
    )
    assert errors(tmp_path, text) == [
        "cleaner.toml:1: profil: unknown key; did you mean 'profile'?",
        "cleaner.toml:2: profile: is safe, standard or aggressive, not 'saef'; did you mean 'safe'?",
        "cleaner.toml:4: select: is a list of texts, not 'donation'",
        "cleaner.toml:5: max-share: is a number from 0 to 1, not 2",
        "cleaner.toml:6: max-bytes: is a whole number, 0 or more, not 'many'",
        "cleaner.toml:7: encoding: names no text codec of Python: 'utf-99'",
        "cleaner.toml:8: jobs: is a whole number, 0 or more, not True",
        "cleaner.toml:10: sites.example.org.ignor: unknown key of a site; did you mean 'ignore'?",
        "cleaner.toml:11: sites.example.org.threshold: is a number from 0 to 1, not -1",
    ]


def test_names_that_name_nothing_are_told_with_all_other_errors(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    text = (
        'ignore = ["donaton", "own"]\nselect = ["defualt"]\nlanguages = ["xx"]\nextend-rules = ["n.toml", ".", "rules.toml"]\n'
        'exclude = ["\\\\"]\njobs = "many"\n[sites.x]\nselect = ["legl"]\n'
    )
    project.write("cleaner.toml", text.encode())
    told = [
        "5: exclude: '\\\\' cannot be used: nothing stands after its last backslash, write two for one that is meant",
        "6: jobs: is a whole number, 0 or more, not 'many'",
        f"4: extend-rules: no file matches 'n.toml' below {project.folder}",
        "4: extend-rules: '.' is a folder; name what is in it: './*.toml'",
        "3: languages: no rules are in 'xx'",
        "2: select: no filter or rule is named 'defualt'; did you mean 'default'?",
        "1: ignore: no filter or rule is named 'donaton'; did you mean 'donation'?",
        "8: sites.x.select: no filter or rule is named 'legl'; did you mean 'legal'?",
    ]
    for sound in (False, True):
        if sound:  # all that is left is about names, told wherever the settings are used or shown
            project.write("cleaner.toml", re.sub("exclude.*\njobs.*\n", "", text).encode())
            told = [re.sub("^8", "6", one) for one in told[2:]]
        for command in (["clean"], ["check"], ["config", "show"], ["rules", "filters"], ["diff"]):
            ended = project.cleaner(*command)
            lines = ended.err.removeprefix("Error: ").replace(f"{project.folder}/cleaner.toml:", "").split("\n")[:-1]
            assert (ended.code, lines) == (2, told), command


def test_words_may_name_rules_of_files_that_cannot_be_read(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("rules.toml", b"[[rule]]\n")
    project.write("cleaner.toml", project.read("cleaner.toml") + b'ignore = ["legla"]\n')
    ended = project.cleaner("clean")
    assert (ended.code, "'test'" in ended.err, "did you mean 'legal'?" in ended.err) == (2, False, True)
    with pytest.raises(ConfigError, match=r"^max_share: unknown key.*\nselect: no filter or rule is named 'leagl'; "):
        Config({"max_share": 0.5, "select": ["leagl", "own"]})


def test_settings_in_a_table_of_our_own_file_are_told_to_stand_in_none(tmp_path: Path) -> None:
    assert errors(tmp_path, 'profile = "safe"\n[tool.cleaner]\nprofil = "safe"\n[tool.ruff]\n[cleaner]\n') == [
        "cleaner.toml:2: tool.cleaner: settings stand in no table here; take [tool.cleaner] away",
        "cleaner.toml:3: tool.cleaner.profil: unknown key; did you mean 'profile'?",
        "cleaner.toml:5: cleaner: settings stand in no table here; take [cleaner] away",
    ]
    assert errors(tmp_path, "[tool.ruff]\n")[0].startswith("cleaner.toml:1: tool: unknown key")


def test_a_folder_or_a_pipe_in_the_place_of_the_file_is_an_error(tmp_path: Path) -> None:
    """Passed over, it left a corpus to defaults; opened, a pipe would be waited for."""
    place, other = tmp_path / "cleaner.toml", tmp_path / "other"
    told = r"cleaner\.toml: is no regular file, and settings are read from one; move it"
    for make, remove in ((os.mkdir, os.rmdir), (os.mkfifo, os.unlink)):
        make(other)
        place.symlink_to(other)
        with pytest.raises(ConfigError, match=told):
            load(tmp_path)
        place.unlink()
        other.rename(place)
        with pytest.raises(ConfigError, match=told):
            load(tmp_path)
        remove(place)
    place.symlink_to(os.devnull)
    assert find(tmp_path) == place, "whoever says so means no settings"


def test_a_selection_of_nothing_is_an_error(tmp_path: Path) -> None:
    told = "names nothing; leave it out for all filters, or ignore 'all' for none"
    assert errors(tmp_path, 'select = []\n[sites."example.org"]\nselect = []\n') == [
        f"cleaner.toml:1: select: {told}",
        f"cleaner.toml:3: sites.example.org.select: {told}",
    ]
    assert clean("All rights reserved.\n", {"ignore": ["all"]}).removals == ()


def test_a_key_of_pyproject_is_named_by_its_line_there(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\nprofile = "x"\n\n[tool.cleaner]\nprofile = "x"\n'
    assert errors(tmp_path, text, "pyproject.toml")[0].startswith("pyproject.toml:6: profile: is safe")


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    assert errors(tmp_path, "jobs = 1\nprofile = \n") == [
        "cleaner.toml:2: invalid value in column 11; put a text between quotes, a list between brackets"
    ]
    (tmp_path / "cleaner.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(ConfigError, match=r"cleaner.toml: not UTF-8 at byte 5; save it as UTF-8"):
        load(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        '[ tool.cleaner ]\nprofile = "x"\n',
        '[tool."cleaner"]\nprofile = "x"\n',
        '[tool]\ncleaner.profile = "x"\n',
        '[[tool.cleaner]]\nprofile = "safe"\n',
        "[tool]\ncleaner = 1\n",
    ],
)
def test_however_pyproject_spells_our_table_it_is_read(tmp_path: Path, text: str) -> None:
    assert re.match(
        r"pyproject.toml:[12]: (profile: is safe|tool.cleaner: is a table)", errors(tmp_path, text, "pyproject.toml")[0]
    )


def test_a_pyproject_without_our_table_is_passed_over_unless_it_is_named(tmp_path: Path) -> None:
    for text in (b'[project]\nname = "cleaner"\n', b"tool = 1 # cleaner\n", b'name = "cleaner'):
        (tmp_path / "pyproject.toml").write_bytes(text)
        assert find(tmp_path) is None
    (tmp_path / "pyproject.toml").write_bytes(b'[project]\nname = "cleaner"\n')
    with pytest.raises(ConfigError, match=r"pyproject.toml: holds no \[tool.cleaner\]; name the file that does"):
        load(file=tmp_path / "pyproject.toml")


def test_values_that_are_none_are_refused(tmp_path: Path) -> None:
    assert errors(tmp_path, "threshold = nan\nprofile = 5\n") == [
        "cleaner.toml:1: threshold: is a number from 0 to 1, not nan",
        "cleaner.toml:2: profile: is safe, standard or aggressive, not 5",
    ]


@pytest.mark.parametrize("key", ["input", "output", "text-field"])
def test_a_name_with_a_nul_is_refused(tmp_path: Path, key: str) -> None:
    """TOML can spell it, no file can be called so, and nobody told it from a bug."""
    assert errors(tmp_path, f'{key} = "a\\u0000b"\n') == [rf"cleaner.toml:1: {key}: is text, not 'a\x00b'"]


def test_a_variable_that_sets_nothing_is_told_unless_quiet(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("seeds/a.txt", RAW)
    for name in ("CLEANER_PROFLE", "CLEANER_MAX_SHARE", "CLEANER_CACHE_DIR", "CLEANER_SITES"):
        monkeypatch.setenv(name, "0.5")
    ended = project.cleaner("check")
    assert ended.err.split("\n")[:-2] == [
        "warning: CLEANER_PROFLE sets nothing; did you mean CLEANER_PROFILE?",
        "warning: CLEANER_SITES sets nothing; sites stand in the file",
    ]
    assert project.cleaner("check", "--quiet").err == ""


@pytest.mark.parametrize("codec", ["utf-7", "iso2022_jp", "hz", "utf-16", "utf-8-sig", "base64", "rot13", "idna"])
def test_a_codec_from_which_nothing_can_be_cut_is_refused(tmp_path: Path, codec: str) -> None:
    assert errors(tmp_path, f'encoding = "{codec}"\n')[0].startswith("cleaner.toml:1: encoding: ")


def test_flags_win_over_the_environment_over_the_file_over_defaults(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_bytes(b'profile = "safe"\nlog-text = "hash"\nselect = ["donation"]\n')
    environment = {"CLEANER_PROFILE": "aggressive", "CLEANER_SELECT": "legal, sharing", "CLEANER_JOBS": ""}
    config = load(tmp_path, {"select": ["consent"], "ignore": None}, environment=environment)
    assert (config["profile"], config.sources["profile"]) == ("aggressive", "CLEANER_PROFILE")
    assert (config["select"], config.sources["select"]) == (["consent"], "flag")
    assert (config["log-text"], config.sources["log-text"]) == ("hash", str(tmp_path / "cleaner.toml"))
    assert (config["ignore"], config.sources["ignore"]) == ([], "default")
    assert load(tmp_path, environment=environment)["select"] == ["legal", "sharing"]


def test_an_environment_that_makes_no_sense_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="CLEANER_JOBS: is a whole number, 0 or more, not 'many'"):
        load(tmp_path, environment={"CLEANER_JOBS": "many"})


def test_the_nearest_file_counts_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repository/a/b"
    inner.mkdir(parents=True)
    (tmp_path / "cleaner.toml").write_bytes(b"")
    assert find(inner) == tmp_path / "cleaner.toml"
    (tmp_path / "repository/.git").mkdir()
    assert find(inner) is None
    (tmp_path / "repository/pyproject.toml").write_bytes(b"[tool.other]\n")
    assert find(inner) is None
    (tmp_path / "repository/pyproject.toml").write_bytes(b"[tool.cleaner]\n")
    assert find(inner) == tmp_path / "repository/pyproject.toml"
    (tmp_path / "repository/a/cleaner.toml").write_bytes(b"")
    assert find(inner / "text.txt") == tmp_path / "repository/a/cleaner.toml"


def test_inputs_with_settings_of_their_own_are_not_cleaned_by_those_of_the_first(project: Project) -> None:
    """Which of them is the first would change what is written, and where."""
    other = str(project.folder.parent / "elsewhere.txt")
    for name in ("A/seeds/a.txt", "B/seeds/b.txt", other):
        project.write(name, RAW)
    project.write("A/cleaner.toml", b'ignore = ["legal"]\n')
    project.write("B/cleaner.toml", b"")
    listed = project.write("list", b"A/seeds/a.txt\nB/seeds/b.txt\n")
    cure = "; run them apart, or say --config FILE or --isolated\n"
    a, b = "A/seeds (A/cleaner.toml)", "B/seeds (B/cleaner.toml)"
    for arguments, near in (
        (["clean", "A/seeds", "B/seeds"], f"{a} than near {b}"),
        (["check", "gone.txt", "B/seeds", "A/seeds"], f"{b} than near {a}"),
        (["diff", "A/seeds", other], f"{a} than near {other} (no file)"),
        (["clean", "--files-from", listed], "A/seeds/a.txt (A/cleaner.toml) than near B/seeds/b.txt (B/cleaner.toml)"),
    ):
        ended = project.cleaner(*arguments)
        assert (ended.code, ended.out) == (2, b"")
        assert ended.err == f"Error: other settings hold near {near}{cure}"
    assert not (project.folder / "A/cleaned").exists()
    for option in (["--config", "B/cleaner.toml"], ["--isolated"]):
        assert project.cleaner("clean", "A/seeds", "B/seeds", "-o", "out", *option).code == 0
    assert project.cleaner("clean", "A/seeds", "A/../A/seeds/a.txt", "A/seeds").code == 0
    assert project.cleaner("clean", "gone.txt", "A/seeds", "-o", "out").code == 3


def test_a_file_that_is_a_link_to_nothing_is_told_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").symlink_to("shared/cleaner.toml")
    with pytest.raises(ConfigError, match=r"cleaner\.toml: cannot be read: No such file"):
        load(tmp_path / "a.txt")


def test_isolated_reads_no_file(project: Project) -> None:
    project.write("cleaner.toml", b"nonsense = 1\n")
    project.write("a.txt", RAW)
    assert project.cleaner("clean", "a.txt").code == 2
    assert project.cleaner("clean", "a.txt", "--isolated").code == 0


def test_paths_start_from_the_files_folder_wherever_the_run_starts(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Log and output are the same from a sub-folder: a hook and a person do not fight over them."""
    project.write("seeds/a.txt", RAW)
    project.cleaner("clean")
    files = project.files()
    monkeypatch.chdir(project.folder / "seeds")
    ended = project.cleaner("clean", "a.txt")
    assert ended.code == 0
    assert "1 input up to date" in ended.err
    assert project.files() == files


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


EXCLUSIONS = [
    ("!", "pattern normalized to nothing"),
    ("[z-a]", "bad character range z-a"),
    ("[^z-a]x", "bad character range z-a"),
    ("[[:alpha:]].txt", "[:alpha:] is not known here, write the characters out, as in [a-z]"),
    ("[[:foo:]]", "[:foo:] is not known here, write the characters out, as in [a-z]"),
    ("[a-[:digit:]]", "[:digit:] is not known here, write the characters out, as in [a-z]"),
    ("a\\", "nothing stands after its last backslash, write two for one that is meant"),
    ("\udcff", "it is not UTF-8, write ? for what is not"),
]


@pytest.mark.parametrize(("pattern", "why"), EXCLUSIONS)
def test_an_exclusion_that_cannot_be_used_is_an_error(project: Project, pattern: str, why: str) -> None:
    """Whatever looks for patterns has errors of its own, which were called bugs of ours."""
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("clean", "-n", "--exclude", pattern)
    assert (ended.code, ended.err.endswith(f"'--exclude': {pattern!r} cannot be used: {why}\n")) == (2, True)
    if pattern.isascii():
        project.write(
            "cleaner.toml", f"profile = 'safe'\nexclude = ['[ab].txt', '{pattern}', 'c', '{pattern}']\n".encode()
        )
        for command in (["config", "show"], ["clean"], ["hook", "check"]):
            ended = project.cleaner(*command)
            told = f"cleaner.toml:2: exclude: {pattern!r} cannot be used: {why}\n"
            assert (ended.code, ended.err.endswith(told)) == (2, True)


@pytest.mark.parametrize("pattern", ["[a", "[[a]", "[[:]", "a\\\\", "[\\d]", "# [z-a]", "#\\", "[a-é]", ""])
def test_an_exclusion_that_git_takes_is_taken_without_a_word(project: Project, pattern: str) -> None:
    project.write("seeds/b.txt", RAW)
    command = [sys.executable, "-m", "cleaner", "check", "--quiet", "--exclude", pattern]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")


def test_exclusions_that_are_too_much_together_are_an_error(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(patterns: Any) -> None:
        if len(patterns) > 1:
            raise RuntimeError("Pattern too large.")

    monkeypatch.setattr("pathspec.GitIgnoreSpec.from_lines", refused)
    project.write("cleaner.toml", b'exclude = ["one of two", "two of two"]\n')
    ended = project.cleaner("config", "show")
    told = "cleaner.toml:1: exclude: cannot be used together: pattern too large; name fewer\n"
    assert (ended.code, ended.err.endswith(told)) == (2, True)


def test_own_rules_that_match_no_file_are_an_error(project: Project) -> None:
    project.write("cleaner.toml", b'extend-rules = ["nowhere/*.toml"]\n')
    project.write("a.txt", RAW)
    ended = project.cleaner("clean", "a.txt")
    assert ended.code == 2
    assert "extend-rules: no file matches 'nowhere/*.toml'" in ended.err


def test_a_language_without_rules_is_an_error_with_a_suggestion(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("cleaner.toml", project.read("cleaner.toml") + b'languages = ["de", "eng"]\n')
    ended = project.cleaner("clean")
    assert ended.code == 2
    assert ended.err.endswith("cleaner.toml:3: languages: no rules are in 'eng'; did you mean 'en'?\n")
    project.write("rules.toml", project.read("rules.toml").replace(b'"en.test', b'"eng.test'))
    assert project.cleaner("clean").code == 0


def test_a_byte_order_mark_is_no_error(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    for name in ("cleaner.toml", "rules.toml"):
        project.write(name, b"\xef\xbb\xbf" + project.read(name))
    assert project.cleaner("clean").code == 0
    assert project.read("cleaned/a.txt") == CLEANED


def test_metadata_is_the_only_filter_that_is_off() -> None:
    assert set(FILTERS) - set(Config().filters()) == OFF_BY_DEFAULT == {"metadata"}
    both = Config({"select": ["default", "metadata"]})
    assert set(both.filters()) == set(FILTERS)


def test_the_fingerprint_follows_what_shapes_the_output_and_nothing_else() -> None:
    plain = Config().fingerprint()
    assert Config({"jobs": 8, "input": "x", "max-bytes": 9}).fingerprint() == plain
    assert Config({"max-share": 0.5}).fingerprint() != plain
    assert Config({"profile": "safe"}).fingerprint() != plain


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


def test_a_first_configuration_is_valid_and_changes_nothing(project: Project) -> None:
    (project.folder / "cleaner.toml").unlink()
    assert project.cleaner("config", "init").code == 0
    table = tomllib.loads(project.read("cleaner.toml").decode())
    jsonschema.validate(table, schema())
    assert load(project.folder, environment={}).fingerprint() == Config().fingerprint()
    told = set(re.findall(r"(?m)^(?:# )?([a-z-]+) =", project.read("cleaner.toml").decode()))
    assert told >= set(SETTINGS) - {"sites"}
    assert project.cleaner("config", "init").code == 2


def test_the_schema_knows_every_setting_and_refuses_others() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert set(schema()["properties"]) == set(SETTINGS)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"profil": "safe"}, schema())


def test_init_makes_no_folder(project: Project) -> None:
    ended = project.cleaner("config", "init", "nowhere")
    assert ended.code == 2
    assert "nowhere: no such folder; make it first" in ended.err


def test_a_first_file_for_which_there_is_no_room_is_told_with_a_cure_that_the_command_has(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (project.folder / "cleaner.toml").unlink()
    monkeypatch.setattr(os, "fsync", full)
    ended = project.cleaner("config", "init")
    told = "Error: cleaner.toml: no space left on device; make room, or name another folder\n"
    assert (ended.code, ended.err) == (3, told)
    assert sorted(path.name for path in project.folder.iterdir()) == ["rules.toml"]


def test_config_show_tells_where_each_value_comes_from(project: Project) -> None:
    ended = project.cleaner("config", "show", "--profile", "safe", "--format", "json")
    shown = json.loads(ended.out)
    assert shown["profile"] == {"value": "safe", "source": "flag"}
    assert shown["select"]["source"].endswith("cleaner.toml")
    assert shown["jobs"] == {"value": 1, "source": "default"}
    text = project.cleaner("config", "show").out.decode()
    assert "threshold    = 0.9  # profile\n" in text


def test_cleaning_from_python_builds_the_filters_once_and_takes_no_bytes() -> None:
    raw = "It rained in May.\n\nAll rights reserved.\n"
    config = Config({"select": ["donation"]})
    assert clean(raw).text == "It rained in May.\n\n"
    assert clean(raw, config).text == raw
    assert _pipeline(config) is _pipeline(config)
    with pytest.raises(TypeError, match="not bytes; decode bytes first"):
        clean(raw.encode())  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["cleaner.toml", "rules.toml"])
def test_what_is_nested_too_deeply_is_told(project: Project, name: str) -> None:
    project.write("seeds/a.txt", b"")
    project.write(name, b"a = " + b"[" * 5000 + b"]" * 5000 + b"\n")
    ended = project.cleaner("clean")
    assert ended.code == 2
    assert f"{name}: nested too deeply; take brackets away" in ended.err
    assert ended.err.count("\n") == 1


def test_no_jobs_mean_as_many_as_this_process_may_use_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(7)), raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert [Config({"jobs": jobs}).processes for jobs in (0, 1, 3)] == [7, 1, 3]


def test_what_is_done_to_the_lists_of_one_configuration_changes_no_other() -> None:
    given = {"ignore": ["legal"]}
    mine, other = Config(given), Config()
    for config in (mine, other):
        config["ignore"].append("sharing")
    assert given == {"ignore": ["legal"]}
    assert Config()["ignore"] == []
