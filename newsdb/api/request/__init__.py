"""Reads requests: the query string, the body, authentication, permissions and quotas."""
