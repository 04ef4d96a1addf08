"""The project that Django REST Framework's tutorial leads to, over newsdb's tables."""
