"""The header ``If-Dataset-Version``, by which a client reads what it has written."""

from rest_framework.exceptions import ParseError
from rest_framework.request import Request


def is_version(text: str) -> bool:
    """Whether a text is a version of the dataset."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def check_dataset_version(request: Request) -> None:
    """Raise ``ParseError`` if the header is not a version."""
    if not is_version(request.META["HTTP_IF_DATASET_VERSION"]):
        raise ParseError("If-Dataset-Version is not a version: a whole number.")
