"""File names from document ids, which may be addresses, paths that climb out, or anything else."""

import hashlib
from urllib.parse import quote

_LONGEST = 120


def file_name(document: str) -> str:
    """A relative path below the output folder for any id; two ids never share one.

    Slashes stay folders. Percent signs are escaped too, so that the name can be turned back into the id
    (except for a part over 120 bytes, which ends in a hash instead).
    """
    return "/".join(_part(part) for part in document.split("/"))


def _part(part: str) -> str:
    if not part.strip("."):
        return "%2E" * len(part) or "%"
    name = quote(part, safe=" ()+,=@~&!'")
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST]}%-{hashlib.sha256(part.encode()).hexdigest()[:12]}"
    return name
