"""From a page as printed to records: reading is plain Python, only loading knows Django."""
