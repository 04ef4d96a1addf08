"""The conventions that all endpoints share. It knows no app; ``newsdb.api.views`` shows how one uses it."""
