"""A real Chromium for the page's tests. Where there is none they are skipped, but fail in CI."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cleaner.log.logged import LoggedDocument, LoggedRemoval, LoggedSpan
from cleaner.report import gather, render

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HOSTILE = "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("Chromium is missing")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Watched:
    """A browser context that remembers what its pages asked for and complained about."""

    def __init__(self, context: "BrowserContext") -> None:
        self.context = context
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", lambda message: self.complaints.append(message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("dialog", self._dismiss)

    def _dismiss(self, dialog: "Dialog") -> None:
        self.complaints.append("a dialog")
        dialog.dismiss()

    def open(self, address: str) -> "Page":
        page = self.context.new_page()
        page.goto(address)
        page.wait_for_selector("html[data-ready]", state="attached")
        return page


@pytest.fixture
def watched(browser: "Browser") -> "Iterator[Watched]":
    context = browser.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    context.set_default_timeout(10_000)
    watched = Watched(context)
    yield watched
    context.close()
    assert not watched.complaints, "the page complained in the console"


def removal(
    text: str, passage: str, code: str, number: int, kind: Any = "removal", score: float = 0.9, note: str = ""
) -> LoggedRemoval:
    """An entry on the first place where `passage` stands."""
    start = text.index(passage)
    end = start + len(passage)
    lines = (text.count("\n", 0, start) + 1, text.count("\n", 0, end - 1) + 1)
    low, high = len(text[:start].encode()), len(text[:end].encode())
    name = code.split(".")[1]
    reason = f"because of {name}"
    spans = tuple(LoggedSpan(start, end, one, score) for one in (code, "xx.test.also-asked"))
    return LoggedRemoval(f"id-{number}", name, code, reason, score, start, end, low, high, *lines, spans, kind, note)


def corpus() -> list[LoggedDocument]:
    """Six documents: plain cuts, CRLF and emoji, a candidate, a near miss, hostile text, an untouched one."""
    made = []

    def add(name: str, text: str, removals: list[LoggedRemoval], others: list[LoggedRemoval]) -> None:
        raw = text.encode()
        made.append(
            LoggedDocument(name, f"seeds/{name}", f"cleaned/{name}", text, raw, "utf-8", tuple(removals), tuple(others))
        )

    text = "First paragraph of news.\n\nPlease donate via PayPal today.\n\nLast paragraph.\nShare this story\n"
    cut = "Please donate via PayPal today.\n\n"
    add(
        "a.txt",
        text,
        [
            removal(text, cut, "any.donation.paypal", 1, score=0.95),
            removal(text, "Share this story\n", "en.sharing.share", 2, score=0.6),
        ],
        [],
    )
    text = "Ein 🎉 Fest.\r\nBitte spenden 👍\r\nMehr Text 🎉 hier.\r\nEnde.\r\n"
    add("b/crlf.txt", text, [removal(text, "Bitte spenden 👍\r\n", "any.donation.paypal", 3, score=0.8)], [])
    text = "Story.\nFollow the money, she said.\nSupport our work?\n"
    add(
        "c.txt",
        text,
        [],
        [
            removal(
                text,
                "Follow the money, she said.\n",
                "en.sharing.follow",
                4,
                "near miss",
                0.2,
                "the pattern did not match",
            ),
            removal(text, "Support our work?\n", "any.donation.support", 5, "candidate", 0.5),
        ],
    )
    bad = f"{HOSTILE} \x1b[31mred\x1b[0m \u202egnp.exe \u2066x\u2069 \u2028 ${{x}} {{{{y}}}}\n"
    text = f"Safe words.\n{bad}More safe words.\n"
    add("<b>name</b> \u202egpj.html", text, [removal(text, bad, "any.sharing.<i>hostile</i>", 6)], [])
    add("untouched.txt", "Nothing to see here.\n", [], [])
    text = "".join(f"Line {number} of a thread that goes on for long.\n" for number in range(60)) + "End.\n"
    add("long.txt", text, [removal(text, text[45:-5], "any.comments.thread", 7, score=0.7)], [])
    return made


@pytest.fixture
def report(tmp_path: Path) -> "Callable[..., str]":
    """Writes a report and gives its address."""

    def write(documents: list[LoggedDocument] | None = None, **more: Any) -> str:
        path = tmp_path / "report.html"
        path.write_bytes(render(gather(corpus() if documents is None else documents, **more), "test corpus"))
        return path.as_uri()

    return write
