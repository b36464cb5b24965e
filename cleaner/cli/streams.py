"""The standard streams as commands have them: what goes wrong with one is told of it, and talk alone ends no run."""

import io
import os
from typing import Any

from cleaner.machine.system import STDOUT


class Data:
    """Standard output, in text and (`buffer`) in bytes: its errors name it, as those of files name the file.

    `nowhere`: the caller closed it, so that what is written is lost.
    """

    def __init__(self, stream: Any, nowhere: bool = False) -> None:
        self._stream = stream
        self.nowhere = nowhere

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @property
    def buffer(self) -> "Data":
        """The same for bytes."""
        return Data(self._stream.buffer)

    def write(self, given: Any) -> Any:
        """Writes a text, or bytes. Raises OSError, which names the stream; told once, it is told no more."""
        if given == "" and isinstance(self._stream, io.TextIOBase):
            return 0  # click only asks whether the stream takes text
        return self._named(self._stream.write, given)

    def flush(self) -> None:
        """Writes what is held back. Raises OSError, likewise."""
        self._named(self._stream.flush)

    def _named(self, ask: Any, *given: Any) -> Any:
        try:
            return ask(*given)
        except OSError as error:
            error.filename = STDOUT
            mute(self._stream)
            raise


class Talk:
    """Standard error. Where it takes nothing more, as on a full disk, nothing more is told: what is done is done, and
    the exit code says what became of it. Only a reader that has gone ends the run, as one of standard output does.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Writes a text where there is room. Raises BrokenPipeError."""
        self._where_there_is_room(self._stream.write, text)
        return len(text)

    def flush(self) -> None:
        """Writes what is held back where there is room. Raises BrokenPipeError."""
        self._where_there_is_room(self._stream.flush)

    def _where_there_is_room(self, ask: Any, *given: Any) -> None:
        try:
            ask(*given)
        except OSError as error:
            mute(self._stream)
            if isinstance(error, BrokenPipeError):
                raise


def mute(stream: Any) -> None:
    """Lets a broken stream lead to nowhere: at exit Python tries once more to write what the stream still holds."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
