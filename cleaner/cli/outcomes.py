"""What a run says of each input: a line for people, JSON, annotations for GitHub, or SARIF."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress

import click

from cleaner.cli.options import count
from cleaner.config import Config
from cleaner.inputs import Job
from cleaner.logged import LoggedDocument
from cleaner.outcome import Outcome

ASIDE = ("refused", "bug")


class Printer:
    """Says what became of inputs: data to stdout, talk to stderr. `foretells`: nothing is written, only told."""

    def __init__(self, form: str, color: str, quiet: bool, verbose: bool, foretells: bool) -> None:
        self._form = form
        self._color = _colored(color)
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
        from cleaner.cli.reading import documents_of, live

        for job in self._for_sarif:
            yield from live(job.source, config) if self._foretells else documents_of(job.log, config)


def _colored(choice: str) -> bool:
    """Whether to colour what goes to stderr."""
    if choice == "auto":
        return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return choice == "always"


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
    """One workflow command of GitHub's, its special characters escaped."""
    message = _told(outcome.message, shortly=True) or count(outcome.counts.removals, "removal")
    level = "notice" if outcome.status in ("written", "current") else "error"
    file = outcome.job.shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = file.replace(":", "%3A").replace(",", "%2C")
    text = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    click.echo(f"::{level} file={file},title=cleaner {outcome.status}::{text}")


def _told(message: str, shortly: bool) -> str:
    """One line; of a bug its traceback, which need not be told twice."""
    if not message.startswith("Traceback"):
        return one_line(message)
    return one_line(message.rstrip("\n").split("\n")[-1]) if shortly else message.rstrip("\n")


def one_line(text: str) -> str:
    """A name or message with controls shown as escapes: a file's name must not move the terminal's cursor."""
    if not text.isprintable():
        with suppress(UnicodeEncodeError):  # bytes of a name that this locale does not know, as logs write them
            text = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
