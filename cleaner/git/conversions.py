"""What git makes of a file on its way into the index, where its attributes say so: other bytes than lie on the disk.

The hooks read what is staged, and cleaning a folder reads the disk. Where the two differ each undoes what the other
did, commit after commit, until git leaves the bytes alone.
"""

from collections.abc import Iterable, Iterator, Sequence

from cleaner.git.folders import Place
from cleaner.git.index import GitError, blob_id
from cleaner.git.staged import Corpus

_ENCODING, _IDENT, _TEXT, _FILTER = "working-tree-encoding", "ident", "text", "filter"
_CHANGED = {_ENCODING: "encoding", _IDENT: "$Id$", _TEXT: "line ends"}


def conversions(corpus: Corpus, places: Iterable[Place]) -> Iterator[tuple[str, str]]:
    """Path, and what to say with the cure, of each file of some places that git staged otherwise than it lies on the
    disk.
    """
    folders: dict[str, str] = {}
    for place in places:
        folders.update(dict.fromkeys(place[1:], corpus.folders.outputs) | {place.seed: corpus.folders.seeds})
    for path, attributes in _converted(corpus, [path for path in folders if path in corpus.blobs]):
        folder = folders[path]
        what = " and its ".join(_CHANGED[name] for name in attributes)
        pattern = " ".join(["*" if folder == "." else f"{folder}/**", *(f"-{name}" for name in attributes)])
        cure = f"put `{pattern}` into .gitattributes, then git add --renormalize -- {corpus.folders.from_here(folder)}"
        yield path, f"git changes its {what}; {cure}"


def _converted(corpus: Corpus, paths: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Those of the paths whose staged bytes git made from other ones on the disk, with the attributes that did it."""
    root = corpus.folders.root
    raws: dict[str, bytes] = {}
    for path in paths:
        try:
            raw = (root / path).read_bytes() if (root / path).is_file() else b""
        except OSError:
            continue
        if raw and blob_id(raw, corpus.blobs[path]) != corpus.blobs[path]:
            raws[path] = raw
    try:
        set_ = corpus.index.attributes(raws, (_ENCODING, _IDENT, _FILTER)) if raws else {}
        ids = corpus.index.would_be([path for path in raws if _FILTER not in set_[path]])
    except GitError:  # what cannot be converted is not what was staged
        return
    for path, blob in ids.items():
        if blob != corpus.blobs[path]:
            continue  # changed since by a person
        attributes = [name for name in (_ENCODING, _IDENT) if name in set_[path]]
        if _IDENT in attributes and b"$Id" not in raws[path]:
            attributes.remove(_IDENT)
        if _ENCODING not in attributes and b"\r\n" in raws[path]:
            attributes.append(_TEXT)
        if attributes:
            yield path, attributes
