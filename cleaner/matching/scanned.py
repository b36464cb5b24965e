r"""The bytes that are scanned in a document's place: its raw text as a reader sees it but coarser, between line feeds.

Line i of a scanned text stands for raw line i. Every character of the reader's view of that line is in it, in order,
except for those of DELETED, and except for list marks at its start; white space is single spaces, and none at
either end. So what begins a line follows "\n" directly, and literals can say so. Letters outside of ASCII are in
lower case.

Most documents need nothing of this, and looking for the few bytes that call for work costs a tenth of a scan.
"""

import re
from collections.abc import Callable, Collection

from cleaner.document import ZERO_WIDTH
from cleaner.text.plain import NO_BREAK, SIGNS, SPACED, plain

DELETED = "*_~`\\"  # Markdown's marks, which a view shows or not depending on their neighbours
LEADING = "#>+|-\u2013\u2022\u00b7\u25aa\u25e6\u25ba\u25b6\u2192\u00bb"  # not scanned at the start of a line
# Letters that match another one without regard to case, and yet are not its capital: four of ASCII letters, and
# nine that Cyrillic has besides its own. A scan sees the other one.
ODD_ASCII = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"}
ODD_LETTERS = ODD_ASCII | dict(zip(map(chr, range(0x1C80, 0x1C89)), "вдосттъѣꙋ", strict=True))
SPACES = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))

_CONTROLS = bytes((*range(0x09, 0x0A), *range(0x0B, 0x0E), *range(0x1C, 0x20)))
_TABLE = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_DELETED = DELETED.encode()
_ODD = {**dict.fromkeys(ZERO_WIDTH, ""), **ODD_LETTERS, **dict.fromkeys(SPACES, " ")}
_REPLACED = [(odd.encode(), to.encode()) for odd, to in _ODD.items()]
# The bytes that every capital letter outside of ASCII begins with: such letters are scanned in lower case.
CAPITAL = (
    rb"\xc3[\x80-\x9e]|[\xc4-\xc9\xcd-\xd5]|\xe1[\x82-\x8f\xb2-\xbf]|\xe2[\x84-\x86\x92\x93\xb0-\xb3]"
    rb"|\xea[\x99-\x9f]|\xef\xbc|\xf0[\x90-\x96\x9e]"
)
_MARK = "|".join(re.escape(char) for char in LEADING + " ").encode()
_SPACES = re.compile(b"  +")
_LEAD = re.compile(b"\n(?: +|" + _MARK + b")+")  # a run of spaces at once: there may be millions

# What keeps a document from being scanned as it is, in words that `re` and Hyperscan read alike: each odd character,
# then what the names below stand for. Knowing which of them are there spares the work for all others.
UNUSUAL = (
    *(odd for odd, _ in _REPLACED),
    b"\\]\\(",
    b"\r",
    CAPITAL,
    b"[" + re.escape(_CONTROLS + _DELETED) + b"]",
    b"  | \n|\n(?:" + _MARK + b")",
)
LINK, RETURN, LETTER, MARK, SPACE = range(len(_REPLACED), len(UNUSUAL))
ANYTHING = frozenset(range(len(UNUSUAL)))
_NOTHING: frozenset[str] = frozenset()
# What lines may hold that a reader sees otherwise, where each of UNUSUAL is found: letters read as they stand.
_SIGNS = [
    *(frozenset((SPACED, odd)) if odd == NO_BREAK else SIGNS & {odd} for odd in _ODD),
    frozenset(["]("]),
    frozenset([SPACED]),  # a list mark, or a space, beside a lone carriage return
    _NOTHING,
    SIGNS.intersection([*DELETED, *map(chr, _CONTROLS)]),
    frozenset([SPACED]),
]


def scanned(raw: bytes, unusual: Callable[[bytes], Collection[int]]) -> tuple[bytes, Collection[str]]:
    """The bytes to scan for `raw` (UTF-8), and those of `cleaner.text.plain.SIGNS` that its lines may hold.

    `unusual` tells which of the patterns UNUSUAL are found in given bytes.
    """
    text = b"\n%b\n" % raw
    found = unusual(text)
    if not found:
        return text, _NOTHING
    return _usual(raw, found), _NOTHING.union(*[_SIGNS[number] for number in found])


def _usual(raw: bytes, found: Collection[int]) -> bytes:
    text = raw
    if LINK in found and b"](" in raw:
        # Of bytes, splitlines splits at LF, CRLF and CR only.
        text = b"\n".join([_without_links(line) for line in raw.splitlines()])
    elif RETURN in found:
        text = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not raw.isascii():
        for number in found:
            if number < LINK:
                text = text.replace(*_REPLACED[number])
    if LETTER in found:
        text = text.decode("utf-8", "surrogatepass").lower().encode("utf-8", "surrogatepass")
    if MARK in found:
        text = text.translate(_TABLE, _DELETED)
    text = b"\n%b\n" % text
    if len(found) == 1 and LETTER in found:
        return text
    text = _LEAD.sub(b"\n", text)
    if b"  " in text:
        text = _SPACES.sub(b" ", text)
    return text.replace(b" \n", b"\n")


def _without_links(line: bytes) -> bytes:
    if b"](" not in line:
        return line
    return plain(line.decode("utf-8", "surrogatepass")).text.encode("utf-8", "surrogatepass")
