"""What the hooks decide: whether each staged seed has its cleaned text and log in the same commit.

The seed's staged bytes are what counts, and not the disk's: another stage of the work may lie there, and
git may have changed its line ends on the way in.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from cleaner.config import Config
from cleaner.config.fingerprints import ruleset
from cleaner.git.folders import Folders, Place
from cleaner.git.index import GitError, Index, blob_id
from cleaner.git.proofs import Proofs, Triple
from cleaner.git.proven import Seeds, made_by, recipe, sha256_of
from cleaner.git.seed import NotHereError, StagedSeed
from cleaner.log import LIKE_A_LOG, SUFFIX, LogError
from cleaner.log.entries import sha256
from cleaner.machine.files import printable_name
from cleaner.machine.pointers import LONGEST, pointed
from cleaner.review import decisions

if TYPE_CHECKING:
    from cleaner.run.cleaning import Cleaner


IN_CONFLICT = "is in conflict; resolve it, then git add it"
_A_LINK = "a symbolic link holds no text; put the file itself here, or exclude it"
_OPTION = re.compile("--(max-bytes|encoding|text-field|id-field|ignore)")  # of `clean`, with the names of settings


class Orphan(NamedTuple):
    """A staged output or log whose seed is not staged, and what `git add` takes to stage the seed: the seed itself, or
    the repository that it lies in. `add` is empty where the seed is gone.
    """

    path: str
    add: str


class Fixed(NamedTuple):
    """What became of a staged seed: whether it was refused, whether its outputs are staged as they should be."""

    message: str
    refused: bool = False
    staged: bool = False


class Corpus:
    """The seeds and outputs of a configuration as the index holds them. Raises GitError outside of a repository."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.index = Index(config.root)
        self.folders = Folders(config, self.index.root)
        self.blobs, links, self.modules, self._disputed = self.index.staged(self.folders.seeds, self.folders.outputs)
        self.links = frozenset(links)
        self._links = self.folders.places(links)
        self.proofs = Proofs(self.index.proofs)
        self._triples: dict[str, Triple | None] = {}

    @cached_property
    def places(self) -> list[Place]:
        """Every staged seed that the configuration does not exclude, sorted."""
        return self._chosen(self._all)

    @cached_property
    def linked(self) -> list[Place]:
        """Every staged symbolic link among the seeds that the configuration does not exclude, sorted."""
        return self._chosen(self._links)

    @cached_property
    def disputed(self) -> list[Place]:
        """Every seed in conflict that the configuration does not exclude, sorted."""
        return self._chosen(self.folders.places(self._disputed))

    def is_staged(self, place: Place) -> bool:
        """Whether there is a staged seed, a link, or a seed in conflict, at this place."""
        return place.seed in self.blobs or place.seed in self._disputed or place in self._links

    def below(self, folder: str) -> list[Place]:
        """The staged seeds in a folder that the configuration does not exclude, and what is to refuse there."""
        head = "" if folder == "." else f"{folder}/"
        return [place for place in (*self.places, *self.linked, *self.disputed) if place.seed.startswith(head)]

    def _chosen(self, places: list[Place]) -> list[Place]:
        excluded = self.exclusion() if places else lambda _: False
        return [place for place in places if not excluded(place.seed)]

    @cached_property
    def _all(self) -> list[Place]:
        """Every staged seed, sorted."""
        return self.folders.places(self.blobs)

    def exclusion(self) -> Callable[[str], bool]:
        """Whether the configuration excludes a path, told by its path from the repository's root."""
        from cleaner.run.inputs import exclusion

        test = exclusion(self.config)
        return lambda path: test(self.folders.configured(path))

    @cached_property
    def cleaner(self) -> "Cleaner":
        """The configuration at work; imported late, since a hook with nothing to do cleans nothing.

        Raises what is wrong with it, once and not for each seed.
        """
        from cleaner.run.cleaning import Cleaner

        cleaner = Cleaner(self.config)
        cleaner.tried()
        return cleaner

    @cached_property
    def recipe(self) -> str:
        """The rules and configuration of now."""
        return recipe(ruleset(self.config), self.config.fingerprint())

    @cached_property
    def decisions(self) -> decisions.Decisions:
        """What people decided. Raises DecisionsError for a damaged file."""
        return decisions.load(self.config.root / decisions.FILE)

    def clean(self, place: Place) -> Fixed:
        """Cleans the staged bytes of a seed to their place on the disk; says what is left to do."""
        from cleaner.run.batches import clean
        from cleaner.run.inputs import Job, explain, shown_path

        root = self.folders.root
        if place.seed.endswith(SUFFIX):
            return Fixed(LIKE_A_LOG, refused=True)
        if place.seed in self._disputed:
            return Fixed(IN_CONFLICT, refused=True)
        if place in self._links or (place.seed not in self.blobs and (root / place.seed).is_symlink()):
            return Fixed(self.link(place), refused=True)
        name = self.folders.name(place.seed)
        try:
            with StagedSeed(self.index, place.seed, self.blobs.get(place.seed)) as source:
                shown = shown_path(self.config.input / name, self.config)  # as `clean` names it to the log
                job = Job(source.path, printable_name(name), Path(self.folders.from_here(place.output)), shown)
                outcome = clean(self.cleaner, job)
        except NotHereError as error:
            return Fixed(str(error), refused=True)
        except OSError as error:
            return Fixed(without_options(explain(error, root / place.seed)), refused=True)
        if outcome.status in ("refused", "bug"):
            return Fixed(without_options(outcome.message), refused=True)
        if self._is_staged(root, place):
            return Fixed("", staged=True)
        output = self.folders.from_here(place.output)
        counts = outcome.counts
        amount = f"-{counts.removed_chars:,} characters, {counts.removals:,} removal{'s' * (counts.removals != 1)}"
        done = f"wrote {output} ({amount})" if outcome.status == "written" else f"{output} is right but not staged"
        return Fixed(done)

    def _is_staged(self, root: Path, place: Place) -> bool:
        for path in place[1:]:
            blob = self.blobs.get(path)
            if blob is None:
                return False
            raw = (root / path).read_bytes()
            if blob_id(raw, blob) != blob and sha256_of(next(self.index.contents([blob]))) != sha256(raw):
                return False
        return True

    def changed(self, places: Iterable[Place]) -> list[Place]:
        """Those whose seed lies on the disk otherwise than it is staged; of what filters change, nothing is known."""
        root = self.folders.root
        here = {place.seed: place for place in places if place.seed in self.blobs and (root / place.seed).is_file()}
        try:
            filtered = self.index.attributes(here, ("filter",)) if here else {}
            now = self.index.would_be(path for path in here if not filtered[path])
        except GitError:  # what cannot be read or converted is not what was staged
            return []
        return [here[path] for path, blob in now.items() if blob != self.blobs[path]]

    def link(self, place: Place) -> str:
        """What is wrong with a link among the seeds. Cleaning a folder follows it to a file that is in there, too, so
        one text would be told twice.
        """
        root = self.folders.root
        leads_to = os.path.relpath(os.path.realpath(root / place.seed), root).replace(os.sep, "/")
        if leads_to == place.seed or self.folders.place(leads_to) is None or not (root / leads_to).exists():
            return _A_LINK
        return f"a symbolic link to {printable_name(leads_to)}, which is cleaned itself; delete or exclude it"

    def unreadable(self, place: Place) -> str:
        """Why a staged text cannot be cleaned at all; empty when it can. Of shards only git-lfs pointers are found."""
        if place.seed.endswith(SUFFIX):
            return LIKE_A_LOG
        from cleaner.formats import InputError, format_of
        from cleaner.formats.text import check_size, decode

        blob, shard = self.blobs.get(place.seed), format_of(place.seed).shard
        if blob is None or (shard and self.index.size(blob) > LONGEST):
            return ""
        raw = next(self.index.contents([blob]))
        try:
            if pointed(raw):  # what it points to may lie on the disk
                with StagedSeed(self.index, place.seed, self.blobs.get(place.seed)) as source:
                    raw = b"" if shard else source.path.read_bytes()
            if shard:
                return ""
            check_size(raw, self.config["max-bytes"])
            decode(raw, self.config["encoding"])
        except (InputError, NotHereError) as error:
            return without_options(str(error))
        return ""

    def triple(self, place: Place) -> Triple | None:
        """The staged blobs of a seed, its text and its log; None unless all three are staged."""
        if place.seed not in self._triples:  # each is asked for three times
            self._triples[place.seed] = self._triple(place)
        return self._triples[place.seed]

    def _triple(self, place: Place) -> Triple | None:
        seed = self.blobs.get(place.seed)
        return self._triple_with(place, seed) if seed else None

    def _triple_with(self, place: Place, seed: str) -> Triple | None:
        output, log = map(self.blobs.get, place[1:])
        if not (output and log):
            return None
        name, decided = self.folders.name(place.seed), ""
        if len(self.decisions):
            from cleaner.formats import format_of  # where nobody decided it is not needed

            decided = self.decisions.digest_of_file(printable_name(name), format_of(name).shard)
        return Triple(seed, output, log, decided, ascii(f"{self.folders.seeds}/{name}"))

    def prove(self, places: Iterable[Place]) -> Iterator[tuple[Place, str]]:
        """Looks at staged triples that nobody has looked at yet, and yields what is wrong with each that is wrong."""
        return self._prove({place: triple for place in places if (triple := self.triple(place))})

    def prove_apart(self) -> Iterator[tuple[Place, str]]:
        """The same of the outputs of seeds in submodules, as far as their logs tell: git lists no such seed."""
        return self._prove(self._apart)

    def _prove(self, triples: Mapping[Place, Triple]) -> Iterator[tuple[Place, str]]:
        open_ = {place: triple for place, triple in triples.items() if not self.proofs.made_by(triple)}
        contents = self.index.contents(blob for triple in open_.values() for blob in triple[:3] if blob)
        seeds = self._seeds
        for place, triple in open_.items():
            seed = next(contents) if triple.seed else None
            output, log = next(contents), next(contents)
            try:
                self.proofs.add(
                    triple, made_by(log, seed, output, self.folders.name(place.seed), seeds, self.decisions)
                )
            except LogError as error:
                yield place, str(error)

    @property
    def _seeds(self) -> Seeds:
        named, real = (os.path.abspath(self.config.input), os.path.realpath(self.config.input))
        whole = [printable_name(path.replace(os.sep, "/")) for path in (named, real)]
        return Seeds(printable_name(self.folders.seeds), tuple(whole))

    def orphans(self) -> list[Orphan]:
        """Staged logs, and outputs with a log, whose seed is not staged, sorted. What submodules hold is not known."""
        seeds = {path: self.folders.seed_of(path) for path in self._unclaimed if not self._is_apart(path)}
        # a hidden seed has no place, and may have been cleaned by name
        return [Orphan(path, self.addable(seed)) for path, seed in seeds.items() if seed not in self.blobs]

    @cached_property
    def _unclaimed(self) -> list[str]:
        """Staged logs, and outputs with a log, that no staged seed has, sorted."""
        if self.folders.outputs == ".":
            return []
        disputed = self.folders.places(self._disputed)
        wanted = {path for place in (*self._all, *self._links, *disputed) for path in place[1:]}
        logs = {path for path in self.blobs if path.startswith(f"{self.folders.outputs}/") and path.endswith(SUFFIX)}
        texts = {log.removesuffix(SUFFIX) for log in logs}
        return sorted(path for path in (logs | texts & set(self.blobs)) if path not in wanted)

    @cached_property
    def _apart(self) -> dict[Place, Triple]:
        """What is staged of seeds in submodules: outputs with their logs, by their places."""
        logs = [path for path in self._unclaimed if path.endswith(SUFFIX) and self._is_apart(path)]
        places = self._chosen(
            [place for path in logs if (place := self.folders.place(self.folders.seed_of(path))) is not None]
        )
        return {place: triple for place in places if (triple := self._triple_with(place, "")) is not None}

    def _is_apart(self, output: str) -> bool:
        """Whether an output or log is that of a seed in a submodule."""
        return output.startswith(self._apart_heads) or self._is_unseen

    @cached_property
    def _apart_heads(self) -> tuple[str, ...]:
        return tuple(self.folders.of_module(path) for path in self.modules)

    @cached_property
    def _is_unseen(self) -> bool:
        """Whether the seeds lie deep in a submodule: of such a folder git lists nothing, not even the submodule."""
        return not self._all and not self._links and not self._disputed and self.index.is_in_module(self.folders.seeds)

    def addable(self, seed: str) -> str:
        """What `git add` takes to stage a seed that is not staged: the seed, or the repository in this one that it lies
        in. Empty where it is not on the disk, or that repository is staged: it is a submodule then.
        """
        root = self.folders.root
        place = root / seed
        if not os.path.lexists(place) or (place.is_dir() and not place.is_symlink()):
            return ""
        above = [parent.as_posix() for parent in PurePosixPath(seed).parents][-2::-1]
        inner = next((folder for folder in above if os.path.lexists(root / folder / ".git")), seed)
        return "" if inner in self.modules else inner

    def outdated(self, places: Iterable[Place]) -> list[Place]:
        """Those seeds whose staged output other rules, another configuration or other decisions made."""
        made = {place: by for place in places if (triple := self.triple(place)) and (by := self.proofs.made_by(triple))}
        return [place for place, by in made.items() if by != self.recipe]

    def save_proofs(self) -> None:
        """Remembers what was proven, for the triples that are still staged."""
        self.proofs.save(self._in_use())

    def _in_use(self) -> Iterator[Triple]:
        yield from (triple for place in self.places if (triple := self.triple(place)))
        yield from self._apart.values()


def without_options(message: str) -> str:
    """What is wrong with a seed, told to whom has no options to cure it with: a setting does the same."""
    told = _OPTION.sub(r"`\1` in the configuration", message)
    return told.replace(" with -o", " as `output` in the configuration")
