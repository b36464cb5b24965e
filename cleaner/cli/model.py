"""The commands around what is learned from labelled documents: `fit`, `fit-threads`, `fit-notices`, and `eval`."""

from collections.abc import Iterator, Sequence
from gzip import BadGzipFile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.codes import Exit
from cleaner.cli.failure import Failure
from cleaner.cli.options import PATH
from cleaner.cli.shown import count
from cleaner.models import SHIPPED, Models
from cleaner.pipeline.profiles import PROFILES

if TYPE_CHECKING:
    from cleaner.fitting.gold import Gold

_EXISTING = click.Path(exists=True, path_type=Path)


def _packs(paths: Sequence[Path]) -> list[Path]:
    """Packs in a fixed order: those of a folder by name, in the order that the folders are given.

    Raises UsageError where there is none.
    """
    out: list[Path] = []
    for path in paths:
        out += sorted(p for p in path.iterdir() if ".jsonl" in p.name) if path.is_dir() else [path]
    if not out:
        raise click.UsageError(f"{', '.join(map(str, paths))}: no packs there (*.jsonl, *.jsonl.gz)")
    return out


def _golds(pack: Path) -> "Iterator[Gold]":
    """The documents of a pack. Raises Failure, which names the first that is none."""
    from cleaner.fitting.gold import read_pack

    number = 1
    try:
        for gold in read_pack(pack):
            yield gold
            number += 1
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, BadGzipFile) as error:
        reason = f"no field {error}" if isinstance(error, KeyError) else str(error)
        what = 'holds no document {"id": …, "lines": [[text, label], …]}'
        raise Failure(f"{pack}: line {number}: {what} ({reason})", Exit.REFUSED) from None


def _labelled(paths: Sequence[Path], output: Path) -> "list[Gold]":
    """The documents of all packs, to be fitted on; `output` gets its folder now, and not after a quarter of an hour.

    Raises UsageError where there is none, or `output` cannot be a file, and Failure.
    """
    if output.is_dir():
        raise click.UsageError(f"{output}: is a folder; name a file for what is fitted")
    output.parent.mkdir(parents=True, exist_ok=True)
    golds = [gold for pack in _packs(paths) for gold in _golds(pack)]
    if not golds:
        raise click.UsageError(f"{', '.join(map(str, paths))}: no labelled document there")
    click.echo(count(len(golds), "labelled document"), err=True)
    return golds


def _no_torch(error: ImportError) -> Failure:
    return Failure(f"fitting needs torch: pip install 'seedclean[fit]' ({error})", Exit.USAGE)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=_EXISTING)
@click.option("-o", "--output", required=True, type=PATH, help="Where the model goes.")
@click.option("--name", default="segmentation/1", show_default=True, help="The name that the model bears.")
@click.option(
    "-j",
    "--jobs",
    default=1,
    show_default=True,
    metavar="N",
    type=click.IntRange(min=1),
    help="Networks fitted at once.",
)
def fit(paths: tuple[Path, ...], output: Path, name: str, jobs: int) -> None:
    """Fits a segmentation model on PATHS: packs of labelled documents, or folders of them.

    The same packs and rulesets give the same model, byte for byte on one kind of machine. Needs the extra `fit`
    (torch) and, on one core, between a quarter of an hour and a whole one.
    """
    try:
        from cleaner.fitting.segmentation import fit as fit_model
    except ImportError as error:
        raise _no_torch(error) from None
    from cleaner.rules import load_rules
    from cleaner.segmentation.features import RULED
    from cleaner.segmentation.store import save

    golds = _labelled(paths, output)
    keywords = {ruleset: [word for rule in load_rules(ruleset) for word in rule.keywords] for ruleset in RULED}
    save(fit_model(golds, keywords, name, lambda line: click.echo(line, err=True), jobs), output)
    click.echo(f"{output}: {output.stat().st_size:,} bytes", err=True)


