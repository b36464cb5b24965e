"""`cleaner rules filters`: which filters there are and what each removes, and the codes that no rule has."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from cleaner.cli.options import COLOR, FILE, FORM, SHAPING, configuration, with_options
from cleaner.cli.shown import colored
from cleaner.cli.table import table
from cleaner.config import Config
from cleaner.config.selection import ALL
from cleaner.filters import CODES, FILTERS, outside
from cleaner.filters.about import CODED, REMOVES, Coded


@click.command(short_help="List the filters and what each removes.")
@FORM
@COLOR
@with_options(SHAPING, FILE)
def filters(form: str, color: str, **given: Any) -> None:
    """Lists the filters: what each removes, how many rules it has, and the codes that no rule has."""
    entries = list(_filters(configuration((), given)))
    if form == "json":
        for entry in entries:
            click.echo(json.dumps(entry, ensure_ascii=False))
        return
    rows = [
        [entry["filter"], "yes" if entry["selected"] else "no", f"{entry['rules']:,}", entry["removes"]]
        for entry in entries
    ]
    click.echo(table(["filter", "selected", ">rules", "removes"], rows), color=colored(color))
    click.echo("\nFound by code and no rule (cleaner rules show CODE):\n")
    click.echo(table(["code", "because it"], [[one.code, one.reason] for one in CODED]), color=colored(color))


def _filters(config: Config) -> Iterator[dict[str, Any]]:
    """A record for each filter: those of the table, then own ones, then those of other distributions."""
    config.check_names()
    counts = Counter(rule.filter for rule in config.with_selection([ALL]).rules)
    about = dict(REMOVES)
    about.update((name, "what rules of your own name") for name in sorted(set(counts) - set(about)))
    others = {name: path for name, path in outside().items() if name not in FILTERS}  # of that name ours counts
    about.update((name, f"what {path} finds, of another package") for name, path in others.items())
    selected = set(config.filters())
    for name, removes in about.items():
        yield {
            "filter": name,
            "removes": removes,
            "selected": name in selected,
            "rules": counts[name],
            "codes": list(CODES.get(name, ())),
        }


def page(one: Coded) -> str:
    """All that there is to say of a code without a rule."""
    lines = [
        click.style(one.code, bold=True),
        f"  removed because it {one.reason}",
        f"  found by  {one.found_by}",
        f"  filter    {one.filter}{'' if one.filter in FILTERS else ', which is always selected'}",
    ]
    if one.filter in FILTERS:
        lines.append("  score     how sure that is; cleaner why FILE:LINE tells it of a line, with what decided")
    return "\n".join(lines) + "\n"


def as_json(one: Coded) -> dict[str, object]:
    """The same for programs: fields as those of a rule, where there are such."""
    return {**one._asdict(), "pattern": None}
