"""An article's last words to its readers. The segmentation takes them for the first comment: that speaks to somebody,
too.
"""

import re
from collections.abc import Sequence

from cleaner.document import Document
from cleaner.filters.comments.article_like import SIGNS, shows
from cleaner.filters.runs import runs
from cleaner.pipeline.profiles import JUST_BELOW_STANDARD, STANDARD
from cleaner.segmentation import Segment
from cleaner.text.expressions import expression

_OPENING = 6  # a farewell is among so many first lines of a stretch
_FAREWELL = 60  # characters of a farewell, at least
_CALLS = expression(
    r"\b(?:leave|drop|post|write|ask|share|tell|let|hit)\b.{0,70}\bcomments?\b|\bcomments?(?: section)? below\b"
    r"|\bthank(?:s| you) (?:so much )?for reading\b|\bkommentar\w{0,8}\b.{0,30}\b(?:unten|hinterlass|schreib)"
    r"|\b(?:schreib|hinterlass|teilt?)\w{0,4}\b.{0,60}\bkommentar|\b(?:deja|escribe|cuéntanos)\b.{0,60}\bcomentario"
    r"|\b(?:laissez|dites)\b.{0,60}\bcommentaire|\b(?:deixe|conte)\b.{0,60}\bcomentário|\b(?:пишите|оставляйте)\b.{0,60}\bкоммент",
    re.IGNORECASE,
)
_COOKS = expression(  # the last step of a recipe
    r"\W{0,4}(?:\d{1,2}\W{1,2})?(?:to \w{4,9},?\s|then\s)?(?:bake|cook|heat|preheat|place|put|top|serve|remove|let|add"
    r"|stir|pour|mix|sprinkle|garnish|drizzle|whisk|fold|roast|simmer|boil|cool|chill|refrigerate|cover|spread|slice|cut|brush"
    r"|season|toss|drain|arrange|transfer|repeat|spoon|combine|blend|fry)\b"
    r"(?=.{0,300}\b(?:minutes?|hours?|oven|pan|pot|skillet|bowls?|dough|batter|heat|degrees|serving|hot|warm|salt|pepper|rack"
    r"|sheet|plates?|knife|sauce|golden)\b)",
    re.IGNORECASE,
)


def after_farewell(document: Document, segments: Sequence[Segment], scores: list[float]) -> list[float]:
    """The same scores, but in doubt for lines at the start of a stretch that still belong to the article.

    They do where the author says goodbye to the readers there, or where it is the end of a recipe.
    """
    scores = list(scores)
    for place, stop in runs(scores, STANDARD):
        for index in range(min(stop, place + _OPENING) - 1, place - 1, -1):
            if _ends_article(document.text, segments[index]):
                begin, end = document.line_at(segments[place].start), document.line_at(segments[index].start)
                if not shows(document, begin, end, SIGNS):
                    ended = [min(score, JUST_BELOW_STANDARD) for score in scores[place : index + 1]]
                    scores[place : index + 1] = ended
                break
    return scores


def _ends_article(text: str, one: Segment) -> bool:
    """Whether a line asks readers for comments as authors do, or is the last step of a recipe."""
    if _COOKS.match(text, one.start, one.next):
        return True
    return one.next - one.start >= _FAREWELL and _CALLS.search(text, one.start, one.next) is not None
