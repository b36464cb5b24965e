"""A staged seed to read: what is staged may differ from what lies on the disk, or lie with git-lfs."""

import os
from pathlib import Path

from cleaner.git.index import Index, blob_id
from cleaner.git.proven import sha256_of
from cleaner.log.entries import sha256
from cleaner.machine.pointers import NOT_FETCHED, pointed


class NotHereError(Exception):
    """What is staged cannot be had: git-lfs keeps it elsewhere."""


class StagedSeed:
    """The staged bytes of a seed as a file: the one on the disk where it is the same, else a temporary one.

    `blob` is what is staged of it, if anything. Raises NotHereError on entering.
    """

    def __init__(self, index: Index, seed: str, blob: str | None) -> None:
        self._index = index
        self._blob = blob
        self._temporary = False
        self.path = index.root / seed

    def __enter__(self) -> "StagedSeed":
        blob = self._blob
        try:
            raw = self.path.read_bytes() if self.path.is_file() else b""
        except OSError:
            if blob is None:
                raise
            raw = b""  # what is staged can be had without it
        if pointed(raw) and (blob is None or blob_id(raw, blob) == blob):
            raise NotHereError(NOT_FETCHED)
        if blob is None or (raw and blob_id(raw, blob) == blob):
            return self
        staged = next(self._index.contents([blob]))
        if sha256_of(staged) == sha256(raw):
            return self
        if pointed(staged):
            raise NotHereError("git-lfs keeps it, and what is staged is not on the disk; add it, or git lfs checkout")
        import tempfile  # takes longer to import than a hook that needs none should

        # the suffix says how it is packed
        handle, name = tempfile.mkstemp(suffix=self.path.suffix)
        with os.fdopen(handle, "wb") as file:
            file.write(staged)
        self._temporary = True
        self.path = Path(name)
        return self

    def __exit__(self, *_: object) -> None:
        if self._temporary:
            self.path.unlink(missing_ok=True)
