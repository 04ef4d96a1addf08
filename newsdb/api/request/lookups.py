"""Parses ids and uids in paths."""

from uuid import UUID

#: The largest signed 64-bit integer.
MAX_ID = 2**63 - 1


def parse_id(written: str) -> int | None:
    """Parse an id: decimal digits without leading zeros. Returns None if no record can have it."""
    digits = written.isascii() and written.isdecimal() and written[0] != "0" and len(written) < 20
    number = int(written) if digits else 0
    return number if 0 < number <= MAX_ID else None


def parse_uid(written: str) -> UUID | None:
    """Parse a UUID in any notation. Returns None if it is invalid."""
    try:
        return UUID(written)
    except ValueError:
        return None
