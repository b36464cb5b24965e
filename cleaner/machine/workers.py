"""Processes that work through tasks: a dead one costs its task and not the run, and all end at once with the parent.

The pools of the standard library give up altogether when a worker is killed, as the kernel does to the
one that needs most memory. Here the task is answered with `lost` and a fresh process takes the next.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from cleaner.machine import stopping

Task = TypeVar("Task")
Answer = TypeVar("Answer")

_PR_SET_PDEATHSIG = 1  # of Linux's prctl
# A fork starts in a millisecond; on other systems than Linux it is not safe.
_CONTEXT = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


class Workers(Generic[Task, Answer]):
    """`size` processes that each call `work(task)`; used as a context, which ends them.

    `lost(task, how)` makes the answer for a task whose process died.
    """

    def __init__(self, size: int, work: Callable[[Task], Answer], lost: Callable[[Task, str], Answer]) -> None:
        self._work = work
        self._lost = lost
        self._size = size
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, int, Task]] = {}

    def __enter__(self) -> "Workers[Task, Answer]":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in [*self._idle, *(worker for worker, _, _ in self._busy.values())]:
            worker.end()

    def in_order(self, tasks: Iterable[Task]) -> Iterator[Answer]:
        """The answers, in the order of the tasks; tasks are taken as workers come free."""
        numbered = enumerate(tasks)
        entry = next(numbered, None)
        ready: dict[int, Answer] = {}
        following = 0
        while entry or self._busy or ready:
            while entry and len(self._busy) < self._size and len(ready) < 64 * self._size:
                if self._given(*entry):
                    entry = next(numbered, None)
            if following in ready:  # one at a time: whoever takes it may need long, and a worker may come free
                yield ready.pop(following)
                following += 1
            if self._busy:
                self._collect(ready, patience=0.0 if following in ready else None)

    def _given(self, number: int, task: Task) -> bool:
        """Gives a task to a worker. Where the system has no more of them, those that there are do the rest.

        Raises OSError where there is none at all.
        """
        try:
            worker = self._idle.pop() if self._idle else _Worker(self._work)
        except OSError:
            if not self._busy:
                raise
            self._size = len(self._busy)
            return False
        try:
            worker.pipe.send(task)
        except OSError:  # the worker died while it had nothing to do
            worker.end()
            worker = _Worker(self._work)
            worker.pipe.send(task)
        self._busy[worker.pipe] = (worker, number, task)
        return True

    def _collect(self, ready: dict[int, Answer], patience: float | None) -> None:
        """Takes the answers that are there; waits for one so many seconds, or as long as it takes."""
        for pipe in wait(list(self._busy), patience):
            assert isinstance(pipe, Connection)
            worker, number, task = self._busy.pop(pipe)
            try:
                ready[number] = pipe.recv()
                self._idle.append(worker)
            except EOFError:
                ready[number] = self._lost(task, worker.end())


class _Worker:
    def __init__(self, work: Callable[..., object]) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, self.pipe, work), daemon=True
        )
        self.process.start()
        theirs.close()

    def end(self) -> str:
        """Stops the process now and says how it ended."""
        self.pipe.close()
        if self.process.exitcode is None:
            self.process.join(0.05)
        if self.process.exitcode is None:
            self.process.kill()
        self.process.join()
        code = self.process.exitcode or 0
        return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _serve(pipe: Connection, parents: Connection, work: Callable[..., object]) -> None:
    stopping.deaf()
    _end_with_parent()
    parents.close()
    try:
        while True:
            pipe.send(work(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)
    except Exception:  # out of memory, for example: the parent does the task again, or tells of it
        os._exit(1)


def _end_with_parent() -> None:
    """Ends this process together with its parent, where the system can do that.

    A killed parent closes its pipe, but that is seen only between tasks: until then this process would hold the
    parent's lock and write on.
    """
    if sys.platform != "linux":
        return
    try:
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    except (ImportError, OSError, AttributeError):
        return
