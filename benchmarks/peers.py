"""The peers, each in an environment of its own below the cache folder, in the version that was measured.

dolma and NeMo Curator are installed without what they depend on (clients of clouds, CUDA): the modules measured
need next to nothing of it, and are run as they are in the wheel.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
MEGABYTE = 1_000_000


class Peer(NamedTuple):
    """What a peer is called in the tables, what it is installed from, and how much of the corpus it is given."""

    title: str
    packages: tuple[str, ...]
    alone: tuple[str, ...] = ()  # installed without their dependencies
    megabytes: int | None = None  # None: all; a slow one gets the first so many


PEERS: dict[str, Peer] = {
    "datatrove": Peer(
        "datatrove 0.10.1, C4QualityFilter",
        ("datatrove==0.10.1", "spacy==3.8.7", "regex==2026.11.15", "tldextract==5.4.0", "nltk==3.10.4"),
        megabytes=3,
    ),
    "dolma": Peer(
        "dolma 1.2.1, c4_v2", ("msgspec==0.22.0", "typing-extensions==4.16.0"), ("dolma==1.2.1",), megabytes=30
    ),
    "nemo": Peer(
        "NeMo Curator 1.4.0, BoilerPlateStringModifier",
        ("loguru==0.7.3", "regex==2026.11.15"),
        ("nemo-curator==1.4.0",),
    ),
    "justext": Peer("jusText 3.0.2", ("justext==3.0.2", "lxml_html_clean==0.4.6"), megabytes=6),
    "replies": Peer("email_reply_parser 0.5.12", ("email_reply_parser==0.5.12",), megabytes=6),
}
COMMANDS: dict[str, Peer] = {
    "end-of-file-fixer": Peer("end-of-file-fixer (pre-commit-hooks 6.0.0)", ("pre-commit-hooks==6.0.0",)),
    "codespell": Peer("codespell 2.4.3", ("codespell==2.4.3",)),
}


def environment(folder: Path, name: str) -> Path:
    """The folder of a peer's programs; the environment is made on first need, in a minute or so.

    Raises subprocess.CalledProcessError when a package cannot be installed.
    """
    peer = {**PEERS, **COMMANDS}[name]
    place = folder / "environments" / name
    wanted = repr(peer)
    done = place / "installed"
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True)
        install = [str(place / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*install, *peer.packages], check=True)
        for package in peer.alone:
            subprocess.run([*install, "--no-deps", package], check=True)
        done.write_text(wanted, encoding="utf-8")
    return place / "bin"


class Run(NamedTuple):
    """What one contestant did: bytes of UTF-8 read, seconds of CPU, and its own count of what it found."""

    bytes: int
    seconds: float
    found: int

    @property
    def speed(self) -> float:
        """Megabytes a second."""
        return self.bytes / self.seconds / MEGABYTE


def run(folder: Path, name: str, corpus: Path, rules: int = 500, patience: float = 900.0) -> Run | None:
    """One contestant on one corpus in a process of its own; None when it takes more than `patience` seconds."""
    peer = PEERS.get(name)
    python = str(environment(folder, name) / "python") if peer else sys.executable
    command = [python, "-m", "benchmarks.contestants", name, str(corpus), "--rules", str(rules)]
    if peer and peer.megabytes:
        command += ["--bytes", str(peer.megabytes * MEGABYTE)]
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(command, cwd=ROOT, env=alone, capture_output=True, check=True, timeout=patience)
    except subprocess.TimeoutExpired:
        return None
    except subprocess.CalledProcessError as error:
        sys.stderr.write(error.stderr.decode(errors="replace"))
        raise
    return Run(**json.loads(done.stdout.splitlines()[-1]))
