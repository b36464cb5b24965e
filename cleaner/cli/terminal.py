"""Strangers' text in a terminal.

A terminal obeys what it is sent: every control character but the line end is shown as a sign, so that no text can
colour, move or rename anything.
"""

import re
import unicodedata

_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with controls, bidirectional marks and invisible signs shown as what they are."""
    return _ODD.sub(_sign, text).replace("\t", "    ")


def visible_name(name: str) -> str:
    """The same of a name, in which a line feed, too, is a sign like others."""
    return visible(name).replace("\n", "\u240a")


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else f"<U+{code:04X}>"


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) or one in "\u200d\ufe0f" else 1 + (unicodedata.east_asian_width(one) in "WF")
        for one in text
    )
