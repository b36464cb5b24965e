"""The lines of a document around a few of its bytes: only those that are asked for become views."""

from itertools import accumulate

from cleaner.document import Document, Plain, is_blank, plain


class Lines:
    """A document's lines by number, counted as `Document.lines` counts them."""

    def __init__(self, document: Document) -> None:
        text = document.text
        if "\r" in text:
            self._contents = [text[line.start : line.end] for line in document.lines]
            self._starts = [line.start for line in document.lines]
        else:
            self._contents = text.split("\n")
            self._starts = [0, *accumulate(len(content) + 1 for content in self._contents)]
        self._plain: dict[int, Plain | None] = {}

    def __len__(self) -> int:
        return len(self._contents)

    def plain(self, number: int) -> Plain | None:
        """The view of a line; None for a blank one."""
        if number in self._plain:
            return self._plain[number]
        content = self._contents[number]
        view = self._plain[number] = None if is_blank(content) else plain(content, self._starts[number])
        return view

    def before(self, number: int) -> int | None:
        """The nearest line above that is not blank."""
        number -= 1
        while number >= 0 and self.plain(number) is None:
            number -= 1
        return number if number >= 0 else None

    def after(self, number: int) -> int | None:
        """The nearest line below that is not blank."""
        number += 1
        while number < len(self._contents) and self.plain(number) is None:
            number += 1
        return number if number < len(self._contents) else None
