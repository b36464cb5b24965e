"""What the hooks do, without click where they are called as hooks are: they start anew at every commit."""

import os
import shlex
import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.cli.shown import annotation, one_line
from cleaner.config import Config, load, stray_variables
from cleaner.config.file import find
from cleaner.git.staged import A_LINK, Corpus, Fixed, Place

MANY = 8  # from so many outputs on, `git add` names the folder


class Told(NamedTuple):
    """A line for a person: about which file, and what; `level` is error or warning."""

    path: str
    message: str
    level: str = "error"


def straight(arguments: Sequence[str]) -> int | None:
    """The exit code of a hook that is called as `.pre-commit-hooks.yaml` calls it: `arguments` come after `hook`.

    None for any other command line, mistakes included: click understands, or explains, them all.
    """
    name = arguments[0] if arguments and sys.platform != "win32" else ""
    flag = {"fix": "--force-exclude", "check": "--strict"}.get(name, "")
    flagged = arguments[1:2] == [flag]
    files = arguments[2 if flagged else 1 :]
    if not flag or any(file.startswith("-") or not file for file in files):
        return None
    if name == "fix":
        return fix(files, flagged)
    return None if files else check(flagged)


def fix(
    files: Iterable[str | Path], force_exclude: bool = False, form: str = "text", config_file: Path | None = None
) -> int:
    """Cleans the staged seeds among files; 1 when something was written or is not staged, 3 when one was refused.

    Raises ConfigError, RuleError, DecisionsError, GitError, or LockedError while a run writes to the outputs.
    """
    corpus = _corpus(config_file)
    places = _asked(corpus, files, force_exclude)
    wrong = dict(corpus.prove(places))
    told: list[Told] = []
    unstaged: list[str] = []
    open_: list[Place] = []
    refused = False
    for place, outcome in _cleaned(corpus, [place for place in places if not _is_proven(corpus, place, wrong)]):
        if outcome.refused:
            told.append(Told(place.seed, f"refused: {outcome.message}"))
            refused = True
            continue
        if not outcome.staged:
            told.append(Told(place.seed, outcome.message))
            unstaged += place[1:]
            open_.append(place)
    told += _conversions(corpus, open_)
    corpus.save_proofs()
    _tell(told, form)
    _tell_what_to_stage(corpus, unstaged)
    return 3 if refused else 1 if unstaged else 0


def check(strict: bool = False, form: str = "text", config_file: Path | None = None) -> int:
    """Compares every staged seed with its staged text and log: 1 when one is missing or stale, 3 when one was refused.

    Raises ConfigError, RuleError, DecisionsError or GitError.
    """
    corpus = _corpus(config_file)
    places = corpus.places
    refused = [Told(place.seed, f"refused: {A_LINK}") for place in corpus.linked]
    wrong: list[Told] = []
    for place in places:
        if corpus.triple(place) is not None:
            continue
        why = corpus.unreadable(place)
        if why:
            refused.append(Told(place.seed, f"refused: {why}"))
        else:
            wrong.append(Told(place.seed, f"missing: {_absent(corpus, place)}"))
    stale = dict(corpus.prove(places))
    wrong += [Told(place.seed, f"stale: {why}") for place, why in stale.items()] + _conversions(corpus, list(stale))
    orphans = [Told(path, "orphan: its seed is gone") for path in corpus.orphans()]
    corpus.save_proofs()
    old = corpus.outdated(places)
    _tell(sorted([*refused, *wrong, *orphans]), form)
    seeds, outputs = _quoted([corpus.from_here(corpus.seeds)]), _quoted([corpus.from_here(corpus.outputs)])
    if wrong:
        print(f"To fix: cleaner clean {seeds} -o {outputs} && git add -- {outputs}")
    if orphans:
        print(f"To fix: cleaner prune {outputs} && git add -u -- {outputs}")
    if old:
        what = f"{old:,} cleaned by other rules, another configuration or other decisions"
        print(f"{'error' if strict else 'warning'}: {what}; cleaner clean {seeds} -o {outputs} renews them")
    return 3 if refused else 1 if wrong or orphans or (strict and old) else 0


