"""`cleaner hook fix` and `cleaner hook check`: no seed gets committed without its cleaned text and log."""

import os
import shlex
from collections.abc import Iterable
from pathlib import Path

import click

from cleaner.cli.failure import Failure
from cleaner.config import Config, ConfigError, find, load
from cleaner.index import GitError
from cleaner.rules import RuleError
from cleaner.staged import Corpus, Place, Told

FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "github"]), default="text", help="github: annotations in CI."
)
CONFIG = click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="The configuration file, where it is not found."
)
MANY = 8  # from so many outputs on, `git add` names the folder


@click.group()
def hook() -> None:
    """Keep the corpus complete from within git; made for pre-commit, good for plain hooks and CI."""


@hook.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--force-exclude", is_flag=True, help="Pass over FILES that the configuration excludes.")
@FORMAT
@CONFIG
def fix(files: tuple[Path, ...], force_exclude: bool, form: str, config_file: Path | None) -> None:
    """Cleans the staged seeds among FILES; exits 1 when something was written or is not staged."""
    corpus = _corpus(config_file)
    places = _asked(corpus, files, force_exclude)
    wrong = dict(corpus.prove(places))
    told: list[Told] = []
    unstaged: list[str] = []
    refused = False
    for place in places:
        triple = corpus.triple(place)
        if triple and place not in wrong and corpus.proofs.made_by(triple) == corpus.recipe:
            continue
        outcome = corpus.clean(place)
        if outcome.refused:
            told.append(Told(place.seed, f"refused: {outcome.message}"))
            refused = True
            continue
        if not outcome.staged:
            told.append(Told(place.seed, outcome.message))
            unstaged += place[1:]
        if outcome.line_ends_differ:
            told.append(
                Told(place.seed, f"git changes its line ends; put `{corpus.seeds}/** -text` into .gitattributes")
            )
    corpus.save_proofs()
    _tell(told, form)
    _tell_what_to_stage(corpus, unstaged)
    raise SystemExit(3 if refused else 1 if unstaged else 0)


@hook.command()
@click.option("--strict", is_flag=True, help="Fail too when rules or configuration have changed since.")
@FORMAT
@CONFIG
def check(strict: bool, form: str, config_file: Path | None) -> None:
    """Compares every staged seed with its staged text and log; writes nothing but a cache beside the index."""
    corpus = _corpus(config_file)
    places = list(corpus.places())
    refused: list[Told] = []
    wrong: list[Told] = []
    for place in places:
        if corpus.triple(place) is not None:
            continue
        why = corpus.unreadable(place)
        if why:
            refused.append(Told(place.seed, f"refused: {why}"))
        else:
            wrong.append(Told(place.seed, f"missing: {_absent(corpus, place)} not staged"))
    wrong += [Told(place.seed, f"stale: {why}") for place, why in corpus.prove(places)]
    orphans = [Told(path, "orphan: its seed is gone") for path in corpus.orphans()]
    corpus.save_proofs()
    old = corpus.outdated(places)
    _tell(sorted([*refused, *wrong, *orphans]), form)
    seeds, outputs = _quoted([corpus.from_here(corpus.seeds)]), _quoted([corpus.from_here(corpus.outputs)])
    if wrong:
        click.echo(f"To fix: cleaner clean {seeds} -o {outputs} && git add -- {outputs}")
    if orphans:
        click.echo(f"To fix: cleaner prune {outputs} && git add -u -- {outputs}")
    if old:
        what = f"{old:,} cleaned by other rules or another configuration"
        click.echo(f"{'error' if strict else 'warning'}: {what}; cleaner clean {seeds} -o {outputs} renews them")
    raise SystemExit(3 if refused else 1 if wrong or orphans or (strict and old) else 0)


def _corpus(file: Path | None) -> Corpus:
    try:
        config = load(file=file)
        return Corpus(config if file or find(Path.cwd()) else _from_the_root(config))
    except (ConfigError, RuleError, GitError) as error:
        raise Failure(str(error), 2) from None


def _from_the_root(config: Config) -> Config:
    """Without a file that says where the seeds are they are sought in the repository, and not in the working folder."""
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return Config(config.values, config.sources, Path(os.path.relpath(root)))


def _asked(corpus: Corpus, files: Iterable[Path], force_exclude: bool) -> list[Place]:
    excluded = corpus.exclusion() if force_exclude else lambda _: False
    root = corpus.index.root.resolve()
    paths = {os.path.relpath(Path.cwd() / file, root).replace(os.sep, "/") for file in files}
    places = [place for path in sorted(paths) if not excluded(path) and (place := corpus.place(path))]
    return [place for place in places if place.seed in corpus.blobs or (root / place.seed).exists()]


def _absent(corpus: Corpus, place: Place) -> str:
    absent = [path for path in place[1:] if path not in corpus.blobs]
    return f"{' and '.join(map(_printable, absent))} {'is' if len(absent) == 1 else 'are'}"


def _tell(told: Iterable[Told], form: str) -> None:
    for path, message, level in told:
        if form == "github":
            click.echo(f"::{level} file={_escaped(path, ':,')}::{_escaped(message)}")
        else:
            click.echo(f"{_printable(path)}: {message}")


def _tell_what_to_stage(corpus: Corpus, paths: list[str]) -> None:
    if not paths:
        return
    folder = corpus.from_here(corpus.outputs)
    ignored = corpus.index.ignored(paths)
    if ignored:
        click.echo(
            f"git ignores {_printable(ignored[0])}: take {folder}/ out of .gitignore, else no commit can hold it"
        )
    shown = [folder] if len(paths) > MANY else [corpus.from_here(path) for path in paths]
    click.echo(f"To stage: git add -- {_quoted(shown)}")


def _quoted(paths: Iterable[str]) -> str:
    return " ".join(map(_shell_word, paths))


def _shell_word(path: str) -> str:
    """A word that any shell can take from the clipboard; a line feed in a name must not start a command."""
    if path.isprintable():
        return shlex.quote(path)
    return "$'" + "".join(c if c.isprintable() and c not in "'\\" else _octal(c) for c in path) + "'"


def _octal(character: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in os.fsencode(character))


def _printable(path: str) -> str:
    return path if path.isprintable() else _shell_word(path)


def _escaped(text: str, marks: str = "") -> str:
    """Text as GitHub's annotations spell it."""
    text = os.fsencode(text).decode("utf-8", "backslashreplace")
    for character in f"%\r\n{marks}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
