"""What the commands that show removals share: the configuration, the exit codes, what stdout can show."""

import functools
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cleaner.cli.codes import Exit
from cleaner.cli.failure import Failure, failure_of
from cleaner.cli.options import FILE as OF_FILE
from cleaner.cli.options import Command, configuration, with_options
from cleaner.config import Config
from cleaner.review.decisions import FILE, Decisions
from cleaner.review.decisions import load as load_decisions


@contextmanager
def told() -> Iterator[None]:
    """Turns what can go wrong outside of us into one clear line and its exit code."""
    try:
        yield
    except FileNotFoundError as error:
        path = Path(str(error.filename or error))
        what = "no log is in it" if path.is_dir() else "no such file, or no log beside it"
        raise Failure(f"{path}: {what}; run cleaner clean first", Exit.USAGE) from None
    except BrokenPipeError:
        raise
    except Exception as error:
        failure = failure_of(error)
        if failure is None:
            raise
        raise failure from None


def configured(*groups: Sequence[Callable[[Command], Command]]) -> Callable[[Command], Command]:
    """Gives a command its `config`, found near its first path that is there, from groups of shared options."""

    def decorate(command: Command) -> Command:
        @with_options(*groups, OF_FILE)
        @functools.wraps(command)
        def wrapped(**given: Any) -> None:
            with told():
                named = given.get("paths") or [Path(given.get("place", "").rpartition(":")[0])]
                config = configuration([path for path in named if path.exists()], given)
                command(config=config, **given)

        return wrapped

    return decorate


def decisions_file(config: Config) -> Path:
    """Where the project's decisions live."""
    return config.root / FILE


def decisions_of(config: Config) -> Decisions:
    """The project's decisions. Raises DecisionsError."""
    return load_decisions(decisions_file(config))


def drawable() -> bool:
    """Whether stdout can take block characters."""
    try:
        "▁█".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
