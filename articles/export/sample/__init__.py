"""An invented dataset, made from a seed: enough of it to judge pages, charts and queries by."""
