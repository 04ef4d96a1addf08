"""Readers that find quotations and metadata in a page's text. No dependency on Django or the models."""
