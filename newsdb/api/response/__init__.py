"""Writes responses: formats, pages, exports, problems, ETags and the response cache."""
