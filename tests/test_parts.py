"""Parts of patterns: shared by name in a file of rules and with those beside it, written out to the letter."""

import re
import tomllib
from pathlib import Path

import pytest

from cleaner.config import Config
from cleaner.config.fingerprints import ruleset
from cleaner.rules import RULESETS, RuleError
from cleaner.rules.file import read_rules
from cleaner.rules.parts import FILE
from tests.test_rulefile import good


def rule(pattern: str, name: str = "hats") -> str:
    return good(name).replace("^Hats here$", pattern)


def patterns(folder: Path, text: str, shared: str = "") -> list[str]:
    """The patterns of a file of rules, with parts of its own and, beside it, shared ones."""
    if shared:
        (folder / FILE).write_text(shared, encoding="utf-8")
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return [one.pattern for one in read_rules(path)]


def errors(folder: Path, text: str, shared: str = "") -> list[str]:
    with pytest.raises(RuleError) as caught:
        patterns(folder, text, shared)
    return str(caught.value).replace(f"{folder}/", "").split("\n")


def test_a_part_is_written_out_wherever_it_is_named(tmp_path: Path) -> None:
    text = "[parts]\nhat = '(?:hats?|caps?)'\n" + rule("^Our (?&hat): buy (?&hat)?.{0,9}$")
    assert patterns(tmp_path, text) == ["^Our (?:hats?|caps?): buy (?:hats?|caps?)?.{0,9}$"]


def test_parts_beside_a_file_are_its_own_too_and_a_nearer_one_goes_first(tmp_path: Path) -> None:
    shared = "[parts]\nour = '(?:[Oo]ur)'\nhat = '(?:hats)'\n"
    text = "[parts]\nhat = '(?:hats?)'\nours = '(?:(?&our) (?&hat))'\n" + rule("^(?&ours): .{3,9}$")
    assert patterns(tmp_path, text, shared) == ["^(?:(?:[Oo]ur) (?:hats?)): .{3,9}$"]


@pytest.mark.parametrize("pattern", [r"^Our hats\(?&hat\)?: .{3,9}$", "^Our hats[(?&hat)]{0,2}: .{3,9}$"])
def test_what_only_looks_like_a_part_stays_as_it_is(tmp_path: Path, pattern: str) -> None:
    assert patterns(tmp_path, rule(pattern)) == [pattern]


def test_all_that_is_wrong_with_parts_is_told_by_file_line_and_cure(tmp_path: Path) -> None:
    shared = "# ours\n[parts]\nloose = 'a|b'\ntwice = '(a)(b)'\nBad = '(a)'\nnumber = 5\n"
    text = "[parts]\nlater = '(?:(?&last))'\nlast = '(?:a)'\n" + rule("^(?&lst)(?&loose)$") + rule("^Our.{9}(?&", "two")
    assert errors(tmp_path, text, shared) == [
        "parts.toml:3: part 'loose': a part is one group; put it between (?: and )",
        "parts.toml:4: part 'twice': a part is one group; put it between (?: and )",
        "parts.toml:5: part 'Bad': its name is small letters, digits and single hyphens between them",
        "parts.toml:6: part 'number': a part is a text, not 5",
        "own.toml:2: part 'later': no part is called 'last'; define it above, in [parts]",
        "own.toml:8: rule en.shop.hats: no part is called 'lst'; did you mean 'last'?",
        "own.toml:15: rule en.shop.two: a group that stands for another may cost more than linear time; spell the pattern out",
    ]


def test_parts_and_rules_stand_where_they_belong(tmp_path: Path) -> None:
    told = "parts.toml:1: holds more than parts; it begins with [parts], and rules go into files beside it"
    assert errors(tmp_path, rule("^Our hats: .{3,9}$"), rule("^x$")) == [told]
    (tmp_path / FILE).unlink()
    assert errors(tmp_path, "parts = 5\n" + rule("^Our hats: .{3,9}$")) == [
        "own.toml:1: parts are a table; write [parts]"
    ]
    assert errors(tmp_path, "[other]\n") == ["own.toml:1: holds more than rules; each begins with [[rule]]"]


def test_what_is_wrong_with_shared_parts_is_told_once_and_a_change_of_them_is_seen(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[parts]\nhat = 'hats'\n", encoding="utf-8")
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(rule("^Our (?&hat): .{3,9}$", name), encoding="utf-8")
    config = Config({"extend-rules": ["o*.toml", "tw*.toml"]}, root=tmp_path)
    with pytest.raises(RuleError) as caught:
        _ = config.rules
    assert str(caught.value).count("\n") == 0 and "parts.toml:2" in str(caught.value)
    known = []
    for part in ("(?:hats)", "(?:hats?)"):
        (tmp_path / FILE).write_text(f"[parts]\nhat = '{part}'\n", encoding="utf-8")
        known.append(ruleset(Config({"extend-rules": ["o*.toml", "tw*.toml"]}, root=tmp_path)))
    assert known[0] != known[1]


def test_every_shipped_part_is_used() -> None:
    for folder in RULESETS.iterdir():
        texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.toml")]
        defined = {name for text in texts for name in tomllib.loads(text).get("parts", {})}
        assert defined - set(re.findall(r"\(\?&([\w-]+)\)", "".join(texts))) == set(), folder.name
