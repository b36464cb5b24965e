"""What became of an input, and what an error means for it."""

from typing import Literal, NamedTuple

from cleaner.formats import InputError
from cleaner.machine.files import Stamp
from cleaner.pipeline.proposals import SpanError
from cleaner.run.cleaning import Counts, OurBugError
from cleaner.run.inputs import Job, Refused, explain

Status = Literal["written", "current", "missing", "stale", "refused", "bug"]


class Outcome(NamedTuple):
    """What became of an input. `message`: why it was refused, or what is stale; `notes`: documents left whole.

    `by_log`: it is current because input, output and log fit each other, not because cleaning gave the same again.
    `stamps`: of the output and the log that were written, if every later change of them will show.
    """

    job: Job | Refused
    status: Status
    counts: Counts = Counts()
    message: str = ""
    notes: tuple[str, ...] = ()
    by_log: bool = False
    stamps: tuple[Stamp, Stamp] | None = None


def refusal(job: Job, error: Exception) -> Outcome:
    """What an error means for an input."""
    if isinstance(error, InputError):
        return Outcome(job, "refused", message=str(error))
    if isinstance(error, OSError):
        return Outcome(job, "refused", message=explain(error, job.source))
    if isinstance(error, MemoryError):
        return Outcome(job, "refused", message="does not fit into memory; split it, or lower --max-bytes")
    if isinstance(error, OurBugError | SpanError):
        return Outcome(job, "bug", message=str(error))
    import traceback

    return Outcome(job, "bug", message="".join(traceback.format_exception(error)))
