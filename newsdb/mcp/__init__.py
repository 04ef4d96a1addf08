"""A read-only server of the Model Context Protocol, on top of the API."""
