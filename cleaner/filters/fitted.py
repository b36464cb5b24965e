"""Whether fitted models can be used: asked of a user's own, before anything is cleaned by them."""

from cleaner.models import Models
from cleaner.segmentation import load_model, notices
from cleaner.threads import weigh


def problems_of(models: Models) -> list[str]:
    """What is wrong with each of the files, in words that name file and cure."""
    found = []
    for load, path in ((load_model, models.segmentation), (notices.load, models.notices), (weigh.load, models.threads)):
        try:
            load(path)
        except ValueError as error:
            found.append(str(error))
    return found
