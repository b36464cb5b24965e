"""The matcher finds what brute force finds: with Hyperscan, without it, for any rules and any Unicode."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
import regex
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cleaner import rules as rulesets
from cleaner.document import SEAMS as CUT_AT
from cleaner.document import Document, Scope, Span, is_blank
from cleaner.matching import Matcher, quick
from cleaner.matching.fallback import Pieces
from cleaner.matching.index import Literals, Strings, index, key, prepared
from cleaner.matching.needles import Search
from cleaner.matching.quick import LETTERED, LETTERS, MARKS, OTHER, PLAIN, kind_of, lighter, matching, reads_alike
from cleaner.matching.rarity import Rarity
from cleaner.matching.scan import Scan
from cleaner.matching.scanned import ODD_ASCII
from cleaner.matching.shape import UnscannableError, row, shape
from cleaner.matching.sought import FAR, seek
from cleaner.matching.whole import whole
from cleaner.rules import Rule, load_rules
from cleaner.rules.syntax import in_view
from cleaner.rules.view import View, brute_force
from cleaner.text.plain import plain, reading
from tests.shipped import RULES

# Fragments of patterns, each with a text that it matches.
FRAGMENTS = [
    ("share", "share"),
    ("Kiss", "kiss"),
    (" ", " "),
    ("[ ]", " "),
    (" ?", ""),
    ("this", "this"),
    ("don't", "don’t"),
    (": ?", ": "),
    (r"\b", ""),
    (r"\d{1,4}", "12"),
    (r"\w{2,9}", "wörd"),
    (r"\S{1,20}", "<a_b>"),
    (".{0,30}", "some *more* text"),
    ("[^.!]{1,20}", "no full stop"),
    (r"(?:re)?post(?:ed|s)?", "reposted"),
    ("(?:by|von|от)", "ОТ"),
    ("поделит(?:ься|есь)", "Поделиться"),
    ("[ёе]ж", "Ёж"),
    ("转载", "转载"),
    ("straße", "STRASSE"),
    ("straße", "STRAẞE"),
    ("ίσος", "ΊΣΟΣ"),
    ("σχ[οό]λιο", "ΣΧΌΛΙΟ"),
    ("ς σ", "Σ Σ"),
    ("[a-f]{3}", "cab"),
    (r"\*", "*"),
    ("a_b", "a_b"),
    ("(?! x)", ""),
    ("(?=.{0,9})", ""),
    ("(?=.{0,9} this).{0,9}", " and "),
    ("(?:(?!9)){2}", ""),
    ("[[:alpha:] ]{2}", "ab"),
    (r"\.", "."),
    ("–", "—"),
    (r"\(c\)", "（C）"),
    ("(?: and){1,3}", " and and"),
    ("#tag", "#tag"),
    (" ^", "\n"),
    ("$ ^", "\n"),
    ("[А-ЯЁ]{3,9}", "МОСКВА"),
    ("[(\"'-]?", "“"),
    ("[*•>-]{1,2} ?", "• "),
    (r"(?:[a-z\d]{1,9},? ?){1,3}", "may 12, x"),
    ("(?: |-|, )", " – "),
    ("[^a-z]{1,5}", "— "),
    (" {0,2}(?:€|£)", " €"),
]
SEAMS = [
    "",
    "",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\n> ",
    "\n- ",
    "\n## ",
    " \u200b",
    "\u00a0",
    "**",
    "*",
    "_",
    "\\",
    "\ufeff",
    "\u2028",
    "\x00",
]
SCOPES: tuple[Scope, ...] = ("match", "line", "paragraph")
ODD = str.maketrans({"i": "ı", "k": "\u212a", "s": "ſ"})


@st.composite
def rules_and_text(draw: st.DrawFn) -> tuple[list[Rule], str]:
    """A few rules, and a text in which some of what they match stands, changed as web text changes it."""
    rules, pieces = [], []
    for number in range(draw(st.integers(1, 3))):
        fragments = draw(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=7))
        start, end = draw(st.sampled_from(["", "^"])), draw(st.sampled_from(["", "$"]))
        pattern = start + "".join(one for one, _ in fragments) + end
        scope = draw(st.sampled_from(SCOPES))
        timeout = draw(st.sampled_from([None, 2.0]))  # without one, `re` is asked where it can be
        rules.append(Rule(f"xx.made.r{number}", "was made up", pattern, ["x"], ["x"], ["x"], scope, timeout=timeout))
        seams = st.lists(st.sampled_from(["", "", "", *SEAMS]), min_size=len(fragments), max_size=len(fragments))
        betweens = draw(st.lists(seams, max_size=2))
        pieces.extend("".join(chain(*zip((text for _, text in fragments), one, strict=True))) for one in betweens)
    pieces.extend(draw(st.lists(st.text(max_size=12), max_size=3)))
    text = ""
    for piece in draw(st.permutations(pieces)):
        changed = [piece, piece.upper(), piece.title(), piece.translate(ODD)]
        text += draw(st.sampled_from(changed)) + draw(st.sampled_from(SEAMS))
    return rules, text


def _law(rules: Sequence[Rule], text: str, matchers: Sequence[Matcher]) -> None:
    expected = brute_force(rules, Document("d", text))
    for matcher in matchers:
        assert matcher.spans(Document("d", text)) == expected


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))


MANY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@given(rules_and_text())
@settings(MANY, max_examples=15)
def test_made_up_rules_match_what_brute_force_matches(given_: tuple[list[Rule], str]) -> None:
    rules, text = given_
    _law(rules, text, [Matcher(rules, Scan), Matcher(rules, Pieces)])


@pytest.mark.slow
@given(rules_and_text(), st.data())
@settings(MANY, max_examples=60, derandomize=True)  # too few to search by: each makes two databases
def test_of_a_cut_text_every_span_over_a_seam_is_found(given_: tuple[list[Rule], str], data: st.DataObject) -> None:
    """And no span that is none. Of those beside a seam nothing is promised: they were found before the cut."""
    made, text = given_
    rules = [Rule(one.code, one.reason, one.pattern, ["x"], ["x"], ["x"], "match", timeout=one.timeout) for one in made]
    every = brute_force(rules, Document("d", text))
    seams = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=3)))

    def lies_over(span: Span, seam: int) -> bool:
        """Whether something can be read of a span on both sides: blank lines come along with any match."""
        return span.start < seam < span.end and not any(map(is_blank, (text[span.start : seam], text[seam : span.end])))

    over = {span for span in every if any(lies_over(span, seam) for seam in seams)}
    for finder in (Scan, Pieces):
        document = Document("d", text)
        document.memo[CUT_AT] = seams
        assert over <= set(Matcher(rules, finder).spans(document)) <= set(every)


@pytest.mark.slow
@given(rules_and_text())
@settings(MANY, max_examples=400)
def test_many_made_up_rules_match_what_brute_force_matches(given_: tuple[list[Rule], str]) -> None:
    rules, text = given_
    _law(rules, text, [Matcher(rules, Scan), Matcher(rules, Pieces)])


@cache
def _shipped() -> tuple[list[Rule], Matcher, Matcher]:
    """With all that is compiled for them, which takes seconds."""
    return RULES, Matcher(RULES, Scan), Matcher(RULES, Pieces)


def _changed(text: str, chance: random.Random) -> str:
    """The text as the web may bring it: other case, markup, odd spaces, odd letters, broken lines."""
    out = []
    for char in text:
        if char == " " and chance.random() < 0.2:
            char = chance.choice(["\n", "\n\n", "  ", "\u00a0", "\r\n> ", " **", "\u200b "])
        elif chance.random() < 0.05:
            char = chance.choice([char.upper(), char.translate(ODD), "**" + char, char + "\u00ad", "\\" + char])
        out.append(char)
    return "".join(out)


@pytest.mark.slow
def test_every_shipped_rule_matches_its_examples_wherever_brute_force_does() -> None:
    rules, fast, slow = _shipped()
    chance = random.Random(5)
    for rule in rules:
        for example in (*rule.removes, *rule.keeps):
            whole = chance.choice([example, f"Before.\r\n{example}\r\nAfter."])
            for text in (whole, _changed(example, chance)):
                expected = brute_force([rule], Document("d", text))
                for matcher in (fast, slow):
                    found = [span for span in matcher.spans(Document("d", text)) if span.code == rule.code]
                    assert found == expected, (rule.code, text)


def _mixed(rules: Sequence[Rule], chance: random.Random) -> str:
    """A document of rules' examples, each as the web may bring it."""
    examples = [example for rule in rules for example in (*rule.removes, *rule.keeps)]
    chance.shuffle(examples)
    return "".join(_changed(example, chance) + chance.choice(["\n", "\r\n", "\n\n", " ", "\r"]) for example in examples)


