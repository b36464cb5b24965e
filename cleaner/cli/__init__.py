"""The command `cleaner`: what it is started by, and exit codes of our own."""

import codecs
import gc
import os
import sys
from typing import TextIO, cast

from cleaner.cli.codes import Exit
from cleaner.cli.streams import Data, Talk, mute
from cleaner.machine import stopping

# The segmentation multiplies small matrices: more threads of NumPy would only wait for each other. `-j` starts
# processes.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

GARBAGE = (100_000, 20, 100)  # thresholds of Python's garbage collector, see gc.set_threshold

INTERRUPTED = "interrupted: what was done stays done; the same command goes on"


def run() -> None:
    """The console script: runs a command and ends with its exit code."""
    nowhere = sys.stdout is None
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # the caller closed it: the first file that we open would get its number
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    codecs.register_error("as in logs", _escaped)
    for stream in (sys.stdout, sys.stderr):
        # a name or a quotation that the terminal cannot show must not end the run
        stream.reconfigure(errors="as in logs")  # type: ignore[union-attr]
    sys.stdout, sys.stderr = cast("TextIO", Data(sys.stdout, nowhere)), cast("TextIO", Talk(sys.stderr))
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    # Almost nothing here makes cycles of references, and looking for them takes a tenth of a short run.
    gc.set_threshold(*GARBAGE)
    stopping.listen()
    code = _code()
    gc.freeze()  # the process ends now; else Python would look through all objects for garbage once more
    sys.exit(code)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """An error handler for streams: what cannot be shown, as escapes.

    A stray byte of a file's name is shown as that byte (`\\xff`), as logs write it.
    """
    assert isinstance(error, UnicodeEncodeError)
    text = error.object[error.start : error.end]
    shown = "".join(
        f"\\x{ord(one) - 0xDC00:02x}"
        if "\udc80" <= one <= "\udcff"
        else one.encode("ascii", "backslashreplace").decode()
        for one in text
    )
    return shown, error.end


def _code() -> int:
    try:
        code = _called()
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print(INTERRUPTED, file=sys.stderr)
        return stopping.code()
    except BrokenPipeError:
        mute(sys.stdout)
        return Exit.PIPE_CLOSED
    except Exception as error:
        try:
            code = _failed(error)
        except OSError:  # nobody can be told; Python would end with 1, that is WOULD_CHANGE
            mute(sys.stderr)
            code = Exit.REFUSED
        try:
            sys.stdout.flush()
        except OSError:
            mute(sys.stdout)
        return code


def _called() -> int:
    if sys.argv[1:2] == ["hook"]:
        from cleaner.cli.committing import straight

        code = straight(sys.argv[2:])
        if code is not None:
            return code
    return _by_click()


def _by_click() -> int:
    import click

    from cleaner.cli.commands import main
    from cleaner.cli.failure import PipeClosedError

    try:
        code = main(prog_name="cleaner", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except PipeClosedError:
        raise BrokenPipeError from None


def _failed(error: Exception) -> int:
    """The exit code of an error that reached the top, said in one line where it is no bug."""
    from cleaner.cli.codes import code_of

    code = code_of(error)
    if code is not None:
        print(f"Error: {error}", file=sys.stderr)
        return code
    if isinstance(error, OSError):
        from cleaner.cli.failure import of_system

        failure = of_system(error)
        failure.show()
        return failure.exit_code
    import traceback

    traceback.print_exception(error)
    print(
        f"This is a bug of {_whose(error)}. Nothing half-done was written; please report the lines above.",
        file=sys.stderr,
    )
    return Exit.BUG


def _whose(error: Exception) -> str:
    """Whose bug an error is: cleaner's, or that of a filter that another distribution brings."""
    from cleaner.filters import brought_by, outside
    from cleaner.pipeline.proposals import filter_of

    name = filter_of(error)
    if name not in outside():
        return "cleaner"
    return f"the filter {name}, which {brought_by(name) or 'another distribution'} brings"
