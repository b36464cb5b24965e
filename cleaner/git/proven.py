"""What a seed, its cleaned text and its log prove of each other, from their bytes alone."""

import hashlib
import json
import posixpath
from io import BytesIO
from typing import NamedTuple

from cleaner.log import SUFFIX, LogError
from cleaner.log.entries import sha256
from cleaner.log.seal import Sealed
from cleaner.machine.files import printable_name
from cleaner.machine.pointers import pointed
from cleaner.review.decisions import Decisions

OTHER_DECISIONS = "other-decisions"


class Seeds(NamedTuple):
    """The folder of the seeds: its path from the repository's root, and whole paths of it, as it is named and where
    links lead to.
    """

    below: str
    whole: tuple[str, ...]

    def hold(self, source: str, name: str) -> bool:
        """Whether `source` is how a log calls the seed of a name: from the configuration's folder or, without one, from
        the folder that it was cleaned in. What was moved to another folder along with its log is called otherwise.
        """
        if not f"/{source}".endswith(f"/{name}"):
            return False
        folder = posixpath.normpath(source.removesuffix(name))
        if folder.startswith("/"):  # maybe of another clone
            return f"{folder}/".endswith(f"/{self.below}/")
        while folder == ".." or folder.startswith("../"):
            folder = folder[3:]
        return folder in ("", ".") or any(f"{path}/".endswith(f"/{folder}/") for path in self.whole)


def made_by(log: bytes, seed: bytes | None, output: bytes, name: str, seeds: Seeds, decisions: Decisions) -> str:
    """The rules and configuration (a short hash) that made the log of a seed and its cleaned text, or OTHER_DECISIONS
    where it heeds others; `name` is the seed's path below the seeds. A seed that cannot be had is None.

    Raises LogError when the three do not belong together, or the log is not whole.
    """
    called = printable_name(name)
    if pointed(log):
        raise LogError(f"git-lfs keeps its log, so it cannot be read here; put `*{SUFFIX} -filter` into .gitattributes")
    sealed = Sealed(BytesIO(log))
    try:
        first, described = json.loads(sealed.first), list(sealed.described())
        if not sealed.holds:
            raise LogError("its log was changed by hand or is cut off")
        whole = described[-1]
        if seed is not None and whole["sha256"] != sha256_of(seed):
            raise LogError("its cleaned text was made from another version of it")
        if whole["output_sha256"] != sha256_of(output):
            raise LogError("its cleaned text is not the one that its log describes")
        source = str(whole["source"])
        if not seeds.hold(source, called):
            raise LogError(f"its log is that of {source}")
        documents = [record for record in described if record["type"] == "document"]
        names = [record["document"] for record in documents] if whole["type"] == "shard" else [called]
        if [record.get("decisions", "") for record in documents] != list(map(decisions.digest, names)):
            return OTHER_DECISIONS
        return recipe(first["ruleset"], first["config"])
    except LogError:
        raise
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise LogError("its log is not a removals log") from None


def recipe(ruleset: str, config: str) -> str:
    """A short name for rules and configuration together."""
    return hashlib.sha256(f"{ruleset} {config}".encode()).hexdigest()[:16]


def sha256_of(staged: bytes) -> str:
    """The hash of what a staged blob stands for: of itself, or of the file to which git-lfs made it a pointer."""
    return pointed(staged) or sha256(staged)
