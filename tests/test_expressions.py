"""An expression that comes from the cache is the one that `re` makes, and small letters find what ignoring case does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text import expressions
from cleaner.text.expressions import Caseless, expression
from cleaner.threads import courses, dates, grammar

KEPT = [
    one for room in (courses, dates, grammar) for one in vars(room).values() if isinstance(one, expressions._Expression)
]
CASELESS = [one for room in (courses, dates, grammar) for one in vars(room).values() if isinstance(one, Caseless)]
LONG = "(?P<day>mon|tue)|(?P<night>" + "|".join(f"word{number}" for number in range(60)) + ")"


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path))
    return tmp_path


def test_what_is_kept_is_what_re_makes() -> None:
    for one in [*KEPT, *(half for pair in CASELESS for half in (pair._any, pair._small))]:
        pattern, flags = one._asked  # type: ignore[attr-defined,unused-ignore]
        numbers = expressions._numbers(pattern, flags)
        assert expressions._opened(expressions._entry([numbers, None, numbers])) == [numbers, None, numbers]
        assert expressions._made(pattern, numbers) == re.compile(pattern, flags)


def test_groups_keep_their_names(own_cache: Path) -> None:
    for _ in range(2):
        found = expression(LONG, re.IGNORECASE).search("on WORD7 ")
        assert found and found.lastgroup == "night" and found.span("night") == (3, 8) and found["day"] is None
    assert len(list(own_cache.glob("expression-*"))) == 1


def test_the_next_process_reads_what_the_first_one_compiled(own_cache: Path) -> None:
    code = (
        f"import sys; from cleaner.text.expressions import expression; found = expression({LONG!r}).search('a tue'); "
        "from cleaner.text import expressions; expressions._numbers = None; "
        f"print(found.lastgroup, expression({LONG!r}).findall('word1'))"
    )
    told = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(2)]
    assert {one.stdout for one in told} == {"day [('', 'word1')]\n"}


@pytest.mark.parametrize("damage", [b"", b"x" * 80, None])
def test_a_damaged_entry_is_made_again(own_cache: Path, damage: bytes | None) -> None:
    assert expression(LONG).match("mon")
    [entry] = own_cache.glob("expression-*")
    whole = entry.read_bytes()
    entry.write_bytes(whole[:-3] + b"\1" + whole[-2:] if damage is None else damage)
    assert expression(LONG).match("tue")
    assert entry.read_bytes() == whole


def test_a_python_that_compiles_otherwise_gives_the_same(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def other(*_: object) -> None:
        raise TypeError("takes no code")

    monkeypatch.setattr(expressions, "_made", other)
    assert expression(LONG).findall("tue word3") == [("tue", ""), ("", "word3")]
    assert not list(own_cache.iterdir())


def test_a_threads_pattern_is_written_in_small_letters() -> None:
    for one in CASELESS:
        plain = re.sub(r"\\.|\(\?P<\w+>", "", one._any._asked[0])  # type: ignore[attr-defined,unused-ignore]
        assert not re.search("[A-Z]", plain)


def test_capitals_beyond_ascii_are_found_in_small_letters_too() -> None:
    assert Caseless("Ιανουαρίου|Ärger").is_in("3 ΙΑΝΟΥΑΡΊΟΥ")
    assert Caseless("Ιανουαρίου|Ärger").begins("ärger")


def test_every_letter_is_found_in_small_letters_as_it_is_whatever_its_case() -> None:
    known = {letter for one in CASELESS for letter in one._any._asked[0] if letter.isalpha() and letter.islower()}  # type: ignore[attr-defined,unused-ignore]
    text = "".join(map(chr, range(0x80))) + "".join(chr(code) for code in range(0x80, 0x110000) if chr(code).isalpha())
    for letter in sorted(known):
        same = re.findall(letter, text, re.IGNORECASE)
        assert all(Caseless(letter).is_in(one) for one in same), letter
        others = {letter.upper(), letter.title(), letter.swapcase()} - set(same)
        assert not any(Caseless(letter).is_in(one) for one in others if len(one) == 1)


@given(
    st.sampled_from(range(len(CASELESS))),
    st.text(st.sampled_from("sayswrote 3h agoİıſΣςKµ:?!@IiYOUyou\nß'-.,漢前月日5")),
)
def test_small_letters_find_what_ignoring_case_finds(number: int, text: str) -> None:
    one = CASELESS[number]
    assert one.is_in(text) == bool(one._any.search(text))
    assert one.begins(text) == bool(one._any.match(text))
