"""What a seed, its cleaned text and its log prove of each other, from their bytes alone."""

import hashlib
import json
import re
from io import BytesIO

from cleaner.log import SUFFIX, LogError
from cleaner.log.entries import sha256
from cleaner.log.seal import Sealed
from cleaner.machine.files import printable_name
from cleaner.review.decisions import Decisions

POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\noid sha256:([0-9a-f]{64})\nsize \d+\n")
OTHER_DECISIONS = "other-decisions"


def made_by(log: bytes, seed: bytes, output: bytes, name: str, decisions: Decisions) -> str:
    """The rules and configuration (a short hash) that made the log of a seed and its cleaned text, or OTHER_DECISIONS
    where it heeds others; `name` is the seed's path below the seeds.

    Raises LogError when the three do not belong together, or the log is not whole.
    """
    called = printable_name(name)
    if POINTER.fullmatch(log):
        raise LogError(f"git-lfs keeps its log, so it cannot be read here; put `*{SUFFIX} -filter` into .gitattributes")
    sealed = Sealed(BytesIO(log))
    try:
        first, described = json.loads(sealed.first), list(sealed.described())
        if not sealed.holds:
            raise LogError("its log was changed by hand or is cut off")
        whole = described[-1]
        if whole["sha256"] != sha256_of(seed):
            raise LogError("its cleaned text was made from another version of it")
        if whole["output_sha256"] != sha256_of(output):
            raise LogError("its cleaned text is not the one that its log describes")
        if not f"/{whole['source']}".endswith(f"/{called}"):
            raise LogError(f"its log is that of {whole['source']}")
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
    pointer = POINTER.fullmatch(staged)
    return pointer[1].decode() if pointer else sha256(staged)
