"""The promises that must hold for every text and every filter, whatever they are."""

import json
import os
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Document, Pipeline, Span, cut, merge, restore
from cleaner.config import Config
from cleaner.document import Filter, outside_crlf
from cleaner.log import removals_of, restored
from cleaner.log.entries import Encoded, document_records, dump, entry_lines
from cleaner.pipeline.proposals import SpanError

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))

# Ten thousand tries where a change is judged, a few hundred while one is written.
MANY = 10_000 if os.environ.get("CI") else 300

texts = st.text(max_size=80) | st.text(
    alphabet=st.sampled_from(list("ab \n\r\t😀e\u0301\u200b\ufeff\x00\u2028é©[]*_")), max_size=80
)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(texts.filter(bool))
    spans = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        code = draw(st.sampled_from(["en.donation.a", "any.legal.b", "c"]))
        spans.append(Span(start, end, code, "test", draw(st.sampled_from([0.3, 0.7, 0.95, 1.0]))))
    return text, spans


@settings(max_examples=MANY, deadline=None)
@given(texts_with_spans())
def test_kept_and_removed_text_together_are_the_raw_text(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    removals = merge(text, spans)
    assert restore(cut(text, removals), removals) == text


@settings(max_examples=MANY, deadline=None)
@given(texts_with_spans())
def test_removals_are_sorted_disjoint_and_not_empty_and_name_every_span(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    removals = merge(text, spans)
    for removal in removals:
        assert removal.start < removal.end
        assert removal.text == text[removal.start : removal.end]
    assert all(a.end <= b.start for a, b in pairwise(removals))
    assert {span for removal in removals for span in removal.spans} == set(spans)
    for removal in removals:
        ranks = [(span.start - span.end, -span.score) for span in removal.spans]
        assert ranks == sorted(ranks), "the widest span names a removal, and of those the surest"


def word_filter(word: str, code: str) -> Filter:
    def propose(document: Document) -> Iterable[Span]:
        at = document.text.find(word)
        while at >= 0:
            yield Span(at, at + len(word), code, "a word")
            at = document.text.find(word, at + 1)

    return propose


@settings(max_examples=MANY, deadline=None)
@given(texts_with_spans())
def test_what_is_asked_for_and_left_in_is_a_candidate(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    cleaned = Pipeline([lambda d: spans if d.text == text else []], max_share=1.0)(Document("d", text))
    told = {span for one in (*cleaned.removals, *cleaned.candidates) for span in one.spans}
    gone = [(removal.start, removal.end) for removal in cleaned.removals]
    for span in spans:
        start, end = outside_crlf(text, span.start, span.end)
        hidden = span.score < 0.9 and any(start < high and low < end for low, high in gone)
        assert span._replace(start=start, end=end) in told or hidden


def orders_agree(text: str, filters: Sequence[Filter], order: Sequence[Filter], max_share: float = 0.9) -> bool:
    """Whether two orders of the same filters give one result: what goes, what is a candidate, and what is refused."""
    one, other = (Pipeline(some, max_share=max_share)(Document("d", text)) for some in (filters, order))
    return (one.text, one[1:]) == (other.text, other[1:])


@st.composite
def asking(draw: st.DrawFn) -> tuple[str, list[Filter]]:
    """A text and some filters, each of which asks for spans of its own, and for words wherever they come together."""
    text, spans = draw(texts_with_spans())
    owners = [draw(st.integers(0, 2)) for _ in spans]
    filters: list[Filter] = []
    for number in range(3):
        own = [span for span, owner in zip(spans, owners, strict=True) if owner == number]
        filters.append(lambda d, own=own: own if d.text == text else [])  # type: ignore[misc]
    words = draw(st.lists(st.text(alphabet="ab", min_size=1, max_size=3), max_size=2))
    return text, [*filters, *(word_filter(word, f"w.{word}") for word in words)]


@settings(max_examples=MANY, deadline=None)
@given(asking(), st.data(), st.sampled_from([0.5, 0.9, 1.0]))
def test_the_order_of_filters_does_not_matter(
    case: tuple[str, list[Filter]], data: st.DataObject, max_share: float
) -> None:
    text, filters = case
    assert orders_agree(text, filters, data.draw(st.permutations(filters)), max_share=max_share)


@settings(max_examples=MANY, deadline=None)
@given(st.text(alphabet="ab", max_size=20), st.lists(st.text(alphabet="ab", min_size=1, max_size=3), max_size=3))
def test_cleaning_a_cleaned_text_changes_nothing(text: str, words: list[str]) -> None:
    # Cutting "ab" out of "aabb" brings a new "ab" together: the hardest case for idempotence.
    pipeline = Pipeline([word_filter(word, f"w.{word}") for word in words], max_share=1.0)
    once = pipeline(Document("d", text))
    assert restore(once.text, once.removals) == text
    assert pipeline(Document("d", once.text)).text == once.text


NOTICES = [
    "All rights reserved.",
    "Share this:",
    "12 comments",
    "Reply",
    "By Ann Example",
    "The council met on Tuesday and agreed on nothing of substance, said its chair.",
    "It rained.",
    "Sign up for our newsletter",
    "Advertisement",
    "Jane says:",
    "March 3, 2012 at 4:05 pm",
    "© 2021 Example",
    "```",
    "Like · Reply · 3 h",
    "",
    "",
]
web_texts = st.lists(st.sampled_from(NOTICES) | st.text(alphabet="ab .\r\u00a0😀", max_size=12), max_size=14).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\n\n"]).map(lambda end: end.join(lines))
)


@pytest.fixture(scope="module")
def standard() -> Pipeline:
    return Config().pipeline()


@settings(max_examples=MANY // 10, deadline=None)
@given(web_texts)
def test_the_standard_filters_keep_every_promise(standard: Pipeline, text: str) -> None:
    document = Document("d", text)
    cleaned = standard(document)
    assert restore(cleaned.text, cleaned.removals) == text
    assert standard(Document("d", cleaned.text)).text == cleaned.text
    assert [one.removals for one in standard.many([document])] == [cleaned.removals]


@settings(max_examples=MANY // 10, deadline=None)
@given(web_texts, st.data())
def test_the_order_of_the_filters_that_are_shipped_does_not_matter(
    standard: Pipeline, text: str, data: st.DataObject
) -> None:
    assert orders_agree(text, standard.filters, data.draw(st.permutations(standard.filters)))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name[:3])
def test_nor_does_it_in_the_seeds(standard: Pipeline, seed: Path) -> None:
    text = seed.read_bytes().decode()
    turned = standard.filters[::-1]
    assert orders_agree(text, standard.filters, turned)
    assert orders_agree(text, standard.filters, [*turned[1:], turned[0]])


@settings(max_examples=MANY, deadline=None)
@given(texts_with_spans(), st.sampled_from([("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe")]))
def test_the_log_gives_the_raw_bytes_back(case: tuple[str, list[Span]], encoding: tuple[str, bytes]) -> None:
    text, spans = case
    codec, mark = encoding
    try:
        raw = mark + text.encode(codec)
    except UnicodeEncodeError:
        return
    cleaned = Pipeline([lambda d: spans if d.text == text else []], max_share=1.0)(Document("d", text))
    output = mark + cleaned.text.encode(codec)
    records = list(document_records(cleaned, "d.txt", Encoded.of(raw, codec, mark), output))
    logged = [json.loads(json.dumps(record)) for record in records]
    assert restored(output, logged[0], removals_of(logged)) == raw
    for record in logged[1:]:
        assert raw[record["byte_start"] : record["byte_end"]].decode(codec) == record["text"]
    for hashed in (False, True):
        records = list(document_records(cleaned, "d.txt", Encoded.of(raw, codec, mark), output, hashed))
        assert list(entry_lines(cleaned, Encoded.of(raw, codec, mark), hashed)) == list(map(dump, records[1:]))


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 1), (-1, 2), (0, 9)])
def test_a_filter_that_leaves_the_text_is_named(start: int, end: int) -> None:
    with pytest.raises(SpanError, match=r"x\.y\.z"):
        merge("short", [Span(start, end, "x.y.z", "bad")])


