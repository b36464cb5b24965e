"""What is wrong with a file of rules: all of it at once, each by its line and with what to do."""

from pathlib import Path

import pytest

from cleaner.rules import RuleError
from cleaner.rules.file import read_rules
from tests.project import RAW, RULES, Project

GOOD = """[[rule]]
code = "en.shop.{name}"
reason = "sells hats"
keywords = ["hats"]
pattern = '''^Hats here$'''
removes = ["Hats here"]
keeps = ["He wears hats here."]
"""


def errors(folder: Path, text: str) -> list[str]:
    """What is told of a file of rules, a line each, without the folder."""
    path = folder / "own.toml"
    path.write_bytes(text.encode())
    with pytest.raises(RuleError) as caught:
        read_rules(path)
    return str(caught.value).replace(f"{folder}/", "").split("\n")


def good(name: str) -> str:
    return GOOD.replace("{name}", name)


def test_all_errors_of_a_file_come_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = (
        good("hats").replace("here$", "here.*$")
        + good("fine")
        + "# here [[rule]] would be one more\n"
        + good("caps").replace("pattern", "patern").replace('safety = "safe"', "")
        + good("fine").replace('reason = "sells hats"\n', "")
        + 'scope = "lines"\nsafety = 5\n'
    )
    assert errors(tmp_path, text) == [
        "own.toml:5: rule en.shop.hats: '*' is unbounded; write {0,80} or so, at most 400",
        "own.toml:20: rule en.shop.caps: unknown field 'patern'; did you mean 'pattern'?",
        "own.toml:24: rule en.shop.fine: 'reason' is missing or empty; write reason = \"asks for a coffee\", say",
        "own.toml:29: rule en.shop.fine: scope is match, line or paragraph, not 'lines'; did you mean 'line'?",
        "own.toml:30: rule en.shop.fine: safety is safe, unsafe or suggest, not 5",
        "own.toml:24: rule en.shop.fine: stands twice; rename one",
    ]


@pytest.mark.parametrize("fence", ["'''", '"""'])
def test_what_stands_in_a_longer_text_is_no_line_of_its_own(tmp_path: Path, fence: str) -> None:
    shown = f"removes = [{fence}Hats here\n[[rule]]\ncode = 5\n{fence}, 'Hats here'] # {fence}\n"
    text = good("one").replace('removes = ["Hats here"]\n', shown) + good("two").replace('"hats"', '"hats", 5')
    told = "own.toml:14: rule en.shop.two: 'keywords' is a list of texts, none of them empty, not ['hats', 5]"
    assert errors(tmp_path, text) == [told]


def test_rules_that_stand_in_one_line_are_named_without_it(tmp_path: Path) -> None:
    assert errors(tmp_path, 'rule = [{code = "en.shop.hats"}]\n')[0].startswith("own.toml: rule en.shop.hats: 'reason'")


def test_a_rule_without_a_code_is_named_by_its_number_and_line(tmp_path: Path) -> None:
    text = good("one") + good("two").replace('code = "en.shop.two"\n', "")
    assert errors(tmp_path, text) == [
        "own.toml:8: rule number 2: 'code' is missing or empty; write code = \"en.donation.coffee\", say"
    ]


@pytest.mark.parametrize(("added", "line"), [("[other]\n", 8), ("[[rules]] # many\n", 8)])
def test_what_is_no_rule_is_named_by_its_line(tmp_path: Path, added: str, line: int) -> None:
    found = errors(tmp_path, good("one") + added)
    assert found[0].startswith(f"own.toml:{line}: ")


def test_a_value_before_the_first_rule_is_named_by_its_line(tmp_path: Path) -> None:
    told = "own.toml:3: holds more than rules; each begins with [[rule]]"
    assert errors(tmp_path, '# rules\n\nversion = "1"\n' + good("one")) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = 1\nb =\n", "2: invalid value in column 4; put a text between quotes"),
        ("\nb = ", "2: invalid value; put a text between quotes"),
        ("b = '''x\n\ny\n", "1: expected \"'''\"; end the text with the quotes that begin it"),
        ("b = [\n'x'\n'y'\n]\n", "3: unclosed array in column 1; put commas between what is in it"),
        ("b = [\n'x',\n\n", "1: invalid value; put a text between quotes, a list between brackets"),
        ('b = "\\d"\n', "1: unescaped '\\' in a string in column 8; write a pattern between three single quotes"),
        ("a = 1\na = 2\nc = 3\n", "2: cannot overwrite a value in column 6; it stands twice; take one away"),
        ("[[rule]\n", "1: expected ']]' at the end of an array declaration in column 7; write two brackets"),
        ("a 1\n", "1: expected '=' after a key in a key/value pair in column 3; write a key, = and its value"),
    ],
)
def test_what_is_no_toml_is_told_with_line_and_cure(tmp_path: Path, text: str, told: str) -> None:
    [found] = errors(tmp_path, text)
    assert found.startswith(f"own.toml:{told}")


def test_the_errors_of_all_files_come_at_once(project: Project) -> None:
    project.write("seeds/a.txt", RAW)
    project.write("cleaner.toml", b'extend-rules = ["*rules.toml"]\n')
    project.write("more_rules.toml", RULES.replace("en.test.notice", "en.test.other").encode())
    project.write("rules.toml", RULES.replace("keeps", "keep").encode())
    ended = project.cleaner("clean")
    assert ended.code == 2
    assert ended.err.removeprefix("Error: ") == (
        "rules.toml:8: rule en.test.notice: unknown field 'keep'; did you mean 'keeps'?\n"
        "rules.toml:17: rule en.test.unsafe: unknown field 'keep'; did you mean 'keeps'?\n"
    )
