"""How text reads: a line to its reader, Markdown, a word that somebody misspelt; and expressions to search by."""
