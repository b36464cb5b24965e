"""How commands end, and the exit code of each kind of error. It stands apart from click, which a hook ends without."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ends. Interrupted by a signal, it ends with 128 and the signal's number (`machine/stopping.py`)."""

    DONE = 0
    WOULD_CHANGE = 1  # or is stale
    USAGE = 2  # or configuration
    REFUSED = 3  # some inputs were; the rest is done
    DISAGREE = 4  # output, log and raw text
    LOCKED = 5  # another run is writing
    BUG = 70  # ours
    PIPE_CLOSED = 141  # nobody reads any more: what a shell makes of a process that SIGPIPE ended


def code_of(error: Exception) -> int | None:
    """The exit code of an error that comes from outside of us, as `cleaner --help` has it.

    None for an error of the system, whose code hangs on what it was about, and for one that is our bug.
    """
    from cleaner.config.file import ConfigError  # a run without an error needs none of these
    from cleaner.formats import InputError
    from cleaner.git.index import GitError
    from cleaner.log import LogError
    from cleaner.machine.locks import LockedError
    from cleaner.review.decisions import DecisionsError
    from cleaner.rules import RuleError
    from cleaner.run.inputs import PlaceError

    usage = dict.fromkeys((ConfigError, RuleError, DecisionsError, PlaceError, GitError), Exit.USAGE)
    codes: dict[type[Exception], int] = {
        **usage,
        InputError: Exit.REFUSED,
        LogError: Exit.DISAGREE,
        LockedError: Exit.LOCKED,
    }
    return next((code for kind, code in codes.items() if isinstance(error, kind)), None)
