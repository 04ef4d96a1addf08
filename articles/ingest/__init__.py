"""Loads pages and proposes statements. Reading a page is plain Python; only loading it uses Django."""
