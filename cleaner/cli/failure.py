"""Errors that end a command."""

from typing import IO

import click


class Failure(click.ClickException):
    """An error in one line, with the exit code that behaviour promises for its kind."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the error that was raised


class ToldError(Failure):
    """A failure of which all is said already: only the exit code is left to give."""

    def __init__(self, exit_code: int) -> None:
        super().__init__("", exit_code)

    def show(self, file: IO[str] | None = None) -> None:
        """Says nothing."""


class PipeClosedError(Exception):
    """The reader of our output has gone. click would end with 1, which here means "would change"."""
