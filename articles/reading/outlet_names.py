"""Compares names of outlets with each other and with hosts."""

from newsdb.text import fold


def name_key(name: str) -> str:
    """A key for an outlet's name: without spaces, case, accents and "The".

    >>> name_key("The Daily Mail"), name_key("dailymail")
    ('dailymail', 'dailymail')
    """
    return fold(name).replace(" ", "").removeprefix("the")


def labels_named(host: str, name: str) -> set[str]:
    """The labels of a host, other than the last, that are the outlet's name.

    >>> labels_named("news.dailymail.co.uk", "The Daily Mail"), labels_named("msn.com", "Daily Mail")
    ({'dailymail'}, set())
    """
    key = name_key(name)
    return {label for label in host.split(".")[:-1] if key and name_key(label) == key}
