"""Nothing that is wrong in a configuration goes unnoticed: each error with its line, key and cure, all at once."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner import clean
from cleaner.config import Config, load
from cleaner.config.file import ConfigError, find
from tests.project import RAW, Project


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
        "cleaner.toml:6: max-bytes: is a whole number, 1 or more, not 'many'",
        "cleaner.toml:7: encoding: names no text codec of Python: 'utf-99'",
        "cleaner.toml:8: jobs: is a whole number, 0 or more, not True",
        "cleaner.toml:10: sites.example.org.ignor: unknown key of a site; did you mean 'ignore'?",
        "cleaner.toml:11: sites.example.org.threshold: is a number from 0 to 1, not -1",
    ]


def test_a_host_has_one_table_however_it_is_spelt(tmp_path: Path) -> None:
    """The last one won, and that another did, after they had changed places, nobody saw."""
    text = 'exclude = ["\\u0000"]\nmax-bytes = 0\n[sites."e.org"]\n[sites."E.org."]\n[sites.a]\n[sites.A]\n[sites."ä.de"]\n[sites."xn--4ca.de"]\n'
    assert errors(tmp_path, text) == [
        "cleaner.toml:1: exclude: holds a NUL, which is in no name",
        "cleaner.toml:2: max-bytes: is a whole number, 1 or more, not 0",
        "cleaner.toml:4: sites.E.org.: is the same host as e.org; write one table for both",
        "cleaner.toml:8: sites.xn--4ca.de: is the same host as ä.de; write one table for both",
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


def test_an_environment_that_makes_no_sense_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="CLEANER_JOBS: is a whole number, 0 or more, not 'many'"):
        load(tmp_path, environment={"CLEANER_JOBS": "many"})


def test_a_file_that_is_a_link_to_nothing_is_told_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").symlink_to("shared/cleaner.toml")
    with pytest.raises(ConfigError, match=r"cleaner\.toml: cannot be read: No such file"):
        load(tmp_path / "a.txt")


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


def test_a_language_without_rules_is_an_error_with_a_suggestion(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("cleaner.toml", project.read("cleaner.toml") + b'languages = ["de", "eng"]\n')
    ended = project.cleaner("clean")
    assert ended.code == 2
    assert ended.err.endswith("cleaner.toml:3: languages: no rules are in 'eng'; did you mean 'en'?\n")
    project.write("rules.toml", project.read("rules.toml").replace(b'"en.test', b'"eng.test'))
    assert project.cleaner("clean").code == 0


@pytest.mark.parametrize("name", ["cleaner.toml", "rules.toml"])
def test_what_is_nested_too_deeply_is_told(project: Project, name: str) -> None:
    project.write("seeds/a.txt", b"")
    project.write(name, b"a = " + b"[" * 5000 + b"]" * 5000 + b"\n")
    ended = project.cleaner("clean")
    assert ended.code == 2
    assert f"{name}: nested too deeply; take brackets away" in ended.err
    assert ended.err.count("\n") == 1


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


def test_a_site_that_no_document_can_be_of_is_an_error(tmp_path: Path) -> None:
    text = '[sites.example.org]\nprofile = "safe"\n[sites."https://example.com/x"]\nprofile = "safe"\n'
    first, second = errors(tmp_path, text)
    assert first == 'cleaner.toml:1: sites.example: write the whole name between quotes: [sites."example.org"]'
    assert second.endswith("is a host name or a folder's, without scheme, port, slash or wildcard")
    for name, cure in (("", ""), ("*.example.org", "; example.org stands for all below it"), ("example.org:80", "")):
        [wrong] = errors(tmp_path, f'[sites."{name}"]\nprofile = "safe"\n')
        assert wrong.endswith(f"without scheme, port, slash or wildcard{cure}")
