"""Removals in the forms that other tools read. EXPORTS is the table; each entry is one file of this folder.

An export is a pure function: logged documents in, (file name, bytes) parts out. Parts with the same name
follow each other and make one file, so that a corpus never has to fit into memory. All ranges are sorted,
disjoint and not empty; they count code points of the raw text unless the other side counts otherwise.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cleaner.exports import annotations, brat, doccano, dolma, label_studio, patch, sarif, spacy_docs
from cleaner.log.logged import LoggedDocument

Part = tuple[str, bytes]


class Export(NamedTuple):
    """One form: its purpose, the one file it makes ("" for several, in a folder), and how it is made."""

    purpose: str
    file: str
    parts: Callable[[Iterable[LoggedDocument]], Iterator[Part]]


EXPORTS: dict[str, Export] = {
    "dolma": Export("documents, attributes and a mixer configuration", "", dolma.parts),
    "brat": Export("standoff annotations, .txt and .ann", "", brat.parts),
    "web-annotation": Export("W3C Web Annotations, one a line", "annotations.jsonl", annotations.parts),
    "label-studio": Export("pre-annotated tasks", "tasks.json", label_studio.parts),
    "doccano": Export("sequence labels, offsets in UTF-16 units", "doccano.jsonl", doccano.parts),
    "spacy": Export("one Doc a line, for Doc.from_json", "docs.jsonl", spacy_docs.parts),
    "sarif": Export("SARIF 2.1.0 with fixes, for code scanning", "cleaner.sarif", sarif.parts),
    "patch": Export("a git patch that cleans; git apply -R undoes it, but for shards", "removals.patch", patch.parts),
}
