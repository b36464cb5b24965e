"""Errors that end a command."""

from pathlib import Path
from typing import IO

import click

from cleaner.cli.codes import Exit, code_of


class Failure(click.ClickException):
    """An error in one line, with the exit code that behaviour promises for its kind."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the error that was raised


def failure_of(error: Exception) -> Failure | None:
    """The failure that an error is which comes from outside of us, in one line; None for one that is our bug."""
    if isinstance(error, OSError):
        return of_system(error)
    code = code_of(error)
    return None if code is None else Failure(str(error), code)


def of_system(error: OSError) -> Failure:
    """The failure that an error of the system is, with its place and, where there is one, the cure."""
    import errno

    from cleaner.machine.opening import NotRegularError
    from cleaner.machine.system import cure, in_words  # a run without an error needs none of it

    if isinstance(error, FileNotFoundError) and _is_astray():
        return Failure("the working folder is gone; change to one that is there", Exit.REFUSED)
    if error.errno == errno.ELOOP:
        return Failure(f"{error.filename}: {in_words(error)}; name another", Exit.USAGE)
    cures = {
        PermissionError: "; change its permissions",
        NotRegularError: "; move it",
        IsADirectoryError: "; name a file",
    }
    what = next((told for kind, told in cures.items() if isinstance(error, kind)), cure(error))
    return Failure(f"{error.filename or 'cleaner'}: {in_words(error)}{what}", Exit.REFUSED)


def _is_astray() -> bool:
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


class ToldError(Failure):
    """A failure of which all is said already: only the exit code is left to give."""

    def __init__(self, exit_code: int) -> None:
        super().__init__("", exit_code)

    def show(self, file: IO[str] | None = None) -> None:
        """Says nothing."""


class PipeClosedError(Exception):
    """The reader of our output has gone. click would end with 1, which here means "would change"."""
