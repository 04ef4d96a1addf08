"""A captured page's text, read into headline, outlet, date, authors, body and lists. Plain Python."""

from articles.reading.page.parts import Author, Page, PrintedByline, PrintedRole, Told
from articles.reading.page.reading import read_page

__all__ = ["Author", "Page", "PrintedByline", "PrintedRole", "Told", "read_page"]
