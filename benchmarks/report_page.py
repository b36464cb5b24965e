"""How long the report of 5,000 documents with 20,000 removals takes: to make, to open, to search.

    python benchmarks/report_page.py [DOCUMENTS [REMOVALS_A_DOCUMENT]]

Needs the extra `browser` and a Chromium. Goals: ready within 3 s, a search within 150 ms.
"""

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from cleaner.log.logged import LoggedDocument, LoggedRemoval
from cleaner.report import gather, render

WORDS = "the minister said on Tuesday that shares of donation water климат 漢字 policy in a new report by group".split()
NOTICES = {
    "any.donation.paypal-address": "Support us today! Donate via PayPal at <http://example.org/donate>.\n",
    "en.sharing.share-line": "Share this article on Facebook | Twitter | WhatsApp 🎉\n",
    "en.syndication.originally-published": "Originally published by Example News. Republished with permission.\n",
    "any.comments.thread": "Anna says:\nI do not agree with this article at all.\nReply\n",
}
SEARCH = """async words => {
  const input = document.getElementById("search");
  const before = performance.now();
  input.value = words;
  input.dispatchEvent(new Event("input", {bubbles: true}));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return [performance.now() - before, document.getElementById("count").textContent];
}"""


def corpus(documents: int, removals: int) -> Iterator[LoggedDocument]:
    """Documents of about 6 KB with notices between their paragraphs; the same ones every time."""
    lot = random.Random(1)
    for number in range(documents):
        text, found = "", []
        for place in range(max(10, removals + 1)):
            text += " ".join(lot.choices(WORDS, k=90)) + ".\n\n"
            if place < removals:
                code = lot.choice(list(NOTICES))
                start, low = len(text), len(text.encode())
                text += NOTICES[code]
                found.append(
                    LoggedRemoval(
                        f"{number:06x}{place:04x}",
                        code.split(".")[1],
                        code,
                        "a notice",
                        0.98,
                        start,
                        len(text),
                        low,
                        len(text.encode()),
                        text.count("\n", 0, start) + 1,
                        text.count("\n"),
                    )
                )
        name = f"site{number % 17}/article-{number:05}.txt"
        yield LoggedDocument(name, f"seeds/{name}", f"cleaned/{name}", text, text.encode(), "utf-8", tuple(found))


def measure(page: Page, address: str) -> None:
    """Prints the times of one browser page."""
    before = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-ready]", state="attached")
    print(f"ready          {time.perf_counter() - before:6.2f} s")
    for view, queries in {
        "removals": ("facebook", "anna says", "nowhere"),
        "documents": ("facebook", "minister", "article-00411", "nowhere"),
    }.items():
        page.evaluate("view => { location.hash = `#/${view}` }", view)
        page.wait_for_selector("#search")
        for words in queries:
            took, said = page.evaluate(SEARCH, words)
            print(f"search {view:<10} {took:4.0f} ms  {words!r}: {said}")


def main() -> None:
    """Makes the page in a temporary folder, and measures it in Chromium."""
    documents, removals = (*map(int, sys.argv[1:]), *(5_000, 4)[len(sys.argv) - 1 :])
    before = time.perf_counter()
    model = gather(corpus(documents, removals))
    page = render(model, "benchmark")
    print(f"{len(model['documents']):,} documents, {len(model['entries']):,} entries, {len(page) / 1e6:.1f} MB")
    print(f"made in        {time.perf_counter() - before:6.2f} s, the corpus included")
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        file.write_bytes(page)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        measure(browser.new_page(), file.as_uri())
        browser.close()


if __name__ == "__main__":
    main()