def first_line(document: Document) -> list[Span]:
    return [Span(0, document.lines[0].next, "own.first", "is the first line")] if document.lines else []


def test_a_filter_that_never_comes_to_rest_takes_what_it_took_of_the_raw_text() -> None:
    """It took thirteen first lines of a text, one after the other."""
    text = "".join(f"Line {number} of it.\n" for number in range(20)) + "xxyy\n"
    pipeline = Pipeline([first_line, word_filter("xy", "own.xy")])
    cleaned = pipeline(Document("d", text))
    assert [removal.text for removal in cleaned.removals] == ["Line 0 of it.\n", "xxyy"]
    assert restore(cleaned.text, cleaned.removals) == text
    short = pipeline(Document("d", "One.\nTwo.\nThree.\n"))
    assert (short.text, "cleaned again until nothing changes" in str(short.refused)) == ("One.\nTwo.\nThree.\n", True)
    [removal] = Pipeline([lambda _: [Span(0, 4, "own.x", "")]])(Document("d", "It rained.")).removals
    assert removal.text == "It r"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (None, "gave None; it gives Spans in a list, or yields them"),
        (Span(0, 1, "own.x", ""), "it gives Spans in a list, or yields them"),
        ([(0, 1, "own.x", "", 1.0)], r"gave \(0, 1, 'own.x', '', 1.0\) where a Span belongs"),
        (["It"], "gave 'It' where a Span belongs"),
        ([Span(0.0, 1.0, "own.x", "")], "start and end are whole numbers"),  # type: ignore[arg-type]
        ([Span(0, 1, "own.x", "", None)], "start and end are whole numbers, score one"),  # type: ignore[arg-type]
        ([Span(0, 1, "own.x", "", float("nan"))], "its score is not from 0 to 1"),
        ([Span(0, 1, "own.x", "", 5)], "its score is not from 0 to 1"),
        ([Span(0, 1, "own.x", None)], "code and reason are texts"),  # type: ignore[arg-type]
        ([Span(0, 1, "", "")], "there is a code"),
    ],
)
def test_what_is_no_span_is_told_with_the_filter_that_gave_it(asked: object, words: str) -> None:
    with pytest.raises(SpanError, match=f"the filter own {words}|the filter own gave .*{words}"):
        Pipeline({"own": lambda _: asked})(Document("d", "It rained."))  # type: ignore[dict-item, return-value]


