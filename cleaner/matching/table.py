"""Finds the lines that begin as given: by a dictionary, at a cost that does not grow with what is in it."""

from collections.abc import Sequence

_KEY = 2  # bytes by which beginnings are sorted first


class Table:
    """Beginnings of lines, with the ways that each of them points to."""

    def __init__(self, words: Sequence[str], ways: Sequence[Sequence[int]]) -> None:
        """`ways[n]` belong to `words[n]`, each of which begins with a line feed, and may end with one."""
        self._ways: dict[bytes, Sequence[int]] = {}
        self._whole: dict[bytes, Sequence[int]] = {}  # of lines of these bytes and no more
        sizes: dict[bytes, set[int]] = {}
        for word, found in zip(words, ways, strict=True):
            start = word[1:].encode("utf-8", "surrogatepass")
            if start[-1] == ord("\n"):
                self._whole[start[:-1]] = found
            else:
                self._ways[start] = found
                sizes.setdefault(start[:_KEY], set()).add(len(start))
        self._sizes = {key: tuple(sorted(found)) for key, found in sizes.items()}
        self._short = [key for key in sizes if len(key) < _KEY]

    def find(self, text: bytes) -> list[tuple[int, int]]:
        """Ways and lines, of a scanned text in lower case, which begins with the end of a line."""
        found: list[tuple[int, int]] = []
        ways, sizes, whole = self._ways, self._sizes, self._whole
        lines = text.split(b"\n")
        for number, line in enumerate(lines, -1):
            for size in sizes.get(line[:_KEY], ()):
                start = line[:size]
                if start in ways:
                    found.extend([(way, number) for way in ways[start]])
            if line in whole:
                found.extend([(way, number) for way in whole[line]])
        for key in self._short:
            begun = [number for number, line in enumerate(lines, -1) if line.startswith(key) and line != key]
            found.extend((way, number) for number in begun for way in ways[key])
        return found
