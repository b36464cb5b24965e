"""Offsets, lines and the reader's view: what everything else rests on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Document, is_blank
from cleaner.text.plain import plain

awkward = st.text(
    alphabet=st.sampled_from(list("ab .*_[]()\\`~#>-\n\r\t\x00\x0b\x0c\x85\u2028\u00a0\u200b\u00ad\ufeff\u0301é😀’“—")),
    max_size=60,
) | st.text(max_size=60)


@given(awkward)
def test_lines_are_the_text_and_end_only_at_cr_and_lf(text: str) -> None:
    lines = Document("d", text).lines
    assert "".join(text[line.start : line.next] for line in lines) == text
    for line in lines:
        assert text[line.end : line.next] in ("\n", "\r\n", "\r", "")
        assert not set(text[line.start : line.end]) & {"\n", "\r"}


@given(awkward, st.data())
def test_line_at_finds_the_line_that_holds_an_offset(text: str, data: st.DataObject) -> None:
    document = Document("d", text)
    if not text:
        return
    offset = data.draw(st.integers(0, len(text) - 1))
    line = document.lines[document.line_at(offset)]
    assert line.start <= offset < line.next


@given(awkward)
def test_the_view_of_a_line_points_back_into_the_line(text: str) -> None:
    line = text.replace("\n", " ").replace("\r", " ")
    view = plain(line)
    places = [view.raw(i) for i in range(len(view.text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(line)
    for character, place in zip(view.text, places, strict=False):
        raw = line[place]
        assert character == raw or (character == " " and raw.isspace()) or not raw.isascii()


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("**Disclaimer:** The contents", "Disclaimer: The contents"),
        ("[Become a Member of X](#)", "Become a Member of X"),
        ("**[Comment on X](http://e.org/a_(b))**", "Comment on X"),
        ("Share\u00a0this \u200b post", "Share this post"),
        ("“All rights reserved”—it’s", '"All rights reserved"-it\'s'),
        ("  ## Related posts ", "Related posts"),
        ("> - quoted item", "quoted item"),
        ("\\* \\[1\\]", "* [1]"),
        ("2 * 3 * 4 and snake_case stay", "2 * 3 * 4 and snake_case stay"),
        ("sub\u00adscribe", "subscribe"),
    ],
)
def test_a_reader_does_not_see_markup(raw: str, seen: str) -> None:
    assert plain(raw).text == seen


@given(awkward, st.data())
def test_widening_never_shrinks_and_never_splits_a_crlf(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for scope in ("match", "line", "paragraph"):
        low, high = Document("d", text).widen(start, end, scope)  # type: ignore[arg-type]
        assert 0 <= low <= start < end <= high <= len(text)
        for edge in (low, high):
            assert text[max(edge - 1, 0) : edge + 1] != "\r\n"


def test_a_line_takes_the_blank_lines_after_it_along() -> None:
    document = Document("d", "A\n\nShare this\n \n\nB\n")
    assert document.widen(3, 8, "line") == (3, 17)


def test_a_hard_wrapped_paragraph_is_one_paragraph() -> None:
    wrapped = (
        "The views expressed in this article are those of the author alone\n"
        "and do not necessarily reflect the position of this magazine, its\n"
        "editors or its owners.\nNext.\n"
    )
    assert Document("d", wrapped).paragraphs() == [(0, 2), (3, 3)]


def test_paragraphs_on_lines_of_their_own_stay_apart_without_blank_lines() -> None:
    text = "A long paragraph of an article that no one has wrapped, since every line is one. " * 3
    assert Document("d", f"{text}\n{text}\nShort.\n").paragraphs() == [(0, 0), (1, 1), (2, 2)]


def test_zero_width_characters_are_nothing_to_read() -> None:
    assert is_blank(" \u200b\ufeff\t")
    assert not is_blank(" \u200b.")
