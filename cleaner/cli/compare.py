"""`cleaner rules compare`: what a changed ruleset would newly cut from a corpus, and what it would spare."""

import io
import json
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import click

from cleaner.cli.asking import configured
from cleaner.cli.codes import Exit
from cleaner.cli.failure import Failure
from cleaner.cli.options import COLOR, FORM, LOOKING, PATH, SHAPING, configured_input
from cleaner.cli.reading import live
from cleaner.cli.shown import colored, count
from cleaner.cli.terminal import visible, visible_name
from cleaner.config import Config
from cleaner.log.logged import LoggedDocument, LoggedRemoval
from cleaner.rules import RULESETS, Rule
from cleaner.rules.file import read_rules

Ranges = list[tuple[int, int]]


class Change(NamedTuple):
    """Text of one document that only one side cuts: `rule` is the first of that side's that asked for it."""

    document: str
    line: int
    rule: str
    text: str


@click.command(short_help="Clean a corpus with two rulesets and show what differs.")
@click.argument("old")
@click.argument("new")
@click.argument("paths", nargs=-1, type=PATH)
@click.option("--samples", type=click.IntRange(0), default=5, help="How many texts to show for each rule.")
@FORM
@COLOR
@configured(SHAPING, LOOKING)
def compare(old: str, new: str, paths: tuple[Path, ...], samples: int, form: str, color: str, config: Config) -> None:
    """Cleans PATHS (default: the configured input folder) with two rulesets and shows what differs.

    OLD and NEW are each a git revision, a folder of rulesets, a file of rules that joins the present ones, or "."
    for the present ones, as they are installed. Nothing is written.
    """
    cut: list[Change] = []
    spared: list[Change] = []
    documents = changed = 0
    failed: Failure | None = None
    with ExitStack() as stack:
        sides = [config.with_rules(_rules_of(name, config, stack)) for name in (old, new)]
        for path in paths or (configured_input(config),):
            try:
                for before, after in zip(live(path, sides[0]), live(path, sides[1], quiet=True), strict=True):
                    more = list(_only(after, before))
                    less = list(_only(before, after))
                    documents += 1
                    changed += bool(more or less)
                    cut.extend(more)
                    spared.extend(less)
            except Failure as failure:
                failed = failure
    if form == "json":
        click.echo(json.dumps(_as_json(documents, changed, cut, spared), ensure_ascii=False, indent=2))
    else:
        text = f"{count(documents, 'document')}, {changed:,} of them change\n"
        text += _side("Newly cut", "red", cut, samples) + _side("Spared", "green", spared, samples)
        click.echo(text, nl=False, color=colored(color))
    if failed is not None:
        raise failed


def _rules_of(name: str, config: Config, stack: ExitStack) -> list[Rule]:
    path = Path(name)
    if name == ".":
        return config.rules
    if path.is_file():
        own = read_rules(path)
        taken = {rule.code for rule in own}
        return [*(rule for rule in config.rules if rule.code not in taken), *own]
    root = path if path.is_dir() else _checked_out(name, stack)
    if (root / "cleaner/rulesets").is_dir():
        root = root / "cleaner/rulesets"
    languages = {"any", *config["languages"]} if config["languages"] else None
    files = [one for one in sorted(root.glob("*/*.toml")) if languages is None or one.parent.name in languages]
    rules = [rule for one in files for rule in read_rules(one)]
    if not rules:
        raise Failure(f"{root}: holds no rulesets (<language>/<filter>.toml)", Exit.USAGE)
    return rules


def _checked_out(revision: str, stack: ExitStack) -> Path:
    """The rulesets of a git revision, in a folder that goes when done: of the repository that the package is in, else,
    where it is installed as a copy, of the one that the working folder is in. Raises Failure.
    """
    if revision.startswith("-"):
        raise Failure(f"{revision}: no revision begins with a dash", Exit.USAGE)
    refusals: list[str] = []
    for top, rulesets in ((RULESETS.parent, RULESETS.name), (_clone(), f"cleaner/{RULESETS.name}")):
        done = _git(top, "archive", "--format=zip", revision, "--", rulesets)
        if not done.returncode:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:  # never unpacks beyond its folder
                archive.extractall(folder)
            return folder / rulesets
        refusals.append(f"{top}: {' '.join(done.stderr.decode('utf-8', 'replace').split()).removeprefix('fatal: ')}")
    raise Failure(
        f"{revision}: neither a folder, a file nor a git revision with rulesets (looked in {'; '.join(refusals)})",
        Exit.USAGE,
    )


def _clone() -> Path:
    """The top of the repository that the working folder is in; the folder itself where it is in none."""
    done = _git(Path.cwd(), "rev-parse", "--show-toplevel")
    return Path(os.fsdecode(done.stdout.removesuffix(b"\n"))) if not done.returncode else Path.cwd()


def _git(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise Failure("git is not installed: name a folder or a file of rules, or install it", Exit.USAGE) from None


def _only(one: LoggedDocument, other: LoggedDocument) -> Iterator[Change]:
    """What `one` cuts and `other` does not; parts of white space alone are passed over."""
    theirs = [(removal.start, removal.end) for removal in other.removals]
    for removal in one.removals:
        for start, end in _without((removal.start, removal.end), theirs):
            text = one.text[start:end]
            if text.strip():
                line = one.text.count("\n", 0, start + len(text) - len(text.lstrip())) + 1
                yield Change(one.id, line, _rule_of(removal, start, end), text.strip())


def _without(mine: tuple[int, int], theirs: Ranges) -> Iterator[tuple[int, int]]:
    at, last = mine
    for start, end in theirs:
        if end <= at or start >= last:
            continue
        if start > at:
            yield at, start
        at = end
    if at < last:
        yield at, last


def _rule_of(removal: LoggedRemoval, start: int, end: int) -> str:
    """The rule that asked for this part; another rule may have asked for the rest of the removal."""
    return next((one.code for one in removal.spans if one.start < end and start < one.end), removal.code)


def _side(title: str, colour: str, changes: list[Change], samples: int) -> str:
    size = sum(len(one.text) for one in changes)
    out = [f"\n{click.style(title, bold=True)}: {len(changes):,} passages, {size:,} characters"]
    for rule in sorted({one.rule for one in changes}):
        mine = [one for one in changes if one.rule == rule]
        out.append(f"  {click.style(rule, fg='cyan')}: {len(mine):,}")
        for one in mine[:samples]:
            text = " ".join(one.text.split())
            shown = visible(text[:160]) + ("…" if len(text) > 160 else "")
            out.append(f"    {visible_name(one.document)}:{one.line}: {click.style(shown, fg=colour)}")
        if len(mine) > samples:
            out.append(f"    and {len(mine) - samples:,} more")
    return "\n".join(out) + "\n"


def _as_json(documents: int, changed: int, cut: list[Change], spared: list[Change]) -> dict[str, object]:
    return {
        "documents": documents,
        "changed": changed,
        "cut": [one._asdict() for one in cut],
        "spared": [one._asdict() for one in spared],
    }
