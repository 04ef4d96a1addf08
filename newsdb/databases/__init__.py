"""Which databases there are, and which of them a request reads."""