@pytest.mark.slow
@given(st.integers(1, 2**32))
@settings(MANY, max_examples=200)
def test_shipped_rules_match_what_brute_force_matches_in_mixed_documents(seed: int) -> None:
    """Of six rules, by both matchers with all rules; of 300 brute force is asked, since all take seconds a document."""
    rules, *matchers = _shipped()
    chance = random.Random(seed)
    some = chance.sample(rules, 300)
    codes = {rule.code for rule in some}
    text = _mixed(some[:6], chance)
    expected = brute_force(some, Document("d", text))
    for matcher in matchers:
        assert [span for span in matcher.spans(Document("d", text)) if span.code in codes] == expected


@pytest.mark.parametrize("pattern", [": ?$", "x?: ?$", "(?:：|:)\\)?$", "^x?: ?$"])
@pytest.mark.parametrize("before", [0, 3, 14, 15, 16, 17, 40, 70])
def test_a_single_character_is_found_at_the_end_of_any_text(pattern: str, before: int) -> None:
    for matcher in _both(pattern):
        for end in ("", " ", "\n", "\nMore."):
            text = "a" * before + f":{end}"
            assert matcher.spans(Document("d", text)) == brute_force([_rule(pattern)], Document("d", text))


def test_every_shipped_rule_can_be_scanned_for() -> None:
    assert [RULES[number].code for number in index(RULES).always] == []


