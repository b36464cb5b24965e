"""The exit code of each kind of error. It stands apart from click, which a hook ends without."""


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

    usage = dict.fromkeys((ConfigError, RuleError, DecisionsError, PlaceError, GitError), 2)
    codes: dict[type[Exception], int] = {**usage, InputError: 3, LogError: 4, LockedError: 5}
    return next((code for kind, code in codes.items() if isinstance(error, kind)), None)
