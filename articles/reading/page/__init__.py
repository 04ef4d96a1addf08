"""Reads a page's text into headline, outlet, date, authors, body and lists. Plain Python."""

from articles.reading.page.parts import Author, DeclaredMetadata, Page, PrintedByline, PrintedRole
from articles.reading.page.reading import read_page

__all__ = ["Author", "DeclaredMetadata", "Page", "PrintedByline", "PrintedRole", "read_page"]
