"""Lines one after another that are sure enough to go together."""

from collections.abc import Sequence

from cleaner.pipeline.profiles import PROFILES

_LEVELS = sorted(PROFILES.values())  # each profile gets spans of its own


def stretches(scores: Sequence[float]) -> list[tuple[int, int, float]]:
    """Runs [first, stop) whose lowest score reaches a profile's threshold, with that score; inner, surer runs too."""
    found = {run: min(scores[slice(*run)]) for level in _LEVELS for run in runs(scores, level)}
    return [(first, stop, score) for (first, stop), score in sorted(found.items())]


def runs(scores: Sequence[float], level: float) -> list[tuple[int, int]]:
    """The longest runs [first, stop) with no score below `level`."""
    found: list[tuple[int, int]] = []
    begin = None
    for place, score in enumerate([*scores, -1.0]):
        if score >= level:
            begin = place if begin is None else begin
        elif begin is not None:
            found.append((begin, place))
            begin = None
    return found
