"""Where seeds and their outputs lie in a repository, by the names that git and the configuration have for them."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from cleaner.config import Config
from cleaner.log import SUFFIX


class Place(NamedTuple):
    """A seed with its cleaned text and log: paths from the repository's root, with slashes."""

    seed: str
    output: str
    log: str


class Folders:
    """The folders of seeds and of outputs: paths from the repository's root, with slashes, as git lists them.

    The configuration may name the seeds through links, which git does not follow: exclusions and logs know them by
    that name.
    """

    def __init__(self, config: Config, root: Path) -> None:
        self.root = root.resolve()
        self.seeds = self._below(config.input)
        self.outputs = self._below(config.output)
        self._configured = self._below(config.root)
        self._named = self._name_of_seeds(config)
        # what the paths of seeds and of outputs begin with
        self.heads = _head(self.seeds), f"{self.outputs}/"

    def _below(self, folder: Path) -> str:
        return os.path.relpath(os.path.realpath(folder), self.root).replace(os.sep, "/")

    def _name_of_seeds(self, config: Config) -> str:
        """The seeds as the configuration names them. Only what it says itself may lead through links: where it lies is
        told by where it lies really, whichever way somebody came to it.
        """
        said = os.path.relpath(os.path.abspath(config.input), os.path.abspath(config.root))
        named = os.path.normpath(os.path.join(self._configured, said)).replace(os.sep, "/")  # noqa: PTH118
        return self.seeds if f"{named}/".startswith("../") else named

    def configured(self, path: str) -> str:
        """A path as exclusions know it: from the configuration's folder, by the name that this has for the seeds."""
        return _moved(path, self.seeds, self._named).removeprefix(f"{self._configured}/")

    def staged(self, path: str) -> str:
        """The path by which git knows what the configuration may name by another."""
        return _moved(path, self._named, self.seeds)

    def from_here(self, path: str) -> str:
        """A path from the repository's root, as the working folder sees it."""
        return os.path.relpath(self.root / path)

    def to_clean(self) -> tuple[str, str]:
        """The folders that `clean` takes, as the working folder sees them: the seeds as the configuration names them,
        since logs tell by which name they were cleaned.
        """
        return self.from_here(self._named), self.from_here(self.outputs)

    def places(self, paths: Iterable[str]) -> list[Place]:
        """The places of those paths that are seeds, sorted."""
        return [place for path in sorted(paths) if (place := self.place(path)) is not None]

    def place(self, path: str) -> Place | None:
        """Where the seed at `path` has its output; None for a path that is not below the seeds, or hidden there."""
        head, outputs = self.heads
        if not path.startswith(head) or path.startswith(outputs):
            return None
        if self.is_hidden(path):
            # a walk passes over hidden files, too: else one command would make what another calls an orphan
            return None
        output = outputs + path[len(head) :]
        return Place(path, output, output + SUFFIX)

    def is_hidden(self, path: str) -> bool:
        """Whether a path below the seeds has a name in it that begins with a dot."""
        head = self.heads[0]
        return path.startswith(head) and (path.startswith(".", len(head)) or "/." in path[len(head) :])

    def among_seeds(self, path: str) -> bool:
        """Whether a path is that of the folder of seeds, or below it."""
        return path == self.seeds or (path.startswith(self.heads[0]) and not path.startswith("../"))

    def name(self, seed: str) -> str:
        """A seed's path below the seeds, by which its log, too, calls it."""
        return seed[len(self.heads[0]) :]

    def seed_of(self, output: str) -> str:
        """The seed that an output or log is made of."""
        return self.heads[0] + output.removesuffix(SUFFIX)[len(self.heads[1]) :]

    def of_module(self, module: str) -> str:
        """What the outputs of seeds in a submodule begin with."""
        head, outputs = self.heads
        return outputs if head.startswith(f"{module}/") else f"{outputs}{module.removeprefix(head)}/"


def _head(folder: str) -> str:
    """What the paths of what lies in a folder begin with."""
    return "" if folder == "." else f"{folder}/"


def _moved(path: str, folder: str, to: str) -> str:
    """A path with another folder for the one that it lies in, or is; any other path as it is."""
    if path == folder:
        return to
    head = _head(folder)
    return _head(to) + path[len(head) :] if folder != to and path.startswith(head) else path
