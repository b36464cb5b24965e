"""`cleaner rules`: which rules there are, what each does, and whether its examples hold."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from cleaner.cli.compare import compare
from cleaner.cli.difference import visible
from cleaner.cli.failure import Failure
from cleaner.cli.options import COLOR, FILE, FORM, PATH, SHAPING, configuration, count, with_options
from cleaner.cli.shown import colored
from cleaner.cli.table import table
from cleaner.config import ALL, Config
from cleaner.document import Document, is_blank
from cleaner.pipeline import cut, merge
from cleaner.rules import Rule, SlowRuleError, read_rules
from cleaner.settings import meant
from cleaner.view import View, brute_force


@click.group()
def rules() -> None:
    """Lists, shows, tests and compares rules."""


rules.add_command(compare)


@rules.command("list", short_help="List the selected rules.")
@click.argument("prefixes", nargs=-1, metavar="[CODE|FILTER|LANGUAGE]...")
@FORM
@COLOR
@with_options(SHAPING, FILE)
def list_(prefixes: tuple[str, ...], form: str, color: str, **given: Any) -> None:
    """Lists the selected rules, or those of them whose code, filter or language is named."""
    found = _named_among_selected(configuration((), given), prefixes)
    if form == "json":
        for rule in found:
            click.echo(json.dumps(_as_json(rule), ensure_ascii=False))
        return
    rows = [[rule.code, rule.safety, rule.scope, rule.reason] for rule in found]
    click.echo(table(["rule", "safety", "scope", "because it"], rows), color=colored(color))
    click.echo(count(len(rows), "rule"), err=True)


@rules.command(short_help="Show everything about rules.")
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@FORM
@COLOR
@with_options(FILE)
def show(codes: tuple[str, ...], form: str, color: str, **given: Any) -> None:
    """Shows everything about rules: what they look for, what goes with it, and their examples."""
    config = configuration((), given)
    for rule in _named(_every(config), codes):
        if form == "json":
            click.echo(json.dumps(_as_json(rule), ensure_ascii=False))
        else:
            click.echo(_page(rule), color=colored(color))


@rules.command(short_help="Test rules on their own examples.")
@click.argument("prefixes", nargs=-1, metavar="[CODE|FILTER|LANGUAGE|FILE]...")
@click.option("--on", "texts", multiple=True, type=PATH, help="Show what they find in it.")
@with_options(SHAPING, FILE)
def test(prefixes: tuple[str, ...], texts: tuple[Path, ...], **given: Any) -> None:
    """Tests rules on their own examples: what they `removes` must go, what they `keeps` must stay.

    A FILE.toml stands for the rules in it, whether they are in use or not.

    With --on FILE it prints, too, what each finds there, however unsure. Exits with 1 if an example fails.
    """
    files = [Path(one) for one in prefixes if one.endswith(".toml")]
    found = [rule for path in files for rule in read_rules(path)]
    prefixes = tuple(one for one in prefixes if not one.endswith(".toml"))
    config = configuration((), given)
    if prefixes or not files:
        found += _named_among_selected(config, prefixes)
    wrong = [f"{rule.code}: {problem}" for rule in found for problem in problems(rule)]
    for line in wrong:
        click.echo(visible(line))
    for path in texts:
        _show_matches(path, found)
    click.echo(f"{count(len(found), 'rule')} tested, {count(len(wrong), 'example')} failed", err=True)
    sys.exit(1 if wrong else 0)


def problems(rule: Rule) -> Iterable[str]:
    """Every example of a rule that does not hold, in words."""
    try:
        yield from _problems(rule)
    except SlowRuleError:
        yield f"takes more than {rule.timeout:g} s on an example; simplify its pattern"


def _problems(rule: Rule) -> Iterable[str]:
    for example in rule.removes:
        left = _left(rule, example)
        if left == example:
            yield f"does not match {example!r}, which it removes"
        elif rule.scope != "match" and not is_blank(left):
            yield f"of {example!r}, which it removes, stays {left!r}"
    for example in rule.keeps:
        left = _left(rule, example)
        if left != example:
            yield f"makes {left!r} of {example!r}, which it keeps"
    view = View(Document("examples", "\n\n".join(rule.removes)))
    for line in range(len(view)):
        for start, end in view.matches(rule, line):
            matched = view.text(line, len(view) - 1)[start:end].casefold()
            if not any(word in matched for word in rule.keywords):
                yield f"matches {matched!r} without any of its keywords"


def _left(rule: Rule, text: str) -> str:
    return cut(text, merge(text, brute_force([rule], Document("example", text))))


def _show_matches(path: Path, found: Iterable[Rule]) -> None:
    from cleaner.formats.record import InputError
    from cleaner.formats.text import decode

    try:
        document = Document(str(path), decode(path.read_bytes())[0])
    except InputError as error:
        raise Failure(f"{path}: {error}", 3) from None
    for rule in found:
        try:
            spans = brute_force([rule], document)
        except SlowRuleError as error:
            raise SlowRuleError(f"{error}; simplify its pattern") from None
        for span in spans:
            line = document.line_at(span.start) + 1
            text = " ".join(document.text[span.start : span.end].split())
            click.echo(f"{path}:{line}: {rule.code} {rule.safety} {visible(text[:100])}")


def _every(config: Config) -> list[Rule]:
    return Config({**config.values, "select": [ALL], "ignore": []}, config.sources, config.root).rules


def _named_among_selected(config: Config, prefixes: tuple[str, ...]) -> list[Rule]:
    """The same, among the selected rules; the error says so where others have such a name."""
    try:
        return _named(config.rules, prefixes)
    except click.UsageError:
        _named(_every(config), prefixes)
        raise click.UsageError(f"not all of {', '.join(prefixes)} are selected; add --select all") from None


def _named(found: Iterable[Rule], prefixes: tuple[str, ...]) -> list[Rule]:
    """Rules whose code, filter or language is named. Raises UsageError for a name that names none."""
    rules_ = list(found)
    if not prefixes:
        return rules_
    chosen: dict[str, Rule] = {}
    for prefix in prefixes:
        few = [one for one in rules_ if one.filter == prefix or f"{one.code}.".startswith(f"{prefix}.")]
        if not few:
            raise click.UsageError(f"no rule is named {prefix!r}{meant(prefix, [one.code for one in rules_])}")
        chosen.update((one.code, one) for one in few)
    return list(chosen.values())


def _as_json(rule: Rule) -> dict[str, object]:
    names = ("code", "filter", "reason", "pattern", "scope", "safety", "score", "keywords", "removes", "keeps")
    return {name: getattr(rule, name) for name in names}


def _page(rule: Rule) -> str:
    lines = [
        click.style(rule.code, bold=True),
        f"  removed because it {rule.reason}",
        f"  pattern   {visible(rule.pattern)}",
        f"  keywords  {', '.join(rule.keywords)}",
        f"  scope     {rule.scope}",
        f"  safety    {rule.safety} (score {rule.score})",
    ]
    for head, examples, colour in (("removes", rule.removes, "red"), ("keeps", rule.keeps, "green")):
        for number, example in enumerate(examples):
            shown = visible(example).replace("\n", "\n            ")
            lines.append(f"  {'' if number else head:9} {click.style(shown, fg=colour)}")
    return "\n".join(lines) + "\n"
