"""What each filter removes, and what the codes mean that code gives and no rule: for people who ask."""

from typing import NamedTuple

from cleaner.filters import CODES, REASONS
from cleaner.review.decisions import FILE, FILTER, MARKED, REASON

REMOVES = {
    "syndication": '"originally published on", permission to cross-post, the source of the article',
    "donation": "appeals for money, and where to send it",
    "comments": "reader comment threads and their forms; each comment is named in the log",
    "legal": "copyright lines, disclaimers, fair-use notices",
    "sharing": "share, follow and like lines and bars",
    "subscription": "newsletters, paywall prompts, membership",
    "navigation": "related articles, tags, topics, translate, read more",
    "advertising": "advertisement markers, sponsoring, affiliate disclosures",
    "consent": "cookie banners",
    "residue": "boilerplate that no rule names, judged line by line by place, neighbours and words",
    "metadata": "bylines and datelines",
}

_FOUND_BY = {
    "comments": "a learned model of the lines of a document, with a grammar of the heads that comments have",
    "residue": "a learned model of the lines of a document: their place, their neighbours and their words",
}
_DECIDED = f"what people marked in cleaner review, in {FILE.as_posix()}"


class Coded(NamedTuple):
    """A code that no rule has: why what it names is removed, and what finds it."""

    code: str
    filter: str
    reason: str
    found_by: str


CODED = (
    *(Coded(code, name, REASONS[code], _FOUND_BY[name]) for name, codes in CODES.items() for code in codes),
    Coded(MARKED, FILTER, REASON, _DECIDED),
)
