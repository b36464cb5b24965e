"""Texts that the program still gets wrong, one for each class of mistakes; written by hand, in the manner of real ones.

Strict: whoever mends one of them hears of it here. The counts of each class are in benchmarks/segmentation.md.
"""

from typing import NamedTuple

import pytest

from cleaner.config import Config
from cleaner.document import Document

ARTICLE = [
    "Old mill to become a library",
    "The grain mill on the south bank, empty since the flood of 2009, will reopen in spring as the town's new library.",
    "Builders began to clear the ground floor on Monday. The wheel stays where it is, behind glass, the architect said.",
    "The council pays two thirds of the cost of nine million, and a trust set up by former millers pays the rest of it.",
    "Residents of Weir Lane had asked for a school instead, and took the council to court over the sale of the yard.",
    "Judges found in July that the sale had been lawful, but told the town to publish its minutes within thirty days.",
    "The reading rooms will hold sixty thousand books, half of them moved from the branch in the market hall.",
]
BODIES = [
    "Finally! My kids have been walking past that ruin for years, can't wait to see it.",
    "nine million and they still have no money for the bus. unbelievable",
    "Does anyone know whether the cafe stays open during the works?",
    "I worked there in the seventies. The noise was terrible but I would not have missed it for the world.",
    "A school would have been the better choice, if you ask me.",
]
NAMES = ["Hetty", "Rolf", "Ines K", "T.J.", "Omar"]


class Miss(NamedTuple):
    """Words of a line that should go from a document, or stay in it, and why they do not yet."""

    name: str
    lines: list[str]
    words: str
    why: str


MISSES = [
    Miss(
        "bodies alone",
        [*ARTICLE, *BODIES],
        BODIES[1],
        "comment bodies without heads or heading read like more article; cutting them costs prose elsewhere",
    ),
    Miss(
        "the first of names alone",
        [*ARTICLE, *(line for pair in zip(NAMES, BODIES, strict=True) for line in pair)],
        BODIES[0],
        "a lone short line before a paragraph is a subheading as often as a name",
    ),
    Miss(
        "one comment, glued to its button",
        [*ARTICLE, f"{BODIES[0]} ReplyDelete"],
        "walking past that ruin",
        "one line is too little structure to tell a comment by",
    ),
    Miss(
        "days above names",
        [
            *ARTICLE,
            *(line for n, body in enumerate(BODIES[1:4]) for line in (f"May {n + 5}, 2012 | {NAMES[n]}", body)),
        ],
        BODIES[2],
        "a day and a name head entries of a diary and a list of events too",
    ),
    Miss(
        "posts that answer a subject",
        [
            *ARTICLE,
            *(
                line
                for name, body in zip(NAMES[:3], BODIES[:3], strict=True)
                for line in ("Re: Old mill to become a library", f"Author: {name} 05.05.12 - 15:14", body)
            ),
        ],
        BODIES[1],
        "a subject with Re: marks a board's page, whose posts are what the page is for",
    ),
    Miss(
        "a teaser worded like prose",
        [
            *ARTICLE,
            "Also of interest",
            "How a village in the hills saved its last shop and made it pay for the school bus.",
        ],
        "saved its last shop",
        "single sentences that read like prose stay unless a rule names them",
    ),
]

LOSSES = [  # the same the other way round: words that should stay, and go
    Miss(
        "short questions and answers about comments",
        [
            "Frequently asked questions",
            "Can I bring a dog on the ferry?\nYes, on a lead. Dogs travel free.",
            "How do I pay?\nIn coins, at the wooden booth. Cards are accepted on weekdays.",
            "Is there a toilet?\nNo. The crossing takes four minutes.",
            "What happens when the river is in flood?\nThe ferry goes on as long as the cable can be seen.",
            "Can I reply to the newsletter?\nYes, we read every answer.",
            "How do I leave a comment?\nUse the form at the booth.",
        ],
        "we read every answer",
        "a few lines that speak of replies and comments, below a text that is hardly an article",
    ),
]


@pytest.mark.parametrize("miss", MISSES, ids=lambda miss: miss.name)
def test_known_misses(miss: Miss, request: pytest.FixtureRequest) -> None:
    request.applymarker(pytest.mark.xfail(reason=miss.why, strict=True))
    cleaned = Config().pipeline()(Document("x", "\n\n".join(miss.lines)))
    assert miss.words not in cleaned.text


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_known_losses(loss: Miss, request: pytest.FixtureRequest) -> None:
    request.applymarker(pytest.mark.xfail(reason=loss.why, strict=True))
    cleaned = Config().pipeline()(Document("x", "\n\n".join(loss.lines)))
    assert loss.words in cleaned.text
