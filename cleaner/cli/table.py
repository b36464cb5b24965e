"""Tables and small plots in a terminal, aligned by the cells that characters take."""

from collections.abc import Sequence

import click

from cleaner.cli.terminal import cells, visible

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEVELS = " ▁▂▃▄▅▆▇█"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lines of a table; a column whose head begins with ">" is set to the right."""
    right = [head.startswith(">") for head in heads]
    names = [head.removeprefix(">") for head in heads]
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(cells(row[place]) for row in [names, *shown]) for place in range(len(names))]

    def line(row: Sequence[str]) -> str:
        parts = []
        for text, width, to_right in zip(row, widths, right, strict=True):
            gap = " " * (width - cells(text))
            parts.append(gap + text if to_right else text + gap)
        return "  ".join(parts).rstrip()

    head = click.style(line(names), bold=True)
    return "\n".join([head, *map(line, shown)])


def bar(value: float, most: float, width: int, plain: bool = False) -> str:
    """A bar of at most `width` cells, in eighths of a cell; a value above zero is never invisible."""
    if value <= 0 or most <= 0:
        return ""
    if plain:
        return "#" * max(1, round(width * value / most))
    eighths = max(1, round(8 * width * value / most))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def sparkline(values: Sequence[float], plain: bool = False) -> str:
    """One cell a value, as high as it is large."""
    most = max(values, default=0)
    if not most:
        return " " * len(values)
    signs = " .:-=+*#%@" if plain else _LEVELS
    return "".join(signs[-(-int(value * (len(signs) - 1)) // max(int(most), 1))] for value in values)
