"""A sample dataset, generated from a seed: large enough to judge pages, charts and queries."""
