"""The project: settings, addresses, the ledger, tokens, and what all endpoints share."""

__version__ = "0.2.0"
