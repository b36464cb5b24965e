"""How a run is stopped: ^C, a closed terminal or a polite `kill` all end it cleanly, with no half file left.

Python raises KeyboardInterrupt wherever it happens to be. Some places swallow exceptions, as the end of an object's
life does, and the run would go on. So the signal is also noted, and loops ask for it.
"""

import os
import signal
from types import FrameType

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows knows no SIGHUP

_asked = 0
_process = 0


def listen() -> None:
    """From now on these signals stop the run, but for those that somebody told this process to ignore (nohup)."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _stop)


def deaf() -> None:
    """What a worker does: ^C reaches the whole group, and the parent decides; all else ends it at once."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, signal.SIG_IGN if name == "SIGINT" else signal.SIG_DFL)


def heed() -> None:
    """Raises KeyboardInterrupt when the run was asked to stop."""
    if _asked and _process == os.getpid():
        raise KeyboardInterrupt


def code() -> int:
    """The exit code of a run that was stopped: what a shell makes of the signal, 130 for ^C."""
    return 128 + (_asked or signal.SIGINT)


def _stop(number: int, frame: FrameType | None) -> None:
    global _asked, _process
    _asked, _process = number, os.getpid()
    raise KeyboardInterrupt
