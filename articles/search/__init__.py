"""Full-text search: the analyser, the query language, and the index of each store."""
