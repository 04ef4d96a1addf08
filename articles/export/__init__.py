"""Releases of the dataset: files are written and read in plain Python, queried and loaded with Django."""
