"""What the hooks do, without click where they are called as hooks are: they start anew at every commit."""

import os
import shlex
import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from cleaner.cli.shown import annotation, one_line
from cleaner.config import Config, load, stray_variables
from cleaner.config.file import find
from cleaner.git.folders import Place
from cleaner.git.staged import IN_CONFLICT, Corpus, Fixed, without_options
from cleaner.run.inputs import PlaceError, check_places

MANY = 8  # from so many files on, `git add` names the folder
_UNSTAGED = "not staged; git add it, or git rm --cached this"


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

    Raises ConfigError, PlaceError, RuleError, DecisionsError, GitError, or LockedError while a run writes there.
    """
    corpus = _corpus(config_file)
    places = _asked(corpus, files, force_exclude)
    wrong = dict(corpus.prove(places))
    told: list[Told] = []
    seeds: list[str] = []
    outputs: list[str] = []
    open_: list[Place] = []
    refused = False
    for place, outcome in _cleaned(corpus, [place for place in places if not _is_proven(corpus, place, wrong)]):
        if outcome.refused:
            told.append(Told(place.seed, f"refused: {outcome.message}"))
            refused = True
            continue
        seed = "" if place.seed in corpus.blobs else corpus.addable(place.seed)
        if seed:
            seeds.append(seed)
        if not outcome.staged:
            told.append(Told(place.seed, outcome.message))
            outputs += place[1:]
            open_.append(place)
        elif seed:
            told.append(Told(place.seed, "is not staged, as its cleaned text is"))
        elif place in wrong:  # the other hook tells it, too: what lies on the disk is right, and cannot be read staged
            told.append(Told(place.seed, f"stale: {wrong[place]}"))
    told += _conversions(corpus, open_)
    corpus.save_proofs()
    _tell(told, form)
    _tell_what_to_stage(corpus, seeds, outputs)
    return 3 if refused else 1 if told else 0


def check(strict: bool = False, form: str = "text", config_file: Path | None = None) -> int:
    """Compares every staged seed with its staged text and log: 1 when one is missing or stale, 3 when one was refused.

    Raises ConfigError, PlaceError, RuleError, DecisionsError or GitError.
    """
    corpus = _corpus(config_file)
    places = corpus.places
    refused = [Told(place.seed, f"refused: {corpus.link(place)}") for place in corpus.linked]
    refused += [Told(place.seed, f"refused: {IN_CONFLICT}") for place in corpus.disputed]
    absent = [place for place in places if corpus.triple(place) is None]
    stale = dict(chain(corpus.prove(places), corpus.prove_apart()))
    unreadable = {place: why for place in (*absent, *stale) if (why := corpus.unreadable(place))}
    refused += [Told(place.seed, f"refused: {why}") for place, why in unreadable.items()]
    absent = [place for place in absent if place not in unreadable]
    stale = {place: why for place, why in stale.items() if place not in unreadable}
    wrong = [Told(place.seed, f"missing: {_absent(corpus, place)}") for place in absent]
    wrong += [Told(place.seed, f"stale: {why}") for place, why in stale.items()] + _conversions(corpus, list(stale))
    orphans = corpus.orphans()
    left = [Told(path, f"orphan: its seed is {_UNSTAGED if add else 'gone'}") for path, add in orphans]
    corpus.save_proofs()
    old = corpus.outdated(places)
    _tell(sorted([*refused, *wrong, *left]), form)
    seeds, outputs = (_quoted([folder]) for folder in corpus.folders.to_clean())
    _tell_what_to_clean(corpus, [*absent, *stale])
    unstaged = sorted({add for _, add in orphans if add})
    if unstaged:
        _tell_ignored(corpus, unstaged)
        print(f"To fix: git add -- {_quoted(_shortly(corpus, unstaged, corpus.folders.seeds))}")
    if not all(add for _, add in orphans):
        print(f"To fix: cleaner prune {outputs} && git add -u -- {outputs}")
    if old:
        level = "error" if strict else "warning"
        what = "cleaned by other rules, another configuration or other decisions"
        if form == "github":  # which shows a message at its file only
            _tell((Told(place.seed, what, level) for place in old), form)
        print(f"{level}: {len(old):,} {what}; cleaner clean {seeds} -o {outputs} renews them")
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
    if not file and not find(Path.cwd()):
        config = _from_the_root(config)
    try:
        check_places([config.folder("input")], config.folder("output"))
    except PlaceError as error:
        raise PlaceError(without_options(str(error))) from None
    return Corpus(config)


def _from_the_root(config: Config) -> Config:
    """Without a configuration file, the seeds are looked for at the repository's root, not in the working folder."""
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return Config(config.values, config.sources, Path(os.path.relpath(root)))


