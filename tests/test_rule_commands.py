"""`rules list`, `show` and `test`."""

import json
import textwrap
import unicodedata
from pathlib import Path

import pytest

from tests.project import RAW, RULES, Project


def test_rules_are_listed_shown_and_tested(project: Project) -> None:
    listed = project.cleaner("rules", "list", "test", "--format", "json").out
    assert [json.loads(line)["code"] for line in listed.split(b"\n")[:-1]] == ["en.test.notice", "en.test.unsafe"]
    shown = project.cleaner("rules", "show", "en.test.notice").out.decode()
    for words in ("removed because it is the notice of these tests", "Notice: this goes.", "She took no notice"):
        assert words in shown
    assert project.cleaner("rules", "test", "test").code == 0
    assert "not all of legal are selected; add --select all" in project.cleaner("rules", "list", "legal").err
    assert "no rule is named 'legall'" in project.cleaner("rules", "test", "legall").err
    project.write("a.txt", RAW)
    assert b"a.txt:3: en.test.notice safe Notice: this goes." in project.cleaner("rules", "test", "--on", "a.txt").out


def test_rules_are_tried_on_texts_only(project: Project) -> None:
    """It was called a bug of ours."""
    project.write("a.bin", b"It rained.\0\xff")
    ended = project.cleaner("rules", "test", "--on", "a.bin")
    assert (ended.code, "Error: a.bin: byte 11: binary" in ended.err) == (3, True)


def test_the_rules_of_a_file_are_tested(project: Project) -> None:
    """As CONTRIBUTING says; the file need not be in use."""
    project.write("cleaner.toml", b"")
    assert project.cleaner("rules", "test", "rules.toml").err.endswith("2 rules tested, 0 examples failed\n")
    project.write("rules.toml", project.read("rules.toml").replace(b"took no notice: it", b"took.\\nNotice: it"))
    assert project.cleaner("rules", "test", "rules.toml", "sharing").code == 1
    assert "gone.toml: no such file" in project.cleaner("rules", "test", "gone.toml").err


def test_the_rule_that_contributing_shows_holds(project: Project) -> None:
    text = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    shown = text[text.index("   [[rule]]") : text.index("   ```\n\n3.")]
    project.write("shown.toml", textwrap.dedent(shown).encode())
    assert project.cleaner("rules", "test", "shown.toml").err == "1 rule tested, 0 examples failed\n"


def test_rules_that_no_run_would_take_do_not_pass_as_tested(project: Project) -> None:
    rules = project.read("rules.toml")
    project.write("more.toml", rules)
    project.write("none.toml", rules.replace(b"en.test.notice", b"en.residue.notice"))
    ended = project.cleaner("rules", "test", "rules.toml", "more.toml", "none.toml")
    assert ended.code == 2
    assert "rule en.test.notice: its code is already taken by rules.toml; choose another" in ended.err
    assert "rule en.residue.notice: 'residue' takes no rules; choose another filter" in ended.err


def test_a_code_that_a_shipped_rule_has_is_told_but_where_that_rule_is_written(project: Project) -> None:
    """What a run refuses passed as tested. Whoever changes a shipped rule tests it in its own file."""
    theirs = project.read("rules.toml").replace(b"en.test.notice", b"en.donation.support-our-work")
    project.write("rules.toml", theirs)
    ended = project.cleaner("rules", "test", "rules.toml")
    told = "rule en.donation.support-our-work: its code is already taken by a shipped rule; choose another"
    assert (ended.code, f"warning: rules.toml:3: {told}" in ended.err) == (0, True)
    project.write("rulesets/en/donation.toml", theirs)
    assert "already taken" not in project.cleaner("rules", "test", "rulesets/en/donation.toml").err


def test_a_rule_whose_examples_do_not_hold_fails_its_test(project: Project) -> None:
    rules = project.read("rules.toml").replace(b"She took no notice: it rained.", b"Notice: but keep this.")
    project.write("rules.toml", rules.replace(b"Perhaps: this goes.", b"Perhaps this goes."))
    ended = project.cleaner("rules", "test")
    assert ended.code == 1
    assert ended.out.decode().split("\n")[:-1] == [
        "en.test.notice: makes '' of 'Notice: but keep this.', which it keeps",
        "en.test.unsafe: does not match 'Perhaps this goes.', which it removes",
    ]
    assert "2 rules tested, 2 examples failed" in ended.err


def test_without_git_a_comparison_of_revisions_says_so(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project.folder))
    project.write("seeds/a.txt", RAW)
    ended = project.cleaner("rules", "compare", "HEAD", ".", "seeds")
    told = "Error: git is not installed: name a folder or a file of rules, or install it\n"
    assert (ended.code, ended.err) == (2, told)


def test_a_rule_that_may_take_the_next_paragraph_is_warned_of(project: Project) -> None:
    ended = project.cleaner("rules", "test", "rules.toml")
    assert ended.code == 0
    assert "warning: en.test.notice: a space beside the wildcard at its end may be a line break" in ended.err
    bare = project.read("rules.toml").replace(b": .{0,80}$", b":[ ].{0,80}$")
    project.write("rules.toml", bare)
    assert project.cleaner("rules", "test", "rules.toml").err == "2 rules tested, 0 examples failed\n"
    project.write("rules.toml", bare.replace(b"'''^Notice:", b"'''^(?:.{1,9} )?Notice:"))
    assert "beside the wildcard at its start may be" in project.cleaner("rules", "test", "rules.toml").err


def test_a_rule_is_one_whichever_way_its_letters_are_spelt(project: Project) -> None:
    """Own rules with accents apart passed their test, and matched nothing in a run."""
    rule = RULES.replace("Notice: ", "Né à Évreux: ").replace('"notice"', '"évreux"')
    for form in ("NFC", "NFD"):
        project.write("rules.toml", unicodedata.normalize(form, rule).encode())
        assert project.cleaner("rules", "test", "rules.toml").code == 0
        for spelt in ("NFC", "NFD"):
            text = unicodedata.normalize(spelt, "It rained.\n\nNé à Évreux: this goes.\n").encode()
            assert project.cleaner("clean", "-", stdin=text).out == b"It rained.\n\n"
            project.write("a.txt", text)
            assert b"a.txt:3: en.test.notice" in project.cleaner("rules", "test", "rules.toml", "--on", "a.txt").out
