"""What was once proven of a seed, its cleaned text and its log, remembered beside git's index.

Blobs are named by their content, so what was once proven of three of them stays proven: a hook with nothing to do reads
no file.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cleaner.machine.files import Replacing
from cleaner.machine.opening import reading


class Triple(NamedTuple):
    """The blob ids of a seed, its cleaned text and its log, with what the log must tell: a digest of what people
    decided about the seed, empty where they did not, and its path, in ASCII.
    """

    seed: str
    output: str
    log: str
    decided: str
    path: str


class Proofs:
    """Which triples of blobs were once proven to belong together, and under which rules and configuration.

    A cache beside the index: deleting it costs time only, and one that cannot be written is not missed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, str] = {}
        self._fresh: dict[str, str] = {}
        try:
            with reading(path) as handle:
                kept = handle.read().decode("ascii")
            for line in kept.split("\n"):
                triple, _, made_by = line.rpartition(" ")
                if triple:
                    self._known[triple] = made_by
        except (OSError, ValueError):
            pass

    def made_by(self, triple: Triple) -> str | None:
        """What made a proven triple, as it was added; None for one that was never proven."""
        return self._known.get(" ".join(triple))

    def add(self, triple: Triple, made_by: str) -> None:
        """Remembers a proof."""
        self._known[" ".join(triple)] = self._fresh[" ".join(triple)] = made_by

    def save(self, in_use: Iterable[Triple] | None = None) -> None:
        """Writes the proofs if there are new ones, only those `in_use` if that is given."""
        if not self._fresh:
            return
        keep = self._known if in_use is None else {" ".join(triple) for triple in in_use}
        lines = [f"{triple} {made_by}\n" for triple, made_by in self._known.items() if triple in keep]
        with suppress(OSError), Replacing(self._path) as file:  # without proofs the next hook takes longer
            file.handle.write("".join(lines).encode("ascii"))
            file.commit()
