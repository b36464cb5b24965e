"""How far a run is: one line on the terminal that rewrites itself, with rate and time left."""

import os
import sys
import time
from types import TracebackType

_EVERY = 0.1  # seconds


class Progress:
    """`step` after each input; shows nothing until half a second has passed, and cleans up after itself.

    `size` is the number of bytes to come, 0 when nobody knows.
    """

    def __init__(self, shown: bool, size: int = 0) -> None:
        self._shown = shown
        self._size = size
        self._began = time.monotonic()
        self._next = self._began + 0.5
        self._files = self._bytes = 0
        self._drawn = False

    def __enter__(self) -> "Progress":
        return self

    def step(self, size: int) -> None:
        """One more input, of so many bytes, is done."""
        self._files += 1
        self._bytes += size
        now = time.monotonic()
        if self._shown and now >= self._next:
            self._next = now + _EVERY
            self._drawn = True
            sys.stderr.write(f"\r{self._line(now - self._began)[: _width()]}\x1b[K")
            sys.stderr.flush()

    def _line(self, passed: float) -> str:
        line = f"{self._files:,} files, {self._bytes / 1e6 / passed:.1f} MB/s"
        if self._size and self._bytes:
            left = max(self._size - self._bytes, 0) * passed / self._bytes
            line = f"{min(self._bytes / self._size, 1):4.0%}  {line}, {_span(left)} left"
        return line

    def clear(self) -> None:
        """Takes the line away, for a message or for good."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._drawn = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()


def _width() -> int | None:
    """How much of a line stays on one row of the terminal: only that can be written over. None where there is none."""
    try:
        return max(os.get_terminal_size(sys.stderr.fileno()).columns - 1, 0) or None
    except (OSError, ValueError):
        return None


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def wanted(choice: str, quiet: bool) -> bool:
    """Whether to show progress: on a terminal, unless told otherwise, and not under pre-commit."""
    if choice != "auto":
        return choice == "always"
    if quiet or os.environ.get("PRE_COMMIT") == "1" or os.environ.get("TERM") == "dumb":
        return False
    return sys.stderr.isatty()
