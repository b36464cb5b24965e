"""The bytes that are scanned in a document's place: its raw text with what a reader does not see taken out.

Line i of these bytes holds all that the reader's view of raw line i holds, in the same order, and maybe
white space and list marks more; the characters of DELETED are gone from both sides. Most documents are
scanned as they are: looking for the few bytes that call for work costs a twentieth of the scan.
"""

from cleaner.document import plain

DELETED = "*_~`\\"  # Markdown's marks, which a view shows or not depending on their neighbours
ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# The letters outside of ASCII that match an ASCII letter without regard to case.
ODD_LETTERS = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"}

_DELETED = DELETED.encode()
_DELETED_EACH = tuple(bytes([byte]) for byte in _DELETED)
_WIDE = [(char.encode(), to.encode()) for char, to in {**dict.fromkeys(ZERO_WIDTH, ""), **ODD_LETTERS}.items()]
# A single byte is looked for twenty times faster than three: each sequence by the byte that is rarest in text.
_TELLTALE = [(odd[:1] if odd[0] != 0xE2 and odd[0] != 0xC2 else odd[-1:], odd, to) for odd, to in _WIDE]


def scanned(raw: bytes) -> bytes:
    """The bytes to scan for `raw`; `raw` itself when it holds no markup, carriage return or odd character.

    Lines keep their numbers: LF, CRLF and lone CR all become LF.
    """
    text = raw
    if b"]" in raw and b"](" in raw:
        # Of bytes, splitlines splits at LF, CRLF and CR only.
        text = b"\n".join([_without_links(line) for line in raw.splitlines()])
    elif b"\r" in raw:
        text = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not raw.isascii():
        for telltale, odd, to in _TELLTALE:
            if telltale in text:
                text = text.replace(odd, to)
    for mark in _DELETED_EACH:
        if mark in text:
            return text.translate(None, _DELETED)
    return text


def _without_links(line: bytes) -> bytes:
    if b"](" not in line:
        return line
    return plain(line.decode("utf-8", "surrogatepass")).text.encode("utf-8", "surrogatepass")
