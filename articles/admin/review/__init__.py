"""The review queue: a person decides on proposals, with the keyboard alone if they like."""

from articles.admin.review import copies, proposals, roles

__all__ = ["copies", "proposals", "roles"]
