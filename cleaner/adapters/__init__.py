"""cleaner beyond one machine, with programs that exist: each adapter is a few lines over `batch.clean_texts`.

The removals of a document travel beside its text as one column, a JSON text with the same records as a log
file, so that `batch.restore_text` gives the raw text back wherever the table ends up.
"""
