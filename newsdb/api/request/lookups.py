"""Identities of records as written in a path."""

from uuid import UUID


def parse_id(written: str) -> int | None:
    """An integer id, in decimal digits without leading zeros; None if it is none."""
    digits = written.isascii() and written.isdecimal() and written[0] != "0" and len(written) < 20
    return int(written) if digits else None


def parse_uid(written: str) -> UUID | None:
    """A UUID, however it is written; None if it is none."""
    try:
        return UUID(written)
    except ValueError:
        return None
