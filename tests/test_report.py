"""What the report counts, samples and lets through, without a browser."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from cleaner.log.logged import LoggedDocument, LoggedRemoval
from cleaner.report import LIMITS, gather, render


def document(name: str, text: str, *ranges: tuple[int, int, str]) -> LoggedDocument:
    removals = tuple(
        LoggedRemoval(
            f"{name}-{start}",
            code.split(".")[1],
            code,
            "a reason",
            0.9,
            start,
            end,
            len(text[:start].encode()),
            len(text[:end].encode()),
            1,
            1,
        )
        for start, end, code in ranges
    )
    return LoggedDocument(name, f"seeds/{name}", f"cleaned/{name}", text, text.encode(), "utf-8", removals)


class Parts(HTMLParser):
    """The scripts, styles and policy of a page, as an HTML parser sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.texts:
            self._open = tag
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open][-1] += data


def parts(page: bytes) -> Parts:
    found = Parts()
    found.feed(page.decode())
    return found


def test_totals_charts_and_positions_count_every_removal() -> None:
    text = "x" * 100
    model = gather(
        [
            document("a", text, (0, 10, "any.donation.a"), (90, 100, "en.sharing.b")),
            document("b", text, (85, 95, "any.donation.a")),
            document("c", text),
        ]
    )
    totals = model["totals"]
    assert (totals["documents"], totals["changed"], totals["removals"]) == (3, 2, 3)
    assert (totals["removed"], totals["characters"]) == (30, 300)
    assert sum(model["positions"]) == 30
    assert model["positions"][:2] == [5, 5] and model["positions"][17:] == [5, 10, 5]
    assert {row["name"]: (row["removals"], row["characters"], row["documents"]) for row in model["rules"]} == {
        "any.donation.a": (2, 20, 2),
        "en.sharing.b": (1, 10, 1),
    }
    assert not model["sampled"]


def test_a_code_whose_reasons_differ_gives_each_removal_its_own() -> None:
    one, two = document("a", "xyz", (0, 1, "any.comments.thread")), document("b", "xyz", (0, 1, "any.comments.thread"))
    two = two._replace(removals=(two.removals[0]._replace(reason="another reason"),))
    assert gather([one])["rules"][0]["reason"] == "a reason"
    model = gather([one, two])
    assert model["rules"][0]["reason"] == ""
    assert [model["names"][row[-1]] for row in model["entries"]] == ["a reason", "another reason"]


@given(
    st.lists(st.text(st.sampled_from("a\n\r🎉é漢\u2028"), min_size=1, max_size=12), min_size=1, max_size=5),
    st.data(),
)
def test_the_pages_offsets_select_the_removed_text_in_utf16(texts: list[str], data: st.DataObject) -> None:
    documents = []
    for number, text in enumerate(texts):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        documents.append(document(f"{number}", text, (start, end, "any.donation.a")))
    model = gather(documents)
    for row in model["entries"]:
        units = model["documents"][row[0]]["text"].encode("utf-16-le")
        original = documents[row[0]]
        removal = original.removals[0]
        assert units[2 * row[5] : 2 * row[6]].decode("utf-16-le") == original.removed(removal)


def test_a_sample_keeps_every_rule_and_the_heaviest_losers_and_is_always_the_same() -> None:
    text = "y" * 1000
    corpus = [document(f"d{number:04}", text, (0, 5, "any.donation.common")) for number in range(400)]
    corpus[123] = document("d0123", text, (0, 5, "en.sharing.rare"))
    corpus[321] = document("d0321", text, (0, 990, "any.donation.common"))
    limits = LIMITS._replace(documents=40, entries=60)
    model = gather(corpus, limits=limits)
    names = [one["id"] for one in model["documents"]]
    assert len(names) == 40 and {"d0123", "d0321"} <= set(names)
    assert model["sampled"] and model["totals"]["documents"] == 400
    again = gather(reversed(corpus), limits=limits)
    assert [one["id"] for one in again["documents"]] == names


def test_a_page_stays_within_each_limit() -> None:
    text = "z" * 100
    corpus = [
        document(f"d{number}", text, *((at, at + 1, "any.donation.a") for at in range(0, 100, 10)))
        for number in range(30)
    ]
    assert len(gather(corpus, limits=LIMITS._replace(entries=55))["entries"]) == 50
    assert len(gather(corpus, limits=LIMITS._replace(characters=250))["documents"]) == 2
    clipped = gather(corpus[:1], limits=LIMITS._replace(document_characters=45))
    assert len(clipped["documents"][0]["text"]) == 45
    assert all(row[6] <= 45 for row in clipped["entries"]) and clipped["sampled"]


@given(st.text(max_size=60))
def test_no_text_leaves_its_place_in_the_page(text: str) -> None:
    text = text.encode("utf-8", "replace").decode() + "</script><!--<script>&amp;\u2028]]>"
    model = gather([document(text, text, (0, len(text), "any.donation.a"))])
    page = render(model, text)
    found = parts(page)
    assert json.loads(found.texts["script"][0]) == json.loads(json.dumps(model))
    assert len(found.texts["script"]) == 2
    outside = re.sub(r"(?s)<script.*?</script>", "", page.decode())
    assert "<!--<script" not in outside


def test_the_policy_names_exactly_what_the_page_ships() -> None:
    found = parts(render(gather([]), "title"))
    (policy,) = [
        attributes["content"] or ""
        for tag, attributes in found.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["connect-src"] == "'none'"
    for name, text in (("style-src", found.texts["style"][0]), ("script-src", found.texts["script"][1])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert directives[name] == f"'sha256-{digest}'"
    addresses = [attributes.get("src") or attributes.get("href") or "" for _, attributes in found.tags]
    assert not [address for address in addresses if "//" in address], "nothing from outside"


def test_only_the_review_page_may_talk_to_its_server() -> None:
    assert b"connect-src 'self'" in render(gather([]) | {"review": True}, "title")


def test_the_same_log_gives_the_same_page() -> None:
    corpus = [document("a", "one two", (0, 3, "any.donation.a"))]
    assert render(gather(corpus), "t") == render(gather(corpus), "t")
