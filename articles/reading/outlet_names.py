"""Compares names of outlets with each other and with hosts."""

from newsdb.text import fold


def name_key(name: str) -> str:
    """A key for an outlet's name: without spaces, case, accents and "The".

    >>> name_key("The Daily Mail"), name_key("dailymail")
    ('dailymail', 'dailymail')
    """
    return fold(name).replace(" ", "").removeprefix("the")


def is_named_after(host: str, name: str) -> bool:
    """Whether the name is a label of the host, other than the last.

    >>> is_named_after("news.dailymail.co.uk", "Daily Mail"), is_named_after("msn.com", "Daily Mail")
    (True, False)
    """
    return name_key(name) in {*map(name_key, host.split(".")[:-1])} - {""}