def _rule(pattern: str) -> Rule:
    return Rule("xx.made.one", "was made up", pattern, ["x"], ["x"], ["x"])


def _both(pattern: str) -> Iterator[Matcher]:
    rules = [_rule(pattern)]
    yield Matcher(rules, Scan)
    yield Matcher(rules, Pieces)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("disk", "DIS\u212a"),
        ("l\u0131st", "LI\u017fT"),
        ("list", "L\u0130ST"),
        ("ίσος", "ΊΣΟΣ ίσος ίσοσ"),
        ("share", "a\x00share\x00b"),
        ("share", "share"),
        ("^share$", "\ufeffshare"),
        ("share this", "share\n\n\n> **this**"),
        ("read more", "[read](http://example.org/a_b) [more](x)"),
        ("a_b", "a_b **a_b**"),
        (r"\d{2}", "٣٤"),
        ("x{0,3}", "xx"),
        (r"(?:share){e<=1}", "shore"),
        (r"(?P<a>share)(?P=a)", "shareshare"),
        (r"\p{Lu}{2}", "AB"),
        (" ^share$", "one line\nshare"),
        ("the$ ^and", "x the\n\nand"),
        ("^on the ^and that", "on the\nand that"),
        (".{2}", "\U0001f600\U0001f600"),
        (r"^share ^\bthis", "share\nthis"),
        (r'^share "\bthis', 'share\n"this'),
        (r"share t\Bh", "share\nthis"),
        (r"share (?!that)", "share\nthat is, share\nthis"),
        (r"share (?=this)", "share\nthis"),
        (r"share(?= this)", "share\nthis"),
        (r"^(?=.{0,99} share).{1,9}$", "do\nshare this"),
        ("share(?:(?!9)){2} ", "share\nthis"),
        ("share(?:x|(?!9)){2}(?: |:)", "share\nthis"),
        ("[[:alpha:] ]{2}x", "abx"),
        (r"share$", "share\nthis"),
    ],
)
def test_finds_what_is_written_unusually(pattern: str, text: str) -> None:
    expected = brute_force([_rule(pattern)], Document("d", text))
    assert expected
    for matcher in _both(pattern):
        assert matcher.spans(Document("d", text)) == expected


NOTHING = Literals("nothing", 0, 0, lambda: Strings([]))
ODD_LINES = "ab[](\\)!*_~`#>+|-\u2013\u2022\u00bb \t\x00\x0b\x1f\x85\u00a0\u2003\u2028\u3000\u200b\u00ad\ufeff\uff5c\uff08\u201c\u00e9"


