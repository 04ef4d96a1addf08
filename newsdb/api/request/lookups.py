"""Identities of records as written in a path."""

from uuid import UUID

#: The largest 64-bit integer, signed.
MAX_ID = 2**63 - 1


def parse_id(written: str) -> int | None:
    """An integer id, in decimal digits without leading zeros; None if no record can have it."""
    digits = written.isascii() and written.isdecimal() and written[0] != "0" and len(written) < 20
    number = int(written) if digits else 0
    return number if 0 < number <= MAX_ID else None


def parse_uid(written: str) -> UUID | None:
    """A UUID, however it is written; None if it is none."""
    try:
        return UUID(written)
    except ValueError:
        return None
