"""The report in a real browser: searched, stepped through, judged, never turned against its reader."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.report import LIMITS
from cleaner.review.decisions import find, load
from tests.browser.conftest import HOSTILE, Watched, corpus

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

VIEWS = ["#/overview", "#/removals", "#/documents", "#/document/2", "#/document/3"]


def show(page: "Page", view: str) -> None:
    page.evaluate("view => { location.hash = view }", view)
    page.wait_for_function("view => document.querySelector('main h1') && location.hash === view", arg=view)
    page.wait_for_timeout(50)


def count(page: "Page") -> int:
    return page.locator(".card").count()


def download(page: "Page", folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.click("#download")
    assert waiting.value.suggested_filename == "decisions.jsonl"
    path = folder / "decisions.jsonl"
    waiting.value.save_as(path)
    return path


def test_it_asks_for_nothing_but_itself(watched: Watched, report: Callable[..., str]) -> None:
    address = report()
    page = watched.open(address)
    for view in VIEWS:
        show(page, view)
    assert {url.split("#")[0] for url in watched.requests} == {address}


def test_its_policy_stops_what_it_did_not_ship(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report())
    page.evaluate(
        """async () => {
          const script = document.createElement("script");
          script.textContent = "window.hacked = 1";
          document.body.append(script);
          const image = document.createElement("img");
          image.src = "http://127.0.0.1:9/x.png";
          document.body.append(image);
          await fetch("http://127.0.0.1:9/").catch(() => {});
        }"""
    )
    assert page.evaluate("window.hacked") is None
    for directive in ("script-src", "img-src", "connect-src"):
        assert any(f"{directive} " in text for text in watched.complaints), directive
    watched.complaints.clear()


def test_the_overview_tells_the_totals(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report())
    tiles = dict(
        zip(
            page.locator(".tiles dt").all_inner_texts(),
            page.locator(".tiles dd").all_inner_texts(),
            strict=True,
        )
    )
    removed = sum(one.end - one.start for document in corpus() for one in document.removals)
    assert tiles["documents"] == "6"
    assert tiles["of them changed"] == "4"
    assert tiles["removals"] == "5"
    assert tiles["characters removed"] == f"{removed:,}"
    assert (tiles["candidates left in"], tiles["near misses"]) == ("1", "1")
    page.click("text=any.donation.paypal")
    page.wait_for_selector(".card")
    assert count(page) == 2
    assert page.input_value("select[name=rule]") == "any.donation.paypal"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("q", "paypal", 2),
        ("q", "PAYPAL today", 1),
        ("q", '"donate via"', 1),
        ("q", "via donate", 1),
        ("q", "nowhere", 0),
        ("q", "b/crlf", 1),
        ("doc", "LONG", 1),
        ("min", "0.9", 2),
        ("max", "0.5", 2),
        ("filter", "donation", 3),
        ("rule", "any.donation.support", 1),
        ("kind", "near miss", 1),
        ("kind", "removal", 5),
    ],
)
def test_each_condition_narrows_the_removals(
    watched: Watched, report: Callable[..., str], name: str, value: str, expected: int
) -> None:
    page = watched.open(report() + "#/removals")
    assert count(page) == 7
    field = page.locator(f".conditions [name={name}]")
    if field.evaluate("element => element.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)
    assert count(page) == expected
    said = page.inner_text("#count")
    assert said == ({0: "Nothing fits these conditions.", 1: "1 entry."}.get(expected) or f"{expected} entries.")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert count(page) == expected, "the address keeps the conditions"


def test_a_card_shows_before_and_after(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report() + "#/removals?q=today")
    panes = page.locator(".card .text")
    assert "Please donate via PayPal today." in panes.nth(0).inner_text()
    assert page.locator(".card del .label").inner_text() == "donation"
    assert "also asked for by xx.test.also-asked" in page.inner_text(".card .facts")
    assert page.locator(".card del.other").inner_text() == "Share this story\n", "cut too, by another rule"
    after = panes.nth(1).inner_text()
    assert "Please donate" not in after and "Share this story" not in after
    assert after.startswith("First paragraph of news.") and "Last paragraph." in after


def test_candidates_and_near_misses_are_said_to_be_such(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report())
    show(page, f"#/document/{_place('c.txt')}")
    assert page.locator("del").count() == 0
    labels = page.locator("mark .label").all_inner_texts()
    assert labels == ["near miss: en.sharing.follow +1", "candidate: any.donation.support +1"]
    told = page.locator("mark").first.get_attribute("title")
    assert told == "en.sharing.follow, xx.test.also-asked: the pattern did not match"
    show(page, "#/removals?kind=near+miss")
    assert "the pattern did not match" in page.inner_text(".card")


def _place(name: str) -> int:
    return sorted(document.id for document in corpus()).index(name)


def test_keys_step_judge_and_take_back(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report() + "#/removals?order=document&kind=removal")
    current = page.locator(".card.current")
    page.keyboard.press("j")
    first = current.get_attribute("data-entry")
    page.keyboard.press("j")
    assert current.get_attribute("data-entry") != first
    page.keyboard.press("k")
    assert current.get_attribute("data-entry") == first
    page.keyboard.press("k")
    assert current.get_attribute("data-entry") == first, "there is nothing before the first"
    keep, remove = current.locator("button.keep"), current.locator("button.remove")
    page.keyboard.press("u")
    assert (keep.get_attribute("aria-pressed"), remove.get_attribute("aria-pressed")) == ("true", "false")
    page.keyboard.press("x")
    assert (keep.get_attribute("aria-pressed"), remove.get_attribute("aria-pressed")) == ("false", "true")
    page.keyboard.press("x")
    assert (keep.get_attribute("aria-pressed"), remove.get_attribute("aria-pressed")) == ("false", "false")
    page.keyboard.press("o")
    page.wait_for_selector(".text.page .current")
    assert page.locator(".text.page .current").get_attribute("data-entry") == first


def test_keys_stay_out_of_text_fields_and_shortcuts(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report())
    page.keyboard.press("/")
    page.wait_for_selector("#search:focus")
    page.keyboard.type("jkxu")
    assert page.input_value("#search") == "jkxu"
    assert page.inner_text("#download") == "Download 0 decisions"
    page.keyboard.press("Escape")
    page.fill("#search", "")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+x")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("j")
    assert page.locator(".card.current").count() == 0
    page.keyboard.press("Escape")
    assert not page.locator("#help").is_visible()


def test_single_keys_can_be_turned_off(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report() + "#/removals")
    page.click("#keys")
    page.uncheck("#keys-on")
    page.click("#close")
    for key in "ju?":
        page.keyboard.press(key)
    assert page.locator(".current, dialog[open]").count() == 0
    page.reload()
    page.keyboard.press("j")
    assert page.locator(".current").count() == 0, "the choice lasts"


def test_j_goes_beyond_the_first_page_of_cards(watched: Watched, report: Callable[..., str]) -> None:
    base = corpus()[0]
    page = watched.open(report([base._replace(id=f"{number:02}") for number in range(20)]) + "#/removals")
    assert count(page) == 25
    for _ in range(26):
        page.keyboard.press("j")
    assert count(page) == 40
    assert page.locator(".card").nth(25).evaluate("card => card === document.querySelector('.current')")


def test_marks_become_a_decisions_file(watched: Watched, report: Callable[..., str], tmp_path: Path) -> None:
    page = watched.open(report() + "#/removals?order=document&kind=removal")
    page.locator('.card:has(del:not(.other):has-text("PayPal today"))').locator("button.keep").click()
    page.locator('.card:has(del:not(.other):has-text("Share this story"))').locator("button.remove").click()
    assert page.inner_text("#download") == "Download 2 decisions"
    decisions = load(download(page, tmp_path))
    assert (decisions.keeps("id-1"), decisions.removes("id-2"), len(decisions)) == (True, True, 2)
    assert {one.code for one in decisions} == {"any.donation.paypal", "en.sharing.share"}
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.inner_text("#download") == "Download 2 decisions", "marks survive a reload"
    page.select_option("select[name=mark]", "keep")
    assert count(page) == 1


def test_decisions_made_before_are_there(watched: Watched, report: Callable[..., str], tmp_path: Path) -> None:
    known = {"decision": "keep", "id": "id-3", "document": "b/crlf.txt", "code": "any.donation.paypal"}
    page = watched.open(report(decisions=[known]) + "#/removals?q=spenden")
    assert page.locator("button.keep").get_attribute("aria-pressed") == "true"
    assert load(download(page, tmp_path)).keeps("id-3")


@pytest.mark.parametrize("passage", ["Mehr Text 🎉 hier.", "🎉", "hier.\r\nEnde."])
def test_selected_text_is_marked_with_its_surroundings(
    watched: Watched, report: Callable[..., str], tmp_path: Path, passage: str
) -> None:
    document = corpus()[1]
    page = watched.open(report() + f"#/document/{_place(document.id)}")
    page.evaluate(
        """passage => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          let last = null;
          while (walker.nextNode()) last = walker.currentNode;
          const start = last.data.indexOf(passage);
          getSelection().setBaseAndExtent(last, start, last, start + passage.length);
        }""",
        passage,
    )
    page.keyboard.press("x")
    assert "marked by hand" in page.inner_text("del.hand .label")
    (decision,) = load(download(page, tmp_path))
    start = document.text.rindex(passage)
    assert (decision.document, decision.exact, decision.start) == (document.id, passage, start)
    assert find(document.text, decision) == (start, start + len(passage))
    page.click("text=unmark")
    assert page.inner_text("#download") == "Download 0 decisions"


def test_hostile_text_stays_text(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report())
    for view in [*VIEWS, f"#/removals?q={'%3C'}b%3E", "#/document/0"]:
        show(page, view)
        assert page.evaluate("window.hacked") is None
        assert page.locator("main img, main script, main i, main b").count() == 0
    shown = page.inner_text("#text")
    assert HOSTILE in shown
    assert "␛[31mred" in shown and "\x1b" not in shown
    assert "U+202E" in shown and "\u202e" not in shown and "\u2066" not in shown
    assert "<b>name</b> U+202Egpj.html" in page.inner_text("h1")
    assert "\u202e" not in page.inner_text("body")


def test_a_document_can_be_read_as_it_came_out(watched: Watched, report: Callable[..., str]) -> None:
    document = corpus()[0]
    page = watched.open(report() + f"#/document/{_place(document.id)}")
    cleaned = "".join(document.text[start:end] for start, end in document.kept())
    assert "donate" in page.inner_text("#text")
    page.uncheck("#show-removed")
    assert page.inner_text("#text").strip() == cleaned.strip()


def test_a_long_cut_is_folded_and_opens(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report() + "#/removals?doc=long")
    assert "Line 30 of" not in page.locator(".card .text").first.inner_text()
    page.click(".fold")
    assert "Line 30 of" in page.locator(".card .text").first.inner_text()


def test_documents_are_found_by_name_and_by_text(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report() + "#/documents")
    rows = page.locator("tbody tr")
    assert rows.count() == 6
    page.fill("#search", "nothing to SEE")
    assert rows.all_inner_texts()[0].startswith("untouched.txt") and rows.count() == 1


def test_above_its_limits_it_samples_and_says_so(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report(limits=LIMITS._replace(documents=3)))
    said = page.inner_text("#sample")
    assert "sample" in said and "3 of 6 documents" in said
    assert page.locator(".tiles dd").first.inner_text() == "6", "totals count everything"
    assert page.locator("#sample").count() == 1
    show(page, "#/documents")
    assert page.locator("tbody tr").count() == 3


def test_the_theme_follows_the_system_or_the_reader(watched: Watched, report: Callable[..., str]) -> None:
    page = watched.open(report())
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(paper)
    assert dark != light
    page.click("#theme")
    assert (page.inner_text("#theme"), page.evaluate(paper)) == ("Theme: light", light)
    page.click("#theme")
    page.emulate_media(color_scheme="light")
    assert (page.inner_text("#theme"), page.evaluate(paper)) == ("Theme: dark", dark)
    page.reload()
    assert page.evaluate(paper) == dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_axe_finds_nothing_to_complain_about(
    watched: Watched, report: Callable[..., str], scheme: str, width: int
) -> None:
    package = importlib.util.find_spec("axe_core_python")
    assert package and package.origin, "axe-core-python ships axe-core"
    source = Path(package.origin).with_name("axe.min.js").read_text("utf-8")
    page = watched.open(report())
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(source)
    for view in [*VIEWS, "#/document/0", "#/removals?q=nowhere"]:
        show(page, view)
        page.keyboard.press("j")
        page.keyboard.press("u")
        found = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        assert _told(found) == [], f"{view} in {scheme} at {width}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("?")
    assert _told(page.evaluate("axe.run()")) == []


def _told(found: dict[str, list[dict[str, object]]]) -> list[str]:
    return [json.dumps([one["id"], one["nodes"]])[:1500] for one in found["violations"]]