@given(st.lists(st.text(ODD_LINES, max_size=9) | st.text(st.characters(exclude_characters="\r\n"), max_size=9)))
def test_lines_read_the_same_at_once_as_one_by_one(lines: list[str]) -> None:
    lines = [line for line in lines if not is_blank(line)]
    assert reading(lines) == "\n".join(plain(line).text for line in lines)


@given(st.text("ab \r\n\n*>\u00a0\u200b\x00", max_size=30))
def test_a_match_takes_the_lines_that_the_document_would_widen_it_to(text: str) -> None:
    document = Document("d", text)
    view = View(document)
    for place in range(len(view)):
        for last in range(place, min(place + 3, len(view))):
            first, end = (document.lines[view.numbers[one]] for one in (place, last))
            expected = document.widen(first.start, end.end, "line")
            size = view.starts[last + 1] - view.starts[place]
            for matched in (size - 1, size) if view.text(last, last) else (size,):  # without the line feed, and with it
                found = view.span(_rule("x"), place, 0, matched)
                assert (found.start, found.end) == expected


def test_a_scanned_text_has_the_lines_of_its_raw_text() -> None:
    raw = "a\r\nb\rc\n\n[d](e)\r\n*f*\u200b\r".encode()
    word = Literals("a word", 1, 0, lambda: Strings(["word"]))
    for finder in (Scan(word), Pieces(word)):
        assert finder.scanned(raw)[0].strip(b"\n").split(b"\n") == [b"a", b"b", b"c", b"", b"d", b"f"]
        assert finder.scanned(b"plain")[0].strip(b"\n") == b"plain"


@given(st.text(ODD_LINES + "\n\r", max_size=30))
def test_a_text_reads_the_same_with_the_signs_that_a_scan_finds_as_with_all(text: str) -> None:
    document = Document("d", text)
    _, signs = Scan(NOTHING).scanned(document.raw)
    found, every = View(document, signs), View(document)
    assert (found.numbers, found.whole, found.starts) == (every.numbers, every.whole, every.starts)


def test_needles_come_from_the_pattern_and_not_from_the_keywords() -> None:
    search = Search(Rarity())
    found = search.sets(row(shape(_rule("(?:donate|give) (?:now|today)"))))
    assert found
    for sought in found:
        assert all(any(word in text for word in sought.words) for text in ("donate now", "donate today", "give now"))
        assert "share" not in "".join(sought.words), "the rule's keyword"
    assert search.sets(row(shape(_rule(r"\d{3}")))) == []


def test_what_is_sought_for_the_shipped_rules_is_prepared() -> None:
    """If this fails: python -c "from cleaner.matching.index import prepare; prepare()"."""
    rules = random.Random(3).sample(RULES, 40)
    known = prepared()
    found = [known[key(rule)] for rule in rules if key(rule) in known]
    assert len(found) > 0.8 * len(rules), "a few new rules may wait"
    again = [seek(rule) for rule in rules if key(rule) in known]
    assert json.loads(json.dumps(found)) == json.loads(json.dumps(again))


def test_every_character_that_re_and_regex_match_with_a_letter_of_ascii_is_known() -> None:
    everything = "".join(map(chr, range(0x80, 0x3100)))
    for letter in "abcdefghijklmnopqrstuvwxyz":
        found = regex.findall(letter, everything, regex.IGNORECASE | regex.VERSION0)
        assert ODD_ASCII.keys() >= set(found) | set(re.findall(letter, everything, re.IGNORECASE))


def test_marks_are_neither_words_nor_have_cases_to_either_matcher() -> None:
    everything = "".join(map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x20000))))
    marks = re.findall(f"[{MARKS}]", everything)
    for matcher in (re, regex):
        assert matcher.findall(f"[{MARKS}]", everything, matcher.IGNORECASE) == marks
        assert matcher.findall(r"\w|\d|\s", "".join(marks)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a\u2014b", PLAIN),
        ("caf\u00e9", LETTERED),
        ("\u0416\u0434\u0438 \u2014 \u4eca\u65e5", LETTERED),
        ("cafe\u0301", OTHER),
        ("\u0131", OTHER),
        ("\u00b2", OTHER),
        ("\u0661", OTHER),
    ],
)
def test_kinds_of_text_tell_what_re_may_be_asked_of(text: str, kind: int) -> None:
    assert kind_of(text, 0, len(text)) == kind
    assert kind_of(f"{text}a", len(text), len(text) + 1) == PLAIN


