"""What a run says of each input: a line for people, JSON, annotations for GitHub, or SARIF."""

import json
import sys
from collections.abc import Iterator

import click

from cleaner.cli.shown import annotation, colored, count, one_line
from cleaner.config import Config
from cleaner.log.logged import LoggedDocument
from cleaner.run.inputs import Job
from cleaner.run.outcome import Outcome

ASIDE = ("refused", "bug")


class Printer:
    """Says what became of inputs: data to stdout, talk to stderr. `foretells`: nothing is written, only told."""

    def __init__(self, form: str, color: str, quiet: bool, verbose: bool, foretells: bool) -> None:
        self._form = form
        self._color = colored(color, sys.stderr)
        self._quiet = quiet
        self._verbose = verbose
        self._foretells = foretells
        self._for_sarif: list[Job] = []
        self._bugs: set[str] = set()

    def speaks_of(self, outcome: Outcome) -> bool:
        """Whether there is anything to say."""
        changed = outcome.status != "current"
        return (
            self._verbose
            or bool(outcome.notes)
            or outcome.status in ASIDE
            or (changed and (self._foretells or self._form != "text"))
        )

    def tell(self, outcome: Outcome) -> None:
        """Says what became of an input."""
        if self._form == "json":
            click.echo(json.dumps(_as_json(outcome), ensure_ascii=True))
        elif self._form == "github":
            _annotate(outcome)
        elif self._form == "sarif" and isinstance(outcome.job, Job) and outcome.status not in ASIDE:
            self._for_sarif.append(outcome.job)
        if outcome.status in ASIDE:
            told = _told(outcome.message, shortly=outcome.message in self._bugs)
            self._bugs.add(outcome.message)
            self._err(f"{one_line(outcome.job.shown)}: {told}", "red")
        elif self._form == "text":
            self._tell(outcome)
        if not self._quiet:
            for note in outcome.notes:
                self._err(f"{one_line(outcome.job.shown)}: {one_line(note)}", "yellow")

    def _tell(self, outcome: Outcome) -> None:
        assert isinstance(outcome.job, Job)
        shown, counts = one_line(outcome.job.shown), outcome.counts
        size = f"(-{count(counts.removed_chars, 'character')}, {count(counts.removals, 'removal')})"
        if outcome.status in ("missing", "stale"):
            click.echo(f"{shown}: {outcome.status}: {one_line(outcome.message)} {size}")
        elif self._verbose:
            wrote = outcome.status == "written"
            self._err(f"{shown}: wrote {one_line(str(outcome.job.target))} {size}" if wrote else f"{shown}: up to date")

    def _err(self, line: str, colour: str = "") -> None:
        click.echo(click.style(line, fg=colour) if colour else line, err=True, color=self._color)

    def close(self, config: Config) -> None:
        """Prints what can only be told of all together."""
        if self._form == "sarif":
            from cleaner.exports import EXPORTS

            for _, part in EXPORTS["sarif"].parts(self._documents(config)):
                sys.stdout.buffer.write(part)
            sys.stdout.buffer.flush()

    def _documents(self, config: Config) -> Iterator[LoggedDocument]:
        from cleaner.cli.reading import live
        from cleaner.run.rereading import documents_of

        for job in self._for_sarif:
            yield from live(job.source, config) if self._foretells else documents_of(job.log, config)


def _as_json(outcome: Outcome) -> dict[str, object]:
    job = outcome.job
    told: dict[str, object] = {"source": job.shown, "status": outcome.status}
    if isinstance(job, Job):
        told |= {"output": str(job.target), "log": str(job.log)}
    if outcome.message:
        told["message"] = outcome.message
    if outcome.notes:
        told["notes"] = outcome.notes
    return told | outcome.counts._asdict()


def _annotate(outcome: Outcome) -> None:
    message = _told(outcome.message, shortly=True) or count(outcome.counts.removals, "removal")
    level = "notice" if outcome.status in ("written", "current") else "error"
    click.echo(annotation(level, outcome.job.shown, message, f"cleaner {outcome.status}"))


def _told(message: str, shortly: bool) -> str:
    """One line; of a bug its traceback, which need not be told twice."""
    if not message.startswith("Traceback"):
        return one_line(message)
    return one_line(message.rstrip("\n").split("\n")[-1]) if shortly else message.rstrip("\n")
