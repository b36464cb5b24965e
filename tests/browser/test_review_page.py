"""The review page with its server, from end to end: marks reach the disk, other tabs and a later visit."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.report import gather, render
from cleaner.review.decisions import Decision, Decisions, load, record, save
from cleaner.review.server import Server
from tests.browser.conftest import Watched, corpus

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    return tmp_path / ".cleaner/decisions.jsonl"


@pytest.fixture
def server(decisions: Path) -> Iterator[Server]:
    def page() -> bytes:
        model = gather(corpus(), [record(one) for one in load(decisions)])
        return render(model | {"review": True}, "review")

    server = Server(page, decisions)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def card(page: "Page", text: str) -> "Locator":
    return page.locator(f".card:has(del:not(.other):has-text('{text}'))")


def said(page: "Page", text: str) -> None:
    page.locator("#saved", has_text=re.compile(f"^{text}")).wait_for()


def pressed(page: "Page", text: str, verdict: str, value: str) -> None:
    card(page, text).locator(f"button.{verdict}[aria-pressed={value}]").wait_for()


def test_a_mark_is_saved_survives_a_reload_and_shows_in_another_tab(
    watched: Watched, server: Server, decisions: Path
) -> None:
    one = watched.open(server.address + "#/removals")
    two = watched.open(server.address + "#/removals")
    one.bring_to_front()
    card(one, "PayPal today").locator("button.keep").click()
    said(one, "Saved")
    assert load(decisions).keeps("id-1")
    two.bring_to_front()
    pressed(two, "PayPal today", "keep", "true")
    card(two, "PayPal today").locator("button.keep").click()
    card(two, "Share this story").locator("button.remove").click()
    one.bring_to_front()
    pressed(one, "PayPal today", "keep", "false")
    pressed(one, "Share this story", "remove", "true")
    found = load(decisions)
    assert (found.keeps("id-1"), found.removes("id-2"), len(found)) == (False, True, 1)
    one.reload()
    pressed(one, "Share this story", "remove", "true")
    allowed = {server.address, f"{server.address}decisions"}
    assert {url.split("#")[0] for url in watched.requests} == allowed


def test_every_key_stroke_of_a_quick_reader_is_saved_in_order(
    watched: Watched, server: Server, decisions: Path
) -> None:
    page = watched.open(server.address + "#/removals?kind=removal")
    for _ in range(5):
        for key in "juxxu":
            page.keyboard.press(key)
    said(page, "Saved")
    found = load(decisions)
    assert len(found) == 5 and all(found.keeps(f"id-{number}") for number in (1, 2, 3, 6, 7))


def test_what_another_program_decided_shows_up(watched: Watched, server: Server, decisions: Path) -> None:
    page = watched.open(server.address + "#/removals")
    save(decisions, Decisions([Decision("keep", id="id-2", document="a.txt", code="en.sharing.share")]))
    pressed(page, "Share this story", "keep", "true")


def test_a_mark_made_while_the_server_is_away_is_saved_when_it_answers(
    watched: Watched, server: Server, decisions: Path
) -> None:
    page = watched.open(server.address + "#/removals")
    page.route("**/decisions", lambda route: route.abort())
    card(page, "PayPal today").locator("button.keep").click()
    said(page, "Not saved yet")
    assert not decisions.exists()
    page.unroute("**/decisions")
    said(page, "Saved")
    assert load(decisions).keeps("id-1")
    watched.complaints[:] = [text for text in watched.complaints if "net::ERR_FAILED" not in text]


def test_another_site_cannot_mark_anything(watched: Watched, server: Server, decisions: Path) -> None:
    page = watched.context.new_page()
    page.goto("data:text/html,<p>evil")
    status = page.evaluate(
        """address => fetch(address + "decisions", {
          method: "POST", mode: "no-cors", body: JSON.stringify({decision: "keep", id: "id-1"}),
        }).then(answer => answer.status, () => "refused")""",
        server.address,
    )
    assert status in (0, "refused"), "another page learns nothing"
    assert not decisions.exists()
    watched.complaints.clear()