def test_letters_are_words_and_no_digits_to_either_matcher() -> None:
    everything = "".join(map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x10000))))
    letters = re.findall(f"[{LETTERS}]", everything)
    for matcher in (re, regex):
        assert matcher.findall(r"\w", "".join(letters)) == letters
        assert matcher.findall(r"\d|\s", "".join(letters)) == []


CASED = [char for char in map(chr, range(0x21, 0x1F000)) if char.lower() != char or char.upper() != char]
KNOWN = "".join(filter(re.compile(f"[\\x20-\\x7e{LETTERS}]").fullmatch, [*map(chr, range(0x20, 0x7F)), *CASED]))


def test_both_matchers_find_the_same_of_a_letter_whatever_its_case() -> None:
    found = 0
    for char in filter(reads_alike, CASED):
        for pattern in (char, f"[{char}]", f"[^{char}]"):
            same = re.findall(pattern, KNOWN, re.IGNORECASE)
            assert same == regex.findall(pattern, KNOWN, regex.IGNORECASE | regex.VERSION0), pattern
            found += len(same) == 2
    assert found > 500, "a letter and its capital"


@given(st.sampled_from(CASED), st.integers(1, 700), st.booleans())
def test_both_matchers_find_the_same_of_a_range_of_letters(first: str, more: int, negated: bool) -> None:
    last = chr(ord(first) + more)
    pattern = f"[{'^' * negated}{re.escape(first)}-{re.escape(last)}]"
    assume(reads_alike(pattern))
    same = re.findall(pattern, KNOWN, re.IGNORECASE)
    assert same == regex.findall(pattern, KNOWN, regex.IGNORECASE | regex.VERSION0)


@pytest.mark.parametrize(
    "pattern",
    [
        "^\u017fhare",
        "^[\u0100-\u0200]x",
        "^[a-\u0444]",
        r"^\p{Lu}",
        "^(?:a){e<=1}",
        "^(?|a|b)",
        r"^a\u017f",
        "^[[:alpha:]]",
    ],
)
def test_a_pattern_that_two_matchers_may_read_in_two_ways_is_left_to_regex(pattern: str) -> None:
    assert not reads_alike(pattern)


def test_no_row_is_looked_for_of_which_hyperscan_misses_some() -> None:
    """Of en.advertising.paid-through-links, spelled with anything between its sets, it did not find two examples."""
    every = [way for ways in prepared().values() for way in ways]
    assert sum(len(way.sets) > 1 for way in every) > 5
    assert all(apart <= FAR for way in every for apart, _ in way.sets)


def test_a_whole_pattern_counts_what_must_stand_several_times() -> None:
    found = {
        pattern: re.compile(whole(row(shape(Rule("xx.legal.x", "", pattern, ["1"], (), ())))) or b"")
        for pattern in ("^[13][a-km-z1-9]{25,40}$", r"^[13]\w{25,40}$")
    }
    wallet, any_word = found.values()
    assert wallet.search(b"1boatsmrhtkngkdxeepbr") and not wallet.search(b"3rd") and not wallet.search(b"1954")
    assert any_word.search(b"1"), "of underscores, nothing is scanned"


def test_to_build_a_matcher_reads_no_pattern() -> None:
    Matcher(load_rules("legal"))  # the first time, what is kept is made
    rulesets._made.cache_clear()  # a start has only new rules
    new = load_rules("legal")
    Matcher(new)
    assert not [rule.code for rule in new if "anchored" in vars(rule)], "a start has no time for that"


def test_nearly_all_shipped_patterns_are_read_alike() -> None:
    rules = RULES
    assert sum(reads_alike(in_view(rule.pattern)) for rule in rules) > 0.9 * len(rules)


