"""The conventions that all endpoints share. It knows no app; ``endpoints.lists`` shows how one uses it."""
