"""Every shipped rule keeps its promises: its examples go, its near misses stay, and nothing makes it slow."""

import os
from collections import Counter
from pathlib import Path
from time import process_time

import pytest

from cleaner import rules
from cleaner.document import Document, is_blank
from cleaner.filters import FILTERS
from cleaner.filters import RULES as RULES_OF_FILES
from cleaner.machine import files
from cleaner.matching.quick import kind_of, matching
from cleaner.pipeline import cut, merge
from cleaner.rules import Rule, RuleError, fingerprint
from cleaner.rules.file import read_rules
from cleaner.rules.syntax import in_view
from cleaner.rules.view import View, brute_force
from cleaner.segmentation.features import RULED
from tests.shipped import IN_FILE, NAMES, RULES

EVERY_RULESET = pytest.mark.parametrize("path", IN_FILE, ids=NAMES)
EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
SIZE = 50_000  # characters
ROW = 600  # characters: some ten buttons


def left_by(rule: Rule, text: str) -> str:
    return cut(text, merge(text, brute_force([rule], Document("example", text))))


@EVERY_RULESET
def test_what_a_rule_removes_vanishes_as_far_as_its_scope_says(path: Path) -> None:
    for rule in IN_FILE[path]:
        for example in rule.removes:
            left = left_by(rule, example)
            assert left != example, f"{rule.code} does not match {example!r}"
            if rule.scope != "match":
                assert is_blank(left), f"{rule.code}: of {example!r} stays {left!r}"


@EVERY_RULESET
def test_what_a_rule_keeps_stays(path: Path) -> None:
    for rule in IN_FILE[path]:
        for example in rule.keeps:
            assert left_by(rule, example) == example, rule.code


@EVERY_RULESET
def test_a_rule_still_sees_its_examples_between_other_paragraphs(path: Path) -> None:
    before, after = "The river rose again on Monday.\n\n", "\nNobody had expected so much water.\n"
    for rule in IN_FILE[path]:
        for example in rule.removes:
            text = f"{before}{example}\n{after}"
            left = left_by(rule, text)
            assert left.startswith(before), f"{rule.code}: a paragraph before {example!r} went with it"
            assert left.endswith(after.lstrip("\n")), f"{rule.code}: a paragraph after {example!r} went with it"


@EVERY_RULESET
def test_every_match_holds_a_keyword_within_one_line(path: Path) -> None:
    for rule in IN_FILE[path]:
        for example in rule.removes:
            view = View(Document("example", example))
            for line in range(len(view)):
                for start, end in view.matches(rule, line):
                    matched = view.text(line, len(view) - 1)[start:end].casefold()
                    assert any(word in matched for word in rule.keywords), f"{rule.code}: {matched!r} lacks a keyword"


@EVERY_RULESET
def test_a_keyword_crosses_no_space(path: Path) -> None:
    """Where a rule came close is told by words of one line, and a space of a pattern also stands for a line break."""
    for rule in IN_FILE[path]:
        assert [word for word in rule.keywords if word != "".join(word.split())] == [], rule.code


