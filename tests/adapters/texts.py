"""The same few documents for every adapter, and what must come of them."""

from cleaner import clean
from cleaner.adapters.batch import restore_text

ARTICLE = [
    "The council met on Tuesday and agreed on nothing of substance, said its chair after a session of five hours. 😀",
    (
        "Two members had asked for a vote on the bridge, which has been closed to traffic since the flood of last spring. "
        "The vote was put off to the next meeting, as it had been in March and in April."
    ),
    (
        "Repairs would cost the town about as much as a new bridge, an engineer told them, and take just as long. He had "
        "brought drawings of both, and a model made of balsa wood that his daughter had painted green."
    ),
    (
        "“We cannot go on driving around by the mill,” said the baker, whose shop stands where the road now ends. His "
        "customers come on foot, if they come at all, and half of his bread goes to the pigs of a cousin."
    ),
    (
        "The mill itself is for sale. Its owner, who is eighty-one, wants to see the sea once more before winter, and "
        "nobody in the family knows how to dress a millstone any longer."
    ),
    (
        "An old ferry could be brought back for a summer, the youngest member proposed. It lies on the bank below the "
        "church, with two boards missing, and children have played pirates in it for as long as anybody remembers."
    ),
    "The chair thanked her for the idea and closed the meeting at a quarter to midnight, when the lamps were put out.",
    "Outside, the river had risen by another hand’s breadth, and the fire brigade was carrying sandbags to the school.",
]
NOTICE = "All rights reserved.\n"
ROWS: list[dict[str, object]] = [
    {
        "id": f"page-{number}",
        "text": "\n\n".join([f"# Notes from the town, number {number}", *ARTICLE[: 5 + number % 4], ""])
        + NOTICE * (number % 2),
        "kept": number,
    }
    for number in range(20)
]


TABLE = [*ROWS, {"id": "no page", "text": None, "kept": -1}]  # where it knows missing texts


def check(rows: list[dict[str, object]], before: list[dict[str, object]]) -> None:
    """Every row is cleaned as in one process, its other columns untouched, and its raw text comes back."""
    assert sorted(str(row["id"]) for row in rows) == sorted(str(row["id"]) for row in before)
    raw = {str(row["id"]): row for row in before}
    for row in rows:
        text = raw[str(row["id"])]["text"]
        assert row["kept"] == raw[str(row["id"])]["kept"]
        if text is None:
            assert row["text"] is None and row["removals"] is None
            continue
        assert row["text"] == clean(str(text)).text
        assert restore_text(str(row["text"]), str(row["removals"])) == text
    assert sum("reserved" in str(row["text"]) for row in rows) == 0
