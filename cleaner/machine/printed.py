"""The way back from a name as logs print it to the file."""

import os
import re
from pathlib import Path

from cleaner.machine.files import printable_name

_ESCAPE = re.compile(rb"\\x([89a-f][0-9a-f])")  # how a byte that is not UTF-8 is printed


def paths_named(folder: Path, printed: str) -> list[Path]:
    """Where the file may be that `printable_name` calls so, told by its path (with slashes) from a folder: one place or
    more, of which only the first need not be there. Raises OSError for a folder that cannot be listed.

    A name that holds a real backslash can be printed as one with a byte that is not UTF-8: both are looked for.
    """
    if not _ESCAPE.search(printed.encode()):
        return [folder / printed]
    found = [folder / "/" if printed.startswith("/") else folder]
    for part in printed.split("/"):
        found = [place for one in found for place in _entries_named(one, part)]
    return found or [folder / printed]


def _entries_named(folder: Path, part: str) -> list[Path]:
    raw = part.encode()
    if not _ESCAPE.search(raw):
        return [folder / part]
    unescaped = os.fsdecode(_ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), raw))
    # to list the folder for each of its names would take the square of their number
    found = [place for place in (folder / part, folder / unescaped) if os.path.lexists(place)]
    if found:
        return found
    try:
        found = sorted(folder.iterdir())  # some backslashes may be real, and some not
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [path for path in found if printable_name(path.name) == part]
