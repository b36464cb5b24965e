"""Where comments begin: lines that name who wrote what follows, alone or with the date line below them."""

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.document import Document
from cleaner.text.expressions import expression

from . import words
from .authors import without_by
from .badges import above_badges, badges
from .buttons import fold_key
from .framed import initialled, is_picture
from .grammar import HEADS, Mark, marks

_MOST = 3  # dates with a name right below them
_NOBODY = expression(r"an[oóô]n|анон|匿名|익명|unknown|a(?:\s\w+)?\s(?:reader|guest|visitor)")  # whoever gives no name


class Head(NamedTuple):
    """Where a comment begins: line (and `last`, when name and date stand on two lines), with what it says."""

    line: int
    kind: str
    author: str
    date: str
    last: int
    indent: int = 0
    exact: bool = False


def heads(document: Document) -> list[Head]:
    """Every line that names who wrote what follows: alone, or with the date line below it.

    Kept in the document's memo, as marks are.
    """
    known = document.memo.get("heads")
    if known is None:
        known = document.memo["heads"] = heads_among(marks(document))
    return list(known)


def heads_among(found: Sequence[Mark]) -> list[Head]:
    """The heads among a document's marks. A date that ends a comment belongs to the head which has none."""
    out: list[Head] = []
    shown = badges(found)
    for index, mark in enumerate(found):
        if mark.kind in HEADS:
            after = found[index + 1] if index + 1 < len(found) else mark
            if mark.kind == "posted" and not mark.date and is_picture(mark, after):
                continue
            last = after if after.kind == "date" and after.line - mark.line <= 2 and not mark.date else mark
            out.append(Head(mark.line, mark.kind, mark.author, last.date, last.line, mark.indent, last.exact))
        elif mark.kind == "date" and not (out and out[-1].last == mark.line):
            if out and _goes_on(out[-1], mark, found[index - 1]):
                date = f"{out[-1].date} {mark.date}"  # the time of day has a line of its own
                out[-1] = out[-1]._replace(date=date, exact=True, last=mark.line)
                continue
            top = above_badges(found, index, shown)
            name = initialled(found, index) or _name_above(found, top) or _name_above(found, index)
            if name is not None:
                author = without_by(name.author)
                out.append(Head(name.line, "name-date", author, mark.date, mark.line, name.indent, mark.exact))
            elif out and out[-1].author and not out[-1].date:
                out[-1] = out[-1]._replace(date=mark.date, exact=mark.exact)
            else:
                out.append(Head(mark.line, "date", "", mark.date, mark.line, mark.indent, mark.exact))
    return _names_below(found, out)


def _goes_on(head: Head, mark: Mark, above: Mark) -> bool:
    """Whether a line tells the time of the day that the head right above it tells."""
    return bool(head.date) and mark.exact and not head.exact and above.line == head.last


def _names_below(found: Sequence[Mark], out: list[Head]) -> list[Head]:
    """The same heads; but if most dates that stand alone have a name right below, date and name make one head."""
    place = {mark.line: index for index, mark in enumerate(found)}
    alone = [number for number, head in enumerate(out) if head.kind == "date"]
    named: dict[int, Mark] = {}
    for number in alone:
        index = place[out[number].last] + 1
        following = {head.line for head in out[number + 1 : number + 2]}
        if index + 1 < len(found) and found[index].kind == "short" and found[index].line == out[number].last + 1:
            below = found[index + 1]
            if below.kind in ("prose", "short") and below.line not in following:
                named[number] = found[index]
    if len(named) < _MOST or len(named) < 0.6 * len(alone):
        return out
    exact = sum(out[number].exact for number in named) * 2 > len(named)
    for number, name in named.items():
        if out[number].exact != exact:
            continue  # a day with no time, where others have one, above a place and not a name: a programme
        out[number] = out[number]._replace(kind="name-date", author=name.author, last=name.line)
    return out


def _name_above(found: Sequence[Mark], index: int) -> Mark | None:
    """The name that stands right above a date, with at most what its bearer is ("Guest") between them.

    Where nothing else can be the name, "Guest" is.
    """
    below = found[index]
    guest: Mark | None = None
    for mark in reversed(found[max(index - 2, 0) : index]):
        if mark.kind != "short" or below.line - mark.line > 2:
            return guest
        key = fold_key(mark.text)
        if key not in words.ROLES:
            return mark if guest is None or below.line - mark.line == 1 else guest
        guest = mark if key in words.GUESTS else None
        below = mark
    return guest


def is_dialogue(names: Sequence[str]) -> bool:
    """Whether most who speak, by their names in order, do so again after one other: in a play, or one of Plato's."""
    turns = zip(names, names[1:], names[2:], strict=False)
    return 2 * sum(one == after != between for one, between, after in turns) > len(names)


def is_one_voice(heads: Sequence[Head]) -> bool:
    """Whether all heads name one author, who has a name."""
    authors = {head.author.lower() for head in heads}
    return (
        len(authors) == 1
        and all(head.line == head.last for head in heads)  # above a date, one line may be everybody's rank
        and all(author and author not in words.GUESTS and not _NOBODY.match(author) for author in authors)
    )
