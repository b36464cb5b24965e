"""The fitted models: those that are shipped, which `MODEL_CARD.md` tells of, and a user's own in their place."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import NamedTuple, TypeVar

Read = TypeVar("Read")
_HERE = Path(__file__).parent


class Models(NamedTuple):
    """Where each model is: the file that `fit`, `fit-notices` or `fit-threads` wrote."""

    segmentation: Path = _HERE / "segmentation.bin"
    notices: Path = _HERE / "notices.bin"
    threads: Path = _HERE / "threads.json"


SHIPPED = Models()
NAMES = tuple(path.name for path in SHIPPED)


def models_in(folder: Path) -> Models:
    """The models of a folder, under the names of the shipped ones; of what is not there, the shipped one."""
    own = (folder / name for name in NAMES)
    return Models(*(one if one.exists() else shipped for one, shipped in zip(own, SHIPPED, strict=True)))


def read_once(read: Callable[[Path], Read]) -> Callable[[Path], Read]:
    """What reads a model, but each file once a process, and again when it has changed."""

    @lru_cache(maxsize=4)
    def kept(path: Path, *_: object) -> Read:
        return read(path)

    @wraps(read)
    def reading(path: Path) -> Read:
        try:
            found = path.stat()
        except OSError:
            return read(path)  # which tells what is wrong
        return kept(path, path.absolute(), found.st_mtime_ns, found.st_size)

    return reading
