"""Brat standoff: the raw text and an .ann file beside it, and the configuration that names the filters.

Brat's fragments must not hold a line end, so a removal of several lines becomes one annotation with a
fragment a line; the exact range, blank lines and line ends included, stands in its note.
"""

import re
from collections.abc import Iterable, Iterator

from cleaner.exports.names import file_name
from cleaner.log.logged import LoggedDocument, LoggedRemoval

# brat breaks its own lines at \n; \r and the separators that Python's splitlines knows are treated alike
# here, because readers written in Python split there
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")

_WRITTEN = (".txt", ".ann", ".conf")


def parts(documents: Iterable[LoggedDocument]) -> Iterator[tuple[str, bytes]]:
    """A .txt (UTF-8, no BOM) and an .ann a document, and annotation.conf. Offsets are code points."""
    labels: set[str] = set()
    taken: set[str] = set()
    for document in documents:
        *folders, last = file_name(document.id).removesuffix(".txt").split("/")
        # a folder named like what is written beside it: "a.txt" and "a.txt/b" are two documents
        name = "/".join([*(f"{one}_" if one.endswith(_WRITTEN) else one for one in folders), last])
        while name in taken:  # "a" and "a.txt" are two documents
            name += "_"
        taken.add(name)
        labels.update(_label(removal.filter) for removal in document.removals)
        yield f"{name}.txt", document.text.encode()
        yield f"{name}.ann", "".join(_annotations(document)).encode()
    entities = "".join(f"{label}\n" for label in sorted(labels))
    yield "annotation.conf", f"[entities]\n{entities}[relations]\n[events]\n[attributes]\n".encode()


def _label(filter_name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "_", filter_name) or "removal"


def _annotations(document: LoggedDocument) -> Iterator[str]:
    for number, removal in enumerate(document.removals, 1):
        fragments = list(_fragments(document.text, removal))
        if fragments:
            offsets = ";".join(f"{start} {end}" for start, end in fragments)
            words = " ".join(document.text[start:end] for start, end in fragments)
            yield f"T{number}\t{_label(removal.filter)} {offsets}\t{words}\n"
            note = f"{removal.code} [{removal.start}, {removal.end}) {removal.id}: {removal.reason}"
            yield f"#{number}\tAnnotatorNotes T{number}\t{_BREAK.sub(' ', note)}\n"


def _fragments(text: str, removal: LoggedRemoval) -> Iterator[tuple[int, int]]:
    """The parts of a removal between line ends, without white space at their edges, which readers strip off."""
    at = removal.start
    for stop in (*(found.span() for found in _BREAK.finditer(text, removal.start, removal.end)), (removal.end, 0)):
        words = text[at : stop[0]]
        start, end = stop[0] - len(words.lstrip()), at + len(words.rstrip())
        if start < end:
            yield start, end
        at = stop[1]