@pytest.mark.parametrize(
    ("pattern", "light"),
    [
        (r"^(?!.{0,300}\bsaid\b)share this$", "^share this$"),
        (r"^(?![\"'(])(?!.{0,9}[()]\)|x+)(?!a)share$", r"^(?![\"'(])(?!a)share$"),
        (r"^(?!.*a)share|^give", "^share|^give"),
        (r"^(?!.*a)share|give", None),  # may match elsewhere on a line
        (r"^(?![\"'(])share", None),
        (r"^share(?!.{0,300}said)", None),
        (r"^(?=.{0,300}\bwe\b)(?!.{0,9}said)share", "^share"),
        (r"^(?![\"'(])(?:[^:\"]|:[^ \"]|\"[^\"]{1,80}\"){0,300}\bshare$", r"^(?![\"'(]).*\bshare$"),
        (r"^(?!.{0,9}said)(?:[^:]|:[^ ]){0,30}(?:a|(?:[^b]|b[.]){0,20}c)$", "^.*(?:a|.*c)$"),
        (r"^(?![\"'(])(?:[^:]|: [^ ]){0,300}share$", None),  # may go on in the next line
        (r"^(?![\"'(])(?:a|b){0,2}share$", None),
    ],
)
def test_what_a_pattern_looks_ahead_for_first_is_asked_last(pattern: str, light: str | None) -> None:
    assert lighter(pattern) == light


@pytest.mark.parametrize("kind", [PLAIN, LETTERED, OTHER])
def test_a_rule_whose_time_is_watched_is_left_to_regex(kind: int) -> None:
    pattern = "^(?!.*a)share"
    watched = _rule(pattern)
    free = Rule(watched.code, watched.reason, pattern, ["x"], ["x"], ["x"], timeout=None)
    assert matching(watched, kind) == (None, None)
    gate, match = matching(free, kind)
    assert gate is not None and gate("share a", 0, 7) and not gate("give", 0, 4)
    assert (match is None) == (kind == OTHER)


@pytest.mark.parametrize("kind", [PLAIN, LETTERED])
def test_what_is_asked_first_is_kept_for_the_next_process(
    kind: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To work out lighter patterns took a fifth of a run on one document."""
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path))
    pattern = "^(?!.{0,9}said)share (?:this|it)$"
    rule = Rule("xx.made.one", "was made up", pattern, ["x"], ["x"], ["x"], timeout=None)
    first = matching(rule, kind)
    monkeypatch.delattr(quick, "lighter")
    for gate, match in (first, matching(rule, kind)):
        assert gate and gate("I said so", 0, 9) is None and gate("Share it", 0, 8)
        assert match and match("Share it", 0, 8) and match("Share it said", 0, 13) is None


def test_frequent_words_count_as_frequent() -> None:
    rarity = Rarity()
    assert rarity("the") < rarity("because") < rarity("unsubscribe")
    assert rarity("ecaus") <= rarity("because") < rarity("because of") < rarity("\nbecause of")


def test_syntax_of_one_matcher_only_is_not_guessed_at() -> None:
    for pattern in (r"\p{Lu}", "(?:a){e<=1}", "[[:alpha:]]", "(?s:.)"):
        with pytest.raises(UnscannableError):
            shape(_rule(pattern))


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "file" / "below"))
    rules = [_rule("share this")]
    assert Matcher(rules, Scan).spans(Document("d", "Share this"))


def test_a_cache_is_used_again_and_a_broken_one_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path))
    rules = [_rule("share this")]
    document = Document("d", "Share this")
    assert Matcher(rules, Scan).spans(document)
    # the rule's pattern is kept as well: tests/test_patterns.py
    entries = {path: path.read_bytes() for path in tmp_path.iterdir() if not path.name.startswith("pattern-")}
    assert len(entries) == 5, "the index, its words, their scan, and the two scans for what is unusual"
    for kept, entry in entries.items():
        for broken in (b"", entry[:-9], b"?" * len(entry), b"{}\n" + entry):
            kept.write_bytes(broken)
            for scan in tmp_path.glob("scan-*") if kept.suffix == ".strings" else ():  # which is made of them
                scan.unlink()
            assert Matcher(rules, Scan).spans(document)
            assert kept.read_bytes() == entry


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    program = "import sys, cleaner.matching; print([m for m in ('hyperscan', 'regex') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env={**os.environ})
    assert run.stdout.strip() == b"[]"
