"""The review queue: what was read in captured texts, decided upon by a person, with the keys alone."""

from articles.admin.review import copies, proposals, roles

__all__ = ["copies", "proposals", "roles"]
