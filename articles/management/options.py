"""Parsers of options that several commands have."""

from argparse import ArgumentTypeError


def confidence(text: str) -> float:
    """A number from 0 to 1."""
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise ArgumentTypeError(f"a confidence is a number from 0 to 1, not {text}")
    return number
