"""The same few documents for every engine, and what must come of them."""

from cleaner import clean
from cleaner.adapters.batch import restore_text

ARTICLE = [
    "The council met on Tuesday and agreed on nothing of substance, said its chair after the session. 😀\n\n",
    "Two members had asked for a vote on the bridge, which has been closed since the flood of last spring.\n\n",
    "Repairs would cost the town about as much as a new one, an engineer told them, and take just as long.\n\n",
]
NOTICE = "All rights reserved.\n"
ROWS = [
    {"id": f"page-{number}", "text": "".join(ARTICLE[: 1 + number % 3]) + NOTICE * (number % 2), "kept": number}
    for number in range(20)
]


def check(rows: list[dict[str, object]]) -> None:
    """Every row is cleaned as in one process, its other columns untouched, and its raw text comes back."""
    assert sorted(str(row["id"]) for row in rows) == sorted(str(row["id"]) for row in ROWS)
    raw = {str(row["id"]): row for row in ROWS}
    for row in rows:
        before = raw[str(row["id"])]
        assert row["text"] == clean(str(before["text"])).text
        assert restore_text(str(row["text"]), str(row["removals"])) == before["text"]
        assert row["kept"] == before["kept"]
    assert sum("reserved" in str(row["text"]) for row in rows) == 0