def probes(rule: Rule, size: int) -> dict[str, str]:
    found = {"spaces": "a" + " " * size + "b", "newlines": "a" + "\n" * size + "b"}
    for word in rule.keywords[:2]:
        found[f"{word} glued"] = word * (size // len(word))
        found[f"{word} repeated"] = f"{word} " * (size // (len(word) + 1))
        # Each line is tried for itself and may run on into a few others: a tenth of the lines tells as much.
        found[f"{word} on each line"] = f"{word}\n" * (size // 10 // (len(word) + 1))
        found[f"{word} before a long token"] = f"{word} " + "a" * size
    line = " ".join(rule.removes[0].split())
    found["its example repeated"] = f"{line} " * (size // (len(line) + 1) + 1)
    return found


def seconds(rule: Rule, text: str) -> float:
    """What `regex` takes for a text, and beside it what the matcher asks first and in its place."""
    view = View(Document("probe", text))
    asked = [one for one in matching(rule, kind_of(view.whole, 0, len(view.whole))) if one is not None]
    began = process_time()
    for line in range(len(view)):
        for _ in view.matches(rule, line):
            pass
        last = min(line + rule.breaks, len(view) - 1)
        for match in asked:
            match(view.whole, view.starts[line], view.starts[last + 1] - 1)
    return process_time() - began


@pytest.mark.slow
@EVERY_RULE
def test_a_rule_takes_linear_time_on_what_is_meant_to_slow_it(rule: Rule) -> None:
    """Ten times the text may take ten times the time, and some; a quadratic rule would take a hundred times."""
    small = probes(rule, SIZE // 10)
    for name, text in probes(rule, SIZE).items():
        slow = seconds(rule, text)
        if slow > 0.2:  # too quick to be measured otherwise, and to matter
            tries = [slow / max(seconds(rule, small[name]), 0.002)]
            tries.append(seconds(rule, text) / max(seconds(rule, small[name]), 0.002))
            assert min(tries) < 30, f"{name}: {slow:.2f} s for {SIZE} characters"
            assert slow < 3, f"{name}: {slow:.2f} s for {SIZE} characters"
    # A pattern that can read each button of a row in two ways has a thousand for ten of them, however short the row is.
    for example in rule.removes:
        line = " ".join(example.split())
        for end in ("", "zzz."):
            row = f"{line} " * (ROW // len(line) + 1) + end
            assert seconds(rule, row) < 0.5, f"{row[:60]!r}, again and again"


def test_codes_are_unique() -> None:
    assert [code for code, times in Counter(rule.code for rule in RULES).items() if times > 1] == []


RULE = {
    "code": '"en.donation.coffee"',
    "reason": '"asks for a coffee"',
    "keywords": '["coffee"]',
    "pattern": "'^Buy me a coffee$'",
    "removes": '["Buy me a coffee"]',
    "keeps": '["He bought me a coffee."]',
}


def written(folder: Path, **changes: str | None) -> Path:
    fields = {**RULE, **changes}
    path = folder / "donation.toml"
    text = "[[rule]]\n" + "".join(f"{key} = {value}\n" for key, value in fields.items() if value is not None)
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": None}, "'reason' is missing"),
        ({"reason": '"asks\\n::error::for a coffee"'}, "'reason' is one line without controls"),
        ({"keeps": "[]"}, "'keeps' is missing or empty"),
        ({"scop": '"line"'}, "unknown field 'scop'"),
        ({"scope": '"page"'}, "scope is match, line or paragraph"),
        ({"safety": '"maybe"'}, "safety is safe, unsafe or suggest"),
        ({"safety": "{}"}, "safety is safe, unsafe or suggest"),
        ({"code": "5"}, "'code' is a text"),
        ({"pattern": "5"}, "'pattern' is a text, not 5"),
        ({"pattern": '"^Buy\\d"'}, "write a pattern between three single quotes"),
        ({"keywords": '"coffee"'}, "'keywords' is a list of texts, none of them empty, not 'coffee'"),
        ({"keeps": "[5]"}, "'keeps' is a list of texts"),
        ({"code": '"fr.donation.coffee"'}, "a code here reads en.donation."),
        ({"pattern": "'^Buy .*'"}, "unbounded"),
        ({"pattern": "'^Buy .{3,}'"}, "unbounded"),
        ({"pattern": "'^Buy .{0,4000}'"}, "repeats too often"),
        ({"pattern": r"'(a|b)\1'"}, "back-reference"),
        ({"pattern": r"'(a|b)\g<1>'"}, "back-reference"),
        ({"pattern": "'(?R)a'"}, "a group that stands for another"),
        ({"pattern": "'(a|b)(?1)'"}, "a group that stands for another"),
        ({"pattern": "'(?P<x>a|b)(?P=x)'"}, "a group that stands for another"),
        ({"pattern": "'^Buy ('"}, "does not compile"),
        ({"pattern": r"'^Buy \Kme'"}, "not supported"),
        ({"pattern": "'(?V1)Buy'"}, "leave out V1"),
        ({"pattern": "'(?s)Buy.me'"}, "leave out s, x and r"),
        ({"pattern": "'(?s:Buy.)me'"}, "leave out s, x and r"),
        ({"pattern": "'''(?x)\n^Buy # a coffee\n'''"}, "leave out s, x and r"),
        ({"pattern": "'(?ir)Buy'"}, "leave out s, x and r"),
        ({"pattern": "'^Buy(?# me | (a )coffee'"}, "a comment"),
        ({"pattern": "'(?L)Buy'"}, "not for a view"),
        ({"pattern": "'(?i-m:^Buy)'"}, "not for a view"),
        ({"pattern": f"'{'(' * 2000}Buy{')' * 2000}'"}, "nested too deeply"),
        ({"pattern": "'Buy{4000000}'"}, "more than 50,000 characters"),
        ({"pattern": "'(?:(?:(?:Buy){40}){40}){40,80}'"}, "more than 50,000 characters"),
        ({"pattern": r"'Buy\sme'"}, "not for a view"),
        ({"pattern": r"'Buy\z'"}, "not for a view"),
        ({"pattern": r"'Buy[\n]me'"}, "not for a view"),
        ({"pattern": r"'Buy\x0ame'"}, "not for a view; write a space"),
        ({"pattern": '"Buy\\nme"'}, "a line break is not for a view"),
        ({"pattern": r"'Buy\Rme'"}, "may be a line break"),
        ({"pattern": r"'Buy\P{L}me'"}, "may be a line break"),
        ({"pattern": r"'Buy[[:^alpha:]]me'"}, "may be a line break"),
        ({"pattern": r"'Buy[\x00-\x20]me'"}, "may be a line break"),
        ({"pattern": '"Buy\\tme"'}, "U+0009 stands in no view, and would never match; write a space"),
        ({"pattern": '"Acheter\u00a0:"'}, "U+00A0 stands in no view, and would never match; write a space"),
        ({"pattern": r"'\u06cc\u200c\u0634'"}, "U+200C stands in no view, and would never match; leave it out"),
        ({"pattern": r"'Buy [\ud83d\ude00]'"}, "half a character"),
        ({"pattern": r"'Buy\0'"}, "write \\x00"),
        ({"pattern": "'Buy|'"}, "may match nothing at all"),
        ({"pattern": "'.{0,80}'"}, "may match nothing at all"),
        ({"pattern": "'^Buy me a (coffee'"}, "missing ) at position 17"),
        ({"pattern": "'Buy x++'"}, "unbounded"),
        ({"pattern": r"'Buy x\?+'"}, "unbounded"),
        ({"pattern": "'Buy x{a}+'"}, "unbounded"),
        ({"pattern": "'^Buy (?:me){i} a coffee'"}, "{i} lets in what is only like it"),
        ({"pattern": "'^Buy (?:me){1<=e<=3:[a-z]} a coffee'"}, "lets in what is only like it"),
        ({"pattern": "'(?e)^Buy me a coffee'"}, "(?e) is for patterns that let in"),
        ({"pattern": "'^Buy (*SKIP)me'"}, "verbs such as (*SKIP)"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_its_name(
    tmp_path: Path, changes: dict[str, str | None], words: str
) -> None:
    path = written(tmp_path, **changes)
    with pytest.raises(RuleError) as caught:
        read_rules(path, prefix="en.donation.")
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^Buy{1,3}+ me$", "Buyy me"),
        ("^Buys?+ me$", "Buy me"),
        ("^[[:alpha:] +]{3}x$", "a +x"),
        ("^a[[:alpha:](]|me", "buy me"),
        (r"^Buy[^\n]{1,9}$", "Buy me"),
        (r"^\N{LATIN SMALL LETTER A} b$", "a b"),
        (r"^\p{Script=Old Italic}$", "\U00010300"),
        (r"^Buy\x20me$", "Buy me"),
    ],
)
def test_what_other_writers_of_patterns_are_used_to_works(tmp_path: Path, pattern: str, text: str) -> None:
    [rule] = read_rules(written(tmp_path, pattern=f"'{pattern}'"))
    assert is_blank(left_by(rule, text))


@pytest.mark.parametrize("text", ["[rule]\ncode = 5\n", "rule = [5]\n", "rules = []\n", "[[rules]]\ncode = 5\n"])
def test_a_file_that_holds_something_else_is_refused(tmp_path: Path, text: str) -> None:
    """Rules that a slip of the pen hides would be missed by nobody."""
    path = tmp_path / "own.toml"
    path.write_bytes(text.encode())
    with pytest.raises(RuleError, match=r"each begins with \[\[rule\]\]"):
        read_rules(path)


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes() * 2)
    with pytest.raises(RuleError, match="stands twice"):
        read_rules(path)


def test_a_file_of_rules_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes() + b"# caf\xe9\n")
    with pytest.raises(RuleError, match=r"donation.toml: not UTF-8 at byte \d+; save it as UTF-8"):
        read_rules(path)


def test_a_rule_sees_through_markup_quotes_and_broken_lines(tmp_path: Path) -> None:
    [rule] = read_rules(written(tmp_path))
    for text in (
        "**Buy me a coffee**",
        "[Buy me a coffee](https://example.org/tip)",
        "> Buy\u00a0me a  coffee",
        "Buy me\n\na coffee",
        "Bu\u200by me a coffee\r\n",
    ):
        assert is_blank(left_by(rule, text)), text


def test_the_fingerprint_follows_what_a_rule_does(tmp_path: Path) -> None:
    one = fingerprint(read_rules(written(tmp_path)))
    assert one == fingerprint(read_rules(written(tmp_path, removes='["Buy me a coffee!", "Buy me a coffee"]')))
    assert one != fingerprint(read_rules(written(tmp_path, safety='"suggest"')))
    assert one != fingerprint(read_rules(written(tmp_path, reason='"is told in every log"')))


@pytest.mark.parametrize(
    ("pattern", "searched"),
    [
        ("a b\\ c", "a[ \\n]b[ \\n]c"),
        ("[a b\\ c] [^ a]", "[a b c][ \\n][^\\n a]"),
        ("[]a] []^] [^]a]", "[\\]a][ \\n][\\]^][ \\n][^\\n\\]a]"),
        ("\\[a b\\] [\\] ]", "\\[a[ \\n]b\\][ \\n][\\] ]"),
        ("\\\\ [\\\\ ]", "\\\\[ \\n][\\\\ ]"),
        ("it’s — so", "it's[ \\n]-[ \\n]so"),
    ],
)
def test_a_space_is_searched_as_any_break_and_no_class_crosses_a_line(pattern: str, searched: str) -> None:
    assert in_view(pattern) == searched


@pytest.mark.parametrize(
    ("pattern", "anchored"),
    [
        ("^a", True),
        ("^a|^b", True),
        ("^(?:a|b)", True),
        ("^[|]a\\|b", True),
        ("^(?:a|b)|^c", True),
        ("a", False),
        ("", False),
        ("^a|b", False),
        ("^a|", False),
        ("^?a", False),
        ("^{0,2}a", False),
        ("(?:^a)", False),
        ("\\^a", False),
        ("[^a]", False),
        ("^a[[:alpha:](]|b", False),
    ],
)
def test_a_pattern_is_anchored_when_each_alternative_is(pattern: str, anchored: bool) -> None:
    assert Rule("en.made.up", "was made up", pattern, ["a"], ["a"], ["b"]).anchored is anchored


def test_a_changed_ruleset_is_seen_whatever_its_times_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(files, "REST", -(10**13))  # files of a moment ago count as files that have lain still
    monkeypatch.setattr(rules, "RULESETS", tmp_path / "rulesets")
    path = tmp_path / "rulesets/en/donation.toml"
    path.parent.mkdir(parents=True)
    path.write_text("one", encoding="utf-8")
    digest = rules.shipped_digest.__wrapped__
    first = digest()
    assert digest() == first and len(list((tmp_path / "cache").iterdir())) == 1
    before = path.stat()
    path.write_text("two", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert digest() != first
    path.rename(path.with_name("legal.toml"))
    assert digest() != first


@pytest.mark.slow
@EVERY_RULESET
def test_a_shipped_rule_is_the_one_of_its_file(path: Path) -> None:
    """And the file is sound, and its codes say where they live."""
    own = {rule.code: rule for rule in read_rules(path)}
    shipped = {rule.code: rule for rule in IN_FILE[path]}
    assert own.keys() == shipped.keys()
    for code, rule in own.items():
        assert rule.removes and rule.keeps and shipped[code].timeout is None
        for field in ("reason", "pattern", "keywords", "scope", "safety", "removes", "keeps"):
            assert getattr(shipped[code], field) == getattr(rule, field)


def test_every_ruleset_belongs_to_a_filter_and_the_model_knows_which_have_rules() -> None:
    """Rules in a file that no filter has the name of would never be used, and nobody would be told."""
    assert {path.stem for path in IN_FILE} == {name for name, parts in FILTERS.items() if RULES_OF_FILES in parts}
    assert set(RULED) == {path.stem for path in IN_FILE}