def _is_proven(corpus: Corpus, place: Place, wrong: Container[Place]) -> bool:
    """Whether what is staged of a seed was found right, and made by rules, configuration and decisions of now."""
    triple = corpus.triple(place)
    return triple is not None and place not in wrong and corpus.proofs.made_by(triple) == corpus.recipe


def _conversions(corpus: Corpus, places: Sequence[Place]) -> list[Told]:
    """What git itself changes about files that are not as they should be."""
    if not places:
        return []
    from cleaner.git.conversions import conversions  # a hook with nothing to tell needs none of it

    return [Told(path, message) for path, message in conversions(corpus, places)]


def _cleaned(corpus: Corpus, places: Sequence[Place]) -> Iterator[tuple[Place, Fixed]]:
    """Each seed with what became of it, under the lock: a run at the same time would write to the same files."""
    if not places:
        return
    from contextlib import ExitStack, suppress  # a hook with nothing to do needs none of them

    from cleaner.machine.locks import Lock

    with ExitStack() as stack:
        with suppress(OSError):  # where the folder cannot be made, each seed is refused and says why
            stack.enter_context(Lock(corpus.config.output))
        for place in places:
            yield place, corpus.clean(place)


def _corpus(file: Path | None) -> Corpus:
    for line in stray_variables(os.environ):
        print(f"warning: {line}", file=sys.stderr)
    config = load(file=file)
    return Corpus(config if file or find(Path.cwd()) else _from_the_root(config))


def _from_the_root(config: Config) -> Config:
    """Without a configuration file, the seeds are looked for at the repository's root, not in the working folder."""
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return Config(config.values, config.sources, Path(os.path.relpath(root)))


def _asked(corpus: Corpus, files: Iterable[str | Path], force_exclude: bool) -> list[Place]:
    excluded = corpus.exclusion() if force_exclude else lambda _: False
    root = corpus.index.root.resolve()
    here = os.path.relpath(Path.cwd(), root)
    paths = {_below(root, here, file).replace(os.sep, "/") for file in files}
    paths.difference_update(corpus.modules)  # git lists a submodule with a new commit like a file
    places = [place for path in sorted(paths) if not excluded(path) and (place := corpus.place(path))]
    return [place for place in places if corpus.is_staged(place) or (root / place.seed).exists()]


def _below(root: Path, here: str, file: str | Path) -> str:
    """A file's path from the root; `here` is that of the working folder, which is looked up once for all files."""
    if os.path.isabs(file):  # noqa: PTH117  # thousands of strings, which need not be paths
        return os.path.relpath(file, root)
    return os.path.normpath(os.path.join(here, file))  # noqa: PTH118


def _absent(corpus: Corpus, place: Place) -> str:
    absent = [path for path in place[1:] if path not in corpus.blobs]
    one = len(absent) == 1
    if corpus.links.issuperset(absent):  # cleaning follows a link, and would call what it leads to up to date
        what = "is a symbolic link; delete it" if one else "are symbolic links; delete them"
    else:
        what = "is not staged" if one else "are not staged"
    return f"{' and '.join(map(_printable, absent))} {what}"


def _tell(told: Iterable[Told], form: str) -> None:
    for path, message, level in told:
        if form == "github":
            print(annotation(level, path, message))
        else:
            print(f"{_printable(path)}: {one_line(message)}")


def _tell_what_to_stage(corpus: Corpus, paths: list[str]) -> None:
    if not paths:
        return
    folder = corpus.from_here(corpus.outputs)
    ignored = corpus.index.ignored(paths)
    if ignored:
        print(f"git ignores {_printable(ignored[0])}: take {folder}/ out of .gitignore, else no commit can hold it")
    shown = [folder] if len(paths) > MANY else [corpus.from_here(path) for path in paths]
    print(f"To stage: git add -- {_quoted(shown)}")


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