def test_numbers_of_numpy_are_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    asked = [Span(numpy.int64(3), numpy.int64(9), "own.x", "", numpy.float32(1))]
    [removal] = Pipeline([lambda d: asked if d.text == "It rained." else []])(Document("d", "It rained.")).removals
    assert [type(one) for one in (removal.start, removal.end, removal.spans[0].score)] == [int, int, float]


def test_a_filter_that_changes_its_document_is_named() -> None:
    def careless(document: Document) -> list[Span]:
        document.text = document.text.upper()  # type: ignore[misc]
        return []

    with pytest.raises(AttributeError, match="no setter") as caught:
        Pipeline([careless])(Document("d", "It rained."))
    assert caught.value.__notes__ == ["This was in the filter careless, which read d."]
    with pytest.raises(TypeError, match="int is no filter"):
        Pipeline([5])  # type: ignore[list-item]


def test_an_error_in_a_filter_says_which_one_and_where() -> None:
    def hasty(_: Document) -> list[Span]:
        raise KeyError("oops")

    with pytest.raises(KeyError) as caught:
        Pipeline([hasty])(Document("d", "It rained."))
    assert caught.value.__notes__ == ["This was in the filter hasty, which read d."]


@pytest.mark.parametrize(("start", "end", "left"), [(0, 3, "b\r\n"), (0, 2, "b\r\n"), (2, 5, "a"), (5, 6, "a\r\nb")])
def test_a_line_end_is_never_cut_in_two(start: int, end: int, left: str) -> None:
    """Half a CRLF that stays is a line end that was never there."""
    text = "a\r\nb\r\n"
    asked = [Span(start, end, "own.x", "")]
    cleaned = Pipeline([lambda d: asked if d.text == text else []], max_share=1.0)(Document("d", text))
    assert cleaned.text == left
    assert restore(cleaned.text, cleaned.removals) == text


def test_spans_that_touch_stay_two_lines_of_the_log() -> None:
    assert len(merge("abcd", [Span(0, 2, "a", ""), Span(2, 4, "b", "")])) == 2


def test_a_decision_to_keep_wins_over_every_filter() -> None:
    pipeline = Pipeline([lambda _: [Span(0, 2, "a", "")]], keep=lambda _document, removal: removal.start == 0)
    cleaned = pipeline(Document("d", "abcd"))
    assert cleaned.text == "abcd"
    assert [candidate.text for candidate in cleaned.candidates] == ["ab"]


def test_a_document_that_would_lose_nearly_all_is_left_whole_and_says_so() -> None:
    cleaned = Pipeline([lambda d: [Span(0, 99, "en.legal.x", "")] if len(d.text) > 9 else []])(Document("d", "x" * 100))
    assert cleaned.text == "x" * 100
    assert cleaned.refused is not None and "99 %" in cleaned.refused


def test_a_thread_may_be_nearly_all_of_a_document() -> None:
    cleaned = Pipeline([lambda d: [Span(5, 500, "any.comments.thread", "")] if len(d.text) > 9 else []])(
        Document("d", "x" * 500)
    )
    assert cleaned.text == "xxxxx"
