"""File names and addresses from document ids, which may be addresses, paths that climb out, or anything else."""

import hashlib
from urllib.parse import quote

from cleaner.log.logged import LoggedDocument

_LONGEST = 120


def file_name(document: str) -> str:
    """A relative path below the output folder for any id; two ids never share one.

    Slashes stay folders. Percent signs are escaped too, so that the name can be turned back into the id
    (except for a part over 120 bytes, which ends in a hash instead).
    """
    return "/".join(_part(part) for part in document.split("/"))


def address(document: LoggedDocument) -> str:
    """Where a document is, as a URI. Of a record of a shard, the fragment says which: its offsets hold within it."""
    source = document.source or document.id
    scheme, mark, place = source.rpartition("://")
    told = f"{scheme}{mark}{quote(place, safe='/:@')}" if mark else quote(place, safe="/")
    return f"{told}#{quote(document.id, safe='')}" if document.shard else told


def _part(part: str) -> str:
    if not part.strip("."):
        return "%2E" * len(part) or "%"
    name = quote(part, safe=" ()+,=@~&!'")
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST]}%-{hashlib.sha256(part.encode()).hexdigest()[:12]}"
    return name
