"""Search over words: the analyser, the query language, and how each store's index is filled and asked."""
