"""How sure the profiles want a removal to be: the scores, from 0 to 1, from which each of them cuts.

Filters know them, too. Each gives its spans so that every profile gets its own, and what it doubts, a score that one
profile takes and another one does not.
"""

AGGRESSIVE, STANDARD, SAFE = 0.5, 0.9, 0.95
PROFILES = {"safe": SAFE, "standard": STANDARD, "aggressive": AGGRESSIVE}
# The score for what is in doubt, however sure a filter was of it before: only the aggressive profile takes it.
JUST_BELOW_STANDARD = round(STANDARD - 0.01, 2)