def _asked(corpus: Corpus, files: Iterable[str | Path], force_exclude: bool) -> list[Place]:
    """The seeds among some files, and the staged ones in folders; warns of names that no seed has.

    Hooks hand on what else a commit holds, too, so that is told only where there is nothing else.
    """
    excluded = corpus.exclusion() if force_exclude else lambda _: False
    root = corpus.folders.root
    here = os.path.relpath(Path.cwd(), root)
    paths = {corpus.folders.staged(_below(root, here, file).replace(os.sep, "/")): str(file) for file in files}
    for module in corpus.modules:  # git lists a submodule with a new commit like a file
        paths.pop(module, None)
    found: set[Place] = set()
    nothing: list[str] = []
    hidden: list[str] = []
    for path, named in paths.items():
        place = corpus.folders.place(path)
        if excluded(path):
            continue
        if place and (corpus.is_staged(place) or _is_file(root / path)):
            found.add(place)
        elif below := corpus.below(path):
            found.update(below)
        elif place or path == corpus.folders.seeds:
            nothing.append(named)
        elif corpus.folders.is_hidden(path) and not Path(path).name.startswith(".git"):
            hidden.append(named)
    if hidden:
        _warn(hidden, "hidden, and so no seed; give it a name without a dot at its beginning, or keep it elsewhere")
    if nothing:
        _warn(nothing, "nothing is staged by that name")
    elif paths and not found and not any(map(corpus.folders.among_seeds, paths)):
        _warn(paths.values(), f"not in {_printable(corpus.folders.seeds)}, where the seeds are")
    return sorted(found)


def _warn(names: Iterable[str], message: str) -> None:
    """Says something of one name or more, in one line: there may be thousands."""
    first, *more = map(_printable, sorted(names))
    others = f" and {len(more):,} more" if more else ""
    print(f"warning: {first}{others}: {message}", file=sys.stderr)


def _is_file(path: Path) -> bool:
    """Whether there is something that may be a text: a link to a folder is one to refuse."""
    return path.exists() and (path.is_symlink() or not path.is_dir())


def _below(root: Path, here: str, file: str | Path) -> str:
    """A file's path from the root; `here` is that of the working folder, which is looked up once for all files."""
    if os.path.isabs(file):  # noqa: PTH117  # thousands of strings, which need not be paths
        above, name = os.path.split(file)  # the folders may lead through links to the root, a link itself is to refuse
        return os.path.relpath(os.path.join(os.path.realpath(above), name), root)  # noqa: PTH118
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


def _tell_what_to_clean(corpus: Corpus, places: Sequence[Place]) -> None:
    """How the cleaned texts of some seeds come right. Of a seed that was changed since it was staged, what is on the
    disk is not what the commit will hold: a hook cleans what is staged.
    """
    changed = corpus.changed(places) if places else []
    if len(places) > len(changed):
        seeds, outputs = (_quoted([folder]) for folder in corpus.folders.to_clean())
        print(f"To fix: cleaner clean {seeds} -o {outputs} && git add -- {outputs}")
    if changed:
        seeds = _quoted(_shortly(corpus, [place.seed for place in changed], corpus.folders.seeds))
        outputs = _quoted(_shortly(corpus, [path for place in changed for path in place[1:]], corpus.folders.outputs))
        what = "a seed that was" if len(changed) == 1 else f"{len(changed):,} seeds that were"
        print(f"To fix {what} changed since git add: cleaner hook fix {seeds}; git add -- {outputs}")


def _tell_what_to_stage(corpus: Corpus, seeds: list[str], outputs: list[str]) -> None:
    if not seeds and not outputs:
        return
    seeds = list(dict.fromkeys(seeds))  # of many in one repository each has that
    _tell_ignored(corpus, [*seeds, *outputs])
    shown = [*_shortly(corpus, seeds, corpus.folders.seeds), *_shortly(corpus, outputs, corpus.folders.outputs)]
    print(f"To stage: git add -- {_quoted(shown)}")


def _shortly(corpus: Corpus, paths: list[str], folder: str) -> list[str]:
    """Paths as the working folder sees them; of many, the folder that all are in."""
    return [corpus.folders.from_here(path) for path in ([folder] if len(paths) > MANY else paths)]


def _tell_ignored(corpus: Corpus, paths: list[str]) -> None:
    ignored = corpus.index.ignored(paths)
    if ignored:
        is_output = ignored[0].startswith(f"{corpus.folders.outputs}/")
        what = f"{corpus.folders.from_here(corpus.folders.outputs)}/" if is_output else "it"
        print(f"git ignores {_printable(ignored[0])}: take {what} out of .gitignore, else no commit can hold it")


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
