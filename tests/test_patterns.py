"""A pattern that comes from the cache is the pattern that `regex` would make, and a damaged entry is none."""

import subprocess
import sys
from pathlib import Path

import pytest
import regex

from cleaner.machine import cache
from cleaner.rules import load_rules, patterns, shipped_filters
from cleaner.rules.syntax import in_view

FLAGS = regex.IGNORECASE | regex.MULTILINE | regex.VERSION0
ALL = sorted({in_view(rule.pattern) for name in shipped_filters() for rule in load_rules(name)})


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.slow
def test_every_shipped_pattern_comes_back_as_it_was_compiled() -> None:
    for pattern in ALL:
        made = regex.compile(pattern, FLAGS)
        entry = patterns._entry(made)
        assert entry is not None, pattern
        assert patterns._arguments(entry) == list(made._pickled_data), pattern


def test_the_second_process_does_not_import_the_parser(own_cache: Path) -> None:
    code = (
        "import sys; from cleaner.rules.patterns import compiled; p = compiled('^one{2,3}[ \\\\n]é$'); "
        "print(p.search('a\\nONEE\\nÉ').span(), 'regex' in sys.modules)\n"
        "import regex; print(regex._regex.__name__, type(p) is regex.Pattern, regex.sub('a+', 'b', 'caat'))"
    )
    told = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split("\n")
        for _ in range(2)
    ]
    assert told[0][0] == "(2, 8) True" and told[1][0] == "(2, 8) False"
    assert told[0][1] == told[1][1] == "regex._regex True cbt"
    assert len(list(own_cache.glob("pattern-*"))) == 1


@pytest.mark.parametrize("damage", [b"", b"x" * 80, None])
def test_a_damaged_entry_is_made_again(own_cache: Path, damage: bytes | None) -> None:
    patterns.compiled("^who knows$")
    [entry] = own_cache.glob("pattern-*")
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-3] + b"9" + whole[-2:] if damage is None else damage)
    assert patterns.compiled("^who knows$").match("WHO KNOWS")
    assert entry.read_bytes() == whole


def test_groups_with_names_are_not_kept(own_cache: Path) -> None:
    for _ in range(2):
        found = patterns.compiled("(?P<one>a)(?P<two>b)").search("AB")
        assert found.groupdict() == {"one": "A", "two": "B"} and found.lastgroup == "two"
    assert not list(own_cache.glob("pattern-*"))


def test_an_entry_of_another_pattern_is_not_taken(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = patterns._entry(patterns.compiled("^other$"))
    monkeypatch.setattr(cache, "read", lambda name: other)
    assert patterns.compiled("^mine$").match("mine")


def test_without_that_part_of_regex_patterns_are_compiled(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_maker", lambda: None)
    assert patterns.compiled("^one$").match("ONE")
    assert not list(own_cache.glob("pattern-*"))
