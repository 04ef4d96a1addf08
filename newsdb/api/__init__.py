"""The conventions that all endpoints share. It knows no app; ``endpoints.views`` shows how one uses it."""
