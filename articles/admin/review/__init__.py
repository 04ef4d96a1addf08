"""The review queue, where people decide on proposals; it can be used with the keyboard alone."""

from articles.admin.review import copies, proposals, roles

__all__ = ["copies", "proposals", "roles"]