@click.command(name="fit-threads")
@click.argument("paths", nargs=-1, required=True, type=_EXISTING)
@click.option("-o", "--output", required=True, type=PATH, help="Where the weights go.")
def fit_threads(paths: tuple[Path, ...], output: Path) -> None:
    """Fits the weights by which heads of comments are judged on PATHS: packs of labelled documents, or folders of them.

    The same packs give the same weights on one kind of machine. Needs the extra `fit` (torch) and some minutes.
    """
    try:
        from cleaner.fitting.threads import examples, save
        from cleaner.fitting.threads import fit as fit_weights
    except ImportError as error:
        raise _no_torch(error) from None

    weights = fit_weights(examples(_labelled(paths, output)), lambda line: click.echo(line, err=True))
    if not set(weights) - {"facts"}:
        raise Failure("no heads of comments are in these documents, or too few labels tell of them", Exit.REFUSED)
    save(weights, output)
    click.echo(f"{output}: {output.stat().st_size:,} bytes", err=True)


@click.command(name="fit-notices")
@click.argument("paths", nargs=-1, required=True, type=_EXISTING)
@click.option("-o", "--output", required=True, type=PATH, help="Where the weights go.")
@click.option("--model", type=_EXISTING, help="The segmentation to use them beside; the shipped one when not given.")
def fit_notices(paths: tuple[Path, ...], output: Path, model: Path | None) -> None:
    """Fits the weights of words by which notices are known, that no rule knows, on PATHS: packs of labelled documents,
    or folders of them; on what the shipped rules remove and keep; and on lines written for it.

    The same packs give the same weights on one kind of machine. Needs the extra `fit` (torch) and some minutes.
    """
    try:
        from cleaner.fitting.notices import fit as fit_weights
    except ImportError as error:
        raise _no_torch(error) from None
    from cleaner.segmentation.notices import save

    golds = _labelled(paths, output)
    try:
        network = _models(model).segmentation
        fitted = fit_weights(golds, lambda line: click.echo(line, err=True), network)
    except ValueError as error:
        raise Failure(str(error), Exit.REFUSED) from None
    save(fitted, output)
    click.echo(f"{output}: {output.stat().st_size:,} bytes", err=True)


def _models(segmentation: Path | None) -> Models:
    """The shipped models, but with another segmentation where one is given. Raises ValueError where it is none."""
    from cleaner.segmentation import load_model

    models = SHIPPED if segmentation is None else SHIPPED._replace(segmentation=segmentation)
    load_model(models.segmentation)
    return models


@click.command(name="eval")
@click.argument("paths", nargs=-1, required=True, type=_EXISTING)
@click.option("--model", type=_EXISTING, help="The model to measure; the shipped one when not given.")
@click.option("--curve", is_flag=True, help="Also the figures over a row of thresholds.")
def eval_(paths: tuple[Path, ...], model: Path | None, curve: bool) -> None:
    """Measures the segmentation on PATHS: packs of labelled documents, or folders of them.

    The figures are those of the model alone, without rules and grammar, at the three profiles' thresholds.
    """
    from cleaner.fitting.measure import HEADER

    packs = _packs(paths)
    click.echo(f"{'pack':34}{'at':>6}{HEADER}")
    thresholds = (0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.93, 0.95, 0.97, 0.99) if curve else tuple(PROFILES.values())
    for pack in packs:
        for line in _figures(pack, model, thresholds):
            click.echo(line)


def _figures(pack: Path, path: Path | None, thresholds: Sequence[float]) -> Iterator[str]:
    from cleaner.document import Document
    from cleaner.fitting.measure import Cut, score
    from cleaner.segmentation import label_documents, segmentation

    try:
        models = _models(path)
    except ValueError as error:
        raise Failure(str(error), Exit.REFUSED) from None
    golds = list(_golds(pack))
    documents = [Document(gold.id, gold.text()) for gold in golds]
    label_documents(documents, models)
    name = pack.name.split(".jsonl")[0]
    for threshold in thresholds:
        cuts: list[list[Cut]] = []
        for document in documents:
            segments = segmentation(document, models).segments
            sure = [one for one in segments if max(one.label.thread, one.label.residue) >= threshold]
            cuts.append([(one.start, one.next, one.label.thread >= threshold) for one in sure])
        yield f"{name:34}{threshold:>6.2f}{score(zip(golds, cuts, strict=True)).row()}"
