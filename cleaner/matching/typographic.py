"""Which characters of a raw text a view shows as an ASCII mark: the other direction of `plain.fold`."""

from cleaner.text.plain import fold


def _forms() -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for code in (*range(0x80, 0x3100), *range(0xFE00, 0x10000)):
        folded = fold(chr(code))
        if folded != chr(code):
            forms.setdefault(folded, set()).add(chr(code))
    return {plain: frozenset(chars) for plain, chars in forms.items()}


TYPOGRAPHIC = _forms()
