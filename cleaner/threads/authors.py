"""Who speaks: what can be a name, and the name in what stands beside a date or before a colon."""

import re

from cleaner.text.expressions import expression
from cleaner.text.sentences import CLOSING, STOPS

from . import words
from .buttons import fold_key, is_buttons

_FEW = 2  # words of a name that has a small picture
SHORT = 48  # characters of a line that may be a lone name
SAYS = expression(
    rf"(?P<author>\S.{{0,58}}?)\s?(?:\b(?:{words.SAYS})\b|(?:{words.SAYS_CJK}))(?P<rest>.{{0,60}}?)(?P<mark>\s?[:…]|\.\.\.)?\Z",
    re.IGNORECASE | re.VERBOSE,
)
POSTED = expression(rf"(?:{words.POSTED})[\s:]{{0,3}}", re.IGNORECASE | re.VERBOSE)
_LEADS = expression(r"\A(?:\[[-–−+]\]\s?|\d{1,9}\s(?=\D)|\d{1,4}\s?[楼樓]\s)+")
_BEARS = expression(
    r"\s?[\[(](?:visitor|anonymous|guest|member|admin|moderator|registered\suser|unregistered|not\sverified|gast|invitado|invité|гость"
    r"|nicht\süberprüft|no\sverificado|non\svérifié|ikke\sverificeret|niet\sgecontroleerd|не\sпроверено|gość|misafir|ospite"
    r"|visitante|convidado|author|autor|auteur|автор)[\])]?\Z|\s?\(?ip[:\s]\s?\d{1,3}\.[\d.*]{3,12}\)?\Z",
    re.IGNORECASE,
)  # what a system adds to a name
_SCORED = expression(  # "341 points342 points343 points": what votes have made of it, once, or for each way to vote
    rf"""(?:\s?\[?(?:comment\sscore\sbelow\sthreshold|score\shidden)\]?)?
    (?:(?:\A|[\s·|,-]|(?<=[^\W\d_])){{1,3}}[-+]?\d{{1,6}}(?:[.,]\d{{1,3}}k?)?\s?(?:{words.POINTS})(?![^\W\d_])){{1,4}}\Z""",
    re.IGNORECASE | re.VERBOSE,
)
JOINED = expression(
    r"\s(?:on|at|am|um|le|à|el|a las|às|em|il|alle|op|om|в|the|said|den|kl|klo|dne|la|pe|στις|pada|tanggal"
    r"|vào|lúc|ngày|tarihinde|ב-?|בתאריך|في|در|:)\Z|\s?(?:发表于|發表於|发布于)\Z",
    re.IGNORECASE,
)
_EMOJI = expression(r":[a-z][a-z0-9_+-]{1,30}:", re.IGNORECASE)  # "jo :verified:"
_END = expression(rf"[{STOPS};,][{CLOSING}]{{0,2}}\Z")
_NO_NAME = expression(
    r"[$€£¥₽]|\b(?:eur|usd|gbp)\b|\d[.,]\d|\A[&+]|\A\d{1,2}(?:st|nd|rd|th)\b"
    r"|\w\stime(?:\s\([^()]{1,20}\)?)?\Z",  # "10:00 Mountain time (America)"
    re.IGNORECASE,
)


def is_name(text: str, key: str | None = None) -> bool:
    """Whether a short text can be what a reader calls himself; `key` is its folded form, if known."""
    if not 1 < len(text) <= SHORT or text.count(" ") > 5 or _END.search(text):
        return text.endswith(".") and 3 < len(text) < 24 and text.count(" ") == 1 and text[-3:-2].isspace()
    return (
        any(c.isalpha() for c in text)
        and "http" not in text
        and (":" not in text or _is_plain(_EMOJI.sub("", text)))
        and "<" not in text
        and '"' not in text
        and (key or fold_key(text)) not in words.NOT_NAMES
    )


def _is_plain(text: str) -> bool:
    """Whether a name that had small pictures in it is one without them: sentences may end so as well."""
    return ":" not in text and len(text.split()) <= _FEW


def without_by(name: str) -> str:
    """A name without the "by" before it."""
    posted = POSTED.match(name)
    return name[posted.end() :] if posted and posted[0][-1:] in " :" and posted.end() < len(name) else name


def author_of(text: str) -> str:
    """The name in what stands beside a date; empty when no name can be."""
    text = _LEADS.sub("", text)
    posted = POSTED.match(text)
    name = _LEADS.sub("", text[posted.end() :]) if posted else text
    name = _SCORED.sub("", _BEARS.sub("", JOINED.sub("", name)))
    said = SAYS.fullmatch(name) if len(name) < 80 else None
    name = (said["author"] if said else name).strip(" ,:;|·•-–—()[]@\t")
    tokens = [t for t in re.split(r"\s*[|·•]\s*|\s{2,8}", name) if t and not is_buttons(fold_key(t))]
    name = tokens[0] if tokens else ""
    return name if is_name(name) and not _NO_NAME.search(name) else ""


def is_prosaic(author: str) -> bool:
    """Whether what stands for a name begins as sentences do."""
    return " " in author and author.lower().split()[0] in words.NOT_AUTHORS
